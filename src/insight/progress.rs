//! What follows from an answer and its dates: whether it is overdue, how long
//! it took, and what is not known of it.
//!
//! In: an answer as read, and dates. Out: values that stand beside what is
//! printed and never in its place.

use crate::model::analysis::{Answer, Status};
use crate::model::date::{self, PartialDate};

/// What is known of what was done about a recommendation. That nothing was
/// found is not that nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// No response to the review was found.
    NoResponseFound,
    /// A response was found, and no answer to this recommendation in it.
    ResponseSaysNothing,
    /// An answer was found that does not say how far it has got.
    StatusNotPrinted,
    /// An answer was found with a status.
    Answered,
}

impl Coverage {
    /// The id used in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NoResponseFound => "no-response-found",
            Self::ResponseSaysNothing => "response-says-nothing",
            Self::StatusNotPrinted => "status-not-printed",
            Self::Answered => "answered",
        }
    }
}

/// What is known of a recommendation, by whether its review has a response and
/// by the statuses of its answers.
#[must_use]
pub fn coverage(has_response: bool, statuses: &[Status]) -> Coverage {
    if statuses.iter().any(|status| *status != Status::Unknown) {
        Coverage::Answered
    } else if !statuses.is_empty() {
        Coverage::StatusNotPrinted
    } else if has_response {
        Coverage::ResponseSaysNothing
    } else {
        Coverage::NoResponseFound
    }
}

/// The day, month or year by which an answer says it will be done: the latest
/// of several.
#[must_use]
pub fn due(answer: &Answer) -> Option<PartialDate> {
    let printed = answer.parts.due.as_deref()?;
    date::find_dates(printed)
        .into_iter()
        .map(|(_, date)| date)
        .max()
}

/// Whether an answer was overdue when it was given: its date was past and it
/// was not done. `None` where a date is missing or too coarse to tell.
#[must_use]
pub fn is_overdue(answer: &Answer, given: Option<PartialDate>) -> Option<bool> {
    let is_open = matches!(answer.status, Status::InProgress | Status::NotStarted);
    if !is_open {
        return (answer.status != Status::Unknown).then_some(false);
    }
    let (due, given) = (due(answer)?, given?);
    if due.agrees_with(given) {
        return None;
    }
    Some(due < given)
}

/// Months from a report to its response; `None` unless both are known to the
/// month, or the response is the older.
#[must_use]
pub fn months_to_answer(report: PartialDate, response: PartialDate) -> Option<i32> {
    let months = |date: PartialDate| Some(i32::from(date.year()) * 12 + i32::from(date.month()?));
    let between = months(response)? - months(report)?;
    (between >= 0).then_some(between)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::model::analysis::Parts;
    use crate::model::document::Locator;

    #[test]
    fn three_kinds_of_not_knowing() {
        for (has_response, statuses, expected) in [
            (false, vec![], Coverage::NoResponseFound),
            (true, vec![], Coverage::ResponseSaysNothing),
            (true, vec![Status::Unknown], Coverage::StatusNotPrinted),
            (
                true,
                vec![Status::Unknown, Status::Completed],
                Coverage::Answered,
            ),
        ] {
            assert_eq!(coverage(has_response, &statuses), expected);
        }
    }

    #[test]
    fn overdue_is_past_and_not_done() {
        for (status, due, given, expected) in [
            (
                Status::InProgress,
                Some("May 2020"),
                Some("2021-01"),
                Some(true),
            ),
            (
                Status::InProgress,
                Some("May 2022"),
                Some("2021-01"),
                Some(false),
            ),
            (
                Status::Completed,
                Some("May 2020"),
                Some("2021-01"),
                Some(false),
            ),
            (
                Status::InProgress,
                Some("May 2020"),
                Some("2020-05-20"),
                None,
            ),
            (Status::InProgress, Some("Ongoing"), Some("2021-01"), None),
            (Status::InProgress, None, Some("2021-01"), None),
            (Status::Unknown, Some("May 2020"), Some("2021-01"), None),
        ] {
            let answer = answer(status, due);
            let given = given.map(|date| date.parse().expect("a date"));
            assert_eq!(is_overdue(&answer, given), expected, "{status:?} {due:?}");
        }
    }

    #[test]
    fn months_are_counted_where_both_are_known() {
        let date = |text: &str| text.parse().expect("a date");
        assert_eq!(
            months_to_answer(date("2020-11-09"), date("2021-02")),
            Some(3)
        );
        assert_eq!(months_to_answer(date("2020"), date("2021-02")), None);
        assert_eq!(months_to_answer(date("2021-02"), date("2020-11")), None);
    }

    fn answer(status: Status, due: Option<&str>) -> Answer {
        Answer {
            recommendation: "1".to_owned(),
            at: Locator {
                page: NonZeroU32::MIN,
                block: 0,
            },
            parts: Parts {
                due: due.map(str::to_owned),
                ..Parts::default()
            },
            status,
            confidence: 1.0,
        }
    }
}
