//! Which recommendations recur: kept whole, found by either of two.

use rusqlite::{OptionalExtension as _, Row, params};

use super::{Catalogue, CatalogueError};
use crate::model::recurrence::{Degree, RecommendationId, Recurrence, RecurrenceCluster};

impl Catalogue {
    /// Keeps these in place of all that were kept before. Says whether they
    /// differ; keeping the same twice changes nothing.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or written.
    pub fn set_recurrences(
        &mut self,
        recurrences: &[Recurrence],
        clusters: &[RecurrenceCluster],
    ) -> Result<bool, CatalogueError> {
        let all = self.recurrences("SELECT * FROM recurrences ORDER BY one, other", [])?;
        let mut wanted = recurrences.to_vec();
        wanted.sort_by(|a, b| {
            (a.one.to_string(), a.other.to_string()).cmp(&(b.one.to_string(), b.other.to_string()))
        });
        if all == wanted {
            return Ok(false);
        }
        self.change(|transaction, _| {
            transaction.execute("DELETE FROM recurrences", [])?;
            transaction.execute("DELETE FROM recurrence_clusters", [])?;
            let mut insert = transaction.prepare_cached(
                "INSERT INTO recurrences (one, other, degree, likeness, because)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for recurrence in &wanted {
                insert.execute(params![
                    recurrence.one.to_string(),
                    recurrence.other.to_string(),
                    recurrence.degree.id(),
                    f64::from(recurrence.likeness),
                    serde_json::json!(recurrence.because).to_string(),
                ])?;
            }
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO recurrence_clusters (member, representative) VALUES (?1, ?2)",
            )?;
            for cluster in clusters {
                let representative = cluster.representative.to_string();
                for member in cluster.members.iter().chain([&cluster.representative]) {
                    insert.execute([&member.to_string(), &representative])?;
                }
            }
            Ok(())
        })?;
        Ok(true)
    }

    /// What recurs of this recommendation, the likest first.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or a row is damaged.
    pub fn recurrences_of(
        &self,
        recommendation: &RecommendationId,
    ) -> Result<Vec<Recurrence>, CatalogueError> {
        self.recurrences(
            "SELECT * FROM recurrences WHERE one = ?1 OR other = ?1
             ORDER BY likeness DESC, one, other",
            [recommendation.to_string()],
        )
    }

    /// The recommendation whose wording stands for all that ask for the same as
    /// this one; `None` where none does.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or the row is damaged.
    pub fn representative_of(
        &self,
        recommendation: &RecommendationId,
    ) -> Result<Option<RecommendationId>, CatalogueError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT representative FROM recurrence_clusters WHERE member = ?1")?;
        let found: Option<String> = select
            .query_row([recommendation.to_string()], |row| row.get(0))
            .optional()?;
        found.map(|id| parse(&id)).transpose()
    }

    fn recurrences(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<Recurrence>, CatalogueError> {
        let mut select = self.connection.prepare_cached(sql)?;
        let mut rows = select.query(params)?;
        let mut recurrences = Vec::new();
        while let Some(row) = rows.next()? {
            recurrences.push(recurrence(row)?);
        }
        Ok(recurrences)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "it was an f32")]
fn recurrence(row: &Row<'_>) -> Result<Recurrence, CatalogueError> {
    let (one, other): (String, String) = (row.get("one")?, row.get("other")?);
    let (degree, because): (String, String) = (row.get("degree")?, row.get("because")?);
    let degree = Degree::ALL.into_iter().find(|known| known.id() == degree);
    Ok(Recurrence {
        degree: degree.ok_or_else(|| CatalogueError::damaged(&*one, "no such degree"))?,
        likeness: row.get::<_, f64>("likeness")? as f32,
        because: serde_json::from_str(&because)
            .map_err(|source| CatalogueError::damaged(&*one, source))?,
        one: parse(&one)?,
        other: parse(&other)?,
    })
}

fn parse(id: &str) -> Result<RecommendationId, CatalogueError> {
    id.parse().map_err(
        |source: crate::model::recurrence::InvalidRecommendationId| {
            CatalogueError::damaged(id, source)
        },
    )
}
