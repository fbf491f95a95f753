//! Counts of what the service does, for its operator.
//!
//! In: one call for each answer. Out: text in the form that Prometheus reads. A
//! request is counted under its route as the program writes it, never under
//! what was asked for: no query, id or address of a reader is in here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the classes of durations, in seconds.
const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Counts since the process began.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    /// Answers by route and status.
    answers: Mutex<BTreeMap<(String, u16), u64>>,
    durations: [AtomicU64; BOUNDS.len()],
    duration_us: AtomicU64,
    n_answers: AtomicU64,
    from_memory: AtomicU64,
    panics: AtomicU64,
    under_way: AtomicI64,
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct UnderWay<'a>(&'a Metrics);

impl UnderWay<'_> {
    /// Counts the answer under its route, or under none of ours.
    pub(super) fn answered(self, route: Option<&str>, status: u16, took: Duration) {
        self.0.answered(route, status, took);
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What is true at the moment of asking.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    /// Whether the index holds what the catalogue holds.
    pub is_index_current: bool,
    /// How often the catalogue has changed.
    pub catalogue_revision: u64,
}

impl Metrics {
    /// Counts a request as under way until it is answered or given up.
    pub(super) fn begin(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(self)
    }

    fn answered(&self, route: Option<&str>, status: u16, took: Duration) {
        let route = route.unwrap_or("none").to_owned();
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry((route, status)).or_default() += 1;
        drop(answers);
        self.n_answers.fetch_add(1, Ordering::Relaxed);
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.duration_us.fetch_add(took_us, Ordering::Relaxed);
        let class = BOUNDS.iter().position(|bound| took.as_secs_f64() <= *bound);
        if let Some(class) = class {
            self.durations[class].fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Counts an answer that was kept from an earlier request.
    pub(super) fn answered_from_memory(&self) {
        self.from_memory.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a fault in the program that a request met.
    pub(super) fn panicked(&self) {
        self.panics.fetch_add(1, Ordering::Relaxed);
    }

    /// Everything in the text form of Prometheus, version 0.0.4.
    pub(super) fn text(&self, now: Option<Now>) -> String {
        let mut text = String::new();
        self.write_answers(&mut text);
        self.write_durations(&mut text);
        let mut gauge = |name: &str, kind: &str, help: &str, value: i128| {
            let _ = write!(
                text,
                "# HELP lessons_{name} {help}\n# TYPE lessons_{name} {kind}\nlessons_{name} {value}\n"
            );
        };
        gauge(
            "requests_under_way",
            "gauge",
            "Requests being answered.",
            self.under_way.load(Ordering::Relaxed).into(),
        );
        gauge(
            "answers_from_memory_total",
            "counter",
            "Answers that were kept from an earlier request.",
            self.from_memory.load(Ordering::Relaxed).into(),
        );
        gauge(
            "panics_total",
            "counter",
            "Faults of the program that a request met.",
            self.panics.load(Ordering::Relaxed).into(),
        );
        gauge(
            "stores_readable",
            "gauge",
            "Whether catalogue and index can be read.",
            now.is_some().into(),
        );
        if let Some(now) = now {
            gauge(
                "index_current",
                "gauge",
                "Whether the index holds what the catalogue holds.",
                now.is_index_current.into(),
            );
            gauge(
                "catalogue_revision",
                "gauge",
                "How often the catalogue has changed.",
                now.catalogue_revision.into(),
            );
        }
        text
    }

    fn write_answers(&self, text: &mut String) {
        text.push_str(
            "# HELP lessons_http_answers_total Answers by route and status.\n\
             # TYPE lessons_http_answers_total counter\n",
        );
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        for ((route, status), count) in &*answers {
            let _ = writeln!(
                text,
                "lessons_http_answers_total{{route=\"{route}\",status=\"{status}\"}} {count}"
            );
        }
    }

    fn write_durations(&self, text: &mut String) {
        const NAME: &str = "lessons_http_duration_seconds";
        let _ = write!(
            text,
            "# HELP {NAME} Time until an answer began.\n# TYPE {NAME} histogram\n"
        );
        let mut below = 0;
        for (bound, count) in BOUNDS.iter().zip(&self.durations) {
            below += count.load(Ordering::Relaxed);
            let _ = writeln!(text, "{NAME}_bucket{{le=\"{bound}\"}} {below}");
        }
        let all = self.n_answers.load(Ordering::Relaxed);
        let sum_s = Duration::from_micros(self.duration_us.load(Ordering::Relaxed)).as_secs_f64();
        let _ = write!(
            text,
            "{NAME}_bucket{{le=\"+Inf\"}} {all}\n{NAME}_sum {sum_s}\n{NAME}_count {all}\n"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_route_status_and_time() {
        let metrics = Metrics::default();
        for (route, status, took_ms) in [
            (Some("/reviews"), 200, 7),
            (Some("/reviews"), 200, 300),
            (None, 404, 20_000),
        ] {
            metrics
                .begin()
                .answered(route, status, Duration::from_millis(took_ms));
        }
        metrics.panicked();
        metrics.answered_from_memory();
        let text = metrics.text(None);
        for line in [
            "lessons_http_answers_total{route=\"/reviews\",status=\"200\"} 2",
            "lessons_http_answers_total{route=\"none\",status=\"404\"} 1",
            "lessons_http_duration_seconds_bucket{le=\"0.005\"} 0",
            "lessons_http_duration_seconds_bucket{le=\"0.01\"} 1",
            "lessons_http_duration_seconds_bucket{le=\"10\"} 2",
            "lessons_http_duration_seconds_bucket{le=\"+Inf\"} 3",
            "lessons_http_duration_seconds_count 3",
            "lessons_panics_total 1",
            "lessons_answers_from_memory_total 1",
            "lessons_requests_under_way 0",
            "lessons_stores_readable 0",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "no `{line}` in\n{text}"
            );
        }
        assert!(!text.contains("index_current"), "{text}");
    }
}
