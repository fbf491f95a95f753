//! Items that stand in tables: one to a row under a column that names them, or
//! one to a small table of its own.
//!
//! In: the tables of a document and the role of their sections. Out: drafts.
//! What each column is for is for [`columns`] to say.

mod columns;

use crate::analyse::items::cues::Role;
use crate::analyse::items::draft::Draft;
use crate::analyse::items::mode::keyword_of;
use crate::analyse::label;
use crate::analyse::outline::{Outline, Table};
use crate::analyse::text;
use crate::model::document::Cell;

use self::columns::{Columns, guessed_columns, is_assigned, named_columns};

/// The items of one role that stand in a table; `section_role` is what the
/// section around the table is for.
pub(super) fn read(
    outline: &Outline<'_>,
    table: &Table<'_>,
    role: Role,
    section_role: Option<Role>,
) -> Vec<Draft> {
    let named = table
        .header
        .and_then(|header| named_columns(table, header, role));
    let is_work = role == Role::Lessons && table.header.is_some_and(is_assigned);
    let guessed = || {
        (section_role == Some(role) && !is_work)
            .then(|| guessed_columns(table, role))
            .flatten()
    };
    let confidence = if named.is_some() { 0.9 } else { 0.7 };
    match named.or_else(guessed) {
        Some(columns) => read_columns(outline, table, columns, confidence),
        None => own_tables(outline, table, role),
    }
}

/// One item for each row.
fn read_columns(
    outline: &Outline<'_>,
    table: &Table<'_>,
    columns: Columns,
    confidence: f32,
) -> Vec<Draft> {
    let mut stem = None;
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, cells) in &table.rows {
        if let Some(band) = section_band(cells) {
            stem = Some(band.to_owned());
            continue;
        }
        let own = columns
            .label
            .map(|column| cell_text(cells, column))
            .unwrap_or_default();
        let owner = columns
            .owner
            .map(|column| cell_text(cells, column))
            .filter(|owner| !owner.is_empty());
        for body in items_of_cell(cells, columns.text) {
            let (label, body) = split_label(&own, &body);
            if text::word_count(&body) < 3 {
                continue;
            }
            drafts.push(Draft {
                label,
                pieces: vec![body],
                at: outline.blocks[*index].at,
                start: *index,
                section: table.section,
                stem: stem.clone(),
                owner: owner.clone(),
                confidence,
            });
        }
    }
    drafts
}

/// A table that announces nothing and lists labelled obligations all the same:
/// codes on the left, what somebody should do on the right.
pub(super) fn unannounced(outline: &Outline<'_>, table: &Table<'_>) -> Vec<Draft> {
    let Some(columns) = guessed_columns(table, Role::Recommendations) else {
        return Vec::new();
    };
    let Some(label) = columns.label else {
        return Vec::new();
    };
    let is_code = |(_, cells): &&(usize, &[Cell])| {
        let text = cell_text(cells, label);
        label::take_bare_label(&text).is_some_and(|found| found.rest.is_empty())
    };
    let is_list = table.rows.len() >= 2 && table.rows.iter().all(|row| is_code(&row));
    let drafts = if is_list {
        read_columns(outline, table, columns, 0.5)
    } else {
        Vec::new()
    };
    let asks = drafts
        .iter()
        .filter(|draft| text::is_obligation(&draft.text()));
    if asks.count() * 3 >= drafts.len() * 2 {
        drafts
    } else {
        Vec::new()
    }
}

/// Tables that hold one item each: `Recommendation 3 | The Board should …`, or
/// a row `Recommendation 3` and the text in the row below it.
fn own_tables(outline: &Outline<'_>, table: &Table<'_>, role: Role) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut waiting: Option<String> = None;
    let header = table.header.map(|cells| (None, cells));
    let rows = header.into_iter().chain(
        table
            .rows
            .iter()
            .map(|(index, cells)| (Some(*index), *cells)),
    );
    for (index, cells) in rows {
        let full: Vec<String> = cells
            .iter()
            .map(|cell| one_line(&cell.text))
            .filter(|text| !text.is_empty())
            .collect();
        let Some(first) = full.first() else { continue };
        let called = label::take_keyword_label(first)
            .filter(|found| found.keyword == Some(keyword_of(role)));
        let start = index.or_else(|| table.rows.first().map(|(index, _)| *index));
        let (label, body) = match called {
            Some(found) => {
                let rest = [found.rest.to_owned()]
                    .into_iter()
                    .chain(full[1..].iter().cloned());
                (
                    Some(found.label),
                    rest.max_by_key(|text| text::word_count(text))
                        .unwrap_or_default(),
                )
            }
            None => match waiting.take() {
                Some(label) => (
                    Some(label),
                    full.into_iter()
                        .max_by_key(|text| text::word_count(text))
                        .unwrap_or_default(),
                ),
                None => continue,
            },
        };
        if text::word_count(&body) < 4 {
            waiting = label;
        } else if let Some(start) = start {
            drafts.push(Draft {
                label,
                pieces: vec![body],
                at: outline.blocks[start].at,
                start,
                section: table.section,
                stem: None,
                owner: None,
                confidence: 0.85,
            });
        }
    }
    drafts
}

/// The text of a row that is one wide cell: it governs the rows below it.
fn section_band(cells: &[Cell]) -> Option<&str> {
    let mut filled = cells.iter().filter(|cell| !cell.text.trim().is_empty());
    let first = filled.next()?;
    let is_alone = filled.next().is_none() && (cells.len() == 1 || first.span > 1);
    (is_alone && text::word_count(&first.text) <= 20).then(|| first.text.trim())
}

/// The printed label, from its own column or from the front of the text.
fn split_label(own: &str, body: &str) -> (Option<String>, String) {
    if !own.is_empty() && text::word_count(own) <= 4 {
        let label = label::take_keyword_label(own)
            .or_else(|| label::take_bare_label(own))
            .map(|found| found.label);
        let label = label.unwrap_or_else(|| own.trim_matches(['.', ':', '(', ')', ' ']).to_owned());
        return (Some(label), body.to_owned());
    }
    match label::take_keyword_label(body).or_else(|| label::take_bare_label(body)) {
        Some(found) if !found.rest.is_empty() => (Some(found.label), found.rest.to_owned()),
        _ => (None, body.to_owned()),
    }
}

fn cell_text(cells: &[Cell], column: u16) -> String {
    cell_at(cells, column)
        .map(|cell| one_line(&cell.text))
        .unwrap_or_default()
}

fn cell_at(cells: &[Cell], column: u16) -> Option<&Cell> {
    cells
        .iter()
        .find(|cell| cell.column <= column && column < cell.column + cell.span.max(1))
}

/// The texts of a cell: one, unless at least two of its lines are numbered and
/// the first line is one of them.
fn items_of_cell(cells: &[Cell], column: u16) -> Vec<String> {
    let text = cell_at(cells, column).map_or("", |cell| cell.text.as_str());
    let is_numbered = |line: &str| {
        label::take_bare_label(line).is_some_and(|found| {
            found.label.starts_with(|c: char| c.is_ascii_digit()) && !found.rest.is_empty()
        })
    };
    let mut items: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match items.last_mut() {
            Some(last) if !is_numbered(line) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => items.push(line.to_owned()),
        }
    }
    if items.len() < 2 || !is_numbered(&items[0]) {
        return vec![one_line(text)];
    }
    items.iter().map(|item| one_line(item)).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stands_in_its_column_or_in_front_of_the_text() {
        assert_eq!(
            split_label("R1", "Change it"),
            (Some("R1".to_owned()), "Change it".to_owned())
        );
        assert_eq!(
            split_label("", "R2. Change it"),
            (Some("R2".to_owned()), "Change it".to_owned())
        );
        assert_eq!(
            split_label("", "Change it now"),
            (None, "Change it now".to_owned())
        );
    }
}
