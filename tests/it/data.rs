//! The data compiled into the program is valid.

use lessons::model::ids::TermId;
use lessons::registry;

/// The closed lists that a row may name, read without `vocabulary` so that a
/// fault here points at `crawl-config/`.
fn facet(name: &str) -> Vec<TermId> {
    let facets: toml::Table = include_str!("../../index/facets.toml")
        .parse()
        .expect("valid TOML");
    let ids = facets[name].as_array().expect("a list");
    ids.iter()
        .map(|id| id.as_str().expect("text").parse().expect("an id"))
        .collect()
}

#[test]
fn the_registry_is_valid_and_covers_the_four_nations() {
    let (nations, regions) = (facet("nations"), facet("regions"));
    let known = registry::Known {
        nations: &nations,
        regions: &regions,
    };
    let registry = registry::load(None, &known).expect("a registry without faults");
    for nation in ["england", "wales", "scotland", "northern-ireland"] {
        let mut rows = registry.partnerships.iter();
        assert!(rows.any(|row| row.nation.as_str() == nation), "{nation}");
    }
    for partnership in &registry.partnerships {
        assert!(!partnership.seeds().is_empty(), "{}", partnership.id);
    }
}
