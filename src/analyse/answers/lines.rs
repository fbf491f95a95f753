//! Lines that say something of an answer without being its text: tags,
//! statements about the recommendation, the headings above.
//!
//! In: a line or a block. Out: the status it gives, or the part it announces.

use crate::analyse::answers::key::Key;
use crate::analyse::answers::parts::Part;
use crate::analyse::answers::passage;
use crate::analyse::answers::status::{self, Reading};
use crate::analyse::columns;
use crate::analyse::outline::{Outline, Placed};
use crate::analyse::text;

/// Longer lines are not tags.
const MAX_TAG_WORDS: usize = 6;

/// A line that is nothing but a status: "Well under way", "Half way".
pub(super) fn tag(line: &str, key: &Key) -> Option<Reading> {
    let is_short = text::word_count(line) <= MAX_TAG_WORDS && !line.ends_with([':', '?']);
    key.read(line, None)
        .filter(|_| is_short && !status::tells(line))
}

/// A paragraph that is nothing but a statement about the recommendation.
pub(super) fn statement(paragraph: &str) -> Option<Reading> {
    match text::sentences(paragraph).as_slice() {
        [only] => status::of_statement(only),
        _ => None,
    }
}

/// The part that the headings above a block announce.
pub(super) fn governing_part(outline: &Outline<'_>, placed: &Placed<'_>) -> Option<Part> {
    let path = outline.path(placed.section);
    path.iter()
        .rev()
        .find_map(|heading| passage::part_of(columns::of_label(heading)?))
}

/// The status that a heading above a block gives to all under it: "Completed",
/// "Not yet started".
pub(super) fn governing_status(
    outline: &Outline<'_>,
    placed: &Placed<'_>,
    key: &Key,
) -> Option<(String, Reading)> {
    let mut path = outline.path(placed.section);
    if placed.is_heading {
        path.pop();
    }
    path.iter().rev().find_map(|heading| {
        let reading = tag(heading, key).filter(|_| status::opens_with_verdict(heading))?;
        Some(((*heading).to_owned(), reading))
    })
}
