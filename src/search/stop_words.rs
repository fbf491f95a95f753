//! Words that say nothing by themselves.
//!
//! They are indexed, so that phrases hold, and left out of a query's words
//! wherever other words say something.

/// English, folded. Negations and `who`, `before`, `after` stay: "not seen
/// alone" and "before birth" mean something here.
const ENGLISH: &[&str] = &[
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being",
    "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he",
    "her", "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my",
    "of", "on", "or", "our", "she", "should", "so", "some", "such", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "to", "too", "very", "was", "we",
    "were", "what", "when", "where", "which", "while", "will", "with", "would", "you", "your",
];

/// Welsh, folded, apart from those that are English words.
const WELSH: &[&str] = &[
    "ac", "ag", "ar", "at", "am", "bod", "ei", "eu", "fe", "fel", "fod", "gan", "gyda", "hon",
    "hwn", "hyn", "mae", "mewn", "nhw", "oedd", "oes", "og", "os", "roedd", "sydd", "sy", "wedi",
    "wrth", "y", "ym", "yn", "yng", "yr",
];

/// Whether a folded word says nothing by itself.
pub(super) fn is_stop_word(folded: &str) -> bool {
    ENGLISH.binary_search(&folded).is_ok() || WELSH.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_list_is_sorted_and_keeps_words_that_mean_something() {
        assert!(ENGLISH.is_sorted());
        for word in ["not", "no", "who", "before", "after", "alone"] {
            assert!(!is_stop_word(word), "{word}");
        }
        assert!(is_stop_word("the") && is_stop_word("yng"));
    }
}
