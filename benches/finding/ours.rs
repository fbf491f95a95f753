//! This program: fills an index as the pipeline does, and asks it as pages do.

use std::num::NonZeroU32;
use std::path::Path;
use std::time::{Duration, Instant};

use lessons::model::entry::Entry;
use lessons::search::request::{Facet, Filters};
use lessons::search::similar::{SimilarRequest, Subject};
use lessons::search::{Names, Publication, Reader, SearchRequest, Writer};
use lessons::vocabulary::Vocabulary;

use crate::entries;
use crate::peers::Question;
use crate::questions::{Asks, Class};
use crate::text::TextMaker;

/// Passages of a review; one in the middle of what real ones have.
pub(crate) const PASSAGES: usize = 150;
/// Recommendations, and lessons, of a review.
const ITEMS: usize = 9;

/// An index being filled.
pub(crate) struct Filling {
    /// `None` when the index is kept.
    writer: Option<Writer>,
    vocabulary: Vocabulary,
}

impl Filling {
    /// Begins an index in a folder; without one, passes over what is given.
    pub(crate) fn new(folder: Option<&Path>) -> Self {
        let open = |folder| Writer::open(folder, &names()).expect("an index");
        Self {
            writer: folder.map(open),
            vocabulary: vocabulary(),
        }
    }

    /// Takes a review over; gives the time that took.
    pub(crate) fn add(
        &mut self,
        number: usize,
        texts: &[String],
        maker: &mut TextMaker,
    ) -> Duration {
        let entry = self.entry(number, maker);
        let headings: Vec<String> = texts.iter().map(|_| maker.text(4)).collect();
        let blocks: Vec<[&str; 1]> = texts.iter().map(|text| [&**text]).collect();
        let pages = headings.iter().zip(&blocks);
        let pages: Vec<(&str, &[&str])> = pages
            .map(|(heading, text)| (&**heading, &text[..]))
            .collect();
        let document = entries::document(&entry, &pages);
        let publication = Publication {
            entry: &entry,
            linked: &[],
            document: Some(&document),
        };
        let started = Instant::now();
        if let Some(writer) = &mut self.writer {
            writer.replace(publication).expect("units");
        }
        started.elapsed()
    }

    /// The time that took; `None` for an index that was there already.
    pub(crate) fn finish(self) -> Option<Duration> {
        let started = Instant::now();
        let mut writer = self.writer?;
        writer.commit("bench").expect("a commit");
        writer.close().expect("merged segments");
        Some(started.elapsed())
    }

    /// A review with items, themes and agencies.
    fn entry(&self, number: usize, maker: &mut TextMaker) -> Entry {
        let themes = &self.vocabulary.themes;
        let mut theme = || {
            let place = maker.below(themes.len() as u64) as usize;
            themes[place].id.to_string()
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
}

/// An index to be asked.
pub(crate) struct Ours(Reader);

impl Ours {
    pub(crate) fn open(folder: &Path) -> Self {
        Self(Reader::open(folder, &names()).expect("a reader"))
    }

    /// How many matches there are; the first page of them was made.
    pub(crate) fn ask(&self, class: &Class, question: &Question) -> usize {
        let list = match class.asks {
            Asks::Similar => return self.similar(&question.joined(" ")),
            Asks::List(list) | Asks::Narrowed(list) => list,
        };
        let mut request = SearchRequest {
            text: question.typed(),
            ..SearchRequest::new(list)
        };
        if matches!(class.asks, Asks::Narrowed(_)) {
            let police = vec!["police".to_owned()];
            request.filters.chosen.insert(Facet::Agency, police);
            request.filters.from = "2010".parse().ok();
        }
        self.0.search(&request).expect("results").total
    }

    fn similar(&self, text: &str) -> usize {
        let request = SimilarRequest {
            subject: Subject::Text(text),
            filters: Filters::default(),
            size: NonZeroU32::new(10).expect("10 is not 0"),
        };
        let similar = self.0.similar(&request).expect("cases");
        similar.map_or(0, |similar| similar.cases.len())
    }
}

/// Prints what this process takes once it has answered every question: in all,
/// and without pages of the index's files, which the system may drop.
pub(crate) fn print_memory(folder: &Path, classes: &[Class]) {
    let ours = Ours::open(folder);
    for class in classes {
        for question in &class.questions {
            ours.ask(class, question);
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mb = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
        kib.unwrap_or(0.0_f64) / 1024.0
    };
    println!(
        "memory     {:.0} MB resident, of which {:.0} MB are pages of files",
        mb("VmRSS:"),
        mb("RssFile:")
    );
}

fn vocabulary() -> Vocabulary {
    Vocabulary::load().expect("the vocabularies are valid")
}

fn names() -> Names {
    Names::new(&vocabulary(), &[])
}
