//! The ledger of what was withdrawn: one JSON line a decision, append-only, so
//! that it is the audit log too.
//!
//! Whoever reads the archive asks it; it is read on when another process has
//! added to it.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::archive::error::ArchiveError;
use crate::archive::event::Event;
use crate::model::capture::{Candidate, Capture, LinkContext};
use crate::model::withdrawal::{Withdrawal, Withdrawals};

/// The file of the ledger, in the archive's folder.
pub const LEDGER: &str = "withdrawn.jsonl";

/// Adds the decisions of one archive's ledger to that of another folder, those
/// that it has already left out.
///
/// # Errors
///
/// Fails when the disk does or a line of either is damaged.
pub fn carry_over(from: &Path, to: &Path) -> Result<(), ArchiveError> {
    let mut ledger = Ledger::in_folder(to);
    for withdrawal in Ledger::in_folder(from).read()?.iter() {
        if !ledger.read()?.iter().any(|known| known == withdrawal) {
            ledger.append(withdrawal)?;
        }
    }
    Ok(())
}

/// What was withdrawn, as far as it was read.
#[derive(Debug)]
pub(super) struct Ledger {
    path: PathBuf,
    withdrawals: Withdrawals,
    /// First byte not read yet.
    read_to: u64,
}

impl Ledger {
    /// That of an archive's folder; a file that does not exist is an empty one.
    pub(super) fn in_folder(dir: &Path) -> Self {
        Self {
            path: dir.join(LEDGER),
            withdrawals: Withdrawals::default(),
            read_to: 0,
        }
    }

    /// Everything in it now. A last line without its line end is passed over:
    /// its writer was killed before the decision held.
    pub(super) fn read(&mut self) -> Result<&Withdrawals, ArchiveError> {
        let length = fs::metadata(&self.path).map_or(0, |found| found.len());
        if length > self.read_to {
            self.read_on()?;
        }
        Ok(&self.withdrawals)
    }

    /// Whether the bytes of a new capture must not be kept. Where erased bytes
    /// come back at another address, that address is noted as well.
    pub(super) fn meet(&mut self, capture: &Capture) -> Result<bool, ArchiveError> {
        let withdrawn = self.read()?;
        let (digest, url) = (&capture.digest, &capture.final_url);
        if withdrawn.erases_url(url) {
            return Ok(true);
        }
        if capture.length == 0 || !withdrawn.erases_digest(digest) {
            return Ok(false);
        }
        self.append(&Withdrawal {
            at: capture.received_at,
            reason: "the same bytes as what was withdrawn before".to_owned(),
            is_erased: true,
            ids: BTreeSet::new(),
            digests: BTreeSet::from([digest.clone()]),
            urls: BTreeSet::from([url.clone()]),
            fingerprints: Vec::new(),
        })?;
        Ok(true)
    }

    /// Adds a decision; it has reached the disk when this returns.
    pub(super) fn append(&mut self, withdrawal: &Withdrawal) -> Result<(), ArchiveError> {
        let mut line = serde_json::to_vec(withdrawal).expect("a withdrawal is plain data");
        line.push(b'\n');
        let open = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&self.path);
        let mut file = open.map_err(ArchiveError::io("open", &self.path))?;
        // Held until the file is closed.
        file.lock().map_err(ArchiveError::io("lock", &self.path))?;
        self.read()?;
        let end = self.read_to;
        file.set_len(end)
            .and_then(|()| file.seek(SeekFrom::Start(end)))
            .and_then(|_| file.write_all(&line))
            .and_then(|()| file.sync_all())
            .map_err(ArchiveError::io("write to", &self.path))?;
        self.read()?;
        Ok(())
    }

    fn read_on(&mut self) -> Result<(), ArchiveError> {
        let failed = |fault| ArchiveError::io("read", &self.path)(fault);
        let mut reader = BufReader::new(File::open(&self.path).map_err(failed)?);
        let start = reader.seek(SeekFrom::Start(self.read_to));
        start.map_err(failed)?;
        let mut line = Vec::new();
        loop {
            line.clear();
            reader
                .read_until(b'\n', &mut line)
                .map_err(ArchiveError::io("read", &self.path))?;
            if line.last() != Some(&b'\n') {
                return Ok(());
            }
            let withdrawal =
                serde_json::from_slice(&line).map_err(|fault| ArchiveError::Damaged {
                    path: self.path.clone(),
                    offset: self.read_to,
                    reason: fault.to_string(),
                })?;
            self.withdrawals.add(withdrawal);
            self.read_to += line.len() as u64;
        }
    }
}

/// Takes what an erased page said about a link out of an event: the words
/// around a link are words of the page.
pub(super) fn redact(event: &mut Event, withdrawn: &Withdrawals) {
    let candidate = match event {
        Event::Captured(kept) => &mut kept.capture.candidate,
        Event::Aliased(alias) => &mut alias.candidate,
        Event::Failed(failure) => &mut failure.candidate,
        Event::RunStarted(_) | Event::RunFinished(_) => return,
    };
    if quotes(candidate, withdrawn) {
        candidate.context = LinkContext {
            page: candidate.context.page.take(),
            ..LinkContext::default()
        };
    }
}

/// Whether the words around a link are those of an erased page.
pub(super) fn quotes(candidate: &Candidate, withdrawn: &Withdrawals) -> bool {
    let context = &candidate.context;
    let is_bare = *context
        == LinkContext {
            page: context.page.clone(),
            ..LinkContext::default()
        };
    let page = context.page.as_ref();
    !is_bare && page.is_some_and(|page| withdrawn.erases_url(page))
}
