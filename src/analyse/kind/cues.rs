//! The words by which documents say what sort they are.
//!
//! In: nothing. Out: tables of patterns over folded text, each with the kind it
//! speaks for, how loudly, and the reason in words.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::kind::wording::{PARTED, SAID};
use crate::model::analysis::Kind;

/// Words that speak for a kind.
#[derive(Debug)]
pub(super) struct Cue {
    /// The kind they speak for.
    pub(super) kind: Kind,
    /// How loudly: a cue of 10 in a title settles the matter.
    pub(super) weight: f32,
    /// Over folded text.
    pub(super) pattern: Regex,
    /// What it says, to follow "its title calls it" or "it".
    pub(super) says: &'static str,
}

/// A row of a table of cues: kind, weight, what it says, and the words, any of
/// which will do.
pub(super) type Row = (Kind, f32, &'static str, &'static [&'static str]);

/// What titles, first pages and links call documents.
const NAMED: &[Row] = &[
    (
        Kind::Other,
        11.0,
        "an annual report or plan",
        &[
            r"(?:annual|yearly|biennial|half[\s-]yearly|quarterly)\s(?:\w+\s)?(?:report|plan|review|statement)",
            r"report of the safeguarding partners",
            r"business plan",
            r"adroddiad blynyddol",
            r"cynllun blynyddol",
        ],
    ),
    (
        Kind::Other,
        11.0,
        "a paper or minutes of a meeting",
        &[
            r"minutes of",
            r"^minutes",
            r"agenda",
            r"notes of (?:the|a) meeting",
            r"meeting (?:notes|papers)",
            r"item \d+",
            r"(?:scrutiny|cabinet|select|policy) committee",
            r"health and well-?being board",
            r"report to (?:the )?(?:cabinet|council|committee|executive)",
            r"cofnodion",
        ],
    ),
    (
        Kind::Other,
        10.0,
        "an audit or inspection",
        &[
            r"inspections?",
            r"ofsted",
            r"joint targeted area",
            r"jtai",
            r"ilacs",
            r"care inspectorate",
            r"estyn",
            r"hmicfrs",
            r"(?:monitoring|focused) visit",
            r"peer (?:review|challenge)",
            r"self[\s-](?:assessment|evaluation)",
            r"audits?",
            r"data ?(?:set|report)",
            r"needs assessment",
            r"benchmarking",
        ],
    ),
    (
        Kind::Other,
        10.0,
        "a newsletter or blog",
        &[
            r"news ?letter",
            r"e-?bulletin",
            r"cylchlythyr",
            r"issue \d+",
            r"blog",
            r"podcast",
        ],
    ),
    (
        Kind::Other,
        10.0,
        "a decision about whether to review",
        &[
            r"notice of decision",
            r"decision (?:not to|notice|letter)",
            r"decided not to",
            r"no further review",
            r"not (?:to )?(?:proceed|hold a review)",
        ],
    ),
    (
        Kind::Other,
        10.0,
        "about an inquest, a trial or child deaths",
        &[
            r"inquest",
            r"coroner'?s?",
            r"prevention of future deaths",
            r"regulation 28",
            r"child death (?:overview|reviews?)",
            r"cdop",
            r"death overview panel",
            r"verdict",
            r"sentencing",
            r"conviction",
        ],
    ),
    (
        Kind::Other,
        9.0,
        "a strategy",
        &[
            r"strategy",
            r"strategies",
            r"strategic (?:plan|priorities|needs)",
            r"strategaeth",
        ],
    ),
    (
        Kind::Other,
        9.0,
        "a policy, procedure or guide",
        &[
            r"policy",
            r"policies",
            r"procedures?",
            r"protocols?",
            r"guidance",
            r"guidelines",
            r"tool ?kit",
            r"framework",
            r"handbook",
            r"manual",
            r"standards",
            r"pathway",
            r"thresholds?",
            r"criteria for",
            r"(?:practice|quick) guide",
            r"guide (?:for|to|on)",
            r"a guide$",
            r"polisi",
            r"canllaw(?:iau)?",
        ],
    ),
    (
        Kind::Other,
        9.0,
        "about training",
        &[
            r"brochure",
            r"prospectus",
            r"handout",
            r"training (?:programme|calendar|course|offer|catalogue|plan|pathway)s?",
            r"learning and development (?:offer|programme)",
            r"courses?",
            r"workshops?",
            r"webinar",
            r"conference",
            r"e-?learning",
            r"seminar",
            r"hyfforddiant",
        ],
    ),
    (
        Kind::Other,
        9.0,
        "a leaflet or poster",
        &[
            r"leaflet",
            r"poster",
            r"flyer",
            r"fact ?sheet",
            r"advice for",
            r"information for (?:parents|families|carers)",
            r"what every (?:family|parent)",
            r"taflen",
        ],
    ),
    (
        Kind::Other,
        11.0,
        "about many reviews",
        &[
            r"(?:analysis|study|synthesis|triennial|biennial|research|compendium) (?:\w+ ){0,3}(?:of|into|from) (?:\w+ ){0,5}reviews",
            r"thematic analysis",
            r"themes (?:from|in) (?:\w+ ){0,5}reviews",
        ],
    ),
    (
        Kind::Other,
        10.0,
        "a form, an offer or how reviews are held",
        &[
            r"terms of reference",
            r"vacancy",
            r"job description",
            r"recruit\w*",
            r"consultation",
            r"template",
            r"flow ?-?chart",
            r"process map",
            r"(?:referral|notification|nomination|request) form",
            r"expressions? of interest",
        ],
    ),
    (
        Kind::Other,
        8.0,
        "not about one review",
        &[
            r"press (?:release|statement|notice)",
            r"media (?:statement|release)",
            r"news",
            r"privacy",
            r"accessibility",
            r"cookies?",
            r"contact us",
            r"memorandum",
            r"constitution",
            r"safeguarding arrangements",
            r"glossary",
            r"questionnaire",
            r"survey",
            r"sitemap",
            r"about us",
        ],
    ),
    (
        Kind::Other,
        6.0,
        "an announcement",
        &[
            r"^new",
            r"^(?:launch|publication) of",
            r"(?:published(?: today)?|launched|now available|out now|has been published)$",
        ],
    ),
    (
        Kind::Other,
        6.0,
        "a list of reviews",
        &[
            r"(?:published|serious case|case|practice|safeguarding|learning|previous|national|local|domestic homicide|rapid|statutory|significant case|thematic) reviews(?: and \w+)?$",
            r"reviews of practice",
            r"^adolygiadau",
            r"learning from (?:practice|reviews|case reviews|serious case reviews)$",
            r"^(?:reviews|publications|resources|archive|home|training)$",
        ],
    ),
    (
        Kind::Other,
        3.0,
        "a statement",
        &[r"statement", r"datganiad"],
    ),
    (
        Kind::Response,
        9.0,
        "a response",
        &[
            r"response",
            r"respond(?:s|ed|ing)?",
            r"our answer",
            r"answers? to",
            r"repl(?:y|ies)",
            r"ymateb",
        ],
    ),
    (
        Kind::Response,
        8.0,
        "an action plan",
        &[
            r"(?:action|improvement|implementation|delivery) plan",
            r"action log",
            r"cynllun gweithredu",
        ],
    ),
    (
        Kind::Response,
        8.0,
        "about what has been done",
        &[
            r"what (?:we have|we've|has been|have we) (?:done|changed|achieved|achieved so far)",
            r"what we did",
            r"(?:told us|asked|said|found)\b.{0,12}\bwe (?:did|have done|have|will)",
            r"we (?:listened|heard|learned|learnt)\b.{0,12}\bwe (?:did|have)",
            r"what (?:has )?changed",
            r"what happened next",
            r"progress (?:report|update|summary|since|against|on|statement|made)",
            r"summary of (?:multi-agency )?progress",
            r"(?:a|one|two|three|six|twelve|eighteen|\d+) (?:years?|months?) (?:on|later|after)",
            r"impact (?:statement|report|summary|of the review)",
            r"(?:you|we) said",
            r"improvements? made",
            r"actions? taken",
            r"since the review",
            r"learning into (?:action|practice)",
            r"(?:assurance|closure|closing|implementation) report",
            r"where we (?:are|have got to)",
            r"update on (?:the )?(?:actions|recommendations|progress)",
            r"position (?:at|as at)",
            r"promises? (?:kept|made)",
            r"our commitments",
            r"follow[\s-]up",
        ],
    ),
    (
        Kind::Response,
        12.0,
        "a summary of progress",
        &[
            r"summary of (?:[\w-]+ ){0,3}(?:progress|actions?|responses?|achievements)",
            r"(?:progress|action plan|response) summary",
        ],
    ),
    (
        Kind::Summary,
        8.0,
        "a summary",
        &[
            r"(?:executive )?summary",
            r"short(?:er)? version",
            r"crynodeb(?: gweithredol)?",
        ],
    ),
    (
        Kind::Summary,
        8.0,
        "a learning brief",
        &[
            r"(?:7|seven|5|five|6|six|10|ten|8|eight|3|three|one|1|2|two)[\s-](?:minute|point|step|page)s?",
            r"learning (?:brief(?:ing)?|summary|sheet|leaflet|bulletin|points|pack|poster|note|on a page)",
            r"(?:learning|messages|lessons) for (?:all |front ?-?line )?(?:practitioners|professionals|staff|schools|practice|managers|agencies)",
            r"(?:practitioner|practice|staff|professional) (?:brief(?:ing)?|summary|note|resource)",
            r"brief(?:ing)?(?: note| paper| sheet)?",
            r"(?:key|main) (?:learning|messages|points)",
            r"lessons (?:from|learn(?:ed|t) from|for practice)",
            r"learning from (?:child|baby|young person|family|the review)",
            r"what (?:we|you) (?:have |can )?(?:learn(?:ed|t)?|need to know)",
            r"(?:on|in) (?:a|one) page",
            r"at a glance",
            r"in a nutshell",
            r"infographic",
            r"easy read",
            r"briff",
        ],
    ),
    (
        Kind::Summary,
        7.0,
        "a version for children or families",
        &[
            r"for (?:children and young people|children|young people|families)",
            r"'s story",
        ],
    ),
    (
        Kind::Review,
        6.0,
        "a report of a review",
        &[
            r"(?:overview|full|final|review|lcspr) report",
            r"report of (?:the|a) (?:\w+ ){0,4}review",
            r"adroddiad adolygiad",
        ],
    ),
];

/// [`NAMED`], compiled.
pub(super) static NAMES: LazyLock<Vec<Cue>> = LazyLock::new(|| compile(NAMED));
/// [`SAID`], compiled.
pub(super) static TEXTS: LazyLock<Vec<Cue>> = LazyLock::new(|| compile(SAID));
/// [`PARTED`], compiled.
pub(super) static PARTS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    PARTED
        .iter()
        .map(|(part, words)| (any_of(words), *part))
        .collect()
});

fn compile(rows: &[Row]) -> Vec<Cue> {
    rows.iter()
        .map(|(kind, weight, says, words)| Cue {
            kind: *kind,
            weight: *weight,
            pattern: any_of(words),
            says,
        })
        .collect()
}

/// Any of these, as whole words.
fn any_of(words: &[&str]) -> Regex {
    let pattern = format!(r"(?:^|\b)(?:{})(?:$|\b)", words.join("|"));
    Regex::new(&pattern).expect("the patterns of cues compile")
}
