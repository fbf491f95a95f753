//! What lessons and recommendations, and whole reviews, are about.
//!
//! In: the text of an item and how its document leans, or a document with its
//! items. Out: themes, each with a confidence and the sentence or place that
//! speaks for it. Mentioned is not substantive: a theme has to outweigh the
//! others of the same text.
//!
//! The judgement is a logistic regression over a handful of figures (what the
//! phrases say, what the words say, what the text means, how the document
//! leans), with weights learnt from coded reviews: `docs/theme-model.md`.

mod leaning;
mod score;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::analyse::text;
use crate::model::analysis::{Cited, Source};
use crate::model::document::Locator;
use crate::model::ids::TermId;
use crate::vocabulary::Vocabulary;

pub(super) use leaning::Leaning;

/// A theme of an item.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ItemTheme {
    /// A term of `index/themes.toml`.
    pub(super) theme: TermId,
    /// From 0 to 1.
    pub(super) confidence: f32,
    /// The sentence of the item that speaks for it most.
    pub(super) evidence: String,
}

/// What an item is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ItemThemes {
    /// One to three, the surest first.
    pub(super) themes: Vec<ItemTheme>,
    /// For each theme of the vocabulary how likely it is, from 0 to 1.
    likely: Vec<f32>,
}

/// An item as far as the themes of its document are concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed<'a> {
    /// Where it begins.
    pub(super) at: Locator,
    /// What it is about.
    pub(super) about: &'a ItemThemes,
}

/// How many themes an item or a document has.
#[derive(Debug, Clone, Copy)]
struct Limits {
    fewest: usize,
    most: usize,
}

const OF_ITEM: Limits = Limits { fewest: 1, most: 3 };
const OF_DOCUMENT: Limits = Limits { fewest: 3, most: 9 };

/// The one to three themes that an item is about.
pub(super) fn of_item(text: &str, leaning: &Leaning, vocabulary: &Vocabulary) -> ItemThemes {
    let logits = item_logits(text, leaning, vocabulary);
    let least = weight(&vocabulary.theme_weights.item, "least");
    let themes = chosen(&logits, least, OF_ITEM, vocabulary)
        .into_iter()
        .map(|theme| ItemTheme {
            theme: vocabulary.themes[theme].id.clone(),
            confidence: sigmoid(logits[theme]),
            evidence: evidence(text, theme, vocabulary),
        })
        .collect();
    let likely = logits.into_iter().map(sigmoid).collect();
    ItemThemes { themes, likely }
}

/// The three to nine themes that a document is about, the weightiest first,
/// each with the place that speaks for it most: the item that is about it, else
/// the passage that names it most.
pub(super) fn of_document(
    title: &str,
    leaning: &Leaning,
    items: &[Weighed<'_>],
    vocabulary: &Vocabulary,
) -> Vec<Cited<TermId>> {
    let logits = document_logits(title, leaning, items, vocabulary);
    let least = weight(&vocabulary.theme_weights.document, "least");
    chosen(&logits, least, OF_DOCUMENT, vocabulary)
        .into_iter()
        .filter_map(|theme| {
            let item = items
                .iter()
                .max_by(|a, b| a.about.likely[theme].total_cmp(&b.about.likely[theme]))
                .filter(|item| item.about.names(&vocabulary.themes[theme].id));
            let at = item.map(|item| item.at).or(leaning.place(theme))?;
            Some(Cited {
                value: vocabulary.themes[theme].id.clone(),
                source: Source::Text(at),
                confidence: sigmoid(logits[theme]),
            })
        })
        .collect()
}

impl ItemThemes {
    fn names(&self, theme: &TermId) -> bool {
        self.themes.iter().any(|named| named.theme == *theme)
    }
}

/// The log odds of each theme of an item.
fn item_logits(text: &str, leaning: &Leaning, vocabulary: &Vocabulary) -> Vec<f32> {
    let weights = &vocabulary.theme_weights.item;
    let phrases = score::by_phrases(text, score::Place::Item, vocabulary);
    let words = score::by_words(text, vocabulary);
    let meaning = score::by_meaning(text, vocabulary);
    let most = phrases.iter().copied().fold(f32::EPSILON, f32::max);
    let all = phrases.iter().sum::<f32>().max(f32::EPSILON);
    let best_words = words.iter().copied().fold(f32::MIN, f32::max);
    (0..vocabulary.themes.len())
        .map(|theme| {
            let practice = is_practice(theme, vocabulary);
            let lift = leaning.lift(theme);
            sum(
                weights,
                &[
                    ("one", 1.0),
                    ("practice", practice),
                    ("phrases", phrases[theme].ln_1p()),
                    ("of_best", phrases[theme] / most),
                    ("of_all", phrases[theme] / all),
                    ("leaning_practice", lift * practice),
                    ("leaning_other", lift * (1.0 - practice)),
                    ("words", words[theme]),
                    ("words_to_best", words[theme] - best_words),
                    ("meaning", meaning[theme]),
                ],
            )
        })
        .collect()
}

/// The log odds of each theme of a document.
fn document_logits(
    title: &str,
    leaning: &Leaning,
    items: &[Weighed<'_>],
    vocabulary: &Vocabulary,
) -> Vec<f32> {
    let weights = &vocabulary.theme_weights.document;
    let title = score::by_phrases(title, score::Place::Item, vocabulary);
    (0..vocabulary.themes.len())
        .map(|theme| {
            let likely = items.iter().map(|item| item.about.likely[theme]);
            let mean = likely.clone().sum::<f32>() / items.len().max(1) as f32;
            sum(
                weights,
                &[
                    ("one", 1.0),
                    ("practice", is_practice(theme, vocabulary)),
                    ("items_mean", mean.sqrt()),
                    ("items_best", likely.fold(0.0, f32::max)),
                    ("leaning", leaning.lift(theme)),
                    ("share", leaning.share(theme).sqrt()),
                    ("title", title[theme].min(1.0)),
                ],
            )
        })
        .collect()
}

/// The themes whose log odds are at least this, within the limits, the surest
/// first. Themes that the weights were not learnt for have to be more likely
/// than not.
fn chosen(logits: &[f32], least: f32, limits: Limits, vocabulary: &Vocabulary) -> Vec<usize> {
    let mut ranked: Vec<usize> = (0..logits.len()).collect();
    ranked.sort_by(|a, b| logits[*b].total_cmp(&logits[*a]));
    let is_learnt = |theme: &usize| vocabulary.themes[*theme].scored;
    let mut themes: Vec<usize> = ranked
        .iter()
        .copied()
        .filter(is_learnt)
        .enumerate()
        .filter(|(rank, theme)| *rank < limits.fewest || logits[*theme] >= least)
        .map(|(_, theme)| theme)
        .take(limits.most)
        .collect();
    let others = ranked
        .into_iter()
        .filter(|theme| !is_learnt(theme) && logits[*theme] >= 0.0);
    themes.extend(others.take(limits.most - themes.len()));
    themes
}

/// The sentence of a text that speaks for a theme most; the first of equals.
fn evidence(text: &str, theme: usize, vocabulary: &Vocabulary) -> String {
    let weight = |sentence: &str| {
        score::by_phrases(sentence, score::Place::Item, vocabulary)[theme]
            + score::by_words(sentence, vocabulary)[theme]
    };
    let mut best = ("", f32::MIN);
    for sentence in text::sentences(text) {
        let weight = weight(sentence);
        if weight > best.1 {
            best = (sentence, weight);
        }
    }
    best.0.to_owned()
}

fn is_practice(theme: usize, vocabulary: &Vocabulary) -> f32 {
    let family = vocabulary.themes[theme].family.as_deref();
    f32::from(u8::from(family == Some("practice")))
}

fn sum(weights: &HashMap<String, f32>, features: &[(&str, f32)]) -> f32 {
    features
        .iter()
        .map(|(name, value)| weight(weights, name) * value)
        .sum()
}

fn weight(weights: &HashMap<String, f32>, name: &str) -> f32 {
    weights.get(name).copied().unwrap_or_default()
}

fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}
