//! Dates as precise as their source, no more.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};

/// A year, a month of a year or a day. Ordered by what is known: 2021 comes
/// before 2021-03, and that before 2021-03-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
}

/// A string that is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date such as 2021, 2021-03 or 2021-03-14")]
pub struct InvalidDate(pub String);

impl PartialDate {
    /// A date, if the calendar has it. A day needs a month.
    #[must_use]
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        if !(1900..=2100).contains(&year) || (day.is_some() && month.is_none()) {
            return None;
        }
        let month_number = i8::try_from(month.unwrap_or(1)).ok()?;
        let day_number = i8::try_from(day.unwrap_or(1)).ok()?;
        jiff::civil::Date::new(year, month_number, day_number).ok()?;
        Some(Self { year, month, day })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, from 1, if known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, from 1, if known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// Whether `other` says the same as far as the coarser of the two goes.
    #[must_use]
    pub fn agrees_with(self, other: Self) -> bool {
        let same = |a: Option<u8>, b: Option<u8>| a.is_none() || b.is_none() || a == b;
        self.year == other.year && same(self.month, other.month) && same(self.day, other.day)
    }

    /// How much is known: 1 a year, 2 a month, 3 a day.
    #[must_use]
    pub fn precision(self) -> u8 {
        1 + u8::from(self.month.is_some()) + u8::from(self.day.is_some())
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidDate(text.to_owned());
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| part.parse().ok());
        let mut small = || match parts.next() {
            Some(part) if part.len() == 2 => part.parse().map(Some).map_err(|_| invalid()),
            Some(_) => Err(invalid()),
            None => Ok(None),
        };
        let (month, day) = (small()?, small()?);
        let is_whole = parts.next().is_none();
        year.filter(|_| is_whole)
            .and_then(|year| Self::new(year, month, day))
            .ok_or_else(invalid)
    }
}

impl TryFrom<String> for PartialDate {
    type Error = InvalidDate;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

/// Months as printed, English and Welsh, with the abbreviations in use.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "ionawr"],
    &["february", "feb", "chwefror"],
    &["march", "mar", "mawrth"],
    &["april", "apr", "ebrill"],
    &["may", "mai"],
    &["june", "jun", "mehefin"],
    &["july", "jul", "gorffennaf"],
    &["august", "aug", "awst"],
    &["september", "sept", "sep", "medi"],
    &["october", "oct", "hydref"],
    &["november", "nov", "tachwedd"],
    &["december", "dec", "rhagfyr"],
];

static MONTH_WORDS: LazyLock<String> = LazyLock::new(|| MONTHS.concat().join("|"));

/// A day, month or month and year in the forms that partnerships print
/// (`../shared/knowledge`: site structures, section 3).
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    let months = &*MONTH_WORDS;
    let day = r"(?P<d>[0-3]?\d)(?:\s?(?:st|nd|rd|th|af|ail|ydd|eg|fed))?";
    let pattern = format!(
        r"(?ix)
        \b(?P<iy>(?:19|20)\d\d)-(?P<im>[01]\d)-(?P<id>[0-3]\d)\b
        | \b(?P<nd>[0-3]?\d)\s?[/.-]\s?(?P<nm>[01]?\d)\s?[/.-]\s?(?P<ny>(?:19|20)\d\d)\b
        | \b(?P<sd>[0-3]?\d)\s?[/.]\s?(?P<sm>[01]?\d)\s?[/.]\s?(?P<sy>\d\d)\b
        | \b(?:{day}\s+(?:of\s+|o\s+)?)?(?P<m>{months})\b\.?,?(?:\s+|\s?[-–/]\s?)(?P<y>(?:19|20)\d\d)\b
        | \b(?P<um>{months})\s+(?P<ud>[0-3]?\d)(?:st|nd|rd|th)?,\s+(?P<uy>(?:19|20)\d\d)\b
        "
    );
    Regex::new(&pattern).expect("the pattern of printed dates compiles")
});

/// The dates printed in a text, each with the bytes it stands at. Bare years
/// are not taken for dates. Numbers are read day first, as the UK writes them;
/// two-digit years belong to this century.
#[must_use]
pub fn find_dates(text: &str) -> Vec<(Range<usize>, PartialDate)> {
    PRINTED
        .captures_iter(text)
        .filter_map(|found| {
            let range = found.get(0)?.range();
            Some((range, date_of(&found)?))
        })
        .collect()
}

fn date_of(found: &Captures<'_>) -> Option<PartialDate> {
    let number = |name| found.name(name).and_then(|m| m.as_str().parse::<u8>().ok());
    let year = |name| {
        found
            .name(name)
            .and_then(|m| m.as_str().parse::<i16>().ok())
    };
    let month = |name| found.name(name).and_then(|m| month_of(m.as_str()));
    if let Some(iso) = year("iy") {
        return PartialDate::new(iso, number("im"), number("id"));
    }
    if let Some(numeric) = year("ny") {
        return PartialDate::new(numeric, number("nm"), number("nd"));
    }
    if let Some(short) = year("sy") {
        return PartialDate::new(short + 2000, number("sm"), number("sd"));
    }
    if let Some(american) = year("uy") {
        return PartialDate::new(american, month("um"), number("ud"));
    }
    let (year, month, day) = (year("y")?, month("m"), number("d"));
    // `31 June 2020` is a misprint: the month still holds.
    PartialDate::new(year, month, day).or_else(|| PartialDate::new(year, month, None))
}

fn month_of(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    let place = MONTHS.iter().position(|forms| forms.contains(&&*word))?;
    u8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_their_source() {
        check("published 17th March 2022", &["2022-03-17"]);
        check("18 March, 2024", &["2024-03-18"]);
        check("July 2019", &["2019-07"]);
        check("Tuesday, 12th Sep 2023", &["2023-09-12"]);
        check("today (16/01/2020) publishing", &["2020-01-16"]);
        check("Posted on 2019-04-29 02:52:49", &["2019-04-29"]);
        check("Final 14.03.18", &["2018-03-14"]);
        check("14-03-2019 and Mar-2019", &["2019-03-14", "2019-03"]);
        check("12 Tachwedd 2020", &["2020-11-12"]);
        check(
            "between May 2018 and 3 June 2019",
            &["2018-05", "2019-06-03"],
        );
    }

    #[test]
    fn what_is_not_a_date_is_left_alone() {
        check("in 2019 the Board", &[]);
        check("section 4.2.1 and 3/4", &[]);
        check("may 15 children", &[]);
        check("31 June 2020", &["2020-06"]);
        check("99/99/2020", &[]);
        check("CPR 02/2017", &[]);
    }

    #[test]
    fn a_date_in_data_has_one_spelling() {
        for good in ["2021", "2021-03", "2021-03-14"] {
            assert_eq!(
                good.parse::<PartialDate>().map(|d| d.to_string()),
                Ok(good.to_owned())
            );
        }
        for bad in ["", "21", "2021-3", "2021-13", "2021-02-30", "2021-03-14-1"] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = find_dates(text)
            .into_iter()
            .map(|(_, date)| date.to_string())
            .collect();
        assert_eq!(found, expected, "text: {text:?}");
    }
}
