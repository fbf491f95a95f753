//! What of a query is to be seen in a text.
//!
//! In: a parsed, expanded [`Node`]. Out: [`Marks`], which find in a text every
//! kind of match that the index makes: stems, acronyms, phrases, synonyms,
//! mutated Welsh, wildcards.

use std::collections::HashSet;
use std::ops::Range;

use regex::Regex;

use super::{Find, Leaf, Manner, Node, QueryWord};
use crate::search::analyser::{self, Word};
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
        let words = analyser::words(text);
        let stems = analyser::stems_of_published(&words);
        let mut found: Vec<Marked> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let row = self.rows.iter().filter_map(|row| row.end(&stems, at)).max();
            let is_marked = || self.is_marked(&words[at], &stems[at], text);
            let end = row.or_else(|| is_marked().then_some(at + 1));
            if let Some(end) = end {
                found.push(Marked {
                    range: words[at].start..words[end - 1].end,
                    word: at,
                    stem: stems[at..end].join(" "),
                });
            }
            at = end.unwrap_or(at + 1);
        }
        found
    }

    fn is_marked(&self, word: &Word, stem: &str, text: &str) -> bool {
        self.stems.contains(stem)
            || self.forms.contains(&word.folded)
            || self.acronyms.contains(&text[word.start..word.end])
            || self
                .patterns
                .iter()
                .any(|pattern| pattern.is_match(&word.folded))
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
    fn end(&self, stems: &[String], at: usize) -> Option<usize> {
        let mut next = at;
        let mut moves = self.slop;
        for (place, wanted) in self.stems.iter().enumerate() {
            let reach = if place == 0 { 0 } else { moves };
            let ahead = stems
                .get(next..)?
                .iter()
                .take(reach + 1)
                .position(|stem| stem == wanted)?;
            moves -= ahead;
            next += ahead + 1;
        }
        Some(next)
    }
}
