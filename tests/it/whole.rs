//! The whole way from a publisher's site to the public data format, over the
//! bundled sites and the answers known for them.
//!
//! The bounds lie below what is measured today, so that they fail when a stage
//! loses documents or items, and not with every better rule.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use lessons::archive::Archive;
use lessons::catalogue::Catalogue;
use lessons::corrections::{self, Corrections};
use lessons::crawl::{Crawler, Silent};
use lessons::demo::corpus::Corpus;
use lessons::demo::server::CorpusServer;
use lessons::demo::{DemoError, crawl_settings, lay_out};
use lessons::evaluate::evaluate;
use lessons::export::write_jsonl;
use lessons::model::capture::{Candidate, Fetched, LinkContext};
use lessons::pipeline::Stores;
use lessons::pipeline::crawl::{Crawled, crawl};
use lessons::pipeline::process::{self, Again, Ground, Report};
use lessons::registry::{self, Known, Registry};
use lessons::vocabulary::Vocabulary;
use serde_json::Value;
use url::Url;

const GOLD: &str = include_str!("../fixtures/sites-gold.json");

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bundled_sites_publish_is_found_read_and_understood() {
    let folder = tempfile::tempdir().unwrap();
    let trial = Trial::in_folder(folder.path());
    for (partnership, report) in trial.crawl().await {
        let report = report.unwrap();
        assert!(report.documents > 0, "{}: {report:?}", partnership.id);
    }
    let report = trial.process();
    assert_eq!(report.processed, report.publications, "{report:?}");

    let score = trial.score();
    at_least(&score, "documents discovered", "rate", 0.95);
    at_least(&score, "document kind", "rate", 0.8);
    at_least(&score, "recommendations", "f1", 0.7);
    at_least(&score, "page of item", "rate", 0.9);
    at_least(&score, "responses", "f1", 0.7);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_not_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let trial = Trial::in_folder(folder.path());
    trial.crawl().await;
    let first = trial.process();
    let export = trial.export();
    trial.crawl().await;
    let second = trial.process();
    assert_eq!(second.processed, 0, "{second:?}");
    assert_eq!(second.unchanged, first.processed);
    let unseen = |text: &str| -> Vec<Value> {
        text.lines()
            .map(|line| {
                let mut record: Value = serde_json::from_str(line).unwrap();
                record["last_seen"].take();
                record
            })
            .collect()
    };
    assert_eq!(unseen(&trial.export()), unseen(&export));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_survives_and_leaves_no_trace_when_taken_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut trial = Trial::in_folder(folder.path());
    trial.crawl().await;
    trial.process();
    let before = trial.export();
    let reviews = before
        .lines()
        .filter(|line| line.contains("\"kind\":\"review\""));
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].to_string();
    let ids: Vec<String> = reviews.map(id).collect();
    let text = format!(
        "[[correction]]\ndocument = {}\nwhy = \"seen\"\ntitle = \"Another title\"\n\
         [[correction]]\ndocument = {}\nwhy = \"an audit\"\nkind = \"other\"\n\
         [[correction]]\nurl = \"http://nowhere.example/\"\nwhy = \"x\"\ntitle = \"x\"\n",
        ids[0], ids[1]
    );
    std::fs::write(folder.path().join("some.toml"), text).unwrap();
    trial.corrections = corrections::load(Some(folder.path()), &trial.vocabulary).unwrap();
    let report = trial.process();
    assert_eq!(
        (report.processed, report.read),
        (1, 0),
        "only the kind: {report:?}"
    );
    assert_eq!(report.stray_corrections.len(), 1, "{report:?}");
    trial.again = Again::Everything;
    let report = trial.process();
    assert_eq!((report.unchanged, report.read), (0, report.publications));
    let corrected = trial.export();
    assert!(corrected.contains(r#""title":"Another title""#));
    assert!(corrected.contains(r#""corrected":[{"fact":"title","why":"seen"}]"#));
    assert!(corrected.contains(&format!(r#"{{"id":{}"#, ids[1])));
    let of_second = corrected
        .lines()
        .find(|line| line.contains(&ids[1]))
        .unwrap();
    assert!(of_second.contains(r#""kind":"other""#), "{of_second}");

    trial.corrections = Corrections::default();
    trial.again = Again::Nothing;
    trial.process();
    assert_eq!(trial.export(), before);
}

#[test]
fn scans_are_read_again_once_there_is_an_engine() {
    let folder = tempfile::tempdir().unwrap();
    let trial = Trial::in_folder(folder.path());
    trial.keep(crate::extract::scan());
    let processed = |reads_pictures| trial.process_with(reads_pictures).processed;
    assert_eq!(
        [processed(false), processed(false)],
        [1, 0],
        "without an engine"
    );
    assert_eq!(
        [processed(true), processed(true)],
        [1, 0],
        "with one, read or not"
    );
}

#[test]
fn a_demonstration_keeps_out_of_other_data() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("catalogue.sqlite"), "real").unwrap();
    let error = lay_out(folder.path()).unwrap_err();
    assert!(matches!(error, DemoError::HoldsOtherData { .. }), "{error}");
}

/// One data folder with the bundled registry.
struct Trial {
    stores: Stores,
    registry: Registry,
    vocabulary: Vocabulary,
    corrections: Corrections,
    again: Again,
}

impl Trial {
    fn in_folder(folder: &Path) -> Self {
        let vocabulary = Vocabulary::load().unwrap();
        let known = Known {
            nations: &vocabulary.facets.nations,
            regions: &vocabulary.facets.regions,
        };
        let data = folder.join("data");
        let registry = registry::load(Some(&lay_out(&data).unwrap()), &known).unwrap();
        assert_eq!(
            lay_out(&data).unwrap(),
            data.join("crawl-config"),
            "a second time"
        );
        Self {
            stores: Stores::in_folder(&data),
            registry,
            vocabulary,
            corrections: Corrections::default(),
            again: Again::Nothing,
        }
    }

    async fn crawl(&self) -> Vec<Crawled> {
        let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
        let clock = Arc::new(Timestamp::now);
        let crawler = Crawler::new(crawl_settings(&server), clock).unwrap();
        let archive = Archive::open(&self.stores.archive()).unwrap();
        let sites = self.registry.partnerships.iter();
        let sites = sites
            .map(|site| (site.clone(), self.registry.rules(&site.id)))
            .collect();
        let at_once = NonZeroUsize::new(8).unwrap();
        crawl(
            Arc::new(crawler),
            Arc::new(archive),
            sites,
            at_once,
            Arc::new(Silent),
        )
        .await
    }

    /// Puts a file into the archive, as if it had been fetched.
    fn keep(&self, bytes: Vec<u8>) {
        let partnership = &self.registry.partnerships[0];
        let url: Url = "http://www.example.org/report.pdf".parse().unwrap();
        let archive = Archive::open(&self.stores.archive()).unwrap();
        let candidate = Candidate {
            partnership: partnership.id.clone(),
            url: url.clone(),
            context: LinkContext::default(),
            depth: 1,
        };
        let fetched = Fetched {
            candidate,
            hops: Vec::new(),
            asked: Vec::new(),
            final_url: url,
            status: 200,
            headers: Vec::new(),
            body: bytes,
            received_at: Timestamp::UNIX_EPOCH,
        };
        archive.store(fetched).unwrap();
    }

    fn process(&self) -> Report {
        self.process_with(false)
    }

    fn process_with(&self, reads_pictures: bool) -> Report {
        let archive = Archive::open_read_only(&self.stores.archive()).unwrap();
        let mut catalogue = Catalogue::open(&self.stores.catalogue()).unwrap();
        let ground = Ground {
            registry: &self.registry,
            vocabulary: &self.vocabulary,
            corrections: &self.corrections,
            again: self.again,
            now: Timestamp::UNIX_EPOCH,
            n_workers: 2,
            launch: None,
            reads_pictures,
        };
        process::process(&archive, &mut catalogue, &ground, |_, _| ()).unwrap()
    }

    fn export(&self) -> String {
        let catalogue = Catalogue::open_read_only(&self.stores.catalogue()).unwrap();
        let mut text = Vec::new();
        write_jsonl(&catalogue.entries().unwrap(), &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn score(&self) -> Value {
        let score = evaluate(GOLD, &self.export(), None, &self.vocabulary);
        serde_json::to_value(score.unwrap()).unwrap()
    }
}

#[track_caller]
fn at_least(score: &Value, name: &str, figure: &str, bound: f64) {
    let value = score[name][figure].as_f64().unwrap();
    assert!(
        value >= bound,
        "{name}: {figure} {value:.3} is below {bound}"
    );
}
