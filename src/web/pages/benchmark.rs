//! Partnerships side by side, chosen by the reader and never ranked.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use crate::search::request::Facet;
use crate::web::error::WebError;
use crate::web::language::{Language, grouped};
use crate::web::pages::respond;
use crate::web::pages::shell::{Section, Shell};
use crate::web::params;
use crate::web::state::{App, Stores};
use crate::web::views::benchmark::{self, BenchmarkView, Column, MOST};
use crate::web::views::publishers;

/// `GET /benchmark`.
pub(super) async fn page(
    t: Language,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Response {
    let name = Facet::Partnership.id();
    let (mut apart, _) = params::set_apart(query.as_deref(), &[name]);
    let ids = apart.remove(name).unwrap_or_default();
    let page = app
        .read(move |stores| BenchmarkPage::new(t, stores, &ids))
        .await;
    respond(t, &app, page)
}

#[derive(Template)]
#[template(path = "benchmark.html")]
struct BenchmarkPage {
    t: Language,
    shell: Shell,
    choices: Vec<Choice>,
    most: String,
    columns: Vec<Heading>,
    rows: Vec<Row>,
    caveats: Vec<&'static str>,
    json_url: String,
}

/// A partnership to choose.
struct Choice {
    id: String,
    name: String,
    is_chosen: bool,
}

/// The head of a column.
struct Heading {
    name: String,
    url: String,
}

/// One figure of every partnership.
struct Row {
    label: &'static str,
    cells: Vec<String>,
}

impl BenchmarkPage {
    fn new(t: Language, stores: &Stores<'_>, ids: &[String]) -> Result<Self, WebError> {
        let view = benchmark::benchmark(stores, ids)?;
        let choices = publishers::all(stores)?
            .results
            .into_iter()
            .map(|one| Choice {
                is_chosen: ids.contains(&one.id),
                id: one.id,
                name: one.name,
            });
        let query: Vec<String> = view
            .partnerships
            .iter()
            .map(|column| format!("partnership={}", column.publisher.id))
            .collect();
        let query = query.join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        let title = t.say("Partnerships side by side").to_owned();
        Ok(Self {
            t,
            shell: Shell::new(
                stores.app,
                Section::Partnerships,
                title,
                format!("/benchmark{mark}{query}"),
            ),
            choices: choices.collect(),
            most: t.fill("Choose up to {}.", &[&MOST]),
            columns: view
                .partnerships
                .iter()
                .map(|column| Heading {
                    name: column.publisher.name.clone(),
                    url: column.publisher.url.clone(),
                })
                .collect(),
            rows: rows(t, &view),
            caveats: view.caveats.to_vec(),
            json_url: format!("/api/v1/benchmark{mark}{query}"),
        })
    }
}

/// How a figure of one column is written.
type Figure = fn(Language, &Column) -> String;

const FIGURES: [(&str, Figure); 8] = [
    ("Last crawled", |t, column| {
        column
            .crawled
            .map_or_else(|| t.say("not yet").to_owned(), |at| t.day(at))
    }),
    ("Reviews found", |_, column| {
        grouped(column.publisher.reviews)
    }),
    ("Reviews with a response found", |t, column| {
        let publisher = &column.publisher;
        share(t, publisher.answered_reviews, publisher.reviews)
    }),
    ("Recommendations found", |_, column| {
        grouped(column.publisher.recommendations)
    }),
    ("Recommendations with an answer found", |t, column| {
        let publisher = &column.publisher;
        share(
            t,
            publisher.answered_recommendations,
            publisher.recommendations,
        )
    }),
    (
        "Answers that print what difference was made",
        |t, column| share(t, column.answers_with_impact, column.answers),
    ),
    ("Months from report to response", |t, column| {
        column.months_to_respond.map_or_else(
            || t.say("not known").to_owned(),
            |months| t.fill("{} (median of {})", &[&months.median, &months.of]),
        )
    }),
    ("What answers report", |t, column| {
        let statuses = column
            .statuses
            .iter()
            .map(|one| format!("{}: {}", t.say(&one.status.label), grouped(one.count)));
        listed(t, statuses.collect())
    }),
];

fn rows(t: Language, view: &BenchmarkView) -> Vec<Row> {
    let columns = &view.partnerships;
    let mut rows: Vec<Row> = FIGURES
        .iter()
        .map(|(label, figure)| Row {
            label,
            cells: columns.iter().map(|column| figure(t, column)).collect(),
        })
        .collect();
    let themes = columns.iter().map(|column| {
        let themes = column.themes.iter();
        let themes =
            themes.map(|one| format!("{}: {}", t.say(&one.theme.label), grouped(one.count)));
        listed(t, themes.collect())
    });
    rows.push(Row {
        label: "What recommendations are most often about",
        cells: themes.collect(),
    });
    rows
}

fn listed(t: Language, parts: Vec<String>) -> String {
    if parts.is_empty() {
        t.say("none found").to_owned()
    } else {
        parts.join("; ")
    }
}

/// `3 of 12 (25%)`: never a share without its denominator.
fn share(t: Language, part: usize, all: usize) -> String {
    if all == 0 {
        return t.say("none found").to_owned();
    }
    let percent = format!("{:.0}", part as f64 * 100.0 / all as f64);
    t.fill("{} of {} ({}%)", &[&grouped(part), &grouped(all), &percent])
}
