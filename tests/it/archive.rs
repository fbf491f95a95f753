//! The archive as other web-archive tools see it.

use std::path::Path;
use std::process::Command;

use lessons::archive::{Archive, Deposit, Purpose, import_warc};
use lessons::model::capture::{Candidate, Fetched, Hop, LinkContext};

/// `warcio check` (from PyPI) reads every record and compares every digest.
/// Where it is not installed there is nothing to compare with; `scripts/test`
/// installs it.
#[test]
fn our_warc_files_are_what_warcio_calls_valid() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    fill(dir.path());
    let file = dir.path().join("lessons-00001.warc.gz");
    let Ok(check) = Command::new("warcio").arg("check").arg(&file).output() else {
        return;
    };
    let said = String::from_utf8_lossy(&check.stdout);
    assert!(check.status.success(), "{said}");
    let index = Command::new("warcio")
        .args(["index", "-f", "warc-type"])
        .arg(&file)
        .output()
        .expect("warcio runs");
    let index = String::from_utf8_lossy(&index.stdout).replace(['{', '}', '"'], "");
    let kinds: Vec<_> = index
        .lines()
        .filter_map(|line| line.strip_prefix("warc-type: "))
        .collect();
    let answer = ["request", "response", "request"];
    let expected = [
        &["warcinfo"][..],
        &answer,
        &["response", "metadata"],
        &answer,
        &["revisit", "metadata"],
    ];
    assert_eq!(kinds, expected.concat());
}

/// Two answers with the same body, each after a redirect.
fn fill(dir: &Path) {
    let archive = Archive::open(dir).expect("an archive");
    for path in ["/a", "/b"] {
        archive.deposit(&answer(path)).expect("stored");
    }
}

fn answer(path: &str) -> Deposit {
    let received_at = "2026-01-02T03:04:06.5Z".parse().expect("a time");
    let url = |path: &str| format!("http://n.example{path}").parse().expect("a URL");
    let fetched = Fetched {
        candidate: Candidate {
            partnership: "northmere".parse().expect("an id"),
            url: url(path),
            context: LinkContext::default(),
            depth: 1,
        },
        hops: vec![Hop {
            url: url("/old"),
            status: 301,
            headers: vec![("Location".to_owned(), path.to_owned())],
            received_at,
        }],
        asked: vec![("User-Agent".to_owned(), "lessons".to_owned())],
        final_url: url(path),
        status: 200,
        headers: vec![
            ("Content-Type".to_owned(), "text/html".to_owned()),
            ("Content-Encoding".to_owned(), "gzip".to_owned()),
        ],
        body: "<p>Adroddiad Llŷn</p>".repeat(99).into_bytes(),
        received_at,
    };
    Deposit::plain(fetched, Purpose::Content, None)
}

/// What comes of each sample: answers taken in, and whether the file was read
/// to its end. `None` for a file that is refused as a whole.
const SAMPLES: &[(&str, Option<(u32, bool)>)] = &[
    ("bad.arc", None),
    ("example-bad-non-chunked.warc.gz", Some((1, true))),
    ("example-bad.warc.gz.bad", Some((1, true))),
    ("example-digest.warc", Some((0, true))),
    ("example-iana.org-chunked.warc", Some((1, true))),
    ("example-resource.warc.gz", Some((1, true))),
    ("example-space-in-target-uri.warc.gz", Some((0, true))),
    ("example-space-in-url.arc", None),
    ("example-trunc.warc", Some((0, false))),
    ("example-wget-bad-target-uri.warc.gz", Some((1, true))),
    ("example-wrong-chunks.warc.gz", Some((1, true))),
    ("example.arc", None),
    ("example.arc.gz", None),
    ("example.warc", Some((1, true))),
    ("example.warc.gz", Some((1, true))),
    ("post-test.warc.gz", Some((3, true))),
];

#[test]
fn archives_made_by_other_tools_are_read_or_refused_cleanly() {
    for (name, expected) in SAMPLES {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let archive = Archive::open(dir.path()).expect("an archive");
        let file = Path::new("tests/fixtures/warc").join(name);
        let partnership = "northmere".parse().expect("an id");
        let imported = import_warc(&archive, &file, &partnership);
        let found = imported
            .as_ref()
            .ok()
            .map(|imported| (imported.stored, imported.broken_off.is_none()));
        assert_eq!(found, *expected, "{name}: {imported:?}");
        for capture in archive.captures().expect("captures") {
            let capture = capture.expect("a capture");
            archive.payload(&capture).expect("its bytes");
        }
    }
}
