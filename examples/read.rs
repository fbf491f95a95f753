//! Reads FILE and prints the document: `cargo run --example read -- FILE [--json]`.
#![expect(clippy::print_stdout, reason = "a development tool")]

use lessons::extract;
use lessons::extract::ocr::Ocr;
use lessons::extract::tesseract::Tesseract;
use lessons::model::capture::{Candidate, Capture, LinkContext, Payload};
use lessons::model::digest::Digest;
use lessons::model::document::{BlockKind, Document};
use lessons::model::ids::PartnershipId;
use url::Url;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let json = std::env::args().any(|arg| arg == "--json");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let tesseract = Tesseract::find(folders.iter().map(|folder| folder.as_path()));
    let engine = tesseract.as_ref().map(|engine| engine as &dyn Ocr);
    for path in std::env::args().skip(1).filter(|arg| arg != "--json") {
        match extract::extract_with(&payload(std::fs::read(&path)?), engine) {
            Ok(document) if json => println!("{}", serde_json::to_string(&document)?),
            Ok(document) => print_text(&document),
            Err(error) => println!("{path}: {error}"),
        }
    }
    Ok(())
}

fn payload(bytes: Vec<u8>) -> Payload {
    let url = Url::parse("http://localhost/file").expect("a constant URL");
    let candidate = Candidate {
        partnership: PartnershipId::try_from("local".to_owned()).expect("a constant id"),
        url: url.clone(),
        context: LinkContext::default(),
        depth: 0,
    };
    let capture = Capture {
        candidate,
        final_url: url,
        status: 200,
        media_type: String::new(),
        charset: None,
        file_name: None,
        digest: Digest::of(&bytes),
        length: bytes.len() as u64,
        received_at: jiff::Timestamp::UNIX_EPOCH,
    };
    Payload { capture, bytes }
}

fn print_text(document: &Document) {
    println!("{} {:?}", document.media_type, document.declared);
    for page in &document.pages {
        println!(
            "--- page {} label {:?} {:?}",
            page.number, page.label, page.text_from
        );
        for block in &page.blocks {
            let kind = match &block.kind {
                BlockKind::Heading { level } => format!("h{level}"),
                BlockKind::Paragraph => "p".into(),
                BlockKind::ListItem { label, depth } => {
                    format!("li{depth} {}", label.as_deref().unwrap_or("*"))
                }
                BlockKind::Row {
                    table,
                    is_header,
                    cells,
                } => {
                    let shades: Vec<String> = cells
                        .iter()
                        .filter_map(|c| c.shade.map(|s| format!("{}:{s:06x}", c.column)))
                        .collect();
                    format!(
                        "row t{table}{} {}",
                        if *is_header { " HEAD" } else { "" },
                        shades.join(" ")
                    )
                }
                BlockKind::Footnote => "note".into(),
                BlockKind::Furniture => "FURN".into(),
            };
            let style = &block.style;
            let boxed = style.boxed.map(|b| format!(" box{b}")).unwrap_or_default();
            println!(
                "[{kind}] ({:.1} b{}{boxed}) {}",
                style.size, style.bold_lead, block.text
            );
        }
    }
    for warning in &document.warnings {
        println!("! {:?} {}", warning.at, warning.what);
    }
}
