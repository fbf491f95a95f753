//! What others make of the same passages: tantivy alone and SQLite FTS5, in
//! this process; PostgreSQL from the files written here.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{Field, Schema, TEXT};
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument};

use crate::{Class, times};

/// Results asked for; every match is counted.
const TOP: usize = 20;

pub(crate) struct Peers {
    sqlite: Connection,
    index: Index,
    writer: Option<IndexWriter>,
    text: Field,
    reader: Option<IndexReader>,
    files: Option<(BufWriter<File>, PathBuf)>,
}

impl Peers {
    pub(crate) fn new(folder: &Path, write: Option<&Path>) -> Self {
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
        let files = write.map(|folder| {
            std::fs::create_dir_all(folder).expect("the folder can be made");
            let file = File::create(folder.join("passages.txt")).expect("a file");
            (BufWriter::new(file), folder.to_owned())
        });
        Self {
            sqlite,
            index,
            writer: Some(writer),
            text,
            reader: None,
            files,
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
        if let Some((file, _)) = &mut self.files {
            writeln!(file, "{}", text.replace(['\t', '\\'], " ")).expect("a line");
        }
    }

    pub(crate) fn finish(&mut self) {
        let end = "COMMIT; INSERT INTO passages(passages) VALUES ('optimize');";
        self.sqlite.execute_batch(end).expect("a commit");
        let mut writer = self.writer.take().expect("finished once");
        writer.commit().expect("a commit");
        writer.wait_merging_threads().expect("merged segments");
        self.reader = self.index.reader().ok();
        if let Some((file, _)) = &mut self.files {
            file.flush().expect("a written file");
        }
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

    /// Writes the questions, a class and a text a line.
    pub(crate) fn write_queries(&self, classes: &[Class]) {
        let Some((_, folder)) = &self.files else {
            return;
        };
        let mut file = File::create(folder.join("queries.txt")).expect("a file");
        for class in classes {
            for text in &class.texts {
                writeln!(file, "{}\t{text}", class.name).expect("a line");
            }
        }
    }
}
