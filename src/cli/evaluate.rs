//! `lessons evaluate`: how well the rules read documents whose answers are
//! known.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::{Ended, Globals, evaluate_topics, ground};
use crate::evaluate;
use crate::export;

/// Compares the catalogue, or an export, with a gold file of known answers.
#[derive(Debug, Args)]
pub(super) struct Evaluate {
    /// The known answers (gold.json of a built corpus)
    #[arg(required_unless_present = "topics")]
    gold: Option<PathBuf>,
    /// Questions with known answers: measure the search instead, beside plain BM25
    #[arg(long, value_name = "FILE", conflicts_with = "gold")]
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
    /// List the N documents, or topics, that lost most
    #[arg(long, value_name = "N", default_value_t = 0)]
    worst: usize,
}

impl Evaluate {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        if let Some(topics) = &self.topics {
            return evaluate_topics::run(globals, topics, self.worst);
        }
        let Some(gold) = &self.gold else {
            return Ok(Ended::Well);
        };
        let vocabulary = ground::vocabulary()?;
        let gold = text_of(gold)?;
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
        for fault in score.worst(self.worst) {
            println!("{fault}");
        }
        Ok(Ended::Well)
    }
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
