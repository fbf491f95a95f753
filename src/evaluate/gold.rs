//! The known answers and the found ones, as far as they are compared.
//!
//! In: JSON. Out: [`Gold`] and [`Found`]. Keys that are missing or null count
//! as nothing found, so that any programme's export can be measured; keys that
//! are not compared are passed over.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

/// A corpus' known answers.
#[derive(Debug, Deserialize)]
pub(super) struct Gold {
    pub(super) documents: Vec<GoldDocument>,
}

/// One document of the corpus and what a perfect reader finds in it.
#[derive(Debug, Deserialize)]
pub(super) struct GoldDocument {
    pub(super) id: String,
    pub(super) site: String,
    /// Every address under which the site publishes it.
    pub(super) urls: Vec<String>,
    /// What made the file, e.g. `word` or `scan`.
    pub(super) render: Option<String>,
    #[serde(flatten)]
    pub(super) says: Said,
}

/// One document of the export.
#[derive(Debug, Deserialize)]
pub(super) struct Found {
    pub(super) url: Option<String>,
    pub(super) final_url: Option<String>,
    #[serde(default)]
    pub(super) confidence: Confidences,
    #[serde(flatten)]
    pub(super) says: Said,
}

/// How sure the facts of an exported document are; empty in the export of
/// programmes that do not say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Confidences {
    pub(super) kind: Option<f64>,
    pub(super) review_type: Option<f64>,
    pub(super) title: Option<f64>,
    pub(super) published: Option<f64>,
    pub(super) subjects: Vec<f64>,
    pub(super) criteria: Vec<f64>,
    pub(super) age_bands: Vec<f64>,
    pub(super) themes: Vec<f64>,
}

/// What a document says: known on one side, found on the other.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    pub(super) kind: Option<String>,
    pub(super) review_type: Option<String>,
    pub(super) title: Option<String>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) subjects: Vec<String>,
    pub(super) published: Option<String>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) criteria: Vec<String>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) age_bands: Vec<String>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) themes: Vec<String>,
    /// In gold the review's file name within the site, in an export its URL.
    pub(super) responds_to: Option<String>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) recommendations: Vec<Item>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) lessons: Vec<Item>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) good_practice: Vec<Item>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) responses: Vec<Answer>,
}

/// A recommendation, lesson or passage of good practice.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Item {
    pub(super) id: Option<String>,
    pub(super) text: Option<String>,
    pub(super) page: Option<i64>,
    pub(super) confidence: Option<f64>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) to: Vec<String>,
    #[serde(deserialize_with = "or_empty")]
    pub(super) themes: Vec<String>,
}

/// What a response says about one recommendation.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    pub(super) recommendation: Option<String>,
    /// By name of the part; an export may give a part as null.
    #[serde(deserialize_with = "or_empty")]
    pub(super) parts: BTreeMap<String, Option<String>>,
    pub(super) status: Option<String>,
}

impl Said {
    /// Whether it is of this kind.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.as_deref() == Some(kind)
    }
}

/// Null is an empty collection.
fn or_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
