//! How many searches a second the service answers, beside the least that any
//! service of this kind does: axum and tantivy and nothing else.
//!
//! ```text
//! cargo bench --bench load -- DATA [SECONDS] [CLIENTS]
//! ```
//!
//! `DATA` is a data folder, such as `lessons demo --data DATA` leaves behind.
//! Both serve the same units on loopback in this process, one after the other,
//! to the same clients, who ask the same searches and read every answer whole.
//! Answers are not kept between requests by either.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod clients;
mod floor;

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use lessons::catalogue::Catalogue;
use lessons::pipeline::Stores;
use lessons::vocabulary::Vocabulary;
use lessons::web::{App, Settings, Sources};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use clients::Figures;

/// What is searched for: words, several words, a phrase, a misspelling, a
/// prefix, Welsh, a question in a sentence.
const QUESTIONS: &[&str] = &[
    "neglect",
    "domestic+abuse",
    "information+sharing",
    "%22professional+curiosity%22",
    "neglekt",
    "safeguard*",
    "esgeulustod",
    "agencies+did+not+share+what+they+knew+about+the+baby",
];
/// Where it is searched for.
const LISTS: &[&str] = &["reviews", "recommendations", "lessons", "answers"];

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
    let paths: Vec<String> = QUESTIONS
        .iter()
        .flat_map(|question| LISTS.iter().map(move |list| (question, list)))
        .map(|(question, list)| format!("/api/v1/{list}?q={question}"))
        .collect();
    println!(
        "{n_clients} clients, {} s each, {} searches",
        time.as_secs(),
        paths.len()
    );
    let floor = serve(floor::app(&stores)).await;
    let floor = clients::ask(floor, &paths, time, n_clients).await;
    show("axum and tantivy alone", &floor);
    let ours = serve_lessons(&stores).await;
    let ours = clients::ask(ours, &paths, time, n_clients).await;
    show("lessons", &ours);
    println!(
        "lessons / floor: {:.2}",
        ours.per_second() / floor.per_second()
    );
}

async fn serve(app: axum::Router) -> SocketAddr {
    let listener = listener().await;
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async { axum::serve(listener, app).await });
    address
}

async fn serve_lessons(stores: &Stores) -> SocketAddr {
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    let app = App::open(Sources {
        catalogue: &stores.catalogue(),
        search: &stores.search(),
        vocabulary: &vocabulary,
        partnerships: &[],
        settings: Settings::default(),
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

fn show(name: &str, figures: &Figures) {
    println!(
        "{name:24} {:8.0} a second   p50 {:6.1} ms   p99 {:6.1} ms   {} answers, {} errors, {:.1} kB each",
        figures.per_second(),
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
