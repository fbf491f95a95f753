//! Why a request was not answered, told to programs as problem+json (RFC 9457)
//! and to people as a page.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::catalogue::CatalogueError;
use crate::search::SearchError;

/// Why a request was not answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum WebError {
    /// The reader can mend it.
    #[error("{}", .0.first().map_or("bad request", |fault| &fault.detail))]
    BadRequest(Vec<Fault>),

    /// Nothing of that name is here.
    #[error("no {what} `{name}`")]
    NotFound {
        /// "review", "recommendation", "page" …
        what: &'static str,
        /// As asked for.
        name: String,
    },

    /// It was here.
    #[error("{what} `{name}` was withdrawn on {}", day(*at))]
    Withdrawn {
        /// "review", "recommendation", "document".
        what: &'static str,
        /// As asked for.
        name: String,
        /// When it was withdrawn.
        at: Timestamp,
    },

    /// It is there, and is not changed that way.
    #[error("this address is for reading only")]
    MethodNotAllowed,

    /// The client asks more often than its share.
    #[error("too many requests; come again in {wait_s} s")]
    TooMany {
        /// Until the next one will be answered.
        wait_s: u64,
    },

    /// Others are being answered.
    #[error("too much is asked for at the moment; please try again")]
    Busy,

    /// It takes too long.
    #[error("this took too long; a simpler question may be answered")]
    TooSlow,

    /// Ours to mend. The cause is logged and never shown.
    #[error("something went wrong on our side")]
    Internal(#[source] anyhow::Error),
}

/// What is wrong with one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Fault {
    /// Its name.
    pub parameter: String,
    /// What is wrong, and what it takes.
    pub detail: String,
}

/// Readers need no more of a moment.
fn day(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(TimeZone::UTC).date()
}

impl WebError {
    pub(super) fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(cause.into())
    }

    pub(super) fn not_found(what: &'static str, name: impl Into<String>) -> Self {
        Self::NotFound {
            what,
            name: name.into(),
        }
    }

    /// One thing wrong with the request.
    pub(super) fn fault(fault: Fault) -> Self {
        Self::BadRequest(vec![fault])
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::Withdrawn { .. } => StatusCode::GONE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Seconds after which the same request may be answered.
    fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::TooMany { wait_s } => Some(*wait_s),
            Self::Busy => Some(2),
            Self::TooSlow => Some(30),
            _ => None,
        }
    }

    /// Tells the log, once. What the reader can mend is not logged: it may
    /// repeat a query.
    pub(super) fn log(&self) {
        if let Self::Internal(cause) = self {
            tracing::error!(
                error = format!("{cause:#}"),
                "A request could not be answered"
            );
        }
    }
}

impl From<SearchError> for WebError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Query(fault) => Self::BadRequest(vec![Fault {
                parameter: "q".to_owned(),
                detail: fault.to_string(),
            }]),
            SearchError::Index(fault) => Self::internal(fault),
        }
    }
}

impl From<CatalogueError> for WebError {
    fn from(error: CatalogueError) -> Self {
        Self::internal(error)
    }
}

/// A [`WebError`] as programs see it.
#[derive(Debug)]
pub(super) struct ApiError(pub WebError);

impl<E: Into<WebError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// The body of a problem, RFC 9457.
#[derive(Debug, Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [Fault],
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.0.log();
        let status = self.0.status();
        let errors = match &self.0 {
            WebError::BadRequest(faults) => &faults[..],
            _ => &[],
        };
        let problem = Problem {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            detail: self.0.to_string(),
            errors,
        };
        let mut response = (status, Json(problem)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if let Some(wait_s) = self.0.retry_after_s() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
        }
        response
    }
}
