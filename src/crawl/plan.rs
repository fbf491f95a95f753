//! What a crawl would ask for, without asking: the dry run.
//!
//! In: a site and what the archive already holds of it. Out: a [`Plan`]. Pages
//! kept before stand in for the network, so a site never crawled shows its
//! seeds only.

use std::collections::BTreeMap;
use std::time::Duration;

use url::Url;

use crate::archive::{Archive, ArchiveError, Event, Purpose};
use crate::crawl::known::Known;
use crate::crawl::reading;
use crate::crawl::robots::{Policy, robots_url};
use crate::crawl::settings::CrawlSettings;
use crate::crawl::site::Site;
use crate::model::partnership::{Partnership, SiteRules};

/// What a crawl of one site would ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Requests in the order in which they would be sent.
    pub requests: Vec<Planned>,
    /// Links that would not be followed, by the name of the rule; see
    /// [`rules`](crate::crawl::rules).
    pub refused: BTreeMap<&'static str, u32>,
    /// Least time that the requests would take at the pace agreed.
    pub least_time: Duration,
}

/// One request that would be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What would be asked for.
    pub url: Url,
    /// How promising the link is; higher is asked for sooner.
    pub score: i32,
    /// Whether it was there before, so that its bytes would be sent only if
    /// they changed.
    pub is_known: bool,
    /// Why robots.txt, as it was when last read, forbids it.
    pub forbidden: Option<String>,
}

/// Plans a crawl.
///
/// # Errors
///
/// Fails when the archive cannot be read.
pub fn plan(
    settings: &CrawlSettings,
    archive: &Archive,
    partnership: &Partnership,
    rules: &SiteRules,
) -> Result<Plan, ArchiveError> {
    let known = Known::read(archive, &partnership.id)?;
    let policies = policies(archive)?;
    let mut site = Site::new(partnership, rules, settings.max_depth);
    let mut requests = Vec::new();
    let most = rules
        .max_requests
        .unwrap_or(u32::MAX)
        .min(settings.max_requests) as usize;
    while requests.len() < most
        && let Some(item) = site.frontier.pop()
    {
        let url = item.candidate.url.clone();
        let policy = policies.get(&robots_url(&url));
        let forbidden = policy.and_then(|policy| policy.forbids(&url));
        let before = known.get(&url).filter(|_| forbidden.is_none());
        if let Some(kept) = before {
            let body = archive.payload(&kept.capture)?.bytes;
            let mut capture = kept.capture.clone();
            capture.candidate = item.candidate;
            let reading = reading::read(&body, &capture);
            site.take_in(&capture, &reading, !kept.is_nofollow);
        }
        requests.push(Planned {
            url,
            score: item.score,
            is_known: before.is_some(),
            forbidden,
        });
    }
    let asked = policies.values().filter_map(Policy::crawl_delay).max();
    let own = Duration::from_millis(rules.delay_ms.unwrap_or(0));
    let asked = asked.unwrap_or_default().min(settings.max_crawl_delay);
    let delay = settings.delay.max(own).max(asked);
    let sent = requests
        .iter()
        .filter(|request| request.forbidden.is_none());
    Ok(Plan {
        least_time: delay * u32::try_from(sent.count()).unwrap_or(u32::MAX),
        requests,
        refused: site.refused,
    })
}

/// Each host's robots.txt as it was when last read.
fn policies(archive: &Archive) -> Result<BTreeMap<Url, Policy>, ArchiveError> {
    let mut policies = BTreeMap::new();
    for event in archive.events()? {
        if let Event::Captured(kept) = event?
            && kept.purpose == Purpose::Robots
        {
            let capture = kept.capture;
            let body = archive.payload(&capture)?.bytes;
            let policy = Policy::of_answer(capture.status, &body);
            policies.insert(capture.candidate.url, policy);
        }
    }
    Ok(policies)
}
