//! Finds columns and loose tables among items that stand side by side.
//!
//! In: lines and whole parts with their places. Out: [`Region`]s from top to
//! bottom. White corridors between items show where columns may be; the order
//! in which the producer drew them tells running columns (down one, then the
//! next) from table rows (across, then down).

use super::area::around;
use super::layout::Item;
use super::line::Line;
use crate::extract::label;

/// What stands between two heights of a page.
#[derive(Debug)]
pub(super) enum Region {
    /// One column, or text that is read straight across.
    Flow(Vec<Item>),
    /// Columns, from left to right.
    Columns(Vec<Vec<Item>>),
    /// Rows of cells of lines.
    Table(Vec<Vec<Vec<Line>>>),
}

/// Narrowest white between columns, in points.
const CORRIDOR: f32 = 7.0;

/// White between columns, from left to right.
type Corridors = Vec<(f32, f32)>;

/// Items on about the same height.
struct Band {
    items: Vec<Item>,
    top: f32,
    bottom: f32,
}

/// Splits items into regions from top to bottom.
pub(super) fn regions(items: Vec<Item>) -> Vec<Region> {
    let mut bands = bands(items).into_iter().peekable();
    let mut regions = Vec::new();
    let mut flow: Vec<Item> = Vec::new();
    while let Some(band) = bands.next() {
        let mut corridors = corridors(&band.items);
        if corridors.is_empty() {
            flow.extend(band.items);
            continue;
        }
        let mut group = vec![band];
        while let Some(next) = bands.peek() {
            let narrowed = narrowed(&corridors, &next.items);
            if narrowed.is_empty() || !continues(&group, next, &narrowed) {
                break;
            }
            corridors = narrowed;
            group.extend(bands.next());
        }
        match side_by_side(group, &corridors) {
            Ok(found) => {
                if !flow.is_empty() {
                    regions.push(Region::Flow(std::mem::take(&mut flow)));
                }
                regions.extend(found);
            }
            Err(items) => flow.extend(items),
        }
    }
    if !flow.is_empty() {
        regions.push(Region::Flow(flow));
    }
    regions
}

fn bands(mut items: Vec<Item>) -> Vec<Band> {
    items.sort_by(|a, b| a.area().y0.total_cmp(&b.area().y0));
    let mut bands: Vec<Band> = Vec::new();
    for item in items {
        let area = item.area();
        let slack = 0.25 * area.height().min(14.0);
        match bands.last_mut() {
            Some(band) if area.y0 < band.bottom - slack => {
                band.bottom = band.bottom.max(area.y1);
                band.items.push(item);
            }
            _ => bands.push(Band {
                items: vec![item],
                top: area.y0,
                bottom: area.y1,
            }),
        }
    }
    bands
}

/// White between the items of a band.
fn corridors(items: &[Item]) -> Corridors {
    let mut spans: Vec<(f32, f32)> = items
        .iter()
        .map(|item| (item.area().x0, item.area().x1))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut corridors = Vec::new();
    let mut reach = f32::NEG_INFINITY;
    for (from, to) in spans {
        if reach.is_finite() && from - reach >= CORRIDOR {
            corridors.push((reach, from));
        }
        reach = reach.max(to);
    }
    corridors
}

/// What is left of the corridors between further items.
fn narrowed(corridors: &Corridors, items: &[Item]) -> Corridors {
    let mut left = Vec::new();
    for &(from, to) in corridors {
        let mut pieces = vec![(from, to)];
        for item in items {
            let area = item.area();
            pieces = pieces
                .into_iter()
                .flat_map(|(from, to)| [(from, to.min(area.x0)), (from.max(area.x1), to)])
                .filter(|(from, to)| to - from >= CORRIDOR)
                .collect();
            pieces.dedup();
        }
        left.extend(pieces);
    }
    left
}

/// Whether a band belongs to the columns above: it has text on both sides, or
/// the producer drew it before something to the right of it.
fn continues(group: &[Band], next: &Band, corridors: &Corridors) -> bool {
    let far = 3.0
        * next
            .items
            .iter()
            .map(|item| item.area().height().min(14.0))
            .fold(0.0, f32::max);
    if group
        .last()
        .is_some_and(|last| next.top - last.bottom > far.max(24.0))
    {
        return false;
    }
    let columns: Vec<usize> = next
        .items
        .iter()
        .map(|item| column(item, corridors))
        .collect();
    if columns.iter().any(|column| *column != columns[0]) {
        return true;
    }
    let own = columns[0];
    if own == corridors.len() && own > 0 {
        return true;
    }
    let order = next.items.iter().map(Item::order).min().unwrap_or(0);
    group
        .iter()
        .flat_map(|band| &band.items)
        .any(|item| column(item, corridors) > own && item.order() > order)
}

fn column(item: &Item, corridors: &Corridors) -> usize {
    let (centre, _) = item.area().centre();
    corridors.iter().filter(|(from, _)| centre > *from).count()
}

/// Reads bands that stand side by side; gives the items back when they are
/// only gaps within lines.
fn side_by_side(group: Vec<Band>, corridors: &Corridors) -> Result<Vec<Region>, Vec<Item>> {
    let count = corridors.len() + 1;
    let in_column = |column_index: usize| {
        group
            .iter()
            .flat_map(|band| &band.items)
            .filter(move |item| column(item, corridors) == column_index)
    };
    let is_marks = in_column(0).all(|item| match item {
        Item::Line(line) => label::alone(&line.text()).is_some(),
        Item::Whole { .. } => false,
    });
    let is_numbers = in_column(count - 1).all(|item| match item {
        Item::Line(line) => is_page_number(&line.text()),
        Item::Whole { .. } => false,
    });
    let both = group
        .iter()
        .filter(|band| {
            band.items
                .iter()
                .any(|item| column(item, corridors) != column(&band.items[0], corridors))
        })
        .count();
    let has_whole = group
        .iter()
        .flat_map(|band| &band.items)
        .any(|item| matches!(item, Item::Whole { .. }));
    let shortest = (0..count)
        .map(|index| in_column(index).count())
        .min()
        .unwrap_or(0);
    let changes = changes(&group, corridors);
    if is_marks || (is_numbers && count == 2) {
        return Err(all(group));
    }
    if are_tiles(&group) && changes >= count + count / 2 {
        let rows = group.into_iter().map(|row| by_column(vec![row], corridors));
        return Ok(rows.map(Region::Columns).collect());
    }
    if has_whole || (changes < count + count / 2 && shortest >= 2) {
        return Ok(vec![Region::Columns(by_column(group, corridors))]);
    }
    if both >= 3 || (both == 2 && corridors.iter().all(|(from, to)| to - from > 16.0)) {
        return Ok(vec![Region::Table(rows(group, corridors))]);
    }
    Err(all(group))
}

/// Whether boxes stand in rows, with nothing between them: such are read row
/// by row when they were drawn so.
fn are_tiles(group: &[Band]) -> bool {
    let is_row = |band: &Band| {
        let level = |item: &Item| (item.area().y0 - band.top).abs() < 6.0;
        band.items
            .iter()
            .all(|item| matches!(item, Item::Whole { .. }) && level(item))
    };
    group.len() > 1 && group.iter().all(is_row)
}

fn all(group: Vec<Band>) -> Vec<Item> {
    group.into_iter().flat_map(|band| band.items).collect()
}

fn is_page_number(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c == '.' || c == '…' || c.is_whitespace());
    !text.is_empty()
        && text.len() <= 4
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "ivxlc".contains(c))
}

/// How often the producer went from one column to another.
fn changes(group: &[Band], corridors: &Corridors) -> usize {
    let mut drawn: Vec<(usize, usize)> = group
        .iter()
        .flat_map(|band| &band.items)
        .map(|item| (item.order(), column(item, corridors)))
        .collect();
    drawn.sort_unstable();
    drawn
        .windows(2)
        .filter(|pair| pair[0].1 != pair[1].1)
        .count()
}

fn by_column(group: Vec<Band>, corridors: &Corridors) -> Vec<Vec<Item>> {
    let mut columns: Vec<Vec<Item>> = (0..=corridors.len()).map(|_| Vec::new()).collect();
    for item in all(group) {
        columns[column(&item, corridors)].push(item);
    }
    columns
}

/// A row begins where the first column has text, unless the lines stand as
/// close as those of one cell while the rows do not.
fn rows(group: Vec<Band>, corridors: &Corridors) -> Vec<Vec<Vec<Line>>> {
    let gaps: Vec<f32> = group
        .windows(2)
        .map(|pair| pair[1].top - pair[0].bottom)
        .collect();
    let widest = gaps.iter().copied().fold(0.0, f32::max);
    let narrowest = gaps.iter().copied().fold(f32::INFINITY, f32::min);
    let limit = if widest - narrowest > 2.0 {
        f32::midpoint(widest, narrowest)
    } else {
        f32::NEG_INFINITY
    };
    let mut rows: Vec<Vec<Vec<Line>>> = Vec::new();
    let mut bottom = f32::NEG_INFINITY;
    for band in group {
        let has_first = band.items.iter().any(|item| column(item, corridors) == 0);
        let is_apart = band.top - bottom > limit;
        if rows.is_empty() || (has_first && is_apart) {
            rows.push(vec![Vec::new(); corridors.len() + 1]);
        }
        bottom = band.bottom;
        for item in band.items {
            let column = column(&item, corridors);
            if let (Item::Line(line), Some(row)) = (item, rows.last_mut()) {
                row[column].push(line);
            }
        }
    }
    rows.retain(|row| around(row.iter().flatten().map(|line| line.area)).is_some());
    rows
}
