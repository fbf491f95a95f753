//! How old the subjects were at the event.
//!
//! In: a [`Reading`], the subjects and the type of review. Out: age bands of
//! `index/facets.toml`. An age counts for a subject when it stands beside the
//! subject and the event; the ages of relatives, of today and of long ago do
//! not. Dates of birth are never kept.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::metadata::age::{self, Age};
use crate::analyse::reading::Reading;
use crate::analyse::text;
use crate::model::analysis::{Cited, Source};
use crate::model::document::{BlockKind, Locator};
use crate::model::ids::TermId;
use crate::vocabulary::Vocabulary;

/// Words of the opening in which the event is told.
const OPENING: usize = 2_500;

/// An age, whose it may be, and how surely.
#[derive(Debug, Clone)]
struct Mention {
    subject: Option<usize>,
    band: &'static str,
    score: i32,
    sentence: usize,
    at: Locator,
}

/// Reads the age bands.
pub(super) fn read(
    reading: &Reading<'_>,
    subjects: &[Cited<String>],
    type_id: Option<&str>,
    vocabulary: &Vocabulary,
) -> Vec<Cited<TermId>> {
    let names: Vec<String> = subjects
        .iter()
        .map(|subject| text::fold(&subject.value))
        .collect();
    let mut mentions = mentions(reading, &names);
    let is_adult = type_id == Some("sar");
    mentions.retain(|mention| match type_id {
        Some("sar") => mention.band == "adult",
        Some("dhr" | "susr") => true,
        _ => mention.band != "adult",
    });
    // A baby is a baby.
    let is_baby = |name: &String| name.starts_with("baby ") || name.starts_with("infant ");
    if !names.is_empty() && names.iter().all(is_baby) {
        mentions.retain(|mention| mention.band == "under-1");
    }
    let mut bands: Vec<(&'static str, Locator, f32)> = Vec::new();
    let mut add = |band, at, confidence| {
        if !bands.iter().any(|(known, ..)| *known == band) {
            bands.push((band, at, confidence));
        }
    };
    for subject in 0..names.len().max(1) {
        let own = |mention: &&Mention| mention.subject == Some(subject);
        let best = best(mentions.iter().filter(own));
        if let Some(mention) = best {
            add(mention.band, mention.at, 0.9);
        }
    }
    let needs_any = bands.is_empty();
    if needs_any && let Some(mention) = best(mentions.iter()) {
        bands.push((mention.band, mention.at, 0.75));
    }
    if bands.is_empty()
        && is_adult
        && let Some(first) = reading.outline.blocks.first()
    {
        bands.push(("adult", first.at, 0.9));
    }
    let known = &vocabulary.facets.age_bands;
    bands
        .into_iter()
        .filter_map(|(band, at, confidence)| {
            let value: TermId = band.parse().ok()?;
            known.contains(&value).then_some(Cited {
                value,
                source: Source::Text(at),
                confidence,
            })
        })
        .collect()
}

/// The surest mention; of equals the first.
fn best<'m>(mentions: impl Iterator<Item = &'m Mention>) -> Option<&'m Mention> {
    let mut best: Option<&Mention> = None;
    for mention in mentions.filter(|mention| mention.score > 0) {
        // In one sentence the later age is the later time.
        let is_better = best.is_none_or(|best| {
            mention.score > best.score
                || mention.score == best.score && mention.sentence == best.sentence
        });
        if is_better {
            best = Some(mention);
        }
    }
    best
}

/// What the sentences before one were about.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    subject: Option<usize>,
    has_event: bool,
}

fn mentions(reading: &Reading<'_>, names: &[String]) -> Vec<Mention> {
    let mut found = Vec::new();
    for placed in reading.head(OPENING) {
        if let BlockKind::Row { cells, .. } = &placed.block.kind {
            let cells: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
            found.extend(in_row(&cells, names, placed.at));
        }
    }
    let mut words = 0;
    let mut before = Before::default();
    for (index, (at, sentence)) in reading.sentences(OPENING).into_iter().enumerate() {
        let folded = text::fold(sentence);
        for age in age::find(&folded) {
            let (subject, score) = judge(&folded, &age, names, before);
            found.push(Mention {
                subject,
                band: age.band(),
                score: score + i32::from(words < 600),
                sentence: index + 1,
                at,
            });
        }
        before = Before {
            subject: subject_before(&folded, names, folded.len()).or(before.subject),
            has_event: EVENT.is_match(&folded),
        };
        words += text::word_count(sentence);
    }
    found
}

/// A row of a table of people: a name in one cell, an age in another.
fn in_row(cells: &[&str], names: &[String], at: Locator) -> Option<Mention> {
    let first = text::fold(cells.first()?);
    let subject = names.iter().position(|name| {
        first == *name
            || name.ends_with(&format!(" {first}"))
            || first.starts_with(&format!("{name} "))
    })?;
    cells[1..].iter().find_map(|cell| {
        let folded = text::fold(cell);
        let age = age::find(&folded)
            .into_iter()
            .next()
            .or_else(|| age::find(&format!("aged {folded}")).into_iter().next())?;
        let is_all = text::word_count(&folded) <= 6;
        is_all.then(|| Mention {
            subject: Some(subject),
            band: age.band(),
            score: 6,
            sentence: 0,
            at,
        })
    })
}

static EVENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:died|dies|death|dead|killed|murdered|stabbed|injur\w*|harmed|found|hospital|arrested|admitted|collapsed|taken to|brought (?:to|in)|brought by|assault\w*|abuse\w*|unconscious|overdose|at the time|incident|suffered|became (?:gravely |seriously )?ill|intensive care|fit|told|disclosed|farw|farwolaeth)\b",
    )
    .expect("the pattern of events compiles")
});

static RELATIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:mother|father|mum|dad|parents?|stepfather|stepmother|brothers?|sisters?|siblings?|half-(?:brother|sister)|partner|boyfriend|girlfriend|grandmother|grandfather|aunt|uncle|cousin|carer|couple|man|men|woman|women|chwaer|fam|dad)\b",
    )
    .expect("the pattern of relatives compiles")
});

static NOT_THEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:is now|now|is \w+ as we|today|as we write|since (?:s?he|they|[a-z]+) (?:was|were)|from the age|under the age|over the age|until|by the age|diagnosed|years? ago|children aged|young people aged|between the ages)\b")
        .expect("the pattern of other times compiles")
});

/// Somebody with a code of their own, or a relative with an event of their own.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:child|baby|sibling|adult|mr|mrs|ms|miss)\s[a-z]\d?\b|\b(?:mother|father|grandmother|grandfather|brother|sister|aunt|uncle|dad|mum)(?:,[^,]+,)?\s(?:had\s)?(?:died|was\s(?:killed|arrested))\b")
        .expect("the pattern of others compiles")
});

/// Whose age it may be and how surely it is the age at the event.
fn judge(folded: &str, age: &Age, names: &[String], before: Before) -> (Option<usize>, i32) {
    let near = clause(&folded[..age.range.start]);
    let mut score = 0;
    let mut subject = subject_before(folded, names, age.range.start);
    let is_pronoun = starts_with_pronoun(folded);
    if subject.is_some() {
        score += 3;
    } else if let Some(after) = subject_after(folded, names, age.range.end) {
        subject = Some(after);
        score += 2;
    } else if is_pronoun {
        subject = before.subject;
        score += 1;
    }
    if subject.is_none() && names.len() == 1 {
        subject = Some(0);
    }
    if EVENT.is_match(around(folded, age)) || is_pronoun && before.has_event {
        score += 3;
    } else if EVENT.is_match(folded) {
        score += 2;
    }
    // "her half-brother Jude was nine" is said of Jude.
    let relative = RELATIVE.find_iter(near).last().map(|hit| hit.end());
    let named = names.iter().filter_map(|name| find_name(near, name)).max();
    if relative.is_some_and(|relative| named.is_none_or(|named| named < relative)) {
        score -= 5;
    }
    let is_other = |hit: regex::Match<'_>| !names.iter().any(|name| name == hit.as_str());
    if OTHERS.find_iter(&folded[..age.range.start]).any(is_other) {
        score -= 4;
    }
    if NOT_THEN.is_match(folded) {
        score -= 4;
    }
    let printed = &folded[age.range.clone()];
    if printed.contains("old") || printed.contains("birthday") {
        score += 1;
    }
    (subject, score)
}

/// The words just before an age, back to a comma or the like.
fn clause(before: &str) -> &str {
    let mut clause = before;
    loop {
        let shorter = LEADING.iter().fold(clause.trim_end(), |text, word| {
            text.strip_suffix(word).unwrap_or(text)
        });
        if shorter == clause {
            break;
        }
        clause = shorter;
    }
    let start = clause.rfind([',', ';', '(', ':']).map_or(0, |at| at + 1);
    let from = clause
        .char_indices()
        .rev()
        .nth(40)
        .map_or(0, |(at, _)| at)
        .max(start);
    &clause[from..]
}

/// What may stand between a person and an age.
const LEADING: [&str; 12] = [
    ",", "(", "aged", "age", "of", "the", "at", "was", "is", "who", "then", "just",
];

/// The words just around an age: an age of long ago and the age at the event
/// may stand in one sentence.
fn around<'t>(folded: &'t str, age: &Age) -> &'t str {
    let start = folded[..age.range.start]
        .char_indices()
        .rev()
        .nth(30)
        .map_or(0, |(at, _)| at);
    let after = &folded[age.range.end..];
    let end = after
        .char_indices()
        .nth(45)
        .map_or(after.len(), |(at, _)| at);
    &folded[start..age.range.end + end]
}

fn starts_with_pronoun(folded: &str) -> bool {
    ["she ", "he ", "they ", "at "]
        .iter()
        .any(|word| folded.starts_with(word))
}

fn subject_before(folded: &str, names: &[String], end: usize) -> Option<usize> {
    let places = names
        .iter()
        .enumerate()
        .filter_map(|(index, name)| Some((find_name(&folded[..end], name)?, index)));
    places.max().map(|(_, index)| index)
}

fn subject_after(folded: &str, names: &[String], start: usize) -> Option<usize> {
    let places = names
        .iter()
        .enumerate()
        .filter_map(|(index, name)| Some((find_name(&folded[start..], name)?, index)));
    places.min().map(|(_, index)| index)
}

/// The last place of a name, or of its last word ("Wren" for "Baby Wren"), that
/// is not a possessive ("Wren's mother").
fn find_name(text: &str, name: &str) -> Option<usize> {
    let short = name.rsplit(' ').next().filter(|word| word.len() > 2);
    [Some(name), short].into_iter().flatten().find_map(|name| {
        text.rmatch_indices(name)
            .find(|(at, _)| {
                let before = text[..*at].chars().next_back();
                let after = &text[at + name.len()..];
                let is_word = before.is_none_or(|c| !c.is_alphanumeric())
                    && after.chars().next().is_none_or(|c| !c.is_alphanumeric());
                is_word && !after.starts_with("'s")
            })
            .map(|(at, _)| at)
    })
}
