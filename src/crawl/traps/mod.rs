//! What is never asked for, however promising: each rule with its name and its
//! reason.
//!
//! In: a URL. Out: the rule that refuses it, if one does. These rules know the
//! forms of traps; a trap of a form nobody thought of is stopped by
//! `frontier`, which notices that a kind of URL brings nothing new.

use std::collections::HashMap;

use url::Url;

use crate::crawl::extension::{self, Extension};

/// Longest URL asked for, in bytes.
const LENGTH_LIMIT: usize = 1_500;
/// Most segments in the path of a URL asked for.
const SEGMENT_LIMIT: usize = 16;

/// Hosts on which pages are shared, not published.
const SOCIAL: &[&str] = &[
    "facebook.com",
    "twitter.com",
    "x.com",
    "linkedin.com",
    "instagram.com",
    "pinterest.com",
    "whatsapp.com",
    "wa.me",
    "youtube.com",
    "youtu.be",
    "vimeo.com",
    "tiktok.com",
    "reddit.com",
    "addtoany.com",
    "addthis.com",
    "sharethis.com",
    "eventbrite.co.uk",
    "eventbrite.com",
    "surveymonkey.com",
    "surveymonkey.co.uk",
    "translate.google.com",
    "maps.google.com",
    "www.google.com",
];

/// A kind of URL that is never asked for.
#[derive(Debug)]
pub(super) struct TrapRule {
    /// For logs, reports and tests.
    pub(super) name: &'static str,
    /// Why nothing is lost.
    pub(super) reason: &'static str,
    catches: fn(&Address) -> bool,
}

/// Every rule.
pub(super) const TRAP_RULES: &[TrapRule] = &[
    TrapRule {
        name: "not-a-document",
        reason: "pictures, styles, scripts, fonts and media hold no review",
        catches: |address| address.extension == Extension::Unwanted,
    },
    TrapRule {
        name: "too-long",
        reason: "addresses that grow without end come from links that add to themselves",
        catches: |address| address.length > LENGTH_LIMIT || address.segments.len() > SEGMENT_LIMIT,
    },
    TrapRule {
        name: "looping-path",
        reason: "a path that repeats its own words comes from a relative link gone wrong",
        catches: is_looping,
    },
    TrapRule {
        name: "calendar",
        reason: "a calendar has a page for every day there ever was, and no reviews",
        catches: is_calendar,
    },
    TrapRule {
        name: "account",
        reason: "what is behind a login was not published",
        catches: is_account,
    },
    TrapRule {
        name: "search",
        reason: "search results repeat what the site's own lists hold, for any words at all",
        catches: is_search,
    },
    TrapRule {
        name: "facets",
        reason: "combined filters are parts of a list that is there without them",
        catches: is_faceted,
    },
    TrapRule {
        name: "social",
        reason: "what is shared there is a link back to the site",
        catches: |address| address.is_on(SOCIAL),
    },
    TrapRule {
        name: "interaction",
        reason: "replies, shares, votes and forms do something and publish nothing",
        catches: is_interaction,
    },
    TrapRule {
        name: "machinery",
        reason: "interfaces for programs and editors repeat the pages they serve",
        catches: is_machinery,
    },
    TrapRule {
        name: "comment-feed",
        reason: "every post has a feed of its comments",
        catches: |address| {
            address.segments.len() > 1 && address.last() == "feed" || address.has("replytocom")
        },
    },
];

/// The rule that refuses a URL.
pub(super) fn refuse(url: &Url) -> Option<&'static TrapRule> {
    let address = Address::of(url);
    TRAP_RULES.iter().find(|rule| (rule.catches)(&address))
}

/// The parts of a URL that rules look at, in lower case.
struct Address {
    host: String,
    segments: Vec<String>,
    query: HashMap<String, String>,
    extension: Extension,
    length: usize,
}

impl Address {
    fn of(url: &Url) -> Self {
        Self {
            host: url.host_str().unwrap_or_default().to_owned(),
            segments: url
                .path()
                .split('/')
                .filter(|segment| !segment.is_empty())
                .map(str::to_lowercase)
                .collect(),
            query: url
                .query_pairs()
                .map(|(name, value)| (name.to_lowercase(), value.to_lowercase()))
                .collect(),
            extension: extension::of_url(url),
            length: url.as_str().len(),
        }
    }

    /// Whether the host is one of these, or below one.
    fn is_on(&self, hosts: &[&str]) -> bool {
        hosts.iter().any(|host| {
            let above = self.host.strip_suffix(host);
            above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
        })
    }

    fn has(&self, name: &str) -> bool {
        self.query.contains_key(name)
    }

    fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.has(name))
    }

    fn last(&self) -> &str {
        self.segments.last().map_or("", String::as_str)
    }

    /// Whether any segment, without its file ending, is one of these.
    fn passes(&self, names: &[&str]) -> bool {
        self.segments.iter().any(|segment| {
            let stem = segment.split('.').next().unwrap_or_default();
            names.contains(&stem)
        })
    }

    fn is_document(&self) -> bool {
        self.extension == Extension::Document
    }
}

/// A word three times, or a pair of words twice in a row.
fn is_looping(address: &Address) -> bool {
    let words: Vec<_> = address
        .segments
        .iter()
        .filter(|segment| segment.chars().any(char::is_alphabetic))
        .collect();
    let thrice = words
        .iter()
        .any(|word| words.iter().filter(|other| other == &word).count() > 2);
    let pair_twice = words
        .windows(4)
        .any(|four| four[..2] == four[2..] && four[0] != four[1]);
    thrice || pair_twice
}

fn is_calendar(address: &Address) -> bool {
    const PLACES: &[&str] = &[
        "calendar",
        "calender",
        "events",
        "event",
        "diary",
        "whats-on",
        "whatson",
        "event-calendar",
        "events-calendar",
        "training-calendar",
        "course-calendar",
        "bookings",
        "booking",
        "courses",
        "training",
    ];
    const MARKS: &[&str] = &[
        "ical",
        "outlook-ical",
        "tribe-bar-date",
        "eventdate",
        "event_date",
        "eventdisplay",
        "tribe_event_display",
        "calendardate",
        "calendar_date",
        "calmonth",
    ];
    let is_date = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        digits > 0
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"-/.:".contains(&byte))
    };
    let names_day = address.query.values().any(|value| is_date(value))
        || address
            .segments
            .iter()
            .any(|segment| is_date(segment) && segment.len() >= 4);
    let moves_in_time = address.has_any(&["month", "week", "day", "date", "year"]);
    let by_month_and_year = address.has("month") && address.has("year");
    !address.is_document()
        && (address.has_any(MARKS)
            || by_month_and_year
            || (address.passes(PLACES) && (names_day || moves_in_time)))
}

fn is_account(address: &Address) -> bool {
    const PLACES: &[&str] = &[
        "login",
        "log-in",
        "logon",
        "logout",
        "log-out",
        "signin",
        "sign-in",
        "signout",
        "sign-out",
        "wp-login",
        "wp-admin",
        "register",
        "lostpassword",
        "forgot-password",
        "forgotten-password",
        "password-reset",
        "reset-password",
        "my-account",
        "myaccount",
        "cart",
        "basket",
        "checkout",
    ];
    address.passes(PLACES) && !address.is_document()
}

fn is_search(address: &Address) -> bool {
    const PLACES: &[&str] = &[
        "search",
        "search-results",
        "searchresults",
        "site-search",
        "sitesearch",
        "chwilio",
    ];
    const WORDS: &[&str] = &[
        "s",
        "q",
        "query",
        "search",
        "searchterm",
        "keywords",
        "search_api_fulltext",
        "search_api_views_fulltext",
    ];
    let is_page = !address.is_document();
    is_page && (address.passes(PLACES) || address.has_any(WORDS))
}

/// Two filters at once. One alone may be the only way to a list.
fn is_faceted(address: &Address) -> bool {
    let n_filters = address.query.keys().filter(|name| is_filter(name)).count();
    n_filters > 1 && !address.is_document()
}

/// Whether a parameter, in lower case, chooses a part of a list.
pub(super) fn is_filter(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "filter",
        "filters",
        "facet",
        "facets",
        "refine",
        "tag",
        "tags",
        "category",
        "categories",
        "topic",
        "topics",
        "audience",
        "type",
        "year",
        "subject",
        "agency",
        "theme",
        "author",
        "document_type",
        "doctype",
        "age",
        "area",
        "keyword",
        "colour",
        "brand",
    ];
    let stem = name.split(['[', '%']).next().unwrap_or_default();
    let prefixes = ["f[", "filter", "facet", "tax_", "field_"];
    let has_prefix = prefixes.iter().any(|prefix| name.starts_with(prefix));
    name.contains('[') || NAMES.contains(&stem) || has_prefix
}

fn is_interaction(address: &Address) -> bool {
    const PLACES: &[&str] = &[
        "share",
        "email-a-friend",
        "emailafriend",
        "tell-a-friend",
        "sendtofriend",
        "send-to-friend",
        "tellafriend",
        "vote",
        "poll",
        "subscribe",
        "unsubscribe",
        "trackback",
        "add-to-calendar",
    ];
    const MARKS: &[&str] = &[
        "share",
        "add-to-cart",
        "add_to_wishlist",
        "replytocom",
        "unsubscribe",
        "vote",
        "reply",
    ];
    !address.is_document() && (address.passes(PLACES) || address.has_any(MARKS))
}

fn is_machinery(address: &Address) -> bool {
    const PLACES: &[&str] = &[
        "wp-json", "xmlrpc", "oembed", "cgi-sys", "_vti_bin", "cdn-cgi", "wp-cron",
    ];
    const ACTIONS: &[&str] = &[
        "edit", "history", "diff", "delete", "raw", "login", "logout",
    ];
    let acts = |name: &str| {
        address
            .query
            .get(name)
            .is_some_and(|value| ACTIONS.contains(&value.as_str()))
    };
    address.passes(PLACES) || acts("action") || acts("do") || acts("task")
}

#[cfg(test)]
mod tests;
