//! Good practice named in running text: `… was exemplary`, `on her own
//! initiative`, `the Panel commends`.
//!
//! In: the paragraphs of a review. Out: drafts of one or two sentences: the
//! one that praises, and the one that says what was done when the first only
//! judges. Reviews praise sparingly, so a cue has to be plain.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::items::cues::Role;
use crate::analyse::items::draft::Draft;
use crate::analyse::items::line::Line;
use crate::analyse::text::{self, fold, word_count};

/// Longer sentences tell a story; the praise in them is in passing.
const MAX_SENTENCE_WORDS: usize = 70;

/// Passages that praise, in paragraphs outside sections with another role.
pub(super) fn passages(lines: &[Line<'_>], roles: &[Option<Role>]) -> Vec<Draft> {
    let is_open = |line: &&Line<'_>| {
        let role = roles.get(line.section).copied().flatten();
        let is_text = !line.is_row && !line.is_heading;
        is_text && !matches!(role, Some(Role::Recommendations | Role::Apart))
    };
    lines
        .iter()
        .filter(is_open)
        .flat_map(in_paragraph)
        .collect()
}

/// A paragraph of good practice by what was done: a sentence that begins with
/// somebody else tells of another deed, and one that only says that praise
/// follows tells of none.
pub(super) fn by_deed(draft: Draft) -> Vec<Draft> {
    let text = draft.text();
    let mut deeds: Vec<Vec<&str>> = Vec::new();
    for sentence in text::sentences(&text) {
        let folded = fold(sentence);
        match deeds.last_mut() {
            Some(deed) if !begins_with_other(&folded, &deed.join(" ")) => deed.push(sentence),
            _ => deeds.push(vec![sentence]),
        }
    }
    deeds.retain(|deed| deed.len() > 1 || !SAYS_PRAISE.is_match(&fold(deed[0])));
    if deeds.len() < 2 {
        return vec![draft];
    }
    let deeds = deeds.into_iter().map(|deed| Draft {
        label: None,
        pieces: vec![deed.join(" ")],
        ..draft.clone()
    });
    deeds.collect()
}

/// Whether a folded sentence begins with somebody of whom nothing was said before.
fn begins_with_other(folded: &str, before: &str) -> bool {
    let Some(actor) = OTHER_ACTOR.find(folded) else {
        return false;
    };
    let last = actor.as_str().rsplit(' ').next().unwrap_or_default();
    !text::tokens(before).iter().any(|word| word == last)
}

fn in_paragraph(line: &Line<'_>) -> Vec<Draft> {
    let sentences = text::sentences(line.text);
    let mut drafts = Vec::new();
    let mut next = 0;
    for (index, sentence) in sentences.iter().enumerate() {
        if index < next || !praises(sentence) {
            continue;
        }
        let mut pieces = vec![(*sentence).to_owned()];
        let after = sentences.get(index + 1);
        if let Some(told) = after.filter(|_| announces(sentence)) {
            pieces = vec![(*told).to_owned()];
            next = index + 2;
        } else if judges_only(sentence) {
            match sentences.get(index + 1).filter(|after| tells(after)) {
                Some(after) => pieces.push((*after).to_owned()),
                None if index > next => pieces.insert(0, sentences[index - 1].to_owned()),
                None => {}
            }
        }
        next = next.max(index + pieces.len());
        drafts.push(Draft {
            label: None,
            pieces,
            at: line.at,
            start: line.index,
            section: line.section,
            stem: None,
            owner: None,
            confidence: 0.55,
        });
    }
    drafts
}

fn praises(sentence: &str) -> bool {
    let folded = fold(sentence);
    word_count(&folded) <= MAX_SENTENCE_WORDS
        && PRAISE.is_match(&folded)
        && !DENIAL.is_match(&folded)
}

/// Whether a sentence only says that praise follows: "Good practice was noted."
fn announces(sentence: &str) -> bool {
    static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:good|positive|effective|excellent) (?:\w+ )?practice (?:was|is|were|has been) (?:also )?(?:noted|identified|evident|seen|found|apparent|recorded|demonstrated|highlighted)(?: (?:here|too|as well|in this case))?\W*$")
            .expect("the pattern of announced praise compiles")
    });
    ANNOUNCES.is_match(&fold(sentence))
}

/// Whether a sentence only judges what another one tells.
fn judges_only(sentence: &str) -> bool {
    let folded = fold(sentence);
    word_count(&folded) <= 22 && JUDGEMENT.is_match(&folded)
}

/// Whether a sentence goes on telling what somebody did.
fn tells(sentence: &str) -> bool {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:she|he|they|it|staff|the (?:girls|boys|children|worker|nurse|officer|teacher))\b",
        )
        .expect("the pattern of persons compiles")
    });
    PERSON.is_match(&fold(sentence))
}

fn pattern(source: &str) -> Regex {
    Regex::new(&format!("(?x){source}")).expect("the pattern of praise compiles")
}

static PRAISE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:was|were|is|are)\s(?:\w+\s){0,3}(?:exemplary|excellent|exceptional|outstanding|commendable|impressive)\b
        | \b(?:good|excellent|exemplary|thoughtful|skilled|skilful|positive|outstanding|commendable|effective)\s(?:\w+\s)?(?:practice|work\sof\sa\skind)\b
        | \bcommends?\b | \bto\sbe\scommended | \bdeserves?\s(?:\w+\s)?(?:praise|credit|recognition|mention)
        | \bto\s(?:her|his|their)\s(?:great\s)?credit\b | \bcould\snot\shave\sbeen\s(?:better|done\sbetter)
        | \bexactly\swhat\s(?:she|he|they|should|was)\b.{0,20}\b(?:should|needed|required|done)
        | \bof\sa\s(?:very\s|particularly\s)?high\s(?:standard|quality)\b
        | \bof\s(?:her|his|their)\sown\saccord\b | \bon\s(?:her|his|their)\sown\sinitiative\b | \bin\s(?:her|his|their)\sown\stime\b
        | \bat\s(?:her|his|their)\sown\sexpense\b | \bwent\s(?:out\sof\s(?:her|his|their)\sway|(?:well\s|far\s)?(?:above\sand\s)?beyond)
        | \btook\sthe\strouble\sto\b | \bbeyond\sthe\send\sof\s(?:her|his|their)\sshifts?\b | \bshould\sbe\s(?:praised|applauded|recognised\sfor)
        | \bthorough,\s\w+\sand\b | \bprompt,\s\w+\sand\sthorough",
    )
});

/// A sentence that begins with somebody of its own and says what they did.
static OTHER_ACTOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:the|a|an|one|two|another|both)\s(?:[\w'-]+\s){0,6}?(?:nurses?|midwi(?:fe|ves)|visitors?|doctors?|gps?|paediatricians?|practitioners?|teachers?|tutors?|heads?|headteacher|assistants?|supervisors?|staff|workers?|officers?|constables?|sergeants?|detectives?|police|managers?|leads?|psychologists?|psychiatrists?|therapists?|counsellors?|mentors?|porters?|paramedics?|crews?|radiographers?|pharmacists?|receptionists?|reporters?|guardians?|assessors?|carers?|neighbours?|schools?|nursery|college|hospital|service|team|charity|advocates?|consultants?|registrars?|sisters?|dentists?|coordinators?|advisers?|chairs?)\b
        | ^[a-z]+(?:'s)?\s(?:class\s|form\s)?(?:teachers?|schools?|nurses?|social\sworkers?|workers?|carers?|tutors?|staff)\b
        | ^(?:school|nursery|hospital|ward|housing|police|health|social|youth|children's|adult|mental|residential)\s(?:[\w'-]+\s){0,4}?(?:staff|officers?|workers?|nurses?|services?|team)\b",
    )
});

/// A sentence that only says that praise follows.
static SAYS_PRAISE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bpractice\s(?:which|that|should|was|is|be|has|to)\b | \b(?:good|effective|positive|notable)\spractice\W*$ | \bdraws?\sattention\b | \bwish(?:es)?\sto\b | \bnobody\scared\b | \b(?:several|many|some)\s(?:examples|instances)\b | \bfollowing\b",
    )
});

/// Praise that is withheld, wished for, or for the future.
static DENIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bnot\s(?:good|effective|best)\b | \b(?:would|should|could|might)\shave\sbeen\s(?:\w+\s)?(?:good|effective|excellent|better\spractice)
        | \b(?:best|good)\spractice\s(?:guid|would|requires|is\sto|standard|dictates|suggests)
        | \b(?:contrary|failed|lack|absence|departure)\b | \bwould\sbe\s(?:\w+\s)?good\spractice | \bexamples?\sof\sgood\spractice\s(?:are|will|is)\b | \bto\sidentify\b | \bidentifies\b | \bnot\s\w*\s?identified",
    )
});

static JUDGEMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bexemplary\b | \bexcellent\b | \bexceptional\b | \boutstanding\b | \bexactly\swhat\b | \bcould\snot\shave\sbeen
        | ^this\s(?:was|is)\b | ^that\s(?:was|is)\b | \bgood\spractice\b | \bdeserves?\b | \bcredit\b | \bhigh\s(?:standard|quality)\b",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_told_apart_by_deed() {
        let draft = Draft {
            label: None,
            pieces: vec![
                "It is right that good practice be acknowledged. A school nurse went to the house and stayed until help came. She rang twice. The night porter sat with the boy for three hours."
                    .to_owned(),
            ],
            at: crate::model::document::Locator {
                page: std::num::NonZeroU32::MIN,
                block: 0,
            },
            start: 0,
            section: 0,
            stem: None,
            owner: None,
            confidence: 0.6,
        };
        let deeds: Vec<String> = by_deed(draft).iter().map(Draft::text).collect();
        assert_eq!(
            deeds,
            [
                "A school nurse went to the house and stayed until help came. She rang twice.",
                "The night porter sat with the boy for three hours."
            ]
        );
    }

    #[test]
    fn plain_praise_is_told_from_standards_and_reproach() {
        for sentence in [
            "The work of the designated officer was exemplary.",
            "On her own initiative the housing officer had the window boarded.",
            "The Panel commends the school for its persistence.",
        ] {
            assert!(praises(sentence), "{sentence}");
        }
        for sentence in [
            "It would have been good practice to ask.",
            "This was not good practice.",
            "Best practice guidance is clear.",
            "The nurse visited on Monday.",
        ] {
            assert!(!praises(sentence), "{sentence}");
        }
    }
}
