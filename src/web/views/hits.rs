//! Results of a search, one shape for each list.

use serde::Serialize;

use crate::model::analysis::Kind;
use crate::model::date::PartialDate;
use crate::search::request::{Facet, List};
use crate::search::results::{Hit, Snippet};
use crate::search::unit::{Card, Part};
use crate::web::state::App;
use crate::web::views::items::printed;
use crate::web::views::{Publisher, Term, is_pdf, recommendation_url, review_url, source_url_of};

/// One result.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(in crate::web) enum HitView {
    Review(ReviewHit),
    Recommendation(RecommendationHit),
    Lesson(LessonHit),
    Answer(AnswerHit),
}

impl HitView {
    /// What every result has.
    pub(in crate::web) fn common(&self) -> &Common {
        match self {
            Self::Review(hit) => &hit.common,
            Self::Recommendation(hit) => &hit.common,
            Self::Lesson(hit) => &hit.common,
            Self::Answer(hit) => &hit.common,
        }
    }
}

/// What every result has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct Common {
    /// `oakmoor/3f9c2a71` or `oakmoor/3f9c2a71/4.2`.
    pub id: String,
    /// Its page here.
    pub url: String,
    /// Who published it.
    pub partnership: Publisher,
    /// When the case was published, as precise as its source.
    pub published: Option<PartialDate>,
    /// What it is about.
    pub themes: Vec<Term>,
    /// Plain text that shows why it was found.
    pub snippet: Option<String>,
    /// First and last-but-one character of each found word in `snippet`.
    pub highlights: Vec<[usize; 2]>,
    /// Physical page: where the item begins, or the snippet of a review.
    pub page: Option<u32>,
    /// Where that page opens on the publisher's site.
    pub source_url: String,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct ReviewHit {
    #[serde(flatten)]
    pub common: Common,
    /// Its title, or how it is known when none is printed.
    pub title: String,
    /// `review`; `summary` or `response` when that is all there is of it.
    pub kind: &'static str,
    /// Kind of review.
    #[serde(rename = "type")]
    pub review_type: Option<Term>,
    /// Pseudonyms as printed.
    pub subjects: Vec<String>,
    /// How many recommendations it makes.
    pub recommendations: usize,
    /// Whether a response was found.
    pub answered: bool,
}

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct RecommendationHit {
    #[serde(flatten)]
    pub common: Common,
    /// The review that makes it.
    pub review: ReviewLink,
    /// The number as printed; `null` when none is.
    pub label: Option<String>,
    /// As printed.
    pub text: String,
    /// Agencies addressed.
    pub to: Vec<Term>,
    /// Whether an answer was found.
    pub answered: bool,
    /// Id of the one status its answers come to; `null` without answers, or when
    /// they differ: see `statuses`.
    pub status: Option<String>,
    /// What its answers come to.
    pub statuses: Vec<Term>,
}

/// A lesson, finding or passage of good practice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct LessonHit {
    #[serde(flatten)]
    pub common: Common,
    /// The review that draws it.
    pub review: ReviewLink,
    /// `lesson` or `good-practice`.
    pub kind: &'static str,
    /// As printed.
    pub text: String,
}

/// What a response says about one recommendation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct AnswerHit {
    #[serde(flatten)]
    pub common: Common,
    /// The review that is answered.
    pub review: ReviewLink,
    /// Label of the recommendation it answers, as printed or as counted.
    pub recommendation: String,
    /// That recommendation's page here, where it was found.
    pub recommendation_url: Option<String>,
    /// What was done, what came of it, what is next.
    pub text: String,
    /// Agencies addressed.
    pub to: Vec<Term>,
    /// Id of its status.
    pub status: Option<String>,
    /// The same with its label.
    pub statuses: Vec<Term>,
}

/// A case, to go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct ReviewLink {
    /// `oakmoor/3f9c2a71`.
    pub id: String,
    /// Its title, or how it is known when none is printed.
    pub title: String,
    /// Its page here.
    pub url: String,
}

/// A result as this list shows it.
pub(in crate::web) fn hit(app: &App, list: List, hit: Hit) -> HitView {
    let Hit { card, snippet } = hit;
    let common = common(app, &card, snippet);
    match list {
        List::Reviews => HitView::Review(review(app, common, card)),
        List::Recommendations => HitView::Recommendation(recommendation(app, common, card)),
        List::Lessons => HitView::Lesson(lesson(common, card)),
        List::Answers => HitView::Answer(answer(app, common, card)),
    }
}

/// A case as lists of cases show it.
pub(super) fn review_hit(app: &App, card: Card) -> ReviewHit {
    review(app, common(app, &card, None), card)
}

fn common(app: &App, card: &Card, snippet: Option<Snippet>) -> Common {
    let of_snippet = snippet.as_ref().and_then(|snippet| snippet.page);
    let page = of_snippet.or(card.page).map(std::num::NonZeroU32::get);
    Common {
        id: card.id(),
        url: url(card),
        partnership: Publisher::of(app, card.case.partnership()),
        published: card.published,
        themes: Term::all(app, Facet::Theme, &card.themes),
        highlights: snippet.as_ref().map(in_characters).unwrap_or_default(),
        snippet: snippet.map(|snippet| snippet.text),
        page,
        source_url: source_url_of(card.url.as_str(), page.filter(|_| is_pdf(&card.media_type))),
    }
}

fn url(card: &Card) -> String {
    match card.part {
        Part::Review | Part::Passage => review_url(&card.case),
        Part::Recommendation => recommendation_url(&card.entry, &card.item),
        Part::Lesson | Part::GoodPractice => format!("{}#{}", review_url(&card.case), card.item),
        Part::Answer => match &card.answers {
            Some(item) => recommendation_url(&card.case, item),
            None => format!("{}#other-answers", review_url(&card.case)),
        },
    }
}

/// Highlights counted in characters, as most languages count.
pub(super) fn in_characters(snippet: &Snippet) -> Vec<[usize; 2]> {
    let count = |end: usize| snippet.text[..end].chars().count();
    let pairs = snippet.highlights.iter();
    pairs
        .map(|range| [count(range.start), count(range.end)])
        .collect()
}

fn review_link(card: &Card) -> ReviewLink {
    ReviewLink {
        id: card.case.to_string(),
        title: card.title.clone(),
        url: review_url(&card.case),
    }
}

fn review(app: &App, common: Common, card: Card) -> ReviewHit {
    ReviewHit {
        common,
        title: card.title,
        kind: Kind::id(card.kind),
        review_type: card
            .review_type
            .map(|id| Term::of(app, Facet::Type, id.as_str())),
        subjects: card.subjects,
        recommendations: card.recommendations,
        answered: card.answered.unwrap_or(false),
    }
}

fn recommendation(app: &App, common: Common, card: Card) -> RecommendationHit {
    let statuses = statuses(app, &card);
    RecommendationHit {
        common,
        review: review_link(&card),
        label: printed(&card.item),
        text: card.text,
        to: Term::all(app, Facet::Agency, &card.to),
        answered: card.answered.unwrap_or(false),
        status: only(&statuses),
        statuses,
    }
}

fn lesson(common: Common, card: Card) -> LessonHit {
    LessonHit {
        common,
        review: review_link(&card),
        kind: card.part.id(),
        text: card.text,
    }
}

fn answer(app: &App, common: Common, card: Card) -> AnswerHit {
    let statuses = statuses(app, &card);
    AnswerHit {
        common,
        review: review_link(&card),
        recommendation_url: card
            .answers
            .as_ref()
            .map(|item| recommendation_url(&card.case, item)),
        recommendation: card.recommendation.unwrap_or_default(),
        text: card.text,
        to: Term::all(app, Facet::Agency, &card.to),
        status: only(&statuses),
        statuses,
    }
}

fn statuses(app: &App, card: &Card) -> Vec<Term> {
    let status =
        |status: &crate::model::analysis::Status| Term::of(app, Facet::Status, status.id());
    card.statuses.iter().map(status).collect()
}

fn only(statuses: &[Term]) -> Option<String> {
    match statuses {
        [one] => Some(one.id.clone()),
        _ => None,
    }
}
