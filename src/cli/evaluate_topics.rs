//! `lessons evaluate --topics`: how well questions with known answers are
//! answered, beside a plain index.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::Path;

use anyhow::Context as _;

use super::evaluate::text_of;
use super::{Ended, Globals, ground};
use crate::evaluate::topics::{Figures, Topic, Topics};
use crate::search::plain::{Plain, PlainReader};
use crate::search::request::{Filters, List};
use crate::search::similar::{SimilarRequest, Subject};
use crate::search::unit::Card;
use crate::search::units::units;
use crate::search::{Names, Publication, Reader, SearchRequest};

/// Results of each that are looked at.
const MOST: NonZeroU32 = NonZeroU32::new(50).expect("50 is not 0");

/// What answers.
const SEARCH: &str = "search";
const PLAIN: &str = "BM25";
const SIMILAR: &str = "similar";

/// Class and what answered.
type Row = (String, &'static str);

/// Prints the figures of each class.
pub(super) fn run(globals: &Globals, file: &Path, worst: usize) -> anyhow::Result<Ended> {
    let topics = Topics::read(&text_of(file)?).with_context(|| format!("`{}`", file.display()))?;
    let vocabulary = ground::vocabulary()?;
    let registry = ground::registry(globals, &vocabulary)?;
    let names = Names::new(&vocabulary, &registry.partnerships);
    let answering = Answering {
        topics: &topics,
        reader: Reader::open(&ground::stores(globals).search(), &names)?,
        plain: plain(globals, &names)?,
    };
    let mut rows: BTreeMap<Row, Figures> = BTreeMap::new();
    let mut by_topic = Vec::new();
    for topic in topics.iter() {
        for (name, figures) in answering.answer(topic)? {
            *rows.entry((topic.class.clone(), name)).or_default() += figures;
            if name == SEARCH {
                by_topic.push((figures, topic));
            }
        }
    }
    show(&rows, globals.json)?;
    by_topic.sort_by(|a, b| a.0.ndcg().total_cmp(&b.0.ndcg()));
    for (figures, topic) in by_topic.iter().take(worst) {
        println!("{:.3}  {}  {}", figures.ndcg(), topic.id, topic.query);
    }
    Ok(Ended::Well)
}

/// What topics are asked of.
struct Answering<'a> {
    topics: &'a Topics,
    reader: Reader,
    plain: PlainReader,
}

impl Answering<'_> {
    fn answer(&self, topic: &Topic) -> anyhow::Result<Vec<(&'static str, Figures)>> {
        let mut lists = List::ALL.into_iter();
        let list = lists.find(|list| list.id() == topic.list);
        let list =
            list.with_context(|| format!("topic `{}`: no list `{}`", topic.id, topic.list))?;
        let results = self.reader.search(&SearchRequest {
            text: topic.query.clone(),
            size: MOST,
            ..SearchRequest::new(list)
        })?;
        let found: Vec<Card> = results.hits.into_iter().map(|hit| hit.card).collect();
        let plain = self.plain.search(list, &topic.query, MOST.get() as usize)?;
        let mut rankings = vec![(SEARCH, found), (PLAIN, plain)];
        if topic.class == "description" && list == List::Reviews {
            rankings.push((SIMILAR, self.similar(&topic.query)?));
        }
        let figures = rankings.into_iter();
        let figures = figures.map(|(name, cards)| (name, topic.figures(&self.named(&cards))));
        Ok(figures.collect())
    }

    fn similar(&self, text: &str) -> anyhow::Result<Vec<Card>> {
        let similar = self.reader.similar(&SimilarRequest {
            subject: Subject::Text(text),
            filters: Filters::default(),
            size: MOST,
        })?;
        let cases = similar.unwrap_or_default().cases.into_iter();
        Ok(cases.map(|case| case.card).collect())
    }

    fn named(&self, cards: &[Card]) -> Vec<Option<String>> {
        let name = |card: &Card| {
            let item = card.item.strip_prefix("lesson-").unwrap_or(&card.item);
            let item = Some(item).filter(|item| !item.is_empty());
            self.topics.name(card.url.as_str(), item)
        };
        cards.iter().map(name).collect()
    }
}

/// The whole catalogue in a plain index.
fn plain(globals: &Globals, names: &Names) -> anyhow::Result<PlainReader> {
    let catalogue = ground::catalogue(globals)?;
    let mut plain = Plain::new()?;
    for entry in catalogue.entries()? {
        let linked = catalogue.linked_with(&entry.id)?;
        let document = catalogue.document(&entry.digest)?;
        let publication = Publication {
            entry: &entry,
            linked: &linked,
            document: document.as_ref(),
        };
        for unit in units(publication, names) {
            plain.add(&unit)?;
        }
    }
    Ok(plain.finish()?)
}

fn show(rows: &BTreeMap<Row, Figures>, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        let mut classes: BTreeMap<&str, BTreeMap<&str, &Figures>> = BTreeMap::new();
        for ((class, name), figures) in rows {
            classes.entry(class).or_default().insert(name, figures);
        }
        println!("{}", serde_json::to_string_pretty(&classes)?);
        return Ok(());
    }
    println!("class        by       topics   nDCG@10  recall@20     MRR  nDCG against BM25");
    for ((class, name), figures) in rows {
        let plain = rows.get(&(class.clone(), PLAIN)).map_or(0.0, Figures::ndcg);
        let against = match *name {
            SEARCH if plain > 0.0 => format!("  {:+.1} %", (figures.ndcg() / plain - 1.0) * 100.0),
            _ => String::new(),
        };
        println!("{class:<12} {name:<8} {figures}{against}");
    }
    Ok(())
}
