//! Deals the text of a page out to its tables, its boxes and the open page.
//!
//! In: the ink of a page. Out: [`Parts`]: lines that stand in the open, and
//! what is enclosed, each with its own lines.

use super::area::Area;
use super::grid::{Grid, GridCell, grids};
use super::ink::{Ink, Run};
use super::line::{Line, lines};

/// The text of a page by where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    /// In the open.
    pub(super) lines: Vec<Line>,
    /// Marked by the producer as not the author's text.
    pub(super) artifacts: Vec<Line>,
    /// Enclosed by lines or a background, smaller ones last.
    pub(super) enclosed: Vec<Enclosed>,
}

/// A table or a box.
#[derive(Debug, Clone)]
pub(super) struct Enclosed {
    pub(super) area: Area,
    /// The enclosing one, as an index into the same list; always a box.
    pub(super) within: Option<usize>,
    pub(super) form: Form,
    /// Where in content order it begins.
    pub(super) order: usize,
}

/// What is enclosed.
#[derive(Debug, Clone)]
pub(super) enum Form {
    Box(Vec<Line>),
    Table(Vec<FilledCell>),
}

/// A grid cell with its lines.
#[derive(Debug, Clone)]
pub(super) struct FilledCell {
    pub(super) cell: GridCell,
    pub(super) lines: Vec<Line>,
    pub(super) shade: Option<u32>,
}

/// Reads the parts of a page. Only runs that the filter admits are dealt out.
pub(super) fn parts(ink: &Ink, admits: impl Fn(&Run) -> bool) -> Parts {
    let (artifacts, runs): (Vec<&Run>, Vec<&Run>) = ink
        .runs
        .iter()
        .filter(|run| admits(run))
        .partition(|run| run.is_artifact);
    let grids = useful(grids(ink), &runs, ink);
    let mut open: Vec<&Run> = Vec::new();
    let mut dealt: Vec<Vec<Vec<(usize, &Run)>>> = grids
        .iter()
        .map(|grid| vec![Vec::new(); grid.cells.len()])
        .collect();
    for (order, run) in runs.iter().enumerate() {
        match place(&grids, run) {
            Some((grid, cell)) => dealt[grid][cell].push((order, run)),
            None => open.push(run),
        }
    }
    let enclosed = grids
        .iter()
        .zip(dealt)
        .enumerate()
        .map(|(index, (grid, dealt))| Enclosed {
            area: grid.area,
            within: grids[..index]
                .iter()
                .rposition(|outer| outer.area.covers(&grid.area, 2.0)),
            order: dealt
                .iter()
                .flatten()
                .map(|(order, _)| *order)
                .min()
                .unwrap_or(0),
            form: form(grid, &dealt, ink),
        })
        .collect();
    Parts {
        lines: renumbered(lines(&open, &ink.rules), &runs),
        artifacts: lines(&artifacts, &ink.rules),
        enclosed,
    }
}

/// The boxes of a page whose text is read by its tags.
pub(super) fn boxes(ink: &Ink) -> Vec<Area> {
    let runs: Vec<&Run> = ink.runs.iter().filter(|run| !run.is_artifact).collect();
    useful(grids(ink), &runs, ink)
        .into_iter()
        .filter(|grid| grid.columns == 1)
        .map(|grid| grid.area)
        .collect()
}

/// Lines count their order among the runs given; this makes it comparable
/// with that of enclosed parts.
fn renumbered(mut lines: Vec<Line>, runs: &[&Run]) -> Vec<Line> {
    for line in &mut lines {
        let first = runs.iter().position(|run| {
            (run.base - line.base).abs() < 0.1 && (run.area.x0 - line.area.x0).abs() < 0.1
        });
        line.order = first.unwrap_or(line.order);
    }
    lines
}

fn place(grids: &[Grid], run: &Run) -> Option<(usize, usize)> {
    let centre = run.area.centre();
    grids.iter().enumerate().rev().find_map(|(index, grid)| {
        let cell = grid
            .cells
            .iter()
            .position(|cell| cell.area.holds(centre, 0.5))?;
        Some((index, cell))
    })
}

fn form(grid: &Grid, dealt: &[Vec<(usize, &Run)>], ink: &Ink) -> Form {
    let of_cell = |runs: &[(usize, &Run)]| {
        let runs: Vec<&Run> = runs.iter().map(|(_, run)| *run).collect();
        lines(&runs, &ink.rules)
    };
    if grid.columns == 1 {
        let mut all: Vec<(usize, &Run)> = dealt.iter().flatten().copied().collect();
        all.sort_by_key(|(order, _)| *order);
        let orders: Vec<&Run> = all.iter().map(|(_, run)| *run).collect();
        return Form::Box(renumbered(of_cell(&all), &orders));
    }
    let cells = grid.cells.iter().zip(dealt).map(|(cell, runs)| {
        let lines = of_cell(runs);
        FilledCell {
            cell: *cell,
            shade: shade(cell, &lines, ink),
            lines,
        }
    });
    Form::Table(cells.collect())
}

/// The colour behind a cell's text, if it is not white.
fn shade(cell: &GridCell, lines: &[Line], ink: &Ink) -> Option<u32> {
    let at = lines.first().map_or(cell.area, |line| line.area).centre();
    background(at, cell.area.height(), ink)
}

/// The colour last painted at a place by something about this high.
pub(super) fn background(at: (f32, f32), height: f32, ink: &Ink) -> Option<u32> {
    let fill = ink
        .fills
        .iter()
        .rev()
        .find(|fill| fill.area.holds(at, 0.0) && fill.area.height() < 1.5 * height + 12.0)?;
    let is_white = fill.colour.to_be_bytes()[1..]
        .iter()
        .all(|part| *part >= 0xfa);
    (!is_white).then_some(fill.colour)
}

/// Keeps the grids that hold text the way a table or box does.
fn useful(grids: Vec<Grid>, runs: &[&Run], ink: &Ink) -> Vec<Grid> {
    let page = ink.width * ink.height;
    let mut kept: Vec<Grid> = Vec::new();
    for mut grid in grids {
        let in_table = kept
            .iter()
            .any(|outer| outer.columns > 1 && outer.area.covers(&grid.area, 2.0));
        if in_table {
            continue;
        }
        grid.columns = columns_with_text(&grid, runs);
        let is_whole_page = grid.columns == 1 && grid.area.size() > 0.7 * page;
        if grid.columns == 0 || is_whole_page || grid.area.width() < 40.0 {
            continue;
        }
        if grid.columns == 1 {
            if cuts_a_line(&grid.area, runs) {
                continue;
            }
            let whole = GridCell {
                area: grid.area,
                row: 0,
                row_span: 1,
                column: 0,
                span: 1,
            };
            grid.cells = vec![whole];
        }
        kept.push(grid);
    }
    kept
}

/// In how many columns text begins.
fn columns_with_text(grid: &Grid, runs: &[&Run]) -> usize {
    let mut columns: Vec<usize> = grid
        .cells
        .iter()
        .filter(|cell| {
            runs.iter()
                .any(|run| !run.text.trim().is_empty() && cell.area.holds(run.area.centre(), 0.5))
        })
        .map(|cell| cell.column)
        .collect();
    columns.sort_unstable();
    columns.dedup();
    columns.len()
}

/// Whether text runs on beside the area on the same line: then it is a
/// highlighted passage, not a box.
fn cuts_a_line(area: &Area, runs: &[&Run]) -> bool {
    let touches = |run: &&Run| -> bool {
        let (_, y) = run.area.centre();
        let beside = (run.area.x0 - area.x1)
            .abs()
            .min((run.area.x1 - area.x0).abs());
        y > area.y0 && y < area.y1 && beside < 0.9 * run.size && !run.text.trim().is_empty()
    };
    runs.iter()
        .filter(|run| !area.holds(run.area.centre(), 0.5))
        .any(touches)
}
