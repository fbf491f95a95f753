//! Keeps requests away from addresses that are not of the public internet: a
//! link on a page must not be able to make us ask the machine we run on or its
//! neighbours.
//!
//! Names are resolved by our own resolver, which gives the client only public
//! addresses, so that a name that resolves differently the second time gains
//! nothing. When a proxy is configured it resolves names, and only addresses
//! written in the URL are checked here.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Hosts that may be asked for whatever their address.
#[derive(Debug, Clone, Default)]
pub(super) struct Guard {
    allowed: Arc<BTreeSet<String>>,
}

/// An address that is not of the public internet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{host}` has the address {address}, which is not public; to allow it, name the host in `crawl.allow_private`"
)]
pub(super) struct NotPublic {
    host: String,
    address: String,
}

impl NotPublic {
    fn new(host: &str, address: &str) -> Self {
        Self {
            host: host.to_owned(),
            address: address.to_owned(),
        }
    }
}

impl Guard {
    pub(super) fn new(allowed: &[String]) -> Self {
        let allowed = allowed.iter().map(|host| host.to_lowercase()).collect();
        Self {
            allowed: Arc::new(allowed),
        }
    }

    /// Refuses a URL whose host is written as an address, or as a name that
    /// always means this machine or network.
    pub(super) fn check(&self, url: &Url) -> Result<(), NotPublic> {
        let host = url.host_str().unwrap_or_default();
        if self.allowed.contains(host) {
            return Ok(());
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(name)) => return check_name(name),
            None => return Err(NotPublic::new(host, "none")),
        };
        if is_public(address) {
            return Ok(());
        }
        Err(NotPublic::new(host, &address.to_string()))
    }

    /// The addresses that may be connected to. One that is not public refuses
    /// them all: an honest name has none.
    fn admit(&self, host: &str, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NotPublic> {
        if self.allowed.contains(host) {
            return Ok(found);
        }
        match found.iter().find(|address| !is_public(address.ip())) {
            Some(address) => Err(NotPublic::new(host, &address.ip().to_string())),
            None => Ok(found),
        }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let admitted = guard.admit(&host, found)?;
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

/// Refuses names that always mean this machine or its network.
fn check_name(name: &str) -> Result<(), NotPublic> {
    let name = name.trim_end_matches('.');
    let is_local = name == "localhost"
        || [".localhost", ".local", ".internal", ".home.arpa"]
            .iter()
            .any(|ending| name.ends_with(ending));
    if is_local {
        return Err(NotPublic::new(name, "of this network"));
    }
    Ok(())
}

/// Whether an address belongs to the public internet (IANA special-purpose
/// registries; cloud metadata services are link-local or private).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded_v4(address) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_protocol = a == 192 && b == 0 && (c == 0 || c == 2);
    let is_benchmark = a == 198 && (b == 18 || b == 19);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || is_shared
        || is_protocol
        || is_benchmark)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let head = address.segments();
    let is_global_unicast = (0x2000..0x4000).contains(&head[0]);
    let is_documentation = head[0] == 0x2001 && head[1] == 0x0db8;
    let is_teredo_or_orchid = head[0] == 0x2001 && head[1] < 0x0200;
    is_global_unicast && !is_documentation && !is_teredo_or_orchid
}

/// The IPv4 address inside one that maps (`::ffff:0:0/96`), translates
/// (`64:ff9b::/96`) or tunnels (`2002::/16`) it.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let octets = address.octets();
    let at = |start: usize| {
        let mut inner = [0; 4];
        inner.copy_from_slice(&octets[start..start + 4]);
        Ipv4Addr::from(inner)
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(at(12)),
        [0x2002, ..] => Some(at(2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_asked_for() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(
                !is_public(address.parse().expect("an address")),
                "{address}"
            );
        }
        for address in [
            "8.8.8.8",
            "51.140.1.1",
            "2a00:1450:4009::1",
            "::ffff:8.8.8.8",
        ] {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
    }

    #[test]
    fn urls_that_name_an_address_are_checked_in_every_spelling() {
        for url in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://localhost:8080/",
            "http://printer.local/",
            "http://metadata.google.internal/",
            "http://169.254.169.254/latest/meta-data/",
            "http://localhost./",
        ] {
            check(&[], url, false);
        }
        check(&[], "http://www.n.example/", true);
        check(&["127.0.0.1"], "http://127.0.0.1:8080/", true);
        check(&["127.0.0.1"], "http://127.0.0.2/", false);
    }

    #[test]
    fn one_private_address_refuses_a_name() {
        let addresses = |list: &[&str]| {
            list.iter()
                .map(|text| text.parse().expect("an address"))
                .collect()
        };
        let guard = Guard::new(&["intranet.example".to_owned()]);
        assert!(guard.admit("n.example", addresses(&["8.8.8.8:0"])).is_ok());
        assert!(
            guard
                .admit("n.example", addresses(&["8.8.8.8:0", "10.0.0.1:0"]))
                .is_err()
        );
        assert!(
            guard
                .admit("intranet.example", addresses(&["10.0.0.1:0"]))
                .is_ok()
        );
    }

    #[track_caller]
    fn check(allowed: &[&str], url: &str, expected: bool) {
        let allowed: Vec<_> = allowed.iter().map(|host| (*host).to_owned()).collect();
        let url = Url::parse(url).expect("a URL");
        assert_eq!(Guard::new(&allowed).check(&url).is_ok(), expected, "{url}");
    }
}
