//! `lessons read`: one file into pages and blocks.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use url::Url;

use super::{Ended, Globals, ground, read_worker};
use crate::analyse::{self, Found};
use crate::export::text_view;
use crate::extract::worker::Worker;
use crate::model::analysis::Analysis;
use crate::model::capture::{Candidate, Capture, LinkContext, Payload};
use crate::model::digest::Digest;
use crate::model::document::{BlockKind, Document};
use crate::model::partnership::{Partnership, PublisherKind};

/// Reads files, in a process of their own, and prints what is in them.
#[derive(Debug, Args)]
pub(super) struct Read {
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The form to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The document as the program holds it; of several, each on a line
    Json,
    /// Pages and blocks, one block on a line, each after what it is
    Text,
    /// The text as HTML, a section for each page
    Html,
    /// What the document says (kind, facts, items) as JSON, each on a line: as
    /// if an English publisher had it on a page that says nothing of it
    Analysis,
}

impl Read {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let mut worker = Worker::new(read_worker::launch()?);
        if let [only] = self.files.as_slice() {
            self.show(&read(&mut worker, only)?, globals)?;
            return Ok(Ended::Well);
        }
        let mut ended = Ended::Well;
        for file in &self.files {
            match read(&mut worker, file) {
                Ok(document) => self.show(&document, globals)?,
                Err(error) => {
                    eprintln!("failed: {error:#}");
                    ended = Ended::WithFailures;
                }
            }
        }
        Ok(ended)
    }

    fn show(&self, document: &Document, globals: &Globals) -> anyhow::Result<()> {
        match self.format {
            Format::Text if !globals.json => print!("{}", as_text(document)),
            Format::Analysis => println!("{}", serde_json::to_string(&understood(document)?)?),
            Format::Html if !globals.json => println!("{}", text_view::html(document)),
            _ if self.files.len() > 1 => println!("{}", serde_json::to_string(document)?),
            _ => println!("{}", serde_json::to_string_pretty(document)?),
        }
        Ok(())
    }
}

fn read(worker: &mut Worker, file: &Path) -> anyhow::Result<Document> {
    let cannot = || format!("cannot read `{}`", file.display());
    let bytes = fs::read(file).with_context(cannot)?;
    worker.read(&payload(bytes)?).with_context(cannot)
}

/// What a document says by itself.
fn understood(document: &Document) -> anyhow::Result<Analysis> {
    let vocabulary = ground::vocabulary()?;
    let publisher = Partnership {
        id: "file".parse()?,
        name: String::new(),
        nation: "england".parse()?,
        region: None,
        local_authorities: Vec::new(),
        kind: PublisherKind::Children,
        website: None,
        reviews_page: None,
        responses_page: None,
        evidence: None,
        cms_hint: None,
        notes: String::new(),
    };
    let found = Found {
        partnership: &publisher,
        url: &"file:///".parse()?,
        contexts: &[],
        kind: None,
    };
    Ok(analyse::analyse(document, &found, &vocabulary))
}

/// A file as if it had been fetched; what it is shows in its bytes.
fn payload(bytes: Vec<u8>) -> anyhow::Result<Payload> {
    let url: Url = "file:///".parse()?;
    let candidate = Candidate {
        partnership: "file".parse()?,
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
        received_at: Timestamp::UNIX_EPOCH,
    };
    Ok(Payload { capture, bytes })
}

fn as_text(document: &Document) -> String {
    let mut lines = Vec::new();
    for page in &document.pages {
        lines.push(format!("--- page {}", page.number));
        lines.extend(
            page.blocks
                .iter()
                .map(|block| format!("{:12} {}", name_of(&block.kind), block.text)),
        );
    }
    lines.extend(
        document
            .warnings
            .iter()
            .map(|warning| format!("warning: {}", warning.what)),
    );
    lines.join("\n") + "\n"
}

fn name_of(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Heading { level } => format!("heading {level}"),
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::ListItem {
            label: Some(label), ..
        } => format!("item {label}"),
        BlockKind::ListItem { label: None, .. } => "item".to_owned(),
        BlockKind::Row {
            table,
            is_header: true,
            ..
        } => format!("header {table}"),
        BlockKind::Row { table, .. } => format!("row {table}"),
        BlockKind::Footnote => "footnote".to_owned(),
        BlockKind::Furniture => "furniture".to_owned(),
    }
}
