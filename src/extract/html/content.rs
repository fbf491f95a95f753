//! Tells a page's own content from what surrounds it: navigation, cookie
//! bars, sharing buttons, related links.
//!
//! In: a parsed page. Out: the element that holds the content, and a judgement
//! on each element within. Rules come from roles and names that content
//! management systems use, and from how much of a part is links.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

/// A name part of classes and ids that marks what is not content.
const SURROUNDINGS: &[&str] = &[
    "advert",
    "backtotop",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "footer",
    "masthead",
    "megamenu",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "popup",
    "related",
    "searchform",
    "share",
    "sharing",
    "sidebar",
    "skip",
    "skiplink",
    "skiplinks",
    "social",
    "socials",
    "subscribe",
    "toolbar",
];
/// A heading that opens a list of links elsewhere.
const ELSEWHERE: &[&str] = &[
    "explore",
    "follow us",
    "further links",
    "in this section",
    "latest news",
    "more in this section",
    "more like this",
    "on this page",
    "quick links",
    "related",
    "related content",
    "related documents",
    "related information",
    "related links",
    "related news",
    "related pages",
    "see also",
    "share",
    "share this",
    "share this page",
    "you may also be interested in",
    "you may also like",
    "you might also like",
];
/// Of a part that is more than this share links, nothing is content.
const MOSTLY_LINKS: f32 = 0.6;
/// A part with this share of the content is the content, whatever its name.
const MAIN_SHARE: f32 = 0.5;

/// What is content on one page.
pub(super) struct Content<'a> {
    /// Holds the content.
    pub(super) root: ElementRef<'a>,
    letters: usize,
    /// Ids of parts that a button opens.
    opened: HashSet<&'a str>,
}

impl<'a> Content<'a> {
    pub(super) fn of(html: &'a Html) -> Self {
        let root = root(html);
        let opened = select(html, "[aria-controls]")
            .into_iter()
            .filter_map(|element| element.attr("aria-controls"));
        Self {
            root,
            letters: letters(root),
            opened: opened.flat_map(str::split_whitespace).collect(),
        }
    }

    /// Whether an element and all below it is left out.
    pub(super) fn leaves_out(&self, element: ElementRef<'_>) -> bool {
        let is_opened = element
            .attr("id")
            .is_some_and(|id| self.opened.contains(id));
        if matches!(
            element.value().name(),
            "script"
                | "style"
                | "noscript"
                | "template"
                | "iframe"
                | "svg"
                | "head"
                | "form"
                | "select"
                | "nav"
                | "video"
                | "audio"
                | "canvas"
                | "object"
                | "embed"
                | "input"
                | "textarea"
                | "dialog"
        ) {
            return element.value().name() != "form" || self.share(element) < MAIN_SHARE;
        }
        if is_hidden(element) && !is_opened {
            return true;
        }
        let is_marked = is_surrounding_role(element)
            || is_surrounding_name(element)
            || is_site_head_or_foot(element);
        (is_marked && !is_opened && self.share(element) < MAIN_SHARE)
            || opens_links_elsewhere(element)
    }

    fn share(&self, element: ElementRef<'_>) -> f32 {
        letters(element) as f32 / self.letters.max(1) as f32
    }
}

/// The smallest element that holds the content.
fn root(html: &Html) -> ElementRef<'_> {
    let body = select(html, "body")
        .into_iter()
        .next()
        .unwrap_or_else(|| html.root_element());
    let whole = letters(body);
    let is_large =
        |element: &ElementRef<'_>, share: f32| letters(*element) as f32 >= share * whole as f32;
    let largest = |selector: &str| {
        select(html, selector)
            .into_iter()
            .max_by_key(|element| letters(*element))
    };
    largest("main, [role=main]")
        .filter(|main| is_large(main, 0.2))
        .or_else(|| largest("article, [itemprop=articleBody]").filter(|article| is_large(article, 0.35)))
        .or_else(|| {
            largest("#main-content, #maincontent, #main, #content, .main-content, .page-content, .entry-content")
                .filter(|main| is_large(main, 0.35))
        })
        .unwrap_or(body)
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(selector)
        .map(|selector| html.select(&selector).collect())
        .unwrap_or_default()
}

/// Letters of text below, scripts and styles left out.
fn letters(element: ElementRef<'_>) -> usize {
    element
        .descendants()
        .filter_map(|node| {
            let text = node.value().as_text()?;
            let parent = node.parent().and_then(ElementRef::wrap)?;
            let is_code = matches!(
                parent.value().name(),
                "script" | "style" | "noscript" | "template"
            );
            (!is_code).then(|| text.trim().len())
        })
        .sum()
}

fn is_hidden(element: ElementRef<'_>) -> bool {
    let style = element
        .attr("style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_lowercase();
    element
        .attr("hidden")
        .is_some_and(|value| value != "until-found")
        || element.attr("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn is_surrounding_role(element: ElementRef<'_>) -> bool {
    matches!(
        element.attr("role"),
        Some(
            "navigation"
                | "banner"
                | "contentinfo"
                | "search"
                | "dialog"
                | "alertdialog"
                | "menu"
                | "menubar"
                | "toolbar"
        )
    )
}

fn is_surrounding_name(element: ElementRef<'_>) -> bool {
    let names = [element.attr("class"), element.attr("id")];
    names.into_iter().flatten().any(|names| {
        names
            .to_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|part| SURROUNDINGS.binary_search(&part).is_ok())
    })
}

/// A `header`, `footer` or `aside` belongs to the site unless it stands in an
/// article or holds more than links.
fn is_site_head_or_foot(element: ElementRef<'_>) -> bool {
    match element.value().name() {
        "header" | "footer" => !element
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|outer| {
                matches!(
                    outer.value().name(),
                    "article" | "main" | "section" | "blockquote"
                )
            }),
        "aside" => is_mostly_links(element),
        _ => false,
    }
}

fn is_mostly_links(element: ElementRef<'_>) -> bool {
    let Ok(links) = Selector::parse("a") else {
        return false;
    };
    let linked: usize = element.select(&links).map(letters).sum();
    linked as f32 > MOSTLY_LINKS * letters(element) as f32
}

/// Whether a part opens with a heading like "Related pages" and is mostly
/// links.
fn opens_links_elsewhere(element: ElementRef<'_>) -> bool {
    if !matches!(
        element.value().name(),
        "div" | "section" | "aside" | "ul" | "article"
    ) {
        return false;
    }
    let Some(first) = element.child_elements().next() else {
        return false;
    };
    let is_heading = matches!(
        first.value().name(),
        "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "strong"
    );
    let text = crate::extract::text::fold(&first.text().collect::<String>()).to_lowercase();
    is_heading && ELSEWHERE.contains(&text.trim_end_matches(':')) && is_mostly_links(element)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_for_the_search() {
        assert!(SURROUNDINGS.is_sorted());
    }
}
