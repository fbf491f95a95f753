//! BibTeX, which LaTeX and reference managers read.

use std::fmt::Write as _;

use crate::web::formats::citation::Citation;

/// What it is sent as.
pub(in crate::web) const MEDIA_TYPE: &str = "application/x-bibtex; charset=utf-8";

/// One `@techreport`.
pub(in crate::web) fn record(citation: &Citation) -> String {
    let mut record = format!("@techreport{{{},\n", key(&citation.id));
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(record, "  {name} = {{{}}},", escaped(value));
    };
    field("title", &format!("{{{}}}", citation.full_title()));
    // Braces keep the name of a body from being read as a person's.
    match &citation.author {
        Some(author) => field("author", author),
        None => field("author", &format!("{{{}}}", citation.publisher)),
    }
    field("institution", &citation.publisher);
    if let Some(date) = citation.published {
        field("year", &date.year().to_string());
        if let Some(month) = date.month() {
            field("month", &month.to_string());
        }
    }
    if let Some(page) = citation.page {
        field("pages", &page.to_string());
    }
    field("url", &citation.url);
    field("note", &citation.provenance());
    record.push_str("}\n");
    record
}

/// The id without what a key may not hold.
fn key(id: &str) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    id.chars().map(keep).collect()
}

/// Characters that mean something to LaTeX; our own braces stand.
fn escaped(value: &str) -> String {
    let inner = value
        .strip_prefix('{')
        .and_then(|value| value.strip_suffix('}'));
    let mut text = String::new();
    for c in inner.unwrap_or(value).chars() {
        match c {
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => {
                text.push('\\');
                text.push(c);
            }
            '\\' => text.push_str("\\textbackslash{}"),
            '~' => text.push_str("\\textasciitilde{}"),
            '^' => text.push_str("\\textasciicircum{}"),
            '\n' | '\r' | '\t' => text.push(' '),
            _ => text.push(c),
        }
    }
    match inner {
        Some(_) => format!("{{{text}}}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::formats::citation::{Citation, example};

    #[test]
    fn what_latex_would_read_as_commands_is_escaped() {
        let record = record(&example());
        assert!(
            record.starts_with("@techreport{oakmoor-3f9c2a71-4-2,\n"),
            "{record}"
        );
        assert!(record.contains("Child K \\{2014\\} \\& family"), "{record}");
        assert!(record.contains("url = {https://oakmoor.example/k.pdf\\#page=28}"));
        assert!(record.contains("year = {2021}"));
    }

    #[test]
    fn a_body_is_no_person() {
        let citation = Citation {
            author: None,
            ..example()
        };
        let expected = "author = {{Oakmoor Safeguarding Children Partnership}}";
        assert!(record(&citation).contains(expected));
    }
}
