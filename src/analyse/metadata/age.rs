//! The grammar of ages: "aged seven weeks", "a girl of nine", "16-year-old",
//! "two years and seven months old", "wyth mlwydd oed".
//!
//! In: a folded text. Out: the ages it prints, in months, each with the bytes
//! it stands at. Whose ages they are, and when, is for the caller.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::analyse::metadata::numbers::{TENS, UNITS, number};

/// An age as printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Age {
    /// In months.
    pub(super) months: f32,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

impl Age {
    /// The same person's age so many months earlier, at least that of a newborn.
    pub(super) fn earlier(mut self, months: f32) -> Self {
        self.months = (self.months - months).max(0.0);
        self
    }

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

/// Forms in which ages are printed. `NUM` stands for a number, `SPAN` for one
/// with its unit and what may follow ("two years and seven months").
const FORMS: [&str; 27] = [
    // "two years and seven months old", "eleven weeks of age"
    r"\bSPAN[\s-](?:old|of\sage)\b",
    // "aged seven weeks", "at the age of three", "aged eight"
    r"\b(?:aged|age\sof|age)\sABOUT?SPAN",
    r"\b(?:aged|age\sof|at\sage|age)\sABOUT?(?P<n>NUM)(?P<half>\sand\sa\shalf)?\b",
    // "at 23 months", "at just three weeks"
    r"\bat\sABOUT?SPAN\b",
    // "a girl of nine", "a boy of eight years and five months"
    r"\bPERSON\sof\sABOUT?SPAN",
    r"\bPERSON\sof\sABOUT?(?P<n>NUM)\b",
    // "a 16-year-old", "a nine month old baby", "two-and-a-half-year-old twins"
    r"\b(?P<n>NUM)(?P<half>[\s-]and[\s-]a[\s-]half)?[\s-](?P<u>years?|months?|weeks?|days?)[\s-]old\b",
    // "siblings aged 2, 4 and seven", "between the ages of two and nine"
    r"\b(?:aged|ages|ages\sof|aged\sbetween)\s(?P<n>NUM)(?P<list>(?:,\sNUM)*,?\sand\sNUM)\b(?:\syears)?",
    // "who were twelve and six when", "were nine, seven and two"
    r"\bwere\sABOUT?(?P<n>NUM)(?P<list>(?:,\sNUM)*,?\sand\sNUM)(?:\syears\sold|\sat\sthe|\swhen|\sin\s|[,.;]|$)",
    // "Imogen, 13, was admitted"
    r"\b[a-z]{2,},\s(?P<n>[1-9]\d?),\s",
    // "Jay (16)", "her sister (aged 4)"
    r"[a-z]\s\((?:then\s)?(?:aged\s)?(?P<n>NUM)(?:\syears(?:\sold)?)?\)",
    // "a newborn baby", "less than a year old"
    r"\b(?P<newborn>new-?born|neonate|day-old)\b",
    r"\b(?:less\sthan|under)\s(?P<under>(?:a|one|1)\syear)(?:\sold|\sof\sage)?\b",
    // "who was fifteen,", "is four.", "at sixteen she", "sixteen and seven months"
    r"\b(?:was|were|is|being|at|turned|just|then|only)\sABOUT?(?P<n>NUM)\sand\s(?P<m>NUM)\s(?P<v>months|weeks|days)\b",
    r"\b(?:was|were|is|being|at|turned|just|then|only)\sABOUT?(?P<n>NUM)(?P<half>\sand\sa\shalf)?(?:[,.;:)](?:\s|$)|$|\s(?:when|at|and|with|in|on|or|but|who|by|she|he|they|his|her|now|today|as)\b)",
    // "was five when she came and nine when she told", "was eight, and twelve."
    r"\b(?:was|were)\s(?:NUM)\b[^.;]{0,60}?\band\s(?P<n>NUM)(?:\s(?:when|at\sthe\stime)\b|[.;]|$)",
    // "three weeks short of his second birthday", "on her first birthday"
    r"\b(?P<short>(?:short\sof|before|shy\sof|approaching|nearly|not\syet)\s(?:his|her|their)\s)?(?P<birthday>ORDINAL)\sbirthday\b",
    // "lived for two days", "died two days afterwards"
    r"\b(?:lived|died)\s(?:for\s|only\s|just\s|when\s)*(?P<n>NUM)\s(?P<u>days?|hours?)(?:\s(?:later|afterwards?|after)|[.,;]|$)",
    // "yn wyth oed", "wyth mlwydd oed"
    r"\b(?P<n>NUM)(?:\s(?:ml|bl)?wydd)?\soed\b",
    r"\b(?P<n>NUM)\s(?:ml|bl)wydd\b",
    // "deg wythnos oed", "4 mis oed"
    r"\b(?P<n>NUM)\s(?P<u>[md]iwrnod|wythnos|mis|fis)\s(?:o\s)?oed\b",
    // "had turned fourteen the week before", "gave his age as sixteen"
    r"\bturned\s(?P<n>NUM)\b",
    r"\bage\sas\s(?P<n>NUM)\b",
    // "would have been sixteen on the day of her funeral"
    r"\bwould\s(?P<short>have\s(?:been|turned|become))\s(?P<n>NUM)(?:[,.;]|$|\s(?:on|in|at|that|the|this|when))",
    // "another boy, fifteen at the time,"
    r"\b(?P<n>NUM)\sat\sthe\stime\b",
    // "three months short of being an adult"
    r"\b(?:weeks?|months?|days)\sshort\sof\s(?P<grown>(?:being\san\s)?adult(?:hood)?|his\smajority|her\smajority|eighteen|18)\b",
    // "was in Year 9 when", "a Primary Five pupil at the time"
    r"\b(?P<school>year|primary)\s(?P<class>NUM)\b(?:\s[a-z]+){0,4}\s(?:when|at\sthe\stime)\b",
];

/// `first` to `eighteenth`, for birthdays.
const ORDINALS: [&str; 18] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
];

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let words = |table: &[(&'static str, f32)]| {
        let long = table
            .iter()
            .map(|(word, _)| *word)
            .filter(|word| word.len() > 2);
        long.collect::<Vec<_>>().join("|")
    };
    let (units, tens) = (words(&UNITS), words(&TENS));
    let number = format!(
        r"(?:\d{{1,2}}|(?:{tens})(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|{units})"
    );
    let span = r"(?P<n>NUM)[\s-]?(?P<u>years?|months?|weeks?|days?|hours?)(?:(?P<half>\sand\sa\shalf)|,?\s(?:and\s)?(?P<m>NUM)[\s-](?P<v>months?|weeks?|days?))?";
    FORMS
        .iter()
        .map(|form| {
            let pattern = form
                .replace("SPAN", span)
                .replace("ABOUT?", r"(?:then\s|just\s|only\s|about\s|around\s|approximately\s|nearly\s|almost\s|still\s)*")
                .replace("PERSON", r"(?:boy|girl|child|baby|infant|son|daughter|toddler|man|woman|person|pupil|student)")
                .replace("ORDINAL", &format!(r"{}|\d{{1,2}}(?:st|nd|rd|th)", ORDINALS.join("|")))
                .replace("NUM", &number);
            Regex::new(&pattern).expect("the patterns of ages compile")
        })
        .collect()
});

/// What follows a span of time that is nobody's age.
static OF_TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s?(?:pregnan|gestation|of pregnancy|of gestation|'? notice|later\b|earlier\b|ago\b|into\b|postnatal|antenatal|review\b|'s\b)")
        .expect("the pattern of spans of time compiles")
});

/// The ages printed in a folded text, in order. Of two that overlap the longer
/// counts.
pub(super) fn find(folded: &str) -> Vec<Age> {
    let mut ages: Vec<Age> = PATTERNS
        .iter()
        .flat_map(|pattern| pattern.captures_iter(folded))
        .flat_map(|hit| ages_of(&hit))
        .collect();
    ages.sort_by_key(|age| (age.range.start, std::cmp::Reverse(age.range.end)));
    ages.retain(|age| !OF_TIME.is_match(&folded[age.range.end..]));
    let mut kept: Vec<Age> = Vec::new();
    for age in ages {
        // Those of one list share a place.
        let is_apart = kept
            .last()
            .is_none_or(|last| age.range.start >= last.range.end);
        let is_listed = kept
            .iter()
            .filter(|known| known.range.end > age.range.start)
            .all(|known| known.range == age.range && (known.months - age.months).abs() > 0.1);
        if is_apart || is_listed {
            kept.push(age);
        }
    }
    kept
}

fn ages_of(hit: &Captures<'_>) -> Vec<Age> {
    let range = place(hit);
    let listed = hit.name("list").map_or("", |list| list.as_str());
    let listed = listed
        .split([',', ' '])
        .filter_map(number)
        .map(|years| years * 12.0);
    months(hit)
        .into_iter()
        .chain(listed)
        .map(|months| Age {
            months,
            range: range.clone(),
        })
        .collect()
}

/// Where the number and its unit stand.
fn place(hit: &Captures<'_>) -> Range<usize> {
    let all = hit.get(0).map_or(0..0, |all| all.range());
    let number = ["n", "birthday", "newborn", "under", "grown", "school"]
        .into_iter()
        .find_map(|name| hit.name(name));
    number.map_or(all.start, |number| number.start())..all.end
}

fn months(hit: &Captures<'_>) -> Option<f32> {
    let text = |name: &str| hit.name(name).map(|part| part.as_str());
    if let Some(birthday) = text("birthday") {
        let shortly_before = if text("short").is_some() { 1.0 } else { 0.0 };
        return Some(ordinal(birthday)? * 12.0 - shortly_before);
    }
    if text("newborn").is_some() {
        return Some(0.0);
    }
    if text("under").is_some() {
        return Some(11.0);
    }
    if text("grown").is_some() {
        return Some(17.5 * 12.0);
    }
    if let (Some(school), Some(class)) = (text("school"), text("class")) {
        return in_class(school, number(class)?);
    }
    let unit = in_months(text("u").unwrap_or("years"));
    let mut months = number(text("n")?)? * unit;
    if text("short").is_some() {
        months -= 1.0;
    }
    if text("half").is_some() {
        months += unit / 2.0;
    }
    if let (Some(more), Some(unit)) = (text("m"), text("v")) {
        months += number(more)? * in_months(unit);
    }
    Some(months)
}

/// The age of a pupil in the middle of a year of school, where all in that year
/// are of one band. In the course of Year 1 (England, Wales) children are five
/// or six, in that of Primary 1 (Scotland) between four and a half and six.
fn in_class(school: &str, class: f32) -> Option<f32> {
    let (youngest, oldest) = match school {
        "year" => (class + 4.0, class + 6.0),
        _ => (class + 3.5, class + 5.0),
    };
    let band = |years: f32| {
        let months = years * 12.0;
        let range = 0..0;
        Age { months, range }.band()
    };
    let is_sure = (1.0..=13.0).contains(&class) && band(youngest) == band(oldest - 0.1);
    is_sure.then_some((youngest + oldest) * 6.0)
}

/// The value of "third" or "3rd".
fn ordinal(word: &str) -> Option<f32> {
    let spelt = ORDINALS.iter().position(|ordinal| *ordinal == word);
    let digits = word.trim_end_matches(char::is_alphabetic).parse().ok();
    spelt.map(|place| (place + 1) as f32).or(digits)
}

fn in_months(unit: &str) -> f32 {
    match unit.as_bytes() {
        [b'y', ..] => 12.0,
        [b'm', b'i', b'w', ..] => 12.0 / 365.0,
        [b'm' | b'f', ..] => 1.0,
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
        check("bachgen un ar bymtheg oed", &["16-17"]);
        check("yn un ar bymtheg oed", &["16-17"]);
        check("bu farw baban deg wythnos oed", &["under-1"]);
        check("baban dau fis oed", &["under-1"]);
        check("merch dair ar ddeg oed oedd hi", &["11-15"]);
        check("he would have been eighteen in the autumn", &["16-17"]);
        check("who had turned fourteen the previous week", &["11-15"]);
        check("at 23 months leo was", &["1-5"]);
        check("at the age of three", &["1-5"]);
        check("dawit, who was two, had a fit", &["1-5"]);
        check("ruaridh was sixteen and seven months.", &["16-17"]);
        check("three weeks short of his second birthday", &["1-5"]);
        check("before her sixteenth birthday", &["11-15"]);
        check(
            "she was five when she came and nine when she told",
            &["1-5", "6-10"],
        );
        check("orla was eight, and twelve.", &["6-10", "11-15"]);
        check("where she died two days afterwards", &["under-1"]);
        check("a few days before her 16th birthday", &["11-15"]);
        check("jay (16) was stabbed", &["16-17"]);
        check("two-and-a-half-year-old twins", &["1-5"]);
        check("siblings aged 2, 7 and twelve", &["1-5", "6-10", "11-15"]);
        check("aged 3 years 2 months when she died", &["1-5"]);
        check("a newborn baby was found", &["under-1"]);
        check("was less than a year old", &["under-1"]);
        check("between the ages of four and nine", &["1-5", "6-10"]);
        check(
            "who were twelve and six when it came out",
            &["11-15", "6-10"],
        );
        check("imogen, 13, was admitted", &["11-15"]);
        check("three months short of being an adult in law", &["16-17"]);
        check("was in year 9 when she was found", &["11-15"]);
        check("in primary five at the time of his death", &["6-10"]);
    }

    #[test]
    fn numbers_that_are_no_ages() {
        check("there were 4,300 pages in two years", &[]);
        check("for five months and three days", &[]);
        check("section 17 and chapter 4", &[]);
        check("booked late, at 30 weeks pregnant", &[]);
        check("services for 16 to 25 year olds", &[]);
        check("the children act (1989)", &[]);
        check("pages 4, 7, 9", &[]);
        check("he was excluded six times in year 8", &[]);
        // Some are five and some six.
        check("was in year 1 when he died", &[]);
    }

    #[track_caller]
    fn check(folded: &str, expected: &[&str]) {
        let found: Vec<&str> = find(folded).iter().map(Age::band).collect();
        assert_eq!(found, expected, "text: {folded:?}");
    }
}
