//! `lessons withdraw`: out of everything, for good.

use std::path::Path;

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::{Ended, Globals, ground, snapshot};
use crate::archive::Archive;
use crate::catalogue::Catalogue;
use crate::pipeline::withdraw::{self, Decision, Found, Settled, Target};
use crate::search::Names;

/// Takes a publication out of pages, API, exports and search, for good, with
/// every copy of it. It does not come back with the next crawl. The decision is
/// kept in the archive's `withdrawn.jsonl`; the address here says that it was
/// withdrawn, and not why.
#[derive(Debug, Args)]
pub(super) struct Withdraw {
    /// Its id, e.g. `oakmoor/3f9c2a71`, one of its addresses, or the SHA-256 of its bytes
    #[arg(value_name = "URL|ID|DIGEST")]
    target: Target,
    /// Why, for those who answer for it; not shown to readers
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Erase its bytes from the archive as well, rather than seal them there
    #[arg(long)]
    erase: bool,
}

impl Withdraw {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let stores = ground::stores(globals);
        if !stores.archive().is_dir() {
            bail!(
                "there is no archive in `{}`",
                globals.settings.data.display()
            );
        }
        if self.reason.trim().is_empty() {
            bail!("`--reason` says nothing; whoever answers for it later will want to know");
        }
        let archive = Archive::open_read_only(&stores.archive())?;
        let mut catalogue = Catalogue::open(&stores.catalogue())?;
        let decision = Decision {
            target: self.target.clone(),
            reason: self.reason.trim().to_owned(),
            is_erased: self.erase,
            at: Timestamp::now(),
        };
        let found = withdraw::decide(&archive, &catalogue, &decision)?;
        let found = found.context("nothing of that name is in the archive or the catalogue")?;
        let corrections = ground::usual_corrections(globals);
        let settled = settle(globals, &archive, &mut catalogue, corrections.as_deref())?;
        // What was published before holds what was withdrawn.
        snapshot::publish_usual(globals, 1)?;
        show(&found, settled, globals.json);
        Ok(if settled.is_erasure_pending {
            Ended::WithFailures
        } else {
            Ended::Well
        })
    }
}

/// Takes out of every store what was ever withdrawn.
pub(super) fn settle(
    globals: &Globals,
    archive: &Archive,
    catalogue: &mut Catalogue,
    corrections: Option<&Path>,
) -> anyhow::Result<Settled> {
    let vocabulary = ground::vocabulary()?;
    let registry = ground::registry(globals, &vocabulary)?;
    let names = Names::new(&vocabulary, &registry.partnerships);
    let corrections = ground::corrections(corrections, &vocabulary)?;
    let stores = ground::stores(globals);
    let settled = withdraw::settle(&stores, archive, catalogue, &names, &corrections)?;
    if settled.is_erasure_pending {
        eprintln!(
            "a crawl is writing to the archive; `lessons process` erases what is to be erased once it has ended"
        );
    }
    Ok(settled)
}

fn show(found: &Found, settled: Settled, as_json: bool) {
    let withdrawal = &found.withdrawal;
    if as_json {
        let shown = json!({
            "at": withdrawal.at,
            "reason": withdrawal.reason,
            "ids": withdrawal.ids,
            "copies": found.copies,
            "digests": withdrawal.digests,
            "urls": withdrawal.urls,
            "erased": withdrawal.is_erased,
            "records_erased": settled.records_erased,
            "erasure_pending": settled.is_erasure_pending,
        });
        println!("{shown}");
        return;
    }
    for id in &withdrawal.ids {
        let why = if found.copies.contains(id) {
            " (the same bytes or nearly the same text)"
        } else {
            ""
        };
        println!("withdrawn: {id}{why}");
    }
    let archive = if withdrawal.is_erased {
        format!("{} records erased", settled.records_erased)
    } else {
        "sealed in the archive".to_owned()
    };
    println!(
        "{} addresses, {} versions; {archive}",
        withdrawal.urls.len(),
        withdrawal.digests.len()
    );
}
