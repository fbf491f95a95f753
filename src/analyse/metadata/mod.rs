//! Facts about a document and its case, each with the place it was read from.
//!
//! In: a [`Reading`], the kind of document and the vocabulary. Out:
//! [`Metadata`], without its themes, which have rules of their own. One fact
//! per file. A fact that is not printed stays blank: a wrong one is worse.

mod age;
mod age_bands;
mod age_mentions;
mod author;
mod criteria;
mod language;
mod numbers;
mod people;
mod pseudonym;
mod published;
pub(super) mod review_type;
mod subjects;
#[cfg(test)]
mod tests;
pub(super) mod title;

use self::people::People;
use crate::analyse::reading::Reading;
use crate::model::analysis::{Kind, Metadata};
use crate::vocabulary::Vocabulary;

/// Reads the facts. What only reviews, their summaries and responses have is
/// left blank in other documents.
pub(super) fn read(reading: &Reading<'_>, kind: Kind, vocabulary: &Vocabulary) -> Metadata {
    let title = title::read(reading);
    let published = published::read(reading);
    let language = language::read(reading);
    let general = Metadata {
        title,
        published,
        language,
        ..Metadata::default()
    };
    if kind == Kind::Other {
        return general;
    }
    let people = People::of(reading.outline);
    let review_type = {
        let published = general.published.as_ref().map(|cited| cited.value);
        review_type::read(reading, general.title.as_ref(), published, kind, vocabulary)
    };
    let type_id = review_type.as_ref().map(|cited| cited.value.as_str());
    let subjects = subjects::read(reading, &general, &people, type_id);
    Metadata {
        author: (kind != Kind::Response)
            .then(|| author::read(reading))
            .flatten(),
        criteria: criteria::read(reading, &subjects, type_id, kind, vocabulary),
        age_bands: age_bands::read(reading, &subjects, type_id, vocabulary),
        subjects,
        review_type,
        ..general
    }
}
