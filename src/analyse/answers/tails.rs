//! Statuses at the end of the lines that open answers: "4. See the child, and
//! see them alone – Under way".
//!
//! In: the openings of a document. Out: the same, each status taken off its
//! line.

use crate::analyse::answers::key::Key;
use crate::analyse::answers::scheme::Opening;
use crate::analyse::text;

/// Takes the status off the end of each line, where most lines end in one.
pub(super) fn take(openings: &mut [Opening], key: &Key) {
    let tails: Vec<Option<usize>> = openings
        .iter()
        .map(|opening| tail(&opening.rest, key))
        .collect();
    let with_tail = tails.iter().flatten().count();
    if with_tail < 2 || with_tail * 5 < openings.len() * 3 {
        return;
    }
    for (opening, tail) in openings.iter_mut().zip(tails) {
        if let Some(at) = tail {
            opening.status = Some(opening.rest.split_off(at));
            let title = opening
                .rest
                .trim_end_matches([' ', '–', '—', '-', ':', '(', '[']);
            opening.rest.truncate(title.len());
        }
    }
}

/// Where the status that ends a title, or is all of it, begins: with a capital.
fn tail(title: &str, key: &Key) -> Option<usize> {
    /// Longer endings are part of the title.
    const MAX_WORDS: usize = 5;
    let after_words = title.match_indices(' ').map(|(at, _)| at + 1);
    let starts: Vec<usize> = std::iter::once(0)
        .chain(after_words)
        .filter(|at| {
            title[*at..]
                .trim_start_matches(['(', '['])
                .starts_with(char::is_uppercase)
        })
        .collect();
    let is_status = |at: &usize| {
        let words = &title[*at..];
        text::word_count(words) <= MAX_WORDS
            && !words.ends_with('.')
            && key.read(words, None).is_some()
    };
    starts.into_iter().rev().find(is_status)
}
