//! Publishers, with how much was found of each.

use std::collections::BTreeMap;

use serde::Serialize;
use url::Url;

use crate::model::ids::PartnershipId;
use crate::model::partnership::{Partnership, PublisherKind};
use crate::search::SearchRequest;
use crate::search::request::{Facet, List};
use crate::web::error::WebError;
use crate::web::state::{App, Stores};
use crate::web::views::Term;
use crate::web::views::terms::{Counted, counts};

/// A publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct PublisherView {
    /// Permanent id.
    pub id: String,
    /// As it prints its name.
    pub name: String,
    /// Its page here.
    pub url: String,
    /// Where it is.
    pub nation: Term,
    /// Where in the nation; `null` for national bodies.
    pub region: Option<Term>,
    /// `children`, `adults`, `joint`, `cpc`, `regional_board` or `national`.
    pub kind: &'static str,
    /// Its site.
    pub website: Option<String>,
    /// Where it lists reviews.
    pub reviews_page: Option<String>,
    /// Reviews found.
    pub reviews: usize,
    /// Of these, those with a response found.
    pub answered_reviews: usize,
    /// Recommendations found.
    pub recommendations: usize,
    /// Of these, those with an answer found.
    pub answered_recommendations: usize,
}

/// Every publisher of the registry, by name, whether or not anything was found.
pub(in crate::web) fn all(stores: &Stores<'_>) -> Result<Counted<PublisherView>, WebError> {
    let tally = Tally::new(stores)?;
    let publishers = stores.app.partnerships();
    let mut views: Vec<PublisherView> = publishers
        .map(|publisher| tally.view(stores.app, publisher))
        .collect();
    views.sort_by(|a, b| a.name.cmp(&b.name));
    Counted::new(stores, views)
}

/// One publisher.
pub(in crate::web) fn one(stores: &Stores<'_>, id: &str) -> Result<PublisherView, WebError> {
    let missing = || WebError::not_found("partnership", id);
    let parsed: PartnershipId = id.parse().map_err(|_| missing())?;
    let publisher = stores.app.partnership(&parsed).ok_or_else(missing)?;
    Ok(Tally::new(stores)?.view(stores.app, publisher))
}

/// Counts by publisher.
struct Tally {
    reviews: BTreeMap<String, usize>,
    answered_reviews: BTreeMap<String, usize>,
    recommendations: BTreeMap<String, usize>,
    answered_recommendations: BTreeMap<String, usize>,
}

impl Tally {
    fn new(stores: &Stores<'_>) -> Result<Self, WebError> {
        let count = |list, answered: bool| {
            let mut request = SearchRequest::new(list);
            if answered {
                request
                    .filters
                    .chosen
                    .insert(Facet::Answered, vec!["yes".to_owned()]);
            }
            counts(stores, &request, Facet::Partnership)
        };
        Ok(Self {
            reviews: count(List::Reviews, false)?,
            answered_reviews: count(List::Reviews, true)?,
            recommendations: count(List::Recommendations, false)?,
            answered_recommendations: count(List::Recommendations, true)?,
        })
    }

    fn view(&self, app: &App, publisher: &Partnership) -> PublisherView {
        let id = publisher.id.as_str();
        let count = |counts: &BTreeMap<String, usize>| counts.get(id).copied().unwrap_or(0);
        let region = publisher.region.as_ref();
        PublisherView {
            id: id.to_owned(),
            name: publisher.name.clone(),
            url: format!("/partnerships/{id}"),
            nation: Term::of(app, Facet::Nation, publisher.nation.as_str()),
            region: region.map(|region| Term::of(app, Facet::Region, region.as_str())),
            kind: kind(publisher.kind),
            website: publisher.website.as_ref().map(Url::to_string),
            reviews_page: publisher.reviews_page.as_ref().map(Url::to_string),
            reviews: count(&self.reviews),
            answered_reviews: count(&self.answered_reviews),
            recommendations: count(&self.recommendations),
            answered_recommendations: count(&self.answered_recommendations),
        }
    }
}

fn kind(kind: PublisherKind) -> &'static str {
    match kind {
        PublisherKind::Children => "children",
        PublisherKind::Adults => "adults",
        PublisherKind::Joint => "joint",
        PublisherKind::Cpc => "cpc",
        PublisherKind::RegionalBoard => "regional_board",
        PublisherKind::National => "national",
    }
}
