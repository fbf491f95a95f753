//! The pages, for people.
//!
//! In: a path and a query string. Out: HTML that works without script, styles
//! or colour. Each page is a struct that its template shows; what needs
//! working out is a field or a method with a name, so that templates hold no
//! logic. English pages lie at `/`, Welsh ones at `/cy`.

mod benchmark;
mod card;
mod chart;
mod coverage;
mod error;
mod facets;
mod home;
mod lists;
mod paging;
mod profile;
mod prose;
mod recommendation;
mod results;
mod review;
mod shell;
mod similar;
mod text;
mod trends;
mod words;
mod years;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::Uri;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::search::request::{Facet, List};
use crate::web::error::WebError;
use crate::web::language::Language;
use crate::web::pages::error::ErrorPage;
use crate::web::state::App;

/// Every page in both languages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(in_language(Language::English))
        .nest(Language::Welsh.prefix(), in_language(Language::Welsh))
        .route("/cy/", get(|app| home::page(Language::Welsh, app)))
}

fn in_language(t: Language) -> Router<App> {
    let mut routes = Router::new()
        .route("/", get(move |app| home::page(t, app)))
        .route(
            "/similar",
            get(move |app| similar::form(t, app))
                .post(move |app, body| similar::answer(t, app, body)),
        )
        .route("/themes", get(move |app| lists::themes(t, app)))
        .route("/agencies", get(move |app| lists::agencies(t, app)))
        .route("/partnerships", get(move |app| lists::partnerships(t, app)))
        .route("/coverage", get(move |app| coverage::page(t, app)))
        .route(
            "/trends",
            get(move |app, query| trends::page(t, app, query)),
        )
        .route(
            "/benchmark",
            get(move |app, query| benchmark::page(t, app, query)),
        )
        .route(
            "/documents/{partnership}/{head}",
            get(move |app, path, query| text::page(t, app, path, query)),
        )
        .route(
            "/reviews/{partnership}/{head}",
            get(move |app, path| review::page(t, app, path)),
        )
        .route(
            "/recommendations/{partnership}/{head}/{item}",
            get(move |app, path| recommendation::page(t, app, path)),
        );
    for list in List::ALL {
        let path = format!("/{}", list.id());
        routes = routes.route(
            &path,
            get(move |app, query| results::page(t, list, app, query)),
        );
    }
    for (place, facet) in [
        ("themes", Facet::Theme),
        ("agencies", Facet::Agency),
        ("partnerships", Facet::Partnership),
    ] {
        let path = format!("/{place}/{{id}}");
        routes = routes.route(&path, get(move |app, id| profile::page(t, facet, app, id)));
    }
    for about in prose::ALL {
        routes = routes.route(about.path, get(move |app| prose::page(t, about, app)));
    }
    routes
        .fallback(move |app, uri| nowhere(t, app, uri))
        .method_not_allowed_fallback(move |app: State<App>| not_that_way(t, app))
}

async fn nowhere(t: Language, State(app): State<App>, uri: Uri) -> Response {
    failed(t, &app, &WebError::not_found("page", uri.path()))
}

async fn not_that_way(t: Language, State(app): State<App>) -> Response {
    failed(t, &app, &WebError::MethodNotAllowed)
}

/// A page, or the error page.
fn respond(t: Language, app: &App, page: Result<impl Template, WebError>) -> Response {
    let html = page.and_then(|page| page.render().map_err(WebError::internal));
    match html {
        Ok(html) => Html(html).into_response(),
        Err(error) => failed(t, app, &error),
    }
}

fn failed(t: Language, app: &App, error: &WebError) -> Response {
    error.log();
    let page = ErrorPage::new(t, app, error);
    match page.render() {
        Ok(html) => (error.status(), Html(html)).into_response(),
        Err(_) => error.status().into_response(),
    }
}
