//! What the columns of an action plan hold.
//!
//! In: the header cells of a table and the rows under them. Out: a [`Layout`],
//! which tells for each column what it is about: by its header, corrected by
//! what stands under it.

use crate::analyse::answers::key::Key;
use crate::analyse::answers::{labels, status};
use crate::analyse::columns::{self, Column};
use crate::analyse::text;
use crate::model::date;
use crate::model::document::Cell;

/// What each column of a table is about.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// First column, columns covered, and what they hold (`None`: no word of
    /// the header says).
    columns: Vec<(u16, u16, Option<Column>)>,
    /// The header as printed, folded.
    printed: String,
}

/// Header cells are short.
const MAX_HEADER_WORDS: usize = 14;
/// Share of a column's cells that must agree before contents overrule a header.
const MOST: f32 = 0.6;

impl Layout {
    /// Reads a row as the header of an action plan; `None` if it is not one.
    pub(super) fn of_header(cells: &[Cell]) -> Option<Self> {
        let filled: Vec<&Cell> = cells
            .iter()
            .filter(|cell| !cell.text.trim().is_empty())
            .collect();
        let are_short = filled.iter().all(|cell| {
            text::word_count(&cell.text) <= MAX_HEADER_WORDS && !cell.text.trim().ends_with('.')
                || is_number_header(&cell.text)
        });
        let known = filled
            .iter()
            .filter(|cell| columns::of_header(&cell.text).is_some())
            .count();
        // "Complete | On track | Delayed": a table of counts.
        let counted = filled
            .iter()
            .filter(|cell| status::is_name(&cell.text))
            .count();
        if counted > 1 || !are_short || known < 2 || known * 2 < filled.len() {
            return None;
        }
        let columns = cells
            .iter()
            .map(|cell| {
                (
                    cell.column,
                    cell.span.max(1),
                    columns::of_header(&cell.text),
                )
            })
            .collect();
        Some(Self {
            columns,
            printed: printed(cells),
        })
    }

    /// Whether nearly every cell heads a column and none holds a date.
    pub(super) fn is_certain(&self) -> bool {
        let known = self
            .columns
            .iter()
            .filter(|(_, _, column)| column.is_some())
            .count();
        known * 4 >= self.columns.len() * 3 && date::find_dates(&self.printed).is_empty()
    }

    /// Whether a header is this one, repeated on a new page.
    pub(super) fn repeats(&self, header: &Self) -> bool {
        self.printed == header.printed
    }

    /// Lays a second header row over the first: what it names is narrower.
    pub(super) fn refine(&mut self, lower: &Self) {
        for (start, span, column) in &lower.columns {
            if column.is_some() {
                self.columns.retain(|(first, covered, _)| {
                    !(*first >= *start && first + covered <= start + span)
                });
                self.columns.insert(0, (*start, *span, *column));
            }
        }
    }

    /// What the column is about in which a cell begins.
    pub(super) fn of_cell(&self, cell: &Cell) -> Option<Column> {
        self.columns
            .iter()
            .find(|(start, span, _)| (*start..start + span).contains(&cell.column))
            .and_then(|(_, _, column)| *column)
    }

    /// Whether some column holds this.
    pub(super) fn has(&self, wanted: Column) -> bool {
        self.columns
            .iter()
            .any(|(_, _, column)| *column == Some(wanted))
    }

    /// Whether this is the layout of an action plan: it says what was done or
    /// how far it is, about something.
    pub(super) fn is_plan(&self) -> bool {
        let answers = [
            Column::Action,
            Column::Progress,
            Column::Impact,
            Column::Next,
            Column::Status,
        ];
        let subjects = [
            Column::Number,
            Column::Recommendation,
            Column::Finding,
            Column::Action,
        ];
        let filled = self
            .columns
            .iter()
            .filter(|(_, _, column)| column.is_some())
            .count();
        filled >= 2
            && answers.into_iter().any(|column| self.has(column))
            && subjects.into_iter().any(|column| self.has(column))
    }

    /// Corrects what the headers say by what stands under them. `is_scoped`: the
    /// rows stand under recommendations that have rows or headings of their
    /// own.
    pub(super) fn correct(&mut self, rows: &[&[Cell]], key: &Key, is_scoped: bool) {
        let originals = self.columns.clone();
        let tells = |column: &Option<Column>| {
            matches!(column, None | Some(Column::Action | Column::Progress))
        };
        let has_spare_action = originals
            .iter()
            .filter(|(_, _, column)| tells(column))
            .count()
            > 1;
        for (place, (start, span, column)) in originals.iter().enumerate() {
            let contents: Vec<&Cell> = rows
                .iter()
                .flat_map(|cells| cells.iter())
                .filter(|cell| (*start..start + span).contains(&cell.column) && !cell.is_merged)
                .filter(|cell| !cell.text.trim().is_empty() || cell.shade.is_some())
                .collect();
            if !contents.is_empty() {
                let found = corrected(*column, &contents, key);
                let loses_action = *column == Some(Column::Action) && found != *column;
                if has_spare_action || !loses_action {
                    self.columns[place].2 = found;
                }
            }
        }
        self.fill_roles(rows, is_scoped);
    }

    /// Lets other columns stand in for those that a plan cannot do without.
    fn fill_roles(&mut self, rows: &[&[Cell]], is_scoped: bool) {
        if !self.has(Column::Recommendation) && !is_scoped {
            self.rename(Column::Finding, Column::Recommendation);
        }
        // A plan of actions that says apart how far each has got: the actions
        // are what was asked for, or, beside a recommendation, what is done
        // about it, and their progress is the evidence.
        if self.has(Column::Action) && self.has(Column::Progress) {
            if is_scoped || self.has(Column::Recommendation) {
                self.rename(Column::Progress, Column::Evidence);
            } else {
                self.rename(Column::Action, Column::Recommendation);
            }
        }
        if !self.has(Column::Action) && !self.has(Column::Progress) && !self.name_fullest(rows) {
            self.rename(Column::Next, Column::Action);
        }
    }

    /// Takes the fullest column that no word names for what was done.
    fn name_fullest(&mut self, rows: &[&[Cell]]) -> bool {
        /// Fewer words on average tell nothing.
        const LEAST_WORDS: usize = 5;
        let words = |start: u16, span: u16| -> usize {
            rows.iter()
                .flat_map(|cells| cells.iter())
                .filter(|cell| (start..start + span).contains(&cell.column))
                .map(|cell| text::word_count(&cell.text))
                .sum()
        };
        let unnamed = self
            .columns
            .iter_mut()
            .filter(|(_, _, column)| column.is_none());
        let fullest = unnamed
            .map(|column| (words(column.0, column.1), column))
            .max_by_key(|(words, _)| *words)
            .filter(|(words, _)| *words >= LEAST_WORDS * rows.len());
        let Some((_, (_, _, column))) = fullest else {
            return false;
        };
        *column = Some(Column::Action);
        true
    }

    fn rename(&mut self, from: Column, to: Column) {
        if let Some((_, _, column)) = self
            .columns
            .iter_mut()
            .find(|(_, _, column)| *column == Some(from))
        {
            *column = Some(to);
        }
    }
}

fn printed(cells: &[Cell]) -> String {
    let texts: Vec<String> = cells.iter().map(|cell| text::fold(&cell.text)).collect();
    texts.join(" | ")
}

fn is_number_header(header: &str) -> bool {
    columns::of_header(header) == Some(Column::Number)
}

/// What a column holds, by its header and its contents.
fn corrected(column: Option<Column>, contents: &[&Cell], key: &Key) -> Option<Column> {
    let most = |test: &dyn Fn(&Cell) -> bool| {
        let fitting = contents.iter().filter(|cell| test(cell)).count();
        fitting as f32 >= MOST * contents.len() as f32
    };
    let is_label = |cell: &Cell| labels::of_cell(&cell.text).is_some();
    let is_status = |cell: &Cell| {
        text::word_count(&cell.text) <= 6 && key.read(&cell.text, cell.shade).is_some()
    };
    let is_long = |cell: &Cell| text::word_count(&cell.text) > 12;
    let is_hoped =
        |cell: &Cell| text::is_obligation(&cell.text) || text::fold(&cell.text).contains(" will ");
    let is_date =
        |cell: &Cell| text::word_count(&cell.text) <= 6 && !date::find_dates(&cell.text).is_empty();
    match column {
        Some(Column::Recommendation | Column::Finding) if most(&is_label) => Some(Column::Number),
        Some(Column::Progress | Column::Finding | Column::Action) if most(&is_status) => {
            Some(Column::Status)
        }
        Some(Column::Status) if most(&is_long) => Some(Column::Progress),
        Some(Column::Impact) if most(&is_hoped) => Some(Column::Measure),
        None if most(&is_label) => Some(Column::Number),
        None if most(&is_status) => Some(Column::Status),
        None if most(&is_date) => Some(Column::Due),
        other => other,
    }
}
