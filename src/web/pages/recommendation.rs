//! A recommendation and what was done about it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::search::request::List;
use crate::web::language::Language;
use crate::web::pages::card::{ThemeLink, theme_links};
use crate::web::pages::review::parts;
use crate::web::pages::shell::{Section, Shell};
use crate::web::pages::{respond, words};
use crate::web::state::{App, Stores};
use crate::web::views::case::{self, RecommendationRecord};
use crate::web::views::entry_id;
use crate::web::views::items::AnswerView;
use crate::web::views::recurring::{self, RecurrenceHit, RecurringView};

/// `GET /recommendations/{partnership}/{head}/{item}`.
pub(super) async fn page(
    t: Language,
    State(app): State<App>,
    Path((partnership, head, item)): Path<(String, String, String)>,
) -> Response {
    let id = entry_id(&partnership, &head);
    let page = app.read(move |stores| {
        let record = case::recommendation(stores, &id?, &item)?;
        let recurring = recurring::of(stores, &record)?;
        Ok(RecommendationPage::new(t, stores, record, recurring))
    });
    respond(t, &app, page.await)
}

#[derive(Template)]
#[template(path = "recommendation.html")]
struct RecommendationPage {
    t: Language,
    shell: Shell,
    publisher_url: String,
    published: Option<String>,
    themes: Vec<ThemeLink>,
    unanswered: String,
    citation: String,
    record: RecommendationRecord,
    /// "Made 3 times by 2 partnerships since 2012."
    tally: Option<String>,
    recurring: Vec<RecurringList>,
}

/// Recommendations of other cases under one heading.
struct RecurringList {
    heading: &'static str,
    hits: Vec<RecurringLine>,
}

/// One of them.
struct RecurringLine {
    name: String,
    byline: String,
    not_answered: Option<&'static str>,
    hit: RecurrenceHit,
}

impl RecommendationPage {
    fn new(
        t: Language,
        stores: &Stores<'_>,
        record: RecommendationRecord,
        recurring: RecurringView,
    ) -> Self {
        let crawled = t.day(record.crawled);
        let unanswered = if record.review_answered {
            "No answer to this one found in the response (crawled {})."
        } else {
            "No response found (crawled {})."
        };
        let recommendation = &record.recommendation;
        let name = words::name(t, recommendation.label.as_deref(), "Recommendation");
        let title = format!("{name}, {}", record.review.id);
        let date = record.published.map(|date| t.date(date));
        Self {
            t,
            shell: Shell::new(
                stores.app,
                Section::Recommendations,
                title,
                recommendation.url.clone(),
            ),
            publisher_url: format!("/partnerships/{}", record.partnership.id),
            themes: theme_links(t, List::Recommendations, &recommendation.themes),
            unanswered: t.fill(unanswered, &[&crawled]),
            citation: format!(
                "{} ({}) {}: {name}, {}. {} {}. {}: Lessons Index, {}.",
                record.partnership.name,
                date.as_deref().unwrap_or(t.say("no date")),
                record.review.title,
                t.fill("page {}", &[&recommendation.page]),
                t.say("Available at:"),
                recommendation.source_url,
                t.say("Indexed in"),
                recommendation.id,
            ),
            published: date,
            record,
            tally: tally(t, &recurring),
            recurring: lists(t, recurring),
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
}

/// How often the same was recommended; `None` when it was once.
fn tally(t: Language, recurring: &RecurringView) -> Option<String> {
    let times = t.count(recurring.times, "{} time", "{} times");
    let by = t.count(recurring.partnerships, "{} partnership", "{} partnerships");
    let said = match recurring.since {
        Some(since) => t.fill("Made {} by {} since {}.", &[&times, &by, &since]),
        None => t.fill("Made {} by {}.", &[&times, &by]),
    };
    (recurring.times > 1).then_some(said)
}

/// What recurs, under headings; those without anything are left out.
fn lists(t: Language, recurring: RecurringView) -> Vec<RecurringList> {
    let representative = recurring.representative.into_iter().collect();
    let lists = [
        ("The wording nearest to all of them", representative),
        ("The same, recommended before", recurring.before),
        ("The same, recommended after", recurring.after),
        ("The same, at a time not known", recurring.undated),
        ("About the same matter", recurring.related),
    ];
    lists
        .into_iter()
        .map(|(heading, hits)| RecurringList {
            heading,
            hits: hits.into_iter().map(|hit| line(t, hit)).collect(),
        })
        .filter(|list| !list.hits.is_empty())
        .collect()
}

fn line(t: Language, hit: RecurrenceHit) -> RecurringLine {
    let date = hit.published.map(|date| t.date(date));
    let parts = [Some(hit.partnership.name.clone()), date];
    RecurringLine {
        name: words::name(t, hit.label.as_deref(), "Recommendation"),
        byline: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        not_answered: match hit.coverage {
            "no-response-found" => Some("No response found"),
            "response-says-nothing" => Some("The response says nothing about it"),
            _ => None,
        },
        hit,
    }
}
