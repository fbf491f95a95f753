//! Reads and checks the registry of publishers.
//!
//! In: `crawl-config/`, compiled in or from a folder, and the ids that the
//! vocabulary knows. Out: a [`Registry`], or every fault at once, each with its
//! file, line, key and reason. What a term means is for `vocabulary`; what to
//! do with a site is for `crawl`.

mod row;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::model::ids::{PartnershipId, TermId};
use crate::model::load_error::LoadError;
use crate::model::partnership::{Partnership, SiteRules};
use crate::registry::source::Source;

/// The file that holds one row per publisher.
pub const PARTNERSHIPS: &str = "partnerships.csv";

/// Ids that a row may name.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// `nations` of `index/facets.toml`.
    pub nations: &'a [TermId],
    /// `regions` of `index/facets.toml`.
    pub regions: &'a [TermId],
}

/// Every publisher we know, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registry {
    /// In the order of the file, each id once.
    pub partnerships: Vec<Partnership>,
    /// Rules of their own for some sites.
    rules: BTreeMap<PartnershipId, SiteRules>,
}

impl Registry {
    /// The publisher of this name.
    #[must_use]
    pub fn get(&self, id: &PartnershipId) -> Option<&Partnership> {
        self.partnerships
            .iter()
            .find(|partnership| partnership.id == *id)
    }

    /// What we agreed about its site beyond its row; the default is nothing.
    #[must_use]
    pub fn rules(&self, id: &PartnershipId) -> SiteRules {
        self.rules.get(id).cloned().unwrap_or_default()
    }
}

/// Reads the registry from a folder, or the compiled-in one for `None`.
///
/// # Errors
///
/// Gives every fault of every file, never an empty list.
pub fn load(dir: Option<&Path>, known: &Known<'_>) -> Result<Registry, Vec<LoadError>> {
    let source = dir.map_or(Source::CompiledIn, Source::Folder);
    let mut faults = Vec::new();
    let partnerships = match source.read(PARTNERSHIPS) {
        Ok(text) => rows(&text, known, &mut faults),
        Err(fault) => return Err(vec![fault]),
    };
    let ids: BTreeSet<_> = partnerships.iter().map(|row| row.id.clone()).collect();
    let rules = site_rules(&source, &ids, &mut faults);
    if faults.is_empty() {
        Ok(Registry {
            partnerships,
            rules,
        })
    } else {
        Err(faults)
    }
}

fn rows(text: &str, known: &Known<'_>, faults: &mut Vec<LoadError>) -> Vec<Partnership> {
    let mut partnerships: Vec<Partnership> = Vec::new();
    for (line, partnership) in row::read(text, known, faults) {
        if partnerships.iter().any(|other| other.id == partnership.id) {
            let reason = format!("`{}` stands in an earlier row too", partnership.id);
            faults.push(LoadError::key(PARTNERSHIPS, line, "slug", reason));
        } else {
            partnerships.push(partnership);
        }
    }
    partnerships
}

fn site_rules(
    source: &Source<'_>,
    ids: &BTreeSet<PartnershipId>,
    faults: &mut Vec<LoadError>,
) -> BTreeMap<PartnershipId, SiteRules> {
    let mut rules = BTreeMap::new();
    for name in source.site_files() {
        let file = format!("sites/{name}.toml");
        match site_file(source, &name, &file, ids) {
            Ok((id, site)) => drop(rules.insert(id, site)),
            Err(fault) => faults.push(fault),
        }
    }
    rules
}

fn site_file(
    source: &Source<'_>,
    name: &str,
    file: &str,
    ids: &BTreeSet<PartnershipId>,
) -> Result<(PartnershipId, SiteRules), LoadError> {
    let id: PartnershipId = name.parse().map_err(|fault| LoadError::file(file, fault))?;
    if !ids.contains(&id) {
        let reason = format!("no row of {PARTNERSHIPS} has the slug `{id}`");
        return Err(LoadError::file(file, reason));
    }
    let text = source.read(file)?;
    let rules: SiteRules = toml::from_str(&text).map_err(|fault| {
        let line = fault
            .span()
            .map(|span| 1 + text[..span.start].matches('\n').count() as u64);
        LoadError::key(file, line, "", fault.message())
    })?;
    if rules.reason.trim().is_empty() {
        let reason = "say in a sentence why this site needs rules of its own";
        return Err(LoadError::key(file, None, "reason", reason));
    }
    Ok((id, rules))
}

#[cfg(test)]
mod tests;
