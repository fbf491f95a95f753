//! Walks the body of a Word document and makes blocks of it.
//!
//! In: `w:body` with styles, lists and notes. Out: pages of blocks.

use std::num::NonZeroU32;

use super::numbering::{Numbering, Printed};
use super::runs::{Context, Inline, plain};
use super::styles::{Look, Styles, paragraph_look};
use crate::extract::label;
use crate::extract::looks::could_be_heading;
use crate::extract::text::{fold, row_text};
use crate::extract::xml::Element;
use crate::model::document::{Block, BlockKind, Cell, Page, Style, TextFrom};

/// Most pages that Word's page breaks may make.
const MAX_PAGES: usize = crate::extract::MAX_PAGES;

/// Where notes are found by id.
#[derive(Clone, Copy)]
pub(super) struct Notes<'a> {
    pub(super) footnotes: &'a Element,
    pub(super) endnotes: &'a Element,
}

/// Walks a document from top to bottom.
pub(super) struct Reader<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    notes: Notes<'a>,
    has_layout: bool,
    pages: Vec<Vec<Block>>,
    /// Footnotes of the page at hand.
    at_foot: Vec<Block>,
    at_end: Vec<Block>,
    tables: u32,
    boxes: u32,
    /// The box that the paragraph before stands in, with its frame.
    frame: Option<(u32, String)>,
}

/// A paragraph read, with the page breaks in it.
struct Read<'a> {
    block: Option<Block>,
    inline: Inline<'a>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        styles: &'a Styles,
        numbering: Numbering,
        notes: Notes<'a>,
        body: &Element,
    ) -> Self {
        Self {
            styles,
            numbering,
            notes,
            has_layout: holds(body, "lastRenderedPageBreak"),
            pages: vec![Vec::new()],
            at_foot: Vec::new(),
            at_end: Vec::new(),
            tables: 0,
            boxes: 0,
            frame: None,
        }
    }

    /// Whether the file says where pages begin.
    pub(super) fn has_pages(&self) -> bool {
        self.has_layout
    }

    /// Reads a container of paragraphs and tables.
    pub(super) fn read(&mut self, container: &'a Element) {
        self.read_in(container, None);
    }

    /// The pages, notes at their feet.
    pub(super) fn finish(mut self) -> Vec<Page> {
        self.end_page();
        let last = self.pages.len() - 1;
        self.pages[last].append(&mut self.at_end);
        self.pages
            .into_iter()
            .zip(1..)
            .map(|(blocks, number)| Page {
                number: NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN),
                label: None,
                text_from: TextFrom::File,
                blocks,
            })
            .collect()
    }

    fn read_in(&mut self, container: &'a Element, boxed: Option<u32>) {
        for element in container.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element, boxed),
                "tbl" => self.table(element, boxed),
                "del" | "moveFrom" | "sectPr" | "sdtPr" | "sdtEndPr" => {}
                "AlternateContent" => {
                    if let Some(chosen) = element
                        .child("Choice")
                        .or_else(|| element.child("Fallback"))
                    {
                        self.read_in(chosen, boxed);
                    }
                }
                _ => self.read_in(element, boxed),
            }
        }
    }

    fn paragraph(&mut self, element: &'a Element, boxed: Option<u32>) {
        let read = self.paragraph_block(element);
        self.advance(read.inline.breaks_before);
        let boxed = boxed.or_else(|| self.framed(element));
        self.take_notes(&read.inline);
        if let Some(mut block) = read.block {
            block.style.boxed = boxed;
            self.push(block);
        }
        for content in &read.inline.boxes {
            self.boxes += 1;
            let number = self.boxes;
            self.read_in(content, Some(number));
        }
        self.advance(read.inline.breaks_after);
    }

    fn push(&mut self, block: Block) {
        if let Some(page) = self.pages.last_mut() {
            page.push(block);
        }
    }

    fn advance(&mut self, pages: usize) {
        for _ in 0..pages {
            if self.pages.len() < MAX_PAGES {
                self.end_page();
                self.pages.push(Vec::new());
            }
        }
    }

    fn end_page(&mut self) {
        if let Some(page) = self.pages.last_mut() {
            page.append(&mut self.at_foot);
        }
    }

    /// The box of a paragraph with a frame or a background; neighbours with
    /// the same frame share it.
    fn framed(&mut self, element: &Element) -> Option<u32> {
        let frame = element.child("pPr").map(frame).unwrap_or_default();
        if frame.is_empty() {
            self.frame = None;
            return None;
        }
        if let Some((number, known)) = &self.frame
            && *known == frame
        {
            return Some(*number);
        }
        self.boxes += 1;
        self.frame = Some((self.boxes, frame));
        Some(self.boxes)
    }

    fn paragraph_block(&mut self, element: &'a Element) -> Read<'a> {
        let properties = element.child("pPr");
        let style = properties
            .and_then(|properties| properties.child("pStyle"))
            .and_then(|style| style.attr("val"));
        let own = properties.map(paragraph_look).unwrap_or_default();
        let has_own_list = own.list.is_some();
        let look = own.or(self.styles.paragraph(style));
        let context = Context {
            styles: self.styles,
            has_layout: self.has_layout,
        };
        let inline = Inline::of(element, &look, context);
        let (text, bold) = inline.text();
        if text.is_empty() {
            return Read {
                block: None,
                inline,
            };
        }
        let printed = self.printed(&look, style.filter(|_| !has_own_list));
        let is_contents = style.is_some_and(|style| self.styles.name(style).starts_with("toc "));
        let (kind, text, bold) = kind(&look, printed, is_contents, text, bold, inline.has_tab());
        let block = Block {
            kind,
            text,
            style: Style {
                bold_lead: u32::try_from(bold).unwrap_or(u32::MAX),
                size: inline.size(),
                boxed: None,
            },
        };
        Read {
            block: Some(block),
            inline,
        }
    }

    /// What Word prints before the paragraph, with its level.
    fn printed(&mut self, look: &Look, style: Option<&str>) -> Option<(Printed, usize)> {
        let (list, level) = look.list.as_ref()?;
        let by_style = style.and_then(|style| self.numbering.level_of_style(list, style));
        let level = by_style.or(*level).unwrap_or(0);
        Some((self.numbering.next(list, level)?, level))
    }

    fn take_notes(&mut self, inline: &Inline<'a>) {
        let Notes {
            footnotes,
            endnotes,
        } = self.notes;
        for id in &inline.footnotes {
            let block = note(footnotes, id);
            self.at_foot.extend(block);
        }
        for id in &inline.endnotes {
            let block = note(endnotes, id);
            self.at_end.extend(block);
        }
    }

    fn table(&mut self, element: &'a Element, boxed: Option<u32>) {
        let rows: Vec<&Element> = rows(element);
        if rows.iter().all(|row| cells(row).len() <= 1) {
            self.boxes += 1;
            let number = boxed.unwrap_or(self.boxes);
            for cell in rows.into_iter().flat_map(cells) {
                self.read_in(cell, Some(number));
            }
            return;
        }
        self.tables += 1;
        let table = self.tables;
        let by_style = self.sets_first_row_apart(element);
        let mut above: Vec<Cell> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let read = self.row(row, &above);
            self.advance(read.breaks_before);
            above.clone_from(&read.cells);
            let text = row_text(&read.cells);
            let looks_like_head = by_style || read.is_bold;
            let is_first = index == 0 && rows.len() > 1 && read.cells.len() > 1;
            if !text.is_empty() {
                self.push(Block {
                    kind: BlockKind::Row {
                        table,
                        is_header: is_repeated(row) || (is_first && looks_like_head),
                        cells: read.cells,
                    },
                    text,
                    style: Style {
                        bold_lead: 0,
                        size: read.size,
                        boxed,
                    },
                });
            }
            self.advance(read.breaks_after);
        }
    }

    fn sets_first_row_apart(&self, table: &Element) -> bool {
        let Some(properties) = table.child("tblPr") else {
            return false;
        };
        let asked = properties.child("tblLook").is_some_and(|look| {
            let value = look
                .attr("val")
                .and_then(|value| u32::from_str_radix(value, 16).ok());
            look.attr("firstRow") == Some("1") || value.is_some_and(|value| value & 0x20 != 0)
        });
        let style = properties
            .child("tblStyle")
            .and_then(|style| style.attr("val"));
        asked && style.is_some_and(|style| self.styles.has_first_row(style))
    }

    fn row(&mut self, row: &'a Element, above: &[Cell]) -> RowRead {
        let skipped = row
            .at(&["trPr", "gridBefore"])
            .and_then(|before| before.attr("val"));
        let mut column: u16 = skipped
            .and_then(|columns| columns.parse().ok())
            .unwrap_or(0);
        let mut read = RowRead {
            is_bold: true,
            ..RowRead::default()
        };
        for element in cells(row) {
            let properties = element.child("tcPr");
            let value = |name: &str| properties.and_then(|properties| properties.child(name));
            let span = value("gridSpan")
                .and_then(|span| span.attr("val")?.parse().ok())
                .unwrap_or(1)
                .clamp(1, 200);
            let is_merged = value("vMerge")
                .is_some_and(|merge| merge.attr("val").unwrap_or("continue") == "continue");
            let origin = above
                .iter()
                .find(|cell| cell.column == column)
                .filter(|_| is_merged);
            let text = self.cell(element, &mut read);
            read.cells.push(Cell {
                text: origin.map_or(text, |origin| origin.text.clone()),
                column,
                span,
                shade: origin.map_or_else(|| value("shd").and_then(shade), |origin| origin.shade),
                is_merged: origin.is_some(),
            });
            column = column.saturating_add(span);
        }
        read
    }

    /// A cell's paragraphs, one a line.
    fn cell(&mut self, cell: &'a Element, row: &mut RowRead) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut paragraphs: Vec<&Element> = Vec::new();
        collect(cell, &mut paragraphs);
        for element in paragraphs {
            let read = self.paragraph_block(element);
            self.take_notes(&read.inline);
            if lines.is_empty() && row.cells.is_empty() {
                row.breaks_before += read.inline.breaks_before;
            } else {
                row.breaks_after = row.breaks_after.max(read.inline.breaks_before);
            }
            row.breaks_after = row.breaks_after.max(read.inline.breaks_after);
            row.size = row.size.max(read.inline.size());
            for content in &read.inline.boxes {
                lines.push(fold(&plain(content)));
            }
            let Some(block) = read.block else { continue };
            row.is_bold &= block.style.bold_lead as usize >= block.text.len();
            lines.push(match block.kind {
                BlockKind::ListItem {
                    label: Some(label), ..
                } => format!("{label}. {}", block.text),
                _ => block.text,
            });
        }
        lines.join("\n")
    }
}

#[derive(Default)]
struct RowRead {
    cells: Vec<Cell>,
    is_bold: bool,
    size: f32,
    breaks_before: usize,
    breaks_after: usize,
}

fn kind(
    look: &Look,
    printed: Option<(Printed, usize)>,
    is_contents: bool,
    mut text: String,
    mut bold: usize,
    has_tab: bool,
) -> (BlockKind, String, usize) {
    let depth = printed
        .as_ref()
        .map_or(0, |(_, level)| u8::try_from(*level).unwrap_or(8));
    let printed = printed.map(|(printed, _)| printed);
    if is_contents {
        return (BlockKind::Paragraph, text, 0);
    }
    if let Some(level @ 1..) = look.heading {
        if let Some(Printed::Number(number)) = printed {
            prefix(&mut text, &mut bold, &number);
        }
        return (BlockKind::Heading { level }, text, bold);
    }
    let item = |label| BlockKind::ListItem { label, depth };
    match printed {
        Some(Printed::Bullet) => (item(None), text, bold),
        Some(Printed::Number(number)) if has_words(&number) => {
            prefix(&mut text, &mut bold, &number);
            (BlockKind::Paragraph, text, bold)
        }
        Some(Printed::Number(number)) => (item(Some(label::bare(&number))), text, bold),
        Some(Printed::Nothing) | None if could_be_heading(&text, bold, 0.0, 0.0) => {
            (BlockKind::Paragraph, text, bold)
        }
        Some(Printed::Nothing) | None => match label::take(&mut text, &mut bold, has_tab) {
            Some(label) => (item(label), text, bold),
            None => (BlockKind::Paragraph, text, bold),
        },
    }
}

/// Whether a printed number holds a word, as in "Recommendation 3:".
fn has_words(number: &str) -> bool {
    number.split(|c: char| !c.is_alphabetic()).any(|word| {
        word.len() > 1
            && !word.chars().all(|c| "ivxlcdmIVXLCDM".contains(c))
            && !is_repeated_letter(word)
    })
}

/// Word goes on after `z` with `aa`, `bb`.
fn is_repeated_letter(word: &str) -> bool {
    word.chars().all(|c| word.starts_with(c))
}

fn prefix(text: &mut String, bold: &mut usize, number: &str) {
    if *bold > 0 {
        *bold += number.len() + 1;
    }
    *text = format!("{number} {text}");
}

fn note(notes: &Element, id: &str) -> Option<Block> {
    let note = notes.elements().find(|note| note.attr("id") == Some(id))?;
    let paragraphs: Vec<String> = note
        .elements()
        .map(|paragraph| fold(&plain(paragraph)))
        .collect();
    let text = paragraphs.join(" ").trim().to_owned();
    (!text.is_empty()).then_some(Block {
        kind: BlockKind::Footnote,
        text,
        style: Style::default(),
    })
}

/// A paragraph's frame or background, as a text to compare; empty for none.
fn frame(properties: &Element) -> String {
    let shade = properties.child("shd").and_then(shade);
    let sides = properties.child("pBdr").map_or(0, |borders| {
        let drawn = |side: &&Element| !matches!(side.attr("val"), Some("nil" | "none") | None);
        borders.elements().filter(drawn).count()
    });
    match (shade, sides) {
        (None, 0..=2) => String::new(),
        (shade, sides) => format!("{shade:?} {sides}"),
    }
}

/// The background that `w:shd` gives, unless it is white or left to Word.
fn shade(element: &Element) -> Option<u32> {
    let colour = u32::from_str_radix(element.attr("fill")?, 16).ok()?;
    (colour != 0x00ff_ffff).then_some(colour)
}

fn rows(table: &Element) -> Vec<&Element> {
    let mut rows = Vec::new();
    for element in table.elements() {
        match element.name.as_str() {
            "tr" if element.at(&["trPr", "del"]).is_none() => rows.push(element),
            "sdt" | "sdtContent" | "customXml" | "ins" => rows.extend(self::rows(element)),
            _ => {}
        }
    }
    rows
}

fn cells(row: &Element) -> Vec<&Element> {
    let mut cells = Vec::new();
    for element in row.elements() {
        match element.name.as_str() {
            "tc" => cells.push(element),
            "sdt" | "sdtContent" | "customXml" | "ins" => cells.extend(self::cells(element)),
            _ => {}
        }
    }
    cells
}

/// Whether Word repeats the row at the head of each page.
fn is_repeated(row: &Element) -> bool {
    let flag = row.at(&["trPr", "tblHeader"]);
    flag.is_some_and(|flag| !matches!(flag.attr("val"), Some("0" | "false" | "off")))
}

/// All paragraphs below, those of nested tables included.
fn collect<'a>(element: &'a Element, into: &mut Vec<&'a Element>) {
    for child in element.elements() {
        match child.name.as_str() {
            "p" => into.push(child),
            "del" | "moveFrom" | "tcPr" => {}
            _ => collect(child, into),
        }
    }
}

fn holds(element: &Element, name: &str) -> bool {
    element
        .elements()
        .any(|child| child.name == name || holds(child, name))
}
