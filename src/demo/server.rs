//! The bundled sites on a port of this machine.
//!
//! In: requests as a crawler sends them to an HTTP proxy, or with a `Host`
//! header as a browser does. Out: what the site of that host answers. The
//! hosts are fictional, so a crawler reaches them only through this proxy.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HOST, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::demo::corpus::Corpus;

/// A running server of the bundled sites; it stops when this is dropped.
#[derive(Debug)]
pub struct CorpusServer {
    address: SocketAddr,
    task: JoinHandle<io::Result<()>>,
}

impl CorpusServer {
    /// Serves these sites on a free port of the loopback interface.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn start(corpus: Corpus) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let app = Router::new().fallback(answer).with_state(Arc::new(corpus));
        let serve = axum::serve(listener, app);
        let task = tokio::spawn(async move { serve.await });
        Ok(Self { address, task })
    }

    /// Where it listens: the address of the proxy.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for CorpusServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(corpus): State<Arc<Corpus>>, request: Request) -> Response<Body> {
    let uri = request.uri();
    let host = uri
        .host()
        .map(str::to_owned)
        .or_else(|| host_header(request.headers()));
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let known = request
        .headers()
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let answer = host.and_then(|host| corpus.answer(&host.to_lowercase(), path, known));
    let Some(answer) = answer else {
        return respond(StatusCode::BAD_GATEWAY, "no such host in the demonstration");
    };
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = respond(status, answer.body.into_owned());
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The host that a plain request names, without its port.
fn host_header(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(HOST)?.to_str().ok()?;
    Some(value.split(':').next().unwrap_or(value).to_owned())
}

fn respond(status: StatusCode, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
}
