//! What requests may cost, what is counted of them, and what the API says of
//! itself.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use futures_util::stream;
use lessons::config::ServeSettings;
use lessons::pipeline::Stores;
use lessons::web::{self, Settings};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::api::entries;
use crate::support::index::stores_of;
use crate::support::service::{Answered, TestService};

#[tokio::test]
async fn a_client_over_its_pace_is_told_when_to_come_again() {
    let (_folder, service) = set(ServeSettings {
        requests_per_minute: 60,
        burst: 2,
        trusted_proxies: vec!["10.0.0.1".parse().unwrap()],
        ..ServeSettings::default()
    });
    let ask = async |peer: &str, forwarded: &str| -> Answered {
        let peer: SocketAddr = format!("{peer}:4000").parse().unwrap();
        let mut request = Request::get("/api/v1/themes").body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let forwarded = forwarded.parse().unwrap();
        request.headers_mut().insert("x-forwarded-for", forwarded);
        service.answered(request).await
    };
    for _ in 0..2 {
        assert_eq!(ask("192.0.2.1", "192.0.2.9").await.status, StatusCode::OK);
    }
    let refused = ask("192.0.2.1", "192.0.2.8").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert!(refused.header("content-security-policy").contains("'self'"));
    // Behind a proxy that is believed, readers are told apart.
    for reader in ["192.0.2.1", "192.0.2.2", "192.0.2.2"] {
        let answered = ask("10.0.0.1", &format!("127.0.0.1, {reader}")).await;
        let expected = if reader == "192.0.2.1" {
            StatusCode::TOO_MANY_REQUESTS
        } else {
            StatusCode::OK
        };
        assert_eq!(answered.status, expected, "{reader}");
    }
    for _ in 0..9 {
        assert_eq!(ask("127.0.0.1", "").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn what_takes_too_long_or_is_too_large_is_refused() {
    let (_folder, service) = set(ServeSettings {
        request_timeout: Duration::ZERO,
        ..ServeSettings::default()
    });
    // The rest of the body never comes.
    let body = Body::from_stream(stream::pending::<Result<Vec<u8>, Infallible>>());
    let slow = Request::post("/api/v1/similar")
        .header("content-type", "application/json")
        .body(body);
    let slow = service.answered(slow.unwrap()).await;
    assert_eq!(slow.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(slow.header("content-type"), "application/problem+json");
    assert!(!slow.header("retry-after").is_empty());

    let (_folder, service) = set(ServeSettings {
        max_body_bytes: 100,
        ..ServeSettings::default()
    });
    let large = format!("{{\"text\": \"{}\"}}", "a ".repeat(100));
    let large = service.post("/api/v1/similar", &large).await;
    assert!(large.status.is_client_error(), "{}", large.status);
    assert_eq!(large.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_client_that_sends_nothing_holds_no_connection() {
    let (_folder, service) = set(ServeSettings {
        header_timeout: Duration::from_millis(50),
        ..ServeSettings::default()
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(web::serve(listener, service.app.clone(), future::pending()));
    let mut client = TcpStream::connect(address).await.unwrap();
    client
        .write_all(b"GET / HTTP/1.1\r\nHost: n")
        .await
        .unwrap();
    let mut answer = Vec::new();
    // Ends when the service closes the connection.
    let _ = client.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test]
async fn stopping_answers_what_is_under_way_and_closes_the_rest() {
    let (_folder, service) = set(ServeSettings::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { drop(stopped.await) };
    let served = tokio::spawn(web::serve(listener, service.app.clone(), stopped));
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /api/v1/health/live HTTP/1.1\r\nHost: n\r\n\r\n")
        .await
        .unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    stop.send(()).unwrap();
    assert_eq!(served.await.unwrap(), 0, "nothing had to be cut off");
}

#[tokio::test]
async fn what_is_counted_names_routes_and_no_query() {
    let (_folder, service) = set(ServeSettings::default());
    service.get("/reviews?q=zylophrene", &[]).await;
    service.get("/api/v1/reviews?theme=zylophrene", &[]).await;
    service.get("/zylophrene", &[]).await;
    let metrics = service.get("/api/v1/metrics", &[]).await;
    assert_eq!(metrics.header("content-type"), "text/plain; version=0.0.4");
    let counts = |line: &str| {
        assert!(
            metrics.body.lines().any(|found| found == line),
            "{line}\n{}",
            metrics.body
        );
    };
    counts("lessons_http_answers_total{route=\"/reviews\",status=\"200\"} 1");
    counts("lessons_http_answers_total{route=\"/api/v1/reviews\",status=\"400\"} 1");
    counts("lessons_http_answers_total{route=\"none\",status=\"404\"} 1");
    counts("lessons_index_current 1");
    counts("lessons_panics_total 0");
    assert!(!metrics.body.contains("zylophrene"));
}

#[tokio::test]
async fn health_tells_a_live_process_from_one_that_answers_searches() {
    let (folder, service) = set(ServeSettings::default());
    let ready = service.json("/api/v1/health/ready").await;
    assert_eq!(ready["status"], "ok");
    assert_eq!(service.json("/api/v1/health/live").await["status"], "live");
    // As a disk that went away looks to the service.
    let catalogue = Stores::in_folder(folder.path()).catalogue();
    std::fs::write(&catalogue, "no catalogue").unwrap();
    let ready = service.get("/api/v1/health/ready", &[]).await;
    assert_eq!(
        ready.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        ready.body
    );
    assert_eq!(service.json("/api/v1/health/live").await["status"], "live");
}

/// The router is made from the table that the document is made from; here the
/// answers are held against what the document says of them.
#[tokio::test]
async fn every_endpoint_answers_as_its_description_says() {
    let (_folder, service) = set(ServeSettings::default());
    let document = service.json("/api/v1/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    let id = entries()[0].id.to_string();
    let (partnership, head) = id.split_once('/').unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path
            .replace("{partnership}", partnership)
            .replace("{head}", head)
            .replace("{citation}", "citation.ris")
            .replace("{item}", "1")
            .replace("{id}", partnership);
        let (method, operation) = methods.as_object().unwrap().iter().next().unwrap();
        let answered = match method.as_str() {
            "post" => {
                service
                    .post(&path, r#"{"text": "a father was not asked"}"#)
                    .await
            }
            _ => service.get(&path, &[]).await,
        };
        let kind = answered.header("content-type").split(';').next().unwrap();
        let described = &operation["responses"]["200"]["content"];
        assert_eq!(answered.status, StatusCode::OK, "{path}: {}", answered.body);
        assert!(
            described.get(kind).is_some(),
            "{path}: {kind} in {described}"
        );
        let known = parameters(operation);
        let refused = service.get(&format!("{path}?zzz=1"), &[]).await;
        if !known.is_empty() {
            assert_eq!(
                refused.status,
                StatusCode::BAD_REQUEST,
                "{path}: {}",
                refused.body
            );
        }
    }
}

#[tokio::test]
async fn no_request_however_odd_is_a_fault_of_ours() {
    let (_folder, service) = set(ServeSettings::default());
    let mut dice = Dice(7);
    for _ in 0..1_000 {
        let path = dice.path();
        let Some(request) = dice.request(&path) else {
            continue;
        };
        let answered = service.answered(request).await;
        assert!(
            !answered.status.is_server_error(),
            "{path}: {}",
            answered.body
        );
    }
}

fn parameters(operation: &Value) -> BTreeSet<&str> {
    let parameters = operation["parameters"].as_array().unwrap();
    let queried = parameters.iter().filter(|one| one["in"] == "query");
    queried.map(|one| one["name"].as_str().unwrap()).collect()
}

fn set(serve: ServeSettings) -> (tempfile::TempDir, TestService) {
    let folder = stores_of(&entries());
    let settings = Settings {
        serve,
        ..Settings::default()
    };
    let service = TestService::set(&Stores::in_folder(folder.path()), settings);
    (folder, service)
}

/// Odd requests, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % sides
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }

    fn word(&mut self) -> &'static str {
        self.of(&[
            "neglect",
            "%22",
            "%00",
            "-",
            "..",
            "%2e%2e%2f",
            "AND",
            "(",
            "%F0%9F%92%A9",
            "%ff",
            "999999999999999999999",
            "-1",
            "0",
            "2021",
            "2021-13",
            "*",
            "W/",
            "%25",
            "'",
            "a:b",
            "northmere",
            "%3Cscript%3E",
            "[",
            "%5C",
            "yes",
            "csv",
            "theme",
        ])
    }

    /// With odd headers, and sometimes by an odd method.
    fn request(&mut self, path: &str) -> Option<Request<Body>> {
        let often = self.roll(8);
        let method = ["GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "QUERY"];
        let method = method.get(often).copied().unwrap_or("GET");
        let mut request = Request::builder().method(method).uri(path);
        for _ in 0..self.roll(4) {
            let name = self.of(&[
                "if-none-match",
                "accept",
                "accept-encoding",
                "accept-language",
                "content-type",
                "content-length",
                "cookie",
                "expect",
                "host",
                "origin",
                "range",
                "x-forwarded-for",
            ]);
            let value = match self.roll(3) {
                0 => b"\xff\xfe;q=\x80".to_vec(),
                1 => self.word().repeat(500).into_bytes(),
                _ => self.word().as_bytes().to_vec(),
            };
            request = request.header(name, value);
        }
        request.body(Body::from(self.word())).ok()
    }

    fn path(&mut self) -> String {
        let mut path = self
            .of(&[
                "/",
                "/cy",
                "/reviews",
                "/recommendations",
                "/lessons",
                "/answers",
                "/themes/neglect",
                "/partnerships/northmere",
                "/documents/northmere/3f9c2a71",
                "/reviews/x/y",
                "/recommendations/northmere/3f9c2a71/1",
                "/trends",
                "/benchmark",
                "/similar",
                "/api/v1/reviews",
                "/api/v1/answers",
                "/api/v1/export",
                "/api/v1/feed.atom",
                "/api/v1/trends",
                "/api/v1/benchmark",
                "/api/v1/partnerships/x",
                "/assets/x/y",
            ])
            .to_owned();
        if self.roll(4) == 0 {
            path = format!("{path}/{}", self.word());
        }
        for place in 0..self.roll(5) {
            let name = self.of(&[
                "q",
                "theme",
                "agency",
                "partnership",
                "nation",
                "type",
                "age",
                "status",
                "from",
                "to",
                "sort",
                "page",
                "size",
                "list",
                "format",
                "by",
                "per",
                "strict",
                "answered",
            ]);
            let mark = if place == 0 { '?' } else { '&' };
            path = format!("{path}{mark}{name}={}", self.word());
        }
        path
    }
}
