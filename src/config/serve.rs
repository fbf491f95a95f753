//! How the program is served: the `[serve]` table.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as duration;
use serde::{Deserialize, Serialize};

/// Where the program is served, to whom, and how much of it to one at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServeSettings {
    /// Address and port to listen at; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Whether search engines may index the pages.
    pub allow_indexing: bool,
    /// Requests a minute that one client may keep up; 0 for any number.
    /// Programs on this machine are not counted.
    pub requests_per_minute: u32,
    /// Requests that one client may make at once before that pace holds.
    pub burst: u32,
    /// Web servers in front of this one, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Connections open at once; more wait to be taken.
    pub max_connections: usize,
    /// Requests answered at once; more wait, then are turned away.
    pub max_requests_at_once: usize,
    /// Longest time until an answer begins.
    #[serde(with = "duration")]
    pub request_timeout: Duration,
    /// Longest time for a client to send the head of a request.
    #[serde(with = "duration")]
    pub header_timeout: Duration,
    /// Longest time for which a client may take nothing of an answer.
    #[serde(with = "duration")]
    pub stall_timeout: Duration,
    /// Longest time to finish what is under way when told to stop.
    #[serde(with = "duration")]
    pub shutdown_timeout: Duration,
    /// Largest body of a request.
    pub max_body_bytes: usize,
    /// Memory for finished answers, given again to whoever asks the same until the
    /// data change; 0 to keep none.
    pub cache_bytes: usize,
    /// Longest time for which an answer is kept that nobody asks for.
    #[serde(with = "duration")]
    pub cache_time: Duration,
    /// Time between two looks for a newer snapshot, with `--follow`.
    #[serde(with = "duration")]
    pub follow_interval: Duration,
}

impl Default for ServeSettings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            allow_indexing: false,
            requests_per_minute: 300,
            burst: 100,
            trusted_proxies: Vec::new(),
            max_connections: 2048,
            max_requests_at_once: 256,
            request_timeout: Duration::from_secs(30),
            header_timeout: Duration::from_secs(10),
            stall_timeout: Duration::from_secs(30),
            shutdown_timeout: Duration::from_secs(20),
            max_body_bytes: 256 << 10,
            cache_bytes: 32 << 20,
            cache_time: Duration::from_mins(10),
            follow_interval: Duration::from_secs(5),
        }
    }
}
