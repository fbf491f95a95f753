//! Kills and faults of disks end in a clear error or mend themselves, and lose
//! nothing that was reported done.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, iter};

use lessons::archive::Archive;
use lessons::catalogue::Catalogue;
use lessons::demo::corpus::Corpus;
use lessons::demo::server::CorpusServer;
use lessons::model::entry::Entry;
use lessons::pipeline::snapshot::Follower;
use lessons::search::Reader;

use crate::support::index::names;
use crate::support::program::{Ended, Program};

const SITE: &str = "northmere";
/// Kills in a usual run; `scripts/test-kills` asks for more.
const KILLS: usize = 10;
/// Sets another number of kills, and where chance begins.
const KILLS_VARIABLE: &str = "TEST_KILLS";
const SEED_VARIABLE: &str = "TEST_SEED";

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "how many kills came before an end")]
async fn a_kill_at_any_moment_of_any_stage_loses_nothing() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let whole = Program::on_bundled_sites(server.address());
    let torn = Program::on_bundled_sites(server.address());
    for program in [&whole, &torn] {
        program.run(&["crawl", SITE]).well();
        program.run(&["process"]);
    }
    let withdrawn = entries(&whole)[0].url.to_string();
    let stages: [Vec<&str>; 5] = [
        vec!["crawl", SITE],
        vec!["process", "--again"],
        vec!["reindex", "--all"],
        vec!["snapshot", "published"],
        vec!["withdraw", &withdrawn, "--reason", "asked for", "--erase"],
    ];
    // How long each takes says when it can be killed.
    let twice = |stage: &Vec<&str>| time_of(&whole, stage).min(time_of(&whole, stage));
    let times: Vec<Duration> = stages.iter().map(twice).collect();
    whole.run(&["process"]);

    let mut chance = Chance(number(SEED_VARIABLE, 7) as u64);
    let n_kills = number(KILLS_VARIABLE, KILLS);
    let mut kept = Kept::of(&torn);
    let mut counts = [0; 5];
    let (mut attempt, mut is_withdrawn) = (0, false);
    while counts.iter().sum::<usize>() < n_kills {
        assert!(attempt < 9 * n_kills, "nothing can be killed: {counts:?}");
        // What is withdrawn stays so: that stage comes once all others had their half.
        let n_stages = if attempt < n_kills / 2 { 4 } else { 5 };
        let stage = attempt % n_stages;
        attempt += 1;
        if kill_at(&torn, &stages[stage], chance.part_of(times[stage])) {
            counts[stage] += 1;
        }
        // What was decided before a kill may be carried out by any stage after it.
        is_withdrawn |= stage == 4;
        kept = kept.still_in(&torn, is_withdrawn.then_some(&withdrawn));
    }
    println!(
        "killed before their end, of {n_kills}: crawl, process, reindex, snapshot, withdraw {counts:?}"
    );
    for stage in &stages {
        let ended = torn.run(stage);
        assert!(ended.code < 2, "{stage:?}: {ended:?}");
    }
    torn.run(&["process"]);

    let told = |program: &Program| -> Vec<_> {
        let entries = entries(program).into_iter();
        entries
            .map(|entry| (entry.id, entry.analysis, entry.links))
            .collect()
    };
    assert_eq!(told(&torn), told(&whole));
    assert_eq!(digests(&torn), digests(&whole));
    let home = torn.path("home");
    Follower::new(&torn.path("published"), &home)
        .begin()
        .unwrap();
}

/// What was reported done before a kill.
struct Kept {
    digests: BTreeSet<String>,
    entries: BTreeSet<String>,
}

impl Kept {
    /// Reads every store whole.
    fn of(program: &Program) -> Self {
        let database = rusqlite::Connection::open_with_flags(
            program.path("data/catalogue.sqlite"),
            rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE,
        );
        let said: String = database
            .unwrap()
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(said, "ok");
        Reader::open(&program.path("data/search"), &names()).unwrap();
        Self {
            digests: digests(program),
            entries: entries(program)
                .iter()
                .map(|entry| entry.url.to_string())
                .collect(),
        }
    }

    #[track_caller]
    fn still_in(self, program: &Program, but: Option<&String>) -> Self {
        let now = Self::of(program);
        let is_lost = |name: &&String| {
            let is_of = |url: &String| name.starts_with(&format!("{url} ")) || *name == url;
            !but.is_some_and(is_of)
        };
        let lost = self.entries.difference(&now.entries).filter(is_lost);
        let lost: Vec<_> = lost
            .chain(self.digests.difference(&now.digests).filter(is_lost))
            .collect();
        assert!(lost.is_empty(), "{lost:?} are lost");
        now
    }
}

/// The payloads that the archive gives back whole.
fn digests(program: &Program) -> BTreeSet<String> {
    let archive = Archive::open_read_only(&program.path("data/archive")).unwrap();
    let captures = archive.captures().unwrap().filter_map(Result::ok);
    let readable = captures.filter(|capture| archive.payload(capture).is_ok());
    readable
        .map(|capture| format!("{} {:?}", capture.candidate.url, capture.digest))
        .collect()
}

fn entries(program: &Program) -> Vec<Entry> {
    let path = program.path("data/catalogue.sqlite");
    Catalogue::open_read_only(&path).unwrap().entries().unwrap()
}

fn time_of(program: &Program, stage: &[&str]) -> Duration {
    let begun = Instant::now();
    let ended = program.run(stage);
    assert!(ended.code < 2, "{stage:?}: {ended:?}");
    begun.elapsed()
}

/// Whether it was killed before its end.
fn kill_at(program: &Program, stage: &[&str], after: Duration) -> bool {
    let mut child = program.start(stage);
    thread::sleep(after);
    let has_ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    !has_ended
}

fn number(variable: &str, usual: usize) -> usize {
    let given = env::var(variable).ok();
    given.map_or(usual, |text| text.parse().expect("a number"))
}

/// A sequence that only looks random, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn part_of(&mut self, time: Duration) -> Duration {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        time.mul_f64((self.0 >> 33) as f64 / f64::from(1_u32 << 31))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_is_named_and_mended() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let program = Program::on_bundled_sites(server.address());
    program.run(&["crawl", SITE]).well();
    program.run(&["process"]);
    let n_entries = entries(&program).len();
    let catalogue = program.path("data/catalogue.sqlite");

    // A page of the catalogue: what reads it says so, and it is made anew.
    let file = File::options().write(true).open(&catalogue).unwrap();
    let size = file.metadata().unwrap().len();
    let noise: Vec<u8> = iter::repeat_n(0xA5, 4096).collect();
    for page in 1..size / 4096 {
        file.write_all_at(&noise, page * 4096).unwrap();
    }
    names_the(&program.run(&["export"]), "catalogue");
    names_the(&program.run(&["process"]), "catalogue");
    for name in [
        "catalogue.sqlite",
        "catalogue.sqlite-wal",
        "catalogue.sqlite-shm",
    ] {
        let _ = fs::remove_file(program.path("data").join(name));
    }
    program.run(&["process"]);
    assert_eq!(entries(&program).len(), n_entries);

    // A segment of the index: the next run makes it anew.
    for segment in files(&program.path("data/search"), "store") {
        cut_in_half(&segment);
    }
    let ended = program.run(&["reindex"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let found = program.run(&["search", "neglect", "--json"]);
    assert_eq!(found.code, 0, "{found:?}");

    // The last file of the archive: the torn record is lost, and the next crawl
    // fetches it again.
    let before = digests(&program).len();
    let warc = files(&program.path("data/archive"), "gz").pop().unwrap();
    let file = File::options().write(true).open(&warc).unwrap();
    file.set_len(file.metadata().unwrap().len() - 100).unwrap();
    let checked = program.run(&["check"]);
    assert!(
        checked.code < 2 || !checked.stderr.is_empty(),
        "{checked:?}"
    );
    program.run(&["crawl", SITE]).well();
    let processed = program.run(&["process"]);
    assert!(processed.code < 2, "{processed:?}");
    assert!(digests(&program).len() + 1 >= before);
    assert_eq!(entries(&program).len(), n_entries);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_full_is_named_and_costs_nothing() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let program = Program::on_bundled_sites(server.address());
    // Files beyond this size cannot be written, as on a disk that is full.
    let full = "trap '' XFSZ; ulimit -f 64";
    names_the(&program.run_after(full, &["crawl", SITE]), "archive");
    program.run(&["crawl", SITE]).well();
    let before = digests(&program);
    names_the(&program.run_after(full, &["process"]), "catalogue");
    let processed = program.run(&["process"]);
    assert!(processed.code < 2, "{processed:?}");
    assert_eq!(digests(&program), before);
    let n_entries = entries(&program).len();
    let ended = program.run_after(full, &["snapshot", "published"]);
    names_the(&ended, "cannot publish in `published`");
    names_the(
        &program.run_after(full, &["reindex", "--all"]),
        "search index",
    );
    let processed = program.run(&["reindex"]);
    assert_eq!(processed.code, 0, "{processed:?}");
    assert_eq!(entries(&program).len(), n_entries);
}

/// It ended as it should, and says what was wrong.
#[track_caller]
fn names_the(ended: &Ended, thing: &str) {
    assert!([1, 2].contains(&ended.code), "{ended:?}");
    assert!(ended.stderr.contains(thing), "{thing}: {ended:?}");
    assert!(!ended.stderr.contains("panicked"), "{ended:?}");
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    paths.sort();
    assert!(
        !paths.is_empty(),
        "no `{extension}` in `{}`",
        folder.display()
    );
    paths
}

fn cut_in_half(path: &Path) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
}
