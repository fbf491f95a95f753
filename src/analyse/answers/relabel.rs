//! Ties answers to the recommendations of the review they respond to.
//!
//! In: the answers of a response and the recommendations of a review. Out: for
//! each answer the recommendation it is about, with reasons. A printed number
//! is believed unless the words say otherwise; without a number the words
//! decide; never a number against the words.

use std::collections::HashMap;

use crate::analyse::answers::{draft, labels};
use crate::analyse::{label, text};
use crate::model::analysis::{Answer, Item};

/// An answer and the recommendation it is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Match {
    /// Index of the answer.
    pub(crate) answer: usize,
    /// Index of the recommendation.
    pub(crate) recommendation: usize,
    /// From 0 to 1.
    pub(crate) confidence: f32,
    /// A sentence by which a person can judge it.
    pub(crate) because: String,
}

/// Ties each answer to the recommendation it is about: to one, or to all parts
/// of the one it names.
pub(crate) fn matches(answers: &[Answer], recommendations: &[Item]) -> Vec<Match> {
    let similarity = Similarity::of(answers, recommendations);
    let mut found: Vec<Match> = Vec::new();
    for (index, answer) in answers.iter().enumerate() {
        if let Some(tie) = by_number(index, answer, recommendations, &similarity) {
            found.push(tie);
        } else {
            found.extend(by_parent(index, answer, recommendations));
        }
    }
    by_words(answers, &similarity, &mut found);
    found.sort_by_key(|tie| tie.answer);
    found
}

/// Gives answers the labels of the recommendations they are about; answers to
/// the same one, such as those to 4a and 4b where the review has a 4, become
/// one.
///
/// - A printed label is kept where the review's own is only counted.
/// - An answer that is about none is left out, as being about another review,
///   when its label is not of the kind that the review uses, or is one whose
///   words the review contradicts. Otherwise it keeps its label, with little
///   confidence.
/// - Where hardly any answer fits, the review was misread or is another one:
///   then nothing is relabelled or left out.
pub(crate) fn relabel(answers: Vec<Answer>, recommendations: &[Item]) -> Vec<Answer> {
    let ties = matches(&answers, recommendations);
    let is_few = |all: usize| ties.len() * 2 < all;
    if is_few(answers.len()) && is_few(recommendations.len()) || recommendations.is_empty() {
        return answers;
    }
    let mut relabelled: Vec<Answer> = Vec::new();
    for (index, mut answer) in answers.into_iter().enumerate() {
        let own: Vec<&Match> = ties.iter().filter(|tie| tie.answer == index).collect();
        if own.is_empty() {
            if !is_foreign(&answer.recommendation, recommendations, &ties) {
                answer.confidence = answer.confidence.min(UNTIED);
                take_in(&mut relabelled, answer);
            }
            continue;
        }
        for tie in own {
            let mut answer = answer.clone();
            let id = &recommendations[tie.recommendation].id;
            if is_counted(&answer.recommendation) || !is_counted(id) {
                answer.recommendation.clone_from(id);
            }
            answer.confidence = answer.confidence.min(tie.confidence);
            take_in(&mut relabelled, answer);
        }
    }
    relabelled
}

/// Adds an answer, or joins it with the one about the same recommendation.
fn take_in(relabelled: &mut Vec<Answer>, answer: Answer) {
    let same = relabelled
        .iter_mut()
        .find(|known| known.recommendation == answer.recommendation);
    match same {
        Some(known) => draft::absorb(known, answer),
        None => relabelled.push(answer),
    }
}

/// Whether the label of an answer that is tied to nothing shows that it is
/// about another review.
fn is_foreign(label: &str, recommendations: &[Item], ties: &[Match]) -> bool {
    if is_counted(label) {
        let is_tied = |place| ties.iter().any(|tie| tie.recommendation == place);
        return (0..recommendations.len()).all(is_tied);
    }
    let is_kin = recommendations
        .iter()
        .any(|item| style(&item.id) == style(label));
    let is_contradicted = place_of(label, recommendations).is_some();
    !is_kin || is_contradicted
}

/// The kind of a label: its letters, and how many numbers it has.
fn style(label: &str) -> (String, usize) {
    let letters = label.chars().filter(char::is_ascii_uppercase).collect();
    let numbers = label
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .count();
    (letters, if is_counted(label) { 0 } else { numbers })
}

/// Gives answers without a printed number the label of the recommendation of
/// the same document that they repeat.
pub(super) fn counted_by_repetition(mut answers: Vec<Answer>, printed: &[Item]) -> Vec<Answer> {
    /// Share of words in common above which one text repeats another.
    const REPEATS: f32 = 0.6;
    let printed: Vec<(&Item, Vec<String>)> = printed
        .iter()
        .map(|item| (item, text::tokens(&item.text)))
        .collect();
    for answer in answers
        .iter_mut()
        .filter(|answer| is_counted(&answer.recommendation))
    {
        let repeated = text::tokens(answer.parts.recommendation.as_deref().unwrap_or_default());
        let likest = printed
            .iter()
            .map(|(item, words)| (text::overlap(&repeated, words), item))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((likeness, item)) = likest
            && likeness >= REPEATS
        {
            answer.recommendation.clone_from(&item.id);
        }
    }
    answers
}

/// Confidence of an answer that is about none of the recommendations.
const UNTIED: f32 = 0.3;
/// Confidence of a printed number that the words confirm.
const CONFIRMED: f32 = 0.97;
/// Confidence of a printed number alone.
const BY_NUMBER: f32 = 0.85;
/// Confidence of words alone, at most.
const BY_WORDS: f32 = 0.85;
/// Likeness of words below which an unnumbered answer is about nothing.
const LEAST: f32 = 0.12;
/// How much liker another recommendation must be before it outweighs a number.
const OUTWEIGHS: f32 = 0.35;
/// Fewest words of a repeated recommendation that can contradict a number.
const MIN_WORDS: usize = 5;

fn by_number(
    index: usize,
    answer: &Answer,
    recommendations: &[Item],
    similarity: &Similarity,
) -> Option<Match> {
    if is_counted(&answer.recommendation) {
        return None;
    }
    let place = place_of(&answer.recommendation, recommendations)?;
    let repeated = answer.parts.recommendation.as_deref().unwrap_or_default();
    let is_telling = text::word_count(repeated) >= MIN_WORDS;
    let own = similarity.get(index, place);
    let best = (0..recommendations.len())
        .map(|other| similarity.get(index, other))
        .fold(0.0, f32::max);
    if is_telling && best > own + OUTWEIGHS {
        return None;
    }
    let is_confirmed = is_telling && own >= LEAST && own >= best;
    let (confidence, because) = if is_confirmed {
        (CONFIRMED, "the printed number and the words agree")
    } else {
        (BY_NUMBER, "the printed number is the same")
    };
    Some(Match {
        answer: index,
        recommendation: place,
        confidence,
        because: because.to_owned(),
    })
}

/// All parts of the recommendation or finding that an answer names: an answer
/// to "Finding 1" is about its questions F1a and F1b.
fn by_parent(index: usize, answer: &Answer, recommendations: &[Item]) -> Vec<Match> {
    let wanted = label::normalise(&answer.recommendation);
    let is_part = |item: &Item| {
        labels::parent(&item.id).is_some_and(|parent| label::normalise(&parent) == wanted)
    };
    let parts = recommendations.iter().enumerate();
    parts
        .filter(|(_, item)| is_part(item))
        .map(|(place, _)| Match {
            answer: index,
            recommendation: place,
            confidence: BY_NUMBER,
            because: "the printed number is that of which it is a part".to_owned(),
        })
        .collect()
}

/// The recommendation with this label, or with the label of which it is a part:
/// a plan divides 4 into 4a and 4b.
fn place_of(label: &str, recommendations: &[Item]) -> Option<usize> {
    let find = |label: &str| {
        let wanted = label::normalise(label);
        recommendations
            .iter()
            .position(|item| label::normalise(&item.id) == wanted)
    };
    find(label)
        .or_else(|| find(without_letters(label)?))
        .or_else(|| find(&labels::parent(label)?))
}

/// A code without the letters before its number: a plan calls "Q1a" what the
/// review numbers 1a.
fn without_letters(label: &str) -> Option<&str> {
    let number = label.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_code = number.len() < label.len() && number.starts_with(|c: char| c.is_ascii_digit());
    is_code.then_some(number)
}

/// Whether a label was counted, not printed.
fn is_counted(label: &str) -> bool {
    label.strip_prefix('u').is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Ties what numbers did not, the likest pair first.
fn by_words(answers: &[Answer], similarity: &Similarity, found: &mut Vec<Match>) {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for answer in 0..answers.len() {
        for recommendation in 0..similarity.width {
            pairs.push((
                similarity.get(answer, recommendation),
                answer,
                recommendation,
            ));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (likeness, answer, recommendation) in pairs {
        if likeness < LEAST {
            break;
        }
        let is_taken = found
            .iter()
            .any(|tie| tie.answer == answer || tie.recommendation == recommendation);
        if !is_taken {
            found.push(Match {
                answer,
                recommendation,
                confidence: (0.4 + likeness).min(BY_WORDS),
                because: format!("its words are like those of the recommendation ({likeness:.2})"),
            });
        }
    }
}

/// How alike the words of each answer and each recommendation are, rare words
/// counting more.
struct Similarity {
    width: usize,
    values: Vec<f32>,
}

impl Similarity {
    fn of(answers: &[Answer], recommendations: &[Item]) -> Self {
        let targets: Vec<Vec<String>> = recommendations
            .iter()
            .map(|item| stems(&item.text))
            .collect();
        let weights = Weights::of(&targets);
        let mut values = Vec::new();
        for answer in answers {
            let repeated = stems(answer.parts.recommendation.as_deref().unwrap_or_default());
            let parts = [
                &answer.parts.action,
                &answer.parts.impact,
                &answer.parts.next,
            ];
            let told: Vec<String> = parts
                .into_iter()
                .flatten()
                .flat_map(|part| stems(part))
                .collect();
            for target in &targets {
                let by_repeated = weights.cosine(&repeated, target);
                let by_told = weights.cosine(&told, target);
                values.push(by_repeated.max(0.7 * by_repeated + 0.5 * by_told));
            }
        }
        Self {
            width: recommendations.len(),
            values,
        }
    }

    fn get(&self, answer: usize, recommendation: usize) -> f32 {
        self.values[answer * self.width + recommendation]
    }
}

/// Words cut to their heads, so that "recorded" and "records" are one; without
/// the words that every text has.
fn stems(passage: &str) -> Vec<String> {
    const HEAD: usize = 6;
    let mut stems: Vec<String> = text::tokens(passage)
        .into_iter()
        .filter(|word| word.len() > 3)
        .map(|word| word.chars().take(HEAD).collect())
        .collect();
    stems.sort();
    stems.dedup();
    stems
}

/// How much each word tells: the fewer recommendations hold it, the more.
struct Weights {
    counts: HashMap<String, usize>,
    total: usize,
}

impl Weights {
    fn of(texts: &[Vec<String>]) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for word in texts.iter().flatten() {
            *counts.entry(word.clone()).or_default() += 1;
        }
        Self {
            counts,
            total: texts.len(),
        }
    }

    fn weight(&self, word: &str) -> f32 {
        let count = self.counts.get(word).copied().unwrap_or(0);
        ((self.total as f32 + 1.0) / (count as f32 + 0.5))
            .ln()
            .max(0.0)
    }

    fn cosine(&self, one: &[String], other: &[String]) -> f32 {
        let square = |words: &[String]| {
            words
                .iter()
                .map(|word| self.weight(word).powi(2))
                .sum::<f32>()
        };
        let common: f32 = one
            .iter()
            .filter(|word| other.binary_search(word).is_ok())
            .map(|word| self.weight(word).powi(2))
            .sum();
        let length = (square(one) * square(other)).sqrt();
        if length > 0.0 { common / length } else { 0.0 }
    }
}
