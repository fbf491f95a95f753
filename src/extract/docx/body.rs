//! Walks the body of a Word document and makes blocks of it.
//!
//! In: `w:body` with styles, lists and notes. Out: pages of blocks.

use super::numbering::Numbering;
use super::runs::{Inline, plain};
use super::styles::{Look, Styles, paragraph_look};
use super::table::shade;
use crate::extract::flow::Flow;
use crate::extract::kind::{Printed, kind};
use crate::extract::text::fold;
use crate::extract::xml::Element;
use crate::model::document::{Block, Page, Style};

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
    pub(super) flow: Flow,
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
        let has_layout = holds(body, "lastRenderedPageBreak");
        Self {
            styles,
            numbering,
            notes,
            has_layout,
            flow: Flow::new(has_layout),
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
    pub(super) fn finish(self) -> Vec<Page> {
        self.flow.finish()
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
        self.flow.advance(read.inline.breaks_before);
        let boxed = boxed.or_else(|| self.framed(element));
        self.take_notes(&read.inline);
        if let Some(mut block) = read.block {
            block.style.boxed = boxed;
            self.flow.push(block);
        }
        for content in &read.inline.boxes {
            let number = self.flow.next_box();
            self.read_in(content, Some(number));
        }
        self.flow.advance(read.inline.breaks_after);
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
        let number = self.flow.next_box();
        self.frame = Some((number, frame));
        Some(number)
    }

    pub(super) fn paragraph_block(&mut self, element: &'a Element) -> Read<'a> {
        let properties = element.child("pPr");
        let style = properties
            .and_then(|properties| properties.child("pStyle"))
            .and_then(|style| style.attr("val"));
        let own = properties.map(paragraph_look).unwrap_or_default();
        let has_own_list = own.list.is_some();
        let look = own.or(self.styles.paragraph(style));
        let inline = Inline::of(element, &look, self.styles);
        let (text, bold) = inline.words.text();
        if text.is_empty() {
            return Read {
                block: None,
                inline,
            };
        }
        let printed = self.printed(&look, style.filter(|_| !has_own_list));
        let is_contents = style.is_some_and(|style| self.styles.name(style).starts_with("toc "));
        let heading = look.heading;
        let (kind, text, bold) = kind(
            heading,
            printed,
            is_contents,
            text,
            bold,
            inline.words.has_tab(),
        );
        let block = Block {
            kind,
            text,
            style: Style {
                bold_lead: u32::try_from(bold).unwrap_or(u32::MAX),
                size: inline.words.size(),
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
            self.flow.footnote(note(footnotes, id));
        }
        for id in &inline.endnotes {
            self.flow.endnote(note(endnotes, id));
        }
    }
}

/// A note's text; empty when there is none.
fn note(notes: &Element, id: &str) -> String {
    let Some(note) = notes.elements().find(|note| note.attr("id") == Some(id)) else {
        return String::new();
    };
    let paragraphs: Vec<String> = note
        .elements()
        .map(|paragraph| fold(&plain(paragraph)))
        .collect();
    paragraphs.join(" ").trim().to_owned()
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
