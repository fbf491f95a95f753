//! What was recommended before and after: the recommendations of other cases
//! that ask for the same, or are about the same matter.

use serde::Serialize;

use crate::insight::recurring::{Made, When, tally, when};
use crate::model::date::PartialDate;
use crate::model::recurrence::{Degree, RecommendationId, Recurrence};
use crate::web::error::WebError;
use crate::web::state::Stores;
use crate::web::views::case::{self, RecommendationRecord};
use crate::web::views::hits::ReviewLink;
use crate::web::views::items::AnswerView;
use crate::web::views::{Publisher, Term};

/// Most recommendations that ask for the same which are shown.
const MAX_SAME: usize = 60;
/// Most that are about the same matter.
const MAX_RELATED: usize = 20;

/// A recommendation and what recurs of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct RecurringView {
    /// `oakmoor/3f9c2a71/4.2`.
    pub id: String,
    /// How often the same was recommended, this time included.
    pub times: usize,
    /// By how many partnerships.
    pub partnerships: usize,
    /// The first year; `null` when no date is known.
    pub since: Option<i16>,
    /// The wording that is nearest to all that ask for the same; `null` when it
    /// is this one, or nothing recurs.
    pub representative: Option<RecurrenceHit>,
    /// Those that ask for the same and were made before it, newest first.
    pub before: Vec<RecurrenceHit>,
    /// Those made after it, oldest first.
    pub after: Vec<RecurrenceHit>,
    /// Those of which the dates do not say.
    pub undated: Vec<RecurrenceHit>,
    /// Those that are about the same matter and ask for something else, the
    /// likest first.
    pub related: Vec<RecurrenceHit>,
}

/// A recommendation of another case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct RecurrenceHit {
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
    /// The review that makes it.
    pub review: ReviewLink,
    /// Who published it.
    pub partnership: Publisher,
    /// When the review was published, as precise as its source.
    pub published: Option<PartialDate>,
    /// From 0 to 1.
    pub likeness: f32,
    /// Why it was taken to be alike.
    pub because: Vec<String>,
    /// What is known of what was done about it.
    pub coverage: &'static str,
    /// What its answers come to, oldest first.
    pub statuses: Vec<Term>,
    /// What was done about it.
    pub answers: Vec<AnswerView>,
}

/// What recurs of the recommendation of this record. What can no longer be
/// shown is left out.
pub(in crate::web) fn of(
    stores: &Stores<'_>,
    record: &RecommendationRecord,
) -> Result<RecurringView, WebError> {
    let id: RecommendationId = record
        .recommendation
        .id
        .parse()
        .map_err(WebError::internal)?;
    let pairs = stores.catalogue.recurrences_of(&id)?;
    let same = hits(stores, &id, &pairs, Degree::Same, MAX_SAME)?;
    let related = hits(stores, &id, &pairs, Degree::Related, MAX_RELATED)?;
    let representative = stores
        .catalogue
        .representative_of(&id)?
        .map(|id| id.to_string());
    let representative = same
        .iter()
        .find(|hit| Some(&hit.id) == representative.as_ref())
        .cloned();
    let own = (&record.partnership, record.published);
    let others = same.iter().map(|hit| (&hit.partnership, hit.published));
    let made: Vec<Made> = others
        .chain([own])
        .filter_map(|(by, on)| {
            Some(Made {
                by: by.id.parse().ok()?,
                on,
            })
        })
        .collect();
    let tally = tally(&made);
    let mut view = RecurringView {
        id: id.to_string(),
        times: tally.times,
        partnerships: tally.partnerships,
        since: tally.since,
        representative,
        before: Vec::new(),
        after: Vec::new(),
        undated: Vec::new(),
        related,
    };
    for hit in same {
        match when(record.published, hit.published) {
            When::Before => view.before.push(hit),
            When::After => view.after.push(hit),
            When::Undated => view.undated.push(hit),
        }
    }
    view.before
        .sort_by_key(|hit| std::cmp::Reverse(hit.published));
    view.after.sort_by_key(|hit| hit.published);
    Ok(view)
}

fn hits(
    stores: &Stores<'_>,
    id: &RecommendationId,
    pairs: &[Recurrence],
    degree: Degree,
    most: usize,
) -> Result<Vec<RecurrenceHit>, WebError> {
    let mut hits = Vec::new();
    for pair in pairs.iter().filter(|pair| pair.degree == degree).take(most) {
        let other = if pair.one == *id {
            &pair.other
        } else {
            &pair.one
        };
        match case::recommendation(stores, &other.entry, &other.item) {
            Ok(record) => hits.push(hit(record, pair)),
            Err(WebError::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(hits)
}

fn hit(record: RecommendationRecord, pair: &Recurrence) -> RecurrenceHit {
    let recommendation = record.recommendation;
    let answers = recommendation.answers;
    RecurrenceHit {
        id: recommendation.id,
        label: recommendation.label,
        url: recommendation.url,
        text: recommendation.text,
        page: recommendation.page,
        source_url: recommendation.source_url,
        review: record.review,
        partnership: record.partnership,
        published: record.published,
        likeness: pair.likeness,
        because: pair.because.clone(),
        coverage: recommendation.coverage,
        statuses: answers.iter().map(|answer| answer.status.clone()).collect(),
        answers,
    }
}
