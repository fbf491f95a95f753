//! Puts runs of text together to lines.
//!
//! In: runs, usually those of one cell, box or page. Out: [`Line`]s, each the
//! longest stretch on one baseline that is surely one piece of text. Whether
//! two stretches on a baseline belong together (a tab) or not (a column) is
//! left to whoever knows the columns.

use super::area::Area;
use super::ink::{Rule, Run};

/// A stretch of text on one baseline.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Pieces of one weight; blanks between words are inside the pieces.
    pub(super) parts: Vec<Part>,
    pub(super) area: Area,
    pub(super) base: f32,
    /// The size most of its letters have.
    pub(super) size: f32,
    /// Where in content order it begins.
    pub(super) order: usize,
    /// A mark set apart by a tab opens it.
    pub(super) has_tab: bool,
    /// Width of its first word.
    pub(super) first_word: f32,
    pub(super) is_artifact: bool,
}

/// A piece of a line in one weight.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) bold: bool,
}

impl Line {
    pub(super) fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }

    /// Whether every letter is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.parts
            .iter()
            .all(|part| part.bold || part.text.trim().is_empty())
    }

    /// Appends what stands to the right on the same baseline.
    pub(super) fn append(&mut self, right: Self) {
        if !self.text().ends_with(char::is_whitespace) {
            push(
                &mut self.parts,
                " ",
                right.parts.first().is_some_and(|part| part.bold),
            );
        }
        if self.text().trim().chars().count() < right.text().trim().chars().count() {
            self.size = right.size;
        }
        self.parts.extend(right.parts);
        self.area = self.area.union(&right.area);
        self.order = self.order.min(right.order);
    }
}

/// A gap of this share of the size, without a blank, still is a blank.
const WORD_GAP: f32 = 0.15;
/// The widest gap inside a line where a blank is drawn, and where none is.
const WIDEST_BLANK: f32 = 1.6;
const WIDEST_GAP: f32 = 0.8;

/// Runs in content order become lines in content order.
pub(super) fn lines(runs: &[&Run], rules: &[Rule]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut stretch: Vec<&Run> = Vec::new();
    // The largest size in the stretch.
    let mut largest = 0.0;
    let mut order = 0;
    for &run in runs.iter().filter(|run| !run.text.is_empty()) {
        largest = run.size.max(largest);
        if !follows(&stretch, run, largest, rules) {
            lines.extend(line(&stretch, order));
            order += stretch.len();
            stretch.clear();
            largest = run.size;
        }
        stretch.push(run);
    }
    lines.extend(line(&stretch, order));
    join_neighbours(lines, rules)
}

fn follows(stretch: &[&Run], run: &Run, size: f32, rules: &[Rule]) -> bool {
    let Some(last) = stretch.last() else {
        return true;
    };
    let is_script = run.size < 0.85 * size || last.size < 0.85 * size;
    let drift = if is_script { 0.55 } else { 0.2 };
    let gap = run.area.x0 - last.area.x1;
    let is_blank =
        last.text.ends_with(char::is_whitespace) || run.text.starts_with(char::is_whitespace);
    let widest = if is_blank { WIDEST_BLANK } else { WIDEST_GAP };
    (run.base - last.base).abs() <= drift * size
        && gap >= -0.6 * size
        && run.area.x0 >= stretch[0].area.x0 - 0.1 * size
        && gap <= widest * size
        && run.is_artifact == last.is_artifact
        && !is_ruled_off(&last.area, &run.area, rules)
}

/// Whether a vertical rule stands between two pieces of text on a baseline.
fn is_ruled_off(left: &Area, right: &Area, rules: &[Rule]) -> bool {
    if right.x0 - left.x1 < 1.0 {
        return false;
    }
    let (_, y) = right.centre();
    rules.iter().any(|rule| {
        !rule.is_horizontal
            && rule.area.x0 > left.x1 - 1.0
            && rule.area.x0 < right.x0 + 1.0
            && rule.area.y0 <= y
            && rule.area.y1 >= y
    })
}

/// A stretch as a line; `None` when it holds only blanks.
fn line(stretch: &[&Run], order: usize) -> Option<Line> {
    let size = prevailing_size(stretch);
    let base = prevailing_base(stretch, size);
    let mut parts: Vec<Part> = Vec::new();
    let mut area: Option<Area> = None;
    let mut first_word: Option<f32> = None;
    let mut previous: Option<&Run> = None;
    for &run in stretch {
        if is_note_mark(run, size, base) && area.is_some() {
            // What follows stands beside the mark, not a gap away.
            previous = Some(run);
            continue;
        }
        if let Some(last) = previous {
            // Drawn twice, a little apart, to look bold.
            if last.text == run.text && (last.area.x0 - run.area.x0).abs() < 0.1 * run.area.width()
            {
                continue;
            }
            let gap = run.area.x0 - last.area.x1;
            if gap > WORD_GAP * run.size && !last.text.ends_with(char::is_whitespace) {
                push(&mut parts, " ", run.bold);
            }
        }
        previous = Some(run);
        push(&mut parts, &run.text, run.bold);
        if run.text.trim().is_empty() {
            if let (Some(area), None) = (area, first_word) {
                first_word = Some(area.width());
            }
            continue;
        }
        if let (Some(area), None) = (area, first_word)
            && parts
                .iter()
                .any(|part| part.text.trim_start().contains(' '))
        {
            first_word = Some(area.width());
        }
        area = Some(area.map_or(run.area, |area| area.union(&run.area)));
    }
    let area = area?;
    let text: String = parts.iter().map(|part| part.text.as_str()).collect();
    let letters = text.trim().chars().count().max(1) as f32;
    let word = text.split_whitespace().next().unwrap_or("").chars().count() as f32;
    Some(Line {
        parts,
        base,
        size,
        order,
        has_tab: false,
        first_word: first_word
            .unwrap_or(area.width())
            .min(area.width() * word / letters * 1.5),
        is_artifact: stretch.iter().all(|run| run.is_artifact),
        area,
    })
}

fn prevailing_size(stretch: &[&Run]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for run in stretch {
        let letters = run.text.trim().chars().count();
        match sizes
            .iter_mut()
            .find(|(size, _)| (size - run.size).abs() < 0.2)
        {
            Some((_, count)) => *count += letters,
            None => sizes.push((run.size, letters)),
        }
    }
    sizes
        .into_iter()
        .max_by_key(|&(_, letters)| letters)
        .map_or(0.0, |(size, _)| size)
}

fn prevailing_base(stretch: &[&Run], size: f32) -> f32 {
    stretch
        .iter()
        .find(|run| (run.size - size).abs() < 0.2 && !run.text.trim().is_empty())
        .or(stretch.first())
        .map_or(0.0, |run| run.base)
}

/// A small raised number that points to a footnote: it belongs to the page's
/// apparatus, not to the sentence.
fn is_note_mark(run: &Run, size: f32, base: f32) -> bool {
    let mark = run.text.trim();
    run.size < 0.85 * size
        && base - run.base > 0.15 * size
        && !mark.is_empty()
        && mark
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | ',' | '[' | ']'))
}

fn push(parts: &mut Vec<Part>, text: &str, bold: bool) {
    match parts.last_mut() {
        Some(last) if last.bold == bold || text.trim().is_empty() => last.text.push_str(text),
        _ => parts.push(Part {
            text: text.to_owned(),
            bold,
        }),
    }
}

/// Joins stretches that touch on a baseline although they were drawn apart.
fn join_neighbours(mut lines: Vec<Line>, rules: &[Rule]) -> Vec<Line> {
    let mut at = 0;
    while at < lines.len() {
        let left = &lines[at];
        let neighbour = lines.iter().position(|right| {
            (right.base - left.base).abs() < 0.2 * left.size.max(right.size)
                && right.area.x0 >= left.area.x1 - 0.2 * left.size
                && right.area.x0 - left.area.x1 < 0.35 * left.size
                && right.is_artifact == left.is_artifact
                && right.order != left.order
                && !is_ruled_off(&left.area, &right.area, rules)
        });
        if let Some(neighbour) = neighbour {
            let right = lines.remove(neighbour);
            at -= usize::from(neighbour < at);
            let is_word_broken = right.area.x0 - lines[at].area.x1 < WORD_GAP * right.size;
            let order = lines[at].order.min(right.order);
            if is_word_broken && !right.text().starts_with(' ') {
                let first = right.parts.into_iter();
                for part in first {
                    push(&mut lines[at].parts, &part.text, part.bold);
                }
                lines[at].area = lines[at].area.union(&right.area);
            } else {
                lines[at].append(right);
            }
            lines[at].order = order;
        } else {
            at += 1;
        }
    }
    lines
}
