//! A case: the review with everything that belongs to it.

use jiff::Timestamp;
use serde::Serialize;

use crate::insight::duty::{self, Duty, Presence};
use crate::insight::progress;
use crate::model::analysis::{Cited, Corrected, Kind};
use crate::model::date::PartialDate;
use crate::model::entry::{Entry, EntryId, Relation};
use crate::model::ids::TermId;
use crate::search::case::{Case, belongs_to};
use crate::search::request::Facet;
use crate::search::units::title;
use crate::web::error::WebError;
use crate::web::state::{App, Stores};
use crate::web::views::facts::{FactView, facts};
use crate::web::views::hits::ReviewLink;
use crate::web::views::items::{
    AnswerView, LessonView, RecommendationView, answer, lessons, recommendations,
};
use crate::web::views::mark::Mark;
use crate::web::views::{Publisher, Term, review_url};

/// A case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct CaseView {
    /// `oakmoor/3f9c2a71`.
    pub id: String,
    /// Its title, or how it is known when none is printed.
    pub title: String,
    /// Its page here.
    pub url: String,
    /// `review`; `summary` or `response` when that is all there is of it.
    pub kind: &'static str,
    /// From 0 to 1.
    pub kind_confidence: f32,
    /// `read`, `unverified` or `corrected`.
    pub kind_mark: Mark,
    /// What a curator set right, and why.
    pub corrected: Vec<Corrected>,
    /// Who published it.
    pub partnership: Publisher,
    /// Kind of review.
    #[serde(rename = "type")]
    pub review_type: Option<Term>,
    /// As precise as its source.
    pub published: Option<PartialDate>,
    /// Pseudonyms as printed.
    pub subjects: Vec<String>,
    /// As printed.
    pub author: Option<String>,
    /// Why it was held.
    pub criteria: Vec<Term>,
    /// Of the subjects, at the time.
    pub age_bands: Vec<Term>,
    /// Weightiest first.
    pub themes: Vec<Term>,
    /// `en`, `cy` or `null`.
    pub language: Option<String>,
    /// The same facts, each with where it was read.
    pub facts: Vec<FactView>,
    /// In the order printed.
    pub recommendations: Vec<RecommendationView>,
    /// In the order printed.
    pub lessons: Vec<LessonView>,
    /// In the order printed.
    pub good_practice: Vec<LessonView>,
    /// Answers to recommendations that were not found in the review.
    pub other_answers: Vec<AnswerView>,
    /// Whether a response was found.
    pub answered: bool,
    /// The review, then its summaries and responses.
    pub documents: Vec<DocumentView>,
    /// When the publisher's site was last seen.
    pub crawled: Timestamp,
}

/// One file or page of a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct DocumentView {
    /// `oakmoor/3f9c2a71`.
    pub id: String,
    /// What it is to the case: `review`, `summary` or `response`.
    pub kind: &'static str,
    /// Its title, or how it is known when none is printed.
    pub title: String,
    /// The link as found on the publisher's page.
    pub source_url: String,
    /// Other addresses that gave the same bytes.
    pub also_at: Vec<String>,
    /// What the bytes are.
    pub media_type: String,
    /// Number of pages.
    pub pages: u32,
    /// Names the newest bytes.
    pub sha256: String,
    /// First capture.
    pub first_seen: Timestamp,
    /// Newest capture that still gave it.
    pub last_seen: Timestamp,
    /// First visit that no longer found it.
    pub gone_since: Option<Timestamp>,
    /// Versions of the rules that read it.
    pub rules: String,
    /// What it is beside the review itself: `edition` for another format,
    /// language or site, `superseded` for an older issue, `superseding` for a
    /// newer.
    pub edition: Option<&'static str>,
    /// Of a review, whether it was public for twelve months: `met`, `running`,
    /// `removed-early` or `unknown`.
    pub duty: Option<&'static str>,
    /// Months from the review to it, where both are dated.
    pub months_after_review: Option<i32>,
    /// Why it was taken to belong to the case.
    pub because: Vec<String>,
}

/// What an id led to.
pub(in crate::web) enum Found {
    /// The case of that id.
    Case(Box<CaseView>),
    /// The id names a document of this case.
    PartOf(EntryId),
}

/// The case of this id.
pub(in crate::web) fn find(stores: &Stores<'_>, id: &EntryId) -> Result<Found, WebError> {
    let missing = || stores.missing("review", id);
    let entry = stores.catalogue.entry(id)?.ok_or_else(missing)?;
    if entry.analysis.kind == Kind::Other {
        return Err(missing());
    }
    let linked = stores.catalogue.linked_with(id)?;
    let owner = belongs_to(&entry).filter(|owner| linked.iter().any(|linked| linked.id == **owner));
    if let Some(owner) = owner {
        return Ok(Found::PartOf(owner.clone()));
    }
    let case = Case {
        entry: &entry,
        linked: &linked,
    };
    Ok(Found::Case(Box::new(view(stores.app, case))))
}

/// A recommendation within its case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct RecommendationRecord {
    #[serde(flatten)]
    pub recommendation: RecommendationView,
    /// The review that makes it.
    pub review: ReviewLink,
    /// Who published it.
    pub partnership: Publisher,
    /// When the case was published, as precise as its source.
    pub published: Option<PartialDate>,
    /// Whether any response to the case was found.
    pub review_answered: bool,
    /// When the publisher's site was last seen.
    pub crawled: Timestamp,
}

/// The recommendation of this name printed in an entry.
pub(in crate::web) fn recommendation(
    stores: &Stores<'_>,
    entry: &EntryId,
    item: &str,
) -> Result<RecommendationRecord, WebError> {
    let id = format!("{entry}/{item}");
    let case = match find(stores, entry)? {
        Found::Case(case) => case,
        Found::PartOf(owner) => match find(stores, &owner)? {
            Found::Case(case) => case,
            Found::PartOf(_) => return Err(WebError::not_found("recommendation", id)),
        },
    };
    let found = case
        .recommendations
        .into_iter()
        .find(|recommendation| recommendation.id == id);
    Ok(RecommendationRecord {
        recommendation: found.ok_or_else(|| WebError::not_found("recommendation", id))?,
        review: ReviewLink {
            id: case.id,
            title: case.title,
            url: case.url,
        },
        partnership: case.partnership,
        published: case.published,
        review_answered: case.answered,
        crawled: case.crawled,
    })
}

fn view(app: &App, case: Case<'_>) -> CaseView {
    let entry = case.entry;
    let metadata = &entry.analysis.metadata;
    let findings = &entry.analysis.findings;
    CaseView {
        id: entry.id.to_string(),
        title: title(entry),
        url: review_url(&entry.id),
        kind: entry.analysis.kind.id(),
        kind_confidence: entry.analysis.kind_confidence,
        kind_mark: Mark::of(&entry.analysis, "kind", entry.analysis.kind_confidence),
        corrected: entry.analysis.corrected.clone(),
        partnership: Publisher::of(app, entry.id.partnership()),
        review_type: metadata
            .review_type
            .as_ref()
            .map(|cited| Term::of(app, Facet::Type, cited.value.as_str())),
        published: metadata.published.as_ref().map(|cited| cited.value),
        subjects: metadata
            .subjects
            .iter()
            .map(|cited| cited.value.clone())
            .collect(),
        author: metadata.author.as_ref().map(|cited| cited.value.clone()),
        criteria: terms(app, Facet::Criterion, &metadata.criteria),
        age_bands: terms(app, Facet::Age, &metadata.age_bands),
        themes: terms(app, Facet::Theme, &metadata.themes),
        language: metadata.language.clone(),
        facts: facts(app, entry),
        recommendations: all_recommendations(app, case),
        lessons: lessons(app, entry, &findings.lessons, "lesson"),
        good_practice: lessons(app, entry, &findings.good_practice, "good-practice"),
        other_answers: case
            .answers()
            .into_iter()
            .filter(|answered| case.recommendation(answered.answer).is_none())
            .map(|answered| answer(app, answered))
            .collect(),
        answered: case.is_answered(),
        documents: documents(case),
        crawled: crawled(entry),
    }
}

/// Those of the review; where it has none, those of the first summary that
/// has.
fn all_recommendations(app: &App, case: Case<'_>) -> Vec<RecommendationView> {
    let own = recommendations(app, case.entry, case);
    let summaries = case.summaries().into_iter();
    let mut of_summaries = summaries.map(|summary| recommendations(app, summary, case));
    if own.is_empty() {
        of_summaries
            .find(|some| !some.is_empty())
            .unwrap_or_default()
    } else {
        own
    }
}

fn documents(case: Case<'_>) -> Vec<DocumentView> {
    let of_case = std::iter::once(case.entry)
        .chain(case.editions())
        .chain(case.summaries())
        .chain(case.responses());
    of_case.map(|entry| document(entry, case.entry)).collect()
}

fn document(entry: &Entry, case: &Entry) -> DocumentView {
    let links = entry.links.iter().filter(|link| link.to == case.id);
    let back = case.links.iter().filter(|link| link.to == entry.id);
    DocumentView {
        id: entry.id.to_string(),
        kind: entry.analysis.kind.id(),
        title: title(entry),
        source_url: entry.url.to_string(),
        also_at: entry.also_at.iter().map(ToString::to_string).collect(),
        media_type: entry.media_type.clone(),
        pages: entry.pages,
        sha256: entry.digest.to_string(),
        first_seen: entry.first_seen,
        last_seen: entry.last_seen,
        gone_since: entry.gone_since,
        rules: entry.rules.clone(),
        edition: edition(entry, case),
        duty: (entry.analysis.kind == Kind::Review).then(|| duty(entry).id()),
        months_after_review: months_between(case, entry),
        because: links
            .chain(back)
            .flat_map(|link| link.because.clone())
            .collect(),
    }
}

/// What an entry is beside the review, by the link between them.
fn edition(entry: &Entry, case: &Entry) -> Option<&'static str> {
    let relation = |from: &Entry, to: &Entry| {
        let mut links = from.links.iter().filter(|link| link.to == to.id);
        let found = links.find(|link| !link.relation.is_belonging())?;
        Some(found.relation)
    };
    match (relation(entry, case), relation(case, entry)) {
        (Some(Relation::SupersededBy), _) => Some("superseded"),
        (_, Some(Relation::SupersededBy)) => Some("superseding"),
        (None, None) => None,
        _ => Some("edition"),
    }
}

/// The duty to keep a report public, as it stood when its site was last
/// crawled.
fn duty(entry: &Entry) -> Duty {
    let published = entry.analysis.metadata.published.as_ref();
    let presence = Presence {
        published: published.map(|cited| cited.value),
        first_seen: entry.first_seen,
        last_seen: entry.last_seen,
        gone_since: entry.gone_since,
    };
    duty::duty(presence, crawled(entry))
}

/// When the publisher's site was last seen.
fn crawled(entry: &Entry) -> Timestamp {
    entry
        .last_seen
        .max(entry.gone_since.unwrap_or(entry.last_seen))
}

fn months_between(case: &Entry, entry: &Entry) -> Option<i32> {
    let published = |entry: &Entry| {
        let published = entry.analysis.metadata.published.as_ref();
        published.map(|cited| cited.value)
    };
    let is_response = entry.analysis.kind == Kind::Response && entry.id != case.id;
    let months = progress::months_to_answer(published(case)?, published(entry)?);
    months.filter(|_| is_response)
}

fn terms(app: &App, facet: Facet, cited: &[Cited<TermId>]) -> Vec<Term> {
    cited
        .iter()
        .map(|cited| Term::of(app, facet, cited.value.as_str()))
        .collect()
}
