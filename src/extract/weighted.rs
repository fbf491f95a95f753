//! Puts the runs of one paragraph together.
//!
//! In: runs of text with weight and size, as an office file gives them. Out:
//! the text, how much of it opens in bold, the size of most letters.

use crate::extract::text::fold;

/// The text of a paragraph by weight; tabs and line breaks are kept as such.
#[derive(Debug, Default, Clone)]
pub(super) struct Weighted {
    parts: Vec<(String, bool)>,
    /// Letters by size in half points.
    sizes: Vec<(i32, usize)>,
}

impl Weighted {
    /// Adds a run; its size in points, 0 when it is not known.
    pub(super) fn push(&mut self, text: &str, is_bold: bool, size: f32) {
        let size = (size * 2.0).round() as i32;
        let letters = text.trim().len();
        match self.sizes.iter_mut().find(|(known, _)| *known == size) {
            Some((_, count)) => *count += letters,
            None => self.sizes.push((size, letters)),
        }
        match self.parts.last_mut() {
            Some((last, bold)) if *bold == is_bold || text.trim().is_empty() => last.push_str(text),
            _ => self.parts.push((text.to_owned(), is_bold)),
        }
    }

    /// The text, white space folded, and the length in bytes of the bold run
    /// that opens it.
    pub(super) fn text(&self) -> (String, usize) {
        let mut all = String::new();
        let mut bold = 0;
        let mut is_open = true;
        for (text, is_bold) in &self.parts {
            all.push_str(text);
            is_open &= *is_bold || text.trim().is_empty();
            if is_open {
                bold = all.len();
            }
        }
        let lead = fold(&all[..bold]).len();
        (fold(&all), lead)
    }

    /// Whether a tab follows its first word.
    pub(super) fn has_tab(&self) -> bool {
        let all: String = self.parts.iter().map(|(text, _)| text.as_str()).collect();
        let all = all.trim_start();
        all.find(char::is_whitespace)
            .is_some_and(|at| all[at..].starts_with('\t'))
    }

    /// Size of most letters, in points.
    pub(super) fn size(&self) -> f32 {
        let most = self.sizes.iter().max_by_key(|(_, letters)| *letters);
        most.map_or(0.0, |(half_points, _)| *half_points as f32 / 2.0)
    }

    /// Whether no letter has come yet.
    pub(super) fn is_blank(&self) -> bool {
        self.parts.iter().all(|(text, _)| text.trim().is_empty())
    }
}
