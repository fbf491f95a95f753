//! Files of corrections, good and bad, and what they make of an analysis.

use super::*;
use crate::model::analysis::{Answer, Cited, Findings, Item, Metadata, Parts, Source, Status};
use crate::model::document::Locator;

const DOCUMENT: &str = "document = \"oakmoor/3f9c2a71\"";

fn read(text: &str) -> Result<Corrections, Vec<LoadError>> {
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    let mut faults = Vec::new();
    let all = file::read("some.toml", text, &vocabulary, &mut faults);
    if faults.is_empty() {
        Ok(Corrections(all))
    } else {
        Err(faults)
    }
}

#[test]
fn the_compiled_in_files_are_right() {
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    let faults = load(None, &vocabulary).err();
    assert_eq!(faults, None);
}

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    for (text, expected) in [
        (
            "[[correction]]\ntitle = \"A\"\nwhy = \"x\"",
            "some.toml:1: `document`: one of `document`, `sha256` and `url` must name the document",
        ),
        (
            "\n[[correction]]\ndocument = \"oakmoor\"\nwhy = \"x\"",
            "some.toml:3: `oakmoor` is not an entry id such as `oakmoor/3f9c2a71`",
        ),
        (
            "[[correction]]\nDOCUMENT\nwhy = \" \"",
            "some.toml:1: `why`: is empty; it must give the reason",
        ),
        (
            "[[correction]]\nDOCUMENT\nwhy = \"x\"\nthemes = [\"nonsense\"]",
            "some.toml:1: `themes`: `nonsense` is no term of the vocabulary",
        ),
        (
            "[[correction]]\nDOCUMENT\nwhy = \"x\"\nlanguage = \"fr\"",
            "some.toml:1: `language`: is neither `en` nor `cy`",
        ),
        (
            "[[correction]]\nDOCUMENT\nwhy = \"x\"\n[[correction.recommendation]]\nid = \"3\"",
            "some.toml:1: `recommendation`: `3` must either be removed or have something set",
        ),
    ] {
        let faults = read(&text.replace("DOCUMENT", DOCUMENT)).expect_err(text);
        assert_eq!(faults[0].to_string(), expected);
    }
    let faults = read(&format!(
        "[[correction]]\n{DOCUMENT}\nwhy = \"x\"\ntitel = \"A\""
    ));
    let told = faults.expect_err("an unknown key")[0].to_string();
    assert!(
        told.starts_with("some.toml:") && told.contains("titel"),
        "{told}"
    );
}

#[test]
fn facts_and_items_are_set_and_noted() {
    let corrections = read(&format!(
        "[[correction]]\n{DOCUMENT}\nwhy = \"as printed\"\nkind = \"summary\"\ntitle = \"B\"\n\
         subjects = [\"Child B\"]\nblank = [\"author\"]\n\
         [[correction.recommendation]]\nid = \"1\"\nto = [\"police\"]\n\
         [[correction.recommendation]]\nid = \"2\"\nremove = true\n\
         [[correction.recommendation]]\nid = \"3\"\ntext = \"Do it.\"\npage = 4\n\
         [[correction.answer]]\nrecommendation = \"1\"\nstatus = \"completed\"\n"
    ))
    .expect("a good file");
    let id: EntryId = "oakmoor/3f9c2a71".parse().expect("an id");
    let mut analysis = analysis();
    let named = Named {
        id: &id,
        digest: &analysis.digest.clone(),
        url: "http://oakmoor.example/a",
    };
    for _ in 0..2 {
        corrections.apply_facts(named, &mut analysis);
        corrections.apply_answers(named, &mut analysis);
    }
    assert_eq!(corrections.kind(named), Some(Kind::Summary));
    assert_eq!(analysis.kind, Kind::Summary);
    let title = analysis.metadata.title.expect("a title");
    assert_eq!((title.value.as_str(), title.source), ("B", Source::Curator));
    assert_eq!(analysis.metadata.author, None);
    let labels = |items: &[Item]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&analysis.findings.recommendations), ["1", "3"]);
    assert_eq!(
        analysis.findings.recommendations[0].to[0].as_str(),
        "police"
    );
    assert_eq!(analysis.findings.answers[0].status, Status::Completed);
    let noted = analysis.corrected.iter().map(|note| note.fact.as_str());
    assert!(noted.clone().any(|fact| fact == "recommendations/3"));
    assert_eq!(noted.filter(|fact| *fact == "title").count(), 1);
}

#[test]
fn another_document_is_left_alone() {
    let corrections = read(&format!(
        "[[correction]]\n{DOCUMENT}\nwhy = \"x\"\ntitle = \"B\""
    ));
    let corrections = corrections.expect("a good file");
    let id: EntryId = "oakmoor/00000000".parse().expect("an id");
    let mut other = analysis();
    let named = Named {
        id: &id,
        digest: &other.digest.clone(),
        url: "http://oakmoor.example/b",
    };
    corrections.apply_facts(named, &mut other);
    assert_eq!(other, analysis());
    assert_eq!(
        corrections.without_document(&[]),
        ["some.toml:1: `oakmoor/3f9c2a71`"]
    );
}

fn analysis() -> Analysis {
    let at = Locator {
        page: std::num::NonZeroU32::MIN,
        block: 0,
    };
    let item = |id: &str| Item {
        id: id.to_owned(),
        text: "The Board should ask.".to_owned(),
        at,
        to: Vec::new(),
        themes: Vec::new(),
        confidence: 0.8,
    };
    let read = |value: &str| Cited {
        value: value.to_owned(),
        source: Source::Text(at),
        confidence: 0.8,
    };
    Analysis {
        digest: Digest::of(b"a"),
        kind: Kind::Review,
        kind_confidence: 0.8,
        metadata: Metadata {
            title: Some(read("A")),
            author: Some(read("Ann Lee")),
            ..Metadata::default()
        },
        findings: Findings {
            recommendations: vec![item("1"), item("2")],
            answers: vec![Answer {
                recommendation: "1".to_owned(),
                at,
                parts: Parts::default(),
                status: Status::Unknown,
                confidence: 0.7,
            }],
            ..Findings::default()
        },
        warnings: Vec::new(),
        corrected: Vec::new(),
    }
}
