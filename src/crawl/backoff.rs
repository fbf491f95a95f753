//! How long to leave a host alone that is busy or failing.

use std::time::Duration;

use jiff::Timestamp;

/// First pause, doubled with each further failure.
const FIRST: Duration = Duration::from_secs(15);
/// Longest pause of our own choosing.
const LONGEST: Duration = Duration::from_mins(30);

/// How long to leave a host alone after so many failures in a row (from 1).
///
/// What the host asks for in `Retry-After` is believed the first time, also when
/// it is shorter; after further failures the longer of the two wins. `spread`,
/// from 0 to 255, stretches the pause by up to a quarter, so that hosts which
/// failed together are not asked together.
pub(super) fn pause(failures: u32, retry_after: Option<Duration>, spread: u8) -> Duration {
    let doubled = FIRST.saturating_mul(1 << failures.saturating_sub(1).min(10));
    let own = doubled.min(LONGEST);
    let own = own + own / 4 * u32::from(spread) / 255;
    match retry_after {
        Some(asked) if failures <= 1 => asked,
        Some(asked) => asked.max(own),
        None => own,
    }
}

/// Reads `Retry-After`: seconds, or a date. A date in the past is no pause.
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = httpdate::parse_http_date(value).ok()?;
    let then = Timestamp::try_from(then).ok()?;
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_limit_and_heed_the_host() {
        let seconds = |failures, retry_after: Option<u64>, spread| {
            pause(failures, retry_after.map(Duration::from_secs), spread).as_secs()
        };
        assert_eq!(seconds(1, None, 0), 15);
        assert_eq!(seconds(2, None, 0), 30);
        assert_eq!(seconds(3, None, 0), 60);
        assert_eq!(seconds(99, None, 0), 1800);
        assert_eq!(seconds(1, Some(90), 0), 90);
        assert_eq!(seconds(1, Some(1), 0), 1);
        assert_eq!(seconds(2, Some(1), 0), 30);
        assert_eq!(seconds(2, Some(90), 0), 90);
        assert_eq!(seconds(3, None, 255), 75);
    }

    #[test]
    fn retry_after_is_read_as_seconds_or_date() {
        let now: Timestamp = "2026-01-02T03:04:00Z".parse().expect("a time");
        let cases = [
            ("120", Some(120)),
            ("Fri, 02 Jan 2026 03:05:00 GMT", Some(60)),
            ("Fri, 02 Jan 2026 03:03:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
        ];
        for (value, expected) in cases {
            let found = retry_after(value, now).map(|pause| pause.as_secs());
            assert_eq!(found, expected, "{value}");
        }
    }
}
