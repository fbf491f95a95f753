//! What of a query is to be seen in a text.
//!
//! In: a parsed, expanded [`Node`]. Out: [`Marks`], which find in a text every
//! kind of match that the index makes: stems, acronyms, phrases, synonyms,
//! mutated Welsh, wildcards.

use std::collections::HashSet;
use std::ops::Range;

use regex::Regex;

use super::{Find, Leaf, Manner, Node, QueryWord};
use crate::search::analyser;
use crate::search::{stop_words, welsh};

/// What to look for in a text.
#[derive(Debug, Default)]
pub(in crate::search) struct Marks {
    stems: HashSet<String>,
    /// Folded forms that count as they are.
    forms: HashSet<String>,
    acronyms: HashSet<String>,
    rows: Vec<Row>,
    patterns: Vec<Regex>,
}

/// Words that count only one after another.
#[derive(Debug)]
struct Row {
    stems: Vec<String>,
    slop: usize,
}

/// A word of a text that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Marked {
    /// Bytes of the text; a row of words is one range.
    pub range: Range<usize>,
    /// First word of it, counted from 0.
    pub word: usize,
    /// What it stands for: equal for forms of one word.
    pub stem: String,
}

impl Marks {
    /// What a query asks to see. What it excludes, or asks of a named field, is
    /// not to be seen.
    pub(in crate::search) fn of(node: &Node) -> Self {
        let mut marks = Self::default();
        marks.take(node);
        marks
    }

    /// These stems, wherever they stand.
    pub(in crate::search) fn of_stems(stems: impl Iterator<Item = String>) -> Self {
        Self {
            stems: stems.collect(),
            ..Self::default()
        }
    }

    /// Whether there is nothing to look for.
    pub(in crate::search) fn is_empty(&self) -> bool {
        self.stems.is_empty()
            && self.acronyms.is_empty()
            && self.rows.is_empty()
            && self.patterns.is_empty()
    }

    /// What of a text was looked for, in order and without overlap.
    pub(in crate::search) fn find(&self, text: &str) -> Vec<Marked> {
        let words = Words::of(text);
        let initials = self.initials();
        let mut found: Vec<Marked> = Vec::new();
        let mut at = 0;
        while at < words.spans.len() {
            let end = if initials.may_begin(words.written(at)) {
                self.end(&words, at)
            } else {
                None
            };
            if let Some(end) = end {
                let stems: Vec<String> = (at..end).map(|at| words.stem(at)).collect();
                found.push(Marked {
                    range: words.spans[at].0..words.spans[end - 1].1,
                    word: at,
                    stem: stems.join(" "),
                });
            }
            at = end.unwrap_or(at + 1);
        }
        found
    }

    /// The word after what was looked for and begins at `at`, when something does.
    fn end(&self, words: &Words<'_>, at: usize) -> Option<usize> {
        let folded = words.folded(at);
        let stem = analyser::stem_of_published(&folded);
        let begins = |row: &&Row| row.stems.first().is_some_and(|first| *first == stem);
        let rows = self.rows.iter().filter(begins);
        let row = rows.filter_map(|row| row.end(words, at)).max();
        let is_marked = || {
            self.stems.contains(&stem)
                || self.forms.contains(&folded)
                || self.acronyms.contains(words.written(at))
                || self
                    .patterns
                    .iter()
                    .any(|pattern| pattern.is_match(&folded))
        };
        row.or_else(|| is_marked().then_some(at + 1))
    }

    /// How what is looked for may begin.
    fn initials(&self) -> Initials {
        let mut initials = Initials {
            are_any: !self.patterns.is_empty(),
            letters: [false; 128],
        };
        let rows = self.rows.iter().filter_map(|row| row.stems.first());
        for stem in self.stems.iter().chain(rows) {
            analyser::initials(stem).for_each(|letter| initials.add(letter));
        }
        for word in self.forms.iter().chain(&self.acronyms) {
            word.bytes().take(1).for_each(|letter| initials.add(letter));
        }
        initials
    }

    fn take(&mut self, node: &Node) {
        match node {
            Node::Leaf(leaf) => self.take_leaf(leaf),
            Node::Group(nodes) | Node::And(nodes) | Node::Or(nodes) => {
                for node in nodes {
                    self.take(node);
                }
            }
            Node::Required(node) => self.take(node),
            Node::Not(_) => {}
        }
    }

    fn take_leaf(&mut self, leaf: &Leaf) {
        if leaf.field.is_some() {
            return;
        }
        match &leaf.find {
            Find::Words {
                words,
                slop,
                manner,
                also,
            } => {
                match manner {
                    Manner::Loose => words.iter().for_each(|word| self.take_word(word)),
                    Manner::Quoted | Manner::Joined => self.take_row(words, *slop),
                }
                for words in also {
                    self.take_row(words, 0);
                }
            }
            Find::Near {
                left,
                right,
                within,
            } => {
                self.take_row(&[&left[..], &right[..]].concat(), *within);
                self.take_row(&[&right[..], &left[..]].concat(), *within);
            }
            Find::Wildcard(pattern) => {
                let regex = regex::escape(pattern)
                    .replace(r"\*", ".*")
                    .replace(r"\?", ".");
                self.patterns
                    .extend(Regex::new(&format!("^(?:{regex})$")).ok());
            }
        }
    }

    fn take_row(&mut self, words: &[QueryWord], slop: u32) {
        match words {
            [] => {}
            [word] => self.take_word(word),
            words => self.rows.push(Row {
                stems: words
                    .iter()
                    .map(|word| analyser::stem(&word.folded))
                    .collect(),
                slop: slop as usize,
            }),
        }
    }

    fn take_word(&mut self, word: &QueryWord) {
        if let Some(acronym) = &word.acronym {
            self.acronyms.insert(acronym.clone());
            return;
        }
        if !stop_words::is_stop_word(&word.folded) {
            self.stems.insert(analyser::stem(&word.folded));
            self.forms.extend(welsh::forms(&word.folded));
        }
    }
}

impl Row {
    /// The word after the row that begins at `at`, when one does.
    fn end(&self, words: &Words<'_>, at: usize) -> Option<usize> {
        let mut next = at;
        let mut moves = self.slop;
        for (place, wanted) in self.stems.iter().enumerate() {
            let reach = if place == 0 { 0 } else { moves };
            let last = (next + reach + 1).min(words.spans.len());
            let ahead = (next..last).position(|at| words.stem(at) == *wanted)?;
            moves -= ahead;
            next += ahead + 1;
        }
        Some(next)
    }
}

/// First letters, by which most words of a text are passed over unread.
struct Initials {
    are_any: bool,
    letters: [bool; 128],
}

impl Initials {
    fn add(&mut self, letter: u8) {
        match self
            .letters
            .get_mut(usize::from(letter.to_ascii_lowercase()))
        {
            Some(is_known) => *is_known = true,
            None => self.are_any = true,
        }
    }

    /// Accented letters are folded into others.
    fn may_begin(&self, written: &str) -> bool {
        let first = written.bytes().next().unwrap_or_default();
        let letter = self.letters.get(usize::from(first.to_ascii_lowercase()));
        self.are_any || letter.is_none_or(|is_known| *is_known)
    }
}

/// The words of a text, each read when it is asked for.
struct Words<'a> {
    text: &'a str,
    spans: Vec<(usize, usize)>,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text,
            spans: analyser::spans(text),
        }
    }

    fn written(&self, at: usize) -> &'a str {
        let (start, end) = self.spans[at];
        &self.text[start..end]
    }

    fn folded(&self, at: usize) -> String {
        analyser::fold(self.written(at))
    }

    fn stem(&self, at: usize) -> String {
        analyser::stem_of_published(&self.folded(at))
    }
}
