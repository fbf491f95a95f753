//! Taking a publication out of every store for good.
//!
//! In: a name, address or digest, and the decision. Out: a line in the
//! archive's ledger, and stores without it. The ledger is written first; every
//! step after it can be repeated, and is by whichever command opens the stores
//! next, so that a kill in the middle only delays it. A copy of the same
//! bytes, or of nearly the same text, goes with it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use url::Url;

use crate::archive::{Archive, ArchiveError};
use crate::catalogue::Catalogue;
use crate::corrections::Corrections;
use crate::model::capture::Capture;
use crate::model::digest::Digest;
use crate::model::document::Document;
use crate::model::entry::EntryId;
use crate::model::withdrawal::{Fingerprint, Withdrawal, Withdrawals};
use crate::pipeline::Stores;
use crate::pipeline::publications::{self, Publication};
use crate::pipeline::reindex::{self, Extent};
use crate::pipeline::relink::relink;
use crate::search::{Names, Writer};

/// What names that which is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A publication.
    Id(EntryId),
    /// Where it was found.
    Url(Url),
    /// Bytes it had once.
    Digest(Digest),
}

/// A string that names nothing that could be withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither an id such as `oakmoor/3f9c2a71`, nor an address, nor a SHA-256 digest")]
pub struct InvalidTarget(pub String);

impl std::str::FromStr for Target {
    type Err = InvalidTarget;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let id = || text.parse().ok().map(Self::Id);
        let digest = || Digest::try_from(text.to_owned()).ok().map(Self::Digest);
        let url = || {
            let mut url = Url::parse(text).ok()?;
            url.set_fragment(None);
            Some(Self::Url(url))
        };
        id().or_else(digest)
            .or_else(url)
            .ok_or_else(|| InvalidTarget(text.to_owned()))
    }
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is to go.
    pub target: Target,
    /// Why, for those who answer for it.
    pub reason: String,
    /// Whether its bytes are erased from the archive, too.
    pub is_erased: bool,
    /// When it was taken.
    pub at: Timestamp,
}

/// What a decision came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What is withdrawn.
    pub withdrawal: Withdrawal,
    /// Publications among these that the target does not name: copies.
    pub copies: BTreeSet<EntryId>,
}

/// What was done to the stores.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settled {
    /// Records of the archive that lost something.
    pub records_erased: usize,
    /// Whether something is still to be erased, because a crawl is writing.
    pub is_erasure_pending: bool,
}

/// What is known of one publication, from either store.
#[derive(Debug, Default)]
struct Known {
    urls: BTreeSet<Url>,
    digests: BTreeSet<Digest>,
    fingerprint: Option<Fingerprint>,
}

/// Notes a decision in the ledger, with everything that it covers. `None` when
/// nothing of that name is known. What it covers is taken out by [`settle`].
///
/// # Errors
///
/// Fails when a store does.
pub fn decide(
    archive: &Archive,
    catalogue: &Catalogue,
    decision: &Decision,
) -> anyhow::Result<Option<Found>> {
    let known = gather(archive, catalogue)?;
    let named = known.iter().filter(|(id, known)| match &decision.target {
        Target::Id(target) => *id == target,
        Target::Url(target) => known.urls.contains(target),
        Target::Digest(target) => known.digests.contains(target),
    });
    let named: BTreeMap<_, _> = named.collect();
    if named.is_empty() {
        return Ok(None);
    }
    let is_copy = |id: &EntryId, one: &Known| {
        !named.contains_key(id) && named.values().any(|named| named.is_in(one))
    };
    let copies = known.iter().filter(|(id, one)| is_copy(id, one));
    let copies: BTreeMap<_, _> = copies.collect();
    let all = || named.iter().chain(&copies);
    let withdrawal = Withdrawal {
        at: decision.at,
        reason: decision.reason.clone(),
        is_erased: decision.is_erased,
        ids: all().map(|(id, _)| (*id).clone()).collect(),
        digests: all().flat_map(|(_, one)| one.digests.clone()).collect(),
        urls: all().flat_map(|(_, one)| one.urls.clone()).collect(),
        fingerprints: all()
            .filter_map(|(_, one)| one.fingerprint.clone())
            .collect(),
    };
    archive.withdraw(&withdrawal)?;
    Ok(Some(Found {
        withdrawal,
        copies: copies.keys().map(|id| (*id).clone()).collect(),
    }))
}

impl Known {
    /// Whether the other has bytes of this one, or nearly its text.
    fn is_in(&self, other: &Self) -> bool {
        let is_like = |(own, other): (&Fingerprint, &Fingerprint)| own.is_nearly(other);
        !self.digests.is_disjoint(&other.digests)
            || self
                .fingerprint
                .as_ref()
                .zip(other.fingerprint.as_ref())
                .is_some_and(is_like)
    }
}

/// Every publication that the archive or the catalogue knows.
fn gather(archive: &Archive, catalogue: &Catalogue) -> anyhow::Result<BTreeMap<EntryId, Known>> {
    let captures: Vec<Capture> = archive.captures()?.collect::<Result<_, _>>()?;
    let mut all: BTreeMap<EntryId, Known> = BTreeMap::new();
    for publication in publications::gather(captures.clone()) {
        let known = all.entry(publication.id.clone()).or_default();
        known.urls.extend(publication.addresses().cloned());
        known.digests.insert(publication.newest.digest.clone());
        // Earlier versions, but not what a moved address leads to now.
        let partnership = publication.id.partnership();
        let versions = captures.iter().filter(|capture| {
            (200..300).contains(&capture.status)
                && capture.candidate.partnership == *partnership
                && publication.is_at(&capture.candidate.url)
                && publication.is_at(&capture.final_url)
        });
        known.digests.extend(versions.map(|one| one.digest.clone()));
    }
    for entry in catalogue.entries()? {
        let document = catalogue.document(&entry.digest)?;
        let known = all.entry(entry.id.clone()).or_default();
        let addresses = [&entry.url, &entry.final_url]
            .into_iter()
            .chain(&entry.also_at);
        known.urls.extend(addresses.cloned());
        known.digests.insert(entry.digest);
        known.fingerprint = document.as_ref().and_then(Fingerprint::of);
    }
    // Many addresses can give nothing; that makes them no copies.
    let nothing = Digest::of(b"");
    for known in all.values_mut() {
        known.digests.remove(&nothing);
    }
    Ok(all)
}

/// Takes everything that was withdrawn out of all stores. Where that was done
/// before it does nothing.
///
/// # Errors
///
/// Fails when a store does. What was done up to there stays done.
pub fn settle(
    stores: &Stores,
    archive: &Archive,
    catalogue: &mut Catalogue,
    names: &Names,
    corrections: &Corrections,
) -> anyhow::Result<Settled> {
    if carry_out(catalogue, &archive.withdrawals()?)? {
        relink(catalogue, corrections)?;
    }
    if catalogue.is_unscrubbed()? {
        let folder = &stores.search();
        reindex::reindex(catalogue, folder, names, Extent::Changes, |_, _| {})?;
        catalogue.scrub()?;
        Writer::open(folder, names)?.purge()?;
        catalogue.set_scrubbed()?;
    }
    match Archive::erase(&stores.archive()) {
        Ok(records_erased) => Ok(Settled {
            records_erased,
            is_erasure_pending: false,
        }),
        Err(ArchiveError::Locked { .. }) => Ok(Settled {
            records_erased: 0,
            is_erasure_pending: true,
        }),
        Err(fault) => Err(fault.into()),
    }
}

/// Takes what was withdrawn out of the catalogue. Says whether anything was
/// there.
pub(super) fn carry_out(
    catalogue: &mut Catalogue,
    withdrawals: &Withdrawals,
) -> anyhow::Result<bool> {
    let mut has_changed = false;
    for withdrawal in withdrawals.iter() {
        has_changed |= catalogue.withdraw(withdrawal)?;
    }
    Ok(has_changed)
}

/// Drops publications that were withdrawn, and from the others what withdrawn
/// pages say about the links to them.
pub(super) fn sift(publications: &mut Vec<Publication>, withdrawals: &Withdrawals) {
    publications.retain(|publication| {
        let is_withdrawn = publication.addresses().any(|url| withdrawals.has_url(url))
            || withdrawals.has_digest(&publication.newest.digest);
        !is_withdrawn
    });
    for publication in publications {
        publication.found.retain(|context| {
            let page = context.page.as_ref();
            !page.is_some_and(|page| withdrawals.has_url(page))
        });
    }
}

/// The withdrawal of a text that is nearly that of a document.
pub(super) fn resembled<'a>(
    withdrawals: &'a Withdrawals,
    document: &Document,
) -> Option<&'a Withdrawal> {
    if withdrawals.is_empty() {
        return None;
    }
    withdrawals.of_text(&Fingerprint::of(document)?)
}

/// The withdrawal of a publication that is nearly one withdrawn before.
pub(super) fn of_likeness(
    publication: &Publication,
    known: &Withdrawal,
    at: Timestamp,
) -> Withdrawal {
    let like: Vec<String> = known.ids.iter().map(ToString::to_string).collect();
    Withdrawal {
        at,
        reason: format!("its text is nearly that of {}", like.join(", ")),
        is_erased: false,
        ids: BTreeSet::from([publication.id.clone()]),
        digests: BTreeSet::from([publication.newest.digest.clone()]),
        urls: publication.addresses().cloned().collect(),
        fingerprints: Vec::new(),
    }
}
