//! What one request, and all of them together, may cost.
//!
//! A client over its pace is told when to come again; a service that is busy
//! lets requests wait for a moment and then turns them away; an answer that
//! does not begin in time is given up.

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::client::{Buckets, client};
use crate::config::ServeSettings;
use crate::web::error::{ApiError, WebError};
use crate::web::state::App;

/// How long a request waits for another to end before it is turned away.
const WAIT: Duration = Duration::from_secs(2);

/// The limits, and what of them is used up.
#[derive(Debug)]
pub(in crate::web) struct Limits {
    settings: ServeSettings,
    buckets: Mutex<Buckets>,
    permits: Semaphore,
}

impl Limits {
    pub(in crate::web) fn new(settings: ServeSettings) -> Self {
        Self {
            buckets: Mutex::new(Buckets::new(settings.requests_per_minute, settings.burst)),
            permits: Semaphore::new(settings.max_requests_at_once),
            settings,
        }
    }

    fn count(&self, request: &Request) -> Result<(), WebError> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        // Without a connection there is nobody to count, as in tests.
        let Some(ConnectInfo(peer)) = peer else {
            return Ok(());
        };
        let client = client(peer.ip(), request.headers(), &self.settings.trusted_proxies);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = buckets.take(client, Instant::now());
        taken.map_err(|wait| WebError::TooMany {
            wait_s: wait.as_secs() + 1,
        })
    }
}

/// Answers within the limits, or says which was reached.
pub(super) async fn limits(State(app): State<App>, request: Request, next: Next) -> Response {
    let limits = app.limits();
    if let Err(refusal) = limits.count(&request) {
        return ApiError(refusal).into_response();
    }
    let permit = timeout(WAIT, limits.permits.acquire()).await;
    let Ok(Ok(_permit)) = permit else {
        return ApiError(WebError::Busy).into_response();
    };
    let answer = timeout(limits.settings.request_timeout, next.run(request)).await;
    answer.unwrap_or_else(|_| ApiError(WebError::TooSlow).into_response())
}
