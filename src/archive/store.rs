//! The writing half: appends events, remembers which payloads are kept, and
//! mends what a killed writer left.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::archive::error::ArchiveError;
use crate::archive::event::{Event, Kept, Line, Place};
use crate::archive::files::{append_to, cut, file_name_of, lock, number_of, warc_files};
use crate::archive::group::{Body, Group, Original};
use crate::archive::headers::{content_type, file_name, header};
use crate::archive::ledger::{Ledger, redact};
use crate::archive::lookup::Lines;
use crate::archive::scan::scan;
use crate::archive::{Deposit, LOOKUP};
use crate::model::capture::{Capture, Fetched, Hop};
use crate::model::digest::Digest;
use crate::model::withdrawal::{Withdrawal, Withdrawals};

/// A new WARC file is begun when the last one is longer.
const ROLL_BYTES: u64 = 1 << 30;

/// What is kept, and where to write more.
#[derive(Debug)]
pub(super) struct Store {
    dir: PathBuf,
    originals: HashMap<Digest, Original>,
    ledger: Ledger,
    /// How far the look-up file has been read.
    read_to: u64,
    /// `None` when opened for reading only.
    writer: Option<Writer>,
}

impl Store {
    pub(super) fn open(dir: &Path) -> Result<Self, ArchiveError> {
        fs::create_dir_all(dir).map_err(ArchiveError::io("make", dir))?;
        let lock = lock(dir)?;
        let mut store = Self {
            dir: dir.to_owned(),
            originals: HashMap::new(),
            ledger: Ledger::in_folder(dir),
            read_to: 0,
            writer: None,
        };
        let mended = store.read().and_then(|ends| store.catch_up(&ends));
        let (file, length) = match mended {
            Ok(last) => last,
            Err(ArchiveError::Damaged { .. }) => store.rebuild()?,
            Err(fault) => return Err(fault),
        };
        store.writer = Some(Writer::open(dir, file, length, lock)?);
        Ok(store)
    }

    pub(super) fn open_read_only(dir: &Path) -> Result<Self, ArchiveError> {
        // Without it the archive would seem empty.
        let is_lost = !dir.join(LOOKUP).exists();
        if is_lost && warc_files(dir).is_ok_and(|files| !files.is_empty()) {
            drop(Self::open(dir)?);
        }
        let mut store = Self {
            dir: dir.to_owned(),
            originals: HashMap::new(),
            ledger: Ledger::in_folder(dir),
            read_to: 0,
            writer: None,
        };
        store.read()?;
        Ok(store)
    }

    /// Where a payload is kept. A reader looks again for what a writer has
    /// added since.
    pub(super) fn original(&mut self, digest: &Digest) -> Result<Original, ArchiveError> {
        if !self.originals.contains_key(digest) && self.writer.is_none() {
            self.read()?;
        }
        self.originals
            .get(digest)
            .cloned()
            .ok_or_else(|| ArchiveError::NoSuchPayload {
                digest: digest.to_string(),
            })
    }

    pub(super) fn deposit(&mut self, deposit: &Deposit) -> Result<Capture, ArchiveError> {
        let kept = kept(deposit);
        let is_erased = self.ledger.meet(&kept.capture)?;
        let mut event = Event::Captured(Box::new(kept));
        redact(&mut event, self.ledger.read()?);
        let Event::Captured(kept) = &event else {
            unreachable!("made just above");
        };
        let capture = kept.capture.clone();
        // Nothing is saved by pointing to an empty body.
        let original = self.originals.get(&capture.digest);
        let body = match original.filter(|_| capture.length > 0) {
            _ if is_erased => Body::Withheld,
            Some(original) => Body::Kept(original),
            None => Body::New,
        };
        let group = Group::of_answer(deposit, &capture.digest, &event, body);
        self.append(&group, event)?;
        Ok(capture)
    }

    pub(super) fn note(
        &mut self,
        event: Event,
        hops: &[Hop],
        asked: &[(String, String)],
    ) -> Result<(), ArchiveError> {
        let mut event = event;
        redact(&mut event, self.ledger.read()?);
        self.append(&Group::of_event(&event, hops, asked), event)
    }

    /// What was withdrawn, as it stands now.
    pub(super) fn withdrawn(&mut self) -> Result<&Withdrawals, ArchiveError> {
        self.ledger.read()
    }

    pub(super) fn withdraw(&mut self, withdrawal: &Withdrawal) -> Result<(), ArchiveError> {
        self.ledger.append(withdrawal)
    }

    pub(super) fn sync(&mut self) -> Result<(), ArchiveError> {
        match &self.writer {
            Some(writer) => writer.sync(),
            None => Ok(()),
        }
    }

    fn append(&mut self, group: &Group, event: Event) -> Result<(), ArchiveError> {
        let writer = self.writer.as_mut().ok_or_else(|| ArchiveError::ReadOnly {
            path: self.dir.clone(),
        })?;
        let place = writer.append(group, event.at())?;
        let line = Line { event, place };
        writer.append_line(&line)?;
        self.remember(&line);
        Ok(())
    }

    fn remember(&mut self, line: &Line) {
        if let (Event::Captured(kept), Some(offset)) = (&line.event, line.place.payload) {
            let capture = &kept.capture;
            self.originals
                .entry(capture.digest.clone())
                .or_insert_with(|| Original {
                    file: line.place.file.clone(),
                    offset,
                    uri: capture.final_url.clone(),
                    date: capture.received_at,
                });
        }
    }

    /// Reads the look-up file from where it was left; gives the end of the last event per WARC file.
    fn read(&mut self) -> Result<BTreeMap<String, u64>, ArchiveError> {
        let mut ends = BTreeMap::new();
        let mut lines = Lines::open(&self.dir.join(LOOKUP), self.read_to)?;
        for line in lines.by_ref() {
            let line = line?;
            self.remember(&line);
            ends.insert(line.place.file, line.place.end);
        }
        self.read_to = lines.position;
        Ok(ends)
    }

    /// Cuts torn ends and adds events that the look-up file does not know.
    /// Gives the last WARC file and its length.
    fn catch_up(&mut self, ends: &BTreeMap<String, u64>) -> Result<(String, u64), ArchiveError> {
        let lookup = self.dir.join(LOOKUP);
        cut(&lookup, self.read_to)?;
        let mut last = (file_name_of(1), 0);
        let mut new = Vec::new();
        for file in warc_files(&self.dir)? {
            let path = self.dir.join(&file);
            let length = fs::metadata(&path)
                .map_err(ArchiveError::io("read", &path))?
                .len();
            let known = ends.get(&file).copied().unwrap_or(0);
            if length < known {
                return Err(ArchiveError::Damaged {
                    path,
                    offset: length,
                    reason: "the look-up file knows more than the file holds".to_owned(),
                });
            }
            let scanned = scan(&path, known)?;
            cut(&path, scanned.end)?;
            new.extend(scanned.lines);
            last = (file, scanned.end);
        }
        self.append_found(&new)?;
        Ok(last)
    }

    fn append_found(&mut self, lines: &[Line]) -> Result<(), ArchiveError> {
        let path = self.dir.join(LOOKUP);
        let mut file = append_to(&path)?;
        for line in lines {
            file.write_all(&to_json(line))
                .map_err(ArchiveError::io("write to", &path))?;
            self.remember(line);
        }
        Ok(())
    }

    /// Builds the look-up file anew from the WARC files.
    fn rebuild(&mut self) -> Result<(String, u64), ArchiveError> {
        let lookup = self.dir.join(LOOKUP);
        tracing::warn!(file.path = %lookup.display(), "The look-up file does not fit the archive and is built anew");
        cut(&lookup, 0)?;
        self.originals.clear();
        self.read_to = 0;
        self.catch_up(&BTreeMap::new())
    }
}

/// Appends to the last WARC file and the look-up file.
#[derive(Debug)]
struct Writer {
    dir: PathBuf,
    warc: File,
    file: String,
    length: u64,
    lookup: File,
    /// Held as long as the archive is open.
    _lock: File,
}

impl Writer {
    fn open(dir: &Path, file: String, length: u64, lock: File) -> Result<Self, ArchiveError> {
        Ok(Self {
            warc: append_to(&dir.join(&file))?,
            lookup: append_to(&dir.join(LOOKUP))?,
            dir: dir.to_owned(),
            file,
            length,
            _lock: lock,
        })
    }

    fn append(&mut self, group: &Group, at: Timestamp) -> Result<Place, ArchiveError> {
        if self.length > ROLL_BYTES {
            self.roll()?;
        }
        let mut bytes = Vec::new();
        if self.length == 0 {
            bytes = Group::opening(&self.file, at);
        }
        let start = self.length + bytes.len() as u64;
        bytes.extend_from_slice(&group.bytes);
        let path = self.dir.join(&self.file);
        self.warc
            .write_all(&bytes)
            .map_err(ArchiveError::io("write to", &path))?;
        self.length += bytes.len() as u64;
        Ok(Place {
            file: self.file.clone(),
            payload: group.payload.map(|offset| start + offset),
            notes: start + group.notes,
            end: self.length,
        })
    }

    fn append_line(&mut self, line: &Line) -> Result<(), ArchiveError> {
        self.lookup
            .write_all(&to_json(line))
            .map_err(ArchiveError::io("write to", &self.dir.join(LOOKUP)))
    }

    fn roll(&mut self) -> Result<(), ArchiveError> {
        self.sync()?;
        let number = 1 + number_of(&self.file).unwrap_or(0);
        self.file = file_name_of(number);
        self.warc = append_to(&self.dir.join(&self.file))?;
        self.length = 0;
        Ok(())
    }

    fn sync(&self) -> Result<(), ArchiveError> {
        let sync = |file: &File, name: &str| {
            file.sync_data()
                .map_err(ArchiveError::io("write to", &self.dir.join(name)))
        };
        sync(&self.warc, &self.file)?;
        sync(&self.lookup, LOOKUP)
    }
}

/// What we know of an answer beyond its bytes.
fn kept(deposit: &Deposit) -> Kept {
    let fetched = &deposit.fetched;
    let owned = |name| header(&fetched.headers, name).map(str::to_owned);
    Kept {
        capture: capture_of(fetched, deposit.unchanged.as_ref()),
        purpose: deposit.purpose,
        run: deposit.run,
        redirected_by: fetched.hops.iter().map(|hop| hop.url.clone()).collect(),
        is_nofollow: deposit.is_nofollow,
        is_recheck: deposit.is_recheck,
        etag: owned("etag"),
        last_modified: owned("last-modified"),
    }
}

/// The capture that an answer becomes when it is kept. For an answer of 304,
/// `unchanged` is the capture that still holds, and the new one speaks of the
/// same bytes.
#[must_use]
pub fn capture_of(fetched: &Fetched, unchanged: Option<&Capture>) -> Capture {
    let (media_type, charset) = content_type(&fetched.headers);
    let fresh = Capture {
        candidate: fetched.candidate.clone(),
        final_url: fetched.final_url.clone(),
        status: fetched.status,
        media_type,
        charset,
        file_name: file_name(&fetched.headers),
        digest: Digest::of(&fetched.body),
        length: fetched.body.len() as u64,
        received_at: fetched.received_at,
    };
    match unchanged.filter(|_| fetched.status == 304) {
        None => fresh,
        Some(unchanged) => Capture {
            media_type: unchanged.media_type.clone(),
            charset: unchanged.charset.clone(),
            file_name: unchanged.file_name.clone(),
            digest: unchanged.digest.clone(),
            length: unchanged.length,
            ..fresh
        },
    }
}

fn to_json(line: &Line) -> Vec<u8> {
    let mut text = serde_json::to_vec(line).expect("our own types have no maps with odd keys");
    text.push(b'\n');
    text
}
