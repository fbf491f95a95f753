//! Who asks, and how often one may.
//!
//! In: the address a connection came from, the headers of a request, the time.
//! Out: the client, and whether it has requests left. Nothing of it is kept
//! beyond the minutes that counting takes, and nothing is logged.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderName};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Clients remembered, at most; each takes some 50 bytes.
const MOST_CLIENTS: usize = 100_000;

/// The client behind a connection: the peer, or, when that is a proxy to be
/// believed, the last address of its `X-Forwarded-For` that is none. What
/// stands before that was written by whoever asked, and may be anything.
pub(super) fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let peer = peer.to_canonical();
    if !trusted.contains(&peer) {
        return peer;
    }
    let values = headers.get_all(FORWARDED_FOR);
    let values = values.iter().filter_map(|value| value.to_str().ok());
    let path: Vec<&str> = values.flat_map(|value| value.split(',')).collect();
    let mut client = peer;
    for address in path.iter().rev() {
        let Ok(address) = address.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
        if !trusted.contains(&client) {
            break;
        }
    }
    client
}

/// What counts as one client: an IPv4 address, or the network that one
/// household or server is given in IPv6.
fn counted(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// How many requests each client has left: a bucket of tokens that fills at a
/// steady pace.
#[derive(Debug)]
pub(super) struct Buckets {
    per_second: f64,
    burst: f64,
    clients: HashMap<IpAddr, Bucket>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Buckets {
    pub(super) fn new(requests_per_minute: u32, burst: u32) -> Self {
        Self {
            per_second: f64::from(requests_per_minute) / 60.0,
            burst: f64::from(burst.max(1)),
            clients: HashMap::new(),
        }
    }

    /// Takes one request from what a client has left.
    ///
    /// # Errors
    ///
    /// How long to wait for the next, when there is none.
    pub(super) fn take(&mut self, client: IpAddr, now: Instant) -> Result<(), Duration> {
        if self.per_second == 0.0 || client.is_loopback() {
            return Ok(());
        }
        if self.clients.len() >= MOST_CLIENTS {
            self.forget(now);
        }
        let full = Bucket {
            tokens: self.burst,
            at: now,
        };
        let tokens = {
            let bucket = self.clients.entry(counted(client)).or_insert(full);
            let since = now.saturating_duration_since(bucket.at).as_secs_f64();
            bucket.tokens = (bucket.tokens + since * self.per_second).min(self.burst);
            bucket.at = now;
            &mut bucket.tokens
        };
        if *tokens < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - *tokens) / self.per_second));
        }
        *tokens -= 1.0;
        Ok(())
    }

    /// Forgets clients whose bucket is full again, and all when none is: a
    /// flood from everywhere is for `max_requests_at_once`.
    fn forget(&mut self, now: Instant) {
        let filling = Duration::from_secs_f64(self.burst / self.per_second);
        self.clients
            .retain(|_, bucket| now.saturating_duration_since(bucket.at) < filling);
        if self.clients.len() >= MOST_CLIENTS {
            self.clients.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_to_be_believed_says_who_asks() {
        let trusted = ["10.0.0.1", "10.0.0.2"].map(address);
        let check = |peer: &str, forwarded: &[&str], expected: &str| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append(FORWARDED_FOR, value.parse().expect("a header"));
            }
            let found = client(address(peer), &headers, &trusted);
            assert_eq!(found, address(expected), "{peer} {forwarded:?}");
        };
        check("192.0.2.7", &["127.0.0.1"], "192.0.2.7");
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["192.0.2.7"], "192.0.2.7");
        check("10.0.0.1", &["127.0.0.1, 192.0.2.7"], "192.0.2.7");
        check(
            "10.0.0.1",
            &["127.0.0.1", "192.0.2.7, 10.0.0.2"],
            "192.0.2.7",
        );
        check("10.0.0.1", &["192.0.2.7, nonsense"], "10.0.0.1");
        check("10.0.0.1", &["::ffff:192.0.2.7"], "192.0.2.7");
        check("::ffff:10.0.0.1", &["2001:db8::1"], "2001:db8::1");
    }

    #[test]
    fn a_client_has_its_burst_and_then_its_pace() {
        let mut buckets = Buckets::new(60, 3);
        let (start, one) = (Instant::now(), address("192.0.2.7"));
        let mut at = |client, seconds| buckets.take(client, start + Duration::from_secs(seconds));
        for _ in 0..3 {
            assert_eq!(at(one, 0), Ok(()));
        }
        assert_eq!(at(one, 0), Err(Duration::from_secs(1)));
        assert_eq!(at(address("192.0.2.8"), 0), Ok(()), "another client");
        assert_eq!(at(one, 1), Ok(()));
        assert!(at(one, 1).is_err());
        for _ in 0..3 {
            assert_eq!(at(one, 100), Ok(()), "no more than the burst is saved up");
        }
        assert!(at(one, 100).is_err());
    }

    #[test]
    fn one_network_is_one_client_and_this_machine_is_none() {
        let mut buckets = Buckets::new(60, 1);
        let now = Instant::now();
        assert_eq!(buckets.take(address("2001:db8::1"), now), Ok(()));
        assert!(buckets.take(address("2001:db8::2"), now).is_err());
        for _ in 0..9 {
            assert_eq!(buckets.take(address("127.0.0.1"), now), Ok(()));
        }
    }

    #[test]
    fn a_flood_of_clients_takes_no_more_memory() {
        let mut buckets = Buckets::new(60, 1);
        let now = Instant::now();
        for number in 0..2 * MOST_CLIENTS as u32 {
            let client = IpAddr::V4((0x0a00_0000 + number).into());
            assert_eq!(buckets.take(client, now), Ok(()));
        }
        assert!(buckets.clients.len() <= MOST_CLIENTS);
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }
}
