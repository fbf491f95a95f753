//! What a body offers a crawl: links, a list of addresses, or nothing.
//!
//! Pure, and the only slow part of a crawl that is not waiting.

use url::Url;

use crate::crawl::links::{self, Page};
use crate::crawl::sitemap::{self, Listed};
use crate::crawl::sniff::{self, BodyKind};
use crate::model::capture::Capture;

/// Longer pages are read up to here, in bytes; no page a person made is longer.
const PAGE_LIMIT: usize = 16 << 20;

/// What a body offers.
#[derive(Debug)]
pub(super) enum Reading {
    /// A page and its links.
    Page(Box<Page>),
    /// A sitemap or feed.
    List(Vec<(Url, Listed)>),
    /// A file to read, or something else without links.
    File,
}

/// Reads the body of a capture.
pub(super) fn read(body: &[u8], capture: &Capture) -> Reading {
    let url = &capture.final_url;
    let (media_type, charset) = (&capture.media_type, capture.charset.as_deref());
    let is_packed_list = body.starts_with(&[0x1f, 0x8b])
        && url
            .path()
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("gz"));
    match sniff::kind(body, media_type) {
        BodyKind::Html => {
            let text = sniff::text(&body[..body.len().min(PAGE_LIMIT)], charset);
            Reading::Page(Box::new(links::links(&text, url)))
        }
        BodyKind::Xml => Reading::List(sitemap::read(body, url)),
        BodyKind::Other if is_packed_list => Reading::List(sitemap::read(body, url)),
        BodyKind::Other => Reading::File,
    }
}

/// Titles and headings of pages that say a page is missing, although the
/// status says it is there.
const MISSING: &[&str] = &[
    "page not found",
    "not found",
    "404",
    "page cannot be found",
    "page could not be found",
    "page can't be found",
    "page doesn't exist",
    "page does not exist",
    "no longer available",
    "page unavailable",
    "file not found",
    "heb ei ganfod",
    "nid yw'r dudalen",
];

/// Whether a page says of itself that it is not there.
pub(super) fn is_missing(page: &Page) -> bool {
    let says = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default().to_lowercase();
        text.len() < 120 && MISSING.iter().any(|mark| text.contains(mark))
    };
    says(&page.title) || says(&page.heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_say_that_it_is_missing() {
        for (title, heading, expected) in [
            ("Page not found - Oakmoor", "", true),
            ("Oakmoor", "Sorry, that page could not be found", true),
            ("Oakmoor", "404", true),
            (
                "Child A: a father not found in the records of six agencies, and what was learnt from the search that followed in two counties",
                "",
                false,
            ),
            ("Serious case reviews", "Published reviews", false),
        ] {
            let page = Page {
                title: Some(title.to_owned()),
                heading: Some(heading.to_owned()),
                ..Page::default()
            };
            assert_eq!(is_missing(&page), expected, "{title} / {heading}");
        }
    }
}
