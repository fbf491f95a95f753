//! Adds what else the trade calls a thing.
//!
//! In: a [`Node`] as parsed. Out: the same, with runs of words that
//! `index/synonyms.toml` knows joined into one leaf that carries the other ways
//! to say it. What stands in quotation marks or after a field's name is left as
//! typed: whoever writes so means just that.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::parse::query_words;
use super::{Find, Leaf, Manner, Node, QueryWord};
use crate::search::analyser;
use crate::search::results::Note;

static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(|| {
    Synonyms::read(include_str!("../../../index/synonyms.toml"))
        .expect("index/synonyms.toml is valid, which a test holds")
});

/// Adds synonyms, and notes what was added.
pub(in crate::search) fn expand(node: Node, notes: &mut Vec<Note>) -> Node {
    SYNONYMS.expand(node, notes)
}

/// The file `index/synonyms.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    synonym: Vec<Row>,
}

/// Ways to say one thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// Each finds the others. `=MASH` is meant only in capitals.
    #[serde(default)]
    words: Vec<String>,
    /// Finds `words` and is not found by them.
    #[serde(default)]
    from: Vec<String>,
    /// Why they are one.
    #[expect(dead_code, reason = "for the people who keep the list")]
    reason: String,
}

/// Ways to say a thing, by the stems of each.
#[derive(Debug, Default)]
struct Synonyms {
    by_stems: HashMap<Vec<String>, Vec<Sense>>,
    /// Words in the longest of them.
    longest: usize,
}

/// What a run of words may mean.
#[derive(Debug)]
struct Sense {
    /// The run must be typed in capitals to mean it.
    only_acronym: bool,
    also: Vec<String>,
}

impl Synonyms {
    fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut synonyms = Self::default();
        for row in file.synonym {
            for (index, term) in row.words.iter().enumerate() {
                let mut also = row.words.clone();
                also.remove(index);
                synonyms.add(term, &also);
            }
            for term in &row.from {
                synonyms.add(term, &row.words);
            }
        }
        Ok(synonyms)
    }

    fn add(&mut self, term: &str, also: &[String]) {
        let stems = stems(&query_words(term));
        self.longest = self.longest.max(stems.len());
        let only_acronym = term.starts_with('=');
        let also = also
            .iter()
            .map(|term| term.trim_start_matches('=').to_owned())
            .collect();
        let senses = self.by_stems.entry(stems).or_default();
        senses.push(Sense { only_acronym, also });
    }

    fn expand(&self, node: Node, notes: &mut Vec<Note>) -> Node {
        match node {
            Node::Leaf(leaf) => self.expand_run(vec![leaf], notes).remove(0),
            Node::Group(branches) => self.expand_group(branches, notes),
            Node::And(branches) => Node::And(self.expand_each(branches, notes)),
            Node::Or(branches) => Node::Or(self.expand_each(branches, notes)),
            // Whoever insists on a word means just that word.
            Node::Required(node) => Node::Required(node),
            Node::Not(node) => Node::Not(Box::new(self.expand(*node, notes))),
        }
    }

    fn expand_each(&self, branches: Vec<Node>, notes: &mut Vec<Note>) -> Vec<Node> {
        branches
            .into_iter()
            .map(|node| self.expand(node, notes))
            .collect()
    }

    /// Expands the runs of plain words within a group.
    fn expand_group(&self, branches: Vec<Node>, notes: &mut Vec<Note>) -> Node {
        let mut expanded = Vec::new();
        let mut run: Vec<Leaf> = Vec::new();
        for node in branches {
            match node {
                Node::Leaf(leaf) if leaf.is_plain() => run.push(leaf),
                other => {
                    expanded.extend(self.expand_run(std::mem::take(&mut run), notes));
                    expanded.push(self.expand(other, notes));
                }
            }
        }
        expanded.extend(self.expand_run(run, notes));
        if expanded.len() == 1 {
            expanded.remove(0)
        } else {
            Node::Group(expanded)
        }
    }

    /// Joins the longest known runs of a row of leaves, from the left.
    fn expand_run(&self, mut leaves: Vec<Leaf>, notes: &mut Vec<Note>) -> Vec<Node> {
        let mut branches = Vec::new();
        while !leaves.is_empty() {
            let most = leaves.len().min(self.longest);
            let found = (1..=most).rev().find_map(|length| {
                let also = self.also(&leaves[..length])?;
                Some((length, also))
            });
            let (length, also) = found.unwrap_or((1, Vec::new()));
            let rest = leaves.split_off(length);
            branches.push(Node::Leaf(joined(leaves, &also)));
            if !also.is_empty()
                && let Some(Node::Leaf(leaf)) = branches.last()
            {
                let word = leaf.typed.clone();
                notes.push(Note::Expanded { word, also });
            }
            leaves = rest;
        }
        branches
    }

    /// Other ways to say what these leaves say together, as written in the
    /// file.
    fn also(&self, leaves: &[Leaf]) -> Option<Vec<String>> {
        if !leaves.iter().all(Leaf::is_plain) {
            return None;
        }
        let words: Vec<QueryWord> = leaves.iter().flat_map(Leaf::words).cloned().collect();
        let is_acronym = words.iter().all(|word| word.acronym.is_some());
        let senses = self.by_stems.get(&stems(&words))?.iter();
        let meant = senses.filter(|sense| is_acronym || !sense.only_acronym);
        let mut also: Vec<String> = meant.flat_map(|sense| sense.also.clone()).collect();
        also.dedup();
        (!also.is_empty()).then_some(also)
    }
}

impl Leaf {
    /// Whether it is words typed plainly, with neither field nor quotes.
    fn is_plain(&self) -> bool {
        let is_plain =
            matches!(&self.find, Find::Words { manner, .. } if *manner != Manner::Quoted);
        self.field.is_none() && is_plain
    }

    fn words(&self) -> &[QueryWord] {
        match &self.find {
            Find::Words { words, .. } => words,
            Find::Near { .. } | Find::Wildcard(_) => &[],
        }
    }
}

fn joined(mut leaves: Vec<Leaf>, also: &[String]) -> Leaf {
    let is_one = leaves.len() == 1;
    if is_one && also.is_empty() {
        return leaves.remove(0);
    }
    let typed = leaves
        .iter()
        .map(|leaf| &*leaf.typed)
        .collect::<Vec<_>>()
        .join(" ");
    let words = leaves.iter().flat_map(Leaf::words).cloned().collect();
    let find = Find::Words {
        words,
        slop: 0,
        manner: if is_one {
            Manner::Joined
        } else {
            Manner::Loose
        },
        also: also.iter().map(|term| query_words(term)).collect(),
    };
    Leaf {
        typed,
        field: None,
        find,
    }
}

fn stems(words: &[QueryWord]) -> Vec<String> {
    words
        .iter()
        .map(|word| analyser::stem(&word.folded))
        .collect()
}
