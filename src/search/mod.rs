//! Finds cases, recommendations, lessons and answers by words and by facets.
//!
//! In: [`Publication`]s, to be found; [`SearchRequest`]s and
//! [`similar::SimilarRequest`]s, to be answered. Out: [`SearchResults`] and
//! [`similar::SimilarCases`]. Everything that knows tantivy stays inside: analysis,
//! synonyms and highlighting are ours, so that another engine could take its
//! place behind the same types.
//!
//! The index is disposable. [`Writer::open`] begins anew what it cannot use,
//! and [`Writer::mark`] says which state of the catalogue is in it:
//!
//! ```text
//! let mut writer = Writer::open(folder, &names)?;
//! let changes = catalogue.changes_since(writer.mark())?;
//! if changes.is_whole { writer.clear()?; }
//! for id in &changes.removed { writer.remove(id); }
//! for id in &changes.recorded {
//!     // entry(id), linked_with(id), document(&entry.digest)
//!     writer.replace(Publication { entry, linked, document })?;
//! }
//! writer.commit(&changes.mark)?;
//! ```
//!
//! `index/SCHEMA.md` explains the fields.

mod analyser;
pub mod case;
mod collect;
mod evidence;
mod folder;
pub mod highlight;
mod list;
pub mod names;
mod near;
mod passages;
pub mod plain;
mod printed;
mod query;
mod reader;
pub mod request;
pub mod results;
mod schema;
mod scored;
mod served;
mod session;
pub mod similar;
mod snippet;
mod spelling;
mod statistics;
mod stop_words;
pub mod unit;
pub mod units;
mod vectors;
mod welsh;
mod writer;

use std::path::PathBuf;

use crate::search::results::Ignored;

pub use names::Names;
pub use reader::Reader;
pub use request::SearchRequest;
pub use results::SearchResults;
pub use units::Publication;
pub use writer::{Committed, Writer, committed};

/// Why the index could not be read or written. It can be made anew.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The folder cannot be made or emptied.
    #[error("folder `{path}` of the search index cannot be written")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's account.
        source: std::io::Error,
    },

    /// The index cannot be opened for writing.
    #[error("search index `{path}` cannot be opened for writing; is another process writing it?")]
    Open {
        /// Its folder.
        path: PathBuf,
        /// The engine's account.
        source: tantivy::TantivyError,
    },

    /// There is no index there that this program can read.
    #[error("no usable search index in `{path}`; `lessons reindex` makes one")]
    Unusable {
        /// Its folder.
        path: PathBuf,
    },

    /// What is stored of a unit does not read.
    #[error("a stored unit of the search index is damaged")]
    Card(#[source] serde_json::Error),

    /// A thread of the engine could not write its files and ended; it does not
    /// say why.
    #[error(
        "search index cannot be written: a file of it was refused; is the disk full, or the folder not to be written?"
    )]
    Refused,

    /// The engine failed.
    #[error("search index cannot be read or written")]
    Engine(#[source] tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            tantivy::TantivyError::ErrorInThread(_) => Self::Refused,
            other => Self::Engine(other),
        }
    }
}

impl IndexError {
    fn card(source: serde_json::Error) -> Self {
        Self::Card(source)
    }
}

/// Why a question was not answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The reader can mend it.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// Ours to mend.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// A strict query that does not parse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{part}`: {reason}")]
pub struct QueryError {
    /// The part as typed.
    pub part: String,
    /// What is wrong with it.
    pub reason: Ignored,
}
