//! `lessons run`: everything in one process, for a server.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use tokio::runtime::Runtime;

use super::crawl_progress::Shown;
use super::{Ended, Globals, crawl, ground, process, reindex, serve, snapshot};
use crate::archive::Archive;
use crate::catalogue::Catalogue;
use crate::crawl::{Clock, CrawlReport, Crawler};
use crate::pipeline::keep_up::Rounds;
use crate::pipeline::reindex::Extent;
use crate::pipeline::snapshot::KEPT;
use crate::telemetry;

/// Serves, and crawls each site when it is due, reading what is new after each
/// crawl. Goes on after a restart where it was; ends when it is interrupted.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// Partnerships to crawl, by slug [default: all of the registry]
    sites: Vec<String>,
    /// Address and port to listen at [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

impl Run {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let vocabulary = ground::vocabulary()?;
        let registry = ground::registry(globals, &vocabulary)?;
        let rounds = rounds(globals, crawl::chosen(&registry, &self.sites)?)?;
        // What was crawled before, perhaps by another command, is served first.
        update(globals)?;
        let stores = ground::stores(globals);
        let app = serve::open(
            &stores,
            &vocabulary,
            &registry.partnerships,
            None,
            &globals.settings.serve,
        )?;
        let listen = self.listen.unwrap_or(globals.settings.serve.listen);
        let runtime = Runtime::new().context("cannot start the runtime")?;
        runtime.block_on(async {
            let finished = |reports| after(globals.clone(), reports);
            tokio::select! {
                served = serve::until_interrupted(listen, app) => served,
                failed = rounds.keep_up(finished) => failed,
            }
        })?;
        Ok(Ended::Well)
    }
}

fn rounds(globals: &Globals, sites: crawl::Sites) -> anyhow::Result<Rounds> {
    let settings = &globals.settings;
    let clock: Clock = Arc::new(Timestamp::now);
    Ok(Rounds {
        crawler: Arc::new(Crawler::new(settings.crawl.clone(), Arc::clone(&clock))?),
        archive: Arc::new(Archive::open(&ground::stores(globals).archive())?),
        sites,
        at_once: settings.crawl.sites_at_once,
        schedule: settings.schedule.clone(),
        clock,
        progress: Arc::new(Shown::new()),
    })
}

/// Shows what crawls came to and reads what they brought.
async fn after(globals: Globals, reports: Vec<CrawlReport>) -> anyhow::Result<()> {
    for report in &reports {
        crawl::show(report, globals.json);
    }
    telemetry::spawn_blocking(move || update(&globals))
        .await
        .context("the processing fell over")?
}

/// Brings catalogue and index in step with the archive. A document that cannot
/// be read is listed and costs nothing else.
fn update(globals: &Globals) -> anyhow::Result<()> {
    let mut catalogue = Catalogue::open(&ground::stores(globals).catalogue())?;
    process::update(globals, &mut catalogue, &process::How::default())?;
    reindex::update(globals, &catalogue, Extent::Changes)?;
    snapshot::publish_usual(globals, KEPT)
}
