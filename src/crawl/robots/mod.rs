//! What a host's robots.txt allows, by RFC 9309.

use std::time::Duration;

use robotxt::Robots;
use url::Url;

use crate::crawl::settings::ROBOT;

/// Most redirects followed to a robots.txt (RFC 9309, 2.3.1.2).
pub(super) const REDIRECT_LIMIT: usize = 5;

/// What a host lets us do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Policy {
    /// It gave rules, or has none.
    Rules(Box<Robots>),
    /// Its robots.txt could not be had: nothing may be asked for.
    Unreachable,
}

impl Policy {
    /// The policy that an answer to a request for robots.txt makes. Too many
    /// requests count as unreachable: a host that is busy is left alone.
    pub(super) fn of_answer(status: u16, body: &[u8]) -> Self {
        match status {
            200..=299 => Self::Rules(Box::new(Robots::parse(body, ROBOT))),
            429 | 500..=599 => Self::Unreachable,
            _ => Self::Rules(Box::new(Robots::allow_all())),
        }
    }

    /// The rule that forbids a URL, or `None` when it may be asked for.
    pub(super) fn forbids(&self, url: &Url) -> Option<String> {
        match self {
            Self::Unreachable => Some("robots.txt could not be had".to_owned()),
            Self::Rules(robots) if robots.is_url_allowed(url) => None,
            Self::Rules(robots) => {
                let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
                let rule = robots.matching_rule(path);
                let rule = rule.map_or("/", robotxt::Rule::pattern);
                Some(format!("robots.txt says `Disallow: {rule}`"))
            }
        }
    }

    /// The pause that the host asks for between requests.
    pub(super) fn crawl_delay(&self) -> Option<Duration> {
        match self {
            Self::Rules(robots) => robots.crawl_delay(),
            Self::Unreachable => None,
        }
    }

    /// Sitemaps that it names.
    pub(super) fn sitemaps(&self) -> &[Url] {
        match self {
            Self::Rules(robots) => robots.sitemaps(),
            Self::Unreachable => &[],
        }
    }
}

/// Where a host keeps its robots.txt.
pub(super) fn robots_url(url: &Url) -> Url {
    let mut robots = url.clone();
    robots.set_path("/robots.txt");
    robots.set_query(None);
    robots.set_fragment(None);
    robots
}

#[cfg(test)]
mod tests;
