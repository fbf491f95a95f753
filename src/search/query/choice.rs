//! Which words of a question may be missing from a result, and how many.
//!
//! In: a [`Node`]. Out: a [`Choice`]. Words typed side by side are wanted, not
//! insisted on; whoever insists writes quotes, a field, `AND`, `OR` or `+`.

use std::collections::HashSet;

use super::{Find, Leaf, Manner, Node};
use crate::search::stop_words;

/// Queries of more words than this are descriptions.
const FEW_WORDS: usize = 6;

/// How many of so many words a result must hold: one of two, two of up to six,
/// a quarter of many, as in a description in one's own words. Those that hold
/// more stand before those that hold fewer, so that what is added is a tail.
fn required(words: usize) -> usize {
    match words {
        0..=2 => words.min(1),
        3..=FEW_WORDS => 2,
        many => many.div_ceil(4).max(2),
    }
}

/// Words of which some may be missing from a result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::search) struct Choice {
    /// How many there are.
    pub words: usize,
    /// How many a result holds at least; none where others are insisted on.
    pub required: usize,
}

/// The words of the outermost group; none when the query is no group.
pub(in crate::search) fn choice(node: &Node) -> Choice {
    match node {
        Node::Group(nodes) => Choice::among(nodes),
        _ => Choice::default(),
    }
}

impl Choice {
    /// Of the words of a group.
    pub(super) fn among(nodes: &[Node]) -> Self {
        let words = counted(nodes).len();
        let insists = nodes.iter().any(|node| matches!(node, Node::Required(_)));
        let required = if insists { 0 } else { required(words) };
        Self { words, required }
    }
}

/// Whether whoever wrote this meant just this: it is never left out.
pub(super) fn is_exact(node: &Node) -> bool {
    match node {
        Node::Required(_) | Node::And(_) | Node::Or(_) => true,
        Node::Leaf(leaf) => {
            let is_quoted = match &leaf.find {
                Find::Words { manner, .. } => *manner == Manner::Quoted,
                Find::Near { .. } => true,
                Find::Wildcard(_) => false,
            };
            leaf.field.is_some() || is_quoted
        }
        Node::Group(_) | Node::Not(_) => false,
    }
}

/// The parts of a group that count as words, of which some may be missing: not
/// what is excluded or meant exactly, not words that say nothing where others say
/// something, and a word typed again only once.
pub(super) fn counted(nodes: &[Node]) -> Vec<&Node> {
    let is_word = |node: &&Node| !matches!(node, Node::Not(_)) && !is_exact(node);
    let wanted = || nodes.iter().filter(is_word);
    let mut words: Vec<&Node> = wanted().filter(|node| !is_stop_word(node)).collect();
    if words.is_empty() {
        words = wanted().collect();
    }
    let mut typed = HashSet::new();
    words.retain(|node| match node {
        Node::Leaf(leaf) => typed.insert(&*leaf.typed),
        _ => true,
    });
    words
}

fn is_stop_word(node: &Node) -> bool {
    match node {
        Node::Leaf(Leaf {
            field: None,
            find: Find::Words { words, manner, .. },
            ..
        }) => match &words[..] {
            [word] => {
                *manner != Manner::Quoted
                    && word.acronym.is_none()
                    && stop_words::is_stop_word(&word.folded)
            }
            _ => false,
        },
        _ => false,
    }
}
