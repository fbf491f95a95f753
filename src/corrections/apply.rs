//! Lays one correction over an analysis.
//!
//! In: a [`Correction`] and what the rules read. Out: the same, set right, with
//! a note of each fact that was set. Applying twice is the same as once.

use crate::corrections::file::{AnswerCorrection, Blank, Correction, ItemCorrection};
use crate::model::analysis::{Analysis, Cited, Corrected, Item, Metadata};
use crate::model::document::Locator;

/// Sets right facts, recommendations, lessons and passages.
pub(super) fn facts(correction: &Correction, analysis: &mut Analysis) {
    let mut set: Vec<String> = Vec::new();
    if let Some(kind) = correction.kind {
        analysis.kind = kind;
        analysis.kind_confidence = 1.0;
        set.push("kind".to_owned());
    }
    set_facts(correction, &mut analysis.metadata, &mut set);
    for blank in &correction.blank {
        set.push(leave_blank(*blank, &mut analysis.metadata).to_owned());
    }
    let findings = &mut analysis.findings;
    for (name, corrections, items) in [
        (
            "recommendations",
            &correction.recommendations,
            &mut findings.recommendations,
        ),
        ("lessons", &correction.lessons, &mut findings.lessons),
        (
            "good_practice",
            &correction.good_practice,
            &mut findings.good_practice,
        ),
    ] {
        let right = corrections.iter().filter(|right| set_item(right, items));
        set.extend(right.map(|right| format!("{name}/{}", right.id)));
    }
    if correction.belongs().is_some() {
        set.push("responds_to".to_owned());
    }
    note(set, &correction.why, analysis);
}

/// Sets right answers, which are known by the labels of the review that they
/// were tied to.
pub(super) fn answers(correction: &Correction, analysis: &mut Analysis) {
    let mut set = Vec::new();
    for answer in &correction.answers {
        set_answer(answer, analysis);
        set.push(format!("responses/{}", answer.recommendation));
    }
    note(set, &correction.why, analysis);
}

fn note(facts: Vec<String>, why: &str, analysis: &mut Analysis) {
    for fact in facts {
        analysis.corrected.retain(|known| known.fact != fact);
        analysis.corrected.push(Corrected {
            fact,
            why: why.to_owned(),
        });
    }
}

fn set_facts(correction: &Correction, metadata: &mut Metadata, facts: &mut Vec<String>) {
    let mut set = |name: &str| facts.push(name.to_owned());
    if let Some(title) = &correction.title {
        metadata.title = Some(Cited::by_curator(title.clone()));
        set("title");
    }
    if let Some(id) = &correction.review_type {
        metadata.review_type = Some(Cited::by_curator(id.clone()));
        set("review_type");
    }
    if let Some(date) = correction.published {
        metadata.published = Some(Cited::by_curator(date));
        set("published");
    }
    if let Some(author) = &correction.author {
        metadata.author = Some(Cited::by_curator(author.clone()));
        set("author");
    }
    if let Some(language) = &correction.language {
        metadata.language = Some(language.clone());
        set("language");
    }
    set_all(
        correction.subjects.as_deref(),
        &mut metadata.subjects,
        || set("subjects"),
    );
    set_all(
        correction.criteria.as_deref(),
        &mut metadata.criteria,
        || set("criteria"),
    );
    set_all(
        correction.age_bands.as_deref(),
        &mut metadata.age_bands,
        || set("age_bands"),
    );
    set_all(correction.themes.as_deref(), &mut metadata.themes, || {
        set("themes");
    });
}

fn set_all<T: Clone>(right: Option<&[T]>, values: &mut Vec<Cited<T>>, note: impl FnOnce()) {
    if let Some(right) = right {
        *values = right.iter().cloned().map(Cited::by_curator).collect();
        note();
    }
}

/// Empties a fact and gives its name.
fn leave_blank(blank: Blank, metadata: &mut Metadata) -> &'static str {
    match blank {
        Blank::Title => {
            metadata.title = None;
            "title"
        }
        Blank::ReviewType => {
            metadata.review_type = None;
            "review_type"
        }
        Blank::Published => {
            metadata.published = None;
            "published"
        }
        Blank::Author => {
            metadata.author = None;
            "author"
        }
        Blank::Language => {
            metadata.language = None;
            "language"
        }
        Blank::BelongsTo => "responds_to",
    }
}

/// Says whether there was anything to set: only one with text and page can be
/// added.
fn set_item(right: &ItemCorrection, items: &mut Vec<Item>) -> bool {
    let place = items.iter().position(|item| item.id == right.id);
    if right.remove {
        place.map(|place| items.remove(place));
        return place.is_some();
    }
    let item = match (place, &right.text, right.page) {
        (Some(place), ..) => &mut items[place],
        (None, Some(text), Some(page)) => {
            items.push(Item {
                id: right.id.clone(),
                text: text.clone(),
                at: Locator { page, block: 0 },
                to: Vec::new(),
                themes: Vec::new(),
                confidence: 1.0,
            });
            let last = items.len() - 1;
            &mut items[last]
        }
        _ => return false,
    };
    item.confidence = 1.0;
    if let Some(text) = &right.text {
        item.text.clone_from(text);
    }
    if let Some(page) = right.page {
        item.at = Locator { page, block: 0 };
    }
    if let Some(to) = &right.to {
        item.to.clone_from(to);
    }
    if let Some(themes) = &right.themes {
        item.themes.clone_from(themes);
    }
    true
}

fn set_answer(right: &AnswerCorrection, analysis: &mut Analysis) {
    let answers = &mut analysis.findings.answers;
    if right.remove {
        answers.retain(|answer| answer.recommendation != right.recommendation);
        return;
    }
    let of_it = answers.iter_mut();
    for answer in of_it.filter(|answer| answer.recommendation == right.recommendation) {
        answer.confidence = 1.0;
        if let Some(status) = right.status {
            answer.status = status;
        }
        if let Some(label) = &right.answers {
            answer.recommendation.clone_from(label);
        }
    }
}
