//! Connections: taken, watched for clients that are slow on purpose or by
//! accident, and closed in order when the service stops.
//!
//! In: a listener and the service. Out: answers. What is answered is not looked
//! at here.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Sleep, sleep, timeout};

use crate::config::ServeSettings;

/// Headers of one request, at most.
const MOST_HEADERS: usize = 100;
/// Bytes of the head of one request, at most.
const MOST_HEAD_BYTES: usize = 64 << 10;
/// Wait after a failure to take a connection, e.g. for want of file handles.
const RETRY: Duration = Duration::from_millis(100);

/// Answers requests until `shutdown` is done, then finishes those under way as
/// long as the settings allow. Gives the number of connections cut off.
pub(super) async fn serve(
    listener: TcpListener,
    app: Router,
    settings: &ServeSettings,
    shutdown: impl Future<Output = ()>,
) -> usize {
    let permits = Arc::new(Semaphore::new(settings.max_connections));
    let (stop, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let next = take(&listener, &permits);
        let (stream, peer, permit) = tokio::select! {
            taken = next => taken,
            () = &mut shutdown => break,
        };
        let connection = Connection {
            app: app.clone(),
            peer,
            header_timeout: settings.header_timeout,
            stopped: stopped.clone(),
        };
        let stream = Watched::new(stream, settings.stall_timeout);
        connections.spawn(async move {
            connection.run(stream).await;
            drop(permit);
        });
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    // Nobody listens when no connection is open.
    let _ = stop.send(true);
    let all = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(settings.shutdown_timeout, all).await;
    connections.len()
}

/// The next connection, once there is room for it.
async fn take(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    let permit = Arc::clone(permits).acquire_owned().await;
    let permit = permit.expect("nobody closes the semaphore");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, permit),
            Err(error) => {
                tracing::warn!(error = %error, "A connection could not be taken");
                sleep(RETRY).await;
            }
        }
    }
}

struct Connection {
    app: Router,
    peer: SocketAddr,
    header_timeout: Duration,
    stopped: watch::Receiver<bool>,
}

impl Connection {
    async fn run(mut self, stream: Watched) {
        let (app, peer) = (TowerToHyperService::new(self.app), self.peer);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            app.call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.header_timeout)
            .max_headers(MOST_HEADERS)
            .max_buf_size(MOST_HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        // How a connection ended is the client's affair.
        let is_stopping = tokio::select! {
            _ = connection.as_mut() => false,
            _ = self.stopped.changed() => true,
        };
        if is_stopping {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// A stream that fails when its client takes nothing of what is written.
struct Watched {
    stream: TcpStream,
    limit: Duration,
    stall: Option<Pin<Box<Sleep>>>,
}

impl Watched {
    fn new(stream: TcpStream, limit: Duration) -> Self {
        Self {
            stream,
            limit,
            stall: None,
        }
    }

    fn watch(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.stall = None;
            return written;
        }
        let limit = self.limit;
        let stall = self.stall.get_or_insert_with(|| Box::pin(sleep(limit)));
        let is_over = stall.as_mut().poll(context);
        is_over.map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
