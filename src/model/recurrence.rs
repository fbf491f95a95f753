//! The same thing recommended more than once.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::entry::EntryId;

/// Names a recommendation: the entry that prints it and its name there.
/// `oakmoor/3f9c2a71/4.2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecommendationId {
    /// Where it is printed.
    pub entry: EntryId,
    /// Its name there: the printed number, `3~2` for the second numbered 3.
    pub item: String,
}

impl fmt::Display for RecommendationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.entry, self.item)
    }
}

/// How alike two recommendations of different cases are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Degree {
    /// They ask for the same change: who has made one has answered the other,
    /// at least in good part.
    Same,
    /// They are about the same matter, and ask for different things.
    Related,
}

impl Degree {
    /// The id used in data and URLs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Related => "related",
        }
    }
}

/// Two recommendations of different cases that are alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recurrence {
    /// One of them: the lesser name.
    pub one: RecommendationId,
    /// The other.
    pub other: RecommendationId,
    /// How alike they are.
    pub degree: Degree,
    /// From 0 to 1.
    pub likeness: f32,
    /// Sentences by which a person can judge it.
    pub because: Vec<String>,
}
