//! What is withdrawn is gone from everything that is served and, where that is
//! asked for, from everything that is stored; and it does not come back.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use axum::http::StatusCode;
use flate2::read::GzDecoder;
use jiff::Timestamp;
use lessons::archive::{Archive, ArchiveError, Deposit, Purpose};
use lessons::model::capture::{Candidate, Fetched, LinkContext};
use lessons::pipeline::Stores;
use serde_json::Value;
use url::Url;

use crate::support::program::Program;
use crate::support::service::TestService;

const HOST: &str = "http://www.northmerescp.example";
/// Words that stand nowhere but in the review: in its title, its text, its
/// recommendation, and the words around a link in it.
const MARKERS: [&str; 4] = ["vellorim", "quorbanth", "tressiquel", "mondarpe"];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_what_is_erased_and_it_does_not_come_back() {
    let trial = Trial::new();
    trial.keep("/review", &page(&review(0)), Some("/review"));
    trial.keep("/copy", &page(&review(0)), None);
    trial.keep(
        "/nearly",
        &page(&format!("<p>Corrected.</p>{}", review(0))),
        None,
    );
    trial.keep("/other", &page(OTHER), Some("/review"));
    trial.process();
    let service = TestService::over(&trial.stores, None);
    let id = trial.id_of("/review");
    let address = format!("/reviews/{id}");
    assert_eq!(service.get(&address, &[]).await.status, StatusCode::OK);
    for store in ["archive", "catalogue.sqlite", "search"] {
        let held = MARKERS.iter().any(|word| trial.holds(store, word));
        assert!(held, "the scan finds nothing in {store} to begin with");
    }

    let url = format!("{HOST}/review");
    let withdraw = ["withdraw", &url, "--reason", "court order 7", "--erase"];
    let told = trial
        .program
        .run(&[&withdraw[..], &["--json"]].concat())
        .well();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["ids"].as_array().unwrap().len(), 2, "{told}");
    assert_eq!(told["copies"].as_array().unwrap().len(), 1, "{told}");

    trial.holds_nothing();
    for path in [
        address.clone(),
        format!("/cy{address}"),
        format!("/documents/{id}"),
    ] {
        let page = service.get(&path, &[]).await;
        assert_eq!(page.status, StatusCode::GONE, "{path}");
        assert!(!page.body.contains("court order"), "{path}");
    }
    let problem = service.get(&format!("/api/v1{address}"), &[]).await;
    assert_eq!(problem.status, StatusCode::GONE);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert!(
        problem.body.contains("was withdrawn on"),
        "{}",
        problem.body
    );
    let export = trial.program.run(&["export"]).well();
    assert_eq!(export.lines().count(), 1, "{export}");
    let ledger = fs::read_to_string(trial.stores.archive().join("withdrawn.jsonl")).unwrap();
    assert!(ledger.contains("court order 7"), "{ledger}");

    comes_back_nowhere(&trial);

    // Nor when all that can be made anew is made anew.
    fs::remove_file(trial.stores.catalogue()).unwrap();
    fs::remove_file(trial.stores.archive().join("captures.jsonl")).unwrap();
    fs::remove_dir_all(trial.stores.search()).unwrap();
    trial.process();
    trial.holds_nothing();
    assert_eq!(trial.program.run(&["export"]).well().lines().count(), 1);
    let page = TestService::over(&trial.stores, None)
        .get(&address, &[])
        .await;
    assert_eq!(page.status, StatusCode::GONE);
}

fn comes_back_nowhere(trial: &Trial) {
    // The same bytes, at its address and at another, and new ones at its address.
    trial.keep("/review", &page(&review(0)), Some("/review"));
    trial.keep("/moved", &page(&review(0)), None);
    trial.keep("/review", &page(&review(500)), None);
    trial.process();
    trial.holds_nothing();
    // Nearly its text is sealed: a guess erases nothing.
    trial.keep("/again", &page(&format!("{}<p>More.</p>", review(0))), None);
    trial.process();
    assert_eq!(trial.program.run(&["export"]).well().lines().count(), 1);
    for store in ["catalogue.sqlite", "search"] {
        let held: Vec<_> = MARKERS
            .iter()
            .filter(|word| trial.holds(store, word))
            .collect();
        assert!(held.is_empty(), "{store}: {held:?}");
    }
    let again = format!("{HOST}/again");
    trial
        .program
        .run(&["withdraw", &again, "--reason", "the same", "--erase"])
        .well();
    trial.holds_nothing();
}

#[test]
fn what_is_sealed_stays_in_the_archive_and_nowhere_else() {
    let trial = Trial::new();
    trial.keep("/review", &page(&review(0)), None);
    trial.process();
    let id = trial.id_of("/review");
    let told = trial
        .program
        .run(&["withdraw", &id, "--reason", "asked"])
        .well();
    assert!(told.starts_with(&format!("withdrawn: {id}\n")), "{told}");
    trial.process();
    assert_eq!(trial.program.run(&["export"]).well(), "");
    assert!(trial.holds("archive", MARKERS[0]));
    assert!(!trial.holds("catalogue.sqlite", MARKERS[0]));
    trial
        .program
        .run(&["withdraw", &id, "--reason", "asked", "--erase"])
        .well();
    assert!(!trial.holds("archive", MARKERS[0]));
}

#[test]
fn what_nobody_knows_is_not_withdrawn() {
    let trial = Trial::new();
    trial.keep("/other", &page(OTHER), None);
    let refused = |arguments: &[&str]| trial.program.run(arguments).refused();
    let reason = refused(&["withdraw", "northmere/00000000", "--reason", "asked"]);
    assert!(reason.contains("nothing of that name"), "{reason}");
    let reason = refused(&["withdraw", "nonsense", "--reason", "asked"]);
    assert!(reason.contains("neither an id"), "{reason}");
    let reason = refused(&["withdraw", "northmere/00000000", "--reason", " "]);
    assert!(reason.contains("says nothing"), "{reason}");
}

/// A data folder, and the program over it.
struct Trial {
    program: Program,
    stores: Stores,
}

impl Trial {
    fn new() -> Self {
        let program = Program::on_bundled_sites(([127, 0, 0, 1], 9).into());
        let stores = Stores::in_folder(&program.path("data"));
        Self { program, stores }
    }

    /// Keeps a page with a link in it, as a crawl does.
    fn keep(&self, path: &str, body: &str, found_on: Option<&str>) {
        let url: Url = format!("{HOST}{path}").parse().unwrap();
        let linked = |from: &str, to: &str| Candidate {
            partnership: "northmere".parse().unwrap(),
            url: format!("{HOST}{to}").parse().unwrap(),
            context: LinkContext {
                page: format!("{HOST}{from}").parse().ok(),
                nearby: body.contains(MARKERS[1]).then(|| MARKERS[3].to_owned()),
                ..LinkContext::default()
            },
            depth: 1,
        };
        let fetched = Fetched {
            candidate: linked(found_on.unwrap_or("/list"), path),
            final_url: url,
            hops: Vec::new(),
            asked: Vec::new(),
            status: 200,
            headers: vec![("Content-Type".to_owned(), "text/html".to_owned())],
            body: body.as_bytes().to_vec(),
            received_at: Timestamp::UNIX_EPOCH,
        };
        let archive = open(&self.stores.archive());
        let mut deposit = Deposit::plain(fetched, Purpose::Content, None);
        // Only the review's own words count as its text.
        if found_on.is_none() {
            deposit.fetched.candidate.context = LinkContext::default();
        }
        archive.deposit(&deposit).unwrap();
    }

    fn process(&self) {
        self.program.run(&["process"]).well();
    }

    fn id_of(&self, path: &str) -> String {
        let shown = self
            .program
            .run(&["show", &format!("{HOST}{path}"), "--json"])
            .well();
        let record: Value = serde_json::from_str(&shown).unwrap();
        record["id"].as_str().unwrap().to_owned()
    }

    /// Whether a store holds a word anywhere, packed or not.
    fn holds(&self, store: &str, word: &str) -> bool {
        holds(&self.program.path("data").join(store), word.as_bytes())
            || store.ends_with("sqlite")
                && holds(
                    &self.program.path("data/catalogue.sqlite-wal"),
                    word.as_bytes(),
                )
    }

    #[track_caller]
    fn holds_nothing(&self) {
        for word in MARKERS {
            let data = self.program.path("data");
            assert!(
                !holds(&data, word.as_bytes()),
                "`{word}` is still in {}",
                data.display()
            );
        }
    }
}

/// A process that another test is starting holds every lock of this one for a
/// moment.
fn open(archive: &Path) -> Archive {
    loop {
        match Archive::open(archive) {
            Err(ArchiveError::Locked { .. }) => std::thread::yield_now(),
            opened => return opened.unwrap(),
        }
    }
}

fn holds(path: &Path, word: &[u8]) -> bool {
    if path.is_dir() {
        let mut inside = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        return inside.any(|path| holds(&path, word));
    }
    let Ok(bytes) = fs::read(path) else {
        return false;
    };
    let is_in = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    let packed = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(&[0x1f, 0x8b, 8]));
    let unpacked = packed.map(|at| {
        let mut unpacked = Vec::new();
        // What is no gzip after all ends in an error after what it gave.
        let _ = GzDecoder::new(&bytes[at..]).read_to_end(&mut unpacked);
        unpacked
    });
    is_in(&bytes) || unpacked.into_iter().any(|unpacked| is_in(&unpacked))
}

fn page(content: &str) -> String {
    format!("<!doctype html><html lang=en><title>Review</title><main>{content}</main></html>")
}

/// A review, its made-up words numbered from here.
fn review(first: usize) -> String {
    let narrative: Vec<String> = (0..100)
        .map(|line| {
            let words: Vec<String> = (0..12)
                .map(|word| format!("w{}", (first + line * 12 + word) * 7919 % 10_007))
                .collect();
            format!(
                "<p>The review heard about {} {}.</p>",
                MARKERS[1],
                words.join(" ")
            )
        })
        .collect();
    format!(
        "<h1>Local Child Safeguarding Practice Review: Child {}</h1>\
         <p>Published March 2021</p><h2>Introduction</h2><h2>Methodology</h2>\
         <h2>Family background</h2>{}<h2>Analysis of practice</h2><h2>Findings</h2>\
         <h2>Recommendations</h2>\
         <p>Recommendation 1: The partnership should seek assurance about {}.</p>\
         <p>Recommendation 2: Police should share information with health visitors.</p>",
        MARKERS[0],
        narrative.join(""),
        MARKERS[2]
    )
}

const OTHER: &str = "<h1>Local Child Safeguarding Practice Review: Child Heron</h1>\
    <p>Published June 2019</p><h2>Recommendations</h2>\
    <p>Recommendation 1: Schools should tell the partnership about absence.</p>";
