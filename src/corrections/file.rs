//! The form in which corrections are written.
//!
//! In: the text of a file. Out: its [`Correction`]s, or every fault with its
//! place.

use std::num::NonZeroU32;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::corrections::{Belongs, Named};
use crate::model::analysis::{Kind, Status};
use crate::model::date::PartialDate;
use crate::model::digest::Digest;
use crate::model::entry::EntryId;
use crate::model::ids::TermId;
use crate::model::load_error::LoadError;
use crate::vocabulary::Vocabulary;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    correction: Vec<Spanned<Correction>>,
}

/// What is set right in one document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    document: Option<EntryId>,
    sha256: Option<Digest>,
    url: Option<String>,
    /// Why, in the curator's words.
    pub(super) why: String,
    pub(super) kind: Option<Kind>,
    pub(super) title: Option<String>,
    pub(super) review_type: Option<TermId>,
    pub(super) subjects: Option<Vec<String>>,
    pub(super) published: Option<PartialDate>,
    pub(super) author: Option<String>,
    pub(super) criteria: Option<Vec<TermId>>,
    pub(super) age_bands: Option<Vec<TermId>>,
    pub(super) themes: Option<Vec<TermId>>,
    pub(super) language: Option<String>,
    belongs_to: Option<EntryId>,
    /// Facts of which nothing is to be said.
    #[serde(default)]
    pub(super) blank: Vec<Blank>,
    #[serde(default, rename = "recommendation")]
    pub(super) recommendations: Vec<ItemCorrection>,
    #[serde(default, rename = "lesson")]
    pub(super) lessons: Vec<ItemCorrection>,
    #[serde(default, rename = "good_practice")]
    pub(super) good_practice: Vec<ItemCorrection>,
    #[serde(default, rename = "answer")]
    pub(super) answers: Vec<AnswerCorrection>,
    #[serde(skip)]
    file: String,
    #[serde(skip)]
    line: u64,
}

/// A fact that can be left blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Blank {
    Title,
    ReviewType,
    Published,
    Author,
    Language,
    BelongsTo,
}

/// What is set right in a recommendation, lesson or passage; one that is not
/// there yet is added.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemCorrection {
    /// The label as the data has it: "3", "4.2", "u1".
    pub(super) id: String,
    /// It is none.
    #[serde(default)]
    pub(super) remove: bool,
    pub(super) text: Option<String>,
    pub(super) page: Option<NonZeroU32>,
    pub(super) to: Option<Vec<TermId>>,
    pub(super) themes: Option<Vec<TermId>>,
}

/// What is set right in an answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerCorrection {
    /// The recommendation that it answers, as the data has it.
    pub(super) recommendation: String,
    /// It is none.
    #[serde(default)]
    pub(super) remove: bool,
    pub(super) status: Option<Status>,
    /// The recommendation that it answers in truth.
    pub(super) answers: Option<String>,
}

impl Correction {
    /// Whether it is of this document.
    pub(super) fn names(&self, named: Named<'_>) -> bool {
        self.document.as_ref() == Some(named.id)
            || self.sha256.as_ref() == Some(named.digest)
            || self.url.as_deref() == Some(named.url)
    }

    pub(super) fn belongs(&self) -> Option<Belongs<'_>> {
        let to = self.belongs_to.as_ref();
        to.map(|review| Belongs::To(review, &self.why)).or_else(|| {
            self.blank
                .contains(&Blank::BelongsTo)
                .then_some(Belongs::ToNone)
        })
    }

    /// Where it stands and what it names, for people.
    pub(super) fn place(&self) -> String {
        let document = self.document.as_ref().map(ToString::to_string);
        let digest = self
            .sha256
            .as_ref()
            .map(|digest| digest.as_str().to_owned());
        let name = document.or(digest).or(self.url.clone()).unwrap_or_default();
        format!("{}:{}: `{name}`", self.file, self.line)
    }
}

/// Reads a file. What is wrong with it is added to the faults.
pub(super) fn read(
    name: &str,
    text: &str,
    vocabulary: &Vocabulary,
    faults: &mut Vec<LoadError>,
) -> Vec<Correction> {
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(fault) => {
            let line = fault.span().map(|span| line_of(text, &span));
            faults.push(LoadError::key(name, line, "", fault.message()));
            return Vec::new();
        }
    };
    let mut corrections = Vec::new();
    for spanned in file.correction {
        let line = line_of(text, &spanned.span());
        let mut correction = spanned.into_inner();
        name.clone_into(&mut correction.file);
        correction.line = line;
        let mut fault = |key: &str, reason: &str| {
            faults.push(LoadError::key(name, Some(line), key, reason));
        };
        check(&correction, vocabulary, &mut fault);
        corrections.push(correction);
    }
    corrections
}

fn line_of(text: &str, span: &Range<usize>) -> u64 {
    let before = text.get(..span.start).unwrap_or_default();
    1 + before.bytes().filter(|byte| *byte == b'\n').count() as u64
}

/// Everything that is wrong with a correction, by key.
fn check(correction: &Correction, vocabulary: &Vocabulary, fault: &mut impl FnMut(&str, &str)) {
    let names = [
        correction.document.is_some(),
        correction.sha256.is_some(),
        correction.url.is_some(),
    ];
    if names.into_iter().filter(|is_given| *is_given).count() != 1 {
        fault(
            "document",
            "one of `document`, `sha256` and `url` must name the document",
        );
    }
    if correction.why.trim().is_empty() {
        fault("why", "is empty; it must give the reason");
    }
    if let Some(language) = &correction.language
        && !["en", "cy"].contains(&language.as_str())
    {
        fault("language", "is neither `en` nor `cy`");
    }
    check_terms(correction, vocabulary, fault);
    for (key, items) in [
        ("recommendation", &correction.recommendations),
        ("lesson", &correction.lessons),
        ("good_practice", &correction.good_practice),
    ] {
        for item in items {
            check_item(key, item, vocabulary, fault);
        }
    }
    for answer in &correction.answers {
        if !answer.remove && answer.status.is_none() && answer.answers.is_none() {
            fault(
                "answer",
                "sets nothing: give `status`, `answers` or `remove`",
            );
        }
    }
}

fn check_terms(
    correction: &Correction,
    vocabulary: &Vocabulary,
    fault: &mut impl FnMut(&str, &str),
) {
    let mut unknown = |key: &str, id: &TermId, is_known: bool| {
        if !is_known {
            fault(key, &format!("`{id}` is no term of the vocabulary"));
        }
    };
    if let Some(id) = &correction.review_type {
        unknown("review_type", id, vocabulary.review_type(id).is_some());
    }
    for id in correction.criteria.iter().flatten() {
        unknown("criteria", id, vocabulary.criterion(id).is_some());
    }
    for id in correction.age_bands.iter().flatten() {
        unknown("age_bands", id, vocabulary.facets.age_bands.contains(id));
    }
    for id in correction.themes.iter().flatten() {
        unknown("themes", id, vocabulary.theme(id).is_some());
    }
}

fn check_item(
    key: &str,
    item: &ItemCorrection,
    vocabulary: &Vocabulary,
    fault: &mut impl FnMut(&str, &str),
) {
    for id in item.to.iter().flatten() {
        if vocabulary.agency(id).is_none() {
            fault(key, &format!("`{id}` is no agency of the vocabulary"));
        }
    }
    for id in item.themes.iter().flatten() {
        if vocabulary.theme(id).is_none() {
            fault(key, &format!("`{id}` is no theme of the vocabulary"));
        }
    }
    let sets = [
        item.text.is_some(),
        item.page.is_some(),
        item.to.is_some(),
        item.themes.is_some(),
    ];
    if item.remove == sets.contains(&true) {
        fault(
            key,
            &format!("`{}` must either be removed or have something set", item.id),
        );
    }
}
