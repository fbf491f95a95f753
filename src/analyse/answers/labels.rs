//! Which recommendations a passage names.
//!
//! In: a line or a cell. Out: the labels at its head ("2 and 10", "R1/R2",
//! "Recommendation 4:"), at its end ("(Recs 1, 3 and 6)"), or within it.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::label::{self, Keyword};
use crate::analyse::text;
use crate::model::date;

/// Labels taken off a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken<'a> {
    /// What the word before them calls the things, if there is one.
    pub(super) keyword: Option<Keyword>,
    /// As printed, at least one.
    pub(super) labels: Vec<String>,
    /// What is left of the text.
    pub(super) rest: &'a str,
}

/// A number or code that stands for a recommendation.
const CODE: &str = r"(?:\b[A-Z]{1,5}[-\s]?)?\d{1,3}(?:\.\d{1,2}){0,3}(?:\s?\([a-z]\)|[a-z]?\b)";
/// The same after the word "recommendation", where a capital by itself is a
/// label, too: "Recommendations A and C".
const LETTERED: &str =
    r"(?:(?:\b[A-Z]{1,5}[-\s]?)?\d{1,3}(?:\.\d{1,2}){0,3}(?:\s?\([a-z]\)|[a-z]?\b)|\b[A-Z]\b)";
/// What may stand between two of them.
const BETWEEN: &str = r"\s*(?:,\s*(?:and|&)|,|;|/|&|\+|\band\b|\ba\b|\bac\b)\s*";
/// The word that may be repeated before the second.
const WORD: &str =
    r"(?:(?i:recommendations?|recs?\.?|findings?|actions?|argymhell(?:iad|ion))\s*)?";
/// Longer ranges are misread.
const MAX_RANGE: u32 = 30;

static LIST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^\s*(?:(?i:no|nos|number|numbers|rhif)\.?\s+)?\(?(?P<list>{CODE}(?:(?:{BETWEEN}|\s*(?:-|–|to)\s*){WORD}{CODE})*)\)?(?P<end>\s*[:.)\]|]+\s*|\s+[-–—]+\s*|\s*[–—]+\s*|\s+|$)"
    ))
    .expect("the pattern of label lists compiles")
});

static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"\s*[(\[](?:(?i:see|re|ref|relates to|for)\.?:?\s+)?(?:(?i:recommendations?|recs?\b\.?|argymhell(?:iad|ion)|questions?|challenges?|commitments?|proposals?|para(?:graph)?s?\b\.?)\s*(?i:nos?\.?|numbers?)?\s*(?P<list>{LETTERED}(?:(?:{BETWEEN}|\s*(?:-|–|to)\s*){WORD}{LETTERED})*)|(?i:finding)\s*(?P<finding>\d{{1,2}})(?:,?\s*(?P<nth>(?i:first|second|third|fourth))\s(?i:question|part|point|consideration))?|(?P<codes>[A-Z]{{1,5}}\d{{1,3}}[a-z]?(?:{BETWEEN}[A-Z]{{1,5}}\d{{1,3}}[a-z]?)*))\s*[)\]]\s*[.;]?\s*$"
    ))
    .expect("the pattern of closing references compiles")
});

static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<title>[^.;:]{3,90}?)\s*\((?P<list>\d{1,2}(?:\.\d{1,2})*(?:(?:,|,? and|\s?&)\s?\d{1,2}(?:\.\d{1,2})*)*)\)\s*[.:–-]?\s*$")
        .expect("the pattern of numbered titles compiles")
});

static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i:\brecommendations?|\brecs?\b\.?|\bargymhell(?:iad|ion)|\((?:see\s)?(?:questions?|challenges?|para(?:graph)?s?\b\.?))\s*(?i:nos?\.?|numbers?)?\s*(?P<list>{LETTERED}(?:(?:{BETWEEN}|\s*(?:-|–|to)\s*){WORD}{LETTERED})*)"
    ))
    .expect("the pattern of references compiles")
});

static SINGLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(LETTERED).expect("the pattern of one label compiles"));

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<from>\d{1,3})\s*(?:-|–|to)\s*(?P<to>\d{1,3})$")
        .expect("the pattern of ranges compiles")
});

/// The labels of a cell that holds nothing else: `3`, `R1, R2`,
/// `Recommendation 4`, `Rec 2 & 5`.
pub(super) fn of_cell(cell: &str) -> Option<Vec<String>> {
    let cell = cell.trim();
    if let Some(taken) = take_leading(cell) {
        return taken.rest.is_empty().then_some(taken.labels);
    }
    let closed = format!("{cell}.");
    let single = label::take_bare_label(&closed).filter(|taken| taken.rest.is_empty());
    single.map(|taken| vec![taken.label])
}

/// Splits the labels off the head of a text: `Recommendations 2 and 10 –
/// Both complete`, `9.3.1 One format of safety plan`, `F5a and F5c. How`.
///
/// Without a word before them the labels need punctuation or a capital after
/// them, as a sentence may open with a number.
pub(super) fn take_leading(text: &str) -> Option<Taken<'_>> {
    let text = text.trim();
    let inner = text.strip_prefix(['(', '[']).unwrap_or(text);
    if let Some((keyword, after)) = label::take_keyword(inner) {
        return take_list(after, Some(keyword)).or_else(|| take_one(text));
    }
    let list = take_list(text, None).filter(|taken| taken.labels.len() > 1);
    list.or_else(|| take_one(text))
}

/// One label, by the rules for lines of reviews.
fn take_one(text: &str) -> Option<Taken<'_>> {
    if date::find_dates(text)
        .first()
        .is_some_and(|(at, _)| at.start == 0)
    {
        return None;
    }
    let taken = label::take_keyword_label(text).or_else(|| label::take_bare_label(text))?;
    Some(Taken {
        keyword: taken.keyword,
        labels: vec![taken.label],
        rest: taken.rest,
    })
}

fn take_list(text: &str, keyword: Option<Keyword>) -> Option<Taken<'_>> {
    let found = LIST.captures(text)?;
    let list = found.name("list")?.as_str();
    let end = found.name("end")?;
    let rest = text
        .get(end.end()..)?
        .trim_start_matches([' ', ':', '-', '–', '—', '|', '.']);
    let is_punctuated = end
        .as_str()
        .contains([':', '.', ')', ']', '-', '–', '—', '|']);
    let opens_sentence = rest.starts_with(|c: char| c.is_uppercase() || "\"“‘'(".contains(c));
    if !(is_punctuated || rest.is_empty() || opens_sentence) {
        return None;
    }
    Some(Taken {
        keyword,
        labels: expand(list),
        rest,
    })
}

/// Splits a topic in brackets off what follows a label: `(home visits): every
/// family has been visited`.
pub(super) fn take_topic(rest: &str) -> Option<(&str, &str)> {
    /// Longer brackets are text.
    const MAX_WORDS: usize = 10;
    let (topic, after) = rest.trim().strip_prefix('(')?.split_once(')')?;
    let after = after.trim_start_matches([' ', ':', '.', '–', '—', '-']);
    (text::word_count(topic) <= MAX_WORDS && !after.is_empty()).then_some((topic, after))
}

/// Splits a closing reference off a text: `… was signed. (Recs 1, 3 and 6)`.
pub(super) fn take_closing(text: &str) -> Option<Taken<'_>> {
    let found = CLOSING.captures(text)?;
    let rest = text[..found.get(0)?.start()].trim();
    if let Some(finding) = found.name("finding") {
        let nth = found.name("nth").map_or("", |nth| question(nth.as_str()));
        return Some(Taken {
            keyword: Some(Keyword::Lesson),
            labels: vec![format!("F{}{nth}", finding.as_str())],
            rest,
        });
    }
    Some(Taken {
        keyword: Some(Keyword::Recommendation),
        labels: expand(found.name("list").or(found.name("codes"))?.as_str()),
        rest,
    })
}

/// The letter of a finding's first, second … question.
fn question(ordinal: &str) -> &'static str {
    const LETTERS: [&str; 4] = ["a", "b", "c", "d"];
    let place = ORDINALS
        .iter()
        .position(|known| known.eq_ignore_ascii_case(ordinal));
    place
        .and_then(|place| LETTERS.get(place))
        .copied()
        .unwrap_or_default()
}

/// Splits a bare number off the end of a title: `Interpreting (6.2).`
pub(super) fn take_titled(title: &str) -> Option<Taken<'_>> {
    let found = TITLED.captures(title.trim())?;
    Some(Taken {
        keyword: None,
        labels: expand(&found["list"]),
        rest: found.name("title")?.as_str(),
    })
}

/// Ordinals as a letter uses them.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

static BY_ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
    let ordinals = ORDINALS.join("|");
    Regex::new(&format!(
        r"(?i)\bthe\s+(?P<list>(?:{ordinals})(?:(?:,\s*|\s+and\s+)(?:the\s+)?(?:{ordinals}))*)(?:\s+and\s+(?:last|final))?(?:\s+(?:of\s+(?:the|these|your|its)\s+)?(?:\w+\s+)?(?:recommendations?|actions?)\b|\s*,)"
    ))
    .expect("the pattern of ordinal references compiles")
});

/// The recommendations that a sentence names, by number or as "the third
/// recommendation", each with what the sentence goes on to say up to the next.
pub(super) fn clauses(sentence: &str) -> Vec<Taken<'_>> {
    let by_number = WITHIN
        .captures_iter(sentence)
        .filter_map(|found| Some((found.get(0)?.range(), expand(&found["list"]))));
    let by_ordinal = BY_ORDINAL
        .captures_iter(sentence)
        .filter_map(|found| Some((found.get(0)?.range(), count_ordinals(&found["list"]))));
    let mut named: Vec<_> = by_number.chain(by_ordinal).collect();
    named.sort_by_key(|(range, _)| range.start);
    let ends: Vec<usize> = named.iter().skip(1).map(|(next, _)| next.start).collect();
    let clause = |(place, (range, labels)): (usize, (std::ops::Range<usize>, Vec<String>))| {
        let end = ends.get(place).copied().unwrap_or(sentence.len());
        Taken {
            keyword: Some(Keyword::Recommendation),
            labels,
            rest: sentence.get(range.end..end).unwrap_or_default().trim(),
        }
    };
    named.into_iter().enumerate().map(clause).collect()
}

/// `first and third` as the labels 1 and 3.
fn count_ordinals(list: &str) -> Vec<String> {
    let words = list.split(|c: char| !c.is_alphabetic());
    words
        .filter_map(|word| {
            ORDINALS
                .iter()
                .position(|ordinal| ordinal.eq_ignore_ascii_case(word))
        })
        .map(|place| (place + 1).to_string())
        .collect()
}

static LEAD_IN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:(?:as (?:to|for|regards)|on|in (?:respect of|relation to|response to|regard to)|with (?:regard|respect|reference) to|regarding|concerning|turning to|under|for)\s+)?(?i:the\s+)?$")
        .expect("the pattern of lead-ins compiles")
});

/// The recommendations that a text names as its subject, in its first words:
/// `Recommendation 3 has been completed`, `As to the third recommendation`.
pub(super) fn named_first(text: &str) -> Option<Vec<String>> {
    let text = text.trim_start();
    let is_first = |start: usize| LEAD_IN.is_match(&text[..start]);
    if let Some(found) = WITHIN
        .captures(text)
        .filter(|found| found.get(0).is_some_and(|all| is_first(all.start())))
    {
        return Some(expand(&found["list"]));
    }
    let found = BY_ORDINAL.captures(text)?;
    is_first(found.get(0)?.start()).then(|| count_ordinals(&found["list"]))
}

/// `1, 3 and 6` as its three labels; `2-5` as four.
fn expand(list: &str) -> Vec<String> {
    static PIECES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*(?:,|;|/|&|\+|\band\b|\bac\b|\ba\b)\s*")
            .expect("the pattern of separators compiles")
    });
    let mut labels = Vec::new();
    for piece in PIECES.split(list).filter(|piece| !piece.is_empty()) {
        if let Some(range) = expand_range(piece) {
            labels.extend(range);
        } else if let Some(code) = SINGLE.find(piece) {
            labels.push(
                code.as_str()
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .collect(),
            );
        }
    }
    labels
}

fn expand_range(piece: &str) -> Option<Vec<String>> {
    let digits = piece.trim_start_matches(|c: char| !c.is_ascii_digit());
    let found = RANGE.captures(digits)?;
    let from: u32 = found["from"].parse().ok()?;
    let to: u32 = found["to"].parse().ok()?;
    (from < to && to - from <= MAX_RANGE)
        .then(|| (from..=to).map(|number| number.to_string()).collect())
}

/// The label of which these are sub-labels: `3` of `3a` and `3b`, `1` of
/// `1.1` and `1.2`.
pub(super) fn parent(label: &str) -> Option<String> {
    let label = label.trim_end_matches(')');
    let (head, last) = label.rsplit_once(['.', '(']).unwrap_or_else(|| {
        let digits = label.trim_end_matches(|c: char| c.is_ascii_lowercase());
        label.split_at(digits.len())
    });
    let is_sub =
        !last.is_empty() && !head.is_empty() && head.ends_with(|c: char| c.is_ascii_digit());
    is_sub.then(|| head.trim().to_owned())
}
