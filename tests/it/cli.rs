//! The program as a script sees it: what stands on stdout and on stderr, and
//! the exit code: 0 done, 1 some items failed, 2 could not run.

use std::future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Response, Uri};
use jiff::Timestamp;
use lessons::archive::Archive;
use lessons::demo::corpus::Corpus;
use lessons::demo::server::CorpusServer;
use lessons::model::capture::{Candidate, Fetched, LinkContext};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use url::Url;

use crate::support::program::{Program, fixture};

const SITE: &str = "northmere";

#[test]
fn what_cannot_be_run_ends_with_two_and_a_reason() {
    let program = Program::new();
    assert!(
        program
            .run(&["no-such-command"])
            .refused()
            .contains("no-such-command")
    );
    let reason = program.run(&["read", "missing.pdf"]).refused();
    assert!(
        reason.starts_with("lessons: cannot read `missing.pdf`: "),
        "{reason}"
    );
    let reason = program.run(&["show", "northmere/3f9c2a71"]).refused();
    assert!(reason.contains("catalogue.sqlite"), "{reason}");
    let reason = program.run(&["crawl", "no-such-site"]).refused();
    assert!(reason.contains("no partnership `no-such-site`"), "{reason}");
}

#[test]
fn a_file_is_read_into_pages_and_blocks() {
    let program = Program::new();
    program.write(
        "page.html",
        "<title>T</title><h1>Child A</h1><p>Nobody asked.</p>",
    );
    let text = program.run(&["read", "page.html"]).well();
    assert!(text.starts_with("--- page 1\n"), "{text}");
    assert!(text.contains("heading 1    Child A\n"), "{text}");
    let json = program
        .run(&["read", "page.html", "--format", "json"])
        .well();
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["pages"][0]["number"], 1);
    let html = program
        .run(&["read", "page.html", "--format", "html"])
        .well();
    assert!(
        html.contains("id=\"page-1\"") && html.contains("Nobody asked."),
        "{html}"
    );
}

#[test]
fn an_export_is_measured_without_a_catalogue() {
    let program = Program::new();
    let (gold, export) = (
        fixture("evaluate/gold.json"),
        fixture("evaluate/export.jsonl"),
    );
    let requests = fixture("evaluate/requests.jsonl");
    let measure = [
        "evaluate",
        &gold,
        "--export",
        &export,
        "--requests",
        &requests,
    ];
    let table = program
        .run(&[&measure[..], &["--worst", "20"]].concat())
        .well();
    assert_eq!(table, include_str!("../fixtures/evaluate/expected.txt"));
    let json = program.run(&[&measure[..], &["--json"]].concat()).well();
    let expected: Value =
        serde_json::from_str(include_str!("../fixtures/evaluate/expected.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), expected);
}

#[test]
fn settings_that_are_wrong_stop_everything_and_say_where() {
    let program = Program::new();
    program.write("lessons.toml", "[crawl]\ndelay = \"2s\"\nmax_dept = 3\n");
    let reason = program.run(&["export"]).refused();
    assert!(
        reason.contains("lessons.toml:3: unknown field `max_dept`"),
        "{reason}"
    );
    let reason = Program::new()
        .with("LESSONS_DTA", "x")
        .run(&["export"])
        .refused();
    assert!(
        reason.contains("`LESSONS_DTA`: names no setting"),
        "{reason}"
    );
    let reason = program.run(&["export", "--config", "other.toml"]).refused();
    assert!(reason.contains("other.toml"), "{reason}");
}

#[test]
fn the_readme_holds_the_help() {
    let readme = include_str!("../../README.md");
    let held = readme
        .split_once("<!-- help -->\n```text\n")
        .and_then(|(_, rest)| rest.split_once("```\n<!-- /help -->"));
    let (held, _) =
        held.expect("README.md has a block between `<!-- help -->` and `<!-- /help -->`");
    assert_eq!(
        held,
        Program::new().run(&["--help"]).well(),
        "put the right side into README.md"
    );
}

/// Each layer names a folder without a catalogue; the complaint tells which
/// layer was heard.
#[test]
fn the_command_line_has_the_last_word() {
    let program = Program::new();
    let complaint = |program: &Program, arguments: &[&str]| program.run(arguments).refused();
    assert!(complaint(&program, &["export"]).contains("./data/"));
    program.write("lessons.toml", "data = \"from-file\"\n");
    assert!(complaint(&program, &["export"]).contains("from-file/"));
    let program = program.with("LESSONS_DATA", "from-environment");
    assert!(complaint(&program, &["export"]).contains("from-environment/"));
    assert!(complaint(&program, &["export", "--data", "typed"]).contains("typed/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_crawled_processed_and_exported() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let program = Program::on_bundled_sites(server.address());
    let crawled = program.run(&["crawl", SITE]).well();
    assert!(crawled.starts_with(&format!("{SITE}: ")), "{crawled}");
    let processed: Value =
        serde_json::from_str(&program.run(&["process", "--json"]).well()).unwrap();
    let again: Value = serde_json::from_str(&program.run(&["process", "--json"]).well()).unwrap();
    assert_eq!(
        (&again["processed"], &again["unchanged"]),
        (&0.into(), &processed["processed"])
    );
    let export = program.run(&["export"]).well();
    let reviews = export
        .lines()
        .filter(|line| line.contains(r#""kind":"review""#))
        .count();
    assert_eq!(reviews, 3, "{export}");
    let record: Value = serde_json::from_str(export.lines().next().unwrap()).unwrap();
    let shown = program
        .run(&["show", record["id"].as_str().unwrap(), "--json"])
        .well();
    assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), record);
}

#[test]
fn a_document_that_cannot_be_read_is_listed_and_costs_nothing_else() {
    let program = Program::on_bundled_sites(([127, 0, 0, 1], 9).into());
    let archive = Archive::open(&program.path("data/archive")).unwrap();
    archive
        .store(fetched(
            "broken.pdf",
            "application/pdf",
            b"%PDF-1.7\nnothing more",
        ))
        .unwrap();
    archive
        .store(fetched(
            "page",
            "text/html",
            b"<h1>Child A</h1><p>A review.</p>",
        ))
        .unwrap();
    drop(archive);
    let ended = program.run(&["process"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(
        ended
            .stderr
            .contains("failed: http://www.northmerescp.example/broken.pdf: "),
        "{ended:?}"
    );
    assert!(
        ended.stdout.starts_with("2 publications: 1 processed"),
        "{ended:?}"
    );
    assert_eq!(program.run(&["export"]).well().lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crawl_that_was_killed_goes_on_where_it_stopped() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let whole = Program::on_bundled_sites(server.address());
    whole.run(&["crawl", SITE]).well();
    whole.run(&["process"]).well();

    let stuck = StuckSite::after(25).await;
    let killed = Program::on_bundled_sites(stuck.address);
    let mut crawl = killed.start(&["crawl", SITE]);
    stuck.is_stuck.notified().await;
    crawl.kill().unwrap();
    crawl.wait().unwrap();
    let resumed = killed.with("http_proxy", &format!("http://{}", server.address()));
    resumed.run(&["crawl", SITE]).well();
    resumed.run(&["process"]).well();

    let publications = |program: &Program| -> Vec<Value> {
        let export = program.run(&["export"]).well();
        let mut records: Vec<Value> = export
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        for record in &mut records {
            record["first_seen"].take();
            record["last_seen"].take();
        }
        records.sort_by_key(|record| record["id"].to_string());
        records
    };
    assert_eq!(publications(&resumed), publications(&whole));
}

/// The bundled sites, until one answer does not come.
struct StuckSite {
    address: std::net::SocketAddr,
    is_stuck: Arc<Notify>,
}

impl StuckSite {
    async fn after(answers: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let is_stuck = Arc::new(Notify::new());
        let (stuck, asked) = (Arc::clone(&is_stuck), Arc::new(AtomicUsize::new(0)));
        let corpus = Arc::new(Corpus::bundled());
        let answer = async move |uri: Uri| {
            if asked.fetch_add(1, Ordering::Relaxed) >= answers {
                stuck.notify_one();
                future::pending::<()>().await;
            }
            let path = uri.path_and_query().map_or("/", |path| path.as_str());
            let answer = corpus.answer(uri.host().unwrap(), path, None).unwrap();
            let mut response = Response::builder().status(answer.status);
            for (name, value) in answer.headers {
                response = response.header(name, value);
            }
            response.body(Body::from(answer.body.into_owned())).unwrap()
        };
        let app = Router::new().fallback(answer);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, is_stuck }
    }
}

pub(crate) fn fetched(path: &str, media_type: &str, body: &[u8]) -> Fetched {
    let url: Url = format!("http://www.northmerescp.example/{path}")
        .parse()
        .unwrap();
    Fetched {
        candidate: Candidate {
            partnership: SITE.parse().unwrap(),
            url: url.clone(),
            context: LinkContext::default(),
            depth: 1,
        },
        final_url: url,
        hops: Vec::new(),
        asked: Vec::new(),
        status: 200,
        headers: vec![("Content-Type".to_owned(), media_type.to_owned())],
        body: body.to_vec(),
        received_at: Timestamp::UNIX_EPOCH,
    }
}
