//! Turns of phrase that several pages share.

use crate::search::results::{Ignored, Note};
use crate::web::language::Language;

/// A piece of text, found or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub is_found: bool,
}

/// Cuts a text at its highlights, which count characters.
pub(super) fn pieces(text: &str, highlights: &[[usize; 2]]) -> Vec<Piece> {
    let characters: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut push = |range: std::ops::Range<usize>, is_found| {
        let text: String = characters.get(range).unwrap_or_default().iter().collect();
        if !text.is_empty() {
            pieces.push(Piece { text, is_found });
        }
    };
    let mut end = 0;
    for [first, after] in highlights {
        push(end..*first, false);
        push(*first..*after, true);
        end = *after;
    }
    push(end..characters.len(), false);
    pieces
}

/// How a link to a page of an original reads.
pub(super) fn opens(t: Language, url: &str, page: u32) -> String {
    if url.contains("#page=") {
        t.fill("Opens at page {} of the original", &[&page])
    } else if page > 1 {
        t.fill("Page {} of the original", &[&page])
    } else {
        t.say("The original").to_owned()
    }
}

/// `Recommendation 3`, or `Recommendation` when no number is printed.
pub(super) fn name(t: Language, label: Option<&str>, kind: &str) -> String {
    match label {
        Some(label) => format!("{} {label}", t.say(kind)),
        None => format!("{} {}", t.say(kind), t.say("(not numbered)")),
    }
}

/// What a file is, in words.
pub(super) fn form(t: Language, media_type: &str) -> &str {
    t.say(match media_type {
        "application/pdf" => "PDF",
        "text/html" => "web page",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        | "application/msword" => "Word document",
        "application/vnd.oasis.opendocument.text" => "OpenDocument text",
        _ => "file",
    })
}

/// What a document is to its case.
pub(super) fn kind(t: Language, kind: &str) -> &str {
    t.say(match kind {
        "summary" => "Summary",
        "response" => "Response",
        _ => "Review",
    })
}

/// What a reader should know about how a search was understood; with words to
/// search for instead, where there are better ones.
pub(super) fn note(t: Language, note: &Note) -> (String, Option<String>) {
    match note {
        Note::Ignored { part, reason } => {
            let why = t.say(ignored(*reason));
            (t.fill("“{}” was not used: {}.", &[part, &why]), None)
        }
        Note::Partial {
            complete: 0,
            required,
            words,
        } => {
            let text = "None holds every word. These hold at least {} of the {}.";
            (t.fill(text, &[required, words]), None)
        }
        Note::Partial {
            complete,
            required,
            words,
        } => {
            let text = "Results with all {} words come first: {}. The others hold at least {}.";
            (t.fill(text, &[words, complete, required]), None)
        }
        Note::Near { count } => {
            let text = "Found because they say nearly the same in other words: {}.";
            (t.fill(text, &[count]), None)
        }
        Note::Expanded { word, also } => (
            t.fill("“{}” also finds: {}.", &[word, &also.join(", ")]),
            None,
        ),
        Note::DidYouMean { text } => (t.say("Did you mean").to_owned(), Some(text.clone())),
    }
}

fn ignored(reason: Ignored) -> &'static str {
    match reason {
        Ignored::Unpaired => "its pair is missing",
        Ignored::NothingToJoin => "there is nothing for it to work on",
        Ignored::NoSuchField => "there is no such field; try title:, to:, theme:, type: or by:",
        Ignored::ShortWildcard => "a wildcard needs at least two letters before it",
        Ignored::TooLong => "a search takes at most 64 words",
        Ignored::OnlyExclusions => "a search needs something to look for",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_highlights_counted_in_characters() {
        let piece = |text: &str, is_found| Piece {
            text: text.to_owned(),
            is_found,
        };
        assert_eq!(
            pieces("Siôn was seen", &[[0, 4], [9, 13]]),
            [
                piece("Siôn", true),
                piece(" was ", false),
                piece("seen", true)
            ]
        );
        assert_eq!(pieces("plain", &[]), [piece("plain", false)]);
    }
}
