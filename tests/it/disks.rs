//! Folders that may not be written, disks that are full, and clocks that jump.

#![expect(clippy::print_stdout, reason = "says what cannot be tried here")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use jiff::Timestamp;
use lessons::archive::Archive;
use lessons::crawl::{Crawler, Silent, crawl_partnership};
use lessons::model::partnership::SiteRules;
use lessons::pipeline::Stores;

use crate::api::entries;
use crate::crawl::{partnership, settings};
use crate::support::index::fill;
use crate::support::program::Program;
use crate::support::test_site::{Answer, TestSite};

/// A user that owns nothing, and runs nothing but what follows.
const NOBODY: &str = "setpriv --reuid=65534 --regid=65534 --clear-groups --";
/// A name space of one's own, in which file systems can be mounted.
const APART: &str = "unshare --mount";

/// As the unit in `deploy/` runs it: one user writes, another only reads.
#[test]
fn whoever_may_only_read_serves_and_changes_nothing() {
    let program = Program::new().with("LESSONS_SERVE_LISTEN", "127.0.0.1:0");
    let data = program.path("data");
    fs::create_dir(&data).unwrap();
    fill(&Stores::in_folder(&data), &entries());
    let open_to_all = |path: &Path| {
        let mode = if path.is_dir() { 0o555 } else { 0o444 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    // What others write is left readable: only folders and the way to them are
    // opened here.
    let folders = [program.path("."), data.clone(), data.join("search")];
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| is_of_root(&own));
    if is_root && !can(NOBODY, &[env!("CARGO_BIN_EXE_lessons"), "--version"]) {
        println!("skipped: nobody else can run the program here");
        return;
    }
    for folder in &folders {
        open_to_all(folder);
    }
    let before = names(&data);
    let by = if is_root { NOBODY } else { "env" };

    for stage in [&["process"][..], &["reindex", "--all"]] {
        let ended = program.run_by(by, stage);
        assert_eq!(ended.code, 2, "{ended:?}");
        let is_named = ["archive", "catalogue", "search index"]
            .iter()
            .any(|store| ended.stderr.contains(store));
        assert!(is_named && !ended.stderr.contains("panicked"), "{ended:?}");
    }
    let found = program.run_by(by, &["search", "neglect", "--json"]);
    assert_eq!(found.code, 0, "{found:?}");
    let (running, line) = program.start_by(by, "http://", &["serve"]);
    let address = line.rsplit("http://").next().unwrap().trim();
    for path in ["/api/v1/health/ready", "/reviews?q=neglect", "/coverage"] {
        let answer = ask(address, path);
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }
    drop(running);
    assert_eq!(names(&data), before);
    for folder in &folders {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// A file system of eight megabytes.
#[test]
fn a_file_system_that_is_full_is_named() {
    if !can(APART, &["mount", "-t", "tmpfs", "none", "/mnt"]) {
        println!("skipped: nothing can be mounted here");
        return;
    }
    let program = Program::new();
    let data = program.path("data");
    fs::create_dir(&data).unwrap();
    fill(&Stores::in_folder(&data), &entries());
    fs::create_dir(program.path("small")).unwrap();
    let script = "mount -t tmpfs -o size=8m none small && cp -r data small/; \
                  head -c 20000000 /dev/zero >small/filler 2>/dev/null; \
                  exec \"$0\" --data small/data \"$@\"";
    for (stage, thing) in [
        (&["reindex", "--all"][..], "search index"),
        (&["backup", "small/copy"], "copied"),
        (&["snapshot", "small/published"], "published"),
    ] {
        let ended = program.run_script(APART, script, stage);
        assert!([1, 2].contains(&ended.code), "{stage:?}: {ended:?}");
        assert!(ended.stderr.contains(thing), "{stage:?}: {ended:?}");
        assert!(!ended.stderr.contains("panicked"), "{stage:?}: {ended:?}");
    }
}

#[tokio::test]
async fn a_clock_that_jumps_loses_no_capture() {
    let links = "<a href='/a.pdf'>Child A</a><a href='/b.pdf'>Child B</a>";
    let page = format!("<html><body><main><h1>Reviews</h1>{links}</main></body></html>");
    let site = TestSite::default()
        .page("/", &page)
        .route("/a.pdf", Answer::pdf("a"))
        .route("/b.pdf", Answer::pdf("b"))
        .serve()
        .await;
    let folder = tempfile::tempdir().unwrap();
    let mut before = 0;
    for moment in [
        "2026-03-01T00:00:00Z",
        "2040-01-01T00:00:00Z",
        "2001-01-01T00:00:00Z",
        "2026-03-02T00:00:00Z",
    ] {
        let now: Timestamp = moment.parse().unwrap();
        let crawler = Crawler::new(settings(), Arc::new(move || now)).unwrap();
        let archive = Archive::open(folder.path()).unwrap();
        let partnership = partnership(&site.url("/"));
        let rules = SiteRules::default();
        let report = crawl_partnership(&crawler, &archive, &partnership, &rules, &Silent);
        report.await.unwrap();
        drop(archive);
        let archive = Archive::open_read_only(folder.path()).unwrap();
        let captures: Vec<_> = archive.captures().unwrap().map(Result::unwrap).collect();
        assert!(captures.len() > before, "{moment}");
        before = captures.len();
        for capture in &captures {
            archive.payload(capture).unwrap();
        }
    }
}

fn is_of_root(own: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(own) == 0
}

/// Whether a command can be run by another.
fn can(by: &str, command: &[&str]) -> bool {
    let mut words = by.split(' ').chain(command.iter().copied());
    let ran = Command::new(words.next().unwrap()).args(words).output();
    ran.is_ok_and(|output| output.status.success())
}

fn ask(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: n\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Every file in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(self::names(&path));
        }
        names.push(path.display().to_string());
    }
    names.sort();
    names
}
