//! `lessons show`: one publication as it stands in the catalogue.

use anyhow::{Context as _, bail};
use clap::Args;

use super::{Ended, Globals, ground};
use crate::export;
use crate::model::entry::{Entry, EntryId};

/// Shows what is known of one publication.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// Its id, e.g. `oakmoor/3f9c2a71`, or one of its addresses
    id: String,
}

impl Show {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let catalogue = ground::catalogue(globals)?;
        let by_id = self
            .id
            .parse::<EntryId>()
            .ok()
            .map(|id| catalogue.entry(&id))
            .transpose()?
            .flatten();
        let entry = match by_id {
            Some(entry) => entry,
            None => {
                let is_at = |entry: &Entry| {
                    entry.url.as_str() == self.id || entry.final_url.as_str() == self.id
                };
                let found = catalogue.entries()?.into_iter().find(is_at);
                found.with_context(|| format!("no publication `{}` in the catalogue", self.id))?
            }
        };
        let mut reviews = catalogue.linked_with(&entry.id)?;
        reviews.push(entry.clone());
        let mut lines = Vec::new();
        export::write_jsonl(&reviews, &mut lines)?;
        let text = String::from_utf8(lines)?;
        let Some(line) = text.lines().last() else {
            bail!("publication `{}` could not be written", self.id);
        };
        let record: serde_json::Value = serde_json::from_str(line)?;
        println!(
            "{}",
            if globals.json {
                record.to_string()
            } else {
                serde_json::to_string_pretty(&record)?
            }
        );
        Ok(Ended::Well)
    }
}
