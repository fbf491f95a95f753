//! Which entries are one review: the same report in another format or language,
//! on another site, or issued again.
//!
//! In: the entries of all partnerships. Out: a link from each further edition
//! to the one that stands for the review, with its reasons. Two reports are one
//! only when their words say so and what they are about agrees; never when
//! unsure, for what is merged wrongly is lost.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::link::case::Case;
use crate::analyse::text;
use crate::model::analysis::Kind;
use crate::model::date::PartialDate;
use crate::model::entry::{Entry, EntryId, Link, Relation};

/// Share of the shorter report's recommendations that the other must print.
const MOST: f32 = 0.75;
/// Likeness of words from which two recommendations are one.
const SAME_WORDS: f32 = 0.8;
/// Fewer recommendations may agree by chance.
const LEAST_RECOMMENDATIONS: usize = 2;
/// Reports issued again come out within so many years.
const MAX_YEARS: i16 = 3;
/// Confidence of an edition by its words and its subject.
const BY_WORDS: f32 = 0.95;
/// Confidence of a translation, whose words cannot be compared.
const BY_CODE: f32 = 0.85;

/// Links from further editions of a review to the one that stands for it: of
/// two in one language the newest, of two in two languages the English one.
#[must_use]
pub fn editions(entries: &[Entry]) -> Vec<(EntryId, Link)> {
    let mut cases: Vec<Case<'_>> = entries
        .iter()
        .filter(|entry| entry.analysis.kind == Kind::Review)
        .map(Case::of)
        .collect();
    cases.sort_by_cached_key(|case| rank(case.entry));
    let mut links = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let near = Near::of(&cases);
    for (place, main) in cases.iter().enumerate() {
        if taken.contains(&place) {
            continue;
        }
        for other in near.to(place).into_iter().filter(|other| *other > place) {
            let Some((confidence, because)) = one_review(main, &cases[other]) else {
                continue;
            };
            if taken.insert(other) {
                let relation = relation(main.entry, cases[other].entry);
                links.push((
                    cases[other].entry.id.clone(),
                    Link {
                        to: main.entry.id.clone(),
                        relation,
                        because,
                        confidence,
                    },
                ));
            }
        }
    }
    links.sort_by(|a, b| a.0.cmp(&b.0));
    links
}

/// The first stands for the review: English, newest, longest, least by name.
fn rank(entry: &Entry) -> impl Ord + use<> {
    let facts = &entry.analysis.metadata;
    let is_translated = facts
        .language
        .as_deref()
        .is_some_and(|language| language != "en");
    let published = facts.published.as_ref().map(|date| date.value);
    (
        is_translated,
        std::cmp::Reverse(published),
        std::cmp::Reverse(entry.analysis.findings.recommendations.len()),
        std::cmp::Reverse(entry.pages),
        entry.id.clone(),
    )
}

/// What the main edition is to the other.
fn relation(main: &Entry, other: &Entry) -> Relation {
    let published = |entry: &Entry| entry.analysis.metadata.published.as_ref().map(|d| d.value);
    let is_later = matches!((published(main), published(other)), (Some(a), Some(b)) if a > b && !a.agrees_with(b));
    if is_later && main.analysis.metadata.language == other.analysis.metadata.language {
        Relation::SupersededBy
    } else {
        Relation::EditionOf
    }
}

/// Pairs worth comparing share a code, or a subject.
struct Near<'a> {
    by_key: BTreeMap<&'a str, Vec<usize>>,
    keys: Vec<Vec<&'a str>>,
}

impl<'a> Near<'a> {
    fn of(cases: &'a [Case<'a>]) -> Self {
        let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut keys = Vec::new();
        for (place, case) in cases.iter().enumerate() {
            let names = case.codes.iter().chain(&case.subjects);
            let own: Vec<&str> = names.map(String::as_str).collect();
            for key in &own {
                by_key.entry(key).or_default().push(place);
            }
            keys.push(own);
        }
        Self { by_key, keys }
    }

    fn to(&self, place: usize) -> BTreeSet<usize> {
        let keys = self.keys[place].iter();
        keys.flat_map(|key| self.by_key[key].iter().copied())
            .collect()
    }
}

/// Whether two reports are editions of one review, and why.
fn one_review(main: &Case<'_>, other: &Case<'_>) -> Option<(f32, Vec<String>)> {
    let agreed = agreement(main, other)?;
    if languages_differ(main.entry, other.entry) {
        return translated(main, other, agreed);
    }
    let (shorter, longer) = if main.recommendations.len() <= other.recommendations.len() {
        (&main.recommendations, &other.recommendations)
    } else {
        (&other.recommendations, &main.recommendations)
    };
    let is_printed = |words: &&Vec<String>| {
        longer
            .iter()
            .any(|theirs| text::overlap(words, theirs) >= SAME_WORDS)
    };
    let known = shorter.iter().filter(is_printed).count();
    let is_most = known as f32 >= MOST * shorter.len() as f32;
    (known >= LEAST_RECOMMENDATIONS && is_most).then(|| {
        let words = format!(
            "{known} of {} recommendations are the same, word for word or nearly.",
            shorter.len()
        );
        (BY_WORDS, vec![words, agreed])
    })
}

/// A translation carries the case code and as many recommendations.
fn translated(main: &Case<'_>, other: &Case<'_>, agreed: String) -> Option<(f32, Vec<String>)> {
    let is_one_code = !main.codes.is_disjoint(&other.codes);
    let is_one_publisher = main.entry.id.partnership() == other.entry.id.partnership();
    let n_main = main.entry.analysis.findings.recommendations.len();
    let n_other = other.entry.analysis.findings.recommendations.len();
    let is_sure = is_one_publisher
        && n_main == n_other
        && n_main >= LEAST_RECOMMENDATIONS
        && (is_one_code || main.entry.pages == other.entry.pages);
    let because = vec![
        format!("Both make {n_main} recommendations, in two languages."),
        agreed,
    ];
    is_sure.then_some((BY_CODE, because))
}

/// What says that both are about one case; `None` when something speaks
/// against it.
fn agreement(main: &Case<'_>, other: &Case<'_>) -> Option<String> {
    let share_code = !main.codes.is_disjoint(&other.codes);
    if !share_code && !main.codes.is_empty() && !other.codes.is_empty() {
        return None;
    }
    let year = |case: &Case<'_>| {
        let published = case.entry.analysis.metadata.published.as_ref();
        published.map(|date| PartialDate::year(date.value))
    };
    if let (Some(a), Some(b)) = (year(main), year(other))
        && (a - b).abs() > MAX_YEARS
    {
        return None;
    }
    let shared = main.shared_subjects(other);
    let fewest = main.subjects.len().min(other.subjects.len());
    let is_translation = languages_differ(main.entry, other.entry);
    if share_code && (is_translation || fewest == 0 || !shared.is_empty()) {
        return Some("Both carry the same case code.".to_owned());
    }
    (fewest > 0 && shared.len() >= fewest)
        .then(|| format!("Both are about the same subject, “{}”.", shared.join(", ")))
}

fn languages_differ(one: &Entry, other: &Entry) -> bool {
    let language = |entry: &Entry| entry.analysis.metadata.language.clone();
    matches!((language(one), language(other)), (Some(a), Some(b)) if a != b)
}
