//! From captures to entries: read what is new, understand what is new or falls
//! under new rules, tie responses to their reviews.
//!
//! In: the archive. Out: the catalogue, and a [`Report`]. Reading and
//! understanding run on all cores; one thread writes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;

use anyhow::Context as _;
use jiff::Timestamp;

use crate::analyse::{self, Found};
use crate::archive::Archive;
use crate::catalogue::{Catalogue, Failure, Stage};
use crate::extract;
use crate::extract::worker::{Launch, Worker};
use crate::model::digest::Digest;
use crate::model::document::{Document, Page, TextFrom};
use crate::model::entry::{Entry, EntryId};
use crate::model::withdrawal::{Withdrawal, Withdrawals};
use crate::pipeline::mentions;
use crate::pipeline::publications::{self, Publication};
use crate::pipeline::relink::relink;
use crate::pipeline::withdraw;
use crate::registry::Registry;
use crate::vocabulary::Vocabulary;

/// What a run of [`process`] did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Publications in the archive.
    pub publications: usize,
    /// Read and understood anew.
    pub processed: usize,
    /// As they were.
    pub unchanged: usize,
    /// Could not be read: address and reason.
    pub failed: Vec<(String, String)>,
    /// Nearly the same as what was withdrawn, and withdrawn with it: address and
    /// what it is like.
    pub withheld: Vec<(String, EntryId)>,
    /// Responses and summaries tied to a review.
    pub linked: usize,
}

/// What processing stands on besides the stores.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The publishers.
    pub registry: &'a Registry,
    /// The terms.
    pub vocabulary: &'a Vocabulary,
    /// The time to put on failures.
    pub now: Timestamp,
    /// Documents read at once.
    pub n_workers: usize,
    /// How a process that reads documents is started; `None` reads them in this
    /// one, which a broken file can then take down.
    pub launch: Option<&'a Launch>,
    /// Whether there is an engine that reads pictures of pages: what was read
    /// without one is read again then.
    pub reads_pictures: bool,
}

/// Version of everything that makes an entry.
#[must_use]
pub fn rules() -> String {
    format!("{}+{}", extract::RULES, analyse::RULES)
}

/// Brings the catalogue up to date with the archive and the rules.
///
/// `progress` is told after each publication how many of how many are done.
///
/// # Errors
///
/// Fails when a store does. A document that cannot be read is recorded, listed
/// in the report and does not end the run.
pub fn process(
    archive: &Archive,
    catalogue: &mut Catalogue,
    ground: &Ground<'_>,
    mut progress: impl FnMut(usize, usize),
) -> anyhow::Result<Report> {
    let captures: Vec<_> = archive
        .captures()?
        .collect::<Result<_, _>>()
        .context("reading the archive's look-up")?;
    let withdrawals = archive.withdrawals()?;
    withdraw::carry_out(catalogue, &withdrawals)?;
    let mut publications = publications::gather(captures);
    mentions::add(archive, &mut publications);
    withdraw::sift(&mut publications, &withdrawals);
    let mut report = Report {
        publications: publications.len(),
        ..Report::default()
    };
    let mut todo = Vec::new();
    for publication in &publications {
        match carried_over(catalogue, publication, ground)? {
            Some(entry) => {
                catalogue.record(&entry)?;
                report.unchanged += 1;
            }
            None => todo.push(Task {
                publication,
                document: kept_document(catalogue, publication, ground)?,
            }),
        }
    }
    let mut keeper = Keeper {
        archive,
        catalogue,
        withdrawals: &withdrawals,
        ground,
        report,
    };
    let (n_tasks, mut n_done) = (todo.len(), 0);
    do_all(archive, ground, &todo, |outcome| {
        n_done += 1;
        progress(n_done, n_tasks);
        keeper.keep(outcome)
    })?;
    let mut report = keeper.report;
    // Once more, for what was withdrawn in the meantime.
    withdraw::carry_out(catalogue, &archive.withdrawals()?)?;
    report.linked = relink(catalogue)?;
    Ok(report)
}

/// A publication to read and understand, with its document when it was read
/// before by the rules in force.
struct Task<'a> {
    publication: &'a Publication,
    document: Option<Document>,
}

/// What came of a task.
struct Outcome<'a> {
    publication: &'a Publication,
    result: Result<(Document, Entry), String>,
}

/// The entry as it stands, with only its sightings brought up to date; `None`
/// when something in it has to be made anew.
fn carried_over(
    catalogue: &Catalogue,
    publication: &Publication,
    ground: &Ground<'_>,
) -> anyhow::Result<Option<Entry>> {
    let Some(entry) = catalogue.entry(&publication.id)? else {
        return Ok(None);
    };
    let is_same = entry.digest == publication.newest.digest
        && entry.rules == rules()
        && entry.found == publication.found
        && is_read(catalogue, &entry.digest, ground)?;
    Ok(is_same.then(|| Entry {
        also_at: publication.also_at.clone(),
        last_seen: publication.last_seen,
        gone_since: publication.gone_since,
        ..entry
    }))
}

fn kept_document(
    catalogue: &Catalogue,
    publication: &Publication,
    ground: &Ground<'_>,
) -> anyhow::Result<Option<Document>> {
    let digest = &publication.newest.digest;
    if is_read(catalogue, digest, ground)? {
        Ok(catalogue.document(digest)?)
    } else {
        Ok(None)
    }
}

/// Does the tasks on several threads; their outcomes are kept on this one.
fn do_all<'a>(
    archive: &Archive,
    ground: &Ground<'_>,
    todo: &'a [Task<'a>],
    mut keep: impl FnMut(Outcome<'a>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (sender, outcomes) = mpsc::channel();
    let next = &AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..ground.n_workers.max(1) {
            let sender = sender.clone();
            scope.spawn(move || work(archive, ground, todo, next, &sender));
        }
        drop(sender);
        outcomes.into_iter().try_for_each(&mut keep)
    })
}

/// Whether reading these bytes again would give the same.
fn is_read(catalogue: &Catalogue, digest: &Digest, ground: &Ground<'_>) -> anyhow::Result<bool> {
    let rules = catalogue.document_rules(digest)?;
    Ok(rules.is_some_and(|rules| {
        rules == extract::RULES || (rules == rules_without_engine() && !ground.reads_pictures)
    }))
}

/// Stands with a document that has pages which only an engine can read, while
/// there was none.
fn rules_without_engine() -> String {
    format!("{}, without OCR", extract::RULES)
}

fn rules_of(document: &Document, ground: &Ground<'_>) -> String {
    let needs_ocr = |page: &Page| page.text_from == TextFrom::NeedsOcr;
    if !ground.reads_pictures && document.pages.iter().any(needs_ocr) {
        rules_without_engine()
    } else {
        extract::RULES.to_owned()
    }
}

fn work<'a>(
    archive: &Archive,
    ground: &Ground<'_>,
    todo: &'a [Task<'a>],
    next: &AtomicUsize,
    sender: &Sender<Outcome<'a>>,
) {
    let mut worker = ground.launch.cloned().map(Worker::new);
    while let Some(task) = todo.get(next.fetch_add(1, Ordering::Relaxed)) {
        let publication = task.publication;
        // A fault in the rules costs one document, not the run.
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            let document = document(archive, worker.as_mut(), task)?;
            understand(ground, publication, document)
        }));
        let result =
            attempt.unwrap_or_else(|_| Err("the reader failed on this document".to_owned()));
        let outcome = Outcome {
            publication,
            result,
        };
        if sender.send(outcome).is_err() {
            return;
        }
    }
}

/// The document of a task: as kept, or read now.
fn document(
    archive: &Archive,
    worker: Option<&mut Worker>,
    task: &Task<'_>,
) -> Result<Document, String> {
    if let Some(document) = &task.document {
        return Ok(document.clone());
    }
    let payload = archive
        .payload(&task.publication.newest)
        .map_err(|error| chain(&error))?;
    match worker {
        Some(worker) => worker.read(&payload).map_err(|error| chain(&error)),
        None => extract::extract(&payload).map_err(|error| chain(&error)),
    }
}

fn understand(
    ground: &Ground<'_>,
    publication: &Publication,
    document: Document,
) -> Result<(Document, Entry), String> {
    let id = publication.id.partnership();
    let partnership = ground
        .registry
        .get(id)
        .ok_or_else(|| format!("no partnership `{id}` in the registry"))?;
    let found = Found {
        partnership,
        url: &publication.url,
        contexts: &publication.found,
    };
    let analysis = analyse::analyse(&document, &found, ground.vocabulary);
    let entry = Entry {
        id: publication.id.clone(),
        url: publication.url.clone(),
        final_url: publication.final_url.clone(),
        also_at: publication.also_at.clone(),
        found: publication.found.clone(),
        media_type: document.media_type.clone(),
        digest: publication.newest.digest.clone(),
        pages: document.page_count(),
        first_seen: publication.first_seen,
        last_seen: publication.last_seen,
        gone_since: publication.gone_since,
        rules: rules(),
        analysis,
        alone: None,
        links: Vec::new(),
    };
    Ok((document, entry))
}

/// Puts outcomes into the catalogue.
struct Keeper<'a> {
    archive: &'a Archive,
    catalogue: &'a mut Catalogue,
    withdrawals: &'a Withdrawals,
    ground: &'a Ground<'a>,
    report: Report,
}

impl Keeper<'_> {
    fn keep(&mut self, outcome: Outcome<'_>) -> anyhow::Result<()> {
        let publication = outcome.publication;
        match outcome.result {
            Ok((document, entry)) => match withdraw::resembled(self.withdrawals, &document) {
                Some(known) => self.withhold(publication, known)?,
                None => self.record(&document, &entry)?,
            },
            Err(reason) => self.fail(publication, reason)?,
        }
        Ok(())
    }

    fn record(&mut self, document: &Document, entry: &Entry) -> anyhow::Result<()> {
        self.catalogue
            .put_document(document, &rules_of(document, self.ground))?;
        self.catalogue.record(entry)?;
        self.catalogue.clear_failure(&entry.url, Stage::Extract)?;
        self.report.processed += 1;
        Ok(())
    }

    /// Withdraws what is nearly a text that was withdrawn. A guess: so it is
    /// sealed and not erased, even where the other was.
    fn withhold(&mut self, publication: &Publication, known: &Withdrawal) -> anyhow::Result<()> {
        let withdrawal = withdraw::of_likeness(publication, known, self.ground.now);
        self.archive.withdraw(&withdrawal)?;
        self.catalogue.withdraw(&withdrawal)?;
        let like = known.ids.first().cloned();
        let url = publication.url.to_string();
        self.report
            .withheld
            .push((url, like.unwrap_or_else(|| publication.id.clone())));
        Ok(())
    }

    fn fail(&mut self, publication: &Publication, reason: String) -> anyhow::Result<()> {
        self.catalogue.record_failure(&Failure {
            url: publication.url.clone(),
            digest: Some(publication.newest.digest.clone()),
            stage: Stage::Extract,
            reason: reason.clone(),
            at: self.ground.now,
        })?;
        self.report
            .failed
            .push((publication.url.to_string(), reason));
        Ok(())
    }
}

/// An error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
