//! Documents written in a few lines, for tests.
//!
//! In: text in which `# ` and `## ` open headings, `- ` list items, `| ` table
//! rows, `@24 ` a paragraph in that many points, `---` a new page, and any
//! other line is a paragraph. Out: a
//! [`Document`], and a [`Reading`] of it for a rule to be tried on.

use std::num::NonZeroU32;

use crate::analyse::outline::Outline;
use crate::analyse::reading::Reading;
use crate::analyse::{Found, analyse, items};
use crate::model::analysis::Analysis;
use crate::model::capture::LinkContext;
use crate::model::digest::Digest;
use crate::model::document::{Block, BlockKind, Cell, Declared, Document, Page, Style, TextFrom};
use crate::model::partnership::{Partnership, PublisherKind};
use crate::vocabulary::Vocabulary;

/// A document and how it was found.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    document: Document,
    partnership: Partnership,
    contexts: Vec<LinkContext>,
}

/// A file of an English partnership, found by a link that says nothing.
pub(super) fn file(text: &str) -> Sample {
    let pages = text.split("\n---\n").zip(1..).map(|(page, number)| Page {
        number: NonZeroU32::new(number).expect("counted from 1"),
        label: None,
        text_from: TextFrom::File,
        blocks: page.lines().filter_map(block).collect(),
    });
    Sample {
        document: Document {
            digest: Digest::of(text.as_bytes()),
            media_type: "application/pdf".to_owned(),
            declared: Declared::default(),
            pages: pages.collect(),
            warnings: Vec::new(),
        },
        partnership: partnership("england"),
        contexts: Vec::new(),
    }
}

impl Sample {
    /// The same as a page of a site.
    pub(super) fn on_site(mut self) -> Self {
        self.document.media_type = "text/html".to_owned();
        self
    }

    /// The same from another nation.
    pub(super) fn of(mut self, nation: &str) -> Self {
        self.partnership = partnership(nation);
        self
    }

    /// Also found by a link with this text, under these headings, beside this.
    pub(super) fn linked(mut self, link_text: &str, headings: &[&str], nearby: &str) -> Self {
        self.contexts.push(LinkContext {
            page: "http://north.example/reviews".parse().ok(),
            link_text: Some(link_text.to_owned()),
            headings: headings
                .iter()
                .map(|heading| (*heading).to_owned())
                .collect(),
            nearby: Some(nearby.to_owned()),
            ..LinkContext::default()
        });
        self
    }

    /// What all rules make of it.
    pub(super) fn analyse(&self, vocabulary: &Vocabulary) -> Analysis {
        let url = "http://north.example/file".parse().expect("a URL");
        let found = Found {
            partnership: &self.partnership,
            url: &url,
            contexts: &self.contexts,
            kind: None,
        };
        analyse(&self.document, &found, vocabulary)
    }

    /// What a rule makes of it.
    pub(super) fn read<T>(&self, rule: impl FnOnce(&Reading<'_>) -> T) -> T {
        let url = "http://north.example/file".parse().expect("a URL");
        let found = Found {
            partnership: &self.partnership,
            url: &url,
            contexts: &self.contexts,
            kind: None,
        };
        let outline = Outline::of(&self.document, items::announces);
        rule(&Reading::of(&self.document, &outline, &found))
    }
}

fn block(line: &str) -> Option<Block> {
    let line = line.trim();
    let (size, line) = line
        .strip_prefix('@')
        .and_then(|line| line.split_once(' '))
        .and_then(|(size, line)| Some((size.parse().ok()?, line)))
        .unwrap_or((0.0, line));
    let cells = |row: &str| -> Vec<Cell> {
        row.split('|')
            .zip(0..)
            .map(|(text, column)| Cell {
                text: text.trim().to_owned(),
                column,
                span: 1,
                ..Cell::default()
            })
            .collect()
    };
    let (kind, text) = if let Some(text) = line.strip_prefix("## ") {
        (BlockKind::Heading { level: 2 }, text)
    } else if let Some(text) = line.strip_prefix("# ") {
        (BlockKind::Heading { level: 1 }, text)
    } else if let Some(text) = line.strip_prefix("- ") {
        (
            BlockKind::ListItem {
                label: None,
                depth: 0,
            },
            text,
        )
    } else if let Some(text) = line.strip_prefix("| ") {
        let kind = BlockKind::Row {
            table: 1,
            is_header: false,
            cells: cells(text),
        };
        (kind, text)
    } else {
        (BlockKind::Paragraph, line)
    };
    (!text.is_empty()).then(|| Block {
        kind,
        text: text.to_owned(),
        style: Style {
            size,
            ..Style::default()
        },
    })
}

fn partnership(nation: &str) -> Partnership {
    Partnership {
        id: "north".parse().expect("an id"),
        name: "Northshire Safeguarding Children Partnership".to_owned(),
        nation: nation.parse().expect("an id"),
        region: None,
        local_authorities: Vec::new(),
        kind: PublisherKind::Children,
        website: None,
        reviews_page: None,
        responses_page: None,
        evidence: None,
        cms_hint: None,
        notes: String::new(),
    }
}
