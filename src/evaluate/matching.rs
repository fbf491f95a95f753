//! When two texts, dates or labels are the same.
//!
//! In: what was known and what was found. Out: how far they agree. Each rule
//! is the reference scorer's, oddities included, because the two must agree to
//! the last digit.

use std::collections::{HashMap, HashSet};

/// Least overlap of two items that are the same.
const SAME_ITEM: f64 = 0.8;

/// Words of a number as recommendations print them.
const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// What may stand before a label, tried in this order.
const LABEL_WORDS: [&str; 4] = ["recommendation", "rec", "r", "action"];

/// The words of a text: runs of ASCII letters and digits, lower case, with
/// apostrophes left out and ligatures undone.
pub(super) fn tokens(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default()
        .to_lowercase()
        .replace('ﬁ', "fi")
        .replace('ﬂ', "fl")
        .replace(['’', '\''], "")
        .split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Token F1 of two texts, from 0 to 1; 0 when either has no words.
pub(super) fn overlap(a: &[String], b: &[String]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in a {
        *left.entry(word).or_default() += 1;
    }
    let is_shared = |word: &&String| match left.get_mut(word.as_str()) {
        Some(n @ 1..) => {
            *n -= 1;
            true
        }
        _ => false,
    };
    let shared = b.iter().filter(is_shared).count();
    2.0 * shared as f64 / (a.len() + b.len()) as f64
}

/// Pairs of places in `gold` and `found` whose texts are the same: one to one,
/// best first, of equals the last.
pub(super) fn pair_up(gold: &[Vec<String>], found: &[Vec<String>]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (i, known) in gold.iter().enumerate() {
        for (j, text) in found.iter().enumerate() {
            let agreement = overlap(known, text);
            if agreement >= SAME_ITEM {
                candidates.push((agreement, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let (mut used_gold, mut used_found) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (_, i, j) in candidates {
        if !used_gold.contains(&i) && !used_found.contains(&j) {
            used_gold.insert(i);
            used_found.insert(j);
            pairs.push((i, j));
        }
    }
    pairs
}

/// Whether a found date is right: it may be finer than the gold one, and
/// coarser only by the day.
pub(super) fn dates_agree(gold: &str, found: &str) -> bool {
    let is_month_of_day = gold.len() > 7 && found.len() == 7 && gold.starts_with(found);
    !found.is_empty() && (found.starts_with(gold) || is_month_of_day)
}

/// A label without the words and punctuation around it: `Recommendation 3.`
/// and `R3` are `3`, `two` is `2`.
pub(super) fn plain_label(label: Option<&str>) -> String {
    let label = label.unwrap_or_default().trim().to_lowercase();
    let plain = without_label_word(&label).trim_matches([' ', '.', ':', '(', ')']);
    let number = NUMBERS.iter().position(|word| *word == plain);
    number.map_or_else(|| plain.to_owned(), |place| (place + 1).to_string())
}

/// Takes off the first of [`LABEL_WORDS`] that something other than white
/// space follows.
fn without_label_word(label: &str) -> &str {
    let is_separator = |c: char| c.is_whitespace() || c == '.' || c == ':';
    for word in LABEL_WORDS {
        match label.strip_prefix(word) {
            Some("") | None => {}
            Some(rest) => return rest.trim_start_matches(is_separator),
        }
    }
    label
}

/// Whether a gold label was counted rather than printed: `u1`, `u2` ….
pub(super) fn is_counted(label: &str) -> bool {
    let digits = label.strip_prefix('u').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_the_words_around_them() {
        let cases = [
            ("3", "3"),
            ("Recommendation 3.", "3"),
            ("Rec: 4.2", "4.2"),
            ("R4", "4"),
            ("r 5", "5"),
            ("Action (6)", "6"),
            (" (7) ", "7"),
            ("Two", "2"),
            ("recommendation twelve", "12"),
            ("B", "b"),
            ("u1", "u1"),
            ("", ""),
            // As the reference scorer has it, which looks for something to
            // follow and takes the next shorter word when nothing does.
            ("r", "r"),
            ("rec", "ec"),
            ("recommendation", "ommendation"),
            ("R.", ""),
            ("action", "action"),
        ];
        for (label, expected) in cases {
            assert_eq!(plain_label(Some(label)), expected, "{label:?}");
        }
    }

    #[test]
    fn a_date_may_be_finer_but_coarser_only_by_the_day() {
        for (gold, found, agree) in [
            ("2021-03", "2021-03", true),
            ("2021-03", "2021-03-14", true),
            ("2021-03-14", "2021-03", true),
            ("2021-03-14", "2021", false),
            ("2021-03", "2021", false),
            ("2021", "2021-11-02", true),
            ("2021", "2020-11-02", false),
            ("2021", "", false),
        ] {
            assert_eq!(dates_agree(gold, found), agree, "{gold} / {found}");
        }
    }

    #[test]
    fn words_are_ascii_runs_without_apostrophes() {
        let words = tokens(Some("The child’s Oﬃcer—ﬁrst, 3.2 naïve"));
        assert_eq!(
            words,
            ["the", "childs", "o", "cer", "first", "3", "2", "na", "ve"]
        );
    }

    #[test]
    fn repeated_words_count_as_often_as_both_have_them() {
        let (a, b) = (tokens(Some("a a a b")), tokens(Some("a a c")));
        assert!((overlap(&a, &b) - 4.0 / 7.0).abs() < f64::EPSILON);
    }

    #[test]
    fn of_equal_pairs_the_last_is_taken() {
        let text = |text| tokens(Some(text));
        let gold = [text("x y z"), text("x y z")];
        let found = [text("x y z"), text("other words"), text("x y z")];
        assert_eq!(pair_up(&gold, &found), [(1, 2), (0, 0)]);
    }
}
