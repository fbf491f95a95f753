//! Reads a payload into a document: pages of blocks in reading order.
//!
//! In: a [`Payload`]. Out: a [`Document`], whose oddities travel as warnings,
//! or an [`ExtractError`] that says why there is none. What the text means is
//! left to `analyse`.
//!
//! Pure: no clock, network or chance, and no file is opened.

mod doc;
mod docx;
mod flow;
mod html;
mod kind;
mod label;
mod looks;
pub mod ocr;
mod odt;
mod package;
mod pdf;
mod pptx;
mod rtf;
mod sniff;
pub mod tesseract;
mod text;
mod weighted;
pub mod worker;
mod xml;

use crate::model::capture::Payload;
use crate::model::document::Document;

use ocr::Ocr;
use sniff::Format;

/// Names the rules by which documents are read. It changes whenever the same
/// bytes may give another document, so that they are read again.
pub const RULES: &str = "extract-2";

/// Most pages that are read; a longer document is refused, never cut.
pub const MAX_PAGES: usize = 3_000;

/// Why a payload yielded no document.
///
/// Oddities inside a file that did open are not errors. They travel with the
/// document as warnings.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// No reader handles this kind of file.
    #[error("no reader for `{media_type}`: {why}")]
    Unsupported {
        /// What the bytes are.
        media_type: &'static str,
        /// A reason that a person can act on.
        why: &'static str,
    },
    /// A password is needed.
    #[error("the file is encrypted and needs a password")]
    Encrypted,
    /// It opened but has no page.
    #[error("the file lists no page that can be read")]
    NoPages,
    /// More pages than we read.
    #[error("the file has {found} pages, the limit is {MAX_PAGES}")]
    TooManyPages {
        /// Pages that it lists.
        found: usize,
    },
    /// It would not open.
    #[error("the {format} file is damaged: {reason}")]
    Damaged {
        /// What it claims to be.
        format: &'static str,
        /// What the reader met.
        reason: String,
    },
}

/// Reads one payload, whatever its name or declared type says it is.
///
/// # Errors
///
/// Fails when the bytes are of a kind that is not read, or will not open.
pub fn extract(payload: &Payload) -> Result<Document, ExtractError> {
    extract_with(payload, None)
}

/// Reads one payload, pictures of pages through an OCR engine. Without one,
/// such pages come out empty and say so.
///
/// # Errors
///
/// As [`extract`].
pub fn extract_with(payload: &Payload, engine: Option<&dyn Ocr>) -> Result<Document, ExtractError> {
    let format = sniff::sniff(&payload.bytes);
    let mut document = match format {
        Format::Pdf => pdf::read(&payload.bytes, engine)?,
        Format::Doc => doc::read(&payload.bytes)?,
        Format::Docx => docx::read(&payload.bytes)?,
        Format::Odt => odt::read(&payload.bytes)?,
        Format::Pptx => pptx::read(&payload.bytes)?,
        Format::Rtf => rtf::read(&payload.bytes),
        Format::Html => html::read(&payload.bytes, payload.capture.charset.as_deref()),
        Format::Other { media_type, why } => {
            return Err(ExtractError::Unsupported { media_type, why });
        }
    };
    document.digest = payload.capture.digest.clone();
    Ok(document)
}
