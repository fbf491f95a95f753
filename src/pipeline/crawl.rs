//! Many sites into the archive, several at once.
//!
//! In: the sites to crawl. Out: captures in the archive and one report a site.
//! Manners are the crawler's: a host that two sites share is asked by one of
//! them at a time.

use std::num::NonZeroUsize;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::archive::Archive;
use crate::crawl::{CrawlReport, Crawler, Progress, crawl_partnership};
use crate::model::partnership::{Partnership, SiteRules};

/// What came of the crawl of one site: its report, or why it broke off.
pub type Crawled = (Partnership, anyhow::Result<CrawlReport>);

/// Crawls sites, at most so many at once, and reports in the order given.
///
/// A site whose crawl breaks off does not end the others.
pub async fn crawl(
    crawler: Arc<Crawler>,
    archive: Arc<Archive>,
    sites: Vec<(Partnership, SiteRules)>,
    at_once: NonZeroUsize,
    progress: Arc<dyn Progress>,
) -> Vec<Crawled> {
    let permits = Arc::new(Semaphore::new(at_once.get()));
    let mut running = JoinSet::new();
    for (index, (partnership, rules)) in sites.into_iter().enumerate() {
        let (crawler, archive) = (Arc::clone(&crawler), Arc::clone(&archive));
        let (permits, progress) = (Arc::clone(&permits), Arc::clone(&progress));
        running.spawn(async move {
            let _permit = permits.acquire().await;
            let report =
                crawl_partnership(&crawler, &archive, &partnership, &rules, &*progress).await;
            let report =
                report.with_context(|| format!("the crawl of `{}` broke off", partnership.id));
            (index, (partnership, report))
        });
    }
    let mut crawled: Vec<(usize, Crawled)> = running.join_all().await;
    crawled.sort_by_key(|(index, _)| *index);
    crawled.into_iter().map(|(_, crawled)| crawled).collect()
}
