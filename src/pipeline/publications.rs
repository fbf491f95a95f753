//! Captures gathered into publications: one file or page under all its
//! addresses and in all its versions.
//!
//! In: captures in the order kept. Out: [`Publication`]s, each with the bytes
//! to read now and when it was seen. What it says is not looked at.

use std::collections::HashMap;

use jiff::Timestamp;
use url::Url;

use crate::archive::Histories;
use crate::model::capture::{Capture, LinkContext};
use crate::model::entry::EntryId;
use crate::model::ids::PartnershipId;

/// Contexts kept of one publication; menus link to some pages from everywhere.
const MAX_CONTEXTS: usize = 12;

/// One file or page, for good.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// Named by the first bytes that its address ever gave.
    pub id: EntryId,
    /// Newest capture that gave bytes.
    pub newest: Capture,
    /// The first link to it as found.
    pub url: Url,
    /// Where that ended.
    pub final_url: Url,
    /// Other links that gave the same.
    pub also_at: Vec<Url>,
    /// Where links to it stood, the most telling first.
    pub found: Vec<LinkContext>,
    /// First capture.
    pub first_seen: Timestamp,
    /// Newest capture that still gave it.
    pub last_seen: Timestamp,
    /// First visit that no longer found it at any of its addresses; see
    /// [`see_gone`].
    pub gone_since: Option<Timestamp>,
}

/// Gathers captures, which must come in the order kept, into publications by
/// id.
///
/// Two captures belong together when they are of one partnership and have an
/// address or their bytes in common.
#[must_use]
pub fn gather(captures: impl IntoIterator<Item = Capture>) -> Vec<Publication> {
    let mut gathered = Gathered::default();
    for capture in captures {
        gathered.add(capture);
    }
    for publication in &mut gathered.publications {
        keep_most_telling(&mut publication.found);
    }
    gathered.publications.sort_by(|a, b| a.id.cmp(&b.id));
    gathered.publications
}

/// Says of each publication since when it is gone: since the last of its
/// addresses was.
pub(super) fn see_gone(publications: &mut [Publication], histories: &Histories) {
    for publication in publications {
        let partnership = publication.id.partnership();
        let known = publication
            .addresses()
            .filter_map(|url| histories.get(partnership, url));
        let gone: Option<Vec<Timestamp>> = known
            .map(|history| history.gone.map(|gone| gone.since))
            .collect();
        publication.gone_since = gone.and_then(|gone| gone.into_iter().max());
    }
}

/// Puts the most telling contexts first and drops the rest of a long list.
pub(super) fn keep_most_telling(found: &mut Vec<LinkContext>) {
    // Stable, so that of equals the first found stays first.
    found.sort_by_key(|context| std::cmp::Reverse(tells(context)));
    found.truncate(MAX_CONTEXTS);
}

impl Publication {
    /// The addresses that gave it.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &Url> {
        [&self.url, &self.final_url]
            .into_iter()
            .chain(&self.also_at)
    }

    /// Whether one of its addresses is this one.
    pub(super) fn is_at(&self, url: &Url) -> bool {
        self.addresses().any(|address| address == url)
    }
}

#[derive(Default)]
struct Gathered {
    publications: Vec<Publication>,
    by_url: HashMap<(PartnershipId, Url), usize>,
    by_digest: HashMap<(PartnershipId, String), usize>,
}

impl Gathered {
    fn add(&mut self, capture: Capture) {
        let partnership = capture.candidate.partnership.clone();
        let by_url = |url: &Url| {
            self.by_url
                .get(&(partnership.clone(), url.clone()))
                .copied()
        };
        let known = by_url(&capture.candidate.url).or_else(|| by_url(&capture.final_url));
        match capture.status {
            200..=299 => {
                let key = (partnership, capture.digest.as_str().to_owned());
                let index = known.or_else(|| self.by_digest.get(&key).copied());
                let index = index.unwrap_or_else(|| self.open(&capture));
                self.see(index, capture);
            }
            304 => {
                if let Some(index) = known {
                    self.see_again(index, &capture);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, capture: &Capture) -> usize {
        self.publications.push(Publication {
            id: EntryId::new(capture.candidate.partnership.clone(), &capture.digest),
            newest: capture.clone(),
            url: capture.candidate.url.clone(),
            final_url: capture.final_url.clone(),
            also_at: Vec::new(),
            found: Vec::new(),
            first_seen: capture.received_at,
            last_seen: capture.received_at,
            gone_since: None,
        });
        self.publications.len() - 1
    }

    fn see(&mut self, index: usize, capture: Capture) {
        let partnership = capture.candidate.partnership.clone();
        for url in [&capture.candidate.url, &capture.final_url] {
            self.by_url
                .entry((partnership.clone(), url.clone()))
                .or_insert(index);
        }
        let key = (partnership, capture.digest.as_str().to_owned());
        self.by_digest.entry(key).or_insert(index);
        self.see_again(index, &capture);
        self.publications[index].newest = capture;
    }

    fn see_again(&mut self, index: usize, capture: &Capture) {
        let publication = &mut self.publications[index];
        publication.last_seen = publication.last_seen.max(capture.received_at);
        let url = &capture.candidate.url;
        if *url != publication.url && !publication.also_at.contains(url) {
            publication.also_at.push(url.clone());
        }
        let context = &capture.candidate.context;
        if context.page.is_some() && !publication.found.contains(context) {
            publication.found.push(context.clone());
        }
    }
}

/// How much a context tells: a link under headings, with words of its own and
/// text around it, more than a bare one.
fn tells(context: &LinkContext) -> usize {
    let words = |text: &Option<String>| {
        text.as_deref()
            .map_or(0, |text| text.split_whitespace().count())
    };
    words(&context.link_text).min(12)
        + words(&context.nearby).min(30)
        + 5 * context.headings.len().min(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::capture::Candidate;
    use crate::model::digest::Digest;

    #[test]
    fn one_file_at_two_addresses_is_one_publication() {
        let gathered = gather([
            capture(1, "/a.pdf", "x", 200),
            capture(2, "/a.pdf?v=2", "x", 200),
        ]);
        assert_eq!(gathered.len(), 1);
        assert_eq!(gathered[0].also_at.len(), 1);
    }

    #[test]
    fn new_bytes_at_an_address_keep_its_name() {
        let gathered = gather([
            capture(1, "/a.pdf", "old", 200),
            capture(2, "/a.pdf", "new", 200),
        ]);
        assert_eq!(gathered.len(), 1);
        assert_eq!(
            gathered[0].id.to_string(),
            format!("north/{}", Digest::of(b"old").head())
        );
        assert_eq!(gathered[0].newest.digest, Digest::of(b"new"));
    }

    #[test]
    fn what_is_found_again_was_last_seen_then() {
        let gathered = gather([
            capture(1, "/a", "x", 200),
            capture(2, "/a", "-", 404),
            capture(4, "/a", "x", 304),
        ]);
        assert_eq!(gathered.len(), 1);
        assert_eq!(gathered[0].last_seen, second(4));
    }

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a small number of seconds")
    }

    fn capture(at: i64, path: &str, body: &str, status: u16) -> Capture {
        let url: Url = format!("http://north.example{path}")
            .parse()
            .expect("a URL");
        Capture {
            candidate: Candidate {
                partnership: "north".parse().expect("an id"),
                url: url.clone(),
                context: LinkContext::default(),
                depth: 0,
            },
            final_url: url,
            status,
            media_type: String::new(),
            charset: None,
            file_name: None,
            digest: Digest::of(body.as_bytes()),
            length: body.len() as u64,
            received_at: second(at),
        }
    }
}
