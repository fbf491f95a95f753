//! Reads PDF.
use pdfboss_output::{Block as PdfBlock, LayoutOptions, Line, Role, TextOptions};
use pdfboss_text::ReadingOrder;
use std::num::NonZeroU32;

use crate::extract::text::fold;
use crate::extract::{ExtractError, MAX_PAGES};
use crate::model::digest::Digest;
use crate::model::document::{Block, BlockKind, Cell, Declared, Document, Page, Style, TextFrom};

pub(super) fn read(bytes: &[u8]) -> Result<Document, ExtractError> {
    let pdf = pdfboss_core::Document::load(bytes.to_vec()).map_err(|e| ExtractError::Damaged {
        format: "PDF",
        reason: e.to_string(),
    })?;
    let found = pdf.page_count();
    if found > MAX_PAGES {
        return Err(ExtractError::TooManyPages { found });
    }
    let (layouts, _) = pdfboss_output::extract_layout_reporting_opts(
        &pdf,
        ReadingOrder::StructureTree,
        TextOptions::default(),
        &LayoutOptions::default(),
    )
    .map_err(|e| ExtractError::Damaged {
        format: "PDF",
        reason: e.to_string(),
    })?;
    if layouts.is_empty() {
        return Err(ExtractError::NoPages);
    }
    let mut tables = 0;
    let pages = layouts
        .into_iter()
        .zip(1..)
        .map(|(layout, number)| Page {
            number: NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN),
            label: pdf.page_label(number as usize - 1),
            text_from: TextFrom::File,
            blocks: layout
                .blocks
                .iter()
                .flat_map(|b| blocks(b, &mut tables))
                .collect(),
        })
        .collect();
    let meta = pdf.metadata();
    Ok(Document {
        digest: Digest::of(bytes),
        media_type: "application/pdf".into(),
        declared: Declared {
            title: meta.title,
            author: meta.author,
            created: None,
            language: pdf.language(),
        },
        pages,
        warnings: vec![],
    })
}

fn joined(lines: &[Line]) -> (String, u32, f32) {
    let mut text = String::new();
    let mut bold = 0;
    let mut in_bold = true;
    for line in lines {
        for inline in &line.inlines {
            text.push_str(&inline.text);
            in_bold &= inline.bold || inline.text.trim().is_empty();
            if in_bold {
                bold = fold(&text).len();
            }
        }
        text.push(' ');
    }
    let size = lines.iter().map(|l| l.size).fold(0.0, f32::max);
    (fold(&text), bold as u32, size)
}

fn block(kind: BlockKind, lines: &[Line]) -> Block {
    let (text, bold_lead, size) = joined(lines);
    Block {
        kind,
        text,
        style: Style {
            bold_lead,
            size,
            boxed: None,
        },
    }
}

fn blocks(from: &PdfBlock, tables: &mut u32) -> Vec<Block> {
    match from {
        PdfBlock::Heading { level, lines, .. } => {
            vec![block(BlockKind::Heading { level: *level }, lines)]
        }
        PdfBlock::Paragraph { lines, role, .. } => {
            let kind = match role {
                Role::PageHeader | Role::PageFooter => BlockKind::Furniture,
                _ => BlockKind::Paragraph,
            };
            vec![block(kind, lines)]
        }
        PdfBlock::List { items, .. } => items
            .iter()
            .map(|item| {
                let mut b = block(
                    BlockKind::ListItem {
                        label: None,
                        depth: 0,
                    },
                    &item.lines,
                );
                let (label, text): (String, String) = (
                    b.text.chars().take(item.marker_len).collect(),
                    b.text.chars().skip(item.marker_len).collect(),
                );
                let label = label.trim().trim_matches(['.', ')', '(', ':']).to_owned();
                let label = label.chars().any(char::is_alphanumeric).then_some(label);
                b.kind = BlockKind::ListItem { label, depth: 0 };
                b.text = text.trim().to_owned();
                b
            })
            .collect(),
        PdfBlock::Table { rows, .. } => {
            *tables += 1;
            rows.iter()
                .enumerate()
                .map(|(index, row)| {
                    let cells: Vec<Cell> = row
                        .iter()
                        .enumerate()
                        .map(|(column, cell)| Cell {
                            text: cell
                                .line
                                .as_ref()
                                .map(|l| joined(std::slice::from_ref(l)).0)
                                .unwrap_or_default(),
                            column: column as u16,
                            span: u16::from(cell.colspan),
                            ..Cell::default()
                        })
                        .collect();
                    let text = cells
                        .iter()
                        .map(|c| c.text.clone())
                        .collect::<Vec<_>>()
                        .join(" | ");
                    Block {
                        kind: BlockKind::Row {
                            table: *tables,
                            is_header: index == 0,
                            cells,
                        },
                        text,
                        style: Style::default(),
                    }
                })
                .collect()
        }
    }
}
