//! How alike two recommendations are, and why.
//!
//! In: the features of two, and how rare each feature is. Out: [`Judged`]: a
//! number and what speaks for it. What they are about weighs by its rarity;
//! that they ask for the same kind of thing, of the same services, strengthens
//! it, and that they ask for different things weakens it.

use std::collections::{BTreeSet, HashMap};

use crate::analyse::recurrence::features::Features;
use crate::analyse::recurrence::{Asked, remedies, subjects};
use crate::model::ids::TermId;

/// How much a matter counts beside a word.
const OF_SUBJECT: f32 = 1.6;
/// Share of recommendations taken to be about each broad matter.
const BROAD: f32 = 0.04;
/// How much a word counts.
const OF_WORD: f32 = 0.8;
/// Recommendations whose words tell less are not more alike for it.
const LEAST_TELLING: f32 = 40.0;
/// The same for the shorter of two.
const LEAST_OF_SHORTER: f32 = 70.0;
/// What is left of a likeness without a matter in common.
const WORDS_ALONE: f32 = 0.5;
/// With fewer words beside it one broad matter says little.
const TELLING_WORDS: usize = 2;
/// What is left of a likeness that is nothing but one broad matter.
const BROAD_ALONE: f32 = 0.6;
/// With fewer recommendations rarity is counted as among so many.
const LEAST_TOTAL: f32 = 260.0;
/// Most words given as a reason.
const MAX_WORDS: usize = 5;

/// How rare matters and words are among all recommendations.
#[derive(Debug)]
pub(super) struct Rarity {
    subjects: HashMap<usize, usize>,
    words: HashMap<String, usize>,
    total: f32,
}

impl Rarity {
    /// Counts matters and words.
    pub(super) fn of(all: &[Features]) -> Self {
        let mut rarity = Self {
            subjects: HashMap::new(),
            words: HashMap::new(),
            total: LEAST_TOTAL.max(all.len() as f32),
        };
        for features in all {
            for subject in features.subjects.keys() {
                *rarity.subjects.entry(*subject).or_default() += 1;
            }
            for word in &features.words {
                *rarity.words.entry(word.clone()).or_default() += 1;
            }
        }
        rarity
    }

    /// Weight of a matter.
    pub(super) fn subject(&self, subject: usize) -> f32 {
        let everywhere = if subjects::is_broad(subject) {
            BROAD * self.total
        } else {
            0.0
        };
        OF_SUBJECT * self.weight(self.n_about(subject) as f32 + everywhere)
    }

    /// Weight of a word.
    pub(super) fn word(&self, word: &str) -> f32 {
        OF_WORD * self.weight(self.n_with_word(word) as f32)
    }

    /// How many recommendations have this word.
    pub(super) fn n_with_word(&self, word: &str) -> usize {
        self.words.get(word).copied().unwrap_or(0)
    }

    /// How many recommendations are about this matter.
    pub(super) fn n_about(&self, subject: usize) -> usize {
        self.subjects.get(&subject).copied().unwrap_or(0)
    }

    /// Log of how rare it is; as rare as it gets among [`LEAST_TOTAL`].
    fn weight(&self, count: f32) -> f32 {
        let share = (count + 0.5) / (self.total + 1.0);
        (1.0 / share.max(1.0 / LEAST_TOTAL)).ln()
    }

    /// The sum of squares of all that a recommendation is made of.
    fn telling(&self, features: &Features) -> f32 {
        let subjects = features.subjects.keys().map(|s| self.subject(*s).powi(2));
        let words = features.words.iter().map(|w| self.word(w).powi(2));
        subjects.sum::<f32>() + words.sum::<f32>()
    }
}

/// How alike two recommendations are.
#[derive(Debug)]
pub(super) struct Judged {
    /// From 0; above 1 for repetitions.
    pub(super) likeness: f32,
    subjects: Vec<usize>,
    words: Vec<String>,
    remedies: Vec<usize>,
    shares_addressee: bool,
}

/// Weighs what two recommendations have in common.
pub(super) fn judge(
    (one, a): (&Asked<'_>, &Features),
    (other, b): (&Asked<'_>, &Features),
    rarity: &Rarity,
) -> Judged {
    let shared: Vec<(usize, f32)> = a
        .subjects
        .iter()
        .filter_map(|(subject, central)| {
            Some((*subject, by_place(*central, *b.subjects.get(subject)?)))
        })
        .collect();
    let subjects: Vec<usize> = shared.iter().map(|(subject, _)| *subject).collect();
    let words: Vec<&String> = a.words.intersection(&b.words).collect();
    let remedies: Vec<usize> = a
        .remedies
        .keys()
        .filter(|remedy| b.remedies.contains_key(remedy))
        .copied()
        .collect();
    let common: f32 = shared
        .iter()
        .map(|(s, place)| place * rarity.subject(*s).powi(2))
        .sum::<f32>()
        + words.iter().map(|w| rarity.word(w).powi(2)).sum::<f32>();
    let (of_a, of_b) = (rarity.telling(a), rarity.telling(b));
    let by_both = common / (of_a.max(LEAST_TELLING) * of_b.max(LEAST_TELLING)).sqrt();
    let by_shorter = common / of_a.min(of_b).max(LEAST_OF_SHORTER);
    // Words by which a matter was found say nothing beyond it.
    let mut own: Vec<String> = words
        .into_iter()
        .filter(|word| !is_of_subject(word, &subjects))
        .cloned()
        .collect();
    own.sort_by(|x, y| rarity.word(y).total_cmp(&rarity.word(x)).then(x.cmp(y)));
    let evidence = subjects.len() as f32 + 0.5 * own.len() as f32;
    let is_bare = own.len() < TELLING_WORDS;
    let by_subject = match subjects.as_slice() {
        [] => WORDS_ALONE,
        [only] if is_bare && subjects::is_broad(*only) => BROAD_ALONE,
        _ => 1.0,
    };
    let likeness = f32::midpoint(by_both, by_shorter)
        * by_subject
        * (0.7 + 0.15 * evidence).min(1.15)
        * by_remedy(a, b)
        * by_terms(one.themes, other.themes, 1.08, 0.88)
        * by_terms(one.to, other.to, 1.05, 0.92);
    Judged {
        likeness,
        subjects,
        words: own,
        remedies,
        shares_addressee: one.to.iter().any(|term| other.to.contains(term)),
    }
}

/// A matter counts in full where both open with it.
fn by_place(one_opens: bool, other_opens: bool) -> f32 {
    match (one_opens, other_opens) {
        (true, true) => 1.0,
        (false, false) => 0.3,
        _ => 0.5,
    }
}

/// Asking for the same kind of thing strengthens, most where both open with it;
/// asking for other things weakens.
fn by_remedy(a: &Features, b: &Features) -> f32 {
    let opens = |features: &Features| features.remedies.values().filter(|opens| **opens).count();
    let common = a
        .remedies
        .iter()
        .filter_map(|(remedy, opens)| Some(*opens && *b.remedies.get(remedy)?));
    let common: Vec<bool> = common.collect();
    let in_both = common.iter().filter(|opens| **opens).count();
    if in_both > 0 {
        return 0.8 + 0.3 * in_both as f32 / opens(a).min(opens(b)) as f32;
    }
    let open_otherwise = opens(a) > 0 && opens(b) > 0;
    match (common.is_empty(), open_otherwise) {
        (true, true) => 0.5,
        (true, false) if !a.remedies.is_empty() && !b.remedies.is_empty() => 0.6,
        (false, true) => 0.8,
        _ => 0.9,
    }
}

fn by_terms(one: &[TermId], other: &[TermId], shared: f32, disjoint: f32) -> f32 {
    if one.is_empty() || other.is_empty() {
        1.0
    } else if one.iter().any(|term| other.contains(term)) {
        shared
    } else {
        disjoint
    }
}

fn is_of_subject(word: &str, of: &[usize]) -> bool {
    let head: String = word.chars().take(5).collect();
    of.iter().any(|subject| subjects::holds(*subject, &head))
}

impl Judged {
    /// What speaks for the likeness, in sentences.
    pub(super) fn because(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        if !self.subjects.is_empty() {
            let about: BTreeSet<&str> = self.subjects.iter().map(|s| subjects::label(*s)).collect();
            reasons.push(format!("Both are about {}.", list(about)));
        }
        if !self.remedies.is_empty() {
            let asked: BTreeSet<&str> = self.remedies.iter().map(|r| remedies::label(*r)).collect();
            reasons.push(format!("Both ask for {}.", list(asked)));
        }
        if !self.words.is_empty() {
            let words = self.words.iter().take(MAX_WORDS);
            let words: Vec<String> = words.map(|word| format!("“{word}…”")).collect();
            reasons.push(format!("Both use rarer words: {}.", words.join(", ")));
        }
        if self.shares_addressee {
            reasons.push("Both are addressed to the same kind of service.".to_owned());
        }
        reasons
    }
}

fn list(words: BTreeSet<&str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}
