//! Finds the best of very many units in two steps, and scores units whose places
//! are known.
//!
//! In: queries that lead and queries that are only asked of what those found
//! best. Out: units, best first. Leading queries for single words are cheap,
//! since the engine passes over what cannot be among the best; a phrase is then
//! looked for in a few thousand passages and not in every passage that holds its
//! words.

use tantivy::collector::TopDocs;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query, Weight};
use tantivy::{DocAddress, Score, SeekDangerResult, SegmentReader};

use crate::search::query::compile::any;
use crate::search::session::Session;

/// Units that the leading queries find best, for each one wanted.
const CANDIDATES: usize = 2;

impl Session<'_> {
    /// The units best by any of the leading queries, ordered by the others, too.
    pub(super) fn best_units(
        &self,
        leading: Vec<Box<dyn Query>>,
        others: &[Box<dyn Query>],
        statistics: &dyn Bm25StatisticsProvider,
        wanted: usize,
    ) -> tantivy::Result<Vec<(Score, DocAddress)>> {
        let candidates = wanted * if others.is_empty() { 1 } else { CANDIDATES };
        let collector = TopDocs::with_limit(candidates).order_by_score();
        let (query, searcher) = (any(leading), &self.searcher);
        let mut best = searcher.search_with_statistics_provider(&*query, &collector, statistics)?;
        if !others.is_empty() {
            best.sort_unstable_by_key(|&(_, address)| address);
            for query in others {
                self.add_scores(&**query, statistics, &mut best)?;
            }
            best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            best.truncate(wanted);
        }
        Ok(best)
    }

    /// Adds what a query earns each unit. `units` stand in the order of their
    /// addresses, each once.
    pub(super) fn add_scores(
        &self,
        query: &dyn Query,
        statistics: &dyn Bm25StatisticsProvider,
        units: &mut [(Score, DocAddress)],
    ) -> tantivy::Result<()> {
        let scoring = EnableScoring::enabled_from_statistics_provider(statistics, &self.searcher);
        let weight = query.weight(scoring)?;
        for units in units.chunk_by_mut(|a, b| a.1.segment_ord == b.1.segment_ord) {
            let segment = units[0].1.segment_ord;
            add_in_segment(&*weight, self.searcher.segment_reader(segment), units)?;
        }
        Ok(())
    }
}

fn add_in_segment(
    weight: &dyn Weight,
    reader: &SegmentReader,
    units: &mut [(Score, DocAddress)],
) -> tantivy::Result<()> {
    let first = units[0].1.doc_id;
    let (mut found, mut scorer) = weight.scorer_danger(reader, first, 1.0)?;
    // Nothing before this is found; asking for it would be asking backwards.
    let mut least = first;
    for (score, address) in units {
        if address.doc_id < least {
            continue;
        }
        if address.doc_id > first {
            found = scorer.seek_danger(address.doc_id);
        }
        match found {
            SeekDangerResult::Found => *score += scorer.score(),
            SeekDangerResult::SeekLowerBound(next) => least = next,
        }
    }
    Ok(())
}
