//! The status that an answer implies where it prints none.
//!
//! In: the parts of an answer. Out: a status with a confidence, or `None` where
//! the words leave doubt.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::answers::status;
use crate::analyse::{label, text};
use crate::model::analysis::{Parts, Status};

/// Confidence of a status read out of a due date ("Complete, April 2016").
const IN_DUE: f32 = 0.9;
/// Confidence where the prose says it outright.
const OUTRIGHT: f32 = 0.85;
/// Confidence where it follows from the tense.
const FROM_TENSE: f32 = 0.65;

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of implied statuses compile")
}

static DECLINED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:do|does|did) not (?:propose|intend|accept|agree (?:with|to|that) |think it (?:right|proportionate)|support th)|\bnot (?:been )?accepted\b|\b(?:have|has) decided (?:not to|against)\b|\brecommendation (?:is|was|has been) (?:rejected|declined)|\bdeclined (?:to|this|the recommendation|recommendations?)\b|\bwill not be (?:taking|implement|pursu|adopt)|\b(?:unable|not able) to (?:accept|agree|support)\b|\bcannot (?:accept|agree to|support)\b|\b(?:did|do|does) not accept\b",
    )
});

static NOT_BEGUN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:no|little) (?:work|action|progress|start|steps?|protocol|policy|procedure)\b[^.;]{0,30}\b(?:begun|started|made|taken|drafted|undertaken)\b|\bnothing (?:yet|has (?:yet )?been)|\b(?:neither|none) (?:of these )?(?:has|have|is) (?:yet )?(?:been )?(?:started|begun)|\b(?:has|have|was|were|is|are) not (?:yet )?(?:been )?(?:started|begun|commenced|done so|met|convened|been held|taken place|made a start)\b|(?:^|[.;,:] )not (?:yet )?(?:begun|started|commenced)\b|\b(?:has|have) not (?:yet )?(?:been )?able to (?:start|begin|commence|commit|progress)|\bcannot (?:begin|start)\b|\b(?:work|this|we|it) (?:will|shall|is to|is due to) (?:only )?(?:start|begin|commence)\b|\byet to (?:start|begin|commence|be started|be begun)|\bheb (?:ei |eu )?(?:ddechrau|gychwyn)|\bdim (?:gwaith|cynnydd|camau)\b",
    )
});

/// Words that leave work open, whatever else is said.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:is|are) (?:\w+ )?being (?:\w+ed|written|built|drawn|made|set|sought|found|rewritten|re-written|taken)|\b(?:is|are|am) (?:still |now |currently |also )*(?:negotiating|drafting|consulting|recruiting|piloting|testing|discussing|preparing|designing|developing|reading)\b|\b(?:discussions?|negotiations?|talks|recruitment|procurement)\b[^.;]{0,40}\bcontinues?\b|\bfirst of (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:have|has) (?:still |yet )?not\b|\bcontinu(?:es|ing) until\b|\bpartly there\b|\bthe remaining \w+|\bunder ?way\b|\bin (?:progress|draft|hand|development)\b|\bpilots? (?:took|take|is|are|has|have|will|began|of)\b|\bpiloted\b|\b(?:out to|out for|under|in) consultation\b|\bso far\b|\b(?:not|cannot|can't) yet\b|\b(?:has|have) (?:still|yet) to\b|\b(?:still|remains?) to be\b|\bto be (?:agreed|completed|finalised|signed|approved|introduced|launched|developed)\b|\b(?:has|have) (?:begun|started)\b|\bon track\b|\bdelayed\b|\bpart(?:ly|ially) \w+ed\b|\bis planned\b|\bare planned\b|\bslower\b|\bawait|\b(?:waiting|wait) for\b|\b(?:decision|reply|outcome|approval|completion)s? (?:is |are )?(?:expected|awaited|due)\b|\bbeen (?:drafted|commissioned)\b|\b(?:group|panel|review|audit|pilot|work)\b[^.;]{0,20}\b(?:will|is to|is due to) (?:report|conclude|finish|end)\b|^it (?:will|is to|is due to) (?:report|conclude|finish|end|be (?:completed|finalised|finished|published|launched|signed))\b|\bmae\b[^.;]{0,40}\bcael ei\b|\bar y gweill\b|\bmynd rhagddo\b|\bparhau\b|\bthe (?:other|remaining) \w+ (?:will|has|have|are)\b",
    )
});

/// Some of those that it is for have it: "Delivered to 60 of 210 staff", "four of
/// the seven trusts have signed".
static SOME_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?P<some>\d+|[a-z]+) of (?:the |our |its |their )?(?P<all>\d+|[a-z]+) (?:\w+ ){0,4}(?:have|has|had|are|now) (?:now |since |been |all |had |also )*(?:signed|agreed|adopted|joined|trained|training|completed|done|attended|in use|live|fitted)\b|\b(?:delivered|issued|given|rolled out|introduced|tested|trained|live|fitted|installed|in use) (?:to|in|at|by|with|across) (?P<some2>\d+|[a-z]+) of (?:the |our |its |their )?(?P<all2>\d+|[a-z]+)\b",
    )
});

fn reaches_some(told: &str) -> bool {
    SOME_OF.captures_iter(told).any(|found| {
        let number = |name: &str| {
            let word = found.name(name)?.as_str();
            let digits = label::spelt_number(word).unwrap_or(word);
            digits.parse::<u32>().ok()
        };
        let some = number("some").or_else(|| number("some2"));
        let all = number("all").or_else(|| number("all2"));
        some.zip(all).is_some_and(|(some, all)| some < all)
    })
}

/// Words that point forward: open only if nothing is told as done.
static FORWARD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:will|shall)\b|\bgoing to\b|\bplan(?:s|ned)? to\b|\bto be \w+ed\b|\bintends? to\b|\bdue to\b|\bbydd\w*\b|\bi'w \w+",
    )
});

static FINISHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b\w{3,}ed\b|\b(?:written|built|held|made|begun|met|sent|given|taken|bought|found|led|paid|brought|chosen|won|done|shown|drawn|kept|told|taught|spent|re-?let|re-?written|wrote|took|gave|began|chose|drew|ran|came)\b|\b(?:has|have|been|was|were) (?:set|put|run|cut|let)\b|\bset up\b|\b(?:in|into) (?:place|use|force)\b|\b(?:is|are) (?:now|required)\b|\bnow (?:make|require|include|go|goes|has|have|ask|record)|\bcomplete\b|\b\w{3,}wyd\b|\bwedi(?:'i|'u)?\b",
    )
});

/// Things told as not done: "The group has not met; no date has been fixed."
static UNDONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:has|have|had|is|are|was|were) not (?:yet |so far )?(?:been |made |taken )?(?:\w{3,}ed|met|begun|held|made|taken|set|put|found|written|given|sent|place|a start|sat|possible)\b|\bno (?:date|lead|money|funding|post) (?:has|have|is|was) (?:yet )?(?:been )?\w+",
    )
});

/// The status that the words of an answer imply.
pub(super) fn status(parts: &Parts) -> Option<(Status, f32)> {
    of_due(parts)
        .or_else(|| of_openings(parts))
        .or_else(|| of_text(parts))
}

/// A status with which the account of progress opens.
fn of_openings(parts: &Parts) -> Option<(Status, f32)> {
    let told = [&parts.evidence, &parts.action];
    let mut readings = told
        .into_iter()
        .flatten()
        .filter_map(|passage| status::of_opening(passage));
    readings.find_map(|reading| match reading.meaning {
        status::Meaning::Is(found) => Some((found, OUTRIGHT)),
        status::Meaning::Unfinished => None,
    })
}

/// A due date that says the work is done, or how far it is: "Complete, April
/// 2016", "Mar 2023. In progress". A bare date says nothing.
pub(super) fn of_due(parts: &Parts) -> Option<(Status, f32)> {
    let due = parts.due.as_deref()?;
    let reading = status::of_phrase(due)?;
    match reading.meaning {
        status::Meaning::Is(found) => Some((found, IN_DUE)),
        status::Meaning::Unfinished => None,
    }
}

fn of_text(parts: &Parts) -> Option<(Status, f32)> {
    let told: Vec<&str> = [&parts.action, &parts.evidence]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let action = text::fold(&told.join(" "));
    let next = text::fold(parts.next.as_deref().unwrap_or_default());
    if DECLINED.is_match(&action) {
        return Some((Status::NotAccepted, OUTRIGHT));
    }
    if is_not_begun(parts) {
        return Some((Status::NotStarted, OUTRIGHT));
    }
    if action.is_empty() {
        return None;
    }
    let undone = UNDONE.find_iter(&action).count();
    let done = FINISHED.find_iter(&action).count();
    let forward = FORWARD.find_iter(&action).count();
    let is_open = OPEN.is_match(&action) || OPEN.is_match(&next) || reaches_some(&action);
    if is_open || forward > done {
        return Some((Status::InProgress, FROM_TENSE));
    }
    if undone > 0 && undone >= done {
        return Some((Status::NotStarted, FROM_TENSE));
    }
    (done > 0).then_some((Status::Completed, FROM_TENSE))
}

/// Whether an answer says that work has not begun.
pub(super) fn is_not_begun(parts: &Parts) -> bool {
    let next = parts.next.as_ref().filter(|_| parts.action.is_none());
    [
        &parts.action,
        &parts.evidence,
        &parts.due,
        &parts.status,
        &next.cloned(),
    ]
    .into_iter()
    .flatten()
    .any(|passage| NOT_BEGUN.is_match(&text::fold(passage)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_some_have_is_not_done() {
        for (action, expected) in [
            ("Delivered to 60 of 210 staff.", Status::InProgress),
            ("Four of the seven trusts have signed.", Status::InProgress),
            ("All nine trusts have signed.", Status::Completed),
            (
                "We are still negotiating with three trusts.",
                Status::InProgress,
            ),
            (
                "The Service was unable to accept this as framed.",
                Status::NotAccepted,
            ),
        ] {
            let parts = Parts {
                action: Some(action.to_owned()),
                ..Parts::default()
            };
            let found = status(&parts).map(|(status, _)| status);
            assert_eq!(found, Some(expected), "action: {action:?}");
        }
    }
}
