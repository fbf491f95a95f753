//! Reads sitemaps and feeds: lists of addresses made for programs.
//!
//! In: the bytes of a sitemap, a sitemap index, RSS or Atom, gzipped or not.
//! Out: the addresses in them. What cannot be read gives nothing.

use std::io::Read;

use flate2::read::GzDecoder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use crate::crawl::sniff;

/// Largest list read, unpacked (the sitemap protocol's own limit).
const BYTE_LIMIT: u64 = 50 << 20;
/// Most addresses read from one list (the sitemap protocol's own limit).
const ENTRY_LIMIT: usize = 50_000;

/// One address of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// Where it leads.
    pub(super) urls: Vec<String>,
    /// What a feed calls it.
    pub(super) title: Option<String>,
    /// When a feed says it was published, as printed.
    pub(super) published: Option<String>,
    /// Whether it is itself a list.
    pub(super) is_list: bool,
}

/// The addresses in a list, each absolute.
pub(super) fn read(body: &[u8], base: &Url) -> Vec<(Url, Listed)> {
    let text = sniff::text(&unpacked(body), None);
    let mut found = Vec::new();
    for listed in entries(&text) {
        for address in &listed.urls {
            if let Ok(mut url) = base.join(address.trim()) {
                url.set_fragment(None);
                found.push((url, listed.clone()));
            }
        }
    }
    found
}

fn unpacked(body: &[u8]) -> Vec<u8> {
    if !body.starts_with(&[0x1f, 0x8b]) {
        return body.to_vec();
    }
    let mut unpacked = Vec::new();
    // A list that is cut off still gives what came before.
    let _ = GzDecoder::new(body)
        .take(BYTE_LIMIT)
        .read_to_end(&mut unpacked);
    unpacked
}

fn entries(text: &str) -> Vec<Listed> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut entries = Vec::new();
    let mut entry: Option<Listed> = None;
    let mut value = String::new();
    while entries.len() < ENTRY_LIMIT {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                value.clear();
                if let Some(opened) = opened(&tag) {
                    entry = Some(opened);
                }
                link_attributes(&tag, entry.as_mut());
            }
            Ok(Event::Empty(tag)) => link_attributes(&tag, entry.as_mut()),
            Ok(Event::Text(text)) => value.push_str(&text),
            Ok(Event::CData(text)) => value.push_str(&text),
            Ok(Event::GeneralRef(name)) => value.push_str(entity(&name)),
            Ok(Event::End(tag)) => {
                let name = local(tag.name().as_ref());
                if is_entry(&name) {
                    entries.extend(entry.take());
                } else if let Some(entry) = &mut entry {
                    entry.take_value(&name, value.trim());
                }
                value.clear();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    entries
}

impl Listed {
    fn take_value(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        match name {
            "loc" | "link" => self.urls.push(value.to_owned()),
            "title" => self.title = Some(value.to_owned()),
            "pubdate" | "published" | "updated" => {
                self.published.get_or_insert_with(|| value.to_owned());
            }
            _ => {}
        }
    }
}

fn opened(tag: &BytesStart<'_>) -> Option<Listed> {
    let name = local(tag.name().as_ref());
    is_entry(&name).then(|| Listed {
        is_list: name == "sitemap",
        ..Listed::default()
    })
}

fn is_entry(name: &str) -> bool {
    matches!(name, "url" | "sitemap" | "item" | "entry")
}

/// `<link href>` of Atom and `<enclosure url>` of RSS.
fn link_attributes(tag: &BytesStart<'_>, entry: Option<&mut Listed>) {
    let Some(entry) = entry else {
        return;
    };
    let wanted = match local(tag.name().as_ref()).as_str() {
        "link" => "href",
        "enclosure" => "url",
        _ => return,
    };
    let attribute = tag.try_get_attribute(wanted).ok().flatten();
    if let Some(value) = attribute {
        entry.urls.push(value.value.replace("&amp;", "&"));
    }
}

/// A name without its namespace, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => " ",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn sitemaps_indexes_and_feeds_are_read() {
        check(
            "<?xml version='1.0'?><urlset xmlns='x'><url><loc>http://n.example/a?x=1&amp;y=2</loc>\
             <lastmod>2024</lastmod></url><url><loc>\n /b </loc></url></urlset>",
            &["http://n.example/a?x=1&y=2", "http://n.example/b"],
        );
        check(
            "<sitemapindex><sitemap><loc>http://n.example/s.xml</loc></sitemap></sitemapindex>",
            &["http://n.example/s.xml"],
        );
        check(
            "<rss><channel><link>http://n.example/</link><item><title>A</title><link>/a</link>\
             <enclosure url='/a.pdf'/></item></channel></rss>",
            &["http://n.example/a", "http://n.example/a.pdf"],
        );
        check(
            "<feed><link href='/'/><entry><title>B</title><link href='/b'/></entry></feed>",
            &["http://n.example/b"],
        );
        check(
            "<urlset><url><loc>/a</loc></url><url><loc>/cut",
            &["http://n.example/a"],
        );
        check("not xml at all", &[]);
    }

    #[test]
    fn an_index_says_that_its_entries_are_lists() {
        let index = b"<sitemapindex><sitemap><loc>/s.xml</loc></sitemap></sitemapindex>";
        assert!(read(index, &base())[0].1.is_list);
    }

    #[test]
    fn packed_sitemaps_are_unpacked() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed
            .write_all(b"<urlset><url><loc>/a</loc></url></urlset>")
            .expect("written");
        let packed = packed.finish().expect("packed");
        assert_eq!(read(&packed, &base()).len(), 1);
        assert_eq!(read(&packed[..packed.len() / 2], &base()).len(), 0);
    }

    fn base() -> Url {
        Url::parse("http://n.example/sitemap.xml").expect("a URL")
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = read(text.as_bytes(), &base());
        let found: Vec<_> = found.iter().map(|(url, _)| url.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }
}
