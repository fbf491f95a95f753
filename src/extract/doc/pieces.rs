//! Puts the text of a Word 97 file together from its pieces.
//!
//! In: the streams of the file. Out: paragraphs of letters, each letter with
//! its place in the file, by which looks are found ([MS-DOC] 2.4.1, 2.8.35).

use super::Letters;
use super::looks::{self, Looks, Paragraph, Run};
use super::storage::{Storage, u16_at, u32_at};
use crate::extract::ExtractError;

/// First version that is laid out like this: Word 97.
const WORD_97: u16 = 0x00c1;
const IS_ENCRYPTED: u16 = 0x0100;
const IS_TABLE_1: u16 = 0x0200;
/// A piece of one byte a letter.
const IS_NARROW: u32 = 1 << 30;

/// The parts of the text, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Body,
    Footnotes,
    /// Running heads and feet.
    Heads,
}

/// All text with its looks.
pub(super) struct Text {
    letters: Letters,
    /// Letters of the body, the footnotes, the heads.
    counts: [usize; 3],
    pub(super) looks: Looks<Paragraph>,
    pub(super) runs: Looks<Run>,
}

impl Text {
    pub(super) fn read(storage: &Storage<'_>) -> Result<Self, ExtractError> {
        let damaged = |reason: &str| ExtractError::Damaged {
            format: "DOC",
            reason: reason.to_owned(),
        };
        let main = storage
            .stream("WordDocument")
            .ok_or_else(|| damaged("it holds no text"))?;
        let at = |place| u16_at(&main, place).ok_or_else(|| damaged("its head is cut off"));
        let flags = at(10)?;
        if at(2)? < WORD_97 {
            return Err(ExtractError::Unsupported {
                media_type: super::MEDIA_TYPE,
                why: "files of Word 95 and before are not read; ask for a PDF or DOCX",
            });
        }
        if flags & IS_ENCRYPTED != 0 {
            return Err(ExtractError::Encrypted);
        }
        let name = if flags & IS_TABLE_1 == 0 {
            "0Table"
        } else {
            "1Table"
        };
        let table = storage
            .stream(name)
            .ok_or_else(|| damaged("its table stream is missing"))?;
        let listed = |place| listed(&main, &table, place).unwrap_or_default();
        let count = |place| u32_at(&main, place).unwrap_or(0) as usize;
        let letters =
            letters(&main, listed(418)).ok_or_else(|| damaged("its pieces are not listed"))?;
        Ok(Self {
            letters,
            counts: [count(76), count(80), count(84)],
            looks: looks::paragraphs(&main, listed(258)),
            runs: looks::runs(&main, listed(250)),
        })
    }

    /// The paragraphs of a part, each with the mark that ends it.
    pub(super) fn paragraphs(&self, part: Part) -> impl Iterator<Item = Letters> {
        let before: usize = self.counts[..part as usize]
            .iter()
            .copied()
            .fold(0, usize::saturating_add);
        let length = self.counts[part as usize];
        let letters = self.letters.iter().skip(before).take(length);
        let letters: Letters = letters.copied().collect();
        letters
            .split_inclusive(|(letter, _)| matches!(letter, '\r' | '\u{7}' | '\u{c}'))
            .map(<[(char, u32)]>::to_vec)
            .collect::<Vec<_>>()
            .into_iter()
    }
}

/// A stretch of the table stream, whose place and length stand in the head.
fn listed<'a>(main: &[u8], table: &'a [u8], place: usize) -> Option<&'a [u8]> {
    let start = u32_at(main, place)? as usize;
    let length = u32_at(main, place + 4)? as usize;
    table.get(start..start.checked_add(length)?)
}

/// All letters, piece by piece.
fn letters(main: &[u8], mut listed: &[u8]) -> Option<Letters> {
    // Changes of look that pieces share come first.
    while listed.first() == Some(&1) {
        let length = usize::from(u16_at(listed, 1)?);
        listed = listed.get(3 + length..)?;
    }
    let pieces = listed.strip_prefix(&[2])?.get(4..)?;
    let count = pieces.len().checked_sub(4)? / 12;
    let mut letters = Letters::new();
    for index in 0..count {
        let (start, end) = (u32_at(pieces, 4 * index)?, u32_at(pieces, 4 * (index + 1))?);
        let place = u32_at(pieces, 4 * (count + 1) + 8 * index + 2)?;
        let length = end.checked_sub(start)? as usize;
        piece(main, place, length, &mut letters);
    }
    Some(letters)
}

fn piece(main: &[u8], place: u32, length: usize, into: &mut Letters) {
    let is_narrow = place & IS_NARROW != 0;
    let place = place & (IS_NARROW - 1);
    let (start, width) = if is_narrow {
        (place / 2, 1)
    } else {
        (place, 2)
    };
    let from = main.get(start as usize..).unwrap_or_default();
    let bytes = &from[..from.len().min(length.saturating_mul(width))];
    let places = (start..).step_by(width);
    if is_narrow {
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
        into.extend(text.chars().zip(places));
    } else {
        let units = bytes
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let letters = char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}'));
        into.extend(letters.zip(places));
    }
}
