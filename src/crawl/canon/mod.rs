//! When two URLs are one page: the key under which a URL is fetched once.
//!
//! In: a URL and what was learnt about its site. Out: a [`Key`], equal for
//! twins, and the names of the rules that made it. The URL itself is never
//! rewritten: the key only says what not to ask for twice, and the frontier
//! tries a twin when the one it chose turns out to be missing.

mod rules;

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::crawl::canon::rules::Parts;
pub(super) use crate::crawl::canon::rules::TWIN_RULES;

/// The name under which a URL is fetched once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(String);

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0
    }
}

/// What is known of the parts of a site's URLs that do not matter, from its
/// rules file or from pages that turned out to be the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Neutral {
    /// Names of query parameters, in lower case.
    pub(super) parameters: BTreeSet<String>,
    /// First segments of paths.
    pub(super) prefixes: BTreeSet<String>,
}

/// A key and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Canonical {
    /// Equal for twins.
    pub(super) key: Key,
    /// Names of the twin rules that changed something; the fewer, the plainer
    /// the URL.
    pub(super) rules: Vec<&'static str>,
}

/// The key of a URL on a site of which `neutral` is known.
pub(super) fn canonical(url: &Url, neutral: &Neutral) -> Canonical {
    let mut parts = Parts {
        segments: segments(url),
        query: url
            .query_pairs()
            .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
            .collect(),
    };
    let mut rules = Vec::new();
    for rule in TWIN_RULES {
        let before = parts.clone();
        (rule.apply)(&mut parts);
        if parts != before {
            rules.push(rule.name);
        }
    }
    if drop_learnt(&mut parts, neutral) {
        rules.push("learnt");
    }
    parts.query.sort();
    let query: Vec<_> = parts
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let path = parts.segments.join("/");
    let key = Key(format!("{host}{port}/{path}?{}", query.join("&")));
    Canonical { key, rules }
}

/// Path segments with encoding undone, without empty ones.
fn segments(url: &Url) -> Vec<String> {
    url.path()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect()
}

fn drop_learnt(parts: &mut Parts, neutral: &Neutral) -> bool {
    let before = parts.clone();
    parts.drop_parameters(|name, _| neutral.parameters.contains(name));
    let is_prefix = |first: &String| neutral.prefixes.contains(first);
    if parts.segments.len() > 1 && parts.segments.first().is_some_and(is_prefix) {
        parts.segments.remove(0);
    }
    *parts != before
}

/// What tells two URLs of one site apart when they gave the same page: a query
/// parameter or a first path segment that the longer one has more.
pub(super) fn difference(longer: &Url, shorter: &Url) -> Option<Neutral> {
    let neutral = Neutral::default();
    let (long, short) = (segments(longer), segments(shorter));
    let query = |url: &Url| -> BTreeSet<(String, String)> {
        url.query_pairs()
            .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
            .collect()
    };
    let (long_query, short_query) = (query(longer), query(shorter));
    if long == short && short_query.is_subset(&long_query) {
        let extra: Vec<_> = long_query.difference(&short_query).collect();
        if let [(name, _)] = extra.as_slice() {
            let parameters = BTreeSet::from([name.clone()]);
            return Some(Neutral {
                parameters,
                ..neutral
            });
        }
    }
    if long.len() == short.len() + 1 && long[1..] == short && long_query == short_query {
        let prefixes = BTreeSet::from([long[0].clone()]);
        return (!short.is_empty()).then_some(Neutral {
            prefixes,
            ..neutral
        });
    }
    None
}

#[cfg(test)]
mod tests;
