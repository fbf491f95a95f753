//! A fictional site on a local port that remembers what it was asked.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Response, Uri};
use tokio::net::TcpListener;
use url::Url;

/// What a site answers to one path and query.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// A page.
    pub(crate) fn page(html: &str) -> Self {
        Self::new(200, html.as_bytes()).with("content-type", "text/html; charset=utf-8")
    }

    /// A PDF, as far as a crawl looks into one.
    pub(crate) fn pdf(words: &str) -> Self {
        let body = format!("%PDF-1.4\n{words}\n%%EOF");
        Self::new(200, body.as_bytes()).with("content-type", "application/pdf")
    }

    /// Plain text, as robots.txt is.
    pub(crate) fn text(text: &str) -> Self {
        Self::new(200, text.as_bytes()).with("content-type", "text/plain")
    }

    /// A redirect.
    pub(crate) fn redirect(to: &str) -> Self {
        Self::new(301, b"").with("location", to)
    }

    /// Anything else.
    pub(crate) fn new(status: u16, body: &[u8]) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.to_vec(),
        }
    }

    /// With a further header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// Answers what no route does.
type Otherwise = Box<dyn Fn(&str) -> Option<Answer> + Send + Sync>;

/// A site before it is served.
#[must_use = "a site answers nothing until `serve()`"]
#[derive(Default)]
pub(crate) struct TestSite {
    routes: HashMap<String, Answer>,
    otherwise: Option<Otherwise>,
}

impl TestSite {
    /// Answers one path and query.
    pub(crate) fn route(mut self, path: &str, answer: Answer) -> Self {
        self.routes.insert(path.to_owned(), answer);
        self
    }

    /// Answers one path and query with a page.
    pub(crate) fn page(self, path: &str, html: &str) -> Self {
        self.route(path, Answer::page(html))
    }

    /// Answers what no route does; `None` is a 404.
    pub(crate) fn otherwise(
        mut self,
        answer: impl Fn(&str) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        self.otherwise = Some(Box::new(answer));
        self
    }

    /// Serves the site on a free local port until the test ends.
    pub(crate) async fn serve(self) -> ServedSite {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            routes: Mutex::new(self.routes),
            otherwise: self.otherwise,
            asked: Mutex::default(),
        });
        let handler = Arc::clone(&state);
        let router = Router::new().fallback(move |uri: Uri, headers: HeaderMap| async move {
            handler.answer(&uri, &headers)
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        ServedSite { address, state }
    }
}

struct State {
    routes: Mutex<HashMap<String, Answer>>,
    otherwise: Option<Otherwise>,
    asked: Mutex<Vec<Asked>>,
}

/// One request that a site was sent.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Path and query.
    pub(crate) path: String,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// Status of the answer.
    pub(crate) status: u16,
}

impl State {
    fn answer(&self, uri: &Uri, headers: &HeaderMap) -> Response<Body> {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let routes = self.routes.lock().expect("no test panics here");
        let known = routes.get(path).cloned();
        let answer = known
            .or_else(|| self.otherwise.as_ref()?(path))
            .unwrap_or_else(|| Answer::new(404, b"<h1>Page not found</h1>"));
        let answer = not_modified(answer, headers);
        self.asked.lock().expect("no test panics here").push(Asked {
            path: path.to_owned(),
            headers: headers.clone(),
            status: answer.status,
        });
        let mut response = Response::builder().status(answer.status);
        for (name, value) in &answer.headers {
            response = response.header(name, value);
        }
        response.body(Body::from(answer.body)).expect("a response")
    }
}

/// Answers 304 when the request holds the answer's own `ETag`.
fn not_modified(answer: Answer, headers: &HeaderMap) -> Answer {
    let etag = answer.headers.iter().find(|(name, _)| name == "etag");
    let asked = headers
        .get("if-none-match")
        .and_then(|value| value.to_str().ok());
    match (etag, asked) {
        (Some((_, etag)), Some(asked)) if etag == asked => Answer {
            status: 304,
            body: Vec::new(),
            ..answer
        },
        _ => answer,
    }
}

/// A site being served.
pub(crate) struct ServedSite {
    address: SocketAddr,
    state: Arc<State>,
}

impl ServedSite {
    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> Url {
        let url = format!("http://{}{path}", self.address);
        url.parse().expect("a URL")
    }

    /// Changes what a path answers from now on.
    pub(crate) fn change(&self, path: &str, answer: Option<Answer>) {
        let mut routes = self.state.routes.lock().expect("no test panics here");
        match answer {
            Some(answer) => drop(routes.insert(path.to_owned(), answer)),
            None => drop(routes.remove(path)),
        }
    }

    /// What was asked so far, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.state
            .asked
            .lock()
            .expect("no test panics here")
            .clone()
    }

    /// Paths asked for so far, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }

    /// Forgets what was asked so far.
    pub(crate) fn forget(&self) {
        self.state
            .asked
            .lock()
            .expect("no test panics here")
            .clear();
    }
}
