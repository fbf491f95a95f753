//! Clients on connections that they keep, each asking again as soon as it has
//! read the answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// What clients saw.
#[derive(Default)]
pub(crate) struct Figures {
    /// How long each answer took, shortest first.
    pub times: Vec<Duration>,
    /// Answers other than 200, and connections that broke.
    pub errors: usize,
    /// Of all bodies.
    pub bytes: usize,
    /// How long they asked.
    pub taken: Duration,
}

impl Figures {
    pub(crate) fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.taken.as_secs_f64()
    }

    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let at = self.times.len() * percent / 100;
        let last = self.times.len().saturating_sub(1);
        self.times.get(at.min(last)).copied().unwrap_or_default()
    }
}

/// What is asked for: the path of a client's next request, by the number of the
/// client and how often it has asked.
pub(crate) trait Asked: Send + Sync + 'static {
    fn path(&self, client: usize, turn: usize) -> String;
}

/// Asks by so many clients, for so long.
pub(crate) async fn ask(
    address: SocketAddr,
    asked: Arc<dyn Asked>,
    time: Duration,
    n_clients: usize,
) -> Figures {
    let begun = Instant::now();
    let mut clients = JoinSet::new();
    for client in 0..n_clients {
        clients.spawn(one(address, Arc::clone(&asked), client, begun + time));
    }
    let mut all = Figures::default();
    while let Some(figures) = clients.join_next().await {
        let figures = figures.expect("a client does not fall over");
        all.times.extend(figures.times);
        all.errors += figures.errors;
        all.bytes += figures.bytes;
    }
    all.taken = begun.elapsed();
    all.times.sort_unstable();
    all
}

async fn one(address: SocketAddr, asked: Arc<dyn Asked>, client: usize, until: Instant) -> Figures {
    let mut figures = Figures::default();
    let mut connection = None;
    for turn in 0.. {
        let begun = Instant::now();
        if begun >= until {
            break;
        }
        let path = asked.path(client, turn);
        match answered(&mut connection, address, &path).await {
            Some((200, bytes)) => {
                figures.times.push(begun.elapsed());
                figures.bytes += bytes;
            }
            Some(_) => figures.errors += 1,
            None => {
                figures.errors += 1;
                connection = None;
            }
        }
    }
    figures
}

/// Status and length of an answer; `None` when the connection broke.
async fn answered(
    connection: &mut Option<BufReader<TcpStream>>,
    address: SocketAddr,
    path: &str,
) -> Option<(u16, usize)> {
    if connection.is_none() {
        let stream = TcpStream::connect(address).await.ok()?;
        stream.set_nodelay(true).ok()?;
        *connection = Some(BufReader::new(stream));
    }
    let stream = connection.as_mut()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let status = line(stream).await?.split(' ').nth(1)?.parse().ok()?;
    let mut length = None;
    loop {
        let header = line(stream).await?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok();
        }
    }
    let mut body = vec![0; length?];
    stream.read_exact(&mut body).await.ok()?;
    Some((status, body.len()))
}

async fn line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}
