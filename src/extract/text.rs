//! Small rules about characters: what is folded, what is a bullet, what is a
//! printed label.
//!
//! In: text as a file gives it. Out: text as we keep it.

use unicode_normalization::UnicodeNormalization as _;

use crate::model::document::Cell;

/// White space folded to single blanks, ligatures and compatibility forms of
/// letters opened, soft hyphens and zero-width characters dropped.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        fold_into(&mut folded, text.chars());
    } else {
        fold_into(&mut folded, text.nfc());
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn fold_into(folded: &mut String, characters: impl Iterator<Item = char>) {
    for character in characters {
        match character {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\0' => {}
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            'ﬀ' => folded.push_str("ff"),
            'ﬁ' => folded.push_str("fi"),
            'ﬂ' => folded.push_str("fl"),
            'ﬃ' => folded.push_str("ffi"),
            'ﬄ' => folded.push_str("ffl"),
            'ﬅ' | 'ﬆ' => folded.push_str("st"),
            c if c.is_whitespace() || c.is_control() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
}

/// A table row's text: its cells joined by ` | `, line breaks as blanks.
pub(super) fn row_text(cells: &[Cell]) -> String {
    let texts: Vec<String> = cells
        .iter()
        .map(|cell| cell.text.replace('\n', " "))
        .collect();
    if texts.iter().all(String::is_empty) {
        return String::new();
    }
    texts.join(" | ")
}

/// A date as PDF (`D:20210304…`) and office files (`2021-03-04T…`) write it,
/// as `2021-03-04`, or as far as it goes; `None` when it is none.
pub(super) fn iso_date(text: &str) -> Option<String> {
    let digits: String = text
        .trim_start_matches("D:")
        .chars()
        .filter(|c| *c != '-')
        .take_while(char::is_ascii_digit)
        .take(8)
        .collect();
    match digits.len() {
        8 => Some(format!(
            "{}-{}-{}",
            &digits[..4],
            &digits[4..6],
            &digits[6..]
        )),
        6 | 7 => Some(format!("{}-{}", &digits[..4], &digits[4..6])),
        4 | 5 => Some(digits[..4].to_owned()),
        _ => None,
    }
}
