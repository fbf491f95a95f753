//! Tables that are only a frame: a report set in boxes of one cell, a briefing
//! set in a grid of panels.
//!
//! In: the blocks of a document. Out: the same, with the cells of such tables
//! as the headings, paragraphs and list items they hold. Tables with columns
//! that mean something are left as they are.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::analyse::label;
use crate::analyse::text::word_count;
use crate::model::document::{Block, BlockKind, Cell, Document, Locator, Style};

/// Level given to the first line of a panel.
const PANEL_HEADING: u8 = 6;
/// Level of a heading that stands alone in a row.
const LONE_HEADING: u8 = 2;
/// Longer first lines are text.
const MAX_HEADING_WORDS: usize = 12;

/// The blocks of a document in order, frames taken apart.
///
/// `announces` says whether a short line heads a list of items by its words.
pub(super) fn unfold(
    document: &Document,
    announces: fn(&str) -> bool,
) -> Vec<(Locator, Cow<'_, Block>)> {
    let frames = frames(document, announces);
    let lists = hung_lists(document);
    let lone = lone_headings(document, announces);
    let mut blocks = Vec::new();
    for (at, placed) in document.blocks() {
        match &placed.kind {
            BlockKind::Row { cells, .. } if lone.contains(&at) => {
                let level = LONE_HEADING;
                let heading = block(BlockKind::Heading { level }, filled_text(cells));
                blocks.push((at, Cow::Owned(heading)));
            }
            BlockKind::Row { table, cells, .. } if frames.contains_key(table) => {
                let is_headed = frames.get(table) == Some(&Frame::Headed);
                let cells = cells.iter().filter(|cell| !cell.is_merged);
                let panels = cells.flat_map(|cell| panel(cell, !is_headed || cell.column == 0));
                blocks.extend(panels.map(|block| (at, Cow::Owned(block))));
            }
            BlockKind::Row { table, cells, .. } if lists.contains(table) => {
                blocks.push((at, Cow::Owned(list_item(cells))));
            }
            _ => blocks.push((at, Cow::Borrowed(placed))),
        }
    }
    blocks
}

/// Tables that are lists with their labels hung out to the left: two columns
/// without a header, the first of which holds nothing but labels.
fn hung_lists(document: &Document) -> HashSet<u32> {
    let mut is_list: HashMap<u32, bool> = HashMap::new();
    for (_, block) in document.blocks() {
        if let BlockKind::Row {
            table,
            cells,
            is_header,
        } = &block.kind
        {
            let hangs = !is_header
                && cells.len() == 2
                && label_of(&cells[0]).is_some()
                && word_count(&cells[1].text) >= 4;
            *is_list.entry(*table).or_insert(true) &= hangs;
        }
    }
    is_list
        .into_iter()
        .filter(|(_, is_list)| *is_list)
        .map(|(table, _)| table)
        .collect()
}

fn list_item(cells: &[Cell]) -> Block {
    let label = cells.first().and_then(label_of);
    let text = cells.get(1).map_or("", |cell| cell.text.as_str());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    block(BlockKind::ListItem { label, depth: 0 }, &text)
}

/// The label that a cell holds, and nothing else.
fn label_of(cell: &Cell) -> Option<String> {
    let text = cell.text.trim().trim_end_matches(['.', ')', ':']);
    let found = label::take_bare_label(&cell.text)
        .filter(|found| found.rest.is_empty())
        .map(|found| found.label);
    let is_plain = !text.is_empty() && text.len() <= 3 && text.chars().all(|c| c.is_ascii_digit());
    found.or_else(|| is_plain.then(|| text.to_owned()))
}

/// What a table that is only a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// Boxes, each with its own heading or none.
    Panels,
    /// Headings on the left, their text on the right.
    Headed,
}

/// Which tables are frames.
fn frames(document: &Document, announces: fn(&str) -> bool) -> HashMap<u32, Frame> {
    let mut tables: HashMap<u32, Vec<&[Cell]>> = HashMap::new();
    for (_, block) in document.blocks() {
        if let BlockKind::Row { table, cells, .. } = &block.kind {
            tables.entry(*table).or_default().push(cells);
        }
    }
    tables
        .into_iter()
        .filter_map(|(id, rows)| {
            let headed = is_headed(&rows, announces).then_some(Frame::Headed);
            let frame = headed.or_else(|| is_frame(&rows).then_some(Frame::Panels))?;
            Some((id, frame))
        })
        .collect()
}

/// Whether a table's rows are boxes around text: one filled cell to a row, or
/// up to three columns of panels that hold several paragraphs each.
fn is_frame(rows: &[&[Cell]]) -> bool {
    let filled = |row: &&[Cell]| {
        row.iter()
            .filter(|cell| !cell.text.trim().is_empty())
            .count()
    };
    let widest = rows.iter().map(filled).max().unwrap_or_default();
    if widest <= 1 {
        return !has_coloured_cells(rows);
    }
    let cells = || {
        rows.iter()
            .flat_map(|row| row.iter())
            .filter(|cell| !cell.text.trim().is_empty())
    };
    let long = cells()
        .filter(|cell| cell.text.lines().count() >= 3 || word_count(&cell.text) > 60)
        .count();
    let short_rows = rows
        .iter()
        .filter(|row| {
            row.iter()
                .all(|cell| word_count(&cell.text) < 12 && cell.text.lines().count() < 3)
        })
        .count();
    widest <= 3 && short_rows == 0 && long * 2 >= rows.len() && rows.len() <= 10
}

/// Whether cells without text differ in colour: then the colours say
/// something, as they do in the key of an action plan.
fn has_coloured_cells(rows: &[&[Cell]]) -> bool {
    let empty = rows
        .iter()
        .flat_map(|row| row.iter())
        .filter(|cell| cell.text.trim().is_empty());
    let shades: HashSet<u32> = empty.filter_map(|cell| cell.shade).collect();
    shades.len() > 1
}

/// Whether a table is a briefing set in two columns: a heading on the left, at
/// least one of which announces items, and text on the right.
fn is_headed(rows: &[&[Cell]], announces: fn(&str) -> bool) -> bool {
    let is_pair = |row: &&[Cell]| row.len() == 2 && word_count(&row[0].text) <= MAX_HEADING_WORDS;
    let text: usize = rows
        .iter()
        .filter_map(|row| row.get(1))
        .map(|cell| word_count(&cell.text))
        .sum();
    let is_announced = rows
        .iter()
        .any(|row| row.first().is_some_and(|cell| announces(&cell.text)));
    rows.iter().all(is_pair) && is_announced && text / rows.len().max(1) >= 15 && rows.len() <= 14
}

/// Rows that end a table with one short cell which announces items: a heading
/// that the file took for a row of the running header above it.
fn lone_headings(document: &Document, announces: fn(&str) -> bool) -> HashSet<Locator> {
    let rows: Vec<(Locator, u32, &[Cell])> = document
        .blocks()
        .filter_map(|(at, block)| match &block.kind {
            BlockKind::Row { table, cells, .. } => Some((at, *table, cells.as_slice())),
            _ => None,
        })
        .collect();
    rows.iter()
        .enumerate()
        .filter(|(index, (_, table, cells))| {
            let is_last = rows.get(index + 1).is_none_or(|(_, next, _)| next != table);
            let text = filled_text(cells);
            let filled = cells.iter().filter(|cell| !cell.text.trim().is_empty());
            is_last && filled.count() == 1 && word_count(text) <= 6 && announces(text)
        })
        .map(|(_, (at, _, _))| *at)
        .collect()
}

/// The text of the first cell that has any.
fn filled_text(cells: &[Cell]) -> &str {
    let mut texts = cells.iter().map(|cell| cell.text.trim());
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}

/// The text of one cell as blocks; `may_head` says whether its first line may
/// be a heading.
fn panel(cell: &Cell, may_head: bool) -> Vec<Block> {
    let mut lines = cell
        .text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .peekable();
    let mut blocks = Vec::new();
    if let Some(first) = lines.next_if(|first| may_head && is_panel_heading(first)) {
        blocks.push(block(
            BlockKind::Heading {
                level: PANEL_HEADING,
            },
            first,
        ));
    }
    for line in lines {
        let point = line.strip_prefix(['•', '▪', '●', '◦', '·', '–', '*']);
        let kind = match point {
            Some(_) => BlockKind::ListItem {
                label: None,
                depth: 0,
            },
            None => BlockKind::Paragraph,
        };
        blocks.push(block(kind, point.unwrap_or(line).trim()));
    }
    blocks
}

fn is_panel_heading(line: &str) -> bool {
    word_count(line) <= MAX_HEADING_WORDS && !line.ends_with(['.', ';', ','])
}

fn block(kind: BlockKind, text: &str) -> Block {
    Block {
        kind,
        text: text.to_owned(),
        style: Style::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_told_from_a_table() {
        let cell = |text: &str| Cell {
            text: text.to_owned(),
            span: 1,
            ..Cell::default()
        };
        let boxes = [
            vec![cell("Learning")],
            vec![cell("One paragraph.\nAnother one.")],
        ];
        let plan = [
            vec![cell("No"), cell("Recommendation"), cell("Lead")],
            vec![
                cell("1"),
                cell("The Board should review its policy"),
                cell("Board"),
            ],
        ];
        let panels = [vec![
            cell("1. Background\nShe was ten.\nShe lived alone."),
            cell("2. Learning\nA.\nB.\nC."),
        ]];
        for (rows, expected) in [(&boxes[..], true), (&plan[..], false), (&panels[..], true)] {
            let rows: Vec<&[Cell]> = rows.iter().map(Vec::as_slice).collect();
            assert_eq!(is_frame(&rows), expected, "{rows:?}");
        }
    }

    #[test]
    fn a_panel_becomes_its_heading_and_lines() {
        let cell = Cell {
            text: "6. What next?\nIn brief:\n• one thing\n• another".to_owned(),
            ..Cell::default()
        };
        let kinds: Vec<_> = panel(&cell, true)
            .into_iter()
            .map(|block| (block.kind, block.text))
            .collect();
        let bullet = || BlockKind::ListItem {
            label: None,
            depth: 0,
        };
        assert_eq!(
            kinds[0],
            (BlockKind::Heading { level: 6 }, "6. What next?".to_owned())
        );
        assert_eq!(kinds[1], (BlockKind::Paragraph, "In brief:".to_owned()));
        assert_eq!(
            kinds[2..],
            [
                (bullet(), "one thing".to_owned()),
                (bullet(), "another".to_owned())
            ]
        );
    }
}
