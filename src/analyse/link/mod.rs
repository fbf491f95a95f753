//! Which review a response or summary belongs to.
//!
//! In: the entries of all partnerships. Out: links, each with its reasons in
//! sentences and a confidence. The order of the entries makes no difference,
//! and no link is better than a wrong one.

mod case;
mod complete;
mod editions;
#[cfg(test)]
mod editions_tests;
mod evidence;
#[cfg(test)]
mod tests;

use self::case::Case;
pub(in crate::analyse) use self::complete::complete;
pub use self::editions::editions;
use self::evidence::Evidence;
use crate::model::analysis::Kind;
use crate::model::entry::{Entry, EntryId, Link, Relation};

/// Less evidence than this makes no link.
const LEAST: f32 = 4.0;
/// The best review needs this much more evidence than the next, unless both
/// are versions of one.
const LEAD: f32 = 1.5;

/// Links each response and summary to the reviews it belongs to, the surest
/// first. Several only when the document itself names several cases.
#[must_use]
pub fn link(entries: &[Entry]) -> Vec<(EntryId, Link)> {
    let mut cases: Vec<Case<'_>> = entries.iter().map(Case::of).collect();
    cases.sort_by(|a, b| a.entry.id.cmp(&b.entry.id));
    let reviews: Vec<&Case<'_>> = cases
        .iter()
        .filter(|case| case.entry.analysis.kind == Kind::Review)
        .collect();
    cases
        .iter()
        .filter_map(|case| Some((case, relation(case.entry.analysis.kind)?)))
        .flat_map(|(case, relation)| {
            links_of(case, relation, &reviews)
                .into_iter()
                .map(|link| (case.entry.id.clone(), link))
        })
        .collect()
}

fn relation(kind: Kind) -> Option<Relation> {
    match kind {
        Kind::Response => Some(Relation::RespondsTo),
        Kind::Summary => Some(Relation::Summarises),
        Kind::Review | Kind::Other => None,
    }
}

fn links_of(case: &Case<'_>, relation: Relation, reviews: &[&Case<'_>]) -> Vec<Link> {
    let mut ranked: Vec<(Evidence, &Case<'_>)> = reviews
        .iter()
        .map(|review| (Evidence::between(case, review), *review))
        .filter(|(evidence, _)| evidence.weight() >= LEAST)
        .collect();
    ranked.sort_by(|(a, one), (b, other)| {
        let by_weight = b.weight().total_cmp(&a.weight());
        by_weight.then_with(|| one.entry.id.cmp(&other.entry.id))
    });
    let mut linked: Vec<&Case<'_>> = Vec::new();
    let mut links = Vec::new();
    for (index, (evidence, review)) in ranked.iter().enumerate() {
        if linked.iter().any(|other| other.is_same_case(review)) {
            continue;
        }
        let is_next_of_several = !linked.is_empty();
        if is_next_of_several && !evidence.names_the_case() {
            continue;
        }
        let rival = ranked[index + 1..]
            .iter()
            .find(|(_, other)| !other.is_same_case(review));
        let lead = rival.map_or(f32::MAX, |(rival, _)| evidence.weight() - rival.weight());
        if lead < LEAD && !evidence.names_the_case() {
            break;
        }
        // Two cases of one name: neither can be told to be the one.
        let is_double = rival.is_some_and(|(rival, other)| {
            lead < LEAD && rival.names_the_case() && other.shares_names_with(review)
        });
        if is_double {
            break;
        }
        linked.push(review);
        links.push(Link {
            to: review.entry.id.clone(),
            relation,
            because: evidence.because(),
            confidence: evidence.confidence(),
        });
    }
    links
}
