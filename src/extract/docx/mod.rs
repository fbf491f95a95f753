//! Reads DOCX, as Word would print it: numbers resolved, changes accepted.
//!
//! In: bytes. Out: a [`Document`]. Word files have no fixed pages; where Word
//! noted its last page breaks, pages follow them, else all is one page and a
//! warning says so.

mod body;
mod numbering;
mod runs;
mod styles;
mod table;

use crate::extract::ExtractError;
use crate::extract::flow;
use crate::extract::looks;
use crate::extract::package::{Package, Relationship};
use crate::extract::text::{fold, iso_date};
use crate::extract::xml::Element;
use crate::model::digest::Digest;
use crate::model::document::{Block, Declared, Document};

use body::{Notes, Reader};
use numbering::Numbering;
use styles::Styles;

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Reads a DOCX file.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ExtractError> {
    let mut package = Package::open(bytes, "DOCX")?;
    let main = package
        .relationships("")
        .into_iter()
        .find(|relationship| relationship.kind == "officeDocument")
        .map_or_else(
            || "word/document.xml".to_owned(),
            |relationship| relationship.part,
        );
    let root = package.part(&main)?.ok_or_else(|| ExtractError::Damaged {
        format: "DOCX",
        reason: format!("it has no part `{main}`"),
    })?;
    let related = package.relationships(&main);
    let mut part = |kind: &str| {
        let found = related
            .iter()
            .find(|relationship| relationship.kind == kind);
        found
            .map(|relationship| package.optional(&relationship.part))
            .unwrap_or_default()
    };
    let styles = Styles::read(&part("styles"));
    let numbering = Numbering::read(&part("numbering"), |style| {
        styles.paragraph(Some(style)).list.map(|(list, _)| list)
    });
    let (footnotes, endnotes) = (part("footnotes"), part("endnotes"));
    let notes = Notes {
        footnotes: &footnotes,
        endnotes: &endnotes,
    };
    let empty = Element::default();
    let body = root.child("body").unwrap_or(&empty);
    let mut reader = Reader::new(&styles, numbering, notes, body);
    reader.read(body);
    let has_pages = reader.has_pages();
    let mut pages = reader.finish();
    if let Some(first) = pages.first_mut() {
        let furniture = furniture(&mut package, &related);
        first.blocks.splice(0..0, furniture);
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
fn furniture(package: &mut Package<'_>, related: &[Relationship]) -> Vec<Block> {
    let mut texts: Vec<String> = Vec::new();
    for relationship in related {
        if relationship.kind == "header" || relationship.kind == "footer" {
            let part = package.optional(&relationship.part);
            let text = fold(&runs::plain(&part));
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    texts.into_iter().map(flow::furniture).collect()
}

fn declared(package: &mut Package<'_>) -> Declared {
    let core = package.optional("docProps/core.xml");
    let text = |name: &str| {
        let text = core.child(name).map(|element| fold(&element.text()));
        text.filter(|text| !text.is_empty())
    };
    Declared {
        title: text("title"),
        author: text("creator"),
        created: text("created").as_deref().and_then(iso_date),
        language: text("language"),
    }
}
