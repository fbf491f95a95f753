//! Reads an HTTP answer as other tools kept it.

use crate::archive::headers::header;
use crate::archive::record::find;

/// An answer, its chunks joined.
pub(super) struct Answer {
    /// Status of the answer.
    pub(super) status: u16,
    /// Headers in the order sent.
    pub(super) headers: Vec<(String, String)>,
    /// The body.
    pub(super) body: Vec<u8>,
}

/// Reads an answer; `None` when it is not an HTTP answer.
pub(super) fn parse(block: &[u8]) -> Option<Answer> {
    let (head, body) = split(block);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let mut first = lines.next()?.split_whitespace();
    let is_http = first.next()?.to_ascii_uppercase().starts_with("HTTP/");
    let status = first.next()?.parse().ok().filter(|_| is_http)?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let codings = header(&headers, "transfer-encoding").unwrap_or_default();
    let is_chunked = codings.to_ascii_lowercase().contains("chunked");
    // Some tools keep the header and join the chunks.
    let joined = is_chunked.then(|| join(body)).flatten();
    Some(Answer {
        status,
        headers,
        body: joined.unwrap_or_else(|| body.to_vec()),
    })
}

/// Head and body; line ends may lack their carriage returns.
fn split(block: &[u8]) -> (&[u8], &[u8]) {
    let ends = [b"\r\n\r\n".as_slice(), b"\n\n"];
    let found = ends
        .iter()
        .filter_map(|end| Some((find(block, end)?, end.len())));
    match found.min() {
        Some((at, length)) => (&block[..at], &block[at + length..]),
        None => (block, &[]),
    }
}

/// Joins chunks; `None` when there are none.
fn join(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = find(rest, b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        let data = rest.get(end + 2..)?;
        body.extend_from_slice(data.get(..size)?);
        rest = data.get(size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_other_tools_keep_them() {
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        check("HTTP/1.1 200 OK\r\nX: y\r\n\r\nbody", Some((200, "body")));
        check("HTTP/1.0 404\nX: y\n\nbody", Some((404, "body")));
        check(
            &format!("{chunked}4\r\nbody\r\n0\r\n\r\n"),
            Some((200, "body")),
        );
        check(
            &format!("{chunked}2;x=y\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n"),
            Some((200, "body")),
        );
        check(
            &format!("{chunked}joined already"),
            Some((200, "joined already")),
        );
        check(&format!("{chunked}9\r\ncut"), Some((200, "9\r\ncut")));
        check("HTTP/1.1 204 No Content", Some((204, "")));
        check("GET / HTTP/1.1\r\n\r\n", None);
        check("", None);
    }

    #[track_caller]
    fn check(block: &str, expected: Option<(u16, &str)>) {
        let found = parse(block.as_bytes());
        let found = found.map(|answer| {
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            (answer.status, body)
        });
        let expected = expected.map(|(status, body)| (status, body.to_owned()));
        assert_eq!(found, expected, "{block:?}");
    }
}
