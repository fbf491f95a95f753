//! What belongs together comes out the same in whatever order sites were
//! crawled and documents read, and after a run that was killed.

use lessons::catalogue::Catalogue;
use lessons::demo::corpus::Corpus;
use lessons::demo::server::CorpusServer;
use lessons::model::entry::Entry;
use lessons::model::recurrence::{RecommendationId, Recurrence};
use lessons::search::case::item_names;

use crate::support::program::Program;

const SITES: [&str; 3] = ["northmere", "westhaven", "dyffryn-arth"];

#[tokio::test(flavor = "multi_thread")]
async fn links_statuses_and_recurrences_do_not_depend_on_the_order() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let step_by_step = Program::on_bundled_sites(server.address());
    for site in SITES {
        step_by_step.run(&["crawl", site]).well();
        step_by_step.run(&["process"]).well();
    }
    let at_once = Program::on_bundled_sites(server.address());
    for site in SITES.iter().rev() {
        at_once.run(&["crawl", site]).well();
    }
    let mut killed = at_once.start(&["process"]);
    killed.kill().unwrap();
    killed.wait().unwrap();
    at_once.run(&["process"]).well();

    let (one, other) = (Known::of(&step_by_step), Known::of(&at_once));
    assert!(one.entries.iter().any(|entry| !entry.links.is_empty()));
    assert_eq!(one.entries.len(), other.entries.len());
    for (a, b) in one.entries.iter().zip(&other.entries) {
        assert_eq!((&a.id, &a.links), (&b.id, &b.links));
        assert_eq!(a.analysis, b.analysis, "{}", a.id);
    }
    assert_eq!(one.recurrences, other.recurrences);
}

/// What a catalogue knows.
struct Known {
    entries: Vec<Entry>,
    recurrences: Vec<Vec<Recurrence>>,
}

impl Known {
    fn of(program: &Program) -> Self {
        let path = program.path("data/catalogue.sqlite");
        let catalogue = Catalogue::open_read_only(&path).unwrap();
        let entries = catalogue.entries().unwrap();
        let names = entries.iter().flat_map(|entry| {
            let items = &entry.analysis.findings.recommendations;
            let id = |item| RecommendationId {
                entry: entry.id.clone(),
                item,
            };
            item_names(items).into_iter().map(id)
        });
        let recurrences = names
            .map(|id| catalogue.recurrences_of(&id).unwrap())
            .collect();
        Self {
            entries,
            recurrences,
        }
    }
}
