//! Which recommendations recur, over all partnerships.
//!
//! In: the entries of the catalogue, linked. Out: its recurrences and clusters,
//! made anew as a whole; when nothing changed, nothing is written.

use std::fmt::Write as _;

use crate::analyse;
use crate::analyse::recurrence::{self, Asked};
use crate::catalogue::{Catalogue, CatalogueError};
use crate::model::analysis::{Item, Kind};
use crate::model::digest::Digest;
use crate::model::entry::Entry;
use crate::model::recurrence::{RecommendationId, Recurrence, RecurrenceCluster};
use crate::search::case;

/// Under this key the catalogue keeps what its recurrences were made of.
const MARK: &str = "recurrence.of";

/// Finds what recurs among the recommendations of these entries and keeps it.
/// Says how many pairs were found; 0 where the recommendations are those of the
/// last time.
///
/// # Errors
///
/// Fails when the catalogue cannot be read or written.
pub fn find(catalogue: &mut Catalogue, entries: &[Entry]) -> Result<usize, CatalogueError> {
    let mut asked = Vec::new();
    let mut names = Vec::new();
    for (case, entry) in entries.iter().enumerate().filter(|(_, entry)| makes(entry)) {
        let items = &entry.analysis.findings.recommendations;
        for (item, name) in items.iter().zip(case::item_names(items)) {
            asked.push(asked_of(item, case));
            names.push(RecommendationId {
                entry: entry.id.clone(),
                item: name,
            });
        }
    }
    let mark = mark(&asked, &names);
    if catalogue.meta(MARK)?.as_deref() == Some(&*mark) {
        return Ok(0);
    }
    let alike = recurrence::recurrences(&asked);
    let clusters: Vec<RecurrenceCluster> = recurrence::clusters(&alike)
        .into_iter()
        .map(|cluster| RecurrenceCluster {
            representative: names[cluster.representative].clone(),
            members: cluster
                .members
                .iter()
                .map(|member| names[*member].clone())
                .collect(),
        })
        .collect();
    let recurrences: Vec<Recurrence> = alike
        .into_iter()
        .map(|alike| {
            let mut pair = [names[alike.one].clone(), names[alike.other].clone()];
            pair.sort();
            let [one, other] = pair;
            Recurrence {
                one,
                other,
                degree: alike.degree,
                likeness: alike.likeness,
                because: alike.because,
            }
        })
        .collect();
    catalogue.set_recurrences(&recurrences, &clusters)?;
    catalogue.set_meta(MARK, &mark)?;
    Ok(recurrences.len())
}

/// Names everything that the outcome depends on.
fn mark(asked: &[Asked<'_>], names: &[RecommendationId]) -> String {
    let mut all = analyse::RULES.to_owned();
    for (asked, name) in asked.iter().zip(names) {
        let Asked {
            text, themes, to, ..
        } = asked;
        // Writing to a string cannot fail.
        let _ = write!(all, "\n{name} {themes:?} {to:?} {text}");
    }
    Digest::of(all.as_bytes()).to_string()
}

/// Whether the recommendations of an entry count: those of a review once,
/// whatever its editions, and those of a summary whose review is missing.
fn makes(entry: &Entry) -> bool {
    matches!(entry.analysis.kind, Kind::Review | Kind::Summary) && entry.links.is_empty()
}

fn asked_of(item: &Item, case: usize) -> Asked<'_> {
    Asked {
        text: &item.text,
        case,
        themes: &item.themes,
        to: &item.to,
    }
}
