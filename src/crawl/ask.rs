//! Asks for one URL in its host's turn, robots.txt first.

use url::Url;

use crate::archive::{self, ArchiveError, Deposit, FailureReason, Purpose};
use crate::crawl::backoff;
use crate::crawl::fetch::Answer;
use crate::crawl::host::{Permit, Refusal, Trouble, Turn};
use crate::crawl::known::conditions;
use crate::crawl::robots::{Policy, REDIRECT_LIMIT};
use crate::crawl::run::{Run, fetched, hop};
use crate::model::capture::{Candidate, LinkContext};
use crate::model::digest::Digest;

/// What a request came to.
pub(super) enum Asked {
    /// An answer.
    Answer(Box<Answer>),
    /// None, for this reason.
    None(FailureReason, String),
    /// None for now, for this reason.
    Later(FailureReason, String),
}

impl Run<'_> {
    /// Asks for one URL in its host's turn.
    pub(super) async fn ask(&mut self, url: &Url) -> Result<Asked, ArchiveError> {
        let mut turn = match self.turn(url).await? {
            Ok(turn) => turn,
            Err((reason, detail)) => return Ok(Asked::None(reason, detail)),
        };
        self.report.requests += 1;
        let clock = &*self.crawler.clock;
        let conditions = self.known.get(url).map(conditions).unwrap_or_default();
        let fetched = self
            .crawler
            .fetcher
            .fetch(&mut turn, url, &conditions, clock)
            .await;
        let spread = Digest::of(url.as_str().as_bytes()).as_str().as_bytes()[0];
        let (reason, detail, trouble) = match fetched {
            Ok(answer) if matches!(answer.status, 429 | 503) => {
                let header = archive::header(&answer.headers, "retry-after");
                let wait = header.and_then(|value| backoff::retry_after(value, answer.received_at));
                let detail = format!("the host is busy (status {})", answer.status);
                (FailureReason::Unreachable, detail, Trouble::Busy(wait))
            }
            Ok(answer) => {
                turn.answered();
                self.report.bytes += answer.body.len() as u64;
                return Ok(Asked::Answer(Box::new(answer)));
            }
            Err(fault) if fault.is_too_large() => {
                return Ok(Asked::None(FailureReason::TooLarge, fault.to_string()));
            }
            Err(fault) => (FailureReason::Broken, fault.to_string(), Trouble::Broken),
        };
        if turn.failed(trouble, spread, &detail) {
            return Ok(Asked::Later(reason, detail));
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
            let answer = match self
                .crawler
                .fetcher
                .fetch(&mut turn, &url, &[], clock)
                .await
            {
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
        let fetched = fetched(candidate, answer, hops);
        let deposit = Deposit::plain(fetched, Purpose::Robots, Some(self.id));
        self.archive.deposit(&deposit)?;
        Ok(())
    }
}
