//! Answers told in running text: "The guide (Recommendation A) was written in
//! June and is now in use. The forum in Recommendation E has not met."
//!
//! In: the outline of a response that sets nothing apart. Out: a [`Draft`] for
//! each sentence that names recommendations, with the sentences that follow it
//! in its paragraph and name none.

use crate::analyse::answers::draft::Draft;
use crate::analyse::answers::labels;
use crate::analyse::answers::parts::{self, Division, Part};
use crate::analyse::answers::stated;
use crate::analyse::answers::status::Reading;
use crate::analyse::outline::Outline;
use crate::analyse::text;
use crate::model::document::{BlockKind, Locator};

/// How sure it is that what follows such a sentence answers what it names.
const CONFIDENCE: f32 = 0.6;
/// Fewer are mentions, not answers.
const LEAST: usize = 2;

/// Reads the answers; none where hardly any recommendation is named.
pub(super) fn read(outline: &Outline<'_>) -> Vec<Draft> {
    let mut told: Vec<Told<'_>> = Vec::new();
    for placed in &outline.blocks {
        if placed.is_heading || matches!(placed.block.kind, BlockKind::Row { .. }) {
            continue;
        }
        let mut is_open = false;
        let mut group = None;
        for sentence in text::sentences(&placed.block.text) {
            let named = labels::clauses(sentence);
            if named.is_empty() {
                match told.last_mut().filter(|_| is_open) {
                    Some(last) => last.sentences.push(sentence),
                    None => group = stated::of_group(sentence).or(group),
                }
                continue;
            }
            is_open = true;
            told.push(Told {
                labels: named.into_iter().flat_map(|clause| clause.labels).collect(),
                at: placed.at,
                group,
                sentences: vec![sentence],
            });
        }
    }
    if told.len() < LEAST {
        return Vec::new();
    }
    told.into_iter().map(Told::draft).collect()
}

/// What is told of the recommendations that a sentence names.
struct Told<'a> {
    labels: Vec<String>,
    at: Locator,
    /// What its paragraph says of all that it tells.
    group: Option<Reading>,
    sentences: Vec<&'a str>,
}

impl Told<'_> {
    fn draft(self) -> Draft {
        let mut draft = Draft::new(self.labels, self.at, CONFIDENCE);
        draft.status = self.group;
        let mut told = Vec::new();
        for sentence in self.sentences {
            match stated::reading(sentence) {
                Some(reading) => {
                    draft.add(Part::Status, sentence);
                    draft.set_status(reading);
                }
                None => told.push(sentence),
            }
        }
        for (part, run) in parts::split(&told, Division::BY_SENTENCE, &[]) {
            draft.add(part, &run);
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::sample;

    #[test]
    fn each_sentence_answers_what_it_names() {
        let sample = sample::file(
            "The guide to language (Recommendation A) was written by young people and is now in use. \
             Its words are heard less often.\n\n\
             The forum in Recommendation E has not met; no date has been fixed.",
        );
        let labels = sample.read(|reading| {
            let drafts = read(reading.outline);
            let labels = drafts.into_iter().map(|draft| draft.labels.join(", "));
            labels.collect::<Vec<_>>()
        });
        assert_eq!(labels, ["A", "E"]);
    }

    #[test]
    fn one_mention_is_no_answer() {
        let sample = sample::file("The Board has discussed Recommendation 2 with its partners.");
        assert!(sample.read(|reading| read(reading.outline).is_empty()));
    }
}
