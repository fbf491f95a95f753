//! Gathers what speaks for a case being like a subject: passages and items
//! that use its words or mean what it means.

use std::collections::HashMap;

use tantivy::query::{Bm25StatisticsProvider as _, BoostQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Term};

use crate::meaning::Meaning;
use crate::search::IndexError;
use crate::search::collect::{Match, TallyCollector};
use crate::search::request::{Facet, Filters};
use crate::search::session::Session;
use crate::search::similar::Told;
use crate::search::unit::Part;

/// Words of a description that are looked for: those that say most.
const MOST_WORDS: usize = 24;
/// Those of them that a unit holds at least one of.
const LEADING_WORDS: usize = 10;
/// Passages, and items, that may speak for their case.
const UNITS: usize = 300;
/// What each further unit of a case counts, against the one before.
const FURTHER: f32 = 0.3;
/// Items of a case: what is learnt and asked for.
const ITEMS: [Part; 3] = [Part::Lesson, Part::Recommendation, Part::GoodPractice];
/// What is compared by meaning.
const MEANT: [Part; 4] = [
    Part::Passage,
    Part::Lesson,
    Part::Recommendation,
    Part::GoodPractice,
];

/// How a unit is like a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// It uses the same words.
    Words,
    /// It means nearly the same.
    Meaning,
}

/// A case and what speaks for it.
#[derive(Debug, Clone)]
pub(super) struct Alike {
    /// Where the case is stored.
    pub address: DocAddress,
    /// First day of the date of publication.
    pub published: Option<u64>,
    /// Sets equals apart.
    pub order: u64,
    /// The units that speak for it.
    pub evidence: Vec<Evidence>,
    /// How strongly they speak, by [`By`], from 0 to 1.
    sums: [f32; 2],
}

/// A unit of a case that is like the subject.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evidence {
    /// Where it is stored.
    pub address: DocAddress,
    /// How strongly it speaks, by [`By`], from 0 to 1.
    strengths: [f32; 2],
}

impl Alike {
    /// How alike it is, from 0 to 1.
    pub(super) fn by(&self, by: By) -> f32 {
        self.sums[by as usize]
    }

    fn add(&mut self, by: By, strength: f32, address: DocAddress) {
        let known = self.evidence.iter_mut();
        match known.into_iter().find(|unit| unit.address == address) {
            Some(unit) => unit.strengths[by as usize] = strength,
            None => {
                let mut strengths = [0.0; 2];
                strengths[by as usize] = strength;
                self.evidence.push(Evidence { address, strengths });
            }
        }
    }

    /// The strongest unit counts whole, each further one less.
    fn sum(&mut self, by: By) {
        let strengths = self.evidence.iter().map(|unit| unit.by(by));
        let mut strengths: Vec<f32> = strengths.collect();
        strengths.sort_by(|a, b| b.total_cmp(a));
        let shares = std::iter::successors(Some(1.0), |share| Some(share * FURTHER));
        self.sums[by as usize] = strengths.iter().zip(shares).map(|(a, b)| a * b).sum();
    }
}

impl Evidence {
    /// How strongly it speaks, from 0 to 1; 0 where it is not alike.
    pub(super) fn by(&self, by: By) -> f32 {
        self.strengths[by as usize]
    }

    /// How strongly it speaks in all.
    pub(super) fn strength(&self) -> f32 {
        self.strengths.iter().sum()
    }
}

/// Units with how strongly each speaks, strongest first.
type Strengths = Vec<(f32, DocAddress)>;

impl Session<'_> {
    /// Every case that anything speaks for.
    pub(super) fn alike(&self, told: &Told, filters: &Filters) -> Result<Vec<Alike>, IndexError> {
        let mut cases = self.cases(filters)?;
        if let Some(except) = told.except {
            cases.remove(&except);
        }
        let passages = self.by_words(told, self.fields.passage, &[Part::Passage])?;
        let items = self.by_words(told, self.fields.text, &ITEMS)?;
        self.speak(&mut cases, By::Words, &scaled(passages, 0.0))?;
        self.speak(&mut cases, By::Words, &scaled(items, 0.0))?;
        if let Some(meaning) = &told.meaning {
            let near = self.by_meaning(meaning)?;
            let strangers = near.last().map_or(0.0, |&(likeness, _)| likeness);
            self.speak(&mut cases, By::Meaning, &scaled(near, strangers))?;
        }
        let mut alike: Vec<Alike> = cases.into_values().collect();
        alike.retain(|case| !case.evidence.is_empty());
        for by in [By::Words, By::Meaning] {
            for case in &mut alike {
                case.sum(by);
            }
            let most = alike
                .iter()
                .fold(0.0_f32, |most, case| most.max(case.by(by)));
            let most = most.max(f32::MIN_POSITIVE);
            for case in &mut alike {
                case.sums[by as usize] /= most;
            }
        }
        Ok(alike)
    }

    /// Every case that comes near in meaning, with how near, from 0 to 1.
    pub(in crate::search) fn alike_by_meaning(
        &self,
        meaning: &Meaning,
        filters: &Filters,
    ) -> Result<Vec<(f32, DocAddress)>, IndexError> {
        let told = Told {
            meaning: Some(*meaning),
            ..Told::default()
        };
        let alike = self.alike(&told, filters)?.into_iter();
        Ok(alike
            .map(|case| (case.by(By::Meaning), case.address))
            .collect())
    }

    /// Every case that passes the filters, by the head of its digest.
    fn cases(&self, filters: &Filters) -> Result<HashMap<u64, Alike>, IndexError> {
        let collector = TallyCollector {
            filters,
            with_scores: false,
            with_counts: false,
        };
        let reviews = self.of_parts(&[Part::Review]);
        let tally = self.searcher.search(&*reviews, &collector)?;
        let case = |found: &Match| Alike {
            address: found.address,
            published: found.published,
            order: found.order,
            evidence: Vec::new(),
            sums: [0.0; 2],
        };
        let cases = tally.matches.iter();
        Ok(cases.map(|found| (found.case_key, case(found))).collect())
    }

    fn speak(
        &self,
        cases: &mut HashMap<u64, Alike>,
        by: By,
        units: &[(f32, DocAddress)],
    ) -> Result<(), IndexError> {
        let columns = self.case_keys()?;
        for &(strength, address) in units {
            let column = &columns[address.segment_ord as usize];
            let case = column.first(address.doc_id);
            if let Some(case) = case.and_then(|key| cases.get_mut(&key)) {
                case.add(by, strength, address);
            }
        }
        Ok(())
    }

    /// Units of these kinds that use the words which say most.
    fn by_words(&self, told: &Told, field: Field, parts: &[Part]) -> Result<Strengths, IndexError> {
        let statistics = self.statistics(parts)?;
        let units = statistics.total_num_docs()? as f32;
        let mut words: Vec<(f32, f32, Term)> = Vec::new();
        for (stem, times) in &told.words {
            let term = Term::from_field_text(field, stem);
            let held = self.searcher.doc_freq(&term)? as f32;
            if held > 0.0 {
                let often = 1.0 + (*times as f32).ln();
                words.push((often * (units / held).max(1.0).ln(), often, term));
            }
        }
        words.sort_by(|a, b| b.0.total_cmp(&a.0));
        words.truncate(MOST_WORDS);
        let queries = words.into_iter().map(|(_, often, term)| {
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            Box::new(BoostQuery::new(Box::new(query), often)) as Box<dyn Query>
        });
        let mut leading: Vec<Box<dyn Query>> = queries.collect();
        let others = leading.split_off(LEADING_WORDS.min(leading.len()));
        Ok(self.best_units(leading, &others, &statistics, UNITS)?)
    }

    /// Units nearest in meaning.
    fn by_meaning(&self, meaning: &Meaning) -> Result<Strengths, IndexError> {
        let near = self
            .vectors
            .nearest(&self.searcher, meaning, &MEANT, UNITS)?;
        let near = near.into_iter();
        Ok(near.map(|unit| (unit.likeness, unit.address)).collect())
    }

    /// The values that a unit has of a facet.
    pub(super) fn values(
        &self,
        facet: Facet,
        address: DocAddress,
    ) -> Result<Vec<String>, IndexError> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let mut values = Vec::new();
        if let Some(column) = segment.fast_fields().str(facet.id())? {
            for ord in column.term_ords(address.doc_id) {
                let mut id = String::new();
                let known = column.ord_to_str(ord, &mut id);
                known.map_err(tantivy::TantivyError::from)?;
                values.push(id);
            }
        }
        Ok(values)
    }
}

/// Strengths from 0 to 1, where `least` says nothing.
fn scaled(mut units: Strengths, least: f32) -> Strengths {
    let most = units.first().map_or(0.0, |&(strength, _)| strength - least);
    let most = most.max(f32::MIN_POSITIVE);
    for (strength, _) in &mut units {
        *strength = (*strength - least) / most;
    }
    units
}
