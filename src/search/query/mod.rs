//! From what people type to what the index is asked.
//!
//! `lex` cuts the text into words and marks, `parse` makes a [`Node`] of them,
//! `expand` adds what else a word may be called, and `compile` makes the
//! query that tantivy runs. Each step is pure but the last, which looks into
//! the index.
//!
//! The language: words; `"a phrase"`, `"a phrase"~3`; `word NEAR/5 word`;
//! `AND`, `OR`, `NOT` in capitals, `+word` and `-word`; brackets; `safeguard*` and
//! `wom?n`; `title:`, `to:`, `theme:`, `type:`, `by:`. Words side by side bind
//! before `AND`, and that before `OR`.

pub(super) mod choice;
pub(super) mod compile;
pub(super) mod counted;
pub(super) mod expand;
mod lex;
pub(super) mod marks;
pub(super) mod parse;

/// A parsed query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// Something to find.
    Leaf(Leaf),
    /// Words side by side: how many of them a result must hold is for
    /// `compile` to say.
    Group(Vec<Node>),
    /// All of them.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    /// This in any case, though words beside it may be missing.
    Required(Box<Node>),
    /// Everything but.
    Not(Box<Node>),
}

/// Something to find, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    /// As typed, for notes.
    pub typed: String,
    /// Where; anywhere when `None`.
    pub field: Option<FieldName>,
    /// What.
    pub find: Find,
}

/// What a leaf finds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Find {
    /// One or more words in a row, with at most `slop` words between them.
    Words {
        /// At least one.
        words: Vec<QueryWord>,
        /// Moves allowed.
        slop: u32,
        /// How they hang together.
        manner: Manner,
        /// Other ways to say the same.
        also: Vec<Vec<QueryWord>>,
    },
    /// Two runs of words, in either order, at most so many words apart.
    Near {
        /// One side.
        left: Vec<QueryWord>,
        /// The other.
        right: Vec<QueryWord>,
        /// Words between them.
        within: u32,
    },
    /// Folded letters with `*` for any letters and `?` for one.
    Wildcard(String),
}

/// How words of one leaf hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// They stood in quotation marks: in a row, and never expanded.
    Quoted,
    /// They were typed as one (`co-sleeping`): in a row.
    Joined,
    /// They are a term of the trade typed as words: best in a row, but anywhere.
    Loose,
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QueryWord {
    /// Folded, not stemmed.
    pub folded: String,
    /// The word in capitals, when it was typed as an acronym: then only the
    /// acronym is meant.
    pub acronym: Option<String>,
}

/// A field that can be named in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldName {
    /// `title:` the title and the subjects of the case.
    Title,
    /// `to:` an agency addressed.
    To,
    /// `theme:` a theme.
    Theme,
    /// `type:` a kind of review.
    Type,
    /// `by:` a publisher.
    By,
}

impl FieldName {
    /// The field of this name, in any case.
    fn of(name: &str) -> Option<Self> {
        match &*name.to_ascii_lowercase() {
            "title" => Some(Self::Title),
            "to" | "agency" => Some(Self::To),
            "theme" => Some(Self::Theme),
            "type" => Some(Self::Type),
            "by" | "partnership" => Some(Self::By),
            _ => None,
        }
    }
}
