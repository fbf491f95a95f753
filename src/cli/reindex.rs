//! `lessons reindex`: the search index from the catalogue.

use clap::Args;

use super::progress::Progress;
use super::{Ended, Globals, ground};
use crate::catalogue::Catalogue;
use crate::pipeline::reindex::{self, Extent};
use crate::search::Names;

/// Brings the search index in step with the catalogue.
#[derive(Debug, Args)]
pub(super) struct Reindex {
    /// Build it anew instead of taking over what changed
    #[arg(long)]
    all: bool,
}

impl Reindex {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let catalogue = ground::catalogue(globals)?;
        let extent = if self.all {
            Extent::Everything
        } else {
            Extent::Changes
        };
        update(globals, &catalogue, extent)?;
        Ok(Ended::Well)
    }
}

/// Brings the index in step and says how much was done.
pub(super) fn update(
    globals: &Globals,
    catalogue: &Catalogue,
    extent: Extent,
) -> anyhow::Result<()> {
    let vocabulary = ground::vocabulary()?;
    let registry = ground::registry(globals, &vocabulary)?;
    let names = Names::new(&vocabulary, &registry.partnerships);
    let progress = Progress::of("entries indexed");
    let folder = ground::stores(globals).search();
    let report = reindex::reindex(catalogue, &folder, &names, extent, |done, all| {
        progress.set(done, all);
    })?;
    progress.finish();
    if !globals.json {
        println!(
            "{} entries indexed, {} dropped",
            report.indexed, report.removed
        );
    }
    Ok(())
}
