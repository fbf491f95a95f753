//! How the answers of one document go about it: whether they repeat the
//! recommendation, label their parts, give each part a paragraph.
//!
//! In: the [`Content`] of all answers. Out: [`Manners`], by which the passages
//! that no label names are judged.

use crate::analyse::answers::content::{Content, Passage};
use crate::analyse::answers::parts::{self, Division, Part};

/// Share of answers that must plainly open with the recommendation before all
/// are taken to.
const SOME: f32 = 0.3;
/// Share of answers whose opening must not speak against it.
const MOST: f32 = 0.8;

/// How the answers of a document divide: whether most take several paragraphs.
pub(super) fn division(contents: &[Content], manners: &Manners) -> Division {
    let several = contents
        .iter()
        .filter(|content| content.n_open(manners) > 1)
        .count();
    if several * 2 > contents.len() {
        Division::BY_PARAGRAPH
    } else {
        Division::BY_SENTENCE
    }
}

/// How a document's answers go about it.
#[derive(Debug)]
pub(super) struct Manners {
    /// Whether labels tell impact or next steps from action; if not, "Board
    /// response" stands over all three.
    labels_parts: bool,
    /// Whether most answers repeat the recommendation first.
    repeats_recommendation: bool,
}

impl Manners {
    /// The manners of a document, by all its answers.
    pub(super) fn of(contents: &[Content]) -> Self {
        let labels_parts = contents
            .iter()
            .any(|content| content.has(Part::Impact) || content.has(Part::Next));
        let openers: Vec<&str> = contents
            .iter()
            .filter(|content| content.passages.len() > 1 && content.passages[0].part.is_none())
            .map(|content| content.passages[0].text.as_str())
            .collect();
        let share = |test: fn(&str) -> bool| {
            let fitting = openers.iter().filter(|opener| test(opener)).count();
            fitting as f32 / openers.len().max(1) as f32
        };
        let repeats = openers.len() > 1
            && share(parts::restates) >= SOME
            && share(parts::may_restate) >= MOST;
        Self {
            labels_parts,
            repeats_recommendation: repeats,
        }
    }

    pub(super) fn opens_with_recommendation(&self, first: &Passage, is_only: bool) -> bool {
        !is_only && (self.repeats_recommendation || parts::restates(&first.text))
    }

    /// Whether the part of a passage is to be judged.
    pub(super) fn is_open(&self, passage: &Passage) -> bool {
        match passage.part {
            None => true,
            Some(Part::Action) => !self.labels_parts,
            Some(_) => false,
        }
    }

    /// The parts of labelled and unlabelled passages, in order.
    pub(super) fn judge(&self, passages: &[Passage], division: Division) -> Vec<(Part, String)> {
        let mut judged = Vec::new();
        let labelled: Vec<Part> = passages.iter().filter_map(|passage| passage.part).collect();
        for run in passages.chunk_by(|a, b| self.is_open(a) == self.is_open(b)) {
            if self.is_open(&run[0]) {
                let texts: Vec<&str> = run.iter().map(|passage| passage.text.as_str()).collect();
                judged.extend(parts::split(&texts, division, &labelled));
            } else {
                judged.extend(run.iter().filter_map(|p| Some((p.part?, p.text.clone()))));
            }
        }
        judged
    }
}
