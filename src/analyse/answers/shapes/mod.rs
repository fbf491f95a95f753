//! Responses in the shapes in which partnerships, boards and committees set
//! them out, written as text: see [`blocks`].
//!
//! In: a response as text. Out: whether it is read as it should be.

mod others;
mod plans;
mod prose;
mod signs;

use crate::analyse::answers::tests::{self, cell};
use crate::model::analysis::Answer;
use crate::model::document::{Block, BlockKind, Cell};

/// Compares what is read from a response with one line an answer: label,
/// status, and those parts that are named.
#[track_caller]
fn check(response: &str, expected: &[&str]) {
    let answers = tests::read(&blocks(response));
    let found: Vec<String> = answers.iter().map(tests::outline_of).collect();
    assert_eq!(found, expected, "{response}");
}

/// The same with who, by when and how it is known beside the rest.
#[track_caller]
fn check_whole(response: &str, expected: &[&str]) {
    let answers = tests::read(&blocks(response));
    let found: Vec<String> = answers.iter().map(whole_of).collect();
    assert_eq!(found, expected, "{response}");
}

fn whole_of(answer: &Answer) -> String {
    let mut line = tests::outline_of(answer);
    let parts = [
        ("owner", &answer.parts.owner),
        ("due", &answer.parts.due),
        ("printed", &answer.parts.status),
        ("evidence", &answer.parts.evidence),
    ];
    for (name, part) in parts {
        if let Some(part) = part {
            line.extend([" | ", name, ": ", part]);
        }
    }
    line
}

/// A response as blocks, one a line: `# heading`, `**bold line`, `- list
/// item`, `= cell over all columns`, `| cell | cell`, else a paragraph. In a
/// cell `^` repeats a merged one, `/` breaks the line, `[00b050]` is its
/// background.
fn blocks(response: &str) -> Vec<Block> {
    let lines = response.lines().map(str::trim);
    let block = |line: &str| match line.split_once(' ') {
        Some((marks, text)) if marks.starts_with('#') => {
            tests::h(u8::try_from(marks.len()).expect("few marks"), text)
        }
        Some(("-", text)) => tests::li(text),
        Some(("=", text)) => tests::wide(text),
        Some(("|", text)) => tests::block_of(cells(text)),
        _ => match line.strip_prefix("**") {
            Some(text) => tests::b(text),
            None => tests::p(line),
        },
    };
    lines.filter(|line| !line.is_empty()).map(block).collect()
}

fn cells(row: &str) -> Vec<Cell> {
    let texts = row.split('|').map(str::trim);
    let read = |(text, column): (&str, u16)| {
        let (shade, text) = match text.strip_prefix('[').and_then(|text| text.split_once(']')) {
            Some((shade, text)) => (u32::from_str_radix(shade, 16).ok(), text.trim()),
            None => (None, text),
        };
        Cell {
            shade,
            is_merged: text == "^",
            ..cell(&text.trim_start_matches('^').replace(" / ", "\n"), column)
        }
    };
    texts.zip(0..).map(read).collect()
}

#[test]
fn blocks_are_written_as_they_look() {
    let blocks = blocks("# Plan\n| No | [ff0000] Late\n- one\ntext");
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["Plan", "No | Late", "one", "text"]);
    assert!(
        matches!(&blocks[1].kind, BlockKind::Row { cells, .. } if cells[1].shade == Some(0xff_0000))
    );
}
