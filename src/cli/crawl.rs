//! `lessons crawl`: partnerships' sites into the archive.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::crawl_progress::Shown;
use super::{Ended, Globals, ground};
use crate::archive::Archive;
use crate::crawl::{self, CrawlReport, CrawlSettings, Crawler, Plan, Planned, Progress};
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
    /// Sites crawled at once [default: 8]
    #[arg(long, value_name = "N")]
    at_once: Option<NonZeroUsize>,
    /// Most requests to one site [default: 1500]
    #[arg(long, value_name = "N")]
    max_requests: Option<u32>,
    /// Whom a webmaster can ask: a web page or e-mail address, sent with every request
    #[arg(long, value_name = "CONTACT")]
    contact: Option<String>,
    /// Print what would be asked for, and ask for nothing
    #[arg(long)]
    dry_run: bool,
}

impl Crawl {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let vocabulary = ground::vocabulary()?;
        let registry = ground::registry(globals, &vocabulary)?;
        let sites = chosen(&registry, &self.sites)?;
        if self.dry_run {
            return self.plan(globals, &sites);
        }
        let archive = Arc::new(Archive::open(&ground::stores(globals).archive())?);
        let settings = self.settings(globals);
        let at_once = settings.sites_at_once;
        let crawler = Arc::new(Crawler::new(settings, Arc::new(Timestamp::now))?);
        let progress: Arc<dyn Progress> = Arc::new(Shown::new());
        let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
        let crawled = runtime.block_on(pipeline::crawl::crawl(
            crawler, archive, sites, at_once, progress,
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
            sites_at_once: self.at_once.unwrap_or(set.sites_at_once),
            ..set
        }
    }

    /// Prints what would be asked for of each site. Pages kept by an earlier
    /// crawl stand in for the network.
    fn plan(&self, globals: &Globals, sites: &[(Partnership, SiteRules)]) -> anyhow::Result<Ended> {
        let archive = Archive::open_read_only(&ground::stores(globals).archive())?;
        let settings = self.settings(globals);
        for (partnership, rules) in sites {
            let plan = crawl::plan(&settings, &archive, partnership, rules)?;
            show_plan(&partnership.id, &plan, globals.json);
        }
        Ok(Ended::Well)
    }
}

/// Sites to crawl, each with its rules.
pub(super) type Sites = Vec<(Partnership, SiteRules)>;

/// The partnerships of these slugs, or all of them, with their sites' rules.
pub(super) fn chosen(registry: &Registry, slugs: &[String]) -> anyhow::Result<Sites> {
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

fn show_plan(partnership: &PartnershipId, plan: &Plan, as_json: bool) {
    let seconds = plan.least_time.as_secs();
    if as_json {
        let request = |planned: &Planned| {
            json!({
                "url": planned.url,
                "is_known": planned.is_known,
                "forbidden": planned.forbidden,
            })
        };
        let requests: Vec<_> = plan.requests.iter().map(request).collect();
        println!(
            "{}",
            json!({
                "partnership": partnership,
                "requests": requests,
                "refused": plan.refused,
                "least_seconds": seconds,
            })
        );
        return;
    }
    println!(
        "{partnership}: {} requests, at least {seconds} s",
        plan.requests.len()
    );
    for planned in &plan.requests {
        let (verb, why) = match (&planned.forbidden, planned.is_known) {
            (Some(rule), _) => ("leave", format!("  ({rule})")),
            (None, true) => ("check", String::new()),
            (None, false) => ("fetch", String::new()),
        };
        println!("  {verb} {}{why}", planned.url);
    }
    for (rule, count) in &plan.refused {
        println!("  {count} links not followed by rule `{rule}`");
    }
}

pub(super) fn show(report: &CrawlReport, as_json: bool) {
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
