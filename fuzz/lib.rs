//! What the fuzz targets share: bytes as a payload, a part of an office file
//! as the whole file.

use std::io::{Cursor, Write as _};

use jiff::Timestamp;
use lessons::extract::extract;
use lessons::model::capture::{Candidate, Capture, LinkContext, Payload};
use lessons::model::digest::Digest;
use url::Url;
use zip::write::SimpleFileOptions;

/// Reads a file that begins as files of its format do. A document or a reason
/// will do; a panic, a hang or unbounded memory will not.
pub fn read(magic: &[u8], data: &[u8]) {
    let mut bytes = magic.to_vec();
    bytes.extend_from_slice(data.strip_prefix(magic).unwrap_or(data));
    let _ = extract(&payload(bytes));
}

/// Reads an office file in which one part is what was given, so that damage
/// reaches the reader and not only the archive around it.
pub fn read_part(name: &str, others: &[(&str, &str)], data: &[u8]) {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = others.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, part) in parts.chain([(name, data)]) {
        let written = archive
            .start_file(name, SimpleFileOptions::default())
            .map(|()| archive.write_all(part));
        if !matches!(written, Ok(Ok(()))) {
            return;
        }
    }
    if let Ok(file) = archive.finish() {
        let _ = extract(&payload(file.into_inner()));
    }
}

fn payload(bytes: Vec<u8>) -> Payload {
    let url: Url = "file:///".parse().expect("a constant address");
    let candidate = Candidate {
        partnership: "fuzz".parse().expect("a constant name"),
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
