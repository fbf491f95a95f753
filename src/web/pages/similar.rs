//! Cases like one that is described in the reader's own words.
//!
//! The description is sent in the body of a request, is answered, and is
//! nowhere afterwards but on the page that answers it.

use std::num::NonZeroU32;

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use url::form_urlencoded;

use crate::search::request::{Filters, List};
use crate::search::similar::{LONGEST, SimilarRequest, Subject};
use crate::web::error::WebError;
use crate::web::language::{Language, grouped};
use crate::web::pages::card::{Card, theme_links};
use crate::web::pages::respond;
use crate::web::pages::shell::{Section, Shell};
use crate::web::pages::words::{Piece, opens, pieces};
use crate::web::state::{App, Stores};
use crate::web::views::Term;
use crate::web::views::hits::HitView;
use crate::web::views::similar::{PassageView, SimilarHit, SimilarView, similar};

/// Cases on the page.
const SIZE: NonZeroU32 = NonZeroU32::new(15).expect("15 is not 0");

/// `GET /similar`.
pub(super) async fn form(t: Language, State(app): State<App>) -> Response {
    let page = SimilarPage::new(t, &app, String::new());
    respond(t, &app, Ok(page))
}

/// `POST /similar`.
pub(super) async fn answer(t: Language, State(app): State<App>, body: Bytes) -> Response {
    let text = form_urlencoded::parse(&body)
        .find(|(name, _)| name == "text")
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default();
    let page = app.read(move |stores| SimilarPage::answered(t, stores, text));
    let mut response = respond(t, &app, page.await);
    let unkept = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, unkept);
    response
}

#[derive(Template)]
#[template(path = "similar.html")]
struct SimilarPage {
    t: Language,
    shell: Shell,
    /// The description, to be changed and sent again.
    text: String,
    longest: String,
    is_asked: bool,
    notes: Vec<String>,
    recurring: Vec<Recurring>,
    groups: Vec<Group>,
}

/// Cases that are alike in one manner.
struct Group {
    heading: &'static str,
    cases: Vec<SimilarCard>,
}

/// A theme of several of the cases.
struct Recurring {
    label: String,
    url: String,
    count: usize,
}

/// A case with why it is here.
pub(super) struct SimilarCard {
    pub card: Card,
    /// Sentences.
    pub reasons: Vec<String>,
    pub passages: Vec<Passage>,
}

/// What in a case is most like the description.
pub(super) struct Passage {
    pub kind: &'static str,
    pub pieces: Vec<Piece>,
    pub url: String,
    pub opens: String,
}

impl SimilarPage {
    fn new(t: Language, app: &App, text: String) -> Self {
        let title = t.say("Similar cases").to_owned();
        Self {
            t,
            shell: Shell::new(app, Section::Similar, title, "/similar"),
            text,
            longest: grouped(LONGEST),
            is_asked: false,
            notes: Vec::new(),
            recurring: Vec::new(),
            groups: Vec::new(),
        }
    }

    fn answered(t: Language, stores: &Stores<'_>, text: String) -> Result<Self, WebError> {
        if text.is_empty() {
            return Ok(Self::new(t, stores.app, text));
        }
        let request = SimilarRequest {
            subject: Subject::Text(&text),
            filters: Filters::default(),
            size: SIZE,
        };
        let view = similar(stores, &request)?;
        Ok(Self {
            is_asked: true,
            notes: notes(t, &view, text.chars().count()),
            recurring: view
                .recurring
                .iter()
                .map(|found| recurring(t, found))
                .collect(),
            groups: groups(t, &view.results),
            ..Self::new(t, stores.app, text)
        })
    }
}

fn notes(t: Language, view: &SimilarView, length: usize) -> Vec<String> {
    let mut notes: Vec<String> = view
        .notes
        .iter()
        .map(|note| format!("{}.", t.say(note)))
        .collect();
    if length > LONGEST {
        notes.push(t.fill(
            "Only the first {} characters were read.",
            &[&grouped(LONGEST)],
        ));
    }
    let understood = [&view.understood.themes[..], &view.understood.age_bands].concat();
    if !understood.is_empty() {
        notes.push(format!(
            "{} {}.",
            t.say("Taken to be about:"),
            labels(t, &understood)
        ));
    }
    notes
}

fn recurring(t: Language, found: &crate::web::views::similar::RecurringTheme) -> Recurring {
    let link = theme_links(t, List::Lessons, std::slice::from_ref(&found.theme));
    Recurring {
        label: found.theme.label.clone(),
        url: link
            .into_iter()
            .next()
            .map(|link| link.url)
            .unwrap_or_default(),
        count: found.count,
    }
}

/// Cases alike in what they are about before those alike in wording alone.
fn groups(t: Language, results: &[SimilarHit]) -> Vec<Group> {
    let shares = |hit: &&SimilarHit| !hit.why.themes.is_empty() || !hit.why.age_bands.is_empty();
    let group = |heading, hits: Vec<&SimilarHit>| Group {
        heading,
        cases: hits
            .into_iter()
            .map(|hit| SimilarCard::of(t, hit))
            .collect(),
    };
    let (both, wording): (Vec<&SimilarHit>, Vec<&SimilarHit>) = results.iter().partition(shares);
    let mut groups = vec![
        group("Alike in what happened and in what is told", both),
        group("Alike in what is told", wording),
    ];
    groups.retain(|group| !group.cases.is_empty());
    groups
}

impl SimilarCard {
    pub(super) fn of(t: Language, hit: &SimilarHit) -> Self {
        let card = Card::of(t, &HitView::Review(hit.review.clone()));
        let passages = hit.why.passages.iter();
        Self {
            card: Card {
                pieces: Vec::new(),
                ..card
            },
            reasons: reasons(t, hit),
            passages: passages.map(|found| passage(t, found)).collect(),
        }
    }
}

fn reasons(t: Language, hit: &SimilarHit) -> Vec<String> {
    let why = &hit.why;
    let says = |how: &str| why.passages.iter().any(|found| found.by.contains(&how));
    let mut reasons = Vec::new();
    if !why.themes.is_empty() {
        reasons.push(format!(
            "{} {}",
            t.say("Same themes:"),
            labels(t, &why.themes)
        ));
    }
    if !why.age_bands.is_empty() {
        reasons.push(format!(
            "{} {}",
            t.say("Same age:"),
            labels(t, &why.age_bands)
        ));
    }
    match (says("words"), says("meaning")) {
        (true, true) => reasons.push(
            t.say("Uses the same words and says nearly the same")
                .to_owned(),
        ),
        (true, false) => reasons.push(t.say("Uses the same words").to_owned()),
        (false, true) => reasons.push(t.say("Says nearly the same in other words").to_owned()),
        (false, false) => {}
    }
    reasons
}

fn passage(t: Language, found: &PassageView) -> Passage {
    Passage {
        kind: match found.kind {
            "lesson" => "Lesson",
            "recommendation" => "Recommendation",
            "good-practice" => "Good practice",
            _ => "Passage",
        },
        pieces: pieces(&found.snippet, &found.highlights),
        opens: opens(t, &found.source_url, found.page.unwrap_or(1)),
        url: found.source_url.clone(),
    }
}

fn labels(t: Language, terms: &[Term]) -> String {
    let labels: Vec<&str> = terms.iter().map(|term| t.say(&term.label)).collect();
    labels.join(", ")
}
