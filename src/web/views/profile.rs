//! What there is of one theme, agency or publisher, on one page.

use std::num::NonZeroU32;

use crate::search::SearchRequest;
use crate::search::request::{Facet, List, Sort};
use crate::web::error::WebError;
use crate::web::state::Stores;
use crate::web::views::hits::HitView;
use crate::web::views::lists::{self, CountView};
use crate::web::views::totals::{Totals, totals_of};

/// Newest results shown of a list.
const NEWEST: NonZeroU32 = NonZeroU32::new(5).expect("5 is not 0");
/// Values shown of another facet.
const BESIDE: usize = 10;

/// What there is of one value of a facet.
pub(in crate::web) struct Profile {
    /// How much.
    pub totals: Totals,
    /// Newest reviews.
    pub reviews: Vec<HitView>,
    /// Newest recommendations.
    pub recommendations: Vec<HitView>,
    /// What its recommendations are about, most frequent first.
    pub themes: Vec<CountView>,
    /// Whom its recommendations address, most frequent first.
    pub agencies: Vec<CountView>,
}

/// Everything that has this value of this facet.
pub(in crate::web) fn profile(
    stores: &Stores<'_>,
    facet: Facet,
    id: &str,
) -> Result<Profile, WebError> {
    let request = |list| {
        let mut request = SearchRequest {
            sort: Sort::Newest,
            size: NEWEST,
            ..SearchRequest::new(list)
        };
        let chosen = &mut request.filters.chosen;
        chosen.insert(facet, vec![id.to_owned()]);
        request
    };
    let reviews = lists::list(stores, &request(List::Reviews))?;
    let mut recommendations = lists::list(stores, &request(List::Recommendations))?;
    let mut beside = |other: Facet| {
        let mut counts = recommendations
            .facets
            .remove(other.id())
            .unwrap_or_default();
        counts.retain(|count| {
            let is_itself = other == facet && count.id == id;
            let is_family = other == Facet::Theme && stores.app.names().is_family(&count.id);
            !is_itself && !is_family
        });
        counts.truncate(BESIDE);
        counts
    };
    Ok(Profile {
        totals: totals_of(stores, &request(List::Reviews))?,
        // Counts of a facet leave its own choice out, so they say nothing of it.
        themes: if facet == Facet::Theme {
            Vec::new()
        } else {
            beside(Facet::Theme)
        },
        agencies: if facet == Facet::Agency {
            Vec::new()
        } else {
            beside(Facet::Agency)
        },
        reviews: reviews.results,
        recommendations: recommendations.results,
    })
}
