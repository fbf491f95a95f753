//! Every theme, every agency and every partnership.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::search::request::Facet;
use crate::web::error::WebError;
use crate::web::language::{Language, grouped};
use crate::web::pages::home::FAMILIES;
use crate::web::pages::respond;
use crate::web::pages::shell::{Section, Shell};
use crate::web::state::{App, Stores};
use crate::web::views::publishers::{self, PublisherView};
use crate::web::views::terms::{self, TermView};

/// `GET /themes`.
pub(super) async fn themes(t: Language, State(app): State<App>) -> Response {
    let page = app.read(move |stores| ThemesPage::new(t, stores)).await;
    respond(t, &app, page)
}

/// `GET /agencies`.
pub(super) async fn agencies(t: Language, State(app): State<App>) -> Response {
    let page = app.read(move |stores| AgenciesPage::new(t, stores)).await;
    respond(t, &app, page)
}

/// `GET /partnerships`.
pub(super) async fn partnerships(t: Language, State(app): State<App>) -> Response {
    let page = app
        .read(move |stores| PartnershipsPage::new(t, stores))
        .await;
    respond(t, &app, page)
}

#[derive(Template)]
#[template(path = "themes.html")]
struct ThemesPage {
    t: Language,
    shell: Shell,
    families: Vec<Family>,
}

struct Family {
    id: &'static str,
    label: String,
    terms: Vec<TermLine>,
}

struct TermLine {
    label: String,
    url: String,
    counts: String,
    scope: Option<String>,
}

impl ThemesPage {
    fn new(t: Language, stores: &Stores<'_>) -> Result<Self, WebError> {
        let themes = terms::all(stores, Facet::Theme)?.results;
        let family = |id: &'static str| Family {
            id,
            label: stores.app.names().label(Facet::Theme, id).to_owned(),
            terms: themes
                .iter()
                .filter(|theme| theme.family.as_deref() == Some(id))
                .map(|theme| term_line(t, "themes", theme))
                .collect(),
        };
        let title = t.say("Themes").to_owned();
        Ok(Self {
            t,
            shell: Shell::new(stores.app, Section::Themes, title, "/themes"),
            families: FAMILIES.map(family).into(),
        })
    }
}

fn term_line(t: Language, place: &str, term: &TermView) -> TermLine {
    TermLine {
        label: term.label.clone(),
        url: format!("/{place}/{}", term.id),
        counts: counts(t, term.reviews, term.recommendations),
        scope: term.scope.clone(),
    }
}

#[derive(Template)]
#[template(path = "agencies.html")]
struct AgenciesPage {
    t: Language,
    shell: Shell,
    terms: Vec<TermLine>,
}

impl AgenciesPage {
    fn new(t: Language, stores: &Stores<'_>) -> Result<Self, WebError> {
        let agencies = terms::all(stores, Facet::Agency)?.results;
        let title = t.say("Agencies").to_owned();
        Ok(Self {
            t,
            shell: Shell::new(stores.app, Section::Themes, title, "/agencies"),
            terms: agencies
                .iter()
                .map(|agency| term_line(t, "agencies", agency))
                .collect(),
        })
    }
}

#[derive(Template)]
#[template(path = "partnerships.html")]
struct PartnershipsPage {
    t: Language,
    shell: Shell,
    lead: String,
    regions: Vec<Region>,
}

struct Region {
    id: String,
    label: String,
    publishers: Vec<PublisherLine>,
}

struct PublisherLine {
    name: String,
    url: String,
    counts: String,
}

impl PartnershipsPage {
    fn new(t: Language, stores: &Stores<'_>) -> Result<Self, WebError> {
        let publishers = publishers::all(stores)?.results;
        let found = publishers
            .iter()
            .filter(|publisher| publisher.reviews > 0)
            .count();
        let mut regions: BTreeMap<(usize, String), Region> = BTreeMap::new();
        for publisher in &publishers {
            let place = publisher.region.as_ref().unwrap_or(&publisher.nation);
            let nation = stores.app.vocabulary().facets.nations.iter();
            let order = nation
                .zip(0..)
                .find(|(id, _)| id.as_str() == publisher.nation.id);
            let key = (
                order.map_or(usize::MAX, |(_, order)| order),
                place.label.clone(),
            );
            let region = regions.entry(key).or_insert_with(|| Region {
                id: place.id.clone(),
                label: place.label.clone(),
                publishers: Vec::new(),
            });
            region.publishers.push(line(t, publisher));
        }
        let lead = t.fill(
            "{} partnerships are looked at. Reviews were found on the sites of {}.",
            &[&grouped(publishers.len()), &grouped(found)],
        );
        let title = t.say("Partnerships").to_owned();
        Ok(Self {
            t,
            shell: Shell::new(stores.app, Section::Partnerships, title, "/partnerships"),
            lead,
            regions: regions.into_values().collect(),
        })
    }
}

fn line(t: Language, publisher: &PublisherView) -> PublisherLine {
    PublisherLine {
        name: publisher.name.clone(),
        url: publisher.url.clone(),
        counts: if publisher.reviews == 0 {
            t.say("nothing found yet").to_owned()
        } else {
            counts(t, publisher.reviews, publisher.recommendations)
        },
    }
}

fn counts(t: Language, reviews: usize, recommendations: usize) -> String {
    let reviews = t.count(reviews, "{} review", "{} reviews");
    let recommendations = t.count(recommendations, "{} recommendation", "{} recommendations");
    format!("{reviews}, {recommendations}")
}
