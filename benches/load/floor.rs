//! The least that a search service does: one handler that asks a plain index
//! and writes what is stored of each hit.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use lessons::pipeline::Stores;
use lessons::search::plain::{Plain, PlainReader};
use lessons::search::request::List;
use lessons::search::unit::Card;
use lessons::search::units::units;
use lessons::search::{Names, Publication};
use lessons::vocabulary::Vocabulary;

/// Results of a page, as the service has it.
const PAGE: usize = 20;

/// A bare service over the same units.
pub(crate) fn app(stores: &Stores) -> Router {
    let catalogue = crate::catalogue(stores);
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    let names = Names::new(&vocabulary, &[]);
    let mut index = Plain::new().expect("an index");
    for entry in catalogue.entries().expect("entries") {
        let linked = catalogue.linked_with(&entry.id).expect("linked entries");
        let document = catalogue.document(&entry.digest).expect("a document");
        let publication = Publication {
            entry: &entry,
            linked: &linked,
            document: document.as_ref(),
        };
        for unit in units(publication, &names) {
            index.add(&unit).expect("a unit");
        }
    }
    Router::new()
        .route("/api/v1/{list}", get(search))
        .with_state(Arc::new(index.finish().expect("an index")))
}

async fn search(
    State(index): State<Arc<PlainReader>>,
    Path(list): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Json<Vec<Card>>, StatusCode> {
    let list = match list.as_str() {
        "reviews" => List::Reviews,
        "recommendations" => List::Recommendations,
        "lessons" => List::Lessons,
        _ => List::Answers,
    };
    let text = asked.get("q").map_or("", String::as_str);
    let found = index.search(list, text, PAGE);
    found
        .map(Json)
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
