//! Reads HTML.
use scraper::{ElementRef, Html, Node};

use crate::extract::ExtractError;
use crate::extract::text::fold;
use crate::model::digest::Digest;
use crate::model::document::{Block, BlockKind, Cell, Declared, Document, Page, Style, TextFrom};

pub(super) fn read(bytes: &[u8], _charset: Option<&str>) -> Result<Document, ExtractError> {
    let html = Html::parse_document(&String::from_utf8_lossy(bytes));
    let mut blocks = Vec::new();
    walk(html.root_element(), &mut blocks, &mut 0);
    Ok(Document {
        digest: Digest::of(bytes),
        media_type: "text/html".into(),
        declared: Declared::default(),
        pages: vec![Page {
            number: std::num::NonZeroU32::MIN,
            label: None,
            text_from: TextFrom::File,
            blocks,
        }],
        warnings: vec![],
    })
}

fn walk(element: ElementRef<'_>, blocks: &mut Vec<Block>, tables: &mut u32) {
    let all = |e: ElementRef<'_>| fold(&e.text().collect::<String>());
    let mut push = |kind, text: String| {
        if !text.is_empty() {
            blocks.push(Block {
                kind,
                text,
                style: Style::default(),
            });
        }
    };
    match element.value().name() {
        "script" | "style" | "nav" | "header" | "footer" | "noscript" | "form" | "head" => {}
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = element.value().name().as_bytes()[1] - b'0';
            push(BlockKind::Heading { level }, all(element));
        }
        "p" | "summary" | "dt" | "dd" | "figcaption" => push(BlockKind::Paragraph, all(element)),
        "li" => {
            let label = element
                .parent()
                .and_then(ElementRef::wrap)
                .filter(|p| p.value().name() == "ol")
                .map(|p| {
                    let before = p
                        .child_elements()
                        .take_while(|c| c.id() != element.id())
                        .count();
                    (before + 1).to_string()
                });
            push(BlockKind::ListItem { label, depth: 0 }, all(element));
        }
        "tr" => {
            let cells: Vec<Cell> = element
                .child_elements()
                .enumerate()
                .map(|(i, c)| Cell {
                    text: all(c),
                    column: i as u16,
                    span: 1,
                    ..Cell::default()
                })
                .collect();
            let text = cells
                .iter()
                .map(|c| c.text.clone())
                .collect::<Vec<_>>()
                .join(" | ");
            let is_header = element.child_elements().all(|c| c.value().name() == "th");
            push(
                BlockKind::Row {
                    table: *tables,
                    is_header,
                    cells,
                },
                text,
            );
        }
        name => {
            if name == "table" {
                *tables += 1;
            }
            let own: String = element
                .children()
                .filter_map(|n| match n.value() {
                    Node::Text(t) => Some(&**t),
                    _ => None,
                })
                .collect();
            push(BlockKind::Paragraph, fold(&own));
            for child in element.child_elements() {
                walk(child, blocks, tables);
            }
        }
    }
}
