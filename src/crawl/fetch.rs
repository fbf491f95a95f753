//! One request and its answer.
//!
//! In: a URL and the [`Turn`] of its host. Out: an [`Answer`], whatever its
//! status. Redirects are answers like any other: where they lead is asked for
//! in a turn of its own. Trying again is for the caller.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use url::Url;

use crate::archive::{ACCEPTED_CODINGS, CodingError, header, undo_codings};
use crate::crawl::guard::Guard;
use crate::crawl::host::Turn;
use crate::crawl::settings::CrawlSettings;

/// What we can read, best first.
const ACCEPTED: &str =
    "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.8";
const LANGUAGES: &str = "en-GB,en;q=0.9,cy;q=0.8";
/// Longest header section kept, in bytes.
const HEADER_LIMIT: usize = 64 << 10;

/// What a server answered to one request.
#[derive(Debug)]
pub(super) struct Answer {
    /// What was asked for.
    pub(super) url: Url,
    /// Status of the answer.
    pub(super) status: u16,
    /// Request headers as sent.
    pub(super) asked: Vec<(String, String)>,
    /// Response headers in the order received.
    pub(super) headers: Vec<(String, String)>,
    /// The body.
    pub(super) body: Vec<u8>,
    /// When it was complete.
    pub(super) received_at: Timestamp,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    /// The connection could not be made, broke or took too long.
    #[error("no whole answer from `{host}`: {cause}")]
    Broken {
        /// Who was asked.
        host: String,
        /// Every cause down to the system's.
        cause: String,
    },
    /// The body is longer than what is kept.
    #[error("the body is over {limit} bytes (`crawl.max_body_bytes`)")]
    TooLarge {
        /// The limit in force.
        limit: u64,
    },
    /// The body came in a coding that could not be undone.
    #[error(transparent)]
    Coding(#[from] CodingError),
}

impl FetchError {
    /// Whether the body is over a limit, so that asking again cannot help.
    pub(super) fn is_too_large(&self) -> bool {
        matches!(
            self,
            Self::TooLarge { .. } | Self::Coding(CodingError::TooLarge { .. })
        )
    }
}

/// Asks for URLs.
#[derive(Debug)]
pub(super) struct Fetcher {
    client: reqwest::Client,
    asked: Vec<(String, String)>,
    max_body_bytes: u64,
}

impl Fetcher {
    pub(super) fn new(client: reqwest::Client, settings: &CrawlSettings) -> Self {
        let asked = [
            ("User-Agent", settings.user_agent().as_str()),
            ("Accept", ACCEPTED),
            ("Accept-Language", LANGUAGES),
            ("Accept-Encoding", ACCEPTED_CODINGS),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            client,
            asked: asked.to_vec(),
            max_body_bytes: settings.max_body_bytes,
        }
    }

    /// Request headers as sent with every request.
    pub(super) fn asked(&self) -> &[(String, String)] {
        &self.asked
    }

    /// Asks once; for the body only under `conditions`, which may be none.
    ///
    /// # Errors
    ///
    /// Fails when the connection breaks before the answer is whole, and when
    /// the body is longer than what is kept.
    #[tracing::instrument(skip_all, fields(url = %url))]
    pub(super) async fn fetch(
        &self,
        _turn: &mut Turn,
        url: &Url,
        conditions: &[(String, String)],
        now: &(dyn Fn() -> Timestamp + Send + Sync),
    ) -> Result<Answer, FetchError> {
        let broken = |cause: reqwest::Error| FetchError::Broken {
            host: url.host_str().unwrap_or_default().to_owned(),
            cause: causes(&cause),
        };
        let mut request = self.client.get(url.clone());
        for (name, value) in self.asked.iter().chain(conditions) {
            request = request.header(name, value);
        }
        let mut response = request.send().await.map_err(broken)?;
        let too_large = FetchError::TooLarge {
            limit: self.max_body_bytes,
        };
        if response
            .content_length()
            .is_some_and(|length| length > self.max_body_bytes)
        {
            return Err(too_large);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if body.len() as u64 + chunk.len() as u64 > self.max_body_bytes {
                return Err(too_large);
            }
            body.extend_from_slice(&chunk);
        }
        let headers = kept_headers(response.headers());
        let codings = header(&headers, "content-encoding").unwrap_or_default();
        let body = undo_codings(body, codings, self.max_body_bytes)?;
        Ok(Answer {
            url: url.clone(),
            status: response.status().as_u16(),
            asked: [&self.asked, conditions].concat(),
            headers,
            body,
            received_at: now(),
        })
    }
}

impl Answer {
    /// Where a redirect leads, without a fragment.
    pub(super) fn redirect(&self) -> Option<Url> {
        if !matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let target = header(&self.headers, "location")?;
        let mut target = self.url.join(target).ok()?;
        target.set_fragment(None);
        matches!(target.scheme(), "http" | "https").then_some(target)
    }
}

/// The client that every request goes through. Redirects are ours to follow,
/// and only public addresses are connected to.
///
/// # Errors
///
/// Fails when the proxy settings make no sense.
pub(super) fn client(
    settings: &CrawlSettings,
    guard: &Guard,
) -> Result<reqwest::Client, reqwest::Error> {
    // Fails when a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder();
    if let Some(proxy) = &settings.proxy {
        builder = builder.proxy(reqwest::Proxy::all(proxy.clone())?);
    }
    builder
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .pool_max_idle_per_host(1)
        .connect_timeout(settings.timeout.min(Duration::from_secs(20)))
        .timeout(settings.timeout)
        .dns_resolver(guard.clone())
        .build()
}

/// Headers as text; what is not text is read as Latin-1, as servers mean it.
fn kept_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut length = 0;
    headers
        .iter()
        .map(|(name, value)| {
            let value: String = match value.to_str() {
                Ok(text) => text.to_owned(),
                Err(_) => String::from_utf8(value.as_bytes().to_vec()).unwrap_or_else(|_| {
                    value
                        .as_bytes()
                        .iter()
                        .map(|byte| char::from(*byte))
                        .collect()
                }),
            };
            (name.as_str().to_owned(), value)
        })
        .take_while(|(name, value)| {
            length += name.len() + value.len();
            length <= HEADER_LIMIT
        })
        .collect()
}

/// An error with all its causes on one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
