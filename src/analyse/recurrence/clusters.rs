//! Recommendations that ask for the same, gathered round the one that says it
//! for all.
//!
//! In: pairs that are alike. Out: [`Cluster`]s. A cluster is a star, not a
//! chain: every member asks for the same as the representative, so that no
//! cluster drifts from matter to matter.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::recurrence::Alike;
use crate::model::recurrence::Degree;

/// Recommendations that ask for the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Index of the one whose wording is nearest to all others.
    pub representative: usize,
    /// Indices of the others, ascending; at least one.
    pub members: Vec<usize>,
}

/// Gathers recommendations into clusters, the largest first; each is in at most
/// one.
#[must_use]
pub fn clusters(alike: &[Alike]) -> Vec<Cluster> {
    let mut near: BTreeMap<usize, BTreeMap<usize, f32>> = BTreeMap::new();
    for pair in alike.iter().filter(|pair| pair.degree == Degree::Same) {
        near.entry(pair.one)
            .or_default()
            .insert(pair.other, pair.likeness);
        near.entry(pair.other)
            .or_default()
            .insert(pair.one, pair.likeness);
    }
    // The most central first: by number of neighbours, then by likeness.
    let mut order: Vec<usize> = near.keys().copied().collect();
    let likeness = |index: &usize| near[index].values().sum::<f32>();
    order.sort_by(|a, b| {
        let by_number = near[b].len().cmp(&near[a].len());
        by_number
            .then_with(|| likeness(b).total_cmp(&likeness(a)))
            .then(a.cmp(b))
    });
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut clusters = Vec::new();
    for representative in order {
        if taken.contains(&representative) {
            continue;
        }
        let members: Vec<usize> = near[&representative]
            .keys()
            .copied()
            .filter(|member| !taken.contains(member))
            .collect();
        if members.is_empty() {
            continue;
        }
        taken.insert(representative);
        taken.extend(&members);
        clusters.push(Cluster {
            representative,
            members,
        });
    }
    clusters.sort_by_key(|cluster| {
        (
            std::cmp::Reverse(cluster.members.len()),
            cluster.representative,
        )
    });
    clusters
}
