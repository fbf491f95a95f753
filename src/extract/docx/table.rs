//! Reads the tables of a Word document.
//!
//! In: a `w:tbl`. Out: rows of cells, merged cells repeated, backgrounds kept.

use super::body::Reader;
use super::runs::plain;
use crate::extract::text::fold;
use crate::extract::xml::Element;
use crate::model::document::{BlockKind, Cell, Style};

impl<'a> Reader<'a> {
    /// Reads a table; one of a single column is a box.
    pub(super) fn table(&mut self, element: &'a Element, boxed: Option<u32>) {
        let rows: Vec<&Element> = rows(element);
        if rows.iter().all(|row| cells(row).len() <= 1) {
            let number = boxed.unwrap_or_else(|| self.flow.next_box());
            for cell in rows.into_iter().flat_map(cells) {
                self.read_in(cell, Some(number));
            }
            return;
        }
        let table = self.flow.next_table();
        let by_style = self.sets_first_row_apart(element);
        let mut above: Vec<Cell> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let read = self.row(row, &above);
            self.flow.advance(read.breaks_before);
            above.clone_from(&read.cells);
            let looks_like_head = by_style || read.is_bold;
            let is_first = index == 0 && rows.len() > 1 && read.cells.len() > 1;
            let is_header = is_repeated(row) || (is_first && looks_like_head);
            let style = Style {
                bold_lead: 0,
                size: read.size,
                boxed,
            };
            self.flow.row(table, is_header, read.cells, style);
            self.flow.advance(read.breaks_after);
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
            row.size = row.size.max(read.inline.words.size());
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

/// The background that `w:shd` gives, unless it is white or left to Word.
pub(super) fn shade(element: &Element) -> Option<u32> {
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
