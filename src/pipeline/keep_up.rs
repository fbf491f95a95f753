//! Keeps up with sites: crawls each when it is due, several at once, and hands
//! on what came of it.
//!
//! In: the sites, an archive, a clock. Out: captures in the archive, and each
//! finished crawl to the caller, who processes it. When a site is due is read
//! from the archive, so that a restart changes nothing.

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use tokio::task::{Id, JoinError, JoinSet};

use crate::archive::Archive;
use crate::crawl::{
    Clock, CrawlError, CrawlReport, Crawler, Progress, ScheduleSettings, Visits, crawl_partnership,
    next_visit,
};
use crate::model::partnership::{Partnership, SiteRules};

/// A site whose crawl fell over is tried again after this.
const AFTER_A_FALL: SignedDuration = SignedDuration::from_hours(1);
/// Nothing is waited for longer without looking at the clock again, which may
/// have been set.
const LONGEST_SLEEP: SignedDuration = SignedDuration::from_mins(10);

/// What keeping up stands on.
pub struct Rounds {
    /// Asks the sites.
    pub crawler: Arc<Crawler>,
    /// Keeps what they answer.
    pub archive: Arc<Archive>,
    /// Whose sites, with their rules.
    pub sites: Vec<(Partnership, SiteRules)>,
    /// Sites crawled at once.
    pub at_once: NonZeroUsize,
    /// How often each is crawled.
    pub schedule: ScheduleSettings,
    /// What time it is.
    pub clock: Clock,
    /// Told what crawls do.
    pub progress: Arc<dyn Progress>,
}

type Crawl = Result<CrawlReport, CrawlError>;

impl Rounds {
    /// Crawls sites as they fall due, for ever. Dropping the future breaks off
    /// the crawls under way, which go on where they were the next time.
    ///
    /// `finished` is given the crawls that ended, one or several, and is waited
    /// for while others go on.
    ///
    /// # Errors
    ///
    /// Fails when the archive does, or `finished`.
    pub async fn keep_up<F>(
        &self,
        mut finished: impl FnMut(Vec<CrawlReport>) -> F,
    ) -> anyhow::Result<()>
    where
        F: Future<Output = anyhow::Result<()>>,
    {
        let mut agenda = self.agenda().await?;
        let mut running = JoinSet::new();
        let mut places = HashMap::new();
        loop {
            let now = (self.clock)();
            while running.len() < self.at_once.get()
                && let Some(place) = agenda.take_due(now)
            {
                places.insert(running.spawn(self.crawl(place)).id(), place);
            }
            let is_free = running.len() < self.at_once.get();
            tokio::select! {
                Some(first) = running.join_next_with_id() => {
                    let ended = all_ended(first, &mut running);
                    let reports = self.settle(ended, &mut places, &mut agenda).await?;
                    finished(reports).await?;
                }
                () = tokio::time::sleep(agenda.pause(now)), if is_free => {}
            }
        }
    }

    fn crawl(&self, place: usize) -> impl Future<Output = Crawl> + Send + 'static {
        let (crawler, archive) = (Arc::clone(&self.crawler), Arc::clone(&self.archive));
        let progress = Arc::clone(&self.progress);
        let (partnership, rules) = self.sites[place].clone();
        async move { crawl_partnership(&crawler, &archive, &partnership, &rules, &*progress).await }
    }

    /// Puts the sites of crawls that ended back on the agenda.
    async fn settle(
        &self,
        ended: Vec<Result<(Id, Crawl), JoinError>>,
        places: &mut HashMap<Id, usize>,
        agenda: &mut Agenda,
    ) -> anyhow::Result<Vec<CrawlReport>> {
        let visits = self.visits().await?;
        let mut reports = Vec::new();
        for outcome in ended {
            let id = outcome.as_ref().map_or_else(JoinError::id, |(id, _)| *id);
            let Some(place) = places.remove(&id) else {
                continue;
            };
            match outcome {
                Ok((_, report)) => {
                    reports.push(report?);
                    agenda.add(self.due(place, &visits), place);
                }
                Err(fault) => {
                    let site = &self.sites[place].0.id;
                    tracing::error!(partnership.id = %site, "A crawl fell over: {fault}");
                    agenda.add((self.clock)() + AFTER_A_FALL, place);
                }
            }
        }
        Ok(reports)
    }

    async fn agenda(&self) -> anyhow::Result<Agenda> {
        let visits = self.visits().await?;
        let mut agenda = Agenda::new(self.schedule.longest_interval);
        for place in 0..self.sites.len() {
            agenda.add(self.due(place, &visits), place);
        }
        Ok(agenda)
    }

    /// When a site is due: one never crawled, or whose crawl was broken off, at
    /// once.
    fn due(&self, place: usize, visits: &Visits) -> Timestamp {
        let id = &self.sites[place].0.id;
        let next = next_visit(id, visits.of(id), &self.schedule);
        next.filter(|_| !visits.is_unfinished(id))
            .unwrap_or(Timestamp::MIN)
    }

    async fn visits(&self) -> anyhow::Result<Visits> {
        let archive = Arc::clone(&self.archive);
        let read = tokio::task::spawn_blocking(move || Visits::read(&archive));
        Ok(read.await.context("the archive's reader fell over")??)
    }
}

/// One crawl that ended, and all others that have by now.
fn all_ended(
    first: Result<(Id, Crawl), JoinError>,
    running: &mut JoinSet<Crawl>,
) -> Vec<Result<(Id, Crawl), JoinError>> {
    let others = std::iter::from_fn(|| running.try_join_next_with_id());
    std::iter::once(first).chain(others).collect()
}

/// Which site is due when.
#[derive(Debug)]
struct Agenda {
    moments: BTreeSet<(Timestamp, usize)>,
    /// No crawl is due later than this from now, but by a clock that was wrong.
    farthest: SignedDuration,
}

impl Agenda {
    fn new(longest_interval: Duration) -> Self {
        let farthest = SignedDuration::try_from(longest_interval.saturating_mul(2));
        Self {
            moments: BTreeSet::new(),
            farthest: farthest.unwrap_or(SignedDuration::MAX),
        }
    }

    fn add(&mut self, at: Timestamp, place: usize) {
        self.moments.insert((at, place));
    }

    /// The site that has been due for longest, or one that a clock set right
    /// since would have wait for years.
    fn take_due(&mut self, now: Timestamp) -> Option<usize> {
        let due = self.moments.first().filter(|(at, _)| *at <= now);
        let is_astray = |at: Timestamp| at.duration_since(now) > self.farthest;
        let astray = || self.moments.last().filter(|(at, _)| is_astray(*at));
        let next = *due.or_else(astray)?;
        self.moments.remove(&next);
        Some(next.1)
    }

    /// Until the next is due, or the clock is to be looked at again.
    fn pause(&self, now: Timestamp) -> Duration {
        let next = self.moments.first().map(|(at, _)| at.duration_since(now));
        let pause = next.map_or(LONGEST_SLEEP, |pause| pause.min(LONGEST_SLEEP));
        Duration::try_from(pause).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_come_when_they_are_due_the_longest_due_first() {
        let at = |second| Timestamp::from_second(second).expect("a small number");
        let mut agenda = Agenda::new(Duration::from_hours(1));
        for (second, place) in [(30, 0), (10, 1), (20, 2)] {
            agenda.add(at(second), place);
        }
        agenda.add(Timestamp::MIN, 3);
        let mut due = |now| std::iter::from_fn(|| agenda.take_due(at(now))).collect::<Vec<_>>();
        assert_eq!(due(20), [3, 1, 2]);
        assert!(due(20).is_empty());
        assert_eq!(agenda.pause(at(20)), Duration::from_secs(10));
        assert_eq!(agenda.take_due(at(30)), Some(0));
        assert_eq!(agenda.pause(at(30)), LONGEST_SLEEP.unsigned_abs());
    }

    #[test]
    fn a_clock_that_jumps_leaves_no_site_out() {
        let year = |year: i64| Timestamp::from_second((year - 1970) * 31_557_600).expect("a time");
        let month = Duration::from_hours(28 * 24);
        let mut agenda = Agenda::new(month);
        // Noted while the clock was wrong, and after.
        agenda.add(year(2040), 0);
        agenda.add(year(2026) + month, 1);
        assert_eq!(agenda.take_due(year(2026)), Some(0));
        assert_eq!(agenda.take_due(year(2026)), None);
        // Forwards: what is due is due.
        assert_eq!(agenda.take_due(year(2040)), Some(1));
    }
}
