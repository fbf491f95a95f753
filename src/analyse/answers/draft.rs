//! An answer while it is being read.
//!
//! In: passages with the part they are, in reading order. Out: [`Answer`]s, one
//! for each recommendation that a draft names, passages of the same part joined
//! in order, later statuses over earlier ones.

use crate::analyse::answers::parts::Part;
use crate::analyse::answers::status::{Meaning, Reading};
use crate::analyse::answers::{implied, labels};
use crate::analyse::{label, text};
use crate::model::analysis::{Answer, Parts, Status};
use crate::model::document::Locator;

/// An answer while it is being read.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Labels as printed; empty when none is.
    pub(super) labels: Vec<String>,
    /// Where it begins.
    pub(super) at: Locator,
    /// The words of its heading, where they are not the recommendation itself.
    pub(super) title: Option<String>,
    /// What has been collected.
    pub(super) parts: Parts,
    /// What its status comes to, where it is printed.
    pub(super) status: Option<Reading>,
    /// From 0 to 1: how sure it is that this is an answer to what it names.
    pub(super) confidence: f32,
}

impl Draft {
    /// An answer that begins here.
    pub(super) fn new(labels: Vec<String>, at: Locator, confidence: f32) -> Self {
        Self {
            labels,
            at,
            title: None,
            parts: Parts::default(),
            status: None,
            confidence,
        }
    }

    /// Adds a passage, white space folded.
    pub(super) fn add(&mut self, part: Part, passage: &str) {
        add(&mut self.parts, part, passage);
    }

    /// Sets what the status comes to; the latest printed wins.
    pub(super) fn set_status(&mut self, reading: Reading) {
        self.status = Some(reading);
    }

    /// Whether it says anything beyond what was asked, of whom and by when.
    pub(super) fn says_something(&self) -> bool {
        let Parts {
            action,
            impact,
            next,
            status,
            ..
        } = &self.parts;
        action.is_some()
            || impact.is_some()
            || next.is_some()
            || status.is_some()
            || self.status.is_some()
    }

    /// Whether two drafts with the same label speak of different
    /// recommendations: both print one, and the words disagree.
    fn contradicts(&self, other: &Self) -> bool {
        const SAME: f32 = 0.3;
        match (&self.parts.recommendation, &other.parts.recommendation) {
            (Some(one), Some(two)) => {
                let (one, two) = (subject(one), subject(two));
                !one.is_empty() && !two.is_empty() && text::overlap(&one, &two) < SAME
            }
            _ => false,
        }
    }

    /// Fills what is missing from another draft about the same recommendation.
    pub(super) fn fill(&mut self, other: &Self) {
        let own = &mut self.parts;
        let others = other.parts.clone();
        own.recommendation = own.recommendation.take().or(others.recommendation);
        own.action = own.action.take().or(others.action);
        own.impact = own.impact.take().or(others.impact);
        own.next = own.next.take().or(others.next);
        own.owner = own.owner.take().or(others.owner);
        own.due = own.due.take().or(others.due);
        own.evidence = own.evidence.take().or(others.evidence);
        self.status = self.status.or(other.status);
    }

    /// Takes in a later draft about the same recommendation.
    fn absorb(&mut self, later: Self) {
        join_parts(&mut self.parts, later.parts);
        self.status = later.status.or(self.status);
        self.title = self.title.take().or(later.title);
        self.confidence = self.confidence.max(later.confidence);
    }

    fn answer(self, recommendation: String) -> Answer {
        let mut parts = self.parts;
        let (status, sureness) = settle(self.status, &parts);
        if parts.recommendation.is_none() {
            parts.recommendation = self.title;
        }
        Answer {
            recommendation,
            at: self.at,
            parts,
            status,
            confidence: self.confidence * (0.5 + 0.5 * sureness),
        }
    }
}

/// The words of a recommendation that say what it is about.
fn subject(recommendation: &str) -> Vec<String> {
    const COMMON: [&str; 12] = [
        "should", "must", "that", "with", "from", "their", "this", "will", "ensure", "when",
        "they", "have",
    ];
    let mut words = text::tokens(recommendation);
    words.retain(|word| word.len() > 3 && !COMMON.contains(&word.as_str()));
    words
}

/// Takes a later answer into an earlier one about the same recommendation: the
/// latest status wins.
pub(super) fn absorb(known: &mut Answer, later: Answer) {
    join_parts(&mut known.parts, later.parts);
    if later.status != Status::Unknown {
        known.status = later.status;
    }
    known.confidence = known.confidence.min(later.confidence);
}

/// Joins the passages of two answers part by part.
fn join_parts(known: &mut Parts, later: Parts) {
    let passages = [
        (Part::Recommendation, later.recommendation),
        (Part::Action, later.action),
        (Part::Impact, later.impact),
        (Part::Next, later.next),
        (Part::Owner, later.owner),
        (Part::Due, later.due),
        (Part::Status, later.status),
        (Part::Evidence, later.evidence),
    ];
    for (part, passage) in passages {
        let is_said = part == Part::Recommendation && known.recommendation == passage;
        if let Some(passage) = passage.filter(|_| !is_said) {
            add(known, part, &passage);
        }
    }
}

/// Adds a passage to what is there, white space folded.
fn add(parts: &mut Parts, part: Part, passage: &str) {
    let words: Vec<&str> = passage.split_whitespace().collect();
    let is_text = passage.chars().any(char::is_alphanumeric);
    if words.is_empty() || part == Part::Action && !is_text {
        return;
    }
    let text = match part {
        Part::Recommendation => &mut parts.recommendation,
        Part::Action => &mut parts.action,
        Part::Impact => &mut parts.impact,
        Part::Next => &mut parts.next,
        Part::Owner => &mut parts.owner,
        Part::Due => &mut parts.due,
        Part::Status => &mut parts.status,
        Part::Evidence => &mut parts.evidence,
    };
    let passage = words.join(" ");
    *text = Some(match text.take() {
        Some(text) => format!("{text} {passage}"),
        None => passage,
    });
}

/// What the status comes to, and how sure that is: as printed, where that is
/// plain; else as the rest implies.
fn settle(printed: Option<Reading>, parts: &Parts) -> (Status, f32) {
    match printed {
        Some(Reading {
            meaning: Meaning::Is(status),
            confidence,
        }) => (status, confidence),
        Some(Reading { confidence, .. }) => {
            let status = if implied::is_not_begun(parts) {
                Status::NotStarted
            } else {
                Status::InProgress
            };
            (status, confidence)
        }
        None => implied::status(parts).map_or((Status::Unknown, 0.6), |found| found),
    }
}

/// Makes answers of drafts: one for each recommendation they name, drafts about
/// the same one joined, the unnumbered counted.
pub(super) fn answers(drafts: Vec<Draft>) -> Vec<Answer> {
    let mut single: Vec<(String, Draft)> = Vec::new();
    let mut unnumbered = 0;
    for draft in drafts.into_iter().filter(Draft::says_something) {
        if draft.labels.is_empty() {
            unnumbered += 1;
            single.push((format!("u{unnumbered}"), draft));
            continue;
        }
        for label in draft.labels.clone() {
            join(&mut single, label, draft.clone());
        }
    }
    single
        .into_iter()
        .map(|(label, draft)| draft.answer(label))
        .collect()
}

/// Adds a draft to the one about the same recommendation. Where the words say
/// that it is another one, a new series has begun: "2:1", "2:2" …
fn join(single: &mut Vec<(String, Draft)>, printed: String, draft: Draft) {
    let mut label = printed.clone();
    for series in 2.. {
        let same = single
            .iter_mut()
            .find(|(known, _)| label::normalise(known) == label::normalise(&label));
        match same {
            Some((_, known)) if known.contradicts(&draft) => {
                label = format!("{series}:{printed}");
            }
            Some((_, known)) => return known.absorb(draft),
            None => return single.push((label, draft)),
        }
    }
}

/// In a table that numbers the actions under each recommendation, `2.1` stands
/// for `2` also where that has only one.
pub(super) fn use_parents(drafts: &mut [Draft]) {
    let parent_of = |draft: &Draft| match draft.labels.as_slice() {
        [label] => labels::parent(label),
        _ => None,
    };
    let parents: Vec<Option<String>> = drafts.iter().map(parent_of).collect();
    for (draft, parent) in drafts.iter_mut().zip(&parents) {
        let is_only = parents.iter().filter(|other| *other == parent).count() == 1;
        if let Some(parent) = parent.clone().filter(|_| is_only) {
            draft.labels = vec![parent];
        }
    }
}
