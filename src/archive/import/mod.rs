//! Takes in what was fetched by others: WARC files of a web archive, and plain
//! documents.
//!
//! In: a file and whose it is. Out: captures in the archive, and [`Imported`].
//! A record that cannot be used is counted with its reason and does not end the
//! import.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use url::Url;

use crate::archive::Archive;
use crate::archive::coding::undo_codings;
use crate::archive::error::ArchiveError;
use crate::archive::event::Event;
use crate::archive::headers::header;
use crate::archive::http;
use crate::archive::record::{Record, invalid};
use crate::model::capture::{Candidate, Fetched, LinkContext};
use crate::model::ids::PartnershipId;

/// Longer records are passed over.
const RECORD_LIMIT: u64 = 512 << 20;
/// No line of a WARC header is longer.
const LINE_LIMIT: u64 = 64 << 10;

/// Where a plain document came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Whose publication it is.
    pub partnership: PartnershipId,
    /// Where it was published.
    pub url: Url,
    /// When it was had from there.
    pub received_at: Timestamp,
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Answers that are now in the archive.
    pub stored: u32,
    /// Records passed over, by reason.
    pub skipped: BTreeMap<String, u32>,
    /// Where and why the file could not be read to its end; what came before
    /// is in the archive.
    pub broken_off: Option<String>,
}

/// A file that cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The disk said no.
    #[error("cannot read `{path}`")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's account.
        #[source]
        source: io::Error,
    },
    /// It is not a WARC file.
    #[error("`{path}` is not a WARC file: {reason}")]
    NotWarc {
        /// The file.
        path: PathBuf,
        /// What it is instead, as far as can be told.
        reason: String,
    },
    /// The archive is in doubt.
    #[error("cannot keep what was read")]
    Archive {
        /// What went wrong.
        #[from]
        source: ArchiveError,
    },
}

/// Whether a file begins like one of a web archive, readable or not: a WARC
/// file, a file of the older ARC form, or either of them packed.
///
/// # Errors
///
/// Fails when the file cannot be read.
pub fn is_web_archive(path: &Path) -> Result<bool, ImportError> {
    let file = File::open(path).and_then(|file| {
        let mut file = BufReader::new(file);
        Ok(file.fill_buf()?.to_vec())
    });
    let head = file.map_err(|source| ImportError::Io {
        path: path.to_owned(),
        source,
    })?;
    let beginnings: [&[u8]; 3] = [&[0x1f, 0x8b], b"WARC/", b"filedesc:"];
    Ok(beginnings
        .iter()
        .any(|beginning| head.starts_with(beginning)))
}

/// Takes in a plain document.
///
/// # Errors
///
/// Fails when the file cannot be read or kept.
pub fn import_file(
    archive: &Archive,
    path: &Path,
    source: Source,
) -> Result<Imported, ImportError> {
    let body = std::fs::read(path).map_err(|fault| ImportError::Io {
        path: path.to_owned(),
        source: fault,
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let disposition = format!("attachment; filename=\"{}\"", name.replace('"', ""));
    let headers = vec![("Content-Disposition".to_owned(), disposition)];
    archive.store(fetched(source, 200, headers, body))?;
    Ok(Imported {
        stored: 1,
        ..Imported::default()
    })
}

/// Takes in the answers of a WARC file, packed or not, as captures of a
/// partnership. Answers that are here already are passed over, so that a file
/// can be imported twice without harm.
///
/// # Errors
///
/// Fails when the file is not a WARC file at all, and when its answers cannot
/// be kept.
pub fn import_warc(
    archive: &Archive,
    path: &Path,
    partnership: &PartnershipId,
) -> Result<Imported, ImportError> {
    let mut reader = open(path).map_err(|fault| ImportError::Io {
        path: path.to_owned(),
        source: fault,
    })?;
    let mut known = known(archive, partnership)?;
    let mut imported = Imported::default();
    let mut n_records = 0_u32;
    loop {
        match next_record(&mut reader) {
            Ok(None) => break,
            Ok(Some(record)) => {
                n_records += 1;
                match answer(&record, partnership) {
                    Ok(answer) if !known.insert((answer.final_url.clone(), answer.received_at)) => {
                        imported.skip("is here already");
                    }
                    Ok(answer) => {
                        archive.store(answer)?;
                        imported.stored += 1;
                    }
                    Err(reason) => imported.skip(&reason),
                }
            }
            Err(fault) if n_records == 0 => {
                return Err(ImportError::NotWarc {
                    path: path.to_owned(),
                    reason: fault.to_string(),
                });
            }
            Err(fault) => {
                imported.broken_off = Some(format!("after {n_records} records: {fault}"));
                break;
            }
        }
    }
    archive.sync()?;
    Ok(imported)
}

impl Imported {
    fn skip(&mut self, reason: &str) {
        *self.skipped.entry(reason.to_owned()).or_default() += 1;
    }
}

/// The addresses and moments of what is here already.
fn known(
    archive: &Archive,
    partnership: &PartnershipId,
) -> Result<HashSet<(Url, Timestamp)>, ArchiveError> {
    let mut known = HashSet::new();
    for event in archive.events()? {
        if let Event::Captured(kept) = event?
            && kept.capture.candidate.partnership == *partnership
        {
            known.insert((kept.capture.final_url, kept.capture.received_at));
        }
    }
    Ok(known)
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::new(File::open(path)?);
    let is_packed = file.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    Ok(if is_packed {
        Box::new(BufReader::new(MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    })
}

/// The next record of an unpacked stream; `None` at its end.
fn next_record(reader: &mut impl BufRead) -> io::Result<Option<Record>> {
    let mut head = String::new();
    loop {
        let mut line = Vec::new();
        let read = reader
            .by_ref()
            .take(LINE_LIMIT)
            .read_until(b'\n', &mut line)?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        match (read, line.is_empty(), head.is_empty()) {
            (0, _, true) => return Ok(None),
            (0, _, false) => return Err(invalid("the file ends within a header")),
            (_, true, true) => continue,
            (_, true, false) => break,
            (_, false, _) => {}
        }
        if head.is_empty() && !line.starts_with("WARC/") {
            let start: String = line.chars().take(40).collect();
            return Err(invalid(format!("a record begins with `{start}`")));
        }
        head.push_str(line);
        head.push_str("\r\n");
    }
    let headers = Record::headers_of(&head);
    let length: u64 = header(&headers, "content-length")
        .and_then(|length| length.parse().ok())
        .ok_or_else(|| invalid("a record has no usable Content-Length"))?;
    if length > RECORD_LIMIT {
        io::copy(&mut reader.take(length), &mut io::sink())?;
        return Ok(Some(Record {
            headers,
            block: Vec::new(),
        }));
    }
    let mut block = Vec::new();
    reader.take(length).read_to_end(&mut block)?;
    if (block.len() as u64) < length {
        return Err(invalid("the file ends within a record"));
    }
    Ok(Some(Record { headers, block }))
}

/// The answer that a record holds, or why it holds none that is of use.
fn answer(record: &Record, partnership: &PartnershipId) -> Result<Fetched, String> {
    let kind = record.header("WARC-Type").unwrap_or("none");
    if !matches!(kind, "response" | "resource") {
        return Err(format!("is of type `{kind}`"));
    }
    // Some tools put the address in angle brackets.
    let uri = record.header("WARC-Target-URI").unwrap_or_default();
    let uri = uri.trim_start_matches('<').trim_end_matches('>');
    let url = Url::parse(uri).map_err(|_| "has no usable address".to_owned())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("has a `{}` address", url.scheme()));
    }
    let date = record.header("WARC-Date").unwrap_or_default();
    let received_at = date.parse().map_err(|_| "has no usable date".to_owned())?;
    let source = Source {
        partnership: partnership.clone(),
        url,
        received_at,
    };
    if kind == "resource" {
        let media_type = record.header("Content-Type").unwrap_or_default();
        let headers = vec![("Content-Type".to_owned(), media_type.to_owned())];
        return Ok(fetched(source, 200, headers, record.block.clone()));
    }
    let answer = http::parse(&record.block).ok_or("holds no HTTP answer".to_owned())?;
    if answer.status != 200 {
        return Err(format!("has status {}", answer.status));
    }
    let codings = header(&answer.headers, "content-encoding").unwrap_or_default();
    let body = match undo_codings(answer.body.clone(), codings, RECORD_LIMIT) {
        Ok(body) => body,
        Err(_) if answer.body.starts_with(&[0x1f, 0x8b]) => {
            return Err("cannot be unpacked".to_owned());
        }
        // Some tools keep the header and undo the coding.
        Err(_) => answer.body,
    };
    Ok(fetched(source, answer.status, answer.headers, body))
}

fn fetched(source: Source, status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Fetched {
    Fetched {
        candidate: Candidate {
            partnership: source.partnership,
            url: source.url.clone(),
            context: LinkContext::default(),
            depth: 0,
        },
        hops: Vec::new(),
        asked: Vec::new(),
        final_url: source.url,
        status,
        headers,
        body,
        received_at: source.received_at,
    }
}

#[cfg(test)]
mod tests;
