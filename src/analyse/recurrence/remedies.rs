//! What recommendations ask for, whatever they are about: a policy, training,
//! an audit, a record.
//!
//! In: a folded text. Out: the remedies it names, as indices into
//! [`REMEDIES`].

use std::sync::LazyLock;

use regex::RegexSet;

/// Each remedy: what it is called, and its words.
#[rustfmt::skip] // one remedy a line
const REMEDIES: [(&str, &str); 12] = [
    ("a policy or guidance", r"protocol|polic(?:y|ies)\b|procedure|guid(?:ance|eline|e)\b|pathway|statement of|common standard|strategy\b|\brule\b|standard for"),
    ("training", r"\btrain|\bcourses?\b|workshop|briefings?\b|\bteach(?:es|ing)?\b|induction"),
    ("an audit or assurance", r"\baudit|dip sampl|assur|scrutin|satisf|sample of|report (?:to|twice|on)|what information|receive about|monitor|\bevidence that|\bto show\b|demonstrate"),
    ("a record", r"\brecord(?:ed|s|ing)?\b|template|\bforms?\b|\bfield\b|it systems?|\balert|\bflag|prompt|\bcod(?:e|ed|ing)\b|marker|chronolog|format|identified"),
    ("a meeting", r"meeting|conference|conversation|discussion|joint review|convene|panel\b"),
    ("a service", r"commission\b|commissioned|let a (?:new )?contract|establish|\bfund\b|expand|extension"),
    ("a named person", r"\b(?:lead|named|responsible|linked|single|specialist|link) (?:health )?(?:professional|practitioner|person|consultant|worker|midwife|nurse|doctor|contact|social)|co-?ordinator|\banalyst|champion|appoint (?:a|some)|be linked|name an|named\b"),
    ("a campaign", r"campaign|publicity|leaflet|poster"),
    ("a letter", r"write to|draw.{0,10}attention|is (?:invited|asked) to consider|bring forward|national register"),
    ("a referral or notice", r"\breferral|\brefer(?:red|s)?\b|notif|told\b|inform(?:ed)? "),
    ("a visit", r"\bvisit|\bseen?\b (?:every|the child|that man|alone)|spoken to"),
    ("a limit", r"\blimit\b|no more\b|should not (?:be|place)|stop\b|cease|withdraw|no child|remove"),
];

static COMPILED: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new(REMEDIES.map(|(_, pattern)| pattern)).expect("the patterns of remedies compile")
});

/// The remedies that a folded text names.
pub(super) fn named(folded: &str) -> Vec<usize> {
    COMPILED.matches(folded).into_iter().collect()
}

/// What a remedy is called.
pub(super) fn label(remedy: usize) -> &'static str {
    REMEDIES[remedy].0
}
