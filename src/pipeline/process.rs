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
use crate::archive::{Archive, ArchiveError};
use crate::catalogue::Catalogue;
use crate::corrections::{Corrections, Named};
use crate::extract;
use crate::extract::worker::{Launch, Worker};
use crate::model::digest::Digest;
use crate::model::document::{Document, Page, TextFrom};
use crate::model::entry::{Entry, EntryId};
use crate::pipeline::coverage;
use crate::pipeline::keep::Keeper;
use crate::pipeline::mentions;
use crate::pipeline::publications::{self, Publication};
use crate::pipeline::relink;
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
    /// Pages of the documents that were processed.
    pub pages: usize,
    /// Of the processed, those that were read and not only understood anew.
    pub read: usize,
    /// Responses and summaries tied to a review.
    pub linked: usize,
    /// Corrections in force.
    pub corrections: usize,
    /// Corrections that name no document: file, line and name.
    pub stray_corrections: Vec<String>,
}

/// What processing stands on besides the stores.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The publishers.
    pub registry: &'a Registry,
    /// The terms.
    pub vocabulary: &'a Vocabulary,
    /// What curators set right.
    pub corrections: &'a Corrections,
    /// What need not be done again.
    pub again: Again,
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

/// What a run does again although nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Again {
    /// Nothing: only what is new or falls under new rules.
    #[default]
    Nothing,
    /// Reading and understanding of every document.
    Everything,
}

impl Ground<'_> {
    /// Version of everything that makes an entry: the rules of reading and of
    /// understanding, the vocabulary, and the kind where a curator has said it.
    fn rules(&self, publication: &Publication) -> String {
        let index = self.vocabulary.version();
        let rules = format!("{}+{}+{index}", extract::RULES, analyse::RULES);
        match self.corrections.kind(named(publication)) {
            Some(kind) => format!("{rules}+as-{}", kind.id()),
            None => rules,
        }
    }
}

fn named(publication: &Publication) -> Named<'_> {
    Named {
        id: &publication.id,
        digest: &publication.newest.digest,
        url: publication.url.as_str(),
    }
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
    let withdrawals = archive.withdrawals()?;
    withdraw::carry_out(catalogue, &withdrawals)?;
    let mut publications = found_publications(archive).context("reading the archive's look-up")?;
    withdraw::sift(&mut publications, &withdrawals);
    let mut report = Report {
        publications: publications.len(),
        ..Report::default()
    };
    let mut todo = Vec::new();
    for publication in &publications {
        match carried_over(catalogue, ground, publication)? {
            Some(entry) => {
                catalogue.record(&entry)?;
                report.unchanged += 1;
            }
            None => todo.push(Task {
                publication,
                document: kept_document(catalogue, ground, publication)?,
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
    report.linked = relink::relink(catalogue, ground.corrections)?;
    report.corrections = ground.corrections.len();
    report.stray_corrections = ground.corrections.without_document(&catalogue.entries()?);
    coverage::record(archive, catalogue, &ground.registry.partnerships)?;
    Ok(report)
}

/// Every publication in the archive, with each place that links to it and
/// since when it is gone.
///
/// # Errors
///
/// Fails when the archive's look-up cannot be read.
pub fn found_publications(archive: &Archive) -> Result<Vec<Publication>, ArchiveError> {
    let captures: Vec<_> = archive.captures()?.collect::<Result<_, _>>()?;
    let mut publications = publications::gather(captures);
    mentions::add(archive, &mut publications)?;
    publications::see_gone(&mut publications, &archive.histories()?);
    Ok(publications)
}

/// A publication to read and understand, with its document when it was read
/// before by the rules in force.
struct Task<'a> {
    publication: &'a Publication,
    document: Option<Document>,
}

/// What came of a task.
pub(super) struct Outcome<'a> {
    pub(super) publication: &'a Publication,
    pub(super) is_read: bool,
    pub(super) result: Result<(Document, Entry), String>,
}

/// The entry as it stands, with only its sightings brought up to date; `None`
/// when something in it has to be made anew.
fn carried_over(
    catalogue: &Catalogue,
    ground: &Ground<'_>,
    publication: &Publication,
) -> anyhow::Result<Option<Entry>> {
    if ground.again == Again::Everything {
        return Ok(None);
    }
    let Some(entry) = catalogue.entry(&publication.id)? else {
        return Ok(None);
    };
    let is_same = entry.digest == publication.newest.digest
        && entry.rules == ground.rules(publication)
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
    ground: &Ground<'_>,
    publication: &Publication,
) -> anyhow::Result<Option<Document>> {
    let digest = &publication.newest.digest;
    if ground.again == Again::Nothing && is_read(catalogue, digest, ground)? {
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

pub(super) fn rules_of(document: &Document, ground: &Ground<'_>) -> String {
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
            is_read: task.document.is_none(),
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
        kind: ground.corrections.kind(named(publication)),
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
        rules: ground.rules(publication),
        analysis,
        alone: None,
        links: Vec::new(),
    };
    Ok((document, entry))
}

/// An error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
