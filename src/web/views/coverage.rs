//! How far each publisher's site is covered: what was crawled when, what was
//! found, what failed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::model::coverage::{Coverage, LastCrawl, Listed};
use crate::model::partnership::Partnership;
use crate::web::error::WebError;
use crate::web::state::Stores;
use crate::web::views::Publisher;
use crate::web::views::terms::Counted;

/// How far one publisher's site is covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct CoverageView {
    pub partnership: Publisher,
    /// When the last crawl that came to an end ended; `null` when none did.
    pub crawled: Option<Timestamp>,
    /// Whether that crawl left nothing unasked.
    pub is_complete: bool,
    /// Crawls that came to an end.
    pub crawls: u32,
    /// Pages that are there.
    pub pages: u32,
    /// Other files that are there, by media type.
    pub files: BTreeMap<String, u32>,
    /// What they turned out to be, by kind.
    pub publications: BTreeMap<String, u32>,
    /// What could not be had or read, by reason.
    pub failures: BTreeMap<String, ListedView>,
    /// Files that were new to the last crawl.
    pub added: ListedView,
    /// Files that the last crawl found changed.
    pub changed: ListedView,
    /// What the last crawl no longer found.
    pub gone: ListedView,
}

/// A count with some of what was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct ListedView {
    pub count: u32,
    pub examples: Vec<ExampleView>,
}

/// One thing that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct ExampleView {
    pub url: String,
    /// What there is to say of it; empty when nothing.
    pub detail: String,
}

impl CoverageView {
    /// Everything that could not be had or read.
    pub(in crate::web) fn failed(&self) -> u32 {
        self.failures.values().map(|listed| listed.count).sum()
    }
}

/// Every publisher of the registry by name, as the last processing left it.
pub(in crate::web) fn all(stores: &Stores<'_>) -> Result<Counted<CoverageView>, WebError> {
    let publishers = stores.app.partnerships();
    let views = publishers.map(|publisher| one(stores, publisher));
    let mut views = views.collect::<Result<Vec<_>, _>>()?;
    views.sort_by(|a, b| a.partnership.name.cmp(&b.partnership.name));
    Counted::new(stores, views)
}

fn one(stores: &Stores<'_>, publisher: &Partnership) -> Result<CoverageView, WebError> {
    let id = &publisher.id;
    let kept = stores.catalogue.coverage(id).map_err(WebError::internal)?;
    let site = kept.unwrap_or_else(|| Coverage::none(id.clone()));
    let crawl = site.last_crawl;
    let failures = site.failures.into_iter();
    Ok(CoverageView {
        partnership: Publisher::of(stores.app, id),
        crawled: crawl.map(|crawl| crawl.ended),
        is_complete: crawl.is_some_and(|crawl| crawl.is_complete),
        crawls: crawl.map_or(0, |LastCrawl { count, .. }| count),
        pages: site.pages,
        files: site.files,
        publications: site.publications,
        failures: failures.map(|(why, listed)| (why, view(listed))).collect(),
        added: view(site.changes.added),
        changed: view(site.changes.altered),
        gone: view(site.changes.gone),
    })
}

fn view(listed: Listed) -> ListedView {
    let examples = listed.examples.into_iter().map(|example| ExampleView {
        url: example.url.into(),
        detail: example.detail,
    });
    ListedView {
        count: listed.count,
        examples: examples.collect(),
    }
}
