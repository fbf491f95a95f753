//! Decodes a page: byte order mark, then what the server declared, then what
//! the page declares, then a guess.
//!
//! In: bytes. Out: text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// How far into a page its own declaration is looked for.
const DECLARED_WITHIN: usize = 4_096;

pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[length..])
            .0
            .into_owned();
    }
    // Whole and valid UTF-8 with letters beyond ASCII is no accident, whatever
    // is declared; the declaration is often a leftover.
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.is_ascii()
    {
        return text.to_owned();
    }
    let encoding = declared
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .or_else(|| in_page(bytes))
        .filter(|encoding| *encoding != UTF_8 || bytes.is_ascii())
        .unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The character set that a `meta` element names.
fn in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let after = &head[head.find("charset=")? + "charset=".len()..];
    let label = after
        .trim_start_matches(['"', '\''])
        .split(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c))
        .next()?;
    Encoding::for_label(label.as_bytes())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"uk"), Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, expected: &str) {
        assert_eq!(decode(bytes, declared), expected);
    }

    #[test]
    fn a_mark_beats_the_server_and_the_server_beats_the_page() {
        check(b"\xEF\xBB\xBFcaf\xC3\xA9", Some("windows-1252"), "café");
        check(
            b"<meta charset=utf-8>caf\xE9",
            Some("windows-1252"),
            "<meta charset=utf-8>café",
        );
        check(
            b"<meta charset=\"windows-1252\">\x93caf\xE9\x94",
            None,
            "<meta charset=\"windows-1252\">“café”",
        );
    }

    #[test]
    fn a_wrong_declaration_is_not_believed() {
        check("children’s".as_bytes(), Some("iso-8859-1"), "children’s");
        check(
            b"the children\x92s home, it\x92s",
            Some("utf-8"),
            "the children’s home, it’s",
        );
    }
}
