//! Builders of entries and documents. All people and places are made up.

use std::num::NonZeroU32;

use jiff::Timestamp;
use lessons::model::analysis::{
    Analysis, Answer, Cited, Findings, Item, Kind, Metadata, Parts, Source, Status,
};
use lessons::model::digest::Digest;
use lessons::model::document::{
    Block, BlockKind, Declared, Document, Locator, Page, Style, TextFrom,
};
use lessons::model::entry::{Entry, EntryId, Link, Relation};
use lessons::model::ids::{PartnershipId, TermId};
use url::Url;

/// An entry in the making; nothing is required but its partnership and a name
/// from which its address and digest are made.
#[must_use]
pub(crate) struct EntryBuilder(Entry);

/// A review.
pub(crate) fn review(partnership: &str, name: &str) -> EntryBuilder {
    EntryBuilder::new(partnership, name, Kind::Review)
}

/// A response to reviews given by [`EntryBuilder::responds_to`].
pub(crate) fn response(partnership: &str, name: &str) -> EntryBuilder {
    EntryBuilder::new(partnership, name, Kind::Response)
}

/// A summary of a review.
pub(crate) fn summary(partnership: &str, name: &str) -> EntryBuilder {
    EntryBuilder::new(partnership, name, Kind::Summary)
}

impl EntryBuilder {
    fn new(partnership: &str, name: &str, kind: Kind) -> Self {
        let partnership: PartnershipId = partnership.parse().expect("a partnership id");
        let digest = Digest::of(format!("{partnership}/{name}").as_bytes());
        let url: Url = format!("http://www.{partnership}.example/{name}.pdf")
            .parse()
            .expect("a URL");
        Self(Entry {
            id: EntryId::new(partnership, &digest),
            url: url.clone(),
            final_url: url,
            also_at: Vec::new(),
            found: Vec::new(),
            media_type: "application/pdf".to_owned(),
            digest: digest.clone(),
            pages: 10,
            first_seen: time("2026-01-02T03:04:05Z"),
            last_seen: time("2026-02-03T04:05:06Z"),
            gone_since: None,
            rules: "extract-1 analyse-1".to_owned(),
            analysis: Analysis {
                digest,
                kind,
                metadata: Metadata {
                    language: Some("en".to_owned()),
                    ..Metadata::default()
                },
                findings: Findings::default(),
                warnings: Vec::new(),
                corrected: Vec::new(),
                kind_confidence: 0.9,
            },
            alone: None,
            links: Vec::new(),
        })
    }

    pub(crate) fn title(mut self, title: &str) -> Self {
        self.0.analysis.metadata.title = Some(cited(title.to_owned(), 1));
        self
    }

    pub(crate) fn subject(mut self, subject: &str) -> Self {
        let subject = cited(subject.to_owned(), 1);
        self.0.analysis.metadata.subjects.push(subject);
        self
    }

    pub(crate) fn published(mut self, date: &str) -> Self {
        let date = date.parse().expect("a date");
        self.0.analysis.metadata.published = Some(cited(date, 1));
        self
    }

    pub(crate) fn review_type(mut self, id: &str) -> Self {
        self.0.analysis.metadata.review_type = Some(cited(term(id), 1));
        self
    }

    pub(crate) fn theme(mut self, id: &str) -> Self {
        self.0.analysis.metadata.themes.push(cited(term(id), 2));
        self
    }

    pub(crate) fn age(mut self, id: &str) -> Self {
        self.0.analysis.metadata.age_bands.push(cited(term(id), 2));
        self
    }

    pub(crate) fn criterion(mut self, id: &str) -> Self {
        self.0.analysis.metadata.criteria.push(cited(term(id), 2));
        self
    }

    pub(crate) fn language(mut self, language: &str) -> Self {
        self.0.analysis.metadata.language = Some(language.to_owned());
        self
    }

    pub(crate) fn recommendation(
        mut self,
        id: &str,
        text: &str,
        page: u32,
        to: &[&str],
        themes: &[&str],
    ) -> Self {
        let item = item(id, text, page, to, themes);
        self.0.analysis.findings.recommendations.push(item);
        self
    }

    pub(crate) fn lesson(mut self, id: &str, text: &str, page: u32, themes: &[&str]) -> Self {
        let item = item(id, text, page, &[], themes);
        self.0.analysis.findings.lessons.push(item);
        self
    }

    pub(crate) fn good_practice(mut self, id: &str, text: &str, page: u32) -> Self {
        let item = item(id, text, page, &[], &[]);
        self.0.analysis.findings.good_practice.push(item);
        self
    }

    pub(crate) fn answer(
        mut self,
        recommendation: &str,
        action: &str,
        status: Status,
        page: u32,
    ) -> Self {
        self.0.analysis.findings.answers.push(Answer {
            recommendation: recommendation.to_owned(),
            at: at(page),
            parts: Parts {
                action: Some(action.to_owned()),
                status: Some(format!("{status:?}")),
                ..Parts::default()
            },
            status,
            confidence: 0.9,
        });
        self
    }

    pub(crate) fn responds_to(self, review: &Entry) -> Self {
        self.link(review, Relation::RespondsTo)
    }

    pub(crate) fn summarises(self, review: &Entry) -> Self {
        self.link(review, Relation::Summarises)
    }

    fn link(mut self, to: &Entry, relation: Relation) -> Self {
        self.0.links.push(Link {
            to: to.id.clone(),
            relation,
            because: vec!["both name the same child".to_owned()],
            confidence: 0.9,
        });
        self
    }

    #[must_use]
    pub(crate) fn build(self) -> Entry {
        self.0
    }
}

/// The document of an entry: each page is a heading and its paragraphs.
pub(crate) fn document(entry: &Entry, pages: &[(&str, &[&str])]) -> Document {
    let page = |(number, (heading, paragraphs)): (u32, &(&str, &[&str]))| {
        let heading = block(BlockKind::Heading { level: 1 }, heading);
        let paragraphs = paragraphs
            .iter()
            .map(|text| block(BlockKind::Paragraph, text));
        Page {
            number: NonZeroU32::new(number).expect("pages count from 1"),
            label: None,
            text_from: TextFrom::File,
            blocks: std::iter::once(heading).chain(paragraphs).collect(),
        }
    };
    Document {
        digest: entry.digest.clone(),
        media_type: entry.media_type.clone(),
        declared: Declared::default(),
        pages: (1..).zip(pages).map(page).collect(),
        warnings: Vec::new(),
    }
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

fn block(kind: BlockKind, text: &str) -> Block {
    Block {
        kind,
        text: text.to_owned(),
        style: Style::default(),
    }
}

fn item(id: &str, text: &str, page: u32, to: &[&str], themes: &[&str]) -> Item {
    Item {
        id: id.to_owned(),
        text: text.to_owned(),
        at: at(page),
        to: to.iter().map(|id| term(id)).collect(),
        themes: themes.iter().map(|id| term(id)).collect(),
        confidence: 0.9,
    }
}

fn cited<T>(value: T, page: u32) -> Cited<T> {
    Cited {
        value,
        source: Source::Text(at(page)),
        confidence: 0.9,
    }
}

fn at(page: u32) -> Locator {
    Locator {
        page: NonZeroU32::new(page).expect("pages count from 1"),
        block: 0,
    }
}

fn term(id: &str) -> TermId {
    id.parse().expect("a term id")
}
