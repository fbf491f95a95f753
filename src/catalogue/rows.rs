//! The rows that repeat an entry for people with an SQLite tool.
//!
//! In: one [`Entry`] within a transaction. Out: rows of the tables explained in
//! `migrations/0001_entries.sql`. Rows of an earlier form of the entry are
//! gone by then.

use rusqlite::{Transaction, params};

use super::CatalogueError;
use crate::model::analysis::{Answer, Cited, Item, Source};
use crate::model::entry::Entry;
use crate::model::ids::TermId;

pub(super) fn insert_entry(
    transaction: &Transaction<'_>,
    entry: &Entry,
    revision: i64,
    body: &str,
) -> Result<(), CatalogueError> {
    let metadata = &entry.analysis.metadata;
    transaction.execute(
        "INSERT INTO entries (id, partnership, url, final_url, kind, review_type, title, author,
             published, language, media_type, pages, digest, first_seen, last_seen, gone_since,
             rules, changed, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        params![
            entry.id.to_string(),
            entry.id.partnership().as_str(),
            entry.url.as_str(),
            entry.final_url.as_str(),
            entry.analysis.kind.id(),
            metadata.review_type.as_ref().map(|cited| cited.value.as_str()),
            metadata.title.as_ref().map(|cited| &cited.value),
            metadata.author.as_ref().map(|cited| &cited.value),
            metadata.published.as_ref().map(|cited| cited.value.to_string()),
            metadata.language,
            entry.media_type,
            entry.pages,
            entry.digest.as_str(),
            entry.first_seen.to_string(),
            entry.last_seen.to_string(),
            entry.gone_since.map(|at| at.to_string()),
            entry.rules,
            revision,
            body,
        ],
    )?;
    Ok(())
}

pub(super) fn insert_facts(
    transaction: &Transaction<'_>,
    id: &str,
    entry: &Entry,
) -> Result<(), CatalogueError> {
    fn terms(cited: &[Cited<TermId>]) -> Vec<(&str, Source)> {
        cited.iter().map(|c| (c.value.as_str(), c.source)).collect()
    }
    let metadata = &entry.analysis.metadata;
    let subjects = metadata.subjects.iter().map(|c| (&*c.value, c.source));
    let facts = [
        ("subject", subjects.collect()),
        ("criterion", terms(&metadata.criteria)),
        ("age", terms(&metadata.age_bands)),
        ("theme", terms(&metadata.themes)),
    ];
    let mut insert = transaction.prepare_cached(
        "INSERT INTO entry_facts (entry, fact, position, value, page) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (fact, values) in facts {
        for ((value, source), position) in values.into_iter().zip(0_i64..) {
            let page = match source {
                Source::Text(at) => Some(at.page.get()),
                Source::Link | Source::File | Source::Site | Source::Curator => None,
            };
            insert.execute(params![id, fact, position, value, page])?;
        }
    }
    Ok(())
}

pub(super) fn insert_findings(
    transaction: &Transaction<'_>,
    id: &str,
    entry: &Entry,
) -> Result<(), CatalogueError> {
    let findings = &entry.analysis.findings;
    insert_items(transaction, id, "recommendation", &findings.recommendations)?;
    insert_items(transaction, id, "lesson", &findings.lessons)?;
    insert_items(transaction, id, "good-practice", &findings.good_practice)?;
    insert_answers(transaction, id, &findings.answers)
}

fn insert_items(
    transaction: &Transaction<'_>,
    id: &str,
    sort: &str,
    items: &[Item],
) -> Result<(), CatalogueError> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO items (entry, sort, position, id, text, page, addressed, themes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (item, position) in items.iter().zip(0_i64..) {
        let page = item.at.page.get();
        let (to, themes) = (json_array(&item.to), json_array(&item.themes));
        insert.execute(params![
            id, sort, position, item.id, item.text, page, to, themes
        ])?;
    }
    Ok(())
}

fn json_array(terms: &[TermId]) -> String {
    serde_json::json!(terms).to_string()
}

fn insert_answers(
    transaction: &Transaction<'_>,
    id: &str,
    answers: &[Answer],
) -> Result<(), CatalogueError> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO answers (entry, position, recommendation, page, status, recommendation_text,
             action, impact, next, owner, due, status_printed, evidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    for (answer, position) in answers.iter().zip(0_i64..) {
        let parts = &answer.parts;
        insert.execute(params![
            id,
            position,
            answer.recommendation,
            answer.at.page.get(),
            answer.status.id(),
            parts.recommendation,
            parts.action,
            parts.impact,
            parts.next,
            parts.owner,
            parts.due,
            parts.status,
            parts.evidence,
        ])?;
    }
    Ok(())
}

pub(super) fn insert_links(
    transaction: &Transaction<'_>,
    id: &str,
    entry: &Entry,
) -> Result<(), CatalogueError> {
    let mut insert = transaction.prepare_cached(
        "INSERT OR REPLACE INTO links (entry, target, relation, confidence, because)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for link in &entry.links {
        let relation = serde_json::json!(link.relation);
        insert.execute(params![
            id,
            link.to.to_string(),
            relation.as_str(),
            link.confidence,
            serde_json::json!(link.because).to_string(),
        ])?;
    }
    Ok(())
}
