//! What ids are called, where publishers are, and which words name an agency.
//!
//! In: the [`Vocabulary`] and the publishers. Out: [`Names`], by which units
//! are found by the words people know their terms by, and by which lists show
//! labels.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::model::ids::{PartnershipId, TermId};
use crate::model::partnership::Partnership;
use crate::search::analyser;
use crate::search::request::Facet;
use crate::vocabulary::lexicon::Lexicon;
use crate::vocabulary::{Term, Vocabulary};

/// Labels, families and places.
#[derive(Debug, Clone, Default)]
pub struct Names {
    labels: BTreeMap<Facet, BTreeMap<String, String>>,
    families: BTreeMap<String, String>,
    partnerships: BTreeMap<PartnershipId, Place>,
    agency_words: BTreeMap<String, String>,
    /// Ways to name a theme, with its id.
    theme_phrases: Vec<(String, String)>,
}

/// Where a publisher is.
#[derive(Debug, Clone)]
struct Place {
    nation: TermId,
    region: Option<TermId>,
}

/// How each age band is read out.
const AGES: [(&str, &str); 7] = [
    ("unborn", "Unborn"),
    ("under-1", "Under 1"),
    ("1-5", "1 to 5"),
    ("6-10", "6 to 10"),
    ("11-15", "11 to 15"),
    ("16-17", "16 to 17"),
    ("adult", "Adult"),
];

/// How each status is read out.
const STATUSES: [(&str, &str); 5] = [
    ("completed", "Reported as completed"),
    ("in-progress", "Reported as in progress"),
    ("not-started", "Reported as not started"),
    ("not-accepted", "Not accepted"),
    ("unknown", "Status not stated"),
];

/// How theme families are read out.
const FAMILIES: [(&str, &str); 3] = [
    ("practice", "Practice and organisations"),
    ("harm", "Harm"),
    ("context", "Lives and circumstances"),
];

impl Names {
    /// Collects what ids are called.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary, partnerships: &[Partnership]) -> Self {
        let mut names = Self::default();
        let terms = [
            (Facet::Theme, &vocabulary.themes),
            (Facet::Agency, &vocabulary.agencies),
            (Facet::Type, &vocabulary.review_types),
            (Facet::Criterion, &vocabulary.criteria),
        ];
        for (facet, terms) in terms {
            for term in terms {
                names.label_as(facet, term.id.as_str(), &term.label);
            }
        }
        for (facet, ids) in [
            (Facet::Nation, &vocabulary.facets.nations),
            (Facet::Region, &vocabulary.facets.regions),
        ] {
            for id in ids {
                names.label_as(facet, id.as_str(), &place_name(id.as_str()));
            }
        }
        names.add_closed_lists();
        names.add_families(&vocabulary.themes);
        names.add_agency_words(vocabulary);
        names.theme_phrases = vocabulary.themes.iter().flat_map(phrases).collect();
        names.add_partnerships(partnerships);
        names
    }

    /// What people read for a value of a facet; the id itself when it is not
    /// one of ours.
    #[must_use]
    pub fn label<'a>(&'a self, facet: Facet, id: &'a str) -> &'a str {
        let label = self.labels.get(&facet).and_then(|labels| labels.get(id));
        label.map_or(id, String::as_str)
    }

    /// Whether a facet has this value. Years are not listed.
    #[must_use]
    pub fn knows(&self, facet: Facet, id: &str) -> bool {
        self.labels
            .get(&facet)
            .is_some_and(|labels| labels.contains_key(id))
    }

    /// The values of a facet with their labels, by id.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = (&str, &str)> {
        let labels = self.labels.get(&facet).into_iter().flatten();
        labels.map(|(id, label)| (&**id, &**label))
    }

    /// The family of a theme: `practice`, `harm` or `context`.
    #[must_use]
    pub fn family(&self, theme: &str) -> Option<&str> {
        self.families.get(theme).map(String::as_str)
    }

    /// Whether this value of the theme facet is a family.
    #[must_use]
    pub fn is_family(&self, id: &str) -> bool {
        self.families.values().any(|family| family == id)
    }

    /// Nation and region of a publisher, when it is known.
    pub(super) fn place(&self, id: &PartnershipId) -> Option<(&TermId, Option<&TermId>)> {
        let place = self.partnerships.get(id)?;
        Some((&place.nation, place.region.as_ref()))
    }

    /// The agency that these words name: its id, its label, or one of the names
    /// it has or had.
    pub(super) fn agency(&self, words: &str) -> Option<&str> {
        self.agency_words.get(&key(words)).map(String::as_str)
    }

    /// Finds what themes a text names.
    pub(super) fn themes(&self) -> Lexicon<String> {
        Lexicon::new(self.theme_phrases.iter().cloned())
    }

    /// Changes whenever units would be made differently.
    pub(super) fn fingerprint(&self) -> String {
        let text = format!(
            "{:?}{:?}{:?}",
            self.labels, self.families, self.partnerships
        );
        let hash = Sha256::digest(text.as_bytes());
        hash[..8]
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    fn label_as(&mut self, facet: Facet, id: &str, label: &str) {
        let labels = self.labels.entry(facet).or_default();
        labels.insert(id.to_owned(), label.to_owned());
    }

    fn add_closed_lists(&mut self) {
        let answered = [("yes", "A response was found"), ("no", "No response found")];
        for (id, label) in AGES {
            self.label_as(Facet::Age, id, label);
        }
        for (id, label) in STATUSES {
            self.label_as(Facet::Status, id, label);
        }
        for (id, label) in answered {
            self.label_as(Facet::Answered, id, label);
        }
    }

    fn add_families(&mut self, themes: &[Term]) {
        for theme in themes {
            if let Some(family) = &theme.family {
                let id = theme.id.as_str().to_owned();
                self.families.insert(id, family.clone());
            }
        }
        for (id, label) in FAMILIES {
            if self.is_family(id) {
                self.label_as(Facet::Theme, id, label);
            }
        }
    }

    fn add_agency_words(&mut self, vocabulary: &Vocabulary) {
        let mut add = |words: &str, id: &TermId| {
            let id = id.as_str().to_owned();
            self.agency_words.entry(key(words)).or_insert(id);
        };
        for agency in &vocabulary.agencies {
            add(&agency.id.as_str().replace('-', " "), &agency.id);
            add(&agency.label, &agency.id);
        }
        for agency in &vocabulary.agencies {
            for term in &agency.terms {
                add(term, &agency.id);
            }
        }
        for succession in &vocabulary.agency_names.successions {
            for name in &succession.names {
                add(name, &succession.agency);
            }
        }
    }

    fn add_partnerships(&mut self, partnerships: &[Partnership]) {
        for partnership in partnerships {
            self.label_as(
                Facet::Partnership,
                partnership.id.as_str(),
                &partnership.name,
            );
            let place = Place {
                nation: partnership.nation.clone(),
                region: partnership.region.clone(),
            };
            self.partnerships.insert(partnership.id.clone(), place);
        }
    }
}

/// Words in the form by which agencies are looked up: stems, so that number
/// and possessive make no difference.
fn key(words: &str) -> String {
    let stems = analyser::words(words);
    let stems: Vec<String> = stems
        .iter()
        .map(|word| analyser::stem(&word.folded))
        .collect();
    stems.join(" ")
}

/// `yorkshire-and-the-humber` as `Yorkshire and the Humber`.
fn place_name(id: &str) -> String {
    let capitalise = |word: &str| match word {
        "and" | "the" | "of" => word.to_owned(),
        _ => word[..1].to_uppercase() + &word[1..],
    };
    id.split('-').map(capitalise).collect::<Vec<_>>().join(" ")
}
/// The ways to name a theme: its label and its terms.
fn phrases(theme: &Term) -> impl Iterator<Item = (String, String)> {
    let written = std::iter::once(&theme.label).chain(&theme.terms);
    written.map(|phrase| (phrase.clone(), theme.id.to_string()))
}
