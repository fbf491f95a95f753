//! Entries read together: which belongs to which, and what that tells.
//!
//! In: the catalogue. Out: the same, every entry with its links and with what
//! it says beside those that it belongs with.

use std::collections::HashMap;
use std::mem;

use crate::analyse;
use crate::catalogue::Catalogue;
use crate::model::analysis::Analysis;
use crate::model::entry::EntryId;
use crate::pipeline::recurrence;

/// Ties every response and summary to its review, over all partnerships, and
/// reads each entry together with those it belongs with. Begins from what each
/// says by itself, so that the outcome is the same in whatever order they came.
pub(super) fn relink(catalogue: &mut Catalogue) -> anyhow::Result<usize> {
    let before = catalogue.entries()?;
    let mut entries = before.clone();
    for entry in &mut entries {
        if let Some(alone) = entry.alone.take() {
            entry.analysis = *alone;
        }
    }
    let mut links = analyse::link(&entries);
    let n_linked = links.len();
    let together: HashMap<EntryId, Analysis> =
        analyse::together(&entries, &links).into_iter().collect();
    links.extend(analyse::editions(&entries));
    for (entry, before) in entries.iter_mut().zip(&before) {
        let own = links.iter().filter(|(from, _)| *from == entry.id);
        entry.links = own.map(|(_, link)| link.clone()).collect();
        if let Some(analysis) = together.get(&entry.id) {
            entry.alone = Some(Box::new(mem::replace(
                &mut entry.analysis,
                analysis.clone(),
            )));
        }
        if entry != before {
            catalogue.record(entry)?;
        }
    }
    recurrence::find(catalogue, &entries)?;
    Ok(n_linked)
}
