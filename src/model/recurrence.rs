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

/// A string that is not a recommendation's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a recommendation's id such as `oakmoor/3f9c2a71/4.2`")]
pub struct InvalidRecommendationId(pub String);

impl std::str::FromStr for RecommendationId {
    type Err = InvalidRecommendationId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidRecommendationId(text.to_owned());
        let (at, _) = text.match_indices('/').nth(1).ok_or_else(invalid)?;
        let (entry, item) = (&text[..at], &text[at + 1..]);
        if item.is_empty() {
            return Err(invalid());
        }
        Ok(Self {
            entry: entry.parse().map_err(|_| invalid())?,
            item: item.to_owned(),
        })
    }
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
    /// Both degrees.
    pub const ALL: [Self; 2] = [Self::Same, Self::Related];

    /// The id used in data and URLs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Related => "related",
        }
    }
}

/// Recommendations of different cases that ask for the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurrenceCluster {
    /// The one whose wording is nearest to all others.
    pub representative: RecommendationId,
    /// The others.
    pub members: Vec<RecommendationId>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_recommendations_survive_a_round_trip() {
        for name in [
            "oakmoor/3f9c2a71/4.2",
            "oakmoor/3f9c2a71/3~2",
            "oakmoor/3f9c2a71/R1/2",
        ] {
            let id: RecommendationId = name.parse().expect("a good name");
            assert_eq!(id.to_string(), name);
        }
        for bad in ["oakmoor/3f9c2a71", "oakmoor/3f9c2a71/", "oakmoor/x/1"] {
            assert!(bad.parse::<RecommendationId>().is_err(), "{bad}");
        }
    }
}
