//! Counts the words of a question that a unit holds, while it is scored.
//!
//! In: a query for one word. Out: the same query, which adds [`STEP`] to the
//! score of what it finds. The score of a unit then says two things: how many
//! of the words it holds ([`words_of`]) and how well it holds them.

use std::fmt;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

/// Added for each word: more than the words of a longest question could earn
/// by how well they are held.
const STEP: Score = 4096.0;

/// How many words a score counts.
#[expect(
    clippy::cast_sign_loss,
    reason = "scores are sums of what is not below 0"
)]
pub(in crate::search) fn words_of(score: Score) -> usize {
    (score / STEP) as usize
}

/// What is left of a score: how well the words are held.
pub(in crate::search) fn weight_of(score: Score) -> Score {
    score % STEP
}

/// A query that is counted.
pub(super) struct Counted(pub Box<dyn Query>);

impl Clone for Counted {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl fmt::Debug for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Counted").field(&self.0).finish()
    }
}

impl Query for Counted {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(CountedWeight(self.0.weight(scoring)?)))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

struct CountedWeight(Box<dyn Weight>);

impl Weight for CountedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(CountedScorer(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

struct CountedScorer(Box<dyn Scorer>);

impl DocSet for CountedScorer {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

impl Scorer for CountedScorer {
    fn score(&mut self) -> Score {
        self.0.score() + STEP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_says_how_many_words_and_how_well() {
        for (score, words, weight) in [(0.0, 0, 0.0), (7.5, 0, 7.5), (2.0 * STEP + 3.25, 2, 3.25)] {
            assert_eq!((words_of(score), weight_of(score)), (words, weight));
        }
    }
}
