//! Lessons of briefings that announce none: a panel or short section for each
//! topic, as in "7 minute briefings".
//!
//! In: the [`Outline`] of a document in which nothing was announced as a
//! lesson. Out: drafts, one for each paragraph under a topic; none where the
//! document does not call itself a briefing of that kind.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::items::cues;
use crate::analyse::items::draft::Draft;
use crate::analyse::outline::{Outline, Placed};
use crate::analyse::text::{self, fold, word_count};
use crate::model::document::{BlockKind, Locator};

/// A panel holds a few lines; more is a chapter.
const MAX_WORDS: usize = 80;
/// Fewer words are a caption.
const MIN_WORDS: usize = 6;
/// Topics are named in a few words.
const MAX_TITLE_WORDS: usize = 8;
/// A briefing of this kind has seven of them.
const MIN_TOPICS: usize = 2;

/// A paragraph under a topic.
struct Under<'o> {
    topic: &'o str,
    paragraph: &'o str,
    at: Locator,
    start: usize,
    section: usize,
}

/// The lessons of a briefing by topics.
pub(super) fn read(outline: &Outline<'_>) -> Vec<Draft> {
    if !is_briefing(outline) {
        return Vec::new();
    }
    let told = paragraphs(outline)
        .into_iter()
        .filter(|under| is_topic(under.topic) && is_lesson(under.paragraph));
    let told: Vec<Under<'_>> = told.collect();
    let mut topics: Vec<&str> = told.iter().map(|under| under.topic).collect();
    topics.dedup();
    if topics.len() < MIN_TOPICS {
        return Vec::new();
    }
    told.into_iter()
        .map(|under| Draft {
            label: None,
            pieces: vec![under.paragraph.to_owned()],
            at: under.at,
            start: under.start,
            section: under.section,
            stem: None,
            owner: None,
            confidence: 0.55,
        })
        .collect()
}

/// Whether the first lines call the document a briefing by topics.
fn is_briefing(outline: &Outline<'_>) -> bool {
    static BRIEFING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:7|seven)[- ]?min(?:ute)?s?\b|\b(?:7|saith)[- ]munud\b")
            .expect("the pattern of briefings compiles")
    });
    let mut first = outline.blocks.iter().take(4);
    first.any(|placed| BRIEFING.is_match(&fold(&placed.block.text)))
}

/// Paragraphs under headings, and those of cells that begin with a heading.
fn paragraphs<'o>(outline: &'o Outline<'_>) -> Vec<Under<'o>> {
    let blocks = outline.blocks.iter().enumerate();
    blocks
        .flat_map(|(index, placed)| match &placed.block.kind {
            BlockKind::Paragraph | BlockKind::ListItem { .. } => {
                let topic = outline.sections[placed.section].heading.as_str();
                vec![under(topic, &placed.block.text, index, placed)]
            }
            BlockKind::Row { cells, .. } => {
                let cells = cells.iter().filter_map(|cell| cell.text.split_once('\n'));
                cells
                    .flat_map(|(topic, rest)| rest.lines().map(move |line| (topic, line)))
                    .map(|(topic, line)| under(topic, line, index, placed))
                    .collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

fn under<'o>(topic: &'o str, paragraph: &'o str, start: usize, placed: &Placed<'_>) -> Under<'o> {
    Under {
        topic: topic.trim(),
        paragraph: paragraph.trim(),
        at: placed.at,
        start,
        section: placed.section,
    }
}

/// Whether a heading names a topic, and not a part that every briefing has.
fn is_topic(heading: &str) -> bool {
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^(?:\W*\d?[.):\s]*)(?:what|who|why|where|when|how|pwy|beth|pam|ble|sut)\b
            | \b(?:background|introduction|context|overview|summary|story|case|incident|circumstances|famil(?:y|ies)|about|questions?|reflect\w*|discuss\w*|consider|ask|next\ssteps?|actions?|to\sdo|do\snow|contacts?|resources|further|reading|links?|references|helplines?|support|find\sout|cefndir|cyflwyniad|cwestiynau|camau|darllen|briefing|briff|review|adolygiad)\b",
        )
        .expect("the pattern of a briefing's parts compiles")
    });
    let folded = fold(heading);
    !folded.is_empty()
        && word_count(&folded) <= MAX_TITLE_WORDS
        && !PART.is_match(&folded)
        && cues::role_of_heading(heading).is_none()
}

/// Whether a paragraph says something that was learnt: short, and no question.
fn is_lesson(paragraph: &str) -> bool {
    (MIN_WORDS..=MAX_WORDS).contains(&word_count(paragraph))
        && !paragraph.ends_with(['?', ':'])
        && !text::sentences(paragraph).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_told_from_the_parts_that_every_briefing_has() {
        for heading in ["3 Bruising", "Moves and borders", "6 Joining the dots"] {
            assert!(is_topic(heading), "{heading}");
        }
        for heading in [
            "1 Background",
            "2. What happened?",
            "7 Questions for your team",
            "Further reading",
            "4 Learning",
            "",
        ] {
            assert!(!is_topic(heading), "{heading}");
        }
    }
}
