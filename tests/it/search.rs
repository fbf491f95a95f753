//! People find what they mean, counts are what they would leave, and pages of
//! results fit together.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use lessons::model::analysis::Status;
use lessons::model::document::Document;
use lessons::model::entry::Entry;
use lessons::search::request::{Facet, List, Sort};
use lessons::search::results::{Note, Snippet};
use lessons::search::{Reader, SearchError, SearchRequest, SearchResults, Writer};

use crate::support::entries::{document, response, review, summary};
use crate::support::index::{TestIndex, names, narrowed};

fn kestrel() -> Entry {
    review("northmere", "kestrel")
        .title("Local Child Safeguarding Practice Review: Child Kestrel")
        .subject("Child Kestrel")
        .review_type("lcspr")
        .published("2021-03")
        .theme("neglect")
        .theme("information-sharing")
        .age("under-1")
        .criterion("death-abuse-or-neglect")
        .recommendation(
            "1",
            "Police should share information about parents with the MASH.",
            7,
            &["police"],
            &["information-sharing"],
        )
        .recommendation(
            "2",
            "Midwives must ask about fathers at booking.",
            8,
            &["midwifery"],
            &["fathers-and-men"],
        )
        .lesson(
            "u1",
            "Nobody met the father before the birth.",
            5,
            &["fathers-and-men"],
        )
        .good_practice("g1", "The health visitor recorded concerns on the day.", 6)
        .build()
}

fn heron() -> Entry {
    review("westhaven", "heron")
        .title("Serious Case Review: Family Heron")
        .subject("Family Heron")
        .review_type("scr")
        .published("2016")
        .theme("neglect")
        .age("6-10")
        .recommendation(
            "1",
            "Schools should keep a chronology of absences.",
            20,
            &["education"],
            &["record-keeping"],
        )
        .lesson(
            "1",
            "Neglect was normalised by organizations over many years.",
            12,
            &["neglect"],
        )
        .build()
}

fn kestrel_response() -> Entry {
    response("northmere", "kestrel-response")
        .title("Response to Child Kestrel")
        .answer(
            "R1",
            "A sharing protocol was signed with the constabulary.",
            Status::Completed,
            2,
        )
        .responds_to(&kestrel())
        .build()
}

fn corpus() -> Vec<(Entry, Option<Document>)> {
    let (kestrel, heron) = (kestrel(), heron());
    let pages: &[(&str, &[&str])] = &[
        (
            "Background",
            &["Child Kestrel was born early. The family lived with grandparents."],
        ),
        (
            "Booking",
            &["The pregnancy was booked late and the young parents missed appointments."],
        ),
    ];
    let paper = document(&kestrel, pages);
    let other: &[(&str, &[&str])] = &[(
        "Neglect",
        &["The children were often hungry. County lines was suspected."],
    )];
    let other = document(&heron, other);
    vec![
        (kestrel, Some(paper)),
        (heron, Some(other)),
        (kestrel_response(), None),
    ]
}

fn titles(results: &SearchResults) -> Vec<&str> {
    results.hits.iter().map(|hit| &*hit.card.title).collect()
}

fn items(results: &SearchResults) -> Vec<String> {
    results
        .hits
        .iter()
        .map(|hit| hit.card.item.clone())
        .collect()
}

fn marked(snippet: &Snippet) -> Vec<&str> {
    snippet
        .highlights
        .iter()
        .map(|range| &snippet.text[range.clone()])
        .collect()
}

#[test]
fn each_list_holds_its_own_kind() {
    let index = TestIndex::of(&corpus());
    for (list, expected) in [
        (List::Reviews, 2),
        (List::Recommendations, 3),
        (List::Lessons, 3),
        (List::Answers, 1),
    ] {
        assert_eq!(index.ask(list, "").total, expected, "{list:?}");
    }
}

#[test]
fn words_find_the_unit_that_holds_them() {
    let index = TestIndex::of(&corpus());
    for (list, text, expected) in [
        (List::Recommendations, "information sharing", "1"),
        (List::Recommendations, "shared informations", "1"),
        (List::Recommendations, "\"chronology of absences\"", "1"),
        (List::Recommendations, "father* NOT police", "2"),
        (List::Recommendations, "midwife", "2"),
        (List::Lessons, "normalised organisations", "lesson-1"),
        (List::Lessons, "health visitors", "good-practice-g1"),
        (List::Answers, "protocol", "answer-R1"),
    ] {
        let results = index.ask(list, text);
        assert_eq!(items(&results)[..], [expected], "{text}");
    }
}

#[test]
fn a_case_is_found_by_title_document_items_and_description() {
    let index = TestIndex::of(&corpus());
    for text in [
        "kestrel",
        "grandparents",
        "fathers booking",
        "young parents booked late, nobody met the father",
    ] {
        let results = index.ask(List::Reviews, text);
        assert_eq!(
            titles(&results).first(),
            Some(&"Local Child Safeguarding Practice Review: Child Kestrel"),
            "{text}"
        );
    }
}

#[test]
fn the_query_language_means_what_it_says() {
    let index = TestIndex::of(&corpus());
    for (text, expected) in [
        ("neglect AND kestrel", 1),
        ("kestrel OR heron", 2),
        ("review -kestrel", 1),
        ("(kestrel OR heron) AND hungry", 1),
        ("title:heron", 1),
        ("title:hungry", 0),
        ("to:police", 1),
        ("to:constabulary", 1),
        ("to:\"primary care trust\"", 0),
        ("by:westhaven", 1),
        ("theme:neglect", 2),
        ("type:scr", 1),
        ("\"booked late\"", 1),
        ("\"late booked\"", 0),
        ("\"booked appointments\"~6", 1),
        ("\"booked appointments\"~5", 0),
        ("appointments NEAR/6 booked", 1),
        ("grandp*", 1),
        ("gr?ndparents", 1),
        ("NOT kestrel", 1),
    ] {
        let results = index.ask(List::Reviews, text);
        assert_eq!(results.total, expected, "{text}: {:?}", titles(&results));
    }
}

#[test]
fn a_lenient_query_is_answered_and_says_what_it_left_out() {
    let index = TestIndex::of(&corpus());
    for (text, part) in [
        ("\"kestrel", "\""),
        ("kestrel)", ")"),
        ("(kestrel", "("),
        ("kestrel AND", "AND"),
        ("OR kestrel", "OR"),
        ("colour:kestrel", "colour:"),
        ("kestrel *", "*"),
        ("kestrel NEAR/3", "NEAR"),
        ("kestrel NOT", "NOT"),
    ] {
        let results = index.ask(List::Reviews, text);
        assert_eq!(results.total, 1, "{text}");
        let ignored = results
            .notes
            .iter()
            .any(|note| matches!(note, Note::Ignored { part: p, .. } if p == part));
        assert!(ignored, "{text}: {:?}", results.notes);

        let request = SearchRequest {
            text: text.to_owned(),
            is_strict: true,
            ..SearchRequest::new(List::Reviews)
        };
        assert!(
            matches!(index.reader.search(&request), Err(SearchError::Query(_))),
            "{text}"
        );
    }
}

#[test]
fn words_may_be_missing_and_what_holds_all_stands_first() {
    let index = TestIndex::of(&corpus());
    for (text, expected, complete) in [
        ("police chronology", &["1", "1"][..], 0),
        ("fathers MASH midwives", &["2"], 0),
        ("ask fathers police", &["2"], 0),
        ("police parents", &["1"], 1),
        ("absences schools police", &["1"], 0),
    ] {
        for sort in [Sort::Relevance, Sort::Newest] {
            let request = SearchRequest {
                text: text.to_owned(),
                sort,
                ..SearchRequest::new(List::Recommendations)
            };
            let results = index.search(&request);
            let found: BTreeSet<String> = items(&results).into_iter().collect();
            let wanted = expected.iter().map(|&item| item.to_owned()).collect();
            assert_eq!(found, wanted, "{text}");
            let said = results.notes.iter().find_map(|note| match note {
                Note::Partial { complete, .. } => Some(*complete),
                _ => None,
            });
            assert_eq!(said.unwrap_or(results.total), complete, "{text}");
        }
    }
    let both = index.ask(List::Reviews, "neglect chronology kestrel");
    assert_eq!(both.total, 2);

    let strict = SearchRequest {
        text: "police chronology".to_owned(),
        is_strict: true,
        ..SearchRequest::new(List::Recommendations)
    };
    assert_eq!(index.search(&strict).total, 0);
}

#[test]
fn a_description_also_finds_what_says_nearly_the_same() {
    let index = TestIndex::of(&corpus());
    let text = "squalor went unnoticed since agencies grew used to poor care";
    let results = index.ask(List::Lessons, text);
    assert_eq!(items(&results)[0], "lesson-1", "{:?}", items(&results));
    let near = |note: &Note| matches!(note, Note::Near { .. });
    assert!(results.notes.iter().any(near), "{:?}", results.notes);

    let few = index.ask(List::Lessons, "dad pregnant");
    assert!(!few.notes.iter().any(near), "{:?}", few.notes);
}

#[test]
fn what_is_meant_exactly_is_never_left_out() {
    let index = TestIndex::of(&corpus());
    for (text, expected) in [
        ("hungry grandparents", 2),
        ("+hungry grandparents", 1),
        ("hungry AND grandparents", 0),
        ("\"county lines\" grandparents", 0),
        ("\"county lines\" hungry grandparents", 1),
        ("by:westhaven grandparents hungry", 1),
        ("(hungry OR thirsty) grandparents kestrel", 0),
        ("hungry grandparents -kestrel", 1),
    ] {
        assert_eq!(index.ask(List::Reviews, text).total, expected, "{text}");
    }
}

#[test]
fn abbreviations_find_what_they_stand_for_and_the_other_way_round() {
    let index = TestIndex::of(&corpus());
    let results = index.ask(List::Recommendations, "multi-agency safeguarding hub");
    assert_eq!(items(&results), ["1"]);
    assert_eq!(marked(results.hits[0].snippet.as_ref().unwrap()), ["MASH"]);
    let expanded = results
        .notes
        .iter()
        .any(|note| matches!(note, Note::Expanded { .. }));
    assert!(expanded, "{:?}", results.notes);
}

#[test]
fn a_misspelt_word_brings_a_suggestion() {
    let index = TestIndex::of(&corpus());
    let results = index.ask(List::Reviews, "kestrell neglect");
    let suggestion = Note::DidYouMean {
        text: "kestrel neglect".to_owned(),
    };
    assert!(results.notes.contains(&suggestion), "{:?}", results.notes);
}

#[test]
fn snippets_show_what_was_found_and_its_page() {
    let index = TestIndex::of(&corpus());
    let results = index.ask(List::Reviews, "young parents booked late");
    let snippet = results.hits[0].snippet.as_ref().unwrap();
    assert_eq!(marked(snippet), ["booked", "late", "young", "parents"]);
    assert_eq!(snippet.page, NonZeroU32::new(2));

    let results = index.ask(List::Recommendations, "\"information about parents\"");
    let snippet = results.hits[0].snippet.as_ref().unwrap();
    assert_eq!(marked(snippet), ["information about parents"]);
    assert_eq!(snippet.page, NonZeroU32::new(7));
}

#[test]
fn counts_leave_the_facets_own_choice_out() {
    let index = TestIndex::of(&corpus());
    let all = index.ask(List::Reviews, "");
    assert_eq!(
        counts(&all, Facet::Partnership),
        ["northmere 1", "westhaven 1"]
    );
    assert_eq!(counts(&all, Facet::Year), ["2016 1", "2021 1"]);
    assert_eq!(counts(&all, Facet::Answered), ["no 1", "yes 1"]);

    let request = narrowed(
        SearchRequest::new(List::Reviews),
        Facet::Partnership,
        &["northmere"],
    );
    let results = index.search(&request);
    assert_eq!(results.total, 1);
    assert_eq!(
        counts(&results, Facet::Partnership),
        ["northmere 1", "westhaven 1"]
    );
    assert_eq!(counts(&results, Facet::Type), ["lcspr 1"]);

    let request = narrowed(request, Facet::Type, &["scr"]);
    let results = index.search(&request);
    assert_eq!(results.total, 0);
    assert_eq!(counts(&results, Facet::Partnership), ["westhaven 1"]);
    assert_eq!(counts(&results, Facet::Type), ["lcspr 1"]);
    assert_eq!(counts(&results, Facet::Year), [""; 0]);
}

#[test]
fn values_of_one_facet_are_alternatives_and_families_hold_their_themes() {
    let index = TestIndex::of(&corpus());
    for (facet, ids, expected) in [
        (Facet::Partnership, &["northmere", "westhaven"][..], 2),
        (Facet::Theme, &["record-keeping", "information-sharing"], 1),
        (Facet::Theme, &["harm"], 2),
        (Facet::Nation, &["wales"], 0),
        (Facet::Region, &["north-west"], 1),
        (Facet::Age, &["under-1"], 1),
        (Facet::Criterion, &["death-abuse-or-neglect"], 1),
        (Facet::Status, &["completed"], 1),
        (Facet::Answered, &["no"], 1),
    ] {
        let results = index.search(&narrowed(SearchRequest::new(List::Reviews), facet, ids));
        assert_eq!(results.total, expected, "{facet:?} {ids:?}");
    }
}

#[test]
fn dates_narrow_as_far_as_they_are_known() {
    let index = TestIndex::of(&corpus());
    for (from, to, expected) in [
        (Some("2021"), None, 1),
        (Some("2021-04"), None, 0),
        (Some("2021-03-15"), None, 1),
        (None, Some("2016-06"), 1),
        (Some("2015"), Some("2022"), 2),
        (Some("2017"), Some("2020"), 0),
    ] {
        let mut request = SearchRequest::new(List::Reviews);
        request.filters.from = from.map(|date| date.parse().unwrap());
        request.filters.to = to.map(|date| date.parse().unwrap());
        let results = index.search(&request);
        assert_eq!(results.total, expected, "{from:?} {to:?}");
        assert_eq!(counts(&results, Facet::Year), ["2016 1", "2021 1"]);
    }
}

#[test]
fn an_answer_counts_for_the_recommendation_it_is_to() {
    let index = TestIndex::of(&corpus());
    let answered = narrowed(
        SearchRequest::new(List::Recommendations),
        Facet::Answered,
        &["yes"],
    );
    let results = index.search(&answered);
    assert_eq!(items(&results), ["1"]);
    assert_eq!(results.hits[0].card.statuses, [Status::Completed]);

    let answers = index.ask(List::Answers, "protocol");
    assert_eq!(answers.hits[0].card.answers.as_deref(), Some("1"));
    assert_eq!(answers.hits[0].card.case, kestrel().id);
}

#[test]
fn a_summary_is_a_case_only_where_its_review_is_not_to_be_had() {
    let lone = summary("northmere", "lone")
        .title("Lone briefing")
        .recommendation("1", "Ask.", 1, &[], &[])
        .build();
    let paired = summary("northmere", "paired")
        .title("Kestrel briefing")
        .recommendation("1", "Share more information.", 1, &[], &[])
        .summarises(&kestrel())
        .build();
    let index = TestIndex::of(&[(kestrel(), None), (lone, None), (paired, None)]);
    let cases = index.ask(List::Reviews, "");
    assert_eq!(cases.total, 2);
    assert!(!titles(&cases).contains(&"Kestrel briefing"));
    assert_eq!(index.ask(List::Recommendations, "").total, 3);
}

#[test]
fn pages_fit_together_under_every_sort() {
    let make = |number: u32| {
        let name = format!("case-{number}");
        let built = review("northmere", &name)
            .title("Neglect review")
            .theme("neglect");
        let built = if number.is_multiple_of(3) {
            built
        } else {
            built.published("2020-05")
        };
        (built.build(), None)
    };
    let entries: Vec<_> = (0..23).map(make).collect();
    let index = TestIndex::of(&entries);
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let mut seen = Vec::new();
        for page in 1..=6 {
            let request = SearchRequest {
                text: "neglect".to_owned(),
                sort,
                page: NonZeroU32::new(page).unwrap(),
                size: NonZeroU32::new(5).unwrap(),
                ..SearchRequest::new(List::Reviews)
            };
            let results = index.search(&request);
            assert_eq!(results.total, 23);
            seen.extend(
                results
                    .hits
                    .into_iter()
                    .map(|hit| (hit.card.published.is_none(), hit.card.id())),
            );
        }
        assert_eq!(seen.len(), 23);
        assert_eq!(
            seen.iter().collect::<BTreeSet<_>>().len(),
            23,
            "{sort:?} repeats none"
        );
        assert!(
            seen.iter().map(|(undated, _)| undated).is_sorted(),
            "{sort:?} puts undated last"
        );
    }
}

#[test]
fn newest_and_oldest_order_by_date() {
    let index = TestIndex::of(&corpus());
    for (sort, first) in [
        (Sort::Newest, "Child Kestrel"),
        (Sort::Oldest, "Family Heron"),
    ] {
        let request = SearchRequest {
            sort,
            ..SearchRequest::new(List::Reviews)
        };
        assert_eq!(index.search(&request).hits[0].card.subjects, [first]);
    }
}

#[test]
fn welsh_words_are_found_through_their_mutations() {
    let adolygiad = review("dyffryn-arth", "plentyn-t")
        .title("Adolygiad Ymarfer Plant: Plentyn T")
        .language("cy")
        .recommendation(
            "1",
            "Dylai'r bwrdd diogelu rannu gwybodaeth â'r ysgol a'r teulu.",
            9,
            &[],
            &[],
        )
        .build();
    let index = TestIndex::of(&[(adolygiad, None), (kestrel(), None)]);
    for text in [
        "gwybodaeth",
        "wybodaeth",
        "deulu",
        "fwrdd ddiogelu",
        "Plentyn T",
        "blentyn",
    ] {
        assert_eq!(index.ask(List::Reviews, text).total, 1, "{text}");
    }
    let results = index.ask(List::Recommendations, "fwrdd");
    assert_eq!(marked(results.hits[0].snippet.as_ref().unwrap()), ["bwrdd"]);
}

#[test]
fn a_writer_goes_on_where_it_stopped_and_readers_follow() {
    let index = TestIndex::of(&corpus());
    let before = index.reader.revision();
    assert_eq!(index.reader.mark().as_deref(), Some("test-1"));

    let mut writer = Writer::open(index.folder.path(), &names()).unwrap();
    assert_eq!(writer.mark(), Some("test-1"));
    writer.remove(&heron().id);
    assert_eq!(
        index.ask(List::Reviews, "").total,
        2,
        "nothing is seen before the commit"
    );
    writer.commit("test-2").unwrap();
    index.reader.reload().unwrap();

    assert_eq!(index.ask(List::Reviews, "").total, 1);
    assert_eq!(index.reader.mark().as_deref(), Some("test-2"));
    assert_ne!(index.reader.revision(), before);
}

#[test]
fn an_entry_taken_over_again_replaces_its_units() {
    let index = TestIndex::of(&corpus());
    let mut writer = Writer::open(index.folder.path(), &names()).unwrap();
    let shorter = review("westhaven", "heron")
        .title("Family Heron, revised")
        .build();
    let publication = lessons::search::Publication {
        entry: &shorter,
        linked: &[],
        document: None,
    };
    writer.replace(publication).unwrap();
    writer.commit("test-2").unwrap();
    index.reader.reload().unwrap();

    assert_eq!(
        titles(&index.ask(List::Reviews, "heron")),
        ["Family Heron, revised"]
    );
    assert_eq!(index.ask(List::Recommendations, "chronology").total, 0);
}

#[test]
fn a_commit_is_served_without_being_asked_for() {
    let index = TestIndex::of(&corpus());
    let mut writer = Writer::open(index.folder.path(), &names()).unwrap();
    writer.remove(&heron().id);
    writer.commit("test-2").unwrap();
    while index.reader.mark().as_deref() != Some("test-2") {
        std::thread::yield_now();
    }
    assert_eq!(index.ask(List::Reviews, "").total, 1);
}

#[test]
fn a_kill_before_the_commit_leaves_the_index_as_it_was() {
    let index = TestIndex::of(&corpus());
    let mut writer = Writer::open(index.folder.path(), &names()).unwrap();
    writer.remove(&heron().id);
    // What a kill leaves is what is on disk while the writer is at work.
    let left = tempfile::TempDir::new().unwrap();
    for file in std::fs::read_dir(index.folder.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), left.path().join(file.file_name())).unwrap();
    }
    drop(writer);

    let reader = Reader::open_sound(left.path(), &names()).unwrap();
    assert_eq!(reader.mark().as_deref(), Some("test-1"));
    let everything = SearchRequest::new(List::Reviews);
    assert_eq!(reader.search(&everything).unwrap().total, 2);
    let mut writer = Writer::open(left.path(), &names()).unwrap();
    assert_eq!(
        writer.mark(),
        Some("test-1"),
        "the next run goes on from there"
    );
    writer.remove(&heron().id);
    writer.commit("test-2").unwrap();
    reader.reload().unwrap();
    assert_eq!(reader.search(&everything).unwrap().total, 1);
}

#[test]
fn a_damaged_index_is_not_read_and_begun_anew() {
    for kind in ["store", "fast", "idx", "pos", "term"] {
        let index = TestIndex::of(&corpus());
        let folder = index.folder.path();
        let files = std::fs::read_dir(folder).unwrap();
        let file = files
            .map(|file| file.unwrap().path())
            .find(|path| path.extension().is_some_and(|found| found == kind))
            .expect("a file of every kind");
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[0] ^= 1;
        // A new file, as a copy from a bad disk is: nobody else's changes.
        std::fs::remove_file(&file).unwrap();
        std::fs::write(&file, bytes).unwrap();

        let opened = Reader::open_sound(folder, &names());
        assert!(opened.is_err(), "{kind}");
        assert_eq!(
            Writer::open(folder, &names()).unwrap().mark(),
            None,
            "{kind}"
        );
        assert!(
            Reader::open(folder, &names()).is_err(),
            "nothing is committed yet: {kind}"
        );
    }
}

#[test]
fn an_index_with_other_names_is_begun_anew_while_the_old_one_is_served() {
    let index = TestIndex::of(&corpus());
    let other_names = lessons::search::Names::default();
    let opened = Reader::open(index.folder.path(), &other_names).unwrap();
    assert!(opened.is_outdated() && !index.reader.is_outdated());

    let mut writer = Writer::open(index.folder.path(), &other_names).unwrap();
    assert_eq!(writer.mark(), None);

    assert!(index.reader.reload().is_err(), "it is empty, not finished");
    assert_eq!(index.reader.mark().as_deref(), Some("test-1"));
    let found = index.ask(List::Reviews, "heron");
    assert_eq!(found.total, 1, "what was served goes on being served");
    assert!(found.hits[0].snippet.is_some());

    writer.commit("test-2").unwrap();
    index.reader.reload().unwrap();
    assert_eq!(index.reader.mark().as_deref(), Some("test-2"));
    assert_eq!(index.ask(List::Reviews, "heron").total, 0);
}

fn counts(results: &SearchResults, facet: Facet) -> Vec<String> {
    let mut counts: Vec<String> = results.counts[&facet]
        .iter()
        .map(|value| format!("{} {}", value.id, value.count))
        .collect();
    counts.sort();
    counts
}

/// Texts that no one should have to type, and that people and programs do.
fn odd_texts() -> Vec<String> {
    let seeds = include_str!("odd-queries.txt").lines();
    let mut texts: Vec<String> = seeds.map(str::to_owned).collect();
    texts.push("neglect ".repeat(1250));
    texts.push("(".repeat(10_000));
    texts.push("\"".repeat(9_999));
    texts.push("a* ".repeat(3_000));
    texts.push("😀".repeat(2_500));
    texts.push("x".repeat(10_000));
    texts.push("neglect OR ".repeat(900));
    texts.push("-neglect ".repeat(1_100));
    texts.push("\u{0}\u{1}\u{7f}\u{feff}\u{202e}".repeat(100));
    texts.push("father\r\n\tmother\u{2028}child\u{a0}".repeat(300));
    texts
}

#[test]
fn odd_texts_are_answered_without_error() {
    let index = TestIndex::of(&corpus());
    let texts = odd_texts();
    assert!(texts.len() >= 200, "{}", texts.len());
    for text in &texts {
        for list in List::ALL {
            let request = SearchRequest {
                text: text.clone(),
                ..SearchRequest::new(list)
            };
            let shown: String = text.chars().take(60).collect();
            let results = index.reader.search(&request);
            assert!(results.is_ok(), "{list:?} {shown}: {results:?}");
        }
    }
}
