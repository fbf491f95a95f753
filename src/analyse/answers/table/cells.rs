//! What the cells of a row add to an answer.
//!
//! In: the cells of a row under the layout of its table. Out: the parts and the
//! status of the draft that the row belongs to.

use super::Reader;
use crate::analyse::answers::layout::Layout;
use crate::analyse::answers::parts::{self, Division, Part};
use crate::analyse::answers::passage;
use crate::analyse::answers::status::{self, Reading};
use crate::analyse::columns::Column;
use crate::model::analysis::Status;
use crate::model::date;
use crate::model::document::Cell;

/// Confidence of a completion that only its date states.
const BY_DATE: f32 = 0.9;

impl Reader<'_> {
    pub(super) fn add_cells(&mut self, current: usize, cells: &[Cell]) {
        let Some(layout) = self.layout.clone() else {
            return;
        };
        for cell in cells.iter().filter(|cell| !cell.is_merged) {
            let column = layout.of_cell(cell);
            let refusal =
                status::of_acceptance(&cell.text).filter(|_| column == Some(Column::Acceptance));
            let tells_status = !layout.has(Column::Status);
            match column.and_then(passage::part_of) {
                _ if column == Some(Column::Finished) => self.add_finish(current, cell, &layout),
                _ if column == Some(Column::Acceptance) => {
                    self.drafts[current].add(Part::Status, &cell.text);
                    self.note(current, refusal);
                }
                Some(Part::Recommendation) | None => {}
                Some(part @ (Part::Action | Part::Evidence)) if tells_status => {
                    let told = self.take_verdict(current, &cell.text);
                    self.add_telling(current, part, told, &layout);
                }
                Some(part @ Part::Action) => {
                    self.add_telling(current, part, &cell.text, &layout);
                }
                Some(part) => self.add_passage(current, part, &cell.text, cell.shade),
            }
            if layout.is_coloured(cell) {
                self.note(current, self.key.read("", cell.shade));
            }
        }
    }

    /// Adds the date on which an action was finished; where no column says how
    /// far it is, that does, by being there or missing.
    fn add_finish(&mut self, current: usize, cell: &Cell, layout: &Layout) {
        let part = if layout.has(Column::Due) {
            Part::Status
        } else {
            Part::Due
        };
        self.drafts[current].add(part, &cell.text);
        if layout.has(Column::Status) {
            return;
        }
        let is_dated = !date::find_dates(&cell.text).is_empty();
        let by_date = is_dated.then_some(Reading::is(Status::Completed, BY_DATE));
        let reading = self.key.read(&cell.text, None).or(by_date);
        // Empty, or a dash.
        if reading.is_none() && !cell.text.contains(char::is_alphanumeric) {
            self.unfinished.push(current);
        }
        self.note(current, reading);
    }

    /// Notes the verdict with which a cell closes; gives what it tells before.
    fn take_verdict<'c>(&mut self, current: usize, told: &'c str) -> &'c str {
        let Some((told, verdict, reading)) = status::take_closing(told) else {
            return told;
        };
        self.drafts[current].add(Part::Status, verdict);
        self.note(current, Some(reading));
        told
    }

    fn add_telling(&mut self, current: usize, part: Part, told: &str, layout: &Layout) {
        if part == Part::Action && layout.tells_all_in_one() {
            self.add_told(current, told);
        } else {
            self.add_passage(current, part, told, None);
        }
    }

    /// Adds the paragraphs of a cell that tells what was done, what changed and
    /// what is next together.
    fn add_told(&mut self, current: usize, told: &str) {
        let paragraphs: Vec<&str> = told
            .split('\n')
            .filter(|line| !line.trim().is_empty())
            .collect();
        let is_labelled = paragraphs
            .iter()
            .any(|line| passage::pieces(line, 0)[0].column.is_some());
        if paragraphs.len() < 2 || is_labelled {
            return self.add_passage(current, Part::Action, told, None);
        }
        for (part, text) in parts::split(&paragraphs, Division::BY_PARAGRAPH, &[]) {
            self.drafts[current].add(part, &text);
        }
    }

    /// Adds a cell or a labelled passage. Paragraphs within it may open with
    /// labels of their own.
    pub(super) fn add_passage(
        &mut self,
        current: usize,
        part: Part,
        passage: &str,
        shade: Option<u32>,
    ) {
        if part == Part::Status {
            self.note(current, self.key.read_opening(passage, shade));
        }
        let mut part = part;
        let pieces = passage
            .split('\n')
            .flat_map(|paragraph| passage::pieces(paragraph, 0));
        for piece in pieces {
            let own = piece.column.and_then(passage::part_of);
            part = own
                .filter(|own| *own != Part::Recommendation)
                .unwrap_or(part);
            if own == Some(Part::Status) {
                self.note(current, self.key.read_opening(piece.text, None));
            }
            self.drafts[current].add(part, piece.text);
        }
    }

    /// Notes what a status comes to, if anything: the latest printed wins.
    pub(super) fn note(&mut self, current: usize, reading: Option<Reading>) {
        if let Some(reading) = reading {
            self.drafts[current].set_status(reading);
        }
    }
}
