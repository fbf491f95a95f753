use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use lessons::demo::corpus::Corpus;
use lessons::demo::server::CorpusServer;
use serde_json::Value;
use url::Url;

use crate::support::program::{Program, fixture};

const SITE: &str = "northmere";
/// An address that nobody listens at.
const NOWHERE: ([u8; 4], u16) = ([127, 0, 0, 1], 9);

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_tells_what_would_be_asked_for() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let program = Program::on_bundled_sites(server.address());
    let dry = ["crawl", SITE, "--dry-run", "--delay-ms", "1000"];
    let before = program.run(&dry).well();
    assert!(before.starts_with("northmere: "), "{before}");
    assert!(before.contains("  fetch http://"), "{before}");
    assert!(!before.contains("  check "), "{before}");
    program.run(&["crawl", SITE]).well();
    let plan: Value =
        serde_json::from_str(&program.run(&[&dry[..], &["--json"]].concat()).well()).unwrap();
    let requests = plan["requests"].as_array().unwrap();
    let known = requests
        .iter()
        .filter(|request| request["is_known"] == true);
    assert!(known.count() > 10, "{plan}");
    let forbidden = requests
        .iter()
        .filter_map(|request| request["forbidden"].as_str());
    assert!(
        forbidden
            .clone()
            .all(|rule| rule.starts_with("robots.txt ")),
        "{plan}"
    );
    assert!(plan["least_seconds"].as_u64().unwrap() >= 10, "{plan}");
}

#[test]
fn what_others_fetched_is_taken_in() {
    let program = Program::on_bundled_sites(NOWHERE.into());
    let import = |files: &[&str]| {
        let whose = ["--partnership", SITE];
        program.run(&[&["import"], files, &whose].concat())
    };
    let warc = fixture("warc/example.warc.gz");
    let told = import(&[&warc]).well();
    assert!(told.contains("example.warc.gz: 1 stored\n"), "{told}");
    assert!(
        import(&[&warc])
            .well()
            .contains("passed over: is here already")
    );

    // One file that cannot be read does not keep out the next.
    let ended = import(&[
        &fixture("warc/example.arc.gz"),
        &fixture("warc/post-test.warc.gz"),
    ]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.stderr.contains("is not a WARC file"), "{ended:?}");
    assert!(
        ended.stdout.contains("post-test.warc.gz: 3 stored"),
        "{ended:?}"
    );

    program.write("review.html", "<h1>Child A: a review</h1>");
    let ended = import(&["review.html"]);
    assert!(
        ended.code == 1 && ended.stderr.contains("--url"),
        "{ended:?}"
    );
    let url = "http://www.northmerescp.example/old/review";
    import(&["review.html", "--url", url]).well();
    // The samples hold answers that are no documents.
    assert_eq!(program.run(&["process"]).code, 1);
    let record: Value =
        serde_json::from_str(&program.run(&["show", url, "--json"]).well()).unwrap();
    assert_eq!(record["url"], url);

    let reason = program
        .run(&["import", "review.html", "--partnership", "no-such-site"])
        .refused();
    assert!(reason.contains("no partnership `no-such-site`"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn coverage_is_told_of_every_partnership() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let program = Program::on_bundled_sites(server.address());
    let told = program.run(&["check", SITE]).well();
    assert!(told.contains("northmere: never crawled"), "{told}");
    program.run(&["crawl", SITE]).well();
    program.run(&["process"]).well();
    let told = program.run(&["check", SITE]).well();
    assert!(told.contains("northmere: crawled 1 times"), "{told}");
    let lines = program.run(&["check", "--json"]).well();
    let sites: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |id: &str| sites.iter().find(|site| site["partnership"] == id).unwrap();
    assert_eq!(of(SITE)["publications"]["review"], 3, "{}", of(SITE));
    assert!(of(SITE)["files"]["application/pdf"].as_u64() > Some(2));
    assert!(of(SITE)["next_crawl"].is_string());
    let never = sites.iter().filter(|site| site["last_crawl"].is_null());
    assert_eq!(never.count(), sites.len() - 1);
}

/// The second crawl sends no body again but what changed, and a report that its
/// site has taken down stays to be found, with the day since which it is gone.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_site_takes_down_stays_as_a_record() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let program = Program::on_bundled_sites(server.address());
    program.run(&["crawl", SITE]).well();
    program.run(&["process"]).well();
    let records = |program: &Program| -> Vec<Value> {
        let lines = program.run(&["export"]).well();
        lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let before = records(&program);
    let review = before.iter().find(|record| record["kind"] == "review");
    let address: Url = review.unwrap()["final_url"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();

    let mut corpus = Corpus::bundled();
    assert!(corpus.take_down(address.host_str().unwrap(), address.path()));
    let server = CorpusServer::start(corpus).await.unwrap();
    let program = program.with("http_proxy", &format!("http://{}", server.address()));
    let told = program.run(&["crawl", SITE, "--json"]).well();
    program.run(&["process"]).well();

    let crawled: Value = serde_json::from_str(told.lines().last().unwrap()).unwrap();
    assert_eq!(crawled["pages"], 0, "bodies sent again: {told}");
    assert_eq!(crawled["documents"], 0, "bodies sent again: {told}");
    assert!(crawled["unchanged"].as_u64() > Some(10), "{told}");
    let after = records(&program);
    assert_eq!(after.len(), before.len());
    for record in &after {
        let is_down = record["final_url"] == address.as_str();
        assert_eq!(record["gone_since"].is_string(), is_down, "{record}");
    }
    let title = review.unwrap()["title"].as_str().unwrap();
    let found = program.run(&["search", title, "--json"]).well();
    assert!(
        found.contains(review.unwrap()["id"].as_str().unwrap()),
        "{found}"
    );
}

/// Crawls what is due, reads it, serves it, ends when asked; and knows after a
/// restart that nothing is due.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_runs_keeps_itself_up_to_date() {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let program = Program::on_bundled_sites(server.address());
    let run = ["run", SITE, "--listen", "127.0.0.1:0"];

    let (running, mut lines) = program.start_talking(&run);
    let address = address_in(&mut lines);
    let mut line_with = |words: &str| lines.find(|line| line.contains(words)).unwrap();
    line_with("northmere: ");
    line_with("entries indexed");
    let served = get(&address, "/api/v1/coverage");
    let coverage: Value = serde_json::from_str(&served).unwrap();
    let sites = coverage["results"].as_array().unwrap();
    let site = sites.iter().find(|site| site["partnership"]["id"] == SITE);
    assert_eq!(site.unwrap()["publications"]["review"], 3, "{coverage}");
    assert!(get(&address, "/coverage").contains("Last crawled"));
    assert!(get(&address, "/cy/coverage").contains("Cwmpas"));
    assert_eq!(running.terminate(), 0);

    let (running, mut lines) = program.start_talking(&run);
    address_in(&mut lines);
    assert_eq!(running.terminate(), 0);
    let site: Value =
        serde_json::from_str(&program.run(&["check", SITE, "--json"]).well()).unwrap();
    assert_eq!(site["last_crawl"]["count"], 1, "{site}");
}

fn address_in(lines: &mut impl Iterator<Item = String>) -> String {
    let start = "Lessons Index at http://";
    let line = lines.find(|line| line.starts_with(start)).unwrap();
    line[start.len()..].to_owned()
}

/// The body of the answer.
fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    body.to_owned()
}
