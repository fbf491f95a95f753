//! Why a review was held.
//!
//! In: a [`Reading`] and the type of review. Out: terms of
//! `index/criteria.toml` that the text gives as its grounds: from the sentence
//! that says why it was held, or else from what happened. What a law says in
//! general is not what happened in this case.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::reading::Reading;
use crate::analyse::text;
use crate::model::analysis::{Cited, Kind, Source};
use crate::model::document::Locator;
use crate::model::ids::TermId;
use crate::vocabulary::Vocabulary;

/// Words of the opening in which the event is told.
const OPENING: usize = 2_500;
/// Words within which the grounds are given; not every review opens with them.
const FIRST_HALF: usize = 6_000;

const DEATH: &str = "death-abuse-or-neglect";
const INJURY: &str = "serious-injury";
const SEXUAL: &str = "serious-sexual-abuse";
const MURDER: &str = "parent-murdered";
const MENTAL: &str = "killed-by-parent-with-mental-illness";
const JOINT: &str = "inter-agency-concern";
const ADULT: &str = "adult-death-or-serious-harm";

/// How sure the type of review alone makes.
const BY_TYPE: f32 = 0.5;

/// A criterion, where it was read, and how surely.
type Ground = (&'static str, Locator, f32);

/// Reads the criteria.
pub(super) fn read(
    reading: &Reading<'_>,
    subjects: &[Cited<String>],
    type_id: Option<&str>,
    kind: Kind,
    vocabulary: &Vocabulary,
) -> Vec<Cited<TermId>> {
    let names: Vec<String> = subjects
        .iter()
        .map(|subject| last_word(&subject.value))
        .collect();
    let sentences = Sentence::all(reading, &names);
    let opening: Vec<&Sentence> = sentences.iter().filter(|s| s.is_opening).collect();
    let mut grounds = match type_id {
        Some("sar") => by_type(&opening, ADULT),
        Some("dhr") => parents_murder(&opening),
        Some("susr") => unified(&sentences, &opening, subjects.len()),
        _ => childs(&sentences, &opening, subjects.len(), type_id),
    };
    let quotes_law = type_id == Some("sar");
    let joint = sentences.iter().find(|s| {
        let is_stated = s.has(&JOINT_WORKING) || s.is_decision && s.has(&TO_LEARN_OF_WORKING);
        is_stated && (quotes_law || !s.is_law)
    });
    grounds.extend(joint.map(|s| (JOINT, s.at, 0.85)));
    // What only the type of review tells is its response's too, by their link.
    grounds.retain(|(.., confidence)| kind == Kind::Review || *confidence > BY_TYPE);
    cite(grounds, vocabulary)
}

/// The grounds of a review about a child.
fn childs(
    sentences: &[Sentence],
    opening: &[&Sentence],
    subjects: usize,
    type_id: Option<&str>,
) -> Vec<Ground> {
    let mut grounds = stated(sentences);
    if grounds.is_empty() && opening.iter().any(|s| !s.is_law && s.has(&NOT_MET)) {
        // A review held by choice.
        return grounds;
    }
    // "Had died or been seriously harmed": of one child only one is true.
    if grounds.is_empty() || subjects < 2 && has_both(&grounds) {
        grounds = events(opening);
    }
    // Statutory reviews are of deaths or serious harm.
    let is_statutory = matches!(type_id, Some("scr" | "lcspr" | "cpr-wales"));
    if grounds.is_empty() && is_statutory {
        grounds.extend(opening.first().map(|s| (INJURY, s.at, BY_TYPE)));
    }
    if opening
        .iter()
        .any(|s| !s.is_law && s.has(&RULED_OUT) && s.has(&OF_CASE))
    {
        grounds.retain(|(id, ..)| *id != DEATH);
    }
    grounds.extend(killing_by_parent(opening));
    grounds
}

fn cite(grounds: Vec<Ground>, vocabulary: &Vocabulary) -> Vec<Cited<TermId>> {
    let mut cited: Vec<Cited<TermId>> = Vec::new();
    for (id, at, confidence) in grounds {
        let Ok(value) = id.parse::<TermId>() else {
            continue;
        };
        let is_new = cited.iter().all(|known| known.value != value);
        if is_new && vocabulary.criterion(&value).is_some() {
            cited.push(Cited {
                value,
                source: Source::Text(at),
                confidence,
            });
        }
    }
    cited
}

/// "wren" of "Baby Wren"; the whole of a coded pseudonym's word is too common.
fn last_word(name: &str) -> String {
    text::tokens(name).pop().unwrap_or_default()
}

/// A folded sentence of the opening.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the sentence, in any combination"
)]
struct Sentence {
    at: Locator,
    folded: String,
    /// It says what was decided and why, or goes on with that.
    is_decision: bool,
    /// The subjects it names.
    named: Vec<usize>,
    /// It says what a law says, not what happened.
    is_law: bool,
    /// It speaks of a subject or of a child.
    is_about_child: bool,
    /// It stands in the opening.
    is_opening: bool,
}

impl Sentence {
    /// The sentences in which grounds may be given.
    fn all(reading: &Reading<'_>, names: &[String]) -> Vec<Self> {
        let mut words = 0;
        let mut sentences: Vec<Self> = Vec::new();
        for (at, text) in reading.sentences(FIRST_HALF) {
            words += text::word_count(text);
            let mut sentence = Self::of(at, text, names, words <= OPENING);
            if let Some(before) = sentences.last_mut() {
                sentence.is_decision |= before.is_decision && sentence.has(&GOING_ON);
                // The law, and then: "Each of those conditions applied".
                if before.is_law && sentence.has(&LAW_APPLIED) {
                    (before.is_law, before.is_decision) = (false, true);
                }
            }
            sentences.push(sentence);
        }
        sentences
    }

    fn of(at: Locator, text: &str, names: &[String], is_opening: bool) -> Self {
        let folded = text::fold(text);
        let tokens = text::tokens(text);
        let named = names.iter().enumerate();
        let named = named.filter(|(_, name)| tokens.contains(name));
        let named: Vec<usize> = named.map(|(index, _)| index).collect();
        Self {
            at,
            is_law: LAW.is_match(&folded),
            is_decision: DECISION.is_match(&folded) && !NOT_MET.is_match(&folded),
            is_about_child: CHILD.is_match(&folded) || !named.is_empty(),
            is_opening,
            named,
            folded,
        }
    }

    fn has(&self, pattern: &Regex) -> bool {
        pattern.is_match(&self.folded)
    }
}

fn by_type(sentences: &[&Sentence], id: &'static str) -> Vec<Ground> {
    let first = sentences
        .iter()
        .find(|s| s.has(&DIED) || s.has(&HARMED))
        .or(sentences.first());
    first.map(|s| (id, s.at, 0.95)).into_iter().collect()
}

/// A homicide review whose victim had children.
fn parents_murder(sentences: &[&Sentence]) -> Vec<Ground> {
    let child = sentences.iter().find(|s| s.has(&CHILD_OF_VICTIM));
    child.map(|s| (MURDER, s.at, 0.9)).into_iter().collect()
}

/// A single unified review is of an adult at risk, of a domestic homicide or of
/// a child.
fn unified(sentences: &[Sentence], opening: &[&Sentence], subjects: usize) -> Vec<Ground> {
    let at_risk = sentences
        .iter()
        .find(|s| !s.is_law && s.has(&ADULT_AT_RISK));
    if let Some(s) = at_risk {
        return vec![(ADULT, s.at, 0.8)];
    }
    let grounds = parents_murder(opening);
    if grounds.is_empty() {
        childs(sentences, opening, subjects, Some("susr"))
    } else {
        grounds
    }
}

/// Grounds given by the sentences that say why the review was held.
fn stated(sentences: &[Sentence]) -> Vec<Ground> {
    let mut grounds = Vec::new();
    for s in sentences.iter().filter(|s| !s.is_law && s.is_decision) {
        let table: [(&Regex, &'static str); 4] = [
            (&PARENT_MURDERED, MURDER),
            (&DIED, DEATH),
            (&SERIOUS_HARM, INJURY),
            (&SEXUAL_ABUSE, SEXUAL),
        ];
        let found = table.into_iter().filter(|(pattern, id)| {
            let is_same = *id == INJURY && s.has(&SEXUALLY_HARMED);
            s.has(pattern) && !is_same
        });
        grounds.extend(found.map(|(_, id)| (id, s.at, 0.9)));
    }
    grounds
}

fn has_both(grounds: &[Ground]) -> bool {
    [DEATH, INJURY]
        .into_iter()
        .all(|id| grounds.iter().any(|(known, ..)| *known == id))
}

/// What happened, when nothing says why the review was held.
fn events(sentences: &[&Sentence]) -> Vec<Ground> {
    let told = || sentences.iter().filter(|s| !s.is_law);
    let death = told().find(|s| s.is_about_child && s.has(&DIED) && !s.has(&OTHERS_DEATH));
    let injury = told().find(|s| s.has(&HARMED));
    let sexual = told().find(|s| s.has(&SEXUAL_ABUSE));
    if let Some(death) = death {
        // Of several children one may have died and another been harmed.
        let others = told().find(|s| {
            let is_others = !s.named.is_empty() && s.named.iter().all(|n| !death.named.contains(n));
            s.has(&HARMED) && is_others && !death.named.is_empty()
        });
        let injury = others.map(|s| (INJURY, s.at, 0.6));
        return [(DEATH, death.at, 0.8)].into_iter().chain(injury).collect();
    }
    let sexual = sexual.map(|s| (SEXUAL, s.at, 0.7));
    let injury = injury
        .filter(|_| sexual.is_none())
        .map(|s| (INJURY, s.at, 0.75));
    sexual.into_iter().chain(injury).collect()
}

/// A killing by a parent, and a parent's mental illness.
fn killing_by_parent(sentences: &[&Sentence]) -> Option<Ground> {
    let named = sentences.iter().find(|s| s.has(&BY_ILL_PARENT));
    let killed = sentences.iter().find(|s| !s.is_law && s.has(&BY_PARENT));
    let ill = || {
        sentences
            .iter()
            .any(|s| !s.is_law && s.has(&MENTAL_ILLNESS))
    };
    let found = named.or(killed.filter(|_| ill()))?;
    Some((MENTAL, found.at, 0.8))
}

/// Declares patterns over folded sentences.
macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $pattern:expr;)*) => {
        $($(#[$doc])* static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("the patterns of criteria compile"));)*
    };
}

patterns! {
    /// A law or guidance quoted: "where a child dies", "requires a Board to".
    LAW = r"\b(?:where|when|if|whenever)\b[^.]{0,60}?\b(?:a|an|any) (?:child|adult|person)\b|\brequires?\b|\bcriteria (?:for|are|is)\b[^.]{0,60}\b(?:are|is) (?:met )?(?:that|where|when|if)\b|\bmust (?:be|consider|arrange)\b|\bis defined\b|\bpan fo\b";
    /// A sentence that says why: a decision, criteria met, a reason.
    DECISION = r"\b(?:decided|decision|agreed|advised|considered|concluded|determined|recommended|satisfied|notified)\b.*\b(?:that|as|in that|because|since|met|review)\b|\b(?:criteria|grounds|threshold|conditions)\b.*\b(?:met|fulfilled|satisfied)\b|\breview\b.{0,120}\bon the grounds? that\b|\breview\b.{0,60}\b(?:was|is being) (?:held|undertaken|commissioned|carried out|set up|initiated|begun)\b.{0,80}\b(?:because|since|as|following|after)\b|\b(?:would|to) (?:carry out|hold|undertake|commission)\b.*\b(?:because|since|as)\b|\bystyriodd\b|\bbodlonwyd\b|\bmeini prawf\b.*\bbodloni\b";
    /// What goes on with a decision.
    GOING_ON = r"^(?:both|he|she|they|all|each|it was|this was|the child|the children|the board|the partnership|there (?:was|were))\b";
    /// What the law asks for was so.
    LAW_APPLIED = r"\b(?:each|all|both) of (?:those|these|the) (?:conditions|criteria|grounds|tests|limbs)\b.{0,40}\b(?:appl(?:y|ied)|met|satisfied|fulfilled|present)\b|\b(?:those|these) (?:conditions|criteria|grounds) (?:applied|were (?:all )?(?:met|satisfied|fulfilled))\b";
    /// Harmed by sexual abuse: the harm is not another ground.
    SEXUALLY_HARMED = r"\bharm(?:ed)? (?:by|through|from|as a result of) (?:\w+ ){0,3}(?:sexual|rape)";
    /// The criteria were not met.
    NOT_MET = r"\b(?:none of|neither|not|nor)\b.{0,50}\b(?:met|meet|fulfil(?:led)?|satisf(?:y|ied))\b.{0,40}\b(?:criteria|conditions|threshold|definition)\b|\b(?:criteria|conditions|threshold)\b.{0,60}\b(?:not|neither)\b.{0,20}\b(?:met|fulfilled|satisfied)\b";
    /// An adult who needs care and support.
    ADULT_AT_RISK = r"\b(?:had|with|has|have) (?:\w+ )?care and support needs\b|\bcriteria for an adult (?:practice )?review\b|\badult at risk\b.{0,60}\b(?:died|harmed|killed)\b";
    /// That there is to learn of how services worked together, as a reason.
    TO_LEARN_OF_WORKING = r"\b(?:concern\w*|learn\w*|lessons|questions?|improve\w*)\b.{0,80}\b(?:work(?:ed|ing)? (?:effectively )?together|inter-?\s?agency|multi-?\s?agency|joint working|effectiveness of)\b";
    /// Somebody died.
    DIED = r"\b(?:died|dead|death|killed|murder(?:ed)?|took (?:his|her|their) own li(?:fe|ves)|died by suicide|(?:his|her|apparent|completed) suicide|bu farw|wedi marw|farwolaeth)\b";
    /// A child, or whoever the sentence before was about.
    CHILD = r"^(?:he|she|they|his|her|their)\b|\b(?:child|children|baby|boy|boys|girl|girls|infant|son|daughter|young (?:person|people|man|woman)|teenager|toddler|twins?|siblings?|plentyn|bachgen|merch)\b";
    /// A parent was murdered.
    PARENT_MURDERED = r"\bparent (?:has |had )?(?:was |been )?murdered|\b(?:mother|father|mum|dad) (?:was|had been) murdered|\bmurder of (?:his|her|their) (?:mother|father)";
    /// The death of somebody who is not the subject, or one that did not come.
    OTHERS_DEATH = r"\b(?:could|might|may|would|nearly|almost) (?:have |easily have )?(?:died|killed|been killed)|\bfear(?:ed|s)?\b.{0,30}\b(?:dead|death|die)|\bthreat\w* to kill|\brisk of death|\b(?:grand\w+|father|mother|mum|dad|parent|aunt|uncle|friend|brother|sister|sibling)(?:'s)? (?:had |was |had been |were )?(?:died|killed|murdered|death)|\bdeath of (?:his|her|their|a|an older) (?:grand\w+|father|mother|parent|friend|brother|sister|sibling)|\b(?:sudden|infant|child) deaths\b|\bdeath threats\b|\bbu farw (?:ei |mam|tad|nain|taid)|\bfarwolaeth (?:ei |mam|tad|nain|taid)";
    /// Harm as the law names it.
    SERIOUS_HARM = r"\b(?:serious(?:ly)? (?:harm|injur)\w*|impairment|life[\s-]threatening|permanent\w* (?:harm|damage|injur\w*|impair\w*)|(?:nam|niwed|anaf|anafiadau) difrifol)\b";
    /// Harm as it happens.
    HARMED = r"\b(?:serious(?:ly)? (?:harm|injur|and permanent|ill|impair)\w*|life[\s-](?:threatening|changing)|intensive care|permanent(?:ly)? (?:damag|disab|impair|brain)\w*|fractur\w+|broken (?:ribs?|leg|arm|bones)|brain (?:injury|damage)|head injur\w+|critical(?:ly)? (?:ill|condition|injur)\w*|severe(?:ly)? (?:injur|neglect|harm|malnour)\w*|injuries|stabbed|wounded|gravely ill|unconscious|seriously neglected|in surgery|non-accidental|head trauma|burn(?:s|ed|t)|scald\w*|poison\w*|ingest\w*|emaciat\w*|malnourish\w*|starv\w*|rickets|sepsis|septic)\b";
    /// Sexual abuse of a particularly serious kind.
    SEXUAL_ABUSE = r"\bserious sexual (?:abuse|assault)|\bsexual abuse\b.{0,100}\bserious|\b(?:were|was|had been) (?:repeatedly |both )?(?:sexually abused|raped)\b|\bsexual abuse of (?:the|two|three|four|her|his|their|both)\b|\bsexually abused by\b|\bharm(?:ed)? (?:by|through|from|as a result of) (?:\w+ ){0,3}(?:sexual (?:abuse|assault|exploitation)|rape)|\b(?:suffered|experienced|subjected to) (?:\w+ ){0,4}(?:sexual (?:abuse|assault)|rape)";
    /// Killed by a parent.
    BY_PARENT = r"\b(?:killed|murder\w*|stabbed|smothered|drowned|strangled|suffocated|manslaughter|infanticide)\b.{0,80}\b(?:mother|father|parents?|stepfather|mum|dad)\b|\b(?:mother|father|stepfather|parents?|mum|dad)\b.{0,100}\b(?:killed|murder\w*|smothered|drowned|strangled|suffocated|manslaughter|infanticide)\b";
    /// The criterion as procedures word it.
    BY_ILL_PARENT = r"\bkilled by (?:a|his|her|their) (?:parent|mother|father) (?:with|who has|who had) (?:a )?(?:severe |serious )?mental";
    /// Abuse and neglect ruled out.
    RULED_OUT = r"\b(?:not aware of|no (?:evidence|suggestion|indication|suspicion|concerns?) (?:of|that|about)|neither)\b.{0,40}\b(?:abuse|neglect)|\b(?:abuse|neglect) (?:was|were|is) not (?:known|suspected|a factor)";
    /// The case as a whole, not one visit or assessment.
    OF_CASE = r"\b(?:died|death|review|board|committee|partnership|panel|partners|inquest|coroner)\b";
    /// An illness of the mind.
    MENTAL_ILLNESS = r"\b(?:mentally ill|mental (?:illness|disorder)|psychosis|psychotic|schizophreni\w*|hospital order|diminished responsibility|insanity|delusion\w*|infanticide|unfit to plead)\b";
    /// How services worked together gives cause for concern.
    JOINT_WORKING = r"\b(?:cause for concern|concerns?) (?:about |as to |regarding |over |at )+(?:the )?(?:how|way|manner|inter|multi|agenc|joint)|\b(?:way|manner) in which .{0,80}\bworked together\b.{0,60}\bconcern|\bconcern(?:ed)? (?:about|at|by|over) (?:how|the (?:way|manner|effectiveness))\b.{0,60}\b(?:agenc\w*|services|organisations|partners|bodies|professionals)\b|\bcould have worked (?:together )?more effectively|\bquestions about how (?:the (?:whole )?system|services|agencies|organisations)";
    /// A child of somebody who was killed.
    CHILD_OF_VICTIM = r"\b(?:her|his|their) (?:\w+ )?(?:son|daughter|child|children|sons|daughters)\b|\bmother of\b|\bfather of\b";
}
