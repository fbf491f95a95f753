//! Reads PPTX: a page for each slide, its title first.
//!
//! In: bytes. Out: a [`Document`]. Slides that are not shown and what stands
//! in notes, pictures and charts are left out.

mod slide;

use crate::extract::flow::Flow;
use crate::extract::package::Package;
use crate::extract::text::{fold, iso_date};
use crate::extract::xml::Element;
use crate::extract::{ExtractError, MAX_PAGES};
use crate::model::digest::Digest;
use crate::model::document::{Declared, Document};

use slide::Slides;

const MEDIA_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.presentation";

/// Reads a PPTX file.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ExtractError> {
    let mut package = Package::open(bytes, "PPTX")?;
    let main = package
        .relationships("")
        .into_iter()
        .find(|relationship| relationship.kind == "officeDocument")
        .map_or_else(
            || "ppt/presentation.xml".to_owned(),
            |relationship| relationship.part,
        );
    let root = package.part(&main)?.ok_or_else(|| ExtractError::Damaged {
        format: "PPTX",
        reason: format!("it has no part `{main}`"),
    })?;
    let related = package.relationships(&main);
    let master = related.iter().find(|part| part.kind == "slideMaster");
    let master = master
        .map(|part| package.optional(&part.part))
        .unwrap_or_default();
    let mut slides = Slides::new(&master);
    let listed: Vec<&str> = root
        .child("sldIdLst")
        .into_iter()
        .flat_map(Element::elements)
        .filter_map(relation)
        .collect();
    if listed.len() > MAX_PAGES {
        return Err(ExtractError::TooManyPages {
            found: listed.len(),
        });
    }
    let mut flow = Flow::new(true);
    for (index, id) in listed.iter().enumerate() {
        flow.advance(usize::from(index > 0));
        let part = related.iter().find(|part| part.id == *id);
        let slide = part
            .map(|part| package.optional(&part.part))
            .unwrap_or_default();
        if slide.attr("show") != Some("0") {
            slides.read(&slide, &mut flow);
        }
    }
    if listed.is_empty() {
        return Err(ExtractError::NoPages);
    }
    Ok(Document {
        digest: Digest::of(bytes),
        media_type: MEDIA_TYPE.to_owned(),
        declared: declared(&mut package),
        pages: flow.finish(),
        warnings: Vec::new(),
    })
}

/// The relation that leads to a slide: the second of the two ids it has.
fn relation(slide: &Element) -> Option<&str> {
    slide.attrs("id").find(|id| id.starts_with('r'))
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
