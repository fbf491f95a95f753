//! The controlled vocabularies: what a theme, agency, review type, criterion,
//! age band, nation, region or status may be called.
//!
//! In: the files of `index/`, compiled into the binary. Out: a [`Vocabulary`],
//! checked as a whole, so that no other module ever meets an unknown id. Which
//! terms a text is about is for `analyse` to judge.

mod check;
pub mod lexicon;
mod phrases;
#[cfg(test)]
mod tests;
pub mod weights;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::digest::Digest;
use crate::model::ids::TermId;
use crate::model::load_error::LoadError;
pub use crate::vocabulary::phrases::{AgencyPhrase, Force, Phrases, ThemePhrase};
use crate::vocabulary::weights::ThemeWeights;

/// The files of `index/`, by name.
const FILES: [(&str, &str); 7] = [
    ("index/themes.toml", include_str!("../../index/themes.toml")),
    (
        "index/theme-weights.tsv",
        include_str!("../../index/theme-weights.tsv"),
    ),
    (
        "index/agencies.toml",
        include_str!("../../index/agencies.toml"),
    ),
    (
        "index/agency-names.toml",
        include_str!("../../index/agency-names.toml"),
    ),
    (
        "index/review-types.toml",
        include_str!("../../index/review-types.toml"),
    ),
    (
        "index/criteria.toml",
        include_str!("../../index/criteria.toml"),
    ),
    ("index/facets.toml", include_str!("../../index/facets.toml")),
];

/// Every controlled vocabulary.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// What lessons and recommendations are about.
    pub themes: Vec<Term>,
    /// Whom recommendations address.
    pub agencies: Vec<Term>,
    /// Kinds of statutory and learning review.
    pub review_types: Vec<Term>,
    /// Why a review was held.
    pub criteria: Vec<Term>,
    /// How bodies are named locally, and what became of them.
    pub agency_names: AgencyNames,
    /// Small closed lists.
    pub facets: Facets,
    /// The terms of themes and agencies, ready to be found in texts.
    pub phrases: Phrases,
    /// What was learnt about themes.
    pub theme_weights: ThemeWeights,
}

/// One term of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Permanent id.
    pub id: TermId,
    /// What people read.
    pub label: String,
    /// The group it is shown under; themes only.
    #[serde(default)]
    pub family: Option<String>,
    /// When it applies.
    #[serde(default)]
    pub scope: Option<String>,
    /// Nations whose law knows it; review types only.
    #[serde(default)]
    pub nations: Vec<TermId>,
    /// For curators.
    #[serde(default)]
    pub note: Option<String>,
    /// Ways it is written: a start, not a limit. How a phrase is written is
    /// told in [`lexicon`].
    #[serde(default)]
    pub terms: Vec<String>,
    /// Ways it is written in Welsh, unmutated.
    #[serde(default)]
    pub welsh: Vec<String>,
    /// Words that point to it and do not name it; themes only.
    #[serde(default)]
    pub hints: Vec<String>,
    /// Names that give way when a function follows ("the council's housing
    /// service"); agencies only.
    #[serde(default)]
    pub general: Vec<String>,
    /// What only it does: tells whose business a text is that names nobody;
    /// agencies only.
    #[serde(default)]
    pub functions: Vec<String>,
    /// Phrases that hold one of its terms and mean something else.
    #[serde(default)]
    pub not_terms: Vec<String>,
    /// Sentences that are about it; each is a test.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Sentences that mention it and are not about it; each is a test.
    #[serde(default)]
    pub not_examples: Vec<String>,
    /// Whether the evaluation counts it; `false` where the gold was not coded.
    #[serde(default = "yes")]
    pub scored: bool,
}

/// Local names and successions of `index/agency-names.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyNames {
    /// Endings of local names, the first that fits deciding.
    #[serde(rename = "name")]
    pub names: Vec<LocalName>,
    /// Bodies that followed one another.
    #[serde(rename = "succession")]
    pub successions: Vec<Succession>,
}

/// What a capitalised name with one of these endings is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalName {
    /// First words of the name.
    #[serde(default)]
    pub starts: Vec<String>,
    /// Last words of the name.
    #[serde(default)]
    pub ends: Vec<String>,
    /// What else the name holds decides; the first row that fits.
    pub rows: Vec<NameRow>,
}

/// One row of a [`LocalName`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRow {
    /// Words of which the name holds one; empty takes every name.
    #[serde(default)]
    pub holds: Vec<String>,
    /// The agency.
    pub agency: TermId,
}

/// Bodies that followed one another and are one agency here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    /// The agency.
    pub agency: TermId,
    /// The oldest first. Each is a term of the agency.
    pub names: Vec<String>,
    /// The year from which each name was in use.
    pub from: Vec<u16>,
    /// Where.
    pub nation: TermId,
}

/// Small closed lists of `index/facets.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facets {
    /// Of the subject children at the incident.
    pub age_bands: Vec<TermId>,
    /// Nations and crown dependencies.
    pub nations: Vec<TermId>,
    /// Regions within them.
    pub regions: Vec<TermId>,
    /// Of answers.
    pub statuses: Vec<TermId>,
    /// Of documents.
    pub document_kinds: Vec<TermId>,
}

impl Vocabulary {
    /// Reads and checks the compiled-in files of `index/`.
    ///
    /// # Errors
    ///
    /// Every fault found, each with file, line where known, key and reason.
    pub fn load() -> Result<Self, Vec<LoadError>> {
        Self::from_files(&FILES.into_iter().collect())
    }

    /// Names what the files of `index/` held when this program was built, so
    /// that a change of terms is known for one: `index-3f9c2a71`.
    #[must_use]
    pub fn version(&self) -> &str {
        static VERSION: LazyLock<String> = LazyLock::new(|| {
            let texts: Vec<&str> = FILES.iter().map(|(_, text)| *text).collect();
            format!("index-{}", Digest::of(texts.concat().as_bytes()).head())
        });
        &VERSION
    }

    /// Reads and checks these files, named as in `index/`.
    fn from_files(files: &HashMap<&str, &str>) -> Result<Self, Vec<LoadError>> {
        let mut faults = Vec::new();
        let themes = check::terms(files, "index/themes.toml", "theme", &mut faults);
        let agencies = check::terms(files, "index/agencies.toml", "agency", &mut faults);
        let weights = files.get("index/theme-weights.tsv").copied();
        let vocabulary = Self {
            theme_weights: ThemeWeights::read(weights.unwrap_or_default(), &themes, &mut faults),
            phrases: Phrases::new(&themes, &agencies),
            themes,
            agencies,
            agency_names: check::agency_names(files, &mut faults),
            review_types: check::terms(
                files,
                "index/review-types.toml",
                "review_type",
                &mut faults,
            ),
            criteria: check::terms(files, "index/criteria.toml", "criterion", &mut faults),
            facets: check::facets(files, &mut faults),
        };
        check::nations(&vocabulary, &mut faults);
        check::names(&vocabulary, &mut faults);
        if faults.is_empty() {
            Ok(vocabulary)
        } else {
            Err(faults)
        }
    }

    /// The theme of this id.
    #[must_use]
    pub fn theme(&self, id: &TermId) -> Option<&Term> {
        self.themes.iter().find(|term| term.id == *id)
    }

    /// The agency of this id.
    #[must_use]
    pub fn agency(&self, id: &TermId) -> Option<&Term> {
        self.agencies.iter().find(|term| term.id == *id)
    }

    /// The review type of this id.
    #[must_use]
    pub fn review_type(&self, id: &TermId) -> Option<&Term> {
        self.review_types.iter().find(|term| term.id == *id)
    }

    /// The criterion of this id.
    #[must_use]
    pub fn criterion(&self, id: &TermId) -> Option<&Term> {
        self.criteria.iter().find(|term| term.id == *id)
    }
}

fn yes() -> bool {
    true
}
