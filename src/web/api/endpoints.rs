//! Every endpoint, once: the router and the OpenAPI document are both made from
//! this table, so that neither can have one that the other has not.

use axum::routing::{MethodRouter, get, post};

use crate::search::request::List;
use crate::web::api::{
    citations, download, figures, lists, openapi, records, service, similar, terms,
};
use crate::web::state::App;

/// An address of the API.
pub(super) struct Endpoint {
    /// Below `/api/v1`, its parameters in braces.
    pub path: &'static str,
    /// What it gives, in a line.
    pub says: &'static str,
    /// What its query string may hold.
    pub takes: &'static [Takes],
    /// Media types of its answers.
    pub gives: &'static [&'static str],
    /// Whether it is asked with `POST` and a JSON body.
    pub is_post: bool,
    /// Who answers.
    pub answers: fn() -> MethodRouter<App>,
}

/// Parameters of a query string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Words, facets, years, order and page.
    Search,
    /// Facets, years and the number of results.
    Narrowing,
    /// One of a few values; the first when none is given.
    OneOf(&'static str, &'static [&'static str]),
    /// Ids of publishers.
    Partnerships,
}

const JSON: &[&str] = &["application/json"];
const LIST: Takes = Takes::OneOf(
    "list",
    &["reviews", "recommendations", "lessons", "answers"],
);
const CITATION: &[&str] = &[
    "application/x-research-info-systems",
    "application/x-bibtex",
];

const fn search(path: &'static str, says: &'static str, answers: Answers) -> Endpoint {
    Endpoint {
        takes: &[Takes::Search],
        ..plain(path, says, answers)
    }
}

const fn plain(path: &'static str, says: &'static str, answers: Answers) -> Endpoint {
    Endpoint {
        path,
        says,
        takes: &[],
        gives: JSON,
        is_post: false,
        answers,
    }
}

type Answers = fn() -> MethodRouter<App>;

/// Every endpoint.
pub(super) const ALL: &[Endpoint] = &[
    search("/reviews", "Cases", || {
        get(|app, query| lists::list(app, List::Reviews, query))
    }),
    search(
        "/recommendations",
        "Recommendations with their answers",
        || get(|app, query| lists::list(app, List::Recommendations, query)),
    ),
    search("/lessons", "Lessons, findings and good practice", || {
        get(|app, query| lists::list(app, List::Lessons, query))
    }),
    search(
        "/answers",
        "What responses say about recommendations",
        || get(|app, query| lists::list(app, List::Answers, query)),
    ),
    plain(
        "/reviews/{partnership}/{head}",
        "A case: facts with their sources, recommendations, answers, lessons, documents",
        || get(records::review),
    ),
    Endpoint {
        takes: &[Takes::Narrowing],
        ..plain(
            "/reviews/{partnership}/{head}/similar",
            "Cases like a case, each with why",
            || get(similar::to_case),
        )
    },
    Endpoint {
        is_post: true,
        ..plain(
            "/similar",
            "Cases like a description, each with why",
            || post(similar::to_text),
        )
    },
    Endpoint {
        gives: CITATION,
        ..plain(
            "/reviews/{partnership}/{head}/{citation}",
            "A record of a case for a reference manager",
            || get(citations::of_review),
        )
    },
    plain(
        "/recommendations/{partnership}/{head}/{item}",
        "A recommendation with its answers",
        || get(records::recommendation),
    ),
    plain(
        "/recommendations/{partnership}/{head}/{item}/recurring",
        "The same or nearly the same, recommended before and after",
        || get(records::recurring),
    ),
    Endpoint {
        gives: CITATION,
        ..plain(
            "/recommendations/{partnership}/{head}/{item}/{citation}",
            "A record of a recommendation for a reference manager",
            || get(citations::of_recommendation),
        )
    },
    Endpoint {
        takes: &[
            Takes::Search,
            LIST,
            Takes::OneOf("by", &["theme", "agency", "type", "nation"]),
            Takes::OneOf("per", &["year"]),
            Takes::OneOf("format", &["json", "csv"]),
        ],
        gives: &["application/json", "text/csv"],
        ..plain("/trends", "Counts by year, with denominators", || {
            get(figures::trends)
        })
    },
    Endpoint {
        takes: &[Takes::Partnerships],
        ..plain("/benchmark", "Publishers side by side", || {
            get(figures::benchmark)
        })
    },
    Endpoint {
        takes: &[
            Takes::Search,
            LIST,
            Takes::OneOf("format", &["csv", "jsonl", "ris"]),
        ],
        gives: &[
            "text/csv",
            "application/jsonl",
            "application/x-research-info-systems",
        ],
        ..plain(
            "/export",
            "Everything that a search finds, as a file",
            || get(download::export),
        )
    },
    Endpoint {
        takes: &[Takes::Search, LIST],
        gives: &["application/atom+xml"],
        ..plain(
            "/feed.atom",
            "The newest that a search finds, as a feed",
            || get(download::feed),
        )
    },
    plain("/themes", "Every theme with its counts", || {
        get(terms::themes)
    }),
    plain("/agencies", "Every agency with its counts", || {
        get(terms::agencies)
    }),
    plain("/partnerships", "Every publisher with its counts", || {
        get(terms::partnerships)
    }),
    plain("/partnerships/{id}", "A publisher with its counts", || {
        get(terms::partnership)
    }),
    plain(
        "/coverage",
        "How far the site of every publisher is covered",
        || get(service::coverage),
    ),
    plain("/health", "How the service is, and why", || {
        get(service::health)
    }),
    plain("/health/live", "Whether the process answers", || {
        get(service::live)
    }),
    plain("/health/ready", "Whether searches are answered", || {
        get(service::ready)
    }),
    Endpoint {
        gives: &["text/plain"],
        ..plain(
            "/metrics",
            "Counts since the process began, for Prometheus",
            || get(service::metrics),
        )
    },
    plain("/openapi.json", "This document", || get(openapi::document)),
];
