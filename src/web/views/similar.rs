//! Cases like a case, each with why it is like it.

use serde::Serialize;

use crate::model::entry::EntryId;
use crate::search::request::Facet;
use crate::search::similar::{
    SimilarCase, SimilarCases, SimilarPassage, SimilarRequest, Subject, Why,
};
use crate::web::error::WebError;
use crate::web::state::{App, Stores};
use crate::web::views::hits::{ReviewHit, in_characters, review_hit};
use crate::web::views::{Term, is_pdf, source_url_of};

/// What to say when the program was built without its table of meanings.
const WORDS_ALONE: &str = "found by words, themes and ages alone: this service has no table of \
                           meanings, so texts that say the same in other words are not found";

/// Cases like a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct SimilarView {
    /// Names the state of the data.
    pub revision: String,
    /// What the description was taken to be about.
    pub understood: Understood,
    /// Most alike first.
    pub results: Vec<SimilarHit>,
    /// Themes that several of the results have, the commonest first.
    pub recurring: Vec<RecurringTheme>,
    /// What a reader should know about how they were found.
    pub notes: Vec<&'static str>,
}

/// What a description was taken to be about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct Understood {
    /// Themes that it names.
    pub themes: Vec<Term>,
    /// Ages that it names.
    pub age_bands: Vec<Term>,
}

/// A theme of several results.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct RecurringTheme {
    /// The theme.
    #[serde(flatten)]
    pub theme: Term,
    /// How many of the results have it.
    pub count: usize,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct SimilarHit {
    #[serde(flatten)]
    pub review: ReviewHit,
    /// How alike, from 0 to 1, against the others of this answer.
    pub score: f32,
    /// Why it is here.
    pub why: WhyView,
}

/// Why a case is like another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct WhyView {
    /// Themes that both have.
    pub themes: Vec<Term>,
    /// Ages that both have.
    pub age_bands: Vec<Term>,
    /// What in the case is most like the description.
    pub passages: Vec<PassageView>,
}

/// A passage, recommendation or lesson that is like the description.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct PassageView {
    /// `passage`, `lesson`, `recommendation` or `good-practice`.
    pub kind: &'static str,
    /// Plain text.
    pub snippet: String,
    /// First and last-but-one character of each word in `snippet` that both use.
    pub highlights: Vec<[usize; 2]>,
    /// Physical page that it begins on.
    pub page: Option<u32>,
    /// Where that page opens on the publisher's site.
    pub source_url: String,
    /// How it is alike: `words`, `meaning` or both.
    pub by: Vec<&'static str>,
}

/// Cases like a subject. A case that is not in the index is not found.
pub(in crate::web) fn similar(
    stores: &Stores<'_>,
    request: &SimilarRequest<'_>,
) -> Result<SimilarView, WebError> {
    let found = stores.similar(request)?;
    let found = found.ok_or_else(|| WebError::not_found("review", subject(request)))?;
    Ok(view(stores.app, found, stores.revision()?))
}

/// Cases like a case that may not be in the index yet.
pub(in crate::web) fn similar_to(
    stores: &Stores<'_>,
    request: &SimilarRequest<'_>,
) -> Result<Vec<SimilarHit>, WebError> {
    let found = stores.similar(request)?.unwrap_or_default();
    Ok(view(stores.app, found, String::new()).results)
}

/// The name of the case asked for. A description is never repeated.
fn subject(request: &SimilarRequest<'_>) -> String {
    match request.subject {
        Subject::Case(id) => EntryId::to_string(id),
        Subject::Text(_) => String::new(),
    }
}

fn view(app: &App, found: SimilarCases, revision: String) -> SimilarView {
    let notes = (!found.is_by_meaning).then_some(WORDS_ALONE);
    let understood = Understood {
        themes: Term::all(app, Facet::Theme, &found.themes),
        age_bands: Term::all(app, Facet::Age, &found.ages),
    };
    let results: Vec<SimilarHit> = found.cases.into_iter().map(|case| hit(app, case)).collect();
    SimilarView {
        revision,
        understood,
        recurring: recurring(&results),
        results,
        notes: notes.into_iter().collect(),
    }
}

fn hit(app: &App, case: SimilarCase) -> SimilarHit {
    SimilarHit {
        review: review_hit(app, case.card),
        score: case.score,
        why: why(app, case.why),
    }
}

fn why(app: &App, why: Why) -> WhyView {
    WhyView {
        themes: Term::all(app, Facet::Theme, &why.themes),
        age_bands: Term::all(app, Facet::Age, &why.ages),
        passages: why.passages.into_iter().filter_map(passage).collect(),
    }
}

fn passage(found: SimilarPassage) -> Option<PassageView> {
    let snippet = found.snippet?;
    let page = found.card.page.map(std::num::NonZeroU32::get);
    let by = [(found.by_words, "words"), (found.by_meaning, "meaning")];
    Some(PassageView {
        kind: found.card.part.id(),
        highlights: in_characters(&snippet),
        snippet: snippet.text,
        page,
        source_url: source_url_of(
            found.card.url.as_str(),
            page.filter(|_| is_pdf(&found.card.media_type)),
        ),
        by: by
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, name)| name)
            .collect(),
    })
}

/// Themes that more than one result has.
fn recurring(results: &[SimilarHit]) -> Vec<RecurringTheme> {
    let mut recurring: Vec<RecurringTheme> = Vec::new();
    for theme in results.iter().flat_map(|hit| &hit.review.common.themes) {
        match recurring.iter_mut().find(|known| known.theme == *theme) {
            Some(known) => known.count += 1,
            None => recurring.push(RecurringTheme {
                theme: theme.clone(),
                count: 1,
            }),
        }
    }
    recurring.retain(|theme| theme.count > 1);
    recurring.sort_by_key(|theme| std::cmp::Reverse(theme.count));
    recurring
}
