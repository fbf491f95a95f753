//! The questions, by class: the same for all, whatever the size.
//!
//! Their words are drawn as the texts are, so that most are as common as words
//! of reviews are; that is harder on everybody than a dictionary's words.

use lessons::search::request::List;

use crate::peers::{Manner, Question};
use crate::text::TextMaker;

/// Questions of each class.
const QUESTIONS: usize = 50;
/// Another seed than that of the texts.
const SEED: u64 = 4711;

/// Questions of one class.
pub(crate) struct Class {
    pub(crate) name: &'static str,
    pub(crate) asks: Asks,
    pub(crate) questions: Vec<Question>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    /// A list, all of it, with all counts.
    List(List),
    /// The same, narrowed by agency and years.
    Narrowed(List),
    /// Similar cases.
    Similar,
}

impl Class {
    /// Whether peers can answer it: a ranking and a count over passages.
    pub(crate) fn is_for_peers(&self) -> bool {
        self.asks == Asks::List(List::Reviews)
            && self
                .questions
                .iter()
                .all(|question| !question.words.is_empty())
    }
}

/// Every class.
pub(crate) fn classes() -> Vec<Class> {
    let mut maker = TextMaker::new(SEED);
    let mut class = |name, asks, count, manner| Class {
        name,
        asks,
        questions: (0..QUESTIONS)
            .map(|_| question(&mut maker, count, manner))
            .collect(),
    };
    let reviews = Asks::List(List::Reviews);
    let items = Asks::List(List::Recommendations);
    vec![
        class("term", reviews, 1, Manner::Any),
        class("boolean", reviews, 2, Manner::All),
        class("phrase", reviews, 2, Manner::Phrase),
        class("multi", reviews, 3, Manner::Any),
        class("items", items, 3, Manner::Any),
        class(
            "facets",
            Asks::Narrowed(List::Recommendations),
            2,
            Manner::Any,
        ),
        class("described", reviews, 9, Manner::Any),
        class("browse", reviews, 0, Manner::Any),
        class("similar", Asks::Similar, 30, Manner::Any),
    ]
}

fn question(maker: &mut TextMaker, count: usize, manner: Manner) -> Question {
    let words = if manner == Manner::Phrase {
        row(maker, count)
    } else {
        let mut words = Vec::new();
        while words.len() < count {
            words.extend(word(&maker.text(12)).next());
        }
        words
    };
    Question { words, manner }
}

/// Words that stand in a row in some text.
fn row(maker: &mut TextMaker, count: usize) -> Vec<String> {
    loop {
        let text = maker.text(40);
        let written: Vec<&str> = text.split(' ').collect();
        let rows = written.windows(count).map(|row| -> Vec<String> {
            row.iter()
                .filter_map(|written| word(written).next())
                .collect()
        });
        if let Some(row) = rows.into_iter().find(|row| row.len() == count) {
            return row;
        }
    }
}

/// Words of more than four letters, in lower case.
fn word(text: &str) -> impl Iterator<Item = String> {
    let words = text
        .split(' ')
        .filter(|word| word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    words.map(str::to_ascii_lowercase)
}
