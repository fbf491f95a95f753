//! Labels within running text: "Impact: …", "Board response – …".
//!
//! In: a paragraph, or the paragraphs of a cell. Out: its pieces, each with
//! what its opening words announce.

use crate::analyse::answers::parts::Part;
use crate::analyse::columns::{self, Column};
use crate::analyse::text;

/// Longer openings are sentences.
const MAX_LABEL_WORDS: usize = 9;

/// A stretch of text under one label, or before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// What its label announces; `None` without a label.
    pub(super) column: Option<Column>,
    /// The text after the label.
    pub(super) text: &'a str,
}

/// Cuts a paragraph where its sentences open with labels: `Done: the form was
/// changed. Impact: fewer …`. Without labels the paragraph is one piece.
pub(super) fn pieces(passage: &str, bold_lead: usize) -> Vec<Piece<'_>> {
    let passage = passage.trim();
    let mut pieces = Vec::new();
    let (mut column, mut start) = match take_run_in(passage, bold_lead) {
        Some((column, rest)) => (Some(column), passage.len() - rest.len()),
        None => (None, 0),
    };
    for sentence in text::sentences(&passage[start..]) {
        let at = sentence.as_ptr() as usize - passage.as_ptr() as usize;
        let Some((next, rest)) = take_colon(sentence).filter(|_| at > start) else {
            continue;
        };
        pieces.push(Piece {
            column,
            text: passage[start..at].trim(),
        });
        column = Some(next);
        start = at + sentence.len() - rest.len();
    }
    pieces.push(Piece {
        column,
        text: passage[start..].trim(),
    });
    pieces
}

/// Splits off a run-in label: `Difference made: Phrases such as …`. A bold run
/// may stand without punctuation.
pub(super) fn take_run_in(passage: &str, bold_lead: usize) -> Option<(Column, &str)> {
    let passage = passage.trim();
    take_bold(passage, bold_lead)
        .or_else(|| take_colon(passage))
        .or_else(|| take_dash(passage))
}

fn take_bold(passage: &str, bold_lead: usize) -> Option<(Column, &str)> {
    let bold = passage.get(..bold_lead)?;
    let rest = trim_signs(&passage[bold_lead..]);
    let column = label_of(bold)?;
    (!rest.is_empty()).then_some((column, rest))
}

fn take_colon(passage: &str) -> Option<(Column, &str)> {
    let (label, rest) = passage.split_once(':')?;
    Some((label_of(label)?, trim_signs(rest)))
}

fn take_dash(passage: &str) -> Option<(Column, &str)> {
    let at = [" – ", " — ", " - "]
        .iter()
        .filter_map(|dash| passage.find(dash))
        .min()?;
    Some((label_of(&passage[..at])?, trim_signs(&passage[at..])))
}

fn trim_signs(rest: &str) -> &str {
    rest.trim_start_matches([' ', ':', '–', '—', '-', '.', '\n'])
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
        Column::Status | Column::Acceptance => Some(Part::Status),
        Column::Evidence => Some(Part::Evidence),
        Column::Number | Column::Finding | Column::Measure => None,
    }
}
