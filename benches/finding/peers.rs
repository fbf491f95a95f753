//! What others make of the same passages in this process: tantivy alone and
//! SQLite FTS5.

use std::path::Path;

use rusqlite::Connection;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{Field, Schema, TEXT};
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument};

use crate::times;

/// Results asked for; every match is counted.
const TOP: usize = 20;

pub(crate) struct Peers {
    sqlite: Connection,
    index: Index,
    writer: Option<IndexWriter>,
    text: Field,
    reader: Option<IndexReader>,
}

impl Peers {
    pub(crate) fn new(folder: &Path) -> Self {
        let sqlite = Connection::open(folder.join("sqlite.db")).expect("a database");
        let make = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
             CREATE VIRTUAL TABLE passages USING fts5(text, tokenize = 'porter unicode61', content = '');
             BEGIN;";
        sqlite.execute_batch(make).expect("a table");
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let writer = index
            .writer_with_num_threads(2, 128 << 20)
            .expect("a writer");
        Self {
            sqlite,
            index,
            writer: Some(writer),
            text,
            reader: None,
        }
    }

    pub(crate) fn add(&mut self, text: &str) {
        let mut insert = self
            .sqlite
            .prepare_cached("INSERT INTO passages (text) VALUES (?1)")
            .expect("SQL");
        insert.execute([text]).expect("a row");
        let mut document = TantivyDocument::new();
        document.add_text(self.text, text);
        let writer = self.writer.as_ref().expect("not finished");
        writer.add_document(document).expect("a document");
    }

    pub(crate) fn finish(&mut self) {
        let end = "COMMIT; INSERT INTO passages(passages) VALUES ('optimize');";
        self.sqlite.execute_batch(end).expect("a commit");
        let mut writer = self.writer.take().expect("finished once");
        writer.commit().expect("a commit");
        writer.wait_merging_threads().expect("merged segments");
        self.reader = self.index.reader().ok();
    }

    /// The ranked best and the count of all, from each.
    pub(crate) fn measure(&self, class: &str, texts: &[String]) {
        times(class, "tantivy", texts, |text| self.tantivy(text));
        times(class, "FTS5", texts, |text| self.fts5(text));
    }

    fn tantivy(&self, text: &str) {
        let parser = QueryParser::for_index(&self.index, vec![self.text]);
        let (query, _) = parser.parse_query_lenient(text);
        let searcher = self.reader.as_ref().expect("finished").searcher();
        let collector = (TopDocs::with_limit(TOP).order_by_score(), Count);
        searcher.search(&query, &collector).expect("results");
    }

    fn fts5(&self, text: &str) {
        let text = if text.contains(" AND ") {
            text.to_owned()
        } else {
            text.replace(' ', " OR ")
        };
        let best = "SELECT rowid FROM passages WHERE passages MATCH ?1 ORDER BY rank LIMIT 20";
        let count = "SELECT count(*) FROM passages WHERE passages MATCH ?1";
        let mut best = self.sqlite.prepare_cached(best).expect("SQL");
        let rows = best
            .query_map([&text], |row| row.get::<_, i64>(0))
            .expect("rows");
        assert!(rows.count() <= TOP);
        let mut count = self.sqlite.prepare_cached(count).expect("SQL");
        count
            .query_row([&text], |row| row.get::<_, i64>(0))
            .expect("a count");
    }
}
