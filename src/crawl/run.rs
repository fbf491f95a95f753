//! One crawl of one site: asks, keeps, takes in, until nothing is left or a
//! budget is spent.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::archive::{
    self, Alias, Archive, ArchiveError, Deposit, Event, Failure, FailureReason, RunId, RunMark,
};
use crate::crawl::Crawler;
use crate::crawl::ask::Asked;
use crate::crawl::fetch::Answer;
use crate::crawl::frontier::Item;
use crate::crawl::known::Known;
use crate::crawl::links::says_nofollow;
use crate::crawl::reading::{self, Reading};
use crate::crawl::report::{Budget, CrawlReport, News, Progress};
use crate::crawl::settings::ROBOT;
use crate::crawl::site::Site;
use crate::model::capture::{Candidate, Capture, Fetched, Hop};
use crate::model::partnership::{Partnership, SiteRules};

/// Most redirects followed for one candidate.
const HOP_LIMIT: usize = 8;
/// What is asked for again comes after all that was not asked for yet.
const LATER_PENALTY: i32 = 10_000;
/// How often a candidate is asked for when its host is busy or breaks off.
const ATTEMPT_LIMIT: u8 = 2;

/// What scores less does not look like what we look for.
const PROMISING: i32 = 6;

/// One crawl of one site.
pub(super) struct Run<'a> {
    pub(super) crawler: &'a Crawler,
    pub(super) archive: &'a Archive,
    pub(super) progress: &'a dyn Progress,
    pub(super) id: RunId,
    pub(super) site: Site,
    pub(super) report: CrawlReport,
    pub(super) known: Known,
    /// When this session of the run began.
    started: Timestamp,
    /// Requests since the last file was found.
    barren: u32,
    pub(super) delay: Duration,
    max_requests: u32,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        crawler: &'a Crawler,
        archive: &'a Archive,
        partnership: &Partnership,
        rules: &SiteRules,
        progress: &'a dyn Progress,
    ) -> Result<Self, ArchiveError> {
        let settings = &crawler.settings;
        let started = (crawler.clock)();
        Ok(Self {
            crawler,
            archive,
            progress,
            known: Known::read(archive, &partnership.id)?,
            id: RunId(started),
            site: Site::new(partnership, rules, settings.max_depth),
            report: CrawlReport::new(partnership.id.clone()),
            started,
            barren: 0,
            delay: Duration::from_millis(rules.delay_ms.unwrap_or(0)),
            max_requests: rules
                .max_requests
                .unwrap_or(u32::MAX)
                .min(settings.max_requests),
        })
    }

    /// Runs to the end: first what can be found, then what was there before and
    /// is not found any more.
    pub(super) async fn finish(mut self) -> Result<CrawlReport, ArchiveError> {
        let ended_by = self.exhaust().await?;
        if matches!(ended_by, None | Some(Budget::Patience)) {
            self.site.frontier.clear();
            self.barren = 0;
            for kept in self.known.content() {
                self.site.recheck(&kept.capture);
            }
            self.report.ended_by = self.exhaust().await?.or(ended_by);
        } else {
            self.report.ended_by = ended_by;
        }
        let mark = RunMark {
            is_complete: self.report.ended_by.is_none(),
            ..self.mark()
        };
        self.archive.note(Event::RunFinished(mark), &[], &[])?;
        self.archive.sync()?;
        self.report.refused = std::mem::take(&mut self.site.refused);
        self.progress.tell(&News::Finished {
            report: &self.report,
        });
        Ok(self.report)
    }

    /// Visits candidates until none is left or a budget is spent.
    async fn exhaust(&mut self) -> Result<Option<Budget>, ArchiveError> {
        while let Some(item) = self.site.frontier.pop() {
            if let Some(budget) = self.spent() {
                return Ok(Some(budget));
            }
            self.visit(item).await?;
        }
        Ok(None)
    }

    /// The beginning of this run.
    pub(super) fn mark(&self) -> RunMark {
        RunMark {
            partnership: self.report.partnership.clone(),
            run: self.id,
            at: (self.crawler.clock)(),
            is_complete: false,
        }
    }

    fn spent(&self) -> Option<Budget> {
        let settings = &self.crawler.settings;
        let now = (self.crawler.clock)();
        let elapsed = Duration::try_from(now.duration_since(self.started)).unwrap_or_default();
        if self.report.requests >= self.max_requests {
            Some(Budget::Requests)
        } else if self.report.bytes >= settings.max_bytes {
            Some(Budget::Bytes)
        } else if elapsed >= settings.max_time {
            Some(Budget::Time)
        } else if self.barren >= settings.patience && self.site.frontier.best() < Some(PROMISING) {
            Some(Budget::Patience)
        } else {
            None
        }
    }

    /// Asks for one candidate, through its redirects, and keeps what comes.
    async fn visit(&mut self, item: Item) -> Result<(), ArchiveError> {
        let mut hops: Vec<Hop> = Vec::new();
        let mut url = self.site.moves.address(&item.candidate.url);
        loop {
            let answer = match self.ask(&url).await? {
                Asked::Answer(answer) => *answer,
                Asked::None(reason, detail) => return self.fail(&item, reason, &detail, &hops),
                Asked::Later(reason, detail) => return self.later(item, reason, &detail),
            };
            let Some(target) = answer.redirect() else {
                return self.keep(item, answer, hops).await;
            };
            let asked = answer.asked.clone();
            self.site.moves.learn(&answer.url, &target);
            hops.push(hop(answer));
            if hops.len() > HOP_LIMIT || hops.iter().any(|hop| hop.url == target) {
                let detail = format!("{} redirects without an end", hops.len());
                return self.fail(&item, FailureReason::Redirects, &detail, &hops);
            }
            if let Err(detail) = self.site.admits_redirect(&item.candidate, &target) {
                return self.fail(&item, FailureReason::Redirects, &detail, &hops);
            }
            let is_own = hops
                .iter()
                .any(|hop| self.site.frontier.is_twin(&hop.url, &target));
            if !is_own && !self.site.frontier.take(&target) {
                return self.alias(item.candidate, target, &hops, &asked);
            }
            url = target;
        }
    }

    /// Reads an answer, takes it in and keeps it.
    async fn keep(
        &mut self,
        item: Item,
        answer: Answer,
        hops: Vec<Hop>,
    ) -> Result<(), ArchiveError> {
        let before = self.known.get(&answer.url).filter(|_| answer.status == 304);
        let is_nofollow =
            is_nofollow(&answer.headers) || before.is_some_and(|kept| kept.is_nofollow);
        let unchanged = before.map(|kept| kept.capture.clone());
        let fetched = Arc::new(fetched(item.candidate, answer, hops));
        let capture = archive::capture_of(&fetched, unchanged.as_ref());
        let body = match &unchanged {
            Some(_) => Body::Kept(self.archive.payload(&capture)?.bytes),
            None => Body::Fetched(Arc::clone(&fetched)),
        };
        let reading = read(body, &capture).await;
        let follows = !is_nofollow && !item.is_recheck;
        let intake = self.site.take_in(&capture, &reading, follows);
        let deposit = Deposit {
            purpose: intake.purpose(),
            run: Some(self.id),
            is_nofollow,
            is_recheck: item.is_recheck,
            unchanged,
            fetched: Arc::unwrap_or_clone(fetched),
        };
        self.archive.deposit(&deposit)?;
        self.count(&capture, intake.is_document);
        self.progress.tell(&News::Fetched {
            partnership: &self.report.partnership,
            url: &capture.candidate.url,
            status: capture.status,
            length: capture.length,
            is_document: intake.is_document,
            waiting: self.site.frontier.len(),
        });
        Ok(())
    }

    pub(super) fn count(&mut self, capture: &Capture, is_document: bool) {
        let counter = match capture.status {
            304 => &mut self.report.unchanged,
            400.. => &mut self.report.missing,
            _ if is_document => &mut self.report.documents,
            _ => &mut self.report.pages,
        };
        *counter += 1;
        self.barren = if is_document { 0 } else { self.barren + 1 };
    }

    /// Notes that a candidate led to what is kept already.
    fn alias(
        &mut self,
        candidate: Candidate,
        to: Url,
        hops: &[Hop],
        asked: &[(String, String)],
    ) -> Result<(), ArchiveError> {
        let alias = Alias {
            candidate,
            run: self.id,
            to,
            at: (self.crawler.clock)(),
        };
        self.archive
            .note(Event::Aliased(Box::new(alias)), hops, asked)
    }

    /// Puts a candidate back that got no answer now, unless that was often
    /// enough.
    fn later(
        &mut self,
        mut item: Item,
        reason: FailureReason,
        detail: &str,
    ) -> Result<(), ArchiveError> {
        item.attempts += 1;
        if item.attempts >= ATTEMPT_LIMIT {
            return self.fail(&item, reason, detail, &[]);
        }
        // After the others: if they are answered, it is the page and not the host.
        item.score -= LATER_PENALTY;
        self.site.frontier.again(item);
        Ok(())
    }

    fn fail(
        &mut self,
        item: &Item,
        reason: FailureReason,
        detail: &str,
        hops: &[Hop],
    ) -> Result<(), ArchiveError> {
        *self.report.failures.entry(reason).or_default() += 1;
        self.progress.tell(&News::Failed {
            partnership: &self.report.partnership,
            url: &item.candidate.url,
            reason,
            detail,
        });
        let failure = Failure {
            candidate: item.candidate.clone(),
            run: self.id,
            reason,
            detail: detail.to_owned(),
            at: (self.crawler.clock)(),
        };
        let asked = self.crawler.fetcher.asked();
        self.archive
            .note(Event::Failed(Box::new(failure)), hops, asked)
    }
}

/// Bytes to read.
enum Body {
    /// Of this very answer.
    Fetched(Arc<Fetched>),
    /// Of an earlier one that still holds.
    Kept(Vec<u8>),
}

/// Reads an answer off the thread that waits for the network. What no parser
/// survives is a file without links.
async fn read(body: Body, capture: &Capture) -> Reading {
    let capture = capture.clone();
    let span = tracing::Span::current();
    let read = tokio::task::spawn_blocking(move || {
        let _entered = span.enter();
        let body = match &body {
            Body::Fetched(fetched) => &fetched.body,
            Body::Kept(body) => body,
        };
        reading::read(body, &capture)
    });
    read.await.unwrap_or(Reading::File)
}

pub(super) fn hop(answer: Answer) -> Hop {
    Hop {
        url: answer.url,
        status: answer.status,
        headers: answer.headers,
        received_at: answer.received_at,
    }
}

pub(super) fn fetched(candidate: Candidate, answer: Answer, hops: Vec<Hop>) -> Fetched {
    Fetched {
        candidate,
        hops,
        asked: answer.asked,
        final_url: answer.url,
        status: answer.status,
        headers: answer.headers,
        body: answer.body,
        received_at: answer.received_at,
    }
}

/// Whether an answer asks robots, or this one, not to follow its links.
fn is_nofollow(headers: &[(String, String)]) -> bool {
    headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("x-robots-tag"))
        .any(|(_, value)| match value.split_once(':') {
            // `otherbot: nofollow` is not for us.
            Some((robot, rule)) => robot.trim().eq_ignore_ascii_case(ROBOT) && says_nofollow(rule),
            None => says_nofollow(value),
        })
}
