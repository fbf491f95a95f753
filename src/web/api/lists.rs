//! `GET /reviews`, `/recommendations`, `/lessons`, `/answers`.

use axum::Json;
use axum::extract::{RawQuery, State};

use crate::search::request::List;
use crate::web::error::ApiError;
use crate::web::params;
use crate::web::state::App;
use crate::web::views::lists::{self, ListView};

/// One page of a list, or what is wrong with the question.
pub(super) async fn list(
    State(app): State<App>,
    list: List,
    RawQuery(query): RawQuery,
) -> Result<Json<ListView>, ApiError> {
    let request = params::parse(query.as_deref(), list, app.names()).usable()?;
    let view = app
        .read(move |stores| lists::list(stores, &request))
        .await?;
    Ok(Json(view))
}
