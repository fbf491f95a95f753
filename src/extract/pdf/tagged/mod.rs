//! Reads pages that carry a structure tree: the author's own paragraphs,
//! headings, lists and tables, also over page breaks.
//!
//! In: the ink of all pages. Out: drafts by page. Text that the tree does not
//! reach is left to `layout`.

mod home;
mod leaves;

use std::collections::HashMap;

use pdfboss_core::structure::{StandardType, StructureTree};
use pdfboss_core::{Document, ObjRef};

use crate::extract::pdf::area::around;
use crate::extract::pdf::continued::is_mid_sentence;
use crate::extract::pdf::draft::{CellDraft, Draft, Kind, Row};
use crate::extract::pdf::ink::{Ink, Run};
use crate::extract::pdf::layout::Counters;
use crate::extract::pdf::line::Line;
use crate::extract::pdf::paragraphs::{Measure, paragraphs_in_order};
use crate::extract::pdf::parts::background;
use crate::extract::pdf::style::Style;

use crate::extract::label;
use crate::extract::pdf::tree::{Place, Table};
use home::{CellOf, Sort};
use leaves::{Leaf, leaves};

/// Share of a document's letters that the tree must reach to be followed.
const REACH: f32 = 0.8;

/// Whether the structure tree is worth following.
pub(super) fn is_tagged(pages: &[Ink]) -> bool {
    let runs = pages.iter().flat_map(|ink| &ink.runs);
    let (mut all, mut reached) = (0, 0);
    for run in runs.filter(|run| !run.is_artifact) {
        all += run.text.len();
        if is_reached(run) {
            reached += run.text.len();
        }
    }
    all > 0 && reached as f32 >= REACH * all as f32
}

/// Whether the tree says what a run is.
pub(super) fn is_reached(run: &Run) -> bool {
    !run.is_artifact
        && run
            .tags
            .iter()
            .any(|tag| tag.kind != StandardType::Document)
}

/// Reads all pages; the drafts of each in the tree's order.
pub(super) fn read(
    pdf: &Document,
    pages: &[Ink],
    style: &Style,
    counters: &mut Counters,
) -> Vec<Vec<Draft>> {
    let mut builder = Builder {
        pdf,
        tree: pdf.structure_tree(),
        pages,
        style,
        counters,
        drafts: Vec::new(),
        tables: HashMap::new(),
        rows: HashMap::new(),
        begun: Vec::new(),
        label: None,
    };
    for leaf in leaves(pages) {
        builder.take(leaf);
    }
    builder.fill_covered();
    let mut by_page: Vec<Vec<Draft>> = pages.iter().map(|_| Vec::new()).collect();
    for draft in builder.drafts {
        by_page[draft.page].push(draft);
    }
    by_page
}

struct Builder<'a> {
    pdf: &'a Document,
    tree: Option<StructureTree>,
    pages: &'a [Ink],
    style: &'a Style,
    counters: &'a mut Counters,
    drafts: Vec<Draft>,
    /// The tables met, each with its number.
    tables: HashMap<ObjRef, (u32, Table)>,
    /// Where the row of a `TR` stands among the drafts.
    rows: HashMap<ObjRef, usize>,
    /// List items whose text has begun.
    begun: Vec<ObjRef>,
    /// A label that waits for the text of its item.
    label: Option<(ObjRef, Vec<Line>)>,
}

impl Builder<'_> {
    fn take(&mut self, leaf: Leaf) {
        if leaf.home.sort == Sort::Label {
            if let Some((item, _)) = leaf.home.item {
                self.label = Some((
                    item,
                    leaf.chunks
                        .into_iter()
                        .flat_map(|(_, lines)| lines)
                        .collect(),
                ));
            }
            return;
        }
        let label = match (&self.label, leaf.home.item) {
            (Some((labelled, _)), Some((item, _))) if *labelled == item => self.label.take(),
            _ => None,
        };
        let label = label.map(|(_, lines)| lines);
        match leaf.home.cell {
            Some(cell) => self.take_in_cell(cell, &leaf, label),
            None => self.take_block(leaf, label),
        }
    }

    fn take_block(&mut self, leaf: Leaf, label: Option<Vec<Line>>) {
        let Some(page) = leaf.chunks.first().map(|(page, _)| *page) else {
            return;
        };
        if leaf.home.sort == Sort::Loose && leaf.home.item.is_none() {
            for (page, lines) in leaf.chunks {
                for lines in paragraphs_in_order(lines.clone(), self.measure(&lines)) {
                    self.drafts
                        .push(Draft::of_lines(page, Kind::Text, lines, self.style.right));
                }
            }
            return;
        }
        let first = leaf.chunks[0].1.iter().map(|line| line.area);
        let area = around(first).unwrap_or_default();
        let mut lines: Vec<Line> = leaf
            .chunks
            .into_iter()
            .flat_map(|(_, lines)| lines)
            .collect();
        let kind = match (leaf.home.sort, leaf.home.item) {
            (Sort::Heading(level), _) => {
                lines = labelled(label, lines);
                Kind::Heading(level)
            }
            (Sort::Contents, _) => Kind::Contents,
            (Sort::Note, _) => Kind::Footnote,
            (_, Some((item, depth))) if !self.begun.contains(&item) => {
                self.begun.push(item);
                match label
                    .as_deref()
                    .map(crate::extract::pdf::join::text)
                    .as_deref()
                    .and_then(label::alone)
                {
                    Some(label::Mark::Label(label)) => Kind::Item {
                        label: Some(label),
                        depth,
                    },
                    Some(label::Mark::Bullet) => Kind::Item { label: None, depth },
                    None => {
                        lines = labelled(label, lines);
                        Kind::Item { label: None, depth }
                    }
                }
            }
            _ => Kind::Text,
        };
        let mut draft = Draft::of_lines(page, kind, lines, self.style.right);
        draft.area = area;
        self.drafts.push(draft);
    }

    fn measure(&self, lines: &[Line]) -> Measure<'_> {
        Measure {
            style: self.style,
            right: lines.iter().map(|line| line.area.x1).fold(0.0, f32::max),
        }
    }

    fn take_in_cell(&mut self, of: CellOf, leaf: &Leaf, label: Option<Vec<Line>>) {
        let (page, first) = &leaf.chunks[0];
        let at = match self.rows.get(&of.row) {
            Some(at) => *at,
            None => self.begin_row(*page, of, first),
        };
        let place = self
            .tables
            .get(&of.table)
            .map_or_else(Place::default, |(_, table)| table.place(of.cell));
        let line = &first[0];
        let shade = background(line.area.centre(), 400.0, &self.pages[*page]);
        let mut found: Vec<Vec<Line>> = Vec::new();
        for (_, lines) in &leaf.chunks {
            let pieces = if leaf.home.sort == Sort::Loose {
                paragraphs_in_order(lines.clone(), self.measure(lines))
            } else {
                vec![lines.clone()]
            };
            for piece in pieces {
                let goes_on = leaf.home.sort != Sort::Loose
                    || found
                        .last()
                        .is_some_and(|last| is_mid_sentence(last, &piece));
                match found.last_mut() {
                    Some(last) if goes_on => last.extend(piece),
                    _ => found.push(piece),
                }
            }
        }
        if let Some(first) = found.first_mut() {
            *first = labelled(label, std::mem::take(first));
        }
        if let Kind::Row(row) = &mut self.drafts[at].kind {
            row.is_header &= place.is_header;
            let cell = row
                .cells
                .iter_mut()
                .find(|cell| cell.column == place.column && !cell.is_merged);
            match cell {
                Some(cell) => cell.paragraphs.extend(found),
                None => row.cells.push(CellDraft {
                    column: place.column,
                    span: place.span,
                    paragraphs: found,
                    shade,
                    is_merged: false,
                }),
            }
        }
    }

    fn begin_row(&mut self, page: usize, of: CellOf, lines: &[Line]) -> usize {
        let (pdf, tree, counters) = (self.pdf, self.tree.as_ref(), &mut self.counters);
        let (number, table) = self
            .tables
            .entry(of.table)
            .or_insert_with(|| (counters.table(), Table::read(pdf, tree, of.table)));
        let covered = table.covered(of.row).iter().map(|place| CellDraft {
            column: place.column,
            span: place.span,
            is_merged: true,
            ..CellDraft::default()
        });
        let row = Row {
            table: *number,
            is_header: true,
            cells: covered.collect(),
            edges: Vec::new(),
        };
        let mut draft = Draft::of_lines(page, Kind::Row(row), lines.to_vec(), 0.0);
        draft.lines.clear();
        self.rows.insert(of.row, self.drafts.len());
        self.drafts.push(draft);
        self.drafts.len() - 1
    }

    /// Repeats what stands in merged cells in the rows that they cover.
    fn fill_covered(&mut self) {
        let mut above: HashMap<(u32, usize), CellDraft> = HashMap::new();
        for draft in &mut self.drafts {
            let Kind::Row(row) = &mut draft.kind else {
                continue;
            };
            for cell in &mut row.cells {
                let key = (row.table, cell.column);
                if !cell.is_merged {
                    above.insert(key, cell.clone());
                } else if let Some(origin) = above.get(&key) {
                    cell.paragraphs.clone_from(&origin.paragraphs);
                    cell.shade = origin.shade;
                }
            }
            row.cells.sort_by_key(|cell| cell.column);
        }
    }
}

/// Puts the label of an item before its text, on the same line.
fn labelled(label: Option<Vec<Line>>, mut lines: Vec<Line>) -> Vec<Line> {
    let Some(mut line) = label.and_then(|label| label.into_iter().next()) else {
        return lines;
    };
    if lines.is_empty() {
        return vec![line];
    }
    line.has_tab = label::alone(&line.text()).is_some();
    line.append(lines.remove(0));
    lines.insert(0, line);
    lines
}
