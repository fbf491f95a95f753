//! `lessons evaluate`: how well the rules read documents whose answers are
//! known.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::{Ended, Globals, evaluate_topics, ground};
use crate::analyse;
use crate::analyse::recurrence::{self, Asked};
use crate::catalogue::Catalogue;
use crate::evaluate::{self, JudgedPairs};
use crate::export;
use crate::model::digest::Digest;
use crate::model::recurrence::Degree;

/// Compares the catalogue, or an export, with a gold file of known answers.
#[derive(Debug, Args)]
pub(super) struct Evaluate {
    /// The known answers (gold.json of a built corpus)
    #[arg(required_unless_present_any = ["recurrence", "topics"])]
    gold: Option<PathBuf>,
    /// Measure recurrences instead, on pairs of recommendations judged by hand
    #[arg(long, value_name = "FILE", conflicts_with = "gold")]
    recurrence: Option<PathBuf>,
    /// Questions with known answers: measure the search instead, beside plain BM25
    #[arg(long, value_name = "FILE", conflicts_with_all = ["gold", "recurrence"])]
    topics: Option<PathBuf>,
    /// Export to measure [default: what is in the catalogue now]
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
    /// Log of the requests that a crawl made, to measure its manners
    #[arg(long, value_name = "FILE")]
    requests: Option<PathBuf>,
    /// Print the figures of each site as well
    #[arg(long)]
    by_site: bool,
    /// Print as well whether stated confidences are borne out, site by site left out
    #[arg(long, conflicts_with = "reading")]
    calibration: bool,
    /// Measure instead how faithfully the catalogue's documents were read:
    /// whether each known item stands in one piece and on its page
    #[arg(long, conflicts_with_all = ["export", "requests", "by_site"])]
    reading: bool,
    /// List the N documents, or topics, that lost most
    #[arg(long, value_name = "N", default_value_t = 0)]
    worst: usize,
}

impl Evaluate {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        if let Some(path) = &self.recurrence {
            return recurring(&text_of(path)?, globals.json);
        }
        if let Some(topics) = &self.topics {
            return evaluate_topics::run(globals, topics, self.worst);
        }
        let vocabulary = ground::vocabulary()?;
        let gold = self.gold.as_deref().map(text_of).transpose()?;
        let gold = gold.unwrap_or_default();
        if self.reading {
            return self.reading(globals, &gold);
        }
        let export = match &self.export {
            Some(path) => text_of(path)?,
            None => catalogue_as_export(globals)?,
        };
        let requests = self.requests.as_deref().map(text_of).transpose()?;
        let score = evaluate::evaluate(&gold, &export, requests.as_deref(), &vocabulary)?;
        if globals.json {
            let figures = if self.by_site {
                serde_json::to_string_pretty(&score.by_site())?
            } else {
                serde_json::to_string_pretty(&score)?
            };
            println!("{figures}");
            return Ok(Ended::Well);
        }
        println!("{}", score.table());
        if self.by_site {
            println!("\n{}", score.tables_by_site());
        }
        if self.calibration {
            println!("\n{}", score.calibration().table());
        }
        for fault in score.worst(self.worst) {
            println!("{fault}");
        }
        Ok(Ended::Well)
    }

    fn reading(&self, globals: &Globals, gold: &str) -> anyhow::Result<Ended> {
        let catalogue = ground::catalogue(globals)?;
        let addresses = addresses(&catalogue)?;
        let reading = evaluate::reading(gold, |url| {
            let digest = addresses.get(url)?;
            catalogue.document(digest).ok().flatten()
        })?;
        println!("{reading}");
        for miss in reading.misses(self.worst) {
            println!("  {miss}");
        }
        Ok(Ended::Well)
    }
}

/// The documents of the catalogue by the addresses where they were found.
fn addresses(catalogue: &Catalogue) -> anyhow::Result<HashMap<String, Digest>> {
    let mut addresses = HashMap::new();
    for entry in catalogue.entries()? {
        let all = entry.also_at.iter().chain([&entry.url, &entry.final_url]);
        addresses.extend(all.map(|url| (url.to_string(), entry.digest.clone())));
    }
    Ok(addresses)
}

/// Prints how well the rules tell which recommendations are the same.
fn recurring(judged: &str, as_json: bool) -> anyhow::Result<Ended> {
    let judged = JudgedPairs::parse(judged)?;
    let names: Vec<&String> = judged.recommendations.keys().collect();
    let mut cases: Vec<&String> = judged.recommendations.values().map(|r| &r.case).collect();
    cases.sort();
    cases.dedup();
    let vocabulary = ground::vocabulary()?;
    let addressees: Vec<_> = judged
        .recommendations
        .values()
        .map(|recommendation| analyse::addressees_of(&recommendation.text, &vocabulary))
        .collect();
    let asked: Vec<Asked<'_>> = judged
        .recommendations
        .values()
        .zip(&addressees)
        .map(|(recommendation, to)| Asked {
            text: &recommendation.text,
            case: cases.partition_point(|case| **case < recommendation.case),
            // They lean on the whole document, which is not at hand.
            themes: &[],
            to,
        })
        .collect();
    let found: HashMap<(&str, &str), Degree> = recurrence::recurrences(&asked)
        .into_iter()
        .map(|alike| {
            (
                (names[alike.one].as_str(), names[alike.other].as_str()),
                alike.degree,
            )
        })
        .collect();
    let score = judged.score(|one, other| {
        let degree = found
            .get(&(one, other))
            .or_else(|| found.get(&(other, one)));
        degree.copied()
    });
    if as_json {
        println!("{}", serde_json::to_string_pretty(&score)?);
    } else {
        println!("{score}");
        for fault in &score.faults {
            println!("{fault}");
        }
    }
    Ok(Ended::Well)
}

fn catalogue_as_export(globals: &Globals) -> anyhow::Result<String> {
    let entries = ground::catalogue(globals)?.entries()?;
    let mut text = Vec::new();
    export::write_jsonl(&entries, &mut text)?;
    Ok(String::from_utf8(text)?)
}

pub(super) fn text_of(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}
