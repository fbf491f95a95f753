//! No word of a query is left anywhere: not in logs at their most talkative,
//! not in counts, not in addresses that browsers pass on, not on disk.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use lessons::pipeline::Stores;

use crate::api::entries;
use crate::support::index::fill;
use crate::support::program::Program;

/// A word that nobody else uses.
const MARKER: &str = "zylophrenish";

/// What strangers ask for, well and badly.
const ASKED: [&str; 20] = [
    "/reviews?q=MARK",
    "/cy/recommendations?q=MARK+neglect",
    "/lessons?q=%22MARK",
    "/answers?q=MARK&page=99",
    "/reviews?theme=MARK",
    "/reviews?from=MARK",
    "/MARK",
    "/reviews/MARK/MARK",
    "/documents/MARK/00000000?q=MARK",
    "/themes/MARK",
    "/trends?q=MARK",
    "/benchmark?partnership=MARK",
    "/api/v1/reviews?q=MARK",
    "/api/v1/reviews?q=MARK:x&strict=yes",
    "/api/v1/answers?sort=MARK",
    "/api/v1/export?q=MARK&format=csv",
    "/api/v1/feed.atom?q=MARK",
    "/api/v1/trends?q=MARK",
    "/api/v1/MARK",
    "/api/v1/reviews/MARK/00000000",
];

#[test]
fn nothing_of_what_is_asked_is_written_anywhere() {
    let program = Program::on_bundled_sites(([127, 0, 0, 1], 9).into())
        .with("LESSONS_LOG_FILTER", "trace")
        .with("LESSONS_SERVE_LISTEN", "127.0.0.1:0");
    fill(&Stores::in_folder(&program.path("data")), &entries());
    let (running, line) = program.start_logged("http://", &["serve"], "stderr.log");
    let address = line.rsplit("http://").next().unwrap().trim().to_owned();

    for path in ASKED {
        let path = path.replace("MARK", MARKER);
        let answer = ask(&address, &format!("GET {path} HTTP/1.1"), "");
        assert!(answer.starts_with("HTTP/1.1 "), "{path}");
        let (head, _) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("referrer-policy: no-referrer"), "{head}");
        let title = answer
            .split("<title>")
            .nth(1)
            .and_then(|rest| rest.split("</title>").next());
        assert!(
            !title.is_some_and(|title| title.contains(MARKER)),
            "{title:?}"
        );
    }
    let json = format!("{{\"text\": \"{MARKER} was not seen by a doctor\"}}");
    let similar = ask(&address, "POST /api/v1/similar HTTP/1.1", &json);
    assert!(similar.starts_with("HTTP/1.1 200"), "{similar}");
    let broken = format!("{{\"text\": {MARKER}");
    ask(&address, "POST /api/v1/similar HTTP/1.1", &broken);
    ask(
        &address,
        "POST /similar HTTP/1.1",
        &format!("text={MARKER}+unseen"),
    );
    ask(&address, &format!("{MARKER} /reviews HTTP/1.1"), "");
    ask(&address, &format!("GET /reviews?q={MARKER} {MARKER}"), "");
    let metrics = ask(&address, "GET /api/v1/metrics HTTP/1.1", "");
    assert!(metrics.contains("lessons_http_answers_total"), "{metrics}");
    assert!(!metrics.contains(MARKER), "{metrics}");
    drop(running);

    let log = fs::read_to_string(program.path("stderr.log")).unwrap();
    assert!(!log.is_empty(), "the log was to be talkative");
    let held = files_with(&program.path("."), MARKER);
    assert!(held.is_empty(), "{held:?}");
}

fn ask(address: &str, line: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let request = format!(
        "{line}\r\nHost: n\r\nConnection: close\r\nReferer: http://n/?q={MARKER}\r\n\
         User-Agent: {MARKER}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A request that is none may be cut off before all of it was read.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn files_with(folder: &Path, word: &str) -> Vec<String> {
    let mut held = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            held.extend(files_with(&path, word));
        } else if String::from_utf8_lossy(&fs::read(&path).unwrap()).contains(word) {
            held.push(path.display().to_string());
        }
    }
    held
}
