//! Facts about a case, each with where it was read.

use serde::Serialize;

use crate::model::analysis::{Cited, Source};
use crate::model::entry::Entry;
use crate::model::ids::TermId;
use crate::search::request::Facet;
use crate::web::state::App;
use crate::web::views::mark::Mark;
use crate::web::views::source_url;

/// A fact with its values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct FactView {
    /// Its name in the data.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// One for most facts, several for some.
    pub values: Vec<FactValue>,
}

/// A value and where it was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::web) struct FactValue {
    /// A term's id, an ISO date, or words as printed.
    pub value: String,
    /// What people read; the same as `value` unless that is an id.
    pub label: String,
    /// `document`, `link` (the link to it or the text around that), `file` (its
    /// own properties), `site` (what the publisher's site tells about it) or
    /// `curator`.
    pub read_from: &'static str,
    /// Physical page it was read from, when in the document.
    pub page: Option<u32>,
    /// Where that page opens on the publisher's site.
    pub source_url: Option<String>,
    /// From 0 to 1.
    pub confidence: f32,
    /// `read`, `unverified` or `corrected`.
    pub mark: Mark,
}

/// Every fact that is known, in the order people read them.
pub(in crate::web) fn facts(app: &App, entry: &Entry) -> Vec<FactView> {
    let metadata = &entry.analysis.metadata;
    let facts = Facts { app, entry };
    let published = metadata.published.as_ref();
    let mut views = vec![
        facts.words("title", "Title as printed", metadata.title.as_slice()),
        facts.terms(
            "type",
            "Kind of review",
            Facet::Type,
            metadata.review_type.as_slice(),
        ),
        facts.words("subjects", "Known as", &metadata.subjects),
        facts.terms(
            "age_bands",
            "Age at the time",
            Facet::Age,
            &metadata.age_bands,
        ),
        facts.terms(
            "criteria",
            "Why it was held",
            Facet::Criterion,
            &metadata.criteria,
        ),
        facts.words("published", "Published", published.as_slice()),
        facts.words(
            "author",
            "Author or lead reviewer",
            metadata.author.as_slice(),
        ),
        facts.terms("themes", "Themes", Facet::Theme, &metadata.themes),
    ];
    views.retain(|fact| !fact.values.is_empty());
    views
}

struct Facts<'a> {
    app: &'a App,
    entry: &'a Entry,
}

impl Facts<'_> {
    fn words<T: ToString, C: std::borrow::Borrow<Cited<T>>>(
        &self,
        name: &'static str,
        label: &'static str,
        cited: &[C],
    ) -> FactView {
        let values = cited.iter().map(|cited| {
            let cited = cited.borrow();
            let words = cited.value.to_string();
            self.value(words.clone(), words, cited.source, cited.confidence)
        });
        FactView {
            name,
            label,
            values: values.collect(),
        }
    }

    fn terms(
        &self,
        name: &'static str,
        label: &'static str,
        facet: Facet,
        cited: &[Cited<TermId>],
    ) -> FactView {
        let values = cited.iter().map(|cited| {
            let id = cited.value.to_string();
            let label = self.app.names().label(facet, &id).to_owned();
            self.value(id, label, cited.source, cited.confidence)
        });
        FactView {
            name,
            label,
            values: values.collect(),
        }
    }

    fn value(&self, value: String, label: String, source: Source, confidence: f32) -> FactValue {
        let (read_from, page) = match source {
            Source::Text(at) => ("document", Some(at.page.get())),
            Source::Link => ("link", None),
            Source::File => ("file", None),
            Source::Site => ("site", None),
            Source::Curator => ("curator", None),
        };
        let source_url = page.map(|page| source_url(self.entry, Some(page)));
        FactValue {
            value,
            label,
            read_from,
            page,
            source_url,
            confidence,
            mark: Mark::of_fact(confidence, source),
        }
    }
}
