//! Joins lines to text: hyphens at line ends, blanks, folded characters.

use std::collections::HashSet;

use super::line::Line;
use crate::extract::text::fold;

/// Stands after a hyphen at a line's end until it is known whether the author
/// or the typesetter put it there.
const OPEN: char = '\u{1}';
/// Stands for a line's end until it is known whether a word was cut there: in
/// narrow cells words are cut without a hyphen.
const BREAK: char = '\u{2}';

/// The words of a document, in small letters: what decides about hyphens at
/// line ends.
#[derive(Debug, Default)]
pub(super) struct Words(HashSet<String>);

impl Words {
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Self {
        let mut words = HashSet::new();
        for line in lines {
            let text = line
                .text()
                .replace(['\u{2010}', '\u{2011}'], "-")
                .to_lowercase();
            let mut of_line: Vec<&str> = text.split(is_between_words).collect();
            // The last one may be half a word.
            if text.trim_end().ends_with(['-', '\u{ad}']) {
                of_line.pop();
            }
            words.extend(of_line.into_iter().map(str::to_owned));
        }
        Self(words)
    }

    /// Settles the hyphens that stood at line ends: dropped when the word
    /// occurs without one elsewhere, or when it is the typographer's own
    /// character and the word does not occur with one.
    fn settle(&self, raw: &str) -> String {
        self.settle_breaks(&self.settle_hyphens(raw))
    }

    /// A blank for each line end, unless it cuts a word that occurs whole
    /// elsewhere and is no two words.
    fn settle_breaks(&self, raw: &str) -> String {
        let mut settled = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find(BREAK) {
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            let head = before.rsplit(is_between_words).next().unwrap_or("").to_lowercase();
            let tail = after.split(is_between_words).next().unwrap_or("");
            let is_cut = tail.starts_with(char::is_lowercase)
                && tail.len() <= 4
                && head.len() >= 3
                && !self.0.contains(tail)
                && self.0.contains(&format!("{head}{tail}"));
            settled.push_str(before);
            if !is_cut {
                settled.push(' ');
            }
            rest = after;
        }
        settled.push_str(rest);
        settled
    }

    fn settle_hyphens(&self, raw: &str) -> String {
        let mut settled = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find(OPEN) {
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            let hyphen = before.chars().next_back().unwrap_or('-');
            let stem = &before[..before.len() - hyphen.len_utf8()];
            let head = stem
                .rsplit(is_between_words)
                .next()
                .unwrap_or("")
                .to_lowercase();
            let tail = after
                .split(is_between_words)
                .next()
                .unwrap_or("")
                .to_lowercase();
            let is_known = |word: String| self.0.contains(&word);
            let is_typeset = hyphen == '\u{2010}' && !is_known(format!("{head}-{tail}"));
            let is_word =
                head.chars().all(char::is_alphabetic) && is_known(format!("{head}{tail}"));
            settled.push_str(if is_typeset || is_word { stem } else { before });
            rest = after;
        }
        settled.push_str(rest);
        settled
    }
}

fn is_between_words(c: char) -> bool {
    !c.is_alphanumeric() && c != '-' || c == BREAK
}

/// The text of a paragraph, its open hyphens kept.
pub(super) fn text(lines: &[Line]) -> String {
    styled(lines, &Words::default()).0
}

/// The text of a paragraph and the length in bytes of the bold run that opens
/// it.
pub(super) fn styled(lines: &[Line], words: &Words) -> (String, usize) {
    let mut raw = String::new();
    let mut bold = 0;
    let mut is_open = true;
    for line in lines {
        if !raw.is_empty() {
            join_line(&mut raw, &line.text());
        }
        for part in &line.parts {
            let text = if raw.is_empty() {
                part.text.trim_start()
            } else {
                &part.text
            };
            raw.push_str(text);
            is_open &= part.bold || text.trim().is_empty();
            if is_open {
                bold = raw.len();
            }
        }
    }
    let lead = fold(&words.settle(&raw[..bold])).len();
    (fold(&words.settle(&raw)), lead)
}

/// Prepares for the next line: a blank, or after a hyphen a sign that it is
/// open.
fn join_line(text: &mut String, next: &str) {
    text.truncate(text.trim_end().len());
    if text.ends_with('\u{ad}') {
        return;
    }
    let mut back = text.chars().rev();
    let ends_in_hyphen = matches!(back.next(), Some('-' | '\u{2010}' | '\u{2011}'));
    let after_letter = back.next().is_some_and(char::is_alphanumeric);
    let continues = next.trim_start().starts_with(char::is_alphanumeric);
    text.push(if ends_in_hyphen && after_letter && continues {
        OPEN
    } else {
        BREAK
    });
}
