//! Measures recurrences against pairs judged by hand.
//!
//! In: the text of a file of recommendations and judged pairs, and what the
//! rules say of its recommendations. Out: precision and recall for "same".

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::evaluate::EvaluateError;
use crate::model::recurrence::Degree;

/// Recommendations, and pairs of them judged by hand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedPairs {
    /// Where they are from and how they were judged.
    pub about: String,
    /// By name.
    pub recommendations: BTreeMap<String, JudgedRecommendation>,
    /// What is known of them.
    pub pairs: Vec<JudgedPair>,
}

/// A recommendation of such a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedRecommendation {
    /// The case that makes it.
    pub case: String,
    /// As printed.
    pub text: String,
}

/// Two recommendations and how alike they are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedPair {
    /// Name of one.
    pub one: String,
    /// Name of the other.
    pub other: String,
    /// How alike they are.
    pub judgement: Judgement,
    /// Why, in a sentence.
    pub because: String,
}

/// How alike two recommendations are, as a person judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    /// They ask for the same change.
    Same,
    /// They are about the same matter.
    Related,
    /// Neither.
    Different,
}

/// How the rules do on "same".
#[derive(Debug, Default, Serialize)]
pub struct RecurrenceScore {
    /// Pairs judged.
    pub pairs: usize,
    /// Said to be the same, and are.
    pub right: usize,
    /// Said to be the same, and are not.
    pub wrong: usize,
    /// Are the same, and not said to be.
    pub missed: usize,
    /// Share of those said to be the same that are.
    pub precision: f64,
    /// Share of the same that are said to be.
    pub recall: f64,
    /// Each pair that the rules judge otherwise, in a sentence.
    pub faults: Vec<String>,
}

impl JudgedPairs {
    /// Reads such a file.
    ///
    /// # Errors
    ///
    /// Fails when the text is not such a file, or a pair names a recommendation
    /// that is not in it.
    pub fn parse(text: &str) -> Result<Self, EvaluateError> {
        let judged: Self = serde_json::from_str(text).map_err(EvaluateError::Pairs)?;
        let names = judged
            .pairs
            .iter()
            .flat_map(|pair| [&pair.one, &pair.other]);
        for name in names {
            if !judged.recommendations.contains_key(name) {
                return Err(EvaluateError::Unnamed { name: name.clone() });
            }
        }
        Ok(judged)
    }

    /// Compares the judgements with the degrees that the rules give; `found` is
    /// asked for the names of each pair.
    pub fn score(&self, found: impl Fn(&str, &str) -> Option<Degree>) -> RecurrenceScore {
        let mut score = RecurrenceScore {
            pairs: self.pairs.len(),
            ..RecurrenceScore::default()
        };
        for pair in &self.pairs {
            let is_same = pair.judgement == Judgement::Same;
            let is_found = found(&pair.one, &pair.other) == Some(Degree::Same);
            let fault = match (is_same, is_found) {
                (true, true) => {
                    score.right += 1;
                    continue;
                }
                (false, false) => continue,
                (true, false) => {
                    score.missed += 1;
                    "missed"
                }
                (false, true) => {
                    score.wrong += 1;
                    "not the same"
                }
            };
            let JudgedPair {
                one,
                other,
                because,
                ..
            } = pair;
            score
                .faults
                .push(format!("{fault}: {one} and {other}. {because}"));
        }
        let share = |of: usize| score.right as f64 / of.max(1) as f64;
        score.precision = share(score.right + score.wrong);
        score.recall = share(score.right + score.missed);
        score
    }
}

impl fmt::Display for RecurrenceScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pairs,
            right,
            wrong,
            missed,
            precision,
            recall,
            ..
        } = self;
        write!(
            f,
            "same recommendation  precision {precision:.3}  recall {recall:.3}  ({right} right, {wrong} wrong, {missed} missed of {pairs} pairs)"
        )
    }
}
