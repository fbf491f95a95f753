//! What was crawled when, what was found, what failed.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::web::error::WebError;
use crate::web::language::{Language, grouped};
use crate::web::pages::respond;
use crate::web::pages::shell::{Section, Shell};
use crate::web::state::{App, Stores};
use crate::web::views::coverage::{self, CoverageView};

/// `GET /coverage`.
pub(super) async fn page(t: Language, State(app): State<App>) -> Response {
    let page = app.read(move |stores| CoveragePage::new(t, stores)).await;
    respond(t, &app, page)
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage {
    t: Language,
    shell: Shell,
    lead: String,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    url: String,
    crawled: String,
    cells: [String; 6],
}

impl CoveragePage {
    fn new(t: Language, stores: &Stores<'_>) -> Result<Self, WebError> {
        let sites = coverage::all(stores)?.results;
        let crawled = sites.iter().filter(|site| site.crawled.is_some()).count();
        let lead = t.fill(
            "{} partnerships are looked at. The sites of {} were crawled to the end at least once.",
            &[&grouped(sites.len()), &grouped(crawled)],
        );
        let title = t.say("Coverage").to_owned();
        Ok(Self {
            t,
            shell: Shell::new(stores.app, Section::Partnerships, title, "/coverage"),
            lead,
            rows: sites.iter().map(|site| row(t, site)).collect(),
        })
    }
}

fn row(t: Language, site: &CoverageView) -> Row {
    let kind = |kind: &str| site.publications.get(kind).copied().unwrap_or_default();
    let numbers = [
        site.pages,
        site.files.values().sum(),
        kind("review"),
        kind("response"),
        site.failed(),
        site.gone.count,
    ];
    Row {
        name: site.partnership.name.clone(),
        url: format!("/partnerships/{}", site.partnership.id),
        crawled: site
            .crawled
            .map_or_else(|| t.say("never").to_owned(), |at| t.day(at)),
        cells: numbers.map(|number| grouped(number as usize)),
    }
}
