//! The catalogue gives back what was recorded, says what changed, and can be
//! read by anyone with an SQLite tool.

use std::path::{Path, PathBuf};

use lessons::catalogue::{Catalogue, CatalogueError, Failure, Stage};
use lessons::model::analysis::Status;
use lessons::model::entry::Entry;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::entries::{document, response, review, time};

/// A catalogue in a scratch folder that goes with it.
struct Scratch {
    folder: TempDir,
    catalogue: Catalogue,
}

impl Scratch {
    fn new() -> Self {
        let folder = TempDir::new().expect("a scratch folder");
        let catalogue =
            Catalogue::open(&folder.path().join("catalogue.sqlite")).expect("a catalogue");
        Self { folder, catalogue }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("catalogue.sqlite")
    }

    fn sql(&self, query: &str) -> Vec<String> {
        let connection = Connection::open(self.path()).expect("a database");
        let mut select = connection.prepare(query).expect("a query");
        let rows = select
            .query_map([], |row| row.get::<_, String>(0))
            .expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    }
}

fn kestrel() -> Entry {
    review("northmere", "kestrel")
        .title("Child Kestrel")
        .subject("Child Kestrel")
        .published("2021-03")
        .theme("neglect")
        .theme("information-sharing")
        .recommendation(
            "1",
            "Police should share.",
            7,
            &["police"],
            &["information-sharing"],
        )
        .lesson("u1", "Fathers were unseen.", 5, &["fathers-and-men"])
        .build()
}

#[test]
fn an_entry_comes_back_as_it_was_recorded() {
    let mut scratch = Scratch::new();
    let entry = kestrel();
    assert!(scratch.catalogue.record(&entry).unwrap());

    assert_eq!(
        scratch.catalogue.entry(&entry.id).unwrap(),
        Some(entry.clone())
    );
    assert_eq!(scratch.catalogue.entries().unwrap().len(), 1);
    assert_eq!(
        scratch
            .catalogue
            .entries_of(entry.id.partnership())
            .unwrap(),
        [entry]
    );
    let elsewhere = "westhaven".parse().unwrap();
    assert_eq!(scratch.catalogue.entries_of(&elsewhere).unwrap(), []);
}

#[test]
fn a_closed_catalogue_opens_again_with_all_it_held() {
    let mut scratch = Scratch::new();
    let entry = kestrel();
    scratch.catalogue.record(&entry).unwrap();
    scratch
        .catalogue
        .set_meta("crawl.finished", "2026-03-04")
        .unwrap();
    let mark = scratch.catalogue.mark().unwrap();
    scratch.catalogue = Catalogue::open(&scratch.path()).unwrap();

    assert_eq!(scratch.catalogue.entry(&entry.id).unwrap(), Some(entry));
    assert_eq!(
        scratch.catalogue.meta("crawl.finished").unwrap().as_deref(),
        Some("2026-03-04")
    );
    assert_eq!(scratch.catalogue.mark().unwrap(), mark);
}

#[test]
fn the_revision_grows_with_each_change_and_not_otherwise() {
    let mut scratch = Scratch::new();
    let entry = kestrel();
    let failure = Failure {
        url: entry.url.clone(),
        digest: Some(entry.digest.clone()),
        stage: Stage::Extract,
        reason: "file is not a readable PDF".to_owned(),
        at: time("2026-01-01T00:00:00Z"),
    };
    let paper = document(&entry, &[("Introduction", &["Text."])]);
    let mut seen = vec![scratch.catalogue.revision().unwrap()];
    let catalogue = &mut scratch.catalogue;
    let mut note = |catalogue: &Catalogue, grows: bool| {
        let now = catalogue.revision().unwrap();
        assert_eq!(
            now > *seen.last().unwrap(),
            grows,
            "after {} changes",
            seen.len()
        );
        seen.push(now);
    };

    catalogue.record(&entry).unwrap();
    note(catalogue, true);
    assert!(!catalogue.record(&entry).unwrap());
    note(catalogue, false);
    catalogue.put_document(&paper, "extract-1").unwrap();
    note(catalogue, true);
    catalogue.record_failure(&failure).unwrap();
    note(catalogue, true);
    catalogue.clear_failure(&failure.url, Stage::Fetch).unwrap();
    note(catalogue, false);
    catalogue
        .clear_failure(&failure.url, Stage::Extract)
        .unwrap();
    note(catalogue, true);
    assert!(catalogue.remove(&entry.id).unwrap());
    note(catalogue, true);
    assert!(!catalogue.remove(&entry.id).unwrap());
    note(catalogue, false);
}

#[test]
fn a_follower_learns_of_changes_and_of_entries_linked_with_them() {
    let mut scratch = Scratch::new();
    let catalogue = &mut scratch.catalogue;
    let (first, other) = (kestrel(), review("westhaven", "heron").build());
    let answer = response("northmere", "kestrel-response")
        .responds_to(&first)
        .build();
    catalogue.record(&first).unwrap();
    catalogue.record(&other).unwrap();
    let start = catalogue.changes_since(None).unwrap();
    assert!(start.is_whole);
    assert_eq!(start.recorded.len(), 2);

    catalogue.record(&answer).unwrap();
    let next = catalogue.changes_since(Some(&start.mark)).unwrap();
    assert!(!next.is_whole);
    let mut expected = vec![first.id.clone(), answer.id.clone()];
    expected.sort();
    assert_eq!(
        next.recorded, expected,
        "the review shows its response, so it changed too"
    );
    assert_eq!(catalogue.linked_with(&first.id).unwrap()[0], answer);
    assert_eq!(catalogue.linked_with(&answer.id).unwrap()[0], first);

    catalogue
        .put_document(&document(&other, &[]), "extract-1")
        .unwrap();
    let read = catalogue.changes_since(Some(&next.mark)).unwrap();
    assert_eq!(read.recorded, [other.id]);

    catalogue.remove(&answer.id).unwrap();
    let last = catalogue.changes_since(Some(&read.mark)).unwrap();
    assert_eq!(last.recorded, [first.id]);
    assert_eq!(last.removed, [answer.id]);
}

#[test]
fn the_mark_of_another_file_starts_a_follower_anew() {
    let (mut one, mut two) = (Scratch::new(), Scratch::new());
    one.catalogue.record(&kestrel()).unwrap();
    two.catalogue.record(&kestrel()).unwrap();
    let mark = one.catalogue.mark().unwrap();

    let changes = two.catalogue.changes_since(Some(&mark)).unwrap();
    assert!(changes.is_whole);
    assert_eq!(changes.recorded.len(), 1);
}

#[test]
fn documents_are_kept_by_digest_with_the_rules_that_read_them() {
    let mut scratch = Scratch::new();
    let entry = kestrel();
    let paper = document(&entry, &[("Introduction", &["The review began."])]);
    assert_eq!(scratch.catalogue.document(&entry.digest).unwrap(), None);
    scratch.catalogue.put_document(&paper, "extract-1").unwrap();

    assert_eq!(
        scratch.catalogue.document(&entry.digest).unwrap(),
        Some(paper)
    );
    assert!(
        scratch
            .catalogue
            .is_processed(&entry.digest, "extract-1")
            .unwrap()
    );
    assert!(
        !scratch
            .catalogue
            .is_processed(&entry.digest, "extract-2")
            .unwrap()
    );
}

#[test]
fn a_removed_entry_takes_its_rows_and_its_document_with_it() {
    let mut scratch = Scratch::new();
    let entry = kestrel();
    scratch.catalogue.record(&entry).unwrap();
    let paper = document(&entry, &[("Introduction", &["The review began."])]);
    scratch.catalogue.put_document(&paper, "extract-1").unwrap();
    scratch.catalogue.remove(&entry.id).unwrap();

    assert_eq!(scratch.catalogue.document(&entry.digest).unwrap(), None);
    for table in [
        "entries",
        "entry_facts",
        "items",
        "answers",
        "links",
        "documents",
    ] {
        let count = scratch.sql(&format!("SELECT CAST(count(*) AS TEXT) FROM {table}"));
        assert_eq!(count, ["0"], "{table}");
    }
}

#[test]
fn failures_are_kept_until_the_stage_succeeds() {
    let mut scratch = Scratch::new();
    let failure = Failure {
        url: "http://www.northmere.example/a.pdf".parse().unwrap(),
        digest: None,
        stage: Stage::Fetch,
        reason: "the server answered 500".to_owned(),
        at: time("2026-01-01T00:00:00Z"),
    };
    let later = Failure {
        at: time("2026-01-02T00:00:00Z"),
        ..failure.clone()
    };
    scratch.catalogue.record_failure(&failure).unwrap();
    scratch.catalogue.record_failure(&later).unwrap();
    assert_eq!(scratch.catalogue.failures().unwrap(), [later]);

    scratch
        .catalogue
        .clear_failure(&failure.url, Stage::Fetch)
        .unwrap();
    assert_eq!(scratch.catalogue.failures().unwrap(), []);
}

#[test]
fn people_with_an_sqlite_tool_find_facts_items_and_answers_as_rows() {
    let mut scratch = Scratch::new();
    let entry = kestrel();
    scratch.catalogue.record(&entry).unwrap();
    let answer = response("northmere", "kestrel-response")
        .answer("1", "A protocol was signed.", Status::Completed, 2)
        .responds_to(&entry)
        .build();
    scratch.catalogue.record(&answer).unwrap();

    let themes = "SELECT value FROM entry_facts WHERE fact = 'theme' ORDER BY position";
    assert_eq!(scratch.sql(themes), ["neglect", "information-sharing"]);
    let addressed =
        "SELECT items.text FROM items, json_each(items.addressed) WHERE json_each.value = 'police'";
    assert_eq!(scratch.sql(addressed), ["Police should share."]);
    let answered = "SELECT answers.action FROM items
        JOIN links ON links.target = items.entry AND links.relation = 'responds-to'
        JOIN answers ON answers.entry = links.entry AND answers.recommendation = items.id
        WHERE items.sort = 'recommendation' AND answers.status = 'completed'";
    assert_eq!(scratch.sql(answered), ["A protocol was signed."]);
}

#[test]
fn readers_see_what_the_writer_has_committed() {
    let mut scratch = Scratch::new();
    let reader = Catalogue::open_read_only(&scratch.path()).unwrap();
    let entry = kestrel();
    scratch.catalogue.record(&entry).unwrap();
    assert_eq!(reader.entry(&entry.id).unwrap(), Some(entry));
}

#[test]
fn files_that_are_no_catalogue_of_ours_are_refused() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("missing.sqlite");
    let refused = Catalogue::open_read_only(&missing).unwrap_err();
    assert!(matches!(refused, CatalogueError::Open { .. }), "{refused}");

    check_version(folder.path(), 999, |error| {
        matches!(error, CatalogueError::TooNew { .. })
    });
    check_version(folder.path(), 0, |error| {
        matches!(error, CatalogueError::TooOld { .. })
    });
}

#[track_caller]
fn check_version(folder: &Path, version: u32, is_expected: fn(&CatalogueError) -> bool) {
    let path = folder.join(format!("{version}.sqlite"));
    let connection = Connection::open(&path).expect("a database");
    connection
        .pragma_update(None, "user_version", version)
        .expect("a version");
    let refused = Catalogue::open_read_only(&path).expect_err("a version we do not know");
    assert!(is_expected(&refused), "{refused}");
}

#[test]
fn a_damaged_row_is_named() {
    let mut scratch = Scratch::new();
    let entry = kestrel();
    scratch.catalogue.record(&entry).unwrap();
    let connection = Connection::open(scratch.path()).unwrap();
    connection
        .execute("UPDATE entries SET body = '{'", [])
        .unwrap();

    let refused = scratch.catalogue.entry(&entry.id).unwrap_err();
    assert!(
        refused.to_string().contains(&entry.id.to_string()),
        "{refused}"
    );
}
