//! What the shape and the words of a text say about its kind.
//!
//! In: a [`Reading`]. Out: which parts of a review it has, whether it answers
//! recommendations, whether it stands in for a report that is not published.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::kind::cues::PARTS;
use crate::analyse::metadata::review_type;
use crate::analyse::reading::Reading;
use crate::analyse::text;
use crate::model::capture::LinkContext;
use crate::model::date;
use crate::model::document::Cell;

/// The parts of a review that its headings name.
pub(super) fn review_parts(reading: &Reading<'_>) -> Vec<&'static str> {
    let sections = reading.outline.sections.iter().skip(1);
    let headings: Vec<String> = sections
        .map(|section| text::fold(&section.heading))
        .collect();
    PARTS
        .iter()
        .filter(|(pattern, _)| headings.iter().any(|heading| pattern.is_match(heading)))
        .map(|(_, part)| *part)
        .collect()
}

/// Number of words.
pub(super) fn word_count(reading: &Reading<'_>) -> usize {
    let blocks = reading.outline.blocks.iter();
    blocks
        .map(|placed| text::word_count(&placed.block.text))
        .sum()
}

/// The opening, folded.
pub(super) fn opening(reading: &Reading<'_>, words: usize) -> String {
    let blocks: Vec<String> = reading
        .head(words)
        .map(|placed| text::fold(&placed.block.text))
        .collect();
    blocks.join("\n")
}

/// One review, not reviews in general.
static ONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:the|this|our|her|his|their|each|that) review\b|\byr adolygiad\b")
        .expect("the pattern of one review compiles")
});

/// Whether it speaks of any one review at all; of a picture without text, whether
/// the words around a link to it do.
pub(super) fn speaks_of_a_review(reading: &Reading<'_>) -> bool {
    let speaks = |text: &str| {
        let folded = text::fold(text);
        review_type::names_one(&folded) || ONE.is_match(&folded)
    };
    let mut blocks = reading.outline.blocks.iter();
    let mut contexts = reading.found.contexts.iter();
    let near = |context: &LinkContext| {
        let words = context.link_text.iter().chain(&context.headings);
        words.chain(&context.nearby).any(|words| speaks(words))
    };
    blocks.any(|placed| speaks(&placed.block.text)) || reading.is_blank() && contexts.any(near)
}

/// Whether it is shorter than any report of a review and has not the parts of
/// one either.
pub(super) fn is_too_short_for_report(reading: &Reading<'_>) -> bool {
    const SHORTEST_REPORT: usize = 500;
    !reading.is_blank() && word_count(reading) < SHORTEST_REPORT && review_parts(reading).len() < 3
}

/// Whether a table sets actions beside what became of them.
pub(super) fn has_plan(reading: &Reading<'_>) -> bool {
    const ASKED: [&str; 3] = ["recommendation", "action", "argymhell"];
    const ANSWERED: [&str; 9] = [
        "status",
        "rag",
        "progress",
        "done",
        "evidence",
        "complet",
        "impact",
        "difference",
        "position",
    ];
    let answers = |cells: &[Cell]| {
        let header: Vec<String> = cells.iter().map(|cell| text::fold(&cell.text)).collect();
        let has = |words: &[&str]| {
            header
                .iter()
                .any(|cell| words.iter().any(|word| cell.contains(word)))
        };
        has(&ASKED) && has(&ANSWERED)
    };
    let tables = reading.outline.tables();
    tables.iter().any(|table| table.header.is_some_and(answers))
}

/// Whether paragraphs take recommendations one by one and say what became of
/// each.
pub(super) fn answers_one_by_one(reading: &Reading<'_>) -> bool {
    static TAKEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:recommendations? (?:\d+|one|two|three|[a-z]\b)|argymhelliad \d+|(?:action|challenge) (?:\d+|[a-z]\b)|rec \d+)")
            .expect("the pattern of taking a recommendation compiles")
    });
    static ANSWERED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:accepted|complete|completed|response:|in progress|under way|we have|has been|met|achieved|outstanding|actions? taken|not started|impact|what we did|what (?:difference|more))\b")
            .expect("the pattern of answers compiles")
    });
    let blocks: Vec<String> = reading
        .outline
        .blocks
        .iter()
        .map(|placed| text::fold(&placed.block.text))
        .collect();
    let answered = blocks
        .windows(2)
        .filter(|pair| {
            TAKEN.is_match(&pair[0]) && pair.iter().any(|block| ANSWERED.is_match(block))
        })
        .count();
    answered >= 3
}

/// Whether a text without the parts of a review names at least three different
/// recommendations in passing and says what became of them: "The guide
/// (Recommendation A) was written in June", "School (recommendations 1 and 2)".
pub(super) fn takes_up_recommendations(reading: &Reading<'_>) -> bool {
    const LEAST: usize = 3;
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i:\b(?:recommendations?|recs?\.?|argymhell(?:iad|ion))) (?P<labels>(?:[A-Z]{0,4}\d+(?:\.\d+)?[a-z]?|[A-Za-z])\b(?:(?:, | and | & | to | a | ac )(?:[A-Z]{0,4}\d+(?:\.\d+)?[a-z]?|[A-Z])\b)*)")
            .expect("the pattern of recommendations named in passing compiles")
    });
    static BECAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:has|have|had|was|were) (?:now |not |also |since |all )?(?:been |begun|started|met|made|signed|changed|trained|written|agreed)|\b(?:we have|in place|under way|ongoing|complete|completed|done|in use)\b")
            .expect("the pattern of what became of things compiles")
    });
    let texts = reading.outline.blocks.iter();
    let mut labels: BTreeSet<String> = BTreeSet::new();
    let mut became = 0;
    for placed in texts {
        for found in NAMED.captures_iter(&placed.block.text) {
            let list = found["labels"].split(|c: char| !c.is_alphanumeric() && c != '.');
            let is_label = |piece: &&str| !piece.is_empty() && !["and", "to", "ac"].contains(piece);
            labels.extend(list.filter(is_label).map(str::to_owned));
        }
        became += usize::from(BECAME.is_match(&text::fold(&placed.block.text)));
    }
    labels.len() >= LEAST && became >= LEAST
}

/// Whether a summary is all that is published of its review: it says so, it
/// dates from before June 2010, when overview reports were not published, or
/// it has the parts and the length of a report and knows of no fuller one.
pub(super) fn stands_in_for_report(reading: &Reading<'_>) -> Option<&'static str> {
    static WITHHELD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"\b(?:(?:full|whole|overview|entire) (?:overview )?(?:report|review)\b.{0,60}\bnot (?:to )?(?:be |been )?(?:being )?publish|not (?:to )?(?:be )?publish(?:ed|ing)? (?:the )?(?:full|whole|overview)|why this is not the whole report|this (?:executive )?summary has been prepared for publication|only (?:the|this|an) (?:executive )?summary (?:is|has been|will be|can be))",
        )
        .expect("the pattern of withheld reports compiles")
    });
    static FULLER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"\b(?:(?:full|complete|whole|overview) (?:report|version|review)|whole of the report|full overview report)\b",
        )
        .expect("the pattern of fuller reports compiles")
    });
    let opening = opening(reading, 1_200);
    if WITHHELD.is_match(&opening) {
        return Some("it says that the full report is not published");
    }
    if FULLER.is_match(&opening) {
        return None;
    }
    let dates = reading
        .front
        .lines
        .iter()
        .flat_map(|line| date::find_dates(line.text));
    let latest = dates.map(|(_, date)| date).max();
    let is_old = latest.is_some_and(|date| (date.year(), date.month().unwrap_or(12)) < (2010, 6));
    if is_old {
        return Some("it dates from before overview reports were published");
    }
    let is_whole = review_parts(reading).len() >= 7 && word_count(reading) > 3_000;
    is_whole.then_some("it has the parts and the length of a full report")
}
