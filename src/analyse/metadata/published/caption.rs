//! What a printed date is the date of, by the words beside it.
//!
//! In: a text. Out: its dates, each with what it is said to be the date of.
//! What a bare date means, the caller knows.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::text;
use crate::model::date::{self, PartialDate};

/// What a date is said to be the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Publication.
    Published,
    /// A post or an upload.
    Posted,
    /// The last change of a page.
    Updated,
    /// This issue of a document that is issued again and again: "This update: May".
    Issued,
    /// Adoption: agreed, presented, accepted.
    Adopted,
    /// The position that a plan gives.
    Position,
    /// The end of the writing, often long before publication.
    Completed,
    /// Nothing.
    Nothing,
}

/// A date with the words around it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Captioned {
    /// The date.
    pub(super) date: PartialDate,
    /// What it is said to be the date of.
    pub(super) said: Said,
    /// The folded words before it, back to the date or sentence before.
    pub(super) caption: String,
    /// The bytes it stands at.
    pub(super) range: Range<usize>,
}

/// The dates of a text. Those of births, deaths, incidents, deadlines and
/// periods are left out.
pub(super) fn find(text: &str) -> Vec<Captioned> {
    find_after("", text)
}

/// As [`find`], where a first date without a caption is captioned by the line
/// above it.
pub(super) fn find_after(above: &str, text: &str) -> Vec<Captioned> {
    let mut start = 0;
    let mut found = Vec::new();
    let mut is_of_else = false;
    for (range, date) in date::find_dates(text) {
        let before = &text[start..range.start];
        let sentence = before
            .rfind(". ")
            .map_or(before, |stop| &before[stop + 2..]);
        start = range.end;
        let caption = text::fold(sentence);
        let is_bare = caption.is_empty() && found.is_empty() && text::word_count(above) <= 4;
        let caption = if is_bare { text::fold(above) } else { caption };
        let after = text::fold(&text[range.end..]);
        let said = said(&caption, &after);
        // The end of a span is of what its beginning is of.
        let ends_span = is_of_else && ["to", "-", "until", "and"].contains(&caption.as_str());
        is_of_else = ends_span || OF_SOMETHING_ELSE.is_match(&caption);
        if said == Said::Published || !is_of_else {
            found.push(Captioned {
                date,
                said,
                caption,
                range,
            });
        }
    }
    found
}

/// What the caption says; its last word on the matter counts.
fn said(caption: &str, after: &str) -> Said {
    if ISSUED.is_match(caption) {
        return Said::Issued;
    }
    if after.starts_with("and published") || after.starts_with("(published") {
        return Said::Published;
    }
    SAYINGS
        .iter()
        .filter_map(|(said, pattern)| Some((pattern.find_iter(caption).last()?.start(), *said)))
        .max_by_key(|(at, _)| *at)
        .map_or(Said::Nothing, |(_, said)| said)
}

static ISSUED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:this update|updated?|progress (?:report|update)|update of|diweddarwyd)(?: of| in| at| on)?\s?[:,-]?$")
        .expect("the pattern of issues compiles")
});

static SAYINGS: LazyLock<Vec<(Said, Regex)>> = LazyLock::new(|| {
    let table = [
        (
            Said::Published,
            r"\bpubli(?:shed|cation|shing)\b|\bcyhoedd|\bgyhoedd",
        ),
        (
            Said::Posted,
            r"\b(?:posted|date added|added|uploaded|released)\b",
        ),
        (
            Said::Updated,
            r"\b(?:(?:last |page )?(?:updated?|modified|edited|changed)|last reviewed)\b",
        ),
        (
            Said::Completed,
            r"\b(?:completed?|completion|finished|concluded|finali[sz]ed|signed off|submitted|written)\b",
        ),
        (
            Said::Adopted,
            r"\b(?:agreed|approved|adopted|accepted|presented|considered|ratified|endorsed|meeting)\b",
        ),
        (
            Said::Position,
            r"\b(?:position|as at|as of|progress (?:to|at)|status at)\b",
        ),
    ];
    table
        .into_iter()
        .map(|(said, pattern)| {
            let pattern = Regex::new(pattern).expect("the patterns of captions compile");
            (said, pattern)
        })
        .collect()
});

static OF_SOMETHING_ELSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:died|death|born|birth|killed|incident|review due|review date|next|due|until|between|from|since|period|deadline|by|replaces|plan of|version of|year (?:to|ended|ending))\b[^.]{0,30}$",
    )
    .expect("the pattern of other dates compiles")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_say_what_dates_are_of() {
        check("Published 22 September 2016", &[Said::Published]);
        check("Date of publication: 17 November 2022", &[Said::Published]);
        check(
            "Review completed June 2016. Published 22 September 2016.",
            &[Said::Completed, Said::Published],
        );
        check(
            "Presented to the Board on 19 April 2018 and published with",
            &[Said::Published],
        );
        check("Posted on Thursday 19th November 2020", &[Said::Posted]);
        check("Last updated: 26 June 2025", &[Said::Updated]);
        check(
            "Agreed March 2024. This update: May 2024",
            &[Said::Adopted, Said::Issued],
        );
        check("Updated March 2023", &[Said::Issued]);
        check("Position at 31 March 2018", &[Said::Position]);
        check("Cyhoeddwyd 21 Medi 2017", &[Said::Published]);
        check("June 2021", &[Said::Nothing]);
    }

    #[test]
    fn dates_of_something_else_are_left_out() {
        check("Marina died in April 2016", &[]);
        check("Review due April 2025", &[]);
        check("This replaces the plan of September 2016", &[]);
        check("between 1 August 2016 and 8 July 2018", &[]);
        check("Period under review: 1 May 2012 to 4 June 2013", &[]);
    }

    #[track_caller]
    fn check(text: &str, expected: &[Said]) {
        let found: Vec<Said> = find(text).into_iter().map(|date| date.said).collect();
        assert_eq!(found, expected, "text: {text:?}");
    }
}
