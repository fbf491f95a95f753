//! Puts the lines of one column together to paragraphs.
//!
//! In: lines of a column, from top to bottom. Out: groups of lines, each a
//! paragraph or list item. Uses what a reader uses: space between lines, a
//! line that ends although the next word would have fitted, a mark at the
//! beginning, indents, a change of size.

use super::line::Line;
use super::marks;
use super::style::Style;
use crate::extract::label;

/// Measures of the text around.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure<'a> {
    /// The document's running text.
    pub(super) style: &'a Style,
    /// How far lines may run.
    pub(super) right: f32,
}

/// Groups lines that stand in one column.
pub(super) fn paragraphs(lines: Vec<Line>, measure: Measure<'_>) -> Vec<Vec<Line>> {
    grouped(level(marks::attach(lines, measure.style)), measure)
}

/// Groups lines whose order is known.
pub(super) fn paragraphs_in_order(lines: Vec<Line>, measure: Measure<'_>) -> Vec<Vec<Line>> {
    grouped(in_order(lines), measure)
}

/// Joins neighbours on one baseline, and a mark with the text beside it.
pub(super) fn in_order(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if line.area.x0 >= last.area.x1 - 0.5 => {
                let drop = (line.base - last.base).abs();
                let is_mark = label::alone(&last.text()).is_some();
                if drop < 0.3 * line.size || (is_mark && drop < 1.6 * line.size.max(last.size)) {
                    let (base, size) = (line.base, line.size);
                    last.has_tab |= is_mark;
                    last.append(line);
                    if is_mark {
                        (last.base, last.size) = (base, size);
                    }
                } else {
                    joined.push(line);
                }
            }
            _ => joined.push(line),
        }
    }
    joined
}

fn grouped(lines: Vec<Line>, measure: Measure<'_>) -> Vec<Vec<Line>> {
    let mut paragraphs: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on(paragraph, &line, measure) => paragraph.push(line),
            _ => paragraphs.push(vec![line]),
        }
    }
    paragraphs
}

/// Joins what stands on one baseline, from left to right.
fn level(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut levels: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match levels.last_mut() {
            Some(level) if line.base - level[0].base < 0.3 * line.size.min(level[0].size) => {
                level.push(line);
            }
            _ => levels.push(vec![line]),
        }
    }
    levels
        .into_iter()
        .filter_map(|mut level| {
            level.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
            level.into_iter().reduce(|mut left, right| {
                left.has_tab |= label::alone(&left.text()).is_some();
                left.append(right);
                left
            })
        })
        .collect()
}

fn goes_on(paragraph: &[Line], next: &Line, measure: Measure<'_>) -> bool {
    let Some(last) = paragraph.last() else {
        return false;
    };
    let size = last.size.max(next.size);
    let pitch = next.base - last.base;
    let is_same_size = (last.size - next.size).abs() <= 0.08 * size;
    if pitch <= 0.0 || !is_same_size || pitch > measure.style.leading(size) * size * 1.12 + 0.4 {
        return false;
    }
    if starts_item(next) {
        return false;
    }
    if is_display(last, measure) && is_display(next, measure) {
        return true;
    }
    let is_broken_early = ends_early(last, next, measure) && !is_mid_sentence(last, next);
    !is_broken_early && is_indented_alike(paragraph, next)
}

/// Whether a mark opens the line.
pub(super) fn starts_item(line: &Line) -> bool {
    let text = line.text();
    label::split(text.trim()).is_some() || line.has_tab
}

/// Text that is set rather than flowed: titles and headings break where the
/// eye wants it.
fn is_display(line: &Line, measure: Measure<'_>) -> bool {
    line.size > 1.12 * measure.style.body || line.is_bold()
}

/// Whether the next word would have fitted on the line.
fn ends_early(last: &Line, next: &Line, measure: Measure<'_>) -> bool {
    let blank = 0.3 * last.size;
    last.area.x1 + blank + next.first_word + 0.3 * last.size < measure.right
}

/// Whether a sentence goes on over the line's end, wherever that is.
fn is_mid_sentence(last: &Line, next: &Line) -> bool {
    let (last, next) = (last.text(), next.text());
    last.trim_end()
        .ends_with(|c: char| c.is_alphabetic() || c == ',')
        && next.trim_start().starts_with(char::is_lowercase)
}

fn is_indented_alike(paragraph: &[Line], next: &Line) -> bool {
    let em = next.size;
    let step = next.area.x0 - paragraph[paragraph.len() - 1].area.x0;
    if paragraph.len() > 1 {
        return step.abs() < 0.8 * em;
    }
    // A first line may stand in or out.
    step.abs() < 5.0 * em
}
