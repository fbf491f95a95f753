//! `lessons backup` and `lessons restore`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Ended, Globals, ground, reindex, withdraw};
use crate::archive::Archive;
use crate::catalogue::Catalogue;
use crate::pipeline::backup::{self, Manifest};
use crate::pipeline::reindex::Extent;

/// Copies archive, withdrawals and catalogue into a folder, with the digest of
/// every file. Other commands may go on meanwhile. The search index is left
/// out: it is made anew.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// A folder that is empty or not there yet
    #[arg(value_name = "FOLDER")]
    to: PathBuf,
}

/// Restores a copy made by `lessons backup`, once every file of it has been
/// checked, and makes the search index anew. What was withdrawn since the copy
/// was made stays withdrawn, when archive/withdrawn.jsonl is left in the data folder.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The copy
    #[arg(value_name = "FOLDER")]
    from: PathBuf,
}

impl Backup {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let manifest = backup::backup(&ground::stores(globals), &self.to)?;
        show("copied", &manifest, globals.json);
        Ok(Ended::Well)
    }
}

impl Restore {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let stores = ground::stores(globals);
        let manifest = backup::restore(&self.from, &stores)?;
        let mut catalogue = Catalogue::open(&stores.catalogue())?;
        // Opened to write once, so that the look-up file is built.
        drop(Archive::open(&stores.archive())?);
        let archive = Archive::open_read_only(&stores.archive())?;
        let corrections = ground::usual_corrections(globals);
        withdraw::settle(globals, &archive, &mut catalogue, corrections.as_deref())?;
        reindex::update(globals, &catalogue, Extent::Everything)?;
        show("restored", &manifest, globals.json);
        Ok(Ended::Well)
    }
}

fn show(done: &str, manifest: &Manifest, as_json: bool) {
    let size_bytes: u64 = manifest.files.values().map(|file| file.size_bytes).sum();
    let files = manifest.files.len();
    if as_json {
        println!("{}", json!({"files": files, "size_bytes": size_bytes}));
    } else {
        println!("{files} files {done}, {size_bytes} bytes");
    }
}
