//! `lessons snapshot`: the present state, for those who follow it.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use super::{Ended, Globals, ground};
use crate::pipeline::snapshot::{self, KEPT, Published};

/// Publishes the present state of catalogue and index as one more numbered
/// snapshot, which machines that run `lessons serve --follow` take over. Only
/// what changed is written.
#[derive(Debug, Args)]
pub(super) struct Snapshot {
    /// Folder of the snapshots, on a shared disk or one that is copied [default: `snapshots` of the settings]
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Snapshots that stay; 1 removes all that hold what was withdrawn meanwhile [default: 3]
    #[arg(long, value_name = "N")]
    keep: Option<NonZeroUsize>,
}

impl Snapshot {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let usual = globals.settings.snapshots.as_ref();
        let folder = self
            .folder
            .as_ref()
            .or(usual)
            .context("name a folder, or set `snapshots` in lessons.toml")?;
        let kept = self.keep.map_or(KEPT, NonZeroUsize::get);
        show(&publish(globals, folder, kept)?, globals.json);
        Ok(Ended::Well)
    }
}

/// Publishes where the settings say, if they do.
pub(super) fn publish_usual(globals: &Globals, kept: usize) -> anyhow::Result<()> {
    if let Some(folder) = &globals.settings.snapshots {
        publish(globals, folder, kept)?;
    }
    Ok(())
}

fn publish(globals: &Globals, folder: &Path, kept: usize) -> anyhow::Result<Published> {
    snapshot::publish(&ground::stores(globals), folder, kept)
        .with_context(|| format!("cannot publish in `{}`", folder.display()))
}

fn show(published: &Published, as_json: bool) {
    if as_json {
        let shown = json!({
            "number": published.number,
            "new": published.is_new,
            "objects": published.objects,
            "removed": published.removed,
        });
        println!("{shown}");
    } else if published.is_new {
        println!(
            "snapshot {}: {} files written, {} older snapshots removed",
            published.number, published.objects, published.removed
        );
    } else {
        println!("snapshot {} is the present state", published.number);
    }
}
