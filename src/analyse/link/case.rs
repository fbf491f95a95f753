//! What an entry tells about the case it belongs to.
//!
//! In: an [`Entry`]. Out: the names, codes, words and places by which it can be
//! compared with others.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::analyse::metadata::review_type;
use crate::analyse::text;
use crate::model::capture::LinkContext;
use crate::model::entry::Entry;

/// An entry, prepared for comparison.
#[derive(Debug)]
pub(super) struct Case<'a> {
    /// The entry itself.
    pub(super) entry: &'a Entry,
    /// Pseudonyms, folded.
    pub(super) subjects: BTreeSet<String>,
    /// Case codes: `cpr022017` for "CPR02/2017".
    pub(super) codes: BTreeSet<String>,
    /// Words of the title that not every document has.
    pub(super) title: BTreeSet<String>,
    /// Where links to it stand.
    pub(super) places: BTreeSet<Place>,
    /// Addresses it is known by.
    pub(super) addresses: BTreeSet<String>,
    /// Its recommendations, or those it says it answers, as words.
    pub(super) recommendations: Vec<Vec<String>>,
}

/// A page and the heading under which a link stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The page, without query and style twins.
    pub(super) page: String,
    /// The innermost heading, folded; empty when there is none.
    pub(super) heading: String,
    /// The block around the link.
    pub(super) block: String,
}

impl<'a> Case<'a> {
    /// Prepares an entry.
    pub(super) fn of(entry: &'a Entry) -> Self {
        let analysis = &entry.analysis;
        let title = analysis
            .metadata
            .title
            .as_ref()
            .map_or("", |title| title.value.as_str());
        let subjects: BTreeSet<String> = analysis
            .metadata
            .subjects
            .iter()
            .map(|subject| text::fold(&subject.value))
            .collect();
        let urls = [&entry.url, &entry.final_url]
            .into_iter()
            .chain(&entry.also_at);
        Self {
            entry,
            codes: codes_of(entry, title),
            title: distinctive(title, &subjects),
            places: entry.found.iter().filter_map(place_of).collect(),
            addresses: urls.map(address).collect(),
            recommendations: recommendations(entry),
            subjects,
        }
    }

    /// Pseudonyms that both have: "Linnet" is "Baby Linnet".
    pub(super) fn shared_subjects(&self, other: &Self) -> Vec<&str> {
        let is_same = |a: &str, b: &str| {
            a == b || {
                let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
                short.len() > 2 && long.ends_with(&format!(" {short}"))
            }
        };
        self.subjects
            .iter()
            .filter(|a| other.subjects.iter().any(|b| is_same(a, b)))
            .map(String::as_str)
            .collect()
    }

    /// Whether both have a name or code in common.
    pub(super) fn shares_names_with(&self, other: &Self) -> bool {
        !self.shared_subjects(other).is_empty() || !self.codes.is_disjoint(&other.codes)
    }

    /// Whether both are documents of one review: a translation, another
    /// format, a new issue. Of the same partnership, with the same code, or
    /// the same subjects and no later than a year apart.
    pub(super) fn is_same_case(&self, other: &Self) -> bool {
        if self.entry.id.partnership() != other.entry.id.partnership() {
            return false;
        }
        if !self.codes.is_disjoint(&other.codes) {
            return true;
        }
        let year = |case: &Self| {
            case.entry
                .analysis
                .metadata
                .published
                .as_ref()
                .map(|date| date.value.year())
        };
        let is_near = match (year(self), year(other)) {
            (Some(a), Some(b)) => (a - b).abs() <= 1,
            _ => true,
        };
        !self.subjects.is_empty() && self.subjects == other.subjects && is_near
    }
}

static CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?P<letters>[A-Z]{2,6})[\s_-]?(?P<number>\d{1,3})[\s_/-]?(?P<year>(?:19|20)\d\d)\b|\b(?P<years>[A-Z]{2,6})[\s_-]?(?P<y>(?:19|20)\d\d)[\s_/-](?:\d\d[\s_/-])?(?P<n>\d{1,3})\b")
        .expect("the pattern of case codes compiles")
});

/// The case codes of a text, in one spelling: separators vary for one code.
fn codes(text: &str) -> impl Iterator<Item = String> {
    CODE.captures_iter(text).filter_map(|hit| {
        let part = |name: &str| hit.name(name).map(|part| part.as_str());
        let letters = part("letters").or(part("years"))?;
        let number = part("number").or(part("n"))?.trim_start_matches('0');
        let year = part("year").or(part("y"))?;
        Some(format!("{}{number}/{year}", letters.to_lowercase()))
    })
}

/// From the title, and where that has none from the link and its headings.
fn codes_of(entry: &Entry, title: &str) -> BTreeSet<String> {
    let own: BTreeSet<String> = codes(title).collect();
    if !own.is_empty() {
        return own;
    }
    let contexts = entry.found.iter().flat_map(|context| {
        let words = [&context.link_text, &context.nearby];
        words.into_iter().flatten().chain(context.headings.last())
    });
    contexts.flat_map(|words| codes(words)).collect()
}

/// Words of a title that say which case it is about: not the kind of review
/// or document, nor the words of every title.
fn distinctive(title: &str, subjects: &BTreeSet<String>) -> BTreeSet<String> {
    const COMMON: &str = "a about action agency an and annual answer board briefing brief by case child children combined concerning concise executive \
        extended final for from full have how improvement in into is it learning lessons letter local minute multi of on one our overview page partnership \
        plan position practice progress published recommendations regarding relation report respect responded response review reviews safeguarding serious \
        since story summary the their to update version we what which year years young person baby family adult respect done was been";
    let folded = text::fold(title);
    let mut rest = folded.clone();
    for range in review_type::named_ranges(&folded).into_iter().rev() {
        rest.replace_range(range, " ");
    }
    let named: BTreeSet<String> = subjects
        .iter()
        .flat_map(|subject| text::tokens(subject))
        .collect();
    text::tokens(&rest)
        .into_iter()
        .filter(|word| word.len() > 2 && !word.chars().all(|c| c.is_ascii_digit()))
        .filter(|word| {
            !COMMON.split_whitespace().any(|common| common == word) && !named.contains(word)
        })
        .collect()
}

fn place_of(context: &LinkContext) -> Option<Place> {
    Some(Place {
        page: address(context.page.as_ref()?),
        heading: context
            .headings
            .last()
            .map(|heading| text::fold(heading))
            .unwrap_or_default(),
        block: context
            .nearby
            .as_deref()
            .map(text::fold)
            .unwrap_or_default(),
    })
}

/// An address without what makes twins of one page: scheme, query, `/print`,
/// a closing slash.
pub(super) fn address(url: &Url) -> String {
    let path = url.path().trim_end_matches('/').trim_end_matches("/print");
    let query = url
        .query()
        .filter(|query| query.contains("id=") || query.contains("file="))
        .unwrap_or_default();
    format!("{}{path}?{query}", url.host_str().unwrap_or_default())
}

fn recommendations(entry: &Entry) -> Vec<Vec<String>> {
    let findings = &entry.analysis.findings;
    let printed = findings
        .recommendations
        .iter()
        .map(|item| item.text.as_str());
    let answered = findings
        .answers
        .iter()
        .filter_map(|answer| answer.parts.recommendation.as_deref());
    printed
        .chain(answered)
        .map(text::tokens)
        .filter(|words| words.len() > 4)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_code_has_many_spellings() {
        for text in [
            "CPR02/2017",
            "CPR022017",
            "CPR 2/2017",
            "CPR02-2017 final",
            "CPR_02_2017",
        ] {
            let found: Vec<String> = codes(text).collect();
            assert_eq!(found, ["cpr2/2017"], "text: {text:?}");
        }
        assert_eq!(codes("In June 2017 the Board").count(), 0);
    }

    #[test]
    fn titles_are_told_apart_by_what_not_every_title_has() {
        let words = distinctive(
            "Response to the Serious Case Review: Lost in plain sight",
            &BTreeSet::new(),
        );
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(words, ["lost", "plain", "sight"]);
    }
}
