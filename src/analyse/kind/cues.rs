//! The words by which documents say what sort they are.
//!
//! In: nothing. Out: tables of patterns over folded text, each with the kind it
//! speaks for, how loudly, and the reason in words.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::kind::names::NAMED;
use crate::analyse::kind::wording::{PARTED, SAID};
use crate::model::analysis::Kind;

/// Words that speak for a kind.
#[derive(Debug)]
pub(super) struct Cue {
    /// The kind they speak for.
    pub(super) kind: Kind,
    /// How loudly: a cue of 10 in a title settles the matter.
    pub(super) weight: f32,
    /// Over folded text.
    pub(super) pattern: Regex,
    /// What it says, to follow "its title calls it" or "it".
    pub(super) says: &'static str,
}

/// A row of a table of cues: kind, weight, what it says, and the words, any of
/// which will do.
pub(super) type Row = (Kind, f32, &'static str, &'static [&'static str]);

/// [`NAMED`], compiled.
pub(super) static NAMES: LazyLock<Vec<Cue>> = LazyLock::new(|| compile(NAMED));
/// [`SAID`], compiled.
pub(super) static TEXTS: LazyLock<Vec<Cue>> = LazyLock::new(|| compile(SAID));
/// [`PARTED`], compiled.
pub(super) static PARTS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    PARTED
        .iter()
        .map(|(part, words)| (any_of(words), *part))
        .collect()
});

fn compile(rows: &[Row]) -> Vec<Cue> {
    rows.iter()
        .map(|(kind, weight, says, words)| Cue {
            kind: *kind,
            weight: *weight,
            pattern: any_of(words),
            says,
        })
        .collect()
}

/// Any of these, as whole words.
fn any_of(words: &[&str]) -> Regex {
    let pattern = format!(r"(?:^|\b)(?:{})(?:$|\b)", words.join("|"));
    Regex::new(&pattern).expect("the patterns of cues compile")
}
