//! Makes of a parsed query the query that tantivy runs.
//!
//! In: a [`Node`] and the fields to look in. Out: a [`Query`]. A word is looked
//! for in every field at once and scored by the best of them, so that the words
//! of one query may stand in different fields of one unit.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur,
    PhraseQuery, Query, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::choice::{Choice, counted, is_exact};
use super::counted::Counted;
use super::{FieldName, Find, Leaf, Manner, Node, QueryWord};
use crate::search::analyser;
use crate::search::names::Names;
use crate::search::request::Facet;
use crate::search::schema::Fields;
use crate::search::welsh;

/// What a synonym counts, against the word itself.
const SYNONYM: f32 = 0.7;
/// What a mutated Welsh form counts, against the word itself.
const MUTATION: f32 = 0.9;
/// What the lesser fields add to the best one.
const TIE_BREAKER: f32 = 0.2;
/// What words of a query count for standing side by side, too.
const ADJACENT: f32 = 0.5;

/// Where to look: fields and what each counts.
pub(in crate::search) type Weights = Vec<(Field, f32)>;

/// All that compiling needs to know.
pub(in crate::search) struct Compiler<'a> {
    /// Looked into for how often a term occurs.
    pub searcher: &'a Searcher,
    /// The fields of the index.
    pub fields: &'a Fields,
    /// What agencies and themes are called.
    pub names: &'a Names,
    /// Where words without a field's name are looked for.
    pub weights: Weights,
    /// The field in which titles are looked for.
    pub title: Field,
    /// Whether every word is required.
    pub is_strict: bool,
    /// How many words of the outermost group to require, in place of the rule.
    pub required: Option<usize>,
    /// Whether the score is to say how many of those words a unit holds.
    pub counts_words: bool,
}

/// What units are looked for by, in parts.
pub(in crate::search) struct Parts {
    /// They hold at least one of these.
    pub any: Vec<Box<dyn Query>>,
    /// What else speaks for them. Each looks at places, so it is better asked of
    /// few.
    pub also: Vec<Box<dyn Query>>,
}

impl Compiler<'_> {
    /// The query for a whole tree.
    pub(in crate::search) fn compile(&self, node: &Node) -> Box<dyn Query> {
        match node {
            Node::Group(nodes) => self.group(nodes, self.required),
            other => self.node(other),
        }
    }

    /// What a tree asks for, word by word where its words stand side by side and
    /// nothing is excluded or insisted on, and as a whole elsewhere.
    pub(in crate::search) fn in_parts(&self, node: &Node) -> Parts {
        self.side_by_side(node).unwrap_or_else(|| Parts {
            any: vec![self.compile(node)],
            also: Vec::new(),
        })
    }

    fn side_by_side(&self, node: &Node) -> Option<Parts> {
        let Node::Group(nodes) = node else {
            return None;
        };
        let words = counted(nodes);
        let is_more = |node: &Node| matches!(node, Node::Not(_)) || is_exact(node);
        if self.is_strict || words.is_empty() || nodes.iter().any(is_more) {
            return None;
        }
        Some(Parts {
            any: words.iter().map(|node| self.node(node)).collect(),
            also: self.adjacent(&words),
        })
    }

    /// For what stands within the outermost group.
    fn inner(&self) -> Self {
        Self {
            weights: self.weights.clone(),
            counts_words: false,
            ..*self
        }
    }

    fn node(&self, node: &Node) -> Box<dyn Query> {
        match node {
            Node::Leaf(leaf) => self.leaf(leaf),
            Node::Group(nodes) => self.inner().group(nodes, None),
            Node::And(nodes) => self.all(nodes),
            Node::Or(nodes) => any(nodes.iter().map(|node| self.node(node)).collect()),
            Node::Required(node) => self.node(node),
            Node::Not(node) => self.all(std::slice::from_ref(&Node::Not(node.clone()))),
        }
    }

    fn all(&self, nodes: &[Node]) -> Box<dyn Query> {
        let mut clauses = vec![];
        for node in nodes {
            match node {
                Node::Not(inner) => clauses.push(self.excluded(inner)),
                other => clauses.push((Occur::Must, self.node(other))),
            }
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, everything()));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// The engine asks an excluded phrase for a unit before the one it stands at,
    /// which phrases do not answer; what is counted does, and no score is asked.
    fn excluded(&self, node: &Node) -> (Occur, Box<dyn Query>) {
        (Occur::MustNot, Box::new(Counted(self.node(node))))
    }

    fn group(&self, nodes: &[Node], wanted: Option<usize>) -> Box<dyn Query> {
        let words = counted(nodes);
        if self.is_strict || words.is_empty() {
            return self.all(nodes);
        }
        let usual = Choice::among(nodes).required;
        let wanted = wanted.map_or(usual, |wanted| wanted.min(words.len()));
        let shoulds = words.iter().map(|node| {
            let word = self.node(node);
            (
                Occur::Should,
                if self.counts_words {
                    Box::new(Counted(word))
                } else {
                    word
                },
            )
        });
        let words_query =
            BooleanQuery::with_minimum_required_clauses(shoulds.collect(), wanted.max(1));
        let is_optional = if wanted == 0 {
            Occur::Should
        } else {
            Occur::Must
        };
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(is_optional, Box::new(words_query))];
        clauses.extend(
            self.adjacent(&words)
                .into_iter()
                .map(|query| (Occur::Should, query)),
        );
        for node in nodes {
            match node {
                Node::Not(inner) => clauses.push(self.excluded(inner)),
                exact if is_exact(exact) => clauses.push((Occur::Must, self.node(exact))),
                _ => {}
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// A little more for neighbours in the query that are neighbours in the
    /// text.
    fn adjacent(&self, nodes: &[&Node]) -> Vec<Box<dyn Query>> {
        let plain = |node: &Node| match node {
            Node::Leaf(Leaf {
                field: None,
                find: Find::Words { words, .. },
                ..
            }) => Some(words.clone()),
            _ => None,
        };
        let pairs = nodes.windows(2).filter_map(|pair| {
            let words = [plain(pair[0])?, plain(pair[1])?].concat();
            Some(boosted(self.row(&words, 1), ADJACENT))
        });
        pairs.collect()
    }

    fn leaf(&self, leaf: &Leaf) -> Box<dyn Query> {
        match leaf.field {
            Some(FieldName::Title) => self.in_title(leaf),
            Some(FieldName::To) => self.in_facet(leaf, Facet::Agency),
            Some(FieldName::Theme) => self.in_facet(leaf, Facet::Theme),
            Some(FieldName::Type) => self.in_facet(leaf, Facet::Type),
            Some(FieldName::By) => self.in_facet(leaf, Facet::Partnership),
            None => self.find(&leaf.find),
        }
    }

    fn in_title(&self, leaf: &Leaf) -> Box<dyn Query> {
        let inner = Compiler {
            weights: vec![(self.title, 1.0)],
            ..*self
        };
        inner.find(&leaf.find)
    }

    /// Units under a term that is called so: by one of an agency's names, or by
    /// a label that holds all the words.
    fn in_facet(&self, leaf: &Leaf, facet: Facet) -> Box<dyn Query> {
        let typed = leaf.typed.replace('-', " ");
        let wanted = stems(&typed);
        let agency = self.names.agency(&typed).filter(|_| facet == Facet::Agency);
        let called = |(id, label): (&str, &str)| {
            let (label, name) = (stems(label), stems(&id.replace('-', " ")));
            let holds = |words: &[String]| wanted.iter().all(|word| words.contains(word));
            (holds(&label) || holds(&name)).then(|| id.to_owned())
        };
        let ids: Vec<String> = match agency {
            Some(agency) => vec![agency.to_owned()],
            None => self.names.values(facet).filter_map(called).collect(),
        };
        let field = self.fields.facet(facet);
        let terms = ids.iter().map(|id| {
            let term = Term::from_field_text(field, id);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
        });
        Box::new(ConstScoreQuery::new(any(terms.collect()), 1.0))
    }

    fn find(&self, find: &Find) -> Box<dyn Query> {
        match find {
            Find::Words {
                words,
                slop,
                manner,
                also,
            } => {
                let own = match manner {
                    Manner::Loose => self.loose(words),
                    Manner::Quoted | Manner::Joined => self.row(words, *slop),
                };
                let others = also
                    .iter()
                    .map(|words| boosted(self.row(words, 0), SYNONYM));
                best(std::iter::once(own).chain(others).collect(), 0.0)
            }
            Find::Near {
                left,
                right,
                within,
            } => {
                let one = [&left[..], &right[..]].concat();
                let other = [&right[..], &left[..]].concat();
                any(vec![self.row(&one, *within), self.row(&other, *within)])
            }
            Find::Wildcard(pattern) => self.wildcard(pattern),
        }
    }

    /// Words anywhere in the unit, and better in a row.
    fn loose(&self, words: &[QueryWord]) -> Box<dyn Query> {
        let musts = words.iter().map(|word| (Occur::Must, self.word(word)));
        let row = (Occur::Should, self.row(words, 0));
        Box::new(BooleanQuery::new(musts.chain([row]).collect()))
    }

    /// Words one after another.
    fn row(&self, words: &[QueryWord], slop: u32) -> Box<dyn Query> {
        if let [word] = words {
            return self.word(word);
        }
        let stems: Vec<String> = words
            .iter()
            .map(|word| analyser::stem(&word.folded))
            .collect();
        let phrase = |field: Field, words: &[String]| {
            let terms = words.iter().map(|word| Term::from_field_text(field, word));
            let terms = terms.enumerate().collect();
            Box::new(PhraseQuery::new_with_offset_and_slop(terms, slop)) as Box<dyn Query>
        };
        let fields = self
            .weights
            .iter()
            .map(|&(field, weight)| boosted(phrase(field, &stems), weight));
        let mut queries: Vec<_> = fields.collect();
        let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
        if folded
            .iter()
            .all(|word| self.occurs(self.fields.welsh, word))
        {
            queries.push(phrase(self.fields.welsh, &folded));
        }
        best(queries, TIE_BREAKER)
    }

    fn word(&self, word: &QueryWord) -> Box<dyn Query> {
        let stem = analyser::stem(&word.folded);
        let mut queries = Vec::new();
        for &(field, weight) in &self.weights {
            let acronym = word
                .acronym
                .as_ref()
                .filter(|acronym| self.occurs(field, acronym));
            let term = Term::from_field_text(field, acronym.unwrap_or(&stem));
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            queries.push(boosted(Box::new(query), weight));
        }
        for (form, weight) in welsh_forms(&word.folded) {
            if self.occurs(self.fields.welsh, &form) {
                let term = Term::from_field_text(self.fields.welsh, &form);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                queries.push(boosted(Box::new(query), weight));
            }
        }
        best(queries, TIE_BREAKER)
    }

    fn wildcard(&self, pattern: &str) -> Box<dyn Query> {
        let regex: String = pattern
            .chars()
            .map(|c| match c {
                '*' => ".*".to_owned(),
                '?' => ".".to_owned(),
                letter => regex::escape(&letter.to_string()),
            })
            .collect();
        match RegexQuery::from_pattern(&regex, self.fields.plain) {
            Ok(query) => Box::new(query),
            Err(_) => Box::new(EmptyQuery),
        }
    }

    /// Whether a term stands in a field at all. When the index cannot say, the
    /// query itself will.
    fn occurs(&self, field: Field, word: &str) -> bool {
        let term = Term::from_field_text(field, word);
        self.searcher.doc_freq(&term).is_ok_and(|count| count > 0)
    }
}

/// A word's forms in Welsh text, with what each counts.
fn welsh_forms(folded: &str) -> Vec<(String, f32)> {
    let own = [(folded.to_owned(), 1.0)];
    let mutated = welsh::forms(folded)
        .into_iter()
        .map(|form| (form, MUTATION));
    own.into_iter().chain(mutated).collect()
}

fn stems(text: &str) -> Vec<String> {
    let words = analyser::words(text).into_iter();
    words.map(|word| analyser::stem(&word.folded)).collect()
}

fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

/// Units that any of these finds.
pub(in crate::search) fn any(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn best(mut queries: Vec<Box<dyn Query>>, tie_breaker: f32) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, tie_breaker)),
    }
}

/// The engine takes short cuts with words that it does not take with words that
/// are weighed.
fn boosted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    if (weight - 1.0).abs() < f32::EPSILON {
        return query;
    }
    Box::new(BoostQuery::new(query, weight))
}
