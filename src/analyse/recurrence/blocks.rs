//! Which recommendations are worth comparing.
//!
//! In: the features of all. Out: pairs that share a rare feature, or two of
//! those that weigh most. Comparing each with each would take a hundred
//! thousand recommendations hours; most pairs share nothing that tells.

use std::collections::{BTreeSet, HashMap};

use crate::analyse::recurrence::features::Features;
use crate::analyse::recurrence::likeness::Rarity;

/// A feature that so few have is worth a comparison by itself.
const RARE: usize = 60;
/// So many of the weightiest features make keys, two at a time.
const WEIGHTIEST: usize = 7;
/// A key that more share tells nothing.
const MAX_SHARING: usize = 400;

/// Pairs worth comparing, each once, in order.
pub(super) fn candidates(all: &[Features], rarity: &Rarity) -> BTreeSet<(usize, usize)> {
    let mut sharing: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for (index, features) in all.iter().enumerate() {
        for key in keys(features, rarity) {
            sharing.entry(key).or_default().push(index);
        }
    }
    let mut pairs = BTreeSet::new();
    for members in sharing
        .values()
        .filter(|members| members.len() <= MAX_SHARING)
    {
        for (place, one) in members.iter().enumerate() {
            pairs.extend(members[place + 1..].iter().map(|other| (*one, *other)));
        }
    }
    pairs
}

/// What two recommendations may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Feature<'a> {
    Subject(usize),
    Word(&'a str),
}

/// One rare feature, or two together.
type Key<'a> = (Feature<'a>, Option<Feature<'a>>);

fn keys<'a>(features: &'a Features, rarity: &Rarity) -> Vec<Key<'a>> {
    let subjects = features.subjects.keys().map(|subject| {
        let feature = Feature::Subject(*subject);
        (feature, rarity.subject(*subject), rarity.n_about(*subject))
    });
    let words = features.words.iter().map(|word| {
        let feature = Feature::Word(word);
        (feature, rarity.word(word), rarity.n_with_word(word))
    });
    let mut weighed: Vec<(Feature<'a>, f32, usize)> = subjects.chain(words).collect();
    weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut keys: Vec<Key<'a>> = weighed
        .iter()
        .filter(|(_, _, count)| (2..=RARE).contains(count))
        .map(|(feature, _, _)| (*feature, None))
        .collect();
    // A word that nobody else has makes no pair.
    weighed.retain(|(_, _, count)| *count > 1);
    weighed.truncate(WEIGHTIEST);
    weighed.sort_by_key(|(feature, _, _)| *feature);
    for (place, (one, _, _)) in weighed.iter().enumerate() {
        for (other, _, _) in &weighed[place + 1..] {
            keys.push((*one, Some(*other)));
        }
    }
    keys
}
