//! `GET /reviews/{id}` and `/recommendations/{id}`.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::web::error::ApiError;
use crate::web::state::App;
use crate::web::views::case::{self, Found, RecommendationRecord};
use crate::web::views::entry_id;
use crate::web::views::recurring::{self, RecurringView};

/// A case. The id of a response or summary leads to its case.
pub(super) async fn review(
    State(app): State<App>,
    Path((partnership, head)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let id = entry_id(&partnership, &head)?;
    match app.read(move |stores| case::find(stores, &id)).await? {
        Found::Case(case) => Ok(Json(case).into_response()),
        Found::PartOf(owner) => {
            Ok(Redirect::temporary(&format!("/api/v1/reviews/{owner}")).into_response())
        }
    }
}

/// What recurs of a recommendation.
pub(super) async fn recurring(
    State(app): State<App>,
    Path((partnership, head, item)): Path<(String, String, String)>,
) -> Result<Json<RecurringView>, ApiError> {
    let id = entry_id(&partnership, &head)?;
    let found = app.read(move |stores| {
        let record = case::recommendation(stores, &id, &item)?;
        recurring::of(stores, &record)
    });
    Ok(Json(found.await?))
}

/// A recommendation with its answers.
pub(super) async fn recommendation(
    State(app): State<App>,
    Path((partnership, head, item)): Path<(String, String, String)>,
) -> Result<Json<RecommendationRecord>, ApiError> {
    let id = entry_id(&partnership, &head)?;
    let found = app
        .read(move |stores| case::recommendation(stores, &id, &item))
        .await?;
    Ok(Json(found))
}
