//! One publication, for good.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::analysis::Analysis;
use crate::model::capture::LinkContext;
use crate::model::digest::Digest;
use crate::model::ids::PartnershipId;

/// Names an entry: the partnership and the head of the first payload's digest,
/// so that a catalogue built anew keeps every address. `oakmoor/3f9c2a71`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntryId {
    partnership: PartnershipId,
    head: String,
}

/// A string that is not an entry's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an entry id such as `oakmoor/3f9c2a71`")]
pub struct InvalidEntryId(pub String);

impl EntryId {
    /// The id of the publication whose first payload has this digest.
    #[must_use]
    pub fn new(partnership: PartnershipId, digest: &Digest) -> Self {
        Self {
            partnership,
            head: digest.head().to_owned(),
        }
    }

    /// Whose publication it is.
    #[must_use]
    pub fn partnership(&self) -> &PartnershipId {
        &self.partnership
    }
}

impl TryFrom<String> for EntryId {
    type Error = InvalidEntryId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_head = |head: &str| {
            head.len() == 8
                && head
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        };
        let parts = text.split_once('/').and_then(|(partnership, head)| {
            let partnership: PartnershipId = partnership.parse().ok()?;
            is_head(head).then(|| (partnership, head.to_owned()))
        });
        match parts {
            Some((partnership, head)) => Ok(Self { partnership, head }),
            None => Err(InvalidEntryId(text)),
        }
    }
}

impl std::str::FromStr for EntryId {
    type Err = InvalidEntryId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl From<EntryId> for String {
    fn from(id: EntryId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.partnership, self.head)
    }
}

/// One publication: a file or page, where and when it was seen, and what it
/// says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Permanent name.
    pub id: EntryId,
    /// The link as found on the partnership's page.
    pub url: Url,
    /// Where that ended.
    pub final_url: Url,
    /// Other addresses that gave the same bytes.
    pub also_at: Vec<Url>,
    /// Where links to it were found, best first.
    pub found: Vec<LinkContext>,
    /// What the bytes are.
    pub media_type: String,
    /// Names the newest bytes.
    pub digest: Digest,
    /// Number of pages.
    pub pages: u32,
    /// First capture.
    pub first_seen: Timestamp,
    /// Newest capture that still gave it.
    pub last_seen: Timestamp,
    /// First visit that no longer found it.
    pub gone_since: Option<Timestamp>,
    /// Versions of the reading and analysing rules that made this entry.
    pub rules: String,
    /// What it says, read together with the entries it belongs with: metadata
    /// completed, answers tied to the review's recommendations.
    pub analysis: Analysis,
    /// What it says by itself, where others changed the reading.
    #[serde(default)]
    pub alone: Option<Box<Analysis>>,
    /// To other entries.
    pub links: Vec<Link>,
}

/// How one entry belongs to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The other entry.
    pub to: EntryId,
    /// How it belongs.
    pub relation: Relation,
    /// Sentences by which a person can judge the link.
    pub because: Vec<String>,
    /// From 0 to 1.
    pub confidence: f32,
}

/// How one entry belongs to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A response to that review.
    RespondsTo,
    /// A summary of that review.
    Summarises,
    /// An older issue of that review, published again since.
    SupersededBy,
    /// Another edition of that review: another format or language, or the same
    /// report on another site.
    EditionOf,
}

impl Relation {
    /// Whether it is that of a response or summary to its review.
    #[must_use]
    pub fn is_belonging(self) -> bool {
        matches!(self, Self::RespondsTo | Self::Summarises)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entry_ids_survive_a_round_trip_and_refuse_what_they_cannot_name() {
        let id: EntryId = "oakmoor/3f9c2a71".parse().expect("a good id");
        assert_eq!(id.to_string(), "oakmoor/3f9c2a71");
        for bad in [
            "oakmoor",
            "Oakmoor/3f9c2a71",
            "oakmoor/3f9c2a7",
            "oakmoor/3f9c2a7g",
        ] {
            assert!(bad.parse::<EntryId>().is_err(), "{bad}");
        }
    }
}
