//! Which part of an answer a passage is, where nothing printed says so: what
//! was done, what difference it made, what comes next.
//!
//! In: the paragraphs of one answer in order. Out: the same text as runs, each
//! with its [`Part`]. Judged sentence by sentence from tense and words, and
//! together: an answer tells first what was done, and changes its subject at
//! the end of a paragraph rather than within one.

use std::sync::LazyLock;

use regex::Regex;

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

/// How much a sentence sounds like each of [`TOLD`].
type Weights = [f32; 3];

/// What sentences of each part hold; the weights are the log odds, roughly,
/// that one cue gives.
const CUES: [(usize, f32, &str); 24] = [
    (
        0,
        1.0,
        r"\b(?:has|have|had|was|were) (?:\w+ly |also |now |since |all |both |already |each |not )*(?:been )?(?:\w+ed|written|built|set|put|made|begun|held|met|sent|given|taken|bought|drawn|found|led|paid|brought|chosen|agreed|run)\b",
    ),
    (
        0,
        1.0,
        r"\b(?:launched|issued|signed|published|introduced|appointed|commissioned|trained|briefed|wrote|agreed|adopted|established|set up|created|developed|revised|updated|circulated|rolled out|delivered|changed|amended|funded|recruited|replaced|withdrew|designed|extended|re-?issued|strengthened|reviewed|distributed|installed|merged|moved|doubled)\b",
    ),
    (
        0,
        0.7,
        r"\b(?:is|are) now\b|\bnow (?:has|have|goes|go|must|require|include|record|ask|meet|read|make|hold|sit)|\bin (?:place|use|force)\b|\bcannot now\b|\bno longer\b",
    ),
    (
        0,
        0.5,
        r"\bsince (?:\d|january|february|march|april|may|june|july|august|september|october|november|december|the)",
    ),
    (
        0,
        1.0,
        r"\bwe (?:have|did|do not propose|decided|looked|put|asked|took|repeated|wrote|set|made|began)\b",
    ),
    (
        0,
        1.2,
        r"\b(?:not|nothing|no|neither) (?:\w+ ){0,3}(?:begun|started|yet)\b|\bnothing yet\b",
    ),
    (1, 1.6, r"\d(?:\.\d+)? ?(?:%|per ?cent)"),
    (
        1,
        1.3,
        r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|all|none|half|most|a third|two thirds|three quarters)\b(?:-\w+)? (?:out )?of (?:the |these |those |our |all )?(?:first |last )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred|them|parents|families|children|staff|cases|records|files)\b",
    ),
    (
        1,
        1.5,
        r"\bcompared (?:with|to)\b|\b(?:against|up from|down from|from) (?:just |only |about )?(?:\d+|nil|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) |\b(?:risen|fallen|rose|fell|increased|decreased|reduced|dropped|doubled|halved|gone up|gone down|come down|shortened)\b|\b(?:it was|where previously|a year (?:ago|before|earlier)|the year before|before the review)\b",
    ),
    (
        1,
        1.4,
        r"\b(?:audits?|surveys?|samples?|sampling|evaluation|inspect\w+|data|figures?|feedback|dip[- ]sample|returns|monitoring)\b.*\b(?:show\w*|found|rated|suggest\w*|indicat\w+|confirm\w*|judged|reported|identified|is|was|were|has|have)\b",
    ),
    (
        1,
        1.2,
        r"\b(?:famil(?:y|ies)|parents?|mothers?|fathers?|children|young people|staff|practitioners|schools|workers|officers|carers|callers|relatives|managers|midwives|visitors|women|people|those|nurses|gps)\b (?:\w+ ){0,4}(?:say|said|tell|told|reported?|reporting|describe|felt|feel|rated|knew|know|valued|found|liked)\b",
    ),
    (
        1,
        1.5,
        r"\btoo (?:early|soon) to\b|\bno (?:evidence of )?impact\b|\bimpact\b|\bmade a difference\b|\bno difference\b|\bas a (?:direct )?result\b|\bresulted in\b|\bled to\b|\boutcomes?\b|\bnot (?:yet )?know whether\b|\bcannot (?:yet )?(?:say|show)\b",
    ),
    (
        1,
        0.8,
        r"\b(?:improv(?:ed|ement|ing)|better|fewer|more (?:likely|confident|often|quickly)|confidence|sooner|earlier)\b",
    ),
    (
        1,
        0.8,
        r"\b(?:median|average|typically|in comparable|in the same (?:period|month|months))\b|\bin (?:its|the|their) (?:first|last) (?:\w+ )?(?:weeks?|months?|years?|quarter|run)\b|\bduring the (?:test|pilot|trial|year)\b",
    ),
    (
        1,
        0.7,
        r"^(?:of (?:the )?(?:\d+|\w+)\b|in (?:a |\w+ )?(?:sample|survey|audit|case)|since \w+,? (?:\d+|\w+-?\w*) (?:women|men|famil|children|young|parents|staff))",
    ),
    (
        1,
        0.6,
        r"\b(?:were|was) (?:referred|seen|discussed|identified|recorded)\b|\bnumber of\b|\bthere (?:were|was|have been) (?:\d|only|no|three|two|four|five)",
    ),
    (
        2,
        2.0,
        r"\b(?:we|they|it|which|who|and|partnership|board|trust|council|police|group|team|work|course|service|training|audit|report|panel|chair|director|results?|plan|\w+s?)\b (?:will|shall)\b(?: (?:then|also|now|next|not|both|all|each|again|continue to))* (?:\w+)|'ll\b",
    ),
    (
        2,
        2.0,
        r"\b(?:is|are) (?:now )?(?:going|due|about|expected|planned|intended|scheduled|booked|set) (?:to|for|in)\b|\b(?:is|are) to (?:be )?\w+",
    ),
    (
        2,
        1.5,
        r"\b(?:plans?|planned|intends?|aims?|hopes?|propose|proposes|committed|want) to\b|\bplanned for\b|\bwe are (?:looking|planning|working towards)\b",
    ),
    (
        2,
        1.3,
        r"\b(?:yet|still|remains?|remaining|continue|continues) to\b|\bnot yet\b|\bto follow\b|\bnext (?:step|steps|stage|phase|version|round|sample|audit|year|month|spring|summer|autumn|winter|week|meeting|report)\b|\bremaining\b|\boutstanding\b|\bfurther work\b|\bnot yet (?:routine|complete)",
    ),
    (
        2,
        0.8,
        r"\b(?:by|in|from|until|before) (?:the )?(?:end of |early |late |mid-?)?(?:spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|next|20\d\d)\b",
    ),
    (
        2,
        0.6,
        r"\bwhen the\b|\bonce the\b|\bif they\b|\bneeds? to be\b|\bmust be\b|\bshould be\b",
    ),
    (
        2,
        1.0,
        r"^(?:extend|repeat|seek|offer|train|recruit|roll out|embed|review|complete|continue|include|adopt|next|further|re-?audit|audit)\b",
    ),
    (
        2,
        1.0,
        r"\bwe (?:shall|will|are going|intend|plan|have asked for|would like)\b|\bbyddwn\b|\bbydd\b",
    ),
];

static COMPILED: LazyLock<Vec<(usize, f32, Regex)>> = LazyLock::new(|| {
    CUES.iter()
        .map(|(part, weight, pattern)| {
            let pattern = Regex::new(pattern).expect("the cues of parts compile");
            (*part, *weight, pattern)
        })
        .collect()
});

/// Weight of each part before anything is read: most of an answer tells what
/// was done.
const PRIOR: Weights = [0.6, 0.0, 0.0];
/// What it costs to open with impact, or with plans.
const OPENING: Weights = [0.0, 0.8, 1.2];
/// Cost of a change within a paragraph, where the answer has several.
const WITHIN_PARAGRAPH: f32 = 2.5;
/// Cost of a change within the only paragraph of an answer.
const WITHIN_ONLY: f32 = 1.2;
/// Cost of going back to an earlier part.
const BACKWARDS: f32 = 0.9;
/// Cost of staying with a part in a new paragraph.
const STAYING: f32 = 0.2;

/// How much a sentence sounds like what was done, what changed, what is next.
fn weigh(sentence: &str) -> Weights {
    let folded = text::fold(sentence);
    let mut weights = PRIOR;
    for (part, weight, pattern) in COMPILED.iter() {
        if pattern.is_match(&folded) {
            weights[*part] += weight;
        }
    }
    weights
}

/// Splits the paragraphs of one answer into runs of one part each.
pub(super) fn split(paragraphs: &[&str]) -> Vec<(Part, String)> {
    let mut sentences: Vec<(bool, &str)> = Vec::new();
    for paragraph in paragraphs {
        let own = text::sentences(paragraph);
        sentences.extend(
            own.into_iter()
                .enumerate()
                .map(|(place, s)| (place == 0, s)),
        );
    }
    let within = if paragraphs.len() > 1 {
        WITHIN_PARAGRAPH
    } else {
        WITHIN_ONLY
    };
    let path = decode(&sentences, within);
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
    runs
}

/// The likeliest part of each sentence, all taken together (Viterbi).
fn decode(sentences: &[(bool, &str)], within: f32) -> Vec<usize> {
    let mut best: Weights = [0.0; 3];
    let mut back: Vec<[usize; 3]> = Vec::with_capacity(sentences.len());
    for (place, (opens_paragraph, sentence)) in sentences.iter().enumerate() {
        let weights = weigh(sentence);
        let mut scores = [0.0; 3];
        let mut from = [0; 3];
        for (to, score) in scores.iter_mut().enumerate() {
            let (previous, reached) = (0..3)
                .map(|state| {
                    let cost = if place == 0 {
                        OPENING[to]
                    } else {
                        change_cost(state, to, *opens_paragraph, within)
                    };
                    (state, best[state] - cost)
                })
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .unwrap_or((to, 0.0));
            from[to] = previous;
            *score = reached + weights[to];
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

fn change_cost(from: usize, to: usize, opens_paragraph: bool, within: f32) -> f32 {
    let backwards = if to < from { BACKWARDS } else { 0.0 };
    match (from == to, opens_paragraph) {
        (true, true) => STAYING,
        (true, false) => 0.0,
        (false, true) => backwards,
        (false, false) => within + backwards,
    }
}

static REPORTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?:was|were)\s(?:each\s|both\s|all\s)*(?:asked|to|urged|recommended|invited)\b
        | \bthe\s(?:\w+\s)?(?:review|reviewer|reviewers|report|author|panel)\s(?:\w+\s)?(?:wanted|asked|recommended|said|called|proposed|suggested)\b
        | \brecommended\sthat\b",
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
