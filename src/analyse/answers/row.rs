//! One row of a plan: where it stands, and what it says of the recommendation
//! it answers.
//!
//! In: the outline of a document. Out: its rows without those of keys; of each,
//! whether it is a banner, and its [`Head`].

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::answers::key::Key;
use crate::analyse::answers::labels::{self, Taken};
use crate::analyse::answers::layout::Layout;
use crate::analyse::columns::{self, Column};
use crate::analyse::label::Keyword;
use crate::analyse::outline::Outline;
use crate::analyse::text;
use crate::model::date;
use crate::model::document::{BlockKind, Cell, Locator};

/// A row and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Index into the outline's blocks.
    pub(super) index: usize,
    /// Page and block.
    pub(super) at: Locator,
    /// The table it belongs to.
    pub(super) table: u32,
    /// The section it stands in.
    pub(super) section: usize,
    /// From left to right.
    pub(super) cells: &'a [Cell],
}

impl Row<'_> {
    /// Whether the next row goes on with this one's table, be it after a page
    /// break.
    pub(super) fn goes_on_with(&self, next: &Self) -> bool {
        self.table == next.table || self.index + 1 == next.index
    }
}

/// The rows of a document, without those of its keys.
pub(super) fn rows<'a>(outline: &'a Outline<'_>, key: &Key) -> Vec<Row<'a>> {
    let rows = outline
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(index, placed)| {
            let BlockKind::Row { table, cells, .. } = &placed.block.kind else {
                return None;
            };
            (!key.blocks.contains(&index)).then_some(Row {
                index,
                at: placed.at,
                table: *table,
                section: placed.section,
                cells,
            })
        });
    rows.collect()
}

/// What a row says of the recommendation that it answers.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// As printed; empty when the row prints none of its own.
    pub(super) labels: Vec<String>,
    /// The recommendation, without its label.
    pub(super) recommendation: Option<String>,
    /// Whether the number stands under its own heading, repeated.
    pub(super) is_repeated_header: bool,
}

impl Head {
    /// Reads the cells of a row that stand for its recommendation.
    pub(super) fn of(cells: &[Cell], layout: &Layout) -> Self {
        let mut head = Self::default();
        let own = cells
            .iter()
            .filter(|cell| !cell.is_merged && !cell.text.trim().is_empty());
        for cell in own {
            let printed = cell.text.trim().replace('\n', " ");
            match layout.of_cell(cell) {
                Some(Column::Number) => head.take_number(&printed),
                Some(Column::Recommendation) => head.take_recommendation(&printed),
                _ => {}
            }
        }
        head
    }

    fn take_number(&mut self, printed: &str) {
        let found =
            labels::of_cell(printed).or_else(|| Some(labels::take_leading(printed)?.labels));
        self.is_repeated_header |=
            found.is_none() && columns::of_header(printed) == Some(Column::Number);
        self.labels = found.unwrap_or_default();
    }

    fn take_recommendation(&mut self, printed: &str) {
        match labels::take_leading(printed).filter(|_| self.labels.is_empty()) {
            Some(taken) => {
                self.recommendation = Some(taken.rest.to_owned());
                self.labels = taken.labels;
            }
            None => self.recommendation = Some(printed.to_owned()),
        }
    }
}

/// The text of a row that has only one: it is the only cell, runs over most
/// columns, or stands, too long for one, where the numbers stand.
pub(super) fn banner<'a>(cells: &'a [Cell], layout: Option<&Layout>) -> Option<&'a str> {
    let mut own = cells
        .iter()
        .filter(|cell| !cell.is_merged && !cell.text.trim().is_empty());
    let only = own.next().filter(|_| own.next().is_none())?;
    let text = only.text.trim();
    let width = cells
        .iter()
        .map(|cell| cell.column + cell.span.max(1))
        .max()
        .unwrap_or(1);
    let is_wide = only.span * 2 > width;
    let is_no_number = layout.is_some_and(|layout| {
        layout.of_cell(only) == Some(Column::Number) && labels::of_cell(text).is_none()
    });
    (cells.len() == 1 || is_wide || is_no_number).then_some(text)
}

/// The recommendation that a heading or banner names.
pub(super) fn scope_of(heading: &str) -> Option<Taken<'_>> {
    labels::take_leading(heading).filter(|taken| taken.keyword == Some(Keyword::Recommendation))
}

/// A row that does nothing but give a recommendation: `Recommendation 3 | The
/// Board should …`, with its text.
pub(super) fn announced(cells: &[Cell]) -> Option<(Taken<'_>, &str)> {
    let mut own = cells
        .iter()
        .filter(|cell| !cell.is_merged && !cell.text.trim().is_empty());
    let (head, body) = (own.next()?, own.next()?);
    let taken = scope_of(&head.text).filter(|taken| taken.rest.is_empty())?;
    own.next().is_none().then_some((taken, body.text.as_str()))
}

/// A month, quarter or financial year without more.
static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|q(?:uarter )?[1-4]|20\d\d ?[/-] ?(?:20)?\d\d)\s*$")
        .expect("the pattern of periods compiles")
});

/// Whether a row holds nothing but dates, or nothing: a second row of column
/// headings.
pub(super) fn is_dates(cells: &[Cell]) -> bool {
    /// A date among more words is text.
    const MAX_WORDS: usize = 4;
    let mut own = cells
        .iter()
        .filter(|cell| !cell.is_merged && !cell.text.trim().is_empty());
    own.all(|cell| {
        let is_short = text::word_count(&cell.text) <= MAX_WORDS;
        is_short && (!date::find_dates(&cell.text).is_empty() || PERIOD.is_match(&cell.text))
    })
}
