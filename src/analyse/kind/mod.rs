//! What sort of document it is: a review, a summary of one, a response to one,
//! or something else that talks about reviews.
//!
//! In: a [`Reading`]. Out: a [`Judgement`]: the kind, how sure it is, and why.
//! Content speaks first (title, then the shape and words of the text), the
//! link to it second, and its URL not at all.

mod cues;
mod names;
mod shape;
#[cfg(test)]
mod tests;
mod wording;

use self::cues::{Cue, NAMES, TEXTS};
use crate::analyse::metadata::{review_type, title};
use crate::analyse::reading::{Reading, Role};
use crate::analyse::text;
use crate::model::analysis::Kind;

/// A kind, and why.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judgement {
    /// The kind with most evidence.
    pub(super) kind: Kind,
    /// From 0 to 1.
    pub(super) confidence: f32,
    /// Sentences, the weightiest first.
    pub(super) because: Vec<String>,
}

impl Judgement {
    /// A kind that a curator has said.
    pub(super) fn given(kind: Kind) -> Self {
        Self {
            kind,
            confidence: 1.0,
            because: vec!["a curator says so".to_owned()],
        }
    }
}

/// Judges a document.
pub(super) fn judge(reading: &Reading<'_>) -> Judgement {
    let mut scale = Scale::default();
    weigh_names(reading, &mut scale);
    weigh_shape(reading, &mut scale);
    weigh_texts(reading, &mut scale);
    weigh_page(reading, &mut scale);
    let mut judgement = scale.judge();
    if judgement.kind == Kind::Review && shape::is_too_short_for_report(reading) {
        judgement = Judgement {
            kind: Kind::Summary,
            confidence: 0.6,
            because: vec!["it is of a review, and shorter than any report of one".to_owned()],
        };
    }
    if judgement.kind == Kind::Summary
        && let Some(because) = shape::stands_in_for_report(reading)
    {
        return Judgement {
            kind: Kind::Review,
            confidence: 0.8,
            because: vec![format!("it sums up a review, and {because}")],
        };
    }
    judgement
}

/// What has been said for each kind.
#[derive(Debug, Default)]
struct Scale(Vec<(Kind, f32, String)>);

impl Scale {
    fn add(&mut self, kind: Kind, weight: f32, because: String) {
        self.0.push((kind, weight, because));
    }

    fn total(&self, kind: Kind) -> f32 {
        self.0
            .iter()
            .filter(|(for_kind, ..)| *for_kind == kind)
            .map(|(_, weight, _)| weight)
            .sum()
    }

    fn loudest(&self, kind: Kind) -> f32 {
        let weights = self.0.iter().filter(|(for_kind, ..)| *for_kind == kind);
        weights.map(|(_, weight, _)| *weight).fold(0.0, f32::max)
    }

    fn judge(mut self) -> Judgement {
        // Of equals, the more cautious: nothing is claimed of what is `other`.
        let mut kinds = [Kind::Other, Kind::Summary, Kind::Response, Kind::Review];
        kinds.sort_by(|a, b| self.total(*b).total_cmp(&self.total(*a)));
        let margin = self.total(kinds[0]) - self.total(kinds[1]);
        self.0.sort_by(|a, b| b.1.total_cmp(&a.1));
        Judgement {
            kind: kinds[0],
            confidence: (0.6 + margin * 0.05).clamp(0.5, 0.98),
            because: self
                .0
                .into_iter()
                .filter(|(kind, ..)| *kind == kinds[0])
                .map(|(_, _, because)| because)
                .collect(),
        }
    }
}

/// A name this loud in the title outweighs the parts of a review: guidance on
/// reviews has them too.
const SETTLES: f32 = 9.0;

/// What title, front, file and link call it.
fn weigh_names(reading: &Reading<'_>, scale: &mut Scale) {
    let title = title::read(reading).map(|title| text::fold(&title.value));
    let title = title.unwrap_or_default();
    weigh_phrase(&title, 1.0, "its title", scale);
    if review_type::is_named_in(&title) {
        let because = "its title names a kind of review".to_owned();
        scale.add(Kind::Review, 5.0, because);
    }
    let lines = reading.front.lines.iter();
    let lines = lines.filter(|line| line.role != Role::Note && !title.contains(&line.folded));
    let front: Vec<&str> = lines.map(|line| line.folded.as_str()).collect();
    let front = front.join(" | ");
    weigh_phrase(&front, 0.4, "its first page", scale);
    if review_type::is_named_in(&front) {
        let because = "its first page names a kind of review".to_owned();
        scale.add(Kind::Review, 3.0, because);
    }
    if let Some(declared) = &reading.document.declared.title {
        weigh_phrase(&text::fold(declared), 0.3, "the file's own title", scale);
    }
    weigh_link(reading, scale);
}

/// What the link calls it; for a picture without text also what stands around
/// the link.
fn weigh_link(reading: &Reading<'_>, scale: &mut Scale) {
    let contexts = reading.found.contexts.iter();
    let longest = contexts
        .clone()
        .filter_map(|context| context.link_text.as_deref())
        .max_by_key(|text| text.len());
    if let Some(link) = longest {
        weigh_phrase(&text::fold(link), 0.5, "the link to it", scale);
    }
    if !reading.is_blank() {
        return;
    }
    for nearby in contexts.filter_map(|context| context.nearby.as_deref()) {
        let folded = text::fold(nearby);
        weigh_phrase(&folded, 0.5, "the text around a link to it", scale);
        if review_type::is_named_in(&folded) {
            let because = "the text around a link to it names a kind of review".to_owned();
            scale.add(Kind::Review, 2.0, because);
        }
    }
}

/// The loudest cue for each kind counts.
fn weigh_phrase(phrase: &str, factor: f32, place: &str, scale: &mut Scale) {
    for kind in [Kind::Review, Kind::Summary, Kind::Response, Kind::Other] {
        let loudest = NAMES
            .iter()
            .filter(|cue| cue.kind == kind && cue.pattern.is_match(phrase))
            .max_by(|a, b| a.weight.total_cmp(&b.weight));
        if let Some(Cue { weight, says, .. }) = loudest {
            scale.add(kind, weight * factor, format!("{place} calls it {says}"));
        }
    }
}

/// The parts of a review, and tables or paragraphs that answer one.
fn weigh_shape(reading: &Reading<'_>, scale: &mut Scale) {
    let parts = shape::review_parts(reading);
    if parts.len() >= 3 {
        let is_settled = scale.loudest(Kind::Other) >= SETTLES;
        let factor = if is_settled { 0.4 } else { 1.0 };
        let weight = factor * (parts.len() as f32 - 2.0).min(5.0);
        let list = parts.join(", ");
        let because = format!("it has the parts of a review: {list}");
        scale.add(Kind::Review, weight, because);
    }
    if shape::has_plan(reading) {
        // A review has its plan at the end; this is little else.
        let weight = if parts.len() < 3 { 6.0 } else { 3.0 };
        let because = "it has a table of actions and their progress".to_owned();
        scale.add(Kind::Response, weight, because);
    }
    if shape::answers_one_by_one(reading) {
        let because = "it takes recommendations one by one".to_owned();
        scale.add(Kind::Response, 3.0, because);
    }
    if parts.len() < 3 && shape::takes_up_recommendations(reading) {
        let because = "it names recommendations and says what became of them".to_owned();
        scale.add(Kind::Response, 12.0, because);
    }
    if !shape::speaks_of_a_review(reading) {
        scale.add(Kind::Other, 9.0, "it speaks of no review".to_owned());
    }
}

/// What the text says of itself.
fn weigh_texts(reading: &Reading<'_>, scale: &mut Scale) {
    const REVIEW: [&str; 6] = [
        "this review",
        "the review ",
        "lead reviewer",
        "independent reviewer",
        "the panel",
        "yr adolygiad",
    ];
    let opening = shape::opening(reading, 900);
    for cue in TEXTS.iter().filter(|cue| cue.pattern.is_match(&opening)) {
        scale.add(cue.kind, cue.weight, format!("it {}", cue.says));
    }
    let count =
        |words: &[&str]| -> usize { words.iter().map(|word| opening.matches(word).count()).sum() };
    if count(&REVIEW) >= 3 {
        let because = "it speaks of itself as a review".to_owned();
        scale.add(Kind::Review, 2.0, because);
    }
    let speaks_of_answers = count(&["accepted", "we accept", "recommendations"]) >= 2;
    if speaks_of_answers && count(&["we have", "has been", "will be"]) >= 2 {
        let because = "it says what came of recommendations".to_owned();
        scale.add(Kind::Response, 1.5, because);
    }
    let is_short = shape::word_count(reading) < 1_500;
    if is_short
        && count(&[
            "full report",
            "full review",
            "overview report",
            "the report is",
        ]) >= 1
    {
        let because = "it is short and points to a fuller report".to_owned();
        scale.add(Kind::Summary, 2.0, because);
    }
}

/// Pages of a site mention, list and announce reviews more often than they
/// are one: a page is one when it has the shape of one.
fn weigh_page(reading: &Reading<'_>, scale: &mut Scale) {
    /// A shorter page that calls itself a summary leads to one.
    const SHORTEST_BRIEF: usize = 120;
    /// How loudly a title calls a page a summary.
    const CALLED_BRIEF: f32 = 8.0;
    if !reading.is_page() {
        return;
    }
    let words = shape::word_count(reading);
    let answers = shape::answers_one_by_one(reading);
    let is_brief = words >= SHORTEST_BRIEF && scale.loudest(Kind::Summary) >= CALLED_BRIEF;
    scale.add(Kind::Other, 4.0, "it is a page of a site".to_owned());
    if answers {
        let because = "it is a page that takes up actions one by one".to_owned();
        scale.add(Kind::Response, 6.0, because);
    } else if words < 250 && !is_brief {
        let because = "it is too short a page to be more than a notice".to_owned();
        scale.add(Kind::Other, 12.0, because);
    } else if words < 500 && !shape::takes_up_recommendations(reading) {
        scale.add(Kind::Other, 4.0, "it is a short page".to_owned());
    }
    if words < 1_000 || shape::review_parts(reading).len() < 3 {
        let because = "it is a page without the parts of a review".to_owned();
        scale.add(Kind::Review, -6.0, because);
    }
}
