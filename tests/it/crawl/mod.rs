//! A crawl of a site.

mod again;
mod finding;
mod killed;
mod manners;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use lessons::archive::Archive;
use lessons::crawl::{CrawlReport, CrawlSettings, Crawler, Silent, crawl_partnership};
use lessons::model::capture::Capture;
use lessons::model::partnership::{Partnership, PublisherKind, SiteRules};
use url::Url;

use crate::support::test_site::{Answer, ServedSite, TestSite};

/// A list of reviews, whose links are the given HTML.
fn reviews(links: &str) -> String {
    format!(
        "<html><head><title>Reviews</title></head><body><main>\
         <h1>Child safeguarding practice reviews</h1>{links}</main></body></html>"
    )
}

/// A PDF for every path that ends like one.
fn any_pdf(path: &str) -> Option<Answer> {
    let is_pdf = Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "pdf");
    is_pdf.then(|| Answer::pdf(path))
}

/// A site whose every page has a document and a link to the next page.
fn endless() -> TestSite {
    endless_while(|| {})
}

/// The same, doing something else with each answer.
fn endless_while(act: impl Fn() + Send + Sync + 'static) -> TestSite {
    TestSite::default().otherwise(move |path| {
        act();
        let number: u32 = path.trim_matches('/').trim_end_matches(".pdf").parse().ok()?;
        if let Some(pdf) = any_pdf(path) {
            return Some(pdf);
        }
        let next = number + 1;
        Some(Answer::page(&reviews(&format!(
            "<h2>Case {number}</h2><a href='/{number}.pdf'>Overview report</a><a href='/{next}'>Next case review</a>"
        ))))
    })
}

/// What a crawl came to.
pub(super) struct Crawled {
    pub(super) report: CrawlReport,
    pub(super) captures: Vec<Capture>,
}

impl Crawled {
    /// Paths of captured files that are not pages.
    pub(super) fn documents(&self) -> HashSet<String> {
        let documents = self
            .captures
            .iter()
            .filter(|capture| capture.status == 200 && capture.media_type == "application/pdf");
        let path = |url: &Url| url[url::Position::BeforePath..].to_owned();
        documents.map(|capture| path(&capture.final_url)).collect()
    }
}

pub(super) async fn crawl(site: &ServedSite, seed: &str) -> Crawled {
    let dir = tempfile::tempdir().expect("a scratch folder");
    crawl_with(site, seed, dir.path(), &SiteRules::default()).await
}

pub(super) async fn crawl_with(
    site: &ServedSite,
    seed: &str,
    dir: &Path,
    rules: &SiteRules,
) -> Crawled {
    crawl_by(&crawler(settings()), site, seed, dir, rules).await
}

/// A crawl with other settings.
pub(super) async fn crawl_as(site: &ServedSite, seed: &str, settings: CrawlSettings) -> Crawled {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let rules = SiteRules::default();
    crawl_by(&crawler(settings), site, seed, dir.path(), &rules).await
}

async fn crawl_by(
    crawler: &Crawler,
    site: &ServedSite,
    seed: &str,
    dir: &Path,
    rules: &SiteRules,
) -> Crawled {
    let archive = Archive::open(dir).expect("an archive");
    let partnership = partnership(&site.url(seed));
    let report = crawl_partnership(crawler, &archive, &partnership, rules, &Silent)
        .await
        .expect("a crawl");
    let captures = archive.captures().expect("captures");
    let captures = captures.map(|capture| capture.expect("a capture"));
    Crawled {
        report,
        captures: captures.collect(),
    }
}

pub(super) fn crawler(settings: CrawlSettings) -> Crawler {
    Crawler::new(settings, Arc::new(jiff::Timestamp::now)).expect("a crawler")
}

/// Without pauses, and allowed to ask this machine.
pub(super) fn settings() -> CrawlSettings {
    CrawlSettings {
        delay: Duration::ZERO,
        max_wait: Duration::ZERO,
        contact: Some("webmaster@n.example".to_owned()),
        allow_private: vec!["127.0.0.1".to_owned()],
        ..CrawlSettings::default()
    }
}

pub(super) fn partnership(seed: &Url) -> Partnership {
    Partnership {
        id: "northmere".parse().expect("an id"),
        name: "Northmere".to_owned(),
        nation: "england".parse().expect("an id"),
        region: None,
        local_authorities: Vec::new(),
        kind: PublisherKind::Children,
        website: Some(seed.clone()),
        reviews_page: None,
        responses_page: None,
        evidence: None,
        cms_hint: None,
        notes: String::new(),
    }
}
