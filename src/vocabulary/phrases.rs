//! The terms of themes and agencies as lexicons.
//!
//! In: checked terms. Out: lexicons whose values lead back to the terms. Welsh
//! terms stand in them with every mutation of their first letter.

use crate::vocabulary::Term;
use crate::vocabulary::lexicon::Lexicon;

/// Lexicons of the terms that are looked for in texts.
#[derive(Debug, Clone)]
pub struct Phrases {
    /// Of themes.
    pub themes: Lexicon<ThemePhrase>,
    /// Of agencies.
    pub agencies: Lexicon<AgencyPhrase>,
    /// Of what only one agency does; the value is its index.
    pub functions: Lexicon<usize>,
}

/// What a phrase says about a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThemePhrase {
    /// Index into [`Vocabulary::themes`](crate::vocabulary::Vocabulary::themes).
    pub theme: usize,
    /// How much it says.
    pub force: Force,
}

/// How much a phrase says about its theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Force {
    /// Names it.
    Term,
    /// Points to it.
    Hint,
    /// Holds one of its terms and means something else.
    Not,
}

/// What a phrase says about an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgencyPhrase {
    /// Names the agency with this index.
    Names(usize),
    /// Names the body that the agency with this index belongs to; a function
    /// that follows decides.
    General(usize),
    /// Names no agency, though it holds a word that would.
    Not,
}

impl Phrases {
    /// The lexicons of these terms.
    pub(super) fn new(themes: &[Term], agencies: &[Term]) -> Self {
        Self {
            themes: lexicon(themes, |theme, list| {
                let force = match list {
                    List::Terms => Force::Term,
                    List::Weaker => Force::Hint,
                    List::Not => Force::Not,
                };
                ThemePhrase { theme, force }
            }),
            agencies: lexicon(agencies, |agency, list| match list {
                List::Terms => AgencyPhrase::Names(agency),
                List::Weaker => AgencyPhrase::General(agency),
                List::Not => AgencyPhrase::Not,
            }),
            functions: Lexicon::new(agencies.iter().enumerate().flat_map(|(index, agency)| {
                agency.functions.iter().map(move |phrase| (phrase, index))
            })),
        }
    }
}

/// The list of a term that a phrase comes from.
#[derive(Clone, Copy)]
enum List {
    Terms,
    Weaker,
    Not,
}

fn lexicon<T>(terms: &[Term], value: impl Fn(usize, List) -> T) -> Lexicon<T> {
    let mut phrases: Vec<(String, T)> = Vec::new();
    for (index, term) in terms.iter().enumerate() {
        let mut add = |phrase: &str, list| phrases.push((phrase.to_owned(), value(index, list)));
        for phrase in &term.terms {
            add(phrase, List::Terms);
        }
        for phrase in term.hints.iter().chain(&term.general) {
            add(phrase, List::Weaker);
        }
        for phrase in &term.not_terms {
            add(phrase, List::Not);
        }
        for mutated in term.welsh.iter().flat_map(|phrase| mutations(phrase)) {
            add(&mutated, List::Terms);
        }
    }
    Lexicon::new(phrases)
}

/// Initial consonants and what they change to: soft, nasal and aspirate. The
/// longer stand first, or `ll` would pass for `l`.
const MUTATIONS: [(&str, &[&str]); 11] = [
    ("ll", &["l"]),
    ("rh", &["r"]),
    ("dd", &[]),
    ("ph", &[]),
    ("p", &["b", "mh", "ph"]),
    ("t", &["d", "nh", "th"]),
    ("c", &["g", "ngh", "ch"]),
    ("b", &["f", "m"]),
    ("d", &["dd", "n"]),
    ("g", &["", "ng"]),
    ("m", &["f"]),
];

/// A Welsh phrase with each form that its first letter can take.
fn mutations(phrase: &str) -> Vec<String> {
    let mut forms = vec![phrase.to_owned()];
    let initial = MUTATIONS
        .iter()
        .find(|(initial, _)| phrase.starts_with(initial));
    if let Some((initial, changed)) = initial {
        let rest = &phrase[initial.len()..];
        forms.extend(changed.iter().map(|to| format!("{to}{rest}")));
    }
    if phrase.starts_with(['a', 'e', 'i', 'o', 'u', 'w', 'y']) {
        forms.push(format!("h{phrase}"));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welsh_phrases_take_the_mutations_of_their_first_letter() {
        check("plant", &["plant", "blant", "mhlant", "phlant"]);
        check("gofal", &["gofal", "ofal", "ngofal"]);
        check("llys", &["llys", "lys"]);
        check("ysgol", &["ysgol", "hysgol"]);
        check("heddlu", &["heddlu"]);
    }

    #[track_caller]
    fn check(phrase: &str, expected: &[&str]) {
        assert_eq!(mutations(phrase), expected);
    }
}
