//! How far each publisher's site is covered.
//!
//! In: the archive, for what was asked for and given, and the catalogue, for
//! what it turned out to be. Out: one [`Coverage`] a publisher, and the same
//! kept in the catalogue for those who read only that.

use std::collections::{HashMap, HashSet};

use anyhow::Context as _;
use jiff::Timestamp;
use url::Url;

use crate::archive::{Archive, Event, Histories, Kept, Purpose, RunId, RunMark};
use crate::catalogue::Catalogue;
use crate::model::capture::{Candidate, Capture};
use crate::model::coverage::{Changes, Coverage, LastCrawl};
use crate::model::digest::Digest;
use crate::model::ids::PartnershipId;
use crate::model::partnership::Partnership;

/// How far each of these publishers' sites is covered, in their order. Without
/// a catalogue nothing is known of what publications are.
///
/// # Errors
///
/// Fails when a store does.
pub fn survey(
    archive: &Archive,
    catalogue: Option<&Catalogue>,
    partnerships: &[Partnership],
) -> anyhow::Result<Vec<Coverage>> {
    let mut tallies: HashMap<PartnershipId, Tally> = HashMap::new();
    let mut histories = Histories::default();
    let mut owners: HashMap<Url, PartnershipId> = HashMap::new();
    for event in archive.events()? {
        let event = event.context("reading the archive's look-up")?;
        histories.add(&event);
        let id = event.partnership();
        let tally = tallies
            .entry(id.clone())
            .or_insert_with(|| Tally::new(id.clone()));
        tally.add(&event);
        if let Event::Captured(kept) = event {
            let Candidate {
                url, partnership, ..
            } = kept.capture.candidate;
            owners.insert(url, partnership);
        }
    }
    let known = partnerships.iter().map(|partnership| {
        let id = &partnership.id;
        tallies.remove(id).map_or_else(
            || Coverage::none(id.clone()),
            |tally| tally.finish(&histories),
        )
    });
    let mut surveyed: Vec<Coverage> = known.collect();
    if let Some(catalogue) = catalogue {
        count_publications(catalogue, &mut surveyed)?;
        list_unreadable(catalogue, &owners, &mut surveyed)?;
    }
    Ok(surveyed)
}

/// Keeps what is covered in the catalogue, where [`Catalogue::coverage`] finds
/// it.
///
/// # Errors
///
/// Fails when a store does.
pub fn record(
    archive: &Archive,
    catalogue: &mut Catalogue,
    partnerships: &[Partnership],
) -> anyhow::Result<()> {
    for coverage in survey(archive, Some(catalogue), partnerships)? {
        catalogue.put_coverage(&coverage)?;
    }
    Ok(())
}

fn count_publications(catalogue: &Catalogue, surveyed: &mut [Coverage]) -> anyhow::Result<()> {
    for coverage in surveyed {
        for entry in catalogue.entries_of(&coverage.partnership)? {
            let kind = entry.analysis.kind.id();
            *coverage.publications.entry(kind.to_owned()).or_default() += 1;
        }
    }
    Ok(())
}

/// Lists what could not be read under the publisher whose address it is.
fn list_unreadable(
    catalogue: &Catalogue,
    owners: &HashMap<Url, PartnershipId>,
    surveyed: &mut [Coverage],
) -> anyhow::Result<()> {
    for failure in catalogue.failures()? {
        let owner = owners.get(&failure.url);
        let coverage = surveyed
            .iter_mut()
            .find(|coverage| Some(&coverage.partnership) == owner);
        if let Some(coverage) = coverage {
            let listed = coverage.failures.entry("unreadable".to_owned());
            listed.or_default().add(&failure.url, failure.reason);
        }
    }
    Ok(())
}

/// What is gathered of one publisher's site.
struct Tally {
    coverage: Coverage,
    /// What each address gave when it last gave anything.
    given: HashMap<Url, Given>,
    /// Bytes met anywhere, to tell a moved file from a new one.
    digests: HashSet<Digest>,
    running: Option<RunId>,
    changes: Changes,
}

/// What an address gave.
struct Given {
    media_type: String,
    digest: Digest,
}

impl Tally {
    fn new(partnership: PartnershipId) -> Self {
        Self {
            coverage: Coverage::none(partnership),
            given: HashMap::new(),
            digests: HashSet::new(),
            running: None,
            changes: Changes::default(),
        }
    }

    fn add(&mut self, event: &Event) {
        match event {
            Event::RunStarted(mark) => {
                self.running = Some(mark.run);
                self.changes = Changes::default();
                self.coverage.failures.clear();
            }
            Event::Captured(kept) if kept.purpose == Purpose::Content => self.captured(kept),
            Event::Failed(failure) => {
                let listed = self.coverage.failures.entry(failure.reason.id().to_owned());
                listed
                    .or_default()
                    .add(&failure.candidate.url, &*failure.detail);
            }
            Event::RunFinished(mark) => self.finished(mark),
            Event::Captured(_) | Event::Aliased(_) => {}
        }
    }

    fn captured(&mut self, kept: &Kept) {
        let capture = &kept.capture;
        match capture.status {
            200..=299 => self.gave(capture),
            400.. if !kept.is_recheck => {
                let reason = format!("status-{}", capture.status);
                let detail = match &capture.candidate.context.page {
                    Some(page) => format!("linked from {page}"),
                    None => String::new(),
                };
                let listed = self.coverage.failures.entry(reason);
                listed.or_default().add(&capture.candidate.url, detail);
            }
            _ => {}
        }
    }

    fn gave(&mut self, capture: &Capture) {
        let given = Given {
            media_type: capture.media_type.clone(),
            digest: capture.digest.clone(),
        };
        let is_page = is_page(&given.media_type);
        let is_new = self.digests.insert(given.digest.clone());
        let before = self.given.insert(capture.final_url.clone(), given);
        let is_altered = before.is_some_and(|before| before.digest != capture.digest);
        if !is_page && is_altered {
            self.changes.altered.add(&capture.final_url, "");
        } else if !is_page && is_new {
            self.changes.added.add(&capture.final_url, "");
        }
    }

    fn finished(&mut self, mark: &RunMark) {
        if self.running.take() != Some(mark.run) {
            return;
        }
        let before = self.coverage.last_crawl;
        self.coverage.last_crawl = Some(LastCrawl {
            began: mark.run.0,
            ended: mark.at,
            is_complete: mark.is_complete,
            count: before.map_or(0, |before| before.count) + 1,
        });
        self.coverage.changes = std::mem::take(&mut self.changes);
    }

    /// Counts what is there and what went with the last crawl.
    fn finish(mut self, histories: &Histories) -> Coverage {
        let began = self.coverage.last_crawl.map(|crawl| crawl.began);
        let mut given: Vec<_> = self.given.into_iter().collect();
        given.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (url, given) in given {
            let history = histories.get(&self.coverage.partnership, &url);
            if let Some(gone) = history.and_then(|history| history.gone) {
                let is_news = began.is_some_and(|began: Timestamp| gone.since >= began);
                if is_news {
                    self.coverage.changes.gone.add(&url, gone.reason.id());
                }
            } else if is_page(&given.media_type) {
                self.coverage.pages += 1;
            } else {
                *self.coverage.files.entry(given.media_type).or_default() += 1;
            }
        }
        self.coverage
    }
}

fn is_page(media_type: &str) -> bool {
    media_type.contains("html")
}
