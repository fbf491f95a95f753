//! Makes a tree of a query.
//!
//! In: text. Out: a [`Node`], and [`Note`]s on what could not be used. Every
//! text has a meaning; what has none of its own is left out and said.

use super::lex::{Token, lex};
use super::{Find, Leaf, Manner, Node, QueryWord};
use crate::search::analyser;
use crate::search::results::{Ignored, Note};

/// Deepest nesting of brackets.
const DEEPEST: usize = 16;
/// Letters that a wildcard needs before it, lest it match half the dictionary.
const WILDCARD_LETTERS: usize = 2;

/// What a text means.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) struct Parsed {
    /// `None` when nothing is looked for.
    pub node: Option<Node>,
    /// What could not be used.
    pub notes: Vec<Note>,
}

/// Reads a query.
pub(in crate::search) fn parse(text: &str) -> Parsed {
    let mut notes = Vec::new();
    let tokens = lex(text, &mut notes);
    let is_shouted = tokens.len() > 1 && !text.chars().any(char::is_lowercase);
    let mut parser = Parser {
        tokens: tokens.into_iter().peekable(),
        depth: 0,
        is_shouted,
        notes,
    };
    let mut roots = Vec::new();
    loop {
        roots.extend(parser.alternatives());
        match parser.tokens.next() {
            Some(Token::Close) => parser.ignore(")", Ignored::Unpaired),
            Some(_) => {}
            None => break,
        }
    }
    Parsed {
        node: join(roots, Node::Group),
        notes: parser.notes,
    }
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
    /// All in capitals: then no word of it is an acronym.
    is_shouted: bool,
    notes: Vec<Note>,
}

impl Parser {
    /// `a OR b`
    fn alternatives(&mut self) -> Option<Node> {
        self.joined(&Token::Or, "OR", Self::conjunction, Node::Or)
    }

    /// `a AND b`
    fn conjunction(&mut self) -> Option<Node> {
        self.joined(&Token::And, "AND", Self::group, Node::And)
    }

    fn joined(
        &mut self,
        operator: &Token,
        written: &str,
        part: fn(&mut Self) -> Option<Node>,
        make: fn(Vec<Node>) -> Node,
    ) -> Option<Node> {
        let mut nodes = Vec::new();
        let mut is_open = false;
        loop {
            let node = part(self);
            if node.is_none() && (is_open || self.tokens.peek() == Some(operator)) {
                self.ignore(written, Ignored::NothingToJoin);
            }
            nodes.extend(node);
            is_open = self.tokens.next_if_eq(operator).is_some();
            if !is_open {
                return join(nodes, make);
            }
        }
    }

    /// Words side by side.
    fn group(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            match self.tokens.peek() {
                None | Some(Token::Close | Token::And | Token::Or) => break,
                Some(_) => nodes.extend(self.unary()),
            }
        }
        join(nodes, Node::Group)
    }

    fn unary(&mut self) -> Option<Node> {
        if self.tokens.next_if_eq(&Token::Not).is_some() {
            let node = match self.tokens.peek() {
                None | Some(Token::Close | Token::And | Token::Or) => None,
                Some(_) => self.unary(),
            };
            if node.is_none() {
                self.ignore("NOT", Ignored::NothingToJoin);
            }
            return node.map(|node| Node::Not(Box::new(node)));
        }
        if self.tokens.next_if_eq(&Token::Plus).is_some() {
            return self.unary().map(|node| Node::Required(Box::new(node)));
        }
        let left = self.primary()?;
        let Some(&Token::Near(within)) = self.tokens.peek() else {
            return Some(left);
        };
        self.tokens.next();
        self.near(left, within)
    }

    /// What follows `left NEAR/n`.
    fn near(&mut self, left: Node, within: u32) -> Option<Node> {
        let right = match self.tokens.peek() {
            Some(Token::Word(_) | Token::Phrase(..)) => self.primary(),
            _ => None,
        };
        match (left, right) {
            (Node::Leaf(left), Some(Node::Leaf(right))) => match (left.find, right.find) {
                (Find::Words { words: a, .. }, Find::Words { words: b, .. }) => {
                    let find = Find::Near {
                        left: a,
                        right: b,
                        within,
                    };
                    let typed = format!("{} NEAR/{within} {}", left.typed, right.typed);
                    Some(Node::Leaf(Leaf {
                        typed,
                        field: left.field,
                        find,
                    }))
                }
                (a, b) => {
                    self.ignore("NEAR", Ignored::NothingToJoin);
                    let (left, right) = (Leaf { find: a, ..left }, Leaf { find: b, ..right });
                    Some(Node::And(vec![Node::Leaf(left), Node::Leaf(right)]))
                }
            },
            (left, right) => {
                self.ignore("NEAR", Ignored::NothingToJoin);
                join([left].into_iter().chain(right).collect(), Node::And)
            }
        }
    }

    fn primary(&mut self) -> Option<Node> {
        match self.tokens.next()? {
            Token::Word(typed) => self.word(typed),
            Token::Phrase(typed, slop) => self.phrase(typed, slop),
            Token::Open => self.bracket(),
            Token::Field(field) => {
                let mut node = match self.tokens.peek() {
                    Some(Token::Word(_) | Token::Phrase(..) | Token::Open) => self.primary()?,
                    _ => return None,
                };
                node.within(field);
                Some(node)
            }
            Token::Near(_) => {
                self.ignore("NEAR", Ignored::NothingToJoin);
                None
            }
            Token::Not | Token::Plus | Token::And | Token::Or | Token::Close => None,
        }
    }

    fn bracket(&mut self) -> Option<Node> {
        if self.depth == DEEPEST {
            self.ignore("(", Ignored::Unpaired);
            return None;
        }
        self.depth += 1;
        let node = self.alternatives();
        self.depth -= 1;
        if self.tokens.next_if_eq(&Token::Close).is_none() {
            self.ignore("(", Ignored::Unpaired);
        }
        node
    }

    fn word(&mut self, typed: String) -> Option<Node> {
        if typed.contains('*') || is_single_letter_wildcard(&typed) {
            return self.wildcard(typed);
        }
        let words = self.words(&typed);
        let find = Find::Words {
            words,
            slop: 0,
            manner: Manner::Joined,
            also: Vec::new(),
        };
        find.is_something().then(|| leaf(typed, find))
    }

    fn phrase(&mut self, typed: String, slop: u32) -> Option<Node> {
        let words = self.words(&typed);
        let find = Find::Words {
            words,
            slop,
            manner: Manner::Quoted,
            also: Vec::new(),
        };
        find.is_something().then(|| leaf(typed, find))
    }

    fn words(&self, typed: &str) -> Vec<QueryWord> {
        let mut words = query_words(typed);
        if self.is_shouted {
            for word in &mut words {
                word.acronym = None;
            }
        }
        words
    }

    fn wildcard(&mut self, typed: String) -> Option<Node> {
        let is_mark = |c: char| c == '*' || c == '?';
        let pattern: String = typed
            .split_inclusive(is_mark)
            .flat_map(|piece| {
                let (letters, mark) = piece.split_at(piece.find(is_mark).unwrap_or(piece.len()));
                let words = analyser::words(letters).into_iter().map(|word| word.folded);
                words.chain([mark.to_owned()])
            })
            .collect();
        if pattern.find(is_mark).unwrap_or(pattern.len()) < WILDCARD_LETTERS {
            self.ignore(&typed, Ignored::ShortWildcard);
            return None;
        }
        Some(leaf(typed, Find::Wildcard(pattern)))
    }

    fn ignore(&mut self, part: &str, reason: Ignored) {
        let part = part.to_owned();
        self.notes.push(Note::Ignored { part, reason });
    }
}

impl Node {
    /// Confines every leaf that names no field itself.
    fn within(&mut self, field: super::FieldName) {
        match self {
            Self::Leaf(leaf) => leaf.field = leaf.field.or(Some(field)),
            Self::Group(nodes) | Self::And(nodes) | Self::Or(nodes) => {
                for node in nodes {
                    node.within(field);
                }
            }
            Self::Required(node) | Self::Not(node) => node.within(field),
        }
    }
}

impl Find {
    fn is_something(&self) -> bool {
        !matches!(self, Self::Words { words, .. } if words.is_empty())
    }
}

/// The words of a run of text, as a query takes them.
pub(in crate::search) fn query_words(text: &str) -> Vec<QueryWord> {
    let words = analyser::words(text).into_iter();
    words
        .map(|word| {
            let written = &text[word.start..word.end];
            QueryWord {
                acronym: analyser::is_acronym(written).then(|| written.to_owned()),
                folded: word.folded,
            }
        })
        .collect()
}

fn leaf(typed: String, find: Find) -> Node {
    Node::Leaf(Leaf {
        typed,
        field: None,
        find,
    })
}

/// `wom?n`, not the question mark that ends a question.
fn is_single_letter_wildcard(typed: &str) -> bool {
    typed.trim_end_matches('?').contains('?')
}

/// None, the one, or all of them joined.
fn join(mut nodes: Vec<Node>, make: fn(Vec<Node>) -> Node) -> Option<Node> {
    if nodes.len() > 1 {
        Some(make(nodes))
    } else {
        nodes.pop()
    }
}
