//! Numbers as ages print them, in digits and in English and Welsh words.
//!
//! In: a word. Out: its value. The words are also parts of the patterns of
//! `age`.

/// Of two that begin alike the longer stands first.
pub(super) const UNITS: [(&str, f32); 60] = [
    ("un ar ddeg", 11.0),
    ("dri ar ddeg", 13.0),
    ("dair ar ddeg", 13.0),
    ("bedwar ar ddeg", 14.0),
    ("bedair ar ddeg", 14.0),
    ("ddau ar bymtheg", 17.0),
    ("ddwy ar bymtheg", 17.0),
    ("ddeunaw", 18.0),
    ("tri ar ddeg", 13.0),
    ("tair ar ddeg", 13.0),
    ("pedwar ar ddeg", 14.0),
    ("pedair ar ddeg", 14.0),
    ("un ar bymtheg", 16.0),
    ("dau ar bymtheg", 17.0),
    ("dwy ar bymtheg", 17.0),
    ("deuddeg", 12.0),
    ("ddeuddeg", 12.0),
    ("pymtheg", 15.0),
    ("bymtheg", 15.0),
    ("deunaw", 18.0),
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

pub(super) const TENS: [(&str, f32); 8] = [
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

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
    let both = || {
        let (tens, unit) = word.split_once(['-', ' '])?;
        Some(value(&TENS, tens)? + value(&UNITS, unit)?)
    };
    value(&TENS, word)
        .or_else(|| value(&UNITS, word))
        .or_else(both)
}
