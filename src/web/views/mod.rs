//! What is shown of results and cases, to programs and people alike: the API
//! writes these views as JSON, the pages render them.
//!
//! In: results of `search`, entries of the `catalogue`, and what ids are
//! called. Out: plain values with labels and addresses. They are the only types
//! of the program whose field names are a promise to others.

pub(super) mod benchmark;
pub(super) mod case;
pub(super) mod coverage;
pub(super) mod facts;
pub(super) mod hits;
pub(super) mod items;
pub(super) mod lists;
pub(super) mod mark;
pub(super) mod profile;
pub(super) mod publishers;
pub(super) mod recurring;
pub(super) mod similar;
pub(super) mod terms;
pub(super) mod totals;
pub(super) mod trends;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::model::entry::{Entry, EntryId};
use crate::model::ids::PartnershipId;
use crate::search::request::Facet;
use crate::web::error::WebError;
use crate::web::state::App;

/// A term of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Term {
    /// Permanent id.
    pub id: String,
    /// What people read.
    pub label: String,
}

impl Term {
    pub(super) fn of(app: &App, facet: Facet, id: &str) -> Self {
        Self {
            label: app.names().label(facet, id).to_owned(),
            id: id.to_owned(),
        }
    }

    pub(super) fn all<I: ToString>(app: &App, facet: Facet, ids: &[I]) -> Vec<Self> {
        let ids = ids.iter().map(ToString::to_string);
        ids.map(|id| Self::of(app, facet, &id)).collect()
    }
}

/// A publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Publisher {
    /// Permanent id.
    pub id: String,
    /// As it prints its name.
    pub name: String,
}

impl Publisher {
    pub(super) fn of(app: &App, id: &PartnershipId) -> Self {
        let name = app.names().label(Facet::Partnership, id.as_str());
        Self {
            id: id.to_string(),
            name: name.to_owned(),
        }
    }
}

/// What may stand in a path segment as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':');

/// The page of a case here.
pub(super) fn review_url(id: &EntryId) -> String {
    format!("/reviews/{id}")
}

/// The page of a recommendation here.
pub(super) fn recommendation_url(id: &EntryId, item: &str) -> String {
    format!(
        "/recommendations/{id}/{}",
        utf8_percent_encode(item, SEGMENT)
    )
}

/// Where an entry opens at a page on its publisher's site. Only PDF viewers
/// understand a page in an address.
pub(super) fn source_url(entry: &Entry, page: Option<u32>) -> String {
    source_url_of(
        entry.url.as_str(),
        page.filter(|_| is_pdf(&entry.media_type)),
    )
}

/// The address with the page, when there is one to open at.
pub(super) fn source_url_of(url: &str, page: Option<u32>) -> String {
    match page {
        Some(page) => format!("{url}#page={page}"),
        None => url.to_owned(),
    }
}

pub(super) fn is_pdf(media_type: &str) -> bool {
    media_type == "application/pdf"
}

/// The id that two path segments spell; nothing is found under any other.
pub(super) fn entry_id(partnership: &str, head: &str) -> Result<EntryId, WebError> {
    let id = format!("{partnership}/{head}");
    id.parse().map_err(|_| WebError::not_found("review", id))
}
