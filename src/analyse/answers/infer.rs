//! What a column holds, by what stands in it.
//!
//! In: rows of a table and a column. Out: its contents, and what they show:
//! numbers, statuses, dates, long texts, colours that differ.

use crate::analyse::answers::colour::Colour;
use crate::analyse::answers::key::Key;
use crate::analyse::answers::labels;
use crate::analyse::columns::Column;
use crate::analyse::text;
use crate::model::date;
use crate::model::document::Cell;

/// Share of a column's cells that must agree.
const MOST: f32 = 0.6;
/// Fewer words in a column's cells, on average, tell nothing.
const TELLING_WORDS: usize = 5;
/// A status has no more words.
const MAX_STATUS_WORDS: usize = 6;
/// A cell with more tells of progress.
const LONG_WORDS: usize = 12;

/// The filled cells of a column, merged ones once.
pub(super) fn contents<'a>(rows: &[&'a [Cell]], start: u16, span: u16) -> Vec<&'a Cell> {
    rows.iter()
        .flat_map(|cells| cells.iter())
        .filter(|cell| (start..start + span).contains(&cell.column) && !cell.is_merged)
        .filter(|cell| !cell.text.trim().is_empty() || cell.shade.is_some())
        .collect()
}

/// Number of words in a column.
pub(super) fn word_count(rows: &[&[Cell]], start: u16, span: u16) -> usize {
    contents(rows, start, span)
        .iter()
        .map(|cell| text::word_count(&cell.text))
        .sum()
}

/// Whether a column holds text rather than names and numbers.
pub(super) fn is_telling(rows: &[&[Cell]], start: u16, span: u16) -> bool {
    word_count(rows, start, span) >= TELLING_WORDS * rows.len()
}

/// The column in which most cells are coloured, and not all alike.
pub(super) fn coloured(rows: &[&[Cell]]) -> Option<u16> {
    let last = rows
        .iter()
        .flat_map(|cells| cells.iter())
        .map(|cell| cell.column)
        .max()?;
    (0..=last).find(|column| {
        let own = contents(rows, *column, 1);
        let colours: Vec<Colour> = own
            .iter()
            .filter_map(|cell| Colour::of_shade(cell.shade?))
            .collect();
        let differ = colours.iter().any(|colour| *colour != colours[0]);
        differ && colours.len() as f32 >= MOST * own.len() as f32
    })
}

/// What a column holds, by its header and its contents: contents overrule a
/// header that is often loosely used, and stand in for one that says nothing.
pub(super) fn by_contents(header: Option<Column>, contents: &[&Cell], key: &Key) -> Option<Column> {
    if contents.is_empty() {
        return header;
    }
    let most = |test: &dyn Fn(&Cell) -> bool| {
        let fitting = contents.iter().filter(|cell| test(cell)).count();
        fitting as f32 >= MOST * contents.len() as f32
    };
    let is_label = |cell: &Cell| labels::of_cell(&cell.text).is_some();
    let is_status = |cell: &Cell| {
        let is_short = text::word_count(&cell.text) <= MAX_STATUS_WORDS;
        is_short && key.read(&cell.text, cell.shade).is_some()
    };
    let is_long = |cell: &Cell| text::word_count(&cell.text) > LONG_WORDS;
    let is_date = |cell: &Cell| {
        let is_short = text::word_count(&cell.text) <= MAX_STATUS_WORDS;
        is_short && !date::find_dates(&cell.text).is_empty()
    };
    match header {
        Some(Column::Recommendation | Column::Finding) if most(&is_label) => Some(Column::Number),
        Some(Column::Progress | Column::Finding | Column::Action) if most(&is_status) => {
            Some(Column::Status)
        }
        Some(Column::Status) if most(&is_long) => Some(Column::Progress),
        Some(Column::Impact) if most(&is_hoped) => Some(Column::Measure),
        None if most(&is_status) => Some(Column::Status),
        None if most(&is_label) => Some(Column::Number),
        None if most(&is_date) => Some(Column::Due),
        other => other,
    }
}

/// Whether a cell says what should come of it rather than what did.
fn is_hoped(cell: &Cell) -> bool {
    text::is_obligation(&cell.text) || text::fold(&cell.text).contains(" will ")
}
