//! The built-in scorer gives what the reference scorer gives.
//!
//! `expected.txt` and `expected.json` beside the fixture were written by
//! `score.py` from the same files; `scripts/score-corpus` compares the two on
//! a whole corpus.

use std::num::NonZeroU32;

use lessons::evaluate::{EvaluateError, evaluate};
use lessons::model::digest::Digest;
use lessons::model::document::{Block, BlockKind, Cell, Declared, Document, Page, Style, TextFrom};
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

/// A known item on page 2, in a document that prints it as given here.
fn reading_of(pages: &[&[Block]]) -> String {
    let gold = r#"{"documents": [{"id": "alder/review", "site": "alder", "urls": ["http://a.example/r.pdf"],
        "recommendations": [{"id": "1", "text": "The Board should agree a protocol.", "page": 2}],
        "responses": [{"recommendation": "1", "parts": {"action": "A protocol was agreed. Staff were told."}}]}]}"#;
    let pages = pages.iter().zip(1..).map(|(blocks, number)| Page {
        number: NonZeroU32::new(number).unwrap(),
        label: None,
        text_from: TextFrom::File,
        blocks: blocks.to_vec(),
    });
    let document = Document {
        digest: Digest::of(b"r"),
        media_type: String::new(),
        declared: Declared::default(),
        pages: pages.collect(),
        warnings: Vec::new(),
    };
    let reading = lessons::evaluate::reading(gold, |_| Some(document.clone())).unwrap();
    reading.misses(9).join("\n")
}

fn block(kind: BlockKind, text: &str) -> Block {
    Block {
        kind,
        text: text.to_owned(),
        style: Style::default(),
    }
}

#[test]
fn items_are_looked_for_in_one_piece_and_on_their_page() {
    let item = || {
        let kind = BlockKind::ListItem {
            label: Some("1".to_owned()),
            depth: 0,
        };
        block(kind, "The Board should agree a protocol.")
    };
    let answer = || {
        let cell = |text: &str, column| Cell {
            text: text.to_owned(),
            column,
            span: 1,
            ..Cell::default()
        };
        let kind = BlockKind::Row {
            table: 1,
            is_header: false,
            cells: vec![
                cell("A protocol was agreed.", 0),
                cell("Done", 1),
                cell("Staff were told.", 2),
            ],
        };
        block(kind, "")
    };
    let broken = || block(BlockKind::Paragraph, "The Board should");
    let foot = || block(BlockKind::Furniture, "Page 1");
    let rest = || block(BlockKind::Paragraph, "agree a protocol.");
    assert_eq!(
        reading_of(&[&[], &[broken(), foot(), rest(), answer()]]),
        ""
    );
    assert_eq!(
        reading_of(&[&[item()], &[answer()]]),
        "alder/review: item 1 is on page 1, not 2"
    );
    assert_eq!(
        reading_of(&[&[], &[broken(), answer()]]),
        "alder/review: item 1 is not in one piece"
    );
    assert_eq!(
        reading_of(&[&[], &[item()]]),
        "alder/review: answer to 1 is not in one piece"
    );
}
