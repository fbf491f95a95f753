//! Answers in prose: point by point under headings, in letters, in lists.
//!
//! In: the outline of a document, without its tables. Out: a [`Draft`] for each
//! answer: where one opens is for the document's [`Scheme`], where it ends is
//! decided here, what stands in it is for [`Content`].

use crate::analyse::answers::content::Content;
use crate::analyse::answers::draft::Draft;
use crate::analyse::answers::key::Key;
use crate::analyse::answers::manners::{self, Manners};
use crate::analyse::answers::scheme::{self, Opening, Scheme};
use crate::analyse::answers::status;
use crate::analyse::columns;
use crate::analyse::outline::{Outline, Placed};
use crate::analyse::text;

/// Reads the answers that a document gives in prose, by the scheme that yields
/// most.
pub(super) fn read(outline: &Outline<'_>, key: &Key) -> Vec<Draft> {
    /// So many answers by another scheme outweigh one or two that are named.
    const MANY: usize = 3;
    let naming = best(&Scheme::NAMING, outline, key).unwrap_or_default();
    if naming.len() >= MANY {
        return naming;
    }
    let others = best(&Scheme::OTHERS, outline, key).unwrap_or_default();
    let is_more = others.len() >= MANY && others.len() >= 3 * naming.len();
    if naming.is_empty() || is_more {
        others
    } else {
        naming
    }
}

/// The reading of the first scheme that finds enough: a surer scheme is
/// believed even if it finds somewhat fewer answers.
fn best(schemes: &[Scheme], outline: &Outline<'_>, key: &Key) -> Option<Vec<Draft>> {
    let readings: Vec<Vec<Draft>> = schemes
        .iter()
        .map(|scheme| read_by(*scheme, outline, key))
        .collect();
    let most = readings.iter().map(Vec::len).max().unwrap_or(0);
    let is_enough = |drafts: &Vec<Draft>| !drafts.is_empty() && drafts.len() * 5 >= most * 3;
    readings.into_iter().find(is_enough)
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
    let division = manners::division(&contents, &manners);
    contents
        .into_iter()
        .map(|content| content.draft(&manners, division, outline))
        .filter(Draft::says_something)
        .collect()
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
                .find(|index| ends_scope(&outline.blocks[*index], opening, openings, outline))
                .unwrap_or(next)
        };
        scopes.push(Scope {
            opening,
            blocks: start..end,
        });
    }
    hold_to_manner(&mut scopes, outline);
    scopes
}

fn ends_scope(
    placed: &Placed<'_>,
    opening: &Opening,
    openings: &[Opening],
    outline: &Outline<'_>,
) -> bool {
    if !placed.is_heading {
        return is_farewell(&placed.block.text);
    }
    let level = outline.sections[placed.section].level;
    let repeats = repeats_as_label(placed, outline);
    if repeats < 2 {
        return level <= opening.level;
    }
    // Accordions print "Impact" at any level, but in most of their answers.
    if repeats > 2 && repeats * 2 > openings.len() {
        return false;
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

/// How often a heading that could be the label of a part stands in the
/// document: such labels recur.
fn repeats_as_label(heading: &Placed<'_>, outline: &Outline<'_>) -> usize {
    let words = text::fold(&heading.block.text);
    let is_same =
        |placed: &&Placed<'_>| placed.is_heading && text::fold(&placed.block.text) == words;
    match columns::of_label(&words) {
        Some(_) => outline.blocks.iter().filter(is_same).count(),
        None => 0,
    }
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

/// Holds each answer to the manner of most, as nothing marks the end of the
/// last, or of one before a box: without sub-headings on matters of their own
/// if most have none, and, where answers open in running text, the last no
/// longer than the longest.
fn hold_to_manner(scopes: &mut [Scope<'_>], outline: &Outline<'_>) {
    /// With fewer answers there is no manner.
    const LEAST_ANSWERS: usize = 3;
    if scopes.len() < LEAST_ANSWERS {
        return;
    }
    let first_matter = |scope: &Scope<'_>| {
        let is_matter = |index: &usize| is_matter_of_its_own(&outline.blocks[*index]);
        scope.blocks.clone().find(is_matter)
    };
    let with_matters = scopes.iter().filter_map(first_matter).count();
    if with_matters * 3 <= scopes.len() {
        for scope in scopes.iter_mut() {
            scope.blocks.end = first_matter(scope).unwrap_or(scope.blocks.end);
        }
    }
    let Some((last, others)) = scopes.split_last_mut() else {
        return;
    };
    let longest = others.iter().map(|scope| scope.blocks.len()).max();
    if last.opening.level == scheme::TEXT_LEVEL {
        let end = last.blocks.start + longest.unwrap_or(0);
        last.blocks.end = last.blocks.end.min(end);
    }
}

/// Whether a block is a heading that is neither the label of a part nor a
/// status.
fn is_matter_of_its_own(placed: &Placed<'_>) -> bool {
    let text = &placed.block.text;
    placed.is_heading && columns::of_label(text).is_none() && !status::is_tag(text)
}
