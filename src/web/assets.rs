//! Style sheets, script and icon, compiled in.
//!
//! Each is served under a URL that holds the head of its digest, so that
//! browsers may keep it for ever and a new version is a new URL.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

use crate::web::state::App;

#[derive(RustEmbed)]
#[folder = "src/web/assets"]
struct Assets;

/// `GET /assets/{digest}/{name}`.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/assets/{digest}/{name}", get(asset))
}

/// The URL of an asset. One that does not exist gets a URL that is not found,
/// which a test of the pages notices.
pub(super) fn url(name: &str) -> String {
    let digest = Assets::get(name).map(|file| head(file.metadata.sha256_hash()));
    format!("/assets/{}/{name}", digest.unwrap_or_default())
}

async fn asset(Path((digest, name)): Path<(String, String)>) -> Response {
    let Some(file) = Assets::get(&name).filter(|file| head(file.metadata.sha256_hash()) == digest)
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, media_type(&name)),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, file.data).into_response()
}

fn head(digest: [u8; 32]) -> String {
    digest[..6]
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
