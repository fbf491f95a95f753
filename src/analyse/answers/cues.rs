//! What sentences sound like that tell what was done, what changed, what is
//! next.
//!
//! In: a sentence. Out: its [`Weights`]. The cues are turns of phrase; what
//! each tells was fitted (multinomial logistic regression) on the answers of
//! the development corpus whose parts are marked, and rounded.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::text;

/// Log odds that a sentence tells what was done, what difference it made, what
/// is next.
pub(super) type Weights = [f32; 3];

/// Numbers as they count people and cases, in figures and words.
const NUM: &str = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|(?:a|one|two|three) hundred(?: and [\w-]+)?|half|most|several|none|many|some|fewer|both|all|every|no|few)";
/// Months and seasons.
const MONTH: &str = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)";
/// Those whom services are for.
const PEOPLE: &str = r"(?:children|child|babies|young people|young person|pupils|families|parents?|mothers?|fathers?|women|men|relatives|carers|callers|girls|boys|patients|people|adults|residents)";
/// Those who serve.
const STAFF: &str = r"(?:staff|practitioners|professionals|officers|workers|schools|practices|managers|nurses|midwives|visitors|gps|agencies|teams|settings|social workers|colleagues)";

/// Weights of a sentence that gives no cue; how common each part is has been
/// taken out, as the order of parts accounts for it.
pub(super) const PRIOR: Weights = [1.6, 0.8, 1.2];

/// Each turn of phrase with what it tells.
#[rustfmt::skip] // one cue a line
const CUES: [(Weights, &str); 49] = [
    ([0.0, 0.2, -0.2], r"\b(?:was|were) (?:\w+ly |also |then |not |first |all |both |each )*(?:\w+ed|written|built|set|put|made|begun|held|sent|given|taken|bought|drawn|found|led|paid|brought|chosen|run)\b"),
    ([0.9, -0.6, 0.0], r"^[^.;]{0,60}\b(?:is|are) (?:now )?(?:under ?way|in progress|in hand|in draft|in development|ongoing)\b|\bar y gweill\b"),
    ([0.7, -0.4, -0.3], r"\b\w{3,}wyd\b"),
    ([0.2, 0.0, -0.6], r"\b(?:was|were|has been|have been) (?:\w+ly )?\w{3,}(?:ed|en)\b"),
    ([-0.3, 0.9, -0.3], r"\bmwy (?:hyderus|o|tebygol)\b|\bgwell\b|\bllai\b|\bo ganlyniad\b|\b[ge]?wahaniaeth\b|\beffaith\b"),
    ([0.7, -0.4, -0.3], r"\b(?:launched|issued|signed|published|introduced|appointed|commissioned|established|set up|created|developed|revised|updated|circulated|rolled out|amended|funded|recruited|replaced|designed|extended|re-?issued|strengthened|distributed|installed|rewritten|written|drafted|agreed|adopted|approved|merged|opened|purchased|built|withdrawn)\b"),
    ([0.4, -0.1, -0.2], r"\b(?:trained|briefed|attended|delivered|held|training|briefings?|course|workshops?|conference|learning event)\b"),
    ([0.4, -0.6, 0.2], r"\b(?:policy|policies|procedures?|protocol|pathway|guidance|guide|template|form|forms|tool|toolkit|checklist|strategy|group|panel|post|posts|contract|agreement|standard|system|record|screen|service|funding|letter|letters|flowchart|rota|hub)\b"),
    ([0.2, -0.5, 0.2], r"\b(?:is|are) being \w+"),
    ([0.4, -0.2, -0.2], r"\b(?:is|are) now\b|\bnow (?:has|have|goes|go|must|requires?|includes?|records?|asks?|meets?|reads?|makes?|holds?|sits?)\b|\bin (?:place|use|force)\b|\bcannot\b"),
    ([0.4, -0.1, -0.3], r"\bsince (?:\d|the |{MONTH})"),
    ([0.2, -0.2, 0.0], r"\bwe (?:have|did|decided|looked|put|asked|took|repeated|wrote|set|made|began|do not propose|prefer)\b"),
    ([0.5, -0.2, -0.3], r"\b(?:may not|must|cannot be|are required|is required|requires)\b"),
    ([0.5, -0.3, -0.2], r"\b(?:not|nothing|no|neither) (?:\w+ ){0,3}(?:begun|started|drafted|done so)\b|\bnothing yet\b"),
    ([-0.8, 0.9, -0.1], r"\d ?(?:%|per ?cent)|\bper ?cent"),
    ([0.1, 0.3, -0.5], r"\b{NUM}(?: out)? of (?:the |these |those |our |all |its |them)?(?:first |last |other )?(?:{NUM}\b|them\b)"),
    ([-0.7, 1.0, -0.3], r"^(?:only |nearly |almost |about |over |more than |fewer than |around |some |just |the other )?{NUM}\b"),
    ([-0.4, 0.5, -0.1], r"^in (?:the whole of |all of |early |late )?\d{4}\b|\b(?:in|at) (?:the )?baseline\b"),
    ([0.0, 0.2, -0.2], r"^(?:\w+ ){0,2}{PEOPLE} (?:\w+ly )?(?:were|was|have|had|are|now|who|in)\b"),
    ([0.2, 0.4, -0.6], r"\btimes\b|\bonce\b|\btwice\b"),
    ([-0.2, 0.0, 0.3], r"^(?:it|they|this|these|there) (?:will|is to|are to)\b"),
    ([-1.0, 1.3, -0.3], r"^(?:in|for|on|of|among|at|during|over|between|within) (?:the |its |a |an |their )?(?:first |last |same |next |past )?(?:\w+ )?(?:{NUM}\b|sample|survey|audit|test|case|year|half|quarter|months?|weeks?)"),
    ([-0.3, 0.8, -0.5], r"\bthere (?:were|was|have been|has been|are) (?:only |now |still |about |some )?(?:no|{NUM})\b"),
    ([-0.6, 1.0, -0.3], r"\bcompared (?:with|to)\b|\b(?:risen|fallen|rose|fell|increased?|decreased?|reduced|reduction|dropped|doubled|halved|gone up|gone down|come down|shortened|up from|down from)\b"),
    ([-0.1, 0.7, -0.5], r"\b(?:against|from) (?:just |only |about )?{NUM}\b|\b(?:it was|where previously|previously|a year (?:ago|before|earlier)|the year before|before the review|before that|baseline|used to)\b"),
    ([-0.4, 0.2, 0.2], r"\b(?:audit|audits|survey|surveys|surveyed|sample|sampled|samples|sampling|evaluation|data|figures?|feedback|dip[- ]sample|monitoring|asked whether|inspection|inspectors)\b"),
    ([-0.9, 1.3, -0.4], r"\b(?:{PEOPLE}|{STAFF}|those|several|they|mum|dad) (?:\w+ ){0,5}(?:say|said|tell|told|report|reported|describe|described|felt|feel|rated|knew|know|valued|liked|thought|replied|noticed)\b"),
    ([0.3, 0.6, -0.9], r"\b{NUM} (?:\w+ ){0,3}{PEOPLE}\b"),
    ([0.5, -0.7, 0.2], r"\b{NUM} (?:\w+ ){0,3}{STAFF}\b"),
    ([-0.3, 0.7, -0.4], r"\b{NUM} (?:\w+ ){0,2}(?:cases?|referrals?|calls?|visits?|assessments?|records?|files?|attendances|contacts|meetings|episodes|discharges|occasions?|times|plans|interviews|audits|working days|days|weeks|hours)\b"),
    ([0.0, 0.4, -0.3], r"\b\d[\d,.]*\b.*\b\d[\d,.]*\b"),
    ([-0.6, 1.2, -0.5], r"\btoo (?:early|soon)\b|\bimpact\b|\bdifference\b|\bdifferently\b|\bas a (?:direct )?result\b|\bresulted in\b|\bled to\b|\boutcomes?\b|\bknow (?:yet )?whether\b|\bcannot (?:yet )?(?:say|show)\b|\bas yet\b|\bshow(?:s|ed|n)?\b|\bevidence\b|\bnone (?:yet|that)\b|\bnot applicable\b|^none\b"),
    ([-0.2, 0.4, -0.2], r"\b(?:improv\w+|better|fewer|more (?:likely|confident|often|quickly)|confiden\w+|sooner|worse|good|quality|timely|timeliness|safer)\b"),
    ([-0.2, 0.3, -0.1], r"\b(?:median|average|typically|comparable|in the same (?:period|month|months)|twice|half of|two thirds|a third|proportion|rate|numbers?)\b"),
    ([-0.2, 0.5, -0.3], r"\b(?:were|was|been) (?:\w+ly )?(?:referred|seen|discussed|identified|recorded|found|spoken to|offered|helped|missed|rated|judged|moved|visited|closed|picked up)\b|\b(?:accepted|reported|replied|turned up|came back|spoke|used it|completed)\b"),
    ([0.0, 0.3, -0.2], r#"\b(?:told us|tell us|told me|said that|say that|says that|says|describes?)\b|[\"“]"#),
    ([-0.2, -1.1, 1.4], r"\b(?:will|shall|won't)\b|'ll\b"),
    ([-0.2, -0.2, 0.4], r"\bwe (?:will|shall|are going|intend|plan|aim|expect|would like|are (?:looking|planning|working))\b|\bbydd(?:wn|ant)?\b"),
    ([0.0, -0.6, 0.7], r"^(?:\S+ ){1,9}(?:will|shall)\b"),
    ([0.0, -0.3, 0.3], r"\b(?:is|are) (?:now )?(?:going|due|about|expected|planned|intended|scheduled|booked|set) (?:to|for|in)\b|\b(?:is|are) to \w+"),
    ([-0.4, -0.4, 0.7], r"\b(?:plans?|planned|intends?|aims?|hopes?|proposes?|committed|wants?|agreed) to\b|\bplanned for\b|\bbusiness case\b|\bbid\b"),
    ([-0.1, 0.0, 0.1], r"\b(?:expected|due|scheduled|timetabled|hoped|looking to|in due course)\b"),
    ([-0.4, -0.5, 0.9], r"\bcontinu\w+\b|\bagain\b|\bhas asked for\b|\bhave asked for\b"),
    ([-0.5, -0.5, 1.0], r"\b(?:yet|still|remains?|remaining|continues?) to\b|\bnot yet\b|\bto follow\b|\bremaining\b|\boutstanding\b|\bremains?\b|\bfurther\b|\bstill\b"),
    ([-0.4, -0.3, 1.0], r"\bnext (?:step|stage|phase|task|job|version|round)s?\b|\bin due course\b|\bin future\b"),
    ([0.0, -0.4, 0.4], r"\b(?:in|on|during|since|last) (?:\d+ )?(?:the )?(?:last )?(?:{MONTH})\b"),
    ([-0.1, -0.6, 0.7], r"\b(?:by|from|until|before) (?:the )?(?:end of |early |late |mid-?|next )?(?:{MONTH}|20\d\d|the new year)\b"),
    ([-0.6, -0.3, 0.8], r"^[^.;]*\b(?:to be \w+(?:ed|en)|to (?:adopt|bring|be|report|join|agree|review|follow|resolve|include|assist))\b"),
    ([-0.4, -0.5, 1.0], r"^(?:to )?(?:extend|repeat|seek|offer|train|recruit|roll out|embed|review|complete|continue|include|adopt|next|further|re-?audit|audit|improve|transfer|sign off|agree|finalise|launch|publish|evaluate|explore|consider|develop|write|report|share|secure|monitor|test|commission|ensure|work with|present|join|spread|widen|use)\b"),
];

static COMPILED: LazyLock<Vec<(Weights, Regex)>> = LazyLock::new(|| {
    CUES.iter()
        .map(|(weights, pattern)| {
            let pattern = pattern
                .replace("{NUM}", NUM)
                .replace("{MONTH}", MONTH)
                .replace("{PEOPLE}", PEOPLE)
                .replace("{STAFF}", STAFF);
            let pattern = Regex::new(&pattern).expect("the cues of parts compile");
            (*weights, pattern)
        })
        .collect()
});

/// How much a sentence sounds like what was done, what changed, what is next.
pub(super) fn weigh(sentence: &str) -> Weights {
    let folded = text::fold(sentence);
    let mut weights = PRIOR;
    for (cue, pattern) in COMPILED.iter() {
        if pattern.is_match(&folded) {
            for (sum, weight) in weights.iter_mut().zip(cue) {
                *sum += weight;
            }
        }
    }
    weights
}
