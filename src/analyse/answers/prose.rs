//! Answers in prose: point by point under headings, in letters, in lists.
//!
//! In: the outline of a document, without its tables. Out: a [`Draft`] for each
//! answer: where one opens is for the document's [`Scheme`], where it ends is
//! decided here, what stands in it is for [`Content`].

use crate::analyse::answers::content::{self, Content, Manners};
use crate::analyse::answers::draft::Draft;
use crate::analyse::answers::key::Key;
use crate::analyse::answers::parts::Part;
use crate::analyse::answers::scheme::{self, Opening, Scheme};
use crate::analyse::answers::{labels, status};
use crate::analyse::columns;
use crate::analyse::outline::{Outline, Placed};
use crate::analyse::text;
use crate::model::document::BlockKind;

/// Reads the answers that a document gives in prose, by the scheme that yields
/// most.
pub(super) fn read(outline: &Outline<'_>, key: &Key) -> Vec<Draft> {
    let readings: Vec<Vec<Draft>> = Scheme::ALL
        .into_iter()
        .map(|scheme| read_by(scheme, outline, key))
        .collect();
    let most = readings.iter().map(Vec::len).max().unwrap_or(0);
    // A surer scheme is believed even if it finds somewhat fewer.
    let is_enough = |drafts: &Vec<Draft>| !drafts.is_empty() && drafts.len() * 5 >= most * 3;
    readings.into_iter().find(is_enough).unwrap_or_default()
}

fn read_by(scheme: Scheme, outline: &Outline<'_>, key: &Key) -> Vec<Draft> {
    let openings = scheme::openings(scheme, outline, key);
    let scopes = scopes(&openings, outline);
    let mut contents: Vec<Content> = scopes
        .iter()
        .map(|scope| Content::of(scope.opening, scope.blocks.clone(), outline, key))
        .collect();
    let manners = Manners::of(&contents);
    for content in &mut contents {
        content.take_head(&manners);
    }
    let division = content::division(&contents, &manners);
    let mut drafts: Vec<Draft> = contents
        .into_iter()
        .map(|content| content.draft(&manners, division, outline))
        .filter(Draft::says_something)
        .collect();
    add_statements(&mut drafts, outline, &scopes);
    drafts
}

/// An opening and the blocks that belong to it.
#[derive(Debug)]
struct Scope<'o> {
    opening: &'o Opening,
    blocks: std::ops::Range<usize>,
}

/// Lets each answer end where the next opens, or a heading of its level or
/// above that announces no part.
fn scopes<'o>(openings: &'o [Opening], outline: &Outline<'_>) -> Vec<Scope<'o>> {
    let mut scopes = Vec::new();
    for (place, opening) in openings.iter().enumerate() {
        let next = openings
            .get(place + 1)
            .map_or(outline.blocks.len(), |next| next.block);
        let start = opening.block + 1;
        let end = if opening.is_closed {
            start
        } else {
            (start..next)
                .find(|index| ends_scope(&outline.blocks[*index], opening, outline))
                .unwrap_or(next)
        };
        scopes.push(Scope {
            opening,
            blocks: start..end,
        });
    }
    shorten_last(&mut scopes, outline);
    scopes
}

fn ends_scope(placed: &Placed<'_>, opening: &Opening, outline: &Outline<'_>) -> bool {
    if !placed.is_heading {
        return is_farewell(&placed.block.text);
    }
    let level = outline.sections[placed.section].level;
    if !announces_part(placed, outline) {
        return level <= opening.level;
    }
    // "Impact" may look like the heading above it, but not outrank it.
    if opening.level < scheme::TEXT_LEVEL {
        return level < opening.level;
    }
    let is_subject =
        |section: &usize| columns::of_label(&outline.sections[*section].heading).is_none();
    let opened_in = outline
        .ancestry(outline.blocks[opening.block].section)
        .find(is_subject);
    opened_in.is_some_and(|section| level <= outline.sections[section].level)
}

/// Whether a heading is the label of a part: such labels recur.
fn announces_part(heading: &Placed<'_>, outline: &Outline<'_>) -> bool {
    let words = text::fold(&heading.block.text);
    let is_same =
        |placed: &&Placed<'_>| placed.is_heading && text::fold(&placed.block.text) == words;
    columns::of_label(&words).is_some() && outline.blocks.iter().filter(is_same).count() > 1
}

/// "Yours sincerely" ends a letter's last answer.
fn is_farewell(line: &str) -> bool {
    let folded = text::fold(line);
    [
        "yours sincerely",
        "yours faithfully",
        "yours truly",
        "signed",
        "yr eiddoch",
        "kind regards",
    ]
    .iter()
    .any(|farewell| folded.starts_with(farewell))
}

/// Nothing marks the end of the last answer, so it is held to the manner of the
/// others: without sub-headings if they have none, and, where answers open in
/// running text, no longer than the longest.
fn shorten_last(scopes: &mut [Scope<'_>], outline: &Outline<'_>) {
    let Some((last, others)) = scopes.split_last_mut() else {
        return;
    };
    if others.len() < 2 {
        return;
    }
    let is_subject = |index: &usize| {
        let placed = &outline.blocks[*index];
        placed.is_heading && columns::of_label(&placed.block.text).is_none()
    };
    let have_subjects = others
        .iter()
        .any(|scope| scope.blocks.clone().any(|index| is_subject(&index)));
    if !have_subjects && let Some(first) = last.blocks.clone().find(is_subject) {
        last.blocks.end = first;
    }
    let longest = others
        .iter()
        .map(|scope| scope.blocks.len())
        .max()
        .unwrap_or(0);
    if last.opening.level == scheme::TEXT_LEVEL {
        last.blocks.end = last.blocks.end.min(last.blocks.start + longest);
    }
}

/// Adds what sentences outside the answers say of a recommendation's status:
/// "The Board regards recommendation 6 as complete."
fn add_statements(drafts: &mut [Draft], outline: &Outline<'_>, scopes: &[Scope<'_>]) {
    for (index, placed) in outline.blocks.iter().enumerate() {
        let is_inside = scopes
            .iter()
            .any(|scope| scope.opening.block == index || scope.blocks.contains(&index));
        if is_inside || matches!(placed.block.kind, BlockKind::Row { .. }) {
            continue;
        }
        for sentence in text::sentences(&placed.block.text) {
            let Some(reading) = status::of_statement(sentence) else {
                continue;
            };
            for label in labels::named(sentence) {
                let about = drafts
                    .iter_mut()
                    .rev()
                    .find(|draft| draft.labels == [label.clone()]);
                if let Some(draft) = about {
                    draft.add(Part::Status, sentence);
                    draft.set_status(reading);
                }
            }
        }
    }
}
