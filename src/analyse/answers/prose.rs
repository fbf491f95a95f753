//! Answers in prose: point by point under headings, in letters, in lists.
//!
//! In: the outline of a document, without its tables. Out: a [`Draft`] for each
//! answer. Sub-headings and run-in labels say which part a passage is; where
//! they are missing, tense and words do.

use crate::analyse::answers::draft::Draft;
use crate::analyse::answers::key::Key;
use crate::analyse::answers::parts::{self, Part};
use crate::analyse::answers::passage;
use crate::analyse::answers::scheme::{self, Opening, Scheme};
use crate::analyse::answers::{labels, status};
use crate::analyse::columns::{self, Column};
use crate::analyse::outline::{Outline, Placed};
use crate::analyse::text;
use crate::model::document::BlockKind;

/// Confidence of an answer under a printed number.
const NUMBERED: f32 = 0.9;
/// Confidence of one that only its subject ties to a recommendation.
const UNNUMBERED: f32 = 0.75;
/// Longer lines are not tags.
const MAX_TAG_WORDS: usize = 6;
/// Share of answers that must plainly open with the recommendation before all
/// are taken to.
const SOME: f32 = 0.3;
/// Share of answers whose opening must not speak against it.
const MOST: f32 = 0.8;

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
    let openings = scheme::openings(scheme, outline);
    let scopes = scopes(&openings, outline);
    let contents: Vec<Content> = scopes
        .iter()
        .map(|scope| Content::of(scope, outline, key))
        .collect();
    let manners = Manners::of(&contents);
    let mut drafts: Vec<Draft> = contents
        .into_iter()
        .map(|content| content.draft(&manners, outline))
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
    let opened_in = outline.blocks[opening.block].section;
    let floor = if opening.level < scheme::TEXT_LEVEL {
        opening.level
    } else {
        outline.sections[opened_in].level + 1
    };
    level < floor
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

/// A passage of an answer, and the part that a label says it is.
#[derive(Debug)]
struct Passage {
    part: Option<Part>,
    text: String,
}

/// What stands under one opening.
#[derive(Debug)]
struct Content {
    labels: Vec<String>,
    block: usize,
    title: Option<String>,
    passages: Vec<Passage>,
    status: Vec<(String, status::Reading)>,
}

impl Content {
    fn of(scope: &Scope<'_>, outline: &Outline<'_>, key: &Key) -> Self {
        let opening = scope.opening;
        let mut content = Self {
            labels: opening.labels.clone(),
            block: opening.block,
            title: None,
            passages: Vec::new(),
            status: Vec::new(),
        };
        let placed = &outline.blocks[opening.block];
        let mut part = if opening.is_closed {
            governing_part(outline, placed)
        } else {
            None
        };
        if placed.is_heading && !parts::restates(&opening.rest) {
            content.title = Some(opening.rest.clone()).filter(|title| !title.is_empty());
        } else {
            part = content.take_opening(&opening.rest, part, key);
        }
        let boxed = placed.block.style.boxed;
        for placed in &outline.blocks[scope.blocks.clone()] {
            let is_row = matches!(placed.block.kind, BlockKind::Row { .. });
            // A box of its own within an answer is a quotation or an aside.
            let is_aside = placed.block.style.boxed.is_some() && placed.block.style.boxed != boxed;
            if !is_row && !is_aside {
                part = content.take(placed, part, key);
            }
        }
        content
    }

    /// Takes what follows the label on the opening line: a short status may
    /// stand first.
    fn take_opening(&mut self, rest: &str, part: Option<Part>, key: &Key) -> Option<Part> {
        let rest = rest.trim();
        let first = text::sentences(rest).first().copied().unwrap_or_default();
        let after = rest[first.len()..].trim();
        if let Some(reading) = tag(first, key) {
            self.status.push((first.to_owned(), reading));
            self.take_paragraph(after, 0, part, key)
        } else {
            self.take_paragraph(rest, 0, part, key)
        }
    }

    /// Takes one block; gives the part that the blocks after it are.
    fn take(&mut self, placed: &Placed<'_>, part: Option<Part>, key: &Key) -> Option<Part> {
        let text = placed.block.text.trim();
        if placed.is_heading {
            let announced = columns::of_label(text).map(passage::part_of);
            return announced.unwrap_or_else(|| self.take_heading(text, part, key));
        }
        if let Some(reading) = tag(text, key).or_else(|| statement(text)) {
            self.status.push((text.to_owned(), reading));
            return part;
        }
        self.take_paragraph(text, placed.block.style.bold_lead as usize, part, key)
    }

    /// Takes a paragraph, in pieces where it holds labels; gives the part that
    /// goes on after it.
    fn take_paragraph(
        &mut self,
        text: &str,
        bold: usize,
        part: Option<Part>,
        key: &Key,
    ) -> Option<Part> {
        let mut part = part;
        for piece in passage::pieces(text, bold) {
            match piece.column {
                Some(column) => part = self.take_labelled(column, piece.text, part, key),
                None => self.push(part, piece.text),
            }
        }
        part
    }

    /// A sub-heading that announces nothing may still be a status.
    fn take_heading(&mut self, text: &str, part: Option<Part>, key: &Key) -> Option<Part> {
        if let Some(reading) = tag(text, key) {
            self.status.push((text.to_owned(), reading));
        }
        part
    }

    fn take_labelled(
        &mut self,
        column: Column,
        rest: &str,
        part: Option<Part>,
        key: &Key,
    ) -> Option<Part> {
        let Some(own) = passage::part_of(column) else {
            return part;
        };
        if own == Part::Status {
            if let Some(reading) = key.read(rest, None) {
                self.status.push((rest.to_owned(), reading));
            }
            return part;
        }
        self.push(Some(own), rest);
        let is_line = matches!(own, Part::Owner | Part::Due | Part::Evidence);
        if is_line { part } else { Some(own) }
    }

    fn push(&mut self, part: Option<Part>, text: &str) {
        if !text.is_empty() {
            self.passages.push(Passage {
                part,
                text: text.to_owned(),
            });
        }
    }

    fn has(&self, part: Part) -> bool {
        self.passages
            .iter()
            .any(|passage| passage.part == Some(part))
    }

    /// Takes the recommendation off the head of the answer, where it is repeated
    /// there without a label.
    fn take_recommendation(&mut self, manners: &Manners) -> Option<String> {
        let is_labelled = self.has(Part::Recommendation);
        let is_only = self.passages.len() == 1;
        let first = self
            .passages
            .first_mut()
            .filter(|first| first.part.is_none() && !is_labelled)?;
        if let Some((restated, answer)) = parts::after_restated(&first.text) {
            let (restated, answer) = (restated.to_owned(), answer.to_owned());
            first.text = answer;
            return Some(restated);
        }
        manners
            .opens_with_recommendation(first, is_only)
            .then(|| self.passages.remove(0).text)
    }

    /// Makes a draft: labelled passages are what their label says, the rest is
    /// judged.
    fn draft(mut self, manners: &Manners, outline: &Outline<'_>) -> Draft {
        let is_numbered = !self.labels.is_empty();
        let confidence = if is_numbered { NUMBERED } else { UNNUMBERED };
        let at = outline.blocks[self.block].at;
        let mut draft = Draft::new(std::mem::take(&mut self.labels), at, confidence);
        draft.title = self.title.take();
        if let Some(restated) = self.take_recommendation(manners) {
            draft.add(Part::Recommendation, &restated);
        }
        for (part, text) in manners.judge(&self.passages) {
            draft.add(part, &text);
        }
        for (text, reading) in &self.status {
            draft.add(Part::Status, text);
            draft.set_status(*reading);
        }
        draft
    }
}

/// A line that is nothing but a status: "Well under way", "Half way".
fn tag(line: &str, key: &Key) -> Option<status::Reading> {
    let is_short = text::word_count(line) <= MAX_TAG_WORDS && !line.ends_with([':', '?']);
    key.read(line, None).filter(|_| is_short)
}

/// A paragraph that is nothing but a statement about the recommendation.
fn statement(paragraph: &str) -> Option<status::Reading> {
    match text::sentences(paragraph).as_slice() {
        [only] => status::of_statement(only),
        _ => None,
    }
}

/// The part that the headings above a block announce.
fn governing_part(outline: &Outline<'_>, placed: &Placed<'_>) -> Option<Part> {
    let path = outline.path(placed.section);
    path.iter()
        .rev()
        .find_map(|heading| passage::part_of(columns::of_label(heading)?))
}

/// How a document's answers go about it.
#[derive(Debug)]
struct Manners {
    /// Whether labels tell impact or next steps from action; if not, "Board
    /// response" stands over all three.
    labels_parts: bool,
    /// Whether most answers repeat the recommendation first.
    repeats_recommendation: bool,
}

impl Manners {
    fn of(contents: &[Content]) -> Self {
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
        Self {
            labels_parts,
            repeats_recommendation: openers.len() > 1
                && share(parts::restates) >= SOME
                && share(parts::may_restate) >= MOST,
        }
    }

    fn opens_with_recommendation(&self, first: &Passage, is_only: bool) -> bool {
        !is_only && (self.repeats_recommendation || parts::restates(&first.text))
    }

    /// The parts of labelled and unlabelled passages, in order.
    fn judge(&self, passages: &[Passage]) -> Vec<(Part, String)> {
        let is_open = |passage: &Passage| match passage.part {
            None => true,
            Some(Part::Action) => !self.labels_parts,
            Some(_) => false,
        };
        let mut judged = Vec::new();
        for run in passages.chunk_by(|a, b| is_open(a) == is_open(b)) {
            if is_open(&run[0]) {
                let texts: Vec<&str> = run.iter().map(|passage| passage.text.as_str()).collect();
                judged.extend(parts::split(&texts));
            } else {
                judged.extend(run.iter().filter_map(|p| Some((p.part?, p.text.clone()))));
            }
        }
        judged
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
