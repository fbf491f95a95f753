//! Publications: recorded whole, found by id, partnership and change.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Params, Transaction, params};

use super::rows::{insert_entry, insert_facts, insert_findings, insert_links};
use super::{Catalogue, CatalogueError, LOCK_WAIT};
use crate::model::entry::{Entry, EntryId};
use crate::model::ids::PartnershipId;

/// What happened to entries after a mark, for whoever keeps a copy of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The mark that following these changes arrives at.
    pub mark: String,
    /// Whether these are all entries, for a copy that starts empty.
    pub is_whole: bool,
    /// Entries to take over anew: they, their document, or an entry linked with
    /// them changed.
    pub recorded: Vec<EntryId>,
    /// Entries that are no longer there.
    pub removed: Vec<EntryId>,
}

impl Catalogue {
    /// Keeps an entry in place of the one with its id. Says whether it differs
    /// from that; an entry recorded twice changes nothing.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written.
    pub fn record(&mut self, entry: &Entry) -> Result<bool, CatalogueError> {
        let id = entry.id.to_string();
        let body = serde_json::to_string(entry)
            .map_err(|source| CatalogueError::damaged(id.as_str(), source))?;
        if body_of(&self.connection, &id)?.as_deref() == Some(&*body) {
            return Ok(false);
        }
        self.change(|transaction, revision| {
            touch_linked(transaction, &id, revision)?;
            transaction.execute("DELETE FROM entries WHERE id = ?1", [&id])?;
            transaction.execute("DELETE FROM removed WHERE id = ?1", [&id])?;
            insert_entry(transaction, entry, revision, &body)?;
            insert_facts(transaction, &id, entry)?;
            insert_findings(transaction, &id, entry)?;
            insert_links(transaction, &id, entry)?;
            touch_linked(transaction, &id, revision)
        })?;
        Ok(true)
    }

    /// Takes an entry out, with all that belongs to it alone. Its document goes
    /// too unless another entry was read from the same bytes. Says whether it
    /// was there.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written.
    pub fn remove(&mut self, id: &EntryId) -> Result<bool, CatalogueError> {
        let id = id.to_string();
        if body_of(&self.connection, &id)?.is_none() {
            return Ok(false);
        }
        self.change(|transaction, revision| {
            touch_linked(transaction, &id, revision)?;
            transaction.execute(
                "DELETE FROM documents
                 WHERE digest = (SELECT digest FROM entries WHERE id = ?1)
                   AND digest NOT IN (SELECT digest FROM entries WHERE id <> ?1)",
                [&id],
            )?;
            transaction.execute("DELETE FROM entries WHERE id = ?1", [&id])?;
            transaction.execute(
                "INSERT OR REPLACE INTO removed (id, changed) VALUES (?1, ?2)",
                params![id, revision],
            )?;
            Ok(())
        })?;
        Ok(true)
    }

    /// The entry of this id.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or the row is damaged.
    pub fn entry(&self, id: &EntryId) -> Result<Option<Entry>, CatalogueError> {
        let id = id.to_string();
        let body = body_of(&self.connection, &id)?;
        body.map(|body| parse(&id, &body)).transpose()
    }

    /// Every entry, by id.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or a row is damaged.
    pub fn entries(&self) -> Result<Vec<Entry>, CatalogueError> {
        self.select("SELECT id, body FROM entries ORDER BY id", [])
    }

    /// Every entry of one partnership, by id.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or a row is damaged.
    pub fn entries_of(&self, partnership: &PartnershipId) -> Result<Vec<Entry>, CatalogueError> {
        self.select(
            "SELECT id, body FROM entries WHERE partnership = ?1 ORDER BY id",
            [partnership.as_str()],
        )
    }

    /// Entries that link to this one or that it links to, by id.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or a row is damaged.
    pub fn linked_with(&self, id: &EntryId) -> Result<Vec<Entry>, CatalogueError> {
        self.select(
            "SELECT id, body FROM entries
             WHERE id IN (SELECT entry FROM links WHERE target = ?1
                          UNION SELECT target FROM links WHERE entry = ?1)
             ORDER BY id",
            [id.to_string()],
        )
    }

    /// Names what the catalogue holds now. Two catalogue files never give the
    /// same mark, and one gives it twice only when nothing changed between.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn mark(&self) -> Result<String, CatalogueError> {
        Ok(format!("{}-{}", self.id()?, self.revision()?))
    }

    /// The same, failing at once where another process would have to be waited
    /// for.
    ///
    /// # Errors
    ///
    /// Fails when the file is locked or cannot be read.
    pub fn mark_at_once(&self) -> Result<String, CatalogueError> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let mark = self.mark();
        self.connection.busy_timeout(LOCK_WAIT)?;
        mark
    }

    /// What happened after `mark`. Everything, when that is `None` or the mark
    /// of another file, as it is when the catalogue was made anew.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn changes_since(&self, mark: Option<&str>) -> Result<Changes, CatalogueError> {
        // One transaction, so that the mark is that of the lists.
        let _snapshot = self.connection.unchecked_transaction()?;
        let id = self.id()?;
        let since: Option<i64> =
            mark.and_then(|mark| mark.strip_prefix(&*id)?.strip_prefix('-')?.parse().ok());
        let after = since.unwrap_or(0);
        Ok(Changes {
            mark: self.mark()?,
            is_whole: since.is_none(),
            recorded: self.ids(
                "SELECT id FROM entries WHERE changed > ?1 ORDER BY id",
                after,
            )?,
            removed: self.ids(
                "SELECT id FROM removed WHERE changed > ?1 ORDER BY id",
                after,
            )?,
        })
    }

    fn id(&self) -> Result<String, CatalogueError> {
        let id = self.meta("catalogue.id")?;
        id.ok_or_else(|| CatalogueError::damaged("meta", "no `catalogue.id`"))
    }

    fn ids(&self, sql: &str, after: i64) -> Result<Vec<EntryId>, CatalogueError> {
        let mut select = self.connection.prepare_cached(sql)?;
        let ids = select.query_map([after], |row| row.get::<_, String>(0))?;
        ids.map(|id| {
            let id = id?;
            EntryId::try_from(id.clone()).map_err(|source| CatalogueError::damaged(id, source))
        })
        .collect()
    }

    fn select(&self, sql: &str, params: impl Params) -> Result<Vec<Entry>, CatalogueError> {
        let mut select = self.connection.prepare_cached(sql)?;
        let mut rows = select.query(params)?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, body): (String, String) = (row.get(0)?, row.get(1)?);
            entries.push(parse(&id, &body)?);
        }
        Ok(entries)
    }
}

fn body_of(connection: &Connection, id: &str) -> Result<Option<String>, CatalogueError> {
    let mut select = connection.prepare_cached("SELECT body FROM entries WHERE id = ?1")?;
    Ok(select.query_row([id], |row| row.get(0)).optional()?)
}

fn parse(id: &str, body: &str) -> Result<Entry, CatalogueError> {
    serde_json::from_str(body).map_err(|source| CatalogueError::damaged(id, source))
}

/// Marks entries on either end of this entry's links as changed: a review shows
/// its responses, and a response the review it answers.
fn touch_linked(
    transaction: &Transaction<'_>,
    id: &str,
    revision: i64,
) -> Result<(), CatalogueError> {
    transaction.execute(
        "UPDATE entries SET changed = ?2
         WHERE id IN (SELECT entry FROM links WHERE target = ?1
                      UNION SELECT target FROM links WHERE entry = ?1)",
        params![id, revision],
    )?;
    Ok(())
}
