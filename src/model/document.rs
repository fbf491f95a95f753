//! What is printed, before anyone interprets it.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::model::digest::Digest;

/// One file or page, read into pages of blocks in reading order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Names the bytes this was read from.
    pub digest: Digest,
    /// What the bytes are, whatever the server declared.
    pub media_type: String,
    /// The file's own claims about itself.
    pub declared: Declared,
    /// In order; HTML has one page.
    pub pages: Vec<Page>,
    /// Oddities met while reading. The rest of the document still stands.
    pub warnings: Vec<Warning>,
}

/// A file's own claims about itself. Often inherited from an older file, so
/// never more than a hint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Title property or `<title>`.
    pub title: Option<String>,
    /// Author property.
    pub author: Option<String>,
    /// Creation date as the file states it (ISO 8601, possibly partial).
    pub created: Option<String>,
    /// Language tag, e.g. `en-GB`.
    pub language: Option<String>,
}

/// One physical page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Physical page, from 1: what a PDF viewer's page box takes.
    pub number: NonZeroU32,
    /// The number printed on the page, when it is known.
    pub label: Option<String>,
    /// How its text came to us.
    pub text_from: TextFrom,
    /// In reading order, furniture included.
    pub blocks: Vec<Block>,
}

/// How a page's text came to us.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextFrom {
    /// The file carries it.
    File,
    /// Read from a picture of the page; confidence from 0 to 1.
    Ocr {
        /// Mean of the engine's word confidences.
        confidence: f32,
    },
    /// The page is a picture and no engine was there to read it.
    NeedsOcr,
}

/// A paragraph, heading, list item, table row or other run of text. One that
/// goes on over a page break stands, whole, on the page where it begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, lines joined, white space folded. For a list item without its
    /// printed label; for a table row its cells joined by ` | `.
    pub text: String,
    /// How it looks, where looks can matter.
    #[serde(default)]
    pub style: Style,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A heading; level 1 is the highest.
    Heading {
        /// From 1 to 6.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem {
        /// Its number or letter as printed, without closing punctuation
        /// ("3", "4.2", "a", "iv"); `None` for a bullet.
        label: Option<String>,
        /// Nesting, from 0.
        depth: u8,
    },
    /// One row of a table.
    Row {
        /// Rows of one table share this number within the document, also when
        /// the table runs over pages.
        table: u32,
        /// Whether this row holds the columns' headings.
        is_header: bool,
        /// From left to right.
        cells: Vec<Cell>,
    },
    /// A footnote or endnote.
    Footnote,
    /// Running heads and feet, page numbers.
    Furniture,
}

/// One cell of a table row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cell {
    /// Its text; paragraphs and list items in it are separated by `\n`.
    pub text: String,
    /// First column it covers, from 0.
    pub column: u16,
    /// Columns it covers; at least 1.
    pub span: u16,
    /// Background as `0xRRGGBB`, when it is not white: in action plans it is
    /// sometimes the only statement of status.
    pub shade: Option<u32>,
    /// Whether this cell repeats one merged over several rows.
    pub is_merged: bool,
}

/// How a block looks, where looks can matter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Style {
    /// Length in bytes of the bold run that opens the text; the whole text when
    /// all of it is bold, 0 when it opens in ordinary weight.
    pub bold_lead: u32,
    /// Text size in points; 0 when not known.
    pub size: f32,
    /// Blocks in one box or shaded panel share this number within the document.
    pub boxed: Option<u32>,
}

/// A place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Locator {
    /// Physical page, from 1.
    pub page: NonZeroU32,
    /// Block on that page, from 0.
    pub block: u32,
}

/// Something odd that a reader of the data should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Where, if it has a place.
    pub at: Option<Locator>,
    /// A sentence.
    pub what: String,
}

impl Document {
    /// Every block with its place, furniture included.
    pub fn blocks(&self) -> impl Iterator<Item = (Locator, &Block)> {
        self.pages.iter().flat_map(|page| {
            page.blocks.iter().zip(0..).map(|(block, index)| {
                let at = Locator {
                    page: page.number,
                    block: index,
                };
                (at, block)
            })
        })
    }

    /// Number of pages.
    #[must_use]
    pub fn page_count(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }
}
