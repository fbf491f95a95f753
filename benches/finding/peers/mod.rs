//! What others make of the same passages and the same queries: tantivy alone,
//! SQLite FTS5 and PostgreSQL full text.

pub(crate) mod fts5;
pub(crate) mod plain;
pub(crate) mod postgres;

use std::path::Path;

/// Results asked for; every match is counted.
pub(crate) const TOP: usize = 20;

/// A search engine over passages.
pub(crate) trait Peer {
    /// How it is called in the table.
    fn name(&self) -> &'static str;

    /// Empties it, to be filled.
    fn begin(&mut self);

    /// Takes a passage over.
    fn add(&mut self, text: &str);

    /// Makes everything taken over ready to be asked.
    fn finish(&mut self);

    /// Finds the [`TOP`] best by rank and counts all matches.
    fn ask(&mut self, question: &Question) -> usize;

    /// What it keeps on disk, in bytes.
    fn size_bytes(&self) -> u64;
}

/// One question, from which each makes its own.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// Lower-case words.
    pub(crate) words: Vec<String>,
    /// How they hang together.
    pub(crate) manner: Manner,
}

/// How the words of a question hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Any of them, ranked.
    Any,
    /// All of them.
    All,
    /// In a row.
    Phrase,
}

impl Question {
    /// The words with something between them.
    pub(crate) fn joined(&self, between: &str) -> String {
        self.words.join(between)
    }

    /// As people type it here, and as tantivy and SQLite read it, too.
    pub(crate) fn typed(&self) -> String {
        match self.manner {
            Manner::Any => self.joined(" "),
            Manner::All => self.joined(" AND "),
            Manner::Phrase => format!("\"{}\"", self.joined(" ")),
        }
    }
}

/// Every peer that can be had here, each with what was kept of it in the folder. One
/// that cannot be had says so.
pub(crate) fn all(folder: &Path) -> Vec<Box<dyn Peer>> {
    let mut peers: Vec<Box<dyn Peer>> = vec![
        Box::new(plain::Plain::new(&folder.join("plain"))),
        Box::new(fts5::Fts5::new(&folder.join("fts5"))),
    ];
    if let Some(postgres) = postgres::Postgres::start(&folder.join("postgres")) {
        peers.push(Box::new(postgres));
    }
    peers
}

/// Bytes of the files in a folder and its folders.
pub(crate) fn bytes_of(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten();
    let bytes = files.filter_map(Result::ok).map(|file| {
        let is_folder = file.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder {
            bytes_of(&file.path())
        } else {
            file.metadata().map_or(0, |file| file.len())
        }
    });
    bytes.sum()
}
