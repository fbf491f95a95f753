//! What entries say of each other, and what curators say of them.
//!
//! In: every entry of the catalogue, as each reads by itself. Out: the same
//! with links to the entries they belong with, read together with those, and
//! set right where a curator has said so. Done anew after each run from what
//! each entry says alone, so that the outcome is the same in whatever order
//! entries came, and a correction that is taken back leaves no trace.

use std::collections::HashMap;

use crate::analyse;
use crate::catalogue::Catalogue;
use crate::corrections::{Belongs, Corrections};
use crate::model::analysis::{Analysis, Kind};
use crate::model::entry::{Entry, EntryId, Link, Relation};
use crate::pipeline::recurrence;

/// Ties every response and summary to its review, over all partnerships, and
/// gives their number.
pub(super) fn relink(
    catalogue: &mut Catalogue,
    corrections: &Corrections,
) -> anyhow::Result<usize> {
    let before = catalogue.entries()?;
    let mut entries = before.clone();
    let mut alone: Vec<Analysis> = Vec::with_capacity(entries.len());
    for entry in &mut entries {
        if let Some(analysis) = entry.alone.take() {
            entry.analysis = *analysis;
        }
        alone.push(entry.analysis.clone());
        let mut analysis = entry.analysis.clone();
        corrections.apply_facts((&*entry).into(), &mut analysis);
        entry.analysis = analysis;
    }
    let mut links = links(&entries, corrections);
    let n_linked = links.len();
    let mut together: HashMap<EntryId, Analysis> =
        analyse::together(&entries, &links).into_iter().collect();
    links.extend(analyse::editions(&entries));
    for ((entry, before), alone) in entries.iter_mut().zip(&before).zip(alone) {
        let own = links.iter().filter(|(from, _)| *from == entry.id);
        entry.links = own.map(|(_, link)| link.clone()).collect();
        let mut analysis = together
            .remove(&entry.id)
            .unwrap_or_else(|| entry.analysis.clone());
        corrections.apply_facts((&*entry).into(), &mut analysis);
        corrections.apply_answers((&*entry).into(), &mut analysis);
        entry.alone = (analysis != alone).then(|| Box::new(alone));
        entry.analysis = analysis;
        if entry != before {
            catalogue.record(entry)?;
        }
    }
    recurrence::find(catalogue, &entries)?;
    Ok(n_linked)
}

/// The links that the rules find, but for documents of which a curator has said
/// where they belong.
fn links(entries: &[Entry], corrections: &Corrections) -> Vec<(EntryId, Link)> {
    let mut links = analyse::link(entries);
    for entry in entries {
        let Some(belongs) = corrections.belongs(entry.into()) else {
            continue;
        };
        links.retain(|(from, _)| *from != entry.id);
        if let Belongs::To(review, why) = belongs {
            let relation = match entry.analysis.kind {
                Kind::Summary => Relation::Summarises,
                _ => Relation::RespondsTo,
            };
            let link = Link {
                to: review.clone(),
                relation,
                because: vec![format!("a curator says so: {why}")],
                confidence: 1.0,
            };
            links.push((entry.id.clone(), link));
        }
    }
    links
}
