//! Reads one file of `index/` and says everything that is wrong with it.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::de::DeserializeOwned;

use crate::model::analysis::{Kind, Status};
use crate::model::load_error::LoadError;
use crate::vocabulary::{AgencyNames, Facets, Term, Vocabulary};

/// The file of local names.
const AGENCY_NAMES: &str = "index/agency-names.toml";

/// Families that themes are shown under.
const FAMILIES: [&str; 3] = ["practice", "harm", "context"];

/// The terms of a file that holds one array of tables called `table`.
pub(super) fn terms(
    files: &HashMap<&str, &str>,
    file: &'static str,
    table: &'static str,
    faults: &mut Vec<LoadError>,
) -> Vec<Term> {
    let text = files.get(file).copied().unwrap_or_default();
    let Some(mut tables) = parse::<BTreeMap<String, Vec<Term>>>(file, text, faults) else {
        return Vec::new();
    };
    let terms = tables.remove(table).unwrap_or_default();
    if terms.is_empty() {
        faults.push(LoadError::key(file, None, table, "holds no term"));
    }
    for stray in tables.keys() {
        let reason = format!("is not a table of this file, which holds `{table}`");
        faults.push(LoadError::key(file, None, stray, reason));
    }
    let mut seen = HashSet::new();
    for term in &terms {
        let line = line_of(text, term);
        let mut fault = |reason: String| {
            faults.push(LoadError::key(file, line, term.id.as_str(), reason));
        };
        if !seen.insert(&term.id) {
            fault("stands twice".to_owned());
        }
        if term.label.trim().is_empty() {
            fault("has an empty label".to_owned());
        }
        if let Some(family) = &term.family
            && !FAMILIES.contains(&family.as_str())
        {
            fault(format!(
                "has family `{family}`, not one of {}",
                FAMILIES.join(", ")
            ));
        }
    }
    terms
}

/// The closed lists, held equal to the enums that the code knows.
pub(super) fn facets(files: &HashMap<&str, &str>, faults: &mut Vec<LoadError>) -> Facets {
    let file = "index/facets.toml";
    let text = files.get(file).copied().unwrap_or_default();
    let empty = Facets {
        age_bands: Vec::new(),
        nations: Vec::new(),
        regions: Vec::new(),
        statuses: Vec::new(),
        document_kinds: Vec::new(),
    };
    let Some(facets) = parse::<Facets>(file, text, faults) else {
        return empty;
    };
    let statuses: Vec<&str> = Status::ALL.iter().map(|status| status.id()).collect();
    let kinds = [Kind::Review, Kind::Summary, Kind::Response, Kind::Other].map(Kind::id);
    for (key, listed, known) in [
        ("statuses", &facets.statuses, &statuses[..]),
        ("document_kinds", &facets.document_kinds, &kinds[..]),
    ] {
        if !listed
            .iter()
            .map(super::super::model::ids::TermId::as_str)
            .eq(known.iter().copied())
        {
            let reason = format!("must list {}", known.join(", "));
            faults.push(LoadError::key(file, None, key, reason));
        }
    }
    facets
}

/// Local names and successions of agencies.
pub(super) fn agency_names(
    files: &HashMap<&str, &str>,
    faults: &mut Vec<LoadError>,
) -> AgencyNames {
    let file = AGENCY_NAMES;
    let text = files.get(file).copied().unwrap_or_default();
    parse::<AgencyNames>(file, text, faults).unwrap_or_default()
}

/// Local names lead to agencies that exist; a succession has a year for each
/// of its names, and each is a term of its agency.
pub(super) fn names(vocabulary: &Vocabulary, faults: &mut Vec<LoadError>) {
    let names = &vocabulary.agency_names;
    let rows = names.names.iter().flat_map(|name| &name.rows);
    let agencies = rows.map(|row| &row.agency);
    for id in agencies.chain(names.successions.iter().map(|row| &row.agency)) {
        if vocabulary.agency(id).is_none() {
            let reason = "is not an agency of `index/agencies.toml`";
            faults.push(LoadError::key(AGENCY_NAMES, None, id.as_str(), reason));
        }
    }
    for row in &names.successions {
        let id = row.agency.as_str();
        let mut fault = |reason: String| {
            faults.push(LoadError::key(AGENCY_NAMES, None, id, reason));
        };
        if row.from.len() != row.names.len() {
            fault("needs one year in `from` for each of its `names`".to_owned());
        }
        if !vocabulary.facets.nations.contains(&row.nation) {
            fault(format!("names nation `{}`, which is not known", row.nation));
        }
        let known = vocabulary.agency(&row.agency);
        for name in &row.names {
            if known.is_some_and(|agency| !agency.terms.contains(name)) {
                fault(format!("names `{name}`, which is not one of its terms"));
            }
        }
    }
}

/// Review types name nations that exist.
pub(super) fn nations(vocabulary: &Vocabulary, faults: &mut Vec<LoadError>) {
    for review_type in &vocabulary.review_types {
        for nation in &review_type.nations {
            if !vocabulary.facets.nations.contains(nation) {
                let reason =
                    format!("names nation `{nation}`, which `index/facets.toml` does not list");
                let id = review_type.id.as_str();
                faults.push(LoadError::key("index/review-types.toml", None, id, reason));
            }
        }
    }
}

fn parse<T: DeserializeOwned>(
    file: &'static str,
    text: &str,
    faults: &mut Vec<LoadError>,
) -> Option<T> {
    toml::from_str(text)
        .map_err(|error| {
            let line = error
                .span()
                .and_then(|span| text.get(..span.start))
                .map(|before| before.matches('\n').count() as u64 + 1);
            faults.push(LoadError::key(file, line, "", error.message()));
        })
        .ok()
}

/// The line that gives a term its id, from 1.
fn line_of(text: &str, term: &Term) -> Option<u64> {
    let wanted = format!("id = \"{}\"", term.id);
    (1..)
        .zip(text.lines())
        .find(|(_, line)| line.trim() == wanted)
        .map(|(line, _)| line)
}
