//! The shape of a document: which headings govern which blocks, and which rows
//! make a table.
//!
//! In: a [`Document`]. Out: its blocks without furniture, footnotes and lists
//! of contents, each with its section; and its tables. What a section is about
//! is for the rules that read it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::text;
use crate::analyse::unfold::unfold;
use crate::model::document::{Block, BlockKind, Cell, Document, Locator};

/// A document as sections of blocks.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    /// In reading order, without furniture, footnotes and contents lists.
    pub(super) blocks: Vec<Placed<'a>>,
    /// The first is the whole document and has no heading.
    pub(super) sections: Vec<Section>,
}

/// A block and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Placed<'a> {
    /// Page and block.
    pub(super) at: Locator,
    /// The block, or a line of a cell that is only a frame.
    pub(super) block: Cow<'a, Block>,
    /// The innermost section, an index into [`Outline::sections`]; for a
    /// heading, the section that it opens.
    pub(super) section: usize,
    /// Whether it opens a section.
    pub(super) is_heading: bool,
}

/// A heading and all it governs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// As printed; empty for the whole document.
    pub(super) heading: String,
    /// 0 for the whole document, 1 to 6 for headings, 7 for bold lines that
    /// work as headings.
    pub(super) level: u8,
    /// The section around it.
    pub(super) parent: Option<usize>,
    /// Its blocks, heading and sub-sections included.
    pub(super) blocks: Range<usize>,
}

/// The rows of one table.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    /// The header row's cells, if there is one.
    pub(super) header: Option<&'a [Cell]>,
    /// The other rows: index into [`Outline::blocks`] and cells.
    pub(super) rows: Vec<(usize, &'a [Cell])>,
    /// The section it stands in.
    pub(super) section: usize,
}

/// Level given to bold lines that work as headings.
const BOLD_LINE: u8 = 7;
/// Longer lines in ordinary weight are text, whatever they announce.
const MAX_ANNOUNCING_WORDS: usize = 8;
/// Longer bold lines are emphasis.
const MAX_BOLD_HEADING_WORDS: usize = 14;

impl Table<'_> {
    /// Whether rows that begin at this block, with as many cells, carry on
    /// where this table stopped.
    fn goes_on_at(&self, index: usize, cells: &[Cell]) -> bool {
        let last = self.rows.last();
        last.is_some_and(|(row, before)| row + 1 == index && before.len() == cells.len())
    }
}

impl<'a> Outline<'a> {
    /// Reads the shape of a document.
    ///
    /// `announces` says whether a short line works as a heading by its words
    /// alone ("Recommendations"), however it is set.
    pub(super) fn of(document: &'a Document, announces: fn(&str) -> bool) -> Self {
        let mut outline = Self {
            blocks: Vec::new(),
            sections: vec![Section {
                heading: String::new(),
                level: 0,
                parent: None,
                blocks: 0..0,
            }],
        };
        let mut open = 0;
        for (at, block) in unfold(document, announces) {
            let is_text = !matches!(block.kind, BlockKind::Furniture | BlockKind::Footnote);
            if !is_text || block.text.trim().is_empty() || is_contents_line(&block.text) {
                continue;
            }
            let level = heading_level(&block, announces);
            if let Some(level) = level {
                open = outline.open_section(open, level, &block);
            }
            outline.blocks.push(Placed {
                at,
                block,
                section: open,
                is_heading: level.is_some(),
            });
        }
        let end = outline.blocks.len();
        outline.close_sections(end);
        outline
    }

    /// The headings above a block, outermost first, its own section's last.
    pub(super) fn path(&self, section: usize) -> Vec<&str> {
        let mut path: Vec<&str> = self
            .ancestry(section)
            .map(|index| self.sections[index].heading.as_str())
            .filter(|heading| !heading.is_empty())
            .collect();
        path.reverse();
        path
    }

    /// A section and those around it, innermost first.
    pub(super) fn ancestry(&self, section: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(section), |index| self.sections[*index].parent)
    }

    /// The outermost sections with headings of this kind, as an outline of
    /// their own; `None` if there is none. Sections keep their places.
    pub(super) fn narrowed(&self, is_wanted: impl Fn(&str) -> bool) -> Option<Self> {
        let mut narrowed = Self {
            blocks: Vec::new(),
            sections: self.sections.clone(),
        };
        for section in &mut narrowed.sections {
            section.blocks = 0..0;
        }
        for placed in &self.blocks {
            let mut around = self.ancestry(placed.section);
            if !around.any(|section| is_wanted(&self.sections[section].heading)) {
                continue;
            }
            let place = narrowed.blocks.len();
            for section in self.ancestry(placed.section) {
                let blocks = &mut narrowed.sections[section].blocks;
                let start = if blocks.start == blocks.end {
                    place
                } else {
                    blocks.start
                };
                *blocks = start..place + 1;
            }
            narrowed.blocks.push(placed.clone());
        }
        (!narrowed.blocks.is_empty()).then_some(narrowed)
    }

    /// The text of all blocks, one per line.
    pub(super) fn full_text(&self) -> String {
        let texts: Vec<&str> = self
            .blocks
            .iter()
            .map(|placed| placed.block.text.as_str())
            .collect();
        texts.join("\n")
    }

    /// The tables, in order. A first row that looks like column headings is
    /// taken for the header also where the file does not say so, and a table
    /// that goes on after a page break without repeating it keeps the header of
    /// the one before.
    pub(super) fn tables(&self) -> Vec<Table<'_>> {
        let mut tables: Vec<(u32, Table<'_>)> = Vec::new();
        for (index, placed) in self.blocks.iter().enumerate() {
            let BlockKind::Row {
                table,
                is_header,
                cells,
            } = &placed.block.kind
            else {
                continue;
            };
            let is_header = *is_header && looks_like_header(cells);
            if tables.last().is_none_or(|(id, _)| id != table) {
                let before = tables
                    .last()
                    .filter(|(_, before)| !is_header && before.goes_on_at(index, cells));
                let header = before.and_then(|(_, before)| before.header);
                let section = placed.section;
                tables.push((
                    *table,
                    Table {
                        header,
                        rows: Vec::new(),
                        section,
                    },
                ));
            }
            let Some((_, open)) = tables.last_mut() else {
                continue;
            };
            let is_first = open.header.is_none() && open.rows.is_empty();
            if is_first && (is_header || looks_like_header(cells)) {
                open.header = Some(cells);
            } else if !is_header {
                open.rows.push((index, cells));
            }
        }
        tables.into_iter().map(|(_, table)| table).collect()
    }

    fn open_section(&mut self, open: usize, level: u8, block: &Block) -> usize {
        let parent = self
            .ancestry(open)
            .find(|index| self.sections[*index].level < level);
        let start = self.blocks.len();
        let label = match &block.kind {
            BlockKind::ListItem {
                label: Some(label), ..
            } => format!("{label} "),
            _ => String::new(),
        };
        self.sections.push(Section {
            heading: format!("{label}{}", block.text.trim()),
            level,
            parent,
            blocks: start..start,
        });
        self.sections.len() - 1
    }

    /// Lets each section end where the next of its level or above begins.
    fn close_sections(&mut self, end: usize) {
        for index in 0..self.sections.len() {
            let level = self.sections[index].level;
            let next = self.sections[index + 1..]
                .iter()
                .find(|later| later.level <= level);
            let close = next.map_or(end, |later| later.blocks.start);
            self.sections[index].blocks.end = close;
        }
    }
}

/// The level of a heading, or of a bold line that works as one.
fn heading_level(block: &Block, announces: fn(&str) -> bool) -> Option<u8> {
    match block.kind {
        BlockKind::Heading { level } => Some(level.clamp(1, 6)),
        BlockKind::Paragraph => {
            let text = block.text.trim();
            let is_bold = block.style.bold_lead as usize >= text.len();
            let is_short = text::word_count(text) <= MAX_BOLD_HEADING_WORDS;
            let is_sentence = text.ends_with(['.', ';', ',']) && text::word_count(text) > 4;
            let announces = text::word_count(text) <= MAX_ANNOUNCING_WORDS && announces(text);
            let is_heading = (is_bold || announces) && is_short && !is_sentence;
            (is_heading && text.chars().any(char::is_alphabetic)).then_some(BOLD_LINE)
        }
        _ => None,
    }
}

/// A line of a list of contents: leaders, or a tab, and a page number.
fn is_contents_line(text: &str) -> bool {
    static LINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:\.\s?){4,}\s*(?:\d{1,3}|[ivx]+)?\s*$|…{2,}|\t\d{1,3}$")
            .expect("the pattern of contents lines compiles")
    });
    LINE.is_match(text)
}

/// Whether cells read like column headings: short, without full stops, at least
/// one of them a word that heads columns.
fn looks_like_header(cells: &[Cell]) -> bool {
    let texts: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
    let is_short = texts.iter().all(|text| {
        let words = text::word_count(text);
        // `No.` and `Ref.` head columns; sentences do not.
        words <= 8 && (words < 2 || !text.ends_with('.'))
    });
    let is_spread = texts.iter().filter(|text| !text.is_empty()).count() >= 2;
    is_short
        && is_spread
        && !texts
            .iter()
            .any(|text| text.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::model::digest::Digest;
    use crate::model::document::{Declared, Page, Style, TextFrom};

    #[test]
    fn sections_end_where_the_next_of_their_level_begins() {
        let document = document(&[
            heading(1, "One"),
            paragraph("a"),
            heading(2, "Inner"),
            bold("Agencies"),
            paragraph("b"),
            heading(1, "Two"),
            paragraph("c"),
        ]);
        let outline = Outline::of(&document, |_| false);
        let ranges: Vec<_> = outline
            .sections
            .iter()
            .map(|s| (s.heading.as_str(), s.blocks.clone()))
            .collect();
        assert_eq!(
            ranges,
            [
                ("", 0..7),
                ("One", 0..5),
                ("Inner", 2..5),
                ("Agencies", 3..5),
                ("Two", 5..7)
            ]
        );
        assert_eq!(
            outline.path(outline.blocks[4].section),
            ["One", "Inner", "Agencies"]
        );
    }

    #[test]
    fn contents_lines_are_left_out() {
        let document = document(&[paragraph("1 Introduction ........ 3"), paragraph("Text")]);
        assert_eq!(Outline::of(&document, |_| false).full_text(), "Text");
    }

    fn heading(level: u8, text: &str) -> Block {
        block(BlockKind::Heading { level }, text, 0)
    }

    fn paragraph(text: &str) -> Block {
        block(BlockKind::Paragraph, text, 0)
    }

    fn bold(text: &str) -> Block {
        block(BlockKind::Paragraph, text, text.len())
    }

    fn block(kind: BlockKind, text: &str, bold: usize) -> Block {
        let bold_lead = u32::try_from(bold).expect("a short text");
        let style = Style {
            bold_lead,
            ..Style::default()
        };
        Block {
            kind,
            text: text.to_owned(),
            style,
        }
    }

    fn document(blocks: &[Block]) -> Document {
        Document {
            digest: Digest::of(b"test"),
            media_type: "application/pdf".to_owned(),
            declared: Declared::default(),
            pages: vec![Page {
                number: NonZeroU32::MIN,
                label: None,
                text_from: TextFrom::File,
                blocks: blocks.to_vec(),
            }],
            warnings: Vec::new(),
        }
    }
}
