//! Reads Word files of 1997 to 2003 (DOC).
//!
//! In: bytes. Out: a [`Document`] of one page. The numbers that Word prints
//! before list items are not worked out: a warning says so where there are
//! any. After [MS-DOC]; `storage` opens the file, `looks` reads styles.

mod looks;
mod pieces;
pub(super) mod storage;

use crate::extract::ExtractError;
use crate::extract::flow::{self, Flow, cell_text};
use crate::extract::kind::{Printed, kind};
use crate::extract::looks::mark_headings;
use crate::extract::text::fold;
use crate::extract::weighted::Weighted;
use crate::model::digest::Digest;
use crate::model::document::{Block, Cell, Declared, Document, Style, Warning};

use looks::Paragraph;
use pieces::{Part, Text};
use storage::Storage;

const MEDIA_TYPE: &str = "application/msword";
/// What Word puts for a table's cell and row ends.
const CELL_END: char = '\u{7}';
const FIELD: char = '\u{13}';
const FIELD_SHOWN: char = '\u{14}';
const FIELD_END: char = '\u{15}';

/// Reads a DOC file.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ExtractError> {
    let damaged = |reason: &str| ExtractError::Damaged {
        format: "DOC",
        reason: reason.to_owned(),
    };
    let storage = Storage::open(bytes).ok_or_else(|| damaged("it is no compound file"))?;
    let text = Text::read(&storage)?;
    let mut reader = Reader::default();
    reader.body(&text);
    for note in text.paragraphs(Part::Footnotes) {
        reader.flow.footnote(shown(&note));
    }
    let mut heads: Vec<String> = text
        .paragraphs(Part::Heads)
        .map(|head| shown(&head))
        .collect();
    heads.sort();
    heads.dedup();
    let heads = heads.into_iter().filter(|head| !head.is_empty());
    let mut warnings = vec![flow::no_pages()];
    if reader.has_lists {
        warnings.push(Warning {
            at: None,
            what: "the numbers of automatic lists are not read from old Word files".to_owned(),
        });
    }
    let mut pages = reader.flow.finish();
    if let Some(first) = pages.first_mut() {
        first.blocks.splice(0..0, heads.map(flow::furniture));
    }
    mark_headings(&mut pages);
    Ok(Document {
        digest: Digest::of(bytes),
        media_type: MEDIA_TYPE.to_owned(),
        declared: Declared::default(),
        pages,
        warnings,
    })
}

/// One character with its place in the file, or the mark that ends a
/// paragraph.
type Letters = Vec<(char, u32)>;

struct Reader {
    flow: Flow,
    cell: Vec<Block>,
    cells: Vec<Cell>,
    table: Option<u32>,
    has_lists: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            flow: Flow::new(false),
            cell: Vec::new(),
            cells: Vec::new(),
            table: None,
            has_lists: false,
        }
    }
}

impl Reader {
    fn body(&mut self, text: &Text) {
        for letters in text.paragraphs(Part::Body) {
            let Some(&(mark, place)) = letters.last() else {
                continue;
            };
            let look = text.looks.at(place);
            let block = self.block(text, &letters, look);
            if mark == CELL_END && look.ends_row {
                self.end_row();
            } else if look.is_in_table {
                self.cell.extend(block);
                if mark == CELL_END {
                    self.end_cell();
                }
            } else if let Some(block) = block {
                self.table = None;
                self.flow.push(block);
            }
        }
        self.end_row();
    }

    fn block(&mut self, text: &Text, letters: &Letters, look: Paragraph) -> Option<Block> {
        let mut words = Weighted::default();
        for (letter, place) in without_fields(letters) {
            let run = text.runs.at(place);
            if !run.is_hidden {
                let size = f32::from(run.half_points.unwrap_or(0)) / 2.0;
                words.push(letter.encode_utf8(&mut [0; 4]), run.is_bold, size);
            }
        }
        let (string, bold) = words.text();
        if string.is_empty() {
            return None;
        }
        self.has_lists |= look.is_in_list;
        let by_style = look
            .style
            .checked_sub(1)
            .and_then(|level| u8::try_from(level).ok());
        let level = look.outline.or(by_style).filter(|level| *level < 9);
        let heading = level.map(|level| (level + 1).min(6));
        let printed = look
            .is_in_list
            .then_some((Printed::Bullet, usize::from(look.level)));
        let (kind, string, bold) = kind(heading, printed, false, string, bold, words.has_tab());
        Some(Block {
            kind,
            text: string,
            style: Style {
                bold_lead: u32::try_from(bold).unwrap_or(u32::MAX),
                size: words.size(),
                boxed: None,
            },
        })
    }

    fn end_cell(&mut self) {
        let blocks = std::mem::take(&mut self.cell);
        self.cells.push(Cell {
            text: cell_text(&blocks),
            column: u16::try_from(self.cells.len()).unwrap_or(u16::MAX),
            span: 1,
            ..Cell::default()
        });
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return;
        }
        let table = match self.table {
            Some(table) => table,
            None => self.flow.next_table(),
        };
        self.table = Some(table);
        self.flow.row(table, false, cells, Style::default());
    }
}

fn shown(letters: &Letters) -> String {
    fold(
        &without_fields(letters)
            .map(|(letter, _)| letter)
            .collect::<String>(),
    )
}

/// The letters that are printed: of a field what it shows, not its code.
fn without_fields(letters: &Letters) -> impl Iterator<Item = (char, u32)> {
    // Of each field that is open, whether its code still goes on.
    let mut fields: Vec<bool> = Vec::new();
    letters.iter().filter_map(move |&(letter, place)| {
        match letter {
            FIELD => fields.push(true),
            FIELD_SHOWN => {
                fields.pop();
                fields.push(false);
            }
            FIELD_END => {
                fields.pop();
            }
            _ if fields.contains(&true) => {}
            // Hyphens that do not break, and those that show only at a line's end.
            '\u{1e}' => return Some(('-', place)),
            '\u{1f}' => {}
            '\t' | '\u{b}' => return Some((letter, place)),
            letter if letter.is_control() => {}
            letter => return Some((letter, place)),
        }
        None
    })
}
