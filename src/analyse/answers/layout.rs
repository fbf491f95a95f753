//! What the columns of an action plan hold.
//!
//! In: the header cells of a table and the rows under them. Out: a [`Layout`],
//! which tells for each column what it is about: by its header, corrected by
//! what stands under it (see [`infer`]).

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::answers::infer;
use crate::analyse::answers::key::Key;
use crate::analyse::answers::{labels, status};
use crate::analyse::columns::{self, Column};
use crate::analyse::text;
use crate::model::date;
use crate::model::document::Cell;

/// What each column of a table is about.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    columns: Vec<Place>,
    /// The header as printed, folded.
    printed: String,
    /// The column whose backgrounds differ from row to row.
    coloured: Option<u16>,
}

/// A column, or several under one header.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: u16,
    span: u16,
    /// `None`: nothing says.
    holds: Option<Column>,
    /// Whether its header speaks of what is yet to be done.
    is_promise: bool,
}

/// Header cells are short.
const MAX_HEADER_WORDS: usize = 14;

impl Place {
    fn covers(self, column: u16) -> bool {
        (self.start..self.start + self.span).contains(&column)
    }
}

impl Layout {
    /// Reads a row as the header of an action plan; `None` if it is not one.
    pub(super) fn of_header(cells: &[Cell]) -> Option<Self> {
        let columns: Vec<Place> = cells
            .iter()
            .map(|cell| Place {
                start: cell.column,
                span: cell.span.max(1),
                holds: columns::of_header(&cell.text),
                is_promise: columns::is_promise(&cell.text),
            })
            .collect();
        let filled: Vec<&str> = cells
            .iter()
            .map(|cell| cell.text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        let is_number = |text: &str| columns::of_header(text) == Some(Column::Number);
        let is_short = |text: &str| {
            text::word_count(columns::without_aside(text)) <= MAX_HEADER_WORDS
                && (!text.ends_with('.') || is_number(text))
        };
        let is_label =
            |text: &str| labels::of_cell(text).is_some() && columns::of_header(text).is_none();
        // "Complete | On track | Delayed": a table of counts.
        let counted = filled.iter().filter(|text| status::is_name(text)).count();
        let known = columns.iter().filter(|place| place.holds.is_some()).count();
        let is_header = known > 1
            && known * 2 >= filled.len()
            && counted < 2
            && filled.iter().all(|text| is_short(text) && !is_label(text));
        is_header.then(|| Self {
            columns,
            printed: printed(cells),
            coloured: None,
        })
    }

    /// Guesses the layout of a table without column headings: numbers, statuses
    /// and dates show what their columns hold; of the others, the first of long
    /// texts is the recommendation and the next what was done. `None` where
    /// that makes no plan.
    pub(super) fn guess(rows: &[&[Cell]], key: &Key) -> Option<Self> {
        /// Fewer rows show nothing.
        const LEAST_ROWS: usize = 3;
        let width = rows.iter().map(|cells| cells.len()).max()?;
        let mut rows = rows.to_vec();
        rows.retain(|cells| cells.len() == width);
        if width < 3 || rows.len() < LEAST_ROWS {
            return None;
        }
        let holds =
            |cell: &Cell| infer::by_contents(None, &infer::contents(&rows, cell.column, 1), key);
        let columns = rows[0]
            .iter()
            .map(|cell| Place {
                start: cell.column,
                span: cell.span.max(1),
                holds: holds(cell),
                is_promise: false,
            })
            .collect();
        let mut layout = Self {
            columns,
            printed: String::new(),
            coloured: None,
        };
        let is_plan =
            layout.has(Column::Status) && (layout.has(Column::Number) || layout.has(Column::Due));
        let mut roles = [Column::Recommendation, Column::Action].into_iter();
        for place in layout
            .columns
            .iter_mut()
            .filter(|place| place.holds.is_none())
        {
            if infer::is_telling(&rows, place.start, place.span) {
                place.holds = roles.next();
            }
        }
        is_plan.then_some(layout)
    }

    /// Whether nearly every cell heads a column and none holds a date.
    pub(super) fn is_certain(&self) -> bool {
        let known = self
            .columns
            .iter()
            .filter(|place| place.holds.is_some())
            .count();
        known * 4 >= self.columns.len() * 3 && date::find_dates(&self.printed).is_empty()
    }

    /// Whether a header is this one, repeated on a new page.
    pub(super) fn repeats(&self, header: &Self) -> bool {
        self.printed == header.printed
    }

    /// Lays a second header row over the first: what it names is narrower.
    pub(super) fn refine(&mut self, lower: &Self) {
        for place in lower.columns.iter().filter(|place| place.holds.is_some()) {
            self.columns.retain(|upper| !place.covers(upper.start));
            self.columns.insert(0, *place);
        }
    }

    /// What the column is about in which a cell begins.
    pub(super) fn of_cell(&self, cell: &Cell) -> Option<Column> {
        let place = self
            .columns
            .iter()
            .find(|place| place.covers(cell.column))?;
        place.holds
    }

    /// Whether some column holds this.
    pub(super) fn has(&self, wanted: Column) -> bool {
        self.columns.iter().any(|place| place.holds == Some(wanted))
    }

    /// Whether this is the layout of an action plan: it says what was done or
    /// how far it is, about something.
    pub(super) fn is_plan(&self) -> bool {
        const ANSWERS: [Column; 5] = [
            Column::Action,
            Column::Progress,
            Column::Impact,
            Column::Next,
            Column::Status,
        ];
        const SUBJECTS: [Column; 4] = [
            Column::Number,
            Column::Recommendation,
            Column::Finding,
            Column::Action,
        ];
        let filled = self
            .columns
            .iter()
            .filter(|place| place.holds.is_some())
            .count();
        filled >= 2
            && ANSWERS.into_iter().any(|column| self.has(column))
            && SUBJECTS.into_iter().any(|column| self.has(column))
    }

    /// Whether its only telling column stands for the whole answer: "Response",
    /// "Update".
    pub(super) fn tells_all_in_one(&self) -> bool {
        static IN_ONE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(
                r"\b(?:responses?|reply|answer|update|progress|where we are|position|ymateb)\b",
            )
            .expect("the pattern of headings over whole answers compiles")
        });
        let others = [Column::Impact, Column::Next, Column::Evidence];
        !others.into_iter().any(|column| self.has(column)) && IN_ONE.is_match(&self.printed)
    }

    /// Whether the background of a cell is the only statement of status.
    pub(super) fn is_coloured(&self, cell: &Cell) -> bool {
        self.coloured == Some(cell.column) && !self.has(Column::Status)
    }

    /// Corrects what the headers say by what stands under them. `is_scoped`: the
    /// rows stand under recommendations that have rows or headings of their
    /// own.
    pub(super) fn correct(&mut self, rows: &[&[Cell]], key: &Key, is_scoped: bool) {
        let tells =
            |place: &&Place| matches!(place.holds, None | Some(Column::Action | Column::Progress));
        let has_spare_action = self.columns.iter().filter(tells).count() > 1;
        for place in &mut self.columns {
            let contents = infer::contents(rows, place.start, place.span);
            let found = infer::by_contents(place.holds, &contents, key);
            let loses_action = place.holds == Some(Column::Action) && found != place.holds;
            if has_spare_action || !loses_action {
                place.holds = found;
            }
        }
        self.fill_roles(rows, is_scoped);
        self.coloured = infer::coloured(rows);
    }

    /// Lets other columns stand in for those that a plan cannot do without.
    fn fill_roles(&mut self, rows: &[&[Cell]], is_scoped: bool) {
        if !self.has(Column::Recommendation) && !is_scoped {
            self.name_numbered(rows);
        }
        if !self.has(Column::Recommendation) && !is_scoped {
            self.rename(Column::Finding, Column::Recommendation);
        }
        // A plan of actions that says apart how far each has got: the actions
        // are what was asked for, or, beside a recommendation, what is done
        // about it, and their progress is the evidence. Where the header says
        // that they are yet to be done, their progress is what was done.
        if self.has(Column::Action) && self.has(Column::Progress) {
            if is_scoped || self.has(Column::Recommendation) {
                if self.promises(Column::Action) && !self.has(Column::Next) {
                    self.rename(Column::Action, Column::Next);
                    self.rename(Column::Progress, Column::Action);
                } else {
                    self.rename(Column::Progress, Column::Evidence);
                }
            } else {
                self.rename(Column::Action, Column::Recommendation);
            }
        }
        if !self.has(Column::Action) && !self.has(Column::Progress) && !self.name_fullest(rows) {
            self.rename(Column::Next, Column::Action);
        }
    }

    /// Takes the first of two columns of actions for the recommendations where its
    /// cells open with their labels: "a. Regional standard".
    fn name_numbered(&mut self, rows: &[&[Cell]]) {
        let is_action = |place: &Place| place.holds == Some(Column::Action);
        let actions = self.columns.iter().filter(|place| is_action(place)).count();
        let Some(first) = self.columns.iter_mut().find(|place| is_action(place)) else {
            return;
        };
        let cells = infer::contents(rows, first.start, first.span);
        let is_labelled = |cell: &&&Cell| labels::take_leading(&cell.text).is_some();
        let labelled = cells.iter().filter(is_labelled).count();
        if actions > 1 && labelled * 4 >= cells.len() * 3 {
            first.holds = Some(Column::Recommendation);
        }
    }

    /// Whether the column that holds this is headed by a promise.
    fn promises(&self, wanted: Column) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|place| place.holds == Some(wanted) && place.is_promise)
    }

    /// Takes the fullest column that no word names for what was done.
    fn name_fullest(&mut self, rows: &[&[Cell]]) -> bool {
        let fullest = self
            .columns
            .iter_mut()
            .filter(|place| {
                place.holds.is_none() && infer::is_telling(rows, place.start, place.span)
            })
            .max_by_key(|place| infer::word_count(rows, place.start, place.span));
        fullest.is_some_and(|place| {
            place.holds = Some(Column::Action);
            true
        })
    }

    fn rename(&mut self, from: Column, to: Column) {
        if let Some(place) = self
            .columns
            .iter_mut()
            .find(|place| place.holds == Some(from))
        {
            place.holds = Some(to);
        }
    }
}

fn printed(cells: &[Cell]) -> String {
    let texts: Vec<String> = cells.iter().map(|cell| text::fold(&cell.text)).collect();
    texts.join(" | ")
}
