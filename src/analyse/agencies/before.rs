//! What stands before a name in a sentence.
//!
//! In: the words before a name. Out: what they say of it: the word that governs
//! it, whether it is one person, whether its clause only tells.

use crate::analyse::text;
use crate::vocabulary::lexicon::Folded;

/// What stands before a name, without its article and the capitalised words
/// that belong to it.
pub(super) fn head_of(before: &str) -> String {
    let mut words: Vec<&str> = before.split_whitespace().collect();
    while let Some(word) = words.last() {
        let lower = word.to_lowercase();
        let is_proper = word.starts_with(char::is_uppercase) && !word.ends_with([',', ':']);
        let opens = words.len() == 1 && (text::is_action_verb(&lower) || is_function_word(&lower));
        if !(is_determiner(&lower) || is_proper) || opens {
            break;
        }
        words.pop();
    }
    Folded::new(&words.join(" ")).text
}

/// Whether a name stands for one person: "a paediatrician".
pub(super) fn is_one_person(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default();
    matches!(last, "a" | "an" | "A" | "An")
}

/// Whether the words just before a name open a clause that only tells: "how the
/// police are to", "to which the school is invited".
pub(super) fn is_in_clause_of_another(before: &str) -> bool {
    const WORDS: &str = "which whom whose where how whether whoever when";
    before
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
        .any(|word| WORDS.split(' ').any(|known| word == known))
}

/// Whether a word only determines the name after it: `the`, `both`, `local`.
pub(super) fn is_determiner(word: &str) -> bool {
    const WORDS: &str = "the a an both all each every local its their any y yr relevant two three five member partner own other individual constituent respective appropriate specialist private independent statutory";
    WORDS.split(' ').any(|known| known == word)
}

fn is_function_word(word: &str) -> bool {
    const WORDS: &str = "with by when where if from in to of for at on that between dylai dylai'r rhaid will could should can would do does is are has have";
    WORDS.split(' ').any(|known| known == word)
}
