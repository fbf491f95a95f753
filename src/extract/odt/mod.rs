//! Reads OpenDocument text (ODT), as its program would print it.
//!
//! In: bytes. Out: a [`Document`]. Where the file notes its page breaks, pages
//! follow them, else all is one page and a warning says so.

mod body;
mod lists;
mod styles;
mod table;

use crate::extract::ExtractError;
use crate::extract::flow;
use crate::extract::looks;
use crate::extract::package::Package;
use crate::extract::text::{fold, iso_date};
use crate::extract::xml::Element;
use crate::model::digest::Digest;
use crate::model::document::{Block, Declared, Document};

use body::Reader;
use lists::Lists;
use styles::Styles;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

/// Reads an ODT file.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ExtractError> {
    let mut package = Package::open(bytes, "ODT")?;
    let damaged = |reason: &str| ExtractError::Damaged {
        format: "ODT",
        reason: reason.to_owned(),
    };
    let content = package
        .part("content.xml")?
        .ok_or_else(|| damaged("it has no part `content.xml`"))?;
    let body = content
        .at(&["body", "text"])
        .ok_or_else(|| damaged("its content is no text"))?;
    let of_document = package.optional("styles.xml");
    let parts = [&of_document, &content];
    let styles = Styles::read(parts);
    let has_pages = body.attr("use-soft-page-breaks") == Some("true");
    let mut reader = Reader::new(&styles, Lists::read(parts), has_pages);
    reader.read(body, None);
    let mut pages = reader.finish();
    if let Some(first) = pages.first_mut() {
        first.blocks.splice(0..0, furniture(&of_document));
    }
    looks::mark_headings(&mut pages);
    Ok(Document {
        digest: Digest::of(bytes),
        media_type: MEDIA_TYPE.to_owned(),
        declared: declared(&mut package),
        pages,
        warnings: (!has_pages).then(flow::no_pages).into_iter().collect(),
    })
}

/// Running heads and feet, each text once.
fn furniture(styles: &Element) -> Vec<Block> {
    let masters = styles.child("master-styles");
    let parts = masters
        .into_iter()
        .flat_map(Element::elements)
        .flat_map(Element::elements);
    let mut texts: Vec<String> = Vec::new();
    for part in
        parts.filter(|part| part.name.starts_with("header") || part.name.starts_with("footer"))
    {
        let text = fold(&body::plain(part));
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.into_iter().map(flow::furniture).collect()
}

fn declared(package: &mut Package<'_>) -> Declared {
    let meta = package.optional("meta.xml");
    let text = |name: &str| {
        let text = meta
            .at(&["meta", name])
            .map(|element| fold(&element.text()));
        text.filter(|text| !text.is_empty())
    };
    Declared {
        title: text("title"),
        author: text("initial-creator").or_else(|| text("creator")),
        created: text("creation-date").as_deref().and_then(iso_date),
        language: text("language"),
    }
}
