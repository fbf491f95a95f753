//! Units near in meaning to a description, as a part of a query.
//!
//! In: a description and a list. Out: a query that finds the units of the list
//! which mean nearly what it means, so that they are filtered, counted and
//! ranked in one pass with those that hold its words.

use std::collections::HashMap;

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentOrdinal, SegmentReader, TERMINATED, Term};

use crate::meaning::Meaning;
use crate::search::IndexError;
use crate::search::request::{Filters, List};
use crate::search::session::Session;
use crate::search::unit::Part;

/// Units of a list of items that come near enough to be results.
const ITEMS: usize = 30;
/// Cases that come near enough to be results.
const CASES: usize = 20;
/// What is less near than this, against the nearest, is not near.
const LEAST: f32 = 0.25;

impl Session<'_> {
    /// The units of a list nearest in meaning, each with how near, from 0 to 1.
    pub(super) fn near(
        &self,
        list: List,
        meaning: &Meaning,
    ) -> Result<Vec<(f32, DocAddress)>, IndexError> {
        let parts: &[Part] = match list {
            List::Reviews => return self.cases_near(meaning),
            List::Recommendations => &[Part::Recommendation],
            List::Lessons => &[Part::Lesson, Part::GoodPractice],
            List::Answers => &[Part::Answer],
        };
        let near = self
            .vectors
            .nearest(&self.searcher, meaning, parts, ITEMS + 1)?;
        let (Some(nearest), Some(farthest)) = (near.first(), near.last()) else {
            return Ok(Vec::new());
        };
        let least = farthest.likeness;
        let most = (nearest.likeness - least).max(f32::MIN_POSITIVE);
        let near = near.iter();
        let scaled = near.map(|unit| ((unit.likeness - least) / most, unit.address));
        Ok(scaled.filter(|(strength, _)| *strength >= LEAST).collect())
    }

    fn cases_near(&self, meaning: &Meaning) -> Result<Vec<(f32, DocAddress)>, IndexError> {
        let mut near = self.alike_by_meaning(meaning, &Filters::default())?;
        near.retain(|(strength, _)| *strength >= LEAST);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        near.truncate(CASES);
        Ok(near)
    }
}

/// Finds just these units, each with its score.
#[derive(Debug, Clone, Default)]
pub(super) struct These {
    /// By segment, in order.
    segments: HashMap<SegmentOrdinal, Vec<(DocId, Score)>>,
    /// Which segment has which place, by its name.
    ordinals: HashMap<tantivy::index::SegmentId, SegmentOrdinal>,
}

impl These {
    /// Finds these units of what a session sees.
    pub(super) fn of(session: &Session<'_>, units: &[(Score, DocAddress)]) -> Self {
        let mut these = Self::default();
        for (ordinal, reader) in (0..).zip(session.searcher.segment_readers()) {
            these.ordinals.insert(reader.segment_id(), ordinal);
        }
        for &(score, address) in units {
            let segment = these.segments.entry(address.segment_ord).or_default();
            segment.push((address.doc_id, score));
        }
        for docs in these.segments.values_mut() {
            docs.sort_by_key(|&(doc, _)| doc);
        }
        these
    }
}

impl Query for These {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }

    fn query_terms<'a>(&'a self, _: &mut dyn FnMut(&'a Term, bool)) {}
}

impl Weight for These {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let ordinal = self.ordinals.get(&reader.segment_id());
        let docs = ordinal.and_then(|ordinal| self.segments.get(ordinal));
        Ok(match docs {
            Some(docs) => Box::new(TheseScorer {
                docs: docs.clone(),
                at: 0,
                boost,
            }),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("near in meaning", 0.0))
    }
}

struct TheseScorer {
    docs: Vec<(DocId, Score)>,
    at: usize,
    boost: Score,
}

impl DocSet for TheseScorer {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |&(doc, _)| doc)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for TheseScorer {
    fn score(&mut self) -> Score {
        self.docs.get(self.at).map_or(0.0, |&(_, score)| score) * self.boost
    }
}
