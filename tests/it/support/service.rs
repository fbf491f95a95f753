//! The service over scratch stores, asked through its front door.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use lessons::model::entry::Entry;
use lessons::pipeline::Stores;
use lessons::vocabulary::Vocabulary;
use lessons::web::{App, Settings, Sources};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::support::index::{partnerships, stores_of};

/// Longest body that a test reads.
const BODY: usize = 4 << 20;

/// A service and the folder of its stores.
pub(crate) struct TestService {
    _folder: Option<TempDir>,
    router: Router,
    /// For a server of one's own.
    pub(crate) app: App,
}

/// What it answered.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl TestService {
    /// A service over these entries, with this notice on its pages.
    pub(crate) fn with(entries: &[Entry], notice: Option<&str>) -> Self {
        let folder = stores_of(entries);
        let service = Self::over(&Stores::in_folder(folder.path()), notice);
        Self {
            _folder: Some(folder),
            ..service
        }
    }

    /// A service over stores that are there.
    pub(crate) fn over(stores: &Stores, notice: Option<&str>) -> Self {
        let settings = Settings {
            notice: notice.map(str::to_owned),
            ..Settings::default()
        };
        Self::set(stores, settings)
    }

    /// The same, set like this.
    pub(crate) fn set(stores: &Stores, settings: Settings) -> Self {
        let sources = Sources {
            catalogue: &stores.catalogue(),
            search: &stores.search(),
            vocabulary: &Vocabulary::load().unwrap(),
            partnerships: &partnerships(),
            settings,
        };
        let app = App::open(sources).unwrap();
        Self {
            router: lessons::web::app(app.clone()),
            app,
            _folder: None,
        }
    }

    /// `GET` of this path, with these headers.
    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answered {
        let request = Request::get(path);
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        self.answered(request.body(Body::empty()).unwrap()).await
    }

    /// `POST` of this body to this path.
    pub(crate) async fn post(&self, path: &str, body: &str) -> Answered {
        let request = Request::post(path).body(Body::from(body.to_owned()));
        self.answered(request.unwrap()).await
    }

    /// The answer to any request.
    pub(crate) async fn answered(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, BODY).await.unwrap();
        Answered {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// The JSON that this path gives.
    pub(crate) async fn json(&self, path: &str) -> Value {
        let answered = self.get(path, &[]).await;
        assert_eq!(answered.status, StatusCode::OK, "{path}: {}", answered.body);
        serde_json::from_str(&answered.body).unwrap()
    }
}

impl Answered {
    /// The value of a header; empty when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// What stands between `<main` and `</main>`.
    pub(crate) fn main(&self) -> &str {
        let start = self.body.find("<main").expect("a page has a main part");
        let end = self.body.find("</main>").expect("the main part ends");
        &self.body[start..end]
    }
}
