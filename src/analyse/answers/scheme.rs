//! How a response in prose sets out its answers: under "Recommendation 3",
//! under codes, under headings with "Impact" beneath them, in points that end
//! in "(Rec 3)".
//!
//! In: the lines of a document. Out: for each [`Scheme`] the places at which
//! answers open.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::answers::key::Key;
use crate::analyse::answers::{labels, parts, passage, tails};
use crate::analyse::columns::{self, Column};
use crate::analyse::label::Keyword;
use crate::analyse::outline::{Outline, Placed};
use crate::model::document::BlockKind;

/// How a document sets out its answers, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// "Recommendation 3: …", "Recommendations 2 and 10 – Both complete."
    Keyword,
    /// "HL3 Start with the money", "F1a. Does the Board …?"
    Code,
    /// Points that end in "(Recs 1 and 3)".
    Closing,
    /// "Interpreting (6.2). A contract will …" under titles, or bold openings,
    /// that end in the number alone.
    Titled,
    /// Sections that hold "Actions taken", "Impact" …
    Section,
    /// "You said: …" each time followed by "We did: …".
    Pair,
    /// "3. …" each time followed by "Response: …".
    Number,
    /// "Action 2: …", where actions are what a review asks for.
    Action,
    /// "Finding 2: …".
    Finding,
    /// Paragraphs that report what the review asked, and go on.
    Reported,
}

impl Scheme {
    /// Those by which answers say what they answer or which part is which, in
    /// the order in which they are believed.
    pub(super) const NAMING: [Self; 7] = [
        Self::Keyword,
        Self::Code,
        Self::Closing,
        Self::Titled,
        Self::Section,
        Self::Pair,
        Self::Number,
    ];
    /// Those to fall back on.
    pub(super) const OTHERS: [Self; 3] = [Self::Action, Self::Finding, Self::Reported];
}

/// A place at which an answer opens.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    /// Index into the outline's blocks.
    pub(super) block: usize,
    /// Labels as printed; empty when there are none.
    pub(super) labels: Vec<String>,
    /// What follows the labels on the line.
    pub(super) rest: String,
    /// Level of the heading that it is; 8 for ordinary text.
    pub(super) level: u8,
    /// The status that ends the line, where most openings end in one: `4. See
    /// the child, and see them alone – Under way`.
    pub(super) status: Option<String>,
    /// Whether it holds the whole of its answer.
    pub(super) is_closed: bool,
}

/// Level given to openings that are not headings: any heading ends them.
pub(super) const TEXT_LEVEL: u8 = 8;

/// Every place at which an answer opens under one scheme.
pub(super) fn openings(scheme: Scheme, outline: &Outline<'_>, key: &Key) -> Vec<Opening> {
    let mut openings = match scheme {
        Scheme::Keyword => by_keyword(outline, Keyword::Recommendation),
        Scheme::Finding => by_keyword(outline, Keyword::Lesson),
        Scheme::Code => by_code(outline),
        Scheme::Closing => by_closing(outline),
        Scheme::Titled => by_title(outline),
        Scheme::Section => by_section(outline),
        Scheme::Pair => by_pair(outline),
        Scheme::Number => by_number(outline),
        Scheme::Action => by_keyword(outline, Keyword::Action),
        Scheme::Reported => by_report(outline),
    };
    tails::take(&mut openings, key);
    openings
}

/// The text of a block with the label that its list prints.
pub(super) fn line(placed: &Placed<'_>) -> String {
    match &placed.block.kind {
        BlockKind::ListItem {
            label: Some(label), ..
        } => format!("{label}. {}", placed.block.text),
        _ => placed.block.text.clone(),
    }
}

fn texts<'a>(outline: &'a Outline<'_>) -> impl Iterator<Item = (usize, &'a Placed<'a>)> {
    outline
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, placed)| !matches!(placed.block.kind, BlockKind::Row { .. }))
}

fn opening(outline: &Outline<'_>, block: usize, labels: Vec<String>, rest: &str) -> Opening {
    let placed = &outline.blocks[block];
    let level = if placed.is_heading {
        outline.sections[placed.section].level
    } else {
        TEXT_LEVEL
    };
    Opening {
        block,
        labels,
        rest: rest.to_owned(),
        level,
        status: None,
        is_closed: false,
    }
}

fn by_keyword(outline: &Outline<'_>, wanted: Keyword) -> Vec<Opening> {
    let mut openings = Vec::new();
    for (index, placed) in texts(outline) {
        let text = without_paragraph_number(placed.block.text.trim());
        if let Some(taken) =
            labels::take_leading(text).filter(|taken| taken.keyword == Some(wanted))
        {
            openings.push(opening(outline, index, taken.labels, taken.rest));
        } else if wanted == Keyword::Recommendation
            && let Some(labels) = labels::named_first(text)
        {
            openings.push(opening(outline, index, labels, text));
        }
    }
    openings
}

/// `4.1 Recommendation 1: …` without the number of the paragraph.
fn without_paragraph_number(text: &str) -> &str {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+")
            .expect("the pattern of paragraph numbers compiles")
    });
    &text[NUMBER.find(text).map_or(0, |number| number.end())..]
}

/// Codes such as `R4`, `HL1` or `F1a`: letters that recur with other numbers.
fn by_code(outline: &Outline<'_>) -> Vec<Opening> {
    let mut found: Vec<(String, Opening)> = Vec::new();
    for (index, placed) in texts(outline) {
        let line = line(placed);
        let Some(taken) = labels::take_leading(&line).filter(|taken| taken.keyword.is_none())
        else {
            continue;
        };
        let prefix: String = taken.labels[0]
            .chars()
            .take_while(char::is_ascii_uppercase)
            .collect();
        let is_code = !prefix.is_empty() && prefix.len() < taken.labels[0].len();
        if is_code {
            found.push((prefix, opening(outline, index, taken.labels, taken.rest)));
        }
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (prefix, _) in &found {
        *counts.entry(prefix.clone()).or_default() += 1;
    }
    let are_many = found.len() > 3;
    found.retain(|(prefix, _)| counts[prefix] > 1 || are_many);
    found.into_iter().map(|(_, opening)| opening).collect()
}

fn by_closing(outline: &Outline<'_>) -> Vec<Opening> {
    let mut openings = Vec::new();
    let mut before = None;
    for (index, placed) in texts(outline) {
        if let Some(taken) = labels::take_closing(&placed.block.text) {
            // A reference on a line of its own closes the paragraph above.
            let above = before.filter(|_| taken.rest.is_empty());
            let block = above.unwrap_or(index);
            let rest = above.map_or(taken.rest, |above: usize| {
                outline.blocks[above].block.text.as_str()
            });
            let mut found = opening(outline, block, taken.labels, rest);
            // Under a heading the answer is yet to come.
            found.is_closed = !outline.blocks[block].is_heading;
            openings.push(found);
        }
        before = Some(index);
    }
    openings
}

/// Titles that end in a number: one such title may give a year or an age.
fn by_title(outline: &Outline<'_>) -> Vec<Opening> {
    const LEAST: usize = 3;
    let mut openings = Vec::new();
    for (index, placed) in texts(outline) {
        let text = placed.block.text.trim();
        let bold = placed.block.style.bold_lead as usize;
        let (title, told) = if placed.is_heading {
            (text, "")
        } else {
            text.split_at_checked(bold).unwrap_or_default()
        };
        if let Some(taken) = labels::take_titled(title) {
            let told = told.trim_start_matches(['.', ':', '–', '-', ' ']);
            let rest = if placed.is_heading { taken.rest } else { told };
            openings.push(opening(outline, index, taken.labels, rest));
        }
    }
    if openings.len() < LEAST {
        return Vec::new();
    }
    openings
}

/// Sections under which sub-headings or run-in labels announce the parts of an
/// answer.
fn by_section(outline: &Outline<'_>) -> Vec<Opening> {
    let mut openings: Vec<Opening> = Vec::new();
    for (_, placed) in texts(outline) {
        let Some(column) = announced(placed) else {
            continue;
        };
        let section = if placed.is_heading {
            outline.sections[placed.section].parent
        } else {
            Some(placed.section)
        };
        let Some(section) = section.filter(|section| is_subject(outline, *section)) else {
            continue;
        };
        let block = outline.sections[section].blocks.start;
        let is_answer = !matches!(
            column,
            Column::Recommendation | Column::Owner | Column::Due | Column::Measure
        );
        if is_answer && openings.iter().all(|known| known.block != block) {
            let heading = line(&outline.blocks[block]);
            let taken = labels::take_leading(&heading);
            let (labels, rest) = match &taken {
                Some(taken) => (taken.labels.clone(), taken.rest),
                None => (Vec::new(), heading.as_str()),
            };
            openings.push(opening(outline, block, labels, rest));
        }
    }
    openings.sort_by_key(|opening| opening.block);
    openings
}

/// Whether a section has a heading, and one that is not itself the label of a
/// part.
fn is_subject(outline: &Outline<'_>, section: usize) -> bool {
    let heading = &outline.sections[section].heading;
    section > 0 && columns::of_label(heading).is_none()
}

/// What a line announces as a sub-heading or with its opening words.
pub(super) fn announced(placed: &Placed<'_>) -> Option<Column> {
    if placed.is_heading {
        return columns::of_label(&placed.block.text);
    }
    let bold = placed.block.style.bold_lead as usize;
    passage::take_run_in(&placed.block.text, bold).map(|(column, _)| column)
}

/// "You said" or "Recommendation:" without a number opens an answer each time.
fn by_pair(outline: &Outline<'_>) -> Vec<Opening> {
    let mut openings = Vec::new();
    for (index, placed) in texts(outline) {
        let text = placed.block.text.trim();
        let bold = placed.block.style.bold_lead as usize;
        let rest = if placed.is_heading {
            (columns::of_label(text) == Some(Column::Recommendation)).then_some("")
        } else {
            passage::take_run_in(text, bold)
                .filter(|(column, _)| *column == Column::Recommendation)
                .map(|(_, rest)| rest)
        };
        if let Some(rest) = rest {
            openings.push(opening(outline, index, Vec::new(), rest));
        }
    }
    openings
}

/// Bare numbers open answers when what follows them is labelled as one.
fn by_number(outline: &Outline<'_>) -> Vec<Opening> {
    let mut openings: Vec<Opening> = Vec::new();
    for (index, placed) in texts(outline) {
        let line = line(placed);
        let Some(taken) = labels::take_leading(&line).filter(|taken| taken.keyword.is_none())
        else {
            continue;
        };
        if taken.labels[0].starts_with(|c: char| c.is_ascii_digit()) {
            openings.push(opening(outline, index, taken.labels, taken.rest));
        }
    }
    let ends: Vec<usize> = openings.iter().skip(1).map(|next| next.block).collect();
    let mut kept = Vec::new();
    for (place, opening) in openings.into_iter().enumerate() {
        let end = ends.get(place).copied().unwrap_or(outline.blocks.len());
        let is_answered = outline.blocks[opening.block + 1..end].iter().any(|placed| {
            matches!(
                announced(placed),
                Some(
                    Column::Action
                        | Column::Progress
                        | Column::Impact
                        | Column::Next
                        | Column::Status
                )
            )
        });
        if is_answered {
            kept.push(opening);
        }
    }
    kept
}

/// Paragraphs, or the sections they open, that begin by reporting what was
/// asked: "The review recommended that … We have …".
fn by_report(outline: &Outline<'_>) -> Vec<Opening> {
    let mut openings = Vec::new();
    for (index, placed) in texts(outline) {
        let text = placed.block.text.trim();
        if placed.is_heading || !parts::reports(text) {
            continue;
        }
        // A heading just above is what the answer is called.
        let above = index
            .checked_sub(1)
            .filter(|above| outline.blocks[*above].is_heading && placed.section > 0);
        match above {
            Some(above) => openings.push(opening(
                outline,
                above,
                Vec::new(),
                &outline.blocks[above].block.text,
            )),
            None => openings.push(opening(outline, index, Vec::new(), text)),
        }
    }
    openings
}
