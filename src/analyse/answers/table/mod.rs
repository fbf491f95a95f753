//! Answers in tables: action plans, in any columns and order.
//!
//! In: the rows of a document's tables. Out: a [`Draft`] for each
//! recommendation they answer. A row answers what its number or its
//! recommendation says; one that has neither goes on with the row before;
//! a row of one cell is a section, a labelled part or the recommendation under
//! which the next rows stand.

mod cells;
mod form;

use crate::analyse::answers::draft::{self, Draft};
use crate::analyse::answers::implied;
use crate::analyse::answers::key::Key;
use crate::analyse::answers::labels::{self, Taken};
use crate::analyse::answers::layout::Layout;
use crate::analyse::answers::parts::Part;
use crate::analyse::answers::passage;
use crate::analyse::answers::row::{self, Head, Row};
use crate::analyse::answers::status::{self, Reading};
use crate::analyse::columns::Column;
use crate::analyse::label;
use crate::analyse::outline::Outline;
use crate::model::document::{Cell, Locator};

/// Confidence of a row with a number or a recommendation, and an answer.
const ROW: f32 = 0.95;
/// Confidence of a row that names no recommendation.
const NAMELESS_ROW: f32 = 0.4;

/// Reads every table that is an action plan.
pub(super) fn read(outline: &Outline<'_>, key: &Key) -> Vec<Draft> {
    let rows = row::rows(outline, key);
    let mut reader = Reader::new(key);
    for run in rows.chunk_by(Row::goes_on_with) {
        reader.begin(governing(outline, &run[0]));
        reader.guess_layout(run);
        for (place, row) in run.iter().enumerate() {
            reader.read_row(row, &run[place + 1..]);
        }
    }
    reader.end();
    reader.drafts
}

/// The recommendation named by the heading under which a table stands.
fn governing(outline: &Outline<'_>, first: &Row<'_>) -> Option<Draft> {
    let heading = outline.path(first.section).pop()?;
    row::scope_of(heading).map(|taken| opened_by(&taken, first.at))
}

fn opened_by(taken: &Taken<'_>, at: Locator) -> Draft {
    let mut draft = Draft::new(taken.labels.clone(), at, ROW);
    draft.add(Part::Recommendation, taken.rest);
    draft
}

/// Reads rows in order. A table that goes on after a page break is one table.
struct Reader<'k> {
    key: &'k Key,
    layout: Option<Layout>,
    drafts: Vec<Draft>,
    /// The draft to which rows without a number belong.
    current: Option<usize>,
    /// The recommendation under which the next rows stand.
    scope: Option<Draft>,
    /// The status that a banner gives to the rows under it: "Actions completed".
    group: Option<Reading>,
    /// Whether a row of the present layout has been read.
    has_body: bool,
    /// Number of drafts before the present table.
    begun_at: usize,
    /// Whether the present table numbers the actions under a recommendation.
    has_sub_rows: bool,
    /// Whether the rows of the present table are labels and what they announce.
    is_form: bool,
    /// Drafts of the present table whose date of completion is left empty.
    unfinished: Vec<usize>,
}

impl<'k> Reader<'k> {
    fn new(key: &'k Key) -> Self {
        Self {
            key,
            layout: None,
            drafts: Vec::new(),
            current: None,
            scope: None,
            group: None,
            has_body: false,
            begun_at: 0,
            has_sub_rows: false,
            is_form: false,
            unfinished: Vec::new(),
        }
    }

    /// Begins another table.
    fn begin(&mut self, scope: Option<Draft>) {
        self.end();
        self.layout = None;
        self.current = None;
        self.scope = scope;
        self.group = None;
        self.has_body = false;
    }

    /// Ends a table. Where its due dates say which actions are complete, those
    /// that do not say so are not.
    fn end(&mut self) {
        self.close_unfinished();
        let drafts = &mut self.drafts[self.begun_at..];
        let is_told =
            |draft: &Draft| draft.status.is_none() && implied::of_due(&draft.parts).is_some();
        if drafts.iter().filter(|draft| is_told(draft)).count() > 1 {
            for draft in drafts.iter_mut() {
                if draft.status.is_none() && draft.parts.due.is_some() && !is_told(draft) {
                    draft.set_status(status::Reading::UNTOLD);
                }
            }
        }
        if self.has_sub_rows {
            draft::use_parents(drafts);
        }
        self.has_sub_rows = false;
        self.begun_at = self.drafts.len();
    }

    /// An empty date of completion tells, where others are filled.
    fn close_unfinished(&mut self) {
        let unfinished = std::mem::take(&mut self.unfinished);
        let some_are_finished = self.drafts.len() - self.begun_at > unfinished.len();
        for index in unfinished.into_iter().filter(|_| some_are_finished) {
            let draft = &mut self.drafts[index];
            draft.status = draft.status.or(Some(Reading::UNTOLD));
        }
    }

    /// Gives a table without column headings the layout that its contents show.
    fn guess_layout(&mut self, run: &[Row<'_>]) {
        let cells: Vec<&[Cell]> = run.iter().map(|row| row.cells).collect();
        self.is_form = form::is_form(&cells);
        let is_headed = cells.iter().any(|cells| Layout::of_header(cells).is_some());
        if !is_headed && !self.is_form {
            self.layout = Layout::guess(&cells, self.key);
        }
    }

    fn read_row(&mut self, row: &Row<'_>, below: &[Row<'_>]) {
        if let Some(header) = self.header(row.cells) {
            return self.open_layout(header, below);
        }
        if let Some(banner) = row::banner(row.cells, self.layout.as_ref()) {
            return self.read_banner(banner, row.at);
        }
        if let Some((taken, text)) = row::announced(row.cells) {
            let mut draft = opened_by(&taken, row.at);
            draft.add(Part::Recommendation, text);
            self.current = None;
            self.scope = Some(draft);
            return;
        }
        if self.layout.as_ref().is_some_and(Layout::is_plan) {
            self.read_body(row);
            self.has_body = true;
            return;
        }
        self.read_form_row(row);
    }

    /// Reads a row as column headings. Within a plan only headings through and
    /// through are: "Chief officers | no new date" is an answer.
    fn header(&self, cells: &[Cell]) -> Option<Layout> {
        let header = Layout::of_header(cells).filter(|_| !self.is_form)?;
        (self.layout.is_none() || header.is_certain()).then_some(header)
    }

    fn open_layout(&mut self, header: Layout, below: &[Row<'_>]) {
        if self
            .layout
            .as_ref()
            .is_some_and(|layout| layout.repeats(&header))
        {
            return;
        }
        let body: Vec<&[Cell]> = below
            .iter()
            .map(|row| row.cells)
            .filter(|cells| row::banner(cells, None).is_none())
            .take_while(|cells| Layout::of_header(cells).is_none_or(|other| !other.is_certain()))
            .collect();
        let mut layout = match self.layout.take() {
            Some(mut upper) if !self.has_body => {
                upper.refine(&header);
                upper
            }
            _ => {
                self.current = None;
                header
            }
        };
        let is_scoped = self.scope.is_some()
            || below.iter().any(|row| {
                row::banner(row.cells, None)
                    .and_then(row::scope_of)
                    .is_some()
                    || row::announced(row.cells).is_some()
            });
        layout.correct(&body, self.key, is_scoped);
        self.layout = Some(layout);
        self.has_body = false;
    }

    /// A row of one cell: a labelled part of the answer above, the
    /// recommendation of the rows below, or a section of the plan.
    fn read_banner(&mut self, banner: &str, at: Locator) {
        if let Some((column, rest)) = passage::take_run_in(banner, 0)
            && let (Some(part), Some(current)) = (passage::part_of(column), self.current)
            && !rest.is_empty()
            && part != Part::Recommendation
        {
            self.add_passage(current, part, rest, None);
            return;
        }
        self.current = None;
        self.scope = row::scope_of(banner).map(|taken| opened_by(&taken, at));
        self.group = self
            .key
            .read(banner, None)
            .filter(|_| status::opens_with_verdict(banner));
    }

    fn read_body(&mut self, row: &Row<'_>) {
        let Some(layout) = &self.layout else {
            return;
        };
        let head = Head::of(row.cells, layout);
        if head.is_repeated_header || row::is_dates(row.cells) {
            return;
        }
        let current = match self.continued(&head) {
            Some(current) => current,
            None => self.open(head, row.at),
        };
        self.add_cells(current, row.cells);
    }

    /// The draft with which a row goes on: it has no recommendation of its own,
    /// and no number that is not a sub-number of it.
    fn continued(&mut self, head: &Head) -> Option<usize> {
        let layout = self.layout.as_ref()?;
        let has_recommendation = layout.has(Column::Recommendation);
        if head.recommendation.is_some() {
            return None;
        }
        if !has_recommendation && self.scope.is_some() {
            return self.current_or_scope();
        }
        let current = self.current?;
        if head.labels.is_empty() {
            return Some(current);
        }
        let draft = &mut self.drafts[current];
        let same = |a: &str, b: &str| label::normalise(a) == label::normalise(b);
        let [label] = head.labels.as_slice() else {
            return None;
        };
        let known = draft.labels.first()?.clone();
        if same(label, &known) {
            return Some(current);
        }
        let parent = labels::parent(label)?;
        if same(&parent, &known) {
            return Some(current);
        }
        // 3a and 3b under one recommendation are its sub-actions.
        let is_sibling =
            has_recommendation && labels::parent(&known).is_some_and(|p| same(&p, &parent));
        if is_sibling {
            draft.labels = vec![parent];
            self.has_sub_rows = true;
        }
        is_sibling.then_some(current)
    }

    fn open(&mut self, head: Head, at: Locator) -> usize {
        let is_nameless = head.labels.is_empty() && head.recommendation.is_none();
        let confidence = if is_nameless { NAMELESS_ROW } else { ROW };
        let mut draft = Draft::new(head.labels, at, confidence);
        draft.status = self.group;
        if let Some(recommendation) = &head.recommendation {
            draft.add(Part::Recommendation, recommendation);
        }
        self.push(draft)
    }

    fn push(&mut self, draft: Draft) -> usize {
        self.drafts.push(draft);
        let current = self.drafts.len() - 1;
        self.current = Some(current);
        current
    }

    fn current_or_scope(&mut self) -> Option<usize> {
        self.current.or_else(|| {
            let draft = self.scope.clone()?;
            Some(self.push(draft))
        })
    }
}
