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
//! [`Kind::Other`], with the reasons in
//! [`Analysis::warnings`].

mod agencies;
mod answers;
mod columns;
mod findings;
mod items;
mod kind;
mod label;
mod link;
mod metadata;
mod outline;
mod reading;
pub mod recurrence;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod samples;
mod text;
mod themes;
mod together;
mod unfold;

use url::Url;

use self::kind::Judgement;
pub use self::link::{editions, link};
use self::outline::Outline;
use self::reading::Reading;
pub use self::together::together;
use crate::model::analysis::{Analysis, Kind, Metadata};
use crate::model::capture::LinkContext;
use crate::model::document::{Document, Warning};
use crate::model::ids::TermId;
use crate::model::partnership::Partnership;
use crate::vocabulary::Vocabulary;

/// Version of the rules: grows with each change that can change a result, so
/// that exactly what it affects is analysed again.
pub const RULES: &str = "analyse-5";

/// How a document was found: what is known of it before it is opened.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Who published it.
    pub partnership: &'a Partnership,
    /// The link to it.
    pub url: &'a Url,
    /// Where links to it stood, best first; empty when none is known.
    pub contexts: &'a [LinkContext],
    /// Its kind, where a curator has said it; else it is judged.
    pub kind: Option<Kind>,
}

/// The agencies that a recommendation addresses, by its text alone.
#[must_use]
pub fn addressees_of(recommendation: &str, vocabulary: &Vocabulary) -> Vec<TermId> {
    findings::addressees_of(recommendation, vocabulary)
}

/// What one document says.
#[must_use]
pub fn analyse(document: &Document, found: &Found<'_>, vocabulary: &Vocabulary) -> Analysis {
    let outline = Outline::of(document, items::announces);
    let reading = Reading::of(document, &outline, found);
    let judgement = match found.kind {
        Some(kind) => Judgement::given(kind),
        None => kind::judge(&reading),
    };
    let metadata = metadata::read(&reading, judgement.kind, vocabulary);
    let warnings = judgement
        .because
        .into_iter()
        .map(|what| Warning { at: None, what })
        .collect();
    let title = metadata.title.as_ref().map_or("", |title| &title.value);
    let (findings, themes) = findings::read(&outline, judgement.kind, title, vocabulary);
    Analysis {
        digest: document.digest.clone(),
        kind: judgement.kind,
        kind_confidence: judgement.confidence,
        metadata: Metadata { themes, ..metadata },
        findings,
        warnings,
        corrected: Vec::new(),
    }
}
