//! Which part of an answer a passage is, where nothing printed says so: what
//! was done, what difference it made, what comes next.
//!
//! In: the paragraphs of one answer in order. Out: the same text as runs, each
//! with its [`Part`]. Judged sentence by sentence from tense and words, and
//! together: an answer tells first what was done, and changes its subject at
//! the end of a paragraph rather than within one.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::answers::cues::{self, Weights};
use crate::analyse::answers::status;
use crate::analyse::text;

/// What a passage of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// The recommendation, repeated.
    Recommendation,
    /// What has been done.
    Action,
    /// What difference it made.
    Impact,
    /// What will be done.
    Next,
    /// Who answers for it.
    Owner,
    /// By when.
    Due,
    /// How far it has got.
    Status,
    /// How it is known.
    Evidence,
}

/// The parts that running text falls into, in the order of telling.
const TOLD: [Part; 3] = [Part::Action, Part::Impact, Part::Next];

/// What it costs to open with a part: answers open with what was done.
const OPENING: Weights = [0.0, 3.0, 3.0];
/// What it costs to be of a part that has a label of its own elsewhere.
const CLOSED: f32 = 100.0;
/// Cost of going back to an earlier part.
const BACKWARDS: f32 = 3.0;

/// How a document's answers divide: what it costs to change part, or to stay
/// with it. Minus the log odds, rounded, of what answers of that manner do in
/// the development corpus.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Division {
    /// Going on to another part within a paragraph, and staying.
    within: (f32, f32),
    /// The same from one paragraph to the next.
    between: (f32, f32),
}

impl Division {
    /// A part has a paragraph of its own.
    pub(super) const BY_PARAGRAPH: Self = Self {
        within: (4.0, 0.0),
        between: (0.5, 1.0),
    };
    /// The parts follow one another within a paragraph.
    pub(super) const BY_SENTENCE: Self = Self {
        within: (1.1, 0.6),
        between: (0.8, 0.6),
    };

    fn cost(self, from: usize, to: usize, opens_paragraph: bool) -> f32 {
        let (change, stay) = if opens_paragraph {
            self.between
        } else {
            self.within
        };
        match to.cmp(&from) {
            std::cmp::Ordering::Equal => stay,
            std::cmp::Ordering::Greater => change,
            std::cmp::Ordering::Less => change + BACKWARDS,
        }
    }
}

/// Splits the paragraphs of one answer into runs of one part each. None is of a
/// part that is `labelled` elsewhere in the answer.
pub(super) fn split(
    paragraphs: &[&str],
    division: Division,
    labelled: &[Part],
) -> Vec<(Part, String)> {
    let mut sentences: Vec<(bool, &str)> = Vec::new();
    for paragraph in paragraphs {
        let own = text::sentences(paragraph);
        sentences.extend(
            own.into_iter()
                .enumerate()
                .map(|(place, s)| (place == 0, s)),
        );
    }
    let is_open = TOLD.map(|part| part == Part::Action || !labelled.contains(&part));
    let path = decode(&sentences, division, is_open);
    let mut runs: Vec<(Part, String)> = Vec::new();
    for ((_, sentence), state) in sentences.iter().zip(path) {
        match runs.last_mut() {
            Some((part, run)) if *part == TOLD[state] => {
                run.push(' ');
                run.push_str(sentence);
            }
            _ => runs.push((TOLD[state], (*sentence).to_owned())),
        }
    }
    if let [(part, run)] = runs.as_mut_slice()
        && is_open[2]
        && is_promise(run)
    {
        *part = Part::Next;
    }
    runs
}

/// Whether all that an answer says is what somebody will do.
fn is_promise(run: &str) -> bool {
    static PROMISE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:\S+ ){1,12}?(?:will|shall)\b").expect("the pattern of promises compiles")
    });
    static TOLD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:has|have|had|was|were|is|are|did)\b")
            .expect("the pattern of tales compiles")
    });
    text::sentences(run).iter().all(|sentence| {
        let folded = text::fold(sentence);
        let promise = PROMISE.find(&folded);
        promise.is_some_and(|promise| !TOLD.is_match(promise.as_str()))
    })
}

/// The likeliest part of each sentence, all taken together (Viterbi).
fn decode(sentences: &[(bool, &str)], division: Division, is_open: [bool; 3]) -> Vec<usize> {
    let mut best: Weights = [0.0; 3];
    let mut back: Vec<[usize; 3]> = Vec::with_capacity(sentences.len());
    for (place, (opens_paragraph, sentence)) in sentences.iter().enumerate() {
        let weights = cues::weigh(sentence);
        let mut scores = [0.0; 3];
        let mut from = [0; 3];
        for (to, score) in scores.iter_mut().enumerate() {
            let (previous, reached) = (0..3)
                .map(|state| {
                    let cost = if place == 0 {
                        OPENING[to]
                    } else {
                        division.cost(state, to, *opens_paragraph)
                    };
                    (state, best[state] - cost)
                })
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .unwrap_or((to, 0.0));
            from[to] = previous;
            *score = reached + weights[to] - if is_open[to] { 0.0 } else { CLOSED };
        }
        best = scores;
        back.push(from);
    }
    let mut state = (0..3)
        .max_by(|a, b| best[*a].total_cmp(&best[*b]))
        .unwrap_or(0);
    let mut path = vec![0; sentences.len()];
    for place in (0..sentences.len()).rev() {
        path[place] = state;
        state = back[place][state];
    }
    path
}

static REPORTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?:was|were)\s(?:each\s|both\s|all\s|also\s)*(?:asked|to|urged|recommended|invited)\b
        | \bthe\s(?:\w+\s)?(?:review|reviewer|reviewers|report|author|panel)\s(?:\w+\s)?(?:wanted|asked|recommended|said|called|proposed|suggested)\b
        | \brecommended\sthat\b
        | \brecommendation\s(?:\w+\s){0,3}(?:was|is|asked|asks|said|called|required|concerned)\s(?:that|to|for|us|each|all|every|agencies|the)\b",
    )
    .expect("the pattern of reported recommendations compiles")
});

/// Whether a text at the head of an answer repeats the recommendation: it asks,
/// orders, or reports what was asked.
pub(super) fn restates(paragraph: &str) -> bool {
    let sentences = text::sentences(paragraph);
    let Some(first) = sentences.first() else {
        return false;
    };
    let folded = text::fold(first);
    first.ends_with('?')
        || REPORTED.is_match(&folded)
        || text::opens_with_action(first)
        || text::is_obligation(first) && !folded.starts_with("we ")
}

/// Whether a paragraph opens by reporting what a review asked for.
pub(super) fn reports(paragraph: &str) -> bool {
    let first = text::sentences(paragraph)
        .first()
        .copied()
        .unwrap_or_default();
    REPORTED.is_match(&text::fold(first))
}

static DESCRIBES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\brecommendations?\b[^.]{0,40}?\b(?:concern|ask|call|requir|propos|relat|deal|dealt|said|would|sought|seek|recommend|address|urg|invit|suggest|want|about|was|were|is|are)\w*\b",
    )
    .expect("the pattern of descriptions of recommendations compiles")
});

/// Cuts a paragraph after the sentences that report the recommendation, where
/// it goes on to answer it: `The first recommendation was that … It was …`.
/// `names` says whether a sentence has a recommendation for its subject.
pub(super) fn after_restated(
    paragraph: &str,
    names: impl Fn(&str) -> bool,
) -> Option<(&str, &str)> {
    let sentences = text::sentences(paragraph);
    let is_reported = |sentence: &&&str| {
        let folded = text::fold(sentence);
        let describes = || {
            names(sentence)
                && DESCRIBES.is_match(&folded)
                && status::of_statement(sentence).is_none()
        };
        let asks = || text::is_obligation(sentence) && !folded.contains(" now ");
        sentence.ends_with('?') || REPORTED.is_match(&folded) || describes() || asks()
    };
    let reported = sentences.iter().take_while(is_reported).count();
    let answer = sentences.get(reported).filter(|_| reported > 0)?;
    let at = answer.as_ptr() as usize - paragraph.as_ptr() as usize;
    Some((paragraph[..at].trim(), &paragraph[at..]))
}

/// Most words of a recommendation repeated in short.
const MAX_RESTATED_WORDS: usize = 60;

static TELLS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:has|have|had|was|were|will|shall|did|we|our|i)\b|\b(?:now|since|already)\b|\d ?%|per cent",
    )
    .expect("the pattern of telling sentences compiles")
});

/// Whether a text at the head of an answer could be the recommendation in
/// short: it tells of nothing done, changed or planned.
pub(super) fn may_restate(paragraph: &str) -> bool {
    let is_short = text::word_count(paragraph) <= MAX_RESTATED_WORDS;
    restates(paragraph) || (is_short && !TELLS.is_match(&text::fold(paragraph)))
}
