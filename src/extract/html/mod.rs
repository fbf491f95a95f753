//! Reads HTML: the page's own content, without what surrounds it.
//!
//! In: bytes and the declared character set. Out: a [`Document`] of one page.

mod blocks;
mod charset;
mod content;
mod counter;
mod elements;
mod inline;
mod table;

use std::num::NonZeroU32;

use scraper::{ElementRef, Html, Selector};

use crate::extract::looks;
use crate::extract::text::{fold, iso_date};
use crate::model::digest::Digest;
use crate::model::document::{Declared, Document, Page, TextFrom};

/// Reads a web page. Any text is HTML of some kind, so this cannot fail.
pub(super) fn read(bytes: &[u8], declared: Option<&str>) -> Document {
    let html = Html::parse_document(&charset::decode(bytes, declared));
    let mut pages = vec![Page {
        number: NonZeroU32::MIN,
        label: None,
        text_from: TextFrom::File,
        blocks: blocks::read(&html),
    }];
    looks::mark_headings(&mut pages);
    Document {
        digest: Digest::of(bytes),
        media_type: "text/html".to_owned(),
        declared: claims(&html),
        pages,
        warnings: Vec::new(),
    }
}

fn claims(html: &Html) -> Declared {
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let key = if name.contains(':') {
                "property"
            } else {
                "name"
            };
            let element = first(html, &format!("meta[{key}=\"{name}\" i]"))?;
            kept(element.attr("content")?)
        })
    };
    Declared {
        title: first(html, "title")
            .and_then(|title| kept(&title.text().collect::<String>()))
            .or_else(|| meta(&["og:title"])),
        author: meta(&["author", "dc.creator"]),
        created: meta(&[
            "article:published_time",
            "dcterms.created",
            "dcterms.date",
            "dc.date",
            "date",
        ])
        .as_deref()
        .and_then(iso_date),
        language: html.root_element().attr("lang").and_then(kept),
    }
}

fn kept(text: &str) -> Option<String> {
    Some(fold(text)).filter(|text| !text.is_empty())
}

fn first<'a>(html: &'a Html, selector: &str) -> Option<ElementRef<'a>> {
    let selector = Selector::parse(selector).ok()?;
    html.select(&selector).next()
}
