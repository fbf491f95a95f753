//! Whom a recommendation addresses: every body that is asked to act, to be
//! asked or assured by the actor, or to take part.
//!
//! In: the recommendation's text, the headings that govern it, its line of
//! responsibility, and what names mean in this document. Out: agencies, each
//! with a confidence. Where recommendations begin and end is for others.
//!
//! Mentioned is not addressed: "information from the police" asks nothing of
//! the police. Each mention therefore has a [`Role`], read from the words
//! around it.

mod before;
mod cues;
mod headings;
mod local;
mod mentions;
mod roles;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::model::ids::TermId;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::lexicon::Folded;

use headings::Address;
pub(super) use local::LocalNames;
use mentions::{Mention, Reading};
use roles::Role;

/// A recommendation as it stands in its document.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// The headings, bold lines and lead-ins that govern it, outermost first.
    pub(super) headings: &'a [&'a str],
    /// Its own owner or lead, as printed.
    pub(super) responsibility: Option<&'a str>,
}

/// Given when nothing says who is addressed: the publisher sees to it.
const DEFAULT_AGENCY: &str = "safeguarding-partnership";
/// Confidence in [`DEFAULT_AGENCY`] when nothing names it.
const DEFAULT_CONFIDENCE: f32 = 0.5;
/// How often an agency in a line of responsibility is addressed.
const RESPONSIBLE: f32 = 0.95;
/// How often an agency in a heading is addressed by what stands under it.
const IN_HEADING: f32 = 0.9;

/// How often an agency is addressed because the text is about its work.
const BY_FUNCTION: f32 = 0.55;

/// The agencies that a recommendation addresses, the surest first; at least
/// one.
pub(super) fn addressed(
    asked: &Asked,
    local: &LocalNames,
    vocabulary: &Vocabulary,
) -> Vec<(TermId, f32)> {
    let reading = Reading { local, vocabulary };
    let mut found = Found::default();
    if let Some(responsibility) = asked.responsibility {
        for mention in reading.mentions(responsibility) {
            found.add(&mention, RESPONSIBLE);
        }
    }
    let is_settled = found.names_one();
    let mut roles = roles::in_text(asked.text, &reading);
    // Under "X NHS Trust (midwifery)", "the Trust" is what the heading says it is.
    if is_under_agency(asked.headings, &reading) {
        roles.retain(|(mention, _)| !mention.is_the_trust);
    }
    let has_subject = roles.iter().any(|(_, role)| *role == Role::Subject);
    for (index, (mention, role)) in roles.iter().enumerate() {
        // "All agencies to record …, and the Board to ensure …" asks both.
        if index == 0 && mention.is_collective && *role == Role::Subject {
            found.is_collective_asked = true;
        }
        if let Some(confidence) = role.confidence()
            && (*role == Role::Subject || !is_settled)
        {
            found.add(mention, confidence);
        }
    }
    let is_question = roles::is_question(asked.text);
    let is_headed =
        !is_settled && found.add_heading(asked.headings, has_subject, is_question, &reading);
    // "Cover for the helpline at weekends" tells nobody to act: whom it is about.
    if !found.names_one() && found.collective.is_empty() {
        for (mention, _) in &roles {
            found.add(mention, BY_FUNCTION);
        }
    }
    if !found.names_one() || is_question {
        found.add_functions(asked.text, vocabulary);
    } else if !is_settled && !is_headed {
        for subject in roles::unnamed_subjects(asked.text, &reading) {
            found.add_functions(subject, vocabulary);
        }
    }
    found.into_agencies(vocabulary)
}

/// Whether the innermost heading is the name of an agency.
fn is_under_agency(headings: &[&str], reading: &Reading<'_>) -> bool {
    headings.last().is_some_and(|heading| {
        let mentions = reading.mentions(heading);
        headings::address(heading, &mentions) == Address::Agencies
    })
}

/// Agencies by index into the vocabulary, each with its best confidence.
#[derive(Debug, Default)]
struct Found {
    named: BTreeMap<usize, f32>,
    /// Bodies such as "all agencies", which count when no other is named.
    collective: BTreeMap<usize, f32>,
    /// Whether those bodies are the first that the text tells to act.
    is_collective_asked: bool,
}

impl Found {
    /// Whether somebody is named, and not only "all agencies".
    fn names_one(&self) -> bool {
        !self.named.is_empty()
    }

    fn add(&mut self, mention: &Mention, confidence: f32) {
        let found = if mention.is_collective {
            &mut self.collective
        } else {
            &mut self.named
        };
        let best = found.entry(mention.agency).or_default();
        *best = best.max(confidence);
    }

    /// The innermost heading that addresses somebody governs. Where the text
    /// says itself who is to act, a heading adds to that only when it names one
    /// agency, and "Recommendations to the Board" adds nothing; but a question is put
    /// to whom its heading names.
    ///
    /// Returns whether a heading was heeded.
    fn add_heading(
        &mut self,
        headings: &[&str],
        has_subject: bool,
        is_question: bool,
        reading: &Reading<'_>,
    ) -> bool {
        for heading in headings.iter().rev() {
            let from = headings::addressees_start(heading);
            let mut mentions = reading.mentions(heading);
            mentions.retain(|mention| mention.range.start >= from);
            let counts = match headings::address(heading, &mentions) {
                Address::Agencies => !has_subject || mentions.len() == 1,
                Address::ListFor => !has_subject || is_question,
                Address::Nobody if headings::opens_list(heading) => return false,
                Address::Nobody => continue,
            };
            if counts {
                for mention in &mentions {
                    self.add(mention, IN_HEADING);
                }
            }
            return counts;
        }
        false
    }

    /// Those whose work the text is about, when it names nobody: a child in
    /// need plan is the business of children's social care.
    fn add_functions(&mut self, text: &str, vocabulary: &Vocabulary) {
        let folded = Folded::new(text);
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for hit in vocabulary.phrases.functions.find_longest(&folded, text) {
            *counts.entry(*hit.value).or_default() += 1;
        }
        let most = counts.values().copied().max().unwrap_or_default();
        for (agency, count) in counts {
            if count == most {
                self.named.entry(agency).or_insert(BY_FUNCTION);
            }
        }
    }

    fn into_agencies(mut self, vocabulary: &Vocabulary) -> Vec<(TermId, f32)> {
        let mut all = std::mem::take(&mut self.named);
        if all.is_empty() || self.is_collective_asked {
            all.extend(self.collective);
        }
        let mut agencies: Vec<(TermId, f32)> = all
            .into_iter()
            .map(|(index, confidence)| (vocabulary.agencies[index].id.clone(), confidence))
            .collect();
        if agencies.is_empty() {
            let default = vocabulary
                .agencies
                .iter()
                .find(|term| term.id.as_str() == DEFAULT_AGENCY);
            agencies.extend(default.map(|term| (term.id.clone(), DEFAULT_CONFIDENCE)));
        }
        agencies.sort_by(|a, b| b.1.total_cmp(&a.1));
        agencies
    }
}
