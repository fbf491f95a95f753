//! Where a text names agencies, addressed or not.
//!
//! In: a text, the vocabulary and the document's own names. Out: mentions
//! without overlap, in order.

use std::ops::Range;

use crate::analyse::agencies::local::{self, LocalNames};
use crate::vocabulary::lexicon::Folded;
use crate::vocabulary::{AgencyPhrase, Vocabulary};

/// An agency named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Index into [`Vocabulary::agencies`].
    pub(super) agency: usize,
    /// Whether it stands for whoever belongs to the agency: "all agencies".
    pub(super) is_collective: bool,
    /// Whether it says "the Trust", and no more.
    pub(super) is_the_trust: bool,
}

/// What is needed to read names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) local: &'a LocalNames,
    pub(super) vocabulary: &'a Vocabulary,
}

/// What a council does: agencies that its name gives way to.
const COUNCIL_FUNCTIONS: [&str; 9] = [
    "childrens-social-care",
    "education",
    "housing",
    "adult-social-care",
    "early-years",
    "youth-justice",
    "fostering-and-residential",
    "courts-and-cafcass",
    "community-health",
];

impl Reading<'_> {
    /// The agencies that a text names, in order.
    pub(super) fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut candidates = self.phrases(text);
        candidates.extend(self.names(text));
        candidates.sort_by_key(|(range, _, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut mentions: Vec<Mention> = Vec::new();
        let mut last = 0..0;
        for (range, agency, is_general) in candidates {
            if range.start < last.end && range != last {
                continue;
            }
            last = range.clone();
            let Some(agency) = agency else { continue };
            let mut range = range;
            if let Some(previous) = mentions.last()
                && self.gives_way(previous, text, range.start, agency)
            {
                range.start = previous.range.start;
                mentions.pop();
            }
            let name = Folded::new(text.get(range.clone()).unwrap_or_default()).text;
            let is_the_trust = matches!(name.as_str(), "trust" | "the trust");
            let meant = is_the_trust.then(|| self.trust_meant(text, &mentions));
            let agency = meant.flatten().unwrap_or(agency);
            mentions.push(Mention {
                is_the_trust,
                range,
                agency,
                is_collective: is_general && self.is_partnership(agency),
            });
        }
        mentions
    }

    /// What "the Trust" means: the trust that the text named last, else the one
    /// that the document names most.
    fn trust_meant(&self, text: &str, before: &[Mention]) -> Option<usize> {
        let named = before.iter().rev().find(|mention| {
            let name = text.get(mention.range.clone()).unwrap_or_default();
            name.ends_with("Trust") && !mention.is_the_trust
        });
        named
            .map(|mention| mention.agency)
            .or_else(|| self.local.trust())
    }

    /// Phrases of the vocabulary: range, agency, whether general.
    fn phrases(&self, text: &str) -> Vec<(Range<usize>, Option<usize>, bool)> {
        let folded = Folded::new(text);
        let hits = self.vocabulary.phrases.agencies.find_longest(&folded, text);
        hits.into_iter()
            .map(|hit| {
                let range = folded.origin(&hit.range);
                match hit.value {
                    AgencyPhrase::Names(agency) => (range, Some(*agency), false),
                    AgencyPhrase::General(agency) => (range, Some(*agency), true),
                    AgencyPhrase::Not => (range, None, false),
                }
            })
            .collect()
    }

    /// Local names and the document's abbreviations.
    fn names(&self, text: &str) -> Vec<(Range<usize>, Option<usize>, bool)> {
        let named = local::names_in(text, self.vocabulary);
        let named = named.map(|(range, agency)| (range, Some(agency), false));
        let short = self.local.find(text);
        let short = short.map(|(range, agency)| (range, Some(agency), false));
        named.chain(short).collect()
    }

    /// Whether an organisation's name gives way to the function that follows:
    /// "the council's housing service", "X NHS Trust (health visiting)".
    fn gives_way(&self, previous: &Mention, text: &str, next: usize, function: usize) -> bool {
        let name = Folded::new(&text[previous.range.clone()]).text;
        let is_council = (name.contains("council") || name.contains("authorit"))
            && COUNCIL_FUNCTIONS.contains(&self.vocabulary.agencies[function].id.as_str());
        let is_trust =
            name.contains("trust") || name.contains("hospitals") || name.contains("healthcare");
        let between = text.get(previous.range.end..next).unwrap_or_default();
        let is_possessive = name.ends_with("'s") || name.ends_with("s'");
        let is_and = between
            .split_whitespace()
            .any(|word| matches!(word, "and" | "or" | "&" | "with" | "to" | "should"));
        let is_near = between.split_whitespace().count() <= 2 && !between.contains(['.', ';']);
        let is_joined = is_near && !is_and && !between.contains(',');
        // "County Council, Children's Services", but "the council, schools and".
        let is_named = text[next..].starts_with(char::is_uppercase);
        let is_title = matches!(between.trim(), "" | "-" | "–" | ":" | "(" | ", its")
            || (between.trim() == "," && is_named);
        (is_council && ((is_possessive && is_joined) || is_title))
            || (is_trust
                && ((is_possessive && is_joined)
                    || matches!(between.trim(), "(" | ":" | "-" | "–")))
    }

    fn is_partnership(&self, agency: usize) -> bool {
        self.vocabulary.agencies[agency].id.as_str() == super::DEFAULT_AGENCY
    }
}
