//! What recommendations are about: the matters that come back in reviews of
//! children and adults, each under the words that the trade has for it.
//!
//! In: a folded text. Out: the matters it names, as indices into [`SUBJECTS`].

use std::sync::LazyLock;

use regex::RegexSet;

/// Each matter: what it is called, and its words. Finer than the themes of the
/// index, so that two recommendations on one matter are rarely on two.
#[rustfmt::skip] // one matter a line
const SUBJECTS: [(&str, &str); 104] = [
    ("return interviews", r"return (?:home )?(?:interview|service|conversation|discussion|visit)|return home"),
    ("missing episodes", r"\bmissing (?:episode|report|child|person|from)|\b(?:go|goes|went|been|are|is|reported) missing|\bmissing\b"),
    ("victims of trafficking", r"national referral mechanism|\bnrm\b|traffick|modern slavery|(?:possible|potential) victim"),
    ("exploitation", r"exploit|county lines"),
    ("words used about children", r"\blanguage (?:for use|used|that|to use|guide)|guide to (?:the )?(?:language|words)|words to be used|victim.blaming|terminology"),
    ("fathers and male carers", r"\bfathers?\b|\bfather's\b|\bdads?\b|\bmen\b|\bmale\b|\bman\b|stepfather"),
    ("who is in the household", r"(?:every|each|all|any) (?:adults?|persons?|members?)[^.;]{0,40}(?:household|living|home)|household members|who (?:else )?(?:is|are|lives?) (?:living )?(?:with|in|at)|lives? at home|household composition"),
    ("bruising in babies", r"bruis|non-?mobile|not (?:yet |independently )?mobile"),
    ("children not brought", r"not brought|did not attend|\bdna\b|missed appointment|non-attendance|appointments (?:are )?missed"),
    ("interpreters", r"interpret(?:er|ing|s|ation)?\b"),
    ("caseloads", r"caseload|cases held|number of cases|workload"),
    ("supervision", r"supervis"),
    ("vacancies", r"vacanc|turnover|retention of staff|recruitment"),
    ("link workers", r"link(?:ed)? (?:worker|social|to)|linked\b|liaison"),
    ("adult mental health services", r"adult mental health|mental health (?:team|trust|service)|cmht|psychiatr|psychos|psychotic"),
    ("bereaved children", r"bereave|(?:parent|mother|father) (?:has been|is|was|been) killed|domestic homicide"),
    ("domestic abuse", r"domestic (?:abuse|violence|incident|homicide)|coercive|marac"),
    ("marac", r"\bmarac"),
    ("general practice", r"general practi(?:ce|tioner)|\bgps?\b|every practice|^practices|\bpractices\b|surger(?:y|ies)"),
    ("take-home doses", r"take[- ]home|supervised consumption|unsupervised"),
    ("substitute prescribing", r"methadone|opiate|buprenorphine|substitute prescri"),
    ("storing medicines", r"\bstor(?:ed|age|ing)\b|kept lock|lockable"),
    ("pharmacists", r"pharmac"),
    ("a lead professional", r"lead (?:health )?(?:professional|practitioner)|(?:responsible|lead|named) consultant|key ?worker"),
    ("children under many services", r"complex (?:disabilit|health|need)|(?:two|three|four|five|several) or more (?:service|special)"),
    ("the parent who lives elsewhere", r"parental responsibility|non-?resident|(?:parent|father) who (?:lives elsewhere|does not live)|lives? elsewhere|lives? apart|absent parent|parents who live"),
    ("school attendance", r"\babsen(?:ce|t|ces)\b|not attending|attendance\b|reduced timetable|part-time timetable|missed more than"),
    ("medical evidence", r"medical (?:evidence|advice|reason|certificate)"),
    ("exclusion from school", r"exclu(?:sion|de)"),
    ("placements away from home", r"(?:placed|placement)[^.;]{0,40}(?:outside|out of|across|away|distan|boundar|border)|across (?:their|the|its) boundar|cross(?:es)? the border|out[- ]of[- ](?:area|county|borough)|host authority"),
    ("relatives and neighbours", r"\brelatives?\b|neighbours?|(?:extended )?family members|members of the public|grandparent"),
    ("listening", r"\blisten"),
    ("weapons", r"weapon|\bblade|knife|knives|stab|wound"),
    ("writing to government", r"write to (?:the )?(?:home office|department|government|welsh government|minister|secretary|scottish|ofsted)|draw(?:ing)? attention|bring (?:this|the) (?:report|review) to the attention"),
    ("signs of sexual abuse", r"genital|urinary|sexually transmitted"),
    ("sexual abuse", r"sexual abuse|sexual(?:ly)? "),
    ("teaching children to be safe", r"(?:about|their|own) bod(?:y|ies)\b|\bsecrets\b|protective behaviour|relationships and sex|healthy relationships"),
    ("life online", r"\bonline\b|on line|internet|social media|digital"),
    ("work with young people", r"with young people|young people (?:to|who)|designed (?:and delivered )?(?:with|by)|co-?produc"),
    ("safety plans", r"safety plan"),
    ("chronologies", r"chronolog"),
    ("self-harm and suicide", r"self-?harm|harm(?:ed|ing|s) themsel|suicid"),
    ("safer sleeping", r"sleep|cot death|overlay"),
    ("neglect", r"\bneglect\b"),
    ("assessment tools", r"graded care|structured tool|assessment tool|screening tool|questionnaire"),
    ("strategy meetings", r"strategy (?:meeting|discussion)"),
    ("before birth", r"pre-?birth|unborn|antenatal|expectant|pregnan"),
    ("home education", r"educated? at home|home[- ]educat|elective home"),
    ("escalation", r"escalat|disagree|professional challenge|resolution of professional|dispute"),
    ("seeing the child alone", r"(?:seen|see|speak|spoken|time)[^.;]{0,25}\balone\b|by himself|on (?:his|her|their) own|away from"),
    ("children of patients", r"(?:asked?|asks) (?:all|every|each)?[^.;]{0,30}about (?:all )?(?:their )?children|adults? (?:who|seen)[^.;]{0,30}(?:child|pregnant)"),
    ("discharge", r"discharg"),
    ("transition to adulthood", r"transition|leaving care|care leaver|seventeen|eighteen(?:th)?"),
    ("out of hours", r"out[- ]of[- ]hours|all hours|standby|night"),
    ("police notices", r"police notif|public protection notic|\bppns?\b|notices? (?:arising|of domestic)|concern reports?"),
    ("repeated contacts", r"(?:third|three|repeated|previous|earlier|all) (?:contacts?|notifications?|referrals?|attendances|incidents|episodes)|three (?:have been|or more)"),
    ("telling schools of police visits", r"operation encompass|(?:told|informed|notified) before (?:nine|the start)|next school day"),
    ("housing", r"housing|tenan|landlord|evict|homeless"),
    ("security at home", r"sanctuary|lock changes|target hardening"),
    ("closing cases", r"\b(?:close|closed|closing|closure|ends|removed|step(?:ping)?[- ]down)\b"),
    ("mental capacity", r"mental capacity|executive capacity|best interests? (?:decision|meeting|assess)"),
    ("self-neglect", r"self-neglect|hoarding"),
    ("asthma", r"asthma"),
    ("disruption of offenders", r"disrupt"),
    ("concealed pregnancy", r"(?:concealed|hidden|denied) pregnan"),
    ("fabricated illness", r"fabricated|perplexing|\bfii\b"),
    ("stalking", r"stalk"),
    ("bias and adultification", r"adultif|unconscious bias"),
    ("perinatal mental health", r"perinatal|postnatal|postpartum|mother and baby"),
    ("health assessments", r"health assessment|annual health check"),
    ("foster carers", r"foster"),
    ("professional curiosity", r"professional(?:ly)? curio|respectful uncertainty|disguised compliance"),
    ("the child's voice", r"voice of the child|child's voice|lived experience|daily lived"),
    ("thresholds", r"\bthreshold"),
    ("pre-birth assessment", r"pre-?birth (?:assessment|procedure|protocol|planning)"),
    ("abusive head trauma", r"head trauma|shaken|coping with crying|\bicon\b"),
    ("child protection medicals", r"child protection medical|skeletal survey|safeguarding medical"),
    ("child protection conferences", r"(?:child protection|case|initial|review) conferences?\b|core groups?"),
    ("legal planning", r"public law outline|legal planning|care proceedings|\bplo\b"),
    ("kinship care", r"kinship|special guardian|connected (?:person|carer)"),
    ("private fostering", r"private fostering|privately fostered"),
    ("early help", r"early help"),
    ("allegations against staff", r"\blado\b|designated officer|allegations (?:against|about) (?:staff|people|adults|carers)|position of trust|safer recruitment"),
    ("female genital mutilation", r"female genital mutilation|\bfgm\b"),
    ("forced marriage and honour", r"forced marriage|honour.based"),
    ("radicalisation", r"radicalis|\bprevent (?:duty|programme|strategy)|\bchannel panel"),
    ("harmful sexual behaviour", r"harmful sexual|sexually harmful"),
    ("dangerous offenders", r"\bmappa\b|sex(?:ual)? offender|disclosure scheme"),
    ("children's records on moving", r"transfer of (?:records|cases|files)|mov(?:e|es|ed|ing) (?:in|between|across|to another)"),
    ("sharing information", r"information[- ]sharing|shar(?:e|ing) (?:of )?information"),
    ("substance misuse", r"substance (?:mis)?use|alcohol|drug (?:use|misuse|treatment|service)"),
    ("dogs and home safety", r"dangerous dog|home safety|safety equipment"),
    ("dental neglect", r"dental|dentist"),
    ("weight and growth", r"\bobes|centile|growth (?:chart|monitoring)|failure to thrive|faltering"),
    ("pressure damage", r"pressure (?:ulcer|sore|damage)|tissue viability"),
    ("fire risk", r"fire (?:risk|safety|and rescue)|smok(?:e|ing) alarm"),
    ("choking and swallowing", r"chok(?:e|ing)|dysphagia|swallow"),
    ("care homes", r"care homes?\b|residential (?:home|provider)|nursing home"),
    ("advocacy", r"advoca(?:te|cy)"),
    ("learning disability", r"learning disabilit|\bleder\b|autis"),
    ("dual diagnosis", r"dual diagnosis|co-?occurring|co-?existing"),
    ("rough sleeping", r"rough sleep|sleeping rough|without a (?:settled )?home"),
    ("making safeguarding personal", r"making safeguarding personal|wishes and outcomes"),
    ("unpaid carers", r"carer'?s? assessment|unpaid carer|informal carer"),
];

static COMPILED: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new(SUBJECTS.map(|(_, pattern)| pattern)).expect("the patterns of subjects compile")
});

/// Matters that so many recommendations are about, whatever those at hand are:
/// one of them in common says little.
const BROAD: [&str; 40] = [
    "fathers and male carers",
    "domestic abuse",
    "general practice",
    "adult mental health services",
    "sexual abuse",
    "life online",
    "work with young people",
    "self-harm and suicide",
    "neglect",
    "before birth",
    "discharge",
    "transition to adulthood",
    "out of hours",
    "housing",
    "closing cases",
    "supervision",
    "a lead professional",
    "exploitation",
    "missing episodes",
    "professional curiosity",
    "the child's voice",
    "thresholds",
    "early help",
    "sharing information",
    "substance misuse",
    "substitute prescribing",
    "care homes",
    "learning disability",
    "foster carers",
    "relatives and neighbours",
    "listening",
    "repeated contacts",
    "assessment tools",
    "seeing the child alone",
    "strategy meetings",
    "link workers",
    "pharmacists",
    "school attendance",
    "police notices",
    "who is in the household",
];

/// Whether a matter is one of those that are everywhere.
pub(super) fn is_broad(subject: usize) -> bool {
    BROAD.contains(&label(subject))
}

/// Matters that say all that another would: what is about the first is about
/// the second, and that is no further evidence.
const SUBSUMED: [(&str, &str); 7] = [
    ("return interviews", "missing episodes"),
    ("marac", "domestic abuse"),
    ("pre-birth assessment", "before birth"),
    ("perinatal mental health", "before birth"),
    ("security at home", "housing"),
    ("rough sleeping", "housing"),
    ("victims of trafficking", "exploitation"),
];

/// The matters that a folded text names.
pub(super) fn named(folded: &str) -> Vec<usize> {
    let mut named: Vec<usize> = COMPILED.matches(folded).into_iter().collect();
    let labels: Vec<&str> = named.iter().map(|subject| label(*subject)).collect();
    named.retain(|subject| {
        let is_said =
            |(says, said): &(&str, &str)| *said == label(*subject) && labels.contains(says);
        !SUBSUMED.iter().any(is_said)
    });
    named
}

/// What a matter is called.
pub(super) fn label(subject: usize) -> &'static str {
    SUBJECTS[subject].0
}

/// Whether a matter is found by words that begin like this one.
pub(super) fn holds(subject: usize, head: &str) -> bool {
    SUBJECTS[subject].1.contains(head) || SUBJECTS[subject].0.contains(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matters_go_by_several_names() {
        for (text, subject) in [
            ("an independent return home interview", "return interviews"),
            (
                "a child who was not brought to clinic",
                "children not brought",
            ),
            (
                "replace did not attend in the record",
                "children not brought",
            ),
            ("agree how disagreements are settled", "escalation"),
            (
                "hear the parent who lives elsewhere",
                "the parent who lives elsewhere",
            ),
        ] {
            let found: Vec<&str> = named(text).into_iter().map(label).collect();
            assert!(found.contains(&subject), "{text}: {found:?}");
        }
    }
}
