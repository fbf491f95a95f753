//! The manners towards one host: one request at a time, robots.txt before all
//! others, a pause after each, and a long one when the host is busy.
//!
//! In: a URL. Out: a [`Permit`]. `fetch` takes a [`Turn`], and only this module
//! makes one, so no request can be sent without robots.txt and pace having been
//! asked. A turn holds its host; dropping it starts the pause.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
use tokio::time::{Instant, sleep_until};
use url::Url;

use crate::crawl::backoff;
use crate::crawl::robots::{Policy, robots_url};
use crate::crawl::settings::CrawlSettings;

/// How long a robots.txt is believed (RFC 9309, 2.4).
const ROBOTS_LIFETIME: Duration = Duration::from_hours(24);
/// A host that failed this often in a row is left alone for [`DOWN_TIME`].
const FAILURE_LIMIT: u32 = 3;
/// How long a host that is down is left alone: longer than the rest of a crawl
/// that waits for nothing else, shorter than the time to the next.
const DOWN_TIME: Duration = Duration::from_hours(1);

/// Every host met, with what we know of it.
#[derive(Debug)]
pub(super) struct Hosts {
    settings: Pace,
    hosts: Mutex<HashMap<String, Arc<AsyncMutex<Host>>>>,
}

/// The limits between which a host's pace lies.
#[derive(Debug, Clone, Copy)]
struct Pace {
    delay: Duration,
    max_crawl_delay: Duration,
    max_wait: Duration,
}

/// What we know of one host.
#[derive(Debug, Default)]
struct Host {
    policy: Option<(Policy, Timestamp)>,
    /// Least pause between requests.
    delay: Duration,
    /// Earliest moment for the next request.
    next: Option<Instant>,
    failures: u32,
    /// Why it is left alone, and until when.
    down: Option<(String, Instant)>,
}

/// Leave to ask a host for something.
#[derive(Debug)]
pub(super) enum Permit {
    /// For the URL asked about.
    Turn(Turn),
    /// For robots.txt, which must come first.
    RobotsFirst(Turn, Url),
}

/// Why a host is not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Its robots.txt forbids it, by this rule.
    Robots(String),
    /// It does not answer, or asked for a longer wait than we have.
    Down(String),
}

/// What is wrong with a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It says that it is busy, and perhaps for how long.
    Busy(Option<Duration>),
    /// A connection could not be made or broke off: it may be the page.
    Broken,
}

/// The one request that a host is asked at a time.
#[derive(Debug)]
pub(super) struct Turn {
    host: OwnedMutexGuard<Host>,
    pace: Pace,
}

impl Hosts {
    pub(super) fn new(settings: &CrawlSettings) -> Self {
        Self {
            settings: Pace {
                delay: settings.delay,
                max_crawl_delay: settings.max_crawl_delay,
                max_wait: settings.max_wait,
            },
            hosts: Mutex::default(),
        }
    }

    /// Waits for a host's turn. `delay` is the least pause that this site's own
    /// rules ask for.
    pub(super) async fn ask(
        &self,
        url: &Url,
        delay: Duration,
        now: Timestamp,
    ) -> Result<Permit, Refusal> {
        let mut host = self.host(url).lock_owned().await;
        match &host.down {
            Some((reason, until)) if Instant::now() < *until => {
                return Err(Refusal::Down(reason.clone()));
            }
            Some(_) => host.recover(),
            None => {}
        }
        host.delay = host.delay.max(delay).max(self.settings.delay);
        // Another site's crawl may have read it while this one waited, after `now`.
        let age = |read_at: &Timestamp| Duration::try_from(now.duration_since(*read_at));
        let is_fresh = |read_at: &Timestamp| age(read_at).unwrap_or_default() < ROBOTS_LIFETIME;
        let known = host
            .policy
            .as_ref()
            .filter(|(_, read_at)| is_fresh(read_at));
        let needs_robots = known.is_none();
        if let Some(rule) = known.and_then(|(policy, _)| policy.forbids(url)) {
            return Err(Refusal::Robots(rule));
        }
        if let Some(next) = host.next {
            sleep_until(next).await;
        }
        let turn = Turn {
            host,
            pace: self.settings,
        };
        Ok(if needs_robots {
            Permit::RobotsFirst(turn, robots_url(url))
        } else {
            Permit::Turn(turn)
        })
    }

    /// Remembers a robots.txt read in an earlier session.
    pub(super) async fn remember(&self, url: &Url, policy: Policy, read_at: Timestamp) {
        let mut host = self.host(url).lock_owned().await;
        host.learn(policy, read_at, self.settings);
    }

    fn host(&self, url: &Url) -> Arc<AsyncMutex<Host>> {
        let name = url.host_str().unwrap_or_default();
        let name = match url.port() {
            Some(port) => format!("{name}:{port}"),
            None => name.to_owned(),
        };
        let mut hosts = self
            .hosts
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(hosts.entry(name).or_default())
    }
}

impl Host {
    /// After a rest it gets another chance, robots.txt first.
    fn recover(&mut self) {
        self.down = None;
        self.failures = 0;
        if matches!(self.policy, Some((Policy::Unreachable, _))) {
            self.policy = None;
        }
    }

    fn learn(&mut self, policy: Policy, read_at: Timestamp, pace: Pace) {
        let asked = policy.crawl_delay().unwrap_or_default();
        self.delay = self.delay.max(asked.min(pace.max_crawl_delay));
        if policy == Policy::Unreachable {
            let why = "robots.txt could not be had".to_owned();
            self.down = Some((why, Instant::now() + DOWN_TIME));
        }
        self.policy = Some((policy, read_at));
    }
}

impl Turn {
    /// Takes in the host's robots.txt.
    pub(super) fn learn(&mut self, policy: Policy, read_at: Timestamp) {
        let pace = self.pace;
        self.host.learn(policy, read_at, pace);
    }

    /// Waits until the host may be asked once more within this turn, as when
    /// its robots.txt redirects.
    pub(super) async fn pause(&mut self) {
        tokio::time::sleep(self.host.delay).await;
    }

    /// Notes that the host answered.
    pub(super) fn answered(&mut self) {
        self.host.failures = 0;
    }

    /// Notes that the host is in trouble, and leaves it alone for a while. Gives
    /// whether to try again: not when a busy host asks for a longer wait than
    /// we have, or there was trouble too often in a row.
    pub(super) fn failed(&mut self, trouble: Trouble, spread: u8, why: &str) -> bool {
        self.host.failures += 1;
        let asked = match trouble {
            Trouble::Busy(asked) => asked,
            Trouble::Broken => None,
        };
        let pause = backoff::pause(self.host.failures, asked, spread);
        let is_too_long = pause > self.pace.max_wait && trouble != Trouble::Broken;
        if is_too_long || self.host.failures >= FAILURE_LIMIT {
            let until = Instant::now() + pause.max(DOWN_TIME);
            self.host.down = Some((why.to_owned(), until));
            return false;
        }
        self.host.next = Some(Instant::now() + pause.min(self.pace.max_wait));
        true
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let next = Instant::now() + self.host.delay;
        self.host.next = Some(self.host.next.map_or(next, |later| later.max(next)));
    }
}
