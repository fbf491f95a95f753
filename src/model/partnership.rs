//! What we agreed about a publisher.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::ids::{PartnershipId, TermId};

/// A publisher of reviews: one row of `crawl-config/partnerships.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partnership {
    /// Permanent name, used in paths, URLs and data.
    pub id: PartnershipId,
    /// Name as the partnership prints it.
    pub name: String,
    /// One of `nations` in `index/facets.toml`.
    pub nation: TermId,
    /// One of `regions` in `index/facets.toml`; `None` for national bodies.
    pub region: Option<TermId>,
    /// Register codes of the local authorities it covers.
    pub local_authorities: Vec<String>,
    /// What it watches over.
    pub kind: PublisherKind,
    /// The site's front page.
    pub website: Option<Url>,
    /// Where it lists reviews, when known.
    pub reviews_page: Option<Url>,
    /// Where it lists responses, when known.
    pub responses_page: Option<Url>,
    /// Where the row's facts were seen; empty when from general knowledge.
    pub evidence: Option<String>,
    /// Guess at the content management system; a hint, never a rule.
    pub cms_hint: Option<String>,
    /// For curators.
    pub notes: String,
}

impl Partnership {
    /// Where a crawl starts, best first and without repeats.
    #[must_use]
    pub fn seeds(&self) -> Vec<Url> {
        let pages = [&self.reviews_page, &self.responses_page, &self.website];
        let mut seeds: Vec<Url> = Vec::new();
        for page in pages.into_iter().flatten() {
            if !seeds.contains(page) {
                seeds.push(page.clone());
            }
        }
        seeds
    }
}

/// What a publisher watches over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublisherKind {
    /// Children only.
    Children,
    /// Adults only.
    Adults,
    /// Children and adults together.
    Joint,
    /// A Scottish child protection committee.
    Cpc,
    /// A Welsh or Northern Irish regional board.
    RegionalBoard,
    /// A body for a whole nation.
    National,
}

/// What we agreed about one publisher's site beyond its row: the file
/// `crawl-config/sites/<id>.toml`. It may narrow the crawl or make it gentler
/// and add hosts and seeds; it cannot loosen robots.txt or the pace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteRules {
    /// Why this file exists, for the next person.
    pub reason: String,
    /// Further hosts that belong to the site, as they stand in URLs.
    pub hosts: Vec<String>,
    /// Further pages to start from.
    pub seeds: Vec<Url>,
    /// Paths never asked for: each is the beginning of a path.
    pub skip: Vec<String>,
    /// Query parameters that do not change what a page says.
    pub neutral_parameters: Vec<String>,
    /// Least milliseconds between two requests to one host, when more than usual.
    pub delay_ms: Option<u64>,
    /// Most requests in one crawl, when fewer than usual.
    pub max_requests: Option<u32>,
}
