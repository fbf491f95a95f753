//! What is the same for every response: what it may cost, who may show it, who
//! may keep it, and what it may load.

mod client;
mod limits;
mod tagged;

use std::time::Instant;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{self, HeaderName};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::web::error::{ApiError, WebError};
use crate::web::state::App;

pub(super) use limits::Limits;

/// Nothing is loaded from elsewhere, nothing is inline, nobody may frame us,
/// and no site that is linked to learns what was searched for.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("x-permitted-cross-domain-policies"),
        "none",
    ),
];

/// Puts the routes behind everything that holds for all of them.
pub(super) fn guard(routes: Router<App>, app: App) -> Router<App> {
    let counting = app.clone();
    routes
        .layer(DefaultBodyLimit::max(app.settings().serve.max_body_bytes))
        .layer(middleware::map_response(tagged::marked_whole))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), tagged::tagged))
        .layer(CatchPanicLayer::custom(move |_| panicked(&counting)))
        .layer(middleware::from_fn_with_state(app.clone(), limits::limits))
        .layer(middleware::from_fn_with_state(app.clone(), count))
        .layer(middleware::from_fn_with_state(app, headers))
}

async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !app.settings().serve.allow_indexing {
        let noindex = HeaderValue::from_static("noindex, nofollow, noarchive");
        headers.insert(HeaderName::from_static("x-robots-tag"), noindex);
    }
    response
}

/// Counts what is answered, under the route and not under what was asked for.
async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let route = path.map(|path| path.as_str().to_owned());
    let began = Instant::now();
    let under_way = app.metrics().begin();
    let response = next.run(request).await;
    under_way.answered(
        route.as_deref(),
        response.status().as_u16(),
        began.elapsed(),
    );
    response
}

/// A panic is a fault of ours; what it said may hold a document's text, so it
/// is counted and not repeated.
fn panicked(app: &App) -> Response {
    app.metrics().panicked();
    ApiError(WebError::internal(anyhow::anyhow!(
        "a request handler panicked"
    )))
    .into_response()
}
