//! Measures an export against known answers.
//!
//! In: the texts of a gold file, of an export (`lessons export`) and, if there
//! is one, of a log of requests. Out: a [`Score`], whose figures agree to the
//! last digit with the reference scorer's (`score.py`, kept beside the corpus).
//! Reading files and printing are left to `cli`.
//!
//! An extracted item matches a gold item when their words overlap (token F1)
//! by at least 0.8; matching is one to one, best first. Every figure carries
//! its counts.

mod calibration;
mod count;
mod gold;
mod manners;
mod matching;
mod reading;
mod recurrence;
mod tally;
pub mod topics;

pub use reading::{Reading, reading};

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

pub use crate::evaluate::calibration::Calibration;
use crate::evaluate::count::Figure;
use crate::evaluate::gold::{Found, Gold, GoldDocument};
use crate::evaluate::manners::Manners;
pub use crate::evaluate::recurrence::{JudgedPairs, Judgement, RecurrenceScore};
use crate::evaluate::tally::{Fault, Tally};
use crate::vocabulary::Vocabulary;

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The gold is not what the corpus' FORMAT.md describes.
    #[error("the gold is not a JSON object with `documents` as FORMAT.md describes them")]
    Gold(#[source] serde_json::Error),
    /// The file of judged pairs is not what it should be.
    #[error("the judged pairs are not a JSON object of `about`, `recommendations` and `pairs`")]
    Pairs(#[source] serde_json::Error),
    /// A judged pair has no text.
    #[error("a judged pair names `{name}`, which is not among the `recommendations`")]
    Unnamed {
        /// The name.
        name: String,
    },
    /// A line of another file is not what it should be.
    #[error("line {line} of the {file} is not the JSON object it should be")]
    Line {
        /// "export" or "log of requests".
        file: &'static str,
        /// From 1.
        line: usize,
        /// The parser's own account.
        #[source]
        source: serde_json::Error,
    },
}

/// What an export came to: printed as the reference scorer prints it, and
/// serialised as its `--json` does.
#[derive(Debug)]
pub struct Score {
    tally: Tally,
    manners: Option<Manners>,
    sites: BTreeMap<String, Tally>,
    calibration: Calibration,
}

impl Score {
    /// Whether the confidences of the export mean what they say.
    #[must_use]
    pub fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// Every figure on a line of its own, in the reference scorer's layout.
    #[must_use]
    pub fn table(&self) -> String {
        let mut lines = table_of(&self.tally);
        if let Some(manners) = &self.manners {
            lines.push(format!("{:42} {manners}", "crawl manners"));
        }
        lines.join("\n")
    }

    /// The table of each site of the gold, under the site's name.
    #[must_use]
    pub fn tables_by_site(&self) -> String {
        let tables = self.sites.iter().map(|(site, tally)| {
            let mut lines = vec![format!("{site}:")];
            lines.extend(table_of(tally));
            lines.join("\n")
        });
        tables.collect::<Vec<_>>().join("\n\n")
    }

    /// The documents that lost most, worst first, each with the reason.
    #[must_use]
    pub fn worst(&self, at_most: usize) -> Vec<String> {
        let mut faults: Vec<&Fault> = self.tally.faults.iter().collect();
        faults.sort_unstable_by(|a, b| b.cmp(a));
        faults
            .into_iter()
            .take(at_most)
            .map(|fault| format!("  {}: {}", fault.document, fault.what))
            .collect()
    }

    /// The same figures for each site of the gold, for `--by-site --json`.
    #[must_use]
    pub fn by_site(&self) -> impl Serialize {
        struct Sites<'a>(&'a BTreeMap<String, Tally>);
        impl Serialize for Sites<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().map(|(site, tally)| (site, Figures(tally))))
            }
        }
        Sites(&self.sites)
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, figure) in self.tally.figures() {
            map.serialize_entry(name, &figure)?;
        }
        if let Some(manners) = &self.manners {
            map.serialize_entry("crawl manners", manners)?;
        }
        map.end()
    }
}

/// The figures of one tally by name, in the order printed.
struct Figures<'a>(&'a Tally);

impl Serialize for Figures<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.figures())
    }
}

fn table_of(tally: &Tally) -> Vec<String> {
    let line = |(name, figure): (&str, Figure)| format!("{name:42} {figure}");
    tally.figures().into_iter().map(line).collect()
}

/// Measures an export (JSON lines) against a gold file (JSON).
///
/// Themes that the vocabulary marks `scored = false` are left out of what was
/// found: the gold was not coded for them. A document of the export stands for
/// every gold document that lists its `url` or `final_url`; the first line of
/// the export to give an address has it.
///
/// # Errors
///
/// When a text is not what its format says, with its line.
pub fn evaluate(
    gold: &str,
    export: &str,
    requests: Option<&str>,
    vocabulary: &Vocabulary,
) -> Result<Score, EvaluateError> {
    let gold: Gold = serde_json::from_str(gold).map_err(EvaluateError::Gold)?;
    let export: Vec<Found> = json_lines("export", export)?;
    let manners = match requests {
        Some(log) => Some(Manners::of(&json_lines("log of requests", log)?)),
        None => None,
    };
    let key = Key::new(&gold, &export, vocabulary);
    let mut score = Score {
        tally: Tally::default(),
        manners,
        sites: BTreeMap::new(),
        calibration: Calibration::default(),
    };
    for document in &gold.documents {
        score.tally.add(document, &key);
        score.calibration.add(document, &key);
        let site = score.sites.entry(document.site.clone()).or_default();
        site.add(document, &key);
    }
    Ok(score)
}

fn json_lines<T: serde::de::DeserializeOwned>(
    file: &'static str,
    text: &str,
) -> Result<Vec<T>, EvaluateError> {
    let is_used = |(_, line): &(usize, &str)| !line.trim().is_empty();
    text.lines()
        .zip(1..)
        .map(|(line, number)| (number, line))
        .filter(is_used)
        .map(|(line, text)| {
            serde_json::from_str(text).map_err(|source| EvaluateError::Line { file, line, source })
        })
        .collect()
}

/// What one needs to know of the whole to score one document.
struct Key<'a> {
    /// Exported documents by `url` and `final_url`.
    found: HashMap<&'a str, &'a Found>,
    /// Addresses of each gold document by its id.
    addresses: HashMap<&'a str, &'a [String]>,
    /// Themes that the gold was not coded for.
    unscored: HashSet<&'a str>,
}

impl<'a> Key<'a> {
    fn new(gold: &'a Gold, export: &'a [Found], vocabulary: &'a Vocabulary) -> Self {
        let mut found = HashMap::new();
        for document in export {
            for url in [&document.url, &document.final_url].into_iter().flatten() {
                found.entry(url.as_str()).or_insert(document);
            }
        }
        let addresses = |document: &'a GoldDocument| (document.id.as_str(), &*document.urls);
        let unscored = vocabulary.themes.iter().filter(|theme| !theme.scored);
        Self {
            found,
            addresses: gold.documents.iter().map(addresses).collect(),
            unscored: unscored.map(|theme| theme.id.as_str()).collect(),
        }
    }

    /// What the export has for a gold document.
    fn found(&self, document: &GoldDocument) -> Option<&'a Found> {
        let mut urls = document.urls.iter();
        urls.find_map(|url| self.found.get(url.as_str()).copied())
    }

    /// Whether `url` is where the review of that name lies.
    fn lies_at(&self, site: &str, review: &str, url: Option<&str>) -> bool {
        let id = format!("{site}/{review}");
        let urls = self.addresses.get(id.as_str()).copied().unwrap_or_default();
        url.is_some_and(|url| urls.iter().any(|address| address == url))
    }

    fn scored<'t>(&self, themes: &'t [String]) -> Vec<&'t str> {
        let themes = themes.iter().map(String::as_str);
        themes
            .filter(|theme| !self.unscored.contains(theme))
            .collect()
    }
}
