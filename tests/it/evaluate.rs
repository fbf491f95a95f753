//! The built-in scorer gives what the reference scorer gives.
//!
//! `expected.txt` and `expected.json` beside the fixture were written by
//! `score.py` from the same files; `scripts/score-corpus` compares the two on
//! a whole corpus.

use lessons::evaluate::{EvaluateError, evaluate};
use lessons::vocabulary::Vocabulary;

const GOLD: &str = include_str!("../fixtures/evaluate/gold.json");
const EXPORT: &str = include_str!("../fixtures/evaluate/export.jsonl");
const REQUESTS: &str = include_str!("../fixtures/evaluate/requests.jsonl");

#[test]
fn the_table_is_the_reference_scorers() {
    let score = evaluate(GOLD, EXPORT, Some(REQUESTS), &vocabulary()).unwrap();
    let mut lines = vec![score.table()];
    lines.extend(score.worst(20));
    let expected = include_str!("../fixtures/evaluate/expected.txt");
    assert_eq!(lines.join("\n"), expected.trim_end());
}

#[test]
fn the_figures_are_the_reference_scorers() {
    let score = evaluate(GOLD, EXPORT, Some(REQUESTS), &vocabulary()).unwrap();
    let expected: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/evaluate/expected.json")).unwrap();
    assert_eq!(serde_json::to_value(&score).unwrap(), expected);
}

#[test]
fn each_site_is_measured_by_itself() {
    let score = evaluate(GOLD, EXPORT, None, &vocabulary()).unwrap();
    let sites = serde_json::to_value(score.by_site()).unwrap();
    assert_eq!(sites["alder"]["documents discovered"]["of"], 2);
    assert_eq!(sites["birch"]["documents discovered"]["right"], 2);
    assert_eq!(sites["birch"]["recommendations"]["missed"], 2);
    assert!(
        score
            .tables_by_site()
            .starts_with("alder:\ndocuments discovered")
    );
}

#[test]
fn the_worst_come_first_and_no_more_than_asked() {
    let score = evaluate(GOLD, EXPORT, None, &vocabulary()).unwrap();
    let worst = score.worst(1);
    assert_eq!(worst.len(), 1);
    assert!(
        worst[0].starts_with("  birch/summary-adult-c: belongs to"),
        "{worst:?}"
    );
}

#[test]
fn an_unreadable_line_is_named() {
    let broken = "\n{\"url\": \"http://a.example/\"}\n{\"url\": 3}\n";
    let error = evaluate(GOLD, broken, None, &vocabulary()).unwrap_err();
    assert!(
        matches!(
            error,
            EvaluateError::Line {
                file: "export",
                line: 3,
                ..
            }
        ),
        "{error:?}"
    );
    let error = evaluate("[]", EXPORT, None, &vocabulary()).unwrap_err();
    assert!(matches!(error, EvaluateError::Gold(_)), "{error:?}");
}

fn vocabulary() -> Vocabulary {
    Vocabulary::load().expect("the vocabularies are checked by their own tests")
}
