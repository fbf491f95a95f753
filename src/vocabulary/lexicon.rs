//! Finds many phrases in a text in one pass.
//!
//! In: phrases, each with what it stands for, and then texts. Out: where the
//! phrases stand, at word boundaries only. What it means that a phrase stands
//! somewhere is for `analyse` to judge.
//!
//! A phrase is written as people write it. Case, hyphens, kinds of apostrophe
//! and the endings `s` and `'s` make no difference. Two marks refine it:
//! `escalat*` takes any ending, and `=Prevent` is found in this case only.

use std::ops::Range;

use aho_corasick::AhoCorasick;

/// Phrases and what each stands for.
#[derive(Debug, Clone)]
pub struct Lexicon<T> {
    automaton: AhoCorasick,
    phrases: Vec<Phrase<T>>,
}

#[derive(Debug, Clone)]
struct Phrase<T> {
    value: T,
    takes_any_ending: bool,
    /// The phrase as written, when its case counts.
    exact: Option<String>,
}

/// A text prepared for look-ups, and the way back to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// Lower case, straight apostrophes, hyphens as spaces, white space folded.
    pub text: String,
    /// For each byte of `text`, and for its end, the byte of the original.
    origins: Vec<u32>,
}

/// A phrase that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a, T> {
    /// Bytes of [`Folded::text`], to the end of the last word.
    pub range: Range<usize>,
    /// What the phrase stands for.
    pub value: &'a T,
}

impl Folded {
    /// Prepares a text.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let mut folded = Self::default();
        for (at, c) in original.char_indices() {
            for lower in c.to_lowercase() {
                folded.push(lower, at);
            }
        }
        if folded.text.ends_with(' ') {
            folded.text.pop();
            folded.origins.pop();
        }
        folded.origins.push(offset(original.len()));
        folded
    }

    /// The bytes of the original that these bytes of `text` came from.
    #[must_use]
    pub fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let original = |at: usize| self.origins.get(at).map_or(0, |at| *at as usize);
        original(range.start)..original(range.end)
    }

    fn push(&mut self, c: char, at: usize) {
        let c = match c {
            '’' | '‘' | 'ʼ' => '\'',
            '“' | '”' => '"',
            '-' | '–' | '—' | '‑' | '\u{ad}' => ' ',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c == ' ' && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        self.text.push(c);
        self.origins
            .extend(std::iter::repeat_n(offset(at), c.len_utf8()));
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<T> Lexicon<T> {
    /// A lexicon of these phrases. An empty phrase is never found.
    ///
    /// # Panics
    ///
    /// When the phrases are too many for one automaton: gigabytes of them.
    #[must_use]
    pub fn new<S: AsRef<str>>(phrases: impl IntoIterator<Item = (S, T)>) -> Self {
        let mut patterns = Vec::new();
        let mut kept = Vec::new();
        for (written, value) in phrases {
            let written = written.as_ref();
            let takes_any_ending = written.ends_with('*');
            let plain = written.trim_end_matches('*');
            let exact = plain.strip_prefix('=');
            let folded = Folded::new(exact.unwrap_or(plain)).text;
            if folded.is_empty() {
                continue;
            }
            patterns.push(folded);
            kept.push(Phrase {
                value,
                takes_any_ending,
                exact: exact.map(str::to_owned),
            });
        }
        Self {
            automaton: AhoCorasick::new(patterns)
                .expect("a vocabulary is far below the automaton's size limit"),
            phrases: kept,
        }
    }

    /// Every phrase that stands in a text, overlapping ones included, by end.
    #[must_use]
    pub fn find<'a>(&'a self, folded: &Folded, original: &str) -> Vec<Hit<'a, T>> {
        self.automaton
            .find_overlapping_iter(&folded.text)
            .filter_map(|found| {
                let phrase = &self.phrases[found.pattern().as_usize()];
                let range = word_range(&folded.text, found.range(), phrase.takes_any_ending)?;
                let is_as_written = phrase.exact.as_ref().is_none_or(|exact| {
                    original
                        .get(folded.origin(&range))
                        .is_some_and(|text| text.starts_with(exact.as_str()))
                });
                is_as_written.then_some(Hit {
                    range,
                    value: &phrase.value,
                })
            })
            .collect()
    }

    /// The phrases that stand in a text without overlap: the leftmost, and of
    /// those that begin together the longest. One phrase that stands for two
    /// things gives two hits.
    #[must_use]
    pub fn find_longest<'a>(&'a self, folded: &Folded, original: &str) -> Vec<Hit<'a, T>> {
        let mut hits = self.find(folded, original);
        hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end)));
        let mut last = 0..0;
        hits.retain(|hit| {
            let is_kept = hit.range.start >= last.end || hit.range == last;
            if is_kept {
                last = hit.range.clone();
            }
            is_kept
        });
        hits
    }
}

/// The range with the rest of its last word, if both ends are word boundaries.
fn word_range(text: &str, range: Range<usize>, takes_any_ending: bool) -> Option<Range<usize>> {
    let before = text[..range.start].chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[range.end..];
    let ending: usize = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '\'')
        .map(char::len_utf8)
        .sum();
    let ending = &rest[..ending];
    let is_whole = takes_any_ending
        || !ending.starts_with(char::is_alphanumeric)
        || matches!(ending.trim_end_matches('\''), "s" | "es" | "s's" | "es's");
    is_whole.then(|| range.start..range.end + ending.trim_end_matches('\'').len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_stand_at_word_boundaries_whatever_the_spelling() {
        check(&["core group"], "Core-groups were held", &["core groups"]);
        check(&["child's plan"], "the Child’s  plan", &["child's plan"]);
        check(&["art"], "the artist's start", &[]);
        check(&["trust"], "the Trust's staff", &["trust's"]);
    }

    #[test]
    fn marks_refine_a_phrase() {
        check(
            &["escalat*"],
            "escalation; it was escalated",
            &["escalation", "escalated"],
        );
        check(&["=Prevent"], "to prevent; Prevent duty", &["prevent"]);
    }

    #[test]
    fn the_longest_of_overlapping_phrases_is_kept() {
        check(
            &["mental health", "mental health trust", "trust"],
            "the mental health trust and the trust",
            &["mental health trust", "trust"],
        );
    }

    #[test]
    fn ranges_lead_back_to_the_original() {
        let original = "  Was – Not “Brought”";
        let folded = Folded::new(original);
        assert_eq!(folded.text, "was not \"brought\"");
        assert_eq!(&original[folded.origin(&(4..7))], "Not");
        assert_eq!(&original[folded.origin(&(8..17))], "“Brought”");
    }

    #[track_caller]
    fn check(phrases: &[&str], text: &str, expected: &[&str]) {
        let lexicon = Lexicon::new(phrases.iter().map(|phrase| (*phrase, ())));
        let folded = Folded::new(text);
        let found: Vec<&str> = lexicon
            .find_longest(&folded, text)
            .into_iter()
            .map(|hit| &folded.text[hit.range])
            .collect();
        assert_eq!(found, expected, "text: {text:?}");
    }
}
