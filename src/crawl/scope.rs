//! Which hosts belong to a site, and what may be fetched from others.
//!
//! In: the seeds of a partnership and its rules. Out: for any link, whether it
//! is part of the site, a single file elsewhere, or out of bounds.

use std::collections::BTreeSet;

use url::Url;

use crate::crawl::links::Link;
use crate::crawl::score;

/// Where a link leads, seen from the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On the site: fetched, and its own links followed.
    Site,
    /// On another host: fetched, and not followed further.
    OneHop,
    /// Not fetched.
    Outside,
}

/// The hosts of one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    /// Names without `www.`, with the port when it is not the usual one.
    hosts: BTreeSet<String>,
    /// Beginnings of paths that are never asked for.
    skip: Vec<String>,
}

impl Scope {
    /// The hosts of these seeds, and those named.
    pub(super) fn new(seeds: &[Url], hosts: &[String], skip: &[String]) -> Self {
        let named = hosts
            .iter()
            .map(|host| bare(&host.to_lowercase()).to_owned());
        Self {
            hosts: seeds.iter().map(name_of).chain(named).collect(),
            skip: skip.to_vec(),
        }
    }

    /// Makes another host part of the site, because the site says it moved
    /// there or came from there.
    pub(super) fn adopt(&mut self, url: &Url) {
        self.hosts.insert(name_of(url));
    }

    /// Whether a URL is on one of the site's hosts.
    pub(super) fn holds(&self, url: &Url) -> bool {
        self.hosts.contains(&name_of(url))
    }

    /// Whether the site's own rules skip a URL.
    pub(super) fn skips(&self, url: &Url) -> bool {
        self.holds(url) && self.skip.iter().any(|start| url.path().starts_with(start))
    }

    /// Where a link leads. A file elsewhere is fetched when its words say that
    /// it is what we look for; a page elsewhere only when its host looks like
    /// an earlier or later name of the site's own.
    pub(super) fn place(&self, link: &Link) -> Place {
        let url = &link.url;
        if self.holds(url) {
            return if self.skips(url) {
                Place::Outside
            } else {
                Place::Site
            };
        }
        let relevance = score::own_relevance(link);
        let is_wanted = relevance >= score::OFF_SITE_LEAST && score::speaks_for_itself(link);
        let is_kin = self.is_kin(url) && (relevance > 0 || says_moved(link));
        if (score::is_document(link) && is_wanted) || is_kin {
            Place::OneHop
        } else {
            Place::Outside
        }
    }

    /// Whether a host shares the site's distinctive name: boards became
    /// partnerships and changed `oakmoorlscb` into `oakmoorscp`.
    fn is_kin(&self, url: &Url) -> bool {
        let other = distinctive(&name_of(url));
        let is_alike = |host: &String| {
            let own = distinctive(host);
            own.len() > 4 && own == other
        };
        self.hosts.iter().any(is_alike)
    }
}

/// Whether the words around a link say that a site has, or had, another
/// address.
fn says_moved(link: &Link) -> bool {
    const BEFORE: &[&str] = &[
        "former web",
        "old web",
        "previous web",
        "former site",
        "old site",
        "previous site",
        "former address",
        "old address",
        "previously at",
    ];
    moved_to(link) || says(link, BEFORE)
}

/// Whether the words around a link say that the site is now where it leads.
pub(super) fn moved_to(link: &Link) -> bool {
    const NOW: &[&str] = &[
        "site has moved",
        "have moved to",
        "has moved to",
        "moved to a new",
        "our new website",
        "new web address",
        "new site is",
        "new website is",
        "now at www",
        "now at http",
        "can now be found at",
        "our new home",
    ];
    !link.is_boilerplate && says(link, NOW)
}

fn says(link: &Link, words: &[&str]) -> bool {
    let context = &link.context;
    let mut texts = [&context.link_text, &context.nearby].into_iter().flatten();
    texts.any(|text| {
        let text = text.to_lowercase();
        text.len() < 400 && words.iter().any(|word| text.contains(word))
    })
}

/// Host and port, without `www.`.
fn name_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{}:{port}", bare(host)),
        None => bare(host).to_owned(),
    }
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// The part of a host's name that is the place's own: `oakmoor` of
/// `oakmoorlscb.org.uk` and of `oakmoorsafeguarding.co.uk`.
fn distinctive(host: &str) -> String {
    const TITLES: &[&str] = &[
        "safeguardingchildrenpartnership",
        "safeguardingchildrenboard",
        "safeguardingpartnership",
        "safeguardingchildren",
        "safeguardingboard",
        "safeguarding",
        "childprotection",
        "lscb",
        "lscp",
        "scp",
        "scb",
        "cscp",
        "sp",
        "cpc",
    ];
    let label = host.split('.').next().unwrap_or_default().replace('-', "");
    let title = TITLES.iter().find(|title| label.ends_with(*title));
    title.map_or_else(String::new, |title| {
        label[..label.len() - title.len()].to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crawl::links::LinkKind;
    use crate::model::capture::LinkContext;

    #[test]
    fn the_site_is_its_hosts_with_and_without_www() {
        check("http://n-scp.example/reviews", "Reviews", Place::Site);
        check("https://www.n-scp.example/about", "About", Place::Site);
        check(
            "http://www.n-scp.example:8080/about",
            "About",
            Place::Outside,
        );
        check(
            "http://archive.n-scp.example/about",
            "About",
            Place::Outside,
        );
        check("http://n-scp.example/events/x", "Events", Place::Outside);
    }

    #[test]
    fn files_elsewhere_are_fetched_when_they_are_what_we_look_for() {
        check(
            "https://files.example/child-a-overview-report.pdf",
            "Child A",
            Place::OneHop,
        );
        check(
            "https://files.example/s/4f2",
            "Serious case review (PDF, 2 MB)",
            Place::OneHop,
        );
        check(
            "https://files.example/menu.pdf",
            "Lunch menu",
            Place::Outside,
        );
        check(
            "https://library.example/case-reviews",
            "National case reviews",
            Place::Outside,
        );
    }

    #[test]
    fn pages_on_a_host_of_the_same_name_are_tried() {
        check(
            "http://www.oakmoorlscb.example/serious-case-reviews",
            "Serious case reviews",
            Place::OneHop,
        );
        check(
            "http://www.oakmoorlscb.example/",
            "Our former web address",
            Place::OneHop,
        );
        check(
            "http://www.southmerelscb.example/serious-case-reviews",
            "Serious case reviews",
            Place::Outside,
        );
    }

    #[test]
    fn a_host_that_a_site_moved_to_becomes_part_of_it() {
        let mut scope = scope();
        let url = Url::parse("https://new.example/").expect("a URL");
        assert!(!scope.holds(&url));
        scope.adopt(&url);
        assert!(scope.holds(&url));
    }

    fn scope() -> Scope {
        let seed = |url| Url::parse(url).expect("a URL");
        let seeds = [
            seed("http://www.n-scp.example/"),
            seed("http://oakmoorscp.example/"),
        ];
        Scope::new(&seeds, &[], &["/events/".to_owned()])
    }

    #[track_caller]
    fn check(url: &str, text: &str, expected: Place) {
        let link = Link {
            url: Url::parse(url).expect("a URL"),
            context: LinkContext {
                link_text: Some(text.to_owned()),
                ..LinkContext::default()
            },
            kind: LinkKind::Anchor,
            is_boilerplate: false,
            is_nofollow: false,
            is_hidden: false,
            is_next: false,
        };
        assert_eq!(scope().place(&link), expected, "{url}");
    }
}
