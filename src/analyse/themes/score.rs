//! How strongly a text speaks for each theme, by its phrases and by its words.
//!
//! In: a text. Out: one figure for each theme of the vocabulary. The learnt
//! weights that turn figures into a judgement are applied in `super`.

use std::collections::BTreeMap;

use crate::vocabulary::lexicon::{Folded, Hit};
use crate::vocabulary::{Force, ThemePhrase, Vocabulary};

/// Letters of a word that count (`STEM` of `scripts/train-themes.py`).
const STEM: usize = 7;

/// How much a hint says, against 1 for a term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HintWeight(pub(super) f32);

/// In an item, every word has been weighed.
pub(super) const IN_ITEM: HintWeight = HintWeight(0.4);
/// In running text, hints are mostly chance.
pub(super) const IN_BACKGROUND: HintWeight = HintWeight(0.2);

/// How strongly the phrases of a text speak for each theme. Of phrases of one
/// theme that overlap the longest counts; a phrase said often counts as the
/// root of its number.
pub(super) fn by_phrases(text: &str, hint: HintWeight, vocabulary: &Vocabulary) -> Vec<f32> {
    let folded = Folded::new(text);
    let mut scores = vec![0.0; vocabulary.themes.len()];
    // In one order, so that sums are the same each time.
    let mut counts: BTreeMap<(ThemePhrase, &str), f32> = BTreeMap::new();
    for hit in longest_of_each_theme(&folded, text, vocabulary) {
        *counts
            .entry((*hit.value, &folded.text[hit.range]))
            .or_default() += 1.0;
    }
    for ((phrase, _), count) in counts {
        let weight = match phrase.force {
            Force::Term => 1.0,
            Force::Hint => hint.0,
            Force::Not => 0.0,
        };
        scores[phrase.theme] += weight * count.sqrt();
    }
    scores
}

fn longest_of_each_theme<'v>(
    folded: &Folded,
    text: &str,
    vocabulary: &'v Vocabulary,
) -> Vec<Hit<'v, ThemePhrase>> {
    let mut hits = vocabulary.phrases.themes.find(folded, text);
    hits.sort_by_key(|hit| {
        (
            hit.value.theme,
            hit.range.start,
            std::cmp::Reverse(hit.range.end),
        )
    });
    let mut last = (usize::MAX, 0);
    hits.retain(|hit| {
        let is_kept = hit.value.theme != last.0 || hit.range.start >= last.1;
        if is_kept {
            last = (hit.value.theme, hit.range.end);
        }
        is_kept
    });
    hits
}

/// How strongly the words of a text speak for each theme, as learnt.
pub(super) fn by_words(text: &str, vocabulary: &Vocabulary) -> Vec<f32> {
    let weights = &vocabulary.theme_weights;
    let mut counts: BTreeMap<String, f32> = BTreeMap::new();
    for stem in stems(text) {
        *counts.entry(stem).or_default() += 1.0;
    }
    let known: Vec<_> = counts
        .iter()
        .filter_map(|(stem, count)| {
            let word = weights.words.get(stem)?;
            Some((word, (1.0 + count.ln()) * word.idf))
        })
        .collect();
    let length = known.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
    let mut scores: Vec<f32> = weights.themes.iter().map(|prior| prior.items).collect();
    for (word, x) in known {
        for (theme, weight) in &word.themes {
            scores[*theme] += weight * x / length.max(f32::EPSILON);
        }
    }
    scores
}

/// The first letters of each word of more than two.
fn stems(text: &str) -> impl Iterator<Item = String> {
    let folded = text.to_lowercase().replace('’', "'");
    let words: Vec<String> = folded
        .split(|c: char| !(c.is_alphabetic() || c == '\''))
        .map(|word| word.strip_suffix("'s").unwrap_or(word).replace('\'', ""))
        .filter(|word| word.chars().count() > 2)
        .map(|word| word.chars().take(STEM).collect())
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_the_first_letters_of_words() {
        let stems: Vec<String> = stems("The child’s 3 assessments, don't").collect();
        assert_eq!(stems, ["the", "child", "assessm", "dont"]);
    }

    #[test]
    fn the_longest_phrase_of_a_theme_counts_once() {
        let vocabulary = Vocabulary::load().expect("index/ is valid");
        let neglect = theme("neglect", &vocabulary);
        let one = by_phrases("the graded care profile", IN_ITEM, &vocabulary)[neglect];
        let two = by_phrases(
            "the graded care profile and the graded care profile",
            IN_ITEM,
            &vocabulary,
        )[neglect];
        assert!((one - 1.0).abs() < 1e-6, "{one}");
        assert!((two - 2_f32.sqrt()).abs() < 1e-6, "{two}");
    }

    #[test]
    fn a_phrase_that_means_something_else_does_not_count() {
        let vocabulary = Vocabulary::load().expect("index/ is valid");
        let neglect = theme("neglect", &vocabulary);
        let score = by_phrases("self-neglect", IN_ITEM, &vocabulary)[neglect];
        assert!(score.abs() < 1e-6, "{score}");
    }

    fn theme(id: &str, vocabulary: &Vocabulary) -> usize {
        let place = vocabulary
            .themes
            .iter()
            .position(|term| term.id.as_str() == id);
        place.expect("a theme")
    }
}
