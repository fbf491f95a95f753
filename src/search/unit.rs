//! What the index holds: one unit for each thing that can be found.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::analysis::{Kind, Status};
use crate::model::date::PartialDate;
use crate::model::entry::EntryId;
use crate::model::ids::TermId;
use crate::search::request::Facet;

/// A thing that can be found, with the words it is found by.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// What a result shows.
    pub card: Card,
    /// What it is found by.
    pub texts: Texts,
    /// The values it counts under.
    pub facets: Vec<(Facet, String)>,
}

/// What kind of thing a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// A case: a review, or the summary or response that is all there is of it.
    Review,
    /// A recommendation.
    Recommendation,
    /// A lesson, finding or learning point.
    Lesson,
    /// A passage that names good practice.
    GoodPractice,
    /// What a response says about one recommendation.
    Answer,
    /// 150 to 250 words of a document.
    Passage,
}

impl Part {
    /// Every kind.
    pub(super) const ALL: [Self; 6] = [
        Self::Review,
        Self::Recommendation,
        Self::Lesson,
        Self::GoodPractice,
        Self::Answer,
        Self::Passage,
    ];

    /// The kind that this word names.
    pub(super) fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.id() == id)
    }

    /// The word used in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Recommendation => "recommendation",
            Self::Lesson => "lesson",
            Self::GoodPractice => "good-practice",
            Self::Answer => "answer",
            Self::Passage => "passage",
        }
    }
}

/// What a result shows. Kept in the index as it is, so that a list needs no
/// other store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// What kind of thing it is.
    pub part: Part,
    /// The entry it is printed in; its name when it is a case.
    pub entry: EntryId,
    /// The case it belongs to.
    pub case: EntryId,
    /// Its name within the entry, safe in a URL once escaped; empty for a case.
    pub item: String,
    /// Title of the case, or how it is known when none is printed.
    pub title: String,
    /// The link to the entry as found on the partnership's page.
    pub url: Url,
    /// What the bytes there are.
    pub media_type: String,
    /// What the entry is.
    pub kind: Kind,
    /// Kind of review, of the case.
    pub review_type: Option<TermId>,
    /// When the case was published.
    pub published: Option<PartialDate>,
    /// Pseudonyms as printed, of the case.
    pub subjects: Vec<String>,
    /// Its own text; for a case, the first thing learnt or asked for.
    pub text: String,
    /// Physical page that the text begins on. `None` for what has no pages.
    pub page: Option<NonZeroU32>,
    /// The heading over a passage.
    pub heading: Option<String>,
    /// Agencies addressed.
    pub to: Vec<TermId>,
    /// Themes.
    pub themes: Vec<TermId>,
    /// Whether a response was found, for cases and recommendations.
    pub answered: Option<bool>,
    /// What its answers' status comes to: its own for an answer.
    pub statuses: Vec<Status>,
    /// For an answer, the label of the recommendation it answers.
    pub recommendation: Option<String>,
    /// For an answer, the name within the case of that recommendation, where it
    /// was found.
    pub answers: Option<String>,
    /// For a case, how many recommendations it makes.
    pub recommendations: usize,
}

impl Card {
    /// Names the unit: `oakmoor/3f9c2a71` or `oakmoor/3f9c2a71/4.2`.
    #[must_use]
    pub fn id(&self) -> String {
        if self.item.is_empty() {
            self.entry.to_string()
        } else {
            format!("{}/{}", self.entry, self.item)
        }
    }
}

/// What a unit is found by, beside its card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Names of its terms and publisher.
    pub facts: Vec<String>,
    /// For a case, its recommendations, lessons and good practice.
    pub items: Vec<String>,
    /// For a case, all that is printed.
    pub body: Vec<String>,
    /// Whether its own text is Welsh.
    pub is_welsh: bool,
}
