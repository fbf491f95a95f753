//! A theme, an agency or a publisher: how much there is of it, when, and the
//! newest of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use url::Url;

use crate::search::SearchRequest;
use crate::search::request::{Facet, List};
use crate::web::error::WebError;
use crate::web::language::{Language, grouped};
use crate::web::pages::card::Card;
use crate::web::pages::facets::{self, url};
use crate::web::pages::respond;
use crate::web::pages::shell::{Section, Shell};
use crate::web::pages::years::Years;
use crate::web::state::{App, Stores};
use crate::web::views::lists::CountView;
use crate::web::views::profile::{self, Profile};
use crate::web::views::publishers::{self, PublisherView};
use crate::web::views::terms;
use crate::web::views::trends;

/// `GET /themes/{id}`, `/agencies/{id}`, `/partnerships/{id}`.
pub(super) async fn page(
    t: Language,
    facet: Facet,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Response {
    let page = app
        .read(move |stores| ProfilePage::new(t, stores, facet, &id))
        .await;
    respond(t, &app, page)
}

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    t: Language,
    shell: Shell,
    kicker: &'static str,
    name: String,
    /// When a theme or agency applies.
    scope: Option<String>,
    facts: Vec<(&'static str, String)>,
    website: Option<String>,
    reviews_page: Option<String>,
    figures: Vec<FigureLink>,
    reviews: Vec<Card>,
    recommendations: Vec<Card>,
    themes: Vec<CountLink>,
    agencies: Vec<CountLink>,
    years: Option<Years>,
    feed_url: String,
    all_reviews: String,
    all_recommendations: String,
    /// Whether it is a publisher, about whom a caveat is said.
    is_publisher: bool,
    benchmark_url: String,
}

/// How much of a list, with a link to it.
struct FigureLink {
    text: String,
    url: String,
}

/// How many recommendations, with a link to them.
struct CountLink {
    label: String,
    number: String,
    url: String,
}

/// What stands at the top of the page.
struct Head {
    name: String,
    scope: Option<String>,
    publisher: Option<PublisherView>,
}

impl ProfilePage {
    fn new(t: Language, stores: &Stores<'_>, facet: Facet, id: &str) -> Result<Self, WebError> {
        let head = head(stores, facet, id)?;
        let Profile {
            totals,
            reviews,
            recommendations,
            themes,
            agencies,
        } = profile::profile(stores, facet, id)?;
        let list = |list| listed(list, facet, id);
        let figures = List::ALL.map(|one| FigureLink {
            text: counted(t, one, totals.of(one)),
            url: list(one),
        });
        let beside = |other: Facet, counts: Vec<CountView>| {
            let link = |count: CountView| CountLink {
                url: narrowed(facet, id, other, &count.id),
                number: grouped(count.count),
                label: count.label,
            };
            counts.into_iter().map(link).collect()
        };
        let (section, path, kicker) = place(facet);
        let publisher = head.publisher.as_ref();
        let website = publisher.and_then(|one| one.website.clone());
        let reviews_page = publisher.and_then(|one| one.reviews_page.clone());
        Ok(Self {
            t,
            shell: Shell::new(
                stores.app,
                section,
                t.say(kicker).to_owned(),
                format!("{path}/{id}"),
            ),
            kicker,
            facts: publisher.map_or(Vec::new(), |one| facts(t, one)),
            website: website.as_deref().and_then(followable),
            reviews_page: reviews_page.as_deref().and_then(followable),
            name: head.name,
            scope: head.scope,
            figures: figures.into(),
            reviews: reviews.iter().map(|hit| Card::of(t, hit)).collect(),
            recommendations: recommendations.iter().map(|hit| Card::of(t, hit)).collect(),
            themes: beside(Facet::Theme, themes),
            agencies: beside(Facet::Agency, agencies),
            years: years(t, stores, facet, id)?,
            feed_url: format!("/api/v1/feed.atom?list=reviews&{}={id}", facet.id()),
            all_reviews: list(List::Reviews),
            all_recommendations: list(List::Recommendations),
            is_publisher: facet == Facet::Partnership,
            benchmark_url: format!("/benchmark?partnership={id}"),
        })
    }
}

fn head(stores: &Stores<'_>, facet: Facet, id: &str) -> Result<Head, WebError> {
    if facet == Facet::Partnership {
        let publisher = publishers::one(stores, id)?;
        return Ok(Head {
            name: publisher.name.clone(),
            scope: None,
            publisher: Some(publisher),
        });
    }
    let terms = terms::all(stores, facet)?.results;
    let term = terms.into_iter().find(|term| term.id == id);
    let term = term.ok_or_else(|| WebError::not_found(facet.id(), id))?;
    Ok(Head {
        name: term.label,
        scope: term.scope,
        publisher: None,
    })
}

/// Publishers are not drawn by year: with few cases each, it would say more of
/// single children than of practice.
fn years(
    t: Language,
    stores: &Stores<'_>,
    facet: Facet,
    id: &str,
) -> Result<Option<Years>, WebError> {
    if facet == Facet::Partnership {
        return Ok(None);
    }
    let view = trends::by_year(stores, List::Reviews, facet, id)?;
    let caption = t.say("Reviews published each year").to_owned();
    Ok(Some(Years::new(t, caption, &view)))
}

/// The menu's entry, where the pages lie, and what one of them shows.
fn place(facet: Facet) -> (Section, &'static str, &'static str) {
    match facet {
        Facet::Partnership => (Section::Partnerships, "/partnerships", "Partnership"),
        Facet::Agency => (Section::Themes, "/agencies", "Agency"),
        _ => (Section::Themes, "/themes", "Theme"),
    }
}

fn facts(t: Language, publisher: &PublisherView) -> Vec<(&'static str, String)> {
    let share = |part: usize, all: usize| t.fill("{} of {}", &[&grouped(part), &grouped(all)]);
    let mut facts = vec![("Nation", t.say(&publisher.nation.label).to_owned())];
    facts.extend(
        publisher
            .region
            .as_ref()
            .map(|region| ("Region", t.say(&region.label).to_owned())),
    );
    facts.push((
        "Reviews with a response found",
        share(publisher.answered_reviews, publisher.reviews),
    ));
    facts.push((
        "Recommendations with an answer found",
        share(
            publisher.answered_recommendations,
            publisher.recommendations,
        ),
    ));
    facts
}

/// Only what a browser opens as a page.
fn followable(url: &str) -> Option<String> {
    let parsed: Url = url.parse().ok()?;
    matches!(parsed.scheme(), "http" | "https").then(|| url.to_owned())
}

fn listed(list: List, facet: Facet, id: &str) -> String {
    let mut request = SearchRequest::new(list);
    let chosen = &mut request.filters.chosen;
    chosen.insert(facet, vec![id.to_owned()]);
    url(&request)
}

fn narrowed(facet: Facet, id: &str, other: Facet, value: &str) -> String {
    let mut request = SearchRequest::new(List::Recommendations);
    let chosen = &mut request.filters.chosen;
    chosen.insert(facet, vec![id.to_owned()]);
    chosen.insert(other, vec![value.to_owned()]);
    facets::url(&request)
}

fn counted(t: Language, list: List, total: usize) -> String {
    crate::web::pages::results::count(t, list, total)
}
