//! `lessons read-worker`, hidden: a process that reads documents for others, so
//! that a broken file costs one document and nothing else.

use anyhow::Context as _;
use clap::Args;

use super::Ended;
use crate::config;
use crate::extract::tesseract::Tesseract;
use crate::extract::worker::{self, Launch, Limits};

/// Reads documents from standard input until it ends.
#[derive(Debug, Args)]
pub(super) struct ReadWorker;

impl ReadWorker {
    /// Serves before anything else is set up: a reader needs no settings.
    pub(super) fn run() -> anyhow::Result<Ended> {
        let folders = config::search_path();
        worker::serve_stdin(Limits::default(), folders.iter().map(AsRef::as_ref))
            .context("the reader cannot serve")?;
        Ok(Ended::Well)
    }
}

/// How such a process is started.
pub(super) fn launch() -> anyhow::Result<Launch> {
    Ok(Launch {
        program: config::program().context("cannot find this program's own file")?,
        arguments: vec!["read-worker".into()],
        path: config::path_variable(),
        limits: Limits::default(),
    })
}

/// Whether such a process finds an engine that reads pictures of pages.
pub(super) fn has_engine() -> bool {
    Tesseract::find(config::search_path().iter().map(AsRef::as_ref)).is_some()
}
