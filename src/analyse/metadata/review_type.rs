//! Under which law a review was held.
//!
//! In: a [`Reading`] and the vocabulary. Out: a term of
//! `index/review-types.toml`, from the title if it says so, else from the
//! front, the link, or what the text calls itself most; where nothing names
//! one, what the law of its nation and time provided for. Never from a URL:
//! paths keep the names of laws long repealed.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::reading::Reading;
use crate::analyse::text;
use crate::model::analysis::{Cited, Kind, Source};
use crate::model::date::PartialDate;
use crate::model::ids::TermId;
use crate::model::partnership::PublisherKind;
use crate::vocabulary::Vocabulary;

/// Names of reviews as printed, in English and Welsh, each group named after
/// its term with `_` for `-`. The first that fits at a place counts, so the
/// longer stand before the shorter.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?:
        (?P<susr> single\sunified\ssafeguarding\sreviews? | susrs? | adolygiad(?:au)?\sdiogelu\sunedig\ssengl )
        | (?P<dhr> domestic\shomicide\sreviews? | domestic\sabuse[\s-]related\sdeath\sreviews? | dhrs? | dardrs?
            | adolygiad(?:au)?\s(?:lladdiad(?:au)?|dynladdiad(?:au)?)\s(?:trwy\s|drwy\s)?(?:drais\s)?domestig )
        | (?P<sar> safeguarding\sadults?'?\sreviews? | adults?\spractice\sreviews? | adult\sserious\scase\sreviews? | sars?
            | adolygiad(?:au)?\symarfer\soedolion )
        | (?P<significant_case_review> significant\scase\sreviews? | initial\scase\sreviews? )
        | (?P<scr> serious\scase\sreviews? | scrs? | part\s(?:8|eight)\sreviews? | adolygiad(?:au)?\sachos(?:ion)?\sdifrifol )
        | (?P<rapid_review> rapid\sreviews? )
        | (?P<national_cspr> national\s(?:child\ssafeguarding\spractice\s|thematic\s)?reviews? )
        | (?P<lcspr> (?:local\s)?(?:child(?:ren)?(?:'s)?\s)?safeguarding\s(?:children\s)?practice\sreviews? | l?csprs? | (?-x:local child practice reviews?) )
        | (?P<cpr_wales> (?:concise\s|extended\s)?child\spractice\sreviews? | cprs? | adolygiad(?:au)?\symarfer\splant(?:\s(?:cryno|estynedig))? )
        | (?P<cmr> case\smanagement\sreviews? | cmrs? )
        | (?P<learning_review> (?:[\w-]+\s)?learning\s(?:lessons\s)?reviews? | lessons\sle?arn(?:ed|t)\sreviews?
            | (?:thematic|partnership|multi[\s-]agency(?:\s[\w-]+)?|discretionary|appreciative|critical\sincident|serious\sincident|single[\s-]agency)\sreviews? )
        )\b
        ",
    )
    .expect("the pattern of review types compiles")
});

/// The group of each term.
const GROUPS: [(&str, &str); 11] = [
    ("susr", "susr"),
    ("dhr", "dhr"),
    ("sar", "sar"),
    ("significant_case_review", "significant-case-review"),
    ("scr", "scr"),
    ("rapid_review", "rapid-review"),
    ("national_cspr", "national-cspr"),
    ("lcspr", "lcspr"),
    ("cpr_wales", "cpr-wales"),
    ("cmr", "cmr"),
    ("learning_review", "learning-review"),
];

/// Whether a folded text names a kind of review.
pub(in crate::analyse) fn is_named_in(folded: &str) -> bool {
    NAMES.is_match(folded)
}

/// Whether a folded text names one review of a kind, not such reviews in
/// general nor who oversees them.
pub(in crate::analyse) fn names_one(folded: &str) -> bool {
    NAMES.find_iter(folded).any(|found| {
        let name = found.as_str();
        let after = folded[found.end()..].trim_start();
        let is_body = ["panel", "group", "sub", "committee", "process", "procedure"];
        !name.ends_with('s')
            && !name.starts_with("adolygiadau")
            && !is_body.iter().any(|body| after.starts_with(body))
    })
}

/// Takes the names of kinds of reviews out of a folded text, so that what is
/// left may be a name of somebody.
pub(in crate::analyse) fn named_ranges(folded: &str) -> Vec<Range<usize>> {
    NAMES.find_iter(folded).map(|found| found.range()).collect()
}

/// The type of the review that a document is, sums up or answers.
pub(super) fn read(
    reading: &Reading<'_>,
    title: Option<&Cited<String>>,
    published: Option<PartialDate>,
    kind: Kind,
    vocabulary: &Vocabulary,
) -> Option<Cited<TermId>> {
    let nation = reading.found.partnership.nation.as_str();
    let first = |folded: &str| named(folded, nation).into_iter().next();
    let cite = |id: &str, source, confidence| {
        let value: TermId = id.parse().ok()?;
        vocabulary.review_type(&value)?;
        // Who answers or sums up a review may call it by a looser name.
        let is_loose = kind != Kind::Review && id == "learning-review";
        Some(Cited {
            value,
            source,
            confidence: if is_loose {
                confidence * 0.75
            } else {
                confidence
            },
        })
    };
    if let Some(title) = title
        && let Some(id) = first(&text::fold(&title.value))
    {
        return cite(id, title.source, 0.98);
    }
    for line in &reading.front.lines {
        if let Some(id) = first(&line.folded) {
            return cite(id, Source::Text(line.at), 0.95);
        }
    }
    if let Some((id, share)) = by_count(reading, nation) {
        let at = reading.outline.blocks.first()?.at;
        return cite(id, Source::Text(at), if share > 0.6 { 0.92 } else { 0.75 });
    }
    let contexts = reading.found.contexts.iter();
    let words = contexts.flat_map(|context| {
        let near = [&context.link_text, &context.nearby, &context.page_title];
        near.into_iter().flatten()
    });
    words
        .filter_map(|words| first(&text::fold(words)))
        .find_map(|id| cite(id, Source::Link, 0.8))
        .or_else(|| cite(in_headings(reading, nation)?, Source::Link, 0.65))
        .or_else(|| cite(by_law(reading, published?)?, Source::Site, 0.5))
}

/// The type that the nearest heading above a link names: lists may hold what
/// they are not named after.
fn in_headings(reading: &Reading<'_>, nation: &str) -> Option<&'static str> {
    let contexts = reading.found.contexts.iter();
    let mut headings = contexts.flat_map(|context| context.headings.iter().rev());
    headings.find_map(|heading| named(&text::fold(heading), nation).into_iter().next())
}

/// The review that the law provided for where and when a document that names
/// none was published. A guess, and marked as one.
fn by_law(reading: &Reading<'_>, published: PartialDate) -> Option<&'static str> {
    let publisher = reading.found.partnership;
    let month = (published.year(), published.month().unwrap_or(1));
    match publisher.nation.as_str() {
        _ if publisher.kind == PublisherKind::Adults => Some("sar"),
        // Safeguarding partners took over from Boards by September 2019.
        "england" if month >= (2019, 9) => Some("lcspr"),
        "england" => Some("scr"),
        "wales" if month >= (2013, 1) => Some("cpr-wales"),
        // The guidance on learning reviews is of September 2021.
        "scotland" if month >= (2021, 9) => Some("learning-review-scotland"),
        "scotland" => Some("significant-case-review"),
        "northern-ireland" => Some("cmr"),
        _ => None,
    }
}

/// The terms named in a folded text, in order.
fn named(folded: &str, nation: &str) -> Vec<&'static str> {
    NAMES
        .captures_iter(folded)
        .filter_map(|found| {
            let (group, id) = GROUPS
                .iter()
                .find(|(group, _)| found.name(group).is_some())?;
            let printed = found.name(group)?.as_str();
            Some(by_nation(id, printed, nation))
        })
        .collect()
}

/// What a name means where it is printed: `SCR` is a significant case review
/// in Scotland, a learning review there has a law of its own, and Wales says
/// child practice review where England says safeguarding practice review.
fn by_nation(id: &'static str, printed: &str, nation: &str) -> &'static str {
    match (id, nation) {
        ("scr", "scotland") if printed.starts_with("scr") => "significant-case-review",
        ("learning-review", "scotland") if printed.contains("learning") => {
            "learning-review-scotland"
        }
        ("cpr-wales", "england") => "lcspr",
        _ => id,
    }
}

/// The term that the text uses most, and its share of all uses. What the text
/// calls itself ("this serious case review") counts more, and so do headings
/// and the opening; reviews that come before or beside every other (rapid,
/// national) count less.
fn by_count(reading: &Reading<'_>, nation: &str) -> Option<(&'static str, f32)> {
    let mut counts: HashMap<&'static str, f32> = HashMap::new();
    let mut words = 0;
    for placed in &reading.outline.blocks {
        let folded = text::fold(&placed.block.text);
        for id in named(&folded, nation) {
            let mut weight = match id {
                "rapid-review" | "national-cspr" => 0.2,
                _ => 1.0,
            };
            if placed.is_heading || words < 500 {
                weight *= 2.0;
            }
            if folded.contains("this ") {
                weight *= 1.5;
            }
            *counts.entry(id).or_default() += weight;
        }
        words += text::word_count(&folded);
    }
    let all: f32 = counts.values().sum();
    counts
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0)))
        .map(|(id, count)| (id, count / all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_what_its_nation_means_by_it() {
        check("serious case review: child k", "england", &["scr"]);
        check("scr child k", "england", &["scr"]);
        check("scr child k", "scotland", &["significant-case-review"]);
        check(
            "learning review: x",
            "scotland",
            &["learning-review-scotland"],
        );
        check("learning review: x", "england", &["learning-review"]);
        check("extended child practice review", "wales", &["cpr-wales"]);
        check("adolygiad ymarfer plant cryno", "wales", &["cpr-wales"]);
        check(
            "thematic local child safeguarding practice review",
            "england",
            &["lcspr"],
        );
        check("child safeguarding practice review", "england", &["lcspr"]);
        check(
            "a thematic review of violence",
            "england",
            &["learning-review"],
        );
        check("safeguarding adults review", "england", &["sar"]);
        check("the review of the policy", "england", &[]);
    }

    #[test]
    fn every_term_is_in_the_vocabulary() {
        let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
        for (_, id) in GROUPS {
            let id: TermId = id.parse().expect("an id");
            assert!(vocabulary.review_type(&id).is_some(), "{id}");
        }
    }

    #[track_caller]
    fn check(folded: &str, nation: &str, expected: &[&str]) {
        assert_eq!(named(folded, nation), expected, "text: {folded:?}");
    }
}
