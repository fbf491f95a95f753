//! Results in formats that other programs read: spreadsheets, reference
//! managers, feed readers.
//!
//! In: the views of results and cases. Out: text in a published format. Which
//! results, and how they are sent, is for `api`.

pub(super) mod atom;
pub(super) mod bibtex;
pub(super) mod citation;
pub(super) mod csv;
pub(super) mod ris;
