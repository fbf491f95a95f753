//! Atom (RFC 4287), which feed readers follow.

use std::fmt::Write as _;

use jiff::Timestamp;
use quick_xml::escape::escape;

use crate::web::formats::citation::Citation;

/// What it is sent as.
pub(in crate::web) const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// One result with the time it was first seen.
pub(in crate::web) struct Entry {
    /// What it is, and where it was published.
    pub citation: Citation,
    /// Its page here, from the root of the service.
    pub url: String,
    /// When its document was first seen.
    pub seen: Timestamp,
}

/// A feed of one search.
pub(in crate::web) struct Feed {
    /// Of the search.
    pub title: String,
    /// Its address, from the root of the service: names the feed, too.
    pub url: String,
    /// The same results as a page.
    pub page: String,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// The feed as a document.
pub(in crate::web) fn document(feed: &Feed) -> String {
    let updated = feed.entries.iter().map(|entry| entry.seen).max();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    let _ = write!(
        xml,
        "<id>urn:lessons-index:{url}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{url}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n\
         <author><name>Lessons Index</name></author>\n",
        url = escape(&feed.url),
        page = escape(&feed.page),
        title = text(&feed.title),
        updated = updated.unwrap_or(Timestamp::UNIX_EPOCH),
    );
    for entry in &feed.entries {
        write_entry(&mut xml, entry);
    }
    xml.push_str("</feed>\n");
    xml
}

fn write_entry(xml: &mut String, entry: &Entry) {
    let citation = &entry.citation;
    let summary = match &citation.quoted {
        Some(quoted) => format!("{}: {quoted}", citation.publisher),
        None => citation.publisher.clone(),
    };
    let _ = write!(
        xml,
        "<entry>\n<id>urn:lessons-index:{id}</id>\n<title>{title}</title>\n<updated>{seen}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n\
         <link rel=\"via\" href=\"{source}\"/>\n<summary>{summary}</summary>\n",
        id = escape(&citation.id),
        title = text(&citation.full_title()),
        seen = entry.seen,
        url = escape(&entry.url),
        source = escape(&citation.url),
        summary = text(&summary),
    );
    for keyword in &citation.keywords {
        let _ = writeln!(xml, "<category term=\"{}\"/>", text(keyword));
    }
    xml.push_str("</entry>\n");
}

/// Escaped, without what XML 1.0 cannot hold at all.
fn text(value: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r') || !c.is_control();
    let value: String = value
        .chars()
        .filter(allowed)
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    escape(value.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::formats::citation::example;

    #[test]
    fn a_feed_is_well_formed_whatever_is_printed() {
        let mut citation = example();
        citation.title = "A <b> & \u{1} \"q\"".to_owned();
        let feed = Feed {
            title: "Recommendations <all>".to_owned(),
            url: "/api/v1/feed.atom?q=a&list=reviews".to_owned(),
            page: "/reviews?q=a".to_owned(),
            entries: vec![Entry {
                citation,
                url: "/recommendations/oakmoor/3f9c2a71/4.2".to_owned(),
                seen: "2026-01-02T03:04:05Z".parse().unwrap(),
            }],
        };
        let xml = document(&feed);
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut entries = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "entry" => {
                    entries += 1;
                }
                _ => {}
            }
        }
        assert_eq!(entries, 1);
        assert!(
            xml.contains("<updated>2026-01-02T03:04:05Z</updated>"),
            "{xml}"
        );
        assert!(xml.contains("A &lt;b&gt; &amp;"), "{xml}");
    }
}
