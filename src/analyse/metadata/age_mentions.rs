//! Ages in the opening of a review, and whose they may be.
//!
//! In: a [`Reading`] and the subjects. Out: [`Mention`]s, each with a score: an
//! age counts for a subject when it stands beside the subject and the event;
//! the ages of relatives, of today and of long ago do not.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::metadata::age::{self, Age};
use crate::analyse::reading::Reading;
use crate::analyse::text;
use crate::model::document::{BlockKind, Locator};

/// An age, whose it may be, and how surely.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// An index into the subjects, when one can be told.
    pub(super) subject: Option<usize>,
    /// The band it falls in.
    pub(super) band: &'static str,
    /// In months.
    pub(super) months: f32,
    /// Above 0 when it may be the age at the event; the higher the surer.
    pub(super) score: i32,
    /// It is said of children, boys or girls, sons or daughters.
    pub(super) is_childs: bool,
    /// Counts sentences, so that two of one can be told.
    pub(super) sentence: usize,
    /// Where it stands.
    pub(super) at: Locator,
}

/// What the sentences before one were about.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    subject: Option<usize>,
    has_event: bool,
}

/// Finds the ages in the first so many words.
pub(super) fn read(reading: &Reading<'_>, names: &[String], opening: usize) -> Vec<Mention> {
    let mut found = Vec::new();
    for placed in reading.head(opening) {
        if let BlockKind::Row { cells, .. } = &placed.block.kind {
            let cells: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
            found.extend(in_row(&cells, names, placed.at));
        }
    }
    let mut words = 0;
    let mut before = Before::default();
    for (index, (at, sentence)) in reading.sentences(opening).into_iter().enumerate() {
        let folded = text::fold(sentence);
        let ages = age::find(&folded);
        for (place, age) in ages.iter().cloned().enumerate() {
            let (subject, score) = judge(&folded, &age, names, before);
            let subject = respective(&folded, &ages, place, names).or(subject);
            let is_childs = is_childs(&folded, &age);
            let age = if is_now(&folded, &age) {
                age.earlier(SINCE_THEN)
            } else {
                age
            };
            found.push(Mention {
                subject,
                band: age.band(),
                months: age.months,
                is_childs,
                score: score + i32::from(words < 600) + IN_TITLE * i32::from(words < FRONT),
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

/// Words of the title and what stands around it.
const FRONT: usize = 30;
/// How much it speaks for an age that the title prints it.
const IN_TITLE: i32 = 4;

/// Whose age it is of several listed for as many subjects: "Aoife and Ciarán, who
/// were twelve and six".
fn respective(folded: &str, ages: &[Age], place: usize, names: &[String]) -> Option<usize> {
    let listed = |age: &&Age| age.range == ages[place].range;
    let first = ages.iter().position(|age| listed(&age))?;
    let count = ages.iter().filter(listed).count();
    let before = &folded[..ages[place].range.start];
    let named = names.iter().enumerate();
    let named = named.filter_map(|(index, name)| Some((find_name(before, name)?, index)));
    let mut named: Vec<(usize, usize)> = named.collect();
    named.sort_unstable();
    (count > 1 && named.len() == count).then(|| named[place - first].1)
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
            months: age.months,
            is_childs: false,
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

static CHILDREN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:child|children|sons?|daughters?|boys?|girls?|bab(?:y|ies)|twins|toddler|plant|plentyn)\b")
        .expect("the pattern of children compiles")
});

/// Whether the last person named before an age is a child.
fn is_childs(folded: &str, age: &Age) -> bool {
    let near = clause(&folded[..age.range.start]);
    let child = CHILDREN.find_iter(near).last().map(|hit| hit.end());
    let relative = RELATIVE.find_iter(near).last().map(|hit| hit.end());
    child > relative
}

/// Ages of other times and of people in general.
static NOT_THEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:since (?:s?he|they|[a-z]+) (?:was|were)|from the age|under the age|over the age|until|by the age|diagnosed|years? ago|(?:all|for|of|to|with|most|many) (?:children|young people) aged|^(?:children|young people) aged|between the ages|ers pan oedd)\b",
    )
    .expect("the pattern of other times compiles")
});

/// What stands before an age of today.
static NOW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:is|now|today)(?: (?:now|aged|nearly|almost|just|only|about))* $")
        .expect("the pattern of today compiles")
});

/// Months between the event and the report of a review, about.
const SINCE_THEN: f32 = 18.0;

/// How much it speaks against an age that a relative stands before it.
pub(super) const RELATIVES: i32 = 5;

/// Somebody with a code of their own, or a relative with an event of their own.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:child|baby|sibling|adult|mr|mrs|ms|miss)\s[a-z]\d?\b|\b(?:mother|father|grandmother|grandfather|brother|sister|aunt|uncle|dad|mum)(?:,[^,]+,)?\s(?:had\s)?(?:died|was\s(?:killed|arrested))\b")
        .expect("the pattern of others compiles")
});

/// Whose age it may be and how surely it is the age at the event.
fn judge(folded: &str, age: &Age, names: &[String], before: Before) -> (Option<usize>, i32) {
    let (subject, by_subject) = whose(folded, age, names, before);
    let is_pronoun = starts_with_pronoun(folded);
    let by_event = if is_now(folded, age) {
        1
    } else if EVENT.is_match(around(folded, age)) || is_pronoun && before.has_event {
        3
    } else if EVENT.is_match(folded) {
        2
    } else {
        0
    };
    let printed = &folded[age.range.clone()];
    let by_form = i32::from(printed.contains("old") || printed.contains("birthday"));
    (
        subject,
        by_subject + by_event + by_form - doubts(folded, age, names),
    )
}

/// The subject named before an age, after it, or in the sentence before.
fn whose(folded: &str, age: &Age, names: &[String], before: Before) -> (Option<usize>, i32) {
    if let Some(subject) = subject_before(folded, names, age.range.start) {
        return (Some(subject), 3);
    }
    if let Some(subject) = subject_after(folded, names, age.range.end) {
        return (Some(subject), 2);
    }
    let only = (names.len() == 1).then_some(0);
    if starts_with_pronoun(folded) {
        (before.subject.or(only), 1)
    } else {
        (only, 0)
    }
}

/// What speaks against an age: it is a relative's, somebody else's, or of
/// another time.
fn doubts(folded: &str, age: &Age, names: &[String]) -> i32 {
    let before = &folded[..age.range.start];
    let near = clause(before);
    // "her half-brother Jude was nine" is said of Jude.
    let relative = RELATIVE.find_iter(near).last().map(|hit| hit.end());
    let named = names.iter().filter_map(|name| find_name(near, name)).max();
    let is_relatives = relative.is_some_and(|relative| named.is_none_or(|named| named < relative));
    let is_others = OTHERS
        .find_iter(before)
        .any(|hit| !names.iter().any(|name| name == hit.as_str()));
    RELATIVES * i32::from(is_relatives)
        + 4 * i32::from(is_others)
        + 4 * i32::from(NOT_THEN.is_match(folded))
}

fn is_now(folded: &str, age: &Age) -> bool {
    NOW.is_match(&folded[..age.range.start]) || folded[age.range.end..].starts_with(" now")
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
