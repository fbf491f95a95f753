//! The words of web archiving: a candidate is a URL worth asking for, a
//! capture is one fetch of one URL, a payload is a capture with its bytes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::digest::Digest;
use crate::model::ids::PartnershipId;

/// A URL worth asking for, and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Whose crawl this is.
    pub partnership: PartnershipId,
    /// The URL as found on the page, made absolute, without its fragment.
    pub url: Url,
    /// What stood around the link; empty for a seed.
    pub context: LinkContext,
    /// Links followed from a seed to here.
    pub depth: u8,
}

/// What stood around a link. Publication dates, and which response belongs to
/// which review, often stand only here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkContext {
    /// The page that holds the link; `None` for a seed.
    pub page: Option<Url>,
    /// That page's title or first heading.
    pub page_title: Option<String>,
    /// The link's own text.
    pub link_text: Option<String>,
    /// The headings that govern the link, outermost first.
    pub headings: Vec<String>,
    /// Text of the smallest block around the link: its list item, paragraph,
    /// card or table row. At most 600 characters.
    pub nearby: Option<String>,
    /// Place among the page's links in its main content, from 0.
    pub position: Option<u32>,
}

/// What a server answered to one request.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// What was asked for.
    pub candidate: Candidate,
    /// Redirects followed on the way, in order; empty when there were none.
    pub hops: Vec<Hop>,
    /// Request headers sent with the last request, as sent.
    pub asked: Vec<(String, String)>,
    /// Where the answer came from, after redirects.
    pub final_url: Url,
    /// HTTP status of the answer.
    pub status: u16,
    /// Response headers in the order received.
    pub headers: Vec<(String, String)>,
    /// The body, with transfer and content codings undone.
    pub body: Vec<u8>,
    /// When the answer was complete.
    pub received_at: Timestamp,
}

/// One redirect followed on the way to an answer.
#[derive(Debug, Clone)]
pub struct Hop {
    /// What was asked for.
    pub url: Url,
    /// HTTP status of the redirect.
    pub status: u16,
    /// Response headers in the order received.
    pub headers: Vec<(String, String)>,
    /// When the answer was complete.
    pub received_at: Timestamp,
}

/// One fetch of one URL, kept for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// What was asked for.
    pub candidate: Candidate,
    /// Where the answer came from, after redirects.
    pub final_url: Url,
    /// HTTP status of the answer; 304 for a body that had not changed.
    pub status: u16,
    /// `Content-Type` as the server declared it, without parameters, in lower
    /// case; empty when it declared none. What the bytes are is for `extract`.
    pub media_type: String,
    /// The character set that the server declared, if it did.
    pub charset: Option<String>,
    /// File name from `Content-Disposition`, if one was given.
    pub file_name: Option<String>,
    /// Digest of the body.
    pub digest: Digest,
    /// Length of the body in bytes.
    pub length: u64,
    /// When the answer was complete.
    pub received_at: Timestamp,
}

/// A capture and its bytes: the seam at which the network half ends and the
/// replayable half begins.
#[derive(Debug, Clone)]
pub struct Payload {
    /// Which capture these bytes are.
    pub capture: Capture,
    /// The body.
    pub bytes: Vec<u8>,
}
