//! `lessons process`: from the archive to the catalogue.

use std::fs;
use std::num::NonZeroUsize;
use std::thread;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::progress::Progress;
use super::{Ended, Globals, ground, read_worker, reindex, withdraw};
use crate::archive::Archive;
use crate::catalogue::Catalogue;
use crate::pipeline::process::{self, Ground, Report};
use crate::pipeline::reindex::Extent;

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
        let data = &globals.settings.data;
        fs::create_dir_all(data)
            .with_context(|| format!("cannot make the folder `{}`", data.display()))?;
        let mut catalogue = Catalogue::open(&ground::stores(globals).catalogue())?;
        let ended = update(globals, &mut catalogue, self.workers)?;
        reindex::update(globals, &catalogue, Extent::Changes)?;
        let archive = Archive::open_read_only(&ground::stores(globals).archive())?;
        withdraw::settle(globals, &archive, &mut catalogue)?;
        Ok(ended)
    }
}

/// Brings the catalogue in step with the archive and says how it went.
pub(super) fn update(
    globals: &Globals,
    catalogue: &mut Catalogue,
    workers: Option<NonZeroUsize>,
) -> anyhow::Result<Ended> {
    let vocabulary = ground::vocabulary()?;
    let registry = ground::registry(globals, &vocabulary)?;
    let archive = Archive::open_read_only(&ground::stores(globals).archive())?;
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let launch = read_worker::launch()?;
    let ground = Ground {
        registry: &registry,
        vocabulary: &vocabulary,
        now: Timestamp::now(),
        launch: Some(&launch),
        reads_pictures: read_worker::has_engine(),
        n_workers: workers.map_or(cores, NonZeroUsize::get),
    };
    let progress = Progress::of("documents");
    let report = process::process(&archive, catalogue, &ground, |done, all| {
        progress.set(done, all);
    })?;
    progress.finish();
    show(&report, globals.json);
    Ok(if report.failed.is_empty() {
        Ended::Well
    } else {
        Ended::WithFailures
    })
}

fn show(report: &Report, as_json: bool) {
    if as_json {
        let failed: Vec<_> = report
            .failed
            .iter()
            .map(|(url, reason)| json!({"url": url, "reason": reason}))
            .collect();
        let withheld: Vec<_> = report
            .withheld
            .iter()
            .map(|(url, like)| json!({"url": url, "like": like}))
            .collect();
        println!(
            "{}",
            json!({
                "publications": report.publications,
                "processed": report.processed,
                "unchanged": report.unchanged,
                "linked": report.linked,
                "withheld": withheld,
                "failed": failed,
            })
        );
        return;
    }
    for (url, like) in &report.withheld {
        eprintln!("withdrawn: {url}: its text is nearly that of {like}, which was withdrawn");
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
