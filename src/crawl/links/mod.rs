//! Finds the links of a page, each with what stands around it.
//!
//! In: the text of an HTML page and its URL. Out: a [`Page`]: its title, what
//! it asks of robots, and every link that a browser would offer a reader, in
//! document order. Which of them to follow is for `scope`, `traps` and `score`.
//!
//! Pure: the same page gives the same links.

mod block;
mod element;
mod headings;
mod hidden;
mod walk;

use scraper::Html;
use url::Url;

pub(super) use crate::crawl::links::element::says_nofollow;
use crate::model::capture::LinkContext;

/// Longest text kept from the surroundings of a link, in characters.
const NEARBY_LIMIT: usize = 600;

/// What a page says of itself, and its links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its title, or its first heading.
    pub title: Option<String>,
    /// Its first heading of the highest level.
    pub heading: Option<String>,
    /// Whether it asks robots not to follow its links.
    pub is_nofollow: bool,
    /// Where it says it belongs (`rel=canonical`).
    pub canonical: Option<Url>,
    /// Other addresses of this very page (`rel=shortlink`).
    pub shortlinks: Vec<Url>,
    /// Its links in document order.
    pub links: Vec<Link>,
    /// The text of its main content, for comparing pages.
    pub text: String,
    /// Whether it asks for a password before it shows anything.
    pub has_password_field: bool,
}

/// One link and what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts about a link, each read by another rule"
)]
pub struct Link {
    /// Where it leads: absolute, without a fragment.
    pub url: Url,
    /// What stands around it.
    pub context: LinkContext,
    /// How it is made.
    pub kind: LinkKind,
    /// Whether it stands in a menu, header, footer or sidebar.
    pub is_boilerplate: bool,
    /// Whether it asks robots not to follow it.
    pub is_nofollow: bool,
    /// Whether it is hidden from people: a lure for robots.
    pub is_hidden: bool,
    /// Whether it leads to the next page of a list.
    pub is_next: bool,
}

/// How a link is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `a` and `area`.
    Anchor,
    /// `a` that asks the browser to save what it leads to.
    Download,
    /// `iframe`, `frame`, `embed` and `object`.
    Frame,
    /// `meta http-equiv=refresh`, or the same by a script.
    Refresh,
    /// `link rel=alternate`: a feed or another language.
    Alternate,
    /// A script's instruction, or a `data-` attribute.
    Script,
    /// A choice in a form, or a form that only has a button.
    Choice,
    /// Structured data in JSON-LD.
    Structured,
}

/// Finds the links of a page.
#[must_use]
pub fn links(text: &str, url: &Url) -> Page {
    let html = Html::parse_document(text);
    let base = walk::base(&html, url);
    let mut page = walk::Walk::new(url, &base).page(&html);
    for link in &mut page.links {
        link.context.page = Some(url.clone());
        link.context.page_title.clone_from(&page.title);
    }
    page
}

/// One line of text: white space collapsed, ends trimmed.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, or `None` when it is empty.
fn some_text(text: &str) -> Option<String> {
    let line = one_line(text);
    (!line.is_empty()).then_some(line)
}

/// At most so many characters.
fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => text[..end].trim_end().to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
