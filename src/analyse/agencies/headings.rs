//! How a heading addresses what stands under it.
//!
//! In: a heading and the agencies it mentions. Out: whether it opens the
//! sentence that its items complete, says for whom a list is, or neither.

use crate::analyse::agencies::mentions::Mention;
use crate::analyse::text;
use crate::vocabulary::lexicon::Folded;

/// Whether a heading opens a list of recommendations for whomever they name.
pub(super) fn opens_list(heading: &str) -> bool {
    Folded::new(heading).text.split(' ').any(is_list_word)
}

/// Where the part of a heading begins that may address somebody: where it
/// announces a list, after the word that says for whom it is.
pub(super) fn addressees_start(heading: &str) -> usize {
    let opens = [" for ", " to ", " ar gyfer ", " i "];
    let start = opens.iter().find_map(|word| heading.find(word));
    start.filter(|_| opens_list(heading)).unwrap_or(0)
}

/// How a heading addresses what stands under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    /// It names agencies and says little else, or opens the sentence ("NHS X
    /// should:").
    Agencies,
    /// It says for whom a whole list is: "Recommendations to the Board".
    ListFor,
    /// It addresses nobody.
    Nobody,
}

/// How a heading with these mentions addresses what stands under it.
pub(super) fn address(heading: &str, mentions: &[Mention]) -> Address {
    if mentions.is_empty() {
        return Address::Nobody;
    }
    let folded = Folded::new(heading).text;
    let folded = folded.trim_end_matches([':', '.', '…']);
    let is_lead_in = [
        "should",
        "must",
        " to",
        "to ensure",
        "ensure",
        "ensure that",
        "that",
        " i",
        "will",
    ]
    .iter()
    .any(|end| folded.ends_with(end));
    let others = words_beside(heading, mentions);
    let says_list = others.iter().any(|word| is_list_word(word));
    let is_bare = others
        .iter()
        .all(|word| is_list_word(word) || is_linking_word(word));
    if is_lead_in || (is_bare && !says_list) {
        Address::Agencies
    } else if says_list && (is_bare || text::word_count(heading) <= 40) {
        Address::ListFor
    } else {
        Address::Nobody
    }
}

/// The words of a heading that belong to no mention and to no name.
fn words_beside(heading: &str, mentions: &[Mention]) -> Vec<String> {
    let mut rest = String::new();
    let mut from = 0;
    for mention in mentions {
        rest.push_str(heading.get(from..mention.range.start).unwrap_or_default());
        rest.push(' ');
        from = mention.range.end.max(from);
    }
    rest.push_str(heading.get(from..).unwrap_or_default());
    rest.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .filter(|word| word.starts_with(char::is_lowercase) || is_list_word(&word.to_lowercase()))
        .map(str::to_lowercase)
        .collect()
}

fn is_list_word(word: &str) -> bool {
    const WORDS: &str = "recommendations recommendation actions action considerations consideration questions question proposals strategies learning priorities argymhellion camau ystyriaethau";
    WORDS.split(' ').any(|known| known == word)
}

fn is_linking_word(word: &str) -> bool {
    const WORDS: &str = "for to the and of by from agency agencies single individual multi all services service team teams its with local or other s in on ar gyfer y yr i'r a ac lead leads responsible national regional staff partners";
    WORDS.split(' ').any(|known| known == word)
}
