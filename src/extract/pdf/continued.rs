//! Joins what a page or column break has split: paragraphs, tables, rows.
//!
//! In: the drafts of all pages in reading order. Out: the same, each whole on
//! the page where it begins.

use std::collections::HashMap;

use super::draft::{CellDraft, Draft, Kind, Row};
use super::join::text;
use super::line::Line;
use super::paragraphs::starts_item;

/// Column edges nearer than this are the same column.
const SAME_EDGE: f32 = 6.0;

/// Joins over page breaks and column breaks.
pub(super) fn join(pages: Vec<Vec<Draft>>) -> Vec<Vec<Draft>> {
    let mut joined: Vec<Draft> = Vec::new();
    // The last draft of running text, past furniture and footnotes.
    let mut last: Option<usize> = None;
    // Numbers of tables that turned out to go on with an earlier one.
    let mut same_table: HashMap<u32, u32> = HashMap::new();
    let count = pages.len();
    // The page of the last running text that stayed on its own.
    let mut settled: Option<usize> = None;
    for mut draft in pages.into_iter().flatten() {
        if matches!(draft.kind, Kind::Furniture | Kind::Footnote) {
            joined.push(draft);
            continue;
        }
        if let Kind::Row(row) = &mut draft.kind
            && let Some(first) = same_table.get(&row.table)
        {
            row.table = *first;
            row.is_header = false;
        }
        if let Some(at) = last {
            let before = &mut joined[at];
            if is_broken_off(before, &draft) && paragraph_goes_on(before, &draft) {
                before.lines.append(&mut draft.lines);
                continue;
            }
            if settled != Some(draft.page)
                && before.page != draft.page
                && table_goes_on(&mut joined, at, &mut draft, &mut same_table)
            {
                // A heading printed again may come before the rest of a row.
                let is_rest = !draft_is_used(&draft);
                settled = is_rest.then_some(draft.page).or(settled);
                continue;
            }
        }
        settled = Some(draft.page);
        last = Some(joined.len());
        joined.push(draft);
    }
    let mut by_page: Vec<Vec<Draft>> = (0..count).map(|_| Vec::new()).collect();
    for draft in joined {
        by_page[draft.page].push(draft);
    }
    by_page
}

/// Whether a row that was used up held only a heading printed again.
fn draft_is_used(draft: &Draft) -> bool {
    matches!(&draft.kind, Kind::Row(row) if !row.cells.is_empty())
}

/// Whether one paragraph breaks off in mid-sentence and the other goes on.
pub(super) fn is_mid_sentence(before: &[Line], after: &[Line]) -> bool {
    let (before, after) = (text(before), text(after));
    !ends_sentence(&before) && after.chars().next().is_some_and(char::is_lowercase)
}

fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '\'', '”', '’', ')', ']', ' ']);
    end.ends_with(['.', '?', '!', ':', ';'])
}

/// Whether the next draft stands on a later page or further up: only then can
/// a break have come between.
fn is_broken_off(before: &Draft, next: &Draft) -> bool {
    before.page != next.page || next.area.y1 < before.area.y0
}

fn paragraph_goes_on(before: &Draft, next: &Draft) -> bool {
    let is_text =
        matches!(before.kind, Kind::Text | Kind::Item { .. }) && matches!(next.kind, Kind::Text);
    let (Some(last), Some(first)) = (before.lines.last(), next.lines.first()) else {
        return false;
    };
    if !is_text || starts_item(first) || (last.size - first.size).abs() > 0.08 * last.size {
        return false;
    }
    if before.boxed.is_some() != next.boxed.is_some() {
        return false;
    }
    let (end, start) = (before.text(), next.text());
    if ends_sentence(&end) {
        return false;
    }
    let is_full =
        last.area.x1 + 0.3 * last.size + first.first_word + 0.3 * last.size >= before.right;
    let starts_small = start.chars().next().is_some_and(char::is_lowercase);
    starts_small || (is_full && last.is_bold() == first.is_bold())
}

/// Takes a row that opens a page into the table above; true when it is used
/// up: a heading printed again, or the rest of a row.
fn table_goes_on(
    joined: &mut [Draft],
    at: usize,
    draft: &mut Draft,
    same_table: &mut HashMap<u32, u32>,
) -> bool {
    let Kind::Row(next) = &mut draft.kind else {
        return false;
    };
    let Kind::Row(before) = &joined[at].kind else {
        return false;
    };
    if !same_edges(before, next) {
        return false;
    }
    let table = before.table;
    if next.table != table {
        same_table.insert(next.table, table);
    }
    next.table = table;
    let first = joined[..=at].iter().find_map(|draft| match &draft.kind {
        Kind::Row(row) if row.table == table => Some(row),
        _ => None,
    });
    let is_repeated = first.is_some_and(|first| row_text(first) == row_text(next));
    if is_repeated {
        return true;
    }
    next.is_header = false;
    let has_gaps = joined[..at].iter().any(|draft| match &draft.kind {
        Kind::Row(row) => row.table == table && is_first_empty(row),
        _ => false,
    });
    let Kind::Row(before) = &mut joined[at].kind else {
        return false;
    };
    if !before.is_header && row_goes_on(before, next, has_gaps) {
        merge(before, std::mem::take(&mut next.cells));
        return true;
    }
    false
}

fn same_edges(before: &Row, next: &Row) -> bool {
    !before.edges.is_empty()
        && before.edges.len() == next.edges.len()
        && before
            .edges
            .iter()
            .zip(&next.edges)
            .all(|(a, b)| (a - b).abs() < SAME_EDGE)
}

fn row_text(row: &Row) -> Vec<String> {
    row.cells.iter().map(cell_text).collect()
}

fn cell_text(cell: &CellDraft) -> String {
    cell.paragraphs
        .iter()
        .map(|lines| text(lines))
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_first_empty(row: &Row) -> bool {
    row.cells
        .first()
        .is_none_or(|cell| cell.paragraphs.is_empty())
}

fn row_goes_on(before: &Row, next: &Row, has_gaps: bool) -> bool {
    let pairs = || before.cells.iter().zip(&next.cells);
    if before.cells.len() != next.cells.len() {
        return false;
    }
    let breaks_off =
        pairs().any(
            |(upper, lower)| match (upper.paragraphs.last(), lower.paragraphs.first()) {
                (Some(upper), Some(lower)) => is_mid_sentence(upper, lower),
                _ => false,
            },
        );
    let has_orphan =
        pairs().any(|(upper, lower)| upper.paragraphs.is_empty() && !lower.paragraphs.is_empty());
    breaks_off || (is_first_empty(next) && !is_first_empty(before) && !has_gaps && !has_orphan)
}

fn merge(before: &mut Row, cells: Vec<CellDraft>) {
    for (upper, lower) in before.cells.iter_mut().zip(cells) {
        let mut paragraphs = lower.paragraphs.into_iter();
        if let (Some(last), Some(first)) = (upper.paragraphs.last_mut(), paragraphs.next()) {
            if starts_item(&first[0]) || ends_sentence(&text(last)) {
                upper.paragraphs.push(first);
            } else {
                last.extend(first);
            }
            upper.paragraphs.extend(paragraphs);
        } else {
            upper.paragraphs.extend(paragraphs);
        }
    }
}
