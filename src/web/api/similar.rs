//! `POST /similar` and `GET /reviews/{id}/similar`.
//!
//! A description comes in the body, never in an address, and is forgotten once
//! it is answered.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, header};
use serde::Deserialize;

use crate::search::similar::{LONGEST, SimilarRequest, Subject};
use crate::web::error::{ApiError, Fault, WebError};
use crate::web::params::{self, Parsed};
use crate::web::state::App;
use crate::web::views::entry_id;
use crate::web::views::similar::{SimilarView, similar};

/// The body of a question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// The description.
    text: String,
    /// Values by facet, and `from`, `to`.
    #[serde(default)]
    filters: BTreeMap<String, Values>,
    /// Most cases to give.
    size: Option<u32>,
}

/// One value or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    One(String),
    Many(Vec<String>),
}

/// Nothing on the way may keep the answer to a description.
const UNKEPT: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// Cases like a description.
pub(super) async fn to_text(
    State(app): State<App>,
    body: Result<Bytes, BytesRejection>,
) -> Result<([(HeaderName, &'static str); 1], Json<SimilarView>), ApiError> {
    let question = question(body.as_deref().unwrap_or_default())?;
    let size = question
        .size
        .map(|size| ("size".to_owned(), size.to_string()));
    let filters = question.filters.into_iter().flat_map(|(name, values)| {
        let values = match values {
            Values::One(value) => vec![value],
            Values::Many(values) => values,
        };
        values.into_iter().map(move |value| (name.clone(), value))
    });
    let parsed = params::narrowing(filters.chain(size), app.names());
    let request = checked(parsed)?.request;
    let view = app.read(move |stores| {
        let asked = SimilarRequest {
            subject: Subject::Text(&question.text),
            filters: request.filters,
            size: request.size,
        };
        similar(stores, &asked)
    });
    Ok((UNKEPT, Json(view.await?)))
}

/// Cases like a case.
pub(super) async fn to_case(
    State(app): State<App>,
    Path((partnership, head)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<SimilarView>, ApiError> {
    let id = entry_id(&partnership, &head)?;
    let pairs = url::form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let request = checked(params::narrowing(pairs.into_owned(), app.names()))?.request;
    let view = app.read(move |stores| {
        let asked = SimilarRequest {
            subject: Subject::Case(&id),
            filters: request.filters,
            size: request.size,
        };
        similar(stores, &asked)
    });
    Ok(Json(view.await?))
}

/// The question in a body. What is wrong with it is said without repeating it.
fn question(body: &[u8]) -> Result<Question, WebError> {
    let fault = |detail: String| {
        WebError::BadRequest(vec![Fault {
            parameter: "text".to_owned(),
            detail,
        }])
    };
    let takes = "the body is a JSON object with `text`, and may have `filters` and `size`";
    let question: Question = serde_json::from_slice(body).map_err(|_| fault(takes.to_owned()))?;
    if question.text.trim().is_empty() {
        return Err(fault("`text` is empty".to_owned()));
    }
    if question.text.chars().nth(LONGEST).is_some() {
        return Err(fault(format!("`text` takes at most {LONGEST} characters")));
    }
    Ok(question)
}

fn checked(parsed: Parsed) -> Result<Parsed, WebError> {
    if parsed.faults.is_empty() {
        Ok(parsed)
    } else {
        Err(WebError::BadRequest(parsed.faults))
    }
}
