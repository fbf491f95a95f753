//! Recommendations, lessons and answers as a case shows them.

use serde::Serialize;

use crate::insight::progress;
use crate::model::analysis::{Answer, Item, Status};
use crate::model::date::PartialDate;
use crate::model::entry::Entry;
use crate::search::case::{Answered, Case, item_names};
use crate::search::request::Facet;
use crate::search::units::title;
use crate::web::state::App;
use crate::web::views::mark::Mark;
use crate::web::views::{Term, recommendation_url, source_url};

/// A recommendation with its answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct RecommendationView {
    /// `oakmoor/3f9c2a71/4.2`.
    pub id: String,
    /// The number as printed; `null` when none is.
    pub label: Option<String>,
    /// Its page here.
    pub url: String,
    /// As printed.
    pub text: String,
    /// Physical page on which it begins.
    pub page: u32,
    /// Where that page opens on the publisher's site.
    pub source_url: String,
    /// Agencies addressed.
    pub to: Vec<Term>,
    /// What it is about.
    pub themes: Vec<Term>,
    /// Whether an answer was found.
    pub answered: bool,
    /// What is known of what was done about it: `no-response-found`,
    /// `response-says-nothing`, `status-not-printed` or `answered`.
    pub coverage: &'static str,
    /// What its newest answer that gives a status comes to.
    pub latest_status: Option<Term>,
    /// Oldest response first; the latest that gives a status counts.
    pub answers: Vec<AnswerView>,
    /// From 0 to 1.
    pub confidence: f32,
    /// `read`, `unverified` or `corrected`.
    pub mark: Mark,
}

/// A lesson, finding or passage of good practice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct LessonView {
    /// Within the page of its case.
    pub anchor: String,
    /// The number as printed; `null` when none is.
    pub label: Option<String>,
    /// As printed.
    pub text: String,
    /// Physical page on which it begins.
    pub page: u32,
    /// Where that page opens on the publisher's site.
    pub source_url: String,
    /// What it is about.
    pub themes: Vec<Term>,
    /// From 0 to 1.
    pub confidence: f32,
    /// `read`, `unverified` or `corrected`.
    pub mark: Mark,
}

/// What a response says about one recommendation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct AnswerView {
    /// Label of the recommendation it answers, as printed or as counted.
    pub recommendation: String,
    /// What its status comes to.
    pub status: Term,
    /// Its status as printed; `null` where it follows from the rest, or from
    /// nothing.
    pub status_printed: Option<String>,
    /// When the response was published, as precise as its source.
    pub given: Option<PartialDate>,
    /// The date by which it was to be done, read from `due`.
    pub due_date: Option<PartialDate>,
    /// Whether that was past, and it not done, when the response was published;
    /// `null` when the dates do not say.
    pub overdue: Option<bool>,
    /// What has been done.
    pub action: Option<String>,
    /// What difference it made.
    pub impact: Option<String>,
    /// What will be done next.
    pub next: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// How it is known.
    pub evidence: Option<String>,
    /// Physical page on which it begins.
    pub page: u32,
    /// Id of the entry it is printed in.
    pub entry: String,
    /// Title of that entry.
    pub title: String,
    /// Where that page opens on the publisher's site.
    pub source_url: String,
    /// From 0 to 1.
    pub confidence: f32,
    /// `read`, `unverified` or `corrected`.
    pub mark: Mark,
}

/// An item's number when one is printed; `u1`, `u2` … are only counted.
pub(in crate::web) fn printed(id: &str) -> Option<String> {
    let counted = id
        .strip_prefix('u')
        .is_some_and(|rest| rest.parse::<u32>().is_ok());
    (!counted).then(|| id.to_owned())
}

/// The recommendations printed in an entry, with what the case answers.
pub(in crate::web) fn recommendations(
    app: &App,
    entry: &Entry,
    case: Case<'_>,
) -> Vec<RecommendationView> {
    let items = &entry.analysis.findings.recommendations;
    let named = items.iter().zip(item_names(items));
    let view = |(item, name): (&Item, String)| {
        let answered = case.answers_to(item);
        let statuses: Vec<Status> = answered.iter().map(|found| found.answer.status).collect();
        let latest = statuses.iter().rfind(|status| **status != Status::Unknown);
        let answers: Vec<AnswerView> = answered
            .into_iter()
            .map(|answered| answer(app, answered))
            .collect();
        RecommendationView {
            id: format!("{}/{name}", entry.id),
            label: printed(&item.id),
            url: recommendation_url(&entry.id, &name),
            text: item.text.clone(),
            page: item.at.page.get(),
            source_url: source_url(entry, Some(item.at.page.get())),
            to: Term::all(app, Facet::Agency, &item.to),
            themes: Term::all(app, Facet::Theme, &item.themes),
            answered: !answers.is_empty(),
            coverage: progress::coverage(case.is_answered(), &statuses).id(),
            latest_status: latest.map(|status| Term::of(app, Facet::Status, status.id())),
            answers,
            confidence: item.confidence,
            mark: mark(entry, "recommendations", item),
        }
    };
    named.map(view).collect()
}

/// Lessons or good practice printed in an entry; `kind` begins their anchors.
pub(in crate::web) fn lessons(
    app: &App,
    entry: &Entry,
    items: &[Item],
    kind: &str,
) -> Vec<LessonView> {
    let named = items.iter().zip(item_names(items));
    let view = |(item, name): (&Item, String)| LessonView {
        anchor: format!("{kind}-{name}"),
        label: printed(&item.id),
        text: item.text.clone(),
        page: item.at.page.get(),
        source_url: source_url(entry, Some(item.at.page.get())),
        themes: Term::all(app, Facet::Theme, &item.themes),
        confidence: item.confidence,
        mark: mark(entry, kind, item),
    };
    named.map(view).collect()
}

/// How an item came about; `list` is where it stands in the data, or begins so.
fn mark(entry: &Entry, list: &str, item: &Item) -> Mark {
    let list = match list {
        "lesson" => "lessons",
        "good-practice" => "good_practice",
        other => other,
    };
    let name = format!("{list}/{}", item.id);
    Mark::of(&entry.analysis, &name, item.confidence)
}

/// An answer with where it is printed.
pub(in crate::web) fn answer(app: &App, answered: Answered<'_>) -> AnswerView {
    let Answered { entry, answer } = answered;
    let Answer { parts, status, .. } = answer;
    let page = answer.at.page.get();
    let published = entry.analysis.metadata.published.as_ref();
    let given = published.map(|cited| cited.value);
    AnswerView {
        recommendation: answer.recommendation.clone(),
        status: Term::of(app, Facet::Status, status.id()),
        status_printed: parts.status.clone(),
        given,
        due_date: progress::due(answer),
        overdue: progress::is_overdue(answer, given),
        action: parts.action.clone(),
        impact: parts.impact.clone(),
        next: parts.next.clone(),
        owner: parts.owner.clone(),
        due: parts.due.clone(),
        evidence: parts.evidence.clone(),
        page,
        entry: entry.id.to_string(),
        title: title(entry),
        source_url: source_url(entry, Some(page)),
        confidence: answer.confidence,
        mark: Mark::of(
            &entry.analysis,
            &format!("responses/{}", answer.recommendation),
            answer.confidence,
        ),
    }
}
