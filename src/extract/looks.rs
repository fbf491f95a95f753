//! Finds headings by their looks: larger or bold text on a line of its own.
//!
//! In: pages whose headings are marked as far as the file itself names them.
//! Out: the same, with paragraphs that a reader takes for headings marked too.
//! Lines of a table of contents are left alone.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::label;
use crate::model::document::{Block, BlockKind, Page};

/// Longest text that may be a heading by its size, in characters.
const LONGEST: usize = 160;
/// Longest that may be one only because it is bold.
const LONGEST_BOLD: usize = 100;

/// Longest sentence with a full stop that may be a heading, in characters.
const LONGEST_SENTENCE: usize = 120;

/// What a heading looks like; larger ones come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Look {
    /// In tenths of a point.
    size: Reverse<i32>,
    is_light: bool,
}

/// Marks headings on all pages.
pub(super) fn mark_headings(pages: &mut [Page]) {
    for block in pages.iter_mut().flat_map(|page| &mut page.blocks) {
        unmark_sentence(block);
    }
    let body = body_size(pages);
    let in_contents = contents(pages);
    let mut levels: HashMap<Look, u8> = HashMap::new();
    let mut deepest = 0;
    let mut new: BTreeSet<Look> = BTreeSet::new();
    for (block, _) in numbered(pages) {
        if let BlockKind::Heading { level } = block.kind {
            levels.entry(look(block)).or_insert(level);
            deepest = deepest.max(level);
        }
    }
    for (block, index) in numbered(pages) {
        if !in_contents.contains(&index)
            && looks_like_one(block, body)
            && !levels.contains_key(&look(block))
        {
            new.insert(look(block));
        }
    }
    let known: Vec<Look> = levels.keys().copied().collect();
    let mut below = deepest;
    for look in new {
        // Larger than every known heading: a title. Else below them.
        let is_title = deepest > 0 && known.iter().all(|other| look < *other);
        if !is_title {
            below = below.saturating_add(1).min(6);
        }
        levels.insert(look, if is_title { 1 } else { below });
    }
    let mut above = 0;
    let mut marked = Vec::new();
    for (index, block) in pages
        .iter_mut()
        .flat_map(|page| &mut page.blocks)
        .enumerate()
    {
        if let BlockKind::Heading { level } = block.kind {
            above = level;
        } else if !in_contents.contains(&index) && looks_like_one(block, body) {
            // Where sizes are not known, below the heading that governs it.
            let level = if body == 0.0 {
                Some(above + 1)
            } else {
                levels.get(&look(block)).copied()
            };
            if let Some(level) = level {
                block.kind = BlockKind::Heading {
                    level: level.min(6),
                };
                marked.push(index);
            }
        }
    }
    unmark_runs(pages, &marked);
}

/// Some authors give list items a heading's style to have them numbered. A long
/// sentence is no heading, whatever the file says.
fn unmark_sentence(block: &mut Block) {
    let is_long = block.text.chars().count() > LONGEST_SENTENCE;
    if matches!(block.kind, BlockKind::Heading { .. }) && is_long && block.text.ends_with('.') {
        let mut bold = block.style.bold_lead as usize;
        block.kind = match label::take(&mut block.text, &mut bold, false) {
            Some(label) => BlockKind::ListItem { label, depth: 0 },
            None => BlockKind::Paragraph,
        };
        block.style.bold_lead = u32::try_from(bold).unwrap_or(u32::MAX);
    }
}

fn numbered(pages: &[Page]) -> impl Iterator<Item = (&Block, usize)> {
    pages.iter().flat_map(|page| &page.blocks).zip(0..)
}

fn look(block: &Block) -> Look {
    Look {
        size: Reverse((block.style.size * 10.0).round() as i32),
        is_light: !is_bold(block),
    }
}

fn is_bold(block: &Block) -> bool {
    block.style.bold_lead as usize >= block.text.len()
}

/// Size of most letters of running text.
fn body_size(pages: &[Page]) -> f32 {
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    for (block, _) in numbered(pages) {
        if matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::ListItem { .. }
        ) {
            *sizes
                .entry((block.style.size * 10.0).round() as i32)
                .or_default() += block.text.len();
        }
    }
    let commonest = sizes
        .into_iter()
        .max_by_key(|(size, letters)| (*letters, *size));
    commonest.map_or(0.0, |(size, _)| size as f32 / 10.0)
}

fn looks_like_one(block: &Block, body: f32) -> bool {
    block.kind == BlockKind::Paragraph
        && could_be_heading(
            &block.text,
            block.style.bold_lead as usize,
            block.style.size,
            body,
        )
}

/// Whether a paragraph may be a heading by its looks: asked before a number is
/// taken from its beginning. `body` is the size of running text, 0 if unknown.
pub(super) fn could_be_heading(text: &str, bold: usize, size: f32, body: f32) -> bool {
    let length = text.chars().count();
    let has_words = text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let is_larger = body > 0.0 && size >= 1.12 * body;
    let is_sentence = text.ends_with(['.', ';', ',']) && length > 40;
    let is_bold = bold >= text.len() && size >= 0.95 * body;
    // Words set large that somebody said.
    let is_quote = text.starts_with(['“', '"']) && text.ends_with(['”', '"']);
    has_words
        && !is_quote
        && !has_leaders(text)
        && ((is_larger && length <= LONGEST && !is_sentence)
            || (is_bold && length <= LONGEST_BOLD && !text.ends_with(['.', ';', ','])))
}

/// Numbered lines that follow each other without text between are the items
/// of a list, however bold.
fn unmark_runs(pages: &mut [Page], marked: &[usize]) {
    let mut blocks: Vec<(usize, &mut Block)> = pages
        .iter_mut()
        .flat_map(|page| &mut page.blocks)
        .enumerate()
        .filter(|(_, block)| !matches!(block.kind, BlockKind::Furniture | BlockKind::Footnote))
        .collect();
    let levels: Vec<Option<u8>> = blocks
        .iter()
        .map(|(index, block)| match block.kind {
            BlockKind::Heading { level }
                if marked.contains(index) && starts_with_number(&block.text) =>
            {
                Some(level)
            }
            _ => None,
        })
        .collect();
    for at in 0..blocks.len() {
        let has_neighbour =
            at > 0 && levels[at - 1] == levels[at] || levels.get(at + 1) == Some(&levels[at]);
        if levels[at].is_some() && has_neighbour {
            let block = &mut *blocks[at].1;
            let mut bold = block.style.bold_lead as usize;
            if let Some(label) = label::take(&mut block.text, &mut bold, false) {
                block.kind = BlockKind::ListItem { label, depth: 0 };
                block.style.bold_lead = u32::try_from(bold).unwrap_or(u32::MAX);
            }
        }
    }
}

fn starts_with_number(text: &str) -> bool {
    matches!(label::split(text), Some((label::Mark::Label(_), _)))
}

/// Dots that lead to a page number.
static LEADERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\.\s?){4,}\s*\w{1,5}$|…{2,}\s*\w{1,5}$|_{5,}\s*\d{1,4}$")
        .expect("a constant pattern")
});
/// A line of contents without dots.
static TO_PAGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^.{2,120}\s\d{1,3}$").expect("a constant pattern"));

/// Whether a text is a line of a table of contents by its dots alone.
pub(super) fn has_leaders(text: &str) -> bool {
    LEADERS.is_match(text)
}

/// Whether a text is the heading of a table of contents.
fn opens_contents(text: &str) -> bool {
    let key = key(text);
    matches!(
        key.as_str(),
        "contents" | "tableofcontents" | "contentspage" | "cynnwys"
    )
}

/// Which blocks are lines of a table of contents.
fn contents(pages: &[Page]) -> HashSet<usize> {
    let mut found = HashSet::new();
    let mut is_open = false;
    for (block, index) in numbered(pages) {
        if matches!(block.kind, BlockKind::Furniture | BlockKind::Footnote) {
            continue;
        }
        if opens_contents(&block.text) {
            is_open = true;
        } else if has_leaders(&block.text) || (is_open && TO_PAGE.is_match(&block.text)) {
            found.insert(index);
        } else {
            is_open = false;
        }
    }
    found
}

/// Letters and digits only, small.
pub(super) fn key(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
