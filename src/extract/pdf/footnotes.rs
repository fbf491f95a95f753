//! Sets footnotes apart: small print at the foot of a page that a mark opens.
//!
//! In: drafts by page in reading order. Out: the same, footnotes marked.

use super::draft::{Draft, Kind};
use super::ink::Ink;
use super::style::Style;

/// Marks the footnotes of each page.
pub(super) fn mark(pages: &mut [Vec<Draft>], inks: &[Ink], style: &Style) {
    for (drafts, ink) in pages.iter_mut().zip(inks) {
        let small = |draft: &&mut Draft| {
            matches!(draft.kind, Kind::Text)
                && draft.boxed.is_none()
                && draft.size() < 0.93 * style.body
                && draft.area.y0 > 0.5 * ink.height
        };
        let mut foot: Vec<&mut Draft> = drafts
            .iter_mut()
            .rev()
            .filter(|draft| !matches!(draft.kind, Kind::Furniture))
            .take_while(small)
            .collect();
        // From the topmost that a mark opens downwards.
        let first = foot.iter().rposition(|draft| opens_with_mark(draft));
        if let Some(first) = first {
            for draft in &mut foot[..=first] {
                draft.kind = Kind::Footnote;
            }
        }
    }
}

fn opens_with_mark(draft: &Draft) -> bool {
    let text = draft.text();
    let mark = text.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | '[' | ']')
    });
    let length = text.len() - mark.len();
    length > 0 && length <= 4 && mark.chars().any(char::is_alphabetic)
}
