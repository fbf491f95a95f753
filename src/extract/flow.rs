//! Collects the blocks of a file that flows from top to bottom into pages.
//!
//! In: blocks, notes and page breaks in the order of the file. Out: pages,
//! each with its footnotes at its foot. What a block is, each format's reader
//! says.

use std::mem;
use std::num::NonZeroU32;

use crate::extract::MAX_PAGES;
use crate::extract::text::row_text;
use crate::model::document::{Block, BlockKind, Cell, Page, Style, TextFrom, Warning};

/// Pages as they fill.
#[derive(Debug)]
pub(super) struct Flow {
    pages: Vec<Vec<Block>>,
    /// Footnotes of the page at hand.
    at_foot: Vec<Block>,
    at_end: Vec<Block>,
    tables: u32,
    boxes: u32,
    has_pages: bool,
}

impl Flow {
    /// Begins. Page breaks count only when the file notes all of them: forced
    /// ones alone would give wrong numbers.
    pub(super) fn new(has_pages: bool) -> Self {
        Self {
            has_pages,
            pages: vec![Vec::new()],
            at_foot: Vec::new(),
            at_end: Vec::new(),
            tables: 0,
            boxes: 0,
        }
    }

    /// A number for the next table.
    pub(super) fn next_table(&mut self) -> u32 {
        self.tables += 1;
        self.tables
    }

    /// A number for the next box.
    pub(super) fn next_box(&mut self) -> u32 {
        self.boxes += 1;
        self.boxes
    }

    /// Whether nothing has come yet.
    pub(super) fn is_empty(&self) -> bool {
        self.pages.iter().all(Vec::is_empty)
    }

    /// Adds a block to the page at hand, unless it is empty.
    pub(super) fn push(&mut self, block: Block) {
        if let Some(page) = self.pages.last_mut()
            && !block.text.is_empty()
        {
            page.push(block);
        }
    }

    /// Adds a table row.
    pub(super) fn row(&mut self, table: u32, is_header: bool, cells: Vec<Cell>, style: Style) {
        self.push(Block {
            text: row_text(&cells),
            kind: BlockKind::Row {
                table,
                is_header,
                cells,
            },
            style,
        });
    }

    /// Adds a note to the foot of the page at hand.
    pub(super) fn footnote(&mut self, text: String) {
        self.at_foot.extend(note(text));
    }

    /// Adds a note to the end of the document.
    pub(super) fn endnote(&mut self, text: String) {
        self.at_end.extend(note(text));
    }

    /// Begins so many new pages.
    pub(super) fn advance(&mut self, pages: usize) {
        for _ in 0..pages {
            if self.has_pages && self.pages.len() < MAX_PAGES {
                self.end_page();
                self.pages.push(Vec::new());
            }
        }
    }

    fn end_page(&mut self) {
        if let Some(page) = self.pages.last_mut() {
            page.append(&mut self.at_foot);
        }
    }

    /// Sets the blocks so far aside, to collect those of a cell: give what
    /// comes back to [`Flow::resume`].
    pub(super) fn pause(&mut self) -> Vec<Vec<Block>> {
        mem::replace(&mut self.pages, vec![Vec::new()])
    }

    /// Goes on with what was set aside. Gives the blocks collected since, and
    /// how many pages they began.
    pub(super) fn resume(&mut self, paused: Vec<Vec<Block>>) -> (Vec<Block>, usize) {
        let since = mem::replace(&mut self.pages, paused);
        let breaks = since.len().saturating_sub(1);
        (since.into_iter().flatten().collect(), breaks)
    }

    /// The pages.
    pub(super) fn finish(mut self) -> Vec<Page> {
        self.end_page();
        if let Some(last) = self.pages.last_mut() {
            last.append(&mut self.at_end);
        }
        self.pages
            .into_iter()
            .zip(1..)
            .map(|(blocks, number)| Page {
                number: NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN),
                label: None,
                text_from: TextFrom::File,
                blocks,
            })
            .collect()
    }
}

/// What a cell holds, a line each.
pub(super) fn cell_text(blocks: &[Block]) -> String {
    let lines: Vec<String> = blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::ListItem {
                label: Some(label), ..
            } => format!("{label}. {}", block.text),
            _ => block.text.clone(),
        })
        .collect();
    lines.join("\n")
}

/// Text that is neither the author's nor in the flow: a running head or foot.
pub(super) fn furniture(text: String) -> Block {
    Block {
        kind: BlockKind::Furniture,
        text,
        style: Style::default(),
    }
}

/// Says that a file without fixed pages does not tell where they begin.
pub(super) fn no_pages() -> Warning {
    Warning {
        at: None,
        what: "the file does not say where its pages begin; all of it is given as page 1"
            .to_owned(),
    }
}

fn note(text: String) -> Option<Block> {
    (!text.is_empty()).then_some(Block {
        kind: BlockKind::Footnote,
        text,
        style: Style::default(),
    })
}
