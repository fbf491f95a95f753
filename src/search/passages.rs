//! Cuts a document into passages of 150 to 250 words.
//!
//! In: a [`Document`]. Out: its running text in order, each passage with the
//! page and the heading it stands under. A passage never runs over a page, so
//! that the page given is the page it is on; what is left at the foot of one
//! joins the passage before it.

use std::num::NonZeroU32;

use crate::model::document::{BlockKind, Document, Page};

/// A passage is closed once it has this many words.
const ENOUGH: usize = 150;
/// No block is added that would make it longer than this.
const MOST: usize = 250;
/// A shorter rest joins the passage before it.
const REST: usize = 40;

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    /// Physical page.
    pub page: NonZeroU32,
    /// The heading it stands under.
    pub heading: Option<String>,
    /// Its blocks, one a line.
    pub text: String,
}

/// The passages of a document in order.
pub(super) fn passages(document: &Document) -> Vec<Passage> {
    let mut cutter = Cutter::default();
    for page in &document.pages {
        cutter.take_page(page);
    }
    cutter.done
}

#[derive(Default)]
struct Cutter {
    done: Vec<Passage>,
    heading: Option<String>,
    /// The heading that stood when `text` was begun.
    begun_under: Option<String>,
    text: String,
    words: usize,
}

impl Cutter {
    fn take_page(&mut self, page: &Page) {
        for block in &page.blocks {
            match &block.kind {
                BlockKind::Furniture => {}
                BlockKind::Heading { .. } => {
                    if self.words >= REST {
                        self.close(page.number);
                    }
                    self.heading = Some(block.text.clone());
                    if self.words > 0 {
                        self.add(&block.text, page.number);
                    }
                }
                _ => {
                    for piece in pieces(&block.text) {
                        self.add(piece, page.number);
                    }
                }
            }
        }
        self.close(page.number);
    }

    fn add(&mut self, piece: &str, page: NonZeroU32) {
        let words = count_words(piece);
        if words == 0 {
            return;
        }
        if self.words > 0 && self.words + words > MOST {
            self.close(page);
        }
        if self.words == 0 {
            self.begun_under = self.heading.clone();
        } else {
            self.text.push('\n');
        }
        self.text.push_str(piece);
        self.words += words;
        if self.words >= ENOUGH {
            self.close(page);
        }
    }

    fn close(&mut self, page: NonZeroU32) {
        let (text, words) = (
            std::mem::take(&mut self.text),
            std::mem::take(&mut self.words),
        );
        let heading = self.begun_under.take();
        if words == 0 {
            return;
        }
        let before = self.done.last_mut();
        match before.filter(|before| before.page == page && before.heading == heading) {
            Some(before) if words < REST => {
                before.text.push('\n');
                before.text.push_str(&text);
            }
            _ => self.done.push(Passage {
                page,
                heading,
                text,
            }),
        }
    }
}

/// A block in pieces short enough for a passage, cut between sentences.
fn pieces(text: &str) -> Vec<&str> {
    if count_words(text) <= MOST {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let (mut start, mut words) = (0, 0);
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() {
            continue;
        }
        words += 1;
        let is_end = text[start..at].ends_with(['.', '!', '?', ';', '\u{201d}']);
        if (words >= ENOUGH && is_end) || words >= MOST {
            pieces.push(text[start..at].trim());
            (start, words) = (at, 0);
        }
    }
    pieces.push(text[start..].trim());
    pieces
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}
