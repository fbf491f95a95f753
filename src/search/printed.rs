//! What of an entry is shown and searched.
//!
//! In: an entry, a document, an answer. Out: its text in the form that units
//! and pages take it.

use crate::model::analysis::{Answer, Status};
use crate::model::document::{BlockKind, Document};
use crate::model::ids::TermId;

/// Longest lead of a case, in characters.
const LEAD: usize = 400;

/// Everything printed, furniture apart, a block to a value so that no phrase
/// runs over two.
pub(super) fn body(document: &Document) -> Vec<String> {
    let blocks = document.blocks().map(|(_, block)| block);
    let printed =
        blocks.filter(|block| block.kind != BlockKind::Furniture && !block.text.is_empty());
    printed.map(|block| block.text.clone()).collect()
}

/// What an answer says, in the order a reader wants it.
pub(super) fn answer_text(answer: &Answer) -> String {
    let parts = &answer.parts;
    let said = [&parts.action, &parts.impact, &parts.next, &parts.evidence];
    let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
    if said.is_empty() {
        parts.status.clone().unwrap_or_default()
    } else {
        said.join("\n")
    }
}

/// What answers come to, each status once.
pub(super) fn statuses<'a>(answers: impl Iterator<Item = &'a Answer>) -> Vec<Status> {
    let found: Vec<Status> = answers.map(|answer| answer.status).collect();
    Status::ALL
        .into_iter()
        .filter(|status| found.contains(status))
        .collect()
}

/// Every term once.
pub(super) fn union<'a>(terms: impl Iterator<Item = &'a TermId>) -> Vec<TermId> {
    let mut union: Vec<TermId> = terms.cloned().collect();
    union.sort();
    union.dedup();
    union
}

/// The start of a text, cut between words.
pub(super) fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LEAD) else {
        return text.to_owned();
    };
    let end = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", text[..end].trim_end())
}
