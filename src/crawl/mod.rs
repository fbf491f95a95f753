//! One site into the archive; the only module on the network.
//!
//! In: a [`Partnership`], its [`SiteRules`] and an [`Archive`]. Out: captures
//! in the archive and a [`CrawlReport`]. What the documents say is for
//! `extract` and `analyse`; which sites there are is for `registry`.
//!
//! The parts, from the outside in: `run` orders the steps of one crawl; `host`
//! gives turns, so that robots.txt and pace cannot be skipped; `fetch` asks
//! once; `site` knows what was seen and what comes next, with `frontier` for
//! the order, `scope` for what belongs to the site, `canon` for what is the
//! same page, `traps` for what is never asked for, `score` for what is asked
//! for first, and `links` for what a page offers.
//!
//! A crawl keeps no state of its own on disk. What the archive holds of a run
//! that was not finished is replayed, and the crawl goes on from there: a kill
//! costs the request in flight.

mod ask;
mod backoff;
mod canon;
mod extension;
mod fetch;
mod frontier;
mod guard;
mod host;
mod known;
mod learn;
pub mod links;
mod moves;
mod plan;
mod reading;
mod report;
mod resume;
mod robots;
mod run;
mod schedule;
mod scope;
mod score;
mod settings;
mod site;
mod sitemap;
mod sniff;
mod traps;

use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::archive::{Archive, ArchiveError};
use crate::crawl::canon::{Neutral, canonical};
use crate::crawl::fetch::Fetcher;
use crate::crawl::guard::Guard;
use crate::crawl::host::Hosts;
pub use crate::crawl::plan::{Plan, Planned, plan};
use crate::crawl::reading::Reading;
pub use crate::crawl::report::{Budget, CrawlReport, News, Progress, Silent};
use crate::crawl::run::Run;
pub use crate::crawl::schedule::{Outcome, ScheduleSettings, Visit, Visits, next_visit};
pub use crate::crawl::settings::{CrawlSettings, ROBOT};
use crate::model::capture::{LinkContext, Payload};
use crate::model::partnership::{Partnership, SiteRules};

/// What time it is; the caller knows.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The links that a captured page offers its readers, menus and the like left
/// out, each with what stands around it. None for a file.
#[must_use]
pub fn mentions(payload: &Payload) -> Vec<(Url, LinkContext)> {
    match reading::read(&payload.bytes, &payload.capture) {
        Reading::Page(page) => page
            .links
            .into_iter()
            .filter(|link| !link.is_boilerplate && !link.is_hidden)
            .map(|link| (link.url, link.context))
            .collect(),
        Reading::List(_) | Reading::File => Vec::new(),
    }
}

/// Names a page: equal for addresses that are one page by the rules for twins,
/// whatever is known of their site.
#[must_use]
pub fn page_key(url: &Url) -> String {
    canonical(url, &Neutral::default()).key.into()
}

/// Crawls sites. One serves all of them: what it knows of a host holds for
/// every site on that host.
pub struct Crawler {
    settings: CrawlSettings,
    clock: Clock,
    guard: Guard,
    hosts: Hosts,
    fetcher: Fetcher,
}

/// A crawl could not be done. What goes wrong with a page or host is no error:
/// it is recorded, and the crawl goes on.
#[derive(Debug, thiserror::Error)]
pub enum CrawlError {
    /// The settings make no client.
    #[error("cannot set up the HTTP client")]
    Client {
        /// Its own account.
        #[source]
        source: reqwest::Error,
    },
    /// The archive is in doubt.
    #[error("cannot keep what was fetched")]
    Archive {
        /// What went wrong.
        #[from]
        source: ArchiveError,
    },
}

impl Crawler {
    /// A crawler with these settings. Without a proxy of their own, proxies are
    /// those of the environment (`http_proxy`, `https_proxy`, `no_proxy`) at
    /// this moment.
    ///
    /// # Errors
    ///
    /// Fails when the proxy settings make no sense.
    pub fn new(settings: CrawlSettings, clock: Clock) -> Result<Self, CrawlError> {
        let guard = Guard::new(&settings.allow_private);
        let client =
            fetch::client(&settings, &guard).map_err(|source| CrawlError::Client { source })?;
        Ok(Self {
            hosts: Hosts::new(&settings),
            fetcher: Fetcher::new(client, &settings),
            settings,
            clock,
            guard,
        })
    }
}

/// Every rule by which a crawl leaves a URL alone, each with its name and its
/// reason: first those for twins, then those for traps.
pub fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let twins = canon::TWIN_RULES
        .iter()
        .map(|rule| (rule.name, rule.reason));
    let traps = traps::TRAP_RULES
        .iter()
        .map(|rule| (rule.name, rule.reason));
    twins.chain(traps)
}

/// Crawls one site into the archive, or takes up a crawl of it that was
/// interrupted.
///
/// # Errors
///
/// Fails when the archive does, never because of a page or a host.
#[tracing::instrument(skip_all, fields(partnership.id = %partnership.id))]
pub async fn crawl_partnership(
    crawler: &Crawler,
    archive: &Archive,
    partnership: &Partnership,
    rules: &SiteRules,
    progress: &dyn Progress,
) -> Result<CrawlReport, CrawlError> {
    let mut run = Run::new(crawler, archive, partnership, rules, progress)?;
    resume::begin(&mut run).await?;
    Ok(run.finish().await?)
}
