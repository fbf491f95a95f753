//! The HTTP API, for programs: `/api/v1`.
//!
//! Handlers only translate: a path and a query string in, a view as JSON out.

mod citations;
mod download;
mod figures;
mod lists;
mod records;
mod service;
mod similar;
mod terms;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::routing::{get, post};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::search::request::List;
use crate::web::error::{ApiError, WebError};
use crate::web::state::App;

/// Everything below `/api/v1`.
pub(super) fn routes() -> Router<App> {
    let anyone = HeaderValue::from_static("*");
    let mut routes = Router::new()
        .route("/reviews/{partnership}/{head}", get(records::review))
        .route(
            "/reviews/{partnership}/{head}/similar",
            get(similar::to_case),
        )
        .route("/similar", post(similar::to_text))
        .route(
            "/recommendations/{partnership}/{head}/{item}",
            get(records::recommendation),
        )
        .route(
            "/reviews/{partnership}/{head}/{citation}",
            get(citations::of_review),
        )
        .route(
            "/recommendations/{partnership}/{head}/{item}/{citation}",
            get(citations::of_recommendation),
        )
        .route("/trends", get(figures::trends))
        .route("/benchmark", get(figures::benchmark))
        .route("/export", get(download::export))
        .route("/feed.atom", get(download::feed))
        .route("/themes", get(terms::themes))
        .route("/agencies", get(terms::agencies))
        .route("/partnerships", get(terms::partnerships))
        .route("/partnerships/{id}", get(terms::partnership))
        .route("/health", get(service::health))
        .route("/health/live", get(service::live))
        .route("/health/ready", get(service::ready))
        .route("/metrics", get(service::metrics));
    for list in List::ALL {
        let path = format!("/{}", list.id());
        routes = routes.route(&path, get(move |app, query| lists::list(app, list, query)));
    }
    routes
        .fallback(nowhere)
        .method_not_allowed_fallback(not_that_way)
        .layer(SetResponseHeaderLayer::overriding(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            anyone,
        ))
}

async fn nowhere() -> ApiError {
    ApiError(WebError::not_found("address", "of this API"))
}

async fn not_that_way() -> ApiError {
    ApiError(WebError::MethodNotAllowed)
}
