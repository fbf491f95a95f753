//! Turns drafts into the blocks that leave the reader.
//!
//! In: drafts by page. Out: pages of [`Block`]s and warnings about pages.

use std::num::NonZeroU32;

use super::draft::{CellDraft, Draft, Kind, Row};
use super::ink::Ink;
use super::join::{Words, styled};
use super::scan::is_picture;
use crate::extract::label::{self, Mark};
use crate::extract::looks::{could_be_heading, has_leaders};
use crate::extract::text::fold;
use crate::model::document::{Block, BlockKind, Cell, Locator, Page, Style, TextFrom, Warning};

/// Pages of blocks.
pub(super) fn pages(
    drafts: Vec<Vec<Draft>>,
    inks: &[Ink],
    words: &Words,
    body: f32,
    label: impl Fn(usize) -> Option<String>,
) -> Vec<Page> {
    let mut depths = Depths::default();
    drafts
        .into_iter()
        .zip(inks)
        .enumerate()
        .map(|(index, (drafts, ink))| {
            let blocks: Vec<Block> = drafts
                .into_iter()
                .map(|draft| block(draft, words, body, &mut depths))
                .filter(|block| !block.text.is_empty())
                .collect();
            Page {
                number: number(index),
                label: label(index),
                text_from: text_from(ink),
                blocks,
            }
        })
        .collect()
}

fn number(index: usize) -> NonZeroU32 {
    u32::try_from(index)
        .unwrap_or(u32::MAX - 1)
        .checked_add(1)
        .and_then(NonZeroU32::new)
        .unwrap_or(NonZeroU32::MIN)
}

/// How the page's text came to us.
fn text_from(ink: &Ink) -> TextFrom {
    match ink.ocr {
        Some(confidence) => TextFrom::Ocr { confidence },
        None if is_picture(ink) => TextFrom::NeedsOcr,
        None => TextFrom::File,
    }
}

/// What a reader of the data should know about the pages.
pub(super) fn warnings(inks: &[Ink]) -> Vec<Warning> {
    let at = |index: usize| {
        Some(Locator {
            page: number(index),
            block: 0,
        })
    };
    let mut warnings = Vec::new();
    for (index, ink) in inks.iter().enumerate() {
        if !ink.skipped.is_empty() {
            warnings.push(Warning {
                at: at(index),
                what: format!(
                    "part of the page cannot be read: {}",
                    ink.skipped.join("; ")
                ),
            });
        }
        if ink.invisible > 0.8 {
            warnings.push(Warning {
                at: at(index),
                what: "the page's text is an unseen layer, as scanners add it".to_owned(),
            });
        }
        let letters = ink.runs.iter().flat_map(|run| run.text.chars());
        let (all, lost) = letters.fold((0, 0), |(all, lost), c| {
            (all + 1, lost + usize::from(c == '\u{fffd}'))
        });
        if lost * 10 > all {
            warnings.push(Warning {
                at: at(index),
                what: format!("{lost} of {all} characters of the page have no known meaning"),
            });
        }
    }
    warnings
}

fn block(draft: Draft, words: &Words, body: f32, depths: &mut Depths) -> Block {
    let (mut text, mut bold) = styled(&draft.lines, words);
    let size = (draft.size() * 10.0).round() / 10.0;
    let x = draft.area.x0;
    let kind = match draft.kind {
        Kind::Row(row) => return self::row(&row, draft.boxed, words),
        Kind::Heading(level) => {
            depths.clear();
            BlockKind::Heading { level }
        }
        Kind::Contents => BlockKind::Paragraph,
        Kind::Footnote => BlockKind::Footnote,
        Kind::Furniture => BlockKind::Furniture,
        Kind::Item {
            label: Some(label),
            depth,
        } => BlockKind::ListItem {
            label: Some(label),
            depth,
        },
        Kind::Item { label: None, depth } => {
            let label = label::take(&mut text, &mut bold, false).flatten();
            BlockKind::ListItem { label, depth }
        }
        Kind::Text if has_leaders(&text) || could_be_heading(&text, bold, size, body) => {
            BlockKind::Paragraph
        }
        Kind::Text => {
            let has_tab = draft.lines.first().is_some_and(|line| line.has_tab);
            match label::take(&mut text, &mut bold, has_tab) {
                Some(label) => BlockKind::ListItem {
                    label,
                    depth: depths.of(x),
                },
                None => BlockKind::Paragraph,
            }
        }
    };
    Block {
        kind,
        text,
        style: Style {
            bold_lead: u32::try_from(bold).unwrap_or(u32::MAX),
            size,
            boxed: draft.boxed,
        },
    }
}

fn row(row: &Row, boxed: Option<u32>, words: &Words) -> Block {
    let size = row
        .cells
        .iter()
        .flat_map(|cell| &cell.paragraphs)
        .flatten()
        .map(|line| line.size)
        .fold(0.0, f32::max);
    let cells: Vec<Cell> = row.cells.iter().map(|draft| cell(draft, words)).collect();
    Block {
        text: crate::extract::text::row_text(&cells),
        kind: BlockKind::Row {
            table: row.table,
            is_header: row.is_header,
            cells,
        },
        style: Style {
            bold_lead: 0,
            size: (size * 10.0).round() / 10.0,
            boxed,
        },
    }
}

fn cell(draft: &CellDraft, words: &Words) -> Cell {
    let paragraphs: Vec<String> = draft
        .paragraphs
        .iter()
        .map(|lines| styled(lines, words).0)
        .map(|text| match label::split(&text) {
            Some((Mark::Bullet, rest)) => fold(rest),
            _ => text,
        })
        .filter(|text| !text.is_empty())
        .collect();
    Cell {
        text: paragraphs.join("\n"),
        column: u16::try_from(draft.column).unwrap_or(u16::MAX),
        span: u16::try_from(draft.span).unwrap_or(u16::MAX).max(1),
        shade: draft.shade,
        is_merged: draft.is_merged,
    }
}

/// How deep lists are nested, from how far their items are set in.
#[derive(Debug, Default)]
struct Depths(Vec<f32>);

impl Depths {
    fn clear(&mut self) {
        self.0.clear();
    }

    fn of(&mut self, x: f32) -> u8 {
        while self.0.last().is_some_and(|outer| *outer > x + 4.0) {
            self.0.pop();
        }
        if self.0.last().is_none_or(|outer| x > outer + 4.0) {
            self.0.push(x);
        }
        u8::try_from(self.0.len() - 1).unwrap_or(u8::MAX)
    }
}
