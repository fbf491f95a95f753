use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use lessons::search::Names;
use lessons::search::request::Facet;
use lessons::vocabulary::Vocabulary;
use regex::Regex;

const MESSAGES: &str = "src/web/messages/cy.toml";
const ENGLISH_PROSE: &str = "src/web/prose/en";
const WELSH_PROSE: &str = "src/web/prose/cy";

/// A literal of Rust, or of a template.
const LITERAL: &str = r#""((?:[^"\\]|\\.)*)""#;

/// What reads like words for people and is none: searches to begin with.
const NOT_SAID: [&str; 3] = [
    "late booking",
    "\"professional curiosity\"",
    "information sharing with GPs",
];

/// Single words that are said through a variable and read like ids.
const SAID_UNSEEN: [&str; 6] = [
    "answers",
    "file",
    "newest",
    "oldest",
    "recommendations",
    "reviews",
];

#[test]
fn everything_that_is_said_has_its_welsh() {
    let welsh = messages();
    let missing = said()
        .into_iter()
        .filter(|(english, _)| !welsh.contains_key(english))
        .map(|(english, place)| format!("{place}: {MESSAGES} has no {english:?}"));
    none(&missing.collect::<Vec<_>>());
}

#[test]
fn nothing_is_translated_that_is_not_said() {
    let labels = labels();
    let sources: Vec<String> = sources()
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let is_used = |english: &String| {
        let literal = format!("\"{}\"", english.replace('"', "\\\""));
        labels.contains(english) || sources.iter().any(|text| text.contains(&literal))
    };
    let left_over = messages()
        .into_keys()
        .filter(|english| !is_used(english))
        .map(|english| format!("{MESSAGES}: nothing says {english:?}"));
    none(&left_over.collect::<Vec<_>>());
}

#[test]
fn both_languages_have_the_same_places_to_fill() {
    let places = |text: &str| text.matches("{}").count();
    let faults = messages()
        .into_iter()
        .filter(|(english, welsh)| places(english) != places(welsh) || welsh.trim().is_empty())
        .map(|(english, welsh)| format!("{MESSAGES}: {english:?} = {welsh:?}"));
    none(&faults.collect::<Vec<_>>());
}

#[test]
fn pages_of_text_are_alike_in_both_languages_but_for_their_words() {
    let mut faults = Vec::new();
    for file in files_under(Path::new(ENGLISH_PROSE), "html") {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let english = fs::read_to_string(&file).unwrap();
        let Ok(welsh) = fs::read_to_string(Path::new(WELSH_PROSE).join(&name)) else {
            faults.push(format!("{WELSH_PROSE}/{name} is missing"));
            continue;
        };
        if english == welsh {
            faults.push(format!("{WELSH_PROSE}/{name} is still in English"));
        }
        let (expected, found) = (unspoken(&led_to_welsh(&english)), unspoken(&welsh));
        let differ = expected
            .iter()
            .zip(&found)
            .find(|(one, other)| one != other);
        if let Some((expected, found)) = differ {
            faults.push(format!("{WELSH_PROSE}/{name}: {found} for {expected}"));
        } else if expected.len() != found.len() {
            faults.push(format!("{WELSH_PROSE}/{name}: tags were added or left out"));
        }
    }
    none(&faults);
}

/// Welsh by English.
fn messages() -> BTreeMap<String, String> {
    toml::from_str(&fs::read_to_string(MESSAGES).unwrap()).unwrap()
}

/// What code and vocabulary say in English, each with one of its places.
fn said() -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap();
        let found = if file.extension().is_some_and(|found| found == "html") {
            spoken(&text)
        } else {
            let code = code(&text);
            [spoken(&code), worded(&code)].concat()
        };
        said.extend(
            found
                .into_iter()
                .map(|text| (text, file.display().to_string())),
        );
    }
    said.extend(SAID_UNSEEN.map(|word| (word.to_owned(), "src/web/pages".to_owned())));
    let labels = labels().into_iter();
    said.extend(labels.map(|label| (label, "index/, src/search/names.rs".to_owned())));
    said
}

/// Templates, and the code that gives people their words.
fn sources() -> Vec<PathBuf> {
    let mut sources = files_under(Path::new("src/web/templates"), "html");
    sources.extend(files_under(Path::new("src/web/pages"), "rs"));
    // Caveats and names of facts stand with what they are about.
    let views = ["benchmark", "facts", "trends"];
    sources.extend(views.map(|name| format!("src/web/views/{name}.rs").into()));
    // What each address of the API gives stands beside it.
    sources.push("src/web/api/endpoints.rs".into());
    sources
}

/// What is said outright: `say("…")`, `fill("…"`, and the two of `count`.
fn spoken(text: &str) -> Vec<String> {
    let pair = format!(r"{LITERAL},\s*{LITERAL}");
    let calls = [
        format!(r"\.(?:say|fill)\(\s*{LITERAL}"),
        format!(r#"\.count\([^";]*,\s*{pair}"#),
    ];
    let mut spoken = Vec::new();
    for call in calls {
        for found in Regex::new(&call).unwrap().captures_iter(text) {
            let literals = found.iter().skip(1).flatten();
            spoken.extend(literals.map(|literal| unescaped(literal.as_str())));
        }
    }
    spoken
}

/// Literals that read like words for people, wherever they are said: they
/// begin with a capital, or hold a space after a word.
fn worded(code: &str) -> Vec<String> {
    let literal = Regex::new(LITERAL).unwrap();
    let words = Regex::new(r"^[A-Z]|\p{L}{2}.* ").unwrap();
    let is_said = |before: &str| {
        let before = before.trim_end();
        !before.ends_with("format!(") && !before.ends_with("reason =")
    };
    literal
        .captures_iter(code)
        .filter(|found| is_said(&code[..found.get(0).unwrap().start()]))
        .map(|found| unescaped(&found[1]))
        .filter(|text| words.is_match(text) && !NOT_SAID.contains(&text.as_str()))
        .collect()
}

/// Code without comments and without its unit tests.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn unescaped(literal: &str) -> String {
    literal.replace("\\\"", "\"")
}

/// What people read for terms, and when these apply.
fn labels() -> BTreeSet<String> {
    let vocabulary = Vocabulary::load().expect("a vocabulary without faults");
    let names = Names::new(&vocabulary, &[]);
    let mut labels: BTreeSet<String> = Facet::ALL
        .into_iter()
        .flat_map(|facet| names.values(facet))
        .map(|(_, label)| label.to_owned())
        .collect();
    let terms = vocabulary.themes.iter().chain(&vocabulary.agencies);
    labels.extend(terms.filter_map(|term| term.scope.clone()));
    labels
}

/// With links to the Welsh pages; the API is the same for both languages.
fn led_to_welsh(html: &str) -> String {
    html.replace("href=\"/", "href=\"/cy/")
        .replace("href=\"/cy/api/", "href=\"/api/")
}

/// What is no word of a language: tags, code and numbers to call.
fn unspoken(html: &str) -> Vec<String> {
    let unspoken = Regex::new(r#"<code>[^<]*|number">[^<]*|<[^>]*>|\{[a-z]+\}"#).unwrap();
    let found = unspoken.find_iter(html);
    found.map(|part| part.as_str().to_owned()).collect()
}

fn files_under(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_under(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
