//! When a document was published.
//!
//! In: a [`Reading`]. Out: the date as precise as its source. A date of
//! publication in the document comes first, then a bare date on its front,
//! then what the link and the text around it say, and last the dates of
//! adoption or completion. The month of an upload folder is no date of
//! publication, and URLs are not looked at.

mod caption;

use std::sync::LazyLock;

use regex::Regex;

use self::caption::{Captioned, Said};
use crate::analyse::reading::{Reading, Role};
use crate::analyse::text;
use crate::model::analysis::{Cited, Source};
use crate::model::capture::LinkContext;
use crate::model::date::PartialDate;
use crate::model::document::BlockKind;

/// What a date is taken for, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    /// Said in the document to be of publication.
    Published,
    /// Bare on the front, or of the post that the document is.
    Front,
    /// In the link, its heading, or said beside it to be of publication.
    Listed,
    /// Of the upload.
    Uploaded,
    /// At the start of one of the first paragraphs, or in the imprint.
    Opening,
    /// Beside the link, perhaps of the link next to it; or of the last change.
    Beside,
    /// Adoption: agreed, presented, accepted; or the position a plan gives.
    Adopted,
    /// A year that heads a list.
    Year,
    /// The writing was finished, often long before publication.
    Completed,
}

impl Meaning {
    /// How often a date taken for this is the date of publication.
    fn confidence(self) -> f32 {
        match self {
            Self::Published => 0.97,
            Self::Front | Self::Listed => 0.9,
            Self::Uploaded => 0.85,
            Self::Opening | Self::Beside => 0.7,
            Self::Adopted => 0.6,
            Self::Year => 0.5,
            Self::Completed => 0.4,
        }
    }
}

/// A date and why it may be the one.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    date: PartialDate,
    meaning: Meaning,
    source: Source,
}

/// Reads the date of publication.
pub(super) fn read(reading: &Reading<'_>) -> Option<Cited<PartialDate>> {
    let mut candidates = in_front(reading);
    candidates.extend(in_head(reading));
    candidates.extend(in_imprint(reading));
    candidates.extend(reading.found.contexts.iter().flat_map(in_context));
    let best = candidates.iter().min_by_key(|found| found.meaning)?;
    // Another source of the same date may be finer.
    let finer = candidates
        .iter()
        .filter(|other| other.meaning <= Meaning::Uploaded && other.meaning != Meaning::Front)
        .filter(|other| other.date.agrees_with(best.date))
        .filter(|other| other.date.precision() > best.date.precision())
        .min_by_key(|other| other.meaning)
        .unwrap_or(best);
    Some(Cited {
        value: finer.date,
        source: finer.source,
        confidence: best.meaning.confidence(),
    })
}

/// Dates on the front. A caption may stand in a line or cell of its own.
fn in_front(reading: &Reading<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut above = "";
    for line in &reading.front.lines {
        let source = Source::Text(line.at);
        for date in caption::find_after(above, line.text) {
            let meaning = match date.said {
                Said::Published => Meaning::Published,
                Said::Posted | Said::Issued => Meaning::Front,
                Said::Updated => Meaning::Beside,
                Said::Adopted | Said::Position => Meaning::Adopted,
                Said::Completed => Meaning::Completed,
                // A date in a title is what the document is about.
                Said::Nothing if line.role == Role::Title => Meaning::Adopted,
                Said::Nothing => Meaning::Front,
            };
            found.push(Candidate {
                date: date.date,
                meaning,
                source,
            });
        }
        found.extend(bare_year(&line.folded).map(|date| Candidate {
            date,
            meaning: Meaning::Front,
            source,
        }));
        above = line.text;
    }
    found
}

/// Dates near the beginning, off the front: at the start of a paragraph, or in
/// a short one that says what they are.
fn in_head(reading: &Reading<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for placed in reading.head(400) {
        let is_prose = !matches!(
            placed.block.kind,
            BlockKind::Row { .. } | BlockKind::ListItem { .. }
        );
        let is_short = text::word_count(&placed.block.text) <= 60;
        for date in caption::find(&placed.block.text) {
            let meaning = match date.said {
                // What "a review was published" says is said of another document.
                _ if OF_ANOTHER.is_match(&date.caption) => continue,
                Said::Published if is_short => Meaning::Published,
                Said::Posted if is_short => Meaning::Front,
                Said::Issued if is_short => Meaning::Front,
                Said::Updated if is_short => Meaning::Beside,
                Said::Nothing if is_prose && date.range.start == 0 && found.is_empty() => {
                    Meaning::Opening
                }
                _ => continue,
            };
            found.push(Candidate {
                date: date.date,
                meaning,
                source: Source::Text(placed.at),
            });
        }
    }
    found
}

static OF_ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:reviews?|report|we|board|partnership)\b.*\bpublish")
        .expect("the pattern of publishing something else compiles")
});

/// A date that is a sentence of its own in the last lines.
fn in_imprint(reading: &Reading<'_>) -> Option<Candidate> {
    reading
        .outline
        .blocks
        .iter()
        .rev()
        .take(3)
        .find_map(|placed| {
            let mut sentences = text::sentences(&placed.block.text).into_iter();
            let date = sentences.find_map(|sentence| {
                let date = caption::find(sentence).pop()?;
                let words = text::word_count(&sentence[date.range]);
                (words == text::word_count(sentence)).then_some(date.date)
            })?;
            Some(Candidate {
                date,
                meaning: Meaning::Opening,
                source: Source::Text(placed.at),
            })
        })
}

/// Dates in and around a link, and in the headings above it.
fn in_context(context: &LinkContext) -> Vec<Candidate> {
    let own = context
        .link_text
        .iter()
        .flat_map(|text| caption::find(text));
    let own = own.map(|date| (date.date, meaning_in_link(date.said)));
    let nearby = context.nearby.as_deref().unwrap_or_default();
    let link = context
        .link_text
        .as_deref()
        .and_then(|text| nearby.find(text));
    let near = caption::find(nearby)
        .into_iter()
        .filter_map(|date| Some((date.date, meaning_beside(&date, link)?)));
    let above = context.headings.iter().flat_map(|heading| {
        let dates = caption::find(heading).into_iter();
        let dates = dates.map(|date| (date.date, Meaning::Listed));
        let year = bare_year(&text::fold(heading)).map(|year| (year, Meaning::Year));
        dates.chain(year)
    });
    own.chain(near)
        .chain(above)
        .map(|(date, meaning)| Candidate {
            date,
            meaning,
            source: Source::Link,
        })
        .collect()
}

fn meaning_in_link(said: Said) -> Meaning {
    match said {
        Said::Published | Said::Nothing => Meaning::Listed,
        Said::Posted => Meaning::Uploaded,
        Said::Updated | Said::Issued => Meaning::Beside,
        Said::Adopted | Said::Position => Meaning::Adopted,
        Said::Completed => Meaning::Completed,
    }
}

/// Farther from the link, in bytes, a date belongs to another.
const NEAR_LINK: usize = 60;

/// What a date beside a link, which begins at `link`, is taken for.
fn meaning_beside(date: &Captioned, link: Option<usize>) -> Option<Meaning> {
    let is_near = link.is_some_and(|link| {
        let gap = if date.range.end <= link {
            link - date.range.end
        } else {
            date.range.start - link
        };
        gap <= NEAR_LINK
    });
    match date.said {
        Said::Published if is_near || link.is_none() => Some(Meaning::Listed),
        Said::Posted => Some(Meaning::Uploaded),
        Said::Published => Some(Meaning::Beside),
        // The page that lists it was changed, or moved with its site.
        Said::Updated | Said::Issued => None,
        Said::Nothing => is_label(&date.caption).then_some(Meaning::Beside),
        other => Some(meaning_in_link(other)),
    }
}

/// Whether the words before a date in a list are a name or a label rather than
/// a story: few, or the opening of a bracket.
fn is_label(caption: &str) -> bool {
    caption.ends_with('(') || text::word_count(caption) <= 6
}

fn bare_year(folded: &str) -> Option<PartialDate> {
    let is_year = folded.len() == 4 && folded.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| folded.parse().ok())?
}
