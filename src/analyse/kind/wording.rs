//! What documents say of themselves once they begin, as tables of words.
//!
//! In: nothing. Out: rows for `cues` to compile: turns of phrase with the kind
//! they speak for, and headings of the parts that reviews have.

use crate::analyse::kind::cues::Row;
use crate::model::analysis::Kind;

/// What the opening of documents that are not reviews says.
pub(super) const SAID: &[Row] = &[
    (
        Kind::Other,
        4.0,
        "says that it is a policy, strategy or the like",
        &[
            r"this (?:policy|procedure|protocol|guidance|strategy|framework|newsletter|annual report|toolkit|handbook|leaflet|course|audit|privacy|inspection|bulletin)",
        ],
    ),
    (
        Kind::Other,
        5.0,
        "reads like a paper for a meeting",
        &[
            r"apologies(?: for absence)?:",
            r"apologies were",
            r"minutes of the (?:last|previous)",
            r"any other business",
            r"matters arising",
            r"that the committee",
            r"members are (?:asked|recommended|invited)",
            r"the committee is",
        ],
    ),
    (
        Kind::Other,
        6.0,
        "reads like an inspection report",
        &[
            r"inspectors (?:found|judged|saw|visited)",
            r"overall effectiveness",
            r"ofsted inspect\w+",
            r"inspection (?:findings|judgements?)",
            r"(?:her|his) majesty's inspector",
            r"lead inspector",
        ],
    ),
    (
        Kind::Other,
        5.0,
        "reads like a newsletter or a course",
        &[
            r"in this issue",
            r"book (?:a place|now|online)",
            r"to book",
            r"places are limited",
            r"learning outcomes",
            r"by the end of the (?:course|session|day)",
        ],
    ),
    (
        Kind::Other,
        6.0,
        "says that there will be no review",
        &[
            r"criteria (?:were|was|had|have|are) not (?:been )?met",
            r"d(?:oes|id) not meet the criteria",
            r"(?:decided|decision|agreed) not to (?:hold|proceed|undertake|commission|carry out)",
            r"review (?:would|should|will|need) not be (?:held|undertaken|commissioned|carried out)",
            r"no (?:further|significant case|serious case|learning) review (?:will|should|is|was)",
        ],
    ),
    (
        Kind::Response,
        5.0,
        "accepts what a review asks for",
        &[
            r"we (?:fully |wholly |all )?accept (?:each|all|every|both|them|these|those|its|in full|the (?:review'?s |report'?s )?(?:findings|recommendations|conclusions|improvements|proposals))",
            r"(?:recommendations|improvements|proposals|challenges|findings)\b.{0,40}\b(?:are|have been|were) (?:all |fully |each )?accepted",
        ],
    ),
    (
        Kind::Other,
        3.0,
        "announces a publication",
        &[
            r"today (?:we are|we have|the board has|published)",
            r"has today published",
            r"we are publishing",
            r"read more",
            r"click here",
            r"download (?:the|now)",
        ],
    ),
];

/// Headings of the parts that reviews have.
pub(super) const PARTED: &[(&str, &[&str])] = &[
    (
        "its terms of reference",
        &[
            r"terms of reference",
            r"scope of",
            r"(?:key )?lines of enquiry",
            r"period (?:under|of) review",
            r"questions (?:we|i) (?:were|was) asked",
            r"cylch gorchwyl",
        ],
    ),
    (
        "how it was done",
        &[
            r"method\w*",
            r"how (?:the|this) (?:review|work|report)",
            r"how (?:i|we) (?:went|worked|did)",
            r"process",
            r"conduct of",
            r"carried out",
            r"the work of the panel",
            r"conducted",
            r"approach",
        ],
    ),
    (
        "what happened",
        &[
            r"(?:combined )?chronolog\w*",
            r"summary of (?:events|agency|facts|the case)",
            r"narrative",
            r"what happened",
            r"what (?:we|i|is|was) (?:know|knew|known)",
            r"(?:key )?(?:events|episodes)",
            r"story",
            r"the facts",
            r"involvement",
            r"timeline",
            r"(?:brief )?outline of",
            r"(?:case |the )?circumstances",
            r"amserlen",
            r"amgylchiadau",
        ],
    ),
    (
        "the family",
        &[
            r"family",
            r"about \w+$",
            r"who (?:was|is|this)",
            r"household",
            r"the child(?:ren)?",
            r"pen (?:picture|portrait)",
            r"background",
            r"and h(?:is|er) ",
            r"y teulu",
        ],
    ),
    (
        "analysis",
        &[
            r"analys\w+",
            r"apprais\w+",
            r"evaluat\w+",
            r"themes?",
            r"discussion",
            r"what (?:we|i) (?:make|made|think|thought) of",
            r"could .* have been",
            r"dadansodd\w*",
        ],
    ),
    (
        "findings",
        &[
            r"findings?",
            r"what (?:we|i|the review) found",
            r"canfyddiad\w*",
        ],
    ),
    ("lessons", &[r"lessons?", r"learning", r"dysgu", r"gwersi"]),
    (
        "a conclusion",
        &[
            r"conclu\w+",
            r"final (?:thoughts|words|comments)",
            r"casgliad\w*",
        ],
    ),
    (
        "recommendations",
        &[
            r"recommend\w*",
            r"what (?:needs|should|must)",
            r"actions? (?:for|needed)",
            r"considerations",
            r"next steps",
            r"argymhell\w*",
            r"camau",
        ],
    ),
    (
        "good practice",
        &[
            r"good practice",
            r"practice that",
            r"strengths",
            r"what (?:helped|went well|was done well)",
            r"arfer da",
        ],
    ),
    (
        "why it was held",
        &[
            r"introduction",
            r"why (?:this|a|the|there) (?:\w+ ){0,3}review",
            r"why (?:we|i) (?:carried|held|did|undertook|looked|were asked)",
            r"reasons?",
            r"circumstances",
            r"criteria",
            r"legal context",
            r"decision to",
            r"purpose",
            r"commissioning",
            r"came about",
            r"about this review",
            r"cyflwyniad",
        ],
    ),
];
