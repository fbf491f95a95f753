//! Says what a paragraph of an office file is: heading, list item or running
//! text.
//!
//! In: the level of its style, what the program prints before it, its text.
//! Out: the kind, and the text as printed.

use crate::extract::label;
use crate::extract::looks::could_be_heading;
use crate::model::document::BlockKind;

/// What an office program prints before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Printed {
    Bullet,
    /// E.g. `4.2.`, `(a)`, `Recommendation 3:`.
    Number(String),
    /// The level is set to print nothing.
    Nothing,
}

/// What a paragraph is, its text with what is printed before it where that is
/// no label, and how much of it is bold.
pub(super) fn kind(
    heading: Option<u8>,
    printed: Option<(Printed, usize)>,
    is_contents: bool,
    mut text: String,
    mut bold: usize,
    has_tab: bool,
) -> (BlockKind, String, usize) {
    let depth = printed
        .as_ref()
        .map_or(0, |(_, level)| u8::try_from(*level).unwrap_or(8));
    let printed = printed.map(|(printed, _)| printed);
    if is_contents {
        return (BlockKind::Paragraph, text, 0);
    }
    if let Some(level @ 1..) = heading {
        if let Some(Printed::Number(number)) = printed {
            prefix(&mut text, &mut bold, &number);
        }
        return (BlockKind::Heading { level }, text, bold);
    }
    let item = |label| BlockKind::ListItem { label, depth };
    match printed {
        Some(Printed::Bullet) => (item(None), text, bold),
        Some(Printed::Number(number)) if has_words(&number) => {
            prefix(&mut text, &mut bold, &number);
            (BlockKind::Paragraph, text, bold)
        }
        Some(Printed::Number(number)) => (item(Some(label::bare(&number))), text, bold),
        Some(Printed::Nothing) | None if could_be_heading(&text, bold, 0.0, 0.0) => {
            (BlockKind::Paragraph, text, bold)
        }
        Some(Printed::Nothing) | None => match label::take(&mut text, &mut bold, has_tab) {
            Some(label) => (item(label), text, bold),
            None => (BlockKind::Paragraph, text, bold),
        },
    }
}

/// Whether a printed number holds a word, as in "Recommendation 3:".
fn has_words(number: &str) -> bool {
    number.split(|c: char| !c.is_alphabetic()).any(|word| {
        word.len() > 1
            && !word.chars().all(|c| "ivxlcdmIVXLCDM".contains(c))
            && !is_repeated_letter(word)
    })
}

/// Word goes on after `z` with `aa`, `bb`.
fn is_repeated_letter(word: &str) -> bool {
    word.chars().all(|c| word.starts_with(c))
}

fn prefix(text: &mut String, bold: &mut usize, number: &str) {
    if *bold > 0 {
        *bold += number.len() + 1;
    }
    *text = format!("{number} {text}");
}
