//! One WARC/1.1 record: made into a gzip member, and read back from one.
//!
//! The format is ISO 28500:2017. Every record is a gzip member of its own, so
//! that any record can be read by seeking to it.

use std::fmt::Write as _;
use std::io::{self, BufRead, Read, Write as _};

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// First line of every record we write.
const VERSION: &str = "WARC/1.1";

/// A record before it is written.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// `WARC-Type`.
    pub(super) kind: &'static str,
    /// `WARC-Record-ID` without its brackets.
    pub(super) id: String,
    /// `WARC-Date`.
    pub(super) date: Timestamp,
    /// `Content-Type` of the block.
    pub(super) content_type: &'static str,
    /// Further WARC headers in order.
    pub(super) headers: Vec<(&'static str, String)>,
    /// The parts of the block, one after the other.
    pub(super) block: Vec<&'a [u8]>,
}

impl Draft<'_> {
    /// The record as a gzip member.
    pub(super) fn to_member(&self) -> Vec<u8> {
        let mut digest = Sha256::new();
        self.block.iter().for_each(|part| digest.update(part));
        let length: usize = self.block.iter().map(|part| part.len()).sum();
        let mut head = format!(
            "{VERSION}\r\nWARC-Type: {}\r\nWARC-Record-ID: <{}>\r\nWARC-Date: {}\r\n",
            self.kind, self.id, self.date
        );
        for (name, value) in &self.headers {
            push_header(&mut head, name, value);
        }
        let digest = format!("sha256:{}", hex(&digest.finalize()));
        push_header(&mut head, "WARC-Block-Digest", &digest);
        push_header(&mut head, "Content-Type", self.content_type);
        push_header(&mut head, "Content-Length", &length.to_string());
        head.push_str("\r\n");
        member(&head, &self.block)
    }
}

/// Head and block as a gzip member.
fn member(head: &str, block: &[&[u8]]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    let parts = std::iter::once(head.as_bytes()).chain(block.iter().copied());
    for part in parts.chain([b"\r\n\r\n".as_slice()]) {
        member.write_all(part).expect("a Vec takes every byte");
    }
    member.finish().expect("a Vec takes every byte")
}

/// Adds a header line. A value cannot begin another header.
pub(super) fn push_header(head: &mut String, name: &str, value: &str) {
    let value = value.replace(['\r', '\n'], " ");
    write!(head, "{name}: {value}\r\n").expect("a String takes every character");
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes every character");
        text
    })
}

/// A record id that no other record has: the same facts give the same id, so a
/// replayed test writes the same bytes.
pub(super) fn record_id(facts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for fact in facts {
        digest.update((fact.len() as u64).to_le_bytes());
        digest.update(fact.as_bytes());
    }
    let mut bytes = digest.finalize();
    // Version 8 (made by rules of one's own) and variant of RFC 9562.
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let text = hex(&bytes[..16]);
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..]
    )
}

/// A record as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// WARC headers in order.
    pub(super) headers: Vec<(String, String)>,
    /// The block.
    pub(super) block: Vec<u8>,
}

impl Record {
    /// The first header of this name, whatever its case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        super::headers::header(&self.headers, name)
    }

    /// The record as a gzip member, with the digest and length of the block that
    /// it has now.
    pub(super) fn to_member(&self) -> Vec<u8> {
        let mut head = format!("{VERSION}\r\n");
        for (name, value) in &self.headers {
            let value = match name.as_str() {
                "WARC-Block-Digest" => format!("sha256:{}", hex(&Sha256::digest(&self.block))),
                "Content-Length" => self.block.len().to_string(),
                _ => value.clone(),
            };
            push_header(&mut head, name, &value);
        }
        head.push_str("\r\n");
        member(&head, &[&self.block])
    }

    /// Reads the record of one gzip member and leaves the reader behind it.
    ///
    /// # Errors
    ///
    /// Fails on a member that is cut off, damaged, or larger than `limit`
    /// bytes unpacked.
    pub(super) fn from_member(reader: impl BufRead, limit: u64) -> io::Result<Self> {
        let mut unpacked = Vec::new();
        let mut member = GzDecoder::new(reader).take(limit + 1);
        member.read_to_end(&mut unpacked)?;
        if unpacked.len() as u64 > limit {
            return Err(invalid(format!("is over {limit} bytes unpacked")));
        }
        Self::parse(&unpacked)
    }

    /// The headers in a record's head, whose first line is the version.
    pub(super) fn headers_of(head: &str) -> Vec<(String, String)> {
        head.split("\r\n")
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect()
    }

    /// Reads an unpacked record.
    pub(super) fn parse(bytes: &[u8]) -> io::Result<Self> {
        let end = find(bytes, b"\r\n\r\n").ok_or_else(|| invalid("has no end of headers"))?;
        let head = std::str::from_utf8(&bytes[..end]).map_err(invalid)?;
        if !head.starts_with("WARC/1.") {
            return Err(invalid("does not begin with WARC/1"));
        }
        let headers = Self::headers_of(head);
        let length: usize = super::headers::header(&headers, "content-length")
            .and_then(|length| length.parse().ok())
            .ok_or_else(|| invalid("has no usable Content-Length"))?;
        let block = bytes[end + 4..]
            .get(..length)
            .ok_or_else(|| invalid("is shorter than its Content-Length"))?;
        Ok(Self {
            headers,
            block: block.to_vec(),
        })
    }
}

/// An error for a record that is not well-formed.
pub(super) fn invalid(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// Where `needle` begins in `bytes`.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}
