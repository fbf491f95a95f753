//! The grammar of coded pseudonyms: "Child K", "Children I and J", "Young
//! Persons A, B and C", "Baby Alex", "Family M", "Plentyn T".
//!
//! In: a text. Out: each pseudonym it prints, in order, lists taken apart.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::metadata::people;

/// What may stand before a code or name, with its singular.
const WORDS: [(&str, &str); 36] = [
    ("Young Persons", "Young Person"),
    ("Young People", "Young Person"),
    ("Young Person", "Young Person"),
    ("Young Adults", "Young Adult"),
    ("Young Adult", "Young Adult"),
    ("Young Woman", "Young Woman"),
    ("Young Man", "Young Man"),
    ("Children", "Child"),
    ("Child", "Child"),
    ("Babies", "Baby"),
    ("Baby", "Baby"),
    ("Infant", "Infant"),
    ("Toddler", "Toddler"),
    ("Families", "Family"),
    ("Family", "Family"),
    ("Siblings", "Siblings"),
    ("Sibling", "Sibling"),
    ("Twins", "Twins"),
    ("Twin", "Twin"),
    ("Adults", "Adult"),
    ("Adult", "Adult"),
    ("Teenager", "Teenager"),
    ("Girl", "Girl"),
    ("Boy", "Boy"),
    ("Person Ifanc", "Person Ifanc"),
    ("Person", "Person"),
    ("Plentyn", "Plentyn"),
    ("Plant", "Plentyn"),
    ("Baban", "Baban"),
    ("Babi", "Babi"),
    ("Teulu", "Teulu"),
    ("Oedolyn", "Oedolyn"),
    ("Mr", "Mr"),
    ("Mrs", "Mrs"),
    ("Ms", "Ms"),
    ("Miss", "Miss"),
];

static CODED: LazyLock<Regex> = LazyLock::new(|| {
    let words = words(|_| true);
    let code = r"(?:[A-Z]{1,3}\d{0,2}|\d{1,2})\b";
    Regex::new(&format!(
        r"\b(?P<word>{words})\s(?P<codes>{code}(?:(?:,\s(?:and\s)?|\s(?:and|&|a|ac)\s){code}){{0,7}})"
    ))
    .expect("the pattern of codes compiles")
});

/// Codes of cases, by which Welsh boards call those a review is about: the
/// board's letters, a number and a year, "WB 3/2019", "SWWP 2/16".
static CASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?P<board>[A-Z]{2,6})\s?\d{1,3}/(?:20)?[12]\d\b")
        .expect("the pattern of case codes compiles")
});
/// Abbreviations of kinds of review.
const REVIEWS: [&str; 10] = [
    "CPR", "APR", "MAPF", "SUSR", "SCR", "SAR", "DHR", "CMR", "LCSPR", "CSPR",
];

/// Named ones: only words that are not often followed by another capital.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let words = words(|word| {
        [
            "Child",
            "Baby",
            "Infant",
            "Family",
            "Siblings",
            "Young Person",
            "Adult",
            "Plentyn",
            "Teulu",
            "Baban",
            "Babi",
        ]
        .contains(&word)
    });
    Regex::new(&format!(
        r#"\b(?P<word>{words})\s["'“‘]?(?P<name>[A-Z][a-z]+)\b"#
    ))
    .expect("the pattern of named pseudonyms compiles")
});

fn words(filter: impl Fn(&str) -> bool) -> String {
    let words: Vec<&str> = WORDS
        .iter()
        .map(|(word, _)| *word)
        .filter(|word| filter(word))
        .collect();
    words.join("|")
}

/// A name without the note that it is none: "Ella (not her real name)".
pub(super) fn without_note(text: &str) -> &str {
    static NOTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\s*[(\[,–-]\s*(?:a pseudonym|pseudonyms?|not (?:his|her|their) real names?|names? (?:has|have) been changed|(?:ffugenw|nid (?:ei|eu) (?:h?enw) iawn))\s*[)\]]?\s*$")
            .expect("the pattern of notes on names compiles")
    });
    NOTE.find(text).map_or(text, |note| &text[..note.start()])
}

/// The coded pseudonyms of a text, in order, each once.
pub(super) fn find(text: &str) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for hit in CASE.captures_iter(text) {
        // "CPR 2/2017" numbers a review and names nobody.
        if !REVIEWS.contains(&&hit["board"]) {
            let start = hit.get(0).map_or(0, |all| all.start());
            found.push((start, hit[0].to_owned()));
        }
    }
    let text = people::title_case(text);
    for hit in CODED.captures_iter(&text) {
        let (Some(word), Some(codes)) = (hit.name("word"), hit.name("codes")) else {
            continue;
        };
        let codes = split(codes.as_str());
        let is_one = codes.len() == 1;
        for code in codes {
            let is_group = ["Siblings", "Twins"].contains(&word.as_str()) && is_one;
            let word = match (word.as_str(), is_group) {
                ("Siblings", false) => "Sibling",
                ("Twins", false) => "Twin",
                (group, true) => group,
                (word, false) => singular(word),
            };
            found.push((
                hit.get(0).map_or(0, |all| all.start()),
                format!("{word} {code}"),
            ));
        }
    }
    for hit in NAMED.captures_iter(&text) {
        let (Some(word), Some(name)) = (hit.name("word"), hit.name("name")) else {
            continue;
        };
        if !people::is_common(name.as_str()) {
            found.push((word.start(), format!("{} {}", word.as_str(), name.as_str())));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    let mut names = Vec::new();
    for (_, name) in found {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Groups named after something: "the Rowan Siblings".
pub(super) fn groups(text: &str) -> Vec<String> {
    static GROUP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b[A-Z][a-z]+ (?:Siblings|Sisters|Brothers|Twins|Children)\b")
            .expect("the pattern of named groups compiles")
    });
    let text = people::title_case(text);
    let found = GROUP.find_iter(&text).map(|hit| hit.as_str());
    found
        .filter(|group| !people::is_common(group.split(' ').next().unwrap_or_default()))
        .map(str::to_owned)
        .collect()
}

/// Whether this is one of numbered children: "Sibling 3", "Child 1".
pub(super) fn is_numbered_child(name: &str) -> bool {
    let Some((word, number)) = name.rsplit_once(' ') else {
        return false;
    };
    [
        "Child",
        "Sibling",
        "Young Person",
        "Infant",
        "Baby",
        "Plentyn",
    ]
    .contains(&word)
        && number.chars().all(|c| c.is_ascii_digit())
}

/// Whether this is the code of a case, beside which its subjects may have names:
/// "WB 3/2019".
pub(super) fn is_case(name: &str) -> bool {
    CASE.find(name).is_some_and(|code| code.as_str() == name)
}

/// Whether somebody of this pseudonym may be the subject of this type of
/// review: an "Adult A" is not the subject of a child's review.
pub(super) fn may_be_subject(name: &str, type_id: &str) -> bool {
    let is_adult = [
        "Adult", "Person ", "Oedolyn", "Sibling ", "Mr ", "Mrs ", "Ms ", "Miss ",
    ]
    .iter()
    .any(|word| name.starts_with(word));
    let is_child = ["Child", "Baby", "Plentyn"]
        .iter()
        .any(|word| name.starts_with(word));
    match type_id {
        "sar" => !is_child,
        "dhr" | "susr" => true,
        _ => !is_adult,
    }
}

/// What the words before a pseudonym are in English and in Welsh.
const TRANSLATED: [(&str, &str); 8] = [
    ("Child", "Plentyn"),
    ("Baby", "Babi"),
    ("Baby", "Baban"),
    ("Family", "Teulu"),
    ("Young Person", "Person Ifanc"),
    ("Adult", "Oedolyn"),
    ("Sibling", "Brawd"),
    ("Sibling", "Chwaer"),
];

/// The same pseudonym in the other language: "Child T" for "Plentyn T".
pub(super) fn in_other_language(name: &str) -> Option<String> {
    TRANSLATED.iter().find_map(|(english, welsh)| {
        let other = |from: &str, to: &str| {
            let code = name.strip_prefix(from)?.strip_prefix(' ')?;
            Some(format!("{to} {code}"))
        };
        other(welsh, english).or_else(|| other(english, welsh))
    })
}

/// Whether the word before the pseudonym is Welsh: "Plentyn T".
pub(super) fn is_welsh(name: &str) -> bool {
    TRANSLATED.iter().any(|(_, welsh)| name.starts_with(welsh))
}

fn singular(word: &str) -> &str {
    WORDS
        .iter()
        .find(|(printed, _)| *printed == word)
        .map_or(word, |(_, singular)| singular)
}

fn split(codes: &str) -> Vec<&str> {
    codes
        .split([',', ' ', '&'])
        .filter(|part| part.chars().any(|c| c.is_uppercase() || c.is_ascii_digit()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_taken_apart() {
        check("Serious Case Review: Child K", &["Child K"]);
        check("Children I and J", &["Child I", "Child J"]);
        check(
            "Young Persons A, B and C",
            &["Young Person A", "Young Person B", "Young Person C"],
        );
        check("SERIOUS CASE REVIEW CHILD L", &["Child L"]);
        check("Family M and Baby Alex", &["Family M", "Baby Alex"]);
        check("Siblings S", &["Siblings S"]);
        check("Siblings 1 and 2", &["Sibling 1", "Sibling 2"]);
        check("Child 'Bo'", &["Child Bo"]);
        check("Adolygiad: Plentyn T", &["Plentyn T"]);
        check("Child S1 and Child BR2", &["Child S1", "Child BR2"]);
        check("Concise Review Re: WB 3/2019", &["WB 3/2019"]);
        check("SWWP2/16 Extended Review", &["SWWP2/16"]);
    }

    #[test]
    fn capitals_that_are_no_pseudonyms() {
        check("CPR 2/2017", &[]);
        check("Version 3, NHS England 4/19", &[]);
        check("Child Protection Conference", &[]);
        check("Local Child Safeguarding Practice Review", &[]);
        check("Family Court, Family Nurse Partnership", &[]);
        check("Adult Social Care", &[]);
        check("Every child is safe", &[]);
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(find(text), expected, "text: {text:?}");
    }
}
