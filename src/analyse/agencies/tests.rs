use super::*;

#[test]
fn whoever_is_to_act_is_addressed() {
    check("The police should review", &["police"]);
    check(
        "The Health Board and both local authorities must agree a protocol.",
        &["childrens-social-care", "icb"],
    );
    check("The council's housing service should", &["housing"]);
}

#[test]
fn whoever_takes_part_or_is_asked_is_addressed() {
    check(
        "The Partnership should agree with schools how this is done.",
        &["education", "safeguarding-partnership"],
    );
    check("Ask Health Visitors to record this", &["community-health"]);
}

#[test]
fn whoever_is_only_mentioned_is_not() {
    check(
        "Schools should seek information from the police before deciding.",
        &["education"],
    );
}

#[test]
fn headings_complete_a_fragment() {
    let headings = [
        "Recommendations",
        "Ardle Valley NHS Foundation Trust should:",
    ];
    let asked = Asked {
        text: "review its discharge policy",
        headings: &headings,
        responsibility: None,
    };
    assert_eq!(ids(&asked, ""), ["hospital"]);
}

#[test]
fn a_line_of_responsibility_counts() {
    let asked = Asked {
        text: "Develop a pathway.",
        headings: &[],
        responsibility: Some("ICB / CAMHS"),
    };
    assert_eq!(ids(&asked, ""), ["camhs", "icb"]);
}

#[test]
fn abbreviations_mean_what_the_document_says() {
    let asked = Asked {
        text: "KCST should review its policy.",
        ..Asked::default()
    };
    let text = "It was seen by Oakmoor Community Services NHS Trust (KCST) in May.";
    assert_eq!(ids(&asked, text), ["community-health"]);
}

#[test]
fn the_trust_is_the_one_that_the_text_or_the_document_names() {
    let asked = |text| Asked {
        text,
        ..Asked::default()
    };
    let both = "Northmoor Hospitals NHS Trust was told. Vale Mental Health NHS Trust saw him, and Vale Mental Health NHS Trust closed the case.";
    let publish = asked("The Trust should publish its policy.");
    assert_eq!(ids(&publish, both), ["adult-mental-health"]);
    let named =
        asked("Northmoor Hospitals NHS Trust should train staff, and the Trust should report.");
    assert_eq!(ids(&named, both), ["hospital"]);
    let northern = "Lough Health and Social Care Trust was the employer.";
    assert_eq!(ids(&publish, northern), ["childrens-social-care"]);
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let asked = Asked {
        text,
        ..Asked::default()
    };
    assert_eq!(ids(&asked, ""), expected, "text: {text:?}");
}

/// The agencies addressed in a document with this text, by id.
fn ids(asked: &Asked, full_text: &str) -> Vec<String> {
    let vocabulary = Vocabulary::load().expect("index/ is valid");
    let local = LocalNames::of(full_text, &vocabulary);
    let mut ids: Vec<String> = addressed(asked, &local, &vocabulary)
        .into_iter()
        .map(|(id, _)| id.to_string())
        .collect();
    ids.sort();
    ids
}
