//! Many sites at once.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::archive::Archive;
use crate::crawl::report::{CrawlReport, Progress};
use crate::crawl::{CrawlError, Crawler, crawl_partnership};
use crate::model::partnership::{Partnership, SiteRules};

/// A site to crawl.
#[derive(Debug, Clone)]
pub struct Job {
    /// Whose.
    pub partnership: Partnership,
    /// What we agreed about its site beyond its row.
    pub rules: SiteRules,
}

/// Crawls sites, several at once (`crawl.sites_at_once`). Sites that share a
/// host share its turns, so that it is still asked for one thing at a time.
/// Gives the reports in the order in which crawls end.
///
/// # Errors
///
/// Fails when the archive does; the crawls under way are then broken off, and
/// go on where they were the next time.
pub async fn crawl_all(
    crawler: &Arc<Crawler>,
    archive: &Arc<Archive>,
    jobs: impl IntoIterator<Item = Job>,
    progress: &Arc<dyn Progress>,
) -> Result<Vec<CrawlReport>, CrawlError> {
    let mut jobs = jobs.into_iter();
    let mut running = JoinSet::new();
    let mut reports = Vec::new();
    loop {
        while running.len() < crawler.settings.sites_at_once.max(1)
            && let Some(job) = jobs.next()
        {
            let (crawler, archive) = (Arc::clone(crawler), Arc::clone(archive));
            let progress = Arc::clone(progress);
            running.spawn(async move {
                let Job { partnership, rules } = &job;
                crawl_partnership(&crawler, &archive, partnership, rules, &*progress).await
            });
        }
        match running.join_next().await {
            None => return Ok(reports),
            Some(Ok(report)) => reports.push(report?),
            // One site's crawl that fell over does not end the others; what it
            // kept is kept, and the run is taken up the next time.
            Some(Err(fault)) => tracing::error!("A crawl fell over: {fault}"),
        }
    }
}
