//! Says what bytes are, from the bytes alone: servers and file names lie.
//!
//! In: the first and last bytes of a payload. Out: a [`Format`].

use std::io::Cursor;

use zip::ZipArchive;

/// How far into the file a PDF may begin: some servers put junk before it.
const PDF_HEADER_WITHIN: usize = 1_024;

/// What a payload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Pdf,
    Docx,
    Html,
    /// Recognised or not, we do not read it.
    Other {
        media_type: &'static str,
        why: &'static str,
    },
}

pub(super) fn sniff(bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    if find(head, b"%PDF-").is_some() {
        return Format::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return sniff_zip(bytes);
    }
    if let Some(format) = by_magic(bytes) {
        return format;
    }
    if looks_like_html(head) {
        return Format::Html;
    }
    other("application/octet-stream", "its kind is not recognised")
}

fn by_magic(bytes: &[u8]) -> Option<Format> {
    const OLD_OFFICE: &str = "old binary office files are not read; ask for a PDF or DOCX";
    const RTF: &str = "rich text files are not read; ask for a PDF or DOCX";
    const PICTURE: &str = "a picture carries no text that we read";
    const KINDS: &[(&[u8], &str, &str)] = &[
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "application/x-ole-storage",
            OLD_OFFICE,
        ),
        (b"{\\rtf", "application/rtf", RTF),
        (b"\x89PNG\r\n", "image/png", PICTURE),
        (b"\xFF\xD8\xFF", "image/jpeg", PICTURE),
        (b"GIF8", "image/gif", PICTURE),
    ];
    KINDS
        .iter()
        .find(|(magic, _, _)| bytes.starts_with(magic))
        .map(|&(_, media_type, why)| other(media_type, why))
}

fn sniff_zip(bytes: &[u8]) -> Format {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return other("application/zip", "the archive is damaged");
    };
    let has = |prefix: &str| {
        archive
            .file_names()
            .flatten()
            .any(|name| name.starts_with(prefix))
    };
    if has("word/") {
        Format::Docx
    } else {
        other(
            "application/zip",
            "it is an archive that holds no document we read",
        )
    }
}

fn looks_like_html(head: &[u8]) -> bool {
    let head = head.to_ascii_lowercase();
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

fn other(media_type: &'static str, why: &'static str) -> Format {
    Format::Other { media_type, why }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
