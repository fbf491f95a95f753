//! What a column, a sub-heading or a run-in label announces: the
//! recommendation, what was done, who leads.
//!
//! In: the words that head a column or open a passage. Out: the [`Column`]
//! they mean, or `None`. What stands under them is for the rules that read
//! tables and answers.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::text;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    /// The number or code of the recommendation.
    Number,
    /// The recommendation.
    Recommendation,
    /// The finding, theme or lesson that it comes from.
    Finding,
    /// What is to be done, or was done.
    Action,
    /// How far it has got: what was done, in a plan that says apart what was
    /// to be done.
    Progress,
    /// What difference it made.
    Impact,
    /// What is still to be done.
    Next,
    /// Who answers for it.
    Owner,
    /// By when.
    Due,
    /// When it was finished; empty while it is not.
    Finished,
    /// Status, rating, colour.
    Status,
    /// Whether the recommendation was accepted.
    Acceptance,
    /// How it is known.
    Evidence,
    /// How success would be told: intended outcomes, measures.
    Measure,
}

/// Longer texts head nothing.
const MAX_HEADER_WORDS: usize = 12;

/// Words that head columns, the first that fits wins: what is narrow stands
/// before what is wide ("date completed" before "date", "action lead" before
/// "action").
const HEADERS: [(Column, &str); 23] = [
    (
        Column::Number,
        r"^(?:no|n[°º]|nr|ref|reference|#|number|num|id|item|r|rec|rif|rhif|(?:rec|recs|recommendation|action|finding|plan|argymhelliad)\W* (?:no|number|ref|reference|#|id)|(?:no|number|rhif)\W* (?:of |yr )?(?:recommendation|rec|argymhelliad))$",
    ),
    (
        Column::Measure,
        r"success|intended|desired|anticipated|expected (?:outcome|impact|result|benefit)|planned outcome|target outcome|how will (?:we|you|it)|how (?:we|you) (?:will|shall) (?:know|measure)|what will (?:be different|good look)|what (?:does )?good look|\bmeasures?\b|\bkpis?\b|\baims?\b|\bobjectives?\b|\bgoals?\b|\bsought\b|what (?:do )?we want",
    ),
    (
        Column::Impact,
        r"\bimpact|\bdifference|(?:what )?(?:has|have|is|'s) (?:it )?(?:changed|different)|what changed|\bworked\b|\bworking\?|what is better|benefits?\b|so what|\beffaith|wahaniaeth",
    ),
    (
        Column::Evidence,
        r"\bevidence|\bassur|how (?:do )?we know|how (?:it is|is it) known|verif|\btystiolaeth",
    ),
    (
        Column::Finished,
        r"(?:date|when|day)\W* (?:it was )?(?:completed|closed|achieved|finished|signed off)|(?:completed|closed|finished) (?:on|date)|actual (?:completion|date)|date of (?:completion|sign[ -]off)|^signed[ -]off(?: on| date)?$",
    ),
    (
        Column::Status,
        r"\bstatus\b|\bb?rag\b|\br ?/ ?a ?/ ?g\b|^[a-z](?: ?/ ?[a-z]){1,5}$|^state$|\brating|\bgrad(?:e|ing)\b|\bcolour|^complete[d?]*$|^% ?complete|^(?:per ?cent|percentage) complete|^(?:is it )?(?:done|achieved|complete|on track)\?|\bstatws|traffic light",
    ),
    (
        Column::Acceptance,
        r"^(?:is it |was it )?accept(?:ed|ance)?\b.{0,20}$|^agreed\?*$|accepted or|accepted/|\bderbyn",
    ),
    (
        Column::Owner,
        r"\bleads?\b|\bleading|\bown(?:er|ers|ed|ership)\b|responsib|by whom|\bwho\b|accountab|assigned|allocated|\bsponsor|arweinydd|cyfrifol",
    ),
    (
        Column::Progress,
        r"\bto date\b|\bso far\b|\bgot to\b|\b(?:milestones?|actions?|outcomes?|steps?) (?:achieved|reached|met|completed)\b",
    ),
    (
        Column::Due,
        r"by when|^when|time ?-?(?:scale|frame|line|table)|deadline|\btarget|\bdue\b|\bdates?\b|^by$|erbyn|\bdyddiad|amserlen",
    ),
    (
        Column::Next,
        r"\bnext\b|\bahead\b|\bleft\b|\bnot (?:yet )?(?:been )?(?:done|managed|finished)|\bremain|\bstill\b|\boutstanding|\bfurther\b|\bfuture|what more|\bmore will\b|\bto do\b|planned work|nesaf|\bgoing forward",
    ),
    (
        Column::Action,
        r"\bto be taken\b|\bwe (?:said|promised|would|undertook)\b|\bactions? (?:required|needed|agreed|planned|proposed|identified)\b|\b(?:required|agreed|planned|proposed|intended) actions?\b",
    ),
    (
        Column::Recommendation,
        r"\brecommend|we were asked|(?:actions?|points?|measures?) (?:in|from|of|set by) the (?:review|report)|you (?:said|told us|asked)|(?:review|reviewers?|report|panel|families|children) (?:said|says|asked|found|told|recommended|wanted)|what (?:was|were|is) asked|\bargymhell",
    ),
    (
        Column::Progress,
        r"\bprogress|\bupdate|\bdone\b|\bdid\b|\btaken\b|\bachieved|\bcompleted\b|\bcommentary|\bcomments?\b|\bposition\b|where (?:we are|are we|things stand|it stands)|what (?:has )?happened|how far|\bcynnydd|gymerwyd|wnaed|wnaethom",
    ),
    (
        Column::Status,
        r"\bassessment$|\bjudge?ment$|\bcomplete\b|^position$|\bverdict",
    ),
    (
        Column::Action,
        r"\bactions?\b|\bcommitments?\b|\bundertakings?\b|\bresponses?\b|\btasks?\b|\bactivit|\bsteps?\b|what we (?:will|shall|are|plan)|what (?:will|is|are|needs?)\b|\bmilestones?|\bhow\b|\bcam(?:au)?\b|gweithred|ymateb|\banswer",
    ),
    (
        Column::Owner,
        r"\bagenc|\borganisation|\bofficers?\b|\bpartners?$|\bservice$|asiantaeth",
    ),
    (
        Column::Finding,
        r"\bfindings?\b|\bthemes?\b|\blearning\b|\blessons?\b|\bissues?\b|\bareas?\b|\bpriorit|\btopic|\bchallenge|canfyddiad|\bthema",
    ),
    (
        Column::Impact,
        r"\boutcomes?\b|\bresults?\b|\beffect|canlyniad",
    ),
    (Column::Next, r"\bplans?\b|\bplanned\b|\bhappens now\b"),
    (Column::Progress, r"\bnotes?\b|\bcurrent\b"),
    (Column::Recommendation, r"^the ask$|^asks?$"),
    (Column::Measure, r"^why\b"),
];

/// Words that a sub-heading or run-in label may hold beside those that decide.
const FILLERS: &str = "\
a about above achieved action actions actually after again agencies agency ahead all already an and any are as asked at \
b be been being board brief by c can change changed changes children council councils did do does doing done each \
families far following for found from further future get getting go going got had happen happened happens has have heard here \
how i i'm if improvement improvements in into is it it's its key know known lead leading leads let local made main make \
makes making many more most much need needed needs next not now of officer on organisation our out over own panel part \
partner partners partnership partnerships people person plan plans practice progress reached recommendation \
recommendations remaining report response responses responsible review reviewer reviewers safeguarding said say says \
services should since so some staff statement step steps still summary taken taking than that that's the their them \
then there these they this those to together told up us was we we'll we're we've were what what's when where which will \
with work yet you your yr y i'r ein beth wedi'i wedi sydd gan ac a'r pa mae rydym rydyn ni yw ei eu hyn wneud nawr hyd";

static COMPILED: LazyLock<Vec<(Column, Regex)>> = LazyLock::new(|| {
    HEADERS
        .iter()
        .map(|(column, pattern)| {
            let pattern = Regex::new(pattern).expect("the patterns of column headings compile");
            (*column, pattern)
        })
        .collect()
});

/// What a column is about, by the text of its header cell; `None` when no word
/// of it says.
pub(super) fn of_header(header: &str) -> Option<Column> {
    let folded = text::fold(without_aside(header));
    let folded =
        folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '#' && c != '?' && c != '%');
    if folded.is_empty() || text::word_count(folded) > MAX_HEADER_WORDS {
        return None;
    }
    find(folded).map(|(column, _)| column)
}

/// Whether a header speaks of what is yet to be done: "What will we do?", "Our
/// commitment", "Action to take". "Action agreed" may have been done since.
pub(super) fn is_promise(header: &str) -> bool {
    static PROMISE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"\b(?:will|shall|going to|commit(?:ment|ments|ted)|undertakings?|promised?|promises)\b|\bto (?:be )?(?:take|taken|do|done)\b|\bactions? (?:required|needed|planned|proposed)\b|\b(?:required|planned|proposed|intended) actions?\b",
        )
        .expect("the pattern of promises compiles")
    });
    PROMISE.is_match(&text::fold(without_aside(header)))
}

/// What a sub-heading or a run-in label announces. Stricter than
/// [`of_header`]: apart from the words that decide it may hold only words that
/// carry no subject, so that "Impact" and "What difference has it made?" pass
/// and "Impact of the pandemic" does not.
pub(super) fn of_label(label: &str) -> Option<Column> {
    let folded = text::fold(label);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '?');
    let folded = strip_number(folded);
    if folded.is_empty() || text::word_count(folded) > MAX_HEADER_WORDS || is_plan_title(folded) {
        return None;
    }
    if REPLY.is_match(folded) {
        return Some(Column::Action);
    }
    let (column, decides) = find(folded)?;
    let is_filler = |word: &str| FILLERS.split_whitespace().any(|filler| filler == word);
    let others = format!("{} {}", &folded[..decides.start], &folded[decides.end..]);
    let is_strict = others
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .all(|word| is_filler(word) || find(word).is_some());
    (is_strict && column != Column::Number).then_some(column)
}

/// "Board response", "Health and police reply": whoever it is that answers.
static REPLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[\w'&/-]+ ){0,4}(?:responses?|reply|answer)$")
        .expect("the pattern of replies compiles")
});

/// A header without the key or instruction in brackets at its end: `RAG (red =
/// not started, amber = begun)`.
pub(super) fn without_aside(header: &str) -> &str {
    match header.split_once('(') {
        Some((head, aside)) if !head.trim().is_empty() && text::word_count(aside) > 2 => head,
        _ => header,
    }
}

fn find(folded: &str) -> Option<(Column, std::ops::Range<usize>)> {
    COMPILED.iter().find_map(|(column, pattern)| {
        Some((*column, whole_words(folded, pattern.find(folded)?.range())))
    })
}

/// Widens a range to the words it touches.
fn whole_words(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let is_letter = |c: char| c.is_alphanumeric();
    let start = text[..range.start]
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_letter(*c))
        .last()
        .map_or(range.start, |(at, _)| at);
    let end = text[range.end..]
        .find(|c| !is_letter(c))
        .map_or(text.len(), |length| range.end + length);
    start..end
}

/// `2. The impact these actions have had` without its number.
fn strip_number(folded: &str) -> &str {
    let rest = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')');
    rest.trim_start()
}

/// The title of a plan or list, which announces no part of one answer.
fn is_plan_title(folded: &str) -> bool {
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"action plans?\b|^(?:the |our |list of )?recommendations\b|^summary|progress report",
        )
        .expect("the pattern of plan titles compiles")
    });
    TITLE.is_match(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_by_their_narrowest_word() {
        for (header, column) in [
            ("Rec no.", Column::Number),
            ("What the review recommended", Column::Recommendation),
            ("Action lead", Column::Owner),
            ("Action to be taken", Column::Action),
            ("Progress to date", Column::Progress),
            ("Date completed", Column::Finished),
            ("Intended outcome", Column::Measure),
            ("What difference has it made?", Column::Impact),
            ("Still to do", Column::Next),
            ("RAG", Column::Status),
        ] {
            assert_eq!(of_header(header), Some(column), "header: {header:?}");
        }
        assert_eq!(of_header("Postcode"), None);
    }

    #[test]
    fn labels_carry_no_subject_of_their_own() {
        for (label, column) in [
            ("2. The impact these actions have had", Column::Impact),
            ("What more will be done", Column::Next),
            ("LSCB response", Column::Action),
        ] {
            assert_eq!(of_label(label), Some(column), "label: {label:?}");
        }
        for text in [
            "Impact of the pandemic",
            "Action plan",
            "How progress is checked",
        ] {
            assert_eq!(of_label(text), None, "text: {text:?}");
        }
    }
}
