//! An item being put together from the lines of a document.

use crate::analyse::items::cues;
use crate::analyse::items::passages;
use crate::analyse::text;
use crate::model::document::Locator;

/// An item as far as it has been read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// As printed; `None` when nothing is printed.
    pub(super) label: Option<String>,
    /// Its lines so far.
    pub(super) pieces: Vec<String>,
    /// Where its text begins.
    pub(super) at: Locator,
    /// Index of its first block.
    pub(super) start: usize,
    /// Section it stands in.
    pub(super) section: usize,
    /// Line or heading that governs it ("The Health Board should:").
    pub(super) stem: Option<String>,
    /// Its own column or line naming who is responsible.
    pub(super) owner: Option<String>,
    /// How sure the form makes us, from 0 to 1.
    pub(super) confidence: f32,
}

impl Draft {
    /// The text, lines joined, without a cross-reference at its end.
    pub(super) fn text(&self) -> String {
        let joined = self.pieces.join(" ");
        cues::strip_cross_reference(joined.trim()).trim().to_owned()
    }

    /// The parts of an item that is a list in one sentence; else the item.
    pub(super) fn taken_apart(self) -> Vec<Self> {
        let text = self.text();
        let parts = passages::listed_in_sentence(&text);
        if parts.is_empty() {
            return vec![self];
        }
        let part = |part: &str| Self {
            label: None,
            pieces: vec![part.to_owned()],
            ..self.clone()
        };
        parts.into_iter().map(part).collect()
    }

    /// Number of words so far.
    pub(super) fn words(&self) -> usize {
        self.pieces
            .iter()
            .map(|piece| text::word_count(piece))
            .sum()
    }

    /// Whether its sentence goes on in what follows: it ends in a colon, comma,
    /// semicolon, or in no punctuation at all.
    pub(super) fn is_unfinished(&self) -> bool {
        self.pieces
            .last()
            .is_none_or(|last| !last.trim_end().ends_with(['.', '?', '!']))
    }
}

/// Leaves out unnumbered items that only digest the numbered list of the same
/// document: a summary's bullets, shorter than the list they stand before.
pub(super) fn drop_digests(drafts: Vec<Draft>) -> Vec<Draft> {
    let numbered: Vec<&Draft> = drafts
        .iter()
        .filter(|draft| draft.label.is_some() && draft.confidence >= 0.85)
        .collect();
    if numbered.len() < 3 {
        return drafts;
    }
    let mean = numbered.iter().map(|draft| draft.words()).sum::<usize>() / numbered.len();
    let first = numbered
        .iter()
        .map(|draft| draft.start)
        .min()
        .unwrap_or_default();
    let is_digest = |draft: &Draft| {
        draft.label.is_none() && draft.start < first && draft.words() * 10 < mean * 7
    };
    drafts
        .iter()
        .filter(|draft| !is_digest(draft))
        .cloned()
        .collect()
}

/// One item per text: of two drafts that say the same the fullest stays, in the
/// place of the first to be printed in full.
pub(super) fn merge_repeats(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<(Vec<String>, Draft)> = Vec::new();
    for draft in drafts {
        let words = text::tokens(&draft.text());
        if words.is_empty() {
            continue;
        }
        let twin = kept
            .iter()
            .position(|(other, old)| is_repeat(&words, &draft, other, old));
        match twin {
            Some(index) => {
                let (other, old) = &mut kept[index];
                if words.len() > other.len() + other.len() / 10 {
                    let label = draft.label.clone().or_else(|| old.label.clone());
                    *old = Draft { label, ..draft };
                    *other = words;
                } else if old.label.is_none() {
                    old.label = draft.label;
                }
            }
            None => kept.push((words, draft)),
        }
    }
    kept.sort_by_key(|(_, draft)| (draft.start, draft.label.clone()));
    kept.into_iter().map(|(_, draft)| draft).collect()
}

fn is_repeat(words: &[String], draft: &Draft, other: &[String], old: &Draft) -> bool {
    let (short, long) = if words.len() < other.len() {
        (words, other)
    } else {
        (other, words)
    };
    let same_label = draft.label.is_some() && draft.label == old.label;
    let common = text::containment(short, long);
    // A digest shares its label and its telling words with the item in full.
    let telling: Vec<String> = short
        .iter()
        .filter(|word| word.len() > 4)
        .cloned()
        .collect();
    let is_digest =
        same_label && short.len() * 2 <= long.len() && text::containment(&telling, long) >= 0.3;
    text::overlap(words, other) >= 0.7
        || (same_label && common >= 0.6)
        || is_digest
        || (short.len() >= 6 && common >= 0.9)
}

/// The ids of drafts in order: as printed, `u1`, `u2` … where nothing is, and
/// `2:1` … where plain numbers start again.
pub(super) fn ids(drafts: &[Draft]) -> Vec<String> {
    let mut used: Vec<String> = Vec::new();
    let mut unnumbered = 0;
    for draft in drafts {
        let id = match &draft.label {
            None => {
                unnumbered += 1;
                format!("u{unnumbered}")
            }
            Some(label) if used.contains(label) => {
                let series = (2..=1000)
                    .find(|n| !used.contains(&format!("{n}:{label}")))
                    .unwrap_or(2);
                format!("{series}:{label}")
            }
            Some(label) => label.clone(),
        };
        used.push(id);
    }
    used
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    #[test]
    fn of_two_drafts_that_say_the_same_the_fullest_stays() {
        let short = draft(0, Some("1"), "Review the bruising policy");
        let full = draft(
            5,
            Some("1"),
            "The Board should review the bruising policy within six months and report",
        );
        let other = draft(
            6,
            Some("2"),
            "The police should train officers in child protection",
        );
        let merged = merge_repeats(vec![short, full.clone(), other.clone()]);
        assert_eq!(merged, [full, other]);
    }

    #[test]
    fn ids_are_as_printed_and_restarting_numbers_get_a_series() {
        let drafts = [
            draft(0, Some("1"), "a"),
            draft(1, None, "b"),
            draft(2, Some("1"), "c"),
            draft(3, None, "d"),
        ];
        assert_eq!(ids(&drafts), ["1", "u1", "2:1", "u2"]);
    }

    fn draft(start: usize, label: Option<&str>, text: &str) -> Draft {
        Draft {
            label: label.map(str::to_owned),
            pieces: vec![text.to_owned()],
            at: Locator {
                page: NonZeroU32::MIN,
                block: 0,
            },
            start,
            section: 0,
            stem: None,
            owner: None,
            confidence: 0.9,
        }
    }
}
