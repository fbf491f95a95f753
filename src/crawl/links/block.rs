//! The text of the smallest block around a link.

use scraper::ElementRef;

use crate::crawl::links::{NEARBY_LIMIT, one_line, shorten};

/// Elements that hold a thought of their own.
const BLOCKS: &[&str] = &[
    "li",
    "p",
    "tr",
    "dd",
    "dt",
    "figure",
    "figcaption",
    "blockquote",
    "article",
    "section",
    "div",
    "details",
    "caption",
    "main",
    "body",
    "td",
    "th",
    "form",
    "fieldset",
];
/// Elements that must not be widened beyond.
const WALLS: &[&str] = &[
    "article", "section", "main", "body", "nav", "header", "footer", "aside", "table",
];

/// No more text than this is read of one element, in bytes: enough for every
/// block a person would call small, and a bound on hostile pages.
const TEXT_LIMIT: usize = 8_000;

/// Text of an element on one line, without scripts and styles; the first
/// [`TEXT_LIMIT`] bytes or so.
pub(super) fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    push_text(element, &mut text, 0);
    one_line(&text)
}

/// Elements nested deeper than this belong to no page a person made.
pub(super) const DEPTH_LIMIT: usize = 256;

fn push_text(element: ElementRef<'_>, text: &mut String, depth: usize) {
    for child in element.children() {
        if let Some(run) = child.value().as_text() {
            text.push_str(run);
        } else if let Some(inner) = ElementRef::wrap(child) {
            let name = inner.value().name();
            if depth > DEPTH_LIMIT || text.len() > TEXT_LIMIT {
                return;
            }
            if matches!(name, "script" | "style" | "noscript" | "template") {
                continue;
            }
            let is_inline = matches!(
                name,
                "a" | "b"
                    | "i"
                    | "em"
                    | "strong"
                    | "span"
                    | "u"
                    | "sup"
                    | "sub"
                    | "small"
                    | "abbr"
                    | "mark"
            );
            if !is_inline {
                text.push(' ');
            }
            push_text(inner, text, depth + 1);
            if !is_inline {
                text.push(' ');
            }
        }
    }
}

/// Text of the smallest block around a link: its list item, paragraph, card or
/// table row. A block that holds nothing but the link is widened while the
/// wider one stays short.
pub(super) fn nearby(link: ElementRef<'_>) -> Option<String> {
    let own = text_of(link);
    let mut found: Option<String> = None;
    for block in link.ancestors().filter_map(ElementRef::wrap) {
        let name = block.value().name();
        let is_cell = matches!(name, "td" | "th");
        if !BLOCKS.contains(&name) || is_cell {
            continue;
        }
        let text = text_of(block);
        if text.chars().count() > NEARBY_LIMIT && found.is_some() {
            break;
        }
        let says_more = text.len() > own.len();
        found = Some(around(&text, &own));
        if says_more || WALLS.contains(&name) {
            break;
        }
    }
    found.filter(|text| !text.is_empty())
}

/// The part of a long text around the link's own words.
fn around(text: &str, own: &str) -> String {
    let before = text.find(own).map_or(0, |at| text[..at].chars().count());
    let lead = before.saturating_sub(NEARBY_LIMIT / 2);
    if text.chars().count() <= NEARBY_LIMIT || lead == 0 {
        return shorten(text, NEARBY_LIMIT);
    }
    let start = text.char_indices().nth(lead).map_or(0, |(at, _)| at);
    shorten(&text[start..], NEARBY_LIMIT)
}
