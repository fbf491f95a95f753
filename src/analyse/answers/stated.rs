//! Sentences by which an account says how far the matter has got: "Both are
//! finished.", "We regard this as achieved.", "Not begun.", "It remains open."
//!
//! In: the sentences of an answer told in prose. Out: those that state a
//! status, with what it comes to. They are short and speak of the whole
//! matter, not of what was done: "The form is in place" tells of a form.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::answers::status::{self, Reading};
use crate::analyse::text;

/// Longer sentences describe.
const MAX_WORDS: usize = 16;

static STATES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        # The matter itself: this is done; both are finished; neither has begun.
        ^(?:this|that|it|they|these|both|all|each|neither|none|everything|the\s(?:work|matter|point|task)) \b
            (?:\sof\s(?:this|these|them|it|the\s\w+))? (?:\s(?:two|three|four|parts?|work|one))?
            \s(?:is|are|was|has|have|remains?)\b (?:\s(?:now|all|both|therefore|still|yet|also|been|not|only|fully|largely|partly|mostly))*
            \s(?:done|complete[d]?|finished|closed|achieved|implemented|delivered|begun|started|open|outstanding|ongoing|continuing
                |in\s(?:hand|place|progress|train)|under\s?way|on\s(?:track|hold)|fully\s\w+|well\sadvanced|overdue|delayed|declined|rejected) \b
            [^,;]{0,30}$
        | ^(?:the\s|this\s)?work\s(?:still\s|also\s)?(?:continues|goes\son|is\scontinuing|has\sbegun)\b
        # How one's own side sees it: I would describe this work as well advanced.
        | ^(?:i|we|the\s(?:board|partnership|panel|trust|executive|council|force|health\sboard)) \s
            (?:(?:would|can|do|now|both|all|therefore|still|must)\s)* (?:regard|consider|describe|treat|count|see|judge|rate|report)s?\s
            (?:(?:this|that|it|them|these|both|each|the)\s)? (?:\w+\s){0,3} (?:as\s|to\sbe\s|has\sbeen\s|have\sbeen\s|is\s|are\s)?
            (?:\w+\s){0,2} (?:done|complete[d]?|finished|closed|achieved|met|answered|discharged|fulfilled|advanced|open|outstanding|incomplete) \b
        # How far along: we are part of the way there; there is some way to go.
        | ^(?:we\sare|this\sis|it\sis|there\sis) \s (?:only\s|still\s|now\s|about\s)* (?:part\s(?:of\sthe\s)?way|half\s?way|nearly|almost|some\sway|not\syet|a\slong\sway|more\sto\sdo|work\sto\sdo)
        # Not begun: we have not made a start; no date has been set.
        | ^(?:we|i|they|work)\s(?:have|has)\snot\s(?:yet\s)?(?:made\sa\sstart|started|begun)\b
        | ^no\s(?:date|start|lead)\s(?:has|have|is|was)\s(?:yet\s|been\s)*(?:set|fixed|agreed|made|named)
        ",
    )
    .expect("the pattern of stated statuses compiles")
});

static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:now|all|both|not|not yet|partly|partially|fully|mostly|largely|almost|nearly|still|well) )*(?:complete[d]?|done|finished|closed|achieved|implemented|delivered|begun|started|in (?:place|hand|progress|train)|under ?way|on(?:going| track| hold)|continuing|outstanding|part(?:ly|ially)? (?:done|complete[d]?|met)|to be (?:started|done)|nid yw wedi dechrau|ar y gweill|cwblhawyd|wedi'i gwblhau)(?: (?:in (?:part|full)|as planned|throughout))?$",
    )
    .expect("the pattern of bare statuses compiles")
});

/// What a sentence says of the matter as a whole; `None` for one that tells of
/// the work.
pub(super) fn reading(sentence: &str) -> Option<Reading> {
    let folded = text::fold(sentence);
    let folded = status::trim_signs(&folded);
    let states = text::word_count(folded) <= MAX_WORDS && STATES.is_match(folded);
    (states || BARE.is_match(folded))
        .then(|| status::of_phrase(folded))
        .flatten()
        .or_else(|| status::of_statement(sentence))
}

static GROUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        ^(?:some|others?|several|many|most|a\s(?:few|number)|two|three|four|five|six|the\s(?:rest|others?|following|first|second|remaining)|these|those|\w+\sof\s(?:them|these|the\s\w+))\b
            (?:\s(?:things?|matters?|recommendations?|actions?|points?|pieces?|of\s(?:it|work|them)|two|three|four|others?))* \s
            (?:is|are|was|were|has|have|remains?)\b
        | \b(?:what|those|the\s\w+)\s(?:that\s)?(?:has|have|had|is|are)\s(?:not\s|yet\s|already\s|now\s)*(?:been\s)?(?:finished|completed?|done|achieved|begun|started|to\s(?:start|begin))$
        ",
    )
    .expect("the pattern of sentences that open a group compiles")
});

/// What a sentence says of all that its paragraph goes on to tell: "Some things
/// are partly done.", "Others have yet to start."
pub(super) fn of_group(sentence: &str) -> Option<Reading> {
    let folded = text::fold(sentence);
    let folded = status::trim_signs(&folded);
    let opens = text::word_count(folded) <= MAX_WORDS && GROUP.is_match(folded);
    opens.then(|| status::of_phrase(folded)).flatten()
}

/// Takes the sentences that state a status out of an account; gives what is
/// left, and each with what it comes to.
pub(super) fn take(account: &str) -> (String, Vec<(String, Reading)>) {
    let mut stated = Vec::new();
    let mut left: Vec<&str> = Vec::new();
    for sentence in text::sentences(account) {
        match reading(sentence) {
            Some(found) => stated.push((sentence.trim().to_owned(), found)),
            None => left.push(sentence),
        }
    }
    (left.join(" "), stated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::answers::status::Meaning;
    use crate::model::analysis::Status;

    const DONE: Option<Meaning> = Some(Meaning::Is(Status::Completed));
    const PARTLY: Option<Meaning> = Some(Meaning::Is(Status::InProgress));
    const NOT_BEGUN: Option<Meaning> = Some(Meaning::Is(Status::NotStarted));

    #[test]
    fn sentences_about_the_matter_state_its_status() {
        for (sentence, meaning) in [
            ("Both are finished.", DONE),
            ("We regard this as achieved.", DONE),
            ("We consider both questions answered.", DONE),
            ("In place.", DONE),
            ("This action is closed.", DONE),
            ("We are part of the way there.", PARTLY),
            (
                "I would therefore describe this work as well advanced but not complete.",
                PARTLY,
            ),
            ("The work continues.", PARTLY),
            ("Continuing.", PARTLY),
            ("Not finished.", PARTLY),
            ("Not begun.", NOT_BEGUN),
            ("Neither has begun.", NOT_BEGUN),
            ("We have not made a start on this one.", NOT_BEGUN),
            ("It remains open.", Some(Meaning::Unfinished)),
        ] {
            let found = reading(sentence).map(|reading| reading.meaning);
            assert_eq!(found, meaning, "sentence: {sentence:?}");
        }
    }

    #[test]
    fn sentences_about_the_work_state_nothing() {
        for sentence in [
            "The new form is in place in every ward.",
            "Forty-one cots have been put up before families moved in.",
            "All forty-four schools have signed.",
            "It is used by every midwife.",
            "They have met nine times.",
        ] {
            assert_eq!(reading(sentence), None, "sentence: {sentence:?}");
        }
    }

    #[test]
    fn a_sentence_may_speak_for_its_paragraph() {
        for (sentence, meaning) in [
            ("Let me start with what has been finished.", DONE),
            ("Some things are partly done.", PARTLY),
            ("Others have yet to start.", NOT_BEGUN),
            ("Some staff have been trained by the Trust.", None),
        ] {
            let found = of_group(sentence).map(|reading| reading.meaning);
            assert_eq!(found, meaning, "sentence: {sentence:?}");
        }
    }
}
