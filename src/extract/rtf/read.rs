//! Follows the tokens of RTF and makes blocks.
//!
//! In: [`Token`]s in order. Out: pages of blocks.

use std::collections::HashMap;
use std::mem;

use encoding_rs::Encoding;

use super::state::{Into, Paragraph, State, destination, goes_on};
use super::table::Row;
use super::tokens::Token;
use crate::extract::flow::{self, Flow, cell_text};
use crate::extract::kind::{Printed, kind};
use crate::extract::text::fold;
use crate::extract::weighted::Weighted;
use crate::model::document::{Block, Cell, Page, Style};

/// Deepest nesting of groups.
const MAX_DEPTH: usize = 500;

/// Follows a file from its first token to its last.
pub(super) struct Reader {
    flow: Flow,
    state: State,
    outer: Vec<State>,
    /// Whether the group at hand has just begun, or begun with `\*`.
    is_fresh: bool,
    is_optional: bool,
    encoding: &'static Encoding,
    /// Bytes of text not decoded yet.
    bytes: Vec<u8>,
    /// Bytes left to skip after a character given by its number.
    skipped: i32,
    /// First half of a character given by two numbers.
    half: Option<u16>,
    paragraph: Paragraph,
    words: Weighted,
    label: String,
    note: String,
    heads: Vec<String>,
    head: String,
    row: Row,
    /// Paragraphs of the cell at hand.
    cell: Vec<Block>,
    above: Vec<Cell>,
    table: Option<u32>,
    colours: Vec<Option<u32>>,
    colour: [Option<i32>; 3],
    /// Heading levels by style.
    levels: HashMap<i32, u8>,
    style: i32,
    boxed: Option<u32>,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self {
            flow: Flow::new(false),
            state: State::default(),
            outer: Vec::new(),
            is_fresh: false,
            is_optional: false,
            encoding: encoding_rs::WINDOWS_1252,
            bytes: Vec::new(),
            skipped: 0,
            half: None,
            paragraph: Paragraph::default(),
            words: Weighted::default(),
            label: String::new(),
            note: String::new(),
            heads: Vec::new(),
            head: String::new(),
            row: Row::default(),
            cell: Vec::new(),
            above: Vec::new(),
            table: None,
            colours: Vec::new(),
            colour: [None; 3],
            levels: HashMap::new(),
            style: 0,
            boxed: None,
        }
    }

    pub(super) fn take(&mut self, token: Token<'_>) {
        let was_fresh = mem::replace(&mut self.is_fresh, false);
        match token {
            Token::Byte(_) if self.skipped > 0 => self.skipped -= 1,
            Token::Byte(b';') if self.state.into == Into::Colours => self.end_colour(),
            Token::Byte(byte) => self.bytes.push(byte),
            Token::Open => {
                self.decode();
                if self.outer.len() < MAX_DEPTH {
                    self.outer.push(self.state);
                }
                self.is_fresh = true;
                self.is_optional = false;
            }
            Token::Close => self.close(),
            Token::Word("*", _) => {
                self.is_optional = true;
                self.is_fresh = true;
            }
            Token::Word(word, number) => {
                self.decode();
                if was_fresh {
                    self.enter(word);
                }
                self.word(word, number);
            }
        }
    }

    /// The pages.
    pub(super) fn finish(mut self) -> Vec<Page> {
        self.decode();
        self.end_paragraph();
        self.end_row();
        let mut pages = self.flow.finish();
        if let Some(first) = pages.first_mut() {
            first
                .blocks
                .splice(0..0, self.heads.into_iter().map(flow::furniture));
        }
        pages
    }

    /// A group begins: where does its text go?
    fn enter(&mut self, word: &str) {
        let is_optional = mem::replace(&mut self.is_optional, false);
        // What is nowhere or in a table stays there, however it is nested.
        let is_aside = matches!(
            self.state.into,
            Into::Nothing | Into::Colours | Into::Styles
        );
        if is_aside || goes_on(word) {
            return;
        }
        match destination(word) {
            Some(into) => self.state.into = into,
            None if is_optional => self.state.into = Into::Nothing,
            None => {}
        }
    }

    fn close(&mut self) {
        self.decode();
        let ended = self.state.into;
        self.state = self.outer.pop().unwrap_or_default();
        let into = self.state.into;
        if ended == Into::Footnote && into != ended {
            let text = fold(&mem::take(&mut self.note));
            self.flow.footnote(text);
        } else if ended == Into::Furniture && into != ended {
            let text = fold(&mem::take(&mut self.head));
            if !text.is_empty() && !self.heads.contains(&text) {
                self.heads.push(text);
            }
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        match word {
            "u" => self.character(number.unwrap_or(0)),
            "b" => self.state.is_bold = is_on,
            "v" | "deleted" => self.state.is_hidden = is_on,
            "fs" => self.state.half_points = number.unwrap_or(24),
            "plain" => self.state.plain(),
            "uc" => self.state.skip = number.unwrap_or(1),
            "ansicpg" => self.encoding = code_page(number.unwrap_or(1252)),
            "red" | "green" | "blue" => {
                let place = ["red", "green", "blue"]
                    .iter()
                    .position(|name| *name == word);
                self.colour[place.unwrap_or(0)] = number;
            }
            _ if self.state.into == Into::Styles => self.style_word(word, number),
            "pard" => self.paragraph = Paragraph::default(),
            "intbl" => self.paragraph.is_in_table = true,
            "outlinelevel" => self.paragraph.outline = heading(number),
            "s" => self.paragraph.style = number,
            "ilvl" => {
                self.paragraph.level = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            }
            "brdrt" | "box" => self.paragraph.is_framed = true,
            "tab" => self.add("\t"),
            "line" | "softline" => self.add("\n"),
            _ if character(word).is_some() => self.add(character(word).unwrap_or_default()),
            _ if self.state.into != Into::Body => self.elsewhere(word),
            "par" | "sect" | "page" => self.end_paragraph(),
            "cell" | "nestcell" => self.end_cell(),
            "row" | "nestrow" => self.end_row(),
            _ => {
                self.row.take(word, number);
            }
        }
    }

    /// A paragraph's end in a note or head.
    fn elsewhere(&mut self, word: &str) {
        if word == "par" {
            self.add(" ");
        }
    }

    fn style_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "s" => self.style = number.unwrap_or(0),
            "outlinelevel" => {
                if let Some(level) = heading(number) {
                    self.levels.insert(self.style, level);
                }
            }
            _ => {}
        }
    }

    /// A character by its number: negative ones wrap, high ones come in two.
    fn character(&mut self, number: i32) {
        self.skipped = self.state.skip;
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0);
        let units = match self.half.take() {
            Some(first) => vec![first, unit],
            None if (0xd800..0xdc00).contains(&unit) => {
                self.half = Some(unit);
                return;
            }
            None => vec![unit],
        };
        self.add(&String::from_utf16_lossy(&units));
    }

    fn decode(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = mem::take(&mut self.bytes);
            let (text, _) = self.encoding.decode_without_bom_handling(&bytes);
            self.add(&text);
        }
    }

    fn add(&mut self, text: &str) {
        self.decode();
        match self.state.into {
            Into::Body if !self.state.is_hidden => {
                self.words.push(text, self.state.is_bold, self.state.size());
            }
            Into::Label => self.label.push_str(text),
            Into::Footnote => self.note.push_str(text),
            Into::Furniture => self.head.push_str(text),
            _ => {}
        }
    }

    fn end_colour(&mut self) {
        let parts = self
            .colour
            .map(|part| part.and_then(|part| u8::try_from(part).ok()));
        self.colour = [None; 3];
        self.colours.push(match parts {
            [Some(255), Some(255), Some(255)] => None,
            [Some(red), Some(green), Some(blue)] => Some(u32::from_be_bytes([0, red, green, blue])),
            _ => None,
        });
    }

    fn end_paragraph(&mut self) {
        let Some(block) = self.block() else { return };
        if self.paragraph.is_in_table {
            self.cell.push(block);
        } else {
            self.table = None;
            self.above.clear();
            self.flow.push(block);
        }
    }

    fn block(&mut self) -> Option<Block> {
        let words = mem::take(&mut self.words);
        let label = fold(&mem::take(&mut self.label));
        let (text, bold) = words.text();
        if text.is_empty() {
            return None;
        }
        let of_style = self
            .paragraph
            .style
            .and_then(|style| self.levels.get(&style).copied());
        let heading = self.paragraph.outline.or(of_style);
        let printed = (!label.is_empty()).then(|| (printed(label), self.paragraph.level));
        let (kind, text, bold) = kind(heading, printed, false, text, bold, words.has_tab());
        self.boxed = if self.paragraph.is_framed && !self.paragraph.is_in_table {
            Some(self.boxed.unwrap_or_else(|| self.flow.next_box()))
        } else {
            None
        };
        let style = Style {
            bold_lead: u32::try_from(bold).unwrap_or(u32::MAX),
            size: words.size(),
            boxed: self.boxed,
        };
        Some(Block { kind, text, style })
    }

    fn end_cell(&mut self) {
        let last = self.block();
        self.cell.extend(last);
        let text = cell_text(&mem::take(&mut self.cell));
        self.row.texts.push(text);
    }

    fn end_row(&mut self) {
        if self.row.texts.is_empty() {
            return;
        }
        let cells = self.row.end(&self.above, &self.colours);
        let table = match self.table {
            Some(table) => table,
            None => self.flow.next_table(),
        };
        self.table = Some(table);
        self.above.clone_from(&cells);
        self.flow
            .row(table, self.row.is_header, cells, Style::default());
    }
}

/// What a list item's label says: a letter or digit makes it a number.
fn printed(label: String) -> Printed {
    if label.chars().any(char::is_alphanumeric) && label != "o" {
        Printed::Number(label)
    } else {
        Printed::Bullet
    }
}

fn heading(level: Option<i32>) -> Option<u8> {
    let level = u8::try_from(level?).ok()?;
    (level < 9).then_some((level + 1).min(6))
}

/// Characters that have a word of their own.
fn character(word: &str) -> Option<&'static str> {
    Some(match word {
        "emdash" => "—",
        "endash" => "–",
        "bullet" => "•",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "emspace" | "enspace" => " ",
        _ => return None,
    })
}

fn code_page(number: i32) -> &'static Encoding {
    match number {
        874 => encoding_rs::WINDOWS_874,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1257 => encoding_rs::WINDOWS_1257,
        65001 => encoding_rs::UTF_8,
        10000 => encoding_rs::MACINTOSH,
        _ => encoding_rs::WINDOWS_1252,
    }
}
