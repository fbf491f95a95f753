//! The figures that BM25 weighs words by, over units of the kind searched.
//!
//! One index holds units from three lines to three hundred pages. Against all
//! of them a word common in reviews would look rare, and every review too long.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// Figures over so many of the units in an index.
pub(super) struct Statistics<'a> {
    searcher: &'a Searcher,
    units: u64,
}

impl<'a> Statistics<'a> {
    /// Figures over the units that hold one of these terms.
    pub(super) fn over(searcher: &'a Searcher, terms: &[Term]) -> tantivy::Result<Self> {
        let mut units = 0;
        for term in terms {
            units += searcher.doc_freq(term)?;
        }
        Ok(Self {
            searcher,
            units: units.max(1),
        })
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // BM25 divides by the mean length, which must not be nothing.
        Ok(self.searcher.total_num_tokens(field)?.max(self.units))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.units)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        // Fields that all kinds share may hold a word oftener than there are
        // units of this kind.
        Ok(self.searcher.doc_freq(term)?.min(self.units))
    }
}
