//! How old the subjects were at the event.
//!
//! In: a [`Reading`], the subjects and the type of review. Out: age bands of
//! `index/facets.toml`, for each subject that of the surest mention of an age.
//! Dates of birth are never kept.

use crate::analyse::metadata::age_mentions::{self, Mention};
use crate::analyse::reading::Reading;
use crate::analyse::text;
use crate::model::analysis::{Cited, Source};
use crate::model::document::Locator;
use crate::model::ids::TermId;
use crate::vocabulary::Vocabulary;

/// Words of the opening in which the event is told.
const OPENING: usize = 2_500;
/// Days after birth within which a death belongs to pregnancy and birth.
const AT_BIRTH: f32 = 0.25;

/// A band, where it was read, and how surely.
type Band = (&'static str, Locator, f32);

/// Reads the age bands.
pub(super) fn read(
    reading: &Reading<'_>,
    subjects: &[Cited<String>],
    type_id: Option<&str>,
    vocabulary: &Vocabulary,
) -> Vec<Cited<TermId>> {
    let names = subjects.iter().map(|subject| text::fold(&subject.value));
    let names: Vec<String> = names.collect();
    let all = age_mentions::read(reading, &names, OPENING);
    let mentions = possible(all, &names, type_id);
    let mut bands = by_subject(&mentions, names.len());
    if matches!(type_id, Some("dhr" | "susr")) {
        bands.extend(of_children(&mentions));
    }
    if bands.is_empty() {
        bands.extend(by_words(reading, &names, type_id));
    }
    if is_about_pregnancy(reading, &mentions) && type_id != Some("sar") {
        bands.extend(mentions.first().map(|mention| ("unborn", mention.at, 0.7)));
    }
    cite(bands, vocabulary)
}

/// The mentions that may be ages of subjects of this type of review.
fn possible(mut mentions: Vec<Mention>, names: &[String], type_id: Option<&str>) -> Vec<Mention> {
    mentions.retain(|mention| match type_id {
        Some("sar") => mention.band == "adult",
        Some("dhr" | "susr") => true,
        _ => mention.band != "adult",
    });
    if !names.is_empty() && names.iter().all(|name| is_baby(name)) {
        mentions.retain(|mention| mention.band == "under-1");
    }
    mentions
}

/// A baby is a baby.
fn is_baby(name: &str) -> bool {
    ["baby ", "infant ", "babi ", "baban "]
        .iter()
        .any(|word| name.starts_with(word))
}

/// The surest mention for each subject, or of anybody.
fn by_subject(mentions: &[Mention], subjects: usize) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for subject in 0..subjects.max(1) {
        let own = mentions
            .iter()
            .filter(|mention| mention.subject == Some(subject));
        bands.extend(surest(own).map(|mention| (mention.band, mention.at, 0.9)));
    }
    if bands.is_empty() {
        bands.extend(listed(mentions.iter(), subjects != 1));
    }
    bands
}

/// The surest mention; for a group with those of the same list.
fn listed<'m>(mentions: impl Iterator<Item = &'m Mention> + Clone, is_group: bool) -> Vec<Band> {
    let Some(surest) = surest(mentions.clone()) else {
        return Vec::new();
    };
    let is_with = |other: &&Mention| {
        let is_same = other.sentence == surest.sentence && other.score == surest.score;
        is_same && is_group || std::ptr::eq(*other, surest)
    };
    mentions
        .filter(is_with)
        .map(|mention| (mention.band, mention.at, 0.75))
        .collect()
}

/// The ages of the children of an adult who was killed.
fn of_children(mentions: &[Mention]) -> Vec<Band> {
    let children = mentions
        .iter()
        .filter(|mention| mention.is_childs && mention.band != "adult");
    // That their parent is named beside them speaks for them here.
    let children: Vec<Mention> = children
        .map(|mention| Mention {
            score: mention.score + age_mentions::RELATIVES,
            ..mention.clone()
        })
        .collect();
    listed(children.iter(), true)
}

/// The mention with the highest score; of equals the first, but in one
/// sentence the last: the later age is the later time.
fn surest<'m>(mentions: impl Iterator<Item = &'m Mention>) -> Option<&'m Mention> {
    let mut surest: Option<&Mention> = None;
    for mention in mentions.filter(|mention| mention.score > 0) {
        let is_surer = surest.is_none_or(|known| {
            let is_later = mention.score == known.score && mention.sentence == known.sentence;
            mention.score > known.score || is_later
        });
        if is_surer {
            surest = Some(mention);
        }
    }
    surest
}

/// Ages as schools count them.
const SCHOOL_AGES: [(&str, &str); 5] = [
    ("primary school age", "6-10"),
    ("primary school-age", "6-10"),
    ("secondary school age", "11-15"),
    ("pre-school age", "1-5"),
    ("preschool age", "1-5"),
];

/// What the words say when no age is printed: a safeguarding adult is an adult,
/// a baby a baby.
fn by_words(reading: &Reading<'_>, names: &[String], type_id: Option<&str>) -> Option<Band> {
    let at = reading.outline.blocks.first()?.at;
    if type_id == Some("sar") {
        return Some(("adult", at, 0.9));
    }
    if names.iter().any(|name| is_baby(name)) {
        return Some(("under-1", at, 0.7));
    }
    let opening: Vec<String> = reading
        .head(OPENING)
        .map(|placed| text::fold(&placed.block.text))
        .collect();
    let opening = opening.join(" ");
    let of_school = SCHOOL_AGES
        .iter()
        .find(|(words, _)| opening.contains(words));
    if let Some((_, band)) = of_school {
        return Some((band, at, 0.5));
    }
    let count =
        |words: &[&str]| -> usize { words.iter().map(|word| opening.matches(word).count()).sum() };
    if count(&["toddler"]) >= 2 {
        return Some(("1-5", at, 0.5));
    }
    (count(&["the baby", "baby's", "infant", "newborn"]) >= 6).then_some(("under-1", at, 0.5))
}

/// Whether a baby died at birth or in the first days, after a pregnancy that
/// the review is about.
fn is_about_pregnancy(reading: &Reading<'_>, mentions: &[Mention]) -> bool {
    let died_at_birth = mentions
        .iter()
        .any(|mention| mention.months < AT_BIRTH && mention.score > 0 && mention.band == "under-1");
    let opening = reading
        .head(OPENING)
        .map(|placed| text::fold(&placed.block.text));
    let pregnancies: usize = opening
        .map(|folded| folded.matches("pregnan").count())
        .sum();
    died_at_birth && pregnancies >= 4
}

fn cite(bands: Vec<Band>, vocabulary: &Vocabulary) -> Vec<Cited<TermId>> {
    let known = &vocabulary.facets.age_bands;
    let mut cited: Vec<Cited<TermId>> = Vec::new();
    for (band, at, confidence) in bands {
        let Ok(value) = band.parse::<TermId>() else {
            continue;
        };
        if known.contains(&value) && cited.iter().all(|other| other.value != value) {
            cited.push(Cited {
                value,
                source: Source::Text(at),
                confidence,
            });
        }
    }
    cited
}
