//! Themes and agencies, with how much there is of each.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::search::SearchRequest;
use crate::search::request::{Facet, List};
use crate::vocabulary;
use crate::web::error::WebError;
use crate::web::state::Stores;

/// A whole list with the revision of its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct Counted<T> {
    /// How many.
    pub total: usize,
    /// Names the state of the data.
    pub revision: String,
    /// All of them.
    pub results: Vec<T>,
}

impl<T> Counted<T> {
    pub(in crate::web) fn new(stores: &Stores<'_>, results: Vec<T>) -> Result<Self, WebError> {
        Ok(Self {
            total: results.len(),
            revision: stores.revision()?,
            results,
        })
    }
}

/// A theme or an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct TermView {
    /// Permanent id.
    pub id: String,
    /// What people read.
    pub label: String,
    /// `practice`, `harm` or `context`; themes only.
    pub family: Option<String>,
    /// When it applies.
    pub scope: Option<String>,
    /// Reviews that are about it, or that address it.
    pub reviews: usize,
    /// Recommendations that are about it, or that address it.
    pub recommendations: usize,
}

/// Every theme or every agency, by label.
pub(in crate::web) fn all(
    stores: &Stores<'_>,
    facet: Facet,
) -> Result<Counted<TermView>, WebError> {
    let reviews = counts(stores, &SearchRequest::new(List::Reviews), facet)?;
    let recommendations = counts(stores, &SearchRequest::new(List::Recommendations), facet)?;
    let vocabulary = stores.app.vocabulary();
    let terms = match facet {
        Facet::Agency => &vocabulary.agencies,
        _ => &vocabulary.themes,
    };
    let count = |counts: &BTreeMap<String, usize>, id: &str| counts.get(id).copied().unwrap_or(0);
    let view = |term: &vocabulary::Term| TermView {
        id: term.id.to_string(),
        label: term.label.clone(),
        family: term.family.clone(),
        scope: term.scope.clone(),
        reviews: count(&reviews, term.id.as_str()),
        recommendations: count(&recommendations, term.id.as_str()),
    };
    let mut views: Vec<TermView> = terms.iter().map(view).collect();
    views.sort_by(|a, b| a.label.cmp(&b.label));
    Counted::new(stores, views)
}

/// How many results of a request each value of a facet has.
pub(in crate::web) fn counts(
    stores: &Stores<'_>,
    request: &SearchRequest,
    facet: Facet,
) -> Result<BTreeMap<String, usize>, WebError> {
    let request = SearchRequest {
        size: std::num::NonZeroU32::MIN,
        ..request.clone()
    };
    let mut results = stores.search(&request)?;
    let counts = results.counts.remove(&facet).unwrap_or_default();
    Ok(counts
        .into_iter()
        .map(|count| (count.id, count.count))
        .collect())
}
