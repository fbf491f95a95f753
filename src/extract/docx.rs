//! Reads DOCX.
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::extract::ExtractError;
use crate::extract::text::fold;
use crate::extract::xml::{self, Element};
use crate::model::digest::Digest;
use crate::model::document::{Block, BlockKind, Cell, Declared, Document, Page, Style, TextFrom};

pub(super) fn read(bytes: &[u8]) -> Result<Document, ExtractError> {
    let damaged = |reason: String| ExtractError::Damaged {
        format: "DOCX",
        reason,
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
    let mut part = Vec::new();
    archive
        .by_name("word/document.xml")
        .map_err(|e| damaged(e.to_string()))?
        .take(64 << 20)
        .read_to_end(&mut part)
        .map_err(|e| damaged(e.to_string()))?;
    let (root, _) = xml::parse(&part);
    let mut blocks = Vec::new();
    if let Some(body) = root.child("body") {
        read_body(body, &mut blocks, &mut 0);
    }
    Ok(Document {
        digest: Digest::of(bytes),
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            .into(),
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

fn read_body(body: &Element, blocks: &mut Vec<Block>, tables: &mut u32) {
    for element in body.elements() {
        match element.name.as_str() {
            "p" => blocks.extend(paragraph(element)),
            "tbl" => {
                for (index, row) in element.elements().filter(|e| e.name == "tr").enumerate() {
                    let cells: Vec<Cell> = row
                        .elements()
                        .filter(|e| e.name == "tc")
                        .enumerate()
                        .map(|(column, cell)| Cell {
                            text: cell
                                .elements()
                                .filter(|e| e.name == "p")
                                .map(|p| fold(&p.text()))
                                .collect::<Vec<_>>()
                                .join("\n"),
                            column: column as u16,
                            span: 1,
                            ..Cell::default()
                        })
                        .collect();
                    let text = cells
                        .iter()
                        .map(|c| c.text.replace('\n', " "))
                        .collect::<Vec<_>>()
                        .join(" | ");
                    blocks.push(Block {
                        kind: BlockKind::Row {
                            table: *tables,
                            is_header: index == 0,
                            cells,
                        },
                        text,
                        style: Style::default(),
                    });
                }
                *tables += 1;
            }
            _ => {}
        }
    }
}

fn paragraph(p: &Element) -> Option<Block> {
    let text = fold(&p.text());
    if text.is_empty() {
        return None;
    }
    let style = p
        .at(&["pPr", "pStyle"])
        .and_then(|s| s.attr("val"))
        .unwrap_or("");
    let kind = if let Some(level) = style.strip_prefix("Heading").and_then(|l| l.parse().ok()) {
        BlockKind::Heading { level }
    } else if p.at(&["pPr", "numPr"]).is_some() {
        BlockKind::ListItem {
            label: None,
            depth: 0,
        }
    } else {
        BlockKind::Paragraph
    };
    Some(Block {
        kind,
        text,
        style: Style::default(),
    })
}
