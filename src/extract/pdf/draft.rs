//! A block while its document is being put together: lines with their places,
//! before furniture, headings and continuations over pages are known.

use super::area::{Area, around};
use super::line::Line;

/// A block to be.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Index of the page on which it begins.
    pub(super) page: usize,
    pub(super) kind: Kind,
    /// Empty for a row.
    pub(super) lines: Vec<Line>,
    /// Around its part on the first page.
    pub(super) area: Area,
    /// Number of the box it stands in.
    pub(super) boxed: Option<u32>,
    /// How far its lines could have run: the right edge of its column.
    pub(super) right: f32,
}

/// What a draft is so far.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A heading by the file's own structure.
    Heading(u8),
    /// Running text; what opens it is not looked at yet.
    Text,
    /// A list item by the file's own structure; `None` if no label is drawn
    /// apart from the text.
    Item {
        label: Option<String>,
        depth: u8,
    },
    /// A line of a table of contents.
    Contents,
    Row(Row),
    Footnote,
    Furniture,
}

/// A table row to be.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) table: u32,
    pub(super) is_header: bool,
    pub(super) cells: Vec<CellDraft>,
    /// Left edges of the table's columns, to know it again on the next page.
    pub(super) edges: Vec<f32>,
}

/// A table cell to be.
#[derive(Debug, Clone, Default)]
pub(super) struct CellDraft {
    pub(super) column: usize,
    pub(super) span: usize,
    /// Its paragraphs.
    pub(super) paragraphs: Vec<Vec<Line>>,
    pub(super) shade: Option<u32>,
    pub(super) is_merged: bool,
}

impl Draft {
    pub(super) fn of_lines(page: usize, kind: Kind, lines: Vec<Line>, right: f32) -> Self {
        Self {
            page,
            kind,
            area: around(lines.iter().map(|line| line.area)).unwrap_or_default(),
            lines,
            boxed: None,
            right,
        }
    }

    /// Its text as printed, lines joined.
    pub(super) fn text(&self) -> String {
        super::join::text(&self.lines)
    }

    /// The size most of its letters have.
    pub(super) fn size(&self) -> f32 {
        let longest = self.lines.iter().max_by_key(|line| line.text().len());
        longest.map_or(0.0, |line| line.size)
    }
}
