//! Why a review was held.
//!
//! In: a [`Reading`] and the type of review. Out: terms of
//! `index/criteria.toml` that the text gives as its grounds. What a law says in
//! general is not what happened in this case: a sentence that quotes the law
//! counts only for what the case bears out.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::reading::Reading;
use crate::analyse::text;
use crate::model::analysis::{Cited, Source};
use crate::model::document::Locator;
use crate::model::ids::TermId;
use crate::vocabulary::Vocabulary;

/// Words of the opening in which the grounds are given.
const OPENING: usize = 2_500;

/// Reads the criteria.
pub(super) fn read(
    reading: &Reading<'_>,
    type_id: Option<&str>,
    vocabulary: &Vocabulary,
) -> Vec<Cited<TermId>> {
    let evidence = Evidence::of(reading);
    let mut found: Vec<(&str, Locator, f32)> = Vec::new();
    let mut add = |id: &'static str, at: Option<Locator>, confidence: f32| {
        if let Some(at) = at {
            found.push((id, at, confidence));
        }
    };
    match type_id {
        Some("sar") => add("adult-death-or-serious-harm", evidence.first, 0.95),
        Some("dhr" | "susr") => {
            if evidence.has_children {
                add("parent-murdered", evidence.first, 0.9);
            }
        }
        _ => {
            add("death-abuse-or-neglect", evidence.death, 0.9);
            add(
                "killed-by-parent-with-mental-illness",
                evidence.killed_by_parent,
                0.8,
            );
            add("serious-sexual-abuse", evidence.sexual, 0.8);
            if evidence.death.is_none() || evidence.harm_beside_death {
                add("serious-injury", evidence.injury, 0.85);
            }
        }
    }
    add("inter-agency-concern", evidence.joint_working, 0.8);
    found
        .into_iter()
        .filter_map(|(id, at, confidence)| {
            let value: TermId = id.parse().ok()?;
            vocabulary.criterion(&value)?;
            Some(Cited {
                value,
                source: Source::Text(at),
                confidence,
            })
        })
        .collect()
}

/// Where the grounds were first found.
#[derive(Debug, Default)]
struct Evidence {
    first: Option<Locator>,
    death: Option<Locator>,
    injury: Option<Locator>,
    sexual: Option<Locator>,
    killed_by_parent: Option<Locator>,
    joint_working: Option<Locator>,
    has_children: bool,
    harm_beside_death: bool,
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of criteria compile")
}

/// A law or guidance quoted: "where a child dies", "requires a Board to".
static LAW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:where|when|if|whenever)\s(?:,\s[\w\s]+,\s)?(?:a|an|any)\s(?:child|adult|person)\b|\brequires?\b|\bcriteria (?:for|are|is)\b|\bsection \d+|\bregulation \d|\bmust (?:be|consider|arrange)\b|\bis defined\b|\bfodlonir\b|\bpan fo\b",
    )
});

static DEATH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:died|(?:his|her|their|whose|child's|baby's|boy's|girl's) death|death of|was (?:killed|murdered|found dead|pronounced dead|stabbed to death)|were (?:killed|murdered)|took (?:his|her|their) own li(?:fe|ves)|had died|bu farw|wedi marw|farwolaeth)\b",
    )
});

static INJURY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:serious(?:ly)? (?:harm|injur|and permanent|ill)\w*|serious (?:and permanent )?impairment|life[\s-](?:threatening|changing)|intensive care|permanent(?:ly)? (?:damag|disab|impair|brain)\w*|fractur\w+|brain (?:injury|damage)|head injury|critical(?:ly)?|severe(?:ly)? (?:injur|neglect|harm|malnour)\w*|injuries|stabbed|wound\w*|gravely ill)\b",
    )
});

static SEXUAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:particularly serious sexual|sexual abuse\b.{0,80}\bparticularly serious|serious sexual (?:abuse|assault)|sexual abuse of a particularly serious)\b",
    )
});

static SEXUALLY_ABUSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:sexually abused|raped|sexual exploitation|sexually exploited)\b")
});

static MENTAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:mentally ill|mental (?:illness|disorder|health)|psychosis|psychotic|schizophreni\w*|hospital order|diminished responsibility|insanity|delusion\w*|infanticide)\b",
    )
});

static BY_PARENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:killed|murdered|stabbed|smothered|drowned|strangled|suffocated|manslaughter|infanticide)\b.{0,60}\b(?:mother|father|parents?|stepfather|mum|dad)\b|\b(?:mother|father|stepfather|parents?)\b.{0,80}\b(?:killed|murdered|smothered|drowned|strangled|suffocated|manslaughter|infanticide)\b",
    )
});

static JOINT_WORKING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:cause for concern|concerns? (?:about|as to|regarding|over|at)) (?:about |as to |at |over |regarding )?(?:how|the (?:way|manner)|(?:inter|multi)[\s-]agency|(?:the )?(?:agencies|joint))|\bcould have worked (?:together )?more effectively|\bworked together (?:more )?effectively",
    )
});

static CHILDREN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:her|his|their|the) (?:son|daughter|children|child|sons|daughters|two|three)\b")
});

static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:grandmother|grandfather|grandparent|great|father|mother|mum|dad|parent|aunt|uncle|friend)(?:'s)? (?:had )?(?:died|death)|\bdeath of (?:his|her|their|a) (?:grand\w+|father|mother|parent|friend)",
    )
});

impl Evidence {
    fn of(reading: &Reading<'_>) -> Self {
        let mut evidence = Self {
            first: reading.outline.blocks.first().map(|placed| placed.at),
            ..Self::default()
        };
        for placed in reading.head(OPENING) {
            for sentence in text::sentences(&placed.block.text) {
                evidence.weigh(&text::fold(sentence), placed.at);
            }
        }
        evidence
    }

    fn weigh(&mut self, folded: &str, at: Locator) {
        let is_law = LAW.is_match(folded);
        let keep = |place: &mut Option<Locator>, holds: bool| {
            if holds && place.is_none() {
                *place = Some(at);
            }
        };
        keep(&mut self.joint_working, JOINT_WORKING.is_match(folded));
        if is_law {
            return;
        }
        let dies = DEATH.is_match(folded) && !OTHERS.is_match(folded);
        let harmed = INJURY.is_match(folded);
        self.harm_beside_death |= self.death.is_some() && harmed && folded.contains("another");
        keep(&mut self.death, dies);
        keep(&mut self.injury, harmed);
        keep(
            &mut self.sexual,
            SEXUAL.is_match(folded) || SEXUALLY_ABUSED.is_match(folded),
        );
        let by_parent = BY_PARENT.is_match(folded) && MENTAL.is_match(folded);
        keep(&mut self.killed_by_parent, by_parent);
        self.has_children |= CHILDREN.is_match(folded);
    }
}
