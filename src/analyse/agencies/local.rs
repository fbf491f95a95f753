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
    trust: Option<usize>,
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

/// `Name, the drug and alcohol service`, `Name (the …)`, `Name, which provides …`.
static DESCRIBED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})(?:\s*[,(]\s*(?:which|who)?\s*(?:(?:is|was|are|provides?|provided|runs?|ran|delivers?)\s+)?|\s+(?:is|was|provides?|provided|runs|delivers?)\s+)(?:the|a|an|its)\s+(?P<what>[^,.;()\n]{5,80})")
        .expect("the pattern of descriptions compiles")
});

impl LocalNames {
    /// Reads the definitions and descriptions of a document.
    pub(in crate::analyse) fn of(full_text: &str, vocabulary: &Vocabulary) -> Self {
        let mut short: HashMap<String, usize> = HashMap::new();
        for pattern in [&*DEFINED, &*GLOSSARY] {
            for found in pattern.captures_iter(full_text) {
                let name = &found["short"];
                if is_abbreviation(name)
                    && let Some(agency) = resolve(&found["long"], vocabulary)
                {
                    short.entry(name.to_owned()).or_insert(agency);
                }
            }
        }
        for (name, agency) in described(full_text, vocabulary) {
            short.entry(name).or_insert(agency);
        }
        let phrases = short
            .into_iter()
            .map(|(name, agency)| (format!("={name}"), agency));
        Self {
            short: Lexicon::new(phrases),
            trust: the_trust(full_text, vocabulary),
        }
    }

    /// What "the Trust" means in this document, where it names one.
    pub(super) fn trust(&self) -> Option<usize> {
        self.trust
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

/// Whether a short name is one that documents define: "KCST", "the Trust".
fn is_abbreviation(name: &str) -> bool {
    name.to_lowercase().starts_with("the ") || name.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// Names that the text describes as a service, for which no ending speaks. A
/// name is taken when most of its descriptions agree.
fn described(full_text: &str, vocabulary: &Vocabulary) -> Vec<(String, usize)> {
    let mut votes: HashMap<&str, Vec<usize>> = HashMap::new();
    for found in DESCRIBED.captures_iter(full_text) {
        let (Some(name), Some(what)) = (found.name("name"), found.name("what")) else {
            continue;
        };
        let name = &name.as_str()[opening_words(name.as_str())..];
        let folded = Folded::new(what.as_str());
        let is_service = [
            "service",
            "provider",
            "charity",
            "team",
            "agency",
            "organisation",
            "association",
            "trust",
            "project",
            "home",
        ]
        .iter()
        .any(|word| folded.text.contains(word));
        let is_known = !vocabulary
            .phrases
            .agencies
            .find(&Folded::new(name), name)
            .is_empty();
        if is_service
            && !is_known
            && name.len() > 3
            && let Some(agency) = first_agency(&folded, what.as_str(), vocabulary)
        {
            votes.entry(name).or_default().push(agency);
        }
    }
    votes
        .into_iter()
        .filter_map(|(name, votes)| {
            let first = *votes.first()?;
            let agreeing = votes.iter().filter(|vote| **vote == first).count();
            (agreeing * 2 > votes.len()).then(|| (name.to_owned(), first))
        })
        .collect()
}

/// The agency that a description names first.
fn first_agency(folded: &Folded, original: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let hits = vocabulary.phrases.agencies.find_longest(folded, original);
    hits.iter().find_map(|hit| match hit.value {
        AgencyPhrase::Names(agency) => Some(*agency),
        AgencyPhrase::General(_) | AgencyPhrase::Not => None,
    })
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
    let opening = opening_words(run);
    let (run, start) = (&run[opening..], start + opening);
    let mut names = Vec::new();
    let mut from = 0;
    for part in run.split_inclusive(" and ") {
        let name = part.trim_end_matches(" and ");
        if let Some(agency) = kind_of_name(name, vocabulary) {
            names.push((start + from..start + from + name.len(), agency));
        }
        from += part.len();
    }
    // "Devon and Cornwall Police" is one name; in "Systems and Practice" the last
    // word is no name's ending but a thing.
    let last = run.rsplit(" and ").next().unwrap_or(run);
    let is_one = last == run || last.contains(' ');
    if names.is_empty()
        && is_one
        && let Some(agency) = kind_of_name(run, vocabulary)
    {
        names.push((start..start + run.len(), agency));
    }
    names
}

/// Length of the words at the head of a run that begin the sentence and not
/// the name: "That", "Will the".
fn opening_words(run: &str) -> usize {
    const WORDS: &str = "That The Will Can Could Should Would How Does Do Is Are Has When Where If Both All Each Every With To In For By From And Ask Require";
    run.split_inclusive(' ')
        .take_while(|word| WORDS.split(' ').any(|known| known == word.trim_end()))
        .map(str::len)
        .sum()
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
        let ends = |end: &String| folded.ends_with(&Folded::new(end).text);
        let starts = |start: &String| {
            folded
                .trim_start_matches("the ")
                .starts_with(&format!("{} ", Folded::new(start).text))
        };
        local.ends.iter().any(ends) || local.starts.iter().any(starts)
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
