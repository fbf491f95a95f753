//! Damage as it happens to files and as it is done to them: bytes changed,
//! moved, doubled or cut off; numbers that are too large; brackets that never
//! close; pieces of another file. It is done to a file, to one part of an
//! archive, or inside a compressed stream, so that it reaches what is within.

use std::io::{Cursor, Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::zip;

/// Random numbers that are the same on every machine.
pub(super) struct Numbers(u64);

/// What readers are given in place of a number.
const ODD_NUMBERS: [&str; 10] = [
    "-1",
    "0",
    "65536",
    "2147483647",
    "4294967296",
    "-2147483649",
    "99999999999999999999",
    "1e308",
    ".",
    "",
];
/// What is opened and never closed.
const OPENINGS: [&str; 8] = ["(", "<<", "[", "q ", "<div>", "{\\b ", "<w:tbl>", "BT "];
/// Most bytes that one stream is inflated to.
const MOST: u64 = 4 << 20;

impl Numbers {
    /// Starts at a seed other than 0.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// A number below another; 0 below 0.
    pub(super) fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }

    /// The file, its part or its stream, damaged; `other` gives pieces.
    pub(super) fn damage(&mut self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        match self.next(4) {
            0 => self.spoil(bytes, other),
            1 => self.spoil_stream(bytes, other),
            _ => self.spoil_part(bytes, other),
        }
    }

    /// Up to a dozen damages in one run of bytes.
    fn spoil(&mut self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let mut broken = bytes.to_vec();
        for _ in 0..=self.next(12) {
            let at = self.next(broken.len());
            let length = self.next(40).min(broken.len() - at);
            match self.next(11) {
                0 => broken.truncate(at.max(16)),
                1 => drop(broken.drain(at..at + length)),
                2 => {
                    let piece = broken[at..at + length].to_vec();
                    let to = self.next(broken.len());
                    broken.splice(to..to, piece);
                }
                3 => {
                    let from = self.next(other.len());
                    let piece = &other[from..(from + self.next(400)).min(other.len())];
                    broken.splice(at..at + length, piece.iter().copied());
                }
                // Numbers are where readers go wrong.
                4 | 5 => self.spoil_number(&mut broken, at),
                6 => self.swap(&mut broken),
                7 => {
                    let opening = OPENINGS[self.next(OPENINGS.len())];
                    let times = [3, 100, 20_000][self.next(3)];
                    broken.splice(at..at, opening.repeat(times).into_bytes());
                }
                _ if broken.is_empty() => {}
                _ => broken[at] = u8::try_from(self.next(256)).unwrap(),
            }
        }
        broken
    }

    /// Another number for the next one.
    fn spoil_number(&mut self, bytes: &mut Vec<u8>, at: usize) {
        let rest = &bytes[at..];
        let Some(start) = rest.iter().position(u8::is_ascii_digit) else {
            return;
        };
        let digits = rest[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit());
        let end = start + digits.count();
        let number = if self.next(2) == 0 {
            ODD_NUMBERS[self.next(ODD_NUMBERS.len())].to_owned()
        } else {
            self.next(1_000).to_string()
        };
        bytes.splice(at + start..at + end, number.into_bytes());
    }

    /// Two words change places.
    fn swap(&mut self, bytes: &mut Vec<u8>) {
        let mut word = || {
            let at = self.next(bytes.len());
            let is_in = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'/';
            let start = at + bytes[at..].iter().position(is_in)?;
            let length = bytes[start..].iter().take_while(|byte| is_in(byte)).count();
            Some(start..start + length.min(40))
        };
        let (Some(one), Some(two)) = (word(), word()) else {
            return;
        };
        let (first, second) = if one.start < two.start {
            (one, two)
        } else {
            (two, one)
        };
        if first.end <= second.start {
            let later = bytes[second.clone()].to_vec();
            let earlier = bytes[first.clone()].to_vec();
            bytes.splice(second, earlier);
            bytes.splice(first, later);
        }
    }

    /// One part of an archive; the file itself where it is none.
    fn spoil_part(&mut self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let Ok(mut archive) = ::zip::ZipArchive::new(Cursor::new(bytes)) else {
            return self.spoil_stream(bytes, other);
        };
        let chosen = self.next(archive.len());
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for index in 0..archive.len() {
            let Ok(mut file) = archive.by_index(index) else {
                return self.spoil(bytes, other);
            };
            let mut part = Vec::new();
            let is_read = file.by_ref().take(MOST).read_to_end(&mut part).is_ok();
            let (true, Ok(name)) = (is_read, file.name()) else {
                return self.spoil(bytes, other);
            };
            let part = if index == chosen {
                self.spoil(&part, other)
            } else {
                part
            };
            parts.push((name.into_owned(), part));
        }
        let parts: Vec<(&str, &[u8])> = parts
            .iter()
            .map(|(name, part)| (name.as_str(), part.as_slice()))
            .collect();
        zip(&parts)
    }

    /// One compressed stream of a PDF file; the file itself where it has none.
    fn spoil_stream(&mut self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let starts: Vec<usize> = find_all(bytes, b"stream\r\n")
            .map(|at| at + 8)
            .chain(find_all(bytes, b"stream\n").map(|at| at + 7))
            .collect();
        if starts.is_empty() {
            return self.spoil(bytes, other);
        }
        let start = starts[self.next(starts.len())];
        let end = find_all(&bytes[start..], b"endstream").next();
        let end = start + end.unwrap_or(bytes.len() - start);
        let mut plain = Vec::new();
        let inflated = ZlibDecoder::new(&bytes[start..end])
            .take(MOST)
            .read_to_end(&mut plain);
        if inflated.is_err() || plain.is_empty() {
            return self.spoil(bytes, other);
        }
        let plain = self.spoil(&plain, other);
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&plain).unwrap();
        let mut broken = bytes[..start].to_vec();
        broken.extend(packed.finish().unwrap());
        broken.extend(&bytes[end..]);
        broken
    }
}

fn find_all<'b>(bytes: &'b [u8], what: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    bytes
        .windows(what.len())
        .enumerate()
        .filter(move |(_, window)| *window == what)
        .map(|(at, _)| at)
}
