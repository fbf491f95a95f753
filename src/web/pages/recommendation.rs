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

/// `GET /recommendations/{partnership}/{head}/{item}`.
pub(super) async fn page(
    t: Language,
    State(app): State<App>,
    Path((partnership, head, item)): Path<(String, String, String)>,
) -> Response {
    let id = entry_id(&partnership, &head);
    let page = app.read(move |stores| {
        let record = case::recommendation(stores, &id?, &item)?;
        Ok(RecommendationPage::new(t, stores, record))
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
}

impl RecommendationPage {
    fn new(t: Language, stores: &Stores<'_>, record: RecommendationRecord) -> Self {
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
