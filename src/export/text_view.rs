//! A document's text as HTML: what people read who cannot or do not want to
//! open the file.
//!
//! In: a [`Document`]. Out: a fragment of HTML, escaped, one section a page
//! with the anchor `page-N`. Running heads and feet are left out; headings
//! stand one level lower than printed, so that the page around it can have its
//! own. Styling is left to whoever shows it.

use std::fmt::Write as _;
use std::ops::Range;

use crate::model::document::{Block, BlockKind, Cell, Document, Page, TextFrom};

/// Which bytes of a text to mark, in order, without overlap.
type Marker<'a> = &'a dyn Fn(&str) -> Vec<Range<usize>>;

/// The whole document.
#[must_use]
pub fn html(document: &Document) -> String {
    html_marked(document, &|_| Vec::new())
}

/// The whole document, with what `marker` finds in a block between `<mark>` and
/// `</mark>`.
#[must_use]
pub fn html_marked(document: &Document, marker: Marker<'_>) -> String {
    let mut view = View {
        html: String::new(),
        open: Vec::new(),
        marker,
    };
    for page in &document.pages {
        view.page(page);
    }
    view.html
}

/// What is open at the end of what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    List,
    Table { number: u32 },
    Box { number: u32 },
}

struct View<'a> {
    html: String,
    open: Vec<Open>,
    marker: Marker<'a>,
}

impl View<'_> {
    fn page(&mut self, page: &Page) {
        let number = page.number;
        let printed = page
            .label
            .as_deref()
            .filter(|label| *label != number.to_string());
        let printed = printed
            .map(|label| format!(" (printed {})", escaped(label)))
            .unwrap_or_default();
        let _ = writeln!(
            self.html,
            "<section id=\"page-{number}\" class=\"page\" aria-label=\"Page {number}\">\n\
             <p class=\"page-number\"><a href=\"#page-{number}\">Page {number}</a>{printed}</p>"
        );
        match page.text_from {
            TextFrom::File => {}
            TextFrom::Ocr { .. } => {
                self.line(
                    "p",
                    "note",
                    "This page was read from a picture and may hold errors.",
                );
            }
            TextFrom::NeedsOcr => self.line(
                "p",
                "note",
                "This page is a picture whose text has not been read.",
            ),
        }
        for block in &page.blocks {
            if block.kind != BlockKind::Furniture {
                self.block(block);
            }
        }
        self.close_to(0);
        self.html.push_str("</section>\n");
    }

    fn block(&mut self, block: &Block) {
        self.enter_box(block.style.boxed);
        match &block.kind {
            BlockKind::Heading { level } => {
                self.close_inner();
                let level = level.saturating_add(1).clamp(2, 6);
                self.line(&format!("h{level}"), "", &block.text);
            }
            BlockKind::Paragraph | BlockKind::Furniture => {
                self.close_inner();
                self.line("p", "", &block.text);
            }
            BlockKind::Footnote => {
                self.close_inner();
                self.line("p", "footnote", &block.text);
            }
            BlockKind::ListItem { label, depth } => {
                self.item(label.as_deref(), *depth, &block.text);
            }
            BlockKind::Row {
                table,
                is_header,
                cells,
            } => self.row(*table, *is_header, cells),
        }
    }

    /// Opens and closes boxes so that the innermost is the block's.
    fn enter_box(&mut self, boxed: Option<u32>) {
        let current = self.open.iter().find_map(|open| match open {
            Open::Box { number } => Some(*number),
            _ => None,
        });
        if current != boxed {
            self.close_to(0);
            if let Some(number) = boxed {
                self.html.push_str("<div class=\"boxed\">\n");
                self.open.push(Open::Box { number });
            }
        }
    }

    fn item(&mut self, label: Option<&str>, depth: u8, text: &str) {
        if matches!(self.open.last(), Some(Open::Table { .. })) {
            self.close_inner();
        }
        if self.open.last() != Some(&Open::List) {
            self.html.push_str("<ul class=\"printed\">\n");
            self.open.push(Open::List);
        }
        let class = format!("depth-{depth}");
        let label = label
            .map(|label| format!("<span class=\"label\">{}</span> ", escaped(label)))
            .unwrap_or_default();
        let text = self.marked(text);
        let _ = writeln!(self.html, "<li class=\"{class}\">{label}{text}</li>");
    }

    fn row(&mut self, table: u32, is_header: bool, cells: &[Cell]) {
        let is_same = matches!(self.open.last(), Some(Open::Table { number }) if *number == table);
        if !is_same {
            self.close_inner();
            self.html.push_str("<table>\n");
            self.open.push(Open::Table { number: table });
        }
        self.html.push_str("<tr>");
        for cell in cells {
            let name = if is_header { "th scope=\"col\"" } else { "td" };
            let span = if cell.span > 1 {
                format!(" colspan=\"{}\"", cell.span)
            } else {
                String::new()
            };
            let text = self.marked(&cell.text).replace('\n', "<br>");
            let _ = write!(self.html, "<{name}{span}>{text}</{}>", &name[..2]);
        }
        self.html.push_str("</tr>\n");
    }

    fn line(&mut self, name: &str, class: &str, text: &str) {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(" class=\"{class}\"")
        };
        let text = self.marked(text);
        let _ = writeln!(self.html, "<{name}{class}>{text}</{name}>");
    }

    /// Escaped, with what is to be marked marked.
    fn marked(&self, text: &str) -> String {
        let (mut marked, mut end) = (String::with_capacity(text.len()), 0);
        for range in (self.marker)(text) {
            marked.push_str(&escaped(&text[end..range.start]));
            let _ = write!(marked, "<mark>{}</mark>", escaped(&text[range.clone()]));
            end = range.end;
        }
        marked.push_str(&escaped(&text[end..]));
        marked
    }

    /// Closes lists and tables, not the box around.
    fn close_inner(&mut self) {
        while matches!(self.open.last(), Some(Open::List | Open::Table { .. })) {
            self.close();
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close();
        }
    }

    fn close(&mut self) {
        self.html.push_str(match self.open.pop() {
            Some(Open::List) => "</ul>\n",
            Some(Open::Table { .. }) => "</table>\n",
            Some(Open::Box { .. }) => "</div>\n",
            None => "",
        });
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::model::digest::Digest;
    use crate::model::document::{Declared, Style};

    #[track_caller]
    fn check(blocks: Vec<(BlockKind, &str, Option<u32>)>, expected: &str) {
        let blocks = blocks
            .into_iter()
            .map(|(kind, text, boxed)| Block {
                kind,
                text: text.to_owned(),
                style: Style {
                    boxed,
                    ..Style::default()
                },
            })
            .collect();
        let document = Document {
            digest: Digest::of(b""),
            media_type: String::new(),
            declared: Declared::default(),
            pages: vec![Page {
                number: NonZeroU32::new(3).unwrap(),
                label: Some("iii".into()),
                text_from: TextFrom::File,
                blocks,
            }],
            warnings: vec![],
        };
        let view = html(&document);
        let head = "<section id=\"page-3\" class=\"page\" aria-label=\"Page 3\">\n\
                    <p class=\"page-number\"><a href=\"#page-3\">Page 3</a> (printed iii)</p>\n";
        assert_eq!(view, format!("{head}{expected}</section>\n"));
    }

    fn item(label: Option<&str>) -> BlockKind {
        BlockKind::ListItem {
            label: label.map(str::to_owned),
            depth: 0,
        }
    }

    fn row(is_header: bool, texts: &[&str]) -> BlockKind {
        let cells = texts.iter().zip(0..).map(|(text, column)| Cell {
            text: (*text).to_owned(),
            column,
            span: 1,
            ..Cell::default()
        });
        BlockKind::Row {
            table: 1,
            is_header,
            cells: cells.collect(),
        }
    }

    #[test]
    fn text_is_escaped_and_furniture_left_out() {
        check(
            vec![
                (BlockKind::Furniture, "Page 3", None),
                (BlockKind::Heading { level: 1 }, "Q & <A>", None),
                (BlockKind::Paragraph, "\"x\"", None),
            ],
            "<h2>Q &amp; &lt;A&gt;</h2>\n<p>&quot;x&quot;</p>\n",
        );
    }

    #[test]
    fn items_keep_their_printed_labels() {
        check(
            vec![
                (item(Some("4.2")), "one", None),
                (item(None), "two", None),
                (BlockKind::Paragraph, "after", None),
            ],
            "<ul class=\"printed\">\n<li class=\"depth-0\"><span class=\"label\">4.2</span> one</li>\n\
             <li class=\"depth-0\">two</li>\n</ul>\n<p>after</p>\n",
        );
    }

    #[test]
    fn rows_of_a_table_and_blocks_of_a_box_stay_together() {
        check(
            vec![
                (row(true, &["No", "Action"]), "", None),
                (row(false, &["1", "a\nb"]), "", None),
                (BlockKind::Paragraph, "in", Some(1)),
                (BlockKind::Paragraph, "in too", Some(1)),
            ],
            "<table>\n<tr><th scope=\"col\">No</th><th scope=\"col\">Action</th></tr>\n\
             <tr><td>1</td><td>a<br>b</td></tr>\n</table>\n\
             <div class=\"boxed\">\n<p>in</p>\n<p>in too</p>\n</div>\n",
        );
    }
}
