//! The bulk download keeps its promises: the keys of PRODUCT.md section 5, all
//! of them, in that order, whatever is known.

use lessons::export::write_jsonl;
use lessons::model::entry::Entry;

/// A response that knows little, and the review it answers, which knows all.
const ENTRIES: &str = include_str!("../fixtures/export/entries.json");
const EXPECTED: &str = include_str!("../fixtures/export/expected.jsonl");

#[test]
fn every_key_stands_in_its_place() {
    assert_eq!(jsonl(&entries()), EXPECTED);
}

#[test]
fn of_several_reviews_the_likeliest_is_answered() {
    let mut entries = entries();
    let mut other = entries[1].clone();
    other.id = "alder/00000003".parse().unwrap();
    other.url = "http://alder.example/likelier".parse().unwrap();
    other.final_url = "http://alder.example/likelier.pdf".parse().unwrap();
    let mut link = entries[0].links[0].clone();
    link.to = other.id.clone();
    link.confidence = 0.9;
    entries[0].links.push(link);
    entries.push(other);
    let text = jsonl(&entries);
    assert!(
        text.contains(r#""responds_to":"http://alder.example/likelier.pdf""#),
        "{text}"
    );
}

#[test]
fn a_review_that_is_not_exported_is_not_answered() {
    let text = jsonl(&entries()[..1]);
    assert!(text.contains(r#""responds_to":null"#), "{text}");
}

fn entries() -> Vec<Entry> {
    serde_json::from_str(ENTRIES).unwrap()
}

fn jsonl(entries: &[Entry]) -> String {
    let mut out = Vec::new();
    write_jsonl(entries, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
