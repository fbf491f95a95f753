//! One state of the index, for the length of one question.
//!
//! In: a searcher. Out: what every kind of question needs of it: queries by
//! kind of unit, figures to weigh words by, and stored cards.

use tantivy::query::{BooleanQuery, ConstScoreQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use crate::meaning::Table;
use crate::search::IndexError;
use crate::search::names::Names;
use crate::search::query::compile::{Compiler, Weights};
use crate::search::schema::Fields;
use crate::search::statistics::Statistics;
use crate::search::unit::{Card, Part};
use crate::search::vectors::Vectors;

/// One state of the index.
pub(super) struct Session<'a> {
    /// Sees that state, whatever is committed meanwhile.
    pub searcher: Searcher,
    /// The fields of the index.
    pub fields: &'a Fields,
    /// What ids are called.
    pub names: &'a Names,
    /// What units mean.
    pub vectors: &'a Vectors,
    /// What words mean; `None` without a table.
    pub table: Option<&'a Table>,
}

impl Session<'_> {
    /// Makes queries that look for words where `weights` say.
    pub(super) fn compiler(&self, weights: Weights) -> Compiler<'_> {
        Compiler {
            searcher: &self.searcher,
            fields: self.fields,
            names: self.names,
            title: weights[0].0,
            weights,
            is_strict: false,
            required: None,
            counts_words: false,
        }
    }

    /// Figures to weigh words by, over units of these kinds.
    pub(super) fn statistics(&self, parts: &[Part]) -> Result<Statistics<'_>, IndexError> {
        let terms: Vec<Term> = parts.iter().map(|&part| self.part_term(part)).collect();
        Ok(Statistics::over(&self.searcher, &terms)?)
    }

    /// What a result shows of the unit stored there.
    pub(super) fn card(&self, address: DocAddress) -> Result<Card, IndexError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let stored = document
            .get_first(self.fields.card)
            .and_then(|value| value.as_str());
        serde_json::from_str(stored.unwrap_or_default()).map_err(IndexError::card)
    }

    /// Units of these kinds, without a score.
    pub(super) fn of_parts(&self, parts: &[Part]) -> Box<dyn Query> {
        let term = |&part| {
            let query = TermQuery::new(self.part_term(part), IndexRecordOption::Basic);
            Box::new(query) as Box<dyn Query>
        };
        let any = BooleanQuery::union(parts.iter().map(term).collect());
        Box::new(ConstScoreQuery::new(Box::new(any), 0.0))
    }

    /// The term that units of a kind hold.
    pub(super) fn part_term(&self, part: Part) -> Term {
        Term::from_field_text(self.fields.part, part.id())
    }
}
