//! Walks the body of a Word document and makes blocks of it.
//!
//! In: `w:body` with styles, lists and notes. Out: pages of blocks.

use std::num::NonZeroU32;

use super::kind::kind;
use super::numbering::{Numbering, Printed};
use super::runs::{Context, Inline, plain};
use super::styles::{Look, Styles, paragraph_look};
use super::table::shade;
use crate::extract::text::fold;
use crate::extract::xml::Element;
use crate::model::document::{Block, BlockKind, Page, Style, TextFrom};

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
    pub(super) styles: &'a Styles,
    numbering: Numbering,
    notes: Notes<'a>,
    has_layout: bool,
    pages: Vec<Vec<Block>>,
    /// Footnotes of the page at hand.
    at_foot: Vec<Block>,
    at_end: Vec<Block>,
    pub(super) tables: u32,
    pub(super) boxes: u32,
    /// The box that the paragraph before stands in, with its frame.
    frame: Option<(u32, String)>,
}

/// A paragraph read, with the page breaks in it.
pub(super) struct Read<'a> {
    pub(super) block: Option<Block>,
    pub(super) inline: Inline<'a>,
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

    pub(super) fn read_in(&mut self, container: &'a Element, boxed: Option<u32>) {
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

    pub(super) fn push(&mut self, block: Block) {
        if let Some(page) = self.pages.last_mut() {
            page.push(block);
        }
    }

    pub(super) fn advance(&mut self, pages: usize) {
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

    pub(super) fn paragraph_block(&mut self, element: &'a Element) -> Read<'a> {
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

    pub(super) fn take_notes(&mut self, inline: &Inline<'a>) {
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

fn holds(element: &Element, name: &str) -> bool {
    element
        .elements()
        .any(|child| child.name == name || holds(child, name))
}
