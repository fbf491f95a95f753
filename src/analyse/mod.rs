//! Reads a document as a review: what was examined is metadata, what must
//! change is a recommendation, what was understood is a lesson, what was done
//! about it is an answer.
//!
//! In: one [`Document`], how it was [`Found`], and the controlled
//! [`Vocabulary`]. Out: one [`Analysis`], each of whose statements carries the
//! place it was read from.
//!
//! Pure: no clock, disk, network or chance. A change of rules can therefore be
//! replayed over the whole archive and compared, entry by entry.
//!
//! A document that makes no sense is not an error. It becomes
//! [`Kind::Other`](crate::model::analysis::Kind::Other), with the reasons in
//! [`Analysis::warnings`].

mod items;
mod kind;
mod label;
mod link;
mod metadata;
mod outline;
mod reading;
mod text;

use url::Url;

pub use self::link::{complete, link};
use self::outline::Outline;
use self::reading::Reading;
use crate::model::analysis::{Analysis, Findings, Item};
use crate::model::capture::LinkContext;
use crate::model::document::Document;
use crate::model::partnership::Partnership;
use crate::vocabulary::Vocabulary;

/// Version of the rules: grows with each change that can change a result, so
/// that exactly what it affects is analysed again.
pub const RULES: &str = "analyse-1";

/// How a document was found: what is known of it before it is opened.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Who published it.
    pub partnership: &'a Partnership,
    /// The link to it.
    pub url: &'a Url,
    /// Where links to it stood, best first; empty when none is known.
    pub contexts: &'a [LinkContext],
}

/// What one document says.
#[must_use]
pub fn analyse(document: &Document, found: &Found<'_>, vocabulary: &Vocabulary) -> Analysis {
    let outline = Outline::of(document);
    let items = items::read(&outline);
    let reading = Reading::of(document, &outline, found);
    let judgement = kind::judge(&reading);
    let kind = judgement.kind;
    let metadata = metadata::read(&reading, kind, vocabulary);
    let finish = |printed: Vec<items::Printed>| printed.into_iter().map(|item| Item { id: item.id, text: item.text, at: item.at, to: Vec::new(), themes: Vec::new(), confidence: item.confidence }).collect();
    Analysis {
        digest: document.digest.clone(),
        kind,
        metadata,
        findings: Findings { recommendations: finish(items.recommendations), lessons: finish(items.lessons), good_practice: finish(items.good_practice), answers: Vec::new() },
        warnings: judgement.because.iter().map(|b| crate::model::document::Warning { at: None, what: b.clone() }).collect(),
    }
}
