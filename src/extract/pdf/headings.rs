//! Decides which paragraphs are headings, and of which level.
//!
//! In: drafts of all pages, the file's outline. Out: the same, with headings
//! marked. What the file says (tags, outline) comes first; after that, what a
//! reader sees: larger or bold text on a short line of its own.

use std::collections::HashMap;
use std::sync::LazyLock;

use pdfboss_core::destination::DestinationPage;
use pdfboss_core::{Document, ObjRef, OutlineItem};
use regex::Regex;

use super::draft::{Draft, Kind};
use super::style::Style;

/// Longest text that may be a heading by its looks, in characters.
const LONGEST: usize = 160;
/// Longest that may be one only because it is bold.
const LONGEST_BOLD: usize = 100;

/// A heading as the file's outline names it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Letters and digits only, small.
    key: String,
    level: u8,
    page: Option<usize>,
}

/// The outline, flattened.
pub(super) fn outline(pdf: &Document, pages: &HashMap<ObjRef, usize>) -> Vec<Entry> {
    let mut entries = Vec::new();
    flatten(&pdf.outline(), 1, pages, &mut entries);
    entries
}

fn flatten(
    items: &[OutlineItem],
    level: u8,
    pages: &HashMap<ObjRef, usize>,
    into: &mut Vec<Entry>,
) {
    for item in items {
        let page = item
            .destination
            .as_ref()
            .and_then(|destination| match destination.page {
                DestinationPage::Object(object) => pages.get(&object).copied(),
                DestinationPage::Number(number) => Some(number as usize),
            });
        into.push(Entry {
            key: key(&item.title),
            level,
            page,
        });
        flatten(&item.children, (level + 1).min(6), pages, into);
    }
}

fn key(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Marks headings and lines of tables of contents.
pub(super) fn mark(pages: &mut [Vec<Draft>], outline: &[Entry], style: &Style) {
    mark_contents(pages, outline);
    by_outline(pages, outline);
    by_looks(pages, style);
}

/// Dots that lead to a page number.
static LEADERS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(\.\s?){4,}|…{2,}|_{5,}").expect("a constant pattern"));
/// A line of contents without dots.
static TO_PAGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^.{2,100}\s\d{1,3}$").expect("a constant pattern"));

fn mark_contents(pages: &mut [Vec<Draft>], outline: &[Entry]) {
    let mut is_open = false;
    for draft in pages.iter_mut().flatten() {
        if !matches!(
            draft.kind,
            Kind::Text | Kind::Item { .. } | Kind::Heading(_)
        ) {
            continue;
        }
        let text = draft.text();
        let ends_in_number = text.ends_with(|c: char| c.is_ascii_digit());
        if LEADERS.is_match(&text) && (ends_in_number || is_open) {
            draft.kind = Kind::Contents;
            is_open = true;
        } else if matches!(
            key(&text).as_str(),
            "contents" | "tableofcontents" | "cynnwys"
        ) {
            is_open = true;
        } else if is_open {
            let is_entry = TO_PAGE.is_match(&text)
                || outline
                    .iter()
                    .any(|entry| entry.key == key(&text) && entry.page != Some(draft.page));
            if is_entry && !matches!(draft.kind, Kind::Heading(_)) {
                draft.kind = Kind::Contents;
            } else {
                is_open = false;
            }
        }
    }
}

fn by_outline(pages: &mut [Vec<Draft>], outline: &[Entry]) {
    let mut next = 0;
    for draft in pages.iter_mut().flatten() {
        if !matches!(draft.kind, Kind::Text) || draft.lines.len() > 5 {
            continue;
        }
        let own = key(&draft.text());
        let found = outline[next..].iter().position(|entry| {
            !entry.key.is_empty()
                && entry.key == own
                && entry.page.is_none_or(|page| page == draft.page)
        });
        if let Some(found) = found {
            draft.kind = Kind::Heading(outline[next + found].level);
            next += found + 1;
        }
    }
}

/// What a heading looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Look {
    /// In quarters of a point, larger first.
    size: std::cmp::Reverse<i32>,
    is_light: bool,
}

fn look(draft: &Draft) -> Look {
    Look {
        size: std::cmp::Reverse((draft.size() * 4.0).round() as i32),
        is_light: !draft.is_bold(),
    }
}

fn by_looks(pages: &mut [Vec<Draft>], style: &Style) {
    let mut levels: HashMap<Look, u8> = HashMap::new();
    let mut deepest = 0;
    for draft in pages.iter().flatten() {
        if let Kind::Heading(level) = draft.kind {
            levels.entry(look(draft)).or_insert(level);
            deepest = deepest.max(level);
        }
    }
    let mut new: Vec<Look> = pages
        .iter()
        .flatten()
        .filter(|draft| looks_like_one(draft, style))
        .map(look)
        .filter(|look| !levels.contains_key(look))
        .collect();
    new.sort_unstable();
    new.dedup();
    for (rank, look) in new.into_iter().enumerate() {
        // Larger than every known heading: a title. Else below them.
        let is_largest = levels.keys().all(|known| look < *known) && deepest > 0;
        let level = if is_largest {
            1
        } else {
            deepest.saturating_add(rank as u8 + 1)
        };
        levels.insert(look, level.clamp(1, 6));
    }
    for draft in pages.iter_mut().flatten() {
        if looks_like_one(draft, style)
            && let Some(level) = levels.get(&look(draft))
        {
            draft.kind = Kind::Heading(*level);
        }
    }
}

fn looks_like_one(draft: &Draft, style: &Style) -> bool {
    if !matches!(draft.kind, Kind::Text) || draft.lines.len() > 4 {
        return false;
    }
    let text = draft.text();
    let length = text.chars().count();
    let has_words = text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let is_larger = draft.size() >= 1.12 * style.body;
    let is_closed = text.ends_with(['.', ';', ',']) && length > 40;
    let is_bold = draft.is_bold() && draft.size() >= 0.95 * style.body;
    has_words
        && ((is_larger && length <= LONGEST && !is_closed)
            || (is_bold && length <= LONGEST_BOLD && !text.ends_with(['.', ';', ','])))
}
