//! What earlier runs kept of a site: whom to ask whether it changed, and what
//! to look for again.

use std::collections::HashMap;

use url::Url;

use crate::archive::{Archive, ArchiveError, Event, Kept, Purpose};
use crate::model::ids::PartnershipId;

/// What earlier runs kept, by the address that gave it.
#[derive(Debug, Default)]
pub(super) struct Known {
    by_address: HashMap<Url, Kept>,
}

impl Known {
    /// Reads what the archive holds of a partnership.
    pub(super) fn read(
        archive: &Archive,
        partnership: &PartnershipId,
    ) -> Result<Self, ArchiveError> {
        let mut known = Self::default();
        for event in archive.events()? {
            if let Event::Captured(kept) = event?
                && kept.capture.candidate.partnership == *partnership
                && kept.purpose != Purpose::Robots
            {
                known.add(*kept);
            }
        }
        known
            .by_address
            .retain(|_, kept| archive.holds(&kept.capture));
        Ok(known)
    }

    fn add(&mut self, mut kept: Kept) {
        let url = kept.capture.final_url.clone();
        match kept.capture.status {
            200..=299 => drop(self.by_address.insert(url, kept)),
            304 => {
                // An answer that nothing changed need not repeat the marks.
                if let Some(before) = self.by_address.remove(&url) {
                    kept.etag = kept.etag.or(before.etag);
                    kept.last_modified = kept.last_modified.or(before.last_modified);
                }
                self.by_address.insert(url, kept);
            }
            404 | 410 => {
                self.by_address.remove(&url);
                self.by_address.remove(&kept.capture.candidate.url);
            }
            _ => {}
        }
    }

    /// What an address gave the last time.
    pub(super) fn get(&self, url: &Url) -> Option<&Kept> {
        self.by_address.get(url)
    }

    /// Pages and files that were there the last time, in the order of their
    /// addresses.
    pub(super) fn content(&self) -> Vec<&Kept> {
        let mut content: Vec<_> = self
            .by_address
            .values()
            .filter(|kept| kept.purpose == Purpose::Content)
            .collect();
        content.sort_by(|one, other| one.capture.final_url.cmp(&other.capture.final_url));
        content
    }
}

/// Headers that ask for a body only if it changed.
pub(super) fn conditions(kept: &Kept) -> Vec<(String, String)> {
    let header = |name: &str, value: &Option<String>| {
        let value = value.as_ref()?;
        Some((name.to_owned(), value.clone()))
    };
    [
        header("If-None-Match", &kept.etag),
        header("If-Modified-Since", &kept.last_modified),
    ]
    .into_iter()
    .flatten()
    .collect()
}
