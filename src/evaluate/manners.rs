//! How a crawl behaved, from the log of the server that was crawled.
//!
//! In: one row a request, in the order received. Out: [`Manners`].

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use serde::{Deserialize, Serialize};

/// One request as the corpus server logs it.
#[derive(Debug, Deserialize)]
pub(super) struct Request {
    /// When, in seconds.
    t: f64,
    host: String,
    /// Path and query.
    url: String,
    agent: String,
}

/// How a crawl behaved.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Manners {
    requests: usize,
    hosts: usize,
    #[serde(rename = "hosts asked for robots.txt first")]
    robots_first: usize,
    /// Between two requests to one host; `None` where no host was asked twice.
    #[serde(rename = "least gap s")]
    least_gap_s: Option<f64>,
    #[serde(rename = "repeated requests")]
    repeated: usize,
    /// The first three, in order.
    agents: Vec<String>,
    /// Requests for an address that names itself a trap.
    #[serde(rename = "trap hits")]
    trap_hits: usize,
}

impl Manners {
    pub(super) fn of(requests: &[Request]) -> Self {
        let mut hosts: HashMap<&str, Vec<&Request>> = HashMap::new();
        let mut asked: HashMap<(&str, &str), usize> = HashMap::new();
        for request in requests {
            hosts.entry(&request.host).or_default().push(request);
            if request.url != "/robots.txt" {
                *asked.entry((&request.host, &request.url)).or_default() += 1;
            }
        }
        let gaps = hosts
            .values()
            .flat_map(|rows| rows.windows(2).map(|pair| pair[1].t - pair[0].t));
        let agents: BTreeSet<&str> = requests.iter().map(|row| row.agent.as_str()).collect();
        Self {
            requests: requests.len(),
            hosts: hosts.len(),
            robots_first: hosts
                .values()
                .filter(|rows| rows[0].url == "/robots.txt")
                .count(),
            least_gap_s: gaps.min_by(f64::total_cmp).map(to_milliseconds),
            repeated: asked.values().map(|times| times - 1).sum(),
            agents: agents.into_iter().take(3).map(str::to_owned).collect(),
            trap_hits: requests
                .iter()
                .filter(|row| row.url.contains("trap"))
                .count(),
        }
    }
}

/// Rounded as it would be printed, so that halves fall as they do there.
fn to_milliseconds(seconds: f64) -> f64 {
    format!("{seconds:.3}")
        .parse()
        .expect("a printed number reads back")
}

/// In the reference scorer's layout, so that the two tables can be compared
/// line by line.
impl fmt::Display for Manners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = self
            .least_gap_s
            .map_or_else(|| "None".to_owned(), |gap| format!("{gap:?}"));
        let agents: Vec<String> = self
            .agents
            .iter()
            .map(|agent| format!("'{agent}'"))
            .collect();
        write!(
            f,
            "{{'requests': {}, 'hosts': {}, 'hosts asked for robots.txt first': {}, \
             'least gap s': {gap}, 'repeated requests': {}, 'agents': [{}], 'trap hits': {}}}",
            self.requests,
            self.hosts,
            self.robots_first,
            self.repeated,
            agents.join(", "),
            self.trap_hits,
        )
    }
}
