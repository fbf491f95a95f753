//! `GET /reviews/{id}/citation.ris` and `.bib`, and the same of a
//! recommendation: one record for a reference manager.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::web::error::{ApiError, WebError};
use crate::web::formats::citation::Citation;
use crate::web::formats::{bibtex, ris};
use crate::web::state::App;
use crate::web::views::case::{self, Found};
use crate::web::views::entry_id;

/// What to cite of a case.
pub(super) async fn of_review(
    State(app): State<App>,
    Path((partnership, head, name)): Path<(String, String, String)>,
) -> Result<Response, ApiError> {
    let id = entry_id(&partnership, &head)?;
    let citation = app.read(move |stores| {
        let case = match case::find(stores, &id)? {
            Found::Case(case) => case,
            Found::PartOf(owner) => return Err(WebError::not_found("review", owner.to_string())),
        };
        Ok(Citation::of_case(&case))
    });
    Ok(written(&citation.await?, &name)?)
}

/// What to cite of a recommendation.
pub(super) async fn of_recommendation(
    State(app): State<App>,
    Path((partnership, head, item, name)): Path<(String, String, String, String)>,
) -> Result<Response, ApiError> {
    let id = entry_id(&partnership, &head)?;
    let citation = app.read(move |stores| {
        let record = case::recommendation(stores, &id, &item)?;
        Ok(Citation::of_recommendation(&record))
    });
    Ok(written(&citation.await?, &name)?)
}

fn written(citation: &Citation, name: &str) -> Result<Response, WebError> {
    let (media_type, text) = match name {
        "citation.ris" => (ris::MEDIA_TYPE, ris::record(citation)),
        "citation.bib" => (bibtex::MEDIA_TYPE, bibtex::record(citation)),
        _ => return Err(WebError::not_found("format of a citation", name)),
    };
    let attachment = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, attachment),
    ];
    Ok((headers, text).into_response())
}
