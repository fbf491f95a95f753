//! Learns which parts of a site's URLs do not matter, from pages that turned
//! out to be the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use url::Url;

use crate::crawl::canon::{Neutral, difference};
use crate::model::digest::Digest;

/// Pages that must agree before a part of URLs is taken not to matter.
const VOTES: usize = 2;
/// Pages with less text than this, in bytes, are not compared: a site has many
/// that say nothing.
const TEXT_LEAST: usize = 400;

/// Shorter texts, in bytes, are near to too many others.
const NEAR_TEXT_LEAST: usize = 1_000;
/// Bits of two sketches that may differ between pages that say the same.
const NEAR_BITS: u32 = 3;

/// The pages met so far, by what they say.
#[derive(Debug, Default)]
pub(super) struct Learner {
    bodies: HashMap<Digest, Url>,
    texts: HashMap<Digest, Url>,
    sketches: Vec<u64>,
    votes: BTreeMap<Part, BTreeSet<String>>,
}

/// A part of a URL that may not matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Parameter(String),
    Prefix(String),
}

impl Learner {
    /// Whether these very bytes came from another URL. Adds what that teaches
    /// to `neutral`.
    pub(super) fn is_known_body(
        &mut self,
        digest: &Digest,
        url: &Url,
        neutral: &mut Neutral,
    ) -> bool {
        let known = self
            .bodies
            .entry(digest.clone())
            .or_insert_with(|| url.clone());
        let known = known.clone();
        self.compare(&known, url, neutral)
    }

    /// Whether a page at another URL had the same text, whatever its menus and
    /// marks.
    pub(super) fn is_known_text(&mut self, text: &str, url: &Url, neutral: &mut Neutral) -> bool {
        if text.len() < TEXT_LEAST {
            return false;
        }
        let digest = Digest::of(text.as_bytes());
        let known = self.texts.entry(digest).or_insert_with(|| url.clone());
        let known = known.clone();
        self.compare(&known, url, neutral)
    }

    /// Whether a page met before said almost the same: all but a word or two in
    /// a hundred.
    pub(super) fn is_near_known(&mut self, text: &str) -> bool {
        if text.len() < NEAR_TEXT_LEAST {
            return false;
        }
        let sketch = sketch(text);
        let is_near = |known: &u64| (known ^ sketch).count_ones() <= NEAR_BITS;
        let is_known = self.sketches.iter().any(is_near);
        if !is_known {
            self.sketches.push(sketch);
        }
        is_known
    }

    fn compare(&mut self, known: &Url, url: &Url, neutral: &mut Neutral) -> bool {
        if known == url {
            return false;
        }
        let parts = difference(url, known).or_else(|| difference(known, url));
        for part in parts.into_iter().flat_map(parts_of) {
            let paths = self.votes.entry(part.clone()).or_default();
            paths.insert(url.path().to_owned());
            if paths.len() >= VOTES {
                part.add_to(neutral);
            }
        }
        true
    }
}

impl Part {
    fn add_to(self, neutral: &mut Neutral) {
        let is_new = match &self {
            Self::Parameter(name) => neutral.parameters.insert(name.clone()),
            Self::Prefix(segment) => neutral.prefixes.insert(segment.clone()),
        };
        if is_new {
            tracing::info!(part = ?self, "Learnt that a part of this site's addresses does not matter");
        }
    }
}

/// A sketch of a text in 64 bits: texts that share most of their runs of three
/// words have sketches that share most of their bits (Charikar's simhash).
fn sketch(text: &str) -> u64 {
    let words: Vec<_> = text.split_whitespace().collect();
    let mut balance = [0_i32; 64];
    for run in words.windows(3) {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        let hash = hasher.finish();
        for (bit, balance) in balance.iter_mut().enumerate() {
            *balance += if (hash >> bit) & 1 == 1 { 1 } else { -1 };
        }
    }
    let bits = balance.iter().enumerate();
    bits.fold(0, |sketch, (bit, balance)| {
        sketch | (u64::from(*balance > 0) << bit)
    })
}

/// Parts that could be neutral: what usually selects a page or file is never
/// taken to be, since an unknown id may answer with one page for all.
fn parts_of(neutral: Neutral) -> impl Iterator<Item = Part> {
    const SELECTS: &[&str] = &[
        "p", "page", "file", "doc", "node", "article", "start", "offset", "letter", "name", "path",
        "url", "ref",
    ];
    let parameters = neutral
        .parameters
        .into_iter()
        .filter(|name| !name.ends_with("id") && !SELECTS.contains(&name.as_str()))
        .map(Part::Parameter);
    let prefixes = neutral.prefixes.into_iter().map(Part::Prefix);
    parameters.chain(prefixes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pages_teach_what_does_not_matter() {
        check(&[("/a", "/a?tone=1")], "tone", false);
        check(&[("/a", "/a?tone=1"), ("/a", "/a?tone=2")], "tone", false);
        check(&[("/a", "/a?tone=1"), ("/b", "/b?tone=1")], "tone", true);
        check(
            &[("/a", "/a?docid=1"), ("/b", "/b?docid=1")],
            "docid",
            false,
        );
    }

    #[test]
    fn short_texts_are_not_compared() {
        let (mut learner, mut neutral) = (Learner::default(), Neutral::default());
        let long = "word ".repeat(100);
        for (text, path, expected) in [
            ("short", "/a", false),
            ("short", "/b", false),
            (&*long, "/c", false),
            (&*long, "/c", false),
            (&*long, "/d", true),
        ] {
            assert_eq!(
                learner.is_known_text(text, &at(path), &mut neutral),
                expected,
                "{path}"
            );
        }
    }

    #[test]
    fn pages_that_say_almost_the_same_are_near() {
        let text = |date: &str, subject: &str| -> String {
            let words: Vec<_> = (0..300)
                .map(|n| format!("{subject}{}", n * n % 97))
                .collect();
            format!("{} {date}", words.join(" "))
        };
        let mut learner = Learner::default();
        assert!(!learner.is_near_known(&text("Monday", "word")));
        assert!(learner.is_near_known(&text("Tuesday", "word")));
        assert!(!learner.is_near_known(&text("Monday", "other")));
        assert!(!learner.is_near_known("short"));
        assert!(!learner.is_near_known("short"));
    }

    /// Each pair of paths gives the same bytes.
    #[track_caller]
    fn check(pairs: &[(&str, &str)], parameter: &str, is_learnt: bool) {
        let (mut learner, mut neutral) = (Learner::default(), Neutral::default());
        for (one, other) in pairs {
            let digest = Digest::of(one.as_bytes());
            learner.is_known_body(&digest, &at(one), &mut neutral);
            learner.is_known_body(&digest, &at(other), &mut neutral);
        }
        assert_eq!(
            neutral.parameters.contains(parameter),
            is_learnt,
            "{pairs:?}"
        );
    }

    fn at(path: &str) -> Url {
        Url::parse(&format!("http://n.example{path}")).expect("a URL")
    }
}
