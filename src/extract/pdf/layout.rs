//! Reads a page that has no structure tree, from the places of its text.
//!
//! In: the [`Parts`] of a page and the document's [`Style`]. Out: drafts in
//! reading order: columns one after the other, tables as rows, boxes whole.

use super::area::{Area, around};
use super::columns::{self, Region};
use super::draft::{CellDraft, Draft, Kind, Row};
use super::line::Line;
use super::margin;
use super::paragraphs::{Measure, paragraphs};
use super::parts::{Enclosed, FilledCell, Form, Parts};
use super::style::Style;

/// Numbers for tables and boxes, running through the document.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) tables: u32,
    pub(super) boxes: u32,
}

impl Counters {
    pub(super) fn table(&mut self) -> u32 {
        self.tables += 1;
        self.tables
    }

    pub(super) fn next_box(&mut self) -> u32 {
        self.boxes += 1;
        self.boxes
    }
}

/// Something with a place among what is read in order.
#[derive(Debug)]
pub(super) enum Item {
    Line(Line),
    /// A table or box, read already.
    Whole {
        drafts: Vec<Draft>,
        area: Area,
        order: usize,
    },
}

impl Item {
    pub(super) fn area(&self) -> Area {
        match self {
            Self::Line(line) => line.area,
            Self::Whole { area, .. } => *area,
        }
    }

    pub(super) fn order(&self) -> usize {
        match self {
            Self::Line(line) => line.order,
            Self::Whole { order, .. } => *order,
        }
    }
}

/// Deepest nesting of columns within columns.
const MAX_DEPTH: usize = 4;

/// Reads pages one after the other.
pub(super) struct Reader<'a> {
    pub(super) style: &'a Style,
    pub(super) counters: &'a mut Counters,
    pub(super) page: usize,
    pub(super) height: f32,
}

impl Reader<'_> {
    /// All drafts of the page in reading order.
    pub(super) fn read(&mut self, parts: Parts) -> Vec<Draft> {
        let (heads, feet): (Vec<Line>, Vec<Line>) = parts
            .artifacts
            .into_iter()
            .partition(|line| line.base < 0.5 * self.height);
        let mut drafts = self.furniture(heads);
        let mut items: Vec<Item> = parts.lines.into_iter().map(Item::Line).collect();
        items.extend(self.enclosed(&parts.enclosed, None));
        let (items, quotes) = margin::set_aside(items);
        drafts.extend(self.arrange(items, self.style.right, 0));
        drafts.extend(self.flow(quotes, 0.0));
        drafts.extend(self.furniture(feet));
        drafts
    }

    fn furniture(&self, mut lines: Vec<Line>) -> Vec<Draft> {
        lines.sort_by(|a, b| a.base.total_cmp(&b.base));
        lines
            .into_iter()
            .map(|line| Draft::of_lines(self.page, Kind::Furniture, vec![line], 0.0))
            .collect()
    }

    /// The tables and boxes directly within a box, or in the open.
    fn enclosed(&mut self, all: &[Enclosed], within: Option<usize>) -> Vec<Item> {
        let mut items = Vec::new();
        for (index, part) in all.iter().enumerate() {
            if part.within != within {
                continue;
            }
            let drafts = match &part.form {
                Form::Table(cells) => self.table(cells),
                Form::Box(lines) => {
                    let mut inner: Vec<Item> = lines.iter().cloned().map(Item::Line).collect();
                    inner.extend(self.enclosed(all, Some(index)));
                    let right = right_within(part.area, &inner);
                    let mut drafts = self.arrange(inner, right, 1);
                    let number = self.counters.next_box();
                    for draft in &mut drafts {
                        draft.boxed.get_or_insert(number);
                    }
                    drafts
                }
            };
            if !drafts.is_empty() {
                items.push(Item::Whole {
                    drafts,
                    area: part.area,
                    order: part.order,
                });
            }
        }
        items
    }

    /// Reads items in order: columns, loose tables, running text whose lines
    /// may run as far as `right`.
    fn arrange(&mut self, items: Vec<Item>, right: f32, depth: usize) -> Vec<Draft> {
        if depth > MAX_DEPTH {
            return self.flow(items, right);
        }
        let mut drafts = Vec::new();
        for region in columns::regions(items) {
            match region {
                Region::Flow(items) => drafts.extend(self.flow(items, right)),
                Region::Columns(columns) => {
                    for column in columns {
                        drafts.extend(self.arrange(column, 0.0, depth + 1));
                    }
                }
                Region::Table(rows) => drafts.extend(self.loose_table(rows)),
            }
        }
        drafts
    }

    /// Running text in one column, with whole parts between.
    fn flow(&mut self, items: Vec<Item>, right: f32) -> Vec<Draft> {
        let mut items = items;
        items.sort_by(|a, b| a.area().y0.total_cmp(&b.area().y0));
        let edge = around(items.iter().map(Item::area)).map_or(0.0, |area| area.x1);
        let right = edge.max(right);
        let mut drafts = Vec::new();
        let mut lines = Vec::new();
        for item in items {
            match item {
                Item::Line(line) => lines.push(line),
                Item::Whole { drafts: whole, .. } => {
                    drafts.extend(self.paragraphs(std::mem::take(&mut lines), right));
                    drafts.extend(whole);
                }
            }
        }
        drafts.extend(self.paragraphs(lines, right));
        drafts
    }

    fn paragraphs(&self, lines: Vec<Line>, right: f32) -> Vec<Draft> {
        paragraphs(lines, self.measure(right))
            .into_iter()
            .map(|lines| Draft::of_lines(self.page, Kind::Text, lines, right))
            .collect()
    }

    pub(super) fn measure(&self, right: f32) -> Measure<'_> {
        Measure {
            style: self.style,
            right,
        }
    }

    /// A ruled table.
    fn table(&mut self, cells: &[FilledCell]) -> Vec<Draft> {
        let table = self.counters.table();
        let mut edges: Vec<f32> = cells.iter().map(|filled| filled.cell.area.x0).collect();
        edges.sort_by(f32::total_cmp);
        edges.dedup_by(|a, b| (*a - *b).abs() < 4.0);
        let rows = cells
            .iter()
            .map(|filled| filled.cell.row + filled.cell.row_span)
            .max();
        let mut drafts: Vec<Draft> = (0..rows.unwrap_or(0))
            .filter_map(|row| self.row(table, row, cells, &edges))
            .collect();
        mark_header(&mut drafts);
        drafts
    }

    fn row(&self, table: u32, row: usize, cells: &[FilledCell], edges: &[f32]) -> Option<Draft> {
        let mut in_row: Vec<&FilledCell> = cells
            .iter()
            .filter(|filled| {
                (filled.cell.row..filled.cell.row + filled.cell.row_span).contains(&row)
            })
            .collect();
        in_row.sort_by_key(|filled| filled.cell.column);
        let begins = |filled: &&&FilledCell| filled.cell.row == row;
        if in_row
            .iter()
            .filter(begins)
            .all(|filled| filled.lines.is_empty())
        {
            return None;
        }
        let area = around(in_row.iter().filter(begins).map(|filled| filled.cell.area))?;
        let cells = in_row.iter().map(|filled| self.cell(filled, row)).collect();
        Some(Draft {
            page: self.page,
            kind: Kind::Row(Row {
                table,
                is_header: false,
                cells,
                edges: edges.to_vec(),
            }),
            lines: Vec::new(),
            area,
            boxed: None,
            right: 0.0,
        })
    }

    fn cell(&self, filled: &FilledCell, row: usize) -> CellDraft {
        let area = filled.cell.area;
        let left = filled
            .lines
            .iter()
            .map(|line| line.area.x0)
            .fold(area.x1, f32::min);
        let right = padded(area, left);
        let edge = filled
            .lines
            .iter()
            .map(|line| line.area.x1)
            .fold(right, f32::max);
        CellDraft {
            column: filled.cell.column,
            span: filled.cell.span,
            paragraphs: paragraphs(filled.lines.clone(), self.measure(edge)),
            shade: filled.shade,
            is_merged: filled.cell.row != row,
        }
    }

    /// A table without lines: rows of cells found by their places.
    fn loose_table(&mut self, rows: Vec<Vec<Vec<Line>>>) -> Vec<Draft> {
        let table = self.counters.table();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let span = |column: usize| {
            around(
                rows.iter()
                    .filter_map(|row| row.get(column))
                    .flatten()
                    .map(|line| line.area),
            )
        };
        let spans: Vec<Area> = (0..columns)
            .map(|column| span(column).unwrap_or_default())
            .collect();
        let edges: Vec<f32> = spans.iter().map(|span| span.x0).collect();
        let mut drafts = Vec::new();
        for row in rows {
            let area = around(row.iter().flatten().map(|line| line.area)).unwrap_or_default();
            let cells = row
                .into_iter()
                .enumerate()
                .map(|(column, lines)| CellDraft {
                    column,
                    span: 1,
                    paragraphs: paragraphs(lines, self.measure(spans[column].x1)),
                    ..CellDraft::default()
                });
            drafts.push(Draft {
                page: self.page,
                kind: Kind::Row(Row {
                    table,
                    is_header: false,
                    cells: cells.collect(),
                    edges: edges.clone(),
                }),
                lines: Vec::new(),
                area,
                boxed: None,
                right: 0.0,
            });
        }
        mark_header(&mut drafts);
        drafts
    }
}

/// How far text that begins at `left` within an area may run: to as far from
/// the right side as it begins from the left one.
fn padded(area: Area, left: f32) -> f32 {
    area.x1 - (left - area.x0).clamp(0.0, 12.0)
}

/// The same for all that stands in a box.
fn right_within(area: Area, items: &[Item]) -> f32 {
    let left = around(items.iter().map(Item::area)).map_or(area.x0, |all| all.x0);
    padded(area, left)
}

/// The first row holds the columns' headings when it is bold, or on a colour
/// of its own, and those below are not.
fn mark_header(drafts: &mut [Draft]) {
    let mut rows = drafts.iter_mut().filter_map(|draft| match &mut draft.kind {
        Kind::Row(row) => Some(row),
        _ => None,
    });
    let (Some(first), Some(second)) = (rows.next(), rows.next()) else {
        return;
    };
    let filled = first
        .cells
        .iter()
        .filter(|cell| !cell.paragraphs.is_empty());
    let is_several = filled.count() > 1;
    first.is_header = is_several
        && (is_bold(first) && !is_bold(second)
            || shade(first).is_some() && shade(first) != shade(second));
}

fn is_bold(row: &Row) -> bool {
    let mut lines = row.cells.iter().flat_map(|cell| &cell.paragraphs).flatten();
    lines.all(Line::is_bold)
}

/// The one colour behind all cells.
fn shade(row: &Row) -> Option<u32> {
    let first = row.cells.first()?.shade;
    row.cells
        .iter()
        .all(|cell| cell.shade == first)
        .then_some(first)?
}
