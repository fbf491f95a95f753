//! English and Welsh: what the interface says, and how it writes dates and
//! numbers.
//!
//! Templates and code hold the English; `messages/cy.toml` gives the Welsh of
//! each. What documents say is never translated.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::date::PartialDate;

/// The language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Welsh,
}

/// Welsh by English.
static WELSH: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    toml::from_str(include_str!("messages/cy.toml")).expect("a test reads the same file")
});

const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
];

impl Language {
    /// The code for `lang` attributes.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Welsh => "cy",
        }
    }

    /// What stands before the path of every page in this language.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::English => "",
            Self::Welsh => "/cy",
        }
    }

    /// The other one.
    pub(super) fn other(self) -> Self {
        match self {
            Self::English => Self::Welsh,
            Self::Welsh => Self::English,
        }
    }

    /// Its name in itself.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Welsh => "Cymraeg",
        }
    }

    /// A text of the interface, given in English.
    pub(super) fn say(self, english: &str) -> &str {
        match self {
            Self::English => english,
            Self::Welsh => WELSH.get(english).map_or(english, String::as_str),
        }
    }

    /// A text with `{}` in it, in whose places the values go in order.
    pub(super) fn fill(self, english: &str, values: &[&dyn Display]) -> String {
        let mut parts = self.say(english).split("{}");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for (part, value) in parts.zip(values) {
            filled.push_str(&value.to_string());
            filled.push_str(part);
        }
        filled
    }

    /// `one` for 1, else `many`, either with `{}` for the number.
    pub(super) fn count(self, number: usize, one: &str, many: &str) -> String {
        let text = if number == 1 { one } else { many };
        self.fill(text, &[&grouped(number)])
    }

    /// `14 March 2021`, `March 2021` or `2021`.
    pub(super) fn date(self, date: PartialDate) -> String {
        let month = date.month().map(|month| self.month(usize::from(month)));
        match (date.day(), month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", date.year()),
            (None, Some(month)) => format!("{month} {}", date.year()),
            (_, None) => date.year().to_string(),
        }
    }

    /// The day of a moment, in UTC.
    pub(super) fn day(self, at: Timestamp) -> String {
        let date = at.to_zoned(TimeZone::UTC).date();
        let month = self.month(usize::try_from(date.month()).unwrap_or(1));
        format!("{} {month} {}", date.day(), date.year())
    }

    fn month(self, number: usize) -> &'static str {
        let months = MONTHS[usize::from(self == Self::Welsh)];
        months[number.clamp(1, 12) - 1]
    }
}

/// `12,345`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_they_are_known() {
        let say = |date: &str| Language::English.date(date.parse().unwrap());
        assert_eq!(say("2021-03-14"), "14 March 2021");
        assert_eq!(say("2021-03"), "March 2021");
        assert_eq!(say("2021"), "2021");
        assert_eq!(
            Language::Welsh.date("2021-03".parse().unwrap()),
            "Mawrth 2021"
        );
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(12_345), "12,345");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn what_has_no_welsh_is_said_in_english() {
        assert_eq!(Language::Welsh.say("no such message"), "no such message");
    }
}
