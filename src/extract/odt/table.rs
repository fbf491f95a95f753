//! Reads the tables of an OpenDocument file.
//!
//! In: a `table:table`. Out: rows of cells, merged cells repeated, backgrounds
//! kept.

use super::body::Reader;
use crate::extract::flow::cell_text;
use crate::extract::xml::Element;
use crate::model::document::{Cell, Style};

/// Most columns a repeated cell may fill.
const MAX_REPEATS: u16 = 100;

/// A cell that covers rows below its own.
struct Above {
    cell: Cell,
    rows_left: u32,
}

#[derive(Default)]
struct RowRead {
    cells: Vec<Cell>,
    is_bold: bool,
    size: f32,
    breaks: usize,
}

impl<'a> Reader<'a> {
    /// Reads a table; one of a single column is a box.
    pub(super) fn table(&mut self, element: &'a Element, boxed: Option<u32>) {
        let mut rows = Vec::new();
        collect(element, false, &mut rows);
        if rows.iter().all(|(row, _)| cells(row).count() <= 1) {
            let number = boxed.unwrap_or_else(|| self.flow.next_box());
            for (row, _) in rows {
                self.read(row, Some(number));
            }
            return;
        }
        let table = self.flow.next_table();
        let several = rows.len() > 1;
        let mut above: Vec<Above> = Vec::new();
        let rows = rows.into_iter();
        let first = rows.clone().position(|(row, _)| row.name == "table-row");
        for (index, (row, is_repeated)) in rows.enumerate() {
            if row.name == "soft-page-break" {
                self.flow.advance(1);
                continue;
            }
            let read = self.row(row, &mut above);
            let is_header = is_repeated || (Some(index) == first && several && read.is_bold);
            let style = Style {
                bold_lead: 0,
                size: read.size,
                boxed,
            };
            self.flow.row(table, is_header, read.cells, style);
            self.flow.advance(read.breaks);
        }
    }

    fn row(&mut self, row: &'a Element, above: &mut Vec<Above>) -> RowRead {
        let mut read = RowRead {
            is_bold: true,
            ..RowRead::default()
        };
        let mut begun = Vec::new();
        let mut column: u16 = 0;
        for element in cells(row) {
            let count = |name: &str| {
                element
                    .attr(name)
                    .and_then(|value| value.parse::<u16>().ok())
            };
            let covered = above
                .iter()
                .find(|over| over.cell.column == column && over.rows_left > 0);
            if element.name == "table-cell" {
                let cell = self.cell(element, column, count("number-columns-spanned"), &mut read);
                let rows = count("number-rows-spanned").unwrap_or(1);
                if rows > 1 {
                    begun.push(Above {
                        cell: cell.clone(),
                        rows_left: u32::from(rows) - 1,
                    });
                }
                read.cells.push(cell);
            } else if let Some(over) = covered {
                read.cells.push(Cell {
                    is_merged: true,
                    ..over.cell.clone()
                });
            }
            let repeats = count("number-columns-repeated")
                .unwrap_or(1)
                .clamp(1, MAX_REPEATS);
            column = column.saturating_add(repeats);
        }
        for over in above.iter_mut() {
            over.rows_left = over.rows_left.saturating_sub(1);
        }
        above.retain(|over| over.rows_left > 0);
        above.append(&mut begun);
        read
    }

    fn cell(
        &mut self,
        element: &'a Element,
        column: u16,
        span: Option<u16>,
        row: &mut RowRead,
    ) -> Cell {
        let paused = self.flow.pause();
        self.read(element, None);
        let (blocks, breaks) = self.flow.resume(paused);
        row.breaks = row.breaks.max(breaks);
        for block in &blocks {
            row.size = row.size.max(block.style.size);
            row.is_bold &= block.style.bold_lead as usize >= block.text.len();
        }
        Cell {
            text: cell_text(&blocks),
            column,
            span: span.unwrap_or(1).clamp(1, 200),
            shade: self
                .styles
                .look("table-cell", element.attr("style-name"))
                .shade,
            is_merged: false,
        }
    }
}

/// The rows of a table and the page breaks between them, and whether rows are
/// repeated at the head of each page.
fn collect<'a>(element: &'a Element, is_repeated: bool, into: &mut Vec<(&'a Element, bool)>) {
    for child in element.elements() {
        match child.name.as_str() {
            "table-row" | "soft-page-break" => into.push((child, is_repeated)),
            "table-header-rows" => collect(child, true, into),
            "table-rows" | "table-row-group" => collect(child, is_repeated, into),
            _ => {}
        }
    }
}

fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    row.elements()
        .filter(|child| matches!(child.name.as_str(), "table-cell" | "covered-table-cell"))
}
