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

/// The words of a document, in small letters: what decides about hyphens and
/// cut words at line ends.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// All, pieces at line ends included.
    all: HashSet<String>,
    /// Those within lines, which are surely whole.
    whole: HashSet<String>,
    /// The producer draws the blank at which a line was broken, so a line
    /// without one was broken elsewhere.
    draws_blanks: bool,
}

impl Words {
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Self {
        let mut words = Self::default();
        let (mut count, mut blank) = (0, 0);
        for line in lines {
            let text = line
                .text()
                .replace(['\u{2010}', '\u{2011}'], "-")
                .to_lowercase();
            count += 1;
            blank += usize::from(text.ends_with(' '));
            let mut of_line: Vec<&str> = text
                .split(is_between_words)
                .filter(|word| !word.is_empty())
                .collect();
            let within = 1..of_line.len().saturating_sub(1).max(1);
            for word in &of_line[within.start.min(of_line.len())..within.end.min(of_line.len())] {
                learn(&mut words.whole, word);
            }
            // The last one may be half a word.
            if text.trim_end().ends_with(['-', '\u{ad}']) {
                of_line.pop();
            }
            for word in of_line {
                learn(&mut words.all, word);
            }
        }
        words.draws_blanks = blank * 3 > count;
        words
    }

    /// The text with line ends settled.
    fn settle(&self, raw: &str) -> String {
        self.settle_breaks(&self.settle_hyphens(raw))
    }

    /// A blank for each line end, unless it cuts a word: the whole occurs
    /// elsewhere and the first half does not; or a scrap that is no word
    /// follows, and the producer drew no blank.
    fn settle_breaks(&self, raw: &str) -> String {
        let mut settled = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find(BREAK) {
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            let head = before
                .rsplit(is_between_words)
                .next()
                .unwrap_or("")
                .to_lowercase();
            let tail = after.split(is_between_words).next().unwrap_or("");
            let is_half = head.len() >= 3
                && before.ends_with(char::is_alphabetic)
                && tail.starts_with(char::is_lowercase)
                && !self.whole.contains(&head);
            let is_known = self.all.contains(&format!("{head}{tail}"));
            let is_cut = is_half
                && (is_known
                    || (self.draws_blanks && tail.len() <= 3 && !self.whole.contains(tail)));
            settled.push_str(before);
            if !is_cut {
                settled.push(' ');
            }
            rest = after;
        }
        settled.push_str(rest);
        settled
    }

    /// Settles the hyphens that stood at line ends: dropped when the word
    /// is no compound that authors write with one.
    fn settle_hyphens(&self, raw: &str) -> String {
        let mut settled = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find(OPEN) {
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            // A damaged file may hold the sign itself, with nothing before it.
            let hyphen = before.chars().next_back().unwrap_or('-');
            let stem = before.strip_suffix(hyphen).unwrap_or(before);
            let head = stem.rsplit(is_between_words).next().unwrap_or("");
            let tail = after.split(is_between_words).next().unwrap_or("");
            settled.push_str(if self.is_typeset(head, hyphen, tail) {
                stem
            } else {
                before
            });
            rest = after;
        }
        settled.push_str(rest);
        settled
    }

    /// Whether the typesetter, not the author, put the hyphen there.
    fn is_typeset(&self, head: &str, hyphen: char, tail: &str) -> bool {
        let is_word = head.chars().all(char::is_alphabetic) && tail.starts_with(char::is_lowercase);
        let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
        if !is_word || self.all.contains(&format!("{head}-{tail}")) {
            return false;
        }
        let is_compound = PREFIXES.contains(&head.as_str())
            || (self.whole.contains(&head) && self.whole.contains(&tail));
        self.all.contains(&format!("{head}{tail}")) || hyphen == '\u{2010}' || !is_compound
    }
}

/// Most words are known already and need no copy.
fn learn(words: &mut HashSet<String>, word: &str) {
    if !words.contains(word) {
        words.insert(word.to_owned());
    }
}

/// What authors put a hyphen after, though it is no word of its own.
const PREFIXES: &[&str] = &[
    "anti", "co", "cross", "ex", "inter", "ill", "long", "mid", "multi", "non", "over", "post",
    "pre", "pro", "re", "self", "semi", "short", "sub", "under", "well",
];

fn is_between_words(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’')
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
    let has_blank = text.ends_with(char::is_whitespace);
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
    } else if has_blank {
        ' '
    } else {
        BREAK
    });
}
