//! Answers a question that asks for a list.
//!
//! In: a [`SearchRequest`]. Out: [`SearchResults`]: every match counted, one
//! page of them shown. Of a lenient question some words may be missing: what
//! holds more of them stands before what holds fewer, and where nothing is found
//! it is asked again for fewer.

use std::cmp::{Ordering, Reverse};

use tantivy::DocAddress;
use tantivy::query::{BooleanQuery, Occur, Query};

use crate::search::collect::{Match, Tally, TallyCollector};
use crate::search::near::These;
use crate::search::query::Node;
use crate::search::query::choice::{Choice, choice};
use crate::search::query::compile::{Compiler, Weights};
use crate::search::query::expand::expand;
use crate::search::query::parse::parse;
use crate::search::request::{List, SearchRequest, Sort};
use crate::search::results::{FacetCount, Note, SearchResults};
use crate::search::session::Session;
use crate::search::spelling;
use crate::search::unit::Part;
use crate::search::{IndexError, QueryError, SearchError};

/// Units whose words are weighed against each other in lists of items.
const ITEMS: [Part; 4] = [
    Part::Recommendation,
    Part::Lesson,
    Part::GoodPractice,
    Part::Answer,
];

/// Words from which on a question is a description.
const DESCRIPTION: usize = 5;
/// What being nearest in meaning counts, for each word of the description.
const NEAR: f32 = 1.0;

/// A question as understood.
struct Question<'a> {
    request: &'a SearchRequest,
    /// `None` when nothing is asked in words.
    node: Option<Node>,
    notes: Vec<Note>,
    /// Units that mean nearly what a description means, each with its score.
    near: Vec<(f32, DocAddress)>,
}

/// Answers from one state of the index.
pub(super) fn answer(
    session: &Session<'_>,
    request: &SearchRequest,
) -> Result<SearchResults, SearchError> {
    let mut question = Question::new(request)?;
    question.look_near(session)?;
    let mut tally = session.tally(&mut question)?;
    if let (Some(node), Sort::Relevance, List::Reviews) =
        (&question.node, request.sort, request.list)
    {
        session.raise_by_passages(node, &mut tally.matches)?;
    }
    question.suggest(session)?;
    let size = request.size.get() as usize;
    let first = (request.page.get() as usize - 1).saturating_mul(size);
    question.sort(&mut tally.matches, first.saturating_add(size));
    let page = tally.matches.iter().skip(first).take(size);
    let page: Vec<DocAddress> = page.map(|found| found.address).collect();
    let hits = session.hits(&page, question.node.as_ref())?;
    let counts = tally.counts.into_iter();
    Ok(SearchResults {
        total: tally.matches.len(),
        hits,
        counts: counts
            .map(|(facet, counts)| (facet, ordered(counts)))
            .collect(),
        notes: question.notes,
    })
}

impl<'a> Question<'a> {
    fn new(request: &'a SearchRequest) -> Result<Self, QueryError> {
        let parsed = parse(&request.text);
        let mut notes = parsed.notes;
        if let (true, Some(Note::Ignored { part, reason })) = (request.is_strict, notes.first()) {
            let (part, reason) = (part.clone(), *reason);
            return Err(QueryError { part, reason });
        }
        let node = parsed.node.map(|node| expand(node, &mut notes));
        Ok(Self {
            request,
            node,
            notes,
            near: Vec::new(),
        })
    }

    /// The words of which some may be missing.
    fn choice(&self) -> Choice {
        let node = self.node.as_ref().filter(|_| !self.request.is_strict);
        node.map(choice).unwrap_or_default()
    }

    /// Looks for what means nearly the same, when this is a description: many
    /// words, none of them insisted on.
    fn look_near(&mut self, session: &Session<'_>) -> Result<(), IndexError> {
        let choice = self.choice();
        if choice.words < DESCRIPTION || choice.required == 0 {
            return Ok(());
        }
        let meaning = session
            .table
            .and_then(|table| table.meaning(&self.request.text));
        if let Some(meaning) = meaning {
            self.near = session.near(self.request.list, &meaning)?;
            for (strength, _) in &mut self.near {
                *strength *= NEAR * choice.words as f32;
            }
        }
        Ok(())
    }

    /// Puts the first so many in order: what holds every word first, and then as
    /// asked. What comes after them is in none.
    fn sort(&self, matches: &mut [Match], first: usize) {
        let words = self.choice().words;
        let order = |a: &Match, b: &Match| {
            let complete = (a.words < words).cmp(&(b.words < words));
            let asked = complete.then_with(|| self.order(a, b));
            asked.then_with(|| a.address.cmp(&b.address))
        };
        let rest = first.min(matches.len());
        if rest < matches.len() {
            matches.select_nth_unstable_by(rest, order);
        }
        matches[..rest].sort_unstable_by(order);
    }

    fn order(&self, a: &Match, b: &Match) -> Ordering {
        let newest = |found: &Match| (Reverse(found.published), found.order);
        let undated = |found: &Match| found.published.is_none();
        let oldest = |found: &Match| (undated(found), found.published, found.order);
        match self.request.sort {
            Sort::Relevance if self.node.is_some() => {
                let better = b.score.total_cmp(&a.score);
                better.then_with(|| newest(a).cmp(&newest(b)))
            }
            Sort::Relevance | Sort::Newest => newest(a).cmp(&newest(b)),
            Sort::Oldest => oldest(a).cmp(&oldest(b)),
        }
    }

    /// Notes a better spelling, when there is one.
    fn suggest(&mut self, session: &Session<'_>) -> Result<(), IndexError> {
        let Some(node) = self.node.as_ref().filter(|_| !self.request.is_strict) else {
            return Ok(());
        };
        let plain = session.fields.plain;
        let respelt = spelling::suggest(&self.request.text, node, &session.searcher, plain)?;
        self.notes
            .extend(respelt.map(|text| Note::DidYouMean { text }));
        Ok(())
    }
}

impl Session<'_> {
    /// Every match of a question, with as many words missing as it may.
    fn tally(&self, question: &mut Question<'_>) -> Result<Tally, IndexError> {
        let Choice { words, required } = question.choice();
        let tally = self.tally_of(question, required)?;
        // Matches that only a filter keeps out are counted, and are matches.
        let found_anything = tally.counts.values().any(|counts| !counts.is_empty());
        let mut attempt = (required, tally);
        if !found_anything && required > 1 {
            attempt = (1, self.tally_of(question, 1)?);
        }
        let (required, tally) = attempt;
        let is_complete = |found: &&Match| found.words >= words;
        let complete = tally.matches.iter().filter(is_complete).count();
        if complete < tally.matches.len() {
            question.notes.push(Note::Partial {
                complete,
                required,
                words,
            });
        }
        let count = tally
            .matches
            .iter()
            .filter(|found| found.words < required)
            .count();
        if count > 0 {
            question.notes.push(Note::Near { count });
        }
        Ok(tally)
    }

    fn tally_of(&self, question: &Question<'_>, required: usize) -> Result<Tally, IndexError> {
        let request = question.request;
        let (parts, compared) = match request.list {
            List::Reviews => (&[Part::Review][..], &[Part::Review][..]),
            List::Recommendations => (&[Part::Recommendation][..], &ITEMS[..]),
            List::Lessons => (&[Part::Lesson, Part::GoodPractice][..], &ITEMS[..]),
            List::Answers => (&[Part::Answer][..], &ITEMS[..]),
        };
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, self.of_parts(parts))];
        if let Some(node) = &question.node {
            let compiler = Compiler {
                is_strict: request.is_strict,
                required: Some(required),
                counts_words: true,
                ..self.compiler(self.weights(request.list))
            };
            let words = compiler.compile(node);
            clauses.push((
                Occur::Must,
                if question.near.is_empty() {
                    words
                } else {
                    let near: Box<dyn Query> = Box::new(These::of(self, &question.near));
                    Box::new(BooleanQuery::union(vec![words, near]))
                },
            ));
        }
        let collector = TallyCollector {
            filters: &request.filters,
            with_counts: true,
            with_scores: question.choice().words > 1
                || (question.node.is_some() && request.sort == Sort::Relevance),
        };
        let query = BooleanQuery::new(clauses);
        let statistics = self.statistics(compared)?;
        let searcher = &self.searcher;
        Ok(searcher.search_with_statistics_provider(&query, &collector, &statistics)?)
    }

    /// Where words are looked for in a list, and what each place counts; the
    /// place of titles first.
    fn weights(&self, list: List) -> Weights {
        let fields = self.fields;
        match list {
            List::Reviews => vec![
                (fields.title, 2.0),
                (fields.items, 1.2),
                (fields.facts, 0.8),
                (fields.body, 1.0),
            ],
            List::Recommendations | List::Lessons | List::Answers => {
                vec![(fields.about, 0.5), (fields.text, 1.0)]
            }
        }
    }
}

/// Most first, then by id.
fn ordered(counts: impl IntoIterator<Item = (String, usize)>) -> Vec<FacetCount> {
    let counts = counts.into_iter();
    let mut counts: Vec<FacetCount> = counts.map(|(id, count)| FacetCount { id, count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.id.cmp(&b.id)));
    counts
}
