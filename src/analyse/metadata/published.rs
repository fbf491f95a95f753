//! When a document was published.
//!
//! In: a [`Reading`]. Out: the date as precise as its source. Dates are told
//! apart by what is printed beside them: of publication, of the report, of its
//! adoption, of the position it gives, of the event it is about. A date of
//! publication in the document comes first, then a bare date on its front,
//! then what the link and the page around it say. The month of an upload
//! folder is no date of publication, and URLs are not looked at.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::reading::{Reading, Role};
use crate::analyse::text;
use crate::model::analysis::{Cited, Source};
use crate::model::capture::LinkContext;
use crate::model::date::{self, PartialDate};
use crate::model::document::BlockKind;

/// What a date is the date of, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    /// Publication.
    Published,
    /// Bare on the front: when the report is dated.
    Front,
    /// In the link, its heading or beside it.
    Listed,
    /// A post or an upload.
    Posted,
    /// At the start of one of the first paragraphs.
    Opening,
    /// Beside the link, perhaps of the link next to it.
    Beside,
    /// The last change of a page.
    Updated,
    /// Adoption: agreed, presented, accepted.
    Adopted,
    /// The position that a plan gives.
    Position,
    /// A year that heads a list.
    Year,
    /// The writing was finished, often long before publication.
    Completed,
}

/// A date and why it may be the one.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    date: PartialDate,
    meaning: Meaning,
    source: Source,
}

/// Reads the date of publication.
pub(super) fn read(reading: &Reading<'_>) -> Option<Cited<PartialDate>> {
    let mut candidates = in_front(reading);
    candidates.extend(in_head(reading));
    candidates.extend(at_end(reading));
    for context in reading.found.contexts {
        candidates.extend(in_context(context));
    }
    let best = candidates.iter().min_by_key(|found| found.meaning)?;
    // Another source of a publication date may be finer than the best one.
    let finer = candidates
        .iter()
        .filter(|other| is_of_publication(other.meaning) && other.date.agrees_with(best.date))
        .max_by(|a, b| {
            let precision = a.date.precision().cmp(&b.date.precision());
            precision.then(b.meaning.cmp(&a.meaning))
        })
        .filter(|other| other.date.precision() > best.date.precision())
        .unwrap_or(best);
    Some(Cited {
        value: finer.date,
        source: finer.source,
        confidence: confidence(best.meaning),
    })
}

fn is_of_publication(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Published | Meaning::Listed | Meaning::Posted
    )
}

fn confidence(meaning: Meaning) -> f32 {
    match meaning {
        Meaning::Published => 0.97,
        Meaning::Front | Meaning::Listed => 0.9,
        Meaning::Posted => 0.85,
        Meaning::Opening | Meaning::Beside | Meaning::Updated => 0.7,
        Meaning::Adopted | Meaning::Position => 0.6,
        Meaning::Year => 0.5,
        Meaning::Completed => 0.4,
    }
}

/// Dates on the front, each with the words before it.
fn in_front(reading: &Reading<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut above = "";
    for line in &reading.front.lines {
        for (caption, date, after) in captioned(line.text) {
            // The caption may stand in a line or cell of its own.
            let is_bare = caption.is_empty() && text::word_count(above) <= 4;
            let caption = if is_bare { text::fold(above) } else { caption };
            let meaning = meaning_of(&caption, &after).unwrap_or(if line.role == Role::Title {
                Meaning::Position
            } else {
                Meaning::Front
            });
            push(&mut found, date, meaning, Source::Text(line.at));
        }
        if let Some(year) = bare_year(&line.folded) {
            push(&mut found, year, Meaning::Front, Source::Text(line.at));
        }
        above = line.text;
    }
    found
}

/// Dates of publication in short lines near the beginning, off the front.
fn in_head(reading: &Reading<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for placed in reading.head(400) {
        if let Some((range, date)) = date::find_dates(&placed.block.text).first()
            && range.start == 0
            && !matches!(
                placed.block.kind,
                BlockKind::Row { .. } | BlockKind::ListItem { .. }
            )
            && found.is_empty()
        {
            push(&mut found, *date, Meaning::Opening, Source::Text(placed.at));
        }
        if text::word_count(&placed.block.text) > 60 {
            continue;
        }
        for (caption, date, after) in captioned(&placed.block.text) {
            let meaning = meaning_of(&caption, &after);
            // What "a review was published" says is said of another document.
            let is_about_another = SUBJECT.is_match(&caption);
            if let Some(meaning @ (Meaning::Published | Meaning::Posted | Meaning::Updated)) =
                meaning
                && !is_about_another
            {
                push(&mut found, date, meaning, Source::Text(placed.at));
            }
        }
    }
    found
}

/// A date alone in a sentence of the last lines, as an imprint has it.
fn at_end(reading: &Reading<'_>) -> Option<Candidate> {
    let lines = reading.outline.blocks.iter().rev().take(3);
    lines
        .flat_map(|placed| {
            text::sentences(&placed.block.text)
                .into_iter()
                .map(|s| (placed.at, s))
        })
        .find_map(|(at, sentence)| {
            let (range, date) = date::find_dates(sentence).pop()?;
            let is_bare = text::word_count(&sentence[range]) == text::word_count(sentence);
            is_bare.then_some(Candidate {
                date,
                meaning: Meaning::Opening,
                source: Source::Text(at),
            })
        })
}

/// Dates in and around a link. Its own heading counts, those above do not,
/// unless they are nothing but a year or a month.
fn in_context(context: &LinkContext) -> Vec<Candidate> {
    let mut found = Vec::new();
    let own = context.link_text.iter();
    let near = context.nearby.iter();
    for (text, is_own) in own
        .map(|text| (text, true))
        .chain(near.map(|text| (text, false)))
    {
        for (caption, date, after) in captioned(text) {
            let meaning = match meaning_of(&caption, &after) {
                Some(Meaning::Published) => Some(Meaning::Listed),
                Some(other) => Some(other),
                None if is_own => Some(Meaning::Listed),
                None if is_listed(&caption) => Some(Meaning::Beside),
                None => None,
            };
            if let Some(meaning) = meaning {
                push(&mut found, date, meaning, Source::Link);
            }
        }
    }
    for heading in &context.headings {
        for (caption, date, after) in captioned(heading) {
            let is_event = meaning_of(&caption, &after).is_none() && caption.contains("die");
            if !is_event {
                push(&mut found, date, Meaning::Listed, Source::Link);
            }
        }
        if let Some(year) = bare_year(&text::fold(heading)) {
            push(&mut found, year, Meaning::Year, Source::Link);
        }
    }
    found
}

/// Whether the words before a date in a list are a name or a label rather than
/// a story: short, or the opening of a bracket.
fn is_listed(caption: &str) -> bool {
    caption.ends_with('(') || text::word_count(caption) <= 6
}

fn push(found: &mut Vec<Candidate>, date: PartialDate, meaning: Meaning, source: Source) {
    found.push(Candidate {
        date,
        meaning,
        source,
    });
}

/// The dates of a text, each with the folded words before it, back to the
/// date or sentence before, and the few after it.
fn captioned(text: &str) -> Vec<(String, PartialDate, String)> {
    let mut start = 0;
    let mut found = Vec::new();
    for (range, date) in date::find_dates(text) {
        let before = &text[start..range.start];
        let sentence = before
            .rfind(". ")
            .map_or(before, |stop| &before[stop + 2..]);
        let after: String = text[range.end..].chars().take(40).collect();
        let caption = text::fold(sentence);
        if !EVENT.is_match(&caption) || caption.contains("publi") {
            found.push((caption, date, text::fold(&after)));
        }
        start = range.end;
    }
    found
}

fn bare_year(folded: &str) -> Option<PartialDate> {
    let is_year = folded.len() == 4 && folded.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| folded.parse().ok())?
}

static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:reviews?|report|we|board|partnership)\b.*\bpublish")
        .expect("the pattern of publishing something else compiles")
});

static MEANINGS: LazyLock<Vec<(Meaning, Regex)>> = LazyLock::new(|| {
    let table = [
        (Meaning::Published, r"\bpubli(?:shed|cation)\b|\bcyhoedd"),
        (Meaning::Posted, r"\b(?:posted|date added|added|uploaded)\b"),
        (
            Meaning::Updated,
            r"\b(?:(?:last |page )?(?:updated?|modified|edited)|last reviewed)\b",
        ),
        (
            Meaning::Completed,
            r"\b(?:completed?|completion|finished|concluded|finali[sz]ed|signed off|submitted)\b",
        ),
        (
            Meaning::Adopted,
            r"\b(?:agreed|approved|adopted|accepted|presented|considered|ratified|endorsed|approved by|meeting)\b",
        ),
        (
            Meaning::Position,
            r"\b(?:position|as at|as of|progress (?:to|at)|status at)\b",
        ),
    ];
    table
        .into_iter()
        .map(|(meaning, pattern)| {
            let pattern = Regex::new(pattern).expect("the patterns of captions compile");
            (meaning, pattern)
        })
        .collect()
});

/// Dates of something else altogether.
static EVENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:died|death|born|birth|killed|incident|review due|review date|next|due|until|between|from|since|period|deadline|by|replaces|plan of|version of|year (?:to|ended|ending))\b[^.]{0,30}$",
    )
    .expect("the pattern of other dates compiles")
});

/// What the words around a date say that it is. `None` when they say nothing;
/// the caller knows what a bare date means there.
fn meaning_of(caption: &str, after: &str) -> Option<Meaning> {
    // The caption that stands nearest the date counts.
    let nearest = MEANINGS
        .iter()
        .filter_map(|(meaning, pattern)| {
            let last = pattern.find_iter(caption).last()?;
            Some((last.start(), *meaning))
        })
        .max_by_key(|(at, _)| *at);
    if after.starts_with("and published") || after.starts_with("(published") {
        return Some(Meaning::Published);
    }
    nearest.map(|(_, meaning)| meaning)
}
