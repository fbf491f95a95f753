//! Results of one search, in one of its four lists.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use crate::search::SearchRequest;
use crate::search::request::{List, Sort};
use crate::search::results::{Note, SearchResults};
use crate::web::error::{Fault, WebError};
use crate::web::language::{Language, grouped};
use crate::web::pages::card::Card;
use crate::web::pages::facets::{self, Chip, Group, url};
use crate::web::pages::paging::{self, Step};
use crate::web::pages::respond;
use crate::web::pages::shell::{SearchBox, Section, Shell};
use crate::web::pages::words;
use crate::web::params::{self, Parsed, all, sort_id};
use crate::web::state::{App, Stores};
use crate::web::views::lists;
use crate::web::views::totals::{Totals, totals_of};

/// `GET /reviews`, `/recommendations`, `/lessons`, `/answers`.
pub(super) async fn page(
    t: Language,
    list: List,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Response {
    let parsed = params::parse(query.as_deref(), list, app.names());
    let page = app
        .read(move |stores| ResultsPage::new(t, stores, parsed))
        .await;
    respond(t, &app, page)
}

#[derive(Template)]
#[template(path = "results.html")]
struct ResultsPage {
    t: Language,
    shell: Shell,
    search: SearchBox,
    heading: &'static str,
    tabs: Vec<Tab>,
    faults: Vec<String>,
    groups: Vec<Group>,
    filters_label: String,
    hidden: Vec<(&'static str, String)>,
    has_dates: bool,
    from: String,
    to: String,
    chips: Vec<Chip>,
    clear_url: String,
    count: String,
    total: usize,
    sorts: Vec<SortLink>,
    notes: Vec<NoteView>,
    first: usize,
    cards: Vec<Card>,
    paging: Vec<Step>,
    previous: Option<String>,
    next: Option<String>,
    downloads: Vec<Download>,
    feed_url: String,
}

/// The same results in another format.
struct Download {
    label: &'static str,
    url: String,
}

/// One of the lists.
struct Tab {
    label: &'static str,
    url: String,
    number: String,
    total: usize,
    /// For people who found nothing in another list.
    found: String,
    is_current: bool,
}

struct SortLink {
    label: &'static str,
    url: String,
    is_current: bool,
}

/// How the search was understood, with a link to a better one.
struct NoteView {
    text: String,
    link: Option<(String, String)>,
}

impl ResultsPage {
    fn new(t: Language, stores: &Stores<'_>, parsed: Parsed) -> Result<Self, WebError> {
        let Parsed { request, faults } = parsed;
        let results = stores.search(&request)?;
        let totals = totals_of(stores, &request)?;
        let names = stores.app.names();
        let filters = &request.filters;
        let chips = facets::chips(t, &request, names);
        let (heading, label) = headings(request.list);
        let action = path(request.list);
        let date = |date: Option<crate::model::date::PartialDate>| {
            date.map_or(String::new(), |date| date.to_string())
        };
        let title = t.fill("{}, page {}", &[&t.say(heading), &request.page]);
        Ok(Self {
            t,
            shell: Shell::new(stores.app, section(request.list), title, url(&request)),
            search: SearchBox {
                action,
                label,
                text: request.text.clone(),
            },
            heading,
            tabs: tabs(t, &request, totals),
            faults: faults_for_people(t, &faults),
            groups: facets::groups(&request, &results, names),
            filters_label: filters_label(t, chips.len()),
            hidden: facets::hidden(&request),
            has_dates: filters.from.is_some() || filters.to.is_some(),
            from: date(filters.from),
            to: date(filters.to),
            clear_url: url(&SearchRequest {
                text: request.text.clone(),
                ..SearchRequest::new(request.list)
            }),
            chips,
            count: count(t, request.list, results.total),
            total: results.total,
            sorts: sorts(&request),
            notes: results
                .notes
                .iter()
                .map(|note| note_view(t, &request, note))
                .collect(),
            first: (request.page.get() as usize - 1) * request.size.get() as usize + 1,
            paging: paging::steps(&request, results.total),
            previous: paging::previous(&request, results.total),
            next: paging::next(&request, results.total),
            downloads: downloads(&request),
            feed_url: elsewhere(&request, "feed.atom", &[]),
            cards: cards(t, stores.app, &request, results),
        })
    }
}

fn cards(t: Language, app: &App, request: &SearchRequest, results: SearchResults) -> Vec<Card> {
    let view = lists::view(app, request, String::new(), results);
    view.results.iter().map(|hit| Card::of(t, hit)).collect()
}

fn path(list: List) -> &'static str {
    match list {
        List::Reviews => "/reviews",
        List::Recommendations => "/recommendations",
        List::Lessons => "/lessons",
        List::Answers => "/answers",
    }
}

fn section(list: List) -> Section {
    match list {
        List::Reviews => Section::Reviews,
        List::Recommendations => Section::Recommendations,
        List::Lessons | List::Answers => Section::None,
    }
}

/// Heading of the page and label of its search box.
fn headings(list: List) -> (&'static str, &'static str) {
    match list {
        List::Reviews => ("Reviews", "Search reviews"),
        List::Recommendations => ("Recommendations", "Search recommendations"),
        List::Lessons => (
            "Lessons and good practice",
            "Search lessons and good practice",
        ),
        List::Answers => ("Answers", "Search answers to recommendations"),
    }
}

fn tabs(t: Language, request: &SearchRequest, totals: Totals) -> Vec<Tab> {
    let tab = |list| {
        let mut other = SearchRequest {
            list,
            ..request.clone()
        };
        other.page = std::num::NonZeroU32::MIN;
        let total = totals.of(list);
        Tab {
            label: match list {
                List::Lessons => "Lessons",
                list => headings(list).0,
            },
            url: url(&other),
            number: grouped(total),
            total,
            found: t.fill(
                "see what the same search finds elsewhere: {}",
                &[&count(t, list, total)],
            ),
            is_current: list == request.list,
        }
    };
    List::ALL.map(tab).into()
}

pub(super) fn count(t: Language, list: List, total: usize) -> String {
    let (one, many) = match list {
        List::Reviews => ("{} review", "{} reviews"),
        List::Recommendations => ("{} recommendation", "{} recommendations"),
        List::Lessons => ("{} lesson or good practice", "{} lessons and good practice"),
        List::Answers => ("{} answer", "{} answers"),
    };
    t.count(total, one, many)
}

/// The same results as files.
fn downloads(request: &SearchRequest) -> Vec<Download> {
    let formats = [
        ("csv", "Table (CSV)"),
        ("ris", "References (RIS)"),
        ("jsonl", "Data (JSON lines)"),
    ];
    let download = |(format, label)| Download {
        label,
        url: elsewhere(request, "export", &[("format", format)]),
    };
    formats.map(download).into()
}

/// The address of the same search at another endpoint, which gives all of it.
fn elsewhere(request: &SearchRequest, endpoint: &str, more: &[(&str, &str)]) -> String {
    let default = SearchRequest::new(request.list);
    let whole = SearchRequest {
        page: default.page,
        size: default.size,
        ..request.clone()
    };
    let mut url = format!("/api/v1/{endpoint}?list={}", request.list.id());
    for (name, value) in more {
        url = format!("{url}&{name}={value}");
    }
    let query = params::query_string(&whole);
    if query.is_empty() {
        url
    } else {
        format!("{url}&{query}")
    }
}

fn sorts(request: &SearchRequest) -> Vec<SortLink> {
    let has_words = !request.text.is_empty();
    // Without words the best match is the newest.
    let current = match request.sort {
        Sort::Relevance if !has_words => Sort::Newest,
        sort => sort,
    };
    let all = [
        (Sort::Relevance, "best match"),
        (Sort::Newest, "newest"),
        (Sort::Oldest, "oldest"),
    ];
    let link = |(sort, label): (Sort, &'static str)| {
        let mut other = SearchRequest {
            sort,
            ..request.clone()
        };
        other.page = std::num::NonZeroU32::MIN;
        SortLink {
            label,
            url: url(&other),
            is_current: sort_id(sort) == sort_id(current),
        }
    };
    all.into_iter()
        .filter(|(sort, _)| has_words || *sort != Sort::Relevance)
        .map(link)
        .collect()
}

fn filters_label(t: Language, chosen: usize) -> String {
    if chosen == 0 {
        t.say("Show filters").to_owned()
    } else {
        t.fill("Show filters ({} in use)", &[&chosen])
    }
}

fn note_view(t: Language, request: &SearchRequest, note: &Note) -> NoteView {
    let (text, instead) = words::note(t, note);
    let link = instead.map(|words| {
        let other = SearchRequest {
            text: words.clone(),
            page: std::num::NonZeroU32::MIN,
            ..request.clone()
        };
        (words, url(&other))
    });
    NoteView { text, link }
}

/// What was asked for and could not be used. Parameters that are none of ours
/// (marketing tags and the like) mean nothing to people and are passed over.
fn faults_for_people(t: Language, faults: &[Fault]) -> Vec<String> {
    let known = all();
    let ours = faults
        .iter()
        .filter(|fault| known.contains(&&*fault.parameter));
    ours.map(|fault| {
        format!(
            "{} {}.",
            t.say("Part of the address was not used:"),
            fault.detail
        )
    })
    .collect()
}
