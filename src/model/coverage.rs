//! How far one publisher's site is covered: what a crawl found, what failed,
//! what changed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::ids::PartnershipId;

/// Most examples kept of anything that is counted.
const MAX_EXAMPLES: usize = 50;

/// How far one publisher's site is covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Whose site.
    pub partnership: PartnershipId,
    /// The last crawl that came to an end; `None` when none ever did.
    pub last_crawl: Option<LastCrawl>,
    /// Addresses that gave a page when last asked.
    pub pages: u32,
    /// Addresses that gave another file when last asked, by media type.
    pub files: BTreeMap<String, u32>,
    /// Publications in the catalogue by kind: review, summary, response, other.
    pub publications: BTreeMap<String, u32>,
    /// What the last crawl was not given, and what could not be read, by
    /// reason.
    pub failures: BTreeMap<String, Listed>,
    /// What the last crawl found different from those before it.
    pub changes: Changes,
}

/// A crawl that came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastCrawl {
    /// When it began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// Whether nothing was left to ask for; otherwise a budget ended it.
    pub is_complete: bool,
    /// How many crawls came to an end so far.
    pub count: u32,
}

/// What a crawl found different from those before it. Pages are left out: most
/// change with every visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Files that were not there before.
    pub added: Listed,
    /// Files with other bytes than before.
    pub altered: Listed,
    /// Files and pages that are not found any more, with the reason.
    pub gone: Listed,
}

/// A count with some examples.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// How many.
    pub count: u32,
    /// The first of them.
    pub examples: Vec<Example>,
}

/// One thing that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Its address.
    pub url: Url,
    /// What there is to say of it; empty when nothing.
    pub detail: String,
}

impl Coverage {
    /// Of a site that was never asked for anything.
    #[must_use]
    pub fn none(partnership: PartnershipId) -> Self {
        Self {
            partnership,
            last_crawl: None,
            pages: 0,
            files: BTreeMap::new(),
            publications: BTreeMap::new(),
            failures: BTreeMap::new(),
            changes: Changes::default(),
        }
    }

    /// Publications of one kind.
    #[must_use]
    pub fn publications_of(&self, kind: &str) -> u32 {
        self.publications.get(kind).copied().unwrap_or_default()
    }

    /// Everything that failed, whatever the reason.
    #[must_use]
    pub fn failed(&self) -> u32 {
        self.failures.values().map(|listed| listed.count).sum()
    }
}

impl Listed {
    /// Counts one more, and keeps it as an example while there are few.
    pub fn add(&mut self, url: &Url, detail: impl Into<String>) {
        self.count += 1;
        if self.examples.len() < MAX_EXAMPLES {
            self.examples.push(Example {
                url: url.clone(),
                detail: detail.into(),
            });
        }
    }
}
