//! Cuts from a text the piece that shows why it was found.
//!
//! In: a text and [`Marks`]. Out: a [`Snippet`]: plain text and the bytes to
//! highlight. Escaping is for whoever renders it.

use std::collections::HashSet;
use std::num::NonZeroU32;
use std::ops::Range;

use crate::search::query::marks::{Marked, Marks};
use crate::search::results::Snippet;

/// Words in a snippet.
const WORDS: usize = 45;
/// A snippet begins with its sentence, when that begins no more than so many
/// bytes before the window.
const LEAD_IN: usize = 90;
/// Stands where text was left out.
const ELLIPSIS: char = '…';

/// The piece of `text` with the most different marks, the earliest of equals;
/// its beginning, when it has none.
pub(super) fn snippet(text: &str, marks: &Marks, page: Option<NonZeroU32>) -> Option<Snippet> {
    let text = text.replace(['\n', '\r', '\t'], " ");
    if text.trim().is_empty() {
        return None;
    }
    let marked = marks.find(&text);
    let start = window(&marked).map_or(0, |first| begin(&text, first.range.start));
    let end = end_of(&text, start);
    Some(cut(&text, start..end, &marked, page))
}

/// The first mark of the best window.
fn window(marked: &[Marked]) -> Option<&Marked> {
    let score = |first: usize| {
        let within = marked[first..]
            .iter()
            .take_while(|mark| mark.word < marked[first].word + WORDS);
        let (mut seen, mut all) = (HashSet::new(), 0);
        for mark in within {
            seen.insert(&*mark.stem);
            all += 1;
        }
        (seen.len(), all)
    };
    let best = (0..marked.len()).max_by_key(|&first| (score(first), std::cmp::Reverse(first)));
    best.map(|first| &marked[first])
}

/// Where to begin so that the byte at `mark` is seen in its sentence.
fn begin(text: &str, mark: usize) -> usize {
    let earliest = floor(text, mark.saturating_sub(LEAD_IN));
    let before = &text[earliest..mark];
    let sentence = before
        .rmatch_indices(['.', '!', '?'])
        .find_map(|(at, end)| {
            let rest = &before[at + end.len()..];
            rest.starts_with(' ').then(|| earliest + at + end.len())
        });
    let start = match sentence {
        Some(start) => start,
        None if earliest == 0 => 0,
        None => before.find(' ').map_or(mark, |at| earliest + at),
    };
    start + (text[start..].len() - text[start..].trim_start().len())
}

/// The end of so many words from `start`.
fn end_of(text: &str, start: usize) -> usize {
    let gaps = text[start..]
        .match_indices(' ')
        .filter(|(at, _)| !text[start..start + at].ends_with(' '));
    gaps.map(|(at, _)| start + at)
        .nth(WORDS - 1)
        .unwrap_or(text.trim_end().len().max(start))
}

fn cut(text: &str, range: Range<usize>, marked: &[Marked], page: Option<NonZeroU32>) -> Snippet {
    let mut piece = String::new();
    if range.start > 0 {
        piece.push(ELLIPSIS);
        piece.push(' ');
    }
    let shift = piece.len();
    let within = marked
        .iter()
        .filter(|mark| mark.range.start >= range.start && mark.range.end <= range.end);
    let highlights = within
        .map(|mark| mark.range.start - range.start + shift..mark.range.end - range.start + shift)
        .collect();
    piece.push_str(&text[range.clone()]);
    if range.end < text.trim_end().len() {
        piece.push(' ');
        piece.push(ELLIPSIS);
    }
    Snippet {
        text: piece,
        highlights,
        page,
    }
}

/// The nearest place between characters at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
