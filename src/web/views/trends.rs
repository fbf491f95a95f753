//! How often something was published about, year by year.
//!
//! A count without its denominator misleads, so every count stands beside how
//! much was published that year at all.

use std::num::NonZeroU32;

use serde::Serialize;

use crate::model::date::PartialDate;
use crate::search::SearchRequest;
use crate::search::request::{Facet, List};
use crate::search::results::SearchResults;
use crate::web::error::{Fault, WebError};
use crate::web::state::{App, Stores};

/// What trends may be drawn of.
pub(in crate::web) const BY: [Facet; 4] = [Facet::Theme, Facet::Agency, Facet::Type, Facet::Nation];
/// What would let readers cut by area, age, harm and year at once, until single
/// children can be recognised.
const REFUSED: [Facet; 4] = [
    Facet::Partnership,
    Facet::Region,
    Facet::Age,
    Facet::Criterion,
];
/// Series shown unless others are chosen.
const USUAL: usize = 5;
/// Most series that are shown.
const MOST: usize = 8;

/// Counts by year, with denominators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct TrendsView {
    /// What is counted: `reviews`, `recommendations`, `lessons` or `answers`.
    pub list: &'static str,
    /// The facet whose values are counted.
    pub by: &'static str,
    /// Always `year`.
    pub per: &'static str,
    /// Names the state of the data.
    pub revision: String,
    /// Every year from the first to the last, with all that was published in it.
    pub years: Vec<YearTotal>,
    /// How many have no date and are in no year.
    pub undated: usize,
    /// One series a value, the most frequent first.
    pub series: Vec<Series>,
    /// What to bear in mind.
    pub caveats: [&'static str; 3],
}

/// All that was published in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(in crate::web) struct YearTotal {
    /// The year.
    pub year: i16,
    /// The denominator of every count of that year.
    pub total: usize,
}

/// One value over the years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct Series {
    /// A term's id.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Over all years.
    pub total: usize,
    /// In the order of `years`.
    pub counts: Vec<usize>,
}

pub(in crate::web) const CAVEATS: [&str; 3] = [
    "With few reports in a year, one more or less moves a share by much: read the counts first.",
    "Years are those of publication, which may be long after what a review looks at.",
    "What was taken down before it could be indexed is in no count, so early years are thin.",
];

/// Refuses cuts by which single children could be recognised.
pub(in crate::web) fn refused(request: &SearchRequest) -> Vec<Fault> {
    let filters = &request.filters.chosen;
    REFUSED
        .iter()
        .filter(|facet| filters.get(facet).is_some_and(|ids| !ids.is_empty()))
        .map(|facet| Fault {
            parameter: facet.id().to_owned(),
            detail: format!(
                "trends are not cut by `{}`: with few cases a year, a child could be recognised",
                facet.id()
            ),
        })
        .collect()
}

/// What the results of `request` are about, by year. Chosen values of `by` are
/// the series; they narrow nothing.
pub(in crate::web) fn trends(
    stores: &Stores<'_>,
    request: &SearchRequest,
    by: Facet,
) -> Result<TrendsView, WebError> {
    let mut all = SearchRequest {
        page: NonZeroU32::MIN,
        size: NonZeroU32::MIN,
        ..request.clone()
    };
    let chosen = all.filters.chosen.remove(&by).unwrap_or_default();
    let found = stores.search(&all)?;
    let ids = series_ids(stores.app, by, &found, chosen);
    let (mut years, mut counts) = (Vec::new(), vec![Vec::new(); ids.len()]);
    for year in span(&found) {
        let of_year = stores.search(&in_year(&all, year))?;
        years.push(YearTotal {
            year,
            total: of_year.total,
        });
        for (counts, id) in counts.iter_mut().zip(&ids) {
            counts.push(count(&of_year, by, id));
        }
    }
    let dated: usize = years.iter().map(|year| year.total).sum();
    let series = ids.into_iter().zip(counts).map(|(id, counts)| Series {
        label: stores.app.names().label(by, &id).to_owned(),
        total: counts.iter().sum(),
        id,
        counts,
    });
    Ok(TrendsView {
        list: request.list.id(),
        by: by.id(),
        per: "year",
        revision: stores.revision()?,
        undated: found.total.saturating_sub(dated),
        years,
        series: series.collect(),
        caveats: CAVEATS,
    })
}

/// How much of a list has one value of a facet, by year.
pub(in crate::web) fn by_year(
    stores: &Stores<'_>,
    list: List,
    facet: Facet,
    id: &str,
) -> Result<TrendsView, WebError> {
    let mut request = SearchRequest::new(list);
    request.filters.chosen.insert(facet, vec![id.to_owned()]);
    trends(stores, &request, facet)
}

/// The chosen values, or the most frequent ones.
fn series_ids(app: &App, by: Facet, found: &SearchResults, chosen: Vec<String>) -> Vec<String> {
    if !chosen.is_empty() {
        return chosen.into_iter().take(MOST).collect();
    }
    let counts = found.counts.get(&by).map_or(&[][..], Vec::as_slice);
    counts
        .iter()
        .map(|count| count.id.clone())
        .filter(|id| !(by == Facet::Theme && app.names().is_family(id)))
        .take(USUAL)
        .collect()
}

/// Every year from the first to the last in which anything was published; none
/// when nothing has a date.
fn span(found: &SearchResults) -> Vec<i16> {
    let years = found.counts.get(&Facet::Year).into_iter().flatten();
    let years = years.filter_map(|count| count.id.parse::<i16>().ok());
    let ends = years.fold(None, |ends, year| match ends {
        None => Some((year, year)),
        Some((first, last)) => Some((year.min(first), year.max(last))),
    });
    ends.map_or(Vec::new(), |(first, last)| (first..=last).collect())
}

fn in_year(all: &SearchRequest, year: i16) -> SearchRequest {
    let mut request = all.clone();
    let year = PartialDate::new(year, None, None);
    (request.filters.from, request.filters.to) = (year, year);
    request
}

fn count(found: &SearchResults, by: Facet, id: &str) -> usize {
    let mut counts = found.counts.get(&by).into_iter().flatten();
    counts
        .find(|count| count.id == id)
        .map_or(0, |count| count.count)
}
