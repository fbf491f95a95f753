//! `GET /health` and `/coverage`, for operators and their machines.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use serde::Serialize;

use crate::web::error::{ApiError, WebError};
use crate::web::state::{App, Stores};
use crate::web::views::coverage::{self, CoverageView};
use crate::web::views::terms::Counted;
use crate::web::views::totals::{Totals, totals};

/// How the service is.
#[derive(Debug, Serialize)]
pub(super) struct Health {
    /// `ok`; `degraded` when the index is behind the catalogue.
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

/// How far the site of every publisher is covered.
pub(super) async fn coverage(
    State(app): State<App>,
) -> Result<Json<Counted<CoverageView>>, ApiError> {
    Ok(Json(app.read(coverage::all).await?))
}

fn examine(stores: &Stores<'_>) -> Result<Health, WebError> {
    let is_current = stores.is_current()?;
    Ok(Health {
        status: if is_current { "ok" } else { "degraded" },
        reason: (!is_current).then_some("the search index is behind the catalogue"),
        version: env!("CARGO_PKG_VERSION"),
        revision: stores.revision()?,
        totals: totals(stores)?,
    })
}
