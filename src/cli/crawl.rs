//! `lessons crawl`: partnerships' sites into the archive.

use std::io::{IsTerminal as _, stderr};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use indicatif::{MultiProgress, ProgressBar};
use jiff::Timestamp;
use serde_json::json;

use super::{Ended, Globals, ground};
use crate::archive::Archive;
use crate::crawl::{CrawlReport, CrawlSettings, Crawler, News, Progress};
use crate::model::ids::PartnershipId;
use crate::model::partnership::{Partnership, SiteRules};
use crate::pipeline;
use crate::registry::Registry;

/// Visits the sites of partnerships, politely, and keeps what they publish. A
/// crawl that was interrupted is taken up where it stopped.
#[derive(Debug, Args)]
pub(super) struct Crawl {
    /// Partnerships to crawl, by slug [default: all of the registry]
    sites: Vec<String>,
    /// Least milliseconds between two requests to one host; a larger Crawl-delay wins [default: 2000]
    #[arg(long, value_name = "N")]
    delay_ms: Option<u64>,
    /// Sites crawled at once
    #[arg(long, value_name = "N", default_value = "8")]
    at_once: NonZeroUsize,
    /// Most requests to one site [default: 1500]
    #[arg(long, value_name = "N")]
    max_requests: Option<u32>,
    /// Whom a webmaster can ask: a web page or e-mail address, sent with every request
    #[arg(long, value_name = "CONTACT")]
    contact: Option<String>,
}

impl Crawl {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let vocabulary = ground::vocabulary()?;
        let registry = ground::registry(globals, &vocabulary)?;
        let sites = chosen(&registry, &self.sites)?;
        let archive = Arc::new(Archive::open(&ground::stores(globals).archive())?);
        let crawler = Arc::new(Crawler::new(
            self.settings(globals),
            Arc::new(Timestamp::now),
        )?);
        let progress: Arc<dyn Progress> = Arc::new(Shown::new());
        let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
        let crawled = runtime.block_on(pipeline::crawl::crawl(
            crawler,
            archive,
            sites,
            self.at_once,
            progress,
        ));
        let mut ended = Ended::Well;
        for (partnership, report) in &crawled {
            match report {
                Ok(report) => show(report, globals.json),
                Err(error) => {
                    eprintln!("failed: {}: {error:#}", partnership.id);
                    ended = Ended::WithFailures;
                }
            }
        }
        Ok(ended)
    }

    fn settings(&self, globals: &Globals) -> CrawlSettings {
        let set = globals.settings.crawl.clone();
        CrawlSettings {
            delay: self.delay_ms.map_or(set.delay, Duration::from_millis),
            max_requests: self.max_requests.unwrap_or(set.max_requests),
            contact: self.contact.clone().or(set.contact),
            ..set
        }
    }
}

/// The partnerships of these slugs, or all of them, with their sites' rules.
fn chosen(registry: &Registry, slugs: &[String]) -> anyhow::Result<Vec<(Partnership, SiteRules)>> {
    let with_rules =
        |partnership: &Partnership| (partnership.clone(), registry.rules(&partnership.id));
    if slugs.is_empty() {
        return Ok(registry.partnerships.iter().map(with_rules).collect());
    }
    let mut chosen = Vec::new();
    for slug in slugs {
        let id: PartnershipId = slug.parse()?;
        match registry.get(&id) {
            Some(partnership) => chosen.push(with_rules(partnership)),
            None => bail!("no partnership `{slug}` in the registry; `lessons check` lists them"),
        }
    }
    Ok(chosen)
}

fn show(report: &CrawlReport, as_json: bool) {
    let failures: u32 = report.failures.values().sum();
    if as_json {
        println!(
            "{}",
            json!({
                "partnership": report.partnership,
                "requests": report.requests,
                "pages": report.pages,
                "documents": report.documents,
                "unchanged": report.unchanged,
                "missing": report.missing,
                "failures": failures,
                "bytes": report.bytes,
                "ended_by": report.ended_by.map(|budget| format!("{budget:?}").to_lowercase()),
            })
        );
        return;
    }
    let ended = report
        .ended_by
        .map(|budget| format!("; ended by its budget of {budget:?}"))
        .unwrap_or_default();
    println!(
        "{}: {} requests, {} pages, {} documents, {} unchanged, {} missing, {failures} failed{ended}",
        report.partnership,
        report.requests,
        report.pages,
        report.documents,
        report.unchanged,
        report.missing
    );
}

/// One line a site on a terminal; elsewhere a line when a site is done.
struct Shown {
    bars: Option<MultiProgress>,
    lines: std::sync::Mutex<std::collections::HashMap<PartnershipId, ProgressBar>>,
}

impl Shown {
    fn new() -> Self {
        Self {
            bars: stderr().is_terminal().then(MultiProgress::new),
            lines: std::sync::Mutex::default(),
        }
    }

    fn line(&self, partnership: &PartnershipId, text: String) {
        let Some(bars) = &self.bars else { return };
        let Ok(mut lines) = self.lines.lock() else {
            return;
        };
        let line = lines
            .entry(partnership.clone())
            .or_insert_with(|| bars.add(ProgressBar::new_spinner()));
        line.set_message(format!("{partnership}: {text}"));
        line.inc(1);
    }
}

impl Progress for Shown {
    fn tell(&self, news: &News<'_>) {
        match news {
            News::Started {
                partnership,
                resumed,
            } if *resumed > 0 => {
                self.line(
                    partnership,
                    format!("taken up again after {resumed} captures"),
                );
            }
            News::Started { partnership, .. } => self.line(partnership, "started".to_owned()),
            News::Fetched {
                partnership,
                url,
                status,
                waiting,
                ..
            } => {
                self.line(
                    partnership,
                    format!("{status} {} ({waiting} waiting)", url.path()),
                );
            }
            News::Failed {
                partnership,
                url,
                detail,
                ..
            } => {
                self.line(partnership, format!("{}: {detail}", url.path()));
            }
            News::Finished { report } => self.line(
                &report.partnership,
                format!("done, {} requests", report.requests),
            ),
        }
    }
}
