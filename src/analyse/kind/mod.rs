//! What sort of document it is: a review, a summary of one, a response to one,
//! or something else that talks about reviews.
//!
//! In: a [`Reading`]. Out: a [`Judgement`]: the kind, how sure it is, and why.
//! Content speaks first (title, then the shape and words of the text), the
//! link to it second, and its URL not at all.

mod cues;
#[cfg(test)]
mod tests;

use self::cues::{Cue, NAMES, PARTS, TEXTS};
use crate::analyse::metadata::{review_type, title};
use crate::analyse::reading::{Reading, Role};
use crate::analyse::text;
use crate::model::analysis::Kind;
use crate::model::document::Cell;

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

/// Judges a document.
pub(super) fn judge(reading: &Reading<'_>) -> Judgement {
    let mut scale = Scale::default();
    weigh_names(reading, &mut scale);
    weigh_review_parts(reading, &mut scale);
    weigh_tables(reading, &mut scale);
    weigh_texts(reading, &mut scale);
    weigh_silence(reading, &mut scale);
    weigh_page(reading, &mut scale);
    scale.judge()
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

/// What title, front, file and link call it.
fn weigh_names(reading: &Reading<'_>, scale: &mut Scale) {
    let title = title::read(reading).map(|title| text::fold(&title.value));
    let title = title.unwrap_or_default();
    weigh_phrase(&title, 1.0, "its title", scale);
    if review_type::is_named_in(&title) {
        scale.add(
            Kind::Review,
            5.0,
            "its title names a kind of review".to_owned(),
        );
    }
    let front: Vec<&str> = reading
        .front
        .lines
        .iter()
        .filter(|line| line.role != Role::Note && !title.contains(&line.folded))
        .map(|line| line.folded.as_str())
        .collect();
    let front = front.join(" | ");
    weigh_phrase(&front, 0.4, "its first page", scale);
    if review_type::is_named_in(&front) {
        scale.add(
            Kind::Review,
            3.0,
            "its first page names a kind of review".to_owned(),
        );
    }
    if let Some(declared) = &reading.document.declared.title {
        weigh_phrase(&text::fold(declared), 0.3, "the file's own title", scale);
    }
    let link = reading
        .found
        .contexts
        .iter()
        .filter_map(|context| context.link_text.as_deref())
        .max_by_key(|text| text.len());
    if let Some(link) = link {
        weigh_phrase(&text::fold(link), 0.5, "the link to it", scale);
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

/// Parts that reviews have.
fn weigh_review_parts(reading: &Reading<'_>, scale: &mut Scale) {
    let parts = review_parts(reading);
    if parts.len() >= 3 {
        let weight = (parts.len() as f32 - 2.0).min(5.0);
        let list = parts.join(", ");
        let because = format!("it has the parts of a review: {list}");
        scale.add(Kind::Review, weight, because);
    }
}

fn review_parts(reading: &Reading<'_>) -> Vec<&'static str> {
    let sections = reading.outline.sections.iter().skip(1);
    let headings: Vec<String> = sections
        .map(|section| text::fold(&section.heading))
        .collect();
    PARTS
        .iter()
        .filter(|(pattern, _)| headings.iter().any(|heading| pattern.is_match(heading)))
        .map(|(_, part)| *part)
        .collect()
}

/// Tables that answer recommendations.
fn weigh_tables(reading: &Reading<'_>, scale: &mut Scale) {
    let answers = |cells: &[Cell]| {
        let header: Vec<String> = cells.iter().map(|cell| text::fold(&cell.text)).collect();
        let has = |words: &[&str]| {
            header
                .iter()
                .any(|cell| words.iter().any(|word| cell.contains(word)))
        };
        has(&["recommendation", "action", "argymhell"])
            && has(&[
                "status",
                "rag",
                "progress",
                "done",
                "evidence",
                "complet",
                "impact",
                "difference",
                "position",
            ])
    };
    let is_plan = reading
        .outline
        .tables()
        .iter()
        .any(|table| table.header.is_some_and(answers));
    if is_plan {
        scale.add(
            Kind::Response,
            3.0,
            "it has a table of actions and their progress".to_owned(),
        );
    }
}

/// What the text says of itself.
fn weigh_texts(reading: &Reading<'_>, scale: &mut Scale) {
    let opening: Vec<&str> = reading
        .head(900)
        .map(|placed| placed.block.text.as_str())
        .collect();
    let opening = text::fold(&opening.join(" \n "));
    for cue in TEXTS.iter().filter(|cue| cue.pattern.is_match(&opening)) {
        scale.add(cue.kind, cue.weight, format!("it {}", cue.says));
    }
    let count =
        |words: &[&str]| -> usize { words.iter().map(|word| opening.matches(word).count()).sum() };
    if count(&[
        "this review",
        "the review ",
        "lead reviewer",
        "independent reviewer",
        "the panel",
        "yr adolygiad",
    ]) >= 3
    {
        scale.add(
            Kind::Review,
            2.0,
            "it speaks of itself as a review".to_owned(),
        );
    }
    if count(&["accepted", "we accept", "recommendations"]) >= 2
        && count(&["we have", "has been", "will be"]) >= 2
    {
        scale.add(
            Kind::Response,
            1.5,
            "it says what came of recommendations".to_owned(),
        );
    }
}

/// What speaks of no review is none, and neither sums one up nor answers one.
fn weigh_silence(reading: &Reading<'_>, scale: &mut Scale) {
    let speaks = reading.outline.blocks.iter().any(|placed| {
        let folded = text::fold(&placed.block.text);
        review_type::is_named_in(&folded)
            || folded.contains("the review")
            || folded.contains("yr adolygiad")
    });
    if !speaks {
        scale.add(Kind::Other, 6.0, "it speaks of no review".to_owned());
    }
}

/// Pages of a site mention, list and announce reviews more often than they
/// are one: a page is one when it has the shape of one.
fn weigh_page(reading: &Reading<'_>, scale: &mut Scale) {
    if !reading.is_page() {
        return;
    }
    let blocks = &reading.outline.blocks;
    let words: usize = blocks
        .iter()
        .map(|placed| text::word_count(&placed.block.text))
        .sum();
    scale.add(Kind::Other, 4.0, "it is a page of a site".to_owned());
    if words < 250 {
        let because = "it is too short a page to be more than a notice".to_owned();
        scale.add(Kind::Other, 12.0, because);
    } else if words < 500 {
        scale.add(Kind::Other, 4.0, "it is a short page".to_owned());
    }
    if words < 1_000 || review_parts(reading).len() < 3 {
        let because = "it is a page without the parts of a review".to_owned();
        scale.add(Kind::Review, -6.0, because);
    }
}
