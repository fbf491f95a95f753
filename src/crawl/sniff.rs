//! What a body is, by its bytes and not by its name, and its text.

use encoding_rs::Encoding;

/// What a body is, as far as a crawl cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyKind {
    /// A page whose links are followed.
    Html,
    /// A sitemap or feed.
    Xml,
    /// A file to read, or something else without links.
    Other,
}

/// What a body is. The declared media type only decides between text and page.
pub(super) fn kind(body: &[u8], media_type: &str) -> BodyKind {
    let head = &body[..body.len().min(2_048)];
    if head.contains(&0) && !is_utf16(head) {
        return BodyKind::Other;
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let has_any = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    if text.starts_with("%pdf") || text.starts_with("{\\rtf") {
        BodyKind::Other
    } else if has_any(&["<urlset", "<sitemapindex", "<rss", "<feed", "<rdf:rdf"])
        && !has_any(&["<html"])
    {
        BodyKind::Xml
    } else if has_any(&[
        "<html",
        "<!doctype html",
        "<head",
        "<body",
        "<title",
        "<table",
        "<h1",
        "<a ",
    ]) || (media_type.contains("html") && text.contains('<'))
    {
        BodyKind::Html
    } else {
        BodyKind::Other
    }
}

fn is_utf16(head: &[u8]) -> bool {
    head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff])
}

/// The text of a page: by byte order mark, declared character set, the page's
/// own declaration, and at last by its letters.
pub(super) fn text(body: &[u8], charset: Option<&str>) -> String {
    let declared = charset.and_then(|name| Encoding::for_label(name.as_bytes()));
    let encoding = declared
        .or_else(|| in_page(body))
        .unwrap_or_else(|| guessed(body));
    // A byte order mark wins over all of them.
    encoding.decode(body).0.into_owned()
}

fn in_page(body: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&body[..body.len().min(1_024)]).to_ascii_lowercase();
    let after = head.split_once("charset=")?.1;
    let name: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_:".contains(*letter))
        .collect();
    Encoding::for_label(name.as_bytes())
}

fn guessed(body: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(body, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_what_a_body_is() {
        let cases: &[(&[u8], &str, BodyKind)] = &[
            (b"%PDF-1.4\n<html>", "text/html", BodyKind::Other),
            (b"  <!DOCTYPE html><p>x", "application/pdf", BodyKind::Html),
            (b"<?xml version='1.0'?><urlset>", "text/html", BodyKind::Xml),
            (
                b"<?xml version='1.0'?><!DOCTYPE html><html>",
                "text/xml",
                BodyKind::Html,
            ),
            (b"PK\x03\x04\x00", "text/html", BodyKind::Other),
            (b"just words", "text/html", BodyKind::Other),
            (b"<p>a fragment", "text/html", BodyKind::Html),
            (b"", "text/html", BodyKind::Other),
        ];
        for (body, media_type, expected) in cases {
            assert_eq!(
                kind(body, media_type),
                *expected,
                "{}",
                String::from_utf8_lossy(body)
            );
        }
    }

    #[test]
    fn text_is_read_in_the_character_set_it_is_in() {
        assert_eq!(text("Llŷn".as_bytes(), Some("utf-8")), "Llŷn");
        assert_eq!(text(b"caf\xe9", Some("iso-8859-1")), "café");
        assert_eq!(
            text(b"<meta charset=\"windows-1252\">\x93x\x94", None),
            "<meta charset=\"windows-1252\">\u{201c}x\u{201d}"
        );
        assert_eq!(text("Llŷn a chaffi".as_bytes(), None), "Llŷn a chaffi");
        assert_eq!(text(b"\xff\xfeA\x00", Some("utf-8")), "A");
    }
}
