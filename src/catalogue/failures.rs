//! What could not be done, for the coverage report.

use jiff::Timestamp;
use rusqlite::{Row, params};
use url::Url;

use super::{Catalogue, CatalogueError};
use crate::model::digest::Digest;

/// Something that could not be done with one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The address.
    pub url: Url,
    /// The bytes it gave, when it gave any.
    pub digest: Option<Digest>,
    /// The stage that failed.
    pub stage: Stage,
    /// A sentence that a curator can act on.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// A stage that can fail for one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Asking the site for it.
    Fetch,
    /// Reading its pages.
    Extract,
    /// Understanding them.
    Analyse,
}

impl Stage {
    const ALL: [Self; 3] = [Self::Fetch, Self::Extract, Self::Analyse];

    /// The word used in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Extract => "extract",
            Self::Analyse => "analyse",
        }
    }
}

impl Catalogue {
    /// Keeps a failure in place of an earlier one of the same address and
    /// stage.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written.
    pub fn record_failure(&mut self, failure: &Failure) -> Result<(), CatalogueError> {
        self.change(|transaction, _| {
            transaction.execute(
                "INSERT OR REPLACE INTO failures (url, stage, digest, reason, at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    failure.url.as_str(),
                    failure.stage.id(),
                    failure.digest.as_ref().map(Digest::as_str),
                    failure.reason,
                    failure.at.to_string(),
                ],
            )?;
            Ok(())
        })
    }

    /// Forgets the failure of this address at this stage, if there is one: it
    /// has succeeded since.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written.
    pub fn clear_failure(&mut self, url: &Url, stage: Stage) -> Result<(), CatalogueError> {
        let known: bool = self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM failures WHERE url = ?1 AND stage = ?2)",
            [url.as_str(), stage.id()],
            |row| row.get(0),
        )?;
        if !known {
            return Ok(());
        }
        self.change(|transaction, _| {
            transaction.execute(
                "DELETE FROM failures WHERE url = ?1 AND stage = ?2",
                [url.as_str(), stage.id()],
            )?;
            Ok(())
        })
    }

    /// Everything that stands failed, by address.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn failures(&self) -> Result<Vec<Failure>, CatalogueError> {
        let mut select = self.connection.prepare_cached(
            "SELECT url, stage, digest, reason, at FROM failures ORDER BY url, stage",
        )?;
        let mut rows = select.query([])?;
        let mut failures = Vec::new();
        while let Some(row) = rows.next()? {
            failures.push(failure(row)?);
        }
        Ok(failures)
    }
}

fn failure(row: &Row<'_>) -> Result<Failure, CatalogueError> {
    let url: String = row.get("url")?;
    let stage: String = row.get("stage")?;
    let digest: Option<String> = row.get("digest")?;
    let at: String = row.get("at")?;
    let stage = Stage::ALL
        .into_iter()
        .find(|known| known.id() == stage)
        .ok_or_else(|| CatalogueError::damaged(url.as_str(), format!("no stage `{stage}`")))?;
    Ok(Failure {
        digest: digest
            .map(Digest::try_from)
            .transpose()
            .map_err(|source| CatalogueError::damaged(url.as_str(), source))?,
        stage,
        reason: row.get("reason")?,
        at: at
            .parse()
            .map_err(|source: jiff::Error| CatalogueError::damaged(url.as_str(), source))?,
        url: Url::parse(&url).map_err(|source| CatalogueError::damaged(url.as_str(), source))?,
    })
}
