//! What can happen to the archive, as it stands in the WARC files (one
//! `metadata` record closes each event) and in the look-up file beside them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::capture::{Candidate, Capture};
use crate::model::ids::PartnershipId;

/// One thing that happened, in the order it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A server answered.
    Captured(Box<Kept>),
    /// A URL redirected to one that was kept already.
    Aliased(Box<Alias>),
    /// A URL gave no answer, or was not asked for.
    Failed(Box<Failure>),
    /// A crawl of one partnership began.
    RunStarted(RunMark),
    /// A crawl of one partnership came to its end; a run without this mark was
    /// interrupted and can be taken up again.
    RunFinished(RunMark),
}

/// A capture and what the crawl needs to know of it later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The capture.
    pub capture: Capture,
    /// What it was fetched for.
    pub purpose: Purpose,
    /// Which run fetched it; `None` for an import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<RunId>,
    /// URLs that redirected to here, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirected_by: Vec<Url>,
    /// Whether the answer asked robots not to follow its links
    /// (`X-Robots-Tag`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_nofollow: bool,
    /// Whether no page linked to it, and it was asked for only because it was
    /// there before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_recheck: bool,
    /// `ETag` of the answer, as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified` of the answer, as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// What a capture was fetched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A page or a file: what a reader would open.
    #[default]
    Content,
    /// `robots.txt`.
    Robots,
    /// A sitemap or feed.
    Sitemap,
}

/// A URL that redirected to one that was kept already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// What was asked for.
    pub candidate: Candidate,
    /// During which run.
    pub run: RunId,
    /// Where it led.
    pub to: Url,
    /// When.
    pub at: Timestamp,
}

/// A URL that gave no answer, or was not asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What was wanted.
    pub candidate: Candidate,
    /// During which run.
    pub run: RunId,
    /// Why there is no answer.
    pub reason: FailureReason,
    /// The details, for people.
    pub detail: String,
    /// When.
    pub at: Timestamp,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureReason {
    /// robots.txt asks us not to.
    Robots,
    /// The host did not answer, or its robots.txt could not be had.
    Unreachable,
    /// The address is one that must not be asked for.
    Guarded,
    /// The answer was over a limit.
    TooLarge,
    /// Redirects without an end, or to nowhere.
    Redirects,
    /// The connection broke or took too long.
    Broken,
}

impl FailureReason {
    /// The id used in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Robots => "robots",
            Self::Unreachable => "unreachable",
            Self::Guarded => "guarded",
            Self::TooLarge => "too-large",
            Self::Redirects => "redirects",
            Self::Broken => "broken",
        }
    }
}

/// Names one crawl of one partnership: the moment it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub Timestamp);

/// The beginning or end of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunMark {
    /// Whose crawl.
    pub partnership: PartnershipId,
    /// Which run.
    pub run: RunId,
    /// When it began or ended.
    pub at: Timestamp,
    /// At the end: whether nothing was left to ask for. A run that a budget
    /// ended says nothing about what it did not meet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_complete: bool,
}

impl Event {
    /// What was asked for; `None` for the beginning and end of a run.
    #[must_use]
    pub fn candidate(&self) -> Option<&Candidate> {
        match self {
            Self::Captured(kept) => Some(&kept.capture.candidate),
            Self::Aliased(alias) => Some(&alias.candidate),
            Self::Failed(failure) => Some(&failure.candidate),
            Self::RunStarted(_) | Self::RunFinished(_) => None,
        }
    }

    /// Whose crawl this belongs to.
    #[must_use]
    pub fn partnership(&self) -> &PartnershipId {
        match self {
            Self::RunStarted(mark) | Self::RunFinished(mark) => &mark.partnership,
            Self::Captured(kept) => &kept.capture.candidate.partnership,
            Self::Aliased(alias) => &alias.candidate.partnership,
            Self::Failed(failure) => &failure.candidate.partnership,
        }
    }

    /// During which run it happened; `None` for an import.
    #[must_use]
    pub fn run(&self) -> Option<RunId> {
        match self {
            Self::Captured(kept) => kept.run,
            Self::Aliased(alias) => Some(alias.run),
            Self::Failed(failure) => Some(failure.run),
            Self::RunStarted(mark) | Self::RunFinished(mark) => Some(mark.run),
        }
    }

    /// When it happened.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Captured(kept) => kept.capture.received_at,
            Self::Aliased(alias) => alias.at,
            Self::Failed(failure) => failure.at,
            Self::RunStarted(mark) | Self::RunFinished(mark) => mark.at,
        }
    }
}

/// One line of the look-up file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Line {
    /// What happened.
    #[serde(flatten)]
    pub(super) event: Event,
    /// Where it is kept.
    pub(super) place: Place,
}

/// Where an event is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// Name of the WARC file, without its folder.
    pub(super) file: String,
    /// First byte of the record that holds the payload, for a capture whose
    /// payload was new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) payload: Option<u64>,
    /// First byte of the `metadata` record.
    pub(super) notes: u64,
    /// First byte after the event.
    pub(super) end: u64,
}
