//! What stands under one opening, and which part of the answer each passage of
//! it is.
//!
//! In: the blocks of one answer. Out: its passages as labels name them
//! ([`Content`]); then, given how all answers of the document go about it
//! ([`Manners`]), a [`Draft`]. Sub-headings and run-in labels say which part a
//! passage is; where they are missing, tense and words do.

use crate::analyse::answers::draft::Draft;
use crate::analyse::answers::key::Key;
use crate::analyse::answers::manners::Manners;
use crate::analyse::answers::parts::{self, Division, Part};
use crate::analyse::answers::passage;
use crate::analyse::answers::scheme::Opening;
use crate::analyse::answers::stated;
use crate::analyse::answers::status::{self, Reading};
use crate::analyse::answers::{labels, lines};
use crate::analyse::columns::{self, Column};
use crate::analyse::outline::{Outline, Placed};
use crate::analyse::text;
use crate::model::document::BlockKind;

/// Confidence of an answer under a printed number.
const NUMBERED: f32 = 0.9;
/// Confidence of one that only its subject ties to a recommendation.
const UNNUMBERED: f32 = 0.75;

/// A passage of an answer, and the part that a label says it is.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) part: Option<Part>,
    pub(super) text: String,
}

/// What stands under one opening.
#[derive(Debug)]
pub(super) struct Content {
    labels: Vec<String>,
    /// The block that opens it.
    block: usize,
    title: Option<String>,
    pub(super) passages: Vec<Passage>,
    /// The recommendation as repeated without a label.
    recommendation: Vec<String>,
    /// Statuses and verdicts as printed, in order; a verdict may say nothing of
    /// progress.
    statuses: Vec<(String, Option<Reading>)>,
}

impl Content {
    /// Reads the blocks that follow an opening.
    pub(super) fn of(
        opening: &Opening,
        blocks: std::ops::Range<usize>,
        outline: &Outline<'_>,
        key: &Key,
    ) -> Self {
        let mut content = Self {
            labels: opening.labels.clone(),
            block: opening.block,
            title: None,
            passages: Vec::new(),
            recommendation: Vec::new(),
            statuses: Vec::new(),
        };
        let mut part = content.open(opening, outline, key);
        let boxed = outline.blocks[opening.block].block.style.boxed;
        // A box of its own within an answer is a quotation or an aside, unless it
        // is the badge that states its status.
        let is_aside = |placed: &Placed<'_>| {
            let own = placed.block.style.boxed;
            let is_badge = status::is_tag(&placed.block.text);
            own.is_some() && own != boxed && !is_badge
        };
        let is_told = |placed: &&Placed<'_>| {
            !matches!(placed.block.kind, BlockKind::Row { .. }) && !is_aside(placed)
        };
        let told: Vec<&Placed<'_>> = outline.blocks[blocks].iter().filter(is_told).collect();
        for (place, placed) in told.iter().enumerate() {
            let heads_text = told.get(place + 1).is_some_and(|next| !next.is_heading);
            part = if placed.is_heading {
                content.take_heading(placed.block.text.trim(), heads_text, part, key)
            } else {
                content.take(placed, part, key)
            };
        }
        content
    }

    /// Takes the line that opens the answer: a title, or its first passage.
    fn open(&mut self, opening: &Opening, outline: &Outline<'_>, key: &Key) -> Option<Part> {
        let placed = &outline.blocks[opening.block];
        if let Some(tail) = &opening.status
            && let Some(reading) = key.read(tail, None)
        {
            self.statuses.push((tail.clone(), Some(reading)));
        }
        if let Some((heading, reading)) = lines::governing_status(outline, placed, key) {
            self.statuses.insert(0, (heading, Some(reading)));
        }
        let part = if opening.is_closed {
            lines::governing_part(outline, placed).filter(|part| *part != Part::Status)
        } else {
            None
        };
        let mut rest = opening.rest.trim();
        if let Some((topic, after)) = labels::take_topic(rest) {
            self.title = Some(topic.to_owned());
            rest = after;
        }
        if placed.is_heading && !parts::restates(rest) {
            self.title = Some(rest.to_owned()).filter(|title| !title.is_empty());
            return part;
        }
        self.take_paragraph(rest, 0, part, key)
    }

    /// Takes a sub-heading: the label of a part, if text follows it, or a
    /// status. "Done" may be either.
    fn take_heading(
        &mut self,
        text: &str,
        heads_text: bool,
        part: Option<Part>,
        key: &Key,
    ) -> Option<Part> {
        let announced = columns::of_label(text).map(passage::part_of);
        match announced {
            Some(announced) if heads_text => announced,
            _ if self.take_status(text, key) => part,
            _ => announced.unwrap_or(part),
        }
    }

    /// Takes a block of text; gives the part that the blocks after it are.
    fn take(&mut self, placed: &Placed<'_>, part: Option<Part>, key: &Key) -> Option<Part> {
        let text = placed.block.text.trim();
        let bold = placed.block.style.bold_lead as usize;
        let is_labelled = passage::take_run_in(text, bold).is_some_and(|(column, rest)| {
            let part = passage::part_of(column);
            part.is_some() && (part != Some(Part::Status) || key.read(rest, None).is_some())
        });
        if !is_labelled && self.take_status(text, key) {
            return part;
        }
        self.take_paragraph(text, bold, part, key)
    }

    /// Takes a line that is nothing but a status; gives whether it is.
    fn take_status(&mut self, line: &str, key: &Key) -> bool {
        let reading = lines::tag(line, key).or_else(|| lines::statement(line));
        if let Some(reading) = reading {
            self.statuses.push((line.to_owned(), Some(reading)));
        }
        reading.is_some()
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
        // "Where we are: partly there", after what was done.
        let is_verdict = column == Column::Progress
            && self.has(Part::Action)
            && text::word_count(rest) <= status::MAX_PHRASE_WORDS
            && key.read(rest, None).is_some();
        if own == Part::Status || is_verdict {
            if let Some(reading) = key.read(rest, None) {
                self.statuses.push((rest.to_owned(), Some(reading)));
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

    pub(super) fn has(&self, part: Part) -> bool {
        self.passages
            .iter()
            .any(|passage| passage.part == Some(part))
    }

    /// Takes off the head what comes before the answer proper: the
    /// recommendation, repeated, and the verdict.
    pub(super) fn take_head(&mut self, manners: &Manners) {
        while let Some(restated) = self.take_recommendation(manners) {
            self.recommendation.push(restated);
        }
        self.take_verdicts();
        self.take_closing_verdict();
        self.take_stated(manners);
    }

    /// Takes out of what no label names the sentences that state a status.
    fn take_stated(&mut self, manners: &Manners) {
        for passage in &mut self.passages {
            if manners.is_open(passage) || passage.part == Some(Part::Next) {
                let (left, stated) = stated::take(&passage.text);
                let stated = stated.into_iter().map(|(said, is)| (said, Some(is)));
                self.statuses.extend(stated);
                passage.text = left;
            }
        }
        self.passages.retain(|passage| !passage.text.is_empty());
    }

    /// Makes a draft: labelled passages are what their label says, the rest is
    /// judged.
    pub(super) fn draft(
        self,
        manners: &Manners,
        division: Division,
        outline: &Outline<'_>,
    ) -> Draft {
        let confidence = if self.labels.is_empty() {
            UNNUMBERED
        } else {
            NUMBERED
        };
        let at = outline.blocks[self.block].at;
        let judged = manners.judge(&self.passages, division);
        let mut draft = Draft::new(self.labels, at, confidence);
        draft.title = self.title;
        for restated in &self.recommendation {
            draft.add(Part::Recommendation, restated);
        }
        for (part, text) in judged {
            draft.add(part, &text);
        }
        for (printed, reading) in &self.statuses {
            draft.add(Part::Status, printed);
            draft.status = reading.or(draft.status);
        }
        draft
    }

    /// Takes the recommendation off the head of the answer, where it is repeated
    /// there without a label: before the first label, or as its words show.
    fn take_recommendation(&mut self, manners: &Manners) -> Option<String> {
        let is_labelled = self.has(Part::Recommendation);
        let is_only = self.passages.len() == 1;
        let is_labelled_after = self
            .passages
            .iter()
            .any(|passage| passage.part == Some(Part::Action));
        let first = self
            .passages
            .first_mut()
            .filter(|first| first.part.is_none() && !is_labelled)?;
        if is_labelled_after {
            return Some(self.passages.remove(0).text);
        }
        let is_about = |sentence: &str| labels::named_first(sentence).is_some();
        if let Some((restated, answer)) = parts::after_restated(&first.text, is_about) {
            let (restated, answer) = (restated.to_owned(), answer.to_owned());
            first.text = answer;
            first.part = Some(Part::Action);
            return Some(restated);
        }
        if !manners.opens_with_recommendation(first, is_only) {
            return None;
        }
        let restated = self.passages.remove(0).text;
        if let Some(next) = self.passages.first_mut().filter(|next| next.part.is_none()) {
            next.part = Some(Part::Action);
        }
        Some(restated)
    }

    /// Takes the verdicts off the head of the answer: "Accepted. In progress."
    fn take_verdicts(&mut self) {
        let is_open = |passage: &&mut Passage| matches!(passage.part, None | Some(Part::Action));
        let Some(first) = self.passages.first_mut().filter(is_open) else {
            return;
        };
        let sentences = text::sentences(&first.text);
        let verdicts = sentences
            .iter()
            .take_while(|sentence| status::is_verdict(sentence))
            .count();
        let (verdicts, rest) = sentences.split_at(verdicts);
        let read = |verdict: &&str| ((*verdict).to_owned(), status::of_phrase(verdict));
        self.statuses.splice(0..0, verdicts.iter().map(read));
        let rest = rest.join(" ");
        if rest.is_empty() {
            self.passages.remove(0);
        } else {
            first.text = rest;
        }
    }

    /// Takes the verdict off the end of the answer: "The form was changed.
    /// (Completed)"
    fn take_closing_verdict(&mut self) {
        let Some(last) = self.passages.last_mut() else {
            return;
        };
        let Some((told, verdict, reading)) = status::take_closing(&last.text) else {
            return;
        };
        let (told, verdict) = (told.to_owned(), verdict.to_owned());
        last.text = told;
        self.statuses.push((verdict, Some(reading)));
    }

    /// How many passages of it no label names.
    pub(super) fn n_open(&self, manners: &Manners) -> usize {
        self.passages
            .iter()
            .filter(|passage| manners.is_open(passage))
            .count()
    }
}
