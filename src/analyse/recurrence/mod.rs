//! Which recommendations of different cases ask for the same thing.
//!
//! In: recommendations, each with the case that makes it, its themes and
//! addressees. Out: the pairs that are alike, each with its degree and reasons,
//! and [`clusters`] of those that ask for the same, each with a representative
//! wording. The order of the recommendations makes no difference.
//!
//! Precision comes first: a recurrence that is none misleads more than one that
//! is missed.

mod blocks;
mod clusters;
mod features;
mod likeness;
mod remedies;
mod subjects;

pub use self::clusters::{Cluster, clusters};
use self::features::Features;
use self::likeness::Rarity;
use crate::model::ids::TermId;
use crate::model::recurrence::Degree;

/// Likeness from which two recommendations ask for the same change.
const SAME: f32 = 0.255;
/// Likeness from which they are about the same matter.
const RELATED: f32 = 0.2;

/// A recommendation, to be compared.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// As printed.
    pub text: &'a str,
    /// The case that makes it: recommendations of one case do not recur.
    pub case: usize,
    /// Terms of `index/themes.toml`.
    pub themes: &'a [TermId],
    /// Terms of `index/agencies.toml`.
    pub to: &'a [TermId],
}

/// Two recommendations that are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Index of one.
    pub one: usize,
    /// Index of the other; greater than `one`.
    pub other: usize,
    /// How alike they are.
    pub degree: Degree,
    /// From 0 to 1.
    pub likeness: f32,
    /// Sentences by which a person can judge it.
    pub because: Vec<String>,
}

/// Every pair of different cases that is alike, by index.
///
/// Pairs are looked for among those that share something rare, so that time
/// grows with the number of recommendations and not with its square.
#[must_use]
pub fn recurrences(asked: &[Asked<'_>]) -> Vec<Alike> {
    let features: Vec<Features> = asked.iter().map(|one| Features::of(one.text)).collect();
    let rarity = Rarity::of(&features);
    let mut alike = Vec::new();
    for (one, other) in blocks::candidates(&features, &rarity) {
        if asked[one].case == asked[other].case {
            continue;
        }
        let judged = likeness::judge(
            (&asked[one], &features[one]),
            (&asked[other], &features[other]),
            &rarity,
        );
        let degree = if judged.likeness >= SAME {
            Degree::Same
        } else if judged.likeness >= RELATED {
            Degree::Related
        } else {
            continue;
        };
        alike.push(Alike {
            one,
            other,
            degree,
            likeness: judged.likeness.min(1.0),
            because: judged.because(),
        });
    }
    alike
}

#[cfg(test)]
mod tests;
