//! Answers a question that asks for a list.
//!
//! In: a [`SearchRequest`]. Out: [`SearchResults`]: every match counted, one
//! page of them shown. A lenient question that finds nothing is asked again for
//! fewer of its words.

use tantivy::query::{BooleanQuery, Occur, Query};

use crate::search::collect::{Match, Tally, TallyCollector};
use crate::search::query::Node;
use crate::search::query::compile::{Compiler, Weights, group_size, required};
use crate::search::query::expand::expand;
use crate::search::query::parse::parse;
use crate::search::request::{List, SearchRequest, Sort};
use crate::search::results::{FacetCount, Hit, Note, SearchResults};
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

/// A question as understood.
struct Question<'a> {
    request: &'a SearchRequest,
    /// `None` when nothing is asked in words.
    node: Option<Node>,
    notes: Vec<Note>,
}

/// Answers from one state of the index.
pub(super) fn answer(
    session: &Session<'_>,
    request: &SearchRequest,
) -> Result<SearchResults, SearchError> {
    let mut question = Question::new(request)?;
    let mut tally = session.tally(&mut question)?;
    if let (Some(node), Sort::Relevance, List::Reviews) =
        (&question.node, request.sort, request.list)
    {
        session.raise_by_passages(node, &mut tally.matches)?;
    }
    question.suggest(session)?;
    sort(&mut tally.matches, request.sort, question.node.is_some());
    let first = (request.page.get() as usize - 1) * request.size.get() as usize;
    let page = tally
        .matches
        .iter()
        .skip(first)
        .take(request.size.get() as usize);
    let hits: Result<Vec<Hit>, IndexError> = page
        .map(|found| session.hit(found.address, question.node.as_ref()))
        .collect();
    let counts = tally.counts.into_iter();
    Ok(SearchResults {
        total: tally.matches.len(),
        hits: hits?,
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
        })
    }

    /// How many words side by side are asked for.
    fn words(&self) -> usize {
        self.node.as_ref().and_then(group_size).unwrap_or(0)
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
    /// Every match of a question; of a lenient one that finds nothing, matches
    /// of fewer of its words.
    fn tally(&self, question: &mut Question<'_>) -> Result<Tally, IndexError> {
        let words = question.words();
        let usual = if question.request.is_strict {
            words
        } else {
            required(words)
        };
        let tally = self.tally_of(question, usual)?;
        // Matches that only a filter keeps out are counted, and are matches.
        let found_anything = tally.counts.values().any(|counts| !counts.is_empty());
        let mut attempt = (usual, tally);
        if !found_anything && !question.request.is_strict {
            for fewer in [usual.div_ceil(2), 1] {
                if fewer < attempt.0 && attempt.1.matches.is_empty() {
                    attempt = (fewer, self.tally_of(question, fewer)?);
                }
            }
        }
        let (required, tally) = attempt;
        if required < words && !tally.matches.is_empty() {
            question.notes.push(Note::Relaxed { required, words });
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
                ..self.compiler(self.weights(request.list))
            };
            clauses.push((Occur::Must, compiler.compile(node)));
        }
        let collector = TallyCollector {
            filters: &request.filters,
            with_scores: question.node.is_some() && request.sort == Sort::Relevance,
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

fn sort(matches: &mut [Match], sort: Sort, has_words: bool) {
    let newest = |found: &Match| (std::cmp::Reverse(found.published), found.order);
    match sort {
        Sort::Relevance if has_words => matches.sort_by(|a, b| {
            let better = b.score.total_cmp(&a.score);
            better.then_with(|| newest(a).cmp(&newest(b)))
        }),
        Sort::Relevance | Sort::Newest => matches.sort_by_key(newest),
        Sort::Oldest => {
            matches.sort_by_key(|found| (found.published.is_none(), found.published, found.order));
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
