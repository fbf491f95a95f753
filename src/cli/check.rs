//! `lessons check`: what is there, what is missing, what failed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Ended, Globals, ground};
use crate::archive::Archive;
use crate::catalogue::Catalogue;
use crate::config::Settings;
use crate::crawl::{Visits, next_visit};
use crate::model::coverage::{Coverage, Listed};
use crate::pipeline::coverage;
use crate::pipeline::snapshot::check::{self, Checked};
use crate::registry::Registry;

/// Examples printed of anything that is counted.
const EXAMPLES: usize = 5;

/// Checks settings, registry, vocabularies and stores, and says how far the
/// site of each partnership is covered: last crawl, pages, documents, reviews
/// found, failures with reasons, what changed. Of snapshots, published or
/// followed, it reads every file.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Partnerships to tell of, by slug [default: all of the registry]
    sites: Vec<String>,
}

impl Check {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let vocabulary = ground::vocabulary()?;
        let registry = ground::registry(globals, &vocabulary)?;
        let are_whole = states_are_whole(globals)?;
        let has_own = ground::stores(globals).archive().exists();
        if has_own || !follows(globals).exists() {
            self.survey(globals, &registry)?;
        }
        Ok(if are_whole {
            Ended::Well
        } else {
            Ended::WithFailures
        })
    }

    /// Tells of every site that was asked for.
    fn survey(&self, globals: &Globals, registry: &Registry) -> anyhow::Result<()> {
        let chosen = super::crawl::chosen(registry, &self.sites)?;
        let partnerships: Vec<_> = chosen.into_iter().map(|(site, _)| site).collect();
        let stores = ground::stores(globals);
        let archive = Archive::open_read_only(&stores.archive())?;
        let has_catalogue = stores.catalogue().exists();
        let catalogue = has_catalogue
            .then(|| Catalogue::open_read_only(&stores.catalogue()))
            .transpose()?;
        let surveyed = coverage::survey(&archive, catalogue.as_ref(), &partnerships)?;
        let visits = Visits::read(&archive)?;
        if !globals.json {
            show_ground(registry, has_catalogue, &surveyed);
        }
        for site in &surveyed {
            let next = next(site, &visits, &globals.settings);
            if globals.json {
                println!("{}", as_json(site, next));
            } else {
                show(site, next);
            }
        }
        Ok(())
    }
}

/// Where the states lie that `lessons serve --follow` fetched.
fn follows(globals: &Globals) -> PathBuf {
    globals.settings.data.join("followed")
}

/// Reads every file of every state that is published or followed, and says what
/// is wrong with them.
fn states_are_whole(globals: &Globals) -> anyhow::Result<bool> {
    let mut are_whole = true;
    let mut tell = |what: &str, states: Vec<Checked>, remedy: &str| {
        for state in states {
            are_whole &= state.damaged.is_empty();
            if globals.json {
                println!("{}", state_as_json(what, &state));
                continue;
            }
            match state.damaged.as_slice() {
                [] => println!("{what} snapshot {} is whole", state.number),
                _ => println!("{what} snapshot {} is not whole: {remedy}", state.number),
            }
            for path in &state.damaged {
                println!("  missing or damaged: {}", path.display());
            }
        }
    };
    if let Some(folder) = &globals.settings.snapshots {
        let remedy = "`lessons snapshot` writes it anew";
        tell("published", check::published(folder)?, remedy);
    }
    let remedy = "`lessons serve --follow` fetches it again";
    tell("followed", check::followed(&follows(globals))?, remedy);
    Ok(are_whole)
}

fn state_as_json(what: &str, state: &Checked) -> Value {
    let (number, damaged) = (state.number, &state.damaged);
    json!({ "snapshot": number, "is": what, "damaged": damaged })
}

/// When `lessons run` would crawl a site; `None` for at once.
fn next(site: &Coverage, visits: &Visits, settings: &Settings) -> Option<Timestamp> {
    let id = &site.partnership;
    next_visit(id, visits.of(id), &settings.schedule)
}

fn as_json(site: &Coverage, next: Option<Timestamp>) -> Value {
    let mut value = json!(site);
    value["next_crawl"] = json!(next);
    value
}

fn show_ground(registry: &Registry, has_catalogue: bool, surveyed: &[Coverage]) {
    let crawled = surveyed.iter().filter(|site| site.last_crawl.is_some());
    println!(
        "settings, vocabularies and registry are in order; {} of {} partnerships crawled, {} without an address",
        crawled.count(),
        surveyed.len(),
        registry
            .partnerships
            .iter()
            .filter(|site| site.seeds().is_empty())
            .count(),
    );
    if !has_catalogue {
        println!("nothing was processed yet: `lessons process` does it");
    }
}

fn show(site: &Coverage, next: Option<Timestamp>) {
    let Some(crawl) = site.last_crawl else {
        println!("\n{}: never crawled", site.partnership);
        return;
    };
    let end = if crawl.is_complete {
        "to its end"
    } else {
        "until a budget was spent"
    };
    let next = next.map_or("at once".to_owned(), |next| format!("{next:.0}"));
    println!(
        "\n{}: crawled {} times, last {:.0} {end}; next {next}",
        site.partnership, crawl.count, crawl.ended
    );
    println!("  pages {}; files {}", site.pages, counts(&site.files));
    println!("  in the catalogue: {}", counts(&site.publications));
    let changes = &site.changes;
    for (what, listed) in [
        ("new", &changes.added),
        ("changed", &changes.altered),
        ("gone", &changes.gone),
    ] {
        list(what, listed);
    }
    for (reason, listed) in &site.failures {
        list(&format!("failed, {reason}"), listed);
    }
}

fn counts(counts: &BTreeMap<String, u32>) -> String {
    let counts: Vec<_> = counts
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    if counts.is_empty() {
        "none".to_owned()
    } else {
        counts.join(", ")
    }
}

fn list(what: &str, listed: &Listed) {
    if listed.count == 0 {
        return;
    }
    println!("  {what}: {}", listed.count);
    for example in listed.examples.iter().take(EXAMPLES) {
        match example.detail.as_str() {
            "" => println!("    {}", example.url),
            detail => println!("    {} ({detail})", example.url),
        }
    }
    if listed.count as usize > EXAMPLES {
        println!("    and {} more", listed.count as usize - EXAMPLES);
    }
}
