//! The bundled sites: fictional publishers with their pages and documents.
//!
//! In: the files under `tests/fixtures/sites/`, embedded in a release build.
//! Out: what each site answers to a request. How requests come in is for
//! `server`.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::model::digest::Digest;

/// The registry of the bundled sites, in the format of
/// `crawl-config/partnerships.csv`.
pub const PARTNERSHIPS: &str = include_str!("../../tests/fixtures/sites/partnerships.csv");

const NOT_FOUND: &str = "<!doctype html><title>Page not found</title><h1>Page not found</h1>";

#[derive(RustEmbed)]
#[folder = "tests/fixtures/sites"]
struct Files;

/// Every bundled site by host.
#[derive(Debug)]
pub struct Corpus {
    sites: HashMap<String, Site>,
}

#[derive(Debug)]
struct Site {
    folder: String,
    routes: HashMap<String, Route>,
}

/// `routes.json` of one site.
#[derive(Debug, Deserialize)]
struct RouteFile {
    host: String,
    routes: Vec<Route>,
}

/// What a site gives at one address.
#[derive(Debug, Deserialize)]
struct Route {
    /// Path and query.
    url: String,
    status: u16,
    headers: BTreeMap<String, String>,
    /// File beside `routes.json`.
    file: Option<String>,
    /// The body itself, instead of a file.
    text: Option<String>,
}

/// What a site answers.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Cow<'static, [u8]>,
}

impl Corpus {
    /// The bundled sites.
    ///
    /// # Panics
    ///
    /// When a bundled `routes.json` is broken, which a test would have found.
    #[must_use]
    pub fn bundled() -> Self {
        let sites = Files::iter().filter_map(|path| {
            let folder = path.strip_suffix("/routes.json")?.to_owned();
            let file = Files::get(&path)?;
            let routes: RouteFile =
                serde_json::from_slice(&file.data).expect("bundled routes are valid JSON");
            let by_url = routes
                .routes
                .into_iter()
                .map(|route| (route.url.clone(), route));
            let site = Site {
                folder,
                routes: by_url.collect(),
            };
            Some((routes.host, site))
        });
        Self {
            sites: sites.collect(),
        }
    }

    /// Takes an address down, as partnerships do after twelve months: from now
    /// on it is not found. Gives whether it was there.
    pub fn take_down(&mut self, host: &str, path_and_query: &str) -> bool {
        let site = self.sites.get_mut(host);
        site.is_some_and(|site| site.routes.remove(path_and_query).is_some())
    }

    /// What the site at `host` gives at this path and query; `None` when no
    /// such site is bundled. With the `ETag` of the body in `known`, a body is
    /// left out and the status is 304.
    #[must_use]
    pub fn answer(&self, host: &str, path_and_query: &str, known: Option<&str>) -> Option<Answer> {
        let site = self.sites.get(host)?;
        let Some(route) = site.routes.get(path_and_query) else {
            return Some(Answer::not_found());
        };
        let mut headers: Vec<(String, String)> = route.headers.clone().into_iter().collect();
        let body = site.body(route);
        if route.status != 200 {
            return Some(Answer {
                status: route.status,
                headers,
                body,
            });
        }
        let tag = format!("\"{}\"", Digest::of(&body).head());
        let is_known = known == Some(tag.as_str());
        headers.push(("ETag".to_owned(), tag));
        Some(if is_known {
            Answer {
                status: 304,
                headers,
                body: Cow::default(),
            }
        } else {
            Answer {
                status: 200,
                headers,
                body,
            }
        })
    }
}

impl Site {
    fn body(&self, route: &Route) -> Cow<'static, [u8]> {
        let file = route
            .file
            .as_ref()
            .and_then(|file| Files::get(&format!("{}/{file}", self.folder)));
        match (file, &route.text) {
            (Some(file), _) => file.data,
            (None, Some(text)) => Cow::Owned(text.clone().into_bytes()),
            (None, None) => Cow::default(),
        }
    }
}

impl Answer {
    fn not_found() -> Self {
        let html = (
            "Content-Type".to_owned(),
            "text/html; charset=utf-8".to_owned(),
        );
        Self {
            status: 404,
            headers: vec![html],
            body: Cow::Borrowed(NOT_FOUND.as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_a_route_is_bundled() {
        let corpus = Corpus::bundled();
        assert!(corpus.sites.len() >= 2, "{} sites", corpus.sites.len());
        for site in corpus.sites.values() {
            for route in site.routes.values().filter(|route| route.file.is_some()) {
                assert!(!site.body(route).is_empty(), "{}{}", site.folder, route.url);
            }
        }
    }

    #[test]
    fn every_bundled_site_is_a_publisher_of_the_bundled_registry() {
        for (host, site) in &Corpus::bundled().sites {
            let row = PARTNERSHIPS
                .lines()
                .find(|row| row.starts_with(&format!("{},", site.folder)));
            let row = row.unwrap_or_else(|| panic!("no row for {}", site.folder));
            assert!(row.contains(&format!("//{host}/")), "{row}");
        }
    }
}
