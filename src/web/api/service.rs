//! `GET /health`, `/coverage` and `/metrics`, for operators and their machines.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::web::error::{ApiError, WebError};
use crate::web::metrics::Now;
use crate::web::state::{App, Stores};
use crate::web::views::coverage::{self, CoverageView};
use crate::web::views::terms::Counted;
use crate::web::views::totals::{Totals, totals};

/// How the service is.
#[derive(Debug, Serialize)]
pub(super) struct Health {
    /// `ok`; `degraded` when something older is served than should be.
    status: &'static str,
    /// Why it is not `ok`.
    reason: Option<&'static str>,
    /// Of the program.
    version: &'static str,
    /// Names the state of the data.
    revision: String,
    /// What is served.
    totals: Totals,
}

/// Asks every store, so that an answer means that searches are answered too.
pub(super) async fn health(
    State(app): State<App>,
) -> Result<([(HeaderName, &'static str); 1], Json<Health>), ApiError> {
    let health = app.read(examine).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(health)))
}

/// `GET /health/live`: the process answers, whatever its stores do. Restart it
/// when this does not.
pub(super) async fn live() -> Response {
    let live = serde_json::json!({"status": "live"});
    ([(header::CACHE_CONTROL, "no-store")], Json(live)).into_response()
}

/// `GET /health/ready`: searches are answered. Send nobody here while they are
/// not.
pub(super) async fn ready(State(app): State<App>) -> Response {
    let (status, said) = match app.read(examine).await {
        Ok(health) => (StatusCode::OK, health.status),
        Err(error) => {
            error.log();
            (StatusCode::SERVICE_UNAVAILABLE, "the stores cannot be read")
        }
    };
    let ready = serde_json::json!({"status": said});
    (status, [(header::CACHE_CONTROL, "no-store")], Json(ready)).into_response()
}

/// `GET /metrics`: counts since the process began, as Prometheus reads them.
pub(super) async fn metrics(State(app): State<App>) -> Response {
    let now = app.read(|stores| {
        Ok(Now {
            is_index_current: stores.is_current()?,
            catalogue_revision: stores.catalogue.revision()?,
        })
    });
    let text = app.metrics().text(now.await.ok());
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_TYPE, "text/plain; version=0.0.4"),
    ];
    (headers, text).into_response()
}

/// How far the site of every publisher is covered.
pub(super) async fn coverage(
    State(app): State<App>,
) -> Result<Json<Counted<CoverageView>>, ApiError> {
    Ok(Json(app.read(coverage::all).await?))
}

fn examine(stores: &Stores<'_>) -> Result<Health, WebError> {
    let behind = (!stores.is_current()?).then_some("the search index is behind the catalogue");
    let reason = behind.or(stores.lag());
    Ok(Health {
        status: if reason.is_none() { "ok" } else { "degraded" },
        reason,
        version: env!("CARGO_PKG_VERSION"),
        revision: stores.revision()?,
        totals: totals(stores)?,
    })
}
