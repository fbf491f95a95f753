//! Fronts as reviewers print them, and what is read from each.

use super::*;
use crate::analyse::sample::{self, Sample};

const PROSE: &str = "This report was commissioned by the Partnership after the child died at home and it looks at \
    how the services that knew the family worked together, what they knew of the life of the child, what they did \
    about it, and what has to change if other children are to be safer than this one was.";

fn metadata(sample: &Sample, kind: Kind) -> Metadata {
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    sample.read(|reading| read(reading, kind, &vocabulary))
}

/// Title, subjects, review type, author, date.
struct Facts(
    &'static str,
    &'static [&'static str],
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);

#[track_caller]
fn check(sample: &Sample, kind: Kind, expected: &Facts) {
    let found = metadata(sample, kind);
    let title = found.title.as_ref().map(|cited| cited.value.as_str());
    assert_eq!(title, Some(expected.0));
    let subjects: Vec<&str> = found
        .subjects
        .iter()
        .map(|cited| cited.value.as_str())
        .collect();
    assert_eq!(subjects, expected.1);
    let review_type = found.review_type.as_ref().map(|cited| cited.value.as_str());
    assert_eq!(review_type, Some(expected.2));
    let author = found.author.as_ref().map(|cited| cited.value.as_str());
    assert_eq!(author, expected.3);
    let published = found.published.map(|cited| cited.value.to_string());
    assert_eq!(published.as_deref(), expected.4);
}

fn front(lines: &str) -> Sample {
    sample::file(&format!("{lines}\n---\n# 1. Introduction\n{PROSE}"))
}

#[test]
fn a_title_over_several_lines() {
    check(
        &front(
            "SERIOUS CASE REVIEW\nCHILD AB\nOVERVIEW REPORT\nIndependent Author: Jane Roe\nMarch 2015",
        ),
        Kind::Review,
        &Facts(
            "SERIOUS CASE REVIEW: CHILD AB: OVERVIEW REPORT",
            &["Child AB"],
            "scr",
            Some("Jane Roe"),
            Some("2015-03"),
        ),
    );
    check(
        &front(
            "Northshire Safeguarding Children Partnership\n# Local Child Safeguarding Practice Review\n## Child Kestrel\nPublished: 3rd March 2025\nLead Reviewer: Dr Ann Lee",
        ),
        Kind::Review,
        &Facts(
            "Local Child Safeguarding Practice Review: Child Kestrel",
            &["Child Kestrel"],
            "lcspr",
            Some("Dr Ann Lee"),
            Some("2025-03-03"),
        ),
    );
}

#[test]
fn a_title_that_is_a_phrase() {
    check(
        &front(
            "# Lost in plain sight\nA Child Safeguarding Practice Review concerning Child M\nReport by John Doe, independent reviewer\nReport completed May 2021\nDate of publication: 14 February 2022",
        ),
        Kind::Review,
        &Facts(
            "Lost in plain sight: A Child Safeguarding Practice Review concerning Child M",
            &["Child M"],
            "lcspr",
            Some("John Doe"),
            Some("2022-02-14"),
        ),
    );
}

#[test]
fn summaries_and_answers_name_the_review_they_belong_to() {
    check(
        &front(
            "# Northshire Safeguarding Children Partnership's Response to the Local Child Safeguarding Practice Review: Child N\nSeptember 2023",
        ),
        Kind::Response,
        &Facts(
            "Northshire Safeguarding Children Partnership's Response to the Local Child Safeguarding Practice Review: Child N",
            &["Child N"],
            "lcspr",
            None,
            Some("2023-09"),
        ),
    );
    check(
        &front("# 7 Point Briefing\n# SCR Children I and J\n12/05/2019"),
        Kind::Summary,
        &Facts(
            "7 Point Briefing: SCR Children I and J",
            &["Child I", "Child J"],
            "scr",
            None,
            Some("2019-05-12"),
        ),
    );
}

#[test]
fn each_nation_has_reviews_of_its_own() {
    check(
        &front("# SCR: Young Person F\nExecutive Summary\nNovember 2014").of("scotland"),
        Kind::Review,
        &Facts(
            "SCR: Young Person F: Executive Summary",
            &["Young Person F"],
            "significant-case-review",
            None,
            Some("2014-11"),
        ),
    );
    check(
        &front("# Adroddiad Adolygiad Ymarfer Plant Estynedig\nPlentyn B\nAdolygydd: Siân Puw\nCyhoeddwyd 3 Mai 2020").of("wales"),
        Kind::Review,
        &Facts(
            "Adroddiad Adolygiad Ymarfer Plant Estynedig: Plentyn B",
            &["Plentyn B"],
            "cpr-wales",
            Some("Siân Puw"),
            Some("2020-05-03"),
        ),
    );
    check(
        &front("# Case Management Review\nExecutive Summary\nChild O").of("northern-ireland"),
        Kind::Review,
        &Facts(
            "Case Management Review: Executive Summary: Child O",
            &["Child O"],
            "cmr",
            None,
            None,
        ),
    );
}

#[test]
fn adults_are_the_subjects_of_adult_reviews() {
    check(
        &front("# Safeguarding Adults Review: Mr H\nIndependent Author: Jane Roe\n2 June 2021"),
        Kind::Review,
        &Facts(
            "Safeguarding Adults Review: Mr H",
            &["Mr H"],
            "sar",
            Some("Jane Roe"),
            Some("2021-06-02"),
        ),
    );
}

#[test]
fn a_link_tells_what_the_document_does_not() {
    let sample = front("# Action Plan\nVersion 3").linked(
        "Action plan (Word)",
        &["Published reviews", "Baby Linnet"],
        "Action plan (Word), published 4 July 2023",
    );
    check(
        &sample,
        Kind::Response,
        &Facts(
            "Action Plan",
            &["Baby Linnet"],
            "lcspr",
            None,
            Some("2023-07-04"),
        ),
    );
}
