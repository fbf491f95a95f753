//! Labels within running text: "Impact: …", "Board response – …".
//!
//! In: a paragraph, or the paragraphs of a cell. Out: what its opening words
//! announce, and the rest.

use crate::analyse::answers::parts::Part;
use crate::analyse::columns::{self, Column};
use crate::analyse::text;

/// Longer openings are sentences.
const MAX_LABEL_WORDS: usize = 9;

/// Splits off a run-in label: `Difference made: Phrases such as …`. A bold run
/// may stand without punctuation.
pub(super) fn take_run_in(passage: &str, bold_lead: usize) -> Option<(Column, &str)> {
    let passage = passage.trim();
    let bold = passage
        .get(..bold_lead)
        .filter(|bold| bold.len() < passage.len());
    let bold = bold.and_then(|bold| label_of(bold).map(|column| (column, &passage[bold.len()..])));
    let ends = passage
        .match_indices([':', '–', '—'])
        .map(|(at, sign)| (at, at + sign.len()));
    let punctuated = || {
        ends.take(2).find_map(|(at, after)| {
            label_of(&passage[..at]).map(|column| (column, &passage[after..]))
        })
    };
    let (column, rest) = bold.or_else(punctuated)?;
    let rest = rest.trim_start_matches([' ', ':', '–', '—', '-', '.']);
    Some((column, rest))
}

fn label_of(words: &str) -> Option<Column> {
    if text::word_count(words) > MAX_LABEL_WORDS {
        return None;
    }
    columns::of_label(words)
}

/// The part that a column or label announces; `None` for those that are not
/// part of an answer.
pub(super) fn part_of(column: Column) -> Option<Part> {
    match column {
        Column::Recommendation => Some(Part::Recommendation),
        Column::Action | Column::Progress => Some(Part::Action),
        Column::Impact => Some(Part::Impact),
        Column::Next => Some(Part::Next),
        Column::Owner => Some(Part::Owner),
        Column::Due | Column::Finished => Some(Part::Due),
        Column::Status => Some(Part::Status),
        Column::Evidence => Some(Part::Evidence),
        Column::Number | Column::Finding | Column::Measure => None,
    }
}
