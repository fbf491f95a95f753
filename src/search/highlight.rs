//! Finds the words of a query in a text that is shown whole.

use std::ops::Range;

use crate::search::query::expand::expand;
use crate::search::query::marks::Marks;
use crate::search::query::parse::parse;

/// The words, phrases and synonyms that a query looks for.
#[derive(Debug)]
pub struct Highlighter(Marks);

impl Highlighter {
    /// Reads a query leniently: what does not parse marks nothing.
    #[must_use]
    pub fn new(query: &str) -> Self {
        let node = parse(query).node.map(|node| expand(node, &mut Vec::new()));
        Self(node.as_ref().map(Marks::of).unwrap_or_default())
    }

    /// Bytes of `text` that the query is about, in order, without overlap.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut end = 0;
        let mut found = Vec::new();
        for marked in self.0.find(text) {
            if marked.range.start >= end {
                end = marked.range.end;
                found.push(marked.range);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &str, expected: &[&str]) {
        let found = Highlighter::new(query).find(text);
        let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn words_are_found_whatever_their_ending() {
        let text = "Information was not shared; sharing it matters.";
        check("share", text, &["shared", "sharing"]);
        check("\"not shared\"", text, &["not shared"]);
        check("", text, &[]);
        check("\"", text, &[]);
    }
}
