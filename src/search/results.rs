//! What the index answers.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;
use std::ops::Range;

use crate::search::request::Facet;
use crate::search::unit::Card;

/// One page of results, and the counts over all of them.
#[derive(Debug, Clone, Default)]
pub struct SearchResults {
    /// How many there are on all pages.
    pub total: usize,
    /// Those of the page asked for, in order.
    pub hits: Vec<Hit>,
    /// How many results each value of each facet would leave, were the facet's
    /// own choice undone. Most first, then by id; values without results are
    /// left out.
    pub counts: BTreeMap<Facet, Vec<FacetCount>>,
    /// What a reader should know about how the text was understood.
    pub notes: Vec<Note>,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What it is.
    pub card: Card,
    /// The passage that shows why it was found; for a search without words, how
    /// it begins. `None` when nothing is printed.
    pub snippet: Option<Snippet>,
}

/// A short piece of text with the words that were found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Plain text: escape it when rendering.
    pub text: String,
    /// Bytes of `text` that were found, in order, without overlap.
    pub highlights: Vec<Range<usize>>,
    /// Physical page that the text begins on, where pages are known.
    pub page: Option<NonZeroU32>,
}

/// How many results a value of a facet would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// A term's id, or a year.
    pub id: String,
    /// How many.
    pub count: usize,
}

/// What a reader should know about how the text was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Part of the text could not be used.
    Ignored {
        /// The part as typed.
        part: String,
        /// Why.
        reason: Ignored,
    },
    /// Words beside each other may be missing from a result. Those that hold
    /// more of them stand first.
    Partial {
        /// Results that hold every word; they are the first.
        complete: usize,
        /// How many words a result holds at least.
        required: usize,
        /// How many were asked for.
        words: usize,
    },
    /// Results of a description that hold fewer words than that, and mean
    /// nearly the same.
    Near {
        /// How many.
        count: usize,
    },
    /// Also looked for.
    Expanded {
        /// As typed.
        word: String,
        /// Synonyms and abbreviations.
        also: Vec<String>,
    },
    /// A spelling that would find something.
    DidYouMean {
        /// The whole text, respelt.
        text: String,
    },
}

/// Why part of a text could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// A quotation mark or bracket without its pair.
    Unpaired,
    /// An operator with nothing to work on.
    NothingToJoin,
    /// No field of that name.
    NoSuchField,
    /// A wildcard after fewer than two letters.
    ShortWildcard,
    /// More than the words that one search takes.
    TooLong,
    /// Nothing but exclusions.
    OnlyExclusions,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ignored { part, reason } => write!(f, "`{part}` was not used: {reason}"),
            Self::Partial {
                complete,
                required,
                words,
            } => write!(
                f,
                "{complete} hold all {words} words and stand first; the others hold at least {required}"
            ),
            Self::Near { count } => {
                write!(f, "{count} say nearly the same in other words")
            }
            Self::Expanded { word, also } => {
                write!(f, "`{word}` also finds {}", also.join(", "))
            }
            Self::DidYouMean { text } => write!(f, "did you mean `{text}`?"),
        }
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unpaired => "its pair is missing",
            Self::NothingToJoin => "there is nothing for it to work on",
            Self::NoSuchField => "there is no such field; try title:, to:, theme:, type: or by:",
            Self::ShortWildcard => "a wildcard needs at least two letters before it",
            Self::TooLong => "a search takes at most 64 words",
            Self::OnlyExclusions => "a search needs something to look for",
        })
    }
}
