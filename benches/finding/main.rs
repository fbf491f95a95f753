//! How fast the search is, and how it grows, beside its peers.
//!
//! ```text
//! cargo bench --bench finding -- 10000 100000 1000000
//! ```
//!
//! For each size in passages: makes the texts, indexes them with this program,
//! with plain tantivy, SQLite FTS5 and PostgreSQL, asks all of them the same
//! questions, and prints throughput, size on disk, memory, p50/p95/p99 by class
//! of question, and how much slower each peer is. Then: how it grows.
//!
//! `--alone` leaves the peers out; `--keep FOLDER` keeps every index there and
//! asks it again the next time, for whoever makes one faster.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod ours;
mod peers;
mod questions;
mod text;
mod timing;

#[path = "../../tests/it/support/entries.rs"]
#[expect(dead_code, reason = "only some of the builders are used here")]
mod entries;

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ours::{Filling, Ours};
use peers::Peer;
use questions::{Class, classes};
use text::TextMaker;
use timing::{Budget, Times};

/// Words of a passage.
const WORDS: usize = 200;

/// What is to be measured.
#[derive(Default)]
struct Options {
    sizes: Vec<usize>,
    is_alone: bool,
    keep: Option<PathBuf>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, folder] = &arguments[..]
        && flag == MEMORY
    {
        return ours::print_memory(Path::new(folder), &classes());
    }
    let options = Options::of(&arguments);
    let grown: Vec<Measured> = options
        .sizes
        .iter()
        .map(|&size| measure(size, &options))
        .collect();
    print_growth(&options.sizes, &grown);
}

/// The argument by which this program asks itself how much memory it takes.
const MEMORY: &str = "--memory-of";

impl Options {
    fn of(arguments: &[String]) -> Self {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--alone" => options.is_alone = true,
                "--keep" => options.keep = arguments.next().map(PathBuf::from),
                other => options.sizes.extend(other.parse::<usize>().ok()),
            }
        }
        if options.sizes.is_empty() {
            options.sizes.push(10_000);
        }
        options
    }
}

/// p95 of each class, in milliseconds, in the order of the classes.
type Measured = Vec<f64>;

fn measure(passages: usize, options: &Options) -> Measured {
    println!("\n{passages} passages of {WORDS} words");
    // PostgreSQL has a user of its own, who is to get in.
    let scratch = tempfile::Builder::new()
        .permissions(Permissions::from_mode(0o755))
        .tempdir()
        .expect("a scratch folder");
    let kept = options.keep.as_ref();
    let folder = kept.map_or_else(
        || scratch.path().to_owned(),
        |folder| folder.join(passages.to_string()),
    );
    let mut peers = if options.is_alone {
        Vec::new()
    } else {
        peers::all(&folder)
    };
    let kept = |name: &str| folder.join(format!("{name}.filled"));
    let unfilled = peers.iter_mut().filter(|peer| !kept(peer.name()).exists());
    let mut unfilled: Vec<&mut Box<dyn Peer>> = unfilled.collect();
    let is_kept = kept("lessons").exists();
    let own = folder.join("lessons");
    if !unfilled.is_empty() || !is_kept {
        fill(passages, (!is_kept).then_some(&*own), &mut unfilled);
    }
    for name in unfilled.iter().map(|peer| peer.name()).chain(["lessons"]) {
        std::fs::write(kept(name), "").expect("a file that says it is whole");
    }
    let p95 = ask_all(&own, &mut peers);
    let program = std::env::current_exe().expect("this program");
    let mut memory = std::process::Command::new(program);
    let memory = memory.arg(MEMORY).arg(&own).status();
    assert!(memory.is_ok_and(|status| status.success()));
    p95
}

/// Indexes the same passages with all, and with this program in a folder, where one
/// is given.
fn fill(passages: usize, folder: Option<&Path>, peers: &mut [&mut Box<dyn Peer>]) {
    let mut maker = TextMaker::new(42);
    let mut ours = Filling::new(folder);
    for peer in peers.iter_mut() {
        peer.begin();
    }
    let mut times = vec![Duration::ZERO; peers.len()];
    let mut own_time = Duration::ZERO;
    for review in 0..passages.div_ceil(ours::PASSAGES) {
        let count = ours::PASSAGES.min(passages - review * ours::PASSAGES);
        let texts: Vec<String> = (0..count).map(|_| maker.text(WORDS)).collect();
        own_time += ours.add(review, &texts, &mut maker);
        for (peer, time) in peers.iter_mut().zip(&mut times) {
            let started = Instant::now();
            for text in &texts {
                peer.add(text);
            }
            *time += started.elapsed();
        }
    }
    let finishing = ours.finish();
    println!("indexed by   passages/s   MB on disk");
    let print = |name: &str, time: Duration, size_bytes: u64| {
        println!(
            "{name:<10} {:>12.0} {:>12.1}",
            passages as f64 / time.as_secs_f64(),
            size_bytes as f64 / 1e6
        );
    };
    if let (Some(finishing), Some(folder)) = (finishing, folder) {
        print("lessons", own_time + finishing, peers::bytes_of(folder));
    }
    for (peer, mut time) in peers.iter_mut().zip(times) {
        let started = Instant::now();
        peer.finish();
        time += started.elapsed();
        print(peer.name(), time, peer.size_bytes());
    }
}

/// Asks all everything; gives our own p95 of each class.
fn ask_all(folder: &Path, peers: &mut [Box<dyn Peer>]) -> Measured {
    let ours = Ours::open(folder);
    println!(
        "class      by          asked  matches   p50 ms   p95 ms   p99 ms   slower at p50, p95"
    );
    let mut measured = Vec::new();
    for class in classes() {
        let own = Times::of(&class.questions, Budget::None, |question| {
            ours.ask(&class, question)
        });
        own.print(class.name, "lessons", None);
        measured.push(own.percentile(95));
        if !class.is_for_peers() {
            continue;
        }
        for peer in &mut *peers {
            let times = Times::of(&class.questions, Budget::Peer, |question| {
                peer.ask(question)
            });
            times.print(class.name, peer.name(), Some(&own));
        }
    }
    measured
}

fn print_growth(sizes: &[usize], grown: &[Measured]) {
    if sizes.len() < 2 {
        return;
    }
    println!("\np95 ms by passages");
    let names: Vec<&str> = classes().iter().map(|class: &Class| class.name).collect();
    print!("{:<10}", "class");
    for size in sizes {
        print!(" {size:>9}");
    }
    println!();
    for (place, name) in names.iter().enumerate() {
        print!("{name:<10}");
        for p95 in grown {
            print!(" {:>9.2}", p95[place]);
        }
        println!();
    }
}
