//! Items that stand in running text rather than in a list: `We recommend that
//! …`, `Lesson. …`, `Good practice. …`, a box with a caption.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::items::cues::{self, Role};
use crate::analyse::items::draft::Draft;
use crate::analyse::items::line::Line;
use crate::analyse::items::mode::keyword_of;
use crate::analyse::label::{self, Keyword};
use crate::analyse::text::{self, fold};

/// Paragraphs that recommend in so many words, for reviews that gather their
/// recommendations nowhere.
pub(super) fn performatives(lines: &[Line<'_>], roles: &[Option<Role>]) -> Vec<Draft> {
    let is_apart =
        |line: &Line<'_>| roles.get(line.section).copied().flatten() == Some(Role::Apart);
    let mut drafts = Vec::new();
    for line in lines.iter().filter(|line| !line.is_row && !is_apart(line)) {
        let sentences = text::sentences(line.full);
        let first = sentences
            .iter()
            .position(|sentence| cues::is_performative(sentence));
        if let Some(first) = first {
            let body = if first == 0 {
                line.text.to_owned()
            } else {
                sentences[first..].join(" ")
            };
            drafts.push(draft(line, &body, 0.7));
        }
    }
    drafts
}

/// Paragraphs that are called actions, each with its number ("Action 3: The Board
/// to …"), for reviews that set them beside what was learnt.
pub(super) fn actions(lines: &[Line<'_>], roles: &[Option<Role>]) -> Vec<Draft> {
    /// One may be an action of the story.
    const LEAST: usize = 2;
    let is_action = |line: &&Line<'_>| {
        let role = roles.get(line.section).copied().flatten();
        !line.is_row
            && line.is_called(Keyword::Action)
            && !matches!(role, Some(Role::Apart))
            && text::word_count(line.text) >= 5
    };
    let actions = lines.iter().filter(is_action);
    let drafts: Vec<Draft> = actions
        .map(|line| Draft {
            label: line.label.clone(),
            ..draft(line, line.text, 0.7)
        })
        .collect();
    let asks = |draft: &&Draft| text::asks(&draft.text());
    if drafts.iter().filter(asks).count() < LEAST {
        return Vec::new();
    }
    drafts
}

/// Paragraphs whose first words say what they are, without a number:
/// `Learning: A child of eight does not …`, `Good practice. The nurse …`.
pub(super) fn announced(lines: &[Line<'_>], roles: &[Option<Role>], role: Role) -> Vec<Draft> {
    let is_apart =
        |line: &Line<'_>| roles.get(line.section).copied().flatten() == Some(Role::Apart);
    let mut drafts = Vec::new();
    for line in lines
        .iter()
        .filter(|line| !line.is_row && !line.is_heading && line.label.is_none() && !is_apart(line))
    {
        let parts = at_announcements(line.full).into_iter();
        let announced = parts.filter_map(|part| {
            let rest = after_announcement(part, role)?;
            let lead = part
                .get(..part.len() - rest.len())?
                .trim_end_matches([':', ' ']);
            Some(Draft {
                stem: Some(lead.to_owned()).filter(|_| role == Role::Recommendations),
                ..draft(line, rest, 0.8)
            })
        });
        drafts.extend(announced);
    }
    drafts
}

/// Sentences that say what the lesson is ("The lesson here is that …"), for reviews that
/// gather and announce none.
pub(super) fn told(lines: &[Line<'_>], roles: &[Option<Role>]) -> Vec<Draft> {
    static SAYS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:\w+,? )?(?:(?:the|a|an|one|another|this|our|its|perhaps the)\b[^.;:]{0,50}\b(?:lessons?|learning(?: points?)?|finding|message)\b[^.;:]{0,60}?\b(?:is|was|are)(?: therefore| simply| also)?,? (?:that|how|not)\b|(?:we|the (?:panel|review|reviewers?|author)) (?:have |has )?(?:learn(?:ed|t)|finds|concludes?|concluded) that\b|it (?:is|was) (?:therefore )?(?:a|an|one) (?:[a-z]+ )?(?:lesson|learning point)\b)")
            .expect("the pattern of sentences that say the lesson compiles")
    });
    let is_open = |line: &&Line<'_>| {
        let role = roles.get(line.section).copied().flatten();
        !line.is_row
            && !line.is_heading
            && !matches!(role, Some(Role::Apart | Role::Recommendations))
    };
    lines
        .iter()
        .filter(is_open)
        .flat_map(|line| {
            let said = text::sentences(line.text).into_iter();
            let said = said.filter(|sentence| SAYS.is_match(&fold(sentence)));
            said.map(|sentence| draft(line, sentence, 0.6))
        })
        .collect()
}

/// A paragraph cut before each "Question for the Partnership:" within it.
fn at_announcements(line: &str) -> Vec<&str> {
    static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[.?!][”’)]?\s+((?:Questions?|Considerations?|Challenges?|Recommendations?) (?:for|to) (?:the )?[A-Za-z]+(?: [A-Za-z]+){0,3}:\s)")
            .expect("the pattern of announcements within paragraphs compiles")
    });
    let mut cuts: Vec<usize> = vec![0];
    let hits = WITHIN.captures_iter(line);
    cuts.extend(hits.filter_map(|hit| Some(hit.get(1)?.start())));
    cuts.push(line.len());
    cuts.windows(2)
        .map(|ends| line[ends[0]..ends[1]].trim())
        .collect()
}

/// The parts of a list in a sentence: "The following was good practice: the …; the
/// …; and the …". Nothing where there is no such list.
pub(super) fn listed_in_sentence(text: &str) -> Vec<&str> {
    let Some((lead, list)) = text.split_once(':') else {
        return Vec::new();
    };
    let announces = ["following", "examples", "these", "particular"];
    let lead = fold(lead);
    let parts = list.split(';').map(|part| {
        let part = part.trim();
        part.strip_prefix("and ").unwrap_or(part)
    });
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let is_list = parts.len() >= 2 && parts.iter().all(|part| text::word_count(part) >= 4);
    if is_list && announces.iter().any(|word| lead.contains(word)) {
        parts
    } else {
        Vec::new()
    }
}

/// What follows the announcement at the start of a paragraph; `None` when it
/// announces nothing of this role.
fn after_announcement(line: &str, role: Role) -> Option<&str> {
    let by_word = label::take_keyword(line)
        .filter(|(keyword, _)| *keyword == keyword_of(role))
        .and_then(|(_, rest)| {
            rest.strip_prefix([':', '.'])
                .or_else(|| rest.trim_start().strip_prefix(['–', '—']))
        });
    let rest = by_word.or_else(|| {
        let (lead, rest) = line
            .split_once(':')
            .or_else(|| line.split_once('?').filter(|_| role == Role::Lessons))?;
        let is_short = text::word_count(lead) <= 7;
        (is_short && is_lead(lead, role)).then_some(rest)
    })?;
    let rest = rest.trim();
    (text::word_count(rest) >= 4).then_some(rest)
}

/// Whether the words before a colon announce an item of this role.
fn is_lead(lead: &str, role: Role) -> bool {
    let lead = fold(lead);
    match role {
        Role::Lessons => LEARNING.is_match(&lead),
        Role::GoodPractice => lead.ends_with("good practice") || lead.ends_with("arfer da"),
        Role::Recommendations => cues::announces_one(&lead),
        Role::Chapter | Role::Apart => false,
    }
}

/// Words by which a paragraph begins that says what was learnt.
static LEARNING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:what (?:this|that|it) (?:tells|teaches|taught|means?)\b|what (?:does|did) (?:this|it) (?:tell|teach|mean)\b|what (?:we|i|can be|is to be|was) (?:have |has been )?learn|so what$|(?:the )?(?:key |main |practice |system |systems |wider |organisational |multi-agency )*(?:learning|lessons?)(?: points?)?(?: (?:for|from|about|here|identified|arising|in|of|to be)\b.*)?$|dysgu$|gwers$)")
        .expect("the pattern of what announces lessons compiles")
});

fn draft(line: &Line<'_>, body: &str, confidence: f32) -> Draft {
    Draft {
        label: None,
        pieces: vec![body.to_owned()],
        at: line.at,
        start: line.index,
        section: line.section,
        stem: None,
        owner: None,
        confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_announce_what_they_are() {
        check(
            "Learning: A child of eight does not fail to attend.",
            Role::Lessons,
            Some("A child of eight does not fail to attend."),
        );
        check(
            "Lesson. A young person who has grown up in care",
            Role::Lessons,
            Some("A young person who has grown up in care"),
        );
        check(
            "What this tells us: Advice given is not risk understood.",
            Role::Lessons,
            Some("Advice given is not risk understood."),
        );
        check(
            "Good practice. The nurse saw her within a day.",
            Role::GoodPractice,
            Some("The nurse saw her within a day."),
        );
        check(
            "So what? Advice given is not risk understood.",
            Role::Lessons,
            Some("Advice given is not risk understood."),
        );
        check(
            "Learning for health services: Advice given is not risk understood.",
            Role::Lessons,
            Some("Advice given is not risk understood."),
        );
        check(
            "What did the mother say? She said that all was well.",
            Role::Lessons,
            None,
        );
        check("Learning from reviews is hard.", Role::Lessons, None);
        check("Lessons were learned about this.", Role::Lessons, None);
    }

    #[track_caller]
    fn check(line: &str, role: Role, expected: Option<&str>) {
        assert_eq!(after_announcement(line, role), expected, "line: {line:?}");
    }
}
