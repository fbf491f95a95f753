//! One page of a list, with its counts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::search::SearchRequest;
use crate::search::request::Facet;
use crate::search::results::SearchResults;
use crate::web::error::WebError;
use crate::web::state::{App, Stores};
use crate::web::views::hits::{HitView, hit};

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct ListView {
    /// Results on all pages.
    pub total: usize,
    /// This page, from 1.
    pub page: u32,
    /// Results on a page.
    pub size: u32,
    /// Names the state of the data.
    pub revision: String,
    /// Results of this page.
    pub results: Vec<HitView>,
    /// By facet: what each value would leave, were the facet's own choice undone.
    pub facets: BTreeMap<&'static str, Vec<CountView>>,
    /// What the query could not use, spelling suggestions and expansions.
    pub notes: Vec<String>,
}

/// How many results a value would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct CountView {
    /// A term's id, or a year.
    pub id: String,
    /// What people read.
    pub label: String,
    /// How many.
    pub count: usize,
}

/// Answers a request.
pub(in crate::web) fn list(
    stores: &Stores<'_>,
    request: &SearchRequest,
) -> Result<ListView, WebError> {
    let revision = stores.revision()?;
    let results = stores.search(request)?;
    Ok(view(stores.app, request, revision, results))
}

/// Results as a list shows them.
pub(in crate::web) fn view(
    app: &App,
    request: &SearchRequest,
    revision: String,
    results: SearchResults,
) -> ListView {
    ListView {
        total: results.total,
        page: request.page.get(),
        size: request.size.get(),
        revision,
        facets: Facet::ALL
            .into_iter()
            .map(|facet| (facet.id(), counts(app, facet, &results)))
            .collect(),
        notes: results.notes.iter().map(ToString::to_string).collect(),
        results: results
            .hits
            .into_iter()
            .map(|found| hit(app, request.list, found))
            .collect(),
    }
}

fn counts(app: &App, facet: Facet, results: &SearchResults) -> Vec<CountView> {
    let counts = results.counts.get(&facet).into_iter().flatten();
    let view = |count: &crate::search::results::FacetCount| CountView {
        id: count.id.clone(),
        label: app.names().label(facet, &count.id).to_owned(),
        count: count.count,
    };
    counts.map(view).collect()
}
