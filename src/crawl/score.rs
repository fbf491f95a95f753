//! How likely a link is to lead to a review or a response: reviews before the
//! policy manual, the policy manual before the car parks.
//!
//! In: a link and how relevant its page was. Out: a score; higher is fetched
//! sooner. The words are those that publishers use for what we look for
//! (`knowledge/site-structures.md` has where each was seen); none refuses a
//! link, since a list is sometimes called something nobody expects.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::crawl::extension::{self, Extension};
use crate::crawl::links::{Link, LinkKind};
use crate::crawl::traps;

/// A pattern, and what finding it in the link's own words is worth.
struct Cue {
    pattern: Regex,
    weight: i32,
}

/// Words for what we look for, and for what we do not.
static CUES: LazyLock<Vec<Cue>> = LazyLock::new(|| {
    [
        // What a review is called, in four nations and two languages.
        (r"\b(serious|significant|complex)[ -]?case[ -]?reviews?\b", 12),
        (r"\b(child(ren)?|adult|local|safeguarding)s?[ -]?(safeguarding )?practice[ -]?reviews?\b", 12),
        (r"\b(case|practice|learning|thematic|partnership|homicide|joint|unified|management|rapid) ?reviews?\b", 10),
        (r"\b(l?cspr|scr|lscpr|sar|dhr|dardr|cpr|apr|susr|silr|salr|cmr)s?\b", 8),
        (r"\badolygiad(au)?\b", 10),
        // What its documents are called.
        (r"\b(overview|full|final) report\b", 8),
        (r"\b(executive|learning|practitioner) summar(y|ies)\b", 8),
        (r"\b(7|seven|six|6|five|5)[ -]?(minute|point|step)", 7),
        (r"\blearning (brief|briefing|leaflet|pack|bulletin|point|from|on)", 7),
        (r"\bbriefings?\b", 4),
        (r"\b(lessons?|findings|recommendations?)\b", 5),
        // What answers are called.
        (r"\bresponses?\b", 8),
        (r"\baction[ -]?plans?\b", 8),
        (r"\b(progress|impact|implementation|improvements?)\b", 4),
        (r"\b(year|months?) on\b", 4),
        (r"\bwhat (has changed|we did|happened next)\b", 6),
        (r"\bymateb\b", 8),
        // Whose case it is.
        (r"\b(child|baby|family|adult|young person|siblings?|plentyn) [a-z0-9]{1,12}\b", 4),
        // Where such things are kept.
        (r"\b(reviews?|reports?|published|publications?|cyhoedd\w*)\b", 4),
        (r"\b(archived?|previous|older|downloads?|documents?|resources|library)\b", 2),
        (r"\b(learning|professionals|practitioners|news|partnership|board|committee|safeguarding)\b", 2),
        // What they are not.
        (r"\b(training|courses?|events?|calendar|conference|e-?learning|webinars?)\b", -4),
        (r"\b(policy|policies|procedures?|protocols?|toolkits?|forms?|guidance)\b", -2),
        (r"\b(cookies?|privacy|accessibility|terms|disclaimer|copyright|site ?map|a ?to ?z|feedback)\b", -8),
        (r"\b(contact|jobs?|vacanc(y|ies)|careers?|complaints?|freedom of information|newsletters?|donate)\b", -6),
        (r"\b(council tax|benefits|bins?|waste|recycling|parking|planning|licensing|roads?|housing|librar(y|ies) opening|leisure|parks|elections?|registrars?|births|weddings|cemeter(y|ies)|pest)\b", -8),
    ]
    .into_iter()
    .map(|(pattern, weight)| Cue {
        pattern: Regex::new(&format!("(?i){pattern}")).expect("a valid pattern"),
        weight,
    })
    .collect()
});

/// The last words of a link that say it is a file: `(PDF, 245 KB)`.
static FILE_SUFFIX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[\[(]?\b(pdf|docx?|word|odt|rtf)\b( document| version| format)?[ ,:;-]*[\d.,]*\s*([km]i?b)?[\])]?\s*$|\b\d[\d.,]* ?[km]b\b")
        .expect("a valid pattern")
});

/// Segments of a path below which files are handed out.
static HANDLER_PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)/(downloads?|download-?file|getfile|get-file|files?|attachments?|documents?|linkclick|media|mediafile|getmedia|handlers?|viewdocument|view-document|showdocument|show-document|wp-content/uploads|sites/default/files|assets)(\.\w{2,4})?/.*\w",
    )
    .expect("a valid pattern")
});

/// Parameters that name a file.
static HANDLER_QUERY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(^|&)(file|fileid|file_?name|file_id|fileticket|document_?id|doc|doc_?id|download|attachment|attachment_id|fn|media|media_?id|asset_?id)=[^&]",
    )
    .expect("a valid pattern")
});

/// At least this much is needed for a file on a host that is not the site's.
pub(super) const OFF_SITE_LEAST: i32 = 8;

/// How relevant a text is: the sum of the cues found in it, each once.
pub(super) fn relevance(text: &str) -> i32 {
    CUES.iter()
        .filter(|cue| cue.pattern.is_match(text))
        .map(|cue| cue.weight)
        .sum()
}

/// Scores a link of a page whose own relevance is known.
pub(super) fn score(link: &Link, page_relevance: i32) -> i32 {
    let own = own_relevance(link);
    if link.is_next && own < 8 {
        // The next page of a list is worth what the list is worth.
        return page_relevance.clamp(0, 24) + 6;
    }
    let document = if is_document(link) { 8 } else { 0 };
    let place = if link.is_boilerplate { -2 } else { 2 };
    let kind = match link.kind {
        LinkKind::Anchor | LinkKind::Download | LinkKind::Refresh | LinkKind::Frame => 0,
        LinkKind::Script | LinkKind::Choice | LinkKind::Alternate => -1,
        LinkKind::Structured => -3,
    };
    // Parts of a list come after the pages of the whole.
    let is_part = link
        .url
        .query_pairs()
        .any(|(name, _)| traps::is_filter(&name.to_lowercase()));
    let part = if is_part { -10 } else { 0 };
    own + document + place + kind + part + (page_relevance / 4).clamp(-6, 8)
}

/// What the link, its address and its surroundings say, without the page's
/// title.
pub(super) fn own_relevance(link: &Link) -> i32 {
    let context = &link.context;
    let text = context.link_text.as_deref().unwrap_or_default();
    let headings = context.headings.join(" | ");
    let nearby = context.nearby.as_deref().unwrap_or_default();
    // A block with many links says nothing about any one of them.
    let nearby = if link.is_boilerplate { "" } else { nearby };
    let best = relevance(text).max(relevance(&words(&link.url)));
    let around = relevance(&headings).max(relevance(nearby)) / 2;
    best + around.clamp(-4, 10)
}

/// Whether a link's own words are about what we look for, or say nothing at
/// all, so that those around it count.
pub(super) fn speaks_for_itself(link: &Link) -> bool {
    const BARE: &[&str] = &[
        "",
        "here",
        "click here",
        "download",
        "view",
        "read",
        "open",
        "pdf",
        "link",
        "more",
        "read more",
        "report",
    ];
    let text = link.context.link_text.as_deref().unwrap_or_default();
    let bare = text
        .trim_matches(|letter: char| !letter.is_alphanumeric())
        .to_lowercase();
    BARE.contains(&bare.as_str()) || relevance(text).max(relevance(&words(&link.url))) > 0
}

/// Whether a link is likely to hand out a file rather than a page.
pub(super) fn is_document(link: &Link) -> bool {
    let text = link.context.link_text.as_deref().unwrap_or_default();
    let is_unwanted = extension::of_url(&link.url) == Extension::Unwanted;
    let says_file = link.kind == LinkKind::Download || FILE_SUFFIX.is_match(text);
    looks_like_document(&link.url) || (says_file && !is_unwanted)
}

/// Whether a URL by itself looks like one that hands out a file.
pub(super) fn looks_like_document(url: &Url) -> bool {
    match extension::of_url(url) {
        Extension::Document => true,
        Extension::Unwanted => false,
        Extension::None | Extension::Page => {
            HANDLER_PATH.is_match(url.path())
                || url
                    .query()
                    .is_some_and(|query| HANDLER_QUERY.is_match(query))
        }
    }
}

/// A path as words: `/serious-case_reviews/` gives `serious case reviews`.
pub(super) fn words(url: &Url) -> String {
    let text = path_and_query(url);
    let text = percent_encoding::percent_decode_str(&text).decode_utf8_lossy();
    text.replace(['-', '_', '/', '.', '=', '&', '?', '+'], " ")
}

fn path_and_query(url: &Url) -> String {
    url[url::Position::BeforePath..url::Position::AfterQuery].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::capture::LinkContext;

    #[test]
    fn reviews_come_before_lists_before_policies_before_the_rest() {
        let order = [
            link("/case-reviews/", "Serious case reviews"),
            link(
                "/media/1/final.pdf",
                "Child V overview report (PDF, 245 KB)",
            ),
            link("/publications/", "Publications"),
            link("/about-us/", "About us"),
            link("/policies/", "Policies and procedures"),
            link("/training/", "Training courses and events"),
            link("/council-tax/", "Council tax"),
        ];
        let scores: Vec<_> = order.iter().map(|link| score(link, 0)).collect();
        assert!(scores.is_sorted_by(|one, next| one > next), "{scores:?}");
    }

    #[test]
    fn a_link_without_words_takes_those_around_it() {
        let mut here = link("/x/17", "Click here");
        let before = score(&here, 0);
        here.context.headings = vec!["Child Safeguarding Practice Review: Child M".to_owned()];
        assert!(score(&here, 0) > before + 5);
    }

    #[test]
    fn the_next_page_is_worth_what_the_list_is_worth() {
        let mut next = link("/reviews?page=2", "Next");
        next.is_next = true;
        assert!(score(&next, 20) > score(&next, 0));
    }

    #[test]
    fn files_are_known_by_ending_handler_or_printed_size() {
        for (path, text, expected) in [
            ("/a.pdf", "", true),
            ("/downloads/file/4411/lcspr", "", true),
            ("/LinkClick.aspx?fileticket=x", "", true),
            ("/downloads.php?file=291", "", true),
            ("/node/7", "Child A report [PDF 207Kb]", true),
            ("/node/7", "Child A report (DOCX)", true),
            ("/node/7", "Child A", false),
            ("/photo.jpg", "Photo (1 MB)", false),
            ("/reviews/", "Reviews", false),
            ("/media-centre/news", "News", false),
            ("/share?u=http://n.example/downloads/a", "Share", false),
        ] {
            assert_eq!(is_document(&link(path, text)), expected, "{path} {text}");
        }
    }

    fn link(path: &str, text: &str) -> Link {
        Link {
            url: Url::parse(&format!("http://n.example{path}")).expect("a URL"),
            context: LinkContext {
                link_text: Some(text.to_owned()),
                ..LinkContext::default()
            },
            kind: LinkKind::Anchor,
            is_boilerplate: false,
            is_nofollow: false,
            is_hidden: false,
            is_next: false,
        }
    }
}
