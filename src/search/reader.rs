//! Answers questions from the index.
//!
//! In: a [`SearchRequest`] or a [`SimilarRequest`]. Out: [`SearchResults`] or
//! [`SimilarCases`]. New commits are picked up
//! as they come; one search sees one state of the index throughout.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;

use sha2::{Digest as _, Sha256};
use tantivy::{Index, IndexReader, ReloadPolicy, Warmer};

use crate::meaning::{Table, table};
use crate::search::list;
use crate::search::names::Names;
use crate::search::request::SearchRequest;
use crate::search::results::SearchResults;
use crate::search::schema::{self, Fields};
use crate::search::served::Served;
use crate::search::session::Session;
use crate::search::similar::{LONGEST, SimilarCases, SimilarRequest, Subject, Told};
use crate::search::writer::{Stamp, is_sound, open_index};
use crate::search::{IndexError, SearchError};
use crate::vocabulary::lexicon::Lexicon;

/// Threads that one question keeps busy at most.
const MOST_THREADS: usize = 4;

/// Units from which on it pays to search segments side by side: below, handing
/// them to other threads takes longer than searching them.
const LARGE: u64 = 50_000;

/// An index open for questions. Cheap to share; one for each process.
pub struct Reader {
    index: IndexReader,
    fields: Fields,
    names: Names,
    themes: Lexicon<String>,
    served: Arc<Served>,
    table: Option<&'static Table>,
    is_outdated: bool,
}

impl Reader {
    /// Opens the index in a folder, having read every byte of it: for whoever
    /// goes on to serve it for long.
    ///
    /// # Errors
    ///
    /// As [`Reader::open`], and when a file does not hold what was written.
    pub fn open_sound(folder: &Path, names: &Names) -> Result<Self, IndexError> {
        open_index(folder)
            .filter(is_sound)
            .ok_or_else(|| IndexError::Unusable {
                path: folder.to_owned(),
            })?;
        let reader = Self::open(folder, names)?;
        if reader.is_outdated {
            tracing::warn!(
                search.folder = %folder.display(),
                "The search index was made with other names of partnerships, themes or agencies; \
                 it is served, and `lessons reindex` makes it anew."
            );
        }
        Ok(reader)
    }

    /// Whether the index was made with other names than those given when it was
    /// opened: facets and labels may then miss partnerships until `lessons reindex`.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        self.is_outdated
    }

    /// Opens the index in a folder.
    ///
    /// # Errors
    ///
    /// Fails when there is none, it is damaged where that shows at once, or
    /// another version wrote it: then [`super::Writer::open`] makes it anew.
    pub fn open(folder: &Path, names: &Names) -> Result<Self, IndexError> {
        let unusable = || IndexError::Unusable {
            path: folder.to_owned(),
        };
        let mut index = open_index(folder).ok_or_else(unusable)?;
        let stamp = Stamp::of(&index).ok_or_else(unusable)?;
        if stamp.version != schema::version() {
            return Err(unusable());
        }
        if is_large(&index) {
            // Segments are searched side by side; more threads than these would
            // wait for the largest segment.
            let threads = available_parallelism().map_or(1, NonZeroUsize::get);
            index.set_multithread_executor(threads.min(MOST_THREADS))?;
        }
        let served = Arc::new(Served::default());
        let warmer: Arc<dyn Warmer> = Arc::clone(&served) as Arc<dyn Warmer>;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::OnCommitWithDelay)
            .warmers(vec![Arc::downgrade(&warmer)])
            .try_into()?;
        let (_, fields) = schema::schema();
        Ok(Self {
            index: reader,
            fields,
            themes: names.themes(),
            names: names.clone(),
            served,
            table: table(),
            is_outdated: stamp.names != names.fingerprint(),
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

    /// The state of the catalogue that is served.
    #[must_use]
    pub fn mark(&self) -> Option<String> {
        self.served.mark()
    }

    /// Looks for new commits now rather than soon.
    ///
    /// # Errors
    ///
    /// Fails when the newest commit cannot be opened, is unfinished or of another
    /// version; the one before it is still served.
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

    /// The same index, as a program finds in it that was built without its table
    /// of meanings.
    #[must_use]
    pub fn by_words_alone(self) -> Self {
        Self {
            table: None,
            ..self
        }
    }

    /// Cases like a description or like a case of the index; `None` when the
    /// index has no such case.
    ///
    /// # Errors
    ///
    /// Fails when the index cannot be read.
    pub fn similar(
        &self,
        request: &SimilarRequest<'_>,
    ) -> Result<Option<SimilarCases>, IndexError> {
        let session = self.session();
        let told = match request.subject {
            Subject::Text(text) => {
                let end = text
                    .char_indices()
                    .nth(LONGEST)
                    .map_or(text.len(), |(end, _)| end);
                Some(Told::of(&text[..end], &self.themes, self.table))
            }
            Subject::Case(case) => session.told_by(case, &self.themes, self.table)?,
        };
        let Some(told) = told else {
            return Ok(None);
        };
        let similar = session.similar(&told, &request.filters, request.size)?;
        Ok(Some(SimilarCases {
            is_by_meaning: self.table.is_some(),
            ..similar
        }))
    }

    fn session(&self) -> Session<'_> {
        Session {
            searcher: self.index.searcher(),
            fields: &self.fields,
            names: &self.names,
            vectors: &self.served.vectors,
            table: self.table,
        }
    }
}

fn is_large(index: &Index) -> bool {
    let segments = index.searchable_segment_metas().unwrap_or_default();
    let units = segments.iter().map(|segment| u64::from(segment.num_docs()));
    units.sum::<u64>() >= LARGE
}
