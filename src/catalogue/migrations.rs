//! Brings a catalogue file to the form this program knows.
//!
//! In: an open connection. Out: the same, at [`KNOWN`]. SQLite's
//! `user_version` holds how many of the steps a file has had; a step, once
//! released, is never edited.

use rusqlite::Connection;

use super::CatalogueError;

/// The steps in order; a file at version *n* has had the first *n*.
const STEPS: [&str; 3] = [
    include_str!("migrations/0001_entries.sql"),
    include_str!("migrations/0002_recurrences.sql"),
    include_str!("migrations/0003_withdrawn.sql"),
];

/// The version that this program reads and writes.
pub(super) const KNOWN: u32 = STEPS.len() as u32;

/// Applies the steps that are missing, each whole or not at all.
///
/// # Errors
///
/// Fails when the file was written by a newer program or a step cannot be
/// applied.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), CatalogueError> {
    let had = version(connection)?;
    for (sql, reached) in STEPS.iter().zip(1..).skip(had as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", reached)?;
        transaction.commit()?;
    }
    Ok(())
}

/// How many steps the file has had.
///
/// # Errors
///
/// Fails when it has had more than this program knows.
pub(super) fn version(connection: &Connection) -> Result<u32, CatalogueError> {
    let found = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > KNOWN {
        return Err(CatalogueError::TooNew {
            found,
            known: KNOWN,
        });
    }
    Ok(found)
}
