//! A document's text as a page: for screen readers, for phones, and for
//! reading on where a search led.

use std::num::NonZeroU32;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;

use crate::export::text_view;
use crate::model::analysis::Kind;
use crate::model::document::{Document, Page};
use crate::model::entry::Entry;
use crate::search::highlight::Highlighter;
use crate::search::units::title;
use crate::web::language::Language;
use crate::web::pages::shell::{Section, Shell};
use crate::web::pages::{respond, words};
use crate::web::params;
use crate::web::state::{App, Stores};
use crate::web::views::{entry_id, review_url, source_url};

/// Bytes of text after which another part begins, at the next page: so that
/// no part outweighs what a slow line carries.
const PART: usize = 60_000;

/// `GET /documents/{partnership}/{head}`.
pub(super) async fn page(
    t: Language,
    State(app): State<App>,
    Path((partnership, head)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    let page = app.read(move |stores| {
        let id = entry_id(&partnership, &head)?;
        let missing = || stores.missing("document", &id);
        let entry = stores.catalogue.entry(&id)?.ok_or_else(missing)?;
        if entry.analysis.kind == Kind::Other {
            return Err(missing());
        }
        let document = stores.catalogue.document(&entry.digest)?;
        let document = document.ok_or_else(missing)?;
        Ok(TextPage::new(t, stores, &entry, document, query.as_deref()))
    });
    respond(t, &app, page.await)
}

#[derive(Template)]
#[template(path = "text.html")]
struct TextPage {
    t: Language,
    shell: Shell,
    kicker: String,
    title: String,
    /// Of the document, which may not be the interface's.
    language: Option<String>,
    case_url: String,
    source_url: String,
    open_label: String,
    shown: String,
    query: String,
    parts: Vec<PartLink>,
    /// Made by `text_view`, which escapes.
    html: String,
}

/// A part of the document.
struct PartLink {
    label: String,
    url: String,
    is_current: bool,
}

impl TextPage {
    fn new(
        t: Language,
        stores: &Stores<'_>,
        entry: &Entry,
        mut document: Document,
        query: Option<&str>,
    ) -> Self {
        let (apart, _) = params::set_apart(query, &["q", "page"]);
        let last = |name| apart.get(name).and_then(|values| values.last());
        let words = last("q").cloned().unwrap_or_default();
        let wanted = last("page").and_then(|page| page.parse().ok());
        let path = format!("/documents/{}", entry.id);
        let parts = parts(&document.pages);
        let current = wanted.and_then(|page| parts.iter().position(|part| part.contains(&page)));
        let current = current.unwrap_or(0);
        let links = parts.iter().enumerate().map(|(place, part)| PartLink {
            label: range(t, part),
            url: address(&path, &words, part.first().copied()),
            is_current: place == current,
        });
        let links: Vec<PartLink> = links.collect();
        let shown = parts.get(current).cloned().unwrap_or_default();
        document.pages.retain(|page| shown.contains(&page.number));
        let highlighter = Highlighter::new(&words);
        let title_here = t.say("Text of a document").to_owned();
        Self {
            t,
            shell: Shell::new(
                stores.app,
                Section::Reviews,
                title_here,
                address(&path, &words, shown.first().copied()),
            ),
            kicker: words::kind(t, entry.analysis.kind.id()).to_owned(),
            title: title(entry),
            language: entry.analysis.metadata.language.clone(),
            case_url: review_url(&entry.id),
            source_url: source_url(entry, shown.first().map(|page| page.get())),
            open_label: t.fill(
                "Open the original ({})",
                &[&words::form(t, &entry.media_type)],
            ),
            shown: range(t, &shown),
            query: words,
            parts: links,
            html: text_view::html_marked(&document, &|text| highlighter.find(text)),
        }
    }
}

/// Pages in parts of some length, each of at least one page.
fn parts(pages: &[Page]) -> Vec<Vec<NonZeroU32>> {
    let mut parts: Vec<Vec<NonZeroU32>> = Vec::new();
    let mut length = PART;
    for page in pages {
        if length >= PART {
            parts.push(Vec::new());
            length = 0;
        }
        length += page
            .blocks
            .iter()
            .map(|block| block.text.len())
            .sum::<usize>();
        if let Some(part) = parts.last_mut() {
            part.push(page.number);
        }
    }
    parts
}

fn range(t: Language, part: &[NonZeroU32]) -> String {
    match (part.first(), part.last()) {
        (Some(first), Some(last)) if first != last => t.fill("Pages {} to {}", &[first, last]),
        (Some(first), _) => t.fill("Page {}", &[first]),
        _ => t.say("No pages").to_owned(),
    }
}

fn address(path: &str, words: &str, page: Option<NonZeroU32>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    if let Some(page) = page.filter(|page| page.get() > 1) {
        query.append_pair("page", &page.to_string());
    }
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{path}{mark}{query}")
}
