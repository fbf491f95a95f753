//! What elements are, by name, style and role: blocks, bold text, panels,
//! notes.
//!
//! In: an element. Out: a judgement.

use scraper::ElementRef;

/// Whether an element stands as a block, or holds one.
pub(super) fn holds_blocks(element: ElementRef<'_>) -> bool {
    is_block(element) || element.descendent_elements().any(is_block)
}

fn is_block(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    let opens = name == "button"
        && (element.attr("aria-expanded").is_some() || element.attr("aria-controls").is_some());
    opens
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "body"
                | "caption"
                | "center"
                | "dd"
                | "details"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "header"
                | "hr"
                | "li"
                | "main"
                | "menu"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "summary"
                | "table"
                | "ul"
        )
}

pub(super) fn is_bold(element: ElementRef<'_>) -> bool {
    let style = element
        .attr("style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_lowercase();
    matches!(element.value().name(), "b" | "strong" | "th")
        || [
            "font-weight:bold",
            "font-weight:600",
            "font-weight:700",
            "font-weight:800",
        ]
        .iter()
        .any(|bold| style.contains(bold))
}

/// Panels and call-outs, by the names that style sheets give them.
pub(super) fn is_box(element: ElementRef<'_>) -> bool {
    const NAMES: &[&str] = &[
        "box",
        "callout",
        "highlight",
        "inset",
        "keypoint",
        "notice",
        "panel",
        "pullout",
        "well",
    ];
    let style = element.attr("style").unwrap_or_default();
    let is_drawn = style.contains("border:") || style.contains("background");
    let is_named = element.attr("class").is_some_and(|class| {
        class
            .to_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|part| NAMES.contains(&part))
    });
    let can_be = matches!(
        element.value().name(),
        "div" | "section" | "aside" | "p" | "blockquote"
    );
    can_be
        && (is_drawn
            || is_named
            || element.attr("role") == Some("note")
            || element.value().name() == "aside")
}

pub(super) fn is_notes(element: ElementRef<'_>) -> bool {
    let role = element.attr("role").unwrap_or_default();
    let class = element.attr("class").unwrap_or_default();
    matches!(
        role,
        "doc-footnote" | "doc-endnotes" | "doc-endnote" | "doc-footnotes"
    ) || class
        .split_whitespace()
        .any(|name| matches!(name, "footnotes" | "endnotes" | "footnote"))
}

/// A raised number that leads to a note on the page.
pub(super) fn is_note_mark(element: ElementRef<'_>) -> bool {
    if element.value().name() != "sup" {
        return false;
    }
    let text: String = element.text().collect();
    let is_number = text
        .trim()
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '[' | ']' | '*' | '†' | ','));
    let leads_to_note = element
        .child_elements()
        .any(|link| link.attr("href").is_some_and(|href| href.starts_with('#')));
    is_number && (leads_to_note || text.trim().len() <= 2)
}
