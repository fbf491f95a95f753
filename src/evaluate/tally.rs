//! Compares documents and keeps count.
//!
//! In: gold documents one by one, with what the export has for each. Out: the
//! figures by name, and the faults that a person would look at first.

use std::collections::HashMap;

use crate::evaluate::Key;
use crate::evaluate::count::{Count, Figure, Rate};
use crate::evaluate::gold::{Answer, Found, GoldDocument, Item};
use crate::evaluate::matching::{dates_agree, is_counted, overlap, pair_up, plain_label, tokens};

/// Least overlap of titles, and of parts of an answer, that are the same.
const SAME_TEXT: f64 = 0.7;

/// The parts of an answer that are compared.
const PARTS: [&str; 3] = ["action", "impact", "next"];

/// Everything that is counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    discovered: Rate,
    kind: Rate,
    review_type: Rate,
    published: Rate,
    title: Rate,
    subjects: Count,
    criteria: Count,
    age_bands: Count,
    themes: Count,
    linked: Rate,
    recommendations: Count,
    lessons: Count,
    good_practice: Count,
    page: Rate,
    label: Rate,
    addressees: Count,
    item_themes: Count,
    answers: Count,
    status: Rate,
    parts: Rate,
    pub(super) faults: Vec<Fault>,
}

/// What went wrong with a document. Ordered by how much was lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fault {
    /// Roughly the number of things lost.
    pub(super) weight: usize,
    /// Id in the gold.
    pub(super) document: String,
    /// In words.
    pub(super) what: String,
}

impl Tally {
    /// Every figure by name, in the order printed.
    pub(super) fn figures(&self) -> Vec<(&'static str, Figure)> {
        vec![
            ("documents discovered", self.discovered.figure()),
            ("document kind", self.kind.figure()),
            ("review type", self.review_type.figure()),
            ("published date", self.published.figure()),
            ("title", self.title.figure()),
            ("subjects", self.subjects.figure()),
            ("criteria", self.criteria.figure()),
            ("age bands", self.age_bands.figure()),
            ("document themes", self.themes.figure()),
            (
                "response or summary linked to its review",
                self.linked.figure(),
            ),
            ("recommendations", self.recommendations.figure()),
            ("lessons", self.lessons.figure()),
            ("good practice", self.good_practice.figure()),
            ("page of item", self.page.figure()),
            ("recommendation number", self.label.figure()),
            ("agencies addressed", self.addressees.figure()),
            ("item themes", self.item_themes.figure()),
            ("responses", self.answers.figure()),
            ("response status", self.status.figure()),
            ("response parts", self.parts.figure()),
        ]
    }

    /// Compares one document. Of a gold document that is neither review,
    /// summary nor response only its kind is compared, and what was taken for
    /// a recommendation in it.
    pub(super) fn add(&mut self, gold: &GoldDocument, key: &Key<'_>) {
        let found = key.found(gold);
        let is_other = gold.says.is("other");
        if !is_other {
            self.discovered.add(found.is_some());
        }
        match found {
            None if is_other => {}
            None => self.add_missing(gold),
            Some(found) => {
                self.kind.add(found.says.kind == gold.says.kind);
                if is_other {
                    self.add_other(gold, found);
                } else {
                    self.add_facts(gold, found, key);
                    self.add_link(gold, found, key);
                    self.add_items(gold, found, key);
                    self.add_answers(&gold.says.responses, &found.says.responses);
                }
            }
        }
    }

    fn add_missing(&mut self, gold: &GoldDocument) {
        let says = &gold.says;
        self.recommendations.missed += says.recommendations.len();
        self.lessons.missed += says.lessons.len();
        self.good_practice.missed += says.good_practice.len();
        self.answers.missed += says.responses.len();
        let weight = says.recommendations.len() + 1;
        self.fault(weight, gold, "document not found".to_owned());
    }

    fn add_other(&mut self, gold: &GoldDocument, found: &Found) {
        if !found.says.is("other") {
            self.recommendations.wrong += found.says.recommendations.len();
            let kind = shown(found.says.kind.as_ref());
            self.fault(3, gold, format!("other taken for {kind}"));
        }
    }

    fn add_facts(&mut self, gold: &GoldDocument, found: &Found, key: &Key<'_>) {
        let (known, says) = (&gold.says, &found.says);
        if says.kind != known.kind {
            let (right, taken) = (shown(known.kind.as_ref()), shown(says.kind.as_ref()));
            self.fault(2, gold, format!("kind {right} taken for {taken}"));
        }
        self.review_type.add(says.review_type == known.review_type);
        if let Some(date) = known.published.as_deref().filter(|date| !date.is_empty()) {
            let agree = dates_agree(date, says.published.as_deref().unwrap_or_default());
            self.published.add(agree);
            if !agree {
                let other = shown(says.published.as_ref());
                self.fault(1, gold, format!("published {date} / {other}"));
            }
        }
        let titles = [known, says].map(|side| tokens(side.title.as_deref()));
        self.title.add(overlap(&titles[0], &titles[1]) >= SAME_TEXT);
        self.subjects
            .add(lower(&known.subjects), lower(&says.subjects));
        if known.is("review") {
            self.criteria.add(&known.criteria, &says.criteria);
            self.age_bands.add(&known.age_bands, &says.age_bands);
        }
        if known.is("review") || known.is("summary") {
            let known = known.themes.iter().map(String::as_str);
            self.themes.add(known, key.scored(&says.themes));
        }
    }

    fn add_link(&mut self, gold: &GoldDocument, found: &Found, key: &Key<'_>) {
        let review = gold
            .says
            .responds_to
            .as_deref()
            .filter(|name| !name.is_empty());
        let Some(review) = review else { return };
        let target = found.says.responds_to.as_deref();
        let is_right = key.lies_at(&gold.site, review, target);
        self.linked.add(is_right);
        if !is_right {
            let target = shown(found.says.responds_to.as_ref());
            self.fault(3, gold, format!("belongs to {review} / {target}"));
        }
    }

    fn add_items(&mut self, gold: &GoldDocument, found: &Found, key: &Key<'_>) {
        let (known, says) = (&gold.says, &found.says);
        let pairs = pair_items(&known.recommendations, &says.recommendations);
        let count = count_of(&pairs, &known.recommendations, &says.recommendations);
        self.recommendations += count;
        self.fault_items(gold, count);
        for (item, other) in pairs {
            self.add_item(item, other, key);
            self.add_recommendation(item, other);
        }
        let pairs = pair_items(&known.lessons, &says.lessons);
        self.lessons += count_of(&pairs, &known.lessons, &says.lessons);
        for (item, other) in pairs {
            self.add_item(item, other, key);
        }
        let pairs = pair_items(&known.good_practice, &says.good_practice);
        self.good_practice += count_of(&pairs, &known.good_practice, &says.good_practice);
        for (item, other) in pairs {
            self.add_item(item, other, key);
        }
    }

    /// What is compared of every item, whatever its sort.
    fn add_item(&mut self, gold: &Item, found: &Item, key: &Key<'_>) {
        if let Some(page) = gold.page.filter(|page| *page != 0) {
            self.page.add(found.page == Some(page));
        }
        if !gold.themes.is_empty() {
            let known = gold.themes.iter().map(String::as_str);
            self.item_themes.add(known, key.scored(&found.themes));
        }
    }

    /// What is compared of recommendations alone.
    fn add_recommendation(&mut self, gold: &Item, found: &Item) {
        if !gold.to.is_empty() {
            self.addressees.add(&gold.to, &found.to);
        }
        if !is_counted(gold.id.as_deref().unwrap_or_default()) {
            let same = plain_label(gold.id.as_deref()) == plain_label(found.id.as_deref());
            self.label.add(same);
        }
    }

    fn add_answers(&mut self, gold: &[Answer], found: &[Answer]) {
        if gold.is_empty() {
            return;
        }
        let mut unused: HashMap<String, Vec<&Answer>> = HashMap::new();
        for answer in found.iter().rev() {
            let label = plain_label(answer.recommendation.as_deref());
            unused.entry(label).or_default().push(answer);
        }
        for answer in gold {
            let label = plain_label(answer.recommendation.as_deref());
            match unused.get_mut(&label).and_then(Vec::pop) {
                Some(found) => self.add_answer(answer, found),
                None => self.answers.missed += 1,
            }
        }
        self.answers.wrong += unused.values().map(Vec::len).sum::<usize>();
    }

    fn add_answer(&mut self, gold: &Answer, found: &Answer) {
        self.answers.right += 1;
        if gold
            .status
            .as_ref()
            .is_some_and(|status| !status.is_empty())
        {
            self.status.add(found.status == gold.status);
        }
        for name in PARTS {
            let part = |answer: &Answer| answer.parts.get(name).cloned().flatten();
            if let Some(text) = part(gold).filter(|text| !text.is_empty()) {
                let other = tokens(part(found).as_deref());
                self.parts
                    .add(overlap(&tokens(Some(&text)), &other) >= SAME_TEXT);
            }
        }
    }

    fn fault_items(&mut self, gold: &GoldDocument, count: Count) {
        let Count {
            right,
            wrong,
            missed,
        } = count;
        if missed + wrong > 0 {
            let what = format!("recommendations: {right} right, {missed} missed, {wrong} wrong");
            self.fault(missed + wrong, gold, what);
        }
    }

    fn fault(&mut self, weight: usize, gold: &GoldDocument, what: String) {
        let document = gold.id.clone();
        self.faults.push(Fault {
            weight,
            document,
            what,
        });
    }
}

/// Items of the gold, each with the found one that has the same text.
fn pair_items<'a>(gold: &'a [Item], found: &'a [Item]) -> Vec<(&'a Item, &'a Item)> {
    let words = |items: &[Item]| -> Vec<Vec<String>> {
        items
            .iter()
            .map(|item| tokens(item.text.as_deref()))
            .collect()
    };
    let pairs = pair_up(&words(gold), &words(found));
    pairs
        .into_iter()
        .map(|(i, j)| (&gold[i], &found[j]))
        .collect()
}

fn count_of(pairs: &[(&Item, &Item)], gold: &[Item], found: &[Item]) -> Count {
    Count {
        right: pairs.len(),
        wrong: found.len() - pairs.len(),
        missed: gold.len() - pairs.len(),
    }
}

fn lower(words: &[String]) -> Vec<String> {
    words.iter().map(|word| word.to_lowercase()).collect()
}

/// As the reference scorer prints a value that may be missing.
fn shown(value: Option<&String>) -> &str {
    value.map_or("None", String::as_str)
}
