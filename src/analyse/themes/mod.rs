//! What lessons and recommendations, and whole reviews, are about.
//!
//! In: a text with the headings above it, or a document's outline with its
//! items. Out: themes, each with a confidence and the sentence or place that
//! speaks for it. Mentioned is not substantive: a theme has to outweigh the
//! others of the same text.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::analyse::outline::Outline;
use crate::analyse::text;
use crate::model::analysis::{Cited, Source};
use crate::model::document::Locator;
use crate::model::ids::TermId;
use crate::vocabulary::lexicon::Folded;
use crate::vocabulary::{Force, Vocabulary};

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

/// An item as far as the themes of its document are concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed<'a> {
    /// Where it begins.
    pub(super) at: Locator,
    /// Its themes, the surest first.
    pub(super) themes: &'a [ItemTheme],
}

/// Most themes of one item.
const MAX_OF_ITEM: usize = 3;
/// Fewest and most themes of one document.
const OF_DOCUMENT: std::ops::RangeInclusive<usize> = 3..=9;

/// The one to three themes that an item is about, the surest first.
pub(super) fn of_item(text: &str, headings: &[&str], vocabulary: &Vocabulary) -> Vec<ItemTheme> {
    let mut scores = scores(text, vocabulary);
    if let Some(heading) = headings.last() {
        for (theme, score) in self::scores(heading, vocabulary) {
            *scores.entry(theme).or_default() += 0.5 * score;
        }
    }
    let mut ranked: Vec<(usize, f32)> = scores.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let best = ranked.first().map_or(0.0, |(_, score)| *score);
    ranked.retain(|(_, score)| *score >= 0.6 * best);
    ranked.truncate(MAX_OF_ITEM);
    ranked
        .into_iter()
        .map(|(theme, score)| ItemTheme {
            theme: vocabulary.themes[theme].id.clone(),
            confidence: (score / (score + 1.0)).clamp(0.0, 1.0),
            evidence: evidence(text, theme, vocabulary),
        })
        .collect()
}

/// The three to nine themes that a document is about, the weightiest first,
/// each with the place that speaks for it most.
pub(super) fn of_document(
    outline: &Outline,
    items: &[Weighed],
    vocabulary: &Vocabulary,
) -> Vec<Cited<TermId>> {
    let mut weights: HashMap<TermId, (f32, f32, Locator)> = HashMap::new();
    let mut add = |theme: &TermId, weight: f32, at: Locator| {
        let entry = weights.entry(theme.clone()).or_insert((0.0, 0.0, at));
        entry.0 += weight;
        if weight > entry.1 {
            (entry.1, entry.2) = (weight, at);
        }
    };
    for item in items {
        for theme in item.themes {
            add(&theme.theme, theme.confidence, item.at);
        }
    }
    for placed in outline
        .blocks
        .iter()
        .filter(|placed| items.is_empty() || placed.is_heading)
    {
        for (theme, score) in scores(&placed.block.text, vocabulary) {
            add(&vocabulary.themes[theme].id, 0.2 * score, placed.at);
        }
    }
    let mut ranked: Vec<_> = weights.into_iter().collect();
    ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let best = ranked.first().map_or(0.0, |(_, weight)| weight.0);
    ranked
        .into_iter()
        .enumerate()
        .filter(|(rank, (_, weight))| rank < OF_DOCUMENT.start() || weight.0 >= 0.3 * best)
        .take(*OF_DOCUMENT.end())
        .map(|(_, (value, weight))| Cited {
            value,
            source: Source::Text(weight.2),
            confidence: (weight.0 / best.max(f32::EPSILON)).clamp(0.0, 1.0),
        })
        .collect()
}

/// How strongly the phrases of a text speak for each theme.
fn scores(text: &str, vocabulary: &Vocabulary) -> HashMap<usize, f32> {
    let folded = Folded::new(text);
    let mut scores: HashMap<usize, f32> = HashMap::new();
    for hit in vocabulary.phrases.themes.find(&folded, text) {
        let weight = match hit.value.force {
            Force::Term => 1.0,
            Force::Hint => 0.4,
            Force::Not => -1.0,
        };
        *scores.entry(hit.value.theme).or_default() += weight;
    }
    scores.retain(|_, score| *score > 0.0);
    scores
}

/// The sentence of a text that speaks for a theme most.
fn evidence(text: &str, theme: usize, vocabulary: &Vocabulary) -> String {
    let weight = |sentence: &&str| {
        let scores = scores(sentence, vocabulary);
        (scores.get(&theme).copied().unwrap_or_default() * 100.0) as i32
    };
    // The first of equals: `max_by_key` would give the last.
    let sentences = text::sentences(text);
    sentences
        .into_iter()
        .rev()
        .max_by_key(weight)
        .unwrap_or_default()
        .to_owned()
}
