//! Measures how well questions with known answers are answered.
//!
//! In: a file of topics, and for each the names that a search listed, in order.
//! Out: [`Figures`]: nDCG@10, recall@20 and MRR, by class of topic. Searching is
//! left to `cli`; the file's form is told at the head of `tests/topics.toml`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Ranks that nDCG looks at.
const NDCG_RANKS: usize = 10;
/// Ranks that recall looks at.
const RECALL_RANKS: usize = 20;

/// Why a file of topics cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TopicsError {
    /// It is not TOML of the expected form.
    #[error("the topics do not read")]
    Form(#[source] toml::de::Error),
    /// A judgment is of a document that is not listed.
    #[error("topic `{topic}` judges `{name}`, which is not among the documents")]
    Unknown {
        /// The topic.
        topic: String,
        /// As judged.
        name: String,
    },
}

/// Topics, and the documents that they judge.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topics {
    /// Addresses by name.
    documents: BTreeMap<String, Vec<String>>,
    /// The questions.
    topic: Vec<Topic>,
}

/// A question with its known answers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Names it in reports.
    pub id: String,
    /// What sort of question it is; figures are by class.
    pub class: String,
    /// The list it is asked of, as in addresses: `reviews`, `lessons` …
    pub list: String,
    /// As a person would type it.
    pub query: String,
    judged: Vec<Judgment>,
}

/// Name, grade from 1 to 3, and the reason.
#[derive(Debug, Deserialize)]
struct Judgment(
    String,
    u8,
    #[expect(dead_code, reason = "for people")] String,
);

/// How well one or more topics were answered: sums, and of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    topics: usize,
    ndcg: f64,
    recall: f64,
    reciprocal_rank: f64,
}

/// Means over topics, as serialised.
#[derive(Debug, Serialize)]
struct Means {
    topics: usize,
    ndcg_at_10: f64,
    recall_at_20: f64,
    mrr: f64,
}

impl Topics {
    /// Reads a file of topics.
    ///
    /// # Errors
    ///
    /// Fails when it is not of the form, or judges a document it does not list.
    pub fn read(text: &str) -> Result<Self, TopicsError> {
        let topics: Self = toml::from_str(text).map_err(TopicsError::Form)?;
        for topic in &topics.topic {
            for Judgment(name, ..) in &topic.judged {
                let document = name.split('/').next().unwrap_or_default();
                if !topics.documents.contains_key(document) {
                    return Err(TopicsError::Unknown {
                        topic: topic.id.clone(),
                        name: name.clone(),
                    });
                }
            }
        }
        Ok(topics)
    }

    /// The questions in order.
    pub fn iter(&self) -> impl Iterator<Item = &Topic> {
        self.topic.iter()
    }

    /// How judgments name what was found at an address, and which item of it;
    /// `None` when nothing there is judged.
    #[must_use]
    pub fn name(&self, url: &str, item: Option<&str>) -> Option<String> {
        let is_there = |urls: &&Vec<String>| urls.iter().any(|known| known == url);
        let mut documents = self.documents.iter();
        let (name, _) = documents.find(|(_, urls)| is_there(urls))?;
        Some(match item {
            Some(item) => format!("{name}/{item}"),
            None => name.clone(),
        })
    }
}

impl Topic {
    /// How well a ranking answers; `None` stands for what nobody judged.
    #[must_use]
    pub fn figures(&self, ranked: &[Option<String>]) -> Figures {
        let grade = |name: &Option<String>| {
            let name = name.as_ref()?;
            let judged = self.judged.iter().find(|judgment| judgment.0 == *name);
            judged.map(|judgment| judgment.1)
        };
        let grades: Vec<u8> = ranked.iter().map(|name| grade(name).unwrap_or(0)).collect();
        let mut ideal: Vec<u8> = self.judged.iter().map(|judgment| judgment.1).collect();
        ideal.sort_by_key(|grade| std::cmp::Reverse(*grade));
        let found = grades.iter().take(RECALL_RANKS).filter(|grade| **grade > 0);
        let first = grades.iter().position(|grade| *grade > 0);
        Figures {
            topics: 1,
            ndcg: gain(&grades) / gain(&ideal).max(f64::MIN_POSITIVE),
            recall: found.count() as f64 / self.judged.len().max(1) as f64,
            reciprocal_rank: first.map_or(0.0, |rank| 1.0 / (rank + 1) as f64),
        }
    }
}

/// Discounted cumulative gain of the first ranks.
fn gain(grades: &[u8]) -> f64 {
    let ranked = grades.iter().take(NDCG_RANKS).zip(2_u32..);
    let gains =
        ranked.map(|(grade, rank)| (2_f64.powi(i32::from(*grade)) - 1.0) / f64::from(rank).log2());
    gains.sum()
}

impl Figures {
    /// Mean nDCG@10.
    #[must_use]
    pub fn ndcg(&self) -> f64 {
        self.ndcg / self.topics.max(1) as f64
    }

    fn means(&self) -> Means {
        let topics = self.topics.max(1) as f64;
        Means {
            topics: self.topics,
            ndcg_at_10: self.ndcg(),
            recall_at_20: self.recall / topics,
            mrr: self.reciprocal_rank / topics,
        }
    }
}

impl Serialize for Figures {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.means().serialize(serializer)
    }
}

impl std::ops::AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.topics += other.topics;
        self.ndcg += other.ndcg;
        self.recall += other.recall;
        self.reciprocal_rank += other.reciprocal_rank;
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let means = self.means();
        write!(
            f,
            "{:>6}  {:>8.3}  {:>9.3}  {:>6.3}",
            means.topics, means.ndcg_at_10, means.recall_at_20, means.mrr
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
        [documents]
        a = ["http://x/a.pdf", "http://x/A"]
        b = ["http://x/b.pdf"]
        [[topic]]
        id = "t1"
        class = "keyword"
        list = "reviews"
        query = "words"
        judged = [["a", 3, "is it"], ["b", 1, "in part"]]
    "#;

    #[test]
    fn rankings_are_graded_against_the_best_that_could_be() {
        let topics = Topics::read(FILE).unwrap();
        let topic = topics.iter().next().unwrap();
        let name = |url: &str| topics.name(url, None);
        let (a, b, other) = (name("http://x/A"), name("http://x/b.pdf"), name("http://y"));
        for (ranked, ndcg, recall, first) in [
            (vec![a.clone(), b.clone()], 1.0, 1.0, 1.0),
            (vec![], 0.0, 0.0, 0.0),
            (vec![other.clone(), a.clone()], 0.579, 0.5, 0.5),
            (vec![b, a], 0.710, 1.0, 1.0),
        ] {
            let means = topic.figures(&ranked).means();
            assert!(
                (means.ndcg_at_10 - ndcg).abs() < 1e-3,
                "{ranked:?}: {means:?}"
            );
            assert!((means.recall_at_20 - recall).abs() < 1e-9, "{ranked:?}");
            assert!((means.mrr - first).abs() < 1e-9, "{ranked:?}");
        }
        assert_eq!(
            topics.name("http://x/a.pdf", Some("3")).as_deref(),
            Some("a/3")
        );
    }

    #[test]
    fn a_judgment_of_an_unknown_document_is_refused() {
        let file = FILE.replace("[\"b\", 1", "[\"c/2\", 1");
        assert!(
            matches!(Topics::read(&file), Err(TopicsError::Unknown { name, .. }) if name == "c/2")
        );
    }

    #[test]
    fn the_topics_of_the_corpus_read_and_there_are_enough() {
        let topics = Topics::read(include_str!("../../tests/topics.toml")).unwrap();
        assert!(topics.iter().count() >= 60);
        for class in ["description", "keyword", "exact"] {
            assert!(topics.iter().any(|topic| topic.class == class), "{class}");
        }
    }
}
