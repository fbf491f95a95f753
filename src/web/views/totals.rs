//! How much of everything is served.

use serde::Serialize;

use crate::search::SearchRequest;
use crate::search::request::List;
use crate::web::error::WebError;
use crate::web::state::Stores;

/// How much of everything is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(in crate::web) struct Totals {
    pub reviews: usize,
    pub recommendations: usize,
    /// Good practice included.
    pub lessons: usize,
    pub answers: usize,
}

impl Totals {
    pub(in crate::web) fn of(self, list: List) -> usize {
        match list {
            List::Reviews => self.reviews,
            List::Recommendations => self.recommendations,
            List::Lessons => self.lessons,
            List::Answers => self.answers,
        }
    }
}

/// All that there is.
pub(in crate::web) fn totals(stores: &Stores<'_>) -> Result<Totals, WebError> {
    totals_of(stores, &SearchRequest::new(List::Reviews))
}

/// What a request finds in each list.
pub(in crate::web) fn totals_of(
    stores: &Stores<'_>,
    request: &SearchRequest,
) -> Result<Totals, WebError> {
    let total = |list| {
        let mut request = SearchRequest {
            list,
            ..request.clone()
        };
        (request.page, request.size) = (std::num::NonZeroU32::MIN, std::num::NonZeroU32::MIN);
        stores.search(&request).map(|results| results.total)
    };
    Ok(Totals {
        reviews: total(List::Reviews)?,
        recommendations: total(List::Recommendations)?,
        lessons: total(List::Lessons)?,
        answers: total(List::Answers)?,
    })
}
