//! What the archive keeps, and what it still knows after a writer was killed.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::model::capture::{Candidate, LinkContext};

#[test]
fn what_is_stored_comes_back_with_its_bytes() {
    let dir = scratch();
    let archive = Archive::open(dir.path()).expect("an archive");
    let capture = archive.store(answer("/a.pdf", b"%PDF a")).expect("stored");
    assert_eq!(capture.media_type, "application/pdf");
    assert_eq!(capture.file_name.as_deref(), Some("a.pdf"));
    let payload = archive.payload(&capture).expect("its bytes");
    assert_eq!(payload.bytes, b"%PDF a");
    assert_eq!(captures(&archive), [capture]);
}

#[test]
fn a_body_kept_before_is_not_written_again() {
    let dir = scratch();
    let archive = Archive::open(dir.path()).expect("an archive");
    // Incompressible, so that a second copy would show.
    let body: Vec<u8> = (0..50_000_u64)
        .map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8)
        .collect();
    archive.store(answer("/a.pdf", &body)).expect("stored");
    let before = warc_length(dir.path());
    let again = archive.store(answer("/b.pdf", &body)).expect("stored");
    assert!(warc_length(dir.path()) - before < 5_000);
    assert_eq!(archive.payload(&again).expect("its bytes").bytes, body);
}

#[test]
fn captures_of_robots_and_sitemaps_are_not_documents() {
    let dir = scratch();
    let archive = Archive::open(dir.path()).expect("an archive");
    for purpose in [Purpose::Robots, Purpose::Sitemap, Purpose::Content] {
        let deposit = deposit(answer("/robots.txt", b"User-agent: *"), purpose);
        archive.deposit(&deposit).expect("stored");
    }
    assert_eq!(captures(&archive).len(), 1);
    assert_eq!(archive.events().expect("events").count(), 3);
}

#[test]
fn a_writer_killed_at_any_byte_loses_at_most_what_it_was_writing() {
    let whole = scratch();
    let mut ends = vec![0];
    {
        let archive = Archive::open(whole.path()).expect("an archive");
        for path in ["/a", "/b", "/a"] {
            archive
                .store(answer(path, path.as_bytes()))
                .expect("stored");
            ends.push(warc_length(whole.path()));
        }
    }
    let bytes = fs::read(warc(whole.path())).expect("a WARC file");
    for cut in (0..=bytes.len()).step_by(7) {
        let dir = scratch();
        fs::write(warc(dir.path()), &bytes[..cut]).expect("a torn copy");
        let archive = Archive::open(dir.path()).expect("an archive");
        let expected = ends
            .iter()
            .skip(1)
            .filter(|end| **end <= cut as u64)
            .count();
        assert_eq!(captures(&archive).len(), expected, "cut at {cut}");
        archive.store(answer("/c", b"after")).expect("stored");
        drop(archive);
        let archive = Archive::open(dir.path()).expect("an archive");
        assert_eq!(captures(&archive).len(), expected + 1, "cut at {cut}");
    }
}

#[test]
fn the_look_up_file_is_built_anew_from_the_warc_files() {
    let dir = scratch();
    let archive = Archive::open(dir.path()).expect("an archive");
    for path in ["/a", "/b"] {
        archive.store(answer(path, b"same")).expect("stored");
    }
    drop(archive);
    let lookup = dir.path().join(LOOKUP);
    let good = fs::read_to_string(&lookup).expect("a look-up file");
    let torn = &good[..good.len() - 9];
    let garbled = good.replacen('{', "?", 1);
    for damaged in ["", torn, &garbled, &good] {
        fs::write(&lookup, damaged).expect("a damaged copy");
        let archive = Archive::open(dir.path()).expect("an archive");
        assert_eq!(captures(&archive).len(), 2);
        drop(archive);
        assert_eq!(fs::read_to_string(&lookup).expect("a look-up file"), good);
    }
}

#[test]
fn damage_in_the_middle_costs_one_record_and_nothing_after_it() {
    let dir = scratch();
    let archive = Archive::open(dir.path()).expect("an archive");
    let mut ends = Vec::new();
    for path in ["/a", "/b", "/c"] {
        archive
            .store(answer(path, path.as_bytes()))
            .expect("stored");
        ends.push(warc_length(dir.path()));
    }
    drop(archive);
    let mut bytes = fs::read(warc(dir.path())).expect("a WARC file");
    let (first, second) = (ends[0] as usize, ends[1] as usize);
    bytes[first + 40..second - 40].fill(0);
    fs::write(warc(dir.path()), &bytes).expect("a damaged copy");
    fs::remove_file(dir.path().join(LOOKUP)).expect("no look-up file");
    let archive = Archive::open(dir.path()).expect("an archive");
    let paths: Vec<_> = captures(&archive)
        .iter()
        .map(|capture| capture.final_url.path().to_owned())
        .collect();
    assert_eq!(paths, ["/a", "/c"]);
}

#[test]
fn there_is_one_writer_and_any_number_of_readers() {
    let dir = scratch();
    let archive = Archive::open(dir.path()).expect("an archive");
    assert!(matches!(
        Archive::open(dir.path()),
        Err(ArchiveError::Locked { .. })
    ));
    let reader = Archive::open_read_only(dir.path()).expect("a reader");
    archive.store(answer("/a", b"a")).expect("stored");
    assert_eq!(captures(&reader).len(), 1);
    assert!(matches!(
        reader.store(answer("/b", b"b")),
        Err(ArchiveError::ReadOnly { .. })
    ));
}

#[test]
fn a_reader_finds_what_a_writer_kept_after_it_was_opened() {
    let dir = scratch();
    let archive = Archive::open(dir.path()).expect("an archive");
    let reader = Archive::open_read_only(dir.path()).expect("a reader");
    let capture = archive.store(answer("/a", b"a")).expect("stored");
    assert_eq!(reader.payload(&capture).expect("its bytes").bytes, b"a");
}

fn scratch() -> TempDir {
    tempfile::tempdir().expect("a scratch folder")
}

fn warc(dir: &Path) -> PathBuf {
    dir.join("lessons-00001.warc.gz")
}

fn warc_length(dir: &Path) -> u64 {
    fs::metadata(warc(dir)).expect("a WARC file").len()
}

fn captures(archive: &Archive) -> Vec<Capture> {
    let captures = archive.captures().expect("a look-up file");
    captures
        .map(|capture| capture.expect("a capture"))
        .collect()
}

fn run() -> RunId {
    RunId("2026-01-02T03:04:05Z".parse().expect("a time"))
}

fn candidate(path: &str) -> Candidate {
    Candidate {
        partnership: "oakmoor".parse().expect("an id"),
        url: format!("http://n.example{path}").parse().expect("a URL"),
        context: LinkContext::default(),
        depth: 1,
    }
}

fn deposit(fetched: Fetched, purpose: Purpose) -> Deposit {
    Deposit::plain(fetched, purpose, Some(run()))
}

fn answer(path: &str, body: &[u8]) -> Fetched {
    let candidate = candidate(path);
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let received_at = "2026-01-02T03:04:06.5Z".parse().expect("a time");
    Fetched {
        final_url: candidate.url.clone(),
        hops: vec![Hop {
            url: "http://n.example/old".parse().expect("a URL"),
            status: 301,
            headers: vec![header("Location", path)],
            received_at,
        }],
        asked: vec![header("User-Agent", "lessons")],
        status: 200,
        headers: vec![
            header("Content-Type", "application/pdf"),
            header("Content-Disposition", "inline; filename=\"a.pdf\""),
            header("Transfer-Encoding", "chunked"),
        ],
        body: body.to_vec(),
        received_at,
        candidate,
    }
}
