//! What headings and the first words of a line announce.
//!
//! In: a heading or line. Out: whether recommendations, lessons or good
//! practice follow, or something that belongs to none of them. The words are
//! those that reviewers in four nations use (`../shared/vocabulary/CODING.md`
//! and the published national studies); no rule names a place or a document.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::text::{fold, is_obligation, word_count};

/// What a section or a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// What has to be done.
    Recommendations,
    /// What was learnt.
    Lessons,
    /// What was done well.
    GoodPractice,
    /// An ordinary chapter: what announced the chapter before it has ended, and
    /// items stand in it only where a line says that it is one.
    Chapter,
    /// Reasons, outcomes, owners and dates of the item above; recommendations
    /// of other reviews; what has already been done.
    Apart,
}

/// Longer headings are sentences, and say something rather than announce it.
const MAX_HEADING_WORDS: usize = 16;

/// What a heading announces; `None` when it leaves the role of the section
/// around it as it is.
pub(super) fn role_of_heading(heading: &str) -> Option<Role> {
    let folded = fold(heading);
    let folded = strip_number(&folded);
    if word_count(folded) > MAX_HEADING_WORDS {
        return None;
    }
    let is = |pattern: &Regex| pattern.is_match(folded);
    if is(&APART) {
        Some(Role::Apart)
    } else if is(&RECOMMENDATIONS) {
        Some(Role::Recommendations)
    } else if is(&GOOD_PRACTICE) {
        Some(Role::GoodPractice)
    } else if is(&LESSONS) && !is(&NOT_LESSONS) {
        Some(Role::Lessons)
    } else if is(&PREFACE) {
        Some(Role::Apart)
    } else if is(&CHAPTER) {
        Some(Role::Chapter)
    } else {
        None
    }
}

/// Whether a heading stands for one item only: `Recommendation`,
/// `Recommendation for the Board`.
pub(super) fn announces_one(heading: &str) -> bool {
    let folded = fold(heading);
    ONE.is_match(strip_number(&folded))
}

/// Whether a heading may stand above a chapter of analysis as well as above a
/// list of lessons: `What we found`.
pub(super) fn may_be_analysis(heading: &str) -> bool {
    let folded = fold(heading);
    strip_number(&folded).starts_with("what ") && folded.ends_with(" found")
}

/// Whether a line gives reasons, success criteria, owner or date of an item
/// rather than the item: `Rationale.`, `Lead:`, `Case for change`.
pub(super) fn is_beside(line: &str) -> bool {
    BESIDE.is_match(&fold(line))
}

/// Who is responsible, from a line beside an item that says so: `Lead: the
/// ICB`, `Responsibility. Education, with school nursing`.
pub(super) fn owner(line: &str) -> Option<&str> {
    let found = OWNER.captures(line)?;
    let owner = found.get(1)?.as_str().trim();
    (!owner.is_empty()).then_some(owner)
}

/// Whether a line opens by saying what follows rather than by asking for
/// something: `The following recommendations are made:`.
pub(super) fn is_introduction(line: &str) -> bool {
    let folded = fold(line);
    let lists = ["lessons", "learning points", "findings", "gwersi"];
    let opens_list = folded.ends_with(':') && word_count(&folded) <= 25 && !is_obligation(line);
    INTRODUCTION.is_match(&folded)
        || (opens_list && lists.iter().any(|word| folded.contains(word)))
        || (folded.ends_with(':') && folded.contains("recommendation"))
}

/// Whether a line asks whoever reads it to think: "When did you last ask?"
pub(super) fn asks_reader(line: &str) -> bool {
    static READER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\byou(?:r|rs|rself)?\b"));
    let folded = fold(line);
    line.trim_end().ends_with('?') && READER.is_match(&folded)
        || folded.starts_with("gofynnwch i chi")
}

/// Whether a heading carries a number.
pub(super) fn is_numbered(heading: &str) -> bool {
    NUMBER.is_match(&fold(heading))
}

/// Whether a line begins a sentence that the items under it complete:
/// `NHS X should:`, `The Board is asked to`.
pub(super) fn is_stem(line: &str) -> bool {
    let folded = fold(line);
    STEM.is_match(folded.trim_end()) && word_count(&folded) <= 30
}

/// Whether a paragraph makes a recommendation in so many words.
pub(super) fn is_performative(line: &str) -> bool {
    PERFORMATIVE.is_match(&fold(line))
}

/// A cross-reference at the end of an item: `(LP3)`, `(see Finding 2)`.
pub(super) fn strip_cross_reference(text: &str) -> &str {
    CROSS_REFERENCE
        .find(text)
        .map_or(text, |found| text[..found.start()].trim_end())
}

fn strip_number(folded: &str) -> &str {
    NUMBER
        .find(folded)
        .map_or(folded, |found| &folded[found.end()..])
}

fn pattern(source: &str) -> Regex {
    Regex::new(&format!("(?x){source}")).expect("the pattern of a cue compiles")
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:(?:part|section|chapter|appendix|annex|atodiad|rhan)\s)?\(?(?:\d{1,2}(?:\.\d{1,2})*[a-z]?|[a-z]|[ivx]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten)[).:\s-]+\s*",
    )
});

static RECOMMENDATIONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\brecommendations?\b | \bbeen\srecommended\b | \bargymhell(?:ion|iad)\b
        | \bwe\s(?:are\s)?recommend | \bwhat\s(?:we|i|the\sreview)\s(?:recommend|propose|ask)
        | \bconsiderations?\sfor\b | \b(?:matters|issues|points|areas)\sfor\s(?:the\s)?(?:consideration|improvement|action|board|partnership)
        | \bquestions?\sfor\s(?:the\s|consideration)
        | \bwhat\s.{0,40}\b(?:asked|need|needs|have)\sto\s(?:do|happen|change|be\sdone) | \bneeds\sto\s(?:happen|change)\b
        | \bwhat\s(?:can|should|will|must|could|do)\s(?:i|you|we|practitioners|professionals|staff|agencies|services|teams?)\s(?:now\s)?(?:(?:need|have)\sto\s)?(?:do|change)\b
        | \bthings\s(?:(?:that\s)?(?:you|we)\s(?:can|should|could|must)|to)\s(?:do|try)\b | ^what\sto\sdo\b | ^(?:do|try)\sthis\b | \bbeth\s.{0,30}\bwneud\b
        | \bwhat(?:'s|\sis|\swill|\sshould|\smust)\s(?:going\sto\s)?(?:change|happen|be\sdone)
        | ^next\ssteps | ^(?:agreed|required|proposed|priority|recommended|key|joint|(?:multi|single|individual)[-\s]agency|partnership)\sactions? | ^actions?\s(?:and|for|plan$) | \bactions?\s(?:required|needed|to\sbe\staken|for\s(?:the|all|agencies|partners))
        | ^(?:suggested\s)?strateg(?:y|ies)\b(?:\s[a-z]\b|\sfor|$) | ^proposals?\b | ^(?:the\s)?way\sforward
        | ^improving\s(?:systems|practice) | ^gwella\ssystemau | ^camau\s(?:gweithredu|nesaf)
        | \bchallenges?\s(?:for|to)\s(?:the|us)\b | \b(?:two|three|four|five|six|seven|eight|nine|ten)\s(?:challenges|asks|actions|commitments)\b | \baction\sstatements?\b | \bis\sto\sbe\sdone\b | \bcalls?\s(?:to|for)\saction | ^what\sthe\sboard\s(?:should|must)
        | ^(?:what|things)\swe\swant\s.*\b(?:do|change)\b",
    )
});

static LESSONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\blessons?\b | \blearning\b | \bfindings?\b | \bkey\s(?:themes|messages|points|issues)
        | \bimplications\sfor\s(?:\w+\s)?(?:practice|practitioners|professionals|services|agencies|policy|the\ssystem) | ^(?:key\s|main\s)?take[-\s]?(?:aways?$|(?:aways?|home)\s(?:messages?|points?|learning)\b) | ^(?:practice|professional)\sreflections?\b | \breflections\s(?:for|on)\spractice\b | ^messages\sfor\b
        | ^what\s(?:did|does)\s(?:the|this|our)\s(?:review|panel|reviewers?|report)\s(?:find|say|show|tell)
        | ^what\s(?:the\s|this\s|our\s)?(?:we|i|review|panel|reviewers?)\s(?:have\s|has\s)?found$
        | \bwhat\s.{0,40}\b(?:learn|learned|learnt|taught|tells?\sus)\b | \bgwersi\b | \bdysgu\b | \bddysg(?:wyd|on|om|wyd|asom|u)\b | \bcanfyddiadau\b",
    )
});

static NOT_LESSONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"learning\s(?:disabilit|difficult|events?|reviews?\b|together|mentor|support|needs)
        | \b(?:finding|findings)\s(?:the|a|out|of\s(?:fact|the\s(?:court|inquest|coroner)))
        | dissemin | methodolog | \bfact[-\s]finding | e-learning | \bprevious\b | \bearlier\b",
    )
});

static GOOD_PRACTICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:good|positive|effective|strong|notable|excellent|best)\spractice\b | \bwhat\s(?:worked|went|was\sdone)\swell
        | ^what\s(?:worked|helped|was\s(?:good|strong)|went\sright|(?:services|agencies|people|professionals|practitioners|staff|we)\s(?:did|got)\s(?:well|right))\b
        | ^what\sgood\s(?:practice\s)?look(?:ed|s)\slike | \bgood\s(?:things|work)\b | ^(?:areas\sof\s|key\s|system\s|practice\s)?strengths?(?:\s(?:in|of)\s|$) | ^commendations?$ | \bpractice\s(?:was|were)\s(?:good|strong|effective) | \bcredit\s(?:where|is\sdue) | \bpractice\s(?:that\s|which\s)?(?:we|the\spanel|the\sreview)\s(?:admired?|commends?|valued?|noted)
        | \bpractice\s(?:that|which|worth)\s(?:helped|worked|deserves?|stood|made|should\sbe|recognis|recording|noting) | \b(?:was|were)\sdone\swell\b | \b(?:ym)?arfer(?:ion)?\s(?:da|effeithiol)\b | \bdone\swell\b | \bpractice\sto\s(?:commend|celebrate)",
    )
});

/// Headings whose section holds none of the items, whatever it lists.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:rationale|case\sfor\schange|success\scriteria|(?:anticipated|intended|expected|desired)\s(?:outcomes?|impact)|why\s(?:this|it)\smatters|measures?\sof\ssuccess|outcomes?$)
        | \b(?:previous|earlier|past|other)\s(?:local\s|serious\s|case\s|national\s)*(?:reviews?|recommendations?)
        | \bquestions?\s(?:for|to)\s(?:your|you|practitioners|practice|reflection|discussion|discuss|teams?|staff|ask|think|reflect)\b | \breflective\squestions | ^(?:to\sthink\sabout|food\sfor\sthought|cwestiynau\si|ask\syourself|(?:for|points\sfor)\s(?:team\s)?discussion|discussion\s(?:points|questions))\b
        | \bprogress\s(?:on|against|with|since|made|report) | \bimplement(?:ation|ing)\s(?:of|the)\b
        | \bresponses?\sto\s(?:the|this|these)\srecommendation | \bdevelopments\ssince | \bchanges?\s(?:already\s)?made
        | ^what\s(?:has|have|had)\s(?:already\s)?(?:been\s(?:improved|done|put)|changed|happened\ssince) | \bactions?\s(?:already\s)?taken\b
        | \bimprovements?\s(?:already\s)?made\b | ^monitoring\b | \bnational\sguidance\b",
    )
});

/// Chapters that tell how a review came about, and appendices.
static PREFACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:introduction|background|methodology|terms\sof\sreference|scope|chronology|summary\sof\s(?:the\s)?(?:case|facts|events|agency)|the\sfamily|family\s(?:composition|background)|genogram
        |glossary|abbreviations|references|bibliography|acknowledge?ments|about\s(?:the|this)|appendix|appendices|annex|parallel|process|timeline|key\sevents|statement\sof|rhagymadrodd|cyflwyniad|geirfa)\b",
    )
});

/// Ordinary chapters of a review: they end the role of what stood before.
static CHAPTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:conclusions?|conclusion\sand\ssummary|summary|closing|final\sremarks|casgliad(?:au)?)\b",
    )
});

static ONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:a\s|the\s)?(?:key\s|national\s|local\s)?(?:recommendation|argymhelliad|question|consideration)(?:\s(?:for|to|i)\s.*)?[:.]?$",
    )
});

static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[\d.]+\s*)?(?:the\s)?(?:rationale|reason(?:s|ing)?|case\sfor\schange|why\s(?:this|is\sthis|it)?|success(?:\scriteria)?|measures?(?:\sof\ssuccess)?|(?:anticipated|intended|expected|desired)\s(?:outcomes?|impact|results?)|outcomes?
        |leads?(?:\s(?:agency|agencies|officer|professional|partner|body|organisation))?|owners?|owned\sby|responsib(?:le|ility)[a-z\s]{0,20}|by\swhen|by\swhom|who|for\saction\sby|action\s(?:by|lead)|accountable[a-z\s]{0,20}|arweinydd|cyfrifoldeb|erbyn|timescales?|timeframe|target\sdate|deadline|due(?:\sdate)?|completion(?:\sdate)?|priority|evidence|links?\sto|arising\sfrom|addresses|relates?\sto|source|monitoring|how\s(?:will\swe|we\swill)\sknow)\s*(?:[:.\-]|\()",
    )
});

static OWNER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:[\d.]+\s*)?(?i:leads?|leading|owners?|owned\sby|responsib(?:le|ility)|by\swhom|who|for\saction\sby|action\s(?:by|for|lead)|accountable|arweinydd|cyfrifoldeb)[A-Za-z\s/()]{0,40}?\s*[:.–-]\s*(\S.*)$",
    )
});

static INTRODUCTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[\d.]+\s+)?(?:(?:the|these|this)\s)?(?:following|review|report|panel|author|reviewers?|recommendations?)\b.{0,120}\b(?:recommendations?|actions?|proposals?|questions?|lessons?|learning)\b.{0,80}(?:\bare\b|\bis\b|\bhave\sbeen\b|\bmakes?\b|\bbelow\b|\bfollow)
        | ^(?:[\d.]+\s+)?(?:the\s)?(?:independent\s|lead\s)?(?:authors?|panel|review|reviewers?)\s(?:has|have|had|drew|identified|found)\b.{0,40}\bthe\sfollowing\b
        | ^(?:[\d.]+\s+)?(?:(?:the|these|this)\s)?(?:lessons?|learning|findings?|points|themes|messages)\b[^.]{0,60}\b(?:as\sfollows|below|arranged|grouped|set\sout|organised|presented|under\s\w+\sheadings)
        | ^(?:[\d.]+\s+)?(?:the\s)?(?:independent\s|lead\s)?(?:authors?|panel|review|reviewers?)\s(?:has|have|had|drew|identifie[sd]|found|draws?)\b.{0,40}\b(?:the\sfollowing|lessons?|findings?|learning\spoints)\b.{0,40}(?:[:]|\bfollowing\b)
        | ^(?:identify\seach|to\sinclude\shere|please\s(?:include|provide|insert)|include\shere)\b
        | ^(?:[\d.]+\s+)?(?:an|the|this)\saction\splan\s(?:will|has|is|was)\b
        | ^(?:[\d.]+\s+)?(?:there\sare|i\shave\smade|we\shave\smade|in\sbrief|i\shave\sframed)\b",
    )
});

static STEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:should|must|to|shall|ought\sto|needs?\sto|that|recommends?|recommended|asked\sto|dylai|i)(?:\s(?:now|also|therefore|jointly|together|ensure|ensure\sthat))?\s*[:…-]+$ | \b(?:should|must)$ | \brecommends?\sthat\s[^.;:]{3,90}:$",
    )
});

static PERFORMATIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[\d.]+\s+)?(?:(?:we|i)\s(?:therefore\s|also\s|further\s)*recommend | (?:it\sis|it\swas)\s(?:therefore\s|also\s)*recommended
        | (?:the|this)\s(?:review|panel|author|reviewers?|report|independent\sreviewers?|lead\sreviewers?)\s(?:therefore\s|also\s|further\s)*(?:recommends?|has\srecommended|suggests?\sthat\sthe)
        | argymhellwn | argymhellir)",
    )
});

static CROSS_REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*[\[(](?:see\s|from\s|arising from\s|links? to\s)?(?:LPs?|lessons?|learning(?: points?)?|findings?|sections?|paras?|paragraphs?|themes?|KLOEs?|TOR)\s?[\d.,\sand&ABC-]*[\])]\.?$")
        .expect("the pattern of cross-references compiles")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_announce_what_follows() {
        for (heading, role) in [
            ("7. Recommendations", Some(Role::Recommendations)),
            (
                "Recommendation for the Partnership",
                Some(Role::Recommendations),
            ),
            (
                "Questions for the Partnership to consider",
                Some(Role::Recommendations),
            ),
            (
                "What agencies have been asked to do",
                Some(Role::Recommendations),
            ),
            ("Argymhellion", Some(Role::Recommendations)),
            (
                "Improving Systems and Practice",
                Some(Role::Recommendations),
            ),
            ("Part Six: What has been learned", Some(Role::Lessons)),
            ("Lessons learned", Some(Role::Lessons)),
            ("Learning disability services", None),
            ("Good practice", Some(Role::GoodPractice)),
            ("Rationale", Some(Role::Apart)),
            ("Recommendations of earlier reviews", Some(Role::Apart)),
            ("What has changed already", Some(Role::Apart)),
            ("County Police", None),
        ] {
            assert_eq!(role_of_heading(heading), role, "{heading}");
        }
        assert!(announces_one("Recommendation for the Partnership"));
        assert!(!announces_one("Recommendations for the Partnership"));
    }

    #[test]
    fn lines_beside_an_item_are_told_from_it() {
        for line in [
            "Rationale. The checklist",
            "34. Rationale. The",
            "Lead: Police",
            "By when: March",
            "Case for change. Three",
        ] {
            assert!(is_beside(line), "{line}");
        }
        for line in [
            "Leaders should",
            "The lead agency should",
            "Evidence from the audit should",
        ] {
            assert!(!is_beside(line), "{line}");
        }
    }

    #[test]
    fn stems_begin_a_sentence_that_items_complete() {
        for line in [
            "The Health Board should:",
            "The Child Protection Committee should:",
            "The Board is asked to:",
        ] {
            assert!(is_stem(line), "{line}");
        }
        assert!(!is_stem("The Board should review its policy."));
    }

    #[test]
    fn cross_references_are_cut_off() {
        assert_eq!(
            strip_cross_reference("Audit the cases. (LP3)"),
            "Audit the cases."
        );
        assert_eq!(
            strip_cross_reference("Audit (with care)"),
            "Audit (with care)"
        );
    }
}
