//! The yardstick: the same units in a plain index, as a program would have it
//! that knows nothing of the trade.
//!
//! In: [`Unit`]s. Out: rankings by BM25 over one field with the engine's default
//! analysis and its own query parser. For measuring only.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, QueryParser, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TEXT, Value as _};
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument, Term};

use crate::search::IndexError;
use crate::search::request::List;
use crate::search::unit::{Card, Part, Unit};

/// Memory for units not yet written, in bytes.
const BUFFER: usize = 64 * 1024 * 1024;

/// A plain index being filled.
pub struct Plain {
    index: Index,
    writer: IndexWriter,
    fields: Fields,
}

/// A plain index to be asked.
pub struct PlainReader {
    reader: IndexReader,
    parser: QueryParser,
    fields: Fields,
}

#[derive(Clone, Copy)]
struct Fields {
    list: Field,
    text: Field,
    card: Field,
}

impl Plain {
    /// An empty index in memory.
    ///
    /// # Errors
    ///
    /// Fails when the engine does.
    pub fn new() -> Result<Self, IndexError> {
        let mut schema = Schema::builder();
        let fields = Fields {
            list: schema.add_text_field("list", STRING),
            text: schema.add_text_field("text", TEXT),
            card: schema.add_text_field("card", STORED),
        };
        let index = Index::create_in_ram(schema.build());
        let writer = index.writer_with_num_threads(1, BUFFER)?;
        Ok(Self {
            index,
            writer,
            fields,
        })
    }

    /// Adds a unit: a case with all that is printed, an item with its text.
    ///
    /// # Errors
    ///
    /// Fails when the engine does.
    pub fn add(&mut self, unit: &Unit) -> Result<(), IndexError> {
        let list = match unit.card.part {
            Part::Review => List::Reviews,
            Part::Recommendation => List::Recommendations,
            Part::Lesson | Part::GoodPractice => List::Lessons,
            Part::Answer => List::Answers,
            Part::Passage => return Ok(()),
        };
        let mut document = TantivyDocument::new();
        document.add_text(self.fields.list, list.id());
        if unit.card.part == Part::Review {
            document.add_text(self.fields.text, &unit.card.title);
            document.add_text(self.fields.text, unit.texts.body.join("\n"));
        } else {
            document.add_text(self.fields.text, &unit.card.text);
        }
        let card = serde_json::to_string(&unit.card).map_err(IndexError::card)?;
        document.add_text(self.fields.card, card);
        self.writer.add_document(document)?;
        Ok(())
    }

    /// Makes what was added ready to be asked.
    ///
    /// # Errors
    ///
    /// Fails when the engine does.
    pub fn finish(mut self) -> Result<PlainReader, IndexError> {
        self.writer.commit()?;
        Ok(PlainReader {
            reader: self.index.reader()?,
            parser: QueryParser::for_index(&self.index, vec![self.fields.text]),
            fields: self.fields,
        })
    }
}

impl PlainReader {
    /// The best of a list, in order.
    ///
    /// # Errors
    ///
    /// Fails when the engine does.
    pub fn search(&self, list: List, text: &str, most: usize) -> Result<Vec<Card>, IndexError> {
        let (words, _) = self.parser.parse_query_lenient(text);
        let term = Term::from_field_text(self.fields.list, list.id());
        let of_list = TermQuery::new(term, IndexRecordOption::Basic);
        let of_list = ConstScoreQuery::new(Box::new(of_list), 0.0);
        let query = BooleanQuery::intersection(vec![Box::new(of_list), words]);
        let searcher = self.reader.searcher();
        let best = searcher.search(&query, &TopDocs::with_limit(most).order_by_score())?;
        let card = |(_, address)| {
            let document: TantivyDocument = searcher.doc(address)?;
            let stored = document.get_first(self.fields.card);
            let stored = stored.and_then(|value| value.as_str()).unwrap_or_default();
            serde_json::from_str(stored).map_err(IndexError::card)
        };
        best.into_iter().map(card).collect()
    }
}
