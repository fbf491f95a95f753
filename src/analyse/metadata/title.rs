//! The title as printed on the first page.
//!
//! In: a [`Reading`]. Out: the lines of its front that make the title, joined;
//! else what the file or its link calls it. Not the running head, not the
//! publisher, not "Contents".

use crate::analyse::reading::{Reading, Role};
use crate::analyse::text;
use crate::model::analysis::{Cited, Source};

/// Longer than any title printed as one.
const MOST_WORDS: usize = 40;

/// Reads the title.
pub(in crate::analyse) fn read(reading: &Reading<'_>) -> Option<Cited<String>> {
    printed(reading)
        .or_else(|| declared(reading))
        .or_else(|| linked(reading))
}

/// Joins the title's lines: those before anyone is named, or else the first.
fn printed(reading: &Reading<'_>) -> Option<Cited<String>> {
    let lines = &reading.front.lines;
    let first = lines.iter().position(|line| line.role == Role::Title)?;
    let mut title = String::new();
    let mut gap = 0;
    for line in &lines[first..] {
        match line.role {
            Role::Title if gap < 3 => {
                let words = text::word_count(&title) + text::word_count(line.text);
                if words > MOST_WORDS {
                    break;
                }
                join(&mut title, line.text);
            }
            Role::Person => break,
            _ => gap += 1,
        }
    }
    Some(Cited {
        value: tidy(&title),
        source: Source::Text(lines[first].at),
        confidence: 0.93,
    })
}

/// Adds a line to a title: with a colon, unless the sentence runs on.
fn join(title: &mut String, line: &str) {
    const RUNS_ON: [&str; 14] = [
        "of",
        "in",
        "on",
        "the",
        "a",
        "an",
        "and",
        "for",
        "to",
        "into",
        "concerning",
        "regarding",
        "about",
        "respect of",
    ];
    if title.is_empty() {
        title.push_str(line);
        return;
    }
    let last = text::fold(title);
    let last = last.rsplit(' ').next().unwrap_or_default();
    let runs_on = RUNS_ON.contains(&last)
        || last.ends_with([':', ',', '-', '/'])
        || line.starts_with(char::is_lowercase);
    title.push_str(if runs_on { " " } else { ": " });
    title.push_str(line);
}

fn tidy(title: &str) -> String {
    title
        .trim()
        .trim_end_matches([':', '-', '–', '|', ','])
        .trim()
        .to_owned()
}

/// What the file calls itself, unless that is a file name or a program's
/// default.
fn declared(reading: &Reading<'_>) -> Option<Cited<String>> {
    let title = reading.document.declared.title.as_deref()?.trim();
    let folded = text::fold(title);
    let is_default = [
        "microsoft",
        "untitled",
        "document",
        "slide",
        "layout",
        "powerpoint",
    ]
    .iter()
    .any(|word| folded.starts_with(word));
    let is_file_name = title.contains('_') || folded.contains(".doc") || folded.contains(".pdf");
    (!is_default && !is_file_name && text::word_count(title) > 1).then(|| Cited {
        value: title.to_owned(),
        source: Source::File,
        confidence: 0.6,
    })
}

/// What the link calls it.
fn linked(reading: &Reading<'_>) -> Option<Cited<String>> {
    let texts = reading
        .found
        .contexts
        .iter()
        .filter_map(|context| context.link_text.as_deref());
    texts
        .map(str::trim)
        .filter(|text| text::word_count(text) > 2)
        .max_by_key(|text| text.len())
        .map(|text| Cited {
            value: text.to_owned(),
            source: Source::Link,
            confidence: 0.5,
        })
}
