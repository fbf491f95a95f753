//! What is known of every publication, in one SQLite file.
//!
//! In: an `Entry` for each publication, the `Document`s they were read
//! from, and what failed. Out: the same by id, by partnership and by change.
//! Finding by words is for `search`; deciding what an entry says is for
//! `analyse`.
//!
//! One connection writes ([`Catalogue::open`]); any number read beside it
//! ([`Catalogue::open_read_only`]). Each change is one transaction and raises
//! [`Catalogue::revision`], by which a reader knows that what it holds is old.
//! The columns are explained in `migrations/*.sql`; people may open the file with
//! any SQLite tool.

mod coverage;
mod documents;
mod entries;
mod failures;
mod migrations;
mod recurrences;
mod rows;
mod withdrawn;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction};

pub use entries::Changes;
pub use failures::{Failure, Stage};

/// How long a reader or the writer waits for the other's lock.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// An open catalogue file.
#[derive(Debug)]
pub struct Catalogue {
    connection: Connection,
}

/// Why the catalogue could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The file is missing, is no catalogue, or may not be opened.
    #[error("catalogue `{path}` cannot be opened")]
    Open {
        /// The file.
        path: PathBuf,
        /// SQLite's account.
        source: rusqlite::Error,
    },

    /// A newer program wrote it.
    #[error("catalogue is at version {found} and this program knows only {known}")]
    TooNew {
        /// Version of the file.
        found: u32,
        /// Newest version known.
        known: u32,
    },

    /// An older program wrote it, and it was opened for reading only.
    #[error(
        "catalogue is at version {found} of {known}; open it for writing once to bring it up to date"
    )]
    TooOld {
        /// Version of the file.
        found: u32,
        /// Version wanted.
        known: u32,
    },

    /// A row holds something that is not what its column promises.
    #[error("catalogue row `{row}` is damaged; `lessons process` makes it anew")]
    Damaged {
        /// Names the row.
        row: String,
        /// What was wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },

    /// Readers hold on to what was withdrawn.
    #[error("catalogue's log is in use by readers; run the command again")]
    Busy,

    /// SQLite refused.
    #[error("catalogue cannot be read or written")]
    Sqlite(#[from] rusqlite::Error),
}

impl CatalogueError {
    fn damaged(
        row: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Damaged {
            row: row.into(),
            source: source.into(),
        }
    }
}

impl Catalogue {
    /// Opens the catalogue for writing; makes it when there is none and brings
    /// an older one up to date.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be opened, is not a catalogue, or was written
    /// by a newer program.
    pub fn open(path: &Path) -> Result<Self, CatalogueError> {
        let mut connection = connect(path, OpenFlags::default())?;
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .map_err(|source| open_error(path, source))?;
        // A power cut may lose the last changes but not corrupt the file, and
        // the archive can repeat them.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // Whoever may only read the folder cannot make the files of the log, so
        // they stay when the writer ends.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        migrations::migrate(&mut connection)?;
        Ok(Self { connection })
    }

    /// Opens the catalogue beside a writer, to read what it has committed.
    ///
    /// # Errors
    ///
    /// Fails when there is no such file, or its version is not the one this
    /// program knows.
    pub fn open_read_only(path: &Path) -> Result<Self, CatalogueError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(path, flags)?;
        let found = migrations::version(&connection)?;
        if found < migrations::KNOWN {
            let known = migrations::KNOWN;
            return Err(CatalogueError::TooOld { found, known });
        }
        Ok(Self { connection })
    }

    /// Writes a copy of the catalogue, as it is at this moment, to a file that
    /// is not there yet.
    ///
    /// # Errors
    ///
    /// Fails when there is such a file or it cannot be written.
    pub fn copy_to(&self, path: &Path) -> Result<(), CatalogueError> {
        let path = path.to_string_lossy();
        self.connection.execute("VACUUM INTO ?1", [&path])?;
        Ok(())
    }

    /// How often the catalogue has changed. Grows with each change and never
    /// otherwise, so equal revisions mean equal contents.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn revision(&self) -> Result<u64, CatalogueError> {
        Ok(revision(&self.connection)?.unsigned_abs())
    }

    /// A small fact about the catalogue itself, as [`Catalogue::set_meta`] left
    /// it.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, CatalogueError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        Ok(select.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Keeps a small fact about the catalogue itself, in place of the one of
    /// that key.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), CatalogueError> {
        if self.meta(key)?.as_deref() == Some(value) {
            return Ok(());
        }
        self.change(|transaction, _| {
            transaction.execute(
                "INSERT INTO meta (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, value],
            )?;
            Ok(())
        })
    }

    /// Runs one change, whole or not at all, under the next revision.
    fn change<T>(
        &mut self,
        run: impl FnOnce(&Transaction<'_>, i64) -> Result<T, CatalogueError>,
    ) -> Result<T, CatalogueError> {
        let transaction = self.connection.transaction()?;
        transaction.execute("UPDATE revision SET value = value + 1", [])?;
        let next = revision(&transaction)?;
        let outcome = run(&transaction, next)?;
        transaction.commit()?;
        Ok(outcome)
    }
}

/// Never negative: SQLite's integers are signed.
fn revision(connection: &Connection) -> Result<i64, CatalogueError> {
    let mut select = connection.prepare_cached("SELECT value FROM revision")?;
    Ok(select.query_row([], |row| row.get(0))?)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, CatalogueError> {
    let connection =
        Connection::open_with_flags(path, flags).map_err(|source| open_error(path, source))?;
    connection.busy_timeout(LOCK_WAIT)?;
    Ok(connection)
}

fn open_error(path: &Path, source: rusqlite::Error) -> CatalogueError {
    CatalogueError::Open {
        path: path.to_owned(),
        source,
    }
}
