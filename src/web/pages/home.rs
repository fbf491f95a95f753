//! The front page.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::search::SearchRequest;
use crate::search::request::{Facet, List, Sort};
use crate::web::error::WebError;
use crate::web::language::{Language, grouped};
use crate::web::pages::card::Card;
use crate::web::pages::respond;
use crate::web::pages::shell::{SearchBox, Section, Shell};
use crate::web::state::{App, Stores};
use crate::web::views::lists;
use crate::web::views::terms::{self, TermView, counts};
use crate::web::views::totals::totals;

/// Themes shown of each family.
const THEMES: usize = 8;
/// Newest reviews shown.
const NEWEST: u32 = 4;
/// Searches to begin with.
const EXAMPLES: [&str; 3] = [
    "late booking",
    "\"professional curiosity\"",
    "information sharing with GPs",
];

/// `GET /`.
pub(super) async fn page(t: Language, State(app): State<App>) -> Response {
    let page = app.read(move |stores| HomePage::new(t, stores)).await;
    respond(t, &app, page)
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    t: Language,
    shell: Shell,
    search: SearchBox,
    examples: Vec<Example>,
    figures: Vec<Figure>,
    families: Vec<Family>,
    newest: Vec<Card>,
    inside: String,
}

struct Example {
    text: &'static str,
    url: String,
}

struct Figure {
    number: String,
    label: &'static str,
    url: String,
}

struct Family {
    id: &'static str,
    label: String,
    themes: Vec<ThemeCount>,
}

struct ThemeCount {
    label: String,
    url: String,
    number: String,
    spoken: String,
}

impl HomePage {
    fn new(t: Language, stores: &Stores<'_>) -> Result<Self, WebError> {
        let themes = terms::all(stores, Facet::Theme)?.results;
        let title = t.say("Search").to_owned();
        Ok(Self {
            t,
            shell: Shell::new(stores.app, Section::Home, title, "/"),
            search: SearchBox {
                action: "/reviews",
                label: "Search reviews, recommendations and responses",
                text: String::new(),
            },
            examples: EXAMPLES.map(example).into(),
            figures: figures(t, stores)?,
            families: FAMILIES.map(|id| family(t, stores.app, id, &themes)).into(),
            newest: newest(t, stores)?,
            inside: inside(t, stores)?,
        })
    }
}

/// Families of themes in the order people read them.
pub(super) const FAMILIES: [&str; 3] = ["practice", "harm", "context"];

fn example(text: &'static str) -> Example {
    let request = SearchRequest {
        text: text.to_owned(),
        ..SearchRequest::new(List::Recommendations)
    };
    Example {
        text,
        url: crate::web::pages::facets::url(&request),
    }
}

fn figures(t: Language, stores: &Stores<'_>) -> Result<Vec<Figure>, WebError> {
    let totals = totals(stores)?;
    let labels = [
        "reviews",
        "recommendations",
        "lessons and good practice",
        "answers",
    ];
    let figure = |(list, label): (List, &'static str)| Figure {
        number: grouped(totals.of(list)),
        label,
        url: format!("/{}", list.id()),
    };
    let mut figures: Vec<Figure> = List::ALL.into_iter().zip(labels).map(figure).collect();
    for figure in &mut figures {
        figure.label = said(t, figure.label);
    }
    Ok(figures)
}

/// Labels live as long as the program in either language.
fn said(t: Language, label: &'static str) -> &'static str {
    t.say(label)
}

fn family(t: Language, app: &App, id: &'static str, themes: &[TermView]) -> Family {
    let mut of_family: Vec<&TermView> = themes
        .iter()
        .filter(|theme| theme.family.as_deref() == Some(id) && theme.reviews > 0)
        .collect();
    of_family.sort_by(|a, b| {
        b.reviews
            .cmp(&a.reviews)
            .then_with(|| a.label.cmp(&b.label))
    });
    let count = |theme: &&TermView| ThemeCount {
        label: theme.label.clone(),
        url: format!("/themes/{}", theme.id),
        number: grouped(theme.reviews),
        spoken: t.count(theme.reviews, "{} review", "{} reviews"),
    };
    Family {
        id,
        label: app.names().label(Facet::Theme, id).to_owned(),
        themes: of_family.iter().take(THEMES).map(count).collect(),
    }
}

fn newest(t: Language, stores: &Stores<'_>) -> Result<Vec<Card>, WebError> {
    let mut request = SearchRequest {
        sort: Sort::Newest,
        ..SearchRequest::new(List::Reviews)
    };
    request.size = std::num::NonZeroU32::new(NEWEST).unwrap_or(std::num::NonZeroU32::MIN);
    let view = lists::list(stores, &request)?;
    let card = |hit| Card {
        pieces: Vec::new(),
        themes: Vec::new(),
        ..Card::of(t, hit)
    };
    Ok(view.results.iter().map(card).collect())
}

fn inside(t: Language, stores: &Stores<'_>) -> Result<String, WebError> {
    let found = counts(
        stores,
        &SearchRequest::new(List::Reviews),
        Facet::Partnership,
    )?
    .len();
    let known = stores.app.partnerships().count();
    let text = "Reviews and responses found on the sites of {} of the {} partnerships that we look at, in England, Wales, Scotland and Northern Ireland.";
    Ok(t.fill(text, &[&grouped(found), &grouped(known)]))
}
