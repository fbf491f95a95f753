//! What was learnt about themes: how much phrases, words, meanings and the rest
//! of a document say.
//!
//! In: `index/theme-weights.tsv`, written by `scripts/train-themes.py`. Out:
//! [`ThemeWeights`], checked against the themes. `docs/theme-model.md` tells
//! what the model is; `analyse` applies it.

use std::collections::HashMap;

use crate::model::load_error::LoadError;
use crate::vocabulary::Term;

/// The learnt weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ThemeWeights {
    /// Of an item's features, by name.
    pub item: HashMap<String, f32>,
    /// Of a document's features, by name.
    pub document: HashMap<String, f32>,
    /// One for each theme, in the order of the vocabulary.
    pub themes: Vec<ThemePrior>,
    /// By the phrase as found, folded: index of a theme and what the phrase says
    /// for it, against 1 for terms on average. Phrases of which nothing was learnt
    /// are not here.
    pub phrases: HashMap<String, Vec<(usize, f32)>>,
    /// By stem.
    pub words: HashMap<String, WordWeights>,
    /// One for each theme, in the order of the vocabulary.
    pub meanings: Vec<MeaningWeights>,
}

/// What the meaning of a text says for a theme.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MeaningWeights {
    /// Added to the sum.
    pub bias: f32,
    /// One for each number of a meaning.
    pub weights: Vec<f32>,
}

/// What is expected of a theme before a text is read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ThemePrior {
    /// Its share of the phrases of an average document.
    pub average: f32,
    /// Its share of items.
    pub items: f32,
}

/// What a word says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WordWeights {
    /// Inverse document frequency.
    pub idf: f32,
    /// Index of a theme and the word's weight for it.
    pub themes: Vec<(usize, f32)>,
}

/// The file, for faults.
const FILE: &str = "index/theme-weights.tsv";

impl ThemeWeights {
    /// Reads the file. A line of another form, or of a theme that is not
    /// known, is a fault.
    pub(super) fn read(text: &str, themes: &[Term], faults: &mut Vec<LoadError>) -> Self {
        let mut weights = Self {
            themes: vec![ThemePrior::default(); themes.len()],
            meanings: vec![MeaningWeights::default(); themes.len()],
            ..Self::default()
        };
        let index: HashMap<&str, usize> = themes
            .iter()
            .enumerate()
            .map(|(index, theme)| (theme.id.as_str(), index))
            .collect();
        for (number, line) in (1..).zip(text.lines()) {
            if !line.starts_with('#') && weights.read_line(line, &index).is_none() {
                let reason = "is not a line of weights, or names a theme that is not known; run `scripts/train-themes.py` again";
                faults.push(LoadError::key(FILE, Some(number), line, reason));
            }
        }
        weights
    }

    fn read_line(&mut self, line: &str, index: &HashMap<&str, usize>) -> Option<()> {
        let fields: Vec<&str> = line.split('\t').collect();
        match *fields.as_slice() {
            ["item", name, value] => {
                self.item.insert(name.to_owned(), value.parse().ok()?);
            }
            ["document", name, value] => {
                self.document.insert(name.to_owned(), value.parse().ok()?);
            }
            ["theme", id, average, items] => {
                *self.themes.get_mut(*index.get(id)?)? = ThemePrior {
                    average: average.parse().ok()?,
                    items: items.parse().ok()?,
                };
            }
            ["meaning", id, bias, weights] => {
                *self.meanings.get_mut(*index.get(id)?)? = MeaningWeights {
                    bias: bias.parse().ok()?,
                    weights: numbers(weights)?,
                };
            }
            ["phrase", id, phrase, weight] => {
                let weight = (*index.get(id)?, weight.parse().ok()?);
                let known = self.phrases.entry(phrase.to_owned()).or_default();
                known.push(weight);
            }
            ["word", stem, idf, weights] => {
                let themes = weights
                    .split_whitespace()
                    .map(|pair| {
                        let (id, weight) = pair.split_once(':')?;
                        Some((*index.get(id)?, weight.parse().ok()?))
                    })
                    .collect::<Option<Vec<_>>>()?;
                let idf = idf.parse().ok()?;
                let word = WordWeights { idf, themes };
                self.words.insert(stem.to_owned(), word);
            }
            _ => return None,
        }
        Some(())
    }
}

fn numbers(text: &str) -> Option<Vec<f32>> {
    let numbers = text.split(' ').map(|number| number.parse().ok());
    numbers.collect()
}
