//! Tables without column headings, whose rows are labels and what they
//! announce: `Impact | Phrases such as …`.
//!
//! In: such a row. Out: a part of the answer under way, or the answer that it
//! opens.

use super::{ROW, Reader, opened_by};
use crate::analyse::answers::draft::Draft;
use crate::analyse::answers::labels;
use crate::analyse::answers::parts::Part;
use crate::analyse::answers::passage;
use crate::analyse::answers::row::Row;
use crate::analyse::columns::{self, Column};
use crate::model::document::Cell;

/// Whether rows are labels and what they announce: of two cells each, the first
/// of most a label, and labels of several kinds.
pub(super) fn is_form(rows: &[&[Cell]]) -> bool {
    let pairs: Vec<&[Cell]> = rows.iter().copied().filter(|row| row.len() == 2).collect();
    let mut labels: Vec<Column> = Vec::new();
    let mut n_labelled = 0;
    for column in pairs
        .iter()
        .filter_map(|row| columns::of_label(&row[0].text))
    {
        n_labelled += 1;
        if !labels.contains(&column) {
            labels.push(column);
        }
    }
    pairs.len() == rows.len() && labels.len() > 2 && n_labelled * 3 >= pairs.len() * 2
}

impl Reader<'_> {
    /// A row of a table without column headings: `Impact | Phrases such as …`.
    pub(super) fn read_form_row(&mut self, row: &Row<'_>) {
        let mut cells = row.cells.iter().filter(|cell| !cell.text.trim().is_empty());
        let (Some(head), Some(body)) = (cells.next(), cells.next()) else {
            return;
        };
        let Some(part) = columns::of_label(&head.text).and_then(passage::part_of) else {
            return;
        };
        if part == Part::Recommendation {
            let draft = self.opened_by_form(row, &body.text);
            self.push(draft);
        } else if let Some(current) = self.current_or_scope() {
            self.add_passage(current, part, &body.text, body.shade);
        }
    }

    /// The answer to the recommendation that a row gives: by its own number, or
    /// by the heading under which the form stands.
    fn opened_by_form(&mut self, row: &Row<'_>, recommendation: &str) -> Draft {
        if let Some(taken) = labels::take_leading(recommendation) {
            return opened_by(&taken, row.at);
        }
        let scope = self.scope.take().filter(|_| self.current.is_none());
        let mut draft = scope.unwrap_or_else(|| Draft::new(Vec::new(), row.at, ROW));
        draft.add(Part::Recommendation, recommendation);
        draft
    }
}
