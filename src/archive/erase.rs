//! Takes withdrawn bytes out of the WARC files.
//!
//! In: the look-up lines and what was withdrawn. Out: the same WARC files
//! without the bodies that are to be erased and without what erased pages said
//! about their links; each record that lost something stays, with the headers,
//! digest and length it had. Each file is replaced whole, and the look-up file
//! is built anew from them: a kill at any point leaves one or the other, and
//! the next run goes on.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::archive::error::ArchiveError;
use crate::archive::event::{Event, Line};
use crate::archive::group::{PAYLOAD_DIGEST, TRUNCATED};
use crate::archive::ledger::{Ledger, quotes, redact};
use crate::archive::lookup::Lines;
use crate::archive::record::{Record, find};
use crate::archive::scan::{record_and_end, record_at};
use crate::archive::{Archive, LOOKUP};
use crate::model::withdrawal::Withdrawals;

/// Ends the name of a WARC file that is being written.
const UNFINISHED: &str = ".new";

/// Records to rewrite: by file, the first byte of each.
type Affected = BTreeMap<String, Vec<u64>>;

impl Archive {
    /// Erases from the archive in a folder what the ledger says is to be
    /// erased. Gives how many records lost something; 0 when it was done
    /// before.
    ///
    /// # Errors
    ///
    /// Fails when the disk does, when a record is damaged, and, changing
    /// nothing, when another process is writing to the archive.
    pub fn erase(dir: &Path) -> Result<usize, ArchiveError> {
        let mut ledger = Ledger::in_folder(dir);
        let withdrawn = ledger.read()?;
        if !withdrawn.iter().any(|withdrawal| withdrawal.is_erased) {
            return Ok(0);
        }
        // Mends what a killed writer left, so that the look-up file is whole, and
        // keeps other writers out.
        let archive = Self::open(dir)?;
        let affected = affected(dir, withdrawn)?;
        if affected.is_empty() {
            return Ok(0);
        }
        // Without it, whoever opens the archive next builds it anew. With it,
        // they would look in the wrong places.
        remove(&dir.join(LOOKUP))?;
        for (file, records) in &affected {
            rewrite(&dir.join(file), records, withdrawn)?;
        }
        drop(archive);
        drop(Self::open(dir)?);
        Ok(affected.values().map(Vec::len).sum())
    }
}

/// Bodies to erase, and notes that quote an erased page.
fn affected(dir: &Path, withdrawn: &Withdrawals) -> Result<Affected, ArchiveError> {
    let mut affected = Affected::new();
    for line in Lines::open(&dir.join(LOOKUP), 0)? {
        let line = line?;
        let records = [
            line.place.payload.filter(|_| is_erased(&line, withdrawn)),
            is_quoting(dir, &line, withdrawn)?.then_some(line.place.notes),
        ];
        let records: Vec<u64> = records.into_iter().flatten().collect();
        if !records.is_empty() {
            affected.entry(line.place.file).or_default().extend(records);
        }
    }
    for records in affected.values_mut() {
        records.sort_unstable();
    }
    Ok(affected)
}

fn is_erased(line: &Line, withdrawn: &Withdrawals) -> bool {
    let Event::Captured(kept) = &line.event else {
        return false;
    };
    let capture = &kept.capture;
    capture.length > 0
        && (withdrawn.erases_digest(&capture.digest) || withdrawn.erases_url(&capture.final_url))
}

/// Whether the notes of an event hold words of an erased page: around the link
/// that led to it, or, in notes of earlier versions, around those found in it.
fn is_quoting(dir: &Path, line: &Line, withdrawn: &Withdrawals) -> Result<bool, ArchiveError> {
    let asked = line.event.candidate();
    if asked.is_some_and(|candidate| quotes(candidate, withdrawn)) {
        return Ok(true);
    }
    if !is_erased(line, withdrawn) {
        return Ok(false);
    }
    let record = record_at(&dir.join(&line.place.file), line.place.notes)?;
    let notes: Result<serde_json::Value, _> = serde_json::from_slice(&record.block);
    Ok(notes.is_ok_and(|notes| notes.get("found").is_some()))
}

/// Puts a file without the content of these records in the place of a file.
fn rewrite(path: &Path, records: &[u64], withdrawn: &Withdrawals) -> Result<(), ArchiveError> {
    let new = PathBuf::from(format!("{}{UNFINISHED}", path.display()));
    let written = ArchiveError::io("write to", &new);
    let mut from = File::open(path).map_err(ArchiveError::io("open", path))?;
    let mut to = File::create(&new).map_err(ArchiveError::io("open", &new))?;
    let mut position = 0;
    for &offset in records {
        let (record, end) = record_and_end(path, offset)?;
        let record = emptied(path, offset, record, withdrawn)?;
        copy(&mut from, &mut to, position, Some(offset))
            .and_then(|()| to.write_all(&record.to_member()))
            .map_err(ArchiveError::io("write to", &new))?;
        position = end;
    }
    copy(&mut from, &mut to, position, None)
        .and_then(|()| to.sync_all())
        .map_err(written)?;
    fs::rename(&new, path).map_err(ArchiveError::io("replace", path))
}

/// The record without what is erased.
fn emptied(
    path: &Path,
    offset: u64,
    mut record: Record,
    withdrawn: &Withdrawals,
) -> Result<Record, ArchiveError> {
    if record.header("WARC-Type") == Some("metadata") {
        let event = serde_json::from_slice(&record.block);
        let mut event = event.map_err(|fault| ArchiveError::Damaged {
            path: path.to_owned(),
            offset,
            reason: fault.to_string(),
        })?;
        redact(&mut event, withdrawn);
        record.block = serde_json::to_vec(&event).expect("our own types have no odd keys");
    } else {
        let head = find(&record.block, b"\r\n\r\n").map_or(0, |head| head + 4);
        record.block.truncate(head);
        // The notes keep the digest; here it would speak of other bytes.
        record.headers.retain(|(name, _)| name != PAYLOAD_DIGEST);
        record
            .headers
            .push((TRUNCATED.to_owned(), "unspecified".to_owned()));
    }
    Ok(record)
}

/// Copies the bytes from `start` to `end`, or to the end of the file.
fn copy(from: &mut File, to: &mut File, start: u64, end: Option<u64>) -> io::Result<()> {
    from.seek(SeekFrom::Start(start))?;
    let length = end.map_or(u64::MAX, |end| end - start);
    io::copy(&mut io::Read::by_ref(from).take(length), to)?;
    Ok(())
}

fn remove(path: &Path) -> Result<(), ArchiveError> {
    match fs::remove_file(path) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => {
            Err(ArchiveError::io("remove", path)(fault))
        }
        _ => Ok(()),
    }
}
