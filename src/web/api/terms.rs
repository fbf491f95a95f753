//! `GET /themes`, `/agencies`, `/partnerships` and `/partnerships/{id}`.

use axum::Json;
use axum::extract::{Path, State};

use crate::search::request::Facet;
use crate::web::error::ApiError;
use crate::web::state::App;
use crate::web::views::publishers::{self, PublisherView};
use crate::web::views::terms::{self, Counted, TermView};

/// Every theme with its counts.
pub(super) async fn themes(State(app): State<App>) -> Result<Json<Counted<TermView>>, ApiError> {
    Ok(Json(
        app.read(|stores| terms::all(stores, Facet::Theme)).await?,
    ))
}

/// Every agency with its counts.
pub(super) async fn agencies(State(app): State<App>) -> Result<Json<Counted<TermView>>, ApiError> {
    Ok(Json(
        app.read(|stores| terms::all(stores, Facet::Agency)).await?,
    ))
}

/// Every publisher with its counts.
pub(super) async fn partnerships(
    State(app): State<App>,
) -> Result<Json<Counted<PublisherView>>, ApiError> {
    Ok(Json(app.read(publishers::all).await?))
}

/// One publisher with its counts.
pub(super) async fn partnership(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<PublisherView>, ApiError> {
    Ok(Json(
        app.read(move |stores| publishers::one(stores, &id)).await?,
    ))
}
