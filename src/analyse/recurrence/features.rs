//! What a recommendation is made of, for comparing it with others.
//!
//! In: its text. Out: its [`Features`]: the matters it is about, the remedies
//! it asks for, and the words that not every recommendation has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::analyse::recurrence::{remedies, subjects};
use crate::analyse::text;

/// What a recommendation is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Features {
    /// Indices into the matters of [`subjects`], each with whether it is what
    /// the recommendation opens with rather than a detail.
    pub(super) subjects: BTreeMap<usize, bool>,
    /// Indices into [`remedies`], each with whether it opens with it.
    pub(super) remedies: BTreeMap<usize, bool>,
    /// Words cut to their heads.
    pub(super) words: BTreeSet<String>,
}

impl Features {
    /// Takes a text apart.
    pub(super) fn of(recommendation: &str) -> Self {
        let folded = text::fold(recommendation);
        let opening = opening(&folded);
        let central = subjects::named(opening);
        let first = remedies::named(opening);
        let named = subjects::named(&folded).into_iter();
        let words = folded.replace('\'', "");
        let words = words.split(|c: char| !c.is_alphabetic());
        Self {
            subjects: named
                .map(|subject| (subject, central.contains(&subject)))
                .collect(),
            remedies: remedies::named(&folded)
                .into_iter()
                .map(|remedy| (remedy, first.contains(&remedy)))
                .collect(),
            words: words
                .filter(|word| word.chars().count() > 2)
                .map(head)
                .filter(|head| !COMMON_HEADS.contains(head))
                .collect(),
        }
    }
}

/// What a recommendation opens with: its first sentence, or as much as says
/// what it is about.
fn opening(folded: &str) -> &str {
    /// Later words of a long sentence are details.
    const MAX_WORDS: usize = 30;
    let end = folded.find(". ").unwrap_or(folded.len());
    let sentence = &folded[..end];
    let cut = sentence.match_indices(' ').nth(MAX_WORDS - 1);
    cut.map_or(sentence, |(at, _)| &sentence[..at])
}

static COMMON_HEADS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| COMMON.split_whitespace().map(head).collect());

/// A word without its ending, so that "recorded" and "records" are one.
fn head(word: &str) -> String {
    /// What is left must be long enough to tell.
    const LEAST: usize = 4;
    /// Longer heads tell no more.
    const MOST: usize = 7;
    const ENDINGS: [&str; 14] = [
        "ingly", "ments", "ations", "ation", "ment", "ings", "ing", "edly", "ers", "ed", "es",
        "er", "s", "ly",
    ];
    let mut head = match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ => word.to_owned(),
    };
    let ending = ENDINGS
        .into_iter()
        .find(|ending| head.ends_with(ending) && head.len() >= ending.len() + LEAST);
    if let Some(ending) = ending {
        head.truncate(head.len() - ending.len());
    }
    head.chars().take(MOST).collect()
}

/// Words that recommendations on any matter have: grammar, the names of
/// services, the verbs and nouns of doing something about it.
const COMMON: &str = "\
look visitor visitors midwife midwives nurse nurses late form forms offer offered offers writing written attend attended attends \
electronic reason reasons satisfied satisfy hours hour concern concerns let dealt deal every safety \
about adopt adult adults after again agencies agency agree agreed agreement all alone also and any april are \
arrangement arrangements ask asked asks assess assessment assessments audit audits authorities authority \
available babies baby because been before between birth board boards borough both bring brought but can care \
case cases chair change changed changes child children childs choose choosing city clear clearly clinical \
close closed closing commission commissioned commissioning committee community consider considered considers \
consultation contact contacts corporate could council councils county custody day days decide department \
design designed develop developed did director directors discussion does down during each education england \
ensure every executive first five for format four from front full general give given going government group \
groups guidance has have head heads health hear help helped helps her his hold home hospital hospitals house \
how include included includes including information integrated into introduce invite its itself joint \
jointly know known lead leading leads learning least line live lives living local made make manager managers \
many may meeting meetings member members month months more most mother must name named names need needs new \
nhs not number numbers obtain office officer officers once one only other out over own parent parents part \
partner partners partnership partnerships parts pathway patient patients people permanent person place plan \
planning plans point police policy possible practice practices practitioner practitioners prepare procedure \
professional professionals programme protocol provide provided provides publish published pupil pupils purpose \
put recommend recommendation recommended recommends record recorded recording records refer referral referrals \
referred region regional relevant report reported reports require required requires review reviews \
safeguarding said say school schools scotland second see seen service services set shall share sharing she \
should show shows single six social some special staff standard state states stating such sure take taken team \
teams term than that the their them themselves then there these they third this those three through time \
together train training trust trusts two under upon use used user users using very visit visits wales was way \
ways week weeks welsh were what whatever when where whether which while who whom whose will with within \
without worker workers working would write year years young";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_recommendation_tell_nothing() {
        let features = Features::of("The Partnership should review its training and guidance.");
        assert!(features.words.is_empty(), "{:?}", features.words);
    }

    #[test]
    fn endings_make_no_difference() {
        for (one, other) in [
            ("recorded", "records"),
            ("policies", "policy"),
            ("bruising", "bruises"),
        ] {
            assert_eq!(head(one), head(other), "{one} and {other}");
        }
    }
}
