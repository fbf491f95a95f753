//! The words by which documents say what sort they are.
//!
//! In: nothing. Out: a table of patterns over folded text, each with the kind
//! it speaks for, how loudly, and the reason in words.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::analysis::Kind;

/// Words that speak for a kind.
#[derive(Debug)]
pub(super) struct Cue {
    /// The kind they speak for.
    pub(super) kind: Kind,
    /// How loudly: a title cue of 10 settles the matter.
    pub(super) weight: f32,
    /// Over folded text.
    pub(super) pattern: Regex,
    /// What the document is called, as a person would say it.
    pub(super) says: &'static str,
}

/// What titles and links call documents.
pub(super) static NAMES: LazyLock<Vec<Cue>> = LazyLock::new(|| {
    compile(&[
        (
            Kind::Other,
            11.0,
            r"\b(?:annual|yearly|biennial|half[\s-]yearly|quarterly)\s(?:\w+\s)?(?:report|plan|review|statement)\b|\breport of the safeguarding partners\b|\bbusiness plan\b|\badroddiad blynyddol\b|\bcynllun blynyddol\b",
            "an annual report or plan",
        ),
        (
            Kind::Other,
            9.0,
            r"\bstrateg(?:y|ies|ic (?:plan|priorities|needs))\b",
            "a strategy",
        ),
        (
            Kind::Other,
            9.0,
            r"\b(?:policy|policies|procedures?|protocols?|guidance|guidelines|toolkit|tool kit|framework|handbook|handout|manual|standards|pathway|thresholds?|criteria for|practice guide|guide (?:for|to|on)|quick guide|a guide)\b",
            "a policy, procedure or guide",
        ),
        (
            Kind::Other,
            11.0,
            r"\b(?:minutes|agenda|notes of (?:the|a) meeting|meeting (?:notes|papers)|item \d+)\b|\b(?:scrutiny|cabinet|overview and scrutiny|select|policy) committee\b|\bhealth and well-?being board\b|\breport to (?:the )?(?:cabinet|council|committee|executive)\b",
            "a paper or minutes of a meeting",
        ),
        (
            Kind::Other,
            10.0,
            r"\b(?:newsletter|e-?bulletin|news ?letter|cylchlythyr|issue \d+|blog|podcast)\b",
            "a newsletter or blog",
        ),
        (
            Kind::Other,
            9.0,
            r"\b(?:brochure|prospectus|training (?:programme|calendar|course|offer|catalogue|prospectus|plan|brochure|pathway|handout)|learning and development (?:offer|programme)|course|workshop|webinar|conference|e-?learning|seminar)\b",
            "about training",
        ),
        (
            Kind::Other,
            9.0,
            r"\b(?:leaflet|poster|flyer|fact ?sheet|advice for|information for (?:parents|families|carers)|what every (?:family|parent))\b",
            "a leaflet or poster",
        ),
        (
            Kind::Other,
            10.0,
            r"\b(?:inspection|ofsted|joint targeted area|jtai|ilacs|care inspectorate|estyn|hmicfrs|hmic|monitoring visit|focused visit|peer (?:review|challenge)|self[\s-](?:assessment|evaluation)|section 11 audit|audit|data ?(?:set|report)|needs assessment|benchmarking)\b",
            "an audit or inspection",
        ),
        (
            Kind::Other,
            10.0,
            r"\b(?:notice of decision|decision (?:not to|notice)|decided not to|no further review|not (?:to )?(?:proceed|hold a review))\b",
            "a decision about whether to review",
        ),
        (
            Kind::Other,
            10.0,
            r"\b(?:inquest|coroner|prevention of future deaths|regulation 28|child death (?:overview|review)|cdop|death overview panel|verdict|sentencing|conviction)\b",
            "about an inquest, a trial or child deaths",
        ),
        (
            Kind::Other,
            8.0,
            r"\b(?:press (?:release|statement|notice)|media (?:statement|release)|news\b|terms of reference|vacancy|job description|recruit\w*|consultation|privacy|accessibility|cookies?|contact us|memorandum|constitution|safeguarding arrangements|referral form|template|glossary|questionnaire|survey|national (?:review|analysis|learning)|sitemap|about us)\b",
            "not about one review",
        ),
        (
            Kind::Other,
            6.0,
            r"\b(?:(?:published|serious case|case|practice|safeguarding|learning|previous|national|local|child safeguarding practice|domestic homicide|rapid|statutory|significant case) reviews|reviews of practice|adolygiadau|reviews and (?:audits|reports)|publications|resources|archive)$|^(?:reviews|publications|resources|archive|news|home|training)$",
            "a list of reviews",
        ),
        (Kind::Other, 5.0, r"\b(?:statement)\b", "a statement"),
        (
            Kind::Other,
            6.0,
            r"^new\b|^(?:launch|publication) of\b|\b(?:published(?: today)?|launched|now available|out now|has been published)$",
            "an announcement",
        ),
        (
            Kind::Response,
            9.0,
            r"\b(?:response|responds?|responded|responding|our answer|answers? to|reply|replies)\b|\bymateb\b",
            "a response",
        ),
        (
            Kind::Response,
            8.0,
            r"\b(?:action plan|improvement plan|implementation plan|action log|cynllun gweithredu)\b",
            "an action plan",
        ),
        (
            Kind::Response,
            8.0,
            r"\b(?:what (?:we have|we've|has been|have we) (?:done|changed|achieved)|what we did|what has changed|what changed|progress (?:report|update|summary|since|against|on|statement|made)|summary of (?:multi-agency )?progress|(?:one|two|three|six|twelve|eighteen|\d+) (?:years?|months?) (?:on|later|after)\b|impact (?:statement|report|summary|of the review)|you said|improvements? made|where we (?:are|have got to)|update on (?:the )?(?:actions|recommendations|progress)|position (?:at|as at)|promises? kept|follow[\s-]up)\b",
            "about what has been done",
        ),
        (
            Kind::Summary,
            8.0,
            r"\b(?:executive summary|summary report|summary of|summary|crynodeb|crynodeb gweithredol)\b",
            "a summary",
        ),
        (
            Kind::Summary,
            8.0,
            r"\b(?:(?:7|seven|5|five|6|six|10|ten|3|three|one|1|2|two)[\s-](?:minute|point|step|page)s?\b|learning (?:brief(?:ing)?|summary|sheet|leaflet|bulletin|points|pack|poster|note|on a page)|(?:practitioner|practice|staff|professional) (?:brief(?:ing)?|summary|note)|briefing(?: note| paper| sheet)?|brief\b|key (?:learning|messages)|lessons (?:from|learned from)|on a page|at a glance|easy read|briff)\b",
            "a learning brief",
        ),
        (
            Kind::Summary,
            7.0,
            r"\b(?:for children and young people|for (?:children|young people|families)|'s story)\b",
            "a version for children or families",
        ),
        (
            Kind::Review,
            6.0,
            r"\b(?:overview report|full report|final report|lcspr report|review report|report of the|adroddiad adolygiad)\b",
            "a report of a review",
        ),
    ])
});

/// What the text of documents that are not reviews says of itself.
pub(super) static TEXTS: LazyLock<Vec<Cue>> = LazyLock::new(|| {
    compile(&[
        (
            Kind::Other,
            4.0,
            r"\bthis (?:policy|procedure|protocol|guidance|strategy|framework|newsletter|annual report|toolkit|handbook|leaflet|course|audit|privacy|inspection|bulletin)\b",
            "says that it is a policy, strategy or the like",
        ),
        (
            Kind::Other,
            5.0,
            r"\b(?:apologies(?: for absence)?:|apologies were|minutes of the (?:last|previous)|any other business|matters arising|that the committee|members are (?:asked|recommended|invited)|report of:?\s|the committee is)\b",
            "reads like a paper for a meeting",
        ),
        (
            Kind::Other,
            6.0,
            r"\b(?:inspectors (?:found|judged|saw|visited)|overall effectiveness|ofsted inspect\w+|inspection (?:findings|judgements?)|her majesty's inspector|his majesty's inspector|lead inspector)\b",
            "reads like an inspection report",
        ),
        (
            Kind::Other,
            5.0,
            r"\b(?:in this issue|book (?:a place|now|online)|places are limited|learning outcomes|by the end of the (?:course|session|day)|to book)\b",
            "reads like a newsletter or a course",
        ),
        (
            Kind::Other,
            6.0,
            r"\b(?:criteria (?:were|was|had|have|are) not (?:been )?met|does not meet the criteria|did not meet the criteria|(?:decided|decision|agreed) not to (?:hold|proceed|undertake|commission|carry out)|review (?:would|should|will|need) not be (?:held|undertaken|commissioned|carried out)|no (?:further|significant case|serious case|learning) review (?:will|should|is|was))\b",
            "says that there will be no review",
        ),
        (
            Kind::Other,
            3.0,
            r"\b(?:today (?:we are|we have|the board has|published)|has today published|we are publishing|read more|click here|skip to|download (?:the|now))\b",
            "announces a publication",
        ),
    ])
});

/// Headings of the parts that reviews have, one pattern a part.
pub(super) static PARTS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let table: [(&str, &'static str); 11] = [
        (
            r"terms of reference|scope of|key lines of enquiry|period (?:under|of) review|cylch gorchwyl|questions (?:we|i) (?:were|was) asked",
            "its terms of reference",
        ),
        (
            r"method|how (?:the|this) (?:review|work|report)|how (?:i|we) (?:went|worked|did)|process|conduct of|carried out|the work of the panel|conducted|approach",
            "how it was done",
        ),
        (
            r"chronolog|summary of (?:events|agency|facts|the case)|narrative|what happened|key (?:events|episodes|practice)|story|the facts|involvement|timeline|events|amserlen|amgylchiadau",
            "what happened",
        ),
        (
            r"family|background|about \w+$|who was|household|the child(?:ren)?\b|pen picture|the young|and h(?:is|er) ",
            "the family",
        ),
        (
            r"analys|apprais|evaluat|themes?|discussion|dadansodd|could .* have been",
            "analysis",
        ),
        (r"finding|what (?:we|i) found|canfyddiad", "findings"),
        (r"lesson|learning|dysgu|gwersi", "lessons"),
        (
            r"conclu|casgliad|final (?:thoughts|words|comments)",
            "a conclusion",
        ),
        (
            r"recommend|argymhell|what (?:needs|should|must)|actions? (?:for|needed)|considerations|next steps|camau",
            "recommendations",
        ),
        (
            r"good practice|practice that|strengths|what (?:helped|went well|was done well)|arfer da",
            "good practice",
        ),
        (
            r"introduction|why (?:this|a|the) review|reason|circumstances|criteria|legal context|decision to|purpose|commissioning|cyflwyniad|came about|about this review",
            "why it was held",
        ),
    ];
    table
        .into_iter()
        .map(|(pattern, part)| {
            let pattern = Regex::new(pattern).expect("the patterns of headings compile");
            (pattern, part)
        })
        .collect()
});

fn compile(table: &[(Kind, f32, &str, &'static str)]) -> Vec<Cue> {
    table
        .iter()
        .map(|(kind, weight, pattern, says)| Cue {
            kind: *kind,
            weight: *weight,
            pattern: Regex::new(pattern).expect("the patterns of cues compile"),
            says,
        })
        .collect()
}
