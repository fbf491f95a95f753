//! Walks the content of a page and makes blocks of it.
//!
//! In: a parsed page. Out: blocks in order. Collapsed parts are read like open
//! ones.

use scraper::{ElementRef, Html, Node};

use super::content::Content;
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

/// Text by weight.
#[derive(Debug, Default)]
struct Inline(Vec<(String, bool)>);

impl Inline {
    fn push(&mut self, text: &str, is_bold: bool) {
        match self.0.last_mut() {
            Some((last, bold)) if *bold == is_bold || text.trim().is_empty() => last.push_str(text),
            _ => self.0.push((text.to_owned(), is_bold)),
        }
    }

    fn take(&mut self) -> (String, usize) {
        let mut all = String::new();
        let mut bold = 0;
        let mut is_open = true;
        for (text, is_bold) in std::mem::take(&mut self.0) {
            is_open &= is_bold || text.trim().is_empty();
            all.push_str(&text);
            if is_open {
                bold = all.len();
            }
        }
        let lead = fold(&all[..bold]).len();
        (fold(&all), lead)
    }
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
        let Some(first) = self.blocks.get_mut(before) else {
            return;
        };
        match &mut first.kind {
            BlockKind::Paragraph => first.kind = BlockKind::ListItem { label, depth },
            // The label is typed, the bullet is hidden by a style.
            BlockKind::ListItem { depth: own, .. } if *own == depth && label.is_none() => {}
            _ => {}
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

/// The numbers of an ordered list.
struct Counter {
    next: i64,
    step: i64,
    form: Option<char>,
}

impl Counter {
    fn of(list: ElementRef<'_>) -> Self {
        let style = list.attr("style").unwrap_or_default().replace(' ', "");
        let is_bare = list.value().name() != "ol"
            || style.contains("list-style:none")
            || style.contains("list-style-type:none");
        let form = match list.attr("type").and_then(|form| form.chars().next()) {
            _ if is_bare => None,
            Some(form @ ('a' | 'A' | 'i' | 'I')) => Some(form),
            _ if style.contains("lower-alpha") => Some('a'),
            _ if style.contains("lower-roman") => Some('i'),
            _ => Some('1'),
        };
        let is_reversed = list.attr("reversed").is_some();
        let items = list
            .child_elements()
            .filter(|child| child.value().name() == "li")
            .count();
        let start = list
            .attr("start")
            .and_then(|start| start.trim().parse().ok());
        Self {
            next: start.unwrap_or(if is_reversed { items as i64 } else { 1 }),
            step: if is_reversed { -1 } else { 1 },
            form,
        }
    }

    fn next(&mut self, item: ElementRef<'_>) -> Option<String> {
        let form = self.form?;
        if let Some(value) = item
            .attr("value")
            .and_then(|value| value.trim().parse().ok())
        {
            self.next = value;
        }
        let number = self.next;
        self.next += self.step;
        let count = u32::try_from(number).ok().filter(|count| *count > 0);
        Some(match (form, count) {
            ('a', Some(count)) => label::letters(count).to_lowercase(),
            ('A', Some(count)) => label::letters(count),
            ('i', Some(count)) => label::roman(count).to_lowercase(),
            ('I', Some(count)) => label::roman(count),
            _ => number.to_string(),
        })
    }
}

/// Whether an element stands as a block, or holds one.
fn holds_blocks(element: ElementRef<'_>) -> bool {
    is_block(element) || element.descendent_elements().any(is_block)
}

fn is_block(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    let opens = name == "button"
        && (element.attr("aria-expanded").is_some() || element.attr("aria-controls").is_some());
    opens
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "body"
                | "caption"
                | "center"
                | "dd"
                | "details"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "header"
                | "hr"
                | "li"
                | "main"
                | "menu"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "summary"
                | "table"
                | "ul"
        )
}

fn is_bold(element: ElementRef<'_>) -> bool {
    let style = element
        .attr("style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_lowercase();
    matches!(element.value().name(), "b" | "strong" | "th")
        || [
            "font-weight:bold",
            "font-weight:600",
            "font-weight:700",
            "font-weight:800",
        ]
        .iter()
        .any(|bold| style.contains(bold))
}

/// Panels and call-outs, by the names that style sheets give them.
fn is_box(element: ElementRef<'_>) -> bool {
    const NAMES: &[&str] = &[
        "box",
        "callout",
        "highlight",
        "inset",
        "keypoint",
        "notice",
        "panel",
        "pullout",
        "well",
    ];
    let style = element.attr("style").unwrap_or_default();
    let is_drawn = style.contains("border:") || style.contains("background");
    let is_named = element.attr("class").is_some_and(|class| {
        class
            .to_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|part| NAMES.contains(&part))
    });
    let can_be = matches!(
        element.value().name(),
        "div" | "section" | "aside" | "p" | "blockquote"
    );
    can_be
        && (is_drawn
            || is_named
            || element.attr("role") == Some("note")
            || element.value().name() == "aside")
}

fn is_notes(element: ElementRef<'_>) -> bool {
    let role = element.attr("role").unwrap_or_default();
    let class = element.attr("class").unwrap_or_default();
    matches!(
        role,
        "doc-footnote" | "doc-endnotes" | "doc-endnote" | "doc-footnotes"
    ) || class
        .split_whitespace()
        .any(|name| matches!(name, "footnotes" | "endnotes" | "footnote"))
}

/// A raised number that leads to a note on the page.
fn is_note_mark(element: ElementRef<'_>) -> bool {
    if element.value().name() != "sup" {
        return false;
    }
    let text: String = element.text().collect();
    let is_number = text
        .trim()
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '[' | ']' | '*' | '†' | ','));
    let leads_to_note = element
        .child_elements()
        .any(|link| link.attr("href").is_some_and(|href| href.starts_with('#')));
    is_number && (leads_to_note || text.trim().len() <= 2)
}
