//! Lays out the cells of an HTML table.
//!
//! In: a `table`. Out: its rows with every cell at its column, cells that
//! cover several rows repeated.

use scraper::ElementRef;

use crate::extract::text::row_text;
use crate::model::document::{Block, BlockKind, Cell, Style};

/// Most columns a cell may cover, and most rows.
const MAX_SPAN: u16 = 200;

/// A cell where it stands.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) element: ElementRef<'a>,
    column: u16,
    span: u16,
    row_span: u16,
    is_heading: bool,
    is_merged: bool,
}

/// All rows from top to bottom.
pub(super) fn rows(table: ElementRef<'_>) -> Vec<Vec<Placed<'_>>> {
    let mut elements = Vec::new();
    collect(table, false, &mut elements);
    let mut rows: Vec<Vec<Placed<'_>>> = Vec::new();
    for (row, in_head) in elements {
        let above = rows.last().map_or(&[][..], Vec::as_slice);
        let mut placed: Vec<Placed<'_>> = above
            .iter()
            .filter(|cell| cell.row_span > 1)
            .map(|cell| Placed {
                row_span: cell.row_span - 1,
                is_merged: true,
                ..*cell
            })
            .collect();
        let mut column = 0;
        for element in row.child_elements() {
            if !matches!(element.value().name(), "td" | "th") {
                continue;
            }
            while let Some(cell) = placed
                .iter()
                .find(|cell| (cell.column..cell.column + cell.span).contains(&column))
            {
                column = cell.column + cell.span;
            }
            let span = number(element, "colspan");
            placed.push(Placed {
                element,
                column,
                span,
                row_span: number(element, "rowspan"),
                is_heading: in_head || element.value().name() == "th",
                is_merged: false,
            });
            column = column.saturating_add(span);
        }
        placed.sort_by_key(|cell| cell.column);
        rows.push(placed);
    }
    rows
}

/// Whether a table holds another: then it only lays out the page.
pub(super) fn is_nested(table: ElementRef<'_>) -> bool {
    table
        .descendent_elements()
        .skip(1)
        .any(|element| element.value().name() == "table")
}

/// The rows as blocks.
pub(super) fn blocks(
    rows: &[Vec<Placed<'_>>],
    table: u32,
    text: impl Fn(ElementRef<'_>) -> String,
) -> Vec<Block> {
    rows.iter()
        .map(|row| {
            let cells: Vec<Cell> = row
                .iter()
                .map(|cell| Cell {
                    text: text(cell.element),
                    column: cell.column,
                    span: cell.span,
                    shade: shade(cell.element),
                    is_merged: cell.is_merged,
                })
                .collect();
            Block {
                text: row_text(&cells),
                kind: BlockKind::Row {
                    table,
                    is_header: row.len() > 1 && row.iter().all(|cell| cell.is_heading),
                    cells,
                },
                style: Style::default(),
            }
        })
        .filter(|block| !block.text.is_empty())
        .collect()
}

fn collect<'a>(element: ElementRef<'a>, in_head: bool, into: &mut Vec<(ElementRef<'a>, bool)>) {
    for child in element.child_elements() {
        match child.value().name() {
            "tr" => into.push((child, in_head)),
            "thead" => collect(child, true, into),
            "tbody" | "tfoot" => collect(child, in_head, into),
            _ => {}
        }
    }
}

fn number(element: ElementRef<'_>, name: &str) -> u16 {
    element
        .attr(name)
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(1)
        .clamp(1, MAX_SPAN)
}

/// The background that the cell itself declares, unless it is white.
fn shade(cell: ElementRef<'_>) -> Option<u32> {
    let declared = cell.attr("style").and_then(|style| {
        style.split(';').find_map(|rule| {
            let (name, value) = rule.split_once(':')?;
            matches!(name.trim(), "background" | "background-color").then_some(value.trim())
        })
    });
    let colour = declared.or(cell.attr("bgcolor"))?;
    colour_of(colour).filter(|colour| *colour != 0x00ff_ffff)
}

/// `#rgb`, `#rrggbb`, `rgb(…)` and the names that tables use.
fn colour_of(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    if let Some(hex) = text.strip_prefix('#') {
        let digits = u32::from_str_radix(hex.get(..hex.len().min(6))?, 16).ok()?;
        return match hex.len() {
            3 => Some(
                ((digits >> 8 & 15) * 0x11) << 16
                    | ((digits >> 4 & 15) * 0x11) << 8
                    | ((digits & 15) * 0x11),
            ),
            6 => Some(digits),
            _ => None,
        };
    }
    if let Some(parts) = text
        .strip_prefix("rgb(")
        .or_else(|| text.strip_prefix("rgba("))
    {
        let parts: Vec<u32> = parts
            .split([',', ' ', ')', '/'])
            .filter_map(|part| part.trim().parse().ok())
            .collect();
        return match parts[..] {
            [red, green, blue, ..] => {
                Some(red.min(255) << 16 | green.min(255) << 8 | blue.min(255))
            }
            _ => None,
        };
    }
    match text.as_str() {
        "red" => Some(0x00ff_0000),
        "green" => Some(0x0000_8000),
        "lime" => Some(0x0000_ff00),
        "amber" | "orange" => Some(0x00ff_a500),
        "yellow" => Some(0x00ff_ff00),
        "blue" => Some(0x0000_00ff),
        "grey" | "gray" => Some(0x0080_8080),
        _ => None,
    }
}
