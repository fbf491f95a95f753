//! Documents as partnerships publish them, and what each is taken for.

use super::*;
use crate::analyse::sample::{self, Sample};

/// Enough of a review for its parts to be seen.
const BODY: &str = "\n---\n# 1. Introduction\nThis review was commissioned after the death of the child. The lead reviewer met the panel four \
    times and this review looks at what the services knew.\n# 2. Terms of reference\nThe review covers two years.\n\
    # 3. Methodology\nThe panel read the records.\n# 4. Chronology\nThe family moved in May.\n# 5. Analysis\nThe \
    review considers thresholds.\n# 6. Findings\nNo one asked.\n# 7. Recommendations\nThe Board should ask.";

const TALK: &str = "\nThe serious case review of Child K was published in May. It found that the services did not share what they \
    knew, and its recommendations have been accepted. Everybody who works with children should read it, and should \
    think about what it means for the work they do with children and with the adults around those children.";

#[track_caller]
fn check(sample: &Sample, expected: Kind) {
    let judgement = sample.read(judge);
    assert_eq!(judgement.kind, expected, "because {:?}", judgement.because);
    assert!(!judgement.because.is_empty());
}

fn titled(title: &str, rest: &str) -> Sample {
    sample::file(&format!("# {title}{rest}"))
}

#[test]
fn reviews_are_told_by_title_and_parts() {
    check(&titled("Serious Case Review: Baby J", BODY), Kind::Review);
    check(&titled("Lost in plain sight", BODY), Kind::Review);
    check(
        &titled("Learning Review: Ruaridh", BODY).of("scotland"),
        Kind::Review,
    );
    check(
        &titled("Domestic Homicide Review Overview Report: Ana", BODY),
        Kind::Review,
    );
    check(
        &titled(
            "A guide through the dark: Child Safeguarding Practice Review: Leo",
            BODY,
        ),
        Kind::Review,
    );
}

#[test]
fn summaries_are_told_by_what_they_call_themselves() {
    for title in [
        "7 Minute Briefing: Child K",
        "Executive Summary: Serious Case Review, Child K",
        "Child K: learning on a page",
        "Practitioner briefing: SCR Child K",
        "Edie's story: what we have learned (for children and young people)",
        "Child K Serious Case Review: key messages for staff",
    ] {
        check(&titled(title, TALK), Kind::Summary);
    }
}

#[test]
fn responses_are_told_by_name_or_by_their_tables() {
    for title in [
        "Response to the Serious Case Review: Child K",
        "Child K: one year on",
        "Child K: Multi-agency action plan",
        "SCR Child K: summary of multi-agency progress",
        "What we have done since the review of Child K",
    ] {
        check(&titled(title, TALK), Kind::Response);
    }
    let table = "\n| Recommendation | Action | Progress | RAG\n| Ask about fathers | Form changed | Done in May | Green";
    check(
        &titled("Child K", &format!("{TALK}{table}")),
        Kind::Response,
    );
}

#[test]
fn much_that_talks_about_reviews_is_none() {
    for title in [
        "Annual Report 2021-22",
        "Minutes of the meeting held on 18 January 2023",
        "Neglect Strategy 2022 to 2025",
        "Multi-agency policy: bruising in babies",
        "Safe Hands: newsletter, winter 2013",
        "Training programme 2023-24: learning from serious case reviews",
        "Statement following the inquest into the death of Child K",
        "Initial Case Review: Notice of Decision",
        "Scrutiny Committee, 7 December: Learning from Child Safeguarding Practice Reviews",
        "Multi-agency audit after the serious case review of Child K",
        "Inspection of services for children in need of help and protection",
        "Annual report of the child death overview panel",
    ] {
        check(&titled(title, TALK), Kind::Other);
    }
}

#[test]
fn guidance_on_reviews_has_their_parts_and_is_none() {
    check(
        &titled("Procedure for serious case reviews", BODY),
        Kind::Other,
    );
    check(
        &titled("Learning and improvement framework", BODY),
        Kind::Other,
    );
}

#[test]
fn what_speaks_of_no_review_neither_answers_nor_sums_one_up() {
    let text =
        "\nKeep medicines locked away, out of sight and out of reach of every child in the home.";
    check(&titled("Safe storage: a short brief", text), Kind::Other);
    check(&titled("Neglect action plan", text), Kind::Other);
}

#[test]
fn pages_list_and_announce_reviews_and_a_few_are_one() {
    check(&titled("Serious Case Review", TALK).on_site(), Kind::Other);
    check(
        &titled("Child K: response published", TALK).on_site(),
        Kind::Other,
    );
    let long = format!("{BODY}{}", TALK.repeat(20));
    check(
        &titled("Edie: a local child safeguarding practice review", &long).on_site(),
        Kind::Review,
    );
    check(
        &titled("Child K: what we have done since the review", &long).on_site(),
        Kind::Response,
    );
}

#[test]
fn a_summary_may_be_all_that_is_published_of_a_review() {
    let withheld = "\nThe partners have decided that the full report should not be published.";
    let title = "Serious Case Review: Child L: Executive Summary";
    check(&titled(title, &format!("{withheld}{TALK}")), Kind::Review);
    check(
        &titled(title, &format!("\nOctober 2009{TALK}")),
        Kind::Review,
    );
    let fuller = "\nOctober 2009\nThis sums up the overview report, which is on our website.";
    check(&titled(title, &format!("{fuller}{TALK}")), Kind::Summary);
}

#[test]
fn a_picture_without_text_is_what_its_links_call_it() {
    let scan = || sample::file("");
    check(
        &scan().linked("here", &["2018"], "A short version of the review is here."),
        Kind::Summary,
    );
    check(
        &scan().linked(
            "Child L Serious Case Review",
            &[],
            "Child L Serious Case Review",
        ),
        Kind::Review,
    );
}
