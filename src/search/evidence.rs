//! Passages as evidence: they raise the case they stand in, and show why it was
//! found.

use std::collections::HashMap;

use tantivy::DocAddress;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::model::entry::EntryId;
use crate::search::IndexError;
use crate::search::collect::Match;
use crate::search::query::Node;
use crate::search::query::compile::Compiler;
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
        let query = self.passage_query(node, None);
        let statistics = self.statistics(&[Part::Passage])?;
        let collector = TopDocs::with_limit(PASSAGES).order_by_score();
        let best =
            self.searcher
                .search_with_statistics_provider(&query, &collector, &statistics)?;
        let mut raised: HashMap<u64, (f32, f32)> = HashMap::new();
        for (score, address) in best {
            let column = self
                .searcher
                .segment_reader(address.segment_ord)
                .fast_fields()
                .u64("case_key")?;
            let case = column.first(address.doc_id).unwrap_or_default();
            let (sum, share) = raised.entry(case).or_insert((0.0, BEST_PASSAGE));
            *sum += score * *share;
            *share *= FURTHER_PASSAGE;
        }
        for found in matches {
            found.score += raised.get(&found.case_key).map_or(0.0, |(sum, _)| *sum);
        }
        Ok(())
    }

    /// The unit stored there, with the passage that shows why it was found.
    pub(super) fn hit(&self, address: DocAddress, node: Option<&Node>) -> Result<Hit, IndexError> {
        let card = self.card(address)?;
        let marks = node.map(Marks::of).unwrap_or_default();
        let passage = match node {
            Some(node) if card.part == Part::Review && !marks.is_empty() => {
                self.best_passage(node, &card.case)?
            }
            _ => None,
        };
        let shown = passage.as_ref().unwrap_or(&card);
        let snippet = snippet(&shown.text, &marks, shown.page);
        Ok(Hit { card, snippet })
    }

    fn best_passage(&self, node: &Node, case: &EntryId) -> Result<Option<Card>, IndexError> {
        let query = self.passage_query(node, Some(case));
        let collector = TopDocs::with_limit(1).order_by_score();
        let best: Vec<(f32, DocAddress)> = self.searcher.search(&query, &collector)?;
        best.first()
            .map(|&(_, address)| self.card(address))
            .transpose()
    }

    /// Passages with any of the words, of one case or of all.
    fn passage_query(&self, node: &Node, case: Option<&EntryId>) -> Box<dyn Query> {
        let compiler = Compiler {
            required: Some(1),
            ..self.compiler(vec![(self.fields.passage, 1.0)])
        };
        let words = compiler.compile(node);
        let Some(case) = case else {
            return words;
        };
        let term = Term::from_field_text(self.fields.case, &case.to_string());
        let of_case = ConstScoreQuery::new(
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            0.0,
        );
        let clauses: Vec<(Occur, Box<dyn Query>)> = vec![
            (Occur::Must, Box::new(of_case)),
            (Occur::Must, self.of_parts(&[Part::Passage])),
            (Occur::Must, words),
        ];
        Box::new(BooleanQuery::new(clauses))
    }
}
