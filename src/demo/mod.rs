//! A bundled, fictional corpus to try the whole program on.
//!
//! In: a folder for the stores. Out: that folder laid out for a demonstration,
//! with a registry of its own, and a server of the bundled sites for the
//! crawler to visit. It needs no network, and nothing in it is real. Crawling,
//! reading and serving are done by the stages that do so otherwise.

pub mod corpus;
pub mod server;

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use crate::crawl::CrawlSettings;
use crate::demo::corpus::PARTNERSHIPS;
use crate::demo::server::CorpusServer;

/// Shown on every page of the demonstration.
pub const NOTICE: &str = "Demonstration: every partnership, person and case here is fictional.";

/// Why a folder was not laid out for the demonstration.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// What is fictional must never stand among what is real.
    #[error("`{folder}` holds other data; the demonstration wants a folder of its own")]
    HoldsOtherData {
        /// As given.
        folder: PathBuf,
    },
    /// A file or folder could not be read or made.
    #[error("cannot use `{path}`")]
    Io {
        /// Which.
        path: PathBuf,
        /// The system's account.
        #[source]
        source: io::Error,
    },
}

/// Makes `folder` the data folder of a demonstration, or finds that it is one
/// already, and gives the folder of its registry.
///
/// # Errors
///
/// When the folder holds anything else, or cannot be written.
pub fn lay_out(folder: &Path) -> Result<PathBuf, DemoError> {
    let registry = folder.join("crawl-config");
    let rows = registry.join("partnerships.csv");
    if fs::read_to_string(&rows).is_ok_and(|text| text == PARTNERSHIPS) {
        return Ok(registry);
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| DemoError::Io { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    if fs::read_dir(folder)
        .map_err(failed(folder))?
        .next()
        .is_some()
    {
        return Err(DemoError::HoldsOtherData {
            folder: folder.to_owned(),
        });
    }
    fs::create_dir_all(&registry).map_err(failed(&registry))?;
    fs::write(&rows, PARTNERSHIPS).map_err(failed(&rows))?;
    Ok(registry)
}

/// How the crawler visits the bundled sites: through their server, and without
/// waiting, since there is nobody to be polite to.
///
/// # Panics
///
/// Never: the address of a running server makes a URL.
#[must_use]
pub fn crawl_settings(server: &CorpusServer) -> CrawlSettings {
    let address = format!("http://{}", server.address());
    CrawlSettings {
        delay: Duration::ZERO,
        max_crawl_delay: Duration::ZERO,
        proxy: Some(address.parse().expect("an address makes a URL")),
        ..CrawlSettings::default()
    }
}
