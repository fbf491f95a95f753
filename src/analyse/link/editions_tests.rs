//! Editions of one review, and reports that only look like it.

use super::tests::{Sketch, review, sketch};
use super::*;
use crate::model::entry::Relation;

const FATHERS: &str = "The Board should review how health visitors record the names of fathers";
const SLEEP: &str = "Agencies should agree one approach to safer sleeping for all babies";
const SCHOOLS: &str = "Schools should be told of every strategy meeting about a pupil";

/// The editions found, whatever the order.
#[track_caller]
fn check(sketches: Vec<Sketch>, expected: &[(EntryId, EntryId, Relation)]) {
    let mut entries: Vec<Entry> = sketches.into_iter().map(|sketch| sketch.0).collect();
    for _ in 0..entries.len() {
        entries.rotate_left(1);
        let found: Vec<(EntryId, EntryId, Relation)> = editions(&entries)
            .into_iter()
            .map(|(from, link)| (from, link.to, link.relation))
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn the_same_report_in_two_formats_is_one_review() {
    let asked = [FATHERS, SLEEP, SCHOOLS];
    let long = review("north", "Child K")
        .recommending(&asked)
        .on("2020-03");
    let short = sketch("north", Kind::Review, "Child K web version")
        .about("Child K")
        .recommending(&asked[..2])
        .on("2020-03");
    let expected = (short.id(), long.id(), Relation::EditionOf);
    check(vec![long, short], &[expected]);
}

#[test]
fn a_joint_review_on_two_sites_is_one_review() {
    let ours = review("north", "Child K").recommending(&[FATHERS, SLEEP]);
    let theirs = review("south", "Child K").recommending(&[FATHERS, SLEEP]);
    let (main, other) = if ours.id() < theirs.id() {
        (ours.id(), theirs.id())
    } else {
        (theirs.id(), ours.id())
    };
    check(vec![ours, theirs], &[(other, main, Relation::EditionOf)]);
}

#[test]
fn a_report_issued_again_supersedes_the_first() {
    let first = review("north", "Child K")
        .recommending(&[FATHERS, SLEEP])
        .on("2019-05");
    let again = sketch(
        "north",
        Kind::Review,
        "Serious Case Review: Child K (redacted)",
    )
    .about("Child K")
    .recommending(&[FATHERS, SLEEP])
    .on("2021-01");
    let expected = (first.id(), again.id(), Relation::SupersededBy);
    check(vec![first, again], &[expected]);
}

#[test]
fn a_translation_is_the_same_review() {
    let english = sketch("west", Kind::Review, "Child Practice Review CPR 2/2017")
        .speaking("en")
        .recommending(&[FATHERS, SLEEP]);
    let welsh = sketch("west", Kind::Review, "Adolygiad Ymarfer Plant CPR02/2017")
        .speaking("cy")
        .recommending(&[
            "Dylai'r Bwrdd adolygu sut y cofnodir enwau tadau",
            "Cytuno ar un dull o gysgu mwy diogel i bob baban",
        ]);
    let expected = (welsh.id(), english.id(), Relation::EditionOf);
    check(vec![english, welsh], &[expected]);
}

#[test]
fn nothing_is_merged_that_may_be_two() {
    // One name and nothing else in common.
    check(
        vec![
            review("north", "Child K").recommending(&[FATHERS, SLEEP]),
            review("south", "Child K").recommending(&[SCHOOLS, SLEEP]),
        ],
        &[],
    );
    // The same words about two children.
    check(
        vec![
            review("north", "Child K").recommending(&[FATHERS, SLEEP]),
            review("north", "Child M").recommending(&[FATHERS, SLEEP]),
        ],
        &[],
    );
    // Two case codes.
    check(
        vec![
            sketch("west", Kind::Review, "CPR 2/2017")
                .about("Child T")
                .recommending(&[FATHERS, SLEEP]),
            sketch("west", Kind::Review, "CPR 3/2017")
                .about("Child T")
                .recommending(&[FATHERS, SLEEP]),
        ],
        &[],
    );
    // Ten years between them.
    check(
        vec![
            review("north", "Baby A")
                .recommending(&[FATHERS, SLEEP])
                .on("2010"),
            sketch("north", Kind::Review, "Review: Baby A")
                .about("Baby A")
                .recommending(&[FATHERS, SLEEP])
                .on("2021"),
        ],
        &[],
    );
}
