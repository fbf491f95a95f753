//! What part an agency plays in a sentence that asks for something.
//!
//! In: a recommendation. Out: its mentions, each with a role. Reviewers'
//! sentences are regular enough to be read without a grammar: who is to act
//! stands before the first verb of obligation ("X and Y, with Z, should …"),
//! who takes part or is asked stands after a word that says so.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::agencies::before::{
    head_of, is_determiner, is_in_clause_of_another, is_one_person,
};
use crate::analyse::agencies::cues::{
    ASKS, DONE_BY, INFINITIVE, INVERTED, JOINING, MEETS, OBLIGATION, OPENS_ASIDE, PREAMBLE,
    QUESTION, STAFF_OF, WELSH_OBLIGATION, WHO_WILL, WITH,
};
use crate::analyse::agencies::mentions::{Mention, Reading};
use crate::analyse::text;
use crate::vocabulary::lexicon::Folded;

/// The part that an agency plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is to act.
    Subject,
    /// The actor is to ask it, or to be assured by it.
    Asked,
    /// It is to act with the actor, or the thing is to be done by it.
    Partner,
    /// It is only mentioned.
    Mentioned,
}

impl Role {
    /// How often an agency in this role is addressed; `None` when it is not
    /// taken for addressed. Measured on the development corpus.
    pub(super) fn confidence(self) -> Option<f32> {
        match self {
            Self::Subject => Some(0.92),
            Self::Asked => Some(0.75),
            Self::Partner => Some(0.7),
            Self::Mentioned => None,
        }
    }
}

/// The mentions of a recommendation, each with its role.
pub(super) fn in_text(text: &str, reading: &Reading<'_>) -> Vec<(Mention, Role)> {
    clauses(text)
        .flat_map(|clause| in_clause(clause, reading))
        .collect()
}

/// The subjects of clauses that oblige somebody whom they do not name: "Child in
/// need plans should state …".
pub(super) fn unnamed_subjects<'t>(text: &'t str, reading: &Reading<'_>) -> Vec<&'t str> {
    clauses(text)
        .filter_map(|clause| {
            let mentions = reading.mentions(clause);
            let main = Main::of(clause, &mentions);
            let names_one = mentions
                .iter()
                .any(|mention| main.role_of(clause, mention) == Role::Subject);
            let subject = clause.get(main.start..main.verb)?;
            (!names_one && !main.is_question).then_some(subject)
        })
        .collect()
}

/// Sentences, and the parts of lists within them.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text::sentences(text)
        .into_iter()
        .flat_map(|sentence| sentence.split([';', '\n']))
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
}

fn in_clause(clause: &str, reading: &Reading<'_>) -> Vec<(Mention, Role)> {
    let mentions = reading.mentions(clause);
    let main = Main::of(clause, &mentions);
    let mut roles: Vec<(Mention, Role)> = Vec::new();
    for mention in mentions {
        let joined = roles.last().is_some_and(|(previous, _)| {
            clause
                .get(previous.range.end..mention.range.start)
                .is_some_and(|between| JOINING.is_match(between))
        });
        let mut role = main.role_of(clause, &mention);
        if (joined || is_second_of_two(clause, &roles, &mention)) && role == Role::Mentioned {
            role = roles.last().map_or(role, |(_, previous)| *previous);
        }
        roles.push((mention, role));
    }
    share_with_earlier(clause, &mut roles);
    roles
}

/// Whether a mention ends "between X … and Y".
fn is_second_of_two(clause: &str, roles: &[(Mention, Role)], mention: &Mention) -> bool {
    let Some((first, _)) = roles.last() else {
        return false;
    };
    let before = clause.get(..first.range.start).unwrap_or_default();
    let between = clause.get(first.range.end..mention.range.start);
    let between = Folded::new(between.unwrap_or_default()).text;
    let between = between.trim_end_matches(" the").trim_end();
    let opens = ["between", "rhwng"];
    opens.iter().any(|word| head_of(before).ends_with(word))
        && [" and", " a'r", " ac", " a"]
            .iter()
            .any(|end| between.ends_with(end))
        && text::word_count(between) <= 6
}

/// "Local authorities and the Board to ensure": whoever is joined to a subject
/// that follows is a subject too.
fn share_with_earlier(clause: &str, roles: &mut [(Mention, Role)]) {
    for index in (1..roles.len()).rev() {
        let (earlier, later) = (&roles[index - 1], &roles[index]);
        let between = clause.get(earlier.0.range.end..later.0.range.start);
        let is_joined = between.is_some_and(|between| JOINING.is_match(between));
        if is_joined && later.1 == Role::Subject && earlier.1 == Role::Mentioned {
            roles[index - 1].1 = Role::Subject;
        }
    }
}

/// Where a clause says who is to act.
#[derive(Debug, Clone, Copy)]
struct Main {
    /// Where the main clause begins.
    start: usize,
    /// Where its verb begins; nobody is named before it when they are equal.
    verb: usize,
    is_question: bool,
}

impl Main {
    fn of(clause: &str, mentions: &[Mention]) -> Self {
        let is_question = QUESTION.is_match(clause);
        let verb = [
            obligation(clause),
            infinitive(clause, mentions),
            bare_verb(clause, mentions),
            third_person(clause, mentions),
        ]
        .into_iter()
        .flatten()
        .min();
        let opening = PREAMBLE.find(clause).map_or(0, |found| found.end());
        let verb = if is_question { 0 } else { verb.unwrap_or(0) };
        Self {
            start: main_start(clause, opening, verb),
            verb,
            is_question,
        }
    }

    fn role_of(self, clause: &str, mention: &Mention) -> Role {
        let before = clause.get(..mention.range.start).unwrap_or_default();
        let after = clause.get(mention.range.end..).unwrap_or_default();
        let head = head_of(before);
        let is_somebody = is_one_person(before);
        if self.start <= mention.range.start && mention.range.end <= self.verb {
            return self.in_subject(clause, mention, &head);
        }
        // The Welsh verb comes first: "Dylai bydwragedd ofyn".
        if WELSH_OBLIGATION.is_match(&head) {
            return Role::Subject;
        }
        if self.is_question && INVERTED.is_match(&head) {
            return Role::Subject;
        }
        if ASKS.is_match(&head) {
            return Role::Asked;
        }
        if WHO_WILL.is_match(after) {
            return Role::Partner;
        }
        if MEETS.is_match(&head) {
            return Role::Mentioned;
        }
        if (WITH.is_match(&head) || DONE_BY.is_match(&head)) && !is_somebody {
            return Role::Partner;
        }
        let opens = head.is_empty() || head.ends_with([',', ':']) || head.ends_with(" and");
        if opens && is_obliged(after) && !is_in_clause_of_another(before) {
            return Role::Subject;
        }
        if self.is_question && !is_somebody {
            return Role::Asked;
        }
        Role::Mentioned
    }

    /// The role of what stands before the verb.
    fn in_subject(self, clause: &str, mention: &Mention, head: &str) -> Role {
        let zone = clause
            .get(self.start..mention.range.start)
            .unwrap_or_default();
        let folded = Folded::new(zone).text;
        let is_in_relative = folded.split(|c: char| !c.is_alphanumeric()).any(|word| {
            matches!(
                word,
                "who" | "which" | "whose" | "whom" | "whether" | "sy" | "sydd"
            )
        });
        if is_in_relative {
            return Role::Mentioned;
        }
        let takes_part = WITH.is_match(head) && !MEETS.is_match(head);
        if takes_part || DONE_BY.is_match(head) || head.ends_with("through") {
            return Role::Partner;
        }
        let is_object = [
            " of", " from", " to", " about", " in", " at", " into", " on", " for", " by",
        ]
        .iter()
        .any(|preposition| format!(" {head}").ends_with(preposition));
        if is_object && !STAFF_OF.is_match(head) {
            return Role::Mentioned;
        }
        Role::Subject
    }
}

/// Where the first obligation of the main clause begins.
fn obligation(clause: &str) -> Option<usize> {
    OBLIGATION
        .captures_iter(clause)
        .find(|found| found.name("before").is_none())
        .and_then(|found| found.name("verb"))
        .map(|verb| verb.start())
}

/// Where `to` and its verb begin, after the first agency.
fn infinitive(clause: &str, mentions: &[Mention]) -> Option<usize> {
    let first = mentions.first()?;
    if text::opens_with_action(clause) && !PREAMBLE.is_match(clause) {
        return None;
    }
    let follows = |start: usize| {
        let mut ends = mentions.iter().map(|mention| mention.range.end);
        ends.any(|end| (end..end + 3).contains(&start))
    };
    let is_main = |found: &regex::Captures<'_>| {
        let start = found.get(0).map_or(0, |whole| whole.start());
        let is_verb = found
            .name("verb")
            .is_none_or(|verb| text::is_action_verb(verb.as_str()) || follows(start));
        start >= first.range.end && is_verb
    };
    INFINITIVE
        .captures_iter(clause)
        .find(is_main)
        .and_then(|found| found.get(0))
        .map(|found| found.start())
}

/// Where the verb of "That X and Y agree …" begins, also where "that" stands in
/// the line above.
fn bare_verb(clause: &str, mentions: &[Mention]) -> Option<usize> {
    let first = mentions.first()?.range.end;
    if text::opens_with_action(clause) && !PREAMBLE.is_match(clause) {
        return None;
    }
    let rest = clause.get(first..)?;
    let mut at = first;
    let mut previous = "";
    for word in rest.split_inclusive(char::is_whitespace) {
        let plain = word.trim().trim_end_matches([',', '.']);
        let is_noun = is_determiner(previous)
            || matches!(
                previous,
                "of" | "to" | "for" | "by" | "in" | "on" | "and" | "or" | "with"
            );
        if text::is_action_verb(plain) && !is_noun {
            return Some(at);
        }
        previous = plain;
        at += word.len();
    }
    None
}

/// Where the verb of "The Board agrees …" begins, right after an agency.
fn third_person(clause: &str, mentions: &[Mention]) -> Option<usize> {
    mentions.iter().find_map(|mention| {
        let rest = clause.get(mention.range.end..)?;
        let word = rest.split_whitespace().next()?;
        let at = mention.range.end + rest.find(word)?;
        let stem = word.strip_suffix('s')?;
        let acts =
            text::is_action_verb(stem) || stem.strip_suffix('e').is_some_and(text::is_action_verb);
        (acts && rest.starts_with(' ')).then_some(at)
    })
}

/// Where the main clause begins: after "We recommend that" or an opening "When
/// …,".
fn main_start(clause: &str, opening: usize, verb: usize) -> usize {
    let rest = clause.get(opening..).unwrap_or_default();
    if !OPENS_ASIDE.is_match(rest) {
        return opening;
    }
    clause
        .get(opening..verb)
        .and_then(|head| head.find(','))
        .map_or(opening, |comma| opening + comma + 1)
}

/// Whether what follows a name obliges it: "schools to agree", "and the Board
/// must".
fn is_obliged(after: &str) -> bool {
    static OBLIGED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:\([^)]*\)\s*)?(?:,[^,]{1,80},\s*)?(?:(?:service|services|team|teams|staff|also|each|together|jointly)\s+)*(?:should|must|shall|will|ought|needs? to|(?:is|are) (?:to|asked|invited|required|expected)|to (?:not )?[a-z]+|i \w+)\b")
            .expect("the pattern of what obliges compiles")
    });
    OBLIGED.is_match(after)
}

/// Whether a recommendation asks a question.
pub(super) fn is_question(text: &str) -> bool {
    QUESTION.is_match(text)
}
