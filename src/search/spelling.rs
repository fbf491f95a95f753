//! Suggests a spelling for words that occur nowhere.
//!
//! In: a parsed query and the index. Out: the whole text respelt, when each of
//! the unknown words has a near neighbour in the index. The commonest of the
//! nearest is taken.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::search::query::{Find, Leaf, Node};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// From this length on two letters may differ.
const LONG: usize = 8;

/// The text respelt; `None` when every word occurs or no neighbour is found.
pub(super) fn suggest(
    text: &str,
    node: &Node,
    searcher: &Searcher,
    plain: Field,
) -> tantivy::Result<Option<String>> {
    let mut respelt = text.to_owned();
    let mut is_changed = false;
    for (typed, folded) in typed_words(node) {
        if folded.len() < SHORTEST || !folded.chars().all(char::is_alphabetic) {
            continue;
        }
        if searcher.doc_freq(&Term::from_field_text(plain, &folded))? > 0 {
            continue;
        }
        let Some(better) = neighbour(&folded, searcher, plain)? else {
            continue;
        };
        respelt = replace_word(&respelt, &typed, &better);
        is_changed = true;
    }
    Ok(is_changed.then_some(respelt))
}

/// The commonest word that differs least from this one.
fn neighbour(word: &str, searcher: &Searcher, plain: Field) -> tantivy::Result<Option<String>> {
    let farthest = if word.len() >= LONG { 2 } else { 1 };
    for distance in 1..=farthest {
        let automaton = FuzzyTermQuery::new(Term::from_field_text(plain, word), distance, true);
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(plain)?;
            let mut terms = index.terms().search(automaton.automaton()?).into_stream()?;
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key()) {
                    *found.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
        let common = found
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        if let Some((better, _)) = common {
            return Ok(Some(better));
        }
    }
    Ok(None)
}

/// Single words looked for, as typed and folded.
fn typed_words(node: &Node) -> Vec<(String, String)> {
    match node {
        Node::Leaf(Leaf {
            typed,
            field: None,
            find: Find::Words { words, .. },
        }) => match &words[..] {
            [word] => vec![(typed.clone(), word.folded.clone())],
            _ => Vec::new(),
        },
        Node::Required(node) => typed_words(node),
        Node::Leaf(_) | Node::Not(_) => Vec::new(),
        Node::Group(nodes) | Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().flat_map(typed_words).collect()
        }
    }
}

/// Puts one word for another where it stands by itself.
fn replace_word(text: &str, typed: &str, better: &str) -> String {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let place = text.match_indices(typed).find(|(at, _)| {
        let (before, after) = (&text[..*at], &text[at + typed.len()..]);
        !is_word(before.chars().next_back()) && !is_word(after.chars().next())
    });
    match place {
        Some((at, _)) => format!("{}{better}{}", &text[..at], &text[at + typed.len()..]),
        None => text.to_owned(),
    }
}
