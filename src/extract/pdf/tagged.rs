//! Reads pages that carry a structure tree: the author's own paragraphs,
//! headings, lists and tables, also over page breaks.
//!
//! In: the ink of all pages. Out: drafts by page. Text that the tree does not
//! reach is left to `layout`.

use std::collections::HashMap;

use pdfboss_core::structure::{StandardType, StructureTree};
use pdfboss_core::{Document, ObjRef};

use super::area::around;
use super::draft::{CellDraft, Draft, Kind, Row};
use super::ink::{Ink, Run, Tag};
use super::layout::Counters;
use super::line::{Line, lines};
use super::paragraphs::{Measure, in_order, paragraphs_in_order};
use super::parts::background;
use super::style::Style;
use super::tree::{Place, Table};
use crate::extract::label;

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

/// Where in the tree a run stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Home {
    /// The element that holds the text.
    block: Option<ObjRef>,
    sort: Sort,
    /// The innermost list item around it, and how deep lists are nested.
    item: Option<(ObjRef, u8)>,
    cell: Option<CellOf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct CellOf {
    table: ObjRef,
    row: ObjRef,
    cell: ObjRef,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    Heading(u8),
    /// One element is one paragraph.
    Paragraph,
    /// A container with text of its own, split by looks.
    Loose,
    Label,
    Contents,
    Note,
}

fn home(tags: &[Tag]) -> Home {
    use StandardType as T;
    let mut home = Home {
        block: None,
        sort: Sort::Loose,
        item: None,
        cell: None,
    };
    let (mut depth, mut table, mut row) = (0, None, None);
    for tag in tags {
        let sort = match tag.kind {
            T::H => Sort::Heading(1),
            T::H1 => Sort::Heading(1),
            T::H2 => Sort::Heading(2),
            T::H3 => Sort::Heading(3),
            T::H4 => Sort::Heading(4),
            T::H5 => Sort::Heading(5),
            T::H6 => Sort::Heading(6),
            T::P | T::LBody | T::LI => Sort::Paragraph,
            T::Lbl if home.item.is_some() && home.sort != Sort::Note => Sort::Label,
            T::TOCI => Sort::Contents,
            T::Note => Sort::Note,
            T::Document
            | T::Part
            | T::Art
            | T::Sect
            | T::Div
            | T::BlockQuote
            | T::Caption
            | T::TD
            | T::TH => Sort::Loose,
            _ => {
                match tag.kind {
                    T::L => depth += 1,
                    T::Table if home.cell.is_none() => table = Some(tag.id),
                    T::TR if home.cell.is_none() => row = Some(tag.id),
                    _ => {}
                }
                continue;
            }
        };
        match tag.kind {
            T::LI => home.item = Some((tag.id, depth.max(1) - 1)),
            T::TD | T::TH => {
                if let (Some(table), Some(row), None) = (table, row, home.cell) {
                    home.cell = Some(CellOf {
                        table,
                        row,
                        cell: tag.id,
                    });
                    home.item = None;
                    depth = 0;
                }
            }
            _ => {}
        }
        // A note or a line of contents stays one, whatever stands in it.
        if !matches!(home.sort, Sort::Note | Sort::Contents) {
            home.sort = sort;
            home.block = Some(tag.id);
        }
    }
    home
}

/// Text of one home, by page.
struct Leaf {
    home: Home,
    chunks: Vec<(usize, Vec<Line>)>,
}

/// The text of all pages by home, in the order of the tree.
fn leaves(pages: &[Ink]) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut known: HashMap<Home, usize> = HashMap::new();
    for (page, ink) in pages.iter().enumerate() {
        let runs: Vec<&Run> = ink.runs.iter().filter(|run| is_reached(run)).collect();
        let homes: Vec<Home> = runs.iter().map(|run| home(&run.tags)).collect();
        let mut from = 0;
        while from < runs.len() {
            let home = &homes[from];
            let same = homes[from..]
                .iter()
                .take_while(|other| *other == home)
                .count();
            let lines = in_order(lines(&runs[from..from + same], &ink.rules));
            from += same;
            if lines.is_empty() {
                continue;
            }
            let last = leaves.len().wrapping_sub(1);
            let is_repeated = known
                .get(home)
                .is_some_and(|at| repeats(&leaves[*at], page, &lines));
            let at = known
                .get(home)
                .copied()
                .filter(|at| home.sort != Sort::Loose || *at == last);
            match at {
                _ if is_repeated => {}
                Some(at) if is_lone_label(&leaves[at], page, &lines) => leaves.push(Leaf {
                    home: home.clone(),
                    chunks: vec![(page, lines)],
                }),
                Some(at) => add(&mut leaves[at].chunks, page, lines),
                None => {
                    known.insert(home.clone(), leaves.len());
                    leaves.push(Leaf {
                        home: home.clone(),
                        chunks: vec![(page, lines)],
                    });
                }
            }
        }
    }
    leaves
}

fn add(chunks: &mut Vec<(usize, Vec<Line>)>, page: usize, lines: Vec<Line>) {
    match chunks.last_mut() {
        Some((last, known)) if *last == page => known.extend(lines),
        _ => chunks.push((page, lines)),
    }
}

/// Whether only a short line was left at the foot of the page before, such as
/// the label of what follows: it stays there, and what follows stands on its
/// own page.
fn is_lone_label(leaf: &Leaf, page: usize, lines: &[Line]) -> bool {
    let [(first, label)] = leaf.chunks.as_slice() else {
        return false;
    };
    let [label] = label.as_slice() else {
        return false;
    };
    let widest = lines
        .iter()
        .map(|line| line.area.width())
        .fold(0.0, f32::max);
    *first != page
        && leaf.home.cell.is_none()
        && label.area.width() + lines[0].first_word < 0.6 * widest
}

/// Whether a later page only prints a cell again, as heads of tables are.
fn repeats(leaf: &Leaf, page: usize, lines: &[Line]) -> bool {
    let text = |lines: &[Line]| super::join::text(lines);
    leaf.home.cell.is_some()
        && leaf
            .chunks
            .iter()
            .any(|(first, known)| *first != page && text(known) == text(lines))
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
                    .map(super::join::text)
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
                        .is_some_and(|last| super::continued::is_mid_sentence(last, &piece));
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
