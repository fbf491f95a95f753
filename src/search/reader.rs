//! Answers questions from the index.
//!
//! In: a [`SearchRequest`]. Out: [`SearchResults`]. New commits are picked up
//! as they come; one search sees one state of the index throughout.

use std::path::Path;

use sha2::{Digest as _, Sha256};
use tantivy::{IndexReader, ReloadPolicy};

use crate::search::list;
use crate::search::names::Names;
use crate::search::request::SearchRequest;
use crate::search::results::SearchResults;
use crate::search::schema::{self, Fields};
use crate::search::session::Session;
use crate::search::writer::{Stamp, open_index};
use crate::search::{IndexError, SearchError};

/// An index open for questions. Cheap to share; one for each process.
pub struct Reader {
    index: IndexReader,
    fields: Fields,
    names: Names,
}

impl Reader {
    /// Opens the index in a folder.
    ///
    /// # Errors
    ///
    /// Fails when there is none, it is damaged, or another version wrote it:
    /// then [`super::Writer::open`] makes it anew.
    pub fn open(folder: &Path, names: &Names) -> Result<Self, IndexError> {
        let unusable = || IndexError::Unusable {
            path: folder.to_owned(),
        };
        let index = open_index(folder).ok_or_else(unusable)?;
        let stamp = Stamp::of(&index).ok_or_else(unusable)?;
        if stamp.version != schema::version() {
            return Err(unusable());
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::OnCommitWithDelay)
            .try_into()?;
        let (_, fields) = schema::schema();
        Ok(Self {
            index: reader,
            fields,
            names: names.clone(),
        })
    }

    /// What ids are called.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Names what the index holds: equal for equal contents, in this process
    /// and any other.
    #[must_use]
    pub fn revision(&self) -> String {
        let searcher = self.index.searcher();
        let mut hash = Sha256::new();
        for segment in searcher.segment_readers() {
            let deleted = segment.delete_opstamp();
            hash.update(format!(
                "{} {deleted:?};",
                segment.segment_id().uuid_string()
            ));
        }
        hash.finalize()[..6]
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    /// The state of the catalogue that the newest commit holds.
    #[must_use]
    pub fn mark(&self) -> Option<String> {
        Stamp::of(self.index.searcher().index()).map(|stamp| stamp.mark)
    }

    /// Looks for new commits now rather than soon.
    ///
    /// # Errors
    ///
    /// Fails when the newest commit cannot be opened; the one before it is
    /// still served.
    pub fn reload(&self) -> Result<(), IndexError> {
        Ok(self.index.reload()?)
    }

    /// Answers a question.
    ///
    /// # Errors
    ///
    /// Fails when a strict question does not parse, or the index cannot be
    /// read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        list::answer(&self.session(), request)
    }

    fn session(&self) -> Session<'_> {
        Session {
            searcher: self.index.searcher(),
            fields: &self.fields,
            names: &self.names,
        }
    }
}
