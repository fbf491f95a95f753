//! How a document leans: which themes its whole text speaks of more than
//! reviews do on average.
//!
//! In: the outline. Out: a figure for each theme, and the place that names it
//! most. A lesson that says "he" and "it" is understood by what surrounds it.

use crate::analyse::outline::Outline;
use crate::analyse::text;
use crate::analyse::themes::score;
use crate::model::document::Locator;
use crate::vocabulary::Vocabulary;

/// Added to a share before its ratio to the average is taken (`SMOOTH` of
/// `scripts/train-themes.py`).
const SMOOTH: f32 = 0.002;

/// How a document leans.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::analyse) struct Leaning {
    /// For each theme its share of the document's phrases.
    shares: Vec<f32>,
    /// For each theme the logarithm of its share over the average one.
    lifts: Vec<f32>,
    /// For each theme the block that names it most.
    places: Vec<Option<Locator>>,
}

impl Leaning {
    /// Reads the whole text of a document.
    pub(in crate::analyse) fn of(outline: &Outline<'_>, vocabulary: &Vocabulary) -> Self {
        let blocks = outline
            .blocks
            .iter()
            .map(|placed| (Some(placed.at), placed.block.text.as_str()));
        Self::of_blocks(blocks, vocabulary)
    }

    fn of_blocks<'a>(
        blocks: impl Iterator<Item = (Option<Locator>, &'a str)>,
        vocabulary: &Vocabulary,
    ) -> Self {
        let n = vocabulary.themes.len();
        let mut totals = vec![0.0_f32; n];
        let mut best: Vec<(f32, Option<Locator>)> = vec![(0.0, None); n];
        for (at, block) in blocks {
            let mut scores = vec![0.0_f32; n];
            for line in block.lines().flat_map(text::sentences) {
                let line = score::by_phrases(line, score::IN_BACKGROUND, vocabulary);
                for (score, more) in scores.iter_mut().zip(line) {
                    *score += more;
                }
            }
            for (theme, score) in scores.into_iter().enumerate() {
                totals[theme] += score;
                if score > best[theme].0 {
                    best[theme] = (score, at);
                }
            }
        }
        let all = totals.iter().sum::<f32>().max(f32::EPSILON);
        let shares: Vec<f32> = totals.into_iter().map(|total| total / all).collect();
        let lifts = shares
            .iter()
            .zip(&vocabulary.theme_weights.themes)
            .map(|(share, prior)| ((share + SMOOTH) / (prior.average + SMOOTH)).ln())
            .collect();
        let places = best.into_iter().map(|(_, at)| at).collect();
        Self {
            shares,
            lifts,
            places,
        }
    }

    /// The logarithm of a theme's share over the average one.
    pub(super) fn lift(&self, theme: usize) -> f32 {
        self.lifts[theme]
    }

    /// A theme's share of the document's phrases, from 0 to 1.
    pub(super) fn share(&self, theme: usize) -> f32 {
        self.shares[theme]
    }

    /// The block that names a theme most; `None` when none names it.
    pub(super) fn place(&self, theme: usize) -> Option<Locator> {
        self.places[theme]
    }

    /// How a text leans that has no places.
    #[cfg(test)]
    pub(super) fn of_text(text: &str, vocabulary: &Vocabulary) -> Self {
        Self::of_blocks(text.lines().map(|line| (None, line)), vocabulary)
    }
}
