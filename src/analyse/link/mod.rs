//! Which review a response or summary belongs to.
//!
//! In: the entries of all partnerships. Out: links, each with its reasons in
//! sentences and a confidence. Order of the entries makes no difference, and
//! no link is better than a wrong one.

use crate::analyse::text;
use crate::model::analysis::Kind;
use crate::model::entry::{Entry, EntryId, Link, Relation};

/// Less evidence than this makes no link.
const LEAST: f32 = 4.0;
/// A link needs this much more evidence than the next best.
const LEAD: f32 = 1.0;

/// Links each response and summary to its review, if it can be told.
#[must_use]
pub fn link(entries: &[Entry]) -> Vec<(EntryId, Link)> {
    let mut links: Vec<(EntryId, Link)> = entries
        .iter()
        .filter_map(|entry| Some((entry.id.clone(), best(entry, entries)?)))
        .collect();
    links.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.to.cmp(&b.1.to)));
    links
}

fn best(entry: &Entry, entries: &[Entry]) -> Option<Link> {
    let relation = match entry.analysis.kind {
        Kind::Response => Relation::RespondsTo,
        Kind::Summary => Relation::Summarises,
        Kind::Review | Kind::Other => return None,
    };
    let mut scored: Vec<(f32, &Entry, Vec<String>)> = entries
        .iter()
        .filter(|other| other.analysis.kind == Kind::Review)
        .map(|review| {
            let (weight, because) = evidence(entry, review);
            (weight, review, because)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let (weight, review, because) = scored.first()?;
    let next = scored.get(1).map_or(0.0, |(weight, ..)| *weight);
    (*weight >= LEAST && weight - next >= LEAD).then(|| Link {
        to: review.id.clone(),
        relation,
        because: because.clone(),
        confidence: (0.5 + weight * 0.05).min(0.98),
    })
}

fn evidence(entry: &Entry, review: &Entry) -> (f32, Vec<String>) {
    let mut weight = 0.0;
    let mut because = Vec::new();
    if entry.id.partnership() != review.id.partnership() {
        weight -= 3.0;
    }
    let names = |entry: &Entry| -> Vec<String> {
        let subjects = entry.analysis.metadata.subjects.iter();
        subjects.map(|subject| text::fold(&subject.value)).collect()
    };
    let shared = names(entry)
        .iter()
        .filter(|name| names(review).contains(name))
        .count();
    if shared > 0 {
        weight += 5.0;
        because.push("Both are about the same subject.".to_owned());
    }
    (weight, because)
}
