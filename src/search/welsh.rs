//! The forms that a Welsh word takes after other words.
//!
//! In: a folded word as typed, mutated or not. Out: the other forms of the
//! same word. Soft, nasal and aspirate mutation and the `h` before vowels are
//! regular, so the forms follow from the first letters; what a mutated form
//! came from is only a guess, and every guess is given.

/// Radical, and what it becomes: soft, nasal, aspirate.
const MUTATIONS: [(&str, &[&str]); 10] = [
    ("c", &["g", "ngh", "ch"]),
    ("p", &["b", "mh", "ph"]),
    ("t", &["d", "nh", "th"]),
    ("g", &["", "ng"]),
    ("b", &["f", "m"]),
    ("d", &["dd", "n"]),
    ("ll", &["l"]),
    ("m", &["f"]),
    ("rh", &["r"]),
    ("ts", &["j"]),
];

/// Shorter words have too many look-alikes.
const SHORTEST: usize = 4;

/// Other forms of a word: it mutated, and what it may be a mutation of with all
/// that has. Without the word itself, in no order that matters.
pub(super) fn forms(word: &str) -> Vec<String> {
    if word.len() < SHORTEST || !word.is_ascii() {
        return Vec::new();
    }
    let mut forms = mutated(word);
    for radical in radicals(word) {
        forms.extend(mutated(&radical));
        forms.push(radical);
    }
    forms.sort();
    forms.dedup();
    forms.retain(|form| form != word && form.len() >= SHORTEST - 1);
    forms
}

/// The mutated forms of a radical word.
fn mutated(word: &str) -> Vec<String> {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'w', 'y']) {
        return vec![format!("h{word}")];
    }
    let is_digraph = |initial: &str| {
        // `ch`, `dd`, `ph`, `th` and `ng` are letters of their own.
        initial.len() == 1
            && ["ch", "dd", "ph", "th", "ng", "ll", "rh", "ts"]
                .iter()
                .any(|d| word.starts_with(d))
    };
    let mut forms = Vec::new();
    for (initial, becomes) in MUTATIONS {
        if let Some(rest) = word.strip_prefix(initial)
            && !is_digraph(initial)
        {
            forms.extend(becomes.iter().map(|mutation| format!("{mutation}{rest}")));
        }
    }
    forms
}

/// What a word may be a mutated form of.
fn radicals(word: &str) -> Vec<String> {
    let mut radicals = Vec::new();
    for (initial, becomes) in MUTATIONS {
        for mutation in becomes.iter().filter(|mutation| !mutation.is_empty()) {
            if let Some(rest) = word.strip_prefix(mutation) {
                radicals.push(format!("{initial}{rest}"));
            }
        }
    }
    if let Some(rest) = word.strip_prefix('h')
        && rest.starts_with(['a', 'e', 'i', 'o', 'u', 'w', 'y'])
    {
        radicals.push(rest.to_owned());
    }
    // Soft mutation drops a `g`: `gofal` becomes `ofal`, `gwasanaeth` `wasanaeth`.
    if word.starts_with(['a', 'e', 'i', 'l', 'o', 'r', 'u', 'w', 'y']) {
        radicals.push(format!("g{word}"));
    }
    radicals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_leads_to_its_mutations_and_they_lead_to_it() {
        for (word, others) in [
            ("plentyn", &["blentyn", "mhlentyn", "phlentyn"][..]),
            ("cymorth", &["gymorth", "nghymorth", "chymorth"]),
            ("teulu", &["deulu", "nheulu", "theulu"]),
            ("gwasanaeth", &["wasanaeth", "ngwasanaeth"]),
            ("bwrdd", &["fwrdd", "mwrdd"]),
            ("diogelu", &["ddiogelu", "niogelu"]),
            ("llety", &["lety"]),
            ("mamau", &["famau"]),
            ("rhieni", &["rieni"]),
            ("ysgol", &["hysgol"]),
        ] {
            let found = forms(word);
            for other in others {
                assert!(
                    found.iter().any(|form| form == other),
                    "{word} -> {other}: {found:?}"
                );
                let back = forms(other);
                assert!(
                    back.iter().any(|form| form == word),
                    "{other} -> {word}: {back:?}"
                );
            }
        }
    }

    #[test]
    fn short_words_are_left_alone() {
        assert!(forms("gp").is_empty());
        assert!(forms("cam").is_empty());
    }
}
