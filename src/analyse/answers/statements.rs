//! What a response says in passing of how far a recommendation has got:
//! "Recommendations 1 and 2 are complete, recommendation 3 is in progress."
//!
//! In: the outline of a document and its drafts. Out: the drafts, with a status
//! where they had none.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::answers::draft::Draft;
use crate::analyse::answers::labels;
use crate::analyse::answers::parts::Part;
use crate::analyse::answers::status::{self, Reading};
use crate::analyse::label;
use crate::analyse::outline::Outline;
use crate::analyse::text;
use crate::model::document::BlockKind;

/// Gives drafts without a status the one that a sentence states.
pub(super) fn apply(drafts: &mut [Draft], outline: &Outline<'_>) {
    let paragraphs = outline
        .blocks
        .iter()
        .filter(|placed| !matches!(placed.block.kind, BlockKind::Row { .. }));
    let mut for_all = None;
    for sentence in paragraphs.flat_map(|placed| text::sentences(&placed.block.text)) {
        for_all = for_all.or_else(|| Some((sentence, of_all(sentence)?)));
        for clause in labels::clauses(sentence) {
            let Some(reading) = status::of_clause(clause.rest) else {
                continue;
            };
            let is_meant =
                |draft: &&mut Draft| draft.status.is_none() && is_about(draft, &clause.labels);
            for draft in drafts.iter_mut().filter(is_meant) {
                draft.add(Part::Status, sentence);
                draft.set_status(reading);
            }
        }
    }
    let Some((sentence, reading)) = for_all else {
        return;
    };
    for draft in drafts.iter_mut().filter(|draft| draft.status.is_none()) {
        draft.add(Part::Status, sentence);
        draft.set_status(reading);
    }
}

/// The status that a sentence gives to all: "All five recommendations have now
/// been completed."
fn of_all(sentence: &str) -> Option<Reading> {
    static ALL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\s*(?:all|every one|each)(?: of)?(?: the| these| its| our)?(?: [\w-]+){0,2} (?:recommendations|actions)\s+(?:from the (?:review|report)\s+)?")
            .expect("the pattern of statements for all compiles")
    });
    let subject = ALL.find(sentence)?;
    status::of_clause(&sentence[subject.end()..])
}

fn is_about(draft: &Draft, named: &[String]) -> bool {
    let is_named = |label: &String| {
        named
            .iter()
            .any(|name| label::normalise(name) == label::normalise(label))
    };
    draft.labels.iter().any(is_named)
}
