//! Whole documents in a few lines, read the whole way: what each is, and what
//! is read from it, against what a careful reader notes.
//!
//! The files under `tests/fixtures/samples` hold the samples. `=== NAME` opens
//! one; then come lines `KEY: VALUE`; after a blank line the text as
//! [`sample::file`] takes it, with `~~~` for a new page. `nation`, `page`,
//! `link`, `near` and `headings` (parted by ` > `) say how it was found; `body`
//! what follows the text, `fill` whom that speaks of, `says` what it calls
//! itself, `tail` its last line. Every other key is a fact expected: several
//! values parted by `; `, `none` for a blank. A fact not named is not asked.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::analyse::sample::{self, Sample};
use crate::model::analysis::Analysis;
use crate::vocabulary::Vocabulary;

const REVIEW: &str = "\
# 1. Introduction
The panel met five times. The lead reviewer spoke with SUBJECT's family. This SAYS looks at what services knew about SUBJECT.
# 2. Terms of reference
The period under review is two years before the incident.
# 3. Methodology
Agencies gave their records and practitioners met for a day.
# 4. The family
SUBJECT lived at home with relatives. SUBJECT liked music.
# 5. Narrative of events
SUBJECT was seen by the nurse and by the school.
# 6. Analysis
Nobody asked SUBJECT what life was like.
# 7. Findings
The assessments were late.
# 8. Recommendations
The Partnership should ask about this again in a year.";

const OF_CHILDREN: &str = "\
# 1. Introduction
The panel met five times. The review looks at what services knew about the children.
# 2. Terms of reference
The period under review is two years before the incident.
# 3. Methodology
Agencies gave their records and practitioners met for a day.
# 4. Narrative of events
The children were seen by the nurse and by the school.
# 5. Analysis
Nobody asked the children what life was like.
# 6. Findings
The assessments were late.
# 7. Recommendations
The Partnership should ask about this again in a year.";

const TALK: &str = "\
The review of what happened to SUBJECT was published by the partners. It found that services did not share what they knew.
SUBJECT was seen often and heard seldom. Everybody who works with families should read it and talk about it in their team.
Think about a child you know. Who speaks to that child alone? Talk about it in supervision and write down what you will do.";

const PLAN: &str = "\
| Recommendation | Action | Lead | Due | Progress | RAG
| 1. Ask about fathers in every assessment | Forms changed for everybody | Head of service | June | Forms in use since May | Green
| 2. Check how reports are shared by agencies | Audit of forty cases after the review of SUBJECT | Police | July | Audit under way | Amber";

const ANSWERS: &str = "\
The partners thank the reviewer and accept what the review says about SUBJECT.
Recommendation 1: The partners should ask about fathers.
We have changed our forms. This action is complete.
Recommendation 2: The partners should check how reports are shared.
We have begun an audit, which is in progress.
Recommendation 3: The partners should write to the Panel.
We have written. This action is complete and has been assured by the Board.";

/// A sample and the facts expected of it.
struct Case {
    name: String,
    keys: HashMap<String, String>,
    text: String,
}

fn cases(file: &str) -> Vec<Case> {
    let cases = file.split("\n=== ").skip(1);
    cases
        .map(|case| {
            let (head, text) = case.split_once("\n\n").unwrap_or((case, ""));
            let (name, keys) = head.split_once('\n').unwrap_or((head, ""));
            let keys = keys.lines().map(|line| {
                let (key, value) = line.split_once(':').expect("KEY: VALUE");
                (key.trim().to_owned(), value.trim().to_owned())
            });
            Case {
                name: name.to_owned(),
                keys: keys.collect(),
                text: text.to_owned(),
            }
        })
        .collect()
}

impl Case {
    fn key(&self, key: &str) -> &str {
        self.keys.get(key).map_or("", String::as_str)
    }

    fn sample(&self) -> Sample {
        let subjects = self.key("subjects").split("; ").next().unwrap_or_default();
        let subject = match (self.key("fill"), subjects) {
            ("", "" | "none") => "the child",
            ("", subject) => subject,
            (fill, _) => fill,
        };
        let says = match self.key("says") {
            "" => "review",
            says => says,
        };
        let body = match self.key("body") {
            "review" => REVIEW,
            "talk-of-children" => OF_CHILDREN,
            "talk" => TALK,
            "plan" => PLAN,
            "answers" => ANSWERS,
            _ => "",
        };
        let body = body.replace("SUBJECT", subject).replace("SAYS", says);
        let text = format!("{}\n{body}\n{}", self.text.trim_end(), self.key("tail"));
        let mut sample = sample::file(&text.replace("\n~~~\n", "\n---\n"));
        if !self.key("nation").is_empty() {
            sample = sample.of(self.key("nation"));
        }
        if self.key("page") == "yes" {
            sample = sample.on_site();
        }
        let headings: Vec<&str> = self.key("headings").split(" > ").collect();
        let headings = if headings == [""] {
            &[][..]
        } else {
            &headings[..]
        };
        if !(self.key("link").is_empty() && self.key("near").is_empty() && headings.is_empty()) {
            sample = sample.linked(self.key("link"), headings, self.key("near"));
        }
        sample
    }
}

/// The facts of an analysis, as these files write them.
fn facts(analysis: &Analysis) -> HashMap<&'static str, String> {
    let data = &analysis.metadata;
    let text = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
    let list = |values: Vec<&str>| {
        let mut values = values;
        values.sort_unstable();
        if values.is_empty() {
            "none".to_owned()
        } else {
            values.join("; ")
        }
    };
    let titles = data.title.as_ref().map(|cited| cited.value.clone());
    let review_type = data
        .review_type
        .as_ref()
        .map(|cited| cited.value.to_string());
    let published = data.published.as_ref().map(|cited| cited.value.to_string());
    HashMap::from([
        ("kind", analysis.kind.id().to_owned()),
        ("title", text(titles)),
        ("type", text(review_type)),
        ("published", text(published)),
        (
            "author",
            text(data.author.as_ref().map(|cited| cited.value.clone())),
        ),
        (
            "subjects",
            list(data.subjects.iter().map(|cited| &*cited.value).collect()),
        ),
        (
            "criteria",
            list(
                data.criteria
                    .iter()
                    .map(|cited| cited.value.as_str())
                    .collect(),
            ),
        ),
        (
            "ages",
            list(
                data.age_bands
                    .iter()
                    .map(|cited| cited.value.as_str())
                    .collect(),
            ),
        ),
        (
            "recommendations",
            analysis.findings.recommendations.len().to_string(),
        ),
    ])
}

/// Reads every sample and lists what is not as expected, all at once.
#[track_caller]
fn check(file: &str) {
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    let mut faults = String::new();
    for case in cases(file) {
        let analysis = case.sample().analyse(&vocabulary);
        for (key, found) in facts(&analysis) {
            let Some(expected) = case.keys.get(key) else {
                continue;
            };
            let mut expected: Vec<&str> = expected.split("; ").collect();
            if matches!(key, "subjects" | "criteria" | "ages") {
                expected.sort_unstable();
            }
            let expected = expected.join("; ");
            if expected.to_lowercase() != found.to_lowercase() {
                let why = if key == "kind" {
                    format!("{:?}", analysis.warnings)
                } else {
                    String::new()
                };
                writeln!(
                    faults,
                    "{}\n    {key}: {found:?}, expected {expected:?} {why}",
                    case.name
                )
                .expect("a String takes all");
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn fronts() {
    check(include_str!("../../tests/fixtures/samples/fronts.txt"));
}

#[test]
fn kinds() {
    check(include_str!("../../tests/fixtures/samples/kinds.txt"));
}

#[test]
fn cases_and_children() {
    check(include_str!("../../tests/fixtures/samples/cases.txt"));
}

#[test]
fn more_fronts_lists_and_openings() {
    check(include_str!("../../tests/fixtures/samples/more.txt"));
}
