//! Who reviewed the case and wrote the report.
//!
//! In: a [`Reading`]. Out: the independent reviewer or author as printed on
//! the front or near the beginning. The chair of a panel or board is not its
//! author, and the file's own author property names whoever saved it.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::metadata::people;
use crate::analyse::outline::Placed;
use crate::analyse::reading::Reading;
use crate::model::analysis::{Cited, Source};
use crate::model::document::Locator;

/// One or more people's names.
const NAMES: &str =
    r"(?P<names>(?:TITLE\s)?PERSON(?:(?:,\s|;\s|\sand\s|\s&\s)(?:TITLE\s)?PERSON){0,2})";
const TITLE: &str = r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Sir|Dame|Rev|Canon|Judge|Sister)\.?";
const PERSON: &str = r"[A-Z][\w'’-]+(?:\s[A-Z]\.?)?(?:\s(?:[A-Z]\.|de|van|von|der|ap|ab|al|bin|O['’])?\s?[A-Z][\w'’-]+){1,2}";
const WORK: &str = r"(?i:(?:independent|lead|overview|report|review|second|external|commissioned|joint|sole|and|&|/)\s+)*(?i:reviewers?|authors?|rapporteur|chair\sof\sthe\sreview(?:\s(?:team|panel))?)\b";

static PATTERNS: LazyLock<Vec<(Regex, f32)>> = LazyLock::new(|| {
    let names = NAMES.replace("TITLE", TITLE).replace("PERSON", PERSON);
    let table = [
        (
            format!(r"{WORK}(?:\s(?i:and)\s(?i:author|reviewer|chair))?\s*[:|–—-]\s*{names}"),
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
                r"(?i:written|prepared|authored|compiled|conducted|undertaken|carried\sout|led)\s(?i:and\swritten\s)?(?i:for\s(?:\S+\s){{1,6}}?)?(?i:by)\s{names}"
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

/// Reads the author: from the front, else from the opening, else from a label
/// anywhere, as Welsh reports have it at the end.
pub(super) fn read(reading: &Reading<'_>) -> Option<Cited<String>> {
    let front = reading.front.lines.iter().map(|line| (line.at, line.text));
    let front: Vec<(Locator, &str)> = front.collect();
    let text = |placed: &Placed<'_>| (placed.at, placed.block.text.clone());
    let head: Vec<(Locator, String)> = reading.head(1_500).map(text).collect();
    let all: Vec<(Locator, String)> = reading.outline.blocks.iter().map(text).collect();
    in_lines(&front, &PATTERNS)
        .or_else(|| alone(reading))
        .or_else(|| in_lines(&head, &PATTERNS))
        .or_else(|| in_lines(&all, &PATTERNS[..1]))
}

/// The people that the first pattern to find any finds: two reviewers may each
/// have a label.
fn in_lines<T: AsRef<str>>(
    lines: &[(Locator, T)],
    patterns: &[(Regex, f32)],
) -> Option<Cited<String>> {
    patterns.iter().find_map(|(pattern, confidence)| {
        let mut found: Vec<(Locator, String)> = Vec::new();
        for (at, line) in lines {
            for hit in pattern.captures_iter(line.as_ref()) {
                let names = hit.name("names").map(|names| tidy(names.as_str()));
                let names = names.filter(|names| names.contains(' '));
                if let Some(names) =
                    names.filter(|names| found.iter().all(|(_, known)| known != names))
                {
                    found.push((*at, names));
                }
            }
        }
        let at = found.first()?.0;
        let names: Vec<String> = found.into_iter().take(2).map(|(_, names)| names).collect();
        Some(Cited {
            value: names.join(" and "),
            source: Source::Text(at),
            confidence: *confidence,
        })
    })
}

/// A line of the front that is nothing but the names of people.
fn alone(reading: &Reading<'_>) -> Option<Cited<String>> {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        let person =
            format!(r"(?:{TITLE}\s)?[A-Z][a-z'’-]+(?:\s[A-Z]\.?)?\s[A-Z][\w'’-]+(?:-[A-Z]\w+)?");
        Regex::new(&format!(r"^{person}(?:(?:,|\sand|\s&)\s{person})*$"))
            .expect("the pattern of lines of names compiles")
    });
    let mut lines = reading.front.lines.iter().skip(1);
    let line = lines.find(|line| {
        let mut words = line
            .text
            .split(' ')
            .filter(|word| *word != "and" && !TITLES.contains(word));
        ALONE.is_match(line.text) && !words.any(people::is_common)
    })?;
    Some(Cited {
        value: line.text.to_owned(),
        source: Source::Text(line.at),
        confidence: 0.8,
    })
}

/// Cuts what is no name off both ends: "Board Ruth Tansley", "Ann Lee
/// Independent".
fn tidy(names: &str) -> String {
    let is_name = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        !people::is_common(bare) || TITLES.contains(&bare)
    };
    let words: Vec<&str> = names.split_whitespace().collect();
    let start = words.iter().position(is_name);
    // A month may be a first name; after a name it is a date.
    let end = words
        .iter()
        .rposition(|word| is_name(word) && !people::is_of_calendar(word));
    match (start, end) {
        (Some(start), Some(end)) => {
            let names = words[start..=end].join(" ");
            names.trim_end_matches([',', ';', ':']).to_owned()
        }
        _ => String::new(),
    }
}

/// Titles that belong to a name.
const TITLES: [&str; 7] = ["Dr", "Professor", "Prof", "Mr", "Mrs", "Ms", "Miss"];
