//! Copies of a data folder, and back.

use std::fs;

use lessons::archive::Archive;

use crate::cli::fetched;
use crate::support::program::Program;

#[test]
fn a_copy_brings_everything_back_but_what_was_withdrawn_since() {
    let program = filled();
    program.run(&["process"]).well();
    let export = program.run(&["export"]).well();
    assert_eq!(export.lines().count(), 2);
    program.run(&["backup", "copy"]).well();
    let reason = program.run(&["backup", "copy"]).refused();
    assert!(reason.contains("`copy` is not empty"), "{reason}");

    let restored = ["--data", "restored"];
    program
        .run(&[&["restore", "copy"][..], &restored].concat())
        .well();
    assert_eq!(
        program.run(&[&["export"][..], &restored].concat()).well(),
        export
    );
    let again = program
        .run(&[&["process", "--json"][..], &restored].concat())
        .well();
    assert!(again.contains("\"processed\":0"), "{again}");
    let reason = program
        .run(&[&["restore", "copy"][..], &restored].concat())
        .refused();
    assert!(reason.contains("is not empty"), "{reason}");

    let url = "http://www.northmerescp.example/one";
    program
        .run(&["withdraw", url, "--reason", "asked for", "--erase"])
        .well();
    let later = program.path("later/archive");
    fs::create_dir_all(&later).unwrap();
    let ledger = "archive/withdrawn.jsonl";
    fs::copy(
        program.path("data").join(ledger),
        later.join("withdrawn.jsonl"),
    )
    .unwrap();
    program.run(&["restore", "copy", "--data", "later"]).well();
    let export = program.run(&["export", "--data", "later"]).well();
    assert_eq!(export.lines().count(), 1, "{export}");
    let shown = program.run(&["search", "absence", "--data", "later"]);
    assert!(!shown.stdout.contains(url), "{shown:?}");
}

#[test]
fn a_copy_that_is_not_whole_is_not_restored() {
    let program = filled();
    program.run(&["backup", "copy"]).well();
    let restore = |reason: &str| {
        let said = program
            .run(&["restore", "copy", "--data", "restored"])
            .refused();
        assert!(said.contains(reason), "{said}");
        assert!(!program.path("restored/archive").exists());
    };
    let warc = program.path("copy/archive/lessons-00001.warc.gz");
    let mut bytes = fs::read(&warc).unwrap();
    bytes[100] ^= 1;
    fs::write(&warc, bytes).unwrap();
    restore("is not what the manifest says");
    let manifest = program.path("copy/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("archive/", "archive/../../")).unwrap();
    restore("is no copy");
    fs::remove_file(&manifest).unwrap();
    restore("is no copy");
}

fn filled() -> Program {
    let program = Program::on_bundled_sites(([127, 0, 0, 1], 9).into());
    let archive = Archive::open(&program.path("data/archive")).unwrap();
    for (path, said) in [("one", "absence"), ("two", "neglect")] {
        let page = format!("<h1>Child {path}</h1><p>A review about {said}.</p>");
        let answer = fetched(path, "text/html", page.as_bytes());
        archive.store(answer).unwrap();
    }
    program
}
