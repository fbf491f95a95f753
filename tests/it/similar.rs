//! Cases like a case are found by their words, by what they mean and by what
//! they are about, and each says why.

use std::num::NonZeroU32;

use lessons::model::document::Document;
use lessons::model::entry::Entry;
use lessons::search::request::{Facet, Filters};
use lessons::search::similar::{SimilarCases, SimilarRequest, Subject};

use crate::support::entries::{document, review};
use crate::support::index::TestIndex;
use crate::support::service::{Answered, TestService};

fn case(name: &str, title: &str, theme: &str, age: &str, lesson: &str) -> Entry {
    review("northmere", name)
        .title(title)
        .theme(theme)
        .age(age)
        .lesson("1", lesson, 4, &[theme])
        .build()
}

fn corpus() -> Vec<(Entry, Option<Document>)> {
    let rook = case(
        "rook",
        "Child Rook",
        "fathers-and-male-carers",
        "under-1",
        "Professionals did not engage the father during the pregnancy or after the birth.",
    );
    let wren = case(
        "wren",
        "Child Wren",
        "child-criminal-exploitation",
        "11-15",
        "Episodes of going missing were not seen as criminal exploitation by gangs.",
    );
    let tern = case(
        "tern",
        "Child Tern",
        "neglect",
        "6-10",
        "Poor dental care and hunger at school were treated as separate matters.",
    );
    let paper = document(
        &wren,
        &[(
            "The story",
            &["He carried drugs by train for older youths and was found with cash and a knife."],
        )],
    );
    vec![(rook, None), (wren, Some(paper)), (tern, None)]
}

fn like(index: &TestIndex, text: &str) -> SimilarCases {
    let request = SimilarRequest {
        subject: Subject::Text(text),
        filters: Filters::default(),
        size: NonZeroU32::new(10).unwrap(),
    };
    index.reader.similar(&request).unwrap().unwrap()
}

fn titles(similar: &SimilarCases) -> Vec<&str> {
    let cases = similar.cases.iter();
    cases.map(|case| &*case.card.title).collect()
}

#[test]
fn a_description_finds_the_case_that_is_like_it() {
    let index = TestIndex::of(&corpus());
    for (text, expected) in [
        (
            "nobody spoke to the dad before the baby was born",
            "Child Rook",
        ),
        ("teenager running drugs for a gang on trains", "Child Wren"),
        (
            "always hungry and rotten teeth, nobody joined it up",
            "Child Tern",
        ),
        ("7-year-old, neglect", "Child Tern"),
    ] {
        let similar = like(&index, text);
        assert_eq!(titles(&similar).first(), Some(&expected), "{text}");
        assert!(similar.is_by_meaning);
    }
}

#[test]
fn each_case_says_why_it_is_alike() {
    let index = TestIndex::of(&corpus());
    let similar = like(
        &index,
        "15-year-old found with a knife, criminal exploitation",
    );
    let wren = &similar.cases[0];
    assert_eq!(wren.card.title, "Child Wren");
    assert_eq!(wren.why.themes, ["child-criminal-exploitation"]);
    assert_eq!(wren.why.ages, ["11-15"]);
    assert_eq!(wren.why.passages.len(), 2);
    assert!(
        wren.why
            .passages
            .iter()
            .all(|passage| passage.by_words && passage.by_meaning)
    );
    let snippets = wren
        .why
        .passages
        .iter()
        .filter_map(|passage| passage.snippet.as_ref());
    let marked: Vec<&str> = snippets
        .flat_map(|snippet| {
            snippet
                .highlights
                .iter()
                .map(|range| &snippet.text[range.clone()])
        })
        .collect();
    for word in ["knife", "criminal", "exploitation"] {
        assert!(marked.contains(&word), "{marked:?}");
    }
}

#[test]
fn without_meanings_words_and_facts_still_find_and_it_is_said() {
    let TestIndex { folder, reader } = TestIndex::of(&corpus());
    let index = TestIndex {
        folder,
        reader: reader.by_words_alone(),
    };
    let similar = like(&index, "going missing and carrying a knife");
    assert_eq!(titles(&similar), ["Child Wren"]);
    assert!(!similar.is_by_meaning);
    assert!(
        similar.cases[0]
            .why
            .passages
            .iter()
            .all(|passage| !passage.by_meaning)
    );
}

#[test]
fn a_case_finds_others_and_never_itself() {
    let index = TestIndex::of(&corpus());
    let own = corpus()[0].0.id.clone();
    let mut request = SimilarRequest {
        subject: Subject::Case(&own),
        filters: Filters::default(),
        size: NonZeroU32::new(10).unwrap(),
    };
    let similar = index.reader.similar(&request).unwrap().unwrap();
    assert!(!similar.cases.is_empty());
    assert!(similar.cases.iter().all(|case| case.card.case != own));

    let unknown = "northmere/00000000".parse().unwrap();
    request.subject = Subject::Case(&unknown);
    assert_eq!(index.reader.similar(&request).unwrap(), None);
}

#[test]
fn filters_narrow_and_odd_texts_are_answered() {
    let index = TestIndex::of(&corpus());
    let mut filters = Filters::default();
    filters.chosen.insert(Facet::Age, vec!["6-10".to_owned()]);
    let request = SimilarRequest {
        subject: Subject::Text("exploitation of a child who was hungry"),
        filters,
        size: NonZeroU32::new(10).unwrap(),
    };
    let similar = index.reader.similar(&request).unwrap().unwrap();
    assert_eq!(titles(&similar), ["Child Tern"]);

    let long = "hunger at school ".repeat(5000);
    for (text, expected) in [("", 0), ("— … 🙂", 0), ("of the and", 0), (&long, 3)] {
        let found = like(&index, text).cases.len();
        assert!(found >= expected.min(1), "{text:.20}: {found}");
        assert!(expected > 0 || found == 0, "{text:.20}: {found}");
    }
}

fn service() -> TestService {
    let entries: Vec<Entry> = corpus().into_iter().map(|(entry, _)| entry).collect();
    TestService::with(&entries, None)
}

fn json(answered: &Answered) -> serde_json::Value {
    assert_eq!(answered.status, 200, "{}", answered.body);
    serde_json::from_str(&answered.body).unwrap()
}

#[tokio::test]
async fn the_api_answers_a_description_and_keeps_nothing() {
    let service = service();
    let body = r#"{"text": "nobody met the father before birth", "size": 2}"#;
    let answered = service.post("/api/v1/similar", body).await;
    assert_eq!(answered.header("cache-control"), "no-store");
    let found = json(&answered);
    let first = &found["results"][0];
    assert_eq!(first["title"], "Child Rook");
    assert_eq!(first["why"]["passages"][0]["kind"], "lesson");
    assert_eq!(first["why"]["passages"][0]["page"], 4);
    assert_eq!(found["results"].as_array().unwrap().len(), 2);

    let body = r#"{"text": "father", "filters": {"age": "6-10", "theme": ["neglect"]}}"#;
    let found = json(&service.post("/api/v1/similar", body).await);
    let results = found["results"].as_array().unwrap();
    assert!(results.iter().all(|hit| hit["title"] == "Child Tern"));
}

#[tokio::test]
async fn a_mistaken_question_is_a_problem_that_does_not_repeat_it() {
    let service = service();
    for body in [
        "",
        "secret words",
        r#"{"text": ""}"#,
        r#"{"text": "secret words", "colour": 1}"#,
        r#"{"text": "secret words", "filters": {"theme": "no-such-theme"}}"#,
        r#"{"text": "secret words", "filters": {"q": "x"}}"#,
        r#"{"text": "secret words", "size": 500}"#,
    ] {
        let answered = service.post("/api/v1/similar", body).await;
        assert_eq!(answered.status, 400, "{body}: {}", answered.body);
        assert_eq!(answered.header("content-type"), "application/problem+json");
        assert!(!answered.body.contains("secret"), "{}", answered.body);
    }
    assert_eq!(service.get("/api/v1/similar", &[]).await.status, 405);
}

#[tokio::test]
async fn a_case_has_similar_ones_in_the_api_and_on_its_page() {
    let service = service();
    let id = corpus()[0].0.id.clone();
    let path = format!("/api/v1/reviews/{id}/similar?size=1");
    let found = json(&service.get(&path, &[]).await);
    assert_eq!(found["results"].as_array().unwrap().len(), 1);
    let missing = service
        .get("/api/v1/reviews/northmere/00000000/similar", &[])
        .await;
    assert_eq!(missing.status, 404);

    let page = service.get(&format!("/reviews/{id}"), &[]).await;
    assert!(page.main().contains("Similar reviews"), "{}", page.main());
    assert!(page.main().contains("Why it is here"));
}

#[tokio::test]
async fn the_page_takes_a_description_in_its_body_alone() {
    let service = service();
    let form = service.get("/similar", &[]).await;
    assert!(form.main().contains("Nothing you write here is stored"));
    assert!(form.main().contains("method=\"post\""));

    let answered = service
        .post(
            "/similar",
            "text=carried+drugs%2C+criminal+exploitation+%3Cb%3E",
        )
        .await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.header("cache-control"), "no-store");
    let main = answered.main();
    assert!(
        main.contains("Child Wren") && main.contains("Same themes:"),
        "{main}"
    );
    assert!(
        main.contains("carried drugs, criminal exploitation &#60;b&#62;"),
        "{main}"
    );
    for link in main.split("href=\"").skip(1) {
        let link = &link[..link.find('"').unwrap()];
        assert!(!link.contains("drugs"), "{link}");
    }
}
