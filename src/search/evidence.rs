//! Passages as evidence: they raise the case they stand in, and show why it was
//! found.

use std::collections::HashMap;

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet as _, Score, TERMINATED, TantivyError, Term};

use crate::model::entry::EntryId;
use crate::search::IndexError;
use crate::search::collect::Match;
use crate::search::query::Node;
use crate::search::query::compile::{Compiler, Parts};
use crate::search::query::marks::Marks;
use crate::search::results::Hit;
use crate::search::session::Session;
use crate::search::snippet::snippet;
use crate::search::unit::{Card, Part};

/// Passages that may raise their case.
const PASSAGES: usize = 1000;
/// What the best passage of a case counts, against the case itself.
const BEST_PASSAGE: f32 = 0.8;
/// What each further passage counts, against the one before.
const FURTHER_PASSAGE: f32 = 0.3;

impl Session<'_> {
    /// Adds to the score of each case what its best passages earn.
    pub(super) fn raise_by_passages(
        &self,
        node: &Node,
        matches: &mut [Match],
    ) -> Result<(), IndexError> {
        let columns = self.case_keys()?;
        let statistics = self.statistics(&[Part::Passage])?;
        let Parts { any, also } = self.asked(node);
        let mut raised: HashMap<u64, (f32, f32)> = HashMap::new();
        for (score, address) in self.best_units(any, &also, &statistics, PASSAGES)? {
            let case = columns[address.segment_ord as usize].first(address.doc_id);
            let (sum, share) = raised
                .entry(case.unwrap_or_default())
                .or_insert((0.0, BEST_PASSAGE));
            *sum += score * *share;
            *share *= FURTHER_PASSAGE;
        }
        for found in matches {
            found.score += raised.get(&found.case_key).map_or(0.0, |(sum, _)| *sum);
        }
        Ok(())
    }

    /// The units stored there, each with the passage that shows why it was
    /// found.
    pub(super) fn hits(
        &self,
        addresses: &[DocAddress],
        node: Option<&Node>,
    ) -> Result<Vec<Hit>, IndexError> {
        let cards = addresses.iter().map(|&address| self.card(address));
        let cards = cards.collect::<Result<Vec<Card>, _>>()?;
        let marks = node.map(Marks::of).unwrap_or_default();
        let mut passages = match node.filter(|_| !marks.is_empty()) {
            Some(node) => {
                let cases = cards.iter().filter(|card| card.part == Part::Review);
                let cases: Vec<EntryId> = cases.map(|card| card.case.clone()).collect();
                self.best_passages(node, &cases)?
            }
            None => HashMap::new(),
        };
        let hits = cards.into_iter().map(|card| {
            let passage = passages.remove(&card.case).map(|best| self.card(best));
            let passage = passage.transpose()?;
            let shown = passage.as_ref().unwrap_or(&card);
            let snippet = snippet(&shown.text, &marks, shown.page);
            Ok(Hit { card, snippet })
        });
        hits.collect()
    }

    /// Heads of the digests of cases, by segment.
    pub(super) fn case_keys(&self) -> tantivy::Result<Vec<Column<u64>>> {
        let segments = self.searcher.segment_readers().iter();
        let columns = segments.map(|segment| segment.fast_fields().u64("case_key"));
        columns.collect()
    }

    /// The passage of each case that holds the words best, where one does.
    fn best_passages(
        &self,
        node: &Node,
        cases: &[EntryId],
    ) -> Result<HashMap<EntryId, DocAddress>, IndexError> {
        let units = self.units_of_cases(cases)?;
        let mut scores: Vec<(Score, DocAddress)> =
            units.iter().map(|&(address, _)| (0.0, address)).collect();
        let statistics = self.statistics(&[Part::Passage])?;
        let Parts { any, also } = self.asked(node);
        for query in &any {
            self.add_scores(&**query, &statistics, &mut scores)?;
        }
        let holds_words: Vec<bool> = scores.iter().map(|&(score, _)| score > 0.0).collect();
        for query in &also {
            self.add_scores(&**query, &statistics, &mut scores)?;
        }
        let mut best: HashMap<&EntryId, (Score, DocAddress)> = HashMap::new();
        let scored = scores.into_iter().zip(holds_words).zip(units);
        for ((found, _), (_, case)) in scored.filter(|((_, holds_words), _)| *holds_words) {
            let known = best.entry(case).or_insert(found);
            if found.0 > known.0 {
                *known = found;
            }
        }
        let best = best.into_iter();
        Ok(best
            .map(|(case, (_, address))| (case.clone(), address))
            .collect())
    }

    /// Every unit of these cases, in the order stored.
    fn units_of_cases<'a>(
        &self,
        cases: &'a [EntryId],
    ) -> Result<Vec<(DocAddress, &'a EntryId)>, IndexError> {
        let mut units = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let index = reader.inverted_index(self.fields.case)?;
            for case in cases {
                let term = Term::from_field_text(self.fields.case, &case.to_string());
                let postings = index.read_postings(&term, IndexRecordOption::Basic);
                let Some(mut postings) = postings.map_err(TantivyError::from)? else {
                    continue;
                };
                while postings.doc() != TERMINATED {
                    if !reader.is_deleted(postings.doc()) {
                        units.push((DocAddress::new(segment, postings.doc()), case));
                    }
                    postings.advance();
                }
            }
        }
        units.sort_unstable();
        units.dedup_by_key(|&mut (address, _)| address);
        Ok(units)
    }

    /// What to look for in passages.
    fn asked(&self, node: &Node) -> Parts {
        let compiler = Compiler {
            required: Some(1),
            ..self.compiler(vec![(self.fields.passage, 1.0)])
        };
        compiler.in_parts(node)
    }
}
