//! What a crawl tells while it runs, and what came of it.

use std::collections::BTreeMap;

use url::Url;

use crate::archive::FailureReason;
use crate::model::ids::PartnershipId;

/// Takes in what a crawl tells while it runs.
pub trait Progress: Send + Sync {
    /// Something happened. Called often; must not block.
    fn tell(&self, news: &News<'_>);
}

/// What can happen.
#[derive(Debug, Clone)]
pub enum News<'a> {
    /// A crawl began, or was taken up again after a kill.
    Started {
        /// Whose.
        partnership: &'a PartnershipId,
        /// Captures that were there already.
        resumed: u32,
    },
    /// A server answered.
    Fetched {
        /// Whose crawl.
        partnership: &'a PartnershipId,
        /// What was asked for.
        url: &'a Url,
        /// Status of the answer.
        status: u16,
        /// Length of the body in bytes.
        length: u64,
        /// Whether it is a file to read rather than a page.
        is_document: bool,
        /// Pages that wait.
        waiting: usize,
    },
    /// A URL gave no answer.
    Failed {
        /// Whose crawl.
        partnership: &'a PartnershipId,
        /// What was wanted.
        url: &'a Url,
        /// Why.
        reason: FailureReason,
        /// In words.
        detail: &'a str,
    },
    /// A crawl came to its end.
    Finished {
        /// What came of it.
        report: &'a CrawlReport,
    },
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn tell(&self, _news: &News<'_>) {}
}

/// What came of one crawl of one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrawlReport {
    /// Whose.
    pub partnership: PartnershipId,
    /// Requests sent, robots.txt included.
    pub requests: u32,
    /// Pages captured.
    pub pages: u32,
    /// Files captured that are not pages.
    pub documents: u32,
    /// Captures whose body was kept before.
    pub unchanged: u32,
    /// Answers of 400 and above.
    pub missing: u32,
    /// Bytes received.
    pub bytes: u64,
    /// URLs that gave no answer, by reason.
    pub failures: BTreeMap<FailureReason, u32>,
    /// Links not followed, by the name of the rule that refused them.
    pub refused: BTreeMap<&'static str, u32>,
    /// Which budget ended the crawl; `None` when nothing was left to ask for.
    pub ended_by: Option<Budget>,
}

/// A budget that can end a crawl.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// `crawl.max_requests`
    Requests,
    /// `crawl.max_bytes`
    Bytes,
    /// `crawl.max_time`
    Time,
    /// `crawl.patience`
    Patience,
}

impl CrawlReport {
    pub(super) fn new(partnership: PartnershipId) -> Self {
        Self {
            partnership,
            requests: 0,
            pages: 0,
            documents: 0,
            unchanged: 0,
            missing: 0,
            bytes: 0,
            failures: BTreeMap::new(),
            refused: BTreeMap::new(),
            ended_by: None,
        }
    }
}
