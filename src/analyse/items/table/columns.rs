//! What the columns of a table of items are for.
//!
//! In: a table and the role of its section. Out: [`Columns`]. They may stand in
//! any order; what each is for is read from its heading, and where there is none
//! from what stands in it.

use std::sync::LazyLock;

use regex::Regex;

use super::{cell_text, section_band};
use crate::analyse::items::cues::Role;
use crate::analyse::outline::Table;
use crate::analyse::text::{self, fold};
use crate::model::document::Cell;

/// Which columns matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    /// What the item says.
    pub(super) text: u16,
    /// Its number or code.
    pub(super) label: Option<u16>,
    /// Who is to do it.
    pub(super) owner: Option<u16>,
}

/// The columns that the header names; `None` when none is for this role.
pub(super) fn named_columns(table: &Table<'_>, header: &[Cell], role: Role) -> Option<Columns> {
    let wanted = match role {
        Role::Recommendations => &*RECOMMENDATION_COLUMN,
        Role::Lessons if is_assigned(header) => return None,
        Role::Lessons => &*LESSON_COLUMN,
        Role::GoodPractice => &*GOOD_PRACTICE_COLUMN,
        Role::Chapter | Role::Apart => return None,
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
    // `Recommendation | Detail`: the column so named holds only the numbers. Where
    // the text stands under a heading for another role, they are references.
    let is_free = |column: &u16| {
        let heading = header.iter().find(|cell| cell.column == *column);
        let heading = heading.map_or(String::new(), |cell| fold(&cell.text));
        *column != text && !ITEM_COLUMNS.iter().any(|other| other.is_match(&heading))
    };
    let longest = longest_column(table).filter(is_free)?;
    Some(Columns {
        text: longest,
        label: Some(text),
        owner,
    })
}

/// Whether a table names for each row somebody responsible and a date.
pub(super) fn is_assigned(header: &[Cell]) -> bool {
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
pub(super) fn guessed_columns(table: &Table<'_>, role: Role) -> Option<Columns> {
    let text = longest_column(table)?;
    let bodies: Vec<String> = table
        .rows
        .iter()
        .map(|(_, cells)| cell_text(cells, text))
        .collect();
    let is_asked = |body: &&String| text::asks(body) || text::lays_down(body);
    let asks = bodies.iter().filter(is_asked).count();
    let is_fit = role != Role::Recommendations || asks * 2 >= bodies.len();
    let label = (text > 0 && is_label_column(table, 0)).then_some(0);
    (is_fit && mean_words(table, text) >= 5).then_some(Columns {
        text,
        label,
        owner: None,
    })
}

/// Whether most cells of a column are short enough for a label; bands that span
/// the table have none.
fn is_label_column(table: &Table<'_>, column: u16) -> bool {
    let rows = || {
        table
            .rows
            .iter()
            .filter(|(_, cells)| section_band(cells).is_none())
    };
    let short = rows().filter(|(_, cells)| text::word_count(&cell_text(cells, column)) <= 3);
    short.count() * 2 > rows().count()
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
        r"^(?:(?:the|our|key|agreed|final|overview|shared|national|local|strategic|individual|review|panel|board|lscb|partnership|safeguarding|(?:multi|single)[- ]agency) )*(?:recommendations?|argymhell(?:iad|ion)|proposals?)\b",
        r"|^what will (?:happen|change|be done)$|^(?:the )?(?:challenge|action statement|ask)s?(?: for us| to us)?$",
        r"|^what (?:we (?:recommend|will do)|(?:needs to|must|should|has to) (?:happen|change|be done))",
        r"|\brecommends?(?: that)?:?$|^we will\b|^what .*\brecommend",
    ))
});
static LESSON_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:the |key |main )?(?:lessons?|learning(?: points?)?|findings?|messages?|gwers(?:i)?|dysgu)\b|^what .*(?:learn|taught|tells? us)",
    )
});
/// What heads columns of items.
static ITEM_COLUMNS: [&LazyLock<Regex>; 3] = [
    &RECOMMENDATION_COLUMN,
    &LESSON_COLUMN,
    &GOOD_PRACTICE_COLUMN,
];
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
        r"^(?:no\.?|nr\.?|number|id|ref(?:erence)?\.?(?: no\.?)?|#|rec\.?|rec(?:ommendation)?s?\.? (?:no\.?|number|ref\.?|#|id)|rhif|item(?: no\.?)?)$",
    )
});
static OWNER_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:lead|leads|led by|agency|agencies|owner|owners|responsible|responsibility|accountable|who|by whom|organisations?|for|arweinydd|cyfrifoldeb)\b",
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
}
