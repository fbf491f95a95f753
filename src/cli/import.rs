//! `lessons import`: what others fetched, into the archive.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use url::Url;

use super::{Ended, Globals, ground};
use crate::archive::{Archive, Imported, Source, import_file, import_warc, is_web_archive};
use crate::model::ids::PartnershipId;

/// Takes in WARC files of a web archive, packed or not, and plain documents
/// that were once published. Answers that are here already are passed over.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// Files to take in
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Whose publications they are, by slug
    #[arg(long, value_name = "SLUG")]
    partnership: PartnershipId,
    /// Where a plain document was published; a WARC file says so itself
    #[arg(long, value_name = "URL")]
    url: Option<Url>,
    /// When a plain document was had from there [default: now]
    #[arg(long, value_name = "TIME")]
    received: Option<Timestamp>,
}

impl Import {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let vocabulary = ground::vocabulary()?;
        let registry = ground::registry(globals, &vocabulary)?;
        let slug = &self.partnership;
        registry.get(slug).with_context(|| {
            format!("no partnership `{slug}` in the registry; `lessons check` lists them")
        })?;
        let archive = Archive::open(&ground::stores(globals).archive())?;
        let mut ended = Ended::Well;
        for file in &self.files {
            match self.import(&archive, file) {
                Ok(imported) => {
                    show(file, &imported, globals.json);
                    if imported.broken_off.is_some() {
                        ended = Ended::WithFailures;
                    }
                }
                Err(error) => {
                    eprintln!("failed: {}: {error:#}", file.display());
                    ended = Ended::WithFailures;
                }
            }
        }
        Ok(ended)
    }

    fn import(&self, archive: &Archive, file: &Path) -> anyhow::Result<Imported> {
        if is_web_archive(file)? {
            return Ok(import_warc(archive, file, &self.partnership)?);
        }
        let url = self.url.clone().context(
            "is no web archive, and a plain document needs the address it had: name it with `--url`",
        )?;
        let source = Source {
            partnership: self.partnership.clone(),
            url,
            received_at: self.received.unwrap_or_else(Timestamp::now),
        };
        Ok(import_file(archive, file, source)?)
    }
}

fn show(file: &Path, imported: &Imported, as_json: bool) {
    if as_json {
        println!(
            "{}",
            json!({
                "file": file,
                "stored": imported.stored,
                "skipped": imported.skipped,
                "broken_off": imported.broken_off,
            })
        );
        return;
    }
    println!("{}: {} stored", file.display(), imported.stored);
    for (reason, count) in &imported.skipped {
        println!("  {count} passed over: {reason}");
    }
    if let Some(place) = &imported.broken_off {
        eprintln!("failed: {}: broken off {place}", file.display());
    }
}
