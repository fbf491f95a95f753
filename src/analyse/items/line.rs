//! The blocks of a document as lines a rule can ask about: is it labelled, how,
//! is it a bullet, which box is it in.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::label::{self, Keyword, Labelled};
use crate::analyse::outline::{Outline, Placed};
use crate::model::document::{BlockKind, Locator};

/// One block, its label taken off.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// Index into [`Outline::blocks`].
    pub(super) index: usize,
    /// Where it stands.
    pub(super) at: Locator,
    /// Its section.
    pub(super) section: usize,
    /// Whether it opens a section.
    pub(super) is_heading: bool,
    /// Its box, if it stands in one.
    pub(super) boxed: Option<u32>,
    /// Its printed label.
    pub(super) label: Option<String>,
    /// What the word before the label calls the thing.
    pub(super) keyword: Option<Keyword>,
    /// Whether it is an item of a list without a label.
    pub(super) is_bullet: bool,
    /// Nesting of a list item, from 0.
    pub(super) depth: u8,
    /// Its text after the label.
    pub(super) text: &'a str,
    /// Its whole text.
    pub(super) full: &'a str,
    /// Whether it is a table row.
    pub(super) is_row: bool,
    /// The bold sentence with which its text opens, in bytes; 0 without one.
    pub(super) bold: usize,
}

/// How a label looks. Labels of one series look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    /// `3`
    Number,
    /// `9.3.1`, with the count of dots.
    Dotted(usize),
    /// `1a`
    NumberLetter,
    /// `R4`, `OR1`, `F1a`
    Code,
    /// `B`
    Capital,
    /// `c`
    Letter,
    /// `iv`
    Roman,
}

impl Shape {
    /// The shape of a label; `None` for one that is not in a known form.
    pub(super) fn of(label: &str) -> Option<Self> {
        let first = label.chars().next()?;
        let digits = label.chars().filter(char::is_ascii_digit).count();
        let letters = label.chars().filter(char::is_ascii_alphabetic).count();
        let dots = label.matches('.').count();
        let is_roman = letters > 1 && digits == 0 && label.chars().all(|c| "ivx".contains(c));
        Some(match (first, digits, letters) {
            _ if is_roman => Self::Roman,
            (_, 0, 1) if first.is_ascii_uppercase() => Self::Capital,
            (_, 0, 1) => Self::Letter,
            (_, 0, _) => return None,
            (_, _, 0) if dots > 0 => Self::Dotted(dots),
            (_, _, 0) => Self::Number,
            ('0'..='9', _, _) => Self::NumberLetter,
            _ => Self::Code,
        })
    }

    /// Whether a label of this shape marks a sub-point under one of `above`.
    pub(super) fn is_below(self, above: Self) -> bool {
        let is_minor = matches!(self, Self::Letter | Self::Roman);
        is_minor && self != above
    }
}

impl<'a> Line<'a> {
    fn of(index: usize, placed: &'a Placed<'_>) -> Self {
        let block = placed.block.as_ref();
        let full = block.text.as_str();
        let mut line = Self {
            index,
            at: placed.at,
            section: placed.section,
            is_heading: placed.is_heading,
            boxed: block.style.boxed,
            label: None,
            keyword: None,
            is_bullet: false,
            depth: 0,
            text: full,
            full,
            is_row: matches!(block.kind, BlockKind::Row { .. }),
            bold: 0,
        };
        if let BlockKind::ListItem { label, depth } = &block.kind {
            line.depth = *depth;
            line.is_bullet = label.is_none();
            line.label.clone_from(label);
        }
        let called = label::take_keyword_label(full).or_else(|| after_modifiers(full));
        let printed = called.or_else(|| {
            // Lists that print their own labels may be numbered by the file too.
            let may_be_bare = !line.is_row && (line.label.is_none() || full.starts_with('('));
            may_be_bare.then(|| label::take_bare_label(full)).flatten()
        });
        if let Some(printed) = printed {
            line.label = Some(printed.label);
            line.keyword = printed.keyword;
            line.text = printed.rest;
            line.is_bullet = false;
        }
        line.bold = bold_sentence(full, block.style.bold_lead as usize, line.text);
        line
    }

    /// The part before an announcement inside the paragraph, and the part that
    /// it announces.
    fn split_at_announcement(&self) -> Option<(Self, Self)> {
        if self.is_row || self.is_heading {
            return None;
        }
        let start = ANNOUNCEMENT.captures(self.text)?.get(1)?.start();
        let (before, after) = self.text.split_at(start);
        let printed = label::take_keyword_label(after)?;
        let announced = Self {
            label: Some(printed.label),
            keyword: printed.keyword,
            is_bullet: false,
            text: printed.rest,
            full: after,
            ..self.clone()
        };
        Some((
            Self {
                text: before,
                ..self.clone()
            },
            announced,
        ))
    }

    /// The shape of its label.
    pub(super) fn shape(&self) -> Option<Shape> {
        self.label.as_deref().and_then(Shape::of)
    }

    /// Whether it carries a label after a word of this kind.
    pub(super) fn is_called(&self, keyword: Keyword) -> bool {
        self.keyword == Some(keyword) && self.label.is_some()
    }
}

/// Every block of a document as a line; a paragraph in the middle of which an
/// item is announced (`… in every case. Recommendation 6: The Board should`)
/// as two.
pub(super) fn lines<'a>(outline: &'a Outline<'_>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (index, placed) in outline.blocks.iter().enumerate() {
        let whole = Line::of(index, placed);
        match whole.split_at_announcement() {
            Some((before, after)) => lines.extend([before, after]),
            None => lines.push(whole),
        }
    }
    lines
}

/// The length of the bold sentence with which `text`, the end of a block,
/// opens; 0 where the bold type ends within a sentence.
fn bold_sentence(block: &str, bold: usize, text: &str) -> usize {
    let before = block.len() - text.len();
    let Some(lead) = bold.checked_sub(before).and_then(|end| text.get(..end)) else {
        return 0;
    };
    let lead = lead.trim_end();
    if lead.ends_with(['.', '!']) && lead.contains(' ') {
        lead.len()
    } else {
        0
    }
}

/// Words before an announcement that say whose or which it is: "Health Service
/// Recommendation 2", "5.4 Board Recommendation 2".
const MAX_MODIFIERS: usize = 4;

/// The label of a line that calls itself an item after a number of its
/// paragraph or words that say whose item it is. What follows the label must be
/// set off from it, or a heading about an item would pass for the item.
fn after_modifiers(line: &str) -> Option<Labelled<'_>> {
    let number = label::take_bare_label(line).map(|found| found.rest);
    let rests = [number, Some(line)].into_iter().flatten();
    rests.into_iter().find_map(|line| {
        let mut rest = line;
        for taken in 0..=MAX_MODIFIERS {
            let found = label::take_keyword_label(rest)
                .filter(|found| {
                    // "System finding 1" and nothing else is the label of what follows.
                    taken == 0 || rest.starts_with(char::is_uppercase) || found.rest.is_empty()
                })
                .filter(|found| is_set_off(rest, found));
            if found.is_some() {
                return found;
            }
            let (word, after) = rest.split_once(' ')?;
            if !is_modifier(word) {
                return None;
            }
            rest = after;
        }
        None
    })
}

/// Whether punctuation or the end of the line follows a label.
fn is_set_off(line: &str, found: &Labelled<'_>) -> bool {
    let head = &line[..line.len() - found.rest.len()];
    found.rest.is_empty()
        || head
            .trim_end()
            .ends_with([':', '.', ')', '-', '–', '—', '|'])
}

/// Whether a word before an announcement may say whose or which it is, and not
/// what became of it.
fn is_modifier(word: &str) -> bool {
    const OTHERS: &str =
        "Response Progress Against Update To From Of On Previous Past Earlier Draft See Under";
    word.starts_with(char::is_uppercase)
        && !word.ends_with([':', '.', ',', ';'])
        && !OTHERS.split(' ').any(|other| other == word)
}

/// The end of a sentence, and the announcement of an item after it.
static ANNOUNCEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[.?!][”’)]?\s+((?:Recommendation|Learning [Pp]oint|Lesson|Finding|Argymhelliad)\s+[A-Z]{0,3}\d{0,2}(?:\.\d+)*\s*[:.–-]\s+[A-Z])")
        .expect("the pattern of announcements inside paragraphs compiles")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_one_series_have_one_shape() {
        for (label, shape) in [
            ("3", Shape::Number),
            ("9.3.1", Shape::Dotted(2)),
            ("1a", Shape::NumberLetter),
            ("R4", Shape::Code),
            ("F1a", Shape::Code),
            ("B", Shape::Capital),
            ("c", Shape::Letter),
            ("iv", Shape::Roman),
        ] {
            assert_eq!(Shape::of(label), Some(shape), "{label}");
        }
    }
}
