//! Why the archive could not be read or written.

use std::io;
use std::path::{Path, PathBuf};

/// The archive could not be read or written: the store is in doubt, and the
/// run ends.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The disk said no.
    #[error("cannot {what} `{path}`")]
    Io {
        /// What was tried: "open", "read", "write to".
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's account.
        source: io::Error,
    },

    /// Two writers would tear each other's records.
    #[error("`{path}` is in use by another crawl")]
    Locked {
        /// The lock file.
        path: PathBuf,
    },

    /// A store was asked of an archive that was opened for reading.
    #[error("the archive in `{path}` was opened for reading only")]
    ReadOnly {
        /// The archive's folder.
        path: PathBuf,
    },

    /// A record is not what the look-up file promises.
    #[error("record at byte {offset} of `{path}` is damaged: {reason}")]
    Damaged {
        /// The WARC file.
        path: PathBuf,
        /// Where the record should begin.
        offset: u64,
        /// What is wrong with it.
        reason: String,
    },

    /// A capture that is not of this archive.
    #[error("no record holds the payload `{digest}`")]
    NoSuchPayload {
        /// The payload's digest.
        digest: String,
    },
}

impl ArchiveError {
    /// Turns an I/O error into one that names the path.
    pub(super) fn io<'a>(
        what: &'static str,
        path: &'a Path,
    ) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| Self::Io {
            what,
            path: path.to_owned(),
            source,
        }
    }
}
