//! Says what bytes are, from the bytes alone: servers and file names lie.
//!
//! In: a payload's bytes. Out: a [`Format`].

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::extract::doc::storage::Storage;

/// How far into the file a PDF may begin: some servers put junk before it.
const PDF_HEADER_WITHIN: usize = 1_024;
/// How far into the file a page of the web shows what it is: some begin with
/// long comments.
const HTML_WITHIN: usize = 4_096;

/// The longest name of a kind that an open document gives.
const MAX_KIND_BYTES: u64 = 100;
/// Opens every old office file.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What a payload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Pdf,
    Doc,
    Docx,
    Html,
    Odt,
    Pptx,
    Rtf,
    /// Recognised or not, we do not read it.
    Other {
        media_type: &'static str,
        why: &'static str,
    },
}

pub(super) fn sniff(bytes: &[u8]) -> Format {
    if bytes.is_empty() {
        return other("application/x-empty", "the file is empty");
    }
    if find(head(bytes, PDF_HEADER_WITHIN), b"%PDF-").is_some() {
        return Format::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return sniff_zip(bytes);
    }
    if bytes.starts_with(COMPOUND) {
        return sniff_compound(bytes);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Format::Rtf;
    }
    if let Some(format) = by_magic(bytes) {
        return format;
    }
    if looks_like_html(head(bytes, HTML_WITHIN)) {
        return Format::Html;
    }
    other("application/octet-stream", "its kind is not recognised")
}

fn by_magic(bytes: &[u8]) -> Option<Format> {
    const PICTURE: &str = "a picture on its own is not read";
    const RECORDING: &str = "sound and film are not read";
    const KINDS: &[(&[u8], &str, &str)] = &[
        (b"\x89PNG\r\n", "image/png", PICTURE),
        (b"\xFF\xD8\xFF", "image/jpeg", PICTURE),
        (b"GIF8", "image/gif", PICTURE),
        (b"II*\0", "image/tiff", PICTURE),
        (b"MM\0*", "image/tiff", PICTURE),
        (b"ID3", "audio/mpeg", RECORDING),
        (b"RIFF", "application/x-riff", RECORDING),
    ];
    KINDS
        .iter()
        .find(|(magic, _, _)| bytes.starts_with(magic))
        .map(|&(_, media_type, why)| other(media_type, why))
}

fn sniff_compound(bytes: &[u8]) -> Format {
    const OTHER: &str = "of old office files only Word's are read; ask for a PDF or DOCX";
    match Storage::open(bytes) {
        Some(storage) if storage.has("WordDocument") => Format::Doc,
        Some(storage) if storage.has("EncryptedPackage") => other(
            "application/x-ole-storage",
            "the office file is encrypted and needs a password",
        ),
        _ => other("application/x-ole-storage", OTHER),
    }
}

fn sniff_zip(bytes: &[u8]) -> Format {
    const SHEET: &str = "spreadsheets are not read; ask for a PDF or DOCX";
    const OPEN: &str = "of open documents only texts are read; ask for a PDF or ODT";
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return other("application/zip", "the archive is damaged");
    };
    let mut kind = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        // A file that will not unpack is no open document.
        let _ = file.take(MAX_KIND_BYTES).read_to_string(&mut kind);
    }
    let has = |prefix: &str| {
        archive
            .file_names()
            .flatten()
            .any(|name| name.starts_with(prefix))
    };
    match kind.trim() {
        _ if has("word/") => Format::Docx,
        _ if has("ppt/") => Format::Pptx,
        _ if has("xl/") => other(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            SHEET,
        ),
        "application/vnd.oasis.opendocument.text"
        | "application/vnd.oasis.opendocument.text-template" => Format::Odt,
        _ if has("content.xml") => other("application/vnd.oasis.opendocument", OPEN),
        _ => other(
            "application/zip",
            "it is an archive that holds no document we read",
        ),
    }
}

fn looks_like_html(head: &[u8]) -> bool {
    // UTF-16 shows its letters between zeros.
    let head: Vec<u8> = head
        .iter()
        .filter(|byte| **byte != 0)
        .map(u8::to_ascii_lowercase)
        .collect();
    [
        &b"<!doctype html"[..],
        b"<html",
        b"<head",
        b"<body",
        b"<div",
        b"<p>",
        b"<h1",
    ]
    .iter()
    .any(|tag| find(&head, tag).is_some())
}

fn head(bytes: &[u8], length: usize) -> &[u8] {
    &bytes[..bytes.len().min(length)]
}

fn other(media_type: &'static str, why: &'static str) -> Format {
    Format::Other { media_type, why }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let found = match sniff(bytes) {
            Format::Pdf => "pdf",
            Format::Doc => "doc",
            Format::Docx => "docx",
            Format::Html => "html",
            Format::Odt => "odt",
            Format::Pptx => "pptx",
            Format::Rtf => "rtf",
            Format::Other { media_type, .. } => media_type,
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn bytes_say_what_they_are() {
        check(b"%PDF-1.7\n", "pdf");
        check(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4", "pdf");
        check(b"<!-- saved -->\n<!DOCTYPE html><title>x</title>", "html");
        check(b"\xff\xfe<\0h\0t\0m\0l\0>\0", "html");
        check(b"\x89PNG\r\n\x1a\n", "image/png");
        check(b"{\\rtf1 text}", "rtf");
        check(
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 cut off",
            "application/x-ole-storage",
        );
        check(b"PK\x03\x04 cut off", "application/zip");
        check(b"", "application/x-empty");
        check(b"plain words", "application/octet-stream");
    }
}
