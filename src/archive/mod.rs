//! Keeps every capture for good.
//!
//! In: what `crawl` fetched ([`Fetched`], or a [`Deposit`] with what was found
//! in it). Out: [`Capture`]s in order and, for any of them, its [`Payload`].
//! Reading payloads is for `extract`; deciding what to fetch is for `crawl`.
//!
//! The folder holds WARC/1.1 files that any web-archive tool reads, and
//! `captures.jsonl`, which says where in them each event lies. The WARC files
//! are the truth: each event is closed by a `metadata` record with all that we
//! know of it, so the look-up file can be deleted and is built anew.
//!
//! What was withdrawn stands in `withdrawn.jsonl`, beside the captures because it
//! must outlive everything that can be rebuilt. Withdrawn bytes are given out no
//! more; those that are to be erased are taken out of the WARC files
//! ([`Archive::erase`]) and not kept when they are met again.
//!
//! Only the last write can be torn. A writer that was killed leaves at most one
//! event without its closing record; the next one to open the archive cuts it.

mod coding;
mod erase;
mod error;
mod event;
mod files;
mod group;
mod headers;
mod history;
mod http;
mod import;
mod ledger;
mod lookup;
mod record;
mod scan;
mod store;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

pub use crate::archive::coding::{ACCEPTED_CODINGS, CodingError, undo_codings};
pub use crate::archive::error::ArchiveError;
pub use crate::archive::event::{
    Alias, Event, Failure, FailureReason, Kept, Purpose, RunId, RunMark,
};
pub use crate::archive::headers::header;
pub use crate::archive::history::{Gone, GoneReason, Histories, History};
pub use crate::archive::import::{
    ImportError, Imported, Source, import_file, import_warc, is_web_archive,
};
pub use crate::archive::ledger::{LEDGER, carry_over};
use crate::archive::lookup::Lines;
use crate::archive::store::Store;
pub use crate::archive::store::capture_of;
use crate::model::capture::{Capture, Fetched, Hop, Payload};
use crate::model::withdrawal::{Withdrawal, Withdrawals};

/// The look-up file beside the WARC files.
const LOOKUP: &str = "captures.jsonl";

/// Every capture, for good.
#[derive(Debug)]
pub struct Archive {
    dir: PathBuf,
    store: Mutex<Store>,
}

/// What is put into the archive at once: an answer and what was found in it.
#[derive(Debug)]
pub struct Deposit {
    /// The answer.
    pub fetched: Fetched,
    /// What it was fetched for.
    pub purpose: Purpose,
    /// During which run; `None` for an import.
    pub run: Option<RunId>,
    /// Whether its headers asked robots not to follow its links.
    pub is_nofollow: bool,
    /// Whether no page linked to it, and it was asked for only because it was
    /// there before.
    pub is_recheck: bool,
    /// For an answer of 304: the capture that still holds.
    pub unchanged: Option<Capture>,
}

impl Deposit {
    /// An answer of which nothing more is known.
    #[must_use]
    pub fn plain(fetched: Fetched, purpose: Purpose, run: Option<RunId>) -> Self {
        Self {
            fetched,
            purpose,
            run,
            is_nofollow: false,
            is_recheck: false,
            unchanged: None,
        }
    }
}

impl Archive {
    /// Opens the archive in a folder for writing, and makes it if there is
    /// none. An event torn by a killed writer is cut; a look-up file that is
    /// missing or does not fit is built anew.
    ///
    /// # Errors
    ///
    /// Fails when the disk does, and when another process has it open for
    /// writing.
    pub fn open(dir: &Path) -> Result<Self, ArchiveError> {
        Ok(Self {
            dir: dir.to_owned(),
            store: Mutex::new(Store::open(dir)?),
        })
    }

    /// Opens it for reading only, beside a writer if need be. A torn end is
    /// passed over and left as it is.
    ///
    /// # Errors
    ///
    /// Fails when the disk does.
    pub fn open_read_only(dir: &Path) -> Result<Self, ArchiveError> {
        Ok(Self {
            dir: dir.to_owned(),
            store: Mutex::new(Store::open_read_only(dir)?),
        })
    }

    /// Keeps an answer that belongs to no run.
    ///
    /// # Errors
    ///
    /// Fails when the disk does; the store is then in doubt.
    pub fn store(&self, fetched: Fetched) -> Result<Capture, ArchiveError> {
        self.deposit(&Deposit::plain(fetched, Purpose::Content, None))
    }

    /// Keeps an answer with what was found in it, all or nothing.
    ///
    /// A body that was kept before is not written again: a `revisit` record
    /// points to it.
    ///
    /// # Errors
    ///
    /// Fails when the disk does; the store is then in doubt.
    pub fn deposit(&self, deposit: &Deposit) -> Result<Capture, ArchiveError> {
        self.locked().deposit(deposit)
    }

    /// Notes an event without an answer of its own: a failure, an alias, or the
    /// beginning or end of a run. `hops` are the redirects that led there,
    /// asked for with the headers `asked`.
    ///
    /// # Errors
    ///
    /// Fails when the disk does; the store is then in doubt.
    pub fn note(
        &self,
        event: Event,
        hops: &[Hop],
        asked: &[(String, String)],
    ) -> Result<(), ArchiveError> {
        self.locked().note(event, hops, asked)
    }

    /// Makes sure that all of it has reached the disk.
    ///
    /// # Errors
    ///
    /// Fails when the disk does.
    pub fn sync(&self) -> Result<(), ArchiveError> {
        self.locked().sync()
    }

    /// Every capture of a page or file in the order kept, whatever its status.
    /// Captures of robots.txt and sitemaps are left out.
    ///
    /// # Errors
    ///
    /// Fails when the look-up file cannot be read; each item fails when its
    /// line cannot.
    pub fn captures(
        &self,
    ) -> Result<impl Iterator<Item = Result<Capture, ArchiveError>> + use<>, ArchiveError> {
        Ok(self.events()?.filter_map(|event| match event {
            Ok(Event::Captured(kept)) if kept.purpose == Purpose::Content => Some(Ok(kept.capture)),
            Ok(_) => None,
            Err(fault) => Some(Err(fault)),
        }))
    }

    /// Everything that happened, in order.
    ///
    /// # Errors
    ///
    /// As [`Archive::captures`].
    pub fn events(
        &self,
    ) -> Result<impl Iterator<Item = Result<Event, ArchiveError>> + use<>, ArchiveError> {
        Ok(self.lines()?.map(|line| line.map(|line| line.event)))
    }

    /// The histories of every address: when it was seen, since when and why it
    /// is gone.
    ///
    /// # Errors
    ///
    /// As [`Archive::captures`].
    pub fn histories(&self) -> Result<Histories, ArchiveError> {
        let mut histories = Histories::default();
        for event in self.events()? {
            histories.add(&event?);
        }
        Ok(histories)
    }

    /// Whether the bytes of a capture are here, or were withdrawn and need not
    /// be asked for again.
    #[must_use]
    pub fn holds(&self, capture: &Capture) -> bool {
        let mut store = self.locked();
        let is_withdrawn = |store: &mut Store| {
            let withdrawn = store.withdrawn();
            withdrawn.is_ok_and(|withdrawn| withdrawn.has_digest(&capture.digest))
        };
        capture.length == 0 || store.original(&capture.digest).is_ok() || is_withdrawn(&mut store)
    }

    /// Everything that was withdrawn, by whichever process.
    ///
    /// # Errors
    ///
    /// Fails when the disk does or a line of the ledger is damaged: what must
    /// not be shown is then unknown, and nothing should be.
    pub fn withdrawals(&self) -> Result<Withdrawals, ArchiveError> {
        Ok(self.locked().withdrawn()?.clone())
    }

    /// Notes a decision for good, whether or not a crawl is writing. When this
    /// returns it has reached the disk.
    ///
    /// # Errors
    ///
    /// Fails when the disk does or a line of the ledger is damaged.
    pub fn withdraw(&self, withdrawal: &Withdrawal) -> Result<(), ArchiveError> {
        self.locked().withdraw(withdrawal)
    }

    /// The bytes of a capture. For one that had not changed they come from the
    /// capture that first gave them. One that was withdrawn gives none.
    ///
    /// # Errors
    ///
    /// Fails when the capture is not of this archive or its record is damaged.
    pub fn payload(&self, capture: &Capture) -> Result<Payload, ArchiveError> {
        let is_withdrawn = self.locked().withdrawn()?.has_digest(&capture.digest);
        if capture.length == 0 || is_withdrawn {
            return Ok(Payload {
                capture: capture.clone(),
                bytes: Vec::new(),
            });
        }
        let original = self.locked().original(&capture.digest)?;
        let path = self.dir.join(&original.file);
        let record = scan::record_at(&path, original.offset)?;
        let head =
            record::find(&record.block, b"\r\n\r\n").ok_or_else(|| ArchiveError::Damaged {
                path,
                offset: original.offset,
                reason: "holds no HTTP answer".to_owned(),
            })?;
        Ok(Payload {
            capture: capture.clone(),
            bytes: record.block[head + 4..].to_vec(),
        })
    }

    fn lines(&self) -> Result<Lines, ArchiveError> {
        Lines::open(&self.dir.join(LOOKUP), 0)
    }

    fn locked(&self) -> MutexGuard<'_, Store> {
        // A panic in the middle of a write leaves a torn end, which the next
        // to open the archive cuts.
        self.store
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
