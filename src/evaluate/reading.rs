//! Measures how faithfully documents were read, before anyone interprets them.
//!
//! In: the text of a gold file and the documents read from its addresses. Out:
//! for every known item and answer, whether its words stand together in the
//! document's blocks, furniture and footnotes left out, and whether it begins
//! on its page. An answer given in several rows may stand in several pieces,
//! each a whole run of lines of cells.

use std::fmt;

use super::EvaluateError;
use super::count::Rate;
use super::gold::{Gold, GoldDocument};
use super::matching::tokens;
use crate::model::document::{Block, BlockKind, Document};

/// An item may begin so many words into its block: its label stands before it
/// ("Learning point 3", "Status:").
const LABEL_WORDS: usize = 6;
/// Most pieces in which an answer may be given.
const MAX_PIECES: usize = 5;

/// How faithfully documents were read.
#[derive(Debug, Default)]
pub struct Reading {
    digital: Rates,
    scans: Rates,
    unread: usize,
    misses: Vec<String>,
}

#[derive(Debug, Default)]
struct Rates {
    contiguous: Rate,
    paged: Rate,
}

/// Measures the documents that `document_at` gives for the gold's addresses.
///
/// # Errors
///
/// Fails when the gold is not what FORMAT.md describes.
pub fn reading(
    gold: &str,
    mut document_at: impl FnMut(&str) -> Option<Document>,
) -> Result<Reading, EvaluateError> {
    let gold: Gold = serde_json::from_str(gold).map_err(EvaluateError::Gold)?;
    let mut reading = Reading::default();
    for known in &gold.documents {
        match known.urls.iter().find_map(|url| document_at(url)) {
            Some(document) => reading.add(known, &document),
            None => reading.unread += 1,
        }
    }
    Ok(reading)
}

impl Reading {
    /// What was not found together, or on another page, in the gold's order.
    #[must_use]
    pub fn misses(&self, at_most: usize) -> &[String] {
        &self.misses[..self.misses.len().min(at_most)]
    }

    fn add(&mut self, known: &GoldDocument, document: &Document) {
        let streams = [Stream::of(document, false), Stream::of(document, true)];
        let rates = match known.render.as_deref() {
            Some("scan") => &mut self.scans,
            _ => &mut self.digital,
        };
        let says = &known.says;
        for item in says
            .recommendations
            .iter()
            .chain(&says.lessons)
            .chain(&says.good_practice)
        {
            let wanted = tokens(item.text.as_deref());
            if wanted.is_empty() {
                continue;
            }
            let hit = streams
                .iter()
                .filter_map(|stream| stream.find(&wanted, item.page))
                .max();
            rates.contiguous.add(hit.is_some());
            let name = || format!("{}: item {}", known.id, item.id.as_deref().unwrap_or("?"));
            match (hit, item.page) {
                (None, _) => self.misses.push(format!("{} is not in one piece", name())),
                (Some(hit), Some(page)) => {
                    rates.paged.add(hit.page == page);
                    if hit.page != page {
                        self.misses
                            .push(format!("{} is on page {}, not {page}", name(), hit.page));
                    }
                }
                (Some(_), None) => {}
            }
        }
        for (answer, text) in says.responses.iter().flat_map(|answer| {
            answer
                .parts
                .values()
                .map(move |text| (answer, text.as_deref()))
        }) {
            let wanted = tokens(text);
            if wanted.is_empty() {
                continue;
            }
            let is_there = |stream: &Stream| {
                stream.find(&wanted, None).is_some() || stream.holds_in_pieces(&wanted, MAX_PIECES)
            };
            let is_found = streams.iter().any(is_there);
            rates.contiguous.add(is_found);
            if !is_found {
                let label = answer.recommendation.as_deref().unwrap_or("?");
                self.misses.push(format!(
                    "{}: answer to {label} is not in one piece",
                    known.id
                ));
            }
        }
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:42} {}",
            "items in one piece",
            self.digital.contiguous.figure()
        )?;
        writeln!(
            f,
            "{:42} {}",
            "items on their page",
            self.digital.paged.figure()
        )?;
        write!(
            f,
            "{:42} {}",
            "items in one piece (scans)",
            self.scans.contiguous.figure()
        )?;
        if self.unread > 0 {
            write!(
                f,
                "\n{:42} {}",
                "documents of the gold not read", self.unread
            )?;
        }
        Ok(())
    }
}

/// The words of a document in order.
struct Stream {
    words: Vec<Word>,
}

struct Word {
    text: String,
    page: i64,
    /// Whether an item may begin here: at the head of its block.
    can_begin: bool,
    ends: bool,
}

/// A place where words stand together; the better, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    is_on_page: bool,
    is_whole: u8,
    page: i64,
}

impl Stream {
    /// The words of all blocks but furniture and footnotes; with the printed
    /// labels of list items or without.
    fn of(document: &Document, with_labels: bool) -> Self {
        let mut words = Vec::new();
        for (at, block) in document.blocks() {
            let page = i64::from(at.page.get());
            for (label, text) in units(block) {
                let label = if with_labels {
                    tokens(Some(&label))
                } else {
                    Vec::new()
                };
                let head = label.len();
                let unit: Vec<String> = label.into_iter().chain(tokens(Some(&text))).collect();
                let last = unit.len().saturating_sub(1);
                words.extend(unit.into_iter().enumerate().map(|(index, text)| Word {
                    text,
                    page,
                    can_begin: index <= LABEL_WORDS + head,
                    ends: index == last,
                }));
            }
        }
        Self { words }
    }

    /// The best place where these words stand together.
    fn find(&self, wanted: &[String], page: Option<i64>) -> Option<Hit> {
        let windows = self.words.windows(wanted.len());
        let hits = windows.filter(|window| {
            window
                .iter()
                .zip(wanted)
                .all(|(word, wanted)| word.text == *wanted)
        });
        hits.filter_map(|window| {
            let (first, last) = (window.first()?, window.last()?);
            Some(Hit {
                is_on_page: page == Some(first.page),
                is_whole: u8::from(first.can_begin) + u8::from(last.ends),
                page: first.page,
            })
        })
        .max()
    }

    /// Whether the words are there in pieces, each a whole run of lines.
    fn holds_in_pieces(&self, wanted: &[String], most: usize) -> bool {
        if wanted.is_empty() || most == 0 {
            return wanted.is_empty();
        }
        (0..self.words.len())
            .filter(|at| self.words[*at].can_begin)
            .any(|at| {
                let pairs = self.words[at..].iter().zip(wanted);
                let same = pairs
                    .take_while(|(word, wanted)| word.text == **wanted)
                    .count();
                let ends = (1..=same)
                    .rev()
                    .filter(|length| self.words[at + length - 1].ends);
                ends.into_iter()
                    .any(|length| self.holds_in_pieces(&wanted[length..], most - 1))
            })
    }
}

/// The runs of text of a block, each with its label: the lines of each cell of
/// a row, else the block itself.
fn units(block: &Block) -> Vec<(String, String)> {
    match &block.kind {
        BlockKind::Furniture | BlockKind::Footnote => Vec::new(),
        BlockKind::Row { cells, .. } => {
            let own = cells.iter().filter(|cell| !cell.is_merged);
            own.flat_map(|cell| cell.text.split('\n'))
                .map(labelled)
                .collect()
        }
        BlockKind::ListItem { label, .. } => {
            vec![(label.clone().unwrap_or_default(), block.text.clone())]
        }
        _ => vec![(String::new(), block.text.clone())],
    }
}

/// A line of a cell, cut behind the label that opens it.
fn labelled(line: &str) -> (String, String) {
    let is_label = |word: &str| {
        let bare = word.trim_matches(['(', ')', '.']);
        let is_numeral = bare.len() <= 4 && bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        let is_number = bare.chars().all(|c| c.is_ascii_digit() || c == '.');
        word.ends_with(['.', ')'])
            && !bare.is_empty()
            && (is_number || is_numeral || bare.len() == 1)
    };
    match line.split_once(' ') {
        Some((first, rest)) if is_label(first) => (first.to_owned(), rest.to_owned()),
        _ => (String::new(), line.to_owned()),
    }
}
