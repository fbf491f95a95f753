//! Addresses that stand in scripts, attributes and structured data.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::crawl::extension::{self, Extension};

/// Attributes in which pages keep an address for a script to open.
pub(super) const DATA_ATTRIBUTES: &[&str] = &[
    "data-href",
    "data-url",
    "data-link",
    "data-file",
    "data-download",
    "data-download-url",
    "data-downloadurl",
    "data-document",
    "data-pdf",
    "data-src",
    "data-target-url",
    "data-path",
    "data-doc",
    "data-file-url",
    "data-open",
];

/// Keys of JSON-LD whose values are addresses of pages and files.
const STRUCTURED_KEYS: &[&str] = &[
    "url",
    "contentUrl",
    "mainEntityOfPage",
    "item",
    "@id",
    "downloadUrl",
    "encoding",
    "hasPart",
    "distribution",
    "itemListElement",
    "associatedMedia",
    "workExample",
    "@graph",
    "mainEntity",
];

static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"'([^'\s<>]{2,500})'|"([^"\s<>]{2,500})"|&quot;([^&\s<>]{2,500})&quot;"#)
        .expect("a valid pattern")
});

static LOCATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"\blocation(?:\.href)?\s*=\s*['"]([^'"\s]+)['"]|\blocation\.(?:replace|assign)\(\s*['"]([^'"\s]+)['"]"#,
    )
    .expect("a valid pattern")
});

/// Addresses that a script's instruction names in quotes.
pub(super) fn in_script(code: &str) -> Vec<&str> {
    QUOTED
        .captures_iter(code)
        .filter_map(|found| (1..=3).find_map(|group| found.get(group)))
        .map(|found| found.as_str())
        .filter(|text| is_address(text))
        .collect()
}

/// Where a script sends the browser, if it does.
pub(super) fn location(code: &str) -> Option<&str> {
    let found = LOCATION.captures(code)?;
    let target = found.get(1).or_else(|| found.get(2))?;
    Some(target.as_str())
}

/// Whether a string that need not be an address looks like one.
pub(super) fn is_address(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_rooted = text.starts_with("http://")
        || text.starts_with("https://")
        || (text.starts_with('/') && text.len() > 1);
    let is_file = matches!(
        extension::of_name(name),
        Extension::Document | Extension::Page
    );
    !text.contains(['{', '}', '<', '>', '\\', '\n'])
        && !text.starts_with("//#")
        && (is_rooted || is_file)
}

/// Addresses in a block of JSON-LD with the name given to each, if any.
pub(super) fn in_structured(json: &str) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_str(json) {
        collect(&value, &mut found, 0);
    }
    found
}

fn collect(value: &Value, found: &mut Vec<(String, Option<String>)>, depth: usize) {
    if depth > 12 {
        return;
    }
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect(item, found, depth + 1)),
        Value::Object(object) => {
            let name = ["name", "headline"]
                .iter()
                .find_map(|key| object.get(*key)?.as_str());
            for key in STRUCTURED_KEYS {
                match object.get(*key) {
                    Some(Value::String(text)) if is_address(text) => {
                        found.push((text.clone(), name.map(str::to_owned)));
                    }
                    Some(inner @ (Value::Object(_) | Value::Array(_))) => {
                        collect(inner, found, depth + 1);
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_name_addresses_in_quotes() {
        let cases = [
            (
                "window.open('/files/report.pdf')",
                vec!["/files/report.pdf"],
            ),
            (
                "location.href=\"https://n.example/x\"; return false",
                vec!["https://n.example/x"],
            ),
            ("open('report.pdf','_blank','width=3')", vec!["report.pdf"]),
            ("ga('send','event','click')", vec![]),
            ("go('#top')", vec![]),
            ("render('{{url}}/x.pdf')", vec![]),
        ];
        for (code, expected) in cases {
            assert_eq!(in_script(code), expected, "{code}");
        }
    }

    #[test]
    fn scripts_may_send_the_browser_on() {
        for (code, expected) in [
            (
                "window.location = 'https://n.example/';",
                Some("https://n.example/"),
            ),
            ("top.location.href=\"/new/\"", Some("/new/")),
            ("location.replace('/x')", Some("/x")),
            ("var location = here;", None),
            ("if (location.href == '/x') {}", None),
        ] {
            assert_eq!(location(code), expected, "{code}");
        }
    }

    #[test]
    fn structured_data_names_pages_and_files() {
        let json = r#"{"@graph": [{"name": "Child A", "url": "/a", "encoding": {"contentUrl": "/a.pdf"}},
                       {"@type": "Thing", "url": 3}]}"#;
        let expected = [
            ("/a".to_owned(), Some("Child A".to_owned())),
            ("/a.pdf".to_owned(), None),
        ];
        assert_eq!(in_structured(json), expected);
        assert!(in_structured("not json").is_empty());
    }
}
