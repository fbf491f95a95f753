//! The pseudonyms of those a review is about.
//!
//! In: a [`Reading`], the title, the kind and type. Out: pseudonyms as
//! printed: "Child K", "Baby Alex", "Family M", first names given as
//! pseudonyms. Only those the review is about: not every relative or worker
//! who is given a name.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::metadata::people::{self, People};
use crate::analyse::metadata::pseudonym;
use crate::analyse::metadata::review_type;
use crate::analyse::reading::Reading;
use crate::analyse::text;
use crate::model::analysis::{Cited, Metadata, Source};
use crate::model::capture::LinkContext;
use crate::model::document::Locator;

/// Words of the opening in which a review introduces its subjects.
const OPENING: usize = 1_500;

/// Reads the subjects: from the title, else the front, the link, the opening,
/// or whoever the text speaks of most. The first that names any counts.
pub(super) fn read(
    reading: &Reading<'_>,
    general: &Metadata,
    people: &People,
    type_id: Option<&str>,
) -> Vec<Cited<String>> {
    let mut found = Subjects::default();
    if let Some(title) = &general.title {
        found.add(in_phrase(&title.value, people, reading), title.source, 0.95);
    }
    if found.is_empty() {
        for line in &reading.front.lines {
            found.add(pseudonym::find(line.text), Source::Text(line.at), 0.9);
        }
    }
    if found.is_empty() {
        found.add(in_contexts(reading, people), Source::Link, 0.85);
    }
    if found.is_empty() {
        introduced(reading, people, type_id, &mut found);
    }
    if found.0.is_empty() {
        found.add(
            people.most_mentioned().into_iter().collect(),
            reading.start(),
            0.6,
        );
    }
    if matches!(type_id, Some("dhr" | "susr")) || found.has_group() {
        add_members(people, &mut found);
        add_children(reading, people, &mut found);
    }
    found.finish(general.language.as_deref())
}

/// The subjects so far.
#[derive(Debug, Default)]
struct Subjects(Vec<Cited<String>>);

impl Subjects {
    /// Whether nobody is named yet; the code of a case is no name.
    fn is_empty(&self) -> bool {
        self.0.iter().all(|known| pseudonym::is_case(&known.value))
    }

    /// Whether one of them is a family or a group of siblings, whose members
    /// are subjects too.
    fn has_group(&self) -> bool {
        self.0.iter().any(|subject| {
            let folded = text::fold(&subject.value);
            let is_group = |word: &&str| folded.starts_with(*word) || folded.ends_with(*word);
            ["family", "sibling", "siblings", "children", "teulu"]
                .iter()
                .any(is_group)
        })
    }

    fn add(&mut self, names: Vec<String>, source: Source, confidence: f32) {
        for value in names {
            let folded = text::fold(&value);
            let is_known = self.0.iter().any(|known| {
                let known = text::fold(&known.value);
                known == folded || known.ends_with(&format!(" {folded}"))
            });
            if !is_known {
                self.0.push(Cited {
                    value,
                    source,
                    confidence,
                });
            }
        }
    }

    /// "Wren" is said in "Baby Wren"; of one pseudonym in two languages that in
    /// which the text is written stays.
    fn finish(self, language: Option<&str>) -> Vec<Cited<String>> {
        let all: Vec<String> = self
            .0
            .iter()
            .map(|subject| text::fold(&subject.value))
            .collect();
        let is_said = |name: &str| all.iter().any(|other| other.ends_with(&format!(" {name}")));
        let is_translation = |name: &str| {
            let original = pseudonym::in_other_language(name).map(|other| text::fold(&other));
            let is_own = pseudonym::is_welsh(name) == (language == Some("cy"));
            !is_own && original.is_some_and(|original| all.contains(&original))
        };
        self.0
            .into_iter()
            .filter(|subject| {
                !is_said(&text::fold(&subject.value)) && !is_translation(&subject.value)
            })
            .collect()
    }
}

/// The pseudonyms of a title or heading: "Child K", or first names by which the
/// text goes on to call people.
fn in_phrase(phrase: &str, people: &People, reading: &Reading<'_>) -> Vec<String> {
    let mut coded = pseudonym::find(phrase);
    coded.extend(pseudonym::groups(phrase));
    let is_coded = coded.iter().any(|name| !pseudonym::is_case(name));
    let phrase = pseudonym::without_note(phrase);
    if is_coded {
        // "The death of Rosalind and the experiences of Child Q".
        let beside = said_of(phrase).into_iter();
        coded.extend(beside.filter(|name| people.is_person(name) && !people::is_common(name)));
        return coded;
    }
    let apart = without_review(phrase);
    let alone = names_alone(&apart);
    let names = first_names(phrase, &reading.found.partnership.name);
    coded.extend(names.into_iter().filter(|name| {
        let stands_alone = alone.contains(&name.as_str()) && people.mentions(name) > 1;
        let is_person = people.is_person(name) && !people::is_of_calendar(name);
        stands_alone || is_person
    }));
    coded
}

/// Names that a title says something happened to: "the death of Rosalind".
fn said_of(phrase: &str) -> Vec<String> {
    static OF: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i:\b(?:death|murder|homicide|killing|injury|life|experiences?|case|care|story)\sof\s)(?P<name>[A-Z][a-z]{2,})\b",
        )
        .expect("the pattern of what titles say of somebody compiles")
    });
    let hits = OF.captures_iter(phrase);
    hits.map(|hit| hit["name"].to_owned()).collect()
}

/// A phrase in which bars stand for the kind of review: "Ayesha | - Update" for
/// "Ayesha LCSPR - Update".
fn without_review(phrase: &str) -> String {
    let mut apart = phrase.to_owned();
    let folded = text::fold(phrase);
    if folded.len() == phrase.len() {
        for range in review_type::named_ranges(&folded).into_iter().rev() {
            apart.replace_range(range, "|");
        }
    }
    apart
}

/// The words of those parts of a phrase that are nothing but names: "Ash" in
/// "Ash: Multi-agency action plan".
fn names_alone(phrase: &str) -> Vec<&str> {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[A-Z][\w'’-]+(?:(?:,| and| &| a| ac) [A-Z][\w'’-]+){0,5}$")
            .expect("the pattern of lone names compiles")
    });
    phrase
        .split([':', '–', '—', '|', '.', '(', ')', '"', '“', '”', '‘'])
        .flat_map(|part| part.split(" - "))
        .map(|part| part.trim_matches([' ', '-', '\'', '’']))
        .filter(|part| NAMES.is_match(part))
        .flat_map(|part| part.split([' ', ',']))
        .collect()
}

/// Capitalised words of a phrase that may be first names: not the kind of
/// review, not the publisher, not the first word of a sentence-like title
/// unless the text bears it out later.
fn first_names(phrase: &str, publisher: &str) -> Vec<String> {
    let phrase = people::title_case(phrase);
    let folded = text::fold(&phrase);
    let taken = review_type::named_ranges(&folded);
    let publisher: BTreeSet<String> = text::tokens(publisher).into_iter().collect();
    let mut at = 0;
    let mut names = Vec::new();
    for word in phrase.split(|c: char| !(c.is_alphanumeric() || "-'’/".contains(c))) {
        let start = at;
        at += word.len() + 1;
        let is_taken =
            folded.len() == phrase.len() && taken.iter().any(|range| range.contains(&start));
        let name = word.trim_end_matches("'s").trim_end_matches("’s");
        let name = name.trim_matches(['\'', '’']);
        let is_name = name.len() > 1
            && name.starts_with(char::is_uppercase)
            && name.chars().skip(1).all(|c| c.is_lowercase() || c == '-')
            && !publisher.contains(&name.to_lowercase())
            && !people::is_common(name);
        if is_name && !is_taken && !names.contains(&name.to_owned()) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Pseudonyms in the link, its headings and beside it, if the text knows them
/// or a heading is nothing but the pseudonym. Of several links the one whose
/// pseudonyms the text uses most.
fn in_contexts(reading: &Reading<'_>, people: &People) -> Vec<String> {
    let contexts = reading.found.contexts.iter();
    let mut best: (u32, Vec<String>) = (0, Vec::new());
    for names in contexts.map(|context| in_context(context, reading, people)) {
        let mentions: u32 = names.iter().map(|name| people.mentions(name)).sum();
        if best.1.is_empty() || mentions > best.0 {
            best = (mentions, names);
        }
    }
    best.1
}

fn in_context(context: &LinkContext, reading: &Reading<'_>, people: &People) -> Vec<String> {
    let headings = || context.headings.iter().rev();
    let phrases = context
        .link_text
        .iter()
        .chain(headings())
        .chain(&context.nearby);
    let in_text = phrases
        .map(|phrase| {
            let mut names = in_phrase(phrase, people, reading);
            names.retain(|name| people.mentions(name) > 0);
            names
        })
        .find(|names| !names.is_empty());
    let of_heading = || {
        headings().find_map(|heading| {
            let coded = pseudonym::find(heading);
            let is_all = coded.len() == 1 && text::fold(&coded[0]) == text::fold(heading);
            is_all.then_some(coded)
        })
    };
    in_text.or_else(of_heading).unwrap_or_default()
}

/// "who is called Juniper in this report", "the name Juniper was chosen".
static NAMING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)
        (?i:called|known\sas|referred\sto\s(?:\w+\s){0,4}as|named|pseudonym(?:\sof)?|(?:the|her|his|their)\snames?|call(?:ing)?\s(?:him|her|them))
            \s["“‘']?(?P<a>[A-Z][a-z]+)(?:["”’']?(?:,|\sand)\s["“‘']?(?P<b>[A-Z][a-z]+))?
        | \((?:["“‘'](?P<c>[A-Z][a-z]+)["”’'])\)
        | (?P<d>[A-Z][a-z]+)\s(?i:is|was)\s(?i:not\s(?:his|her|their)\sreal\sname|a\spseudonym|the\sname)"#,
    )
    .expect("the pattern of naming compiles")
});

/// The names that a sentence gives to somebody.
fn named(text: &str) -> Vec<String> {
    let hits = NAMING.captures_iter(text);
    hits.flat_map(|hit| {
        let groups = ["a", "b", "c", "d"].into_iter();
        let names = groups.filter_map(|group| hit.name(group).map(|name| name.as_str().to_owned()));
        names.collect::<Vec<_>>()
    })
    .collect()
}

/// Subjects that only the body names.
fn introduced(reading: &Reading<'_>, people: &People, type_id: Option<&str>, found: &mut Subjects) {
    let mut places: Vec<(String, Locator)> = Vec::new();
    for (at, text) in reading.sentences(OPENING) {
        let named = named(text)
            .into_iter()
            .filter(|name| people.is_person(name));
        for name in pseudonym::find(text).into_iter().chain(named) {
            let may_be = type_id.is_none_or(|id| pseudonym::may_be_subject(&name, id));
            let is_known = places.iter().any(|(known, _)| *known == name);
            if may_be && !people::is_common(&name) && !people::is_of_calendar(&name) && !is_known {
                places.push((name, at));
            }
        }
    }
    let most = places
        .iter()
        .map(|(name, _)| people.mentions(name))
        .max()
        .unwrap_or(0);
    for (name, at) in places {
        let mentions = people.mentions(&name);
        if mentions >= 2 && mentions * 3 >= most {
            found.add(vec![name], Source::Text(at), 0.75);
        }
    }
}

/// Siblings whose codes are that of the group with a number: "S1" and "S2" of
/// "Siblings S", "Child X1" of "Family X".
fn add_members(people: &People, found: &mut Subjects) {
    let groups: Vec<(String, Source)> = found
        .0
        .iter()
        .filter_map(|group| {
            let code = group.value.rsplit(' ').next()?;
            let is_code = code.len() <= 2 && code.chars().all(char::is_uppercase);
            is_code.then(|| (code.to_owned(), group.source))
        })
        .collect();
    for (code, source) in groups {
        let members = (1..=9).filter_map(|number| {
            let member = format!("{code}{number}");
            let called = ["Child", "Sibling", "Baby", "Young Person"].into_iter();
            let mut called = called.map(|word| format!("{word} {member}"));
            let in_full = called.find(|name| people.mentions(name) > 0);
            in_full.or_else(|| (people.mentions(&member) >= 2).then_some(member))
        });
        found.add(members.collect(), source, 0.85);
    }
}

/// The members of a family, and the children of an adult who was killed.
fn add_children(reading: &Reading<'_>, people: &People, found: &mut Subjects) {
    for placed in &reading.outline.blocks {
        let coded = pseudonym::find(&placed.block.text).into_iter();
        let coded = coded.filter(|name| pseudonym::is_numbered_child(name));
        let names = people::children_named(&placed.block.text)
            .into_iter()
            .chain(coded)
            .filter(|name| people.mentions(name) >= 3)
            .filter(|name| !people::is_common(name) && !people::is_of_calendar(name));
        found.add(names.collect(), Source::Text(placed.at), 0.8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_names_are_what_a_title_leaves() {
        check("Serious Case Review: Tamsin and Orla", &["Tamsin", "Orla"]);
        check(
            "Local Child Safeguarding Practice Review: Juniper",
            &["Juniper"],
        );
        check(
            "EDIE: A LOCAL CHILD SAFEGUARDING PRACTICE REVIEW",
            &["Edie"],
        );
        check("Overview Report", &[]);
    }

    #[track_caller]
    fn check(title: &str, expected: &[&str]) {
        assert_eq!(
            first_names(title, "Oakmoor Safeguarding Board"),
            expected,
            "title: {title:?}"
        );
    }
}
