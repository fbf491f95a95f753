//! What a text is about, as a point near other texts that say the same.
//!
//! In: text. Out: a [`Meaning`]: 256 small numbers, the weighted mean of what
//! its word pieces mean, of unit length. Which piece means what stands in
//! `index/meaning/table.bin`; where that file came from is told beside it. It
//! is good at descriptions in one's own words and blind to names, so it is
//! never the only evidence.
//!
//! Pure: the same text always has the same meaning, whatever else is indexed.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Numbers in a meaning.
pub const DIMENSIONS: usize = 256;
/// Longest word that is cut into pieces, in bytes.
const LONGEST_WORD: usize = 64;

/// What a text is about. Each number is from -127 to 127; all zero for a text
/// without a known word.
pub type Meaning = [i8; DIMENSIONS];

/// The folder that holds the table; it may be empty.
#[derive(RustEmbed)]
#[folder = "index/meaning"]
struct Files;

static TABLE: LazyLock<Option<Table>> =
    LazyLock::new(|| Files::get("table.bin").and_then(|file| Table::read(file.data)));

/// The built-in table; `None` when the program was built without one. Search
/// and themes then go by words alone.
#[must_use]
pub fn table() -> Option<&'static Table> {
    TABLE.as_ref()
}

/// What each word piece means.
#[derive(Debug)]
pub struct Table {
    /// Row by piece; pieces that continue a word begin with `##`.
    rows: HashMap<String, usize>,
    scales: Vec<f32>,
    data: Cow<'static, [u8]>,
    /// First byte of the rows.
    start: usize,
}

/// The first line of the file.
#[derive(Deserialize)]
struct Head {
    dimensions: usize,
    pieces: usize,
}

impl Table {
    /// Reads what `scripts/distil-meaning` wrote; `None` when it is not that.
    fn read(data: Cow<'static, [u8]>) -> Option<Self> {
        let mut lines = data.splitn(2, |&byte| byte == b'\n');
        let head: Head = serde_json::from_slice(lines.next()?).ok()?;
        if head.dimensions != DIMENSIONS {
            return None;
        }
        let mut rest = lines.next()?;
        let mut rows = HashMap::with_capacity(head.pieces);
        for row in 0..head.pieces {
            let end = rest.iter().position(|&byte| byte == b'\n')?;
            rows.insert(std::str::from_utf8(&rest[..end]).ok()?.to_owned(), row);
            rest = &rest[end + 1..];
        }
        let scales = rest.get(..head.pieces * 4)?.chunks_exact(4);
        let scales =
            scales.map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        let scales: Vec<f32> = scales.collect();
        let start = data.len().checked_sub(head.pieces * DIMENSIONS)?;
        (rest.len() == head.pieces * (4 + DIMENSIONS)).then_some(Self {
            rows,
            scales,
            data,
            start,
        })
    }

    /// What a text is about; `None` when it holds no word that is known.
    #[must_use]
    pub fn meaning(&self, text: &str) -> Option<Meaning> {
        let mut sum = [0_f32; DIMENSIONS];
        let mut is_known = false;
        let mut piece = String::new();
        for word in words(text) {
            for row in self.pieces(&word, &mut piece) {
                self.add(row, &mut sum);
                is_known = true;
            }
        }
        is_known.then(|| unit(&sum))
    }

    /// Rows of the longest pieces that make up a word, from the left; nothing
    /// when some part of it is no piece.
    fn pieces(&self, word: &str, piece: &mut String) -> Vec<usize> {
        let mut rows = Vec::new();
        let mut start = 0;
        while start < word.len() {
            let found = (start + 1..=word.len()).rev().find_map(|end| {
                piece.clear();
                if start > 0 {
                    piece.push_str("##");
                }
                piece.push_str(&word[start..end]);
                self.rows.get(piece.as_str()).map(|&row| (row, end))
            });
            let Some((row, end)) = found else {
                return Vec::new();
            };
            rows.push(row);
            start = end;
        }
        rows
    }

    fn add(&self, row: usize, sum: &mut [f32; DIMENSIONS]) {
        let first = self.start + row * DIMENSIONS;
        let scale = self.scales[row];
        for (sum, &byte) in sum.iter_mut().zip(&self.data[first..first + DIMENSIONS]) {
            *sum += f32::from(byte.cast_signed()) * scale;
        }
    }
}

/// How alike two meanings are: 1 for the same, near 0 for strangers.
#[must_use]
pub fn likeness(a: &Meaning, b: &Meaning) -> f32 {
    let products = a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b));
    products.sum::<i32>() as f32 / (127.0 * 127.0)
}

/// Runs of ASCII letters and digits, folded; the table knows no others.
fn words(text: &str) -> Vec<String> {
    let folded: String = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfkd()
            .filter(|&c| !is_combining_mark(c))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| !word.is_empty() && word.len() <= LONGEST_WORD)
        .map(str::to_owned)
        .collect()
}

/// Scaled to unit length, in steps of 1/127.
fn unit(sum: &[f32; DIMENSIONS]) -> Meaning {
    let length = sum
        .iter()
        .map(|value| value * value)
        .sum::<f32>()
        .sqrt()
        .max(f32::MIN_POSITIVE);
    sum.map(|value| (value / length * 127.0).round().clamp(-127.0, 127.0) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_say_the_same_are_nearer_than_texts_that_do_not() {
        let table = table().expect("the table is in the repository");
        let like = |a: &str, b: &str| {
            likeness(
                &table.meaning(a).expect("known words"),
                &table.meaning(b).expect("known words"),
            )
        };
        let asked = "nobody spoke to the dad before the baby was born";
        let same = "professionals did not engage the father during pregnancy";
        let other = "the school kept no chronology of absences";
        assert!(like(asked, same) > like(asked, other) + 0.1);
        assert!(like(asked, asked) > 0.98);
    }

    #[test]
    fn a_text_without_known_words_means_nothing() {
        let table = table().expect("the table is in the repository");
        for text in ["", "— …", "日本"] {
            assert_eq!(table.meaning(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_that_is_no_table_is_no_table() {
        for data in [
            &b""[..],
            b"{}\n",
            b"{\"dimensions\":256,\"pieces\":2}\na\nb\n",
        ] {
            assert!(Table::read(Cow::Borrowed(data)).is_none());
        }
    }
}
