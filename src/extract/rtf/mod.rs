//! Reads RTF: running text, lists with their printed labels, tables, notes.
//!
//! In: bytes. Out: a [`Document`] of one page: the format notes no page
//! breaks but forced ones. `tokens` cuts the bytes up, `state` holds what a
//! group changes and its end takes back, `table` makes rows.

mod read;
mod state;
mod table;
mod tokens;

use crate::extract::flow;
use crate::extract::looks;
use crate::model::digest::Digest;
use crate::model::document::{Declared, Document};

const MEDIA_TYPE: &str = "application/rtf";

/// Reads an RTF file. What follows a fault is lost.
pub(super) fn read(bytes: &[u8]) -> Document {
    let mut reader = read::Reader::new();
    for token in tokens::tokens(bytes) {
        reader.take(token);
    }
    let mut pages = reader.finish();
    looks::mark_headings(&mut pages);
    Document {
        digest: Digest::of(bytes),
        media_type: MEDIA_TYPE.to_owned(),
        declared: Declared::default(),
        pages,
        warnings: vec![flow::no_pages()],
    }
}
