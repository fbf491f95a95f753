//! Words by which it is told what part an agency plays.
//!
//! In: nothing. Out: patterns over a clause, or over the words before or after
//! a name in it.

use std::sync::LazyLock;

use regex::Regex;

/// A verb of obligation, with the word before it: in "those who should", the
/// obligation is not the sentence's own.
pub(super) static OBLIGATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)(?P<before>\b(?:who|which|that|whom|where|what|as)\s+)?
        (?P<verb>\b(?:should|must|shall|will|ought|may\s+wish|needs?\s+to|ha(?:s|ve)\s+to
        |(?:is|are)\s+(?:to|asked|urged|invited|recommended|requested|required|expected|encouraged|advised)
        |dylai|dylid|rhaid)\b)",
    )
    .expect("the pattern of obligations compiles")
});

/// `to` and the verb after it, with the Welsh `i` and its verb-noun.
pub(super) static INFINITIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\bto\s+(?:not\s+|also\s+|\w+ly\s+)?(?P<verb>[a-z-]+)|\b(?:i|i['’]w)\s+(?P<noun>\w+)",
    )
    .expect("the pattern of infinitives compiles")
});

/// A clause that comes before the main one.
pub(super) static OPENS_ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:when|where|if|before|once|until|after|following|in|to|as|working|given|for|having|building|by|on|pan|os|lle)\b")
        .expect("the pattern of opening clauses compiles")
});

/// A sentence that asks instead of telling.
pub(super) static QUESTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\?\s*$|^(?:how|what|whether|in what|in which|which|why|who|by what|to what)\b")
        .expect("the pattern of questions compiles")
});

/// What stands before the recommendation proper: "We recommend that".
pub(super) static PREAMBLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:(?:we|i|the (?:review|panel|reviewers?|authors?)|it is)\s+(?:also\s+|therefore\s+|further\s+)?recommend(?:s|ed)?\s+(?:that\s+)?|that\s+)")
        .expect("the pattern of preambles compiles")
});

/// Words before an agency that is asked.
pub(super) static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)\b(?:ask|asks|asked|asking|require|requires|requiring|request|requests|invite|invites|inviting
        |urge|urges|write\sto|writes\sto|writing\sto|lobby|remind|encourage|expect|instruct|commission
        |arrange(?:s|d)?\sfor|provide\sfor|enable|enables|help|support|allow|prompt|want|assurances?\s(?:from|of|that)|assured\s(?:by|that|of)|satisfied\sthat|satisfy\sitself\sthat|evidence\sfrom|reports?\sfrom|(?:the\s)?attention\sof
        |ensure\sthat|ensures\sthat|ensure|make\ssure\sthat|make\ssure|see\sthat|see\sto\sit\sthat|agree\sthat|confirm\sthat
        |gofyn\si|sicrwydd\sgan|sicrhau\sbod)\s*$",
    )
    .expect("the pattern of asking compiles")
});

/// The Welsh obligation, right before whom it obliges.
pub(super) static WELSH_OBLIGATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:dylai(?:'r)?|rhaid i(?:'r)?)$")
        .expect("the pattern of Welsh obligations compiles")
});

/// What a question puts before its subject: "Will commissioners require …?"
pub(super) static INVERTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:will|could|should|can|would|do|does|is|are|has|have)$")
        .expect("the pattern of inverted questions compiles")
});

/// A task, right after who has it: "a health visitor who will weigh the child".
pub(super) static WHO_WILL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?: or (?:a |an |the )?[a-z]+(?: [a-z]+)?)?,? who (?:will|should|must|shall|is to|are to)\b")
        .expect("the pattern of tasks compiles")
});

/// Words before an agency that takes part.
pub(super) static WITH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:with|between|alongside|involving|involve|bring(?:s|ing)? together|supported by|with (?:the )?(?:help|support|agreement|involvement|assistance|advice|input|co-?operation) (?:of|from)|gyda(?:['’]i|['’]r)?|â|rhwng)\s*$")
        .expect("the pattern of taking part compiles")
});

/// Words before an agency that hears of something, or is met: it takes no part
/// in what is asked.
pub(super) static MEETS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:shared|sharing|share|conversations?|discussions?|contacts?|touch|meetings?|appointments?|spoken|speak|relationships?|registered|met|known|work done)\swith\s*$")
        .expect("the pattern of meeting compiles")
});

/// `by` in a passive that the recommendation is about.
pub(super) static DONE_BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\w+(?:ed|en|un|de|ne)|led|made|held|written|undertaken|run|sent|put|set)(?: \w+)? by\s*$")
        .expect("the pattern of passives compiles")
});

/// Words that lead from staff to their service: `staff in`, `directors of`.
pub(super) static STAFF_OF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:staff|workers?|practitioners?|professionals?|managers?|leads?|leaders?|officers?|directors?|heads?|chairs?|chief executives?|chiefs?|commissioners?|providers?|teams?|services?|colleagues|members|teachers|nurses|doctors|clinicians|supervisors|principals|representatives|partners|cyfarwyddwyr|pennaeth)\s(?:in|of|at|from|for|within|across)\s*$")
        .expect("the pattern of staff compiles")
});

/// What may stand between agencies that act together.
pub(super) static JOINING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\s|,|/|&|\(|\)|'s|’s|\b(?:and|or|the|both|its|their|all|each|other|local|also|a|ac|a['’]r|y|yr|as well as|together with|along with|with|team|teams|service|services|staff|colleagues|private|voluntary|community|acute|statutory|social|independent)\b|[A-Z][\w'’-]*)*$")
        .expect("the pattern of what joins agencies compiles")
});
