//! What a document says, and where it says so.

use serde::{Deserialize, Serialize};

use crate::model::date::PartialDate;
use crate::model::digest::Digest;
use crate::model::document::{Locator, Warning};
use crate::model::ids::TermId;

/// What one document says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Names the bytes of the document.
    pub digest: Digest,
    /// What sort of document it is.
    pub kind: Kind,
    /// From 0 to 1: how often a kind judged this way is right.
    #[serde(default = "unknown_confidence")]
    pub kind_confidence: f32,
    /// Facts about the document and its case.
    pub metadata: Metadata,
    /// What is printed in it, whatever its kind.
    pub findings: Findings,
    /// Doubts and oddities, for curators.
    pub warnings: Vec<Warning>,
    /// What a curator set in place of what the rules read.
    #[serde(default)]
    pub corrected: Vec<Corrected>,
}

/// Of what was recorded before confidences were.
fn unknown_confidence() -> f32 {
    0.5
}

/// A value below this confidence is shown as machine-read and unverified.
pub const VERIFIED: f32 = 0.75;

/// Something that a curator set right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The fact as the data calls it: `title`, `subjects`, `recommendations/3`.
    pub fact: String,
    /// Why, in the curator's words.
    pub why: String,
}

/// What sort of document it is. A judgement, and may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A full report of a review.
    Review,
    /// An executive summary, learning brief or 7-minute briefing of one.
    Summary,
    /// What was done about one: response, action plan, impact statement.
    Response,
    /// Anything else, however much it talks about reviews.
    Other,
}

impl Kind {
    /// The id used in data and URLs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Summary => "summary",
            Self::Response => "response",
            Self::Other => "other",
        }
    }
}

/// A value and what it was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub source: Source,
    /// From 0 to 1: how often a value read this way is right.
    pub confidence: f32,
}

impl<T> Cited<T> {
    /// A value that a curator set.
    #[must_use]
    pub fn by_curator(value: T) -> Self {
        Self {
            value,
            source: Source::Curator,
            confidence: 1.0,
        }
    }

    /// Whether it is to be shown as machine-read and unverified.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.confidence < VERIFIED
    }
}

/// Where a value was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// In the document.
    Text(Locator),
    /// In the link to the document or the text around it.
    Link,
    /// In the file's own properties.
    File,
    /// From what we know of the publisher.
    Site,
    /// Set by a curator (`index/corrections`).
    Curator,
}

/// Facts about a document and its case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// As printed on the first page.
    pub title: Option<Cited<String>>,
    /// A term of `index/review-types.toml`.
    pub review_type: Option<Cited<TermId>>,
    /// Pseudonyms as printed.
    pub subjects: Vec<Cited<String>>,
    /// When the report was published.
    pub published: Option<Cited<PartialDate>>,
    /// Independent reviewer or author as printed.
    pub author: Option<Cited<String>>,
    /// Terms of `index/criteria.toml`.
    pub criteria: Vec<Cited<TermId>>,
    /// Age bands of `index/facets.toml`.
    pub age_bands: Vec<Cited<TermId>>,
    /// Terms of `index/themes.toml` that are substantive, weightiest first.
    pub themes: Vec<Cited<TermId>>,
    /// `en` or `cy`; `None` when too little text to tell.
    pub language: Option<String>,
}

/// What is printed in a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// In the order printed.
    pub recommendations: Vec<Item>,
    /// Lessons, findings and learning points, in the order printed.
    pub lessons: Vec<Item>,
    /// Passages that name good practice.
    pub good_practice: Vec<Item>,
    /// What a response says about each recommendation.
    pub answers: Vec<Answer>,
}

/// A recommendation, lesson or passage of good practice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The printed number ("3", "4.2", "R4", "F1a"), or "u1", "u2" … in order
    /// when none is printed. Text: `3.10` is not `3.1`.
    pub id: String,
    /// What has to be done, or was learnt, with its sub-points; without the
    /// printed label, rationale or success criteria.
    pub text: String,
    /// Where it begins.
    pub at: Locator,
    /// Agencies addressed: terms of `index/agencies.toml`.
    pub to: Vec<TermId>,
    /// One to three terms of `index/themes.toml`.
    pub themes: Vec<TermId>,
    /// From 0 to 1.
    pub confidence: f32,
}

/// What a response says about one recommendation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Label of the recommendation it answers, as printed or as counted.
    pub recommendation: String,
    /// Where it begins.
    pub at: Locator,
    /// Its parts as printed.
    pub parts: Parts,
    /// What its status comes to.
    pub status: Status,
    /// From 0 to 1.
    pub confidence: f32,
}

/// The parts of an answer as printed; `None` when not printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// The recommendation as the response repeats it.
    pub recommendation: Option<String>,
    /// What has been done.
    pub action: Option<String>,
    /// What difference it made.
    pub impact: Option<String>,
    /// What will be done next.
    pub next: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// Status as printed.
    pub status: Option<String>,
    /// How it is known.
    pub evidence: Option<String>,
}

/// What an answer's status comes to. *Unknown* is not *not started*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Done.
    Completed,
    /// Begun and not done.
    InProgress,
    /// Not begun.
    NotStarted,
    /// The addressee declined it.
    NotAccepted,
    /// The response does not say.
    Unknown,
}

impl Status {
    /// Every status, as listed in `index/facets.toml`.
    pub const ALL: [Self; 5] = [
        Self::Completed,
        Self::InProgress,
        Self::NotStarted,
        Self::NotAccepted,
        Self::Unknown,
    ];

    /// The id used in data and URLs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::InProgress => "in-progress",
            Self::NotStarted => "not-started",
            Self::NotAccepted => "not-accepted",
            Self::Unknown => "unknown",
        }
    }
}
