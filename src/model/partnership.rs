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
