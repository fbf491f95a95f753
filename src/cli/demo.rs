//! `lessons demo`: the whole way, over a bundled fictional corpus.

use std::env;
use std::fs;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::Timestamp;
use tokio::runtime::Runtime;

use super::{Ended, Globals, ground, process, reindex, serve};
use crate::archive::Archive;
use crate::catalogue::Catalogue;
use crate::crawl::{Crawler, Silent};
use crate::demo;
use crate::demo::corpus::Corpus;
use crate::demo::server::CorpusServer;
use crate::pipeline;
use crate::pipeline::reindex::Extent;

/// Crawls the bundled fictional sites over loopback, reads and indexes what
/// they publish, and serves it. Needs no network.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Address and port to listen at
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

impl Demo {
    /// `data` is the folder named on the command line, if one was: what is
    /// fictional does not go where the settings keep what is real.
    /// `data` is the folder named on the command line, if one was: what is
    /// fictional does not go where the settings keep what is real.
    pub(super) fn run(&self, globals: &Globals, data: Option<&Path>) -> anyhow::Result<Ended> {
        let folder = data.map_or_else(scratch, |data| Ok(data.to_owned()))?;
        let registry = demo::lay_out(&folder)?;
        let globals = globals.in_folders(&folder, &registry);
        let runtime = Runtime::new().context("cannot start the runtime")?;
        runtime.block_on(crawl(&globals))?;
        let mut catalogue = Catalogue::open(&ground::stores(&globals).catalogue())?;
        let failed = process::update(&globals, &mut catalogue, &process::How::default())?;
        reindex::update(&globals, &catalogue, Extent::Changes)?;
        let vocabulary = ground::vocabulary()?;
        let partnerships = ground::registry(&globals, &vocabulary)?.partnerships;
        let app = serve::open(
            &ground::stores(&globals),
            &vocabulary,
            &partnerships,
            Some(demo::NOTICE),
            &globals.settings.serve,
        )?;
        runtime.block_on(serve::until_interrupted(self.listen, app))?;
        Ok(failed)
    }
}

/// Visits the bundled sites through a server of our own on loopback.
async fn crawl(globals: &Globals) -> anyhow::Result<()> {
    let server = CorpusServer::start(Corpus::bundled())
        .await
        .context("cannot serve the bundled sites")?;
    let vocabulary = ground::vocabulary()?;
    let registry = ground::registry(globals, &vocabulary)?;
    let sites = registry
        .partnerships
        .iter()
        .map(|site| (site.clone(), registry.rules(&site.id)))
        .collect();
    let archive = Arc::new(Archive::open(&ground::stores(globals).archive())?);
    let crawler = Arc::new(Crawler::new(
        demo::crawl_settings(&server),
        Arc::new(Timestamp::now),
    )?);
    let at_once = NonZeroUsize::MIN.saturating_add(3);
    for (partnership, report) in
        pipeline::crawl::crawl(crawler, archive, sites, at_once, Arc::new(Silent)).await
    {
        match report {
            Ok(report) => println!(
                "crawled {}: {} pages, {} documents",
                partnership.name, report.pages, report.documents
            ),
            Err(error) => bail!("the crawl of {} failed: {error:#}", partnership.name),
        }
    }
    Ok(())
}

/// A folder that this user's demonstrations share, so that the second begins
/// where the first ended.
fn scratch() -> anyhow::Result<PathBuf> {
    let folder = env::temp_dir().join(format!("lessons-demo-{}", env!("CARGO_PKG_VERSION")));
    if is_stale(&folder) {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot clear `{}`", folder.display()))?;
    }
    Ok(folder)
}

/// Whether a folder was left by a demonstration that was cut off at its start.
fn is_stale(folder: &Path) -> bool {
    folder.exists() && !folder.join("crawl-config").exists()
}
