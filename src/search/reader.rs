//! Answers questions from the index.
//!
//! In: a [`SearchRequest`]. Out: [`SearchResults`]. New commits are picked up
//! as they come; one search sees one state of the index throughout.

use std::collections::HashMap;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::model::entry::EntryId;
use crate::search::collect::{Match, Tally, TallyCollector};
use crate::search::names::Names;
use crate::search::query::Node;
use crate::search::query::compile::{Compiler, Weights, group_size, required};
use crate::search::query::expand::expand;
use crate::search::query::marks::Marks;
use crate::search::query::parse::parse;
use crate::search::request::{List, SearchRequest, Sort};
use crate::search::results::{FacetCount, Hit, Note, SearchResults};
use crate::search::schema::{self, Fields};
use crate::search::snippet::snippet;
use crate::search::spelling;
use crate::search::statistics::Statistics;
use crate::search::unit::{Card, Part};
use crate::search::writer::{Stamp, open_index};
use crate::search::{IndexError, QueryError, SearchError};

/// Passages that may raise their case.
const PASSAGES: usize = 1000;
/// What the best passage of a case counts, against the case itself.
const BEST_PASSAGE: f32 = 0.8;
/// What each further passage counts, against the one before.
const FURTHER_PASSAGE: f32 = 0.3;

/// An index open for questions. Cheap to share; one for each process.
pub struct Reader {
    index: IndexReader,
    fields: Fields,
    names: Names,
}

/// A query made ready for one list.
struct Question<'a> {
    request: &'a SearchRequest,
    node: Option<Node>,
    notes: Vec<Note>,
}

impl Reader {
    /// Opens the index in a folder.
    ///
    /// # Errors
    ///
    /// Fails when there is none, it is damaged, or another version wrote it:
    /// then [`super::Writer::open`] makes it anew.
    pub fn open(folder: &Path, names: &Names) -> Result<Self, IndexError> {
        let unusable = || IndexError::Unusable {
            path: folder.to_owned(),
        };
        let index = open_index(folder).ok_or_else(unusable)?;
        let stamp = Stamp::of(&index).ok_or_else(unusable)?;
        if stamp.version != schema::version() {
            return Err(unusable());
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::OnCommitWithDelay)
            .try_into()?;
        let (_, fields) = schema::schema();
        Ok(Self {
            index: reader,
            fields,
            names: names.clone(),
        })
    }

    /// What ids are called.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Names what the index holds: equal for equal contents, in this process
    /// and any other.
    #[must_use]
    pub fn revision(&self) -> String {
        let searcher = self.index.searcher();
        let mut hash = Sha256::new();
        for segment in searcher.segment_readers() {
            let deleted = segment.delete_opstamp();
            hash.update(format!(
                "{} {deleted:?};",
                segment.segment_id().uuid_string()
            ));
        }
        hash.finalize()[..6]
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    /// The state of the catalogue that the newest commit holds.
    #[must_use]
    pub fn mark(&self) -> Option<String> {
        Stamp::of(self.index.searcher().index()).map(|stamp| stamp.mark)
    }

    /// Looks for new commits now rather than soon.
    ///
    /// # Errors
    ///
    /// Fails when the newest commit cannot be opened; the one before it is
    /// still served.
    pub fn reload(&self) -> Result<(), IndexError> {
        Ok(self.index.reload()?)
    }

    /// Answers a question.
    ///
    /// # Errors
    ///
    /// Fails when a strict question does not parse, or the index cannot be
    /// read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let searcher = self.index.searcher();
        let mut question = Question::new(request)?;
        let mut tally = self.tally(&searcher, &mut question)?;
        if let (List::Reviews, Some(node), Sort::Relevance) =
            (request.list, &question.node, request.sort)
        {
            self.raise_by_passages(&searcher, node, &mut tally.matches)?;
        }
        if let Some(node) = question.node.as_ref().filter(|_| !request.is_strict) {
            let respelt = spelling::suggest(&request.text, node, &searcher, self.fields.plain)
                .map_err(IndexError::from)?;
            question
                .notes
                .extend(respelt.map(|text| Note::DidYouMean { text }));
        }
        sort(&mut tally.matches, request, question.node.is_some());
        let first = (request.page.get() - 1) as usize * request.size.get() as usize;
        let page = tally
            .matches
            .iter()
            .skip(first)
            .take(request.size.get() as usize);
        let hits: Result<Vec<Hit>, IndexError> = page
            .map(|found| self.hit(&searcher, found.address, question.node.as_ref()))
            .collect();
        Ok(SearchResults {
            total: tally.matches.len(),
            hits: hits?,
            counts: tally
                .counts
                .into_iter()
                .map(|(facet, counts)| (facet, ordered(counts)))
                .collect(),
            notes: question.notes,
        })
    }

    /// Every match of a question; of a lenient one that finds nothing, matches
    /// of fewer of its words.
    fn tally(&self, searcher: &Searcher, question: &mut Question<'_>) -> Result<Tally, IndexError> {
        let tally = self.tally_requiring(searcher, question, None)?;
        let words = question.node.as_ref().and_then(group_size).unwrap_or(0);
        let found_anything = tally.counts.values().any(|counts| !counts.is_empty());
        if found_anything || question.request.is_strict {
            let few = required(words);
            if words > few && !question.request.is_strict {
                question.notes.push(Note::Relaxed {
                    required: few,
                    words,
                });
            }
            return Ok(tally);
        }
        for fewer in [required(words).div_ceil(2), 1] {
            if fewer >= required(words) {
                continue;
            }
            let tally = self.tally_requiring(searcher, question, Some(fewer))?;
            if !tally.matches.is_empty() {
                question.notes.push(Note::Relaxed {
                    required: fewer,
                    words,
                });
                return Ok(tally);
            }
        }
        Ok(tally)
    }

    fn tally_requiring(
        &self,
        searcher: &Searcher,
        question: &Question<'_>,
        required: Option<usize>,
    ) -> Result<Tally, IndexError> {
        let request = question.request;
        let parts = parts(request.list);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, self.of_parts(parts))];
        if let Some(node) = &question.node {
            let compiler = Compiler {
                searcher,
                fields: &self.fields,
                names: &self.names,
                weights: self.weights(request.list),
                title: if request.list == List::Reviews {
                    self.fields.title
                } else {
                    self.fields.about
                },
                is_strict: request.is_strict,
                required,
            };
            clauses.push((Occur::Must, compiler.compile(node)));
        }
        let collector = TallyCollector {
            filters: &request.filters,
            with_scores: question.node.is_some() && request.sort == Sort::Relevance,
        };
        let compared = if request.list == List::Reviews {
            parts
        } else {
            &ITEMS[..]
        };
        let terms: Vec<Term> = compared.iter().map(|&part| self.part_term(part)).collect();
        let statistics = Statistics::over(searcher, &terms)?;
        let query = BooleanQuery::new(clauses);
        Ok(searcher.search_with_statistics_provider(&query, &collector, &statistics)?)
    }

    /// Where words are looked for in a list, and what each place counts.
    fn weights(&self, list: List) -> Weights {
        let fields = &self.fields;
        match list {
            List::Reviews => vec![
                (fields.title, 2.0),
                (fields.items, 1.2),
                (fields.facts, 0.8),
                (fields.body, 1.0),
            ],
            List::Recommendations | List::Lessons | List::Answers => {
                vec![(fields.text, 1.0), (fields.about, 0.5)]
            }
        }
    }

    /// Adds to the score of each case what its best passages earn.
    fn raise_by_passages(
        &self,
        searcher: &Searcher,
        node: &Node,
        matches: &mut [Match],
    ) -> Result<(), IndexError> {
        let query = self.passage_query(searcher, node, None);
        let term = self.part_term(Part::Passage);
        let statistics = Statistics::over(searcher, &[term])?;
        let collector = TopDocs::with_limit(PASSAGES).order_by_score();
        let best = searcher.search_with_statistics_provider(&query, &collector, &statistics)?;
        let mut raised: HashMap<u64, (f32, f32)> = HashMap::new();
        for (score, address) in best {
            let column = searcher
                .segment_reader(address.segment_ord)
                .fast_fields()
                .u64("case_key")?;
            let case = column.first(address.doc_id).unwrap_or_default();
            let (sum, share) = raised.entry(case).or_insert((0.0, BEST_PASSAGE));
            *sum += score * *share;
            *share *= FURTHER_PASSAGE;
        }
        for found in matches {
            found.score += raised.get(&found.case_key).map_or(0.0, |(sum, _)| *sum);
        }
        Ok(())
    }

    /// Passages with any of the words, of one case or of all.
    fn passage_query(
        &self,
        searcher: &Searcher,
        node: &Node,
        case: Option<&EntryId>,
    ) -> Box<dyn Query> {
        let compiler = Compiler {
            searcher,
            fields: &self.fields,
            names: &self.names,
            weights: vec![(self.fields.passage, 1.0)],
            title: self.fields.passage,
            is_strict: false,
            required: Some(1),
        };
        let words = compiler.compile(node);
        let Some(case) = case else {
            return words;
        };
        let term = Term::from_field_text(self.fields.case, &case.to_string());
        let of_case = ConstScoreQuery::new(
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            0.0,
        );
        let clauses: Vec<(Occur, Box<dyn Query>)> = vec![
            (Occur::Must, Box::new(of_case)),
            (Occur::Must, self.of_parts(&[Part::Passage])),
            (Occur::Must, words),
        ];
        Box::new(BooleanQuery::new(clauses))
    }

    fn hit(
        &self,
        searcher: &Searcher,
        address: DocAddress,
        node: Option<&Node>,
    ) -> Result<Hit, IndexError> {
        let card = self.card(searcher, address)?;
        let marks = node.map(Marks::of).unwrap_or_default();
        let passage = match node {
            Some(node) if card.part == Part::Review && !marks.is_empty() => {
                self.best_passage(searcher, node, &card.case)?
            }
            _ => None,
        };
        let shown = passage.as_ref().unwrap_or(&card);
        let snippet = snippet(&shown.text, &marks, shown.page);
        Ok(Hit { card, snippet })
    }

    fn best_passage(
        &self,
        searcher: &Searcher,
        node: &Node,
        case: &EntryId,
    ) -> Result<Option<Card>, IndexError> {
        let query = self.passage_query(searcher, node, Some(case));
        let collector = TopDocs::with_limit(1).order_by_score();
        let best: Vec<(f32, DocAddress)> = searcher.search(&query, &collector)?;
        best.first()
            .map(|&(_, address)| self.card(searcher, address))
            .transpose()
    }

    fn card(&self, searcher: &Searcher, address: DocAddress) -> Result<Card, IndexError> {
        let document: TantivyDocument = searcher.doc(address)?;
        let stored = document
            .get_first(self.fields.card)
            .and_then(|value| value.as_str());
        serde_json::from_str(stored.unwrap_or_default()).map_err(IndexError::card)
    }

    fn of_parts(&self, parts: &[Part]) -> Box<dyn Query> {
        let term = |&part| {
            let query = TermQuery::new(self.part_term(part), IndexRecordOption::Basic);
            Box::new(query) as Box<dyn Query>
        };
        let any = BooleanQuery::union(parts.iter().map(term).collect());
        Box::new(ConstScoreQuery::new(Box::new(any), 0.0))
    }

    fn part_term(&self, part: Part) -> Term {
        Term::from_field_text(self.fields.part, part.id())
    }
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
}

/// Units whose words are weighed against each other in lists of items.
const ITEMS: [Part; 4] = [
    Part::Recommendation,
    Part::Lesson,
    Part::GoodPractice,
    Part::Answer,
];

fn parts(list: List) -> &'static [Part] {
    match list {
        List::Reviews => &[Part::Review],
        List::Recommendations => &[Part::Recommendation],
        List::Lessons => &[Part::Lesson, Part::GoodPractice],
        List::Answers => &[Part::Answer],
    }
}

fn sort(matches: &mut [Match], request: &SearchRequest, has_words: bool) {
    let newest = |found: &Match| (std::cmp::Reverse(found.published), found.order);
    match request.sort {
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
    let mut counts: Vec<FacetCount> = counts
        .into_iter()
        .map(|(id, count)| FacetCount { id, count })
        .collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.id.cmp(&b.id)));
    counts
}
