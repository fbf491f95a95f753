//! What was withdrawn, and how it is known again when it comes back: under its
//! name, its address, its bytes, or nearly its words.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::model::digest::Digest;
use crate::model::document::{BlockKind, Document};
use crate::model::entry::EntryId;

/// Words in a row that are compared as one.
const SHINGLE: usize = 4;
/// Hashes kept of a text.
const SKETCH: usize = 128;
/// Fewer shingles than this are too little to tell one text from another: most
/// of a short page is what its whole site repeats.
const LEAST_SHINGLES: usize = 100;
/// Share of shingles in common from which two texts are nearly the same: a new
/// cover, a corrected paragraph or another file format stay above it; two
/// reviews written over one template stay far below.
const NEARLY: f64 = 0.8;

/// One decision to withdraw, kept for good. It holds nothing of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When it was decided.
    pub at: Timestamp,
    /// Why, for those who answer for it. Never shown to readers.
    pub reason: String,
    /// Whether its bytes are erased from the archive, or only sealed there.
    pub is_erased: bool,
    /// Publications that went.
    pub ids: BTreeSet<EntryId>,
    /// Every payload they ever had.
    pub digests: BTreeSet<Digest>,
    /// Every address they were found at.
    pub urls: BTreeSet<Url>,
    /// Of their texts, where these are long enough to be told from others.
    pub fingerprints: Vec<Fingerprint>,
}

/// A sketch of a text: the smallest hashes of its runs of four words. Says how
/// alike two texts are and lets nobody read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint(Vec<u64>);

impl Fingerprint {
    /// Of what is printed in a document, running heads left out. `None` when
    /// that is too short to be told from others.
    #[must_use]
    pub fn of(document: &Document) -> Option<Self> {
        let blocks = document.blocks().map(|(_, block)| block);
        let printed = blocks.filter(|block| block.kind != BlockKind::Furniture);
        let words: Vec<String> = printed
            .flat_map(|block| block.text.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let hashes: BTreeSet<u64> = words.windows(SHINGLE).map(hash).collect();
        let is_enough = hashes.len() >= LEAST_SHINGLES;
        is_enough.then(|| Self(hashes.into_iter().take(SKETCH).collect()))
    }

    /// Estimated share of shingles that two texts have in common, from 0 to 1.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        let (own, others): (BTreeSet<_>, BTreeSet<_>) =
            (self.0.iter().collect(), other.0.iter().collect());
        let least: Vec<_> = own.union(&others).take(SKETCH).collect();
        let common = least
            .iter()
            .filter(|hash| own.contains(**hash) && others.contains(**hash));
        common.count() as f64 / least.len().max(1) as f64
    }

    /// Whether two texts are nearly the same.
    #[must_use]
    pub fn is_nearly(&self, other: &Self) -> bool {
        self.likeness(other) >= NEARLY
    }
}

fn hash(words: &[String]) -> u64 {
    let digest = Sha256::digest(words.join(" ").as_bytes());
    digest[..8]
        .iter()
        .fold(0, |hash, &byte| hash << 8 | u64::from(byte))
}

/// Everything that was withdrawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withdrawals {
    all: Vec<Withdrawal>,
    /// Whether what has this address is erased.
    urls: HashMap<Url, bool>,
    /// Whether what has these bytes is erased.
    digests: HashMap<Digest, bool>,
}

impl Withdrawals {
    /// Adds a decision to those before it. A later one may turn what was
    /// sealed into what is erased, never back.
    pub fn add(&mut self, withdrawal: Withdrawal) {
        let erased = withdrawal.is_erased;
        for url in &withdrawal.urls {
            *self.urls.entry(url.clone()).or_default() |= erased;
        }
        for digest in &withdrawal.digests {
            *self.digests.entry(digest.clone()).or_default() |= erased;
        }
        self.all.push(withdrawal);
    }

    /// Every decision, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Withdrawal> {
        self.all.iter()
    }

    /// Whether nothing was ever withdrawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether these bytes were withdrawn.
    #[must_use]
    pub fn has_digest(&self, digest: &Digest) -> bool {
        self.digests.contains_key(digest)
    }

    /// Whether what this address gives was withdrawn.
    #[must_use]
    pub fn has_url(&self, url: &Url) -> bool {
        self.urls.contains_key(url)
    }

    /// Whether these bytes are to be erased wherever they are met.
    #[must_use]
    pub fn erases_digest(&self, digest: &Digest) -> bool {
        self.digests.get(digest).copied().unwrap_or_default()
    }

    /// Whether what this address gives is to be erased.
    #[must_use]
    pub fn erases_url(&self, url: &Url) -> bool {
        self.urls.get(url).copied().unwrap_or_default()
    }

    /// The first decision about a text that is nearly this one.
    #[must_use]
    pub fn of_text(&self, fingerprint: &Fingerprint) -> Option<&Withdrawal> {
        self.all.iter().find(|withdrawal| {
            let known = &withdrawal.fingerprints;
            known.iter().any(|known| known.is_nearly(fingerprint))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Block, Declared, Page, Style, TextFrom};

    #[test]
    fn a_text_is_known_again_in_another_form_and_told_from_its_template() {
        let text = |name: &str| words(0..900, name);
        let whole = fingerprint(&[&text("child")]);
        let check = |blocks: &[&str], is_nearly: bool| {
            let likeness = whole.likeness(&fingerprint(blocks));
            assert_eq!(likeness >= NEARLY, is_nearly, "{likeness}");
        };
        let (first, second) = (words(0..450, "child"), words(450..900, "child"));
        check(&[&text("child")], true);
        check(&[&first.to_uppercase(), &second], true);
        check(
            &["A new cover page, corrected in March", &first, &second],
            true,
        );
        check(&[&first], false);
        let template = words(0..300, "child") + &words(300..900, "other");
        check(&[&template], false);
        check(&[&text("other")], false);
    }

    #[test]
    fn a_short_text_has_no_fingerprint() {
        assert_eq!(Fingerprint::of(&document(&[&words(0..60, "x")])), None);
    }

    #[test]
    fn what_is_erased_stays_erased() {
        let url: Url = "http://north.example/a.pdf".parse().expect("a URL");
        let decided = |is_erased| Withdrawal {
            at: Timestamp::UNIX_EPOCH,
            reason: "asked for".to_owned(),
            is_erased,
            ids: BTreeSet::new(),
            digests: BTreeSet::from([Digest::of(b"a")]),
            urls: BTreeSet::from([url.clone()]),
            fingerprints: Vec::new(),
        };
        let mut withdrawals = Withdrawals::default();
        let states = [false, true, false].map(|is_erased| {
            withdrawals.add(decided(is_erased));
            assert!(withdrawals.has_url(&url) && withdrawals.has_digest(&Digest::of(b"a")));
            withdrawals.erases_url(&url) && withdrawals.erases_digest(&Digest::of(b"a"))
        });
        assert_eq!(states, [false, true, true]);
    }

    fn words(range: std::ops::Range<usize>, name: &str) -> String {
        let words: Vec<String> = range.map(|n| format!("{name}{}", n * n % 917)).collect();
        words.join(" ")
    }

    fn fingerprint(blocks: &[&str]) -> Fingerprint {
        Fingerprint::of(&document(blocks)).expect("a long text")
    }

    fn document(blocks: &[&str]) -> Document {
        let block = |text: &&str| Block {
            kind: BlockKind::Paragraph,
            text: (*text).to_owned(),
            style: Style::default(),
        };
        Document {
            digest: Digest::of(b"any"),
            media_type: "text/html".to_owned(),
            declared: Declared::default(),
            pages: vec![Page {
                number: std::num::NonZeroU32::MIN,
                label: None,
                text_from: TextFrom::File,
                blocks: blocks.iter().map(block).collect(),
            }],
            warnings: Vec::new(),
        }
    }
}
