//! When to crawl a site again.
//!
//! In: what earlier crawls of a site came to. Out: the moment of the next. Pure
//! but for [`Visits::read`], which reads the archive. A site that changed since
//! the last crawl is visited sooner next time, one that did not later, and
//! each at a moment of its own, so that they are not all asked in one night.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as duration;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::archive::{Archive, ArchiveError, Event, Kept, Purpose, RunId};
use crate::model::digest::Digest;
use crate::model::ids::PartnershipId;

/// How often sites are crawled: the `[schedule]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScheduleSettings {
    /// Time to the second crawl of a site, before anything is known of how
    /// often it changes.
    #[serde(with = "duration")]
    pub first_interval: Duration,
    /// Shortest time between two crawls of a site.
    #[serde(with = "duration")]
    pub least_interval: Duration,
    /// Longest time between two crawls of a site. A report may be up for no
    /// more than months, so this must stay well below that.
    #[serde(with = "duration")]
    pub longest_interval: Duration,
}

impl Default for ScheduleSettings {
    fn default() -> Self {
        Self {
            first_interval: Duration::from_hours(7 * 24),
            least_interval: Duration::from_hours(24),
            longest_interval: Duration::from_hours(28 * 24),
        }
    }
}

/// What one crawl of a site came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// When it ended.
    pub at: Timestamp,
    /// What it came to.
    pub outcome: Outcome,
}

/// What one crawl came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There were files that were not there before.
    Changed,
    /// There were none.
    Unchanged,
    /// The site gave no answer at all.
    Unreachable,
}

/// When to crawl a site next; `None` for one that was never crawled, which is
/// due at once. `visits` are in their order.
///
/// Each visit without news makes the interval half as long again, each with
/// news halves it; a site that gave no answer is tried after the least
/// interval. The moment is shifted by up to a tenth, by an amount that depends
/// on the site and the visit alone.
#[must_use]
pub fn next_visit(
    partnership: &PartnershipId,
    visits: &[Visit],
    settings: &ScheduleSettings,
) -> Option<Timestamp> {
    let last = visits.last()?;
    let mut interval = settings.first_interval;
    for visit in visits.iter().skip(1) {
        interval = match visit.outcome {
            Outcome::Changed => interval / 2,
            Outcome::Unchanged => interval + interval / 2,
            Outcome::Unreachable => interval,
        };
        interval = interval.clamp(settings.least_interval, settings.longest_interval);
    }
    if last.outcome == Outcome::Unreachable {
        interval = settings.least_interval;
    }
    let interval = SignedDuration::try_from(shifted(interval, partnership, last.at)).ok()?;
    last.at.checked_add(interval).ok()
}

/// Up to a tenth longer or shorter.
fn shifted(interval: Duration, partnership: &PartnershipId, at: Timestamp) -> Duration {
    let digest = Digest::of(format!("{partnership} {at}").as_bytes());
    let share = u32::from_str_radix(&digest.as_str()[..4], 16).unwrap_or(0);
    let tenth = interval / 10;
    tenth * 9 + tenth * 2 / 0xffff * share
}

/// What every finished crawl came to, by site.
#[derive(Debug, Default)]
pub struct Visits {
    finished: HashMap<PartnershipId, Vec<Visit>>,
    running: HashMap<PartnershipId, Running>,
    seen: HashSet<(PartnershipId, Digest)>,
}

/// A run whose end has not been met yet.
#[derive(Debug)]
struct Running {
    run: RunId,
    has_answer: bool,
    has_news: bool,
}

impl Visits {
    /// Reads them from the archive.
    ///
    /// # Errors
    ///
    /// Fails when the archive cannot be read.
    pub fn read(archive: &Archive) -> Result<Self, ArchiveError> {
        let mut visits = Self::default();
        for event in archive.events()? {
            visits.add(&event?);
        }
        Ok(visits)
    }

    /// The visits of one site in their order.
    #[must_use]
    pub fn of(&self, partnership: &PartnershipId) -> &[Visit] {
        self.finished.get(partnership).map_or(&[], Vec::as_slice)
    }

    /// Whether the last crawl of a site was broken off.
    #[must_use]
    pub fn is_unfinished(&self, partnership: &PartnershipId) -> bool {
        self.running.contains_key(partnership)
    }

    fn add(&mut self, event: &Event) {
        let partnership = event.partnership().clone();
        match event {
            Event::RunStarted(mark) => {
                let running = Running {
                    run: mark.run,
                    has_answer: false,
                    has_news: false,
                };
                self.running.insert(partnership, running);
            }
            Event::Captured(kept) => self.captured(&partnership, kept),
            Event::RunFinished(mark) => {
                let running = self.running.remove(&partnership);
                let Some(running) = running.filter(|running| running.run == mark.run) else {
                    return;
                };
                let outcome = match (running.has_answer, running.has_news) {
                    (false, _) => Outcome::Unreachable,
                    (true, true) => Outcome::Changed,
                    (true, false) => Outcome::Unchanged,
                };
                let visit = Visit {
                    at: mark.at,
                    outcome,
                };
                self.finished.entry(partnership).or_default().push(visit);
            }
            Event::Aliased(_) | Event::Failed(_) => {}
        }
    }

    /// Pages change with every visit; files are news.
    fn captured(&mut self, partnership: &PartnershipId, kept: &Kept) {
        let capture = &kept.capture;
        let is_content = kept.purpose == Purpose::Content && capture.status < 400;
        let is_file = is_content && !capture.media_type.contains("html");
        let is_new = is_file
            && self
                .seen
                .insert((partnership.clone(), capture.digest.clone()));
        if let Some(running) = self.running.get_mut(partnership) {
            running.has_answer |= is_content;
            running.has_news |= is_new;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_that_change_are_visited_sooner() {
        use Outcome::{Changed, Unchanged, Unreachable};
        check(&[Changed], 7.0);
        check(&[Changed, Unchanged], 10.5);
        check(&[Changed, Changed], 3.5);
        check(&[Changed, Changed, Changed, Changed, Changed], 1.0);
        check(&[Changed, Unchanged, Unchanged, Unchanged, Unchanged], 28.0);
        check(&[Changed, Unchanged, Unreachable], 1.0);
        check(&[Changed, Unchanged, Unreachable, Unchanged], 15.75);
    }

    #[test]
    fn a_site_never_visited_is_due_at_once() {
        assert_eq!(
            next_visit(&id("a"), &[], &ScheduleSettings::default()),
            None
        );
    }

    #[test]
    fn sites_visited_together_are_not_due_together() {
        let visits = [visit(0, Outcome::Changed)];
        let due = |name: &str| next_visit(&id(name), &visits, &ScheduleSettings::default());
        let all: HashSet<_> = ["a", "b", "c", "d", "e"].into_iter().map(due).collect();
        assert_eq!(all.len(), 5);
        assert_eq!(due("a"), due("a"));
    }

    /// Within a tenth of so many days after the last of these visits.
    #[track_caller]
    fn check(outcomes: &[Outcome], days: f64) {
        let visits: Vec<_> = (0..)
            .zip(outcomes)
            .map(|(day, outcome)| visit(day, *outcome))
            .collect();
        let next = next_visit(&id("a"), &visits, &ScheduleSettings::default()).expect("a moment");
        let last = visits.last().expect("a visit").at;
        let found = next.duration_since(last).as_secs_f64() / 86_400.0;
        assert!(
            (found / days - 1.0).abs() <= 0.101,
            "{found} days for {outcomes:?}"
        );
    }

    fn visit(day: i64, outcome: Outcome) -> Visit {
        let at = Timestamp::from_second(day * 86_400).expect("a small number");
        Visit { at, outcome }
    }

    fn id(name: &str) -> PartnershipId {
        name.parse().expect("an id")
    }
}
