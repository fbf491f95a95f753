//! `lessons process`: from the archive to the catalogue.

use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::progress::Progress;
use super::{Ended, Globals, ground, read_worker, reindex, snapshot, withdraw};
use crate::archive::Archive;
use crate::catalogue::Catalogue;
use crate::pipeline::process::{self, Again, Ground, Report};
use crate::pipeline::reindex::Extent;
use crate::pipeline::snapshot::KEPT;

/// Reads what is new in the archive or falls under new rules, ties responses
/// to their reviews, and records all of it in the catalogue.
#[derive(Debug, Args)]
pub(super) struct Process {
    #[command(flatten)]
    how: How,
}

/// How the catalogue is brought in step.
#[derive(Debug, Default, Args)]
pub(super) struct How {
    /// Documents read at once [default: one for each core]
    #[arg(long, value_name = "N")]
    workers: Option<NonZeroUsize>,
    /// Folder with corrections of curators [default: `corrections` in the data folder, where there is one]
    #[arg(long, value_name = "DIR")]
    corrections: Option<PathBuf>,
    /// Read and understand every document anew, and say how fast that went
    #[arg(long)]
    again: bool,
}

impl Process {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let data = &globals.settings.data;
        fs::create_dir_all(data)
            .with_context(|| format!("cannot make the folder `{}`", data.display()))?;
        let mut catalogue = Catalogue::open(&ground::stores(globals).catalogue())?;
        let started = Instant::now();
        let report = bring_up(globals, &mut catalogue, &self.how)?;
        reindex::update(globals, &catalogue, Extent::Changes)?;
        let archive = Archive::open_read_only(&ground::stores(globals).archive())?;
        let corrections = self.how.corrections(globals);
        withdraw::settle(globals, &archive, &mut catalogue, corrections.as_deref())?;
        snapshot::publish_usual(globals, KEPT)?;
        if self.how.again && !globals.json {
            println!(
                "{}",
                speed(&report, started.elapsed(), self.how.n_workers())
            );
        }
        Ok(ended(&report))
    }
}

impl How {
    fn n_workers(&self) -> usize {
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.workers.map_or(cores, NonZeroUsize::get)
    }

    /// The folder of corrections, if there is one.
    fn corrections(&self, globals: &Globals) -> Option<PathBuf> {
        self.corrections
            .clone()
            .or_else(|| ground::usual_corrections(globals))
    }
}

/// How fast a whole run went, from the archive to the search index.
fn speed(report: &Report, taken: Duration, n_workers: usize) -> String {
    let pages = report.pages as f64;
    let seconds = taken.as_secs_f64();
    let cores = n_workers.min(thread::available_parallelism().map_or(1, NonZeroUsize::get));
    let rate = pages / seconds / cores as f64;
    format!("{pages} pages in {seconds:.1} s on {cores} cores: {rate:.0} pages per second per core")
}

fn ended(report: &Report) -> Ended {
    if report.failed.is_empty() {
        Ended::Well
    } else {
        Ended::WithFailures
    }
}

/// Brings the catalogue in step with the archive and says how it went.
pub(super) fn update(
    globals: &Globals,
    catalogue: &mut Catalogue,
    how: &How,
) -> anyhow::Result<Ended> {
    Ok(ended(&bring_up(globals, catalogue, how)?))
}

fn bring_up(globals: &Globals, catalogue: &mut Catalogue, how: &How) -> anyhow::Result<Report> {
    let vocabulary = ground::vocabulary()?;
    let registry = ground::registry(globals, &vocabulary)?;
    let archive = Archive::open_read_only(&ground::stores(globals).archive())?;
    let corrections = ground::corrections(how.corrections(globals).as_deref(), &vocabulary)?;
    let launch = read_worker::launch()?;
    let ground = Ground {
        registry: &registry,
        vocabulary: &vocabulary,
        corrections: &corrections,
        again: if how.again {
            Again::Everything
        } else {
            Again::Nothing
        },
        now: Timestamp::now(),
        launch: Some(&launch),
        n_workers: how.n_workers(),
        reads_pictures: read_worker::has_engine(),
    };
    let progress = Progress::of("documents");
    let report = process::process(&archive, catalogue, &ground, |done, all| {
        progress.set(done, all);
    })?;
    progress.finish();
    show(&report, globals.json);
    Ok(report)
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
                "read": report.read,
                "pages": report.pages,
                "linked": report.linked,
                "withheld": withheld,
                "corrections": report.corrections,
                "stray_corrections": report.stray_corrections,
                "failed": failed,
            })
        );
        return;
    }
    for (url, like) in &report.withheld {
        eprintln!("withdrawn: {url}: its text is nearly that of {like}, which was withdrawn");
    }
    for stray in &report.stray_corrections {
        eprintln!("a correction names no document: {stray}");
    }
    for (url, reason) in &report.failed {
        eprintln!("failed: {url}: {reason}");
    }
    println!(
        "{} publications: {} processed ({} of them read anew), {} unchanged, {} failed; {} responses and summaries tied to a review",
        report.publications,
        report.processed,
        report.read,
        report.unchanged,
        report.failed.len(),
        report.linked
    );
}
