//! Collects running text with its weight.
//!
//! In: pieces of text. Out: one folded text and how much of it is bold.

use crate::extract::text::fold;

/// Text by weight.
#[derive(Debug, Default)]
pub(super) struct Inline(Vec<(String, bool)>);

impl Inline {
    pub(super) fn push(&mut self, text: &str, is_bold: bool) {
        match self.0.last_mut() {
            Some((last, bold)) if *bold == is_bold || text.trim().is_empty() => last.push_str(text),
            _ => self.0.push((text.to_owned(), is_bold)),
        }
    }

    /// The text, white space folded, and the length in bytes of the bold run
    /// that opens it; nothing is left.
    pub(super) fn take(&mut self) -> (String, usize) {
        let mut all = String::new();
        let mut bold = 0;
        let mut is_open = true;
        for (text, is_bold) in std::mem::take(&mut self.0) {
            is_open &= is_bold || text.trim().is_empty();
            all.push_str(&text);
            if is_open {
                bold = all.len();
            }
        }
        let lead = fold(&all[..bold]).len();
        (fold(&all), lead)
    }
}
