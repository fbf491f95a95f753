//! Who reviewed the case and wrote the report.
//!
//! In: a [`Reading`]. Out: the independent reviewer or author as printed on
//! the front or near the beginning. The chair of a panel or board is not its
//! author, and the file's own author property names whoever saved it.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::reading::Reading;
use crate::model::analysis::{Cited, Source};

/// One or more people's names.
const NAMES: &str =
    r"(?P<names>(?:TITLE\s)?PERSON(?:(?:,\s|\sand\s|\s&\s)(?:TITLE\s)?PERSON){0,2})";
const TITLE: &str = r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Sir|Dame|Rev|Canon|Judge)\.?";
const PERSON: &str = r"[A-Z][\w'’-]+(?:\s[A-Z]\.?)?(?:\s(?:[A-Z]\.|de|van|von|der|ap|ab|al|bin|O['’])?\s?[A-Z][\w'’-]+){1,2}";
const WORK: &str = r"(?i:(?:independent|lead|overview|report|review|second|external|commissioned|joint|sole|and|&|/)\s+)*(?i:reviewers?|authors?|rapporteur)";

static PATTERNS: LazyLock<Vec<(Regex, f32)>> = LazyLock::new(|| {
    let names = NAMES.replace("TITLE", TITLE).replace("PERSON", PERSON);
    let table = [
        (
            format!(r"{WORK}(?:\s(?i:and)\s(?i:author|reviewer|chair))?\s*[:–—-]\s*{names}"),
            0.95,
        ),
        (
            format!(r"(?i:chair)\s(?i:and)\s(?i:author|reviewer|overview author)\s*:?\s*{names}"),
            0.95,
        ),
        (
            format!(r"{names},?\s+(?:(?:is|was)\s(?:the|an)\s)?{WORK}"),
            0.93,
        ),
        (
            format!(
                r"(?i:written|prepared|authored|compiled|conducted|undertaken|carried\sout|led)\s(?i:and\swritten\s)?(?i:by)\s{names}"
            ),
            0.85,
        ),
        (
            format!(r"(?i:adolygw?yr|adolygydd|awdur)\s*:\s*{names}"),
            0.93,
        ),
        (
            format!(r"(?i:asked|commissioned|appointed|engaged)\s{names}\s(?:to|as)\b"),
            0.8,
        ),
    ];
    table
        .into_iter()
        .map(|(pattern, confidence)| {
            let pattern = Regex::new(&pattern).expect("the patterns of authors compile");
            (pattern, confidence)
        })
        .collect()
});

/// Reads the author.
pub(super) fn read(reading: &Reading<'_>) -> Option<Cited<String>> {
    let front = reading.front.lines.iter().map(|line| (line.at, line.text));
    let head = reading
        .head(1_500)
        .map(|placed| (placed.at, placed.block.text.as_str()));
    for lines in [front.collect::<Vec<_>>(), head.collect()] {
        for (pattern, confidence) in PATTERNS.iter() {
            let hit = lines.iter().find_map(|(at, text)| {
                Some((*at, pattern.captures(text)?.name("names")?.as_str()))
            });
            if let Some((at, names)) = hit {
                return Some(Cited {
                    value: tidy(names),
                    source: Source::Text(at),
                    confidence: *confidence,
                });
            }
        }
    }
    None
}

/// Cuts what is no name off the end: `Ruth Tansley June`, `Ann Lee Independent`.
fn tidy(names: &str) -> String {
    const NOT_NAMES: [&str; 22] = [
        "Independent",
        "Lead",
        "Report",
        "Review",
        "Reviewer",
        "Reviewers",
        "Author",
        "Consultant",
        "Completed",
        "Published",
        "Date",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
    ];
    let mut words: Vec<&str> = names.split_whitespace().collect();
    while words
        .last()
        .is_some_and(|word| NOT_NAMES.contains(word) || *word == "December" || *word == "and")
    {
        words.pop();
    }
    words.join(" ")
}
