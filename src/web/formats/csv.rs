//! Comma-separated values, for spreadsheets.
//!
//! A cell that a spreadsheet would run as a formula gets an apostrophe before
//! it (OWASP, "CSV injection"): what is printed in a report is not to be
//! trusted.

use crate::search::request::List;
use crate::web::views::Term;
use crate::web::views::hits::{Common, HitView, ReviewLink};

/// What it is sent as.
pub(in crate::web) const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

/// The line of column names.
pub(in crate::web) fn header(list: List) -> String {
    let own: &[&str] = match list {
        List::Reviews => &[
            "title",
            "kind",
            "type",
            "subjects",
            "recommendations",
            "answered",
        ],
        List::Recommendations => &[
            "review", "title", "label", "text", "to", "answered", "statuses",
        ],
        List::Lessons => &["review", "title", "kind", "text"],
        List::Answers => &[
            "review",
            "title",
            "recommendation",
            "text",
            "to",
            "statuses",
        ],
    };
    let common = ["partnership", "published", "themes", "page", "source_url"];
    line(
        std::iter::once("id")
            .chain(own.iter().copied())
            .chain(common),
    )
}

/// One result; its list gave the header.
pub(in crate::web) fn row(hit: &HitView) -> String {
    match hit {
        HitView::Review(hit) => full(
            &hit.common,
            vec![
                hit.title.clone(),
                hit.kind.to_owned(),
                hit.review_type
                    .as_ref()
                    .map_or(String::new(), |term| term.id.clone()),
                hit.subjects.join("; "),
                hit.recommendations.to_string(),
                yes_no(hit.answered),
            ],
        ),
        HitView::Recommendation(hit) => {
            let own = [
                hit.label.clone().unwrap_or_default(),
                hit.text.clone(),
                ids(&hit.to),
                yes_no(hit.answered),
                ids(&hit.statuses),
            ];
            full(&hit.common, of_review(&hit.review, own))
        }
        HitView::Lesson(hit) => {
            let own = [hit.kind.to_owned(), hit.text.clone()];
            full(&hit.common, of_review(&hit.review, own))
        }
        HitView::Answer(hit) => {
            let own = [
                hit.recommendation.clone(),
                hit.text.clone(),
                ids(&hit.to),
                ids(&hit.statuses),
            ];
            full(&hit.common, of_review(&hit.review, own))
        }
    }
}

/// One line, ended as RFC 4180 has it.
pub(in crate::web) fn line(cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let cells = cells.into_iter().map(|cell| harmless(cell.as_ref()));
    // Writing to memory cannot fail.
    let written = writer.write_record(cells);
    debug_assert!(written.is_ok(), "a record of texts is written");
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn full(common: &Common, own: Vec<String>) -> String {
    let mut cells = vec![common.id.clone()];
    cells.extend(own);
    cells.extend([
        common.partnership.id.clone(),
        common
            .published
            .map_or(String::new(), |date| date.to_string()),
        ids(&common.themes),
        common.page.map_or(String::new(), |page| page.to_string()),
        common.source_url.clone(),
    ]);
    line(cells)
}

fn of_review<const N: usize>(review: &ReviewLink, own: [String; N]) -> Vec<String> {
    let mut cells = vec![review.id.clone(), review.title.clone()];
    cells.extend(own);
    cells
}

fn ids(terms: &[Term]) -> String {
    let ids: Vec<&str> = terms.iter().map(|term| term.id.as_str()).collect();
    ids.join("; ")
}

fn yes_no(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_harmless() {
        let cases = [
            ("=1+1", "'=1+1\r\n"),
            ("@SUM(A1)", "'@SUM(A1)\r\n"),
            ("-2", "'-2\r\n"),
            ("\tx", "'\tx\r\n"),
            ("plain", "plain\r\n"),
            ("a, \"b\"", "\"a, \"\"b\"\"\"\r\n"),
            ("two\nlines", "\"two\nlines\"\r\n"),
        ];
        for (cell, expected) in cases {
            assert_eq!(line([cell]), expected, "{cell:?}");
        }
    }

    #[test]
    fn every_list_has_an_id_first_and_the_source_last() {
        for list in List::ALL {
            let header = header(list);
            assert!(header.starts_with("id,"), "{header}");
            assert!(header.ends_with(",source_url\r\n"), "{header}");
        }
    }
}
