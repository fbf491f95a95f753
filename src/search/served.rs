//! Decides which commits are served, and makes each ready before it is.
//!
//! In: a commit that has just been opened. Out: [`Served`], which knows what the
//! newest commit holds that this program can read. A commit that is not
//! finished or of another version is refused: whoever is asking goes on with the
//! one before it.

use std::sync::{Mutex, PoisonError};

use tantivy::{Searcher, SearcherGeneration, TantivyError, Warmer};

use crate::search::schema;
use crate::search::vectors::Vectors;
use crate::search::writer::Stamp;

/// What is kept beside the commit that is served.
#[derive(Default)]
pub(super) struct Served {
    /// What its units mean.
    pub vectors: Vectors,
    /// The state of the catalogue that it holds.
    mark: Mutex<Option<String>>,
}

impl Served {
    /// The state of the catalogue that is served; `None` before the first.
    pub(super) fn mark(&self) -> Option<String> {
        let mark = self.mark.lock().unwrap_or_else(PoisonError::into_inner);
        mark.clone()
    }
}

impl Warmer for Served {
    fn warm(&self, searcher: &Searcher) -> tantivy::Result<()> {
        let refused = || {
            let reason = "the newest commit is unfinished or of another version";
            TantivyError::InvalidArgument(reason.to_owned())
        };
        let stamp = Stamp::of(searcher.index()).filter(|stamp| stamp.version == schema::version());
        let stamp = stamp.ok_or_else(refused)?;
        self.vectors.read(searcher)?;
        let mut mark = self.mark.lock().unwrap_or_else(PoisonError::into_inner);
        *mark = Some(stamp.mark);
        Ok(())
    }

    fn garbage_collect(&self, live: &[&SearcherGeneration]) {
        self.vectors.keep(live);
    }
}
