//! What only other entries tell about an entry.
//!
//! In: the entries of all partnerships and the links between them. Out: the
//! metadata of those entries that gain something: the type of review, the
//! subjects, criteria and age bands of a response or summary that does not
//! print them, from its review; a date of publication that only a dated post of the site gives.

use std::collections::BTreeMap;

use crate::analyse::link::case::address;
use crate::analyse::text;
use crate::model::analysis::{Cited, Kind, Metadata, Source};
use crate::model::date::PartialDate;
use crate::model::entry::{Entry, EntryId, Link};
use crate::model::ids::TermId;

/// A date surer than this needs no help.
const SURE: f32 = 0.8;
/// A date less sure than this is no date of publication.
const DOUBTFUL: f32 = 0.65;
/// Reports wait for trials and inquests, but not for ever.
const LONGEST_WAIT: i16 = 3;
/// A date read from a post.
const FROM_POST: f32 = 0.8;
/// A fact of the review that a response or summary belongs to.
const FROM_REVIEW: f32 = 0.85;

/// Completes metadata from other entries; entries that gain nothing are left
/// out.
#[must_use]
pub(in crate::analyse) fn complete(
    entries: &[Entry],
    links: &[(EntryId, Link)],
) -> Vec<(EntryId, Metadata)> {
    let by_id: BTreeMap<&EntryId, &Entry> =
        entries.iter().map(|entry| (&entry.id, entry)).collect();
    let posts = Posts::of(entries);
    let mut completed: Vec<(EntryId, Metadata)> = entries
        .iter()
        .filter(|entry| entry.analysis.kind != Kind::Other)
        .filter_map(|entry| {
            let mut metadata = entry.analysis.metadata.clone();
            let review = links
                .iter()
                .find(|(from, link)| *from == entry.id && link.relation.is_belonging())
                .and_then(|(_, link)| by_id.get(&link.to));
            if let Some(review) = review {
                inherit(&mut metadata, &review.analysis.metadata);
            }
            date_by_posts(&mut metadata, entry, &posts);
            (metadata != entry.analysis.metadata).then(|| (entry.id.clone(), metadata))
        })
        .collect();
    completed.sort_by(|a, b| a.0.cmp(&b.0));
    completed
}

/// Takes over what the review says and the document does not.
fn inherit(metadata: &mut Metadata, review: &Metadata) {
    let from_review = |confidence: f32| confidence * FROM_REVIEW;
    if metadata
        .review_type
        .as_ref()
        .is_none_or(|own| own.confidence < SURE)
    {
        metadata.review_type = review
            .review_type
            .clone()
            .map(|cited| site(cited.value, from_review(cited.confidence)))
            .or(metadata.review_type.take());
    }
    if metadata.criteria.is_empty() {
        metadata.criteria = taken(&review.criteria);
    }
    if metadata.age_bands.is_empty() {
        metadata.age_bands = taken(&review.age_bands);
    }
    // A response about a family is about its children.
    let names_family = metadata.subjects.iter().all(|own| {
        review
            .subjects
            .iter()
            .any(|theirs| theirs.value == own.value)
    });
    if names_family {
        for subject in &review.subjects {
            if !metadata
                .subjects
                .iter()
                .any(|own| own.value == subject.value)
            {
                let value = subject.value.clone();
                metadata
                    .subjects
                    .push(site(value, from_review(subject.confidence)));
            }
        }
    }
}

/// What a review says, less surely.
fn taken(terms: &[Cited<TermId>]) -> Vec<Cited<TermId>> {
    let terms = terms.iter();
    terms
        .map(|term| site(term.value.clone(), term.confidence * FROM_REVIEW))
        .collect()
}

fn site<T>(value: T, confidence: f32) -> Cited<T> {
    Cited {
        value,
        source: Source::Site,
        confidence,
    }
}

/// Dated pages of the sites, by address.
struct Posts<'a> {
    dated: BTreeMap<String, PartialDate>,
    pages: BTreeMap<String, &'a Entry>,
}

impl<'a> Posts<'a> {
    fn of(entries: &'a [Entry]) -> Self {
        let mut posts = Self {
            dated: BTreeMap::new(),
            pages: BTreeMap::new(),
        };
        for entry in entries
            .iter()
            .filter(|entry| entry.media_type.contains("html"))
        {
            let urls = [&entry.url, &entry.final_url]
                .into_iter()
                .chain(&entry.also_at);
            for url in urls {
                posts.pages.insert(address(url), entry);
                let published = entry.analysis.metadata.published.as_ref();
                let date = published.filter(|date| {
                    date.confidence >= SURE
                        && date.value.precision() == 3
                        && matches!(date.source, Source::Text(_))
                });
                if let Some(date) = date {
                    posts.dated.insert(address(url), date.value);
                }
            }
        }
        posts
    }

    /// Dates of the posts that link to an entry, or to a page about its case
    /// that does.
    fn announcing(&self, entry: &Entry) -> Vec<PartialDate> {
        let mut dates = Vec::new();
        for page in pages_of(entry) {
            if let Some(date) = self.dated.get(&page) {
                dates.push(*date);
            } else if let Some(between) = self.pages.get(&page)
                && names_subject(between, entry)
            {
                let posts = between.found.iter().filter(|context| {
                    let near = [&context.link_text, &context.nearby, &context.page_title];
                    let mut near = near.into_iter().flatten();
                    near.any(|words| says_subject(words, entry) || says_report(words))
                });
                let posts = posts.filter_map(|context| context.page.as_ref());
                dates.extend(posts.filter_map(|page| self.dated.get(&address(page))));
            }
        }
        dates.sort();
        dates
    }
}

fn pages_of(entry: &Entry) -> impl Iterator<Item = String> {
    let pages = entry
        .found
        .iter()
        .filter_map(|context| context.page.as_ref());
    pages.map(address)
}

/// Whether a page's title names a subject of the entry: a page for one case,
/// not a list of all.
fn names_subject(page: &Entry, entry: &Entry) -> bool {
    let title = page.analysis.metadata.title.as_ref();
    title.is_some_and(|title| says_subject(&title.value, entry))
}

/// Whether a link offers a report or review.
fn says_report(words: &str) -> bool {
    let folded = text::fold(words);
    ["report", "review", "adroddiad", "adolygiad"]
        .iter()
        .any(|word| folded.contains(word))
}

fn says_subject(words: &str, entry: &Entry) -> bool {
    let subjects = entry.analysis.metadata.subjects.iter();
    let mut subjects = subjects.map(|subject| subject.value.as_str());
    subjects.any(|subject| words.contains(subject))
}

/// Dates an entry by the first post that announced it, when its own date is
/// doubtful or coarser.
fn date_by_posts(metadata: &mut Metadata, entry: &Entry, posts: &Posts<'_>) {
    let own = metadata.published.as_ref();
    let fits = |date: &PartialDate| match own {
        None => true,
        Some(own) if own.confidence < DOUBTFUL => {
            *date >= own.value && date.year() - own.value.year() <= LONGEST_WAIT
        }
        // A date of publication is only made finer, by a post that agrees.
        Some(own) => own.value.precision() < 3 && date.agrees_with(own.value),
    };
    let first = posts.announcing(entry).into_iter().find(fits);
    if let Some(value) = first {
        metadata.published = Some(Cited {
            value,
            source: Source::Link,
            confidence: FROM_POST,
        });
    }
}
