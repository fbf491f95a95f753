//! Printed labels: the number, letter or code in front of a recommendation,
//! lesson or finding.
//!
//! In: a line. Out: the label as printed, the word before it if there is one,
//! and the rest of the line. What the line is about is for others to judge.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::text;

/// What the word before a label calls the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Keyword {
    /// Recommendation, consideration, question, strategy.
    Recommendation,
    /// Action, priority: a recommendation or an answer, by the company it keeps.
    Action,
    /// Lesson, learning point, finding, key learning.
    Lesson,
    /// Good practice, strength.
    GoodPractice,
}

/// A label taken off a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labelled<'a> {
    /// What the word before it calls the thing.
    pub(super) keyword: Option<Keyword>,
    /// As printed, without closing punctuation: "3", "4.2", "R4", "F1a", "B".
    pub(super) label: String,
    /// What follows, without the punctuation between.
    pub(super) rest: &'a str,
}

/// The number or code itself.
const CODE: &str = r"(?:[A-Z]{6,9}\d{1,2}\b|\d{1,3}(?:\.\d{1,2}){0,3}\s?(?:\([a-z]\)|[a-z]\b)?|[A-Z]{1,5}[-\s]?\d{1,3}(?:\.\d{1,2})*[a-z]?|[A-Z]|[ivx]{1,5}|[a-z])";

/// Numbers that are spelt out, in English and Welsh.
const SPELT: [(&str, &str); 24] = [
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("un", "1"),
    ("dau", "2"),
    ("tri", "3"),
    ("pedwar", "4"),
];

/// Words that may stand before a label, the longer first.
const KEYWORDS: [(&str, Keyword); 44] = [
    ("multi-agency recommendation", Keyword::Recommendation),
    ("multi agency recommendation", Keyword::Recommendation),
    ("single agency recommendation", Keyword::Recommendation),
    ("national recommendation", Keyword::Recommendation),
    ("overview recommendation", Keyword::Recommendation),
    ("recommendation", Keyword::Recommendation),
    ("recommended action", Keyword::Recommendation),
    ("consideration", Keyword::Recommendation),
    ("question", Keyword::Recommendation),
    ("strategy", Keyword::Recommendation),
    ("challenge", Keyword::Recommendation),
    ("change", Keyword::Recommendation),
    ("improvement", Keyword::Recommendation),
    ("proposal", Keyword::Recommendation),
    ("argymhelliad", Keyword::Recommendation),
    ("rec", Keyword::Recommendation),
    ("action point", Keyword::Action),
    ("action", Keyword::Action),
    ("cam gweithredu", Keyword::Action),
    ("learning point", Keyword::Lesson),
    ("learning theme", Keyword::Lesson),
    ("learning outcome", Keyword::Lesson),
    ("learning opportunity", Keyword::Lesson),
    ("learning statement", Keyword::Lesson),
    ("learning message", Keyword::Lesson),
    ("learning box", Keyword::Lesson),
    ("practice learning point", Keyword::Lesson),
    ("practice learning", Keyword::Lesson),
    ("practice point", Keyword::Lesson),
    ("practice theme", Keyword::Lesson),
    ("key learning point", Keyword::Lesson),
    ("key message", Keyword::Lesson),
    ("key learning", Keyword::Lesson),
    ("key finding", Keyword::Lesson),
    ("key lesson", Keyword::Lesson),
    ("lesson learned", Keyword::Lesson),
    ("lesson learnt", Keyword::Lesson),
    ("lesson", Keyword::Lesson),
    ("learning", Keyword::Lesson),
    ("finding", Keyword::Lesson),
    ("pwynt dysgu", Keyword::Lesson),
    ("canfyddiad", Keyword::Lesson),
    ("gwers", Keyword::Lesson),
    ("good practice", Keyword::GoodPractice),
];

static AFTER_KEYWORD: LazyLock<Regex> = LazyLock::new(|| {
    let spelt: Vec<&str> = SPELT.iter().map(|(word, _)| *word).collect();
    let spelt = spelt.join("|");
    Regex::new(&format!(
        r"^\s*(?:(?:no|number|rhif|n[º°])\b\.?\s*)?#?\s*(?P<code>\(?{CODE}\)?|(?i:{spelt}))(?P<end>\s*[:.,)\-–—|]+\s*|\s+|$)"
    ))
    .expect("the pattern of labels after a keyword compiles")
});

static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^\s*(?P<open>[(\[])?(?P<code>{CODE})(?P<end>[:.)\]]+\s*|\s+[-–—:]\s+|\s+|$)"
    ))
    .expect("the pattern of bare labels compiles")
});

/// Splits a label off a line that opens with one of the words reviewers use:
/// `Recommendation 3.2: The Partnership should` gives `3.2` and the rest.
///
/// A sentence about a recommendation ("Recommendation 3 was accepted") has no
/// label: what follows the number must be punctuation, the end of the line, or
/// a capital.
pub(super) fn take_keyword_label(line: &str) -> Option<Labelled<'_>> {
    let line = line.trim_start();
    let (keyword, after) = take_keyword(line)?;
    let found = AFTER_KEYWORD.captures(after)?;
    let code = found.name("code")?.as_str().trim_matches(['(', ')']);
    let end = found.name("end")?;
    let rest = after
        .get(end.end()..)?
        .trim_start_matches([' ', ':', '-', '–', '—', '|', '.']);
    let is_punctuated = end.as_str().contains([':', '.', ')', '-', '–', '—', '|']);
    let opens_sentence = rest.starts_with(|c: char| c.is_uppercase() || "\"“‘'".contains(c));
    // "Recommendation (ii) stipulate that …" goes on with a sentence above it.
    let is_bracketed = found["code"].starts_with('(') && text::opens_with_action(rest);
    if !(is_punctuated || rest.is_empty() || opens_sentence || is_bracketed) {
        return None;
    }
    let label = spelt_number(code).map_or_else(|| tidy(code), str::to_owned);
    Some(Labelled {
        keyword: Some(keyword),
        label,
        rest,
    })
}

/// Splits a label off a line that opens with the bare number, letter or code:
/// `R4. The Partnership`, `3.10 The Board`, `(c) Offer`, `LP1 Missed`.
///
/// A capital, a quotation mark or punctuation must follow, or `10 children` and
/// `3.2 million` would pass for labels.
pub(super) fn take_bare_label(line: &str) -> Option<Labelled<'_>> {
    let found = BARE.captures(line)?;
    let code = found.name("code")?.as_str();
    let end = found.name("end")?;
    let rest = line.get(end.end()..)?.trim_start();
    let is_punctuated = end.as_str().contains([':', '.', ')', ']', '-', '–', '—']);
    let opens_sentence = rest.starts_with(|c: char| c.is_uppercase() || "\"“‘'(".contains(c));
    let is_word = code.chars().all(char::is_alphabetic);
    let is_year = code.len() == 4 && code.starts_with(['1', '2']);
    let is_fine = match (is_word, is_punctuated) {
        // `A child` and `I have` are words; `A.` and `(a)` are labels.
        (true, false) => false,
        (true, true) => !end.as_str().trim().starts_with(['-', '–', '—']),
        (false, true) => {
            let is_short =
                code.len() <= 2 && end.as_str().ends_with(' ') && end.as_str().contains(['.', ')']);
            opens_sentence
                || rest.is_empty()
                || found.name("open").is_some()
                || has_letter(code)
                || is_short
        }
        (false, false) => {
            let is_code = code.contains('.') || has_letter(code);
            (opens_sentence && (is_code || code.len() < 3)) || (rest.is_empty() && is_code)
        }
    };
    (is_fine && !is_year).then(|| Labelled {
        keyword: None,
        label: tidy(code),
        rest,
    })
}

/// The kind of thing that the first words of a line announce, with or without
/// a number: `Learning:`, `Good practice.`, `Recommendation for the Board`.
pub(super) fn take_keyword(line: &str) -> Option<(Keyword, &str)> {
    KEYWORDS.iter().find_map(|(word, keyword)| {
        let head = line.get(..word.len())?;
        if !head.eq_ignore_ascii_case(word) {
            return None;
        }
        let rest = &line[word.len()..];
        let rest = rest
            .strip_prefix("(s)")
            .or_else(|| rest.strip_prefix('s'))
            .unwrap_or(rest);
        let ends_word = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        ends_word.then_some((*keyword, rest))
    })
}

/// Makes two spellings of one label equal: `R 4` and `r4`, `(a)` and `a`,
/// `Recommendation 4` and `4`.
pub(super) fn normalise(label: &str) -> String {
    let label = label.trim().trim_matches(['(', ')', '.', ':', '[', ']']);
    let label = take_keyword(label).map_or(label, |(_, rest)| rest);
    let folded: String = label
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .flat_map(char::to_lowercase)
        .collect();
    let folded = folded.trim_matches('.');
    spelt_number(folded).unwrap_or(folded).to_owned()
}

pub(super) fn spelt_number(word: &str) -> Option<&'static str> {
    SPELT
        .iter()
        .find(|(spelt, _)| spelt.eq_ignore_ascii_case(word))
        .map(|(_, digits)| *digits)
}

fn tidy(code: &str) -> String {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    code.trim_end_matches(['.', ':']).to_owned()
}

fn has_letter(code: &str) -> bool {
    code.chars().any(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_after_a_keyword() {
        keyword("Recommendation 3.2: The Board", Some(("3.2", "The Board")));
        keyword("Recommendation B: the Board", Some(("B", "the Board")));
        keyword("Rec 12 – All agencies", Some(("12", "All agencies")));
        keyword("Recommendation 1 The Board", Some(("1", "The Board")));
        keyword("Recommendation Four: That", Some(("4", "That")));
        keyword("RECOMMENDATION 7", Some(("7", "")));
        keyword("Recommendation no. 2. That", Some(("2", "That")));
        keyword(
            "Learning point 1 A missing episode",
            Some(("1", "A missing episode")),
        );
        keyword("Argymhelliad 3: Y Bwrdd", Some(("3", "Y Bwrdd")));
        keyword("Finding 2. When families", Some(("2", "When families")));
    }

    #[test]
    fn a_sentence_about_a_recommendation_has_no_label() {
        keyword("Recommendation 3 was accepted", None);
        keyword("Recommendations are listed", None);
        keyword("Lessons were learned", None);
        keyword("Record keeping", None);
        keyword("Strategy discussions", None);
    }

    #[test]
    fn bare_labels_need_punctuation_or_a_capital() {
        bare("R4. The Partnership", Some(("R4", "The Partnership")));
        bare("3.10 The Board", Some(("3.10", "The Board")));
        bare("7) Police", Some(("7", "Police")));
        bare("(c) Offer the parent", Some(("c", "Offer the parent")));
        bare("F1a Does the Board", Some(("F1a", "Does the Board")));
        bare(
            "LP1 Missed appointments",
            Some(("LP1", "Missed appointments")),
        );
        bare("OR1 NHS", Some(("OR1", "NHS")));
        bare("1a The Partnership", Some(("1a", "The Partnership")));
        bare(
            "12. take the opportunity",
            Some(("12", "take the opportunity")),
        );
        bare("5a", Some(("5a", "")));
        bare("10 children were seen", None);
        bare("3.2 million pounds", None);
        bare("2019 saw a rise", None);
        bare("A child was seen", None);
        bare("I have made six", None);
    }

    #[test]
    fn spellings_of_one_label_are_equal() {
        for (one, other) in [
            ("R 4", "r4"),
            ("(a)", "a"),
            ("Recommendation 4", "4"),
            ("4.", "four"),
        ] {
            assert_eq!(normalise(one), normalise(other), "{one} and {other}");
        }
        assert_ne!(normalise("3.1"), normalise("3.10"));
    }

    #[track_caller]
    fn keyword(line: &str, expected: Option<(&str, &str)>) {
        let actual = take_keyword_label(line);
        let actual = actual.as_ref().map(|l| (l.label.as_str(), l.rest));
        assert_eq!(actual, expected, "line: {line:?}");
    }

    #[track_caller]
    fn bare(line: &str, expected: Option<(&str, &str)>) {
        let actual = take_bare_label(line);
        let actual = actual.as_ref().map(|l| (l.label.as_str(), l.rest));
        assert_eq!(actual, expected, "line: {line:?}");
    }
}
