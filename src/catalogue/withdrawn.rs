//! Publications that were withdrawn: taken out whole, so that nothing of them
//! is left in the file.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{Catalogue, CatalogueError};
use crate::model::entry::EntryId;
use crate::model::withdrawal::Withdrawal;

/// Set as long as freed pages of the file may hold withdrawn text.
const UNSCRUBBED: &str = "withdrawn.unscrubbed";

impl Catalogue {
    /// Takes out everything that a withdrawal covers: its entries, those that
    /// were read from the same bytes, their documents and failures. What is left of them in
    /// freed pages goes with [`Catalogue::scrub`]. Says whether anything
    /// was new; a withdrawal carried out twice changes nothing.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written.
    pub fn withdraw(&mut self, withdrawal: &Withdrawal) -> Result<bool, CatalogueError> {
        if !self.has_any_of(withdrawal)? {
            return Ok(false);
        }
        self.change(|transaction, revision| {
            let at = withdrawal.at.to_string();
            for digest in &withdrawal.digests {
                take_out(transaction, "digest", digest.as_str(), revision, &at)?;
                transaction
                    .execute("DELETE FROM documents WHERE digest = ?1", [digest.as_str()])?;
            }
            for id in &withdrawal.ids {
                take_out(transaction, "id", &id.to_string(), revision, &at)?;
                transaction.execute(
                    "INSERT OR IGNORE INTO withdrawn (id, at) VALUES (?1, ?2)",
                    params![id.to_string(), at],
                )?;
            }
            for url in &withdrawal.urls {
                transaction.execute("DELETE FROM failures WHERE url = ?1", [url.as_str()])?;
            }
            transaction.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, 'yes')",
                [UNSCRUBBED],
            )?;
            Ok(())
        })?;
        Ok(true)
    }

    /// When the publication of this id was withdrawn, if it was.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or the row is damaged.
    pub fn withdrawn_at(&self, id: &EntryId) -> Result<Option<Timestamp>, CatalogueError> {
        let id = id.to_string();
        let mut select = self
            .connection
            .prepare_cached("SELECT at FROM withdrawn WHERE id = ?1")?;
        let at: Option<String> = select.query_row([&id], |row| row.get(0)).optional()?;
        at.map(|at| at.parse())
            .transpose()
            .map_err(|source: jiff::Error| CatalogueError::damaged(id, source))
    }

    /// Whether something was withdrawn and the stores have not been scrubbed
    /// of it since.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn is_unscrubbed(&self) -> Result<bool, CatalogueError> {
        Ok(self.meta(UNSCRUBBED)?.is_some())
    }

    /// Writes the file anew without its freed pages and empties the log beside
    /// it, so that no byte of what was taken out is left in either.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written, or when readers keep the log in
    /// use; then it can be tried again.
    pub fn scrub(&mut self) -> Result<(), CatalogueError> {
        self.connection.execute_batch("VACUUM")?;
        self.checkpoint()
    }

    /// Notes that no store holds anything of what was withdrawn.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written.
    pub fn set_scrubbed(&mut self) -> Result<(), CatalogueError> {
        // No change of what the catalogue says: the revision stays.
        self.connection
            .execute("DELETE FROM meta WHERE key = ?1", [UNSCRUBBED])?;
        Ok(())
    }

    fn checkpoint(&self) -> Result<(), CatalogueError> {
        let is_busy: bool =
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if is_busy {
            return Err(CatalogueError::Busy);
        }
        Ok(())
    }

    fn has_any_of(&self, withdrawal: &Withdrawal) -> Result<bool, CatalogueError> {
        let exists = |sql: &str, value: &str| -> Result<bool, CatalogueError> {
            let mut select = self.connection.prepare_cached(sql)?;
            Ok(select.query_row([value], |row| row.get(0))?)
        };
        for digest in &withdrawal.digests {
            let sql = "SELECT EXISTS (SELECT 1 FROM documents WHERE digest = ?1)
                           OR EXISTS (SELECT 1 FROM entries WHERE digest = ?1)";
            if exists(sql, digest.as_str())? {
                return Ok(true);
            }
        }
        for id in &withdrawal.ids {
            let sql = "SELECT EXISTS (SELECT 1 FROM entries WHERE id = ?1)
                           OR NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = ?1)";
            if exists(sql, &id.to_string())? {
                return Ok(true);
            }
        }
        for url in &withdrawal.urls {
            let sql = "SELECT EXISTS (SELECT 1 FROM failures WHERE url = ?1)";
            if exists(sql, url.as_str())? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Takes out the entries whose `column` has this value, and notes that they
/// went and were withdrawn.
fn take_out(
    transaction: &Transaction<'_>,
    column: &'static str,
    value: &str,
    revision: i64,
    at: &str,
) -> Result<(), CatalogueError> {
    let of = format!("FROM entries WHERE {column} = ?1");
    let notes = [
        "UPDATE entries SET changed = ?2
         WHERE id IN (SELECT entry FROM links WHERE target IN (SELECT id {of})
                      UNION SELECT target FROM links WHERE entry IN (SELECT id {of}))",
        "INSERT OR REPLACE INTO removed (id, changed) SELECT id, ?2 {of}",
    ];
    for note in notes {
        transaction.execute(&note.replace("{of}", &of), params![value, revision])?;
    }
    let withdrawn = format!("INSERT OR IGNORE INTO withdrawn (id, at) SELECT id, ?2 {of}");
    transaction.execute(&withdrawn, params![value, at])?;
    let gone = format!(
        "DELETE FROM documents WHERE digest IN (SELECT digest {of})
         AND digest NOT IN (SELECT digest FROM entries WHERE {column} <> ?1)"
    );
    transaction.execute(&gone, [value])?;
    transaction.execute(&format!("DELETE {of}"), [value])?;
    Ok(())
}
