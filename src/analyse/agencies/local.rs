//! What names mean in one document: local names by their endings, and the
//! abbreviations that the document defines.
//!
//! In: the whole text. Out: [`LocalNames`], which finds the document's
//! abbreviations in other texts.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::vocabulary::lexicon::{Folded, Lexicon};
use crate::vocabulary::{AgencyPhrase, LocalName, Vocabulary};

/// Abbreviations and short names that one document defines.
#[derive(Debug, Clone)]
pub(in crate::analyse) struct LocalNames {
    short: Lexicon<usize>,
}

/// Longest name that is read, in words.
const MAX_NAME_WORDS: usize = 9;

/// A run of capitalised words with the small words that names hold.
static CAPITALISED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[A-Z][\w'’&.-]*|&)(?:\s+(?:(?:of|and|the|for|in|on|upon|with|y|a)\s+)*(?:[A-Z][\w'’&-]*|&))*")
        .expect("the pattern of capitalised names compiles")
});

/// `Long Name (ABC)`, `Long Name (the Trust)`, `Long Name ("the Trust")`.
static DEFINED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?P<long>[A-Z][^.;:()\n]{3,90}?)\s*\(\s*["“‘']?(?:hereafter|referred to as|known as)?\s*["“‘']?(?P<short>(?:[Tt]he )?[A-Z][A-Za-z&]{1,14}(?: [A-Z][a-z]+)?)["”’']?\s*[),;]"#)
        .expect("the pattern of defined abbreviations compiles")
});

/// A row of a glossary: `ABC  Long Name`, `ABC – Long name`.
static GLOSSARY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^\s*(?P<short>[A-Z][A-Za-z&-]{1,9})\s*(?:[-–—:|\t]|\s{2,})\s*(?P<long>[A-Z][^\n|]{5,90})$")
        .expect("the pattern of glossary rows compiles")
});

impl LocalNames {
    /// Reads the definitions of a document.
    pub(in crate::analyse) fn of(full_text: &str, vocabulary: &Vocabulary) -> Self {
        let mut short: HashMap<String, usize> = HashMap::new();
        for pattern in [&*DEFINED, &*GLOSSARY] {
            for found in pattern.captures_iter(full_text) {
                let agency = resolve(&found["long"], vocabulary);
                if let Some(agency) = agency {
                    short.entry(found["short"].to_owned()).or_insert(agency);
                }
            }
        }
        if let Some(trust) = the_trust(full_text, vocabulary) {
            short.insert("the Trust".to_owned(), trust);
        }
        let phrases = short
            .into_iter()
            .map(|(name, agency)| (format!("={name}"), agency));
        Self {
            short: Lexicon::new(phrases),
        }
    }

    /// The document's short names in a text: bytes and agency.
    pub(super) fn find(&self, text: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
        let folded = Folded::new(text);
        let hits = self.short.find_longest(&folded, text);
        let found: Vec<_> = hits
            .into_iter()
            .map(|hit| (folded.origin(&hit.range), *hit.value))
            .collect();
        found.into_iter()
    }
}

/// Local names in a text: bytes and agency.
pub(super) fn names_in(
    text: &str,
    vocabulary: &Vocabulary,
) -> impl Iterator<Item = (Range<usize>, usize)> {
    let found: Vec<_> = CAPITALISED
        .find_iter(text)
        .flat_map(|run| longest_name(run.as_str(), run.start(), vocabulary))
        .collect();
    found.into_iter()
}

/// The names that a run of capitalised words holds: "Kent Police and Dover
/// Homes" holds two.
fn longest_name(run: &str, start: usize, vocabulary: &Vocabulary) -> Vec<(Range<usize>, usize)> {
    let mut names = Vec::new();
    let mut from = 0;
    for part in run.split_inclusive(" and ") {
        let name = part.trim_end_matches(" and ");
        if let Some(agency) = kind_of_name(name, vocabulary) {
            names.push((start + from..start + from + name.len(), agency));
        }
        from += part.len();
    }
    if names.is_empty()
        && let Some(agency) = kind_of_name(run, vocabulary)
    {
        names.push((start..start + run.len(), agency));
    }
    names
}

/// The agency that a local name stands for, by its last words and what else it
/// holds; `None` for a name of one word.
fn kind_of_name(name: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let words = name.split_whitespace().count();
    if !(2..=MAX_NAME_WORDS).contains(&words) {
        return None;
    }
    let folded = Folded::new(name).text;
    let folded = folded.trim_end_matches("'s").trim_end_matches('\'');
    let fits = |local: &LocalName| {
        local
            .ends
            .iter()
            .any(|end| folded.ends_with(&Folded::new(end).text))
    };
    let row = vocabulary
        .agency_names
        .names
        .iter()
        .filter(|local| fits(local))
        .flat_map(|local| &local.rows)
        .find(|row| {
            row.holds.is_empty() || row.holds.iter().any(|word| folded.contains(word.as_str()))
        })?;
    vocabulary
        .agencies
        .iter()
        .position(|agency| agency.id == row.agency)
}

/// What a long name stands for: a local name, else the last phrase that it
/// holds.
fn resolve(long: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let name = CAPITALISED
        .find_iter(long)
        .last()
        .filter(|run| run.end() == long.trim_end().len())
        .and_then(|run| kind_of_name(run.as_str(), vocabulary));
    name.or_else(|| {
        let folded = Folded::new(long);
        let hits = vocabulary.phrases.agencies.find_longest(&folded, long);
        hits.last().and_then(|hit| match hit.value {
            AgencyPhrase::Names(agency) | AgencyPhrase::General(agency) => Some(*agency),
            AgencyPhrase::Not => None,
        })
    })
}

/// The kind of the trust that is named most, for "the Trust".
fn the_trust(full_text: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for run in CAPITALISED.find_iter(full_text) {
        if run.as_str().ends_with("Trust")
            && let Some(agency) = kind_of_name(run.as_str(), vocabulary)
        {
            *counts.entry(agency).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(agency, count)| (*count, std::cmp::Reverse(*agency)))
        .map(|(agency, _)| agency)
}
