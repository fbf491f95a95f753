//! The printed marks that open a list item: bullets, numbers, letters.
//!
//! In: the text of a line or paragraph. Out: its mark and the rest. Labels in
//! words ("Recommendation 3") are left to `analyse`, which knows the words.

use std::sync::LazyLock;

use regex::Regex;

/// What opens a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bullet, a dash.
    Bullet,
    /// A number or letter, without closing punctuation.
    Label(String),
}

/// `4.2`, `12.`, `(3)`, `a)`, `iv.` and a blank. A whole number or a letter
/// needs punctuation; a number of several parts does not.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ (?:
            \( (?<paren> \d{1,3} (?:\.\d{1,3}){0,4} [a-z]? | [A-Za-z] | [ivxIVX]{1,5} ) \) [.:]?
          | (?<number> \d{1,3} (?:\.\d{1,3}){0,4} [a-z]? ) [.):] \)?
          | (?<parts> \d{1,3} (?:\.\d{1,3}){1,4} [a-z]? )
          | (?<letter> [a-z] | [ivx]{1,5} ) [.)]
          | (?<capital> [A-Z] | [IVX]{1,5} ) \)
        ) \s+ (?<rest> \S .*) $",
    )
    .expect("a constant pattern")
});

/// A label alone, as it stands before a tab: `3`, `3.`, `A.`, `(iv)`.
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\(?(?<label>\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?|[A-Za-z]|[ivxIVX]{1,5})[.):]{0,2}$")
        .expect("a constant pattern")
});

/// The mark that opens a text, and what follows it.
pub(super) fn split(text: &str) -> Option<(Mark, &str)> {
    if let Some(rest) = after_bullet(text) {
        return Some((Mark::Bullet, rest));
    }
    let found = LABEL.captures(text)?;
    let rest = found.name("rest")?.as_str();
    let name = ["paren", "number", "parts", "letter", "capital"]
        .into_iter()
        .find(|name| found.name(name).is_some())?;
    let opens_sentence = rest
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(char::is_uppercase);
    // "2.5 million" and "1.30 pm" are not labels.
    if name == "parts" && !opens_sentence {
        return None;
    }
    Some((Mark::Label(found[name].to_owned()), rest))
}

/// The mark, when a text set apart by a tab is nothing but a mark.
pub(super) fn alone(text: &str) -> Option<Mark> {
    let text = text.trim();
    if is_bullet(text) {
        return Some(Mark::Bullet);
    }
    ALONE
        .captures(text)
        .map(|found| Mark::Label(found["label"].to_owned()))
}

/// Takes the mark from the beginning of a text: `None` if there is none,
/// `Some(None)` for a bullet. With a tab after its first word a bare number is
/// a mark too. `bold` is the length of the bold run that opens the text.
#[expect(
    clippy::option_option,
    reason = "no mark, a mark without a label, a label"
)]
pub(super) fn take(text: &mut String, bold: &mut usize, has_tab: bool) -> Option<Option<String>> {
    let (mark, rest) = match split(text) {
        Some((mark, rest)) => (mark, rest.trim_start().to_owned()),
        None if has_tab => {
            let (first, rest) = text.split_once(' ')?;
            (alone(first)?, rest.trim_start().to_owned())
        }
        None => return None,
    };
    *bold = bold.saturating_sub(text.len() - rest.len());
    *text = rest;
    Some(match mark {
        Mark::Bullet => None,
        Mark::Label(label) => Some(label),
    })
}

/// A printed number without what closes it: `4.2.` is `4.2`, `(a)` is `a`.
pub(super) fn bare(printed: &str) -> String {
    printed
        .trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '.' | ')' | '(' | ':' | '-' | '–' | '[' | ']')
        })
        .to_owned()
}

/// A, B, … Z, AA, BB, …: Word repeats the letter.
pub(super) fn letters(count: u32) -> String {
    let index = count.saturating_sub(1);
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    let times = (index / 26 + 1).min(10) as usize;
    letter.to_string().repeat(times)
}

/// A number in capital Roman figures, up to 3,999.
pub(super) fn roman(mut count: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    count = count.min(3_999);
    let mut text = String::new();
    for (value, sign) in PARTS {
        while count >= value {
            text.push_str(sign);
            count -= value;
        }
    }
    text
}

fn after_bullet(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    let first = characters.next()?;
    let rest = characters.as_str();
    let is_spaced = rest.starts_with(char::is_whitespace);
    let is_bullet = match first {
        '-' | '–' | '—' | '*' | 'o' | '·' | '>' => is_spaced,
        _ => is_bullet(&text[..first.len_utf8()]),
    };
    let rest = rest.trim_start();
    (is_bullet && !rest.is_empty()).then_some(rest)
}

fn is_bullet(text: &str) -> bool {
    let mut characters = text.chars();
    let (Some(only), None) = (characters.next(), characters.next()) else {
        return false;
    };
    matches!(
        only,
        '•' | '‣'
            | '⁃'
            | '∙'
            | '●'
            | '○'
            | '◦'
            | '◉'
            | '■'
            | '□'
            | '▪'
            | '▫'
            | '◆'
            | '◇'
            | '►'
            | '▶'
            | '▸'
            | '➢'
            | '➤'
            | '➔'
            | '→'
            | '✓'
            | '✔'
            | '❖'
            | '❑'
            | '☐'
            | '☑'
            | '·'
            | '-'
            | '–'
            | '—'
            | '*'
            | 'o'
            // A sign without a known meaning that stands before text.
            | '\u{fffd}'
            | '\u{e000}'..='\u{f8ff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(Option<&str>, &str)>) {
        let found = split(text);
        let found = found.as_ref().map(|(mark, rest)| match mark {
            Mark::Bullet => (None, *rest),
            Mark::Label(label) => (Some(label.as_str()), *rest),
        });
        assert_eq!(found, expected, "text: {text:?}");
    }

    #[test]
    fn marks_open_list_items() {
        check("• One", Some((None, "One")));
        check("\u{f0b7} One", Some((None, "One")));
        check("- One", Some((None, "One")));
        check("\u{fffd} One", Some((None, "One")));
        check("3. One", Some((Some("3"), "One")));
        check("3) One", Some((Some("3"), "One")));
        check("4.2 One", Some((Some("4.2"), "One")));
        check("4.2. One", Some((Some("4.2"), "One")));
        check("(iv) one", Some((Some("iv"), "one")));
        check("a) one", Some((Some("a"), "one")));
        check("b. one", Some((Some("b"), "one")));
        check("5.1a One", Some((Some("5.1a"), "One")));
    }

    #[test]
    fn words_and_quantities_are_not_marks() {
        check("3 children were seen", None);
        check("2.5 million pounds", None);
        check("A. Smith wrote", None);
        check("2016. The year", None);
        check("Recommendation 3: one", None);
        check("-5 degrees", None);
        check("i", None);
    }

    #[test]
    fn a_mark_before_a_tab_needs_no_punctuation() {
        assert_eq!(alone("3"), Some(Mark::Label("3".into())));
        assert_eq!(alone("A."), Some(Mark::Label("A".into())));
        assert_eq!(alone("o"), Some(Mark::Bullet));
        assert_eq!(alone("Term"), None);
    }
}
