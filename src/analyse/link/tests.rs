use jiff::Timestamp;

use super::*;
use crate::model::analysis::{Analysis, Cited, Findings, Item, Metadata, Source};
use crate::model::capture::LinkContext;
use crate::model::digest::Digest;
use crate::model::document::Locator;

/// An entry in a few words.
pub(super) struct Sketch(pub(super) Entry);

pub(super) fn sketch(partnership: &str, kind: Kind, title: &str) -> Sketch {
    let digest = Digest::of(format!("{partnership} {title}").as_bytes());
    let partnership = partnership.parse().expect("an id");
    let id = EntryId::new(partnership, &digest);
    let url: url::Url = format!("http://{}.example/{}", id.partnership(), digest.head())
        .parse()
        .expect("a URL");
    Sketch(Entry {
        id,
        final_url: url.clone(),
        url,
        also_at: Vec::new(),
        found: Vec::new(),
        media_type: "application/pdf".to_owned(),
        digest: digest.clone(),
        pages: 1,
        first_seen: Timestamp::UNIX_EPOCH,
        last_seen: Timestamp::UNIX_EPOCH,
        gone_since: None,
        rules: String::new(),
        analysis: Analysis {
            digest,
            kind,
            metadata: Metadata {
                title: Some(cited(title.to_owned())),
                ..Metadata::default()
            },
            findings: Findings::default(),
            warnings: Vec::new(),
            corrected: Vec::new(),
            kind_confidence: 0.9,
        },
        alone: None,
        links: Vec::new(),
    })
}

fn cited<T>(value: T) -> Cited<T> {
    Cited {
        value,
        source: Source::Link,
        confidence: 0.9,
    }
}

impl Sketch {
    pub(super) fn about(mut self, subject: &str) -> Self {
        let subjects = &mut self.0.analysis.metadata.subjects;
        subjects.push(cited(subject.to_owned()));
        self
    }

    pub(super) fn on(mut self, date: &str) -> Self {
        self.0.analysis.metadata.published = Some(cited(date.parse().expect("a date")));
        self
    }

    pub(super) fn speaking(mut self, language: &str) -> Self {
        self.0.analysis.metadata.language = Some(language.to_owned());
        self
    }

    pub(super) fn typed(mut self, review_type: &str) -> Self {
        self.0.analysis.metadata.review_type = Some(cited(review_type.parse().expect("an id")));
        self
    }

    pub(super) fn under(mut self, page: &str, heading: &str) -> Self {
        let page = format!("http://{}.example{page}", self.0.id.partnership());
        self.0.found.push(LinkContext {
            page: page.parse().ok(),
            headings: vec![heading.to_owned()],
            ..LinkContext::default()
        });
        self
    }

    pub(super) fn recommending(mut self, texts: &[&str]) -> Self {
        let at = Locator {
            page: std::num::NonZeroU32::MIN,
            block: 0,
        };
        let items = texts.iter().map(|text| Item {
            id: "u1".to_owned(),
            text: (*text).to_owned(),
            at,
            to: Vec::new(),
            themes: Vec::new(),
            confidence: 0.9,
        });
        self.0.analysis.findings.recommendations.extend(items);
        self
    }

    pub(super) fn on_site(mut self) -> Self {
        self.0.media_type = "text/html".to_owned();
        self
    }

    pub(super) fn id(&self) -> EntryId {
        self.0.id.clone()
    }
}

/// What each links to, whatever the order they come in.
#[track_caller]
fn check(sketches: Vec<Sketch>, expected: &[(&EntryId, &EntryId)]) {
    let mut entries: Vec<Entry> = sketches.into_iter().map(|sketch| sketch.0).collect();
    let mut expected: Vec<(EntryId, EntryId)> = expected
        .iter()
        .map(|(from, to)| ((*from).clone(), (*to).clone()))
        .collect();
    expected.sort();
    for _ in 0..entries.len() {
        entries.rotate_left(1);
        let links = link(&entries);
        assert!(links.iter().all(|(_, link)| !link.because.is_empty()));
        let mut found: Vec<(EntryId, EntryId)> = links
            .into_iter()
            .map(|(from, link)| (from, link.to))
            .collect();
        found.sort();
        assert_eq!(found, expected);
    }
}

pub(super) fn review(partnership: &str, subject: &str) -> Sketch {
    let title = format!("Serious Case Review: {subject}");
    sketch(partnership, Kind::Review, &title).about(subject)
}

fn response(partnership: &str, subject: &str) -> Sketch {
    let title = format!("Response to the review of {subject}");
    sketch(partnership, Kind::Response, &title).about(subject)
}

#[test]
fn a_response_belongs_to_the_review_of_its_subject() {
    let (k, m, answer) = (
        review("north", "Child K"),
        review("north", "Child M"),
        response("north", "Child K"),
    );
    let expected = (answer.id(), k.id());
    check(vec![k, m, answer], &[(&expected.0, &expected.1)]);
}

#[test]
fn every_partnership_has_a_child_k() {
    let (ours, theirs, answer) = (
        review("north", "Child K"),
        review("south", "Child K"),
        response("north", "Child K"),
    );
    let expected = (answer.id(), ours.id());
    check(vec![ours, theirs, answer], &[(&expected.0, &expected.1)]);
}

#[test]
fn a_response_to_a_review_that_has_vanished_is_left_alone() {
    let answer = response("north", "Child K").under("/reviews", "Reviews");
    let other = review("north", "Child M").under("/reviews", "Reviews");
    check(vec![other, answer], &[]);
    check(
        vec![review("south", "Child K"), response("north", "Child K")],
        &[],
    );
}

#[test]
fn two_cases_of_one_name_cannot_be_told_apart_by_name() {
    let old = review("north", "Baby A").on("2012-03");
    let new = sketch(
        "north",
        Kind::Review,
        "Child Safeguarding Practice Review: Baby A",
    )
    .about("Baby A")
    .on("2022-05");
    let answer = response("north", "Baby A");
    check(vec![old, new, answer], &[]);
}

#[test]
fn dates_tell_two_cases_of_one_name_apart() {
    let old = review("north", "Baby A").on("2012-03");
    let new = sketch(
        "north",
        Kind::Review,
        "Child Safeguarding Practice Review: Baby A",
    )
    .about("Baby A")
    .on("2022-05");
    let answer = response("north", "Baby A").on("2012-10");
    let expected = (answer.id(), old.id());
    check(vec![old, new, answer], &[(&expected.0, &expected.1)]);
}

#[test]
fn a_translation_is_summed_up_in_its_own_language() {
    let english = sketch("west", Kind::Review, "Child Practice Review CPR 2/2017").speaking("en");
    let welsh = sketch("west", Kind::Review, "Adolygiad Ymarfer Plant CPR02/2017").speaking("cy");
    let answer = sketch("west", Kind::Response, "Action plan: CPR 02-2017").speaking("en");
    let brief = sketch("west", Kind::Summary, "Briff 7 munud CPR022017").speaking("cy");
    let expected = [(answer.id(), english.id()), (brief.id(), welsh.id())];
    check(
        vec![english, welsh, answer, brief],
        &[
            (&expected[0].0, &expected[0].1),
            (&expected[1].0, &expected[1].1),
        ],
    );
}

#[test]
fn one_plan_may_answer_several_reviews() {
    let (k, m) = (review("north", "Child K"), review("north", "Child M"));
    let plan = sketch("north", Kind::Response, "Combined action plan")
        .about("Child K")
        .about("Child M");
    let expected = [(plan.id(), k.id()), (plan.id(), m.id())];
    check(
        vec![k, m, plan],
        &[
            (&expected[0].0, &expected[0].1),
            (&expected[1].0, &expected[1].1),
        ],
    );
}

#[test]
fn a_place_and_recommendations_will_do_where_no_name_is_printed() {
    const ASKED: &str = "The Board should review how health visitors record the names of fathers";
    let ours = review("north", "Child K")
        .under("/reviews", "Child K")
        .recommending(&[ASKED]);
    let other = review("north", "Child M").under("/reviews", "Child M");
    let brief = sketch("north", Kind::Summary, "Learning briefing")
        .under("/reviews", "Child K")
        .recommending(&["Review how health visitors record names of fathers"]);
    let expected = (brief.id(), ours.id());
    check(vec![ours, other, brief], &[(&expected.0, &expected.1)]);
}

#[test]
fn facts_that_only_the_review_prints_are_taken_over() {
    let review = sketch(
        "north",
        Kind::Review,
        "Child Safeguarding Practice Review: Family M",
    )
    .about("Family M")
    .about("Theo")
    .typed("lcspr");
    let answer = response("north", "Family M");
    let id = answer.id();
    let entries = [review.0, answer.0];
    let completed = complete(&entries, &link(&entries));
    let [(completed_id, metadata)] = completed.as_slice() else {
        panic!("one entry gains something: {completed:?}");
    };
    assert_eq!(*completed_id, id);
    let subjects: Vec<&str> = metadata
        .subjects
        .iter()
        .map(|subject| subject.value.as_str())
        .collect();
    assert_eq!(subjects, ["Family M", "Theo"]);
    let review_type = metadata
        .review_type
        .as_ref()
        .map(|cited| cited.value.as_str());
    assert_eq!(review_type, Some("lcspr"));
}

#[test]
fn a_post_that_announces_a_report_dates_it() {
    let mut post = sketch("north", Kind::Other, "Review of Child K").on_site();
    post.0.analysis.metadata.published = Some(Cited {
        value: "2020-11-19".parse().expect("a date"),
        source: Source::Text(Locator {
            page: std::num::NonZeroU32::MIN,
            block: 1,
        }),
        confidence: 0.9,
    });
    let mut report = review("north", "Child K");
    let page = post.0.url.path().to_owned();
    report = report.under(&page, "Review of Child K");
    let entries = [post.0, report.0];
    let completed = complete(&entries, &[]);
    let dates: Vec<String> = completed
        .iter()
        .filter_map(|(_, metadata)| Some(metadata.published.as_ref()?.value.to_string()))
        .collect();
    assert_eq!(dates, ["2020-11-19"]);
}
