//! Makes rows of the cells of RTF.
//!
//! In: what `\trowd` and its like say about the row to come, and the cells'
//! text. Out: cells, merged ones repeated.

use crate::model::document::Cell;

/// What is said of one cell before its text comes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Plan {
    continues_left: bool,
    continues_above: bool,
    colour: Option<usize>,
}

/// The row to come.
#[derive(Debug, Default)]
pub(super) struct Row {
    plans: Vec<Plan>,
    next: Plan,
    pub(super) is_header: bool,
    /// The cells' text so far.
    pub(super) texts: Vec<String>,
}

impl Row {
    /// Takes a control word that speaks of cells; says whether it was one.
    pub(super) fn take(&mut self, word: &str, number: Option<i32>) -> bool {
        match word {
            "trowd" => {
                self.plans.clear();
                self.next = Plan::default();
                self.is_header = false;
            }
            "trhdr" => self.is_header = true,
            "clmrg" => self.next.continues_left = true,
            "clvmrg" => self.next.continues_above = true,
            "clcbpat" => self.next.colour = number.and_then(|number| usize::try_from(number).ok()),
            "cellx" => self.plans.push(std::mem::take(&mut self.next)),
            _ => return false,
        }
        true
    }

    /// The cells, now that their text is known.
    pub(super) fn end(&mut self, above: &[Cell], colours: &[Option<u32>]) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::new();
        for (index, text) in self.texts.drain(..).enumerate() {
            let plan = self.plans.get(index).copied().unwrap_or_default();
            if plan.continues_left
                && let Some(left) = cells.last_mut()
            {
                left.span += 1;
                continue;
            }
            let column = u16::try_from(index).unwrap_or(u16::MAX);
            let origin = above.iter().find(|cell| cell.column == column);
            cells.push(match origin.filter(|_| plan.continues_above) {
                Some(origin) => Cell {
                    is_merged: true,
                    ..origin.clone()
                },
                None => Cell {
                    text,
                    column,
                    span: 1,
                    shade: plan.colour.and_then(|colour| *colours.get(colour)?),
                    is_merged: false,
                },
            });
        }
        cells
    }
}
