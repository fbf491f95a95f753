//! What part an agency plays in a sentence that asks for something.
//!
//! In: a recommendation. Out: its mentions, each with a role. The roles are
//! read from the words before and after: reviewers' sentences are regular
//! enough ("X and Y should … with Z") for this to need no grammar.

use std::sync::LazyLock;

use regex::Regex;

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
    /// taken for addressed.
    pub(super) fn confidence(self) -> Option<f32> {
        match self {
            Self::Subject => Some(0.92),
            Self::Asked => Some(0.8),
            Self::Partner => Some(0.75),
            Self::Mentioned => None,
        }
    }
}

/// What makes the words before it a subject.
static OBLIGATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^[^\w]*(?:\w+ly\s+|also\s+|each\s+|together\s+|jointly\s+|both\s+|all\s+|themselves\s+)*
        (?:should|must|shall|will|ought|needs?\s+to|has\s+to|have\s+to|may\s+wish|(?:is|are)\s+(?:to|asked|urged|invited|recommended|requested|required|expected|encouraged|advised)
        |to\s+(?:not\s+)?\w+|i\s+\w+|i'w)\b",
    )
    .expect("the pattern of what follows a subject compiles")
});

/// Words before an agency that is asked.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:ask|asks|asked|asking|require|requires|requiring|request|requests|invite|invites|inviting|urge|urges|write to|writes to|assurances? (?:from|of|that)|assured (?:by|that)|satisfied that|satisfy itself that|ensure that|ensures that|ensure|remind|encourage|enable|by which|whereby|so that|how|lobby|gofyn i|sicrwydd gan)\s*$")
        .expect("the pattern of asking compiles")
});

/// Words before an agency that takes part.
static WITH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:with|between|alongside|by|involving|involve|includes?|including|supported by|through|among|gyda|gan|rhwng|ar y cyd â)\s*$")
        .expect("the pattern of taking part compiles")
});

/// Words that may stand between agencies that act together, and before one.
static JOINING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\s|,|/|&|\(|\)|\b(?:and|or|the|both|its|their|all|each|other|local|also|a|ac|a'r|y|yr|as well as|together with|along with|with|team|teams|service|services|staff|colleagues)\b|[A-Z][\w'’-]*)*$")
        .expect("the pattern of what joins agencies compiles")
});

/// The mentions of a recommendation, each with its role.
pub(super) fn in_text(text: &str, reading: &Reading) -> Vec<(Mention, Role)> {
    let mut roles = Vec::new();
    for clause in clauses(text) {
        let mentions = reading.mentions(clause);
        for group in groups(clause, &mentions) {
            let role = role_of(clause, group);
            roles.extend(group.iter().map(|mention| (mention.clone(), role)));
        }
    }
    roles
}

/// Whether a heading is an address: it names agencies and says little else, or
/// opens the sentence that follows ("NHS X should:").
pub(super) fn is_address(heading: &str, mentions: &[Mention]) -> bool {
    if mentions.is_empty() {
        return false;
    }
    let folded = Folded::new(heading).text;
    let is_lead_in = [
        "should",
        "should:",
        "must",
        "must:",
        " to",
        "to:",
        "to ensure",
        "to ensure:",
        "ensure that",
        "that:",
    ]
    .iter()
    .any(|end| folded.ends_with(end));
    let mut rest = String::new();
    let mut from = 0;
    for mention in mentions {
        rest.push_str(heading.get(from..mention.range.start).unwrap_or_default());
        rest.push(' ');
        from = mention.range.end.max(from);
    }
    rest.push_str(heading.get(from..).unwrap_or_default());
    let others = rest
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| word.starts_with(char::is_lowercase) && !is_heading_word(word))
        .count();
    is_lead_in || (others == 0 && text::word_count(heading) <= 16)
}

fn is_heading_word(word: &str) -> bool {
    const WORDS: &str = "for to the and of by from recommendations recommendation actions action agency agencies single individual multi all services service its with local learning points questions considerations or other s in on ar gyfer i y a lead leads responsible";
    WORDS.split(' ').any(|known| known == word)
}

/// Sentences, and the parts of lists within them.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text::sentences(text)
        .into_iter()
        .flat_map(|sentence| sentence.split([';', '\n']))
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
}

/// Mentions that are joined: "Children's Social Care, the police and schools".
fn groups<'a>(clause: &str, mentions: &'a [Mention]) -> Vec<&'a [Mention]> {
    let mut groups = Vec::new();
    let mut start = 0;
    for index in 1..=mentions.len() {
        let is_joined = mentions.get(index).is_some_and(|next| {
            let between = clause
                .get(mentions[index - 1].range.end..next.range.start)
                .unwrap_or_default();
            JOINING.is_match(between)
        });
        if !is_joined {
            groups.push(&mentions[start..index]);
            start = index;
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn role_of(clause: &str, group: &[Mention]) -> Role {
    let (Some(first), Some(last)) = (group.first(), group.last()) else {
        return Role::Mentioned;
    };
    let before = clause.get(..first.range.start).unwrap_or_default();
    let after = clause.get(last.range.end..).unwrap_or_default();
    let head = head_of(before);
    let after = Folded::new(after).text;
    if ASKS.is_match(&head) {
        return Role::Asked;
    }
    if WITH.is_match(&head) {
        return Role::Partner;
    }
    let opens = head.is_empty()
        || head.ends_with([',', ':', '.'])
        || head.ends_with("that")
        || head.ends_with("and");
    if opens && OBLIGATION.is_match(&without_aside(&after)) {
        return Role::Subject;
    }
    Role::Mentioned
}

/// What stands before a name, without its article and the capitalised words
/// that belong to it.
fn head_of(before: &str) -> String {
    let mut words: Vec<&str> = before.split_whitespace().collect();
    while let Some(word) = words.last() {
        let lower = word.to_lowercase();
        let belongs = matches!(
            lower.as_str(),
            "the"
                | "a"
                | "an"
                | "both"
                | "all"
                | "each"
                | "every"
                | "local"
                | "its"
                | "their"
                | "any"
                | "y"
                | "yr"
                | "relevant"
                | "two"
                | "member"
                | "partner"
        ) || (word.starts_with(char::is_uppercase)
            && words.len() > 1
            && !word.ends_with([',', ':']))
            || (words.len() == 1
                && word.starts_with(char::is_uppercase)
                && !matches!(
                    lower.as_str(),
                    "ask" | "with" | "require" | "invite" | "by" | "when" | "where" | "if"
                ));
        if !belongs {
            break;
        }
        words.pop();
    }
    Folded::new(&words.join(" ")).text
}

/// The rest of a clause without an aside after the name: "(…)" or ", …,".
fn without_aside(after: &str) -> String {
    static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:'s?\s*)?(?:\([^)]*\)|,[^,]{1,120},)")
            .expect("the pattern of asides compiles")
    });
    ASIDE.replace(after, "").into_owned()
}
