//! Reads WARC files from end to end: to find what the look-up file does not
//! know yet, and to build it anew.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use crate::archive::error::ArchiveError;
use crate::archive::event::{Event, Line, Place};
use crate::archive::group::{NOTES_TYPE, TRUNCATED};
use crate::archive::record::{Record, find};

/// No record of ours is larger unpacked.
pub(super) const RECORD_LIMIT: u64 = 2 << 30;

/// What a file holds from some byte on.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// Whole events in order.
    pub(super) lines: Vec<Line>,
    /// First byte after the last whole event; what follows is torn.
    pub(super) end: u64,
}

/// Reads the events of a file from byte `start` on. A damaged record is passed
/// over when whole ones follow; when none do, the file is torn there.
pub(super) fn scan(path: &Path, start: u64) -> Result<Scanned, ArchiveError> {
    let mut reader = open_at(path, start)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut scanned = Scanned {
        lines: Vec::new(),
        end: start,
    };
    let mut payload = None;
    loop {
        let begin = reader.position;
        let Ok(record) = Record::from_member(&mut reader, RECORD_LIMIT) else {
            let next = next_member(path, begin).map_err(ArchiveError::io("read", path))?;
            let Some(next) = next else {
                return Ok(scanned);
            };
            tracing::warn!(file.path = %path.display(), "Passed over damaged bytes {begin} to {next}");
            reader = open_at(path, next)?;
            payload = None;
            continue;
        };
        match record.header("WARC-Type") {
            Some("warcinfo") => scanned.end = reader.position,
            Some("response") if record.header(TRUNCATED).is_none() => payload = Some(begin),
            Some("response" | "revisit") => payload = None,
            Some("metadata") if record.header("Content-Type") == Some(NOTES_TYPE) => {
                let Ok(event) = serde_json::from_slice::<Event>(&record.block) else {
                    return Ok(scanned);
                };
                scanned.end = reader.position;
                scanned.lines.push(Line {
                    event,
                    place: Place {
                        file: name.clone().into_owned(),
                        payload: payload.take(),
                        notes: begin,
                        end: reader.position,
                    },
                });
            }
            _ => {}
        }
    }
}

/// Reads one record at a known place.
pub(super) fn record_at(path: &Path, offset: u64) -> Result<Record, ArchiveError> {
    Ok(record_and_end(path, offset)?.0)
}

/// Reads one record at a known place, and gives the first byte after it.
pub(super) fn record_and_end(path: &Path, offset: u64) -> Result<(Record, u64), ArchiveError> {
    let damaged = |fault: io::Error| ArchiveError::Damaged {
        path: path.to_owned(),
        offset,
        reason: fault.to_string(),
    };
    let mut reader = open_at(path, offset)?;
    let record = Record::from_member(&mut reader, RECORD_LIMIT).map_err(damaged)?;
    Ok((record, reader.position))
}

fn open_at(path: &Path, start: u64) -> Result<Counted, ArchiveError> {
    let file = File::open(path).map_err(ArchiveError::io("open", path))?;
    Counted::at(file, start).map_err(ArchiveError::io("read", path))
}

/// Where the next whole record begins after a byte that does not begin one.
fn next_member(path: &Path, after: u64) -> io::Result<Option<u64>> {
    const MAGIC: &[u8] = &[0x1f, 0x8b, 0x08];
    let mut rest = Vec::new();
    Counted::at(File::open(path)?, after)?.read_to_end(&mut rest)?;
    let mut from = 1;
    while let Some(found) = rest.get(from..).and_then(|rest| find(rest, MAGIC)) {
        let begin = from + found;
        if Record::from_member(&rest[begin..], RECORD_LIMIT).is_ok() {
            return Ok(Some(after + begin as u64));
        }
        from = begin + 1;
    }
    Ok(None)
}

/// A reader that knows how many bytes were taken from it.
struct Counted {
    inner: BufReader<File>,
    position: u64,
}

impl Counted {
    fn at(mut file: File, start: u64) -> io::Result<Self> {
        file.seek(SeekFrom::Start(start))?;
        Ok(Self {
            inner: BufReader::new(file),
            position: start,
        })
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.position += read as u64;
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.position += amount as u64;
        self.inner.consume(amount);
    }
}
