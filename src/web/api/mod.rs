//! The HTTP API, for programs: `/api/v1`.
//!
//! Handlers only translate: a path and a query string in, a view as JSON out.

mod citations;
mod download;
mod endpoints;
mod figures;
mod lists;
mod openapi;
mod records;
mod service;
mod similar;
mod terms;

use axum::Router;
use axum::http::{HeaderValue, header};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::web::error::{ApiError, WebError};
use crate::web::state::App;

/// Everything below `/api/v1`.
pub(super) fn routes() -> Router<App> {
    let anyone = HeaderValue::from_static("*");
    let routes = endpoints::ALL
        .iter()
        .fold(Router::new(), |routes, endpoint| {
            routes.route(endpoint.path, (endpoint.answers)())
        });
    routes
        .fallback(nowhere)
        .method_not_allowed_fallback(not_that_way)
        .layer(SetResponseHeaderLayer::overriding(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            anyone,
        ))
}

/// Every address: its whole path, whether it is asked with `POST`, and what it
/// gives, in English.
pub(super) fn documented() -> impl Iterator<Item = (String, bool, &'static str)> {
    let address = |endpoint: &endpoints::Endpoint| {
        let path = format!("/api/v1{}", endpoint.path);
        (path, endpoint.is_post, endpoint.says)
    };
    endpoints::ALL.iter().map(address)
}

async fn nowhere() -> ApiError {
    ApiError(WebError::not_found("address", "of this API"))
}

async fn not_that_way() -> ApiError {
    ApiError(WebError::MethodNotAllowed)
}
