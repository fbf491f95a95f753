//! Walks the text of an OpenDocument file and makes blocks of it.
//!
//! In: `office:text` with styles and lists. Out: pages of blocks.

use super::lists::{Lists, OUTLINE};
use super::styles::{Look, Styles};
use crate::extract::flow::Flow;
use crate::extract::kind::{Printed, kind};
use crate::extract::text::fold;
use crate::extract::weighted::Weighted;
use crate::extract::xml::{Element, Node};
use crate::model::document::{Block, Page, Style};

/// Walks a document from top to bottom.
pub(super) struct Reader<'a> {
    pub(super) styles: &'a Styles,
    lists: Lists,
    pub(super) flow: Flow,
    /// What is printed before the paragraph to come.
    printed: Option<(Printed, usize)>,
    /// Whether a table of contents is being read.
    is_contents: bool,
}

/// A list being read.
struct List<'a> {
    style: Option<&'a str>,
    level: usize,
}

/// A paragraph's text and what hangs on it.
#[derive(Default)]
struct Inline<'a> {
    words: Weighted,
    breaks_before: usize,
    breaks_after: usize,
    notes: Vec<&'a Element>,
    boxes: Vec<&'a Element>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(styles: &'a Styles, lists: Lists, has_pages: bool) -> Self {
        Self {
            styles,
            lists,
            flow: Flow::new(has_pages),
            printed: None,
            is_contents: false,
        }
    }

    /// The pages.
    pub(super) fn finish(self) -> Vec<Page> {
        self.flow.finish()
    }

    /// Reads a container of paragraphs, lists and tables.
    pub(super) fn read(&mut self, container: &'a Element, boxed: Option<u32>) {
        for element in container.elements() {
            match element.name.as_str() {
                "p" | "h" => self.paragraph(element, boxed),
                "list" => self.list(element, None, boxed),
                "table" => self.table(element, boxed),
                "soft-page-break" => self.flow.advance(1),
                "table-of-content" | "illustration-index" | "table-index" => {
                    self.is_contents = true;
                    self.read(element, boxed);
                    self.is_contents = false;
                }
                "frame" | "custom-shape" | "text-box" => self.in_box(element, boxed),
                "tracked-changes"
                | "annotation"
                | "title"
                | "desc"
                | "forms"
                | "table-of-content-source" => {}
                _ => self.read(element, boxed),
            }
        }
    }

    fn in_box(&mut self, element: &'a Element, boxed: Option<u32>) {
        let number = boxed.unwrap_or_else(|| self.flow.next_box());
        self.read(element, Some(number));
    }

    fn list(&mut self, element: &'a Element, outer: Option<&List<'a>>, boxed: Option<u32>) {
        let list = List {
            style: element
                .attr("style-name")
                .or_else(|| outer.and_then(|outer| outer.style)),
            level: outer.map_or(0, |outer| outer.level + 1),
        };
        let goes_on = element.attr("continue-numbering") == Some("true")
            || element.attr("continue-list").is_some();
        if let (Some(style), false) = (list.style, goes_on) {
            self.lists.restart(style, list.level);
        }
        for item in element.elements() {
            let mut is_counted = item.name == "list-header";
            let start = item
                .attr("start-value")
                .and_then(|start| start.parse().ok());
            for child in item.elements() {
                match child.name.as_str() {
                    "list" => self.list(child, Some(&list), boxed),
                    "p" | "h" => {
                        if !is_counted {
                            self.printed = Some((self.item(child, &list, start), list.level));
                        }
                        is_counted = true;
                        self.paragraph(child, boxed);
                    }
                    "soft-page-break" => self.flow.advance(1),
                    _ => {}
                }
            }
        }
    }

    /// What is printed before the first paragraph of an item.
    fn item(&mut self, paragraph: &Element, list: &List<'a>, start: Option<u32>) -> Printed {
        let look = self.styles.look("paragraph", paragraph.attr("style-name"));
        match list.style.or(look.list.as_deref()) {
            Some(style) => self.lists.next(style, list.level, start),
            None => Printed::Bullet,
        }
    }

    fn paragraph(&mut self, element: &'a Element, boxed: Option<u32>) {
        let style = element.attr("style-name");
        let look = self.styles.look("paragraph", style);
        let mut inline = Inline::default();
        inline.walk(element, &look, self.styles);
        let is_forced = look.breaks_before == Some(true) && !self.flow.is_empty();
        self.flow
            .advance(inline.breaks_before.max(usize::from(is_forced)));
        let (text, bold) = inline.words.text();
        let printed = self.printed.take();
        if !text.is_empty() {
            let heading = self.heading(element, &look);
            let is_contents = self.is_contents || self.styles.is_made_from(style, "Contents");
            let printed = printed.or_else(|| self.numbered_heading(element, heading));
            let (kind, text, bold) = kind(
                heading,
                printed,
                is_contents,
                text,
                bold,
                inline.words.has_tab(),
            );
            let style = Style {
                bold_lead: u32::try_from(bold).unwrap_or(u32::MAX),
                size: inline.words.size(),
                boxed: boxed.or_else(|| self.panel(&look)),
            };
            self.flow.push(Block { kind, text, style });
        }
        for note in inline.notes {
            self.note(note);
        }
        for content in inline.boxes {
            self.in_box(content, boxed);
        }
        let breaks_after = usize::from(look.breaks_after == Some(true));
        self.flow.advance(inline.breaks_after + breaks_after);
    }

    /// A box of its own for a paragraph on a colour or in a frame.
    fn panel(&mut self, look: &Look) -> Option<u32> {
        let is_panel = look.shade.is_some() || look.is_framed == Some(true);
        is_panel.then(|| self.flow.next_box())
    }

    fn heading(&self, element: &Element, look: &Look) -> Option<u8> {
        let level = element
            .attr("outline-level")
            .and_then(|level| level.parse().ok());
        if element.name == "h" {
            return Some(level.unwrap_or(1).clamp(1, 6));
        }
        let is_title = self
            .styles
            .is_made_from(element.attr("style-name"), "Title");
        is_title
            .then_some(1)
            .or(look.outline.map(|level| level.min(6)))
    }

    /// The number of a heading, when headings are numbered.
    fn numbered_heading(
        &mut self,
        element: &Element,
        heading: Option<u8>,
    ) -> Option<(Printed, usize)> {
        if element.name != "h" || element.attr("is-list-header") == Some("true") {
            return None;
        }
        let level = usize::from(heading?) - 1;
        match self.lists.next(OUTLINE, level, None) {
            Printed::Number(number) => Some((Printed::Number(number), level)),
            Printed::Bullet | Printed::Nothing => None,
        }
    }

    fn note(&mut self, note: &Element) {
        let text = note
            .child("note-body")
            .map(|body| fold(&plain(body)))
            .unwrap_or_default();
        match note.attr("note-class") {
            Some("endnote") => self.flow.endnote(text),
            _ => self.flow.footnote(text),
        }
    }
}

impl<'a> Inline<'a> {
    fn walk(&mut self, element: &'a Element, look: &Look, styles: &Styles) {
        for node in &element.children {
            match node {
                Node::Text(text) => self.push(&text.replace(['\t', '\n'], " "), look),
                Node::Element(child) => self.child(child, look, styles),
            }
        }
    }

    fn child(&mut self, child: &'a Element, look: &Look, styles: &Styles) {
        match child.name.as_str() {
            "span" => {
                let own = styles.look("text", child.attr("style-name"));
                let look = Look {
                    bold: own.bold.or(look.bold),
                    size: own.size.or(look.size),
                    is_hidden: own.is_hidden.or(look.is_hidden),
                    ..Look::default()
                };
                self.walk(child, &look, styles);
            }
            "s" => self.push(" ", look),
            "tab" => self.push("\t", look),
            "line-break" => self.push("\n", look),
            "soft-page-break" if self.words.is_blank() => self.breaks_before += 1,
            "soft-page-break" => self.breaks_after += 1,
            "note" => self.notes.push(child),
            "frame" | "custom-shape" | "text-box" => self.boxes.push(child),
            "annotation" | "number" | "ruby-text" | "title" | "desc" | "hidden-text" => {}
            _ => self.walk(child, look, styles),
        }
    }

    fn push(&mut self, text: &str, look: &Look) {
        if look.is_hidden != Some(true) {
            self.words
                .push(text, look.bold == Some(true), look.size.unwrap_or(0.0));
        }
    }
}

/// All text below an element.
pub(super) fn plain(element: &Element) -> String {
    let mut text = String::new();
    for node in &element.children {
        match node {
            Node::Text(own) => text.push_str(own),
            Node::Element(child) => match child.name.as_str() {
                "s" | "tab" | "line-break" => text.push(' '),
                "p" | "h" => {
                    text.push(' ');
                    text.push_str(&plain(child));
                }
                "note-citation" | "annotation" | "title" | "desc" => {}
                _ => text.push_str(&plain(child)),
            },
        }
    }
    text
}
