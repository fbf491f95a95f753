//! What a description tells: its words, what they mean, and what of themes and
//! ages it names.
//!
//! In: text. Out: [`Told`]. Which words are rare enough to count is for the
//! index to say.

use std::collections::HashMap;

use crate::meaning::{Meaning, Table};
use crate::search::analyser;
use crate::search::stop_words;
use crate::vocabulary::lexicon::{Folded, Lexicon};

/// Most themes that a description is taken to be about.
const MOST_THEMES: usize = 6;

/// What a description tells.
#[derive(Debug, Clone, Default)]
pub(in crate::search) struct Told {
    /// Stems with how often each is used, in the order of the text.
    pub words: Vec<(String, usize)>,
    /// What it means; `None` without a table or without a known word.
    pub meaning: Option<Meaning>,
    /// What it is about.
    pub facts: Circumstances,
    /// Head of the digest of a case that is not to be found.
    pub except: Option<u64>,
}

/// Themes and ages, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::search) struct Circumstances {
    pub themes: Vec<String>,
    pub ages: Vec<String>,
}

impl Told {
    /// Reads a description.
    pub(in crate::search) fn of(
        text: &str,
        themes: &Lexicon<String>,
        table: Option<&Table>,
    ) -> Self {
        let words = counted_stems(text);
        // Words that say nothing mean nothing either.
        let table = table.filter(|_| !words.is_empty());
        Self {
            words,
            meaning: table.and_then(|table| table.meaning(text)),
            facts: Circumstances {
                themes: themes_of(text, themes),
                ages: ages_of(text),
            },
            except: None,
        }
    }
}

impl Circumstances {
    /// How much of what is told is among these, from 0 to 1: half for themes,
    /// half for ages, where both are told.
    pub(super) fn share(&self, told: &Told) -> f32 {
        let share = |these: &[String], of: &[String]| {
            (!of.is_empty()).then(|| these.len() as f32 / of.len() as f32)
        };
        let shares = [
            share(&self.themes, &told.facts.themes),
            share(&self.ages, &told.facts.ages).map(|share| if share > 0.0 { 1.0 } else { 0.0 }),
        ];
        let told: Vec<f32> = shares.into_iter().flatten().collect();
        if told.is_empty() {
            0.0
        } else {
            told.iter().sum::<f32>() / told.len() as f32
        }
    }
}

fn counted_stems(text: &str) -> Vec<(String, usize)> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut counted: Vec<(String, usize)> = Vec::new();
    for word in analyser::words(text) {
        let is_number = word.folded.chars().all(|c| c.is_ascii_digit());
        if is_number || stop_words::is_stop_word(&word.folded) {
            continue;
        }
        let stem = analyser::stem(&word.folded);
        let place = *places.entry(stem.clone()).or_insert_with(|| {
            counted.push((stem, 0));
            counted.len() - 1
        });
        counted[place].1 += 1;
    }
    counted
}

/// The themes whose terms stand in a text, the oftenest named first.
fn themes_of(text: &str, lexicon: &Lexicon<String>) -> Vec<String> {
    let folded = Folded::new(text);
    let mut named: Vec<(String, usize)> = Vec::new();
    for hit in lexicon.find_longest(&folded, text) {
        match named.iter_mut().find(|(id, _)| id == hit.value) {
            Some((_, times)) => *times += 1,
            None => named.push((hit.value.clone(), 1)),
        }
    }
    named.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    named.truncate(MOST_THEMES);
    named.into_iter().map(|(id, _)| id).collect()
}

/// Words that tell an age by themselves.
const AGE_WORDS: [(&str, &[&str]); 12] = [
    ("adolescent", &["11-15", "16-17"]),
    ("adolescents", &["11-15", "16-17"]),
    ("babies", &["under-1"]),
    ("baby", &["under-1"]),
    ("infant", &["under-1"]),
    ("infants", &["under-1"]),
    ("newborn", &["under-1"]),
    ("teenage", &["11-15", "16-17"]),
    ("teenager", &["11-15", "16-17"]),
    ("teenagers", &["11-15", "16-17"]),
    ("toddler", &["1-5"]),
    ("unborn", &["unborn"]),
];

/// Numbers as words, from one.
const NUMBERS: [&str; 17] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
];

/// The age bands that a text names: `15-year-old`, `aged 15`, `six weeks old`,
/// `a toddler`.
fn ages_of(text: &str) -> Vec<String> {
    let words = analyser::words(text);
    let word = |at: usize| words.get(at).map_or("", |word| &*word.folded);
    let mut ages: Vec<String> = Vec::new();
    let mut add = |band: &str| {
        if !ages.iter().any(|known| known == band) {
            ages.push(band.to_owned());
        }
    };
    for at in 0..words.len() {
        if let Ok(found) = AGE_WORDS.binary_search_by_key(&word(at), |(word, _)| word) {
            AGE_WORDS[found].1.iter().for_each(|band| add(band));
        }
        let Some(number) = number(word(at)) else {
            continue;
        };
        let is_aged = at > 0 && matches!(word(at - 1), "aged" | "age");
        let is_old = word(at + 2) == "old";
        match word(at + 1) {
            "day" | "days" | "week" | "weeks" if is_old || is_aged => add("under-1"),
            "month" | "months" if is_old || is_aged => add(band(number / 12)),
            "year" | "years" if is_old => add(band(number)),
            _ if is_aged => add(band(number)),
            _ => {}
        }
    }
    ages
}

fn number(word: &str) -> Option<u32> {
    let named = NUMBERS.iter().zip(1..).find(|(name, _)| **name == word);
    named
        .map(|(_, number)| number)
        .or_else(|| word.parse().ok())
}

fn band(years: u32) -> &'static str {
    match years {
        0 => "under-1",
        1..=5 => "1-5",
        6..=10 => "6-10",
        11..=15 => "11-15",
        16..=17 => "16-17",
        _ => "adult",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_however_they_are_told() {
        assert!(AGE_WORDS.is_sorted());
        for (text, expected) in [
            ("a 15-year-old boy", &["11-15"][..]),
            (
                "girl aged 4, and a brother aged nine months",
                &["1-5", "under-1"],
            ),
            ("six weeks old", &["under-1"]),
            ("eighteen months", &[]),
            ("an 18 month old toddler", &["1-5"]),
            ("Teenager, unborn child", &["11-15", "16-17", "unborn"]),
            ("known to services for 15 years", &[]),
            ("aged seventeen", &["16-17"]),
        ] {
            assert_eq!(ages_of(text), expected, "{text}");
        }
    }

    #[test]
    fn words_are_counted_by_stem_without_stop_words_and_numbers() {
        let counted = counted_stems("The baby was bruised; bruises on a baby of 6");
        assert_eq!(
            counted,
            [("babi".to_owned(), 2), ("bruis".to_owned(), 2)],
            "{counted:?}"
        );
    }
}
