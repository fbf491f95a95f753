//! From the catalogue to the search index: what changed since the index was
//! last in step, or all of it.
//!
//! In: the catalogue. Out: the index, with a commit that says which state of
//! the catalogue it holds, and how much was done. What is indexed of an entry
//! is for `search`.

use std::path::Path;

use anyhow::Context as _;

use crate::catalogue::Catalogue;
use crate::search::{Names, Publication, Writer};

/// What a run of [`reindex`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries taken over.
    pub indexed: usize,
    /// Entries dropped.
    pub removed: usize,
}

/// Whether to trust what the index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Only what changed since the index was last in step.
    Changes,
    /// Everything, from nothing.
    Everything,
}

/// Brings the index in `folder` in step with the catalogue. Killed half-way, it
/// leaves the index as it was.
///
/// # Errors
///
/// Fails when a store does.
pub fn reindex(
    catalogue: &Catalogue,
    folder: &Path,
    names: &Names,
    extent: Extent,
    mut progress: impl FnMut(usize, usize),
) -> anyhow::Result<Report> {
    let mut writer = Writer::open(folder, names).context("opening the search index to write")?;
    let mark = writer
        .mark()
        .filter(|_| extent == Extent::Changes)
        .map(str::to_owned);
    let changes = catalogue.changes_since(mark.as_deref())?;
    if writer.mark() == Some(&*changes.mark) && extent == Extent::Changes {
        return Ok(Report::default());
    }
    if changes.is_whole {
        writer.clear()?;
    }
    for id in &changes.removed {
        writer.remove(id);
    }
    for (done, id) in changes.recorded.iter().enumerate() {
        if let Some(entry) = catalogue.entry(id)? {
            let linked = catalogue.linked_with(id)?;
            let document = catalogue.document(&entry.digest)?;
            writer.replace(Publication {
                entry: &entry,
                linked: &linked,
                document: document.as_ref(),
            })?;
        }
        progress(done + 1, changes.recorded.len());
    }
    writer.commit(&changes.mark)?;
    writer.close()?;
    Ok(Report {
        indexed: changes.recorded.len(),
        removed: changes.removed.len(),
    })
}
