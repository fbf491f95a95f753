//! RIS, which reference managers import: a tag a line, a record between `TY`
//! and `ER`.

use std::fmt::Write as _;

use crate::web::formats::citation::Citation;

/// What it is sent as.
pub(in crate::web) const MEDIA_TYPE: &str = "application/x-research-info-systems";

/// One record, ended by an empty line.
pub(in crate::web) fn record(citation: &Citation) -> String {
    let mut record = String::from("TY  - RPRT\r\n");
    let mut line = |tag: &str, value: &str| {
        let _ = write!(record, "{tag}  - {}\r\n", on_one_line(value));
    };
    line("TI", &citation.full_title());
    line("AU", citation.author_or_publisher());
    line("PB", &citation.publisher);
    if let Some(date) = citation.published {
        line("PY", &date.year().to_string());
        let part = |part: Option<u8>| part.map_or(String::new(), |part| format!("{part:02}"));
        let (month, day) = (part(date.month()), part(date.day()));
        line("DA", &format!("{}/{month}/{day}/", date.year()));
    }
    if let Some(page) = citation.page {
        line("SP", &page.to_string());
    }
    if let Some(quoted) = &citation.quoted {
        line("AB", quoted);
    }
    for keyword in &citation.keywords {
        line("KW", keyword);
    }
    line("UR", &citation.url);
    line("ID", &citation.id);
    line("N1", &citation.provenance());
    record.push_str("ER  - \r\n\r\n");
    record
}

/// A line break in a value would begin another tag.
fn on_one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::formats::citation::example;

    #[test]
    fn a_record_has_a_tag_a_line() {
        let record = record(&example());
        assert!(record.starts_with("TY  - RPRT\r\nTI  - Recommendation 4.2. Serious Case Review"));
        assert!(record.ends_with("ER  - \r\n\r\n"));
        for line in [
            "AU  - Jan Oake",
            "PY  - 2021",
            "DA  - 2021/03//",
            "SP  - 28",
            "AB  - The police should share what they know.",
            "KW  - Information sharing",
            "ID  - oakmoor/3f9c2a71/4.2",
        ] {
            assert!(record.lines().any(|one| one == line), "{line}: {record}");
        }
    }
}
