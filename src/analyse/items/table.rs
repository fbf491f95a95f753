//! Items that stand in tables: one to a row under a column that names them, or
//! one to a small table of its own.
//!
//! In: the tables of a document and the role of their sections. Out: drafts.
//! Columns may stand in any order; what each is for is read from its heading,
//! and where there is none from what stands in it.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::items::cues::Role;
use crate::analyse::items::draft::Draft;
use crate::analyse::items::mode::keyword_of;
use crate::analyse::label;
use crate::analyse::outline::{Outline, Table};
use crate::analyse::text::{self, fold};
use crate::model::document::Cell;

/// Which columns matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    text: u16,
    label: Option<u16>,
    owner: Option<u16>,
}

/// The items of one role that stand in a table; `section_role` is what the
/// section around the table is for.
pub(super) fn read(
    outline: &Outline<'_>,
    table: &Table<'_>,
    role: Role,
    section_role: Option<Role>,
) -> Vec<Draft> {
    let named = table
        .header
        .and_then(|header| named_columns(table, header, role));
    let guessed = || {
        (section_role == Some(role))
            .then(|| guessed_columns(table, role))
            .flatten()
    };
    let Some(columns) = named.or_else(guessed) else {
        return own_tables(outline, table, role);
    };
    let mut stem = None;
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, cells) in &table.rows {
        if let Some(band) = section_band(cells) {
            stem = Some(band.to_owned());
            continue;
        }
        let body = cell_text(cells, columns.text);
        let own = columns
            .label
            .map(|column| cell_text(cells, column))
            .unwrap_or_default();
        let (label, body) = split_label(&own, &body);
        if text::word_count(&body) < 3 {
            continue;
        }
        drafts.push(Draft {
            label,
            pieces: vec![body],
            at: outline.blocks[*index].at,
            start: *index,
            section: table.section,
            stem: stem.clone(),
            owner: columns
                .owner
                .map(|column| cell_text(cells, column))
                .filter(|owner| !owner.is_empty()),
            confidence: if named.is_some() { 0.9 } else { 0.7 },
        });
    }
    drafts
}

/// The columns that the header names; `None` when none is for this role.
fn named_columns(table: &Table<'_>, header: &[Cell], role: Role) -> Option<Columns> {
    let wanted = match role {
        Role::Recommendations => &*RECOMMENDATION_COLUMN,
        Role::Lessons if is_assigned(header) => return None,
        Role::Lessons => &*LESSON_COLUMN,
        Role::GoodPractice => &*GOOD_PRACTICE_COLUMN,
        Role::Apart => return None,
    };
    let find = |pattern: &Regex| {
        header
            .iter()
            .find(|cell| pattern.is_match(&fold(&cell.text)))
            .map(|cell| cell.column)
    };
    let named = |cell: &&Cell| {
        let heading = fold(&cell.text);
        wanted.is_match(&heading) && !LABEL_COLUMN.is_match(&heading)
    };
    let text = header.iter().find(named).map(|cell| cell.column);
    let text = text.or_else(|| actions_column(table, header, role))?;
    let label = find(&LABEL_COLUMN).filter(|column| *column != text);
    let owner = find(&OWNER_COLUMN).filter(|column| *column != text);
    if mean_words(table, text) >= 4 {
        return Some(Columns { text, label, owner });
    }
    // `Recommendation | Detail`: the column so named holds only the numbers.
    let longest = longest_column(table).filter(|column| *column != text)?;
    Some(Columns {
        text: longest,
        label: Some(text),
        owner,
    })
}

/// Whether a table names for each row somebody responsible and a date.
fn is_assigned(header: &[Cell]) -> bool {
    let has = |pattern: &Regex| {
        header
            .iter()
            .any(|cell| pattern.is_match(&fold(&cell.text)))
    };
    has(&OWNER_COLUMN) && has(&DUE_COLUMN)
}

/// Whether most cells of a column ask for something to be done, or promise it.
fn asks_mostly(table: &Table<'_>, column: u16) -> bool {
    let asks = table
        .rows
        .iter()
        .filter(|(_, cells)| {
            let text = cell_text(cells, column);
            text::asks(&text) || text.contains(" will ")
        })
        .count();
    asks * 2 > table.rows.len()
}

/// A column of actions, in a table that says nothing of how they went: an
/// action plan reports on recommendations, a list of actions makes them.
fn actions_column(table: &Table<'_>, header: &[Cell], role: Role) -> Option<u16> {
    let is = |pattern: &Regex| {
        header
            .iter()
            .find(|cell| pattern.is_match(&fold(&cell.text)))
    };
    let is_plan = is(&PROGRESS_COLUMN).is_some();
    // Whatever heads the text: what somebody is to do by a date is asked of them.
    let assigned = header
        .first()
        .filter(|first| is_assigned(header) && asks_mostly(table, first.column));
    let column = is(&ACTION_COLUMN).or(assigned).map(|cell| cell.column);
    column.filter(|_| role == Role::Recommendations && !is_plan)
}

/// The columns of a table without usable headings in a section that lists
/// items: the longest text, and a column of labels before it.
fn guessed_columns(table: &Table<'_>, role: Role) -> Option<Columns> {
    let text = longest_column(table)?;
    let bodies: Vec<String> = table
        .rows
        .iter()
        .map(|(_, cells)| cell_text(cells, text))
        .collect();
    let asks = bodies.iter().filter(|body| text::asks(body)).count();
    let is_fit = role != Role::Recommendations || asks * 2 >= bodies.len();
    let first = table
        .rows
        .first()
        .map(|(_, cells)| cell_text(cells, 0))
        .unwrap_or_default();
    let label = (text > 0 && text::word_count(&first) <= 3).then_some(0);
    (is_fit && mean_words(table, text) >= 5).then_some(Columns {
        text,
        label,
        owner: None,
    })
}

/// Tables that hold one item each: `Recommendation 3 | The Board should …`, or
/// a row `Recommendation 3` and the text in the row below it.
fn own_tables(outline: &Outline<'_>, table: &Table<'_>, role: Role) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut waiting: Option<String> = None;
    let header = table.header.map(|cells| (None, cells));
    let rows = header.into_iter().chain(
        table
            .rows
            .iter()
            .map(|(index, cells)| (Some(*index), *cells)),
    );
    for (index, cells) in rows {
        let full: Vec<String> = cells
            .iter()
            .map(|cell| one_line(&cell.text))
            .filter(|text| !text.is_empty())
            .collect();
        let Some(first) = full.first() else { continue };
        let called = label::take_keyword_label(first)
            .filter(|found| found.keyword == Some(keyword_of(role)));
        let start = index.or_else(|| table.rows.first().map(|(index, _)| *index));
        let (label, body) = match called {
            Some(found) => {
                let rest = [found.rest.to_owned()]
                    .into_iter()
                    .chain(full[1..].iter().cloned());
                (
                    Some(found.label),
                    rest.max_by_key(|text| text::word_count(text))
                        .unwrap_or_default(),
                )
            }
            None => match waiting.take() {
                Some(label) => (
                    Some(label),
                    full.into_iter()
                        .max_by_key(|text| text::word_count(text))
                        .unwrap_or_default(),
                ),
                None => continue,
            },
        };
        if text::word_count(&body) < 4 {
            waiting = label;
        } else if let Some(start) = start {
            drafts.push(Draft {
                label,
                pieces: vec![body],
                at: outline.blocks[start].at,
                start,
                section: table.section,
                stem: None,
                owner: None,
                confidence: 0.85,
            });
        }
    }
    drafts
}

/// The text of a row that is one wide cell: it governs the rows below it.
fn section_band(cells: &[Cell]) -> Option<&str> {
    let mut filled = cells.iter().filter(|cell| !cell.text.trim().is_empty());
    let first = filled.next()?;
    let is_alone = filled.next().is_none() && (cells.len() == 1 || first.span > 1);
    (is_alone && text::word_count(&first.text) <= 20).then(|| first.text.trim())
}

/// The printed label, from its own column or from the front of the text.
fn split_label(own: &str, body: &str) -> (Option<String>, String) {
    if !own.is_empty() && text::word_count(own) <= 4 {
        let label = label::take_keyword_label(own)
            .or_else(|| label::take_bare_label(own))
            .map(|found| found.label);
        let label = label.unwrap_or_else(|| own.trim_matches(['.', ':', '(', ')', ' ']).to_owned());
        return (Some(label), body.to_owned());
    }
    match label::take_keyword_label(body).or_else(|| label::take_bare_label(body)) {
        Some(found) if !found.rest.is_empty() => (Some(found.label), found.rest.to_owned()),
        _ => (None, body.to_owned()),
    }
}

fn cell_text(cells: &[Cell], column: u16) -> String {
    let covers = |cell: &&Cell| cell.column <= column && column < cell.column + cell.span.max(1);
    cells
        .iter()
        .find(covers)
        .map(|cell| one_line(&cell.text))
        .unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn mean_words(table: &Table<'_>, column: u16) -> usize {
    let words: usize = table
        .rows
        .iter()
        .map(|(_, cells)| text::word_count(&cell_text(cells, column)))
        .sum();
    words / table.rows.len().max(1)
}

fn longest_column(table: &Table<'_>) -> Option<u16> {
    let columns = table
        .rows
        .iter()
        .flat_map(|(_, cells)| cells.iter().map(|cell| cell.column));
    let last = columns.max()?;
    (0..=last).max_by_key(|column| mean_words(table, *column))
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern of a column heading compiles")
}

static RECOMMENDATION_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:the |our |agreed |overview |shared )?(?:recommendations?|argymhell(?:iad|ion)|proposals?)\b",
        r"|^what (?:we (?:recommend|will do)|(?:needs to|must|should|has to) (?:happen|change|be done))",
        r"|\brecommends?(?: that)?:?$|^we will\b|^what .*\brecommend",
    ))
});
static LESSON_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:the |key |main )?(?:lessons?|learning(?: points?)?|findings?|messages?|gwers(?:i)?|dysgu)\b|^what .*(?:learn|taught|tells? us)",
    )
});
static ACTION_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:agreed |required |proposed |priority )?actions?(?: required| needed| for .*)?$|^camau?(?: gweithredu)?$",
    )
});
static DUE_COLUMN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:when|date|deadline|timescale|due|timeframe|target)\b"));
static PROGRESS_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:status|rag|progress|update|position|done|completed|evidence|impact so far|taken)\b",
    )
});
static GOOD_PRACTICE_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:good|positive|effective) practice\b|^what (?:worked|went) well|^strengths?\b")
});
static LABEL_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:no\.?|number|ref(?:erence)?\.?|#|rec(?:ommendation)?\.? (?:no\.?|number|ref\.?)|rhif|item)$",
    )
});
static OWNER_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:lead|leads|agency|agencies|owner|responsible|responsibility|who|by whom|organisation|for)\b",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_headings() {
        for heading in [
            "Recommendation",
            "What needs to happen",
            "Recommendations",
            "What we will do",
        ] {
            assert!(RECOMMENDATION_COLUMN.is_match(&fold(heading)), "{heading}");
        }
        for heading in ["What has been done", "Lead", "Progress"] {
            assert!(!RECOMMENDATION_COLUMN.is_match(&fold(heading)), "{heading}");
        }
        assert!(LABEL_COLUMN.is_match("no."));
        assert!(OWNER_COLUMN.is_match("agency lead"));
    }

    #[test]
    fn a_label_stands_in_its_column_or_in_front_of_the_text() {
        assert_eq!(
            split_label("R1", "Change it"),
            (Some("R1".to_owned()), "Change it".to_owned())
        );
        assert_eq!(
            split_label("", "R2. Change it"),
            (Some("R2".to_owned()), "Change it".to_owned())
        );
        assert_eq!(
            split_label("", "Change it now"),
            (None, "Change it now".to_owned())
        );
    }
}
