//! How many searches a second the service answers, beside the least that any
//! service of this kind does: axum and tantivy and nothing else.
//!
//! ```text
//! cargo bench --bench load -- DATA [SECONDS] [CLIENTS]
//! ```
//!
//! `DATA` is a data folder, such as `lessons demo --data DATA` leaves behind.
//! Both serve the same units on loopback in this process, one after the other,
//! to the same clients, who ask the same searches and read every answer whole:
//! first the same few searches again and again, then no search twice. Those
//! asked again are answered by the service with what it keeps of finished
//! answers and without (`serve.cache_bytes = 0`), so that both can be told.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod clients;
mod floor;
mod searches;

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use lessons::catalogue::Catalogue;
use lessons::config::ServeSettings;
use lessons::pipeline::Stores;
use lessons::vocabulary::Vocabulary;
use lessons::web::{App, Settings, Sources};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use clients::Figures;
use searches::{Distinct, Repeated};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let plain: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let Some(data) = plain.first() else {
        println!("usage: cargo bench --bench load -- DATA [SECONDS] [CLIENTS]");
        return;
    };
    let number = |at: usize, usual: u64| {
        let given = plain.get(at).and_then(|text| text.parse().ok());
        given.unwrap_or(usual)
    };
    let time = Duration::from_secs(number(1, 60));
    let n_clients = usize::try_from(number(2, 200)).expect("few clients");
    Runtime::new()
        .expect("a runtime")
        .block_on(measure(Path::new(data), time, n_clients));
}

async fn measure(data: &Path, time: Duration, n_clients: usize) {
    let stores = Stores::in_folder(data);
    let cores = available_parallelism().map_or(1, NonZeroUsize::get);
    println!(
        "{n_clients} clients, {} s each, {cores} cores, which the clients share",
        time.as_secs()
    );
    let floor = serve(floor::app(&stores)).await;
    let ours = serve_lessons(&stores, Settings::default()).await;
    let without = serve_lessons(&stores, keeping_nothing()).await;
    let ask = |address, asked| clients::ask(address, asked, time, n_clients);

    println!("the same searches again and again");
    let least = ask(floor, Arc::new(Repeated)).await;
    show("axum and tantivy alone", &least, &least);
    show("lessons", &ask(ours, Arc::new(Repeated)).await, &least);
    let made = ask(without, Arc::new(Repeated)).await;
    show("lessons, none kept", &made, &least);

    println!("no search twice");
    let distinct = || Arc::new(Distinct { n_clients });
    let least = ask(floor, distinct()).await;
    show("axum and tantivy alone", &least, &least);
    show("lessons", &ask(ours, distinct()).await, &least);
}

/// Every answer is made when it is asked for.
fn keeping_nothing() -> Settings {
    let serve = ServeSettings {
        cache_bytes: 0,
        ..ServeSettings::default()
    };
    Settings {
        serve,
        ..Settings::default()
    }
}

async fn serve(app: axum::Router) -> SocketAddr {
    let listener = listener().await;
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async { axum::serve(listener, app).await });
    address
}

async fn serve_lessons(stores: &Stores, settings: Settings) -> SocketAddr {
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    let app = App::open(Sources {
        catalogue: &stores.catalogue(),
        search: &stores.search(),
        vocabulary: &vocabulary,
        partnerships: &[],
        settings,
    });
    let listener = listener().await;
    let address = listener.local_addr().expect("an address");
    let app = app.expect("stores that can be served");
    tokio::spawn(lessons::web::serve(listener, app, std::future::pending()));
    address
}

async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.expect("a free port")
}

fn show(name: &str, figures: &Figures, floor: &Figures) {
    println!(
        "  {name:24} {:7.0} a second ({:.2})   p50 {:6.1} ms   p99 {:6.1} ms   {} answers, {} errors, {:.1} kB each",
        figures.per_second(),
        figures.per_second() / floor.per_second(),
        figures.percentile(50).as_secs_f64() * 1e3,
        figures.percentile(99).as_secs_f64() * 1e3,
        figures.times.len(),
        figures.errors,
        figures.bytes as f64 / 1e3 / figures.times.len().max(1) as f64,
    );
}

/// The catalogue of a data folder.
fn catalogue(stores: &Stores) -> Catalogue {
    Catalogue::open_read_only(&stores.catalogue()).expect("a catalogue")
}
