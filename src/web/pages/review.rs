//! A case: facts, recommendations with their answers, lessons, documents.

use std::num::NonZeroU32;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::search::request::{Filters, List};
use crate::search::similar::{SimilarRequest, Subject};
use crate::web::error::WebError;
use crate::web::language::Language;
use crate::web::pages::card::{ThemeLink, theme_links};
use crate::web::pages::shell::{Section, Shell};
use crate::web::pages::similar::SimilarCard;
use crate::web::pages::{respond, words};
use crate::web::state::{App, Stores};
use crate::web::views::case::{self, CaseView, DocumentView, Found};
use crate::web::views::entry_id;
use crate::web::views::facts::{FactValue, FactView};
use crate::web::views::items::{AnswerView, RecommendationView};
use crate::web::views::mark::Mark;
use crate::web::views::similar::similar_to;

/// Similar reviews on the page.
const SIMILAR: NonZeroU32 = NonZeroU32::new(5).expect("5 is not 0");

/// `GET /reviews/{partnership}/{head}`.
pub(super) async fn page(
    t: Language,
    State(app): State<App>,
    Path((partnership, head)): Path<(String, String)>,
) -> Response {
    let id = entry_id(&partnership, &head);
    let read = app.read(move |stores| match case::find(stores, &id?)? {
        Found::Case(case) => {
            let similar = similar_cases(t, stores, &case)?;
            Ok(Ok(ReviewPage::new(t, stores, *case, similar)))
        }
        Found::PartOf(owner) => Ok(Err(owner)),
    });
    match read.await {
        Ok(Err(owner)) => Redirect::temporary(&t.at(&format!("/reviews/{owner}"))).into_response(),
        Ok(Ok(page)) => respond(t, &app, Ok(page)),
        Err(error) => respond(t, &app, Err::<ReviewPage, WebError>(error)),
    }
}

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    t: Language,
    shell: Shell,
    kicker: String,
    publisher_url: String,
    published: Option<String>,
    no_response: String,
    no_answer: String,
    gone: Option<String>,
    open_label: String,
    themes: Vec<ThemeLink>,
    facts: Vec<FactLine>,
    documents: Vec<DocumentLine>,
    citation: String,
    similar: Vec<SimilarCard>,
    case: CaseView,
}

struct FactLine {
    label: &'static str,
    values: Vec<ValueLine>,
}

struct ValueLine {
    text: String,
    from: String,
    url: Option<String>,
    mark: Mark,
}

struct DocumentLine {
    kind: String,
    form: String,
    text_url: String,
    seen: String,
    gone: Option<String>,
    edition: Option<&'static str>,
    duty: Option<&'static str>,
    waited: Option<String>,
    view: DocumentView,
}

impl ReviewPage {
    fn new(t: Language, stores: &Stores<'_>, case: CaseView, similar: Vec<SimilarCard>) -> Self {
        let crawled = t.day(case.crawled);
        let published = case.published.map(|date| t.date(date));
        let kind = words::kind(t, case.kind);
        let when = published
            .as_ref()
            .map(|date| format!(", {date}"))
            .unwrap_or_default();
        let title = format!("{kind} {}{when}", case.id);
        let own = &case.documents[0];
        Self {
            t,
            shell: Shell::new(stores.app, Section::Reviews, title, case.url.clone()),
            kicker: case
                .review_type
                .as_ref()
                .map_or(kind, |term| t.say(&term.label))
                .to_owned(),
            publisher_url: format!("/partnerships/{}", case.partnership.id),
            no_response: t.fill("No response found (crawled {})", &[&crawled]),
            no_answer: t.fill(
                "No answer to this one found in the response (crawled {}).",
                &[&crawled],
            ),
            gone: own.gone_since.map(|since| gone(t, since)),
            open_label: t.fill(
                "Open the original ({})",
                &[&words::form(t, &own.media_type)],
            ),
            themes: theme_links(t, List::Reviews, &case.themes),
            facts: facts(t, &case.facts),
            documents: case
                .documents
                .iter()
                .map(|document| document_line(t, document))
                .collect(),
            citation: citation(t, &case),
            published,
            similar,
            case,
        }
    }

    fn opens(&self, url: &str, page: &u32) -> String {
        words::opens(self.t, url, *page)
    }

    fn name(&self, label: &Option<String>, kind: &str) -> String {
        words::name(self.t, label.as_deref(), kind)
    }

    #[expect(clippy::unused_self, reason = "templates call methods of the page")]
    fn parts<'a>(&self, answer: &'a AnswerView) -> Vec<(&'static str, &'a str)> {
        parts(answer)
    }

    /// Where a recommendation stands on this page.
    #[expect(clippy::unused_self, reason = "templates call methods of the page")]
    fn anchor(&self, recommendation: &RecommendationView) -> String {
        let name = recommendation.id.rsplit('/').next().unwrap_or_default();
        format!("recommendation-{}", name.replace(' ', "-"))
    }
}

/// Reviews like this one.
fn similar_cases(
    t: Language,
    stores: &Stores<'_>,
    case: &CaseView,
) -> Result<Vec<SimilarCard>, WebError> {
    let Ok(id) = case.id.parse() else {
        return Ok(Vec::new());
    };
    let request = SimilarRequest {
        subject: Subject::Case(&id),
        filters: Filters::default(),
        size: SIMILAR,
    };
    let hits = similar_to(stores, &request)?;
    Ok(hits.iter().map(|hit| SimilarCard::of(t, hit)).collect())
}

/// The parts of an answer that are printed, each with its label.
pub(super) fn parts(answer: &AnswerView) -> Vec<(&'static str, &str)> {
    let parts = [
        ("What has been done", &answer.action),
        ("What difference it made", &answer.impact),
        ("What is next", &answer.next),
        ("How it is known", &answer.evidence),
        ("Who answers for it", &answer.owner),
        ("By when", &answer.due),
    ];
    let printed = parts
        .into_iter()
        .filter_map(|(label, part)| Some((label, part.as_deref()?)));
    printed.collect()
}

/// What is always shown, if only to say that it is not stated.
const ALWAYS: [(&str, &str); 6] = [
    ("published", "Published"),
    ("type", "Kind of review"),
    ("subjects", "Known as"),
    ("age_bands", "Age at the time"),
    ("criteria", "Why it was held"),
    ("author", "Author or lead reviewer"),
];

fn facts(t: Language, facts: &[FactView]) -> Vec<FactLine> {
    let mut lines: Vec<FactLine> = ALWAYS
        .iter()
        .map(|(name, label)| {
            let values = facts
                .iter()
                .filter(|fact| fact.name == *name)
                .flat_map(|fact| &fact.values);
            FactLine {
                label,
                values: values.map(|value| value_line(t, name, value)).collect(),
            }
        })
        .collect();
    let shown = |fact: &&FactView| ALWAYS.iter().any(|(name, _)| *name == fact.name);
    lines.extend(facts.iter().filter(|fact| !shown(fact)).map(|fact| {
        FactLine {
            label: fact.label,
            values: fact
                .values
                .iter()
                .map(|value| value_line(t, fact.name, value))
                .collect(),
        }
    }));
    lines
}

fn value_line(t: Language, fact: &str, value: &FactValue) -> ValueLine {
    let date = (fact == "published")
        .then(|| value.value.parse().ok().map(|date| t.date(date)))
        .flatten();
    let from = match (value.read_from, value.page) {
        (_, Some(page)) => t.fill("page {}", &[&page]),
        ("link", _) => t
            .say("from the link to it on the partnership's site")
            .to_owned(),
        ("file", _) => t.say("from the file's own properties").to_owned(),
        ("curator", _) => t.say("checked against the original").to_owned(),
        _ => t
            .say("from the partnership's site or a document that belongs with it")
            .to_owned(),
    };
    ValueLine {
        text: date.unwrap_or_else(|| t.say(&value.label).to_owned()),
        from,
        url: value.source_url.clone(),
        mark: value.mark,
    }
}

fn document_line(t: Language, document: &DocumentView) -> DocumentLine {
    let pages = t.count(document.pages as usize, "{} page", "{} pages");
    let seen = (t.day(document.first_seen), t.day(document.last_seen));
    DocumentLine {
        kind: words::kind(t, document.kind).to_owned(),
        form: format!("{} · {pages}", words::form(t, &document.media_type)),
        text_url: format!("/documents/{}", document.id),
        seen: t.fill("First seen {}, last seen {}", &[&seen.0, &seen.1]),
        gone: document.gone_since.map(|since| gone(t, since)),
        edition: document.edition.map(|edition| match edition {
            "superseded" => "An older issue of this review",
            "superseding" => "A newer issue of this review",
            _ => "Another edition of this review",
        }),
        duty: document.duty.map(duty),
        waited: document.months_after_review.map(|months| {
            let months = usize::try_from(months).unwrap_or_default();
            t.count(
                months,
                "{} month after the review",
                "{} months after the review",
            )
        }),
        view: document.clone(),
    }
}

/// What can be said of the duty to keep a report public for twelve months.
fn duty(duty: &str) -> &'static str {
    match duty {
        "met" => "Public for at least twelve months",
        "running" => "Public; the twelve months for which it has to be are not over",
        "removed-early" => "Gone before it had been public for twelve months",
        _ => "Whether it was public for twelve months is not known",
    }
}

fn gone(t: Language, since: jiff::Timestamp) -> String {
    t.fill(
        "No longer at its address since {}. This record stays.",
        &[&t.day(since)],
    )
}

/// Author, year, title, publisher and id, in the Harvard manner.
fn citation(t: Language, case: &CaseView) -> String {
    let year = case.published.map_or_else(
        || t.say("no date").to_owned(),
        |date| date.year().to_string(),
    );
    let publisher = &case.partnership.name;
    let author = case.author.as_ref().unwrap_or(publisher);
    let place = if author == publisher {
        String::new()
    } else {
        format!(" {publisher}.")
    };
    format!(
        "{author} ({year}) {}.{place} {} {}. {}: Lessons Index, {}.",
        case.title,
        t.say("Available at:"),
        case.documents[0].source_url,
        t.say("Indexed in"),
        case.id
    )
}
