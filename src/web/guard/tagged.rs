//! From which state of the data an answer was made: its `ETag`, 304 for those
//! who have that state already, and answers kept for whoever asks the same of
//! it.

use std::time::Instant;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::error::{ApiError, WebError};
use crate::web::kept::{Answer, Key};
use crate::web::state::App;

/// Stands by an answer whose body is at hand as a whole. Others are written
/// while they are sent and may be longer than memory.
#[derive(Debug, Clone, Copy)]
struct Whole;

/// Gives every response the revision of the data as its `ETag`. Assets name
/// their own version, and what may not be stored is passed on as it is.
pub(super) async fn tagged(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    // Asked first: what is answered is then never older than its tag.
    let revision = app.revision().await.ok();
    let response = answered(&app, revision.as_deref(), request, next).await;
    let Some(tag) = response.headers().get(header::ETAG) else {
        return response;
    };
    if is_read && response.status() == StatusCode::OK && is_known(known.as_ref(), tag) {
        return not_modified(response.headers());
    }
    response
}

/// An answer that is kept, or a new one.
async fn answered(app: &App, revision: Option<&str>, request: Request, next: Next) -> Response {
    let kept = app.kept();
    let key = Key::of(&request).filter(|_| kept.has_room());
    let (Some(revision), Some(key)) = (revision, key) else {
        return tag(revision, next.run(request).await);
    };
    if let Some(answer) = kept.get(revision, &key, Instant::now()) {
        app.metrics().answered_from_memory();
        return answer.response();
    }
    let response = tag(Some(revision), next.run(request).await);
    let is_whole = response.extensions().get::<Whole>().is_some();
    let is_ours = response.headers().contains_key(header::ETAG);
    if !is_whole || !is_ours || response.status() != StatusCode::OK {
        return response;
    }
    let (head, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        let reason = "the body of an answer broke off";
        return ApiError(WebError::internal(anyhow::anyhow!(reason))).into_response();
    };
    let answer = Answer {
        headers: head.headers.clone(),
        body: body.clone(),
    };
    kept.keep(revision, key, answer, Instant::now());
    Response::from_parts(head, Body::from(body))
}

fn tag(revision: Option<&str>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    if headers.contains_key(header::CACHE_CONTROL) {
        return response;
    }
    let private = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, private);
    let tag = revision.and_then(|tag| HeaderValue::try_from(format!("W/\"{tag}\"")).ok());
    if let Some(tag) = tag {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Marks an answer whose body is at hand, before it is compressed.
pub(super) async fn marked_whole(mut response: Response) -> Response {
    if response.body().size_hint().exact().is_some() {
        response.extensions_mut().insert(Whole);
    }
    response
}

fn is_known(known: Option<&HeaderValue>, tag: &HeaderValue) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let (Some(Ok(known)), Ok(tag)) = (known.map(HeaderValue::to_str), tag.to_str()) else {
        return false;
    };
    known
        .split(',')
        .any(|one| one.trim() == "*" || bare(one) == bare(tag))
}

fn not_modified(headers: &HeaderMap) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
        if let Some(value) = headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}
