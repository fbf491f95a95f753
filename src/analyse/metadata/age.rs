//! The grammar of ages: "aged seven weeks", "a girl of nine", "16-year-old",
//! "two years and seven months old", "wyth mlwydd oed".
//!
//! In: a folded text. Out: the ages it prints, in months, each with the bytes
//! it stands at. Whose ages they are, and when, is for the caller.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// An age as printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Age {
    /// In months.
    pub(super) months: f32,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

impl Age {
    /// The band of `index/facets.toml` it falls in.
    pub(super) fn band(&self) -> &'static str {
        match self.months {
            months if months < 0.0 => "unborn",
            months if months < 12.0 => "under-1",
            months if months < 72.0 => "1-5",
            months if months < 132.0 => "6-10",
            months if months < 192.0 => "11-15",
            months if months < 216.0 => "16-17",
            _ => "adult",
        }
    }
}

const UNITS: [(&str, f32); 40] = [
    ("one", 1.0),
    ("a", 1.0),
    ("an", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("un", 1.0),
    ("dau", 2.0),
    ("dwy", 2.0),
    ("ddwy", 2.0),
    ("tri", 3.0),
    ("tair", 3.0),
    ("dair", 3.0),
    ("pedwar", 4.0),
    ("pedair", 4.0),
    ("bedair", 4.0),
    ("pump", 5.0),
    ("pum", 5.0),
    ("bum", 5.0),
    ("chwech", 6.0),
    ("chwe", 6.0),
    ("saith", 7.0),
    ("wyth", 8.0),
    ("naw", 9.0),
    ("deg", 10.0),
];

const TENS: [(&str, f32); 8] = [
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

static AGE: LazyLock<Regex> = LazyLock::new(|| {
    let units: Vec<&str> = UNITS
        .iter()
        .map(|(word, _)| *word)
        .filter(|word| word.len() > 2)
        .collect();
    let tens: Vec<&str> = TENS.iter().map(|(word, _)| *word).collect();
    let number = format!(
        r"(?:\d{{1,2}}|(?:{tens})(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|{units})",
        tens = tens.join("|"),
        units = units.join("|"),
    );
    let unit = r"(?:years?|months?|weeks?|days?|hours?)";
    let more = format!(
        r"(?:,?\s(?:and\s)?(?P<n2N>{number})[\s-](?P<u2N>months?|weeks?|days?)|\s(?P<halfN>and\sa\shalf))?"
    );
    let span = |n: &str| {
        format!(
            r"(?P<n{n}>{number})[\s-]?(?P<u{n}>{unit}){}",
            more.replace('N', n)
                .replace("n2", "m")
                .replace("u2", "v")
                .replace("half", "h")
        )
    };
    let pattern = format!(
        r"(?:\b(?:{old}[\s-](?:old|of\sage)\b)|\b(?:aged|age\sof|at\sage|age)\s(?:just\s|only\s|about\s|around\s|approximately\s|nearly\s|almost\s)?(?:{aged}|(?P<bare>{number})\b(?P<bareh>\sand\sa\shalf)?)|\b(?:boy|girl|child|baby|infant|son|daughter|toddler|man|woman|person|pupil|student)\sof\s(?:just\s|only\s|nearly\s|about\s|almost\s)?(?:{of}|(?P<ofbare>{number})\b)|\b(?P<adj>{number})[\s-](?P<adju>years?|months?|weeks?|days?)[\s-]old\b|\b(?:was|were|is|being|at|turned|just|then|only|nearly|almost)\s(?:then\s|just\s|only\s|nearly\s|almost\s|about\s|still\s)?(?P<was>{number})(?P<wash>\sand\sa\shalf)?(?:[,.;:)](?:\s|$)|$|\s(?:when|at|and|with|in|on|years?\sold|or|but|who|by|she|he|they|his|her))|\blived\s(?:for\s|only\s|just\s)*(?P<lived>{number})\s(?P<livedu>days?|hours?|weeks?|months?)|\byn\s(?P<cy>{number})(?:\s(?:ml|bl)?wydd)?\soed|(?P<cym>{number})\s(?:ml|bl)wydd)",
        old = span("A"),
        aged = span("B"),
        of = span("C"),
    );
    Regex::new(&pattern).expect("the pattern of ages compiles")
});

/// The ages printed in a folded text.
pub(super) fn find(folded: &str) -> Vec<Age> {
    AGE.captures_iter(folded)
        .filter_map(|hit| {
            let range = hit.get(0)?.range();
            Some(Age {
                months: months(&hit)?,
                range,
            })
        })
        .collect()
}

fn months(hit: &Captures<'_>) -> Option<f32> {
    let text = |name: &str| hit.name(name).map(|part| part.as_str());
    for span in ["A", "B", "C"] {
        if let (Some(n), Some(u)) = (text(&format!("n{span}")), text(&format!("u{span}"))) {
            let mut months = number(n)? * in_months(u);
            if let (Some(m), Some(v)) = (text(&format!("m{span}")), text(&format!("v{span}"))) {
                months += number(m)? * in_months(v);
            }
            if text(&format!("h{span}")).is_some() {
                months += in_months(u) / 2.0;
            }
            return Some(months);
        }
    }
    for (n, u) in [("adj", "adju"), ("lived", "livedu")] {
        if let (Some(n), Some(u)) = (text(n), text(u)) {
            return Some(number(n)? * in_months(u));
        }
    }
    let half = text("bareh").or(text("wash")).map_or(0.0, |_| 6.0);
    let years = ["bare", "ofbare", "was", "cy", "cym"]
        .into_iter()
        .find_map(text)?;
    Some(number(years)? * 12.0 + half)
}

/// The value of a number in digits or words.
pub(super) fn number(word: &str) -> Option<f32> {
    if let Ok(digits) = word.parse::<f32>() {
        return Some(digits);
    }
    let value = |table: &[(&str, f32)], word: &str| {
        table
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, value)| *value)
    };
    if let Some((tens, unit)) = word.split_once(['-', ' ']) {
        return Some(value(&TENS, tens)? + value(&UNITS, unit)?);
    }
    value(&TENS, word).or_else(|| value(&UNITS, word))
}

fn in_months(unit: &str) -> f32 {
    match unit.as_bytes() {
        [b'y', ..] => 12.0,
        [b'm', ..] => 1.0,
        [b'w', ..] => 12.0 / 52.0,
        [b'd', ..] => 12.0 / 365.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_as_printed() {
        check("wren was eleven weeks old when she died", &["under-1"]);
        check("a girl of nine, who is called", &["6-10"]);
        check("he was two years and seven months old.", &["1-5"]);
        check("sixteen years and seven months old when", &["16-17"]);
        check("a 16-year-old boy", &["16-17"]);
        check("child t, aged eight, from asthma", &["6-10"]);
        check("a fourteen week old girl", &["under-1"]);
        check("mared, who was fifteen, was found", &["11-15"]);
        check("aged seven weeks", &["under-1"]);
        check("carys, aged twenty-nine, was killed", &["adult"]);
        check("who lived for two days", &["under-1"]);
        check("when he was fifteen years and eight months old", &["11-15"]);
        check("yn wyth oed", &["6-10"]);
        check("at the age of three", &["1-5"]);
        check("dawit, who was two, had a fit", &["1-5"]);
    }

    #[test]
    fn numbers_that_are_no_ages() {
        check("there were 4,300 pages in two years", &[]);
        check("for five months and three days", &[]);
        check("section 17 and chapter 4", &[]);
    }

    #[track_caller]
    fn check(folded: &str, expected: &[&str]) {
        let found: Vec<&str> = find(folded).iter().map(Age::band).collect();
        assert_eq!(found, expected, "text: {folded:?}");
    }
}
