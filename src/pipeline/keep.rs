//! What becomes of a document that was read: kept, withheld, or noted as failed.
//!
//! In: outcomes of reading, one by one. Out: the catalogue, and the counts of
//! the report.

use crate::archive::Archive;
use crate::catalogue::{Catalogue, Failure, Stage};
use crate::model::document::Document;
use crate::model::entry::Entry;
use crate::model::withdrawal::{Withdrawal, Withdrawals};
use crate::pipeline::process::{Ground, Outcome, Report, rules_of};
use crate::pipeline::publications::Publication;
use crate::pipeline::withdraw;

/// Puts outcomes into the catalogue.
pub(super) struct Keeper<'a> {
    pub(super) archive: &'a Archive,
    pub(super) catalogue: &'a mut Catalogue,
    pub(super) withdrawals: &'a Withdrawals,
    pub(super) ground: &'a Ground<'a>,
    pub(super) report: Report,
}

impl Keeper<'_> {
    pub(super) fn keep(&mut self, outcome: Outcome<'_>) -> anyhow::Result<()> {
        let publication = outcome.publication;
        match outcome.result {
            Ok((document, entry)) => match withdraw::resembled(self.withdrawals, &document) {
                Some(known) => self.withhold(publication, known)?,
                None => self.record(&document, &entry, outcome.is_read)?,
            },
            Err(reason) => self.fail(publication, reason)?,
        }
        Ok(())
    }

    fn record(&mut self, document: &Document, entry: &Entry, is_read: bool) -> anyhow::Result<()> {
        self.catalogue
            .put_document(document, &rules_of(document, self.ground))?;
        self.catalogue.record(entry)?;
        self.catalogue.clear_failure(&entry.url, Stage::Extract)?;
        self.report.processed += 1;
        self.report.read += usize::from(is_read);
        self.report.pages += entry.pages as usize;
        Ok(())
    }

    /// Withdraws what is nearly a text that was withdrawn. A guess: so it is
    /// sealed and not erased, even where the other was.
    fn withhold(&mut self, publication: &Publication, known: &Withdrawal) -> anyhow::Result<()> {
        let withdrawal = withdraw::of_likeness(publication, known, self.ground.now);
        self.archive.withdraw(&withdrawal)?;
        self.catalogue.withdraw(&withdrawal)?;
        let like = known.ids.first().cloned();
        let url = publication.url.to_string();
        self.report
            .withheld
            .push((url, like.unwrap_or_else(|| publication.id.clone())));
        Ok(())
    }

    fn fail(&mut self, publication: &Publication, reason: String) -> anyhow::Result<()> {
        self.catalogue.record_failure(&Failure {
            url: publication.url.clone(),
            digest: Some(publication.newest.digest.clone()),
            stage: Stage::Extract,
            reason: reason.clone(),
            at: self.ground.now,
        })?;
        self.report
            .failed
            .push((publication.url.to_string(), reason));
        Ok(())
    }
}
