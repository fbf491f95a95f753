//! How fast the search is, and how it grows, beside its peers.
//!
//! ```text
//! cargo bench --bench finding -- 10000 100000
//! ```
//!
//! For each size in passages: makes the texts, indexes them with this program,
//! with plain tantivy and with SQLite FTS5 in the same process, and prints
//! throughput, size on disk, memory, and p50/p95/p99 by class of query.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod peers;
mod text;

#[path = "../../tests/it/support/entries.rs"]
#[expect(dead_code, reason = "only some of the builders are used here")]
mod entries;

use std::num::NonZeroU32;
use std::path::Path;
use std::time::{Duration, Instant};

use lessons::model::entry::Entry;
use lessons::search::request::{Facet, Filters, List};
use lessons::search::similar::{SimilarRequest, Subject};
use lessons::search::{Names, Publication, Reader, SearchRequest, Writer};
use lessons::vocabulary::Vocabulary;

use text::TextMaker;

/// Passages of a review; one in the middle of what real ones have.
const PASSAGES: usize = 150;
/// Words of a passage.
const WORDS: usize = 200;
/// Recommendations, and lessons, of a review.
const ITEMS: usize = 9;
/// Queries of each class.
const QUERIES: usize = 50;

/// Questions of one class.
struct Class {
    name: &'static str,
    /// As people type them.
    texts: Vec<String>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let sizes = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok());
    let mut sizes: Vec<usize> = sizes.collect();
    if sizes.is_empty() {
        sizes.push(10_000);
    }
    for size in sizes {
        measure(size);
    }
}

fn measure(passages: usize) {
    println!("\n{passages} passages of {WORDS} words");
    let folder = tempfile::TempDir::new().expect("a scratch folder");
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    let names = Names::new(&vocabulary, &[]);
    let mut maker = TextMaker::new(42);
    let mut writer = Writer::open(folder.path(), &names).expect("an index");
    let mut peers = peers::Peers::new(folder.path());
    let mut indexing = Duration::ZERO;
    for review in 0..passages / PASSAGES {
        let texts: Vec<String> = (0..PASSAGES).map(|_| maker.text(WORDS)).collect();
        let entry = entry(review, &mut maker, &vocabulary);
        let pages: Vec<(String, [&str; 1])> = texts
            .iter()
            .map(|text| (maker.text(4), [&**text]))
            .collect();
        let pages: Vec<(&str, &[&str])> = pages
            .iter()
            .map(|(heading, text)| (&**heading, &text[..]))
            .collect();
        let document = entries::document(&entry, &pages);
        let publication = Publication {
            entry: &entry,
            linked: &[],
            document: Some(&document),
        };
        let started = Instant::now();
        writer.replace(publication).expect("units");
        indexing += started.elapsed();
        for text in &texts {
            peers.add(text);
        }
    }
    let started = Instant::now();
    writer.commit("bench").expect("a commit");
    writer.close().expect("merged segments");
    indexing += started.elapsed();
    peers.finish();
    println!(
        "indexed {:.0} passages a second, {:.1} MB on disk",
        passages as f64 / indexing.as_secs_f64(),
        bytes_of(folder.path(), "sqlite") as f64 / 1e6
    );
    let reader = Reader::open(folder.path(), &names).expect("a reader");
    println!("class      by         p50 ms   p95 ms   p99 ms");
    let classes = classes(&mut maker);
    for class in &classes {
        times(class.name, "lessons", &class.texts, |text| {
            ask(&reader, class.name, text);
        });
        if class.name != "facets" && class.name != "similar" {
            peers.measure(class.name, &class.texts);
        }
    }
    println!(
        "memory     {:.0} MB resident, peers included",
        resident_mb()
    );
}

/// A review with items, themes and agencies.
fn entry(number: usize, maker: &mut TextMaker, vocabulary: &Vocabulary) -> Entry {
    let themes = &vocabulary.themes;
    let mut theme = || {
        themes[maker.below(themes.len() as u64) as usize]
            .id
            .to_string()
    };
    let (first, second) = (theme(), theme());
    let year = 2005 + number % 20;
    let mut builder = entries::review("oakmoor", &format!("review-{number}"))
        .title(&maker.text(8))
        .published(&year.to_string())
        .theme(&first)
        .theme(&second)
        .age("under-1");
    for item in 1..=ITEMS {
        let (label, page) = (item.to_string(), item as u32);
        builder = builder
            .recommendation(&label, &maker.text(40), page, &["police"], &[&first])
            .lesson(&label, &maker.text(40), page, &[&second]);
    }
    builder.build()
}

fn classes(maker: &mut TextMaker) -> Vec<Class> {
    let mut words = |count: usize| -> Vec<String> {
        let text = maker.text(count * 12);
        let clean = |word: &str| {
            word.chars()
                .filter(|c| c.is_alphabetic())
                .collect::<String>()
        };
        let words = text.split_whitespace().map(clean);
        words.filter(|word| word.len() > 4).take(count).collect()
    };
    let mut class = |name, count: usize, between: &str| Class {
        name,
        texts: (0..QUERIES).map(|_| words(count).join(between)).collect(),
    };
    vec![
        class("term", 1, " "),
        class("boolean", 2, " AND "),
        class("multi", 3, " "),
        class("facets", 2, " "),
        class("similar", 30, " "),
    ]
}

fn ask(reader: &Reader, class: &str, text: &str) {
    if class == "similar" {
        let request = SimilarRequest {
            subject: Subject::Text(text),
            filters: Filters::default(),
            size: NonZeroU32::new(10).expect("10 is not 0"),
        };
        reader.similar(&request).expect("cases");
        return;
    }
    let mut request = SearchRequest {
        text: text.to_owned(),
        ..SearchRequest::new(List::Reviews)
    };
    if class == "facets" {
        request.list = List::Recommendations;
        request
            .filters
            .chosen
            .insert(Facet::Agency, vec!["police".to_owned()]);
        request.filters.from = "2010".parse().ok();
    }
    reader.search(&request).expect("results");
}

/// Asks each question once to warm up and once to measure.
pub(crate) fn times(class: &str, by: &str, texts: &[String], mut ask: impl FnMut(&str)) {
    for text in texts {
        ask(text);
    }
    let mut times: Vec<f64> = Vec::with_capacity(texts.len());
    for text in texts {
        let started = Instant::now();
        ask(text);
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!(
        "{class:<10} {by:<9} {:>8.2} {:>8.2} {:>8.2}",
        at(50),
        at(95),
        at(99)
    );
}

/// Bytes of a folder's own files, without those that begin so.
fn bytes_of(folder: &Path, without: &str) -> u64 {
    let files = std::fs::read_dir(folder).expect("the folder reads");
    let own = files
        .filter_map(Result::ok)
        .filter(|file| !file.file_name().to_string_lossy().starts_with(without));
    own.filter_map(|file| file.metadata().ok())
        .map(|file| file.len())
        .sum()
}

fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
    kib.unwrap_or(0.0) / 1024.0
}
