//! What HTTP headers say about a body: its type, character set and file name.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The first header of this name, whatever its case.
#[must_use]
pub fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

/// Splits `Content-Type` into the media type in lower case (empty when there
/// is none) and the character set, if one is named.
pub(super) fn content_type(headers: &[(String, String)]) -> (String, Option<String>) {
    let value = header(headers, "content-type").unwrap_or_default();
    let mut parts = value.split(';');
    let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let is_charset = key.trim().eq_ignore_ascii_case("charset");
        let value = value.trim().trim_matches(['"', '\'']);
        (is_charset && !value.is_empty()).then(|| value.to_ascii_lowercase())
    });
    (media_type, charset)
}

/// The file name that `Content-Disposition` gives, without any path.
///
/// `filename*` of RFC 6266 wins over `filename`. Percent-encoding in the plain
/// form is undone too, since many download handlers write it that way.
pub(super) fn file_name(headers: &[(String, String)]) -> Option<String> {
    let value = header(headers, "content-disposition")?;
    let extended = parameter(value, "filename*").and_then(|text| {
        let encoded = text.rsplit('\'').next()?;
        Some(percent_decode_str(encoded).decode_utf8_lossy().into_owned())
    });
    let plain = || {
        let text = parameter(value, "filename")?;
        let decoded = percent_decode_str(&text).decode_utf8();
        Some(decoded.map_or_else(|_| text.clone(), Cow::into_owned))
    };
    let name = extended.or_else(plain)?;
    let name = name.rsplit(['/', '\\']).next()?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The value of a parameter, with or without quotes. A semicolon may stand
/// inside quotes.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value;
    while let Some(at) = rest.find([';', ',']) {
        rest = rest[at + 1..].trim_start();
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (text, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_at(after.find(';').unwrap_or(after.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(text.trim().to_owned());
        }
        rest = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &str, value: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), value.to_owned())]
    }

    #[test]
    fn media_type_and_charset_are_told_apart() {
        let cases = [
            ("text/html; charset=UTF-8", "text/html", Some("utf-8")),
            (
                "Text/HTML;charset=\"iso-8859-1\"",
                "text/html",
                Some("iso-8859-1"),
            ),
            ("application/pdf", "application/pdf", None),
            ("text/html; charset=", "text/html", None),
            ("", "", None),
        ];
        for (value, media_type, charset) in cases {
            let expected = (media_type.to_owned(), charset.map(str::to_owned));
            assert_eq!(
                content_type(&headers("Content-Type", value)),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn file_names_are_read_in_the_forms_servers_use() {
        let cases = [
            (
                "attachment; filename=\"response.pdf\"",
                Some("response.pdf"),
            ),
            (
                "inline; filename=report final.pdf",
                Some("report final.pdf"),
            ),
            ("attachment; filename=\"a;b.pdf\"; size=3", Some("a;b.pdf")),
            (
                "attachment; filename=x.pdf; filename*=UTF-8''Adroddiad%20Ll%C5%B7n.pdf",
                Some("Adroddiad Llŷn.pdf"),
            ),
            (
                "attachment; filename=\"Review%20A.pdf\"",
                Some("Review A.pdf"),
            ),
            (
                "attachment; filename=\"C:\\docs\\review.doc\"",
                Some("review.doc"),
            ),
            ("attachment;filename=../../etc/passwd", Some("passwd")),
            ("attachment", None),
            ("attachment; filename=\"\"", None),
        ];
        for (value, expected) in cases {
            let found = file_name(&headers("content-disposition", value));
            assert_eq!(found.as_deref(), expected, "{value}");
        }
    }
}
