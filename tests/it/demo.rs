//! The bundled sites answer as the sites they were copied from.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use lessons::demo::corpus::Corpus;
use lessons::demo::server::CorpusServer;
use serde_json::Value;

use crate::support::program::Program;

const HOST: &str = "www.northmerescp.example";

#[tokio::test]
async fn a_proxy_request_reaches_the_site_it_names() {
    let answer = get(&format!("http://{HOST}/robots.txt"), &[]).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.starts_with(b"User-agent:"), "{answer:?}");
}

#[tokio::test]
async fn a_plain_request_reaches_the_site_of_its_host_header() {
    let answer = get("/robots.txt", &[("Host", &format!("{HOST}:80"))]).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn queries_redirects_and_missing_pages_are_the_sites_own() {
    let report = "/wp-content/uploads/2021/06/LCSPR-Baby-Wren-FINAL.pdf";
    let answer = get(&format!("http://{HOST}{report}?x62117"), &[]).await;
    assert_eq!((answer.status, &answer.body[..5]), (200, &b"%PDF-"[..]));
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    let answer = get(&format!("http://{HOST}{report}?other"), &[]).await;
    assert_eq!(answer.status, 404);
    let answer = get("http://www.westhavencc.example/no-such-page", &[]).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let url = format!("http://{HOST}/");
    let first = get(&url, &[]).await;
    let tag = first.header("etag").expect("a page has an ETag").to_owned();
    let again = get(&url, &[("If-None-Match", &tag)]).await;
    assert_eq!((first.status, again.status), (200, 304));
    assert!(again.body.is_empty());
}

#[tokio::test]
async fn a_host_that_is_not_bundled_is_refused() {
    let answer = get("http://www.example.org/", &[]).await;
    assert_eq!(answer.status, 502);
}

#[test]
fn the_demonstration_serves_what_it_has_crawled() {
    let program = Program::new();
    let arguments = ["demo", "--listen", "127.0.0.1:0", "--data", "demo"];
    let (_running, line) = program.start_until("http://", &arguments);
    let address: SocketAddr = line.split_once("http://").unwrap().1.parse().unwrap();
    let list = |list: &str, query: &str| -> Value {
        let target = format!("/api/v1/{list}?q={query}");
        let request =
            format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        serde_json::from_slice(&ask(address, &request).body).unwrap()
    };
    let found = list("recommendations", "information+sharing");
    assert!(found["total"].as_u64().unwrap() > 0, "{found}");
    let hit = &found["results"][0];
    assert!(hit["page"].as_u64().unwrap() > 0, "{hit}");
    assert!(!hit["to"].as_array().unwrap().is_empty(), "{hit}");
    assert!(hit["partnership"]["name"].is_string(), "{hit}");
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self
            .headers
            .lines()
            .filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

/// Asks a server of its own for this request target.
async fn get(target: &str, headers: &[(&str, &str)]) -> Answer {
    let server = CorpusServer::start(Corpus::bundled()).await.unwrap();
    let mut request = format!("GET {target} HTTP/1.1\r\nConnection: close\r\n");
    for (name, value) in headers {
        write!(request, "{name}: {value}\r\n").unwrap();
    }
    if !headers.iter().any(|(name, _)| *name == "Host") {
        request += "Host: proxied.example\r\n";
    }
    let address = server.address();
    tokio::task::spawn_blocking(move || ask(address, &(request + "\r\n")))
        .await
        .unwrap()
}

fn ask(address: SocketAddr, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let headers = String::from_utf8(bytes[..end].to_vec()).unwrap();
    Answer {
        status: headers[9..12].parse().unwrap(),
        headers,
        body: bytes[end + 4..].to_vec(),
    }
}
