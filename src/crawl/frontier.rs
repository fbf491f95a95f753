//! What to ask for next: the best candidate first, each page once.
//!
//! In: candidates with scores. Out: one candidate at a time. The frontier holds
//! what a run knows of its own progress: which pages are taken, which twins
//! could stand in for one that is missing, and which kinds of URL have stopped
//! bringing anything new. It keeps nothing on disk: after a kill it is filled
//! again from what the archive holds of the run.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use url::Url;

use crate::crawl::canon::{Canonical, Key, Neutral, canonical};
use crate::crawl::traps;
use crate::model::capture::Candidate;

/// Pages of one shape asked for in a row without anything new: after these the
/// rest of the shape is left.
const DRY_DATES: u32 = 3;
const DRY_FILTERS: u32 = 3;
const DRY_QUERIES: u32 = 12;
const DRY_NUMBERS: u32 = 150;

/// A candidate and how soon to ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What to ask for.
    pub(super) candidate: Candidate,
    /// Higher is sooner.
    pub(super) score: i32,
    /// How often it was asked for before.
    pub(super) attempts: u8,
    /// Whether no page links to it, and it is asked for only because it was
    /// there before.
    pub(super) is_recheck: bool,
}

/// The candidates of one run.
#[derive(Debug, Default)]
pub(super) struct Frontier {
    queue: BinaryHeap<(i32, Reverse<u64>, Key)>,
    waiting: HashMap<Key, Waiting>,
    taken: HashSet<Key>,
    /// Twins of taken pages, to try when the one chosen is missing.
    spare: HashMap<Key, Vec<Item>>,
    asked: HashSet<Url>,
    shapes: HashMap<String, u32>,
    sequence: u64,
    /// What is known of the parts of URLs that do not matter.
    pub(super) neutral: Neutral,
}

/// The URLs that wait under one key.
#[derive(Debug)]
struct Waiting {
    score: i32,
    /// Each with the number of twin rules that it took.
    variants: Vec<(usize, Item)>,
}

impl Frontier {
    /// Adds a candidate, unless its page is taken. Gives whether its page is
    /// new.
    pub(super) fn push(&mut self, item: Item) -> bool {
        let Canonical { key, rules } = self.canonical(&item.candidate.url);
        if self.asked.contains(&item.candidate.url) {
            return false;
        }
        if self.taken.contains(&key) {
            self.spare.entry(key).or_default().push(item);
            return false;
        }
        let is_new = !self.waiting.contains_key(&key);
        let waiting = self.waiting.entry(key.clone()).or_insert(Waiting {
            score: i32::MIN,
            variants: Vec::new(),
        });
        let is_better = item.score > waiting.score;
        waiting.score = waiting.score.max(item.score);
        let score = waiting.score;
        waiting.add(rules.len(), item);
        if is_better {
            self.enqueue(score, key);
        }
        is_new
    }

    /// The best candidate; its page is now taken.
    pub(super) fn pop(&mut self) -> Option<Item> {
        while let Some((score, _, key)) = self.queue.pop() {
            let Some(waiting) = self.waiting.remove(&key) else {
                continue;
            };
            if waiting.score != score {
                // Queued again with a better score.
                self.waiting.insert(key, waiting);
                continue;
            }
            let (item, spare) = waiting.plainest();
            // The key may have changed with what was learnt since.
            let key = self.canonical(&item.candidate.url).key;
            let is_taken = !self.taken.insert(key.clone());
            self.spare.entry(key).or_default().extend(spare);
            if is_taken || self.is_dry(&item.candidate.url) {
                continue;
            }
            self.asked.insert(item.candidate.url.clone());
            return Some(item);
        }
        None
    }

    /// Takes a page that a redirect leads to. Gives `false` when it was taken
    /// before.
    pub(super) fn take(&mut self, url: &Url) -> bool {
        let key = self.canonical(url).key;
        self.waiting.remove(&key);
        self.asked.insert(url.clone());
        self.taken.insert(key)
    }

    /// Notes that a page was missing: the plainest of its twins is tried.
    pub(super) fn missing(&mut self, url: &Url) {
        let key = self.canonical(url).key;
        let spare = self.spare.remove(&key).unwrap_or_default();
        let mut spare: Vec<_> = spare
            .into_iter()
            .filter(|item| !self.asked.contains(&item.candidate.url))
            .map(|item| (self.canonical(&item.candidate.url).rules.len(), item))
            .collect();
        spare.sort_by_key(|(rules, item)| (*rules, Reverse(item.score)));
        if spare.is_empty() {
            return;
        }
        self.taken.remove(&key);
        for (_, item) in spare {
            self.push(item);
        }
    }

    /// Puts a candidate back that could not be answered now.
    pub(super) fn again(&mut self, item: Item) {
        let key = self.canonical(&item.candidate.url).key;
        self.taken.remove(&key);
        self.asked.remove(&item.candidate.url);
        self.push(item);
    }

    /// Notes whether a page brought anything new, so that kinds of URL that
    /// bring nothing are left.
    pub(super) fn brought(&mut self, url: &Url, is_fruitful: bool) {
        if let Some((shape, _)) = shape(url) {
            let dry = self.shapes.entry(shape).or_default();
            *dry = if is_fruitful { 0 } else { *dry + 1 };
        }
    }

    /// Whether two URLs are of the kind that a program makes without end, and
    /// of the same kind.
    pub(super) fn is_series(one: &Url, other: &Url) -> bool {
        shape(one).is_some_and(|one| shape(other).is_some_and(|other| one.0 == other.0))
    }

    /// Whether two URLs are one page.
    pub(super) fn is_twin(&self, one: &Url, other: &Url) -> bool {
        self.canonical(one).key == self.canonical(other).key
    }

    /// Forgets what waits, not what is taken.
    pub(super) fn clear(&mut self) {
        self.queue.clear();
        self.waiting.clear();
    }

    /// The best score of what waits.
    pub(super) fn best(&self) -> Option<i32> {
        // A page that was queued again stands here twice; the higher is true.
        let waiting = self
            .queue
            .iter()
            .filter(|(_, _, key)| self.waiting.contains_key(key));
        waiting.map(|(score, _, _)| *score).max()
    }

    /// Pages waiting.
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    fn is_dry(&self, url: &Url) -> bool {
        shape(url)
            .is_some_and(|(shape, limit)| self.shapes.get(&shape).is_some_and(|dry| *dry >= limit))
    }

    fn canonical(&self, url: &Url) -> Canonical {
        canonical(url, &self.neutral)
    }

    fn enqueue(&mut self, score: i32, key: Key) {
        self.sequence += 1;
        self.queue.push((score, Reverse(self.sequence), key));
    }
}

impl Waiting {
    /// One item per URL: the one whose link said most.
    fn add(&mut self, rules: usize, item: Item) {
        let same = self
            .variants
            .iter_mut()
            .find(|(_, other)| other.candidate.url == item.candidate.url);
        match same {
            Some((_, other)) if other.score >= item.score => {}
            Some((_, other)) => *other = item,
            None => self.variants.push((rules, item)),
        }
    }

    fn plainest(mut self) -> (Item, impl Iterator<Item = Item>) {
        self.variants.sort_by_key(|(rules, _)| *rules);
        let mut variants = self.variants.into_iter().map(|(_, item)| item);
        let item = variants.next().expect("a key waits with a candidate");
        (item, variants)
    }
}

/// What a URL has in common with others that a program makes without end, and
/// how many of them may bring nothing: the path with its numbers left out and
/// the names of its parameters. `None` for a plain path.
fn shape(url: &Url) -> Option<(String, u32)> {
    let has_date = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        digits >= 4
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"-/.:".contains(&byte))
    };
    let mut names = Vec::new();
    let mut limit = DRY_QUERIES;
    for (name, value) in url.query_pairs() {
        let name = name.to_lowercase();
        if has_date(&value) && !name.ends_with("id") {
            limit = limit.min(DRY_DATES);
        } else if traps::is_filter(&name) {
            limit = limit.min(DRY_FILTERS);
        } else if name.ends_with("id")
            || ["p", "node", "article", "file", "doc"].contains(&name.as_str())
        {
            limit = limit.max(DRY_NUMBERS);
        }
        names.push(name);
    }
    names.sort();
    let path = without_numbers(url.path());
    if names.is_empty() && path == url.path() {
        return None;
    }
    if names.is_empty() {
        limit = DRY_NUMBERS;
    }
    let host = url.host_str().unwrap_or_default();
    Some((format!("{host}{path}?{}", names.join("&")), limit))
}

fn without_numbers(path: &str) -> String {
    let mut shape = String::new();
    for letter in path.chars() {
        match letter {
            '0'..='9' if shape.ends_with('#') => {}
            '0'..='9' => shape.push('#'),
            _ => shape.push(letter),
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::capture::LinkContext;

    #[test]
    fn the_best_comes_first_and_equals_in_the_order_found() {
        let mut frontier = Frontier::default();
        for (path, score) in [("/a", 1), ("/b", 9), ("/c", 9), ("/d", 5)] {
            assert!(frontier.push(item(path, score)));
        }
        assert_eq!(paths(&mut frontier), ["/b", "/c", "/d", "/a"]);
    }

    #[test]
    fn a_page_is_asked_for_once_by_its_plainest_url() {
        let mut frontier = Frontier::default();
        frontier.push(item("/a?utm_source=x", 9));
        assert!(!frontier.push(item("/a", 1)));
        assert_eq!(paths(&mut frontier), ["/a"]);
        assert!(!frontier.push(item("/a?utm_source=y", 9)));
        assert_eq!(paths(&mut frontier), [""; 0]);
    }

    #[test]
    fn a_better_link_moves_a_page_forward() {
        let mut frontier = Frontier::default();
        frontier.push(item("/a", 1));
        frontier.push(item("/b", 2));
        frontier.push(item("/a", 3));
        assert_eq!(paths(&mut frontier), ["/a", "/b"]);
    }

    #[test]
    fn a_twin_stands_in_for_a_page_that_is_missing() {
        let mut frontier = Frontier::default();
        frontier.push(item("/p/a", 1));
        frontier.push(item("/a", 1));
        assert_eq!(paths(&mut frontier), ["/a"]);
        frontier.missing(&at("/a"));
        assert_eq!(paths(&mut frontier), ["/p/a"]);
        frontier.missing(&at("/p/a"));
        assert_eq!(paths(&mut frontier), [""; 0]);
    }

    #[test]
    fn a_redirect_takes_the_page_it_leads_to() {
        let mut frontier = Frontier::default();
        frontier.push(item("/new", 1));
        assert!(frontier.take(&at("/new")));
        assert!(!frontier.take(&at("/new/")));
        assert_eq!(paths(&mut frontier), [""; 0]);
    }

    #[test]
    fn a_kind_of_url_that_brings_nothing_is_left() {
        let mut frontier = Frontier::default();
        let mut asked = 0;
        for page in 0..100 {
            frontier.push(item(&format!("/log?day=2024-01-{page:02}"), 1));
            while let Some(item) = frontier.pop() {
                asked += 1;
                frontier.brought(&item.candidate.url, false);
            }
        }
        assert_eq!(asked, DRY_DATES);
    }

    #[test]
    fn what_is_learnt_applies_to_what_already_waits() {
        let mut frontier = Frontier::default();
        frontier.push(item("/a", 2));
        frontier.push(item("/a?tone=calm", 1));
        assert_eq!(frontier.pop().map(|item| item.score), Some(2));
        frontier.neutral.parameters.insert("tone".to_owned());
        assert_eq!(frontier.pop(), None);
    }

    fn paths(frontier: &mut Frontier) -> Vec<String> {
        std::iter::from_fn(|| frontier.pop())
            .map(|item| item.candidate.url[url::Position::BeforePath..].to_owned())
            .collect()
    }

    fn at(path: &str) -> Url {
        Url::parse(&format!("http://n.example{path}")).expect("a URL")
    }

    fn item(path: &str, score: i32) -> Item {
        Item {
            candidate: Candidate {
                partnership: "oakmoor".parse().expect("an id"),
                url: at(path),
                context: LinkContext::default(),
                depth: 1,
            },
            score,
            attempts: 0,
            is_recheck: false,
        }
    }
}
