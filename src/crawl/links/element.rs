//! What one element of a page is to its reader: a heading, a menu, a lure.

use scraper::{ElementRef, Selector};

use crate::crawl::links::headings::PSEUDO_LEVEL;
use crate::crawl::links::some_text;

/// What a link without words of its own is called.
pub(super) fn label(element: ElementRef<'_>) -> Option<String> {
    let own = ["aria-label", "title", "alt"]
        .iter()
        .find_map(|name| some_text(element.attr(name)?));
    let image = || {
        let selector = Selector::parse("img[alt]").expect("a valid selector");
        element
            .select(&selector)
            .find_map(|image| some_text(image.attr("alt")?))
    };
    own.or_else(image)
}

pub(super) fn heading_level(element: ElementRef<'_>) -> Option<u8> {
    match element.value().name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        "summary" | "dt" | "legend" | "caption" => Some(PSEUDO_LEVEL),
        "button" if element.attr("aria-expanded").is_some() => Some(PSEUDO_LEVEL),
        "p" | "div" if is_bold_throughout(element) => Some(PSEUDO_LEVEL),
        _ if element.attr("role") == Some("heading") => {
            let level = element
                .attr("aria-level")
                .and_then(|level| level.parse().ok());
            Some(level.unwrap_or(2))
        }
        _ => None,
    }
}

/// A paragraph whose only content is bold and is not a link acts as a heading.
fn is_bold_throughout(element: ElementRef<'_>) -> bool {
    let mut inside = element.children().filter(|child| {
        child
            .value()
            .as_text()
            .is_none_or(|text| !text.trim().is_empty())
            && !child.value().is_comment()
    });
    let (first, second) = (inside.next().and_then(ElementRef::wrap), inside.next());
    first.is_some_and(|bold| {
        let holds_link = bold
            .descendants()
            .filter_map(ElementRef::wrap)
            .any(|inner| inner.value().name() == "a");
        second.is_none() && matches!(bold.value().name(), "strong" | "b") && !holds_link
    })
}

/// Whether an element is a menu, header, footer or sidebar, by its name, role,
/// class or id.
pub(super) fn is_boilerplate(element: ElementRef<'_>) -> bool {
    const NAMES: &[&str] = &["nav", "footer", "aside"];
    const ROLES: &[&str] = &[
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
    ];
    const WORDS: &[&str] = &[
        "nav",
        "navbar",
        "navigation",
        "menu",
        "topmenu",
        "mainmenu",
        "submenu",
        "sidebar",
        "footer",
        "breadcrumb",
        "breadcrumbs",
        "crumb",
        "cookie",
        "cookies",
        "cookiebar",
        "masthead",
        "toolbar",
        "skip",
        "social",
    ];
    let name = element.value().name();
    if matches!(name, "body" | "html" | "main" | "article") {
        return false;
    }
    // `main-nav` is a menu; `has-sidebar` is a page beside one.
    let is_word = |token: &str| {
        let token = token.to_ascii_lowercase();
        let (first, last) = token.rsplit_once(['-', '_']).unwrap_or(("", &token));
        WORDS.contains(&token.as_str())
            || (WORDS.contains(&last) && !["has", "with", "no", "without"].contains(&first))
    };
    let has_word = |attribute: &str| {
        let value = element.attr(attribute).unwrap_or_default();
        value.split_whitespace().any(is_word)
    };
    let is_page_header = name == "header"
        && !element
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|outer| matches!(outer.value().name(), "article" | "main" | "section"));
    NAMES.contains(&name)
        || is_page_header
        || element
            .attr("role")
            .is_some_and(|role| ROLES.contains(&role))
        || has_word("class")
        || has_word("id")
}

/// A feed, or this page in another language; not styles, icons or players.
pub(super) fn is_readable_alternate(element: ElementRef<'_>) -> bool {
    let kind = element.attr("type").unwrap_or_default();
    let is_stylesheet = element
        .attr("rel")
        .is_some_and(|rel| rel.contains("stylesheet"));
    let is_feed = kind.contains("rss") || kind.contains("atom");
    let is_document = kind == "application/pdf";
    let is_language = element
        .attr("hreflang")
        .is_some_and(|language| language.starts_with("en") || language.starts_with("cy"));
    !is_stylesheet && (is_feed || is_document || is_language)
}

/// Whether a link is kept from people but not from robots.
pub(super) fn is_lure(element: ElementRef<'_>) -> bool {
    let style = element
        .attr("style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_ascii_lowercase();
    let is_invisible = style.contains("display:none") || style.contains("visibility:hidden");
    let is_unreachable =
        element.attr("aria-hidden") == Some("true") && element.attr("tabindex") == Some("-1");
    is_invisible || is_unreachable || element.attr("hidden").is_some()
}

/// Whether a `robots` instruction says not to follow.
pub(in crate::crawl) fn says_nofollow(content: &str) -> bool {
    content
        .split([',', ' ', ';'])
        .any(|word| word.eq_ignore_ascii_case("nofollow") || word.eq_ignore_ascii_case("none"))
}

pub(super) fn is_next_text(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "next",
        "next page",
        "older",
        "older posts",
        "older entries",
        "older news",
        "more",
        "show more",
        "load more",
        "view more",
        "nesaf",
        "tudalen nesaf",
    ];
    let text = text
        .trim_matches(|letter: char| !letter.is_alphanumeric())
        .to_lowercase();
    WORDS.contains(&text.as_str())
}

/// Where a form leads that asks for nothing: one with a button and hidden
/// values only, as some sites put before a download.
pub(super) fn button_address(form: ElementRef<'_>) -> Option<String> {
    let method = form.attr("method").unwrap_or("get");
    let action = form
        .attr("action")
        .filter(|_| method.eq_ignore_ascii_case("get"))?;
    let selector = Selector::parse("input, select, textarea").expect("a valid selector");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for field in form.select(&selector) {
        let kind = field.attr("type").unwrap_or("text").to_ascii_lowercase();
        let name = field.attr("name").unwrap_or_default();
        match (field.value().name(), kind.as_str()) {
            ("input", "hidden") => {
                query.append_pair(name, field.attr("value").unwrap_or_default());
            }
            ("input", "submit" | "button" | "image") => {}
            _ => return None,
        }
    }
    let query = query.finish();
    let joint = if action.contains('?') { '&' } else { '?' };
    Some(if query.is_empty() {
        action.to_owned()
    } else {
        format!("{action}{joint}{query}")
    })
}
