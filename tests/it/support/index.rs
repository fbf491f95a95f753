//! A search index in a scratch folder.

use lessons::catalogue::Catalogue;
use lessons::model::document::Document;
use lessons::model::entry::Entry;
use lessons::model::partnership::{Partnership, PublisherKind};
use lessons::pipeline::reindex::{Extent, reindex};
use lessons::pipeline::{Stores, recurrence};
use lessons::search::request::{Facet, List};
use lessons::search::{Names, Publication, Reader, SearchRequest, SearchResults, Writer};
use lessons::vocabulary::Vocabulary;
use tempfile::TempDir;

/// The publishers that tests know.
pub(crate) fn partnerships() -> Vec<Partnership> {
    [
        (
            "northmere",
            "Northmere Safeguarding Children Partnership",
            "england",
            "north-west",
        ),
        (
            "westhaven",
            "Westhaven Safeguarding Children Board",
            "england",
            "south-west",
        ),
        (
            "dyffryn-arth",
            "Bwrdd Diogelu Dyffryn Arth",
            "wales",
            "wales",
        ),
    ]
    .map(|(id, name, nation, region)| Partnership {
        id: id.parse().expect("a partnership id"),
        name: name.to_owned(),
        nation: nation.parse().expect("a nation"),
        region: Some(region.parse().expect("a region")),
        local_authorities: Vec::new(),
        kind: PublisherKind::Children,
        website: None,
        reviews_page: None,
        responses_page: None,
        evidence: None,
        cms_hint: None,
        notes: String::new(),
    })
    .to_vec()
}

/// What ids are called in tests.
pub(crate) fn names() -> Names {
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    Names::new(&vocabulary, &partnerships())
}

/// A data folder with a catalogue and an index of these entries.
pub(crate) fn stores_of(entries: &[Entry]) -> TempDir {
    let folder = TempDir::new().expect("a scratch folder");
    fill(&Stores::in_folder(folder.path()), entries);
    folder
}

/// Puts entries into the catalogue and the index of a data folder.
pub(crate) fn fill(stores: &Stores, entries: &[Entry]) {
    let mut catalogue = Catalogue::open(&stores.catalogue()).expect("a catalogue");
    for entry in entries {
        catalogue.record(entry).expect("an entry");
    }
    recurrence::find(&mut catalogue, entries).expect("recurrences");
    let folder = stores.search();
    reindex(&catalogue, &folder, &names(), Extent::Everything, |_, _| {}).expect("an index");
}

/// An index and the folder it lives in.
pub(crate) struct TestIndex {
    pub(crate) folder: TempDir,
    pub(crate) reader: Reader,
}

impl TestIndex {
    /// An index of these entries, each with its document where one is given.
    pub(crate) fn of(entries: &[(Entry, Option<Document>)]) -> Self {
        let folder = TempDir::new().expect("a scratch folder");
        let mut writer = Writer::open(folder.path(), &names()).expect("a writer");
        for (entry, document) in entries {
            let is_linked = |other: &Entry| {
                let links =
                    |from: &Entry, to: &Entry| from.links.iter().any(|link| link.to == to.id);
                links(other, entry) || links(entry, other)
            };
            let others = entries.iter().map(|(other, _)| other);
            let linked: Vec<Entry> = others.filter(|other| is_linked(other)).cloned().collect();
            let document = document.as_ref();
            writer
                .replace(Publication {
                    entry,
                    linked: &linked,
                    document,
                })
                .expect("units");
        }
        writer.commit("test-1").expect("a commit");
        let reader = Reader::open(folder.path(), &names()).expect("a reader");
        Self { folder, reader }
    }

    /// The answer to a question in words.
    pub(crate) fn ask(&self, list: List, text: &str) -> SearchResults {
        self.search(&SearchRequest {
            text: text.to_owned(),
            ..SearchRequest::new(list)
        })
    }

    pub(crate) fn search(&self, request: &SearchRequest) -> SearchResults {
        self.reader.search(request).expect("results")
    }
}

/// Narrows a request to these values of a facet.
pub(crate) fn narrowed(mut request: SearchRequest, facet: Facet, ids: &[&str]) -> SearchRequest {
    let ids = ids.iter().map(|&id| id.to_owned()).collect();
    request.filters.chosen.insert(facet, ids);
    request
}
