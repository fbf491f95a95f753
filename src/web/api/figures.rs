//! `GET /trends` and `/benchmark`.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::search::request::Facet;
use crate::web::error::{ApiError, WebError};
use crate::web::formats::csv;
use crate::web::params;
use crate::web::state::App;
use crate::web::views::benchmark::{self, BenchmarkView};
use crate::web::views::trends::{self, BY, TrendsView};

/// Counts by year with denominators, as JSON or, with `format=csv`, as a
/// table.
pub(super) async fn trends(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let own = ["list", "by", "per", "format"];
    let (apart, rest) = params::set_apart(query.as_deref(), &own);
    let list = params::one_of(&apart, "list", &params::lists()).map_err(WebError::fault)?;
    let by = params::one_of(&apart, "by", &BY.map(|facet| (facet.id(), facet)))
        .map_err(WebError::fault)?;
    params::one_of(&apart, "per", &[("year", ())]).map_err(WebError::fault)?;
    let formats = [("json", false), ("csv", true)];
    let is_csv = params::one_of(&apart, "format", &formats).map_err(WebError::fault)?;
    let request = params::parse(Some(&rest), list, app.names()).usable()?;
    let refused = trends::refused(&request);
    if !refused.is_empty() {
        return Err(ApiError(WebError::BadRequest(refused)));
    }
    let view = app
        .read(move |stores| trends::trends(stores, &request, by))
        .await?;
    Ok(if is_csv {
        ([(header::CONTENT_TYPE, csv::MEDIA_TYPE)], table(&view)).into_response()
    } else {
        Json(view).into_response()
    })
}

/// Publishers side by side.
pub(super) async fn benchmark(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Json<BenchmarkView>, ApiError> {
    let name = Facet::Partnership.id();
    let (mut apart, rest) = params::set_apart(query.as_deref(), &[name]);
    if !rest.is_empty() {
        return Err(ApiError(WebError::fault(params::unknown_beside(
            &rest,
            &[name],
        ))));
    }
    let ids = apart.remove(name).unwrap_or_default();
    Ok(Json(
        app.read(move |stores| benchmark::benchmark(stores, &ids))
            .await?,
    ))
}

/// A line a year: all, then each series.
fn table(view: &TrendsView) -> String {
    let series = view.series.iter().map(|series| series.id.as_str());
    let head: Vec<&str> = ["year", "total"].into_iter().chain(series).collect();
    let mut table = csv::line(head);
    for (place, year) in view.years.iter().enumerate() {
        let counts = view.series.iter().map(|series| series.counts[place]);
        let cells = std::iter::once(year.total).chain(counts);
        let cells = std::iter::once(year.year.to_string()).chain(cells.map(|n| n.to_string()));
        table.push_str(&csv::line(cells));
    }
    table
}
