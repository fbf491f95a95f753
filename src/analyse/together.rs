//! What an entry says when it is read together with those it belongs with.
//!
//! In: the entries of all partnerships, each as it reads by itself, and the
//! links between them. Out: the analyses of those that read differently then:
//! metadata that only another entry tells, and answers under the labels of the
//! recommendations that they answer.

use std::collections::BTreeMap;

use crate::analyse::answers;
use crate::analyse::link::complete;
use crate::model::analysis::{Analysis, Item, Metadata};
use crate::model::entry::{Entry, EntryId, Link, Relation};

/// Reads entries together; those that read as before are left out. By id.
#[must_use]
pub fn together(entries: &[Entry], links: &[(EntryId, Link)]) -> Vec<(EntryId, Analysis)> {
    let completed: BTreeMap<EntryId, Metadata> = complete(entries, links).into_iter().collect();
    let by_id: BTreeMap<&EntryId, &Entry> =
        entries.iter().map(|entry| (&entry.id, entry)).collect();
    let mut changed = Vec::new();
    for entry in by_id.values() {
        let mut analysis = entry.analysis.clone();
        if let Some(metadata) = completed.get(&entry.id) {
            analysis.metadata.clone_from(metadata);
        }
        let recommendations = answered_by(entry, links, &by_id);
        if !recommendations.is_empty() {
            let answers = std::mem::take(&mut analysis.findings.answers);
            analysis.findings.answers = answers::relabel(answers, &recommendations);
        }
        if analysis != entry.analysis {
            changed.push((entry.id.clone(), analysis));
        }
    }
    changed
}

/// The recommendations of the reviews that an entry responds to.
fn answered_by(
    entry: &Entry,
    links: &[(EntryId, Link)],
    by_id: &BTreeMap<&EntryId, &Entry>,
) -> Vec<Item> {
    let own = links
        .iter()
        .filter(|(from, link)| *from == entry.id && link.relation == Relation::RespondsTo);
    let reviews = own.filter_map(|(_, link)| by_id.get(&link.to));
    reviews
        .flat_map(|review| review.analysis.findings.recommendations.clone())
        .collect()
}
