//! Damage: whatever happened to a file on its way, it is read, or refused with
//! a reason, and never takes its reader down.

use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::thread;

use lessons::extract::extract;

use super::{payload, pdf, zip};

/// One small file of each format.
const SOUND: &str = "tests/fixtures/reading";
/// Files made to break readers, and those that once did.
const BROKEN: &str = "tests/fixtures/broken";

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// Broken files made of each sound one.
const ROUNDS: usize = 150;

/// Reads bytes, on a stack as large as a reading process has.
fn survives(bytes: Vec<u8>) -> bool {
    let reading = thread::Builder::new().stack_size(64 << 20).spawn(move || {
        catch_unwind(AssertUnwindSafe(|| {
            // A document or a reason: either will do.
            let _ = extract(&payload(&bytes));
        }))
        .is_ok()
    });
    reading.unwrap().join().unwrap()
}

/// The same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }

    /// A file with some bytes changed, moved, doubled, or cut off.
    fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut broken = bytes.to_vec();
        for _ in 0..=self.next(12) {
            let at = self.next(broken.len());
            let length = self.next(40).min(broken.len() - at);
            match self.next(7) {
                0 => broken.truncate(at.max(16)),
                1 => drop(broken.drain(at..at + length)),
                2 => {
                    let piece = broken[at..at + length].to_vec();
                    let to = self.next(broken.len());
                    broken.splice(to..to, piece);
                }
                // Numbers are where readers go wrong.
                3 => {
                    let digits = broken[at..].iter().position(u8::is_ascii_digit);
                    if let Some(digit) = digits {
                        broken[at + digit] = b"0123456789-"[self.next(11)];
                    }
                }
                _ if broken.is_empty() => {}
                _ => broken[at] = u8::try_from(self.next(256)).unwrap(),
            }
        }
        broken
    }

    /// The same for a file, or for one of the parts that it packs.
    fn damage_inside(&mut self, bytes: &[u8]) -> Vec<u8> {
        let Ok(mut archive) = ::zip::ZipArchive::new(Cursor::new(bytes)) else {
            return self.damage(bytes);
        };
        let chosen = self.next(archive.len());
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut part = Vec::new();
            file.read_to_end(&mut part).unwrap();
            let part = if index == chosen {
                self.damage(&part)
            } else {
                part
            };
            parts.push((file.name().unwrap().into_owned(), part));
        }
        let parts: Vec<(&str, &[u8])> = parts
            .iter()
            .map(|(name, part)| (name.as_str(), part.as_slice()))
            .collect();
        zip(&parts)
    }
}

#[test]
fn broken_files_are_read_or_refused() {
    for file in fixtures(BROKEN) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(survives(bytes), "{}", file.display());
    }
}

#[test]
fn no_damage_takes_the_reader_down() {
    let mut seeds: Vec<(String, Vec<u8>)> = fixtures(SOUND)
        .iter()
        .map(|file| (file.display().to_string(), std::fs::read(file).unwrap()))
        .collect();
    seeds.push(("a drawn page".to_owned(), pdf::sample()));
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for (name, bytes) in &seeds {
        for round in 0..ROUNDS {
            let broken = if round % 2 == 0 {
                numbers.damage_inside(bytes)
            } else {
                numbers.damage(bytes)
            };
            assert!(survives(broken), "{name}, round {round}");
        }
    }
}
