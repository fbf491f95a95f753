//! What a status comes to.
//!
//! In: a printed status ("On track", "Partly done"), or what an answer says
//! about how far it has got. Out: a [`Reading`], or `None` where the words say
//! nothing. Colours and letters mean what their key says: see
//! [`key`](super::key).

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::text;
use crate::model::analysis::Status;

/// What a status comes to, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// What it comes to.
    pub(super) meaning: Meaning,
    /// From 0 to 1.
    pub(super) confidence: f32,
}

/// What a printed status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One status and no other.
    Is(Status),
    /// Late, at risk or outstanding: begun or not is for the rest of the
    /// answer to say.
    Unfinished,
}

/// Confidence of a status printed in words.
const IN_WORDS: f32 = 0.95;
/// Confidence of a status that leaves open whether work has begun.
const UNFINISHED: f32 = 0.75;

/// Words that decide, the first that fits wins: "not accepted" must be asked
/// before "accepted", "not complete" before "complete".
const PHRASES: [(Meaning, &str); 13] = [
    (
        Meaning::Is(Status::NotAccepted),
        r"\bnot (?:been |being |to be )?(?:accept|agreed|adopted|taken (?:up|forward)|supported|progressed|pursued|upheld|approved by the dep)|\breject|\bdeclin|\brefus|not proceed|no further action will|\bwill not be (?:taken|pursued|implemented|adopted|accepted)|(?:do|does|did) not (?:accept|agree|propose|intend)|\bni dderbyn|\bgwrthod|heb ei dderbyn",
    ),
    (
        Meaning::Is(Status::InProgress),
        r"\bre-?opened|(?:complete[d]?|done|achieved|met|implemented) (?:with the exception|except|apart from|save|in part|for (?:some|most))|(?:almost|nearly|mostly|largely|substantially|part|partly|partially|semi)[- ](?:complet|done|achiev|met|implement|in place|accepted and)|^part(?:ly|ial|ially)?$",
    ),
    (
        Meaning::Is(Status::Completed),
        r"^(?:the )?(?:actions? |recommendations? )?(?:has been |have been |is |are |now |all |both |fully |already )*(?:complete[d]?|closed|done|achieved|implemented|delivered)\b",
    ),
    (
        Meaning::Is(Status::NotStarted),
        r"\bcannot (?:begin|start)|\bnot (?:yet )?(?:been )?(?:start|beg[ua]n|commenc|under ?way|initiated|actioned|addressed|implemented|in place)|\bun(?:started|actioned)|\bno (?:action|work|progress|start)\b|\bnot (?:yet )?made a start|\b(?:neither|none)\b[^.;]{0,20}\b(?:started|begun)|\bnothing (?:yet|has)|\byet to (?:start|begin|commence|be (?:start|beg|commenc))|(?:^|\bto |\bwill |due to )(?:starts?|begins?|commences?)\b(?: (?:in|on|from|by|when|next)\b|$)|\bnot (?:yet )?due\b|^(?:planned|pending|to do|future|awaiting start)\b|^n ?/ ?s$|\bnot (?:yet )?in (?:use|operation)\b|heb (?:ei )?(?:ddechrau|gychwyn)",
    ),
    (
        Meaning::Unfinished,
        r"\bnot (?:yet )?(?:been )?(?:fully )?(?:met|achieved|done)$|\b(?:has|have|had|was|were|is|are) not (?:yet )?(?:been )?(?:met|held|convened|sat|happened|taken place|closed|delivered|finished)\b|\bno date (?:has|have|is|was)\b",
    ),
    (
        Meaning::Is(Status::InProgress),
        r"\bin (?:progress|hand|train|development|part|process)\b|under ?way|\bon[- ]?(?:track|target|schedule|course|going)\b|\bpart(?:ly|ial|ially)\b|\bstarted|\bbegun\b|\bcommenced|\bhal?f[- ]?way|\bcontinu|\bprogress|\bwell advanced|\bnot (?:yet )?(?:been )?(?:fully |all )?(?:complet|embedded|finished|signed|evidenced)|\bincomplete|\bslower|\bslip|\bdraft|\bbeing\b|\bsome way|\bgetting there|\bnearly\b|\balmost\b|\bpart of the way\b|\b(?:more|work) to do\b|(?:to be|will be|expected|due|should be|for|awaiting) (?:complet|finish|sign)|ar y gweill|mynd rhagddo|parhau|ar waith|rhannol",
    ),
    (
        Meaning::Unfinished,
        r"\bdelay|\boverdue|\bbehind|\bat risk|\boff[- ]?track|\boff[- ]?target|\boutstanding|\blate\b|\bmissed\b|\bnot (?:on track|on target|progressing)|\bstalled|\bpaused|\bon hold|\bdeferred|\bunlikely|\bserious concern|\bsignificant concern|\bopen\b|\bhwyr",
    ),
    (
        Meaning::Is(Status::Completed),
        r"\bcomplete[d]?\b|\bdone\b|\bclosed\b|\bachieved\b|\bmet\b|\bimplemented\b|\bfinished\b|\bdelivered\b|\bdischarged\b|\bfulfilled\b|\bembedded\b|\banswered\b|\bin place\b|\bsigned off\b|\bactioned\b|\bbusiness as usual\b|\bbau\b|^yes\b|\bcwblh|\bgwblh|\bchwblh|wedi(?:'i| ei)? gyflawni",
    ),
    (Meaning::Is(Status::InProgress), r"\baccepted in part\b"),
    (Meaning::Is(Status::Completed), r"^[✓✔☑]+$|^100 ?%|^y$"),
    (Meaning::Unfinished, r"^no?$|^[✗✘☒×❌]+$|\bawaiting\b"),
    (Meaning::Is(Status::NotStarted), r"^0 ?%"),
    (Meaning::Is(Status::InProgress), r"^\d{1,2} ?%"),
];

/// Longer cells tell of progress; they do not state a status.
pub(super) const MAX_PHRASE_WORDS: usize = 12;

fn compile(table: &[(Meaning, &str)]) -> Vec<(Meaning, Regex)> {
    table
        .iter()
        .map(|(meaning, pattern)| {
            let pattern = Regex::new(pattern).expect("the patterns of statuses compile");
            (*meaning, pattern)
        })
        .collect()
}

static COMPILED: LazyLock<Vec<(Meaning, Regex)>> = LazyLock::new(|| compile(&PHRASES));

impl Reading {
    /// The reading of a row that does not say it is complete, in a plan whose
    /// complete rows do.
    pub(super) const UNTOLD: Self = Self {
        meaning: Meaning::Unfinished,
        confidence: 0.65,
    };

    /// A reading from printed words.
    fn in_words(meaning: Meaning) -> Self {
        let confidence = match meaning {
            Meaning::Is(_) => IN_WORDS,
            Meaning::Unfinished => UNFINISHED,
        };
        Self {
            meaning,
            confidence,
        }
    }

    /// One status, with a confidence.
    pub(super) fn is(status: Status, confidence: f32) -> Self {
        Self {
            meaning: Meaning::Is(status),
            confidence,
        }
    }
}

/// What a short phrase says: the whole of a status cell, a tag under an answer,
/// an entry of a key.
pub(super) fn of_phrase(phrase: &str) -> Option<Reading> {
    let folded = text::fold(phrase);
    let folded = trim_signs(&folded);
    if SAYS_NOTHING.is_match(folded) {
        return None;
    }
    COMPILED
        .iter()
        .find(|(_, pattern)| pattern.is_match(folded))
        .map(|(meaning, _)| Reading::in_words(*meaning))
}

/// Ticks, crosses and shares, which are statuses without a letter.
const SIGNS: &str = "%✓✔☑✗✘☒×❌";

/// A folded status without the punctuation around it.
pub(super) fn trim_signs(folded: &str) -> &str {
    folded.trim_matches(|c: char| !c.is_alphanumeric() && !SIGNS.contains(c))
}

/// Words that stand where a status would and give none.
static SAYS_NOTHING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:n/?a|not applicable|not known|unknown|tbc|to be confirmed|(?:awaiting|no) (?:an? |further )?(?:updates?|responses?|information|confirmation|return))$")
        .expect("the pattern of empty statuses compiles")
});

/// What a cell says that tells whether the recommendation was accepted: only a
/// refusal is a status.
pub(super) fn of_acceptance(cell: &str) -> Option<Reading> {
    static REFUSED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^no\b|\bnot (?:accept|agree)|\breject|\bdeclin|\brefus|\bgwrthod")
            .expect("the pattern of refusals compiles")
    });
    let is_refused = REFUSED.is_match(&text::fold(cell));
    is_refused.then_some(Reading::is(Status::NotAccepted, IN_WORDS))
}

/// Longer lines are not tags.
const MAX_TAG_WORDS: usize = 6;

/// Whether a line is short enough to be nothing but a status, and reads as one.
pub(super) fn is_tag(line: &str) -> bool {
    text::word_count(line) <= MAX_TAG_WORDS
        && !line.trim_end().ends_with([':', '?'])
        && !tells(line)
        && of_phrase(line).is_some()
}

/// Whether a line is a sentence about the work, with a subject of its own: "An
/// audit is under way." It tells what was done, and is no bare status.
pub(super) fn tells(line: &str) -> bool {
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[\w'&,:/-]+ ){1,6}(?:is|are|was|were|has|have|had)\b|^mae(?:'r)?\b|^bydd")
            .expect("the pattern of telling lines compiles")
    });
    VERB.is_match(&text::fold(line)) && of_statement(line).is_none()
}

/// Whether a text is the bare name of a status or colour and nothing else:
/// "On track", "Amber".
pub(super) fn is_name(text: &str) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:complete[d]?|closed|(?:on|off) (?:track|target)|delayed|overdue|in progress|under ?way|not started|started|red|amber|green|blue)$")
            .expect("the pattern of names of statuses compiles")
    });
    NAME.is_match(&text::fold(text))
}

/// What an entry of a key says: as a phrase, but "not begun, or begun and
/// late" leaves open whether work has begun.
pub(super) fn of_definition(definition: &str) -> Option<Reading> {
    static EITHER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\bnot (?:yet )?(?:started|begun|commenced).*\bor\b.*\b(?:started|begun|commenced|under ?way|in progress)\b|\b(?:started|begun|commenced|under ?way|in progress)\b.*\bor\b.*\bnot (?:yet )?(?:started|begun|commenced)")
            .expect("the pattern of either-or definitions compiles")
    });
    if EITHER.is_match(&text::fold(definition)) {
        return Some(Reading::in_words(Meaning::Unfinished));
    }
    of_phrase(definition)
}

static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        ^\W*(?:this|that|the|these|both|all|each|our)\s (?:\w+\s){0,3}
            (?:recommendations?|actions?|parts?|elements?|strands?|points?|argymhelliad) \b [^.;]{0,40}
            \b(?:is|are|was|were|as|has|have|remains?|continues?|will)\b
        | ^\W*(?:this|it)(?:\sone)?\s(?:is|has\sbeen|was|remains)\s(?:\w+\s?){1,3}\W*$
        | ^\W*(?:recommendations?|argymhell(?:iad|ion))\s[\w.]{1,6}(?:(?:,\s|\sand\s)[\w.]{1,6})*\s(?:is|are|was|were|has|have|remains?)\b
        | ^\W*(?:work|progress) \b [^.;]{0,40} \b(?:continues?|is|has|remains)\b
        | ^\W*(?:status|position|progress|rating|rag)\W*[:\-]
        | ^\W*(?:we|the\s\w+(?:\s\w+)?) \s (?:(?:do|does|did|has|have|can)(?:\snot|not)?\s)? (?:consider|regard|accept|agree|reject|judge|rate|assess|have\sassessed|believe)(?:s|ed)? \b [^.;]{0,40} \b(?:this|recommendation|action|it)\b
        ",
    )
    .expect("the pattern of statements about an answer compiles")
});

/// Longer sentences describe.
const MAX_STATEMENT_WORDS: usize = 24;

/// What a sentence says that speaks of the recommendation itself: "We consider
/// that this recommendation has been met." `None` for a sentence about the
/// work.
pub(super) fn of_statement(sentence: &str) -> Option<Reading> {
    let folded = text::fold(sentence);
    if text::word_count(&folded) > MAX_STATEMENT_WORDS || !STATEMENT.is_match(&folded) {
        return None;
    }
    of_phrase(&folded)
}

static VERDICT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:actions?|recommendations?|items?|not|yet|partly|partially|fully|substantially|largely|now|all|both|already|action) )*(?:agreed|supported|noted|complete[d]?|done|achieved|met|closed|implemented|in (?:progress|hand|part)|under ?way|ongoing|begun|started|slipped|delayed|overdue|on (?:track|target)|was reported|cwblhawyd)\b",
    )
    .expect("the pattern of verdicts compiles")
});

static ACCEPTANCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:not|partly|partially|fully) )?(?:accepted|rejected|declined|derbyniwyd|gwrthodwyd)\b")
        .expect("the pattern of acceptances compiles")
});

/// What a clause says whose subject is a recommendation: "are complete", "has
/// not been started", "as complete".
pub(super) fn of_clause(clause: &str) -> Option<Reading> {
    /// Longer clauses describe.
    const MAX_WORDS: usize = 14;
    static PREDICATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:is|are|was|were|has|have|remains?|as|to be)\b")
            .expect("the pattern of predicates compiles")
    });
    let folded = text::fold(clause);
    let is_short = text::word_count(&folded) <= MAX_WORDS;
    (is_short && PREDICATE.is_match(&folded))
        .then(|| of_phrase(&folded))
        .flatten()
}

/// The status with which a passage opens: "In progress. One college has
/// signed."
pub(super) fn of_opening(passage: &str) -> Option<Reading> {
    let first = text::sentences(passage).first().copied()?;
    opens_with_verdict(first)
        .then(|| of_phrase(first))
        .flatten()
}

/// Splits a verdict off the end of a passage: `Two courses have run. ONGOING`,
/// `The form was changed (Completed)`.
pub(super) fn take_closing(passage: &str) -> Option<(&str, &str, Reading)> {
    /// Longer endings tell.
    const MAX_WORDS: usize = 4;
    let passage = passage.trim();
    let at = [". ", ".\n", "\n", " (", " [", " – ", " - ", "! "]
        .iter()
        .filter_map(|end| Some(passage.rfind(end)? + end.len()))
        .max()?;
    let (told, verdict) = passage.split_at(at);
    let verdict = verdict.trim_matches(['(', ')', '[', ']', ' ', '.']);
    let is_verdict = text::word_count(verdict) <= MAX_WORDS
        && verdict.starts_with(char::is_uppercase)
        && opens_with_verdict(verdict);
    let reading = of_phrase(verdict).filter(|_| is_verdict)?;
    let told = told.trim_end_matches([' ', '(', '[', '–', '-', '\n']);
    (!told.is_empty()).then_some((told, verdict, reading))
}

/// Whether a short line or sentence opens with a word of progress: "Completed
/// actions", "Not yet begun".
pub(super) fn opens_with_verdict(line: &str) -> bool {
    let folded = text::fold(line);
    text::word_count(&folded) <= MAX_VERDICT_WORDS && VERDICT.is_match(&folded)
}

/// Longer sentences tell more than a verdict.
const MAX_VERDICT_WORDS: usize = 6;
/// An acceptance may say by whom and with what reserve.
const MAX_ACCEPTANCE_WORDS: usize = 14;

/// Whether a sentence at the head of an answer is a verdict: "Accepted, and
/// done.", "Partly complete.", "The Board does not accept this recommendation."
pub(super) fn is_verdict(sentence: &str) -> bool {
    let folded = text::fold(sentence);
    let words = text::word_count(&folded);
    let is_short = words <= MAX_VERDICT_WORDS;
    let is_acceptance = words <= MAX_ACCEPTANCE_WORDS && ACCEPTANCE.is_match(&folded);
    let names_it = folded.contains("recommendation") || folded.contains("argymhelliad");
    let is_stated = (is_short || names_it) && of_statement(sentence).is_some();
    opens_with_verdict(sentence) || is_acceptance || is_stated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_read_by_their_strongest_word() {
        for (phrase, status) in [
            ("Not accepted as written", Status::NotAccepted),
            ("Partly done", Status::InProgress),
            ("On track to be completed by May", Status::InProgress),
            ("Not complete", Status::InProgress),
            (
                "Completed, and impact evidenced by audit",
                Status::Completed,
            ),
            ("Not yet begun (overdue)", Status::NotStarted),
            ("Starts in May", Status::NotStarted),
        ] {
            let meaning = of_phrase(phrase).map(|reading| reading.meaning);
            assert_eq!(meaning, Some(Meaning::Is(status)), "phrase: {phrase:?}");
        }
        assert_eq!(of_phrase("Accepted"), None);
    }

    #[test]
    fn a_definition_may_leave_open_whether_work_has_begun() {
        let reading = of_definition("Either not begun, or begun and going to miss its date");
        assert_eq!(
            reading.map(|reading| reading.meaning),
            Some(Meaning::Unfinished)
        );
    }
}
