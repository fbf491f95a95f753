//! Puts numbers that stand beside a paragraph, halfway down, before its first
//! line: in designed reports they stand in circles or large in the margin.
//!
//! In: the lines of a column. Out: the same, such numbers part of the lines
//! they count.

use super::line::Line;
use super::paragraphs::starts_item;
use super::style::Style;
use crate::extract::label::{self, Mark};

/// Attaches numbers to the paragraphs beside them.
pub(super) fn attach(lines: Vec<Line>, style: &Style) -> Vec<Line> {
    let is_free = |line: &Line| is_number(line) && !lines.iter().any(|other| is_level(line, other));
    let free: Vec<bool> = lines.iter().map(is_free).collect();
    if !free.contains(&true) {
        return lines;
    }
    let (mut marks, mut rest) = (Vec::new(), Vec::new());
    for (line, is_free) in lines.into_iter().zip(free) {
        if is_free {
            marks.push(line);
        } else {
            rest.push(line);
        }
    }
    rest.sort_by(|a, b| a.base.total_cmp(&b.base));
    for mark in marks {
        match beside(&mark, &rest, style) {
            Some(first) => put_before(mark, &mut rest[first]),
            None => rest.push(mark),
        }
    }
    rest
}

fn is_number(line: &Line) -> bool {
    let digits = |label: &String| label.chars().all(|c| c.is_ascii_digit());
    matches!(label::alone(&line.text()), Some(Mark::Label(label)) if digits(&label))
}

/// Whether both stand on one baseline: then they are joined anyway.
fn is_level(line: &Line, other: &Line) -> bool {
    line.order != other.order && (line.base - other.base).abs() < 0.3 * line.size.max(other.size)
}

/// The first line of the paragraph to whose right side a number stands, at
/// some height between its first and last line.
fn beside(mark: &Line, lines: &[Line], style: &Style) -> Option<usize> {
    let (_, height) = mark.area.centre();
    let right: Vec<usize> = (0..lines.len())
        .filter(|index| lines[*index].area.x0 >= mark.area.x1 - 1.0)
        .collect();
    let follows = |upper: usize, lower: usize| {
        let (upper, lower) = (&lines[upper], &lines[lower]);
        let pitch = lower.base - upper.base;
        (upper.size - lower.size).abs() < 0.1 * lower.size
            && pitch <= style.leading(lower.size) * lower.size * 1.12 + 0.4
            && !starts_item(lower)
    };
    let paragraphs = right.chunk_by(|upper, lower| follows(*upper, *lower));
    let mut around = paragraphs.filter(|paragraph| {
        let (first, last) = (paragraph[0], paragraph[paragraph.len() - 1]);
        let gap = lines[first].area.x0 - mark.area.x1;
        paragraph.len() > 1
            && lines[first].area.y0 < height
            && lines[last].area.y1 > height
            && gap < 6.0 * lines[first].size
            && !starts_item(&lines[first])
    });
    around.next().map(|paragraph| paragraph[0])
}

fn put_before(mut mark: Line, first: &mut Line) {
    let (area, base, size) = (first.area, first.base, first.size);
    mark.append(first.clone());
    *first = Line {
        area,
        base,
        size,
        has_tab: true,
        ..mark
    };
}
