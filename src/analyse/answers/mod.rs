//! Reads what a response says about each recommendation: what was done, what
//! difference it made, what is next, who leads, by when, how far it is.
//!
//! In: one `Document` with its [`Outline`], and the recommendations that the
//! document itself prints. Out: an [`Answer`] for each recommendation it
//! answers, in order. Which review it responds to is for `link`; once that is
//! known, `relabel` ties the answers to its recommendations.

mod colour;
mod content;
mod cues;
mod draft;
mod implied;
mod infer;
mod key;
mod labels;
mod layout;
mod lines;
mod manners;
mod parts;
mod passage;
mod passing;
mod prose;
mod relabel;
mod row;
mod scheme;
mod stated;
mod statements;
mod status;
mod table;
mod tails;

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::answers::draft::Draft;
use crate::analyse::answers::key::Key;
use crate::analyse::outline::Outline;
use crate::analyse::{label, text};
use crate::model::analysis::{Answer, Item};

pub(super) use crate::analyse::answers::relabel::relabel;

/// What a document says about each recommendation, in the order printed.
///
/// - Shape: one answer per recommendation named; a passage that answers two
///   gives two. Answers without a number are counted "u1", "u2" …
/// - `recommendations` are those printed in the same document, if any: an
///   answer that repeats one takes its label.
/// - Errors: none. A document that answers nothing gives nothing.
pub(super) fn read(outline: &Outline<'_>, recommendations: &[Item]) -> Vec<Answer> {
    let key = Key::of(outline);
    let tables = table::read(outline, &key);
    let prose = prose::read(outline, &key);
    let mut drafts = together(tables, prose);
    if drafts.is_empty() {
        drafts = passing::read(outline);
    }
    statements::apply(&mut drafts, outline);
    let answers = draft::answers(drafts);
    relabel::counted_by_repetition(answers, recommendations)
}

/// What a review itself says was done about its recommendations, in the
/// sections that are headed as a response: only what its own recommendations
/// are answered by name, by at least two answers that tell of something done.
pub(super) fn within_review(outline: &Outline<'_>, recommendations: &[Item]) -> Vec<Answer> {
    const LEAST: usize = 2;
    let is_own = |answer: &Answer| {
        let label = label::normalise(&answer.recommendation);
        recommendations
            .iter()
            .any(|item| label::normalise(&item.id) == label)
    };
    let is_telling = |answer: &Answer| {
        let parts = &answer.parts;
        parts.action.is_some() || parts.impact.is_some() || parts.status.is_some()
    };
    let told = outline.narrowed(|heading| RESPONSE.is_match(&text::fold(heading)));
    let answers = told.map_or_else(Vec::new, |told| read(&told, recommendations));
    let mut answers = relabel(answers, recommendations);
    answers.retain(|answer| is_own(answer) && is_telling(answer));
    if answers.len() < LEAST {
        answers.clear();
    }
    answers
}

/// Headings under which a review tells what was done about it.
static RESPONSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        ^[\d.\s]* (?:appendix\s\w+\W+)?
        (?:
            (?:\w+\W+){0,6} \b(?:response|responses|respond|ymateb)\b
                (?:\s(?:to|of|from)\s(?:the|this|these)?\s?(?:\w+\s?){1,4})?
            | (?:what\s(?:has|have)\s(?:been\sdone|changed|happened\ssince)|what\swe\shave\sdone) (?:\s\w+){0,5}
            | (?:progress|action\staken|actions\staken|developments) \s (?:against|on|in\sresponse\sto)\s(?:the\s)?(?:\w+\s?){1,4}
        ) $",
    )
    .expect("the pattern of headings of responses compiles")
});

/// Joins what tables say with what prose says. Where a plan answers in tables,
/// prose only fills gaps: it introduces and comments.
fn together(tables: Vec<Draft>, prose: Vec<Draft>) -> Vec<Draft> {
    let is_plan = tables.iter().filter(|draft| draft.says_something()).count() > 1;
    if !is_plan {
        return if prose.is_empty() { tables } else { prose };
    }
    let labels: Vec<String> = tables
        .iter()
        .flat_map(|draft| draft.labels.clone())
        .collect();
    let is_known = |draft: &Draft| draft.labels.iter().any(|label| is_in(label, &labels));
    let known = prose.iter().filter(|draft| is_known(draft)).count();
    let mut all = tables;
    for draft in prose.into_iter().filter(|draft| !draft.labels.is_empty()) {
        if !is_known(&draft) {
            all.push(draft);
        } else if known * 2 >= labels.len() {
            // The table is a summary of what prose tells in full.
            let about =
                |table: &&mut Draft| table.labels.iter().any(|label| is_in(label, &draft.labels));
            for table in all.iter_mut().filter(about) {
                table.fill(&draft);
            }
        }
    }
    all
}

fn is_in(label: &str, labels: &[String]) -> bool {
    labels
        .iter()
        .any(|known| label::normalise(known) == label::normalise(label))
}

#[cfg(test)]
mod shapes;
#[cfg(test)]
mod tests;
