//! Cuts a query into words and marks.

use super::FieldName;
use crate::search::results::{Ignored, Note};

/// Most words and marks that one search takes.
const MOST_TOKENS: usize = 64;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A run without spaces, as typed.
    Word(String),
    /// What stood in quotation marks, and the moves allowed after it.
    Phrase(String, u32),
    /// `title:` before what follows.
    Field(FieldName),
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT` or a hyphen before a word.
    Not,
    /// A plus before a word.
    Plus,
    /// `NEAR` or `NEAR/5`: most words between.
    Near(u32),
    /// `(`
    Open,
    /// `)`
    Close,
}

/// Words between, when `NEAR` does not say.
const NEAR: u32 = 10;
/// Farthest that `NEAR` and `~` reach.
const FARTHEST: u32 = 50;

/// Cuts a query; says what could not be used.
pub(super) fn lex(text: &str, notes: &mut Vec<Note>) -> Vec<Token> {
    let mut lexer = Lexer {
        rest: text,
        tokens: Vec::new(),
        notes,
    };
    while lexer.step() {
        if lexer.tokens.len() >= MOST_TOKENS {
            let part = lexer.rest.trim_start().chars().take(40).collect::<String>();
            if !part.is_empty() {
                lexer.ignore(&part, Ignored::TooLong);
            }
            break;
        }
    }
    lexer.tokens
}

struct Lexer<'a, 'n> {
    rest: &'a str,
    tokens: Vec<Token>,
    notes: &'n mut Vec<Note>,
}

impl Lexer<'_, '_> {
    /// Takes one token; `false` at the end.
    fn step(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        let Some(first) = self.rest.chars().next() else {
            return false;
        };
        let after = &self.rest[first.len_utf8()..];
        match first {
            '(' | ')' => {
                self.tokens.push(if first == '(' {
                    Token::Open
                } else {
                    Token::Close
                });
                self.rest = after;
            }
            '-' if after.starts_with(|c: char| c.is_alphanumeric() || c == '(' || is_quote(c)) => {
                self.tokens.push(Token::Not);
                self.rest = after;
            }
            '+' if after.starts_with(|c: char| c.is_alphanumeric() || c == '(' || is_quote(c)) => {
                self.tokens.push(Token::Plus);
                self.rest = after;
            }
            _ if is_quote(first) => self.phrase(after),
            _ => self.word(),
        }
        true
    }

    fn phrase(&mut self, after: &str) {
        let Some(end) = after.find(is_quote) else {
            self.ignore("\"", Ignored::Unpaired);
            self.rest = &self.rest[self.rest.len() - after.len()..];
            return;
        };
        let inner = after[..end].to_owned();
        let closing = after[end..].chars().next().map_or(0, char::len_utf8);
        let consumed = self.rest.len() - after.len() + end + closing;
        self.rest = &self.rest[consumed..];
        let slop = self.slop();
        self.tokens.push(Token::Phrase(inner, slop));
    }

    /// Takes `~3` after a phrase.
    fn slop(&mut self) -> u32 {
        let Some(after) = self.rest.strip_prefix('~') else {
            return 0;
        };
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.rest = &after[digits..];
        after[..digits]
            .parse()
            .map_or(1, |slop: u32| slop.min(FARTHEST))
    }

    fn word(&mut self) {
        let ends = |c: char| c.is_whitespace() || c == '(' || c == ')' || is_quote(c);
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let word = &self.rest[..end];
        if let Some((name, value)) = word.split_once(':')
            && is_name(name)
        {
            let follows = !value.is_empty() || self.rest[end..].starts_with(['(', '"', '\u{201c}']);
            match FieldName::of(name) {
                Some(field) if follows => {
                    self.tokens.push(Token::Field(field));
                    self.rest = &self.rest[name.len() + 1..];
                    return;
                }
                None if follows && !value.starts_with('/') => {
                    self.ignore(&format!("{name}:"), Ignored::NoSuchField);
                    self.rest = &self.rest[name.len() + 1..];
                    return;
                }
                _ => {}
            }
        }
        self.rest = &self.rest[end..];
        self.tokens
            .push(operator(word).unwrap_or_else(|| Token::Word(word.to_owned())));
    }

    fn ignore(&mut self, part: &str, reason: Ignored) {
        let part = part.to_owned();
        self.notes.push(Note::Ignored { part, reason });
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn operator(word: &str) -> Option<Token> {
    match word {
        "AND" | "&&" => Some(Token::And),
        "OR" | "||" => Some(Token::Or),
        "NOT" => Some(Token::Not),
        "NEAR" => Some(Token::Near(NEAR)),
        _ => {
            let within: u32 = word.strip_prefix("NEAR/")?.parse().ok()?;
            Some(Token::Near(within.min(FARTHEST)))
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' | '\u{ff02}'
    )
}
