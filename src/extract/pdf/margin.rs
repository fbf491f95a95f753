//! Takes quotations set in the margin out of the text beside them.
//!
//! In: what stands on a page. Out: the same without pulled quotes, and those:
//! a reader comes to them after the text, not in the middle of a sentence.

use super::layout::Item;
use super::line::Line;

/// Narrowest white between text and margin, in points.
const WHITE: f32 = 7.0;
/// Fewer lines than this make no text with a margin.
const LEAST_LINES: usize = 8;

/// The text, and the quotations in its margins.
pub(super) fn set_aside(items: Vec<Item>) -> (Vec<Item>, Vec<Item>) {
    let Some(text) = text(&items) else {
        return (items, Vec::new());
    };
    let quotes = quotes(&items, &text);
    let mut aside = Vec::new();
    let mut rest = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        if quotes.contains(&index) {
            aside.push(item);
        } else {
            rest.push(item);
        }
    }
    (rest, aside)
}

/// Where most lines stand, and their size.
struct Text {
    from: f32,
    to: f32,
    size: f32,
}

fn text(items: &[Item]) -> Option<Text> {
    let lines: Vec<&Line> = items.iter().filter_map(line).collect();
    let begins_at = |x: f32| {
        let there = lines
            .iter()
            .filter(move |line| (line.area.x0 - x).abs() < 3.0);
        there.copied().collect::<Vec<&Line>>()
    };
    let width = |lines: &[&Line]| lines.iter().map(|line| line.area.width()).sum::<f32>();
    let column = lines
        .iter()
        .map(|line| begins_at(line.area.x0))
        .max_by(|a, b| width(a).total_cmp(&width(b)))?;
    let mut sizes: Vec<f32> = column.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    (column.len() >= LEAST_LINES).then(|| Text {
        from: column
            .iter()
            .map(|line| line.area.x0)
            .fold(f32::INFINITY, f32::min),
        to: column.iter().map(|line| line.area.x1).fold(0.0, f32::max),
        size: sizes[sizes.len() / 2],
    })
}

/// Lines in a margin that follow each other, are of another size than the text
/// and open with a quotation mark.
fn quotes(items: &[Item], text: &Text) -> Vec<usize> {
    let is_outside =
        |line: &Line| line.area.x1 < text.from - WHITE || line.area.x0 > text.to + WHITE;
    let mut outside: Vec<(usize, &Line)> = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| Some((index, line(item)?)))
        .filter(|(_, line)| is_outside(line))
        .collect();
    outside.sort_by(|a, b| a.1.base.total_cmp(&b.1.base));
    let follows = |upper: &Line, lower: &Line| {
        (upper.size - lower.size).abs() < 0.1 * upper.size
            && lower.base - upper.base < 1.8 * upper.size
            && lower.area.x0 < upper.area.x1
            && upper.area.x0 < lower.area.x1
    };
    outside
        .chunk_by(|a, b| follows(a.1, b.1))
        .filter(|block| {
            let first = block[0].1;
            block.len() > 1
                && (first.size - text.size).abs() > 0.08 * text.size
                && first.text().trim_start().starts_with(['“', '"', '‘', '\''])
        })
        .flatten()
        .map(|(index, _)| *index)
        .collect()
}

fn line(item: &Item) -> Option<&Line> {
    match item {
        Item::Line(line) => Some(line),
        Item::Whole { .. } => None,
    }
}
