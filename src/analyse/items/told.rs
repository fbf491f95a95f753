//! What a lesson says, apart from the story by which it is told.
//!
//! In: the heading and the paragraphs of one lesson. Out: whether the heading
//! states the lesson or only names its subject; the paragraph without the
//! sentences that tell what happened before it comes to the point, or after.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::text::{self, fold, word_count};

fn pattern(source: &str) -> Regex {
    Regex::new(&format!("(?x){source}")).expect("the patterns of told lessons compile")
}

/// Longer headings are sentences, whatever their verb.
const MAX_TITLE_WORDS: usize = 9;

static VERB: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:is|are|was|were|am|be|has|have|had|do|does|did|can|cannot|could|may|might|must|should|shall|will|would|need|needs|means?|makes?|takes?|leads?|led|leaves?|left|lets?|goes|went|comes?|came|gives?|gave|becomes?|became|gets?|got|keeps?|kept|matters?|remains?|depends?|requires?|follows?|closes?|mae|oedd|yw|bu)\b
        | \b(?:isn|aren|wasn|weren|don|doesn|didn|can|couldn|won|wouldn|shouldn)'t\b | ^(?:do|don't|never|always|ask|listen|think|look|remember|be|make|keep|see|talk|share|record|check|consider|ensure)\b",
    )
});

/// Whether a heading says what was learnt, and does not only name what it is
/// about: "Advice given is not risk understood", not "Assessing family".
pub(super) fn states(heading: &str) -> bool {
    let folded = fold(heading);
    if is_clause(&folded) {
        return false;
    }
    word_count(&folded) > MAX_TITLE_WORDS
        || VERB.is_match(&folded)
        || heading.trim_end().ends_with(['.', '!'])
}

/// Whether a heading is a clause for a title: "How the boys were seen".
fn is_clause(folded: &str) -> bool {
    static CLAUSE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:how|why|who|where|whether|what)\b[^.?!:;,]*$"));
    word_count(folded) <= MAX_TITLE_WORDS && CLAUSE.is_match(folded)
}

/// Times, numbers of things, speech: what happened in this case.
static STORY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"" | \b\d | \b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred)\b
        | \b(?:told|said|spoke|recalled|explained|rang|telephoned|phoned|texted|wrote|visited|attended|arrived|met\swith)\b
        | \b(?:in|on|by|since)\s(?:early\s|late\s|the\s)?(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)\b"#,
    )
});

/// What is always so, and no story.
static GENERAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:will|should|must|need|needs|ought|may|can|cannot|usually|always|never|often)\b | ^(?:a|an|any|every|all|when|where|if|unless)\b",
    )
});

/// Goes on about whom or what the sentence before it named.
static GOES_ON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:he|she|they|it|none|neither|each|both|nobody|no\sone|those)\b"));

/// Speech, which never states a lesson at the end of its paragraph.
static SPEECH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"\b(?:told\s(?:us|me|the)|said)\b.*" | ^""#));

/// A paragraph from its first sentence to the point to its last; all of it
/// where every sentence tells the story.
pub(super) fn without_story(paragraph: &str) -> &str {
    let sentences = text::sentences(paragraph);
    let mut first = 0;
    for sentence in &sentences {
        let folded = fold(sentence);
        let goes_on = first > 0 && GOES_ON.is_match(&folded);
        let is_speech = folded.contains('"');
        let happened = STORY.is_match(&folded) && (is_speech || !GENERAL.is_match(&folded));
        let is_story = happened || goes_on;
        if !is_story {
            break;
        }
        first += 1;
    }
    let told = &sentences[first..];
    let last = told
        .iter()
        .rposition(|sentence| !SPEECH.is_match(&fold(sentence)));
    let (Some(from), Some(to)) = (told.first(), last.and_then(|last| told.get(last))) else {
        return paragraph;
    };
    let place = |part: &str| part.as_ptr() as usize - paragraph.as_ptr() as usize;
    paragraph[place(from)..place(to) + to.len()].trim()
}

/// A lesson that opens with a full statement in bold type, without the story that
/// follows: up to the first sentence that tells what happened.
pub(super) fn stated(lesson: &str, bold: usize) -> &str {
    static PAST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:was|were|had|did|\w{3,}ed|told|said|gave|went|came|took|heard|found|knew|saw|made|held)\b",
        )
    });
    /// A shorter one is a headline: what follows says what it means.
    const SHORTEST_STATEMENT: usize = 12;
    let (Some(statement), Some(rest)) = (lesson.get(..bold), lesson.get(bold..)) else {
        return lesson;
    };
    if word_count(statement) < SHORTEST_STATEMENT {
        return lesson;
    }
    let story = text::sentences(rest)
        .into_iter()
        .find(|sentence| PAST.is_match(&fold(sentence)));
    story.map_or(lesson, |story| {
        lesson[..story.as_ptr() as usize - lesson.as_ptr() as usize].trim()
    })
}

static PRAISE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:examples?\sof\s)?good\spractice\s*[:.-] | ^(?:the\s(?:panel|review|reviewers?|author|board)|we|i)\s(?:\w+\s)?(?:commends?|applauds?|wish(?:es)?\sto\scommend|pays?\stribute) | ^it\sshould\salso\sbe\s(?:recorded|noted|said)\b",
    )
});

/// Takes out of a lesson what is said after it, or instead of it, in praise of
/// somebody.
pub(super) fn drop_praise(pieces: &mut Vec<String>) {
    for piece in pieces.iter_mut() {
        let sentences = text::sentences(piece);
        let praise = sentences
            .iter()
            .find(|sentence| PRAISE.is_match(&fold(sentence)));
        let end = praise.map(|praise| praise.as_ptr() as usize - piece.as_ptr() as usize);
        if let Some(end) = end {
            piece.truncate(end);
            piece.truncate(piece.trim_end().len());
        }
    }
    pieces.retain(|piece| !piece.is_empty());
}

static SUB_QUESTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:so\s)?what\s(?:does|did|do|can|have|has)\s(?:this|it|that|we)\s(?:case\s|finding\s|also\s)?(?:tell|teach|taught|learnt?|learned|show|mean)(?:s|\sus|\sfrom\s(?:this|it))?\b[^.]{0,30}[?:]?$ | ^(?:the|our)\s(?:learning|lesson)(?:\sis)?:?$",
    )
});

/// Whether a short line asks what is to be learnt, so that the paragraph after
/// it goes on with the lesson: "What does this tell us?"
pub(super) fn asks_what_was_learnt(line: &str) -> bool {
    SUB_QUESTION.is_match(&fold(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_state_or_name() {
        for heading in [
            "Advice given is not risk understood",
            "A child of eight does not fail to attend",
            "New partners go unseen because assessment follows the mother",
            "Listen to the grandmother.",
        ] {
            assert!(states(heading), "{heading}");
        }
        for heading in [
            "Assessing family",
            "missing and debt",
            "How the boys were seen",
        ] {
            assert!(!states(heading), "{heading}");
        }
    }

    #[test]
    fn the_point_is_told_from_the_story() {
        for (paragraph, point) in [
            (
                "By spring 2021 five professionals had recorded it. None had seen it. An account became a fact by being copied.",
                "An account became a fact by being copied.",
            ),
            (
                "The order was treated as an end. The officer told us: “I raised it and it was noted.”",
                "The order was treated as an end.",
            ),
            (
                "She rang two services in June. He said no.",
                "She rang two services in June. He said no.",
            ),
        ] {
            assert_eq!(without_story(paragraph), point);
        }
    }

    #[test]
    fn a_bold_statement_is_told_from_the_story_after_it_and_a_headline_from_neither() {
        let statement =
            "Plans were closed on the strength of a change that took the child from view.";
        let story = format!("{statement} A manager endorsed it by e-mail in a single line.");
        assert_eq!(stated(&story, statement.len()), statement);
        let headline = "Leaving is dangerous. The end of it was read as the end of the risk.";
        assert_eq!(stated(headline, "Leaving is dangerous.".len()), headline);
    }

    #[test]
    fn praise_is_no_part_of_a_lesson() {
        let mut pieces = vec![
            "Neither record pointed to the other. The panel commends the head teacher.".to_owned(),
            "Good practice: the crew wrote both accounts down.".to_owned(),
        ];
        drop_praise(&mut pieces);
        assert_eq!(pieces, ["Neither record pointed to the other."]);
    }

    #[test]
    fn some_lines_ask_what_was_learnt() {
        assert!(asks_what_was_learnt("What does this tell us?"));
        assert!(!asks_what_was_learnt("What does the mother say?"));
    }
}
