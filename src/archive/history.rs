//! When an address was seen, and since when and why it is not any more.
//!
//! In: events in the order kept. Out: a [`History`] per address. Pure. Nothing
//! is ever deleted: what is gone from its site stays in the archive.

use std::collections::HashMap;

use jiff::Timestamp;
use url::Url;

use crate::archive::event::{Event, FailureReason, Kept, Purpose, RunId, RunMark};
use crate::model::ids::PartnershipId;

/// When an address of one partnership gave a page or file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The first capture that gave it.
    pub first_seen: Timestamp,
    /// The newest capture that still gave it.
    pub last_seen: Timestamp,
    /// Since when and why it is not found any more; `None` while it is.
    pub gone: Option<Gone>,
    /// The run that last met it.
    last_run: Option<RunId>,
}

/// Since when and why an address is not found any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// The first visit that no longer found it.
    pub since: Timestamp,
    /// Why, as far as the newest visit tells.
    pub reason: GoneReason,
}

/// Why an address is not found any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoneReason {
    /// The server says that it is not there (404, 410).
    Missing,
    /// No page of the site links to it, though the server may still have it.
    LinkRemoved,
    /// robots.txt now asks us not to look.
    Robots,
    /// The host does not answer.
    Unreachable,
}

impl GoneReason {
    /// The id used in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::LinkRemoved => "link-removed",
            Self::Robots => "robots",
            Self::Unreachable => "unreachable",
        }
    }
}

/// The histories of every address that ever gave a page or file.
#[derive(Debug, Default)]
pub struct Histories {
    by_address: HashMap<PartnershipId, HashMap<Url, History>>,
}

impl Histories {
    /// The history of an address, as linked or as it was after redirects.
    #[must_use]
    pub fn get(&self, partnership: &PartnershipId, url: &Url) -> Option<&History> {
        self.by_address.get(partnership)?.get(url)
    }

    /// Takes in the next event.
    pub fn add(&mut self, event: &Event) {
        match event {
            Event::Captured(kept) if kept.purpose == Purpose::Content => self.captured(kept),
            Event::Aliased(alias) => {
                let partnership = &alias.candidate.partnership;
                if let Some(history) = self.known(partnership, &alias.candidate.url) {
                    history.see(alias.at, Some(alias.run));
                }
            }
            Event::Failed(failure) => {
                let reason = match failure.reason {
                    FailureReason::Robots => GoneReason::Robots,
                    FailureReason::Unreachable | FailureReason::Broken => GoneReason::Unreachable,
                    FailureReason::Redirects => GoneReason::Missing,
                    FailureReason::Guarded | FailureReason::TooLarge => return,
                };
                let candidate = &failure.candidate;
                if let Some(history) = self.known(&candidate.partnership, &candidate.url) {
                    history.miss(failure.at, reason, Some(failure.run));
                }
            }
            Event::RunFinished(mark) if mark.is_complete => self.finished(mark),
            Event::Captured(_) | Event::RunStarted(_) | Event::RunFinished(_) => {}
        }
    }

    fn captured(&mut self, kept: &Kept) {
        let capture = &kept.capture;
        let at = capture.received_at;
        let partnership = &capture.candidate.partnership;
        let addresses = [&capture.candidate.url, &capture.final_url];
        for url in addresses.into_iter().chain(&kept.redirected_by) {
            match capture.status {
                200..=299 | 304 => {
                    let addresses = self.by_address.entry(partnership.clone()).or_default();
                    let history = addresses.entry(url.clone()).or_insert(History {
                        first_seen: at,
                        last_seen: at,
                        gone: None,
                        last_run: None,
                    });
                    let gone = history.gone;
                    history.see(at, kept.run);
                    if kept.is_recheck {
                        history.gone = gone;
                        history.miss(at, GoneReason::LinkRemoved, kept.run);
                    }
                }
                404 | 410 => {
                    if let Some(history) = self.known(partnership, url) {
                        history.miss(at, GoneReason::Missing, kept.run);
                    }
                }
                _ => {}
            }
        }
    }

    /// What a whole run did not meet is not linked any more.
    fn finished(&mut self, mark: &RunMark) {
        let Some(addresses) = self.by_address.get_mut(&mark.partnership) else {
            return;
        };
        for history in addresses.values_mut() {
            if history.last_run.is_some_and(|last| last < mark.run) {
                history.miss(mark.run.0, GoneReason::LinkRemoved, None);
            }
        }
    }

    fn known(&mut self, partnership: &PartnershipId, url: &Url) -> Option<&mut History> {
        self.by_address.get_mut(partnership)?.get_mut(url)
    }
}

impl History {
    fn see(&mut self, at: Timestamp, run: Option<RunId>) {
        self.last_seen = self.last_seen.max(at);
        self.gone = None;
        self.last_run = run.or(self.last_run);
    }

    fn miss(&mut self, at: Timestamp, reason: GoneReason, run: Option<RunId>) {
        let since = self.gone.map_or(at, |gone| gone.since);
        // That no page links to it adds nothing to a better reason.
        let known = self.gone.filter(|_| reason == GoneReason::LinkRemoved);
        let reason = known.map_or(reason, |gone| gone.reason);
        self.gone = Some(Gone { since, reason });
        self.last_run = run.or(self.last_run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::event::{Failure, RunMark};
    use crate::model::capture::{Candidate, Capture, LinkContext};
    use crate::model::digest::Digest;

    #[test]
    fn an_address_is_gone_for_the_reason_last_met() {
        use GoneReason::{LinkRemoved, Missing, Robots, Unreachable};
        check(&[seen(1)], None);
        check(&[seen(1), status(2, 404)], Some((2, Missing)));
        check(
            &[seen(1), status(2, 404), status(3, 410)],
            Some((2, Missing)),
        );
        check(&[seen(1), status(2, 404), seen(3)], None);
        check(&[seen(1), status(2, 304)], None);
        check(&[seen(1), status(2, 500)], None);
        check(
            &[seen(1), failed(2, FailureReason::Robots)],
            Some((2, Robots)),
        );
        check(
            &[seen(1), failed(2, FailureReason::Broken)],
            Some((2, Unreachable)),
        );
        check(&[seen(1), failed(2, FailureReason::TooLarge)], None);
        check(&[seen(1), recheck(2)], Some((2, LinkRemoved)));
        check(&[seen(1), recheck(2), recheck(3)], Some((2, LinkRemoved)));
        check(&[seen(1), recheck(2), status(3, 404)], Some((2, Missing)));
        check(
            &[seen(1), finished(1, true), finished(2, true)],
            Some((2, LinkRemoved)),
        );
        check(&[seen(1), finished(2, false)], None);
        check(
            &[seen(1), status(2, 404), finished(3, true)],
            Some((2, Missing)),
        );
    }

    #[test]
    fn what_was_never_there_has_no_history() {
        let mut histories = Histories::default();
        histories.add(&status(1, 404));
        assert_eq!(histories.get(&partnership(), &url()), None);
    }

    #[track_caller]
    fn check(events: &[Event], expected: Option<(i64, GoneReason)>) {
        let mut histories = Histories::default();
        for event in events {
            histories.add(event);
        }
        let history = histories.get(&partnership(), &url()).expect("a history");
        let gone = history
            .gone
            .map(|gone| (gone.since.as_second(), gone.reason));
        assert_eq!(gone, expected, "{events:#?}");
        assert_eq!(history.first_seen, at(1));
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a small number of seconds")
    }

    fn url() -> Url {
        Url::parse("http://n.example/a.pdf").expect("a URL")
    }

    fn partnership() -> PartnershipId {
        "oakmoor".parse().expect("an id")
    }

    fn candidate() -> Candidate {
        Candidate {
            partnership: partnership(),
            url: url(),
            context: LinkContext::default(),
            depth: 1,
        }
    }

    fn seen(second: i64) -> Event {
        status(second, 200)
    }

    fn status(second: i64, status: u16) -> Event {
        Event::Captured(Box::new(Kept {
            capture: Capture {
                candidate: candidate(),
                final_url: url(),
                status,
                media_type: String::new(),
                charset: None,
                file_name: None,
                digest: Digest::of(b""),
                length: 0,
                received_at: at(second),
            },
            purpose: Purpose::Content,
            run: Some(RunId(at(second))),
            redirected_by: Vec::new(),
            is_nofollow: false,
            is_recheck: false,
            etag: None,
            last_modified: None,
        }))
    }

    fn recheck(second: i64) -> Event {
        let Event::Captured(mut kept) = seen(second) else {
            unreachable!("made above");
        };
        kept.is_recheck = true;
        Event::Captured(kept)
    }

    fn failed(second: i64, reason: FailureReason) -> Event {
        Event::Failed(Box::new(Failure {
            candidate: candidate(),
            run: RunId(at(second)),
            reason,
            detail: String::new(),
            at: at(second),
        }))
    }

    fn finished(second: i64, is_complete: bool) -> Event {
        Event::RunFinished(RunMark {
            partnership: partnership(),
            run: RunId(at(second)),
            at: at(second + 1),
            is_complete,
        })
    }
}
