//! The web service: the HTTP API for programs and the pages for people.
//!
//! In: HTTP requests. Out: JSON or HTML, both made from the same views of what
//! `search` finds and `catalogue` holds. This module reads and never writes; no
//! request can set off a crawl, a reading or a change. No query is logged.
//!
//! `params` reads a query string into a [`crate::search::SearchRequest`];
//! `views` says what is shown of a result or a case; `api` and `pages` are the
//! two faces; `guard` holds what is the same for every response.

mod api;
mod assets;
mod connection;
mod error;
mod formats;
mod guard;
mod kept;
mod language;
mod metrics;
mod pages;
mod params;
mod state;
mod views;

use std::convert::Infallible;
use std::future::Future;
use std::time::{Duration, Instant};

use axum::Router;
use tokio::net::TcpListener;

pub use state::{App, OpenError, Settings, Sources};

/// Time between two looks for answers that are kept for no one.
const FORGET_INTERVAL: Duration = Duration::from_secs(5);

/// The whole service as one router.
pub fn app(app: App) -> Router {
    let routes = Router::new()
        .nest("/api/v1", api::routes())
        .merge(assets::routes())
        .merge(pages::routes());
    guard::guard(routes, app.clone()).with_state(app)
}

/// Answers requests on `listener` until `shutdown` is done, then finishes those
/// under way, as long as the settings allow. Says how many were cut off.
pub async fn serve(
    listener: TcpListener,
    app: App,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> usize {
    let settings = app.settings().serve.clone();
    let served = connection::serve(listener, self::app(app.clone()), &settings, shutdown);
    tokio::select! {
        n_cut = served => n_cut,
        never = forget(app) => match never {},
    }
}

/// Forgets answers that are kept for no one, also while nobody asks anything.
async fn forget(app: App) -> Infallible {
    let mut looks = tokio::time::interval(FORGET_INTERVAL);
    loop {
        looks.tick().await;
        if app.kept().size() == 0 {
            continue;
        }
        // What cannot be read has another state than what was.
        let revision = app.revision().await.unwrap_or_default();
        app.kept().settle(&revision, Instant::now());
    }
}
