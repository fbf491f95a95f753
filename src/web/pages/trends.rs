//! What reviews are about, year by year: chart, table, and the same as a file.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use crate::search::SearchRequest;
use crate::search::request::{Facet, List};
use crate::web::error::WebError;
use crate::web::language::Language;
use crate::web::pages::facets;
use crate::web::pages::respond;
use crate::web::pages::shell::{Section, Shell};
use crate::web::pages::years::Years;
use crate::web::params::{self, query_string};
use crate::web::state::{App, Stores};
use crate::web::views::trends::{self, BY};

/// What is counted, as the form offers it.
const LISTS: [(List, &str); 2] = [
    (List::Reviews, "Reviews"),
    (List::Recommendations, "Recommendations"),
];

/// `GET /trends`.
pub(super) async fn page(
    t: Language,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Response {
    let page = match asked(&app, query.as_deref()) {
        Ok((request, by)) => {
            app.read(move |stores| TrendsPage::new(t, stores, &request, by))
                .await
        }
        Err(error) => Err(error),
    };
    respond(t, &app, page)
}

/// What is asked for. What trends may not be cut by is left out of it.
fn asked(app: &App, query: Option<&str>) -> Result<(SearchRequest, Facet), WebError> {
    let (apart, rest) = params::set_apart(query, &["list", "by"]);
    let list = params::one_of(&apart, "list", &params::lists()).map_err(WebError::fault)?;
    let by = BY.map(|facet| (facet.id(), facet));
    let by = params::one_of(&apart, "by", &by).map_err(WebError::fault)?;
    let mut request = params::parse(Some(&rest), list, app.names()).request;
    request.filters.chosen.retain(|facet, _| BY.contains(facet));
    Ok((request, by))
}

#[derive(Template)]
#[template(path = "trends.html")]
struct TrendsPage {
    t: Language,
    shell: Shell,
    lists: Vec<Choice>,
    by: Vec<Choice>,
    values: Vec<Choice>,
    values_name: &'static str,
    years: Years,
    csv_url: String,
}

/// Something that the form offers.
struct Choice {
    id: String,
    label: String,
    is_chosen: bool,
}

impl TrendsPage {
    fn new(
        t: Language,
        stores: &Stores<'_>,
        request: &SearchRequest,
        by: Facet,
    ) -> Result<Self, WebError> {
        let view = trends::trends(stores, request, by)?;
        let mut query = format!("list={}&by={}", request.list.id(), by.id());
        let asked = query_string(request);
        if !asked.is_empty() {
            query = format!("{query}&{asked}");
        }
        let choice = |id: &str, label: &str, is_chosen| Choice {
            id: id.to_owned(),
            label: label.to_owned(),
            is_chosen,
        };
        let is_shown = |id: &str| view.series.iter().any(|series| series.id == id);
        let names = stores.app.names();
        let mut values: Vec<Choice> = names
            .values(by)
            .filter(|(id, _)| !(by == Facet::Theme && names.is_family(id)))
            .map(|(id, label)| choice(id, label, is_shown(id)))
            .collect();
        values.sort_by(|a, b| a.label.cmp(&b.label));
        let what = LISTS.iter().find(|(list, _)| *list == request.list);
        let caption = t.fill(
            "{} published each year, by {}",
            &[
                &t.say(what.map_or("Results", |(_, label)| label)),
                &t.say(facets::label(by)).to_lowercase(),
            ],
        );
        let title = t.say("Trends").to_owned();
        Ok(Self {
            t,
            shell: Shell::new(
                stores.app,
                Section::Trends,
                title,
                format!("/trends?{query}"),
            ),
            lists: LISTS
                .iter()
                .map(|(list, label)| choice(list.id(), label, *list == request.list))
                .collect(),
            by: BY
                .iter()
                .map(|facet| choice(facet.id(), facets::label(*facet), *facet == by))
                .collect(),
            values,
            values_name: by.id(),
            years: Years::new(t, caption, &view),
            csv_url: format!("/api/v1/trends?{query}&format=csv"),
        })
    }
}
