//! Walks the content of a page and makes blocks of it.
//!
//! In: a parsed page. Out: blocks in order. Collapsed parts are read like open
//! ones.

use scraper::{ElementRef, Html, Node};

use super::content::Content;
use super::counter::Counter;
use super::elements::{holds_blocks, is_bold, is_box, is_note_mark, is_notes};
use super::inline::Inline;
use super::table;
use crate::extract::label;
use crate::extract::looks::could_be_heading;
use crate::extract::text::fold;
use crate::model::document::{Block, BlockKind, Style};

/// Deepest nesting that is walked; what lies deeper is read as plain text.
const MAX_DEPTH: usize = 200;

/// Reads the content of a page.
pub(super) fn read(html: &Html) -> Vec<Block> {
    let content = Content::of(html);
    let mut walk = Walk {
        content: &content,
        blocks: Vec::new(),
        level: 1,
        tables: 0,
        boxes: 0,
    };
    walk.children(content.root, Place::default());
    walk.blocks
}

/// What surrounds the element at hand.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    depth: usize,
    boxed: Option<u32>,
    is_bold: bool,
    is_note: bool,
    /// Lists around.
    lists: u8,
}

impl Place {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

struct Walk<'a> {
    content: &'a Content<'a>,
    blocks: Vec<Block>,
    /// Level of the heading above.
    level: u8,
    tables: u32,
    boxes: u32,
}

impl Walk<'_> {
    /// Reads what an element holds: blocks, and text between them as
    /// paragraphs.
    fn children(&mut self, element: ElementRef<'_>, place: Place) {
        let mut inline = Inline::default();
        let mut breaks = 0;
        for child in element.children() {
            match child.value() {
                Node::Text(text) => {
                    if !text.trim().is_empty() {
                        breaks = 0;
                    }
                    inline.push(text, place.is_bold);
                }
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else {
                        continue;
                    };
                    if child.value().name() == "br" {
                        breaks += 1;
                        inline.push(" ", false);
                        if breaks == 2 {
                            self.paragraph(&mut inline, place);
                        }
                    } else if self.content.leaves_out(child) {
                    } else if holds_blocks(child) {
                        self.paragraph(&mut inline, place);
                        self.block(child, place.deeper());
                    } else {
                        breaks = 0;
                        self.inline(child, place.deeper(), &mut inline);
                    }
                }
                _ => {}
            }
        }
        self.paragraph(&mut inline, place);
    }

    fn paragraph(&mut self, inline: &mut Inline, place: Place) {
        let (mut text, mut bold) = inline.take();
        if text.is_empty() {
            return;
        }
        let kind = if place.is_note {
            BlockKind::Footnote
        } else if could_be_heading(&text, bold, 0.0, 0.0) {
            BlockKind::Paragraph
        } else {
            match label::take(&mut text, &mut bold, false) {
                Some(label) => BlockKind::ListItem {
                    label,
                    depth: place.lists.saturating_sub(1),
                },
                None => BlockKind::Paragraph,
            }
        };
        self.push(kind, text, bold, place);
    }

    fn push(&mut self, kind: BlockKind, text: String, bold: usize, place: Place) {
        if text.is_empty() {
            return;
        }
        self.blocks.push(Block {
            kind,
            text,
            style: Style {
                bold_lead: u32::try_from(bold).unwrap_or(u32::MAX),
                size: 0.0,
                boxed: place.boxed,
            },
        });
    }

    fn block(&mut self, element: ElementRef<'_>, place: Place) {
        if place.depth > MAX_DEPTH {
            let text = fold(&element.text().collect::<String>());
            self.push(BlockKind::Paragraph, text, 0, place);
            return;
        }
        let place = self.placed(element, place);
        match element.value().name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.level = element.value().name().as_bytes()[1] - b'0';
                self.heading(element, self.level, place);
            }
            "summary" | "button" => self.heading(element, (self.level + 1).min(6), place),
            "ul" | "ol" | "menu" => self.list(element, place),
            "table" => self.table(element, place),
            "dt" => self.children(
                element,
                Place {
                    is_bold: true,
                    ..place
                },
            ),
            _ => self.children(element, place),
        }
    }

    fn placed(&mut self, element: ElementRef<'_>, place: Place) -> Place {
        let boxed = if place.boxed.is_none() && is_box(element) {
            self.boxes += 1;
            Some(self.boxes)
        } else {
            place.boxed
        };
        Place {
            boxed,
            is_bold: place.is_bold || is_bold(element),
            is_note: place.is_note || is_notes(element),
            ..place
        }
    }

    fn heading(&mut self, element: ElementRef<'_>, level: u8, place: Place) {
        let mut inline = Inline::default();
        self.inline(element, place, &mut inline);
        let (text, _) = inline.take();
        let length = text.len();
        self.push(BlockKind::Heading { level }, text, length, place);
    }

    /// Text of an element whose blocks, if any, do not count.
    fn inline(&self, element: ElementRef<'_>, place: Place, into: &mut Inline) {
        if place.depth > MAX_DEPTH {
            into.push(&element.text().collect::<String>(), place.is_bold);
            return;
        }
        if is_note_mark(element) {
            return;
        }
        let is_bold = place.is_bold || is_bold(element);
        let place = Place { is_bold, ..place };
        for child in element.children() {
            match child.value() {
                Node::Text(text) => into.push(text, is_bold),
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else {
                        continue;
                    };
                    if child.value().name() == "br" || holds_blocks(child) {
                        into.push(" ", false);
                    }
                    if !self.content.leaves_out(child) {
                        self.inline(child, place.deeper(), into);
                    }
                    if holds_blocks(child) {
                        into.push(" ", false);
                    }
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, list: ElementRef<'_>, place: Place) {
        let mut counter = Counter::of(list);
        let place = Place {
            lists: place.lists.saturating_add(1),
            ..place
        };
        for child in list.child_elements() {
            match child.value().name() {
                _ if self.content.leaves_out(child) => {}
                "li" => {
                    let label = counter.next(child);
                    self.item(child, label, place);
                }
                _ => self.block(child, place.deeper()),
            }
        }
    }

    /// An item: its first paragraph carries the label, the rest follows it.
    fn item(&mut self, item: ElementRef<'_>, label: Option<String>, place: Place) {
        let before = self.blocks.len();
        let place = self.placed(item, place);
        self.children(item, place.deeper());
        let depth = place.lists.saturating_sub(1);
        // Where it is a list item already, its label is typed, and what the
        // list would print is hidden by a style.
        if let Some(first) = self.blocks.get_mut(before)
            && first.kind == BlockKind::Paragraph
        {
            first.kind = BlockKind::ListItem { label, depth };
        }
    }

    fn table(&mut self, element: ElementRef<'_>, place: Place) {
        let rows = table::rows(element);
        let is_layout = rows.iter().all(|row| row.len() <= 1) || table::is_nested(element);
        if is_layout {
            for row in rows {
                for cell in row {
                    self.children(cell.element, place.deeper());
                }
            }
            return;
        }
        if let Some(caption) = element
            .child_elements()
            .find(|child| child.value().name() == "caption")
        {
            self.children(caption, place.deeper());
        }
        self.tables += 1;
        for mut block in table::blocks(&rows, self.tables, |cell| self.cell(cell)) {
            block.style.boxed = place.boxed;
            self.blocks.push(block);
        }
    }

    /// A cell's paragraphs and items, one a line.
    fn cell(&self, element: ElementRef<'_>) -> String {
        let mut inner = Walk {
            content: self.content,
            blocks: Vec::new(),
            level: 6,
            tables: 0,
            boxes: 0,
        };
        inner.children(element, Place::default());
        let lines: Vec<String> = inner
            .blocks
            .into_iter()
            .map(|block| match block.kind {
                BlockKind::ListItem {
                    label: Some(label), ..
                } => format!("{label}. {}", block.text),
                _ => block.text,
            })
            .collect();
        lines.join("\n")
    }
}
