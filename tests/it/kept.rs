//! Finished answers are given again as they were, until the data change, and
//! only where that may be.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use lessons::config::ServeSettings;
use lessons::pipeline::Stores;
use lessons::web::Settings;

use crate::api::entries;
use crate::support::index::{fill, stores_of};
use crate::support::service::TestService;

#[tokio::test]
async fn what_is_asked_again_is_answered_the_same_from_memory() {
    let folder = stores_of(&entries());
    let service = TestService::over(&Stores::in_folder(folder.path()), None);
    for path in [
        "/api/v1/reviews?q=neglect",
        "/recommendations?q=records&page=1",
        "/cy/trends",
    ] {
        for codings in ["", "gzip"] {
            let before = from_memory(&service).await;
            let asked = [("accept-encoding", codings)];
            let ask = || service.get(path, &asked);
            let first = ask().await;
            assert_eq!(from_memory(&service).await, before, "{path}");
            let again = ask().await;
            assert_eq!(from_memory(&service).await, before + 1, "{path}");
            assert_eq!(again.status, StatusCode::OK);
            assert_eq!(again.body, first.body, "{path}");
            assert_eq!(again.header("content-encoding"), codings);
            for name in ["etag", "content-type", "cache-control", "vary"] {
                assert_eq!(again.header(name), first.header(name), "{path} {name}");
            }
            assert!(!again.header("content-security-policy").is_empty());
            let known = [
                ("accept-encoding", codings),
                ("if-none-match", first.header("etag")),
            ];
            let unchanged = service.get(path, &known).await;
            assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED, "{path}");
            assert!(unchanged.body.is_empty());
        }
    }
}

#[tokio::test]
async fn a_change_of_the_data_ends_what_was_kept() {
    let folder = stores_of(&entries()[..1]);
    let stores = Stores::in_folder(folder.path());
    let service = TestService::over(&stores, None);
    let path = "/api/v1/partnerships";
    let before = service.get(path, &[]).await;
    assert_eq!(service.get(path, &[]).await.body, before.body);
    let asked = from_memory(&service).await;
    fill(&stores, &entries());
    let after = service.get(path, &[]).await;
    assert_eq!(from_memory(&service).await, asked);
    assert_ne!(after.header("etag"), before.header("etag"));
}

#[tokio::test]
async fn what_is_private_or_of_the_moment_or_without_end_is_not_kept() {
    let folder = stores_of(&entries());
    let stores = Stores::in_folder(folder.path());
    let service = TestService::over(&stores, None);
    for _ in 0..2 {
        let text = r#"{"text": "a father was not asked"}"#;
        let similar = service.post("/api/v1/similar", text).await;
        assert_eq!(similar.status, StatusCode::OK);
        service.post("/similar", "text=a+father").await;
        for path in [
            "/api/v1/export?format=csv",
            "/api/v1/health",
            "/api/v1/health/ready",
            "/api/v1/metrics",
            "/api/v1/reviews?page=no",
            "/nowhere",
        ] {
            service.get(path, &[]).await;
        }
        let head = Request::head("/api/v1/reviews").body(Body::empty());
        service.answered(head.unwrap()).await;
    }
    assert_eq!(from_memory(&service).await, 0);

    let serve = ServeSettings {
        cache_bytes: 0,
        ..ServeSettings::default()
    };
    let settings = Settings {
        serve,
        ..Settings::default()
    };
    let service = TestService::set(&stores, settings);
    for _ in 0..2 {
        service.get("/api/v1/reviews", &[]).await;
    }
    assert_eq!(from_memory(&service).await, 0);
}

/// How many answers were kept from an earlier request.
async fn from_memory(service: &TestService) -> u64 {
    let metrics = service.get("/api/v1/metrics", &[]).await.body;
    let line = metrics
        .lines()
        .find_map(|line| line.strip_prefix("lessons_answers_from_memory_total "));
    line.expect("it is counted").parse().unwrap()
}
