//! Finds what ruling lines and backgrounds enclose: tables and boxes.
//!
//! In: the ink of a page. Out: [`Grid`]s. One with a single column is a box;
//! one with several is a table. Which text stands in which cell is left to
//! `layout`.

use super::area::{Area, around};
use super::ink::Ink;

/// Cells enclosed by connected lines.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub(super) area: Area,
    /// By row, then column.
    pub(super) cells: Vec<GridCell>,
    pub(super) columns: usize,
}

/// One cell; it may cover several columns and rows of the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct GridCell {
    pub(super) area: Area,
    pub(super) row: usize,
    pub(super) row_span: usize,
    pub(super) column: usize,
    pub(super) span: usize,
}

/// Lines nearer than this are one: double borders, a background inside its
/// border.
const SAME: f32 = 4.0;
/// Lines that end this near to each other meet.
const MEETS: f32 = 3.0;
/// A page with more line segments than this is a drawing.
const MAX_SEGMENTS: usize = 4_000;

/// A stretch of a straight line: across at `at`, from `from` to `to`.
#[derive(Debug, Clone, Copy)]
struct Segment {
    at: f32,
    from: f32,
    to: f32,
}

/// All grids of a page, larger ones first.
pub(super) fn grids(ink: &Ink) -> Vec<Grid> {
    let (mut across, mut down) = segments(ink);
    if across.len() + down.len() > MAX_SEGMENTS {
        return Vec::new();
    }
    across = merged(across);
    down = merged(down);
    let mut grids: Vec<Grid> = components(&across, &down)
        .into_iter()
        .filter_map(|(across, down)| grid(&across, &down))
        .collect();
    grids.sort_by(|a, b| b.area.size().total_cmp(&a.area.size()));
    grids
}

/// Horizontal and vertical lines: drawn ones, and the edges of backgrounds.
fn segments(ink: &Ink) -> (Vec<Segment>, Vec<Segment>) {
    let (mut across, mut down) = (Vec::new(), Vec::new());
    for rule in &ink.rules {
        let area = rule.area;
        if rule.is_horizontal && area.width() > MEETS {
            across.push(horizontal(area.y0, &area));
        } else if !rule.is_horizontal && area.height() > MEETS {
            down.push(vertical(area.x0, &area));
        }
    }
    let page = ink.width * ink.height;
    for fill in &ink.fills {
        let area = fill.area;
        if area.size() < 0.85 * page && area.width() > 12.0 && area.height() > 7.0 {
            across.extend([horizontal(area.y0, &area), horizontal(area.y1, &area)]);
            down.extend([vertical(area.x0, &area), vertical(area.x1, &area)]);
        }
    }
    (across, down)
}

fn horizontal(at: f32, area: &Area) -> Segment {
    Segment {
        at,
        from: area.x0,
        to: area.x1,
    }
}

fn vertical(at: f32, area: &Area) -> Segment {
    Segment {
        at,
        from: area.y0,
        to: area.y1,
    }
}

/// Joins stretches of the same line that touch.
fn merged(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut merged: Vec<Segment> = Vec::new();
    for segment in segments {
        let same = merged.iter_mut().rev().take(200).find(|other| {
            (other.at - segment.at).abs() < 1.2
                && segment.from <= other.to + MEETS
                && segment.to >= other.from - MEETS
        });
        match same {
            Some(other) => {
                other.from = other.from.min(segment.from);
                other.to = other.to.max(segment.to);
            }
            None => merged.push(segment),
        }
    }
    merged
}

/// Groups of lines that meet, each with at least two in both directions.
fn components(across: &[Segment], down: &[Segment]) -> Vec<(Vec<Segment>, Vec<Segment>)> {
    let mut groups = Groups::new(across.len() + down.len());
    for (index, line) in across.iter().enumerate() {
        for (other, wall) in down.iter().enumerate() {
            let meets = line.at >= wall.from - MEETS
                && line.at <= wall.to + MEETS
                && wall.at >= line.from - MEETS
                && wall.at <= line.to + MEETS;
            if meets {
                groups.join(index, across.len() + other);
            }
        }
    }
    let mut components: Vec<(usize, Vec<Segment>, Vec<Segment>)> = Vec::new();
    for index in 0..across.len() + down.len() {
        let root = groups.root(index);
        let place = components.iter().position(|(known, _, _)| *known == root);
        let place = place.unwrap_or_else(|| {
            components.push((root, Vec::new(), Vec::new()));
            components.len() - 1
        });
        match across.get(index) {
            Some(line) => components[place].1.push(*line),
            None => components[place].2.push(down[index - across.len()]),
        }
    }
    components
        .into_iter()
        .filter(|(_, across, down)| across.len() >= 2 && down.len() >= 2)
        .map(|(_, across, down)| (across, down))
        .collect()
}

fn grid(across: &[Segment], down: &[Segment]) -> Option<Grid> {
    let xs = positions(down);
    let ys = positions(across);
    if xs.len() < 2 || ys.len() < 2 || xs.len() * ys.len() > 20_000 {
        return None;
    }
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let mut groups = Groups::new(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let slot = row * columns + column;
            if column + 1 < columns && !has_wall(down, xs[column + 1], ys[row], ys[row + 1]) {
                groups.join(slot, slot + 1);
            }
            if row + 1 < rows && !has_wall(across, ys[row + 1], xs[column], xs[column + 1]) {
                groups.join(slot, slot + columns);
            }
        }
    }
    let mut cells: Vec<(usize, GridCell)> = Vec::new();
    for slot in 0..columns * rows {
        let (row, column) = (slot / columns, slot % columns);
        let area = Area {
            x0: xs[column],
            y0: ys[row],
            x1: xs[column + 1],
            y1: ys[row + 1],
        };
        let root = groups.root(slot);
        match cells.iter_mut().find(|(known, _)| *known == root) {
            Some((_, cell)) => {
                // Slots come row by row, so the first row is known already.
                let end = (cell.column + cell.span).max(column + 1);
                cell.area = cell.area.union(&area);
                cell.row_span = row + 1 - cell.row;
                cell.column = cell.column.min(column);
                cell.span = end - cell.column;
            }
            None => cells.push((
                root,
                GridCell {
                    area,
                    row,
                    row_span: 1,
                    column,
                    span: 1,
                },
            )),
        }
    }
    let cells: Vec<GridCell> = cells.into_iter().map(|(_, cell)| cell).collect();
    Some(Grid {
        area: around(cells.iter().map(|cell| cell.area))?,
        columns: cells
            .iter()
            .map(|cell| cell.column)
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        cells,
    })
}

/// Places of lines, those of one double line taken together.
fn positions(segments: &[Segment]) -> Vec<f32> {
    let mut places: Vec<f32> = segments.iter().map(|segment| segment.at).collect();
    places.sort_by(f32::total_cmp);
    let mut kept: Vec<f32> = Vec::new();
    for place in places {
        if kept.last().is_none_or(|last| place - last > SAME) {
            kept.push(place);
        }
    }
    kept
}

/// Whether lines near a place cover most of the way.
fn has_wall(segments: &[Segment], at: f32, from: f32, to: f32) -> bool {
    let covered: f32 = segments
        .iter()
        .filter(|segment| segment.at >= at - 1.0 && segment.at <= at + SAME + 1.0)
        .map(|segment| (segment.to.min(to) - segment.from.max(from)).max(0.0))
        .sum();
    covered >= 0.6 * (to - from)
}

/// Which of some things belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (low, high) = (one.min(other), one.max(other));
        self.0[high] = low;
    }
}
