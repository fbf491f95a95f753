//! Damage: whatever happened to a file on its way, it is read, or refused with
//! a reason, within the limits, and never takes its reader down.

use std::path::{Path, PathBuf};
use std::thread;

use lessons::extract::worker::{Launch, Limits, Worker, WorkerError};

use super::damage::Numbers;
use super::{payload, pdf};

/// One small file of each format.
const SOUND: &str = "tests/fixtures/reading";
/// Files made to break readers, and those that once did.
const BROKEN: &str = "tests/fixtures/broken";
/// Broken files made of each sound one, where `TEST_ROUNDS` does not say.
const ROUNDS: usize = 150;
/// Where `TEST_SEED` does not say.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
/// Larger files are not damaged: their rounds would take all the time.
const LARGEST: u64 = 1 << 20;

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files
}

/// A reading process as a crawl has it, without an OCR engine.
fn worker() -> Worker {
    Worker::new(Launch {
        program: env!("CARGO_BIN_EXE_lessons").into(),
        arguments: vec!["read-worker".into()],
        path: None,
        limits: Limits {
            silent_seconds: 60,
            ..Limits::default()
        },
    })
}

/// What went wrong with a file; a reason to refuse it is not wrong.
fn fault(worker: &mut Worker, bytes: &[u8]) -> Option<String> {
    match worker.read(&payload(bytes)) {
        Err(WorkerError::Refused(reason)) if reason.contains("the reader failed") => Some(reason),
        Ok(_) | Err(WorkerError::Refused(_)) => None,
        Err(other) => Some(other.to_string()),
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().expect("a whole number"))
}

#[test]
fn sound_files_are_read() {
    let mut worker = worker();
    for file in files_in(Path::new(SOUND)) {
        let read = worker.read(&payload(&std::fs::read(&file).unwrap()));
        let blocks = read.map(|document| document.pages.iter().map(|page| page.blocks.len()).sum());
        assert!(
            blocks.is_ok_and(|blocks: usize| blocks > 3),
            "{}",
            file.display()
        );
    }
}

#[test]
fn broken_files_are_read_or_refused() {
    let mut worker = worker();
    for file in files_in(Path::new(BROKEN)) {
        let bytes = std::fs::read(&file).unwrap();
        assert_eq!(fault(&mut worker, &bytes), None, "{}", file.display());
    }
}

/// `scripts/test-damage` does more rounds, with other seeds and other files.
#[test]
fn no_damage_takes_the_reader_down() {
    let rounds = number("TEST_ROUNDS").map_or(ROUNDS, |rounds| rounds as usize);
    let seed = number("TEST_SEED").unwrap_or(SEED);
    let more = std::env::var_os("TEST_FILES").map(PathBuf::from);
    let mut seeds: Vec<(String, Vec<u8>)> = files_in(Path::new(SOUND))
        .into_iter()
        .chain(more.iter().flat_map(|folder| files_in(folder)))
        .filter(|file| std::fs::metadata(file).unwrap().len() <= LARGEST)
        .map(|file| (file.display().to_string(), std::fs::read(file).unwrap()))
        .collect();
    seeds.push(("a drawn page".to_owned(), pdf::sample()));
    // Two processes: one for each core of the smallest machine that is used.
    let faults: Vec<String> = thread::scope(|scope| {
        let seeds = &seeds;
        let halves = [0, 1].map(|half| scope.spawn(move || damage(seeds, rounds, seed, half)));
        halves
            .into_iter()
            .flat_map(|half| half.join().unwrap())
            .collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every other round of each file; says what went wrong, and where the file is
/// kept that did it.
fn damage(seeds: &[(String, Vec<u8>)], rounds: usize, seed: u64, half: usize) -> Vec<String> {
    let mut worker = worker();
    let mut faults = Vec::new();
    for (place, (name, bytes)) in seeds.iter().enumerate() {
        for round in (half..rounds).step_by(2) {
            let own = (place * rounds + round) as u64;
            let mut numbers = Numbers::new(seed ^ own.wrapping_mul(0x2545_f491_4f6c_dd1d));
            let other = &seeds[numbers.next(seeds.len())].1;
            let broken = numbers.damage(bytes, other);
            if let Some(fault) = fault(&mut worker, &broken) {
                let kept = std::env::temp_dir().join(format!("damaged-{seed}-{place}-{round}"));
                std::fs::write(&kept, &broken).unwrap();
                faults.push(format!(
                    "{name}, round {round}: {fault} ({})",
                    kept.display()
                ));
            }
        }
    }
    faults
}
