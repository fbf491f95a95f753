//! Collects every match of a query once, and counts facets on the way.
//!
//! In: filters. Out: [`Tally`]: the matches that pass all filters, and for each
//! facet how many matches each of its values has when the facet's own choice is
//! left out. One pass does both: a match that fails exactly one facet's filter
//! counts for that facet alone.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::model::date::PartialDate;
use crate::search::query::counted::{weight_of, words_of};
use crate::search::request::{Facet, Filters};

const FACETS: usize = Facet::ALL.len();

/// What a search found, unordered.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Every match that passes all filters.
    pub matches: Vec<Match>,
    /// By facet and value.
    pub counts: BTreeMap<Facet, BTreeMap<String, usize>>,
}

/// One match.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    /// How well it holds the words; 0 when not asked for.
    pub score: Score,
    /// How many of the words it holds, of those that may be missing.
    pub words: usize,
    /// Head of the digest of the case's name.
    pub case_key: u64,
    /// First day of the date of publication, as 20210301.
    pub published: Option<u64>,
    /// Sets equals apart, the same way every time.
    pub order: u64,
    /// Where the unit is stored.
    pub address: DocAddress,
}

/// Collects matches and counts.
pub(super) struct TallyCollector<'a> {
    /// What matches must be.
    pub filters: &'a Filters,
    /// Whether scores are wanted.
    pub with_scores: bool,
    /// Whether counts are wanted.
    pub with_counts: bool,
}

impl Collector for TallyCollector<'_> {
    type Fruit = Tally;
    type Child = SegmentTally;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentTally> {
        let columns = reader.fast_fields();
        let mut facets = Vec::with_capacity(FACETS);
        for facet in Facet::ALL {
            let chosen = self.filters.chosen.get(&facet);
            let column = if self.with_counts || chosen.is_some() {
                columns.str(facet.id())?
            } else {
                None
            };
            facets.push(FacetColumn::open(column, chosen)?);
        }
        Ok(SegmentTally {
            segment,
            facets,
            from: columns.u64("from")?,
            until: columns.u64("until")?,
            case_key: columns.u64("case_key")?,
            order: columns.u64("order")?,
            first: self.filters.from.map_or(0, first_day),
            last: self.filters.to.map_or(u64::MAX, last_day),
            is_dated: self.filters.from.is_some() || self.filters.to.is_some(),
            matches: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.with_scores
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Tally>>) -> tantivy::Result<Tally> {
        let mut whole = Tally::default();
        for segment in segments {
            let segment = segment?;
            whole.matches.extend(segment.matches);
            for (facet, counts) in segment.counts {
                let sums = whole.counts.entry(facet).or_default();
                for (id, count) in counts {
                    *sums.entry(id).or_default() += count;
                }
            }
        }
        Ok(whole)
    }
}

/// The tally of one segment.
pub(super) struct SegmentTally {
    segment: SegmentOrdinal,
    /// In the order of [`Facet::ALL`].
    facets: Vec<FacetColumn>,
    from: Column<u64>,
    until: Column<u64>,
    case_key: Column<u64>,
    order: Column<u64>,
    first: u64,
    last: u64,
    is_dated: bool,
    matches: Vec<Match>,
}

impl SegmentTally {
    /// Whether a date's days and those asked for have one in common. What is
    /// undated is in no range.
    fn is_in_range(&self, doc: DocId) -> bool {
        match (self.from.first(doc), self.until.first(doc)) {
            (Some(from), Some(until)) => from <= self.last && until >= self.first,
            _ => false,
        }
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = tantivy::Result<Tally>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let mut failed = None;
        if self.is_dated && !self.is_in_range(doc) {
            failed = Some(Facet::Year.place());
        }
        for (place, facet) in self.facets.iter().enumerate() {
            if !facet.passes(doc) {
                if failed.is_some() {
                    return;
                }
                failed = Some(place);
            }
        }
        if let Some(place) = failed {
            self.facets[place].count(doc);
            return;
        }
        self.facets.iter_mut().for_each(|facet| facet.count(doc));
        self.matches.push(Match {
            score: weight_of(score),
            words: words_of(score),
            case_key: self.case_key.first(doc).unwrap_or_default(),
            published: self.from.first(doc),
            order: self.order.first(doc).unwrap_or_default(),
            address: DocAddress::new(self.segment, doc),
        });
    }

    fn harvest(self) -> tantivy::Result<Tally> {
        let mut counts = BTreeMap::new();
        for (facet, column) in Facet::ALL.into_iter().zip(self.facets) {
            counts.insert(facet, column.counts()?);
        }
        Ok(Tally {
            matches: self.matches,
            counts,
        })
    }
}

/// The values of one facet in one segment.
struct FacetColumn {
    column: Option<StrColumn>,
    /// By ordinal, when the facet is narrowed.
    chosen: Option<Vec<bool>>,
    /// By ordinal.
    counts: Vec<u32>,
}

impl FacetColumn {
    fn open(column: Option<StrColumn>, chosen: Option<&Vec<String>>) -> tantivy::Result<Self> {
        let terms = column.as_ref().map_or(0, |column| column.num_terms());
        let chosen = match chosen.filter(|ids| !ids.is_empty()) {
            None => None,
            Some(ids) => {
                let mut is_chosen = vec![false; terms];
                for id in ids {
                    let ord = column
                        .as_ref()
                        .map(|column| column.dictionary().term_ord(id.as_bytes()));
                    if let Some(ord) = ord.transpose()?.flatten() {
                        is_chosen[ord as usize] = true;
                    }
                }
                Some(is_chosen)
            }
        };
        Ok(Self {
            column,
            chosen,
            counts: vec![0; terms],
        })
    }

    fn passes(&self, doc: DocId) -> bool {
        match (&self.chosen, &self.column) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(chosen), Some(column)) => column.term_ords(doc).any(|ord| chosen[ord as usize]),
        }
    }

    fn count(&mut self, doc: DocId) {
        if let Some(column) = &self.column {
            for ord in column.term_ords(doc) {
                self.counts[ord as usize] += 1;
            }
        }
    }

    fn counts(self) -> tantivy::Result<BTreeMap<String, usize>> {
        let mut counts = BTreeMap::new();
        let Some(column) = self.column else {
            return Ok(counts);
        };
        for (ord, count) in (0..).zip(self.counts) {
            let mut id = String::new();
            if count > 0 && column.ord_to_str(ord, &mut id)? {
                counts.insert(id, count as usize);
            }
        }
        Ok(counts)
    }
}

/// The first day that a date may mean, as 20210301.
pub(super) fn first_day(date: PartialDate) -> u64 {
    day_number(date, 1, 1)
}

/// The last day that a date may mean, as 20210331.
pub(super) fn last_day(date: PartialDate) -> u64 {
    day_number(date, 12, 31)
}

fn day_number(date: PartialDate, month: u8, day: u8) -> u64 {
    let year = u64::from(date.year().unsigned_abs());
    let month = u64::from(date.month().unwrap_or(month));
    let day = u64::from(date.day().unwrap_or(day));
    (year * 100 + month) * 100 + day
}
