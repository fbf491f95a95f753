//! Publishers side by side: what each published, answered and showed to have
//! made a difference. Nobody is ranked; the reader chooses whom to compare.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::model::analysis::Status;
use crate::model::date::PartialDate;
use crate::model::entry::Entry;
use crate::model::ids::PartnershipId;
use crate::search::case::{Answered, Case, belongs_to};
use crate::search::request::Facet;
use crate::web::error::{Fault, WebError};
use crate::web::state::Stores;
use crate::web::views::Term;
use crate::web::views::profile::profile;
use crate::web::views::publishers::{self, PublisherView};

/// Most publishers side by side.
pub(in crate::web) const MOST: usize = 8;
/// Themes shown of each.
const THEMES: usize = 5;

/// What every reader of a comparison has to know.
const CAVEATS: [&str; 4] = [
    "Counts are of what was found on each partnership's own site and could be read. They say nothing about how safe children are there.",
    "Larger areas have more cases. More published reviews may mean more openness, not more harm.",
    "“No response found” never means that nothing was done: since 2018 a separate response is no longer required in England.",
    "An answer without an impact printed in it may have made a difference all the same.",
];

/// Publishers side by side, in the order asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct BenchmarkView {
    /// Names the state of the data.
    pub revision: String,
    /// One column each.
    pub partnerships: Vec<Column>,
    /// What to bear in mind.
    pub caveats: [&'static str; 4],
}

/// One publisher.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct Column {
    #[serde(flatten)]
    pub publisher: PublisherView,
    /// When anything of its site was last seen; `null` when nothing ever was.
    pub crawled: Option<Timestamp>,
    /// Answers in its responses.
    pub answers: usize,
    /// Of these, those that print what difference was made.
    pub answers_with_impact: usize,
    /// What the answers come to.
    pub statuses: Vec<StatusCount>,
    /// From a report to the response to it, where both are dated to the month.
    pub months_to_respond: Option<Months>,
    /// What its recommendations are most often about.
    pub themes: Vec<ThemeCount>,
}

/// How many answers come to a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct StatusCount {
    #[serde(flatten)]
    pub status: Term,
    /// How many.
    pub count: usize,
}

/// How many recommendations are about a theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct ThemeCount {
    #[serde(flatten)]
    pub theme: Term,
    /// How many.
    pub count: usize,
}

/// Whole months between two publications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(in crate::web) struct Months {
    /// The middle one; of two in the middle, the greater.
    pub median: i32,
    /// Of how many responses.
    pub of: usize,
}

/// These publishers side by side. A repeated one is shown once.
pub(in crate::web) fn benchmark(
    stores: &Stores<'_>,
    ids: &[String],
) -> Result<BenchmarkView, WebError> {
    let mut wanted: Vec<&String> = Vec::new();
    for id in ids {
        if !wanted.contains(&id) {
            wanted.push(id);
        }
    }
    if wanted.len() > MOST {
        return Err(WebError::BadRequest(vec![Fault {
            parameter: Facet::Partnership.id().to_owned(),
            detail: format!("at most {MOST} partnerships stand side by side"),
        }]));
    }
    let columns = wanted.into_iter().map(|id| column(stores, id));
    Ok(BenchmarkView {
        revision: stores.revision()?,
        partnerships: columns.collect::<Result<_, _>>()?,
        caveats: CAVEATS,
    })
}

fn column(stores: &Stores<'_>, id: &str) -> Result<Column, WebError> {
    let publisher = publishers::one(stores, id)?;
    let missing = |_| WebError::not_found("partnership", id);
    let entries = stores
        .catalogue
        .entries_of(&id.parse::<PartnershipId>().map_err(missing)?)?;
    let mut tally = Tally::default();
    for entry in entries.iter().filter(|entry| belongs_to(entry).is_none()) {
        let linked = stores.catalogue.linked_with(&entry.id)?;
        tally.add(Case {
            entry,
            linked: &linked,
        });
    }
    let mut themes = profile(stores, Facet::Partnership, id)?.themes;
    themes.truncate(THEMES);
    Ok(Column {
        publisher,
        crawled: entries.iter().map(seen).max(),
        answers: tally.answers,
        answers_with_impact: tally.with_impact,
        statuses: Status::ALL
            .iter()
            .filter_map(|status| tally.statuses.get(status).map(|count| (status, *count)))
            .map(|(status, count)| StatusCount {
                status: Term::of(stores.app, Facet::Status, status.id()),
                count,
            })
            .collect(),
        months_to_respond: median(tally.months),
        themes: themes
            .into_iter()
            .map(|theme| ThemeCount {
                theme: Term {
                    id: theme.id,
                    label: theme.label,
                },
                count: theme.count,
            })
            .collect(),
    })
}

/// When an entry, or its absence, was last seen.
fn seen(entry: &Entry) -> Timestamp {
    entry
        .last_seen
        .max(entry.gone_since.unwrap_or(entry.last_seen))
}

#[derive(Default)]
struct Tally {
    answers: usize,
    with_impact: usize,
    statuses: BTreeMap<Status, usize>,
    months: Vec<i32>,
}

impl Tally {
    fn add(&mut self, case: Case<'_>) {
        for Answered { answer, .. } in case.answers() {
            self.answers += 1;
            self.with_impact += usize::from(answer.parts.impact.is_some());
            *self.statuses.entry(answer.status).or_default() += 1;
        }
        let reported = published(case.entry);
        let responded = case.responses().into_iter().filter_map(published);
        let months = responded.filter_map(|to| months_between(reported?, to));
        self.months.extend(months);
    }
}

fn published(entry: &Entry) -> Option<PartialDate> {
    let published = entry.analysis.metadata.published.as_ref();
    published.map(|cited| cited.value)
}

/// Whole months from one to the other; `None` where a month is not known, or
/// the answer is older than the question.
fn months_between(from: PartialDate, to: PartialDate) -> Option<i32> {
    let months = |date: PartialDate| Some(i32::from(date.year()) * 12 + i32::from(date.month()?));
    let between = months(to)? - months(from)?;
    (between >= 0).then_some(between)
}

fn median(mut months: Vec<i32>) -> Option<Months> {
    months.sort_unstable();
    let median = *months.get(months.len() / 2)?;
    Some(Months {
        median,
        of: months.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_where_both_are_known() {
        let between =
            |from: &str, to: &str| months_between(from.parse().unwrap(), to.parse().unwrap());
        assert_eq!(between("2020-11", "2021-02-14"), Some(3));
        assert_eq!(between("2021-02", "2021-02"), Some(0));
        assert_eq!(between("2021", "2021-02"), None);
        assert_eq!(between("2021-02", "2020-11"), None);
    }

    #[test]
    fn the_median_says_of_how_many() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 4]), Some(Months { median: 4, of: 3 }));
        assert_eq!(median(vec![9, 1]), Some(Months { median: 9, of: 2 }));
    }
}
