//! How the crawler behaves where a site asks for nothing stricter.

use std::num::NonZeroUsize;
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as duration;
use serde::{Deserialize, Serialize};
use url::Url;

/// Name by which robots.txt files may address this crawler.
pub const ROBOT: &str = "lessons";

/// How the crawler behaves where a site asks for nothing stricter: the
/// `[crawl]` table. Durations are written as in `2s` or `15m`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CrawlSettings {
    /// Least time between two requests to one host. A larger `Crawl-delay`
    /// wins.
    #[serde(with = "duration")]
    pub delay: Duration,
    /// Longest `Crawl-delay` respected: beyond it a crawl would never end.
    #[serde(with = "duration")]
    pub max_crawl_delay: Duration,
    /// Longest time waited for a host that is busy, before the crawl goes on
    /// without it.
    #[serde(with = "duration")]
    pub max_wait: Duration,
    /// Sites crawled at once; requests to one host still come one by one.
    pub sites_at_once: NonZeroUsize,
    /// Most requests in one crawl of one site.
    pub max_requests: u32,
    /// Requests without finding a file after which a crawl ends, if nothing
    /// promising waits: the rest of a council's site is about other things.
    pub patience: u32,
    /// Most bytes in one crawl of one site.
    pub max_bytes: u64,
    /// Most links followed from a seed.
    pub max_depth: u8,
    /// Longest time for one crawl of one site.
    #[serde(with = "duration")]
    pub max_time: Duration,
    /// Largest body kept. A longer one is recorded as refused, never cut.
    pub max_body_bytes: u64,
    /// Longest time for one answer.
    #[serde(with = "duration")]
    pub timeout: Duration,
    /// Whom a webmaster can ask: a web page or an e-mail address. Sent with
    /// every request.
    pub contact: Option<String>,
    /// Hosts that may be asked for although their addresses are private.
    pub allow_private: Vec<String>,
    /// HTTP proxy for every request; `None` for those of the environment
    /// (`http_proxy`, `https_proxy`, `no_proxy`).
    pub proxy: Option<Url>,
}

impl Default for CrawlSettings {
    fn default() -> Self {
        Self {
            delay: Duration::from_secs(2),
            max_crawl_delay: Duration::from_mins(1),
            max_wait: Duration::from_mins(15),
            sites_at_once: const { NonZeroUsize::new(8).expect("8 is not 0") },
            max_requests: 1_500,
            patience: 250,
            max_bytes: 4 << 30,
            max_depth: 12,
            max_time: Duration::from_hours(8),
            max_body_bytes: 150 << 20,
            timeout: Duration::from_mins(2),
            contact: None,
            allow_private: Vec::new(),
            proxy: None,
        }
    }
}

impl CrawlSettings {
    /// What is sent as `User-Agent`: who we are, what for, and whom to ask.
    #[must_use]
    pub fn user_agent(&self) -> String {
        let contact = self.contact.as_deref().unwrap_or("no contact configured");
        format!(
            "{ROBOT}/{} (index of published safeguarding reviews; {contact})",
            env!("CARGO_PKG_VERSION")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_people_write_them() {
        let settings: CrawlSettings =
            toml::from_str("delay = \"500ms\"\nmax_wait = \"2m\"\n").expect("settings");
        assert_eq!(settings.delay, Duration::from_millis(500));
        assert_eq!(settings.max_wait, Duration::from_mins(2));
        let text = toml::to_string(&CrawlSettings::default()).expect("text");
        assert!(text.contains("delay = \"2s\""), "{text}");
        assert!(toml::from_str::<CrawlSettings>("delays = \"2s\"").is_err());
    }

    #[test]
    fn requests_say_who_asks_and_whom_to_ask() {
        let settings = CrawlSettings {
            contact: Some("https://n.example/crawler".to_owned()),
            ..CrawlSettings::default()
        };
        let agent = settings.user_agent();
        assert!(agent.starts_with("lessons/") && agent.ends_with("https://n.example/crawler)"));
    }
}
