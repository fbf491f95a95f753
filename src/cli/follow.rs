//! `lessons serve --follow`: what another machine published.

use std::convert::Infallible;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Globals, serve};
use crate::pipeline::snapshot::{Followed, Follower};
use crate::registry::Registry;
use crate::telemetry;
use crate::vocabulary::Vocabulary;
use crate::web::App;

/// Told to operators while a newer snapshot cannot be served.
const LAG: &str = "a newer snapshot cannot be fetched or opened";

/// The service over the newest snapshot, and what keeps it the newest.
pub(super) fn open(
    globals: &Globals,
    from: &Path,
    vocabulary: &Vocabulary,
    registry: &Registry,
) -> anyhow::Result<(App, Follower)> {
    let home = globals.settings.data.join("followed");
    let mut follower = Follower::new(from, &home);
    let first = follower.begin()?;
    follower.serves(&first);
    let app = serve::open(
        &first.stores,
        vocabulary,
        &registry.partnerships,
        None,
        &globals.settings.serve,
    )?;
    Ok((app, follower))
}

/// Serves each newer snapshot once it is here and whole, for ever.
pub(super) async fn keep_up(app: App, follower: Follower, every: Duration) -> Infallible {
    let follower = Arc::new(Mutex::new(follower));
    let mut looks = tokio::time::interval(every);
    loop {
        looks.tick().await;
        let (app, follower) = (app.clone(), Arc::clone(&follower));
        let look = telemetry::spawn_blocking(move || {
            look(&app, &mut lock(&follower));
        });
        // A look that fell over was told of; what is served goes on.
        drop(look.await);
    }
}

fn lock(follower: &Mutex<Follower>) -> MutexGuard<'_, Follower> {
    follower.lock().unwrap_or_else(PoisonError::into_inner)
}

fn look(app: &App, follower: &mut Follower) {
    // The state before the last is removed one look later: a request may have
    // been about to open it.
    if let Err(error) = follower.tidy() {
        tracing::warn!(%error, "An old snapshot cannot be removed");
    }
    match follower.newer() {
        Ok(None) => app.lags(None),
        Ok(Some(newer)) => switch(app, follower, &newer),
        Err(error) => {
            tracing::warn!(%error, "A newer snapshot cannot be fetched");
            app.lags(Some(LAG));
        }
    }
}

fn switch(app: &App, follower: &mut Follower, newer: &Followed) {
    match app.switch(&newer.stores.catalogue(), &newer.stores.search()) {
        Ok(()) => {
            follower.serves(newer);
            tracing::info!(snapshot.number = newer.number, "A newer snapshot is served");
        }
        Err(error) => {
            tracing::warn!(snapshot.number = newer.number, %error, "A newer snapshot cannot be opened");
            app.lags(Some(LAG));
        }
    }
}
