//! Every place where a link to a page or file was seen.
//!
//! In: the archive. Out: for a capture, what stood around each link that led to
//! it, by whichever of its addresses. A report is often linked from a list, a
//! landing page and a news item, and each says something else about it.

use std::collections::HashMap;

use url::Url;

use crate::archive::{Archive, ArchiveError, Event};
use crate::crawl::canon::{Key, Neutral, canonical};
use crate::model::capture::{Candidate, Capture, LinkContext};
use crate::model::ids::PartnershipId;

/// Every place where links were seen.
#[derive(Debug, Default)]
pub struct Sightings {
    contexts: HashMap<(PartnershipId, Key), Vec<LinkContext>>,
    /// Where redirects led.
    aliases: HashMap<(PartnershipId, Key), Vec<Key>>,
}

impl Sightings {
    /// Reads them from the archive.
    ///
    /// # Errors
    ///
    /// Fails when the archive cannot be read.
    pub fn read(archive: &Archive) -> Result<Self, ArchiveError> {
        let mut sightings = Self::default();
        for noted in archive.events_with_links()? {
            let (event, found) = noted?;
            for candidate in found {
                sightings.see(candidate);
            }
            let partnership = event.partnership().clone();
            match event {
                Event::Captured(kept) => {
                    let capture = &kept.capture;
                    let from = [&capture.candidate.url]
                        .into_iter()
                        .chain(&kept.redirected_by);
                    for url in from {
                        sightings.alias(&partnership, url, &capture.final_url);
                    }
                    if capture.candidate.context.page.is_some() {
                        sightings.see(kept.capture.candidate);
                    }
                }
                Event::Aliased(alias) => {
                    sightings.alias(&partnership, &alias.candidate.url, &alias.to);
                    sightings.see(alias.candidate);
                }
                Event::Failed(_) | Event::RunStarted(_) | Event::RunFinished(_) => {}
            }
        }
        Ok(sightings)
    }

    /// What stood around each link that led to a capture, in the order seen and
    /// without repeats.
    #[must_use]
    pub fn of(&self, capture: &Capture) -> Vec<&LinkContext> {
        let partnership = &capture.candidate.partnership;
        let own = [&capture.candidate.url, &capture.final_url].map(key);
        let mut keys: Vec<&Key> = own.iter().collect();
        for key in &own {
            keys.extend(
                self.aliases
                    .get(&(partnership.clone(), key.clone()))
                    .into_iter()
                    .flatten(),
            );
        }
        let mut found: Vec<&LinkContext> = Vec::new();
        for key in keys {
            let contexts = self.contexts.get(&(partnership.clone(), key.clone()));
            for context in contexts.into_iter().flatten() {
                if !found.contains(&context) {
                    found.push(context);
                }
            }
        }
        found
    }

    fn see(&mut self, candidate: Candidate) {
        let key = (candidate.partnership, key(&candidate.url));
        let contexts = self.contexts.entry(key).or_default();
        if !contexts.contains(&candidate.context) {
            contexts.push(candidate.context);
        }
    }

    /// Remembers which addresses lead to one.
    fn alias(&mut self, partnership: &PartnershipId, from: &Url, to: &Url) {
        let (from, to) = (key(from), key(to));
        if from != to {
            let known = self.aliases.entry((partnership.clone(), to)).or_default();
            if !known.contains(&from) {
                known.push(from);
            }
        }
    }
}

fn key(url: &Url) -> Key {
    canonical(url, &Neutral::default()).key
}
