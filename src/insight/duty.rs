//! The duty to keep a report public: in England, "for at least one year"
//! (Working Together to Safeguard Children, chapter 5).
//!
//! In: when a report was published, seen and gone, and what the time is. Out:
//! what can be said of the duty. What nobody saw is unknown, not unmet.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::date::PartialDate;

/// For how long a report has to stay public.
const MONTHS: i64 = 12;

/// What can be said of the duty to keep a report public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// It was still public twelve months after publication.
    Met,
    /// It is public, and the twelve months are not over.
    Running,
    /// It was gone before the twelve months were over.
    RemovedEarly,
    /// Its publication or its end was not seen.
    Unknown,
}

impl Duty {
    /// The id used in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Running => "running",
            Self::RemovedEarly => "removed-early",
            Self::Unknown => "unknown",
        }
    }
}

/// When a report was where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// When it was published, as far as that is known.
    pub published: Option<PartialDate>,
    /// First capture.
    pub first_seen: Timestamp,
    /// Newest capture that still gave it.
    pub last_seen: Timestamp,
    /// First visit that no longer found it.
    pub gone_since: Option<Timestamp>,
}

/// What can be said of the duty at a time.
///
/// - Shape: a date that is known to the month or year leaves open on which day
///   the twelve months began; where that decides, the duty is unknown.
/// - Units: civil dates in London.
/// - Errors: none.
#[must_use]
pub fn duty(presence: Presence, now: Timestamp) -> Duty {
    let first_seen = day(presence.first_seen);
    let last_seen = day(presence.last_seen);
    // What was public for so long was public for so long since publication.
    if last_seen >= after(first_seen) {
        return Duty::Met;
    }
    let Some((earliest, latest)) = presence.published.and_then(bounds) else {
        return Duty::Unknown;
    };
    if last_seen >= after(latest) {
        return Duty::Met;
    }
    match presence.gone_since.map(day) {
        Some(gone) if gone < after(earliest) => Duty::RemovedEarly,
        None if day(now) < after(latest) => Duty::Running,
        _ => Duty::Unknown,
    }
}

/// The first and last day that a date may mean.
fn bounds(date: PartialDate) -> Option<(Date, Date)> {
    let month = |month: u8| i8::try_from(month).ok();
    let first_month = date.month().map_or(Some(1), month)?;
    let last_month = date.month().map_or(Some(12), month)?;
    let first = Date::new(date.year(), first_month, 1).ok()?;
    let last = Date::new(date.year(), last_month, 1).ok()?.last_of_month();
    match date.day().map(i8::try_from) {
        Some(day) => {
            let day = Date::new(date.year(), first_month, day.ok()?).ok()?;
            Some((day, day))
        }
        None => Some((first, last)),
    }
}

/// The day on which the twelve months after another are over.
fn after(day: Date) -> Date {
    day.saturating_add(jiff::Span::new().months(MONTHS))
}

fn day(time: Timestamp) -> Date {
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    time.to_zoned(zone).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_count_from_publication() {
        check(
            Some("2023-03-01"),
            ("2023-03-05", "2024-03-02"),
            None,
            "2024-06-01",
            Duty::Met,
        );
        check(
            Some("2023-03-01"),
            ("2023-03-05", "2023-09-01"),
            None,
            "2023-09-02",
            Duty::Running,
        );
        check(
            Some("2023-03-01"),
            ("2023-03-05", "2023-09-01"),
            Some("2023-10-01"),
            "2024-06-01",
            Duty::RemovedEarly,
        );
    }

    #[test]
    fn what_was_seen_for_a_year_was_public_for_a_year() {
        check(
            None,
            ("2022-01-10", "2023-02-01"),
            None,
            "2023-02-01",
            Duty::Met,
        );
        check(
            None,
            ("2022-01-10", "2023-02-01"),
            Some("2023-03-01"),
            "2023-04-01",
            Duty::Met,
        );
    }

    #[test]
    fn what_nobody_saw_is_unknown() {
        check(
            None,
            ("2023-01-10", "2023-02-01"),
            Some("2023-03-01"),
            "2023-04-01",
            Duty::Unknown,
        );
        // Nobody has looked since.
        check(
            Some("2023-03-01"),
            ("2023-03-05", "2023-04-01"),
            None,
            "2025-01-01",
            Duty::Unknown,
        );
        // Gone some time in the month in which the year ended.
        check(
            Some("2023-03"),
            ("2023-03-20", "2024-03-02"),
            Some("2024-03-15"),
            "2024-06-01",
            Duty::Unknown,
        );
    }

    #[track_caller]
    fn check(
        published: Option<&str>,
        seen: (&str, &str),
        gone: Option<&str>,
        now: &str,
        expected: Duty,
    ) {
        let time = |day: &str| format!("{day}T12:00:00Z").parse().expect("a time");
        let presence = Presence {
            published: published.map(|date| date.parse().expect("a date")),
            first_seen: time(seen.0),
            last_seen: time(seen.1),
            gone_since: gone.map(time),
        };
        assert_eq!(duty(presence, time(now)), expected, "{presence:?}");
    }
}
