//! Small questions about text that many rules ask.
//!
//! In: text. Out: its words, its sentences, whether it asks for something to
//! be done. Nothing here knows of documents.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

/// Lower case, straight apostrophes, white space folded: the form in which
/// rules compare text.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for c in word.chars().flat_map(char::to_lowercase) {
            folded.push(match c {
                '’' | '‘' | 'ʼ' => '\'',
                '“' | '”' => '"',
                '–' | '—' | '‑' => '-',
                other => other,
            });
        }
    }
    folded
}

/// Words for comparing texts: lower case, letters and digits only.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if !"'’‘".contains(c) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Number of words.
pub(super) fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Share of words in common, from 0 to 1: twice the common words over the sum
/// of both lengths, each word counted as often as it occurs.
pub(super) fn overlap(a: &[String], b: &[String]) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    2.0 * common(a, b) as f32 / (a.len() + b.len()) as f32
}

/// Share of the words of `part` that `whole` holds, from 0 to 1.
pub(super) fn containment(part: &[String], whole: &[String]) -> f32 {
    if part.is_empty() {
        return 0.0;
    }
    common(part, whole) as f32 / part.len() as f32
}

fn common(a: &[String], b: &[String]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in a {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in b {
        if let Some(left) = counts.get_mut(word.as_str())
            && *left > 0
        {
            *left -= 1;
            common += 1;
        }
    }
    common
}

static OBLIGATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?:should|must|ought\sto|shall|needs?\sto|ha(?:s|ve)\sto|will\sneed|(?:is|are)\sto|to\sbe)\b
        | \b(?:is|are)\s(?:asked|urged|invited|recommended|advised|encouraged|requested|required|expected)\b
        | \b(?:recommends?|recommended)\b
        | \bdylai\b | \bdylid\b | \bi\ssicrhau\b | \brhaid\b
        ",
    )
    .expect("the pattern of obligations compiles")
});

/// Whether a text asks for something to be done: `should`, `must`, `is asked
/// to`, `recommends`. The bare imperative is for [`opens_with_action`].
pub(super) fn is_obligation(text: &str) -> bool {
    OBLIGATION.is_match(&fold(text))
}

/// Verbs with which a recommendation opens when its subject stands in the
/// heading above it, or after `To`.
const ACTION_VERBS: &str = "\
abandon accept adapt add address adopt agree allocate amend appoint apply approve arrange ask assess assure audit become \
begin brief bring build cease carry change check circulate clarify co-produce collaborate combine commission communicate compile complete conduct \
confirm consider consult continue convene co-ordinate coordinate create dedicate define deliver demonstrate design designate determine \
develop devise disseminate draw drive eliminate embed enable encourage enforce engage enhance ensure equip escalate establish \
evaluate examine expand explore extend facilitate finalise follow formalise fund gather give guarantee hear highlight hold host \
identify implement improve include increase inform introduce invest invite investigate involve issue keep launch lead learn let \
liaise link lobby maintain make mandate map meet monitor move nominate notify obtain offer organise oversee participate pay pilot plan pool prepare \
prioritise produce promote propose provide publicise publish put raise re-issue re-launch reaffirm realign receive recognise \
reconsider record recruit redesign reduce refer refresh reinforce reissue relaunch remind remove renew repeat replace report request \
require restate restore restructure retain resolve resource respond review revise revisit roll satisfy scope scrutinise secure seek set settle share show \
simplify sit specify standardise stipulate stop streamline strengthen submit supply support survey suspend sustain take target teach test tell track train treat trial \
undertake update upgrade urge use validate widen withdraw work write";

/// Whether a folded word is a verb with which somebody is told to act.
pub(super) fn is_action_verb(word: &str) -> bool {
    ACTION_VERBS.split_whitespace().any(|verb| verb == word)
}

/// Whether a text opens with a verb that tells somebody to act, or with `To`
/// and one, or with `That` and a clause.
pub(super) fn opens_with_action(text: &str) -> bool {
    let folded = fold(text);
    let folded = folded.trim_start_matches(['"', '(', '•', '-', ' ']);
    let mut words = folded
        .split(' ')
        .map(|word| word.trim_end_matches([',', '.', ';', ':']));
    let first = words.next().unwrap_or_default();
    match first {
        "to" => words.next().is_some_and(is_action_verb),
        "that" => true,
        // The Welsh imperative: "gofynnwch", "sicrhewch".
        _ => is_action_verb(first) || first.len() > 5 && first.ends_with("wch"),
    }
}

/// Whether a text asks for something to be done in any of the forms that
/// recommendations take: an obligation, an instruction, or somebody `to` act.
pub(super) fn asks(text: &str) -> bool {
    is_obligation(text) || opens_with_action(text) || names_actor_to_act(text)
}

/// Whether a text undertakes in so many words what somebody is going to do: "The
/// partnership will hold two events".
pub(super) fn undertakes(text: &str) -> bool {
    static WILL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:the|a|an|each|every|all|[a-z'-]+)\b[^.:;?]*?\bwill(?:,[^,]+,)?(?: now| also| each| jointly| together)? (?P<verb>[a-z-]+)")
            .expect("the pattern of undertakings compiles")
    });
    sentences(text).into_iter().any(|sentence| {
        let folded = fold(sentence);
        let undertaken = WILL.captures(&folded);
        undertaken.is_some_and(|found| is_action_verb(&found["verb"]))
    })
}

/// Whether a text says in the present tense what somebody does from now on: `The
/// Partnership keeps a register`, `Midwives and health visitors agree a plan`.
pub(super) fn lays_down(text: &str) -> bool {
    /// The verb comes within the first words.
    const MOST: usize = 24;
    static TOLD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:was|were|had|did|been|has|have|will|would|could)\b")
            .expect("the pattern of tales compiles")
    });
    let folded = fold(sentences(text).first().copied().unwrap_or_default());
    let words: Vec<&str> = folded
        .split([' ', ',', ';', ':'])
        .filter(|word| !word.is_empty())
        .take(MOST)
        .collect();
    let acts = |word: &&str| {
        let stem = word.strip_suffix("es").filter(|stem| is_action_verb(stem));
        let verb = stem.or_else(|| word.strip_suffix('s')).unwrap_or(word);
        is_action_verb(verb)
    };
    !TOLD.is_match(&folded) && words.iter().skip(1).any(acts)
}

/// `Schools to make a safety plan`, `The Board, with its partners, to write`.
fn names_actor_to_act(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').take(24).collect();
    words
        .windows(2)
        .skip(1)
        .any(|pair| pair[0] == "to" && is_action_verb(pair[1].trim_end_matches([',', '.', ';'])))
}

/// The sentences of a text, with their closing punctuation.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '?' | '!') {
            continue;
        }
        let after = text[at + 1..].trim_start_matches(['"', '”', '\'', '’', ')']);
        let end = text.len() - after.len();
        let breaks = after.is_empty()
            || (after.starts_with(char::is_whitespace)
                && after
                    .trim_start()
                    .starts_with(|next: char| !next.is_lowercase())
                && !is_abbreviation(&text[start..at]));
        if breaks && end > start {
            sentences.push(text[start..end].trim());
            start = end;
        }
    }
    let last = text[start..].trim();
    if !last.is_empty() {
        sentences.push(last);
    }
    sentences
}

/// Whether a full stop after this text belongs to an abbreviation or initial.
fn is_abbreviation(text: &str) -> bool {
    let word = text.rsplit([' ', '(']).next().unwrap_or_default();
    let is_initial = word.len() == 1 && word.starts_with(char::is_uppercase);
    is_initial
        || [
            "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "no", "e.g", "i.e", "etc", "para", "vs",
        ]
        .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_that_end_them() {
        check("Dr. Smith came. He left.", &["Dr. Smith came.", "He left."]);
        check(
            "It was 3.2 miles. No. 4 is next?",
            &["It was 3.2 miles.", "No. 4 is next?"],
        );
        check(
            "She said \"go.\" Then went",
            &["She said \"go.\"", "Then went"],
        );
        check("", &[]);
    }

    #[test]
    fn obligations_are_told_from_reports() {
        for text in [
            "The Board should review",
            "Agencies must",
            "The Trust is asked to",
            "Dylai'r Bwrdd",
        ] {
            assert!(is_obligation(text), "{text}");
        }
        for text in ["The Board reviewed its policy", "Shoulder pain"] {
            assert!(!is_obligation(text), "{text}");
        }
        assert!(opens_with_action("To review the protocol"));
        assert!(opens_with_action("Ensure that"));
        assert!(!opens_with_action("The review found"));
    }

    #[test]
    fn overlap_counts_each_word_as_often_as_it_occurs() {
        let (a, b) = (tokens("the child's the plan"), tokens("the childs plan"));
        assert!((overlap(&a, &b) - 6.0 / 7.0).abs() < 1e-6);
        assert!((containment(&b, &a) - 1.0).abs() < 1e-6);
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(sentences(text), expected, "text: {text:?}");
    }
}
