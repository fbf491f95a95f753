//! SQLite FTS5, ranked by its BM25, with the English stemmer it brings.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{Manner, Peer, Question, TOP, bytes_of};

pub(crate) struct Fts5 {
    folder: PathBuf,
    database: Connection,
}

impl Fts5 {
    pub(crate) fn new(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let database = Connection::open(folder.join("passages.sqlite")).expect("a database");
        let settings = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             PRAGMA cache_size = -262144; PRAGMA mmap_size = 8589934592;";
        database.execute_batch(settings).expect("settings");
        Self {
            folder: folder.to_owned(),
            database,
        }
    }
}

impl Peer for Fts5 {
    fn name(&self) -> &'static str {
        "FTS5"
    }

    fn begin(&mut self) {
        let make = "DROP TABLE IF EXISTS passages;
             CREATE VIRTUAL TABLE passages USING fts5(text, tokenize = 'porter unicode61', content = '');
             BEGIN;";
        self.database.execute_batch(make).expect("a table");
    }

    fn add(&mut self, text: &str) {
        let insert = "INSERT INTO passages (text) VALUES (?1)";
        let mut insert = self.database.prepare_cached(insert).expect("SQL");
        insert.execute([text]).expect("a row");
    }

    fn finish(&mut self) {
        let end = "COMMIT; INSERT INTO passages(passages) VALUES ('optimize');";
        self.database.execute_batch(end).expect("a commit");
    }

    fn ask(&mut self, question: &Question) -> usize {
        let text = match question.manner {
            Manner::Any => question.joined(" OR "),
            Manner::All | Manner::Phrase => question.typed(),
        };
        let best = "SELECT rowid FROM passages WHERE passages MATCH ?1 ORDER BY rank LIMIT ?2";
        let mut best = self.database.prepare_cached(best).expect("SQL");
        let rows = best.query_map((&text, TOP as i64), |row| row.get::<_, i64>(0));
        assert!(rows.expect("rows").filter_map(Result::ok).count() <= TOP);
        let count = "SELECT count(*) FROM passages WHERE passages MATCH ?1";
        let mut count = self.database.prepare_cached(count).expect("SQL");
        let count = count.query_row([&text], |row| row.get::<_, i64>(0));
        usize::try_from(count.expect("a count")).unwrap_or_default()
    }

    fn size_bytes(&self) -> u64 {
        bytes_of(&self.folder)
    }
}
