//! A case: an entry with the entries that belong to it.
//!
//! In: entries and their links. Out: which answers belong to which
//! recommendation. Whether two entries belong together was judged by `analyse`;
//! here the links are only followed.

use std::collections::HashSet;

use crate::model::analysis::{Answer, Item, Kind};
use crate::model::entry::{Entry, EntryId, Relation};
use crate::search::analyser;

/// An entry with the entries linked to it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The review; or a summary or response without one.
    pub entry: &'a Entry,
    /// Entries that link to it or that it links to.
    pub linked: &'a [Entry],
}

/// An answer and the entry it is printed in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answered<'a> {
    /// Where it is printed: a response, or the case's own entry.
    pub entry: &'a Entry,
    /// What it says.
    pub answer: &'a Answer,
}

impl<'a> Case<'a> {
    /// Responses to the case, oldest first.
    #[must_use]
    pub fn responses(self) -> Vec<&'a Entry> {
        self.linked_as(Relation::RespondsTo)
    }

    /// Summaries of the case, oldest first.
    #[must_use]
    pub fn summaries(self) -> Vec<&'a Entry> {
        self.linked_as(Relation::Summarises)
    }

    /// Other editions of the review, and issues before or after it, by id.
    #[must_use]
    pub fn editions(self) -> Vec<&'a Entry> {
        let links_to = |from: &Entry, to: &Entry| {
            let mut links = from.links.iter().filter(|link| link.to == to.id);
            links.any(|link| !link.relation.is_belonging())
        };
        let is_edition =
            |other: &&Entry| links_to(other, self.entry) || links_to(self.entry, other);
        self.linked.iter().filter(is_edition).collect()
    }

    /// Whether anything answers it.
    #[must_use]
    pub fn is_answered(self) -> bool {
        !self.responses().is_empty() || !self.entry.analysis.findings.answers.is_empty()
    }

    /// Every answer in the case: those of its own entry, then those of its
    /// responses.
    #[must_use]
    pub fn answers(self) -> Vec<Answered<'a>> {
        let entries = std::iter::once(self.entry).chain(self.responses());
        let answers = entries.flat_map(|entry| {
            let answers = entry.analysis.findings.answers.iter();
            answers.map(move |answer| Answered { entry, answer })
        });
        answers.collect()
    }

    /// The answers to one of the case's recommendations, in the order of
    /// [`Case::answers`].
    #[must_use]
    pub fn answers_to(self, recommendation: &Item) -> Vec<Answered<'a>> {
        let mut answers = self.answers();
        answers.retain(|answered| {
            self.recommendation(answered.answer)
                .is_some_and(|found| std::ptr::eq(found, recommendation) || found == recommendation)
        });
        answers
    }

    /// The recommendation of this case that an answer is to. Labels decide; of
    /// several with one label, the text that the answer repeats. `None` rather
    /// than a guess.
    #[must_use]
    pub fn recommendation(self, answer: &Answer) -> Option<&'a Item> {
        let label = bare_label(&answer.recommendation);
        let recommendations = self.entry.analysis.findings.recommendations.iter();
        let mut named = recommendations.filter(|item| bare_label(&item.id) == label);
        let (first, second) = (named.next()?, named.next());
        if second.is_none() {
            return Some(first);
        }
        let repeated = answer.parts.recommendation.as_deref()?;
        let candidates = [first].into_iter().chain(second).chain(named);
        let overlaps = candidates.map(|item| (overlap(&item.text, repeated), item));
        let best = overlaps.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 >= 0.5).then_some(best.1)
    }

    fn linked_as(self, relation: Relation) -> Vec<&'a Entry> {
        let belongs = |entry: &&Entry| target(entry, relation) == Some(&self.entry.id);
        let mut entries: Vec<&Entry> = self.linked.iter().filter(belongs).collect();
        let published = |entry: &Entry| entry.analysis.metadata.published.as_ref().map(|c| c.value);
        entries.sort_by_key(|entry| (published(entry), entry.first_seen, entry.id.clone()));
        entries
    }
}

/// Names of items printed in one entry, as the index gives them: the printed
/// number, and `3~2` for the second item numbered 3.
#[must_use]
pub fn item_names(items: &[Item]) -> Vec<String> {
    let name = |(place, item): (usize, &Item)| {
        let before = items[..place].iter().filter(|other| other.id == item.id);
        match before.count() {
            0 => item.id.clone(),
            times => format!("{}~{}", item.id, times + 1),
        }
    };
    items.iter().enumerate().map(name).collect()
}

/// The entry that this one belongs to as a response or summary: that of its
/// surest link, when it has any.
#[must_use]
pub fn belongs_to(entry: &Entry) -> Option<&EntryId> {
    let relation = match entry.analysis.kind {
        Kind::Summary => Relation::Summarises,
        Kind::Response => Relation::RespondsTo,
        Kind::Review | Kind::Other => return None,
    };
    target(entry, relation)
}

fn target(entry: &Entry, relation: Relation) -> Option<&EntryId> {
    let links = entry.links.iter().filter(|link| link.relation == relation);
    let surest = links.max_by(|a, b| {
        let surer = a.confidence.total_cmp(&b.confidence);
        surer.then_with(|| b.to.cmp(&a.to))
    });
    surest.map(|link| &link.to)
}

/// A label without what printers vary: `Recommendation 03.`, `R3` and `3` are
/// one; `3.1` and `3.10` are not.
fn bare_label(label: &str) -> String {
    let lower = label.to_lowercase();
    let mut bare = lower.trim();
    for word in ["recommendation", "rec", "no"] {
        bare = bare
            .strip_prefix(word)
            .unwrap_or(bare)
            .trim_start_matches(['.', ':', ' ']);
    }
    let bare = bare.trim_end_matches(['.', ':', ')', ' ']);
    let digits = bare.strip_prefix('r').map_or(bare, str::trim_start);
    let bare = if digits.starts_with(|c: char| c.is_ascii_digit()) {
        digits
    } else {
        bare
    };
    let parts = bare
        .split('.')
        .map(|part| match part.trim_start_matches('0') {
            "" => part,
            significant => significant,
        });
    parts.collect::<Vec<_>>().join(".")
}

/// Share of the words of either text that both have, from 0 to 1.
fn overlap(a: &str, b: &str) -> f32 {
    let words = |text: &str| -> HashSet<String> {
        let words = analyser::words(text).into_iter();
        words.map(|word| analyser::stem(&word.folded)).collect()
    };
    let (a, b) = (words(a), words(b));
    let either = a.union(&b).count();
    if either == 0 {
        return 0.0;
    }
    a.intersection(&b).count() as f32 / either as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_one_however_they_are_printed() {
        for same in [
            "3",
            "R3",
            "Recommendation 3",
            "Rec. 3:",
            "03",
            "r 3",
            "Recommendation no. 3",
        ] {
            assert_eq!(bare_label(same), "3", "{same}");
        }
        assert_ne!(bare_label("3.1"), bare_label("3.10"));
        assert_eq!(bare_label("B"), "b");
        assert_eq!(bare_label("R"), "r");
        assert_eq!(bare_label("u1"), "u1");
    }

    #[test]
    fn overlap_is_of_stems() {
        assert!(
            overlap(
                "Police should share records",
                "police sharing record should"
            ) > 0.99
        );
        assert!(overlap("Police should share", "Schools must teach") < 0.01);
    }
}
