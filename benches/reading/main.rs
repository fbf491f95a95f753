//! How many pages are read in a CPU second by one thread of this process, with
//! nothing around it: no other process, no output.
//!
//! ```text
//! cargo bench --bench reading -- FILE_OR_FOLDER... [--rounds 5]
//! ```
//!
//! `scripts/measure-speed.py` stands it beside other readers. Pictures of pages
//! are not read: there is no OCR engine here.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use lessons::extract::extract;
use lessons::model::capture::{Candidate, Capture, LinkContext, Payload};
use lessons::model::digest::Digest;
use url::Url;

fn main() {
    let mut rounds = 5;
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rounds" => rounds = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(5),
            "--bench" => {}
            place => files.extend(files_of(Path::new(place))),
        }
    }
    if files.is_empty() {
        println!("usage: cargo bench --bench reading -- FILE_OR_FOLDER... [--rounds 5]");
        return;
    }
    let payloads: Vec<Payload> = files.iter().map(|file| payload(file)).collect();
    let (pages, best) = (0..rounds.max(1))
        .map(|_| round(&payloads))
        .min_by_key(|(_, took)| *took)
        .expect("at least one round");
    println!(
        "{} files, {pages} pages: {:.0} pages a CPU second, {:.0} MB at most, the files included",
        files.len(),
        f64::from(pages) / best.as_secs_f64(),
        peak_megabytes(),
    );
}

/// The file, or the PDFs of a folder.
fn files_of(place: &Path) -> Vec<PathBuf> {
    if !place.is_dir() {
        return vec![place.to_owned()];
    }
    let entries = fs::read_dir(place).expect("a folder that can be read");
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .collect();
    files.sort();
    files
}

/// Reads all once: pages read, and how long it took.
fn round(payloads: &[Payload]) -> (u32, Duration) {
    let started = busy();
    let pages = payloads.iter().map(|payload| match extract(payload) {
        Ok(document) => u32::try_from(document.pages.len()).unwrap_or(u32::MAX),
        Err(_) => 0,
    });
    (pages.sum(), busy().saturating_sub(started))
}

/// How long this process has had a core so far, as Linux counts it: others on
/// the machine do not matter. Elsewhere, the time by the clock.
fn busy() -> Duration {
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    let statistics = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let on_core = statistics.split(' ').next().and_then(|ns| ns.parse().ok());
    on_core.map_or_else(|| STARTED.elapsed(), Duration::from_nanos)
}

/// A file as if it had been fetched.
fn payload(file: &Path) -> Payload {
    let bytes = fs::read(file).expect("a file that can be read");
    let url: Url = "file:///".parse().expect("an address");
    let candidate = Candidate {
        partnership: "file".parse().expect("an id"),
        url: url.clone(),
        context: LinkContext::default(),
        depth: 0,
    };
    let capture = Capture {
        candidate,
        final_url: url,
        status: 200,
        media_type: String::new(),
        charset: None,
        file_name: None,
        digest: Digest::of(&bytes),
        length: bytes.len() as u64,
        received_at: Timestamp::UNIX_EPOCH,
    };
    Payload { capture, bytes }
}

/// Most memory this process ever held, as Linux counts it; 0 elsewhere.
fn peak_megabytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
