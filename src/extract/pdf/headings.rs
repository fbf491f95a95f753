//! Marks the headings that a file's outline (its bookmarks) names.
//!
//! In: drafts of all pages, the outline. Out: the same, headings marked. What
//! only looks like a heading is left to `looks`.

use std::collections::HashMap;

use pdfboss_core::destination::DestinationPage;
use pdfboss_core::{Document, ObjRef, OutlineItem};

use super::draft::{Draft, Kind};
use crate::extract::looks::key;

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

/// Marks the paragraphs that the outline names.
pub(super) fn mark(pages: &mut [Vec<Draft>], outline: &[Entry]) {
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
