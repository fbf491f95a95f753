//! `lessons serve`: the API and the pages.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

use super::{Ended, Globals, follow, ground};
use crate::config::ServeSettings;
use crate::model::partnership::Partnership;
use crate::pipeline::Stores;
use crate::vocabulary::Vocabulary;
use crate::web::{self, App, Settings, Sources};

/// Serves what is in the catalogue and the index until it is interrupted.
/// Changes that other commands make are seen without a restart.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Address and port to listen at [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Serve the newest snapshot in this folder, and each newer one as it comes; its copy is kept in the data folder
    #[arg(long, value_name = "FOLDER")]
    follow: Option<PathBuf>,
}

impl Serve {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let vocabulary = ground::vocabulary()?;
        let registry = ground::registry(globals, &vocabulary)?;
        let listen = self.listen.unwrap_or(globals.settings.serve.listen);
        let runtime = Runtime::new().context("cannot start the runtime")?;
        if let Some(from) = &self.follow {
            let (app, follower) = follow::open(globals, from, &vocabulary, &registry)?;
            let every = globals.settings.serve.follow_interval;
            runtime.spawn(follow::keep_up(app.clone(), follower, every));
            runtime.block_on(until_interrupted(listen, app))?;
            return Ok(Ended::Well);
        }
        let stores = ground::stores(globals);
        let app = open(
            &stores,
            &vocabulary,
            &registry.partnerships,
            None,
            &globals.settings.serve,
        )?;
        runtime.block_on(until_interrupted(listen, app))?;
        Ok(Ended::Well)
    }
}

/// The service over these stores, with a notice for every page if there is one.
pub(super) fn open(
    stores: &Stores,
    vocabulary: &Vocabulary,
    partnerships: &[Partnership],
    notice: Option<&str>,
    settings: &ServeSettings,
) -> anyhow::Result<App> {
    let (catalogue, search) = (stores.catalogue(), stores.search());
    must_exist(&catalogue)?;
    must_exist(&search)?;
    let sources = Sources {
        catalogue: &catalogue,
        search: &search,
        vocabulary,
        partnerships,
        settings: Settings {
            notice: notice.map(str::to_owned),
            serve: settings.clone(),
        },
    };
    Ok(App::open(sources)?)
}

/// Serves, having said where, until the process is told to stop.
pub(super) async fn until_interrupted(listen: SocketAddr, app: App) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen at `{listen}`"))?;
    let stop = stop_asked()?;
    println!("Lessons Index at http://{}", listener.local_addr()?);
    let n_cut = web::serve(listener, app, stop).await;
    if n_cut > 0 {
        eprintln!("{n_cut} connections were still open and have been cut");
    }
    Ok(())
}

/// Listens for being told to stop from now on; done once it was.
fn stop_asked() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let listen_for = |kind| signal(kind).context("cannot listen for a signal to stop");
    let mut terminate = listen_for(SignalKind::terminate())?;
    let mut interrupt = listen_for(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn must_exist(store: &Path) -> anyhow::Result<()> {
    let missing = || {
        format!(
            "`{}` is not there yet: `lessons crawl` and `lessons process` make it",
            store.display()
        )
    };
    store
        .try_exists()
        .ok()
        .filter(|exists| *exists)
        .with_context(missing)
        .map(|_| ())
}
