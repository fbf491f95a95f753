//! `lessons process`: from the archive to the catalogue.

use std::fs;
use std::num::NonZeroUsize;
use std::thread;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::progress::Progress;
use super::{Ended, Globals, ground};
use crate::archive::Archive;
use crate::catalogue::Catalogue;
use crate::pipeline::process::{self, Ground, Report};

/// Reads what is new in the archive or falls under new rules, ties responses
/// to their reviews, and records all of it in the catalogue.
#[derive(Debug, Args)]
pub(super) struct Process {
    /// Documents read at once [default: one for each core]
    #[arg(long, value_name = "N")]
    workers: Option<NonZeroUsize>,
}

impl Process {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let vocabulary = ground::vocabulary()?;
        let registry = ground::registry(globals, &vocabulary)?;
        let stores = ground::stores(globals);
        let archive = Archive::open_read_only(&stores.archive())?;
        fs::create_dir_all(&globals.settings.data).with_context(|| {
            format!(
                "cannot make the folder `{}`",
                globals.settings.data.display()
            )
        })?;
        let mut catalogue = Catalogue::open(&stores.catalogue())?;
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let ground = Ground {
            registry: &registry,
            vocabulary: &vocabulary,
            now: Timestamp::now(),
            n_workers: self.workers.map_or(cores, NonZeroUsize::get),
        };
        let progress = Progress::of("documents");
        let report = process::process(&archive, &mut catalogue, &ground, |done, all| {
            progress.set(done, all)
        })?;
        progress.finish();
        show(&report, globals.json);
        Ok(if report.failed.is_empty() {
            Ended::Well
        } else {
            Ended::WithFailures
        })
    }
}

fn show(report: &Report, as_json: bool) {
    if as_json {
        let failed: Vec<_> = report
            .failed
            .iter()
            .map(|(url, reason)| json!({"url": url, "reason": reason}))
            .collect();
        println!(
            "{}",
            json!({
                "publications": report.publications,
                "processed": report.processed,
                "unchanged": report.unchanged,
                "linked": report.linked,
                "failed": failed,
            })
        );
        return;
    }
    for (url, reason) in &report.failed {
        eprintln!("failed: {url}: {reason}");
    }
    println!(
        "{} publications: {} processed, {} unchanged, {} failed; {} responses and summaries tied to a review",
        report.publications,
        report.processed,
        report.unchanged,
        report.failed.len(),
        report.linked
    );
}
