//! Finds cases like a case, and says why each is like it.
//!
//! In: a [`SimilarRequest`]: a description in one's own words, or a case of the
//! index. Out: [`SimilarCases`], most alike first. Three kinds of evidence are
//! weighed together: words that both use, texts that mean nearly the same, and
//! themes and circumstances that both have. A description is used to answer and
//! then forgotten: it is never stored, logged or put into an error.
//!
//! `told` works out what a description tells; `alike` gathers the evidence;
//! here it is weighed.

mod alike;
mod shared;
mod told;

use std::cmp::Reverse;
use std::num::NonZeroU32;

use tantivy::collector::DocSetCollector;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use crate::meaning::Table;
use crate::model::entry::EntryId;
use crate::search::IndexError;
use crate::search::query::marks::Marks;
use crate::search::request::{Facet, Filters};
use crate::search::results::Snippet;
use crate::search::session::Session;
use crate::search::snippet::snippet;
use crate::search::unit::{Card, Part};
use crate::search::writer::key;
use crate::vocabulary::lexicon::Lexicon;

use alike::{Alike, By, Evidence};
use shared::SharedValues;

pub(super) use told::{Circumstances, Told};

/// Most characters of a description; what comes after is not read.
pub const LONGEST: usize = 20_000;

/// What using the same words counts.
const WORDS: f32 = 0.35;
/// What meaning nearly the same counts.
const MEANING: f32 = 0.4;
/// What having the same themes and circumstances counts.
const FACTS: f32 = 0.25;
/// Units that are shown of each case as evidence.
const SHOWN: usize = 2;

/// What cases are to be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A description in one's own words.
    Text(&'a str),
    /// A case of the index; it is not found itself.
    Case(&'a EntryId),
}

/// One question for similar cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarRequest<'a> {
    /// What they are to be like.
    pub subject: Subject<'a>,
    /// What they must be.
    pub filters: Filters,
    /// Most cases to give.
    pub size: NonZeroU32,
}

/// Cases like a case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SimilarCases {
    /// Most alike first.
    pub cases: Vec<SimilarCase>,
    /// What the subject was understood to be about: ids of themes.
    pub themes: Vec<String>,
    /// The ages that were understood: ids of age bands.
    pub ages: Vec<String>,
    /// Whether texts that mean the same in other words were looked for. They
    /// are not where the program was built without its table of meanings.
    pub is_by_meaning: bool,
}

/// One case, and why it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarCase {
    /// What it is.
    pub card: Card,
    /// How alike, from 0 to 1, against the others of this answer.
    pub score: f32,
    /// Why.
    pub why: Why,
}

/// Why a case is like another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Why {
    /// Ids of themes that both have.
    pub themes: Vec<String>,
    /// Ids of age bands that both have.
    pub ages: Vec<String>,
    /// What in the case is most like the subject, best first.
    pub passages: Vec<SimilarPassage>,
}

/// A passage, recommendation or lesson of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarPassage {
    /// Where it stands.
    pub card: Card,
    /// What it says, with the words that both use.
    pub snippet: Option<Snippet>,
    /// Whether it uses the same words.
    pub by_words: bool,
    /// Whether it means nearly the same.
    pub by_meaning: bool,
}

impl Session<'_> {
    /// What a case of the index tells: what is learnt and asked for there, and
    /// its own themes and ages. `None` when there is no such case.
    pub(super) fn told_by(
        &self,
        case: &EntryId,
        lexicon: &Lexicon<String>,
        table: Option<&Table>,
    ) -> Result<Option<Told>, IndexError> {
        let Some(&address) = self.units_of(case, &[Part::Review])?.first() else {
            return Ok(None);
        };
        let mut text = self.card(address)?.title;
        for parts in [&[Part::Lesson, Part::Recommendation][..], &[Part::Passage]] {
            for unit in self.units_of(case, parts)? {
                if text.len() < LONGEST {
                    text.push('\n');
                    text.push_str(&self.card(unit)?.text);
                }
            }
        }
        let mut themes = self.values(Facet::Theme, address)?;
        themes.retain(|id| !self.names.is_family(id));
        let facts = Circumstances {
            themes,
            ages: self.values(Facet::Age, address)?,
        };
        Ok(Some(Told {
            facts,
            except: Some(key(case)),
            ..Told::of(&text, lexicon, table)
        }))
    }

    /// Where the units of a case of these kinds are stored, in the order
    /// printed.
    fn units_of(&self, case: &EntryId, parts: &[Part]) -> Result<Vec<DocAddress>, IndexError> {
        let term = Term::from_field_text(self.fields.case, &case.to_string());
        let of_case: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        let query = BooleanQuery::intersection(vec![of_case, self.of_parts(parts)]);
        let found = self.searcher.search(&query, &DocSetCollector)?;
        let mut found: Vec<DocAddress> = found.into_iter().collect();
        found.sort();
        Ok(found)
    }

    /// Cases like a subject, most alike first.
    pub(super) fn similar(
        &self,
        told: &Told,
        filters: &Filters,
        size: NonZeroU32,
    ) -> Result<SimilarCases, IndexError> {
        let alike = self.alike(told, filters)?;
        let themes = SharedValues::new(self, Facet::Theme, &told.facts.themes)?;
        let ages = SharedValues::new(self, Facet::Age, &told.facts.ages)?;
        let mut ranked = Vec::with_capacity(alike.len());
        for case in alike {
            let shared = Circumstances {
                themes: themes.of(case.address),
                ages: ages.of(case.address),
            };
            let texts = WORDS * case.by(By::Words) + MEANING * case.by(By::Meaning);
            let score = texts + FACTS * shared.share(told);
            ranked.push((score, case, shared));
        }
        ranked.sort_by(|(a, one, _), (b, other, _)| {
            let newest = (Reverse(one.published), one.order);
            let better = b.total_cmp(a);
            better.then_with(|| newest.cmp(&(Reverse(other.published), other.order)))
        });
        let marks = Marks::of_stems(told.words.iter().map(|(stem, _)| stem.clone()));
        let shown = ranked.into_iter().take(size.get() as usize);
        let cases: Result<Vec<SimilarCase>, IndexError> = shown
            .map(|(score, case, shared)| self.similar_case(score, case, shared, &marks))
            .collect();
        Ok(SimilarCases {
            cases: cases?,
            themes: told.facts.themes.clone(),
            ages: told.facts.ages.clone(),
            ..SimilarCases::default()
        })
    }

    fn similar_case(
        &self,
        score: f32,
        case: Alike,
        shared: Circumstances,
        marks: &Marks,
    ) -> Result<SimilarCase, IndexError> {
        let mut evidence = case.evidence;
        evidence.sort_by(|a, b| b.strength().total_cmp(&a.strength()));
        evidence.truncate(SHOWN);
        let passages: Result<Vec<SimilarPassage>, IndexError> = evidence
            .iter()
            .map(|evidence| self.similar_passage(evidence, marks))
            .collect();
        Ok(SimilarCase {
            card: self.card(case.address)?,
            score,
            why: Why {
                themes: shared.themes,
                ages: shared.ages,
                passages: passages?,
            },
        })
    }

    fn similar_passage(
        &self,
        evidence: &Evidence,
        marks: &Marks,
    ) -> Result<SimilarPassage, IndexError> {
        let card = self.card(evidence.address)?;
        Ok(SimilarPassage {
            snippet: snippet(&card.text, marks, card.page),
            card,
            by_words: evidence.by(By::Words) > 0.0,
            by_meaning: evidence.by(By::Meaning) > 0.0,
        })
    }
}
