//! Makes the WARC records of one event: the answer with its request and
//! redirects, and the `metadata` record that closes it.

use jiff::Timestamp;
use url::Url;

use crate::archive::Deposit;
use crate::archive::event::Event;
use crate::archive::record::{Draft, push_header, record_id};
use crate::model::capture::Hop;
use crate::model::digest::Digest;

/// How a payload that did not change since `date` is recorded.
const SAME_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
/// How an answer of 304 is recorded.
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// Names the bytes of a record's body.
pub(super) const PAYLOAD_DIGEST: &str = "WARC-Payload-Digest";

/// Says of a record that its body was taken out. The standard has no word for
/// why.
pub(super) const TRUNCATED: &str = "WARC-Truncated";

/// The response record that first held a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Original {
    /// Name of the WARC file and first byte of the record in it.
    pub(super) file: String,
    /// First byte of the record.
    pub(super) offset: u64,
    /// `WARC-Target-URI`.
    pub(super) uri: Url,
    /// `WARC-Date`.
    pub(super) date: Timestamp,
}

/// What becomes of the body of an answer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Body<'a> {
    /// It is written.
    New,
    /// It is here already, in this record.
    Kept(&'a Original),
    /// It was withdrawn: only its digest and length stay.
    Withheld,
}

/// Records ready to be appended.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// Gzip members, one after the other.
    pub(super) bytes: Vec<u8>,
    /// Where in `bytes` the record with a new payload begins.
    pub(super) payload: Option<u64>,
    /// Where in `bytes` the metadata record begins.
    pub(super) notes: u64,
}

impl Group {
    fn push(&mut self, draft: &Draft<'_>) -> u64 {
        let start = self.bytes.len() as u64;
        self.bytes.extend(draft.to_member());
        start
    }

    /// The record that opens every WARC file.
    pub(super) fn opening(file: &str, date: Timestamp) -> Vec<u8> {
        let fields = format!(
            "software: lessons/{}\r\nformat: WARC File Format 1.1\r\n\
             conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
            env!("CARGO_PKG_VERSION")
        );
        let draft = Draft {
            kind: "warcinfo",
            id: record_id(&["warcinfo", file, &date.to_string()]),
            date,
            content_type: "application/warc-fields",
            headers: vec![("WARC-Filename", file.to_owned())],
            block: vec![fields.as_bytes()],
        };
        draft.to_member()
    }

    /// An event without an answer of its own, after these redirects.
    pub(super) fn of_event(event: &Event, hops: &[Hop], asked: &[(String, String)]) -> Self {
        let mut group = Self::default();
        for hop in hops {
            group.hop(hop, asked);
        }
        group.close(event, None);
        group
    }

    /// An answer: redirects on the way to it, then the answer itself.
    pub(super) fn of_answer(
        deposit: &Deposit,
        digest: &Digest,
        event: &Event,
        kept: Body<'_>,
    ) -> Self {
        let mut group = Self::default();
        let fetched = &deposit.fetched;
        for hop in &fetched.hops {
            group.hop(hop, &fetched.asked);
        }
        let uri = fetched.final_url.as_str();
        let date = fetched.received_at;
        let id = group.request(&fetched.final_url, date, &fetched.asked);
        let body = fetched.body.as_slice();
        let head = answer_head(fetched.status, &fetched.headers, body.len());
        let mut headers = vec![("WARC-Target-URI", uri.to_owned())];
        if !matches!(kept, Body::Withheld) {
            headers.push((PAYLOAD_DIGEST, format!("sha256:{digest}")));
        }
        let mut block = vec![head.as_bytes()];
        match kept {
            Body::New => block.push(body),
            Body::Kept(original) => headers.extend(revisit_headers(fetched.status, original)),
            Body::Withheld => headers.push((TRUNCATED, "unspecified".to_owned())),
        }
        let start = group.push(&Draft {
            kind: if matches!(kept, Body::Kept(_)) {
                "revisit"
            } else {
                "response"
            },
            id: id.clone(),
            date,
            content_type: "application/http; msgtype=response",
            headers,
            block,
        });
        group.payload = matches!(kept, Body::New).then_some(start);
        group.close(event, Some((&id, uri)));
        group
    }

    fn hop(&mut self, hop: &Hop, asked: &[(String, String)]) {
        let id = self.request(&hop.url, hop.received_at, asked);
        let head = answer_head(hop.status, &hop.headers, 0);
        self.push(&Draft {
            kind: "response",
            id,
            date: hop.received_at,
            content_type: "application/http; msgtype=response",
            headers: vec![
                ("WARC-Target-URI", hop.url.to_string()),
                (PAYLOAD_DIGEST, format!("sha256:{}", Digest::of(b""))),
            ],
            block: vec![head.as_bytes()],
        });
    }

    /// Adds the request and gives the id that its response will have.
    fn request(&mut self, url: &Url, date: Timestamp, asked: &[(String, String)]) -> String {
        let when = date.to_string();
        let response = record_id(&["response", url.as_str(), &when]);
        if asked.is_empty() {
            return response;
        }
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
        let mut head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n");
        push_headers(&mut head, asked.iter());
        self.push(&Draft {
            kind: "request",
            id: record_id(&["request", url.as_str(), &when]),
            date,
            content_type: "application/http; msgtype=request",
            headers: vec![
                ("WARC-Target-URI", url.to_string()),
                ("WARC-Concurrent-To", format!("<{response}>")),
            ],
            block: vec![head.as_bytes()],
        });
        response
    }

    fn close(&mut self, event: &Event, about: Option<(&str, &str)>) {
        let json = serde_json::to_vec(event).expect("our own types have no maps with odd keys");
        let date = event.at();
        let mut headers = Vec::new();
        if let Some((id, uri)) = about {
            headers.push(("WARC-Target-URI", uri.to_owned()));
            headers.push(("WARC-Concurrent-To", format!("<{id}>")));
        } else if let Some(candidate) = event.candidate() {
            headers.push(("WARC-Target-URI", candidate.url.to_string()));
        }
        let text = String::from_utf8_lossy(&json);
        self.notes = self.push(&Draft {
            kind: "metadata",
            id: record_id(&["metadata", &text, &date.to_string()]),
            date,
            content_type: NOTES_TYPE,
            headers,
            block: vec![&json],
        });
    }
}

/// Media type of our `metadata` records.
pub(super) const NOTES_TYPE: &str = "application/vnd.lessons.notes+json";

fn revisit_headers(status: u16, original: &Original) -> Vec<(&'static str, String)> {
    let profile = if status == 304 {
        NOT_MODIFIED
    } else {
        SAME_PAYLOAD
    };
    vec![
        ("WARC-Profile", profile.to_owned()),
        ("WARC-Refers-To-Target-URI", original.uri.to_string()),
        ("WARC-Refers-To-Date", original.date.to_string()),
    ]
}

/// Status line and headers of an answer whose codings have been undone: the
/// headers that spoke of the bytes on the wire are renamed, as other archiving
/// tools do, so that the record describes the bytes that it holds.
fn answer_head(status: u16, headers: &[(String, String)], length: usize) -> String {
    let reason = reason_phrase(status);
    let mut head = format!("HTTP/1.1 {status} {reason}\r\n");
    for (name, value) in headers {
        let wire = ["content-encoding", "transfer-encoding", "content-length"];
        if wire.iter().any(|wire| name.eq_ignore_ascii_case(wire)) {
            push_header(&mut head, &format!("X-Archive-Orig-{name}"), value);
        } else {
            push_header(&mut head, name, value);
        }
    }
    push_header(&mut head, "Content-Length", &length.to_string());
    head.push_str("\r\n");
    head
}

/// The usual words beside a status; any will do, and none is needed.
fn reason_phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        404 => "Not Found",
        410 => "Gone",
        _ => "",
    }
}

fn push_headers<'a>(head: &mut String, headers: impl Iterator<Item = &'a (String, String)>) {
    for (name, value) in headers {
        push_header(head, name, value);
    }
    head.push_str("\r\n");
}
