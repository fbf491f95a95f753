//! One crawl of one site: asks, keeps, takes in, until nothing is left or a
//! budget is spent.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::archive::{
    self, Alias, Archive, ArchiveError, Deposit, Event, Failure, FailureReason, Purpose, RunId,
    RunMark,
};
use crate::crawl::fetch::{Answer, FetchError};
use crate::crawl::frontier::Item;
use crate::crawl::host::{Permit, Refusal, Turn};
use crate::crawl::links::says_nofollow;
use crate::crawl::reading::{self, Reading};
use crate::crawl::report::{Budget, CrawlReport, News, Progress};
use crate::crawl::robots::{Policy, REDIRECT_LIMIT};
use crate::crawl::settings::ROBOT;
use crate::crawl::site::Site;
use crate::crawl::{Crawler, backoff};
use crate::model::capture::{Candidate, Capture, Fetched, Hop, LinkContext};
use crate::model::digest::Digest;
use crate::model::partnership::{Partnership, SiteRules};

/// Most redirects followed for one candidate.
const HOP_LIMIT: usize = 8;
/// How often a candidate is asked for when its host is busy or breaks off.
const ATTEMPT_LIMIT: u8 = 3;

/// One crawl of one site.
pub(super) struct Run<'a> {
    pub(super) crawler: &'a Crawler,
    pub(super) archive: &'a Archive,
    pub(super) progress: &'a dyn Progress,
    pub(super) id: RunId,
    pub(super) site: Site,
    pub(super) report: CrawlReport,
    /// When this session of the run began.
    started: Timestamp,
    delay: Duration,
    max_requests: u32,
}

/// What a request came to.
enum Asked {
    /// An answer.
    Answer(Box<Answer>),
    /// None, for this reason.
    None(FailureReason, String),
    /// None for now: the host is busy.
    Later,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        crawler: &'a Crawler,
        archive: &'a Archive,
        partnership: &Partnership,
        rules: &SiteRules,
        progress: &'a dyn Progress,
    ) -> Self {
        let settings = &crawler.settings;
        let started = (crawler.clock)();
        Self {
            crawler,
            archive,
            progress,
            id: RunId(started),
            site: Site::new(partnership, rules, settings.max_depth),
            report: CrawlReport::new(partnership.id.clone()),
            started,
            delay: Duration::from_millis(rules.delay_ms.unwrap_or(0)),
            max_requests: rules
                .max_requests
                .unwrap_or(u32::MAX)
                .min(settings.max_requests),
        }
    }

    /// Runs to the end.
    pub(super) async fn finish(mut self) -> Result<CrawlReport, ArchiveError> {
        while let Some(item) = self.site.frontier.pop() {
            if let Some(budget) = self.spent() {
                self.report.ended_by = Some(budget);
                break;
            }
            self.visit(item).await?;
        }
        let mark = self.mark();
        self.archive.note(Event::RunFinished(mark), &[], &[])?;
        self.archive.sync()?;
        self.report.refused = std::mem::take(&mut self.site.refused);
        self.progress.tell(&News::Finished {
            report: &self.report,
        });
        Ok(self.report)
    }

    /// The beginning or end of this run, now.
    pub(super) fn mark(&self) -> RunMark {
        RunMark {
            partnership: self.report.partnership.clone(),
            run: self.id,
            at: (self.crawler.clock)(),
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
        } else {
            None
        }
    }

    /// Asks for one candidate, through its redirects, and keeps what comes.
    async fn visit(&mut self, item: Item) -> Result<(), ArchiveError> {
        let mut hops: Vec<Hop> = Vec::new();
        let mut url = item.candidate.url.clone();
        loop {
            let answer = match self.ask(&url).await? {
                Asked::Answer(answer) => *answer,
                Asked::None(reason, detail) => return self.fail(&item, reason, &detail, &hops),
                Asked::Later => return self.later(item),
            };
            let Some(target) = answer.redirect() else {
                return self.keep(item.candidate, answer, hops).await;
            };
            let asked = answer.asked.clone();
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

    /// Asks for one URL in its host's turn.
    async fn ask(&mut self, url: &Url) -> Result<Asked, ArchiveError> {
        let mut turn = match self.turn(url).await? {
            Ok(turn) => turn,
            Err((reason, detail)) => return Ok(Asked::None(reason, detail)),
        };
        self.report.requests += 1;
        let clock = &*self.crawler.clock;
        let fetched = self.crawler.fetcher.fetch(&mut turn, url, clock).await;
        let spread = Digest::of(url.as_str().as_bytes()).as_str().as_bytes()[0];
        let (reason, detail, wait) = match fetched {
            Ok(answer) if matches!(answer.status, 429 | 503) => {
                let header = archive::headers::header(&answer.headers, "retry-after");
                let wait = header.and_then(|value| backoff::retry_after(value, answer.received_at));
                let detail = format!("the host is busy (status {})", answer.status);
                (FailureReason::Unreachable, detail, wait)
            }
            Ok(answer) => {
                self.report.bytes += answer.body.len() as u64;
                return Ok(Asked::Answer(Box::new(answer)));
            }
            Err(fault @ FetchError::TooLarge { .. }) => {
                return Ok(Asked::None(FailureReason::TooLarge, fault.to_string()));
            }
            Err(fault) => (FailureReason::Broken, fault.to_string(), None),
        };
        if turn.failed(wait, spread, &detail) {
            return Ok(Asked::Later);
        }
        Ok(Asked::None(reason, detail))
    }

    /// Waits for a host's turn; reads its robots.txt when that comes first.
    async fn turn(
        &mut self,
        url: &Url,
    ) -> Result<Result<Turn, (FailureReason, String)>, ArchiveError> {
        if let Err(fault) = self.crawler.guard.check(url) {
            return Ok(Err((FailureReason::Guarded, fault.to_string())));
        }
        loop {
            let now = (self.crawler.clock)();
            match self.crawler.hosts.ask(url, self.delay, now).await {
                Ok(Permit::Turn(turn)) => return Ok(Ok(turn)),
                Ok(Permit::RobotsFirst(turn, robots)) => self.read_robots(turn, robots).await?,
                Err(Refusal::Robots(rule)) => return Ok(Err((FailureReason::Robots, rule))),
                Err(Refusal::Down(why)) => return Ok(Err((FailureReason::Unreachable, why))),
            }
        }
    }

    /// Asks for a host's robots.txt and teaches the host what it says.
    async fn read_robots(&mut self, mut turn: Turn, robots: Url) -> Result<(), ArchiveError> {
        let mut hops = Vec::new();
        let mut url = robots.clone();
        let clock = &*self.crawler.clock;
        let answer = loop {
            self.report.requests += 1;
            let answer = match self.crawler.fetcher.fetch(&mut turn, &url, clock).await {
                Ok(answer) => answer,
                Err(fault) => {
                    tracing::info!(url = %robots, "Could not read robots.txt: {fault}");
                    turn.learn(Policy::Unreachable, clock());
                    return Ok(());
                }
            };
            match answer.redirect() {
                Some(target)
                    if hops.len() < REDIRECT_LIMIT && self.crawler.guard.check(&target).is_ok() =>
                {
                    hops.push(hop(answer));
                    turn.pause().await;
                    url = target;
                }
                _ => break answer,
            }
        };
        let policy = Policy::of_answer(answer.status, &answer.body);
        if policy != Policy::Unreachable {
            self.site.add_lists(&robots, policy.sitemaps());
        }
        turn.learn(policy, answer.received_at);
        let candidate = Candidate {
            partnership: self.report.partnership.clone(),
            url: robots,
            context: LinkContext::default(),
            depth: 0,
        };
        self.archive.deposit(&Deposit {
            fetched: fetched(candidate, answer, hops),
            purpose: Purpose::Robots,
            run: Some(self.id),
            found: Vec::new(),
            is_nofollow: false,
        })?;
        Ok(())
    }

    /// Reads an answer, takes it in and keeps it.
    async fn keep(
        &mut self,
        candidate: Candidate,
        answer: Answer,
        hops: Vec<Hop>,
    ) -> Result<(), ArchiveError> {
        let is_nofollow = is_nofollow(&answer.headers);
        let fetched = Arc::new(fetched(candidate, answer, hops));
        let capture = archive::capture_of(&fetched);
        let reading = read(Arc::clone(&fetched), &capture).await;
        let intake = self.site.take_in(&capture, &reading, is_nofollow);
        let purpose = if intake.is_list {
            Purpose::Sitemap
        } else {
            Purpose::Content
        };
        let is_document = intake.is_document;
        self.archive.deposit(&Deposit {
            fetched: Arc::unwrap_or_clone(fetched),
            purpose,
            run: Some(self.id),
            found: intake.found,
            is_nofollow,
        })?;
        self.count(&capture, is_document);
        self.progress.tell(&News::Fetched {
            partnership: &self.report.partnership,
            url: &capture.candidate.url,
            status: capture.status,
            length: capture.length,
            is_document,
            waiting: self.site.frontier.len(),
        });
        Ok(())
    }

    pub(super) fn count(&mut self, capture: &Capture, is_document: bool) {
        let counter = match capture.status {
            400.. => &mut self.report.missing,
            _ if is_document => &mut self.report.documents,
            _ => &mut self.report.pages,
        };
        *counter += 1;
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

    /// Puts a candidate back whose host is busy, unless that was often enough.
    fn later(&mut self, mut item: Item) -> Result<(), ArchiveError> {
        item.attempts += 1;
        if item.attempts >= ATTEMPT_LIMIT {
            let detail = format!("no answer after {ATTEMPT_LIMIT} attempts");
            return self.fail(&item, FailureReason::Unreachable, &detail, &[]);
        }
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

/// Reads an answer off the thread that waits for the network. What no parser
/// survives is a file without links.
async fn read(fetched: Arc<Fetched>, capture: &Capture) -> Reading {
    let media_type = capture.media_type.clone();
    let charset = capture.charset.clone();
    let span = tracing::Span::current();
    let read = tokio::task::spawn_blocking(move || {
        let _entered = span.enter();
        reading::read(
            &fetched.body,
            &fetched.final_url,
            &media_type,
            charset.as_deref(),
        )
    });
    read.await.unwrap_or(Reading::File)
}

fn hop(answer: Answer) -> Hop {
    Hop {
        url: answer.url,
        status: answer.status,
        headers: answer.headers,
        received_at: answer.received_at,
    }
}

fn fetched(candidate: Candidate, answer: Answer, hops: Vec<Hop>) -> Fetched {
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
