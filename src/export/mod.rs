//! Our entries as other people's data.
//!
//! In: the entries of a catalogue. Out: JSON lines in the public format
//! (PRODUCT.md, section 5): one record a document, every key always present,
//! null or `[]` where nothing is known. Which entries, and where to, is for
//! `cli` and `web`.

pub mod text_view;

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;
use url::Url;

use crate::model::analysis::{Analysis, Answer, Cited, Corrected, Item, Parts, Status};
use crate::model::entry::{Entry, EntryId};
use crate::model::ids::TermId;

/// One document in the public format. Its keys and their order are a promise
/// to everyone who reads the bulk download.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    id: &'a EntryId,
    url: &'a Url,
    final_url: &'a Url,
    partnership: &'a str,
    kind: &'static str,
    review_type: Option<&'a TermId>,
    title: Option<&'a str>,
    subjects: Vec<&'a str>,
    published: Option<String>,
    author: Option<&'a str>,
    criteria: Vec<&'a TermId>,
    age_bands: Vec<&'a TermId>,
    themes: Vec<&'a TermId>,
    responds_to: Option<&'a Url>,
    language: Option<&'a str>,
    pages: u32,
    media_type: &'a str,
    sha256: &'a str,
    first_seen: String,
    last_seen: String,
    gone_since: Option<String>,
    rules: &'a str,
    recommendations: Vec<RecommendationRecord<'a>>,
    lessons: Vec<PassageRecord<'a>>,
    good_practice: Vec<PassageRecord<'a>>,
    responses: Vec<AnswerRecord<'a>>,
    confidence: Confidences,
    corrected: &'a [Corrected],
}

/// How sure the facts are, from 0 to 1: `null` for what is blank, one for each
/// value of a list, in its order.
#[derive(Debug, Serialize)]
struct Confidences {
    kind: f32,
    review_type: Option<f32>,
    title: Option<f32>,
    subjects: Vec<f32>,
    published: Option<f32>,
    author: Option<f32>,
    criteria: Vec<f32>,
    age_bands: Vec<f32>,
    themes: Vec<f32>,
}

#[derive(Debug, Serialize)]
struct RecommendationRecord<'a> {
    id: &'a str,
    text: &'a str,
    page: u32,
    to: &'a [TermId],
    themes: &'a [TermId],
    confidence: f32,
}

#[derive(Debug, Serialize)]
struct PassageRecord<'a> {
    id: &'a str,
    text: &'a str,
    page: u32,
    themes: &'a [TermId],
    confidence: f32,
}

#[derive(Debug, Serialize)]
struct AnswerRecord<'a> {
    recommendation: &'a str,
    page: u32,
    parts: PartsRecord<'a>,
    status: &'static str,
    confidence: f32,
}

#[derive(Debug, Serialize)]
struct PartsRecord<'a> {
    recommendation: Option<&'a str>,
    action: Option<&'a str>,
    impact: Option<&'a str>,
    next: Option<&'a str>,
    owner: Option<&'a str>,
    due: Option<&'a str>,
    status: Option<&'a str>,
    evidence: Option<&'a str>,
}

/// The records of these entries, in their order. A link to an entry that is
/// not among them gives no `responds_to`.
pub fn records(entries: &[Entry]) -> impl Iterator<Item = Record<'_>> {
    let addresses: HashMap<&EntryId, &Url> = entries
        .iter()
        .map(|entry| (&entry.id, &entry.final_url))
        .collect();
    entries
        .iter()
        .map(move |entry| Record::new(entry, &addresses))
}

/// Writes one record a line, UTF-8, each line ended by `\n`.
///
/// # Errors
///
/// Only those of `out`.
pub fn write_jsonl(entries: &[Entry], out: &mut impl Write) -> io::Result<()> {
    for record in records(entries) {
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

impl<'a> Record<'a> {
    fn new(entry: &'a Entry, addresses: &HashMap<&'a EntryId, &'a Url>) -> Self {
        let analysis = &entry.analysis;
        let (facts, findings) = (&analysis.metadata, &analysis.findings);
        Self {
            id: &entry.id,
            url: &entry.url,
            final_url: &entry.final_url,
            partnership: entry.id.partnership().as_str(),
            kind: analysis.kind.id(),
            review_type: facts.review_type.as_ref().map(|cited| &cited.value),
            title: text(facts.title.as_ref()),
            subjects: facts
                .subjects
                .iter()
                .map(|cited| cited.value.as_str())
                .collect(),
            published: facts
                .published
                .as_ref()
                .map(|cited| cited.value.to_string()),
            author: text(facts.author.as_ref()),
            criteria: values(&facts.criteria),
            age_bands: values(&facts.age_bands),
            themes: values(&facts.themes),
            responds_to: review_of(entry).and_then(|review| addresses.get(review).copied()),
            language: facts.language.as_deref(),
            pages: entry.pages,
            media_type: &entry.media_type,
            sha256: entry.digest.as_str(),
            first_seen: entry.first_seen.to_string(),
            last_seen: entry.last_seen.to_string(),
            gone_since: entry.gone_since.map(|time| time.to_string()),
            rules: &entry.rules,
            recommendations: findings.recommendations.iter().map(Into::into).collect(),
            lessons: findings.lessons.iter().map(Into::into).collect(),
            good_practice: findings.good_practice.iter().map(Into::into).collect(),
            responses: findings.answers.iter().map(Into::into).collect(),
            confidence: analysis.into(),
            corrected: &analysis.corrected,
        }
    }
}

/// The review that a response or summary belongs to: of several the likeliest,
/// of equals the first.
fn review_of(entry: &Entry) -> Option<&EntryId> {
    let links = entry
        .links
        .iter()
        .filter(|link| link.relation.is_belonging());
    let best = links.reduce(|best, link| {
        if link.confidence > best.confidence {
            link
        } else {
            best
        }
    });
    best.map(|link| &link.to)
}

impl From<&Analysis> for Confidences {
    fn from(analysis: &Analysis) -> Self {
        let facts = &analysis.metadata;
        Self {
            kind: rounded(analysis.kind_confidence),
            review_type: one(facts.review_type.as_ref()),
            title: one(facts.title.as_ref()),
            subjects: each(&facts.subjects),
            published: one(facts.published.as_ref()),
            author: one(facts.author.as_ref()),
            criteria: each(&facts.criteria),
            age_bands: each(&facts.age_bands),
            themes: each(&facts.themes),
        }
    }
}

fn one<T>(cited: Option<&Cited<T>>) -> Option<f32> {
    cited.map(|cited| rounded(cited.confidence))
}

fn each<T>(cited: &[Cited<T>]) -> Vec<f32> {
    cited
        .iter()
        .map(|cited| rounded(cited.confidence))
        .collect()
}

/// To two places: no confidence is known better.
fn rounded(confidence: f32) -> f32 {
    (confidence * 100.0).round() / 100.0
}

fn text(cited: Option<&Cited<String>>) -> Option<&str> {
    cited.map(|cited| cited.value.as_str())
}

fn values(cited: &[Cited<TermId>]) -> Vec<&TermId> {
    cited.iter().map(|cited| &cited.value).collect()
}

impl<'a> From<&'a Item> for RecommendationRecord<'a> {
    fn from(item: &'a Item) -> Self {
        Self {
            id: &item.id,
            text: &item.text,
            page: item.at.page.get(),
            to: &item.to,
            themes: &item.themes,
            confidence: rounded(item.confidence),
        }
    }
}

impl<'a> From<&'a Item> for PassageRecord<'a> {
    fn from(item: &'a Item) -> Self {
        Self {
            id: &item.id,
            text: &item.text,
            page: item.at.page.get(),
            themes: &item.themes,
            confidence: rounded(item.confidence),
        }
    }
}

impl<'a> From<&'a Answer> for AnswerRecord<'a> {
    fn from(answer: &'a Answer) -> Self {
        Self {
            recommendation: &answer.recommendation,
            page: answer.at.page.get(),
            parts: (&answer.parts).into(),
            status: Status::id(answer.status),
            confidence: rounded(answer.confidence),
        }
    }
}

impl<'a> From<&'a Parts> for PartsRecord<'a> {
    fn from(parts: &'a Parts) -> Self {
        Self {
            recommendation: parts.recommendation.as_deref(),
            action: parts.action.as_deref(),
            impact: parts.impact.as_deref(),
            next: parts.next.as_deref(),
            owner: parts.owner.as_deref(),
            due: parts.due.as_deref(),
            status: parts.status.as_deref(),
            evidence: parts.evidence.as_deref(),
        }
    }
}
