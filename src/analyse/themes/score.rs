//! How strongly a text speaks for each theme, by its phrases, by its words and
//! by what it means.
//!
//! In: a text. Out: one figure for each theme of the vocabulary. The learnt
//! weights that turn figures into a judgement are applied in `super`.

use std::collections::BTreeMap;

use crate::meaning;
use crate::vocabulary::lexicon::{Folded, Hit};
use crate::vocabulary::{Force, ThemePhrase, Vocabulary};

/// Letters of a word that count (`STEM` of `scripts/train-themes.py`).
const STEM: usize = 7;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In an item or a title, where every word has been weighed.
    Item,
    /// In running text, where hints are mostly chance.
    Background,
}

/// What a hint says in running text, against one in an item
/// (`BACKGROUND_HINT` of `scripts/train-themes.py`).
const BACKGROUND_HINT: f32 = 0.5;

/// How strongly the phrases of a text speak for each theme. Of phrases of one
/// theme that overlap the longest counts; a phrase said often counts as the
/// root of its number.
pub(super) fn by_phrases(text: &str, place: Place, vocabulary: &Vocabulary) -> Vec<f32> {
    let folded = Folded::new(text);
    let mut scores = vec![0.0; vocabulary.themes.len()];
    // In one order, so that sums are the same each time.
    let mut counts: BTreeMap<(ThemePhrase, &str), f32> = BTreeMap::new();
    for hit in longest_of_each_theme(&folded, text, vocabulary) {
        *counts
            .entry((*hit.value, &folded.text[hit.range]))
            .or_default() += 1.0;
    }
    for ((phrase, found), count) in counts {
        scores[phrase.theme] += weight(phrase, found, place, vocabulary) * count.sqrt();
    }
    scores
}

/// What a phrase says for its theme: as learnt, else as its list does on
/// average.
fn weight(phrase: ThemePhrase, found: &str, place: Place, vocabulary: &Vocabulary) -> f32 {
    let weights = &vocabulary.theme_weights;
    let learnt = weights.phrases.get(found).and_then(|known| {
        let of_theme = known.iter().find(|(theme, _)| *theme == phrase.theme);
        of_theme.map(|(_, weight)| *weight)
    });
    let of_hints = weights.item.get("hint").copied().unwrap_or_default();
    match (phrase.force, place) {
        (Force::Not, _) => 0.0,
        (Force::Term, _) => learnt.unwrap_or(1.0),
        (Force::Hint, Place::Item) => learnt.unwrap_or(of_hints),
        (Force::Hint, Place::Background) => learnt.unwrap_or(of_hints) * BACKGROUND_HINT,
    }
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

/// How likely each theme is by what a text means: the logarithm of its share.
/// Without a known word, or a table of meanings, every text has the shares of
/// an average one.
pub(super) fn by_meaning(text: &str, vocabulary: &Vocabulary) -> Vec<f32> {
    let meaning = meaning::table().and_then(|table| table.meaning(text));
    let meaning = meaning.unwrap_or([0; meaning::DIMENSIONS]);
    let mut scores: Vec<f32> = (vocabulary.theme_weights.meanings.iter())
        .map(|theme| {
            let products = theme.weights.iter().zip(meaning);
            let sum: f32 = products
                .map(|(weight, number)| weight * f32::from(number))
                .sum();
            sum / 127.0 + theme.bias
        })
        .collect();
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let all = scores.iter().map(|score| (score - most).exp()).sum::<f32>();
    for score in &mut scores {
        *score -= most + all.ln();
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
        let one = by_phrases("the graded care profile", Place::Item, &vocabulary)[neglect];
        let two = by_phrases(
            "the graded care profile and the graded care profile",
            Place::Item,
            &vocabulary,
        )[neglect];
        assert!(one > 0.0, "{one}");
        assert!((two - one * 2_f32.sqrt()).abs() < 1e-5, "{two}");
    }

    #[test]
    fn a_phrase_that_stands_everywhere_says_little() {
        let vocabulary = Vocabulary::load().expect("index/ is valid");
        let pregnancy = theme("concealed-pregnancy", &vocabulary);
        let score = |text| by_phrases(text, Place::Item, &vocabulary)[pregnancy];
        let (plain, wide) = (score("a concealed pregnancy"), score("pregnancies"));
        assert!(plain > wide, "{plain} and {wide}");
    }

    #[test]
    fn a_phrase_that_means_something_else_does_not_count() {
        let vocabulary = Vocabulary::load().expect("index/ is valid");
        let neglect = theme("neglect", &vocabulary);
        let score = by_phrases("self-neglect", Place::Item, &vocabulary)[neglect];
        assert!(score.abs() < 1e-6, "{score}");
    }

    #[test]
    fn a_text_is_about_what_texts_of_its_meaning_are_about() {
        let vocabulary = Vocabulary::load().expect("index/ is valid");
        let scores = by_meaning("Nobody spoke to the dad on his own", &vocabulary);
        let fathers = theme("fathers-and-male-carers", &vocabulary);
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
        assert_eq!(best, Some(fathers));
        let whole: f32 = scores.iter().map(|score| score.exp()).sum();
        assert!((whole - 1.0).abs() < 1e-3, "{whole}");
    }

    #[test]
    fn every_theme_has_a_weight_for_each_number_of_a_meaning() {
        let vocabulary = Vocabulary::load().expect("index/ is valid");
        for theme in &vocabulary.theme_weights.meanings {
            assert_eq!(theme.weights.len(), meaning::DIMENSIONS);
        }
    }

    fn theme(id: &str, vocabulary: &Vocabulary) -> usize {
        let place = vocabulary
            .themes
            .iter()
            .position(|term| term.id.as_str() == id);
        place.expect("a theme")
    }
}
