//! How often something was recommended, by how many, since when.
//!
//! In: who made the same recommendation and when. Out: the count, and who came
//! before and who after.

use std::collections::BTreeSet;

use crate::model::date::PartialDate;
use crate::model::ids::PartnershipId;

/// Who made a recommendation, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The partnership.
    pub by: PartnershipId,
    /// When the review was published, as far as that is known.
    pub on: Option<PartialDate>,
}

/// "Made 27 times by 19 partnerships since 2012".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// How often, the one asked about included.
    pub times: usize,
    /// By how many partnerships.
    pub partnerships: usize,
    /// The first year; `None` when no date is known.
    pub since: Option<i16>,
}

/// Counts a recommendation and all that ask for the same.
#[must_use]
pub fn tally(all: &[Made]) -> Tally {
    let partnerships: BTreeSet<&PartnershipId> = all.iter().map(|made| &made.by).collect();
    Tally {
        times: all.len(),
        partnerships: partnerships.len(),
        since: all
            .iter()
            .filter_map(|made| made.on)
            .map(PartialDate::year)
            .min(),
    }
}

/// When another recommendation was made, seen from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before it.
    Before,
    /// After it.
    After,
    /// The dates do not say.
    Undated,
}

/// When another recommendation was made, seen from one. Dates that only agree
/// do not say.
#[must_use]
pub fn when(one: Option<PartialDate>, other: Option<PartialDate>) -> When {
    match (one, other) {
        (Some(one), Some(other)) if one.agrees_with(other) => When::Undated,
        (Some(one), Some(other)) if other < one => When::Before,
        (Some(_), Some(_)) => When::After,
        _ => When::Undated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_partnerships_and_the_first_year() {
        let made = |by: &str, on: Option<&str>| Made {
            by: by.parse().expect("an id"),
            on: on.map(|date| date.parse().expect("a date")),
        };
        let all = [
            made("north", Some("2019-03")),
            made("south", Some("2012")),
            made("north", None),
        ];
        let expected = Tally {
            times: 3,
            partnerships: 2,
            since: Some(2012),
        };
        assert_eq!(tally(&all), expected);
    }

    #[test]
    fn dates_that_agree_do_not_say_which_came_first() {
        let date = |text: &str| text.parse().ok();
        assert_eq!(when(date("2019"), date("2012-04")), When::Before);
        assert_eq!(when(date("2019"), date("2019-04")), When::Undated);
        assert_eq!(when(date("2019-03"), date("2019-04")), When::After);
        assert_eq!(when(None, date("2019-04")), When::Undated);
    }
}
