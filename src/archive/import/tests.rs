//! What is taken in of others' files, and what is not.

use super::*;

const HTTP: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x";

#[test]
fn answers_are_taken_in_once() {
    let text = record("response", "http://n.example/a", HTTP)
        + &record("request", "http://n.example/a", "GET /a HTTP/1.1\r\n\r\n")
        + &record("resource", "<http://n.example/b>", "%PDF")
        + &record(
            "response",
            "http://n.example/c",
            "HTTP/1.1 404 Gone\r\n\r\n",
        )
        + &record("response", "dns:n.example", HTTP)
        + &record("response", "http://n.example/a", HTTP);
    let imported = import(&text).expect("an import");
    assert_eq!(imported.stored, 2);
    let skipped: Vec<_> = imported.skipped.keys().map(String::as_str).collect();
    let expected = [
        "has a `dns` address",
        "has status 404",
        "is here already",
        "is of type `request`",
    ];
    assert_eq!(skipped, expected);
    assert_eq!(imported.broken_off, None);
}

#[test]
fn a_file_that_is_cut_off_gives_what_came_before() {
    let whole = record("response", "http://n.example/a", HTTP);
    let cut = format!("{whole}{}", &whole[..whole.len() - 9]);
    let imported = import(&cut).expect("an import");
    assert_eq!(imported.stored, 1);
    assert!(imported.broken_off.is_some());
}

#[test]
fn what_is_no_warc_file_is_refused() {
    for text in [
        "%PDF-1.4",
        "filedesc://x 0.0.0.0 2001 text/plain 9\n1 0 x\n",
        "WARC/1.0\r\nX: y\r\n\r\n",
    ] {
        assert!(
            matches!(import(text), Err(ImportError::NotWarc { .. })),
            "{text}"
        );
    }
    assert_eq!(import("").expect("nothing to import"), Imported::default());
}

#[test]
fn a_document_is_taken_in_under_its_address() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let archive = Archive::open(&dir.path().join("archive")).expect("an archive");
    let path = dir.path().join("review.pdf");
    std::fs::write(&path, "%PDF").expect("a file");
    let source = Source {
        partnership: partnership(),
        url: "http://n.example/review".parse().expect("a URL"),
        received_at: Timestamp::UNIX_EPOCH,
    };
    import_file(&archive, &path, source).expect("an import");
    let mut captures = archive.captures().expect("captures");
    let capture = captures.next().expect("one").expect("a capture");
    assert_eq!(capture.file_name.as_deref(), Some("review.pdf"));
    assert_eq!(archive.payload(&capture).expect("its bytes").bytes, b"%PDF");
}

fn import(text: &str) -> Result<Imported, ImportError> {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let archive = Archive::open(&dir.path().join("archive")).expect("an archive");
    let path = dir.path().join("x.warc");
    std::fs::write(&path, text).expect("a file");
    import_warc(&archive, &path, &partnership())
}

fn partnership() -> PartnershipId {
    "northmere".parse().expect("an id")
}

fn record(kind: &str, uri: &str, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\n\
         WARC-Date: 2020-01-02T03:04:05Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}
