//! A writer publishes; followers fetch, check, switch and go on answering,
//! whatever becomes of the writer, of themselves and of what is published.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use lessons::model::entry::Entry;
use lessons::pipeline::Stores;
use lessons::pipeline::snapshot::{Follower, SnapshotError, publish};
use serde_json::Value;

use crate::support::entries::review;
use crate::support::index::{fill, stores_of};
use crate::support::program::{Program, Running};

/// Longest wait for what is bound to happen.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn what_is_published_is_fetched_once_and_only_when_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (to, home) = (folder.path().join("published"), folder.path().join("home"));
    let data = stores_of(&entries(1));
    let stores = Stores::in_folder(data.path());
    let first = publish(&stores, &to, 3).unwrap();
    assert!(first.is_new && first.number == 1, "{first:?}");
    let again = publish(&stores, &to, 3).unwrap();
    assert!(!again.is_new && again.objects == 0, "{again:?}");

    let mut follower = Follower::new(&to, &home);
    let begun = follower.begin().unwrap();
    follower.serves(&begun);
    assert_eq!(begun.number, 1);
    assert_eq!(follower.newer().unwrap(), None);

    // One that came over in part is not served; the writer mends it.
    fill(&stores, &entries(2));
    publish(&stores, &to, 3).unwrap();
    let damaged = newest_object(&to);
    let size = fs::metadata(&damaged).unwrap().len();
    cut(&damaged, size / 2);
    let fault = follower.newer().unwrap_err();
    assert!(matches!(fault, SnapshotError::Damaged { .. }), "{fault}");
    let mended = publish(&stores, &to, 3).unwrap();
    assert!(!mended.is_new && mended.objects == 1, "{mended:?}");
    let second = follower.newer().unwrap().unwrap();
    assert_eq!(second.number, 2);
    follower.serves(&second);
    follower.tidy().unwrap();
    assert!(!begun.stores.catalogue().exists());

    // Nothing can be fetched: what is here is served, unless it is damaged.
    let gone = Follower::new(&folder.path().join("gone"), &home);
    assert_eq!(gone.begin().unwrap().number, 2);
    cut(&second.stores.catalogue(), 100);
    let fault = gone.begin().unwrap_err();
    assert!(matches!(fault, SnapshotError::Nothing { .. }), "{fault}");
    // What is damaged here is fetched anew.
    assert_eq!(Follower::new(&to, &home).begin().unwrap().number, 2);

    // A list that is cut off is none; the one before is served.
    let list = newest_in(&to.join("snapshots"));
    cut(&list, 20);
    let other = Follower::new(&to, &folder.path().join("other"));
    assert_eq!(other.begin().unwrap().number, 1);
}

#[test]
fn older_snapshots_and_what_only_they_hold_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let data = stores_of(&entries(1));
    let stores = Stores::in_folder(data.path());
    publish(&stores, folder.path(), 3).unwrap();
    let objects = || fs::read_dir(folder.path().join("objects")).unwrap().count();
    let n_first = objects();
    fs::write(folder.path().join("objects/.part-left"), "x").unwrap();
    fill(&stores, &entries(2));
    let second = publish(&stores, folder.path(), 1).unwrap();
    assert_eq!((second.number, second.removed), (2, 1));
    assert_eq!(objects(), n_first, "the first snapshot's files are left");

    // A state that is half-way to the next is not published.
    let mut catalogue = lessons::catalogue::Catalogue::open(&stores.catalogue()).unwrap();
    catalogue.record(&entries(3)[2]).unwrap();
    drop(catalogue);
    let fault = publish(&stores, folder.path(), 1).unwrap_err();
    assert!(matches!(fault, SnapshotError::Behind), "{fault}");
}

#[test]
fn a_check_reads_every_file_of_every_snapshot() {
    let writer = Program::new().with("LESSONS_SNAPSHOTS", "published");
    let stores = Stores::in_folder(&writer.path("data"));
    fs::create_dir(writer.path("data")).unwrap();
    fill(&stores, &entries(1));
    writer.run(&["snapshot", "published"]).well();
    let told = writer.run(&["check"]).well();
    assert!(told.contains("published snapshot 1 is whole"), "{told}");

    // Whoever only follows has no archive, and none is missed.
    let reader = Program::new();
    let home = reader.path("data/followed");
    let followed = Follower::new(&writer.path("published"), &home).begin();
    let told = reader.run(&["check"]).well();
    assert_eq!(told, "followed snapshot 1 is whole\n");

    cut(&newest_object(&writer.path("published")), 1);
    cut(&followed.unwrap().stores.catalogue(), 1);
    for (program, whose) in [(&writer, "published"), (&reader, "followed")] {
        let ended = program.run(&["check"]);
        assert_eq!(ended.code, 1, "{ended:?}");
        let is_said = format!("{whose} snapshot 1 is not whole: `lessons s");
        assert!(ended.stdout.contains(&is_said), "{ended:?}");
        assert!(ended.stdout.contains("  missing or damaged: "), "{ended:?}");
    }
}

#[test]
fn two_followers_answer_all_the_time() {
    let writer = Program::new();
    let stores = Stores::in_folder(&writer.path("data"));
    fs::create_dir_all(writer.path("data")).unwrap();
    fill(&stores, &entries(1));
    let to = writer.path("published");
    let snapshot = ["snapshot", to.to_str().unwrap()];
    writer.run(&snapshot).well();
    let mut followers: Vec<Node> = (0..2).map(|_| Node::new(&to)).collect();
    let load = Load::on(&followers[0].address);

    let mut random = 7_u64;
    for round in 2..7 {
        fill(&stores, &entries(round));
        // Killed while it publishes, then once more to the end.
        let mut killed = writer.start(&snapshot);
        random = random.wrapping_mul(6_364_136_223_846_793_005) + 1;
        thread::sleep(Duration::from_millis(random >> 58));
        killed.kill().unwrap();
        killed.wait().unwrap();
        writer.run(&snapshot).well();
        // So is one of those who follow, while it fetches.
        followers[1].restart(&to);
        for follower in &followers {
            follower.reaches(round);
        }
    }
    let before = followers[0].get("/api/v1/health");
    assert_eq!(before["status"], "ok");
    assert_eq!(
        before["revision"],
        followers[1].get("/api/v1/health")["revision"]
    );

    // One that is damaged is not taken over, and operators are told.
    fill(&stores, &entries(7));
    let hidden = writer.path("hidden");
    publish(&stores, &hidden, 1).unwrap();
    let list = newest_in(&hidden.join("snapshots"));
    let name = list.file_name().unwrap().to_str().unwrap();
    fs::write(
        to.join("snapshots")
            .join(name.replacen("00000001", "00000099", 1)),
        "{",
    )
    .unwrap();
    let degraded = || followers[0].get("/api/v1/health")["status"] == "degraded";
    within(SOON, "nobody is told of the damaged snapshot", degraded);
    assert_eq!(followers[0].reviews(), 6);
    let (n_answers, n_failed) = load.end();
    assert_eq!(n_failed, 0, "of {n_answers} answers");
    assert!(n_answers > 50, "only {n_answers} answers");
}

fn entries(n: usize) -> Vec<Entry> {
    let one = |number| {
        review("northmere", &format!("review-{number}"))
            .title(&format!("Child {number}: a review of neglect"))
            .published("2024-05-01")
            .recommendation("1", "The partnership should review neglect", 3, &[], &[])
            .build()
    };
    (1..=n).map(one).collect()
}

/// The object of the newest list that no earlier one names.
fn newest_object(published: &Path) -> PathBuf {
    let list = newest_in(&published.join("snapshots"));
    let list: Value = serde_json::from_slice(&fs::read(list).unwrap()).unwrap();
    let digest = list["files"]["catalogue.sqlite"]["sha256"]
        .as_str()
        .unwrap();
    published.join("objects").join(digest)
}

fn newest_in(folder: &Path) -> PathBuf {
    let paths = fs::read_dir(folder).unwrap();
    paths.map(|entry| entry.unwrap().path()).max().unwrap()
}

fn cut(path: &Path, size: u64) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_len(size).unwrap();
}

#[track_caller]
fn within(time: Duration, otherwise: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < time, "{otherwise}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// A machine that follows.
struct Node {
    program: Program,
    running: Option<Running>,
    address: String,
}

impl Node {
    fn new(from: &Path) -> Self {
        let mut node = Self {
            program: Program::new().with("LESSONS_SERVE_FOLLOW_INTERVAL", "20ms"),
            running: None,
            address: String::new(),
        };
        node.restart(from);
        node
    }

    /// Kills it, if it runs, and starts it again.
    fn restart(&mut self, from: &Path) {
        self.running = None;
        let follow = ["serve", "--listen", "127.0.0.1:0", "--follow"];
        let arguments = [&follow[..], &[from.to_str().unwrap()]].concat();
        let (running, line) = self.program.start_until("http://", &arguments);
        let (_, address) = line.split_once("http://").unwrap();
        address.trim().clone_into(&mut self.address);
        self.running = Some(running);
    }

    fn get(&self, path: &str) -> Value {
        let body = get(&self.address, path).unwrap();
        serde_json::from_str(&body).unwrap()
    }

    fn reviews(&self) -> usize {
        let found = self.get("/api/v1/reviews?q=neglect");
        usize::try_from(found["total"].as_u64().unwrap()).unwrap()
    }

    #[track_caller]
    fn reaches(&self, n: usize) {
        let words = format!("{n} reviews are not served");
        within(SOON, &words, || self.reviews() == n);
    }
}

/// Somebody who asks without a pause.
struct Load {
    ends: Arc<AtomicBool>,
    answers: Arc<AtomicUsize>,
    asking: Vec<thread::JoinHandle<usize>>,
}

impl Load {
    fn on(address: &str) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let answers = Arc::new(AtomicUsize::new(0));
        let ask = |_| {
            let (ends, answers, address) =
                (Arc::clone(&ends), Arc::clone(&answers), address.to_owned());
            thread::spawn(move || {
                let mut n_failed = 0;
                while !ends.load(Ordering::Relaxed) {
                    let answer = get(&address, "/api/v1/reviews?q=neglect");
                    answers.fetch_add(1, Ordering::Relaxed);
                    n_failed += usize::from(answer.is_none());
                }
                n_failed
            })
        };
        let asking = (0..4).map(ask).collect();
        Self {
            ends,
            answers,
            asking,
        }
    }

    /// Answers, and those that were none.
    fn end(self) -> (usize, usize) {
        self.ends.store(true, Ordering::Relaxed);
        let failed = self.asking.into_iter().map(|one| one.join().unwrap());
        let n_failed = failed.sum();
        (self.answers.load(Ordering::Relaxed), n_failed)
    }
}

/// What an address answers with 200.
fn get(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(SOON)).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    head.starts_with("HTTP/1.1 200 ").then(|| body.to_owned())
}
