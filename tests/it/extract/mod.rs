use std::fmt::Write as _;
use std::io::Cursor;

use jiff::Timestamp;
use lessons::extract::ocr::{Ocr, OcrError, OcrWord, Picture};
use lessons::extract::{extract, extract_with};
use lessons::model::capture::{Candidate, Capture, LinkContext, Payload};
use lessons::model::digest::Digest;
use lessons::model::document::{BlockKind, Document, TextFrom};
use url::Url;
use zip::write::SimpleFileOptions;

/// Damaged files.
mod broken;
/// What damages them.
mod damage;
/// Word files put together from parts.
mod docx;
/// Pages of the web.
mod html;
/// Layouts as designers make them.
mod layouts;
/// Old and open office files, and slides.
mod office;
/// PDF files drawn line by line.
mod pdf;

fn payload(bytes: &[u8]) -> Payload {
    let url: Url = "http://www.example.org/file".parse().unwrap();
    let candidate = Candidate {
        partnership: "example".parse().unwrap(),
        url: url.clone(),
        context: LinkContext::default(),
        depth: 0,
    };
    let capture = Capture {
        candidate,
        final_url: url,
        status: 200,
        // What the server says is not believed.
        media_type: "application/octet-stream".to_owned(),
        charset: None,
        file_name: None,
        digest: Digest::of(bytes),
        length: bytes.len() as u64,
        received_at: Timestamp::UNIX_EPOCH,
    };
    Payload {
        capture,
        bytes: bytes.to_vec(),
    }
}

/// An archive of these parts, as office files are.
fn zip<T: AsRef<[u8]>>(parts: &[(&str, T)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut archive, text.as_ref()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Reads bytes and compares the blocks, one a line after `# page`.
#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    let document = extract(&payload(bytes)).unwrap();
    assert_eq!(shown(&document).trim(), unindented(expected).trim());
}

#[track_caller]
fn check_refused(bytes: &[u8], expected: &str) {
    let refusal = extract(&payload(bytes)).unwrap_err().to_string();
    assert!(refusal.contains(expected), "{refusal}");
}

fn shown(document: &Document) -> String {
    let mut text = String::new();
    for page in &document.pages {
        let _ = writeln!(text, "# {}", page.number);
        for block in &page.blocks {
            let boxed = if block.style.boxed.is_some() {
                " boxed"
            } else {
                ""
            };
            let kind = match &block.kind {
                BlockKind::Heading { level } => format!("h{level}"),
                BlockKind::Paragraph => "p".to_owned(),
                BlockKind::ListItem { label, depth } => {
                    format!("li{depth} {}", label.as_deref().unwrap_or("•"))
                }
                BlockKind::Row {
                    table, is_header, ..
                } => {
                    format!("row{table}{}", if *is_header { " head" } else { "" })
                }
                BlockKind::Footnote => "note".to_owned(),
                BlockKind::Furniture => "furniture".to_owned(),
            };
            let _ = writeln!(text, "{kind}{boxed}: {}", block.text);
        }
    }
    text
}

fn unindented(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    lines.join("\n")
}

/// A file of one page that is a picture.
pub(super) fn scan() -> Vec<u8> {
    pdf::Drawing::new().page(pdf::Page::picture).pdf()
}

#[test]
fn files_that_are_not_read_say_why() {
    check_refused(b"", "the file is empty");
    check_refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", "old office files");
    check_refused(b"\x89PNG\r\n\x1a\n....", "picture");
    check_refused(b"PK\x03\x04 cut off", "archive");
    check_refused(b"%PDF-1.4\nnothing of the kind", "PDF");
    check_refused(b"\x00\x01\x02\x03", "not recognised");
}

/// Reads the same words on every page.
struct Parrot;

impl Ocr for Parrot {
    fn words(&self, picture: &Picture) -> Result<Vec<OcrWord>, OcrError> {
        assert!(
            picture.width >= 1_600,
            "too small to read: {}",
            picture.width
        );
        let word = |text: &str, left: f32, top: f32, line: u32| OcrWord {
            text: text.to_owned(),
            left,
            top,
            width: 25.0 * text.len() as f32,
            height: 36.0,
            confidence: 0.9,
            line,
        };
        Ok(vec![
            word("The", 200.0, 300.0, 1),
            word("Board", 300.0, 300.0, 1),
            word("should", 450.0, 300.0, 1),
            word("act", 200.0, 360.0, 2),
            word("at", 300.0, 360.0, 2),
            word("once.", 380.0, 360.0, 2),
        ])
    }
}

#[test]
fn a_picture_of_a_page_is_kept_until_an_engine_can_read_it() {
    let scan = pdf::Drawing::new()
        .page(pdf::Page::picture)
        .page(|page| page.text(72.0, 72.0, "Typed."))
        .pdf();

    let unread = extract(&payload(&scan)).unwrap();
    assert_eq!(unread.pages[0].text_from, TextFrom::NeedsOcr);
    assert_eq!(unread.pages[1].text_from, TextFrom::File);

    let read = extract_with(&payload(&scan), Some(&Parrot)).unwrap();
    assert!(matches!(read.pages[0].text_from, TextFrom::Ocr { confidence } if confidence > 0.89));
    assert_eq!(
        shown(&read),
        "# 1\np: The Board should act at once.\n# 2\np: Typed.\n"
    );
}
