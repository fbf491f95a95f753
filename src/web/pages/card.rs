//! One result as a list shows it.

use crate::search::SearchRequest;
use crate::search::request::{Facet, List};
use crate::web::language::Language;
use crate::web::pages::words::{Piece, name, pieces};
use crate::web::params::query_string;
use crate::web::views::Term;
use crate::web::views::hits::{Common, HitView, ReviewLink};

/// Longest text of an item that a list shows whole, in characters.
const WHOLE: usize = 600;
/// Most themes that a list shows of one result.
const THEMES: usize = 4;

/// One result.
pub(super) struct Card {
    /// What it is.
    pub kicker: Option<String>,
    pub title: String,
    pub url: String,
    pub to: Vec<Term>,
    pub pieces: Vec<Piece>,
    /// Whether `pieces` is from the body of a review rather than its own words.
    pub is_excerpt: bool,
    pub lines: Vec<Line>,
    pub statuses: Vec<Term>,
    pub themes: Vec<ThemeLink>,
}

/// A line of small print.
pub(super) struct Line {
    pub text: String,
    pub url: Option<String>,
}

/// A theme, and everything about it in the same list.
pub(super) struct ThemeLink {
    pub label: String,
    pub url: String,
}

/// Links to everything of a list about each theme.
pub(super) fn theme_links(t: Language, list: List, themes: &[Term]) -> Vec<ThemeLink> {
    let link = |theme: &Term| {
        let mut request = SearchRequest::new(list);
        request
            .filters
            .chosen
            .insert(Facet::Theme, vec![theme.id.clone()]);
        ThemeLink {
            label: theme.label.clone(),
            url: t.at(&format!("/{}?{}", list.id(), query_string(&request))),
        }
    };
    themes.iter().map(link).collect()
}

impl Card {
    pub(super) fn of(t: Language, hit: &HitView) -> Self {
        match hit {
            HitView::Review(hit) => Self {
                kicker: hit
                    .review_type
                    .as_ref()
                    .map(|term| t.say(&term.label).to_owned()),
                title: hit.title.clone(),
                is_excerpt: true,
                statuses: vec![response_found(hit.answered)],
                lines: vec![Line {
                    text: review_line(t, &hit.common, hit.recommendations),
                    url: None,
                }],
                ..Self::common(t, List::Reviews, &hit.common, "")
            },
            HitView::Recommendation(hit) => Self {
                title: name(t, hit.label.as_deref(), "Recommendation"),
                to: hit.to.clone(),
                statuses: if hit.answered {
                    hit.statuses.clone()
                } else {
                    vec![response_found(false)]
                },
                lines: item_lines(t, &hit.common, &hit.review),
                ..Self::common(t, List::Recommendations, &hit.common, &hit.text)
            },
            HitView::Lesson(hit) => Self {
                title: t
                    .say(if hit.kind == "lesson" {
                        "Lesson"
                    } else {
                        "Good practice"
                    })
                    .to_owned(),
                lines: item_lines(t, &hit.common, &hit.review),
                ..Self::common(t, List::Lessons, &hit.common, &hit.text)
            },
            HitView::Answer(hit) => Self {
                title: t.fill("Answer to recommendation {}", &[&hit.recommendation]),
                to: hit.to.clone(),
                statuses: hit.statuses.clone(),
                lines: item_lines(t, &hit.common, &hit.review),
                ..Self::common(t, List::Answers, &hit.common, &hit.text)
            },
        }
    }

    fn common(t: Language, list: List, common: &Common, text: &str) -> Self {
        let shown = &common.themes[..common.themes.len().min(THEMES)];
        Self {
            kicker: None,
            title: String::new(),
            url: common.url.clone(),
            to: Vec::new(),
            pieces: shown_text(common, text),
            is_excerpt: false,
            lines: Vec::new(),
            statuses: Vec::new(),
            themes: theme_links(t, list, shown),
        }
    }
}

/// The whole text with what was found marked in it; of a long one, the snippet.
fn shown_text(common: &Common, text: &str) -> Vec<Piece> {
    let snippet = common.snippet.as_deref().unwrap_or_default();
    if text.is_empty() || text.chars().count() > WHOLE {
        return pieces(snippet, &common.highlights);
    }
    let whole = text.replace(['\n', '\r', '\t'], " ");
    let core = snippet.trim_matches(['…', ' ']);
    let cut = snippet
        .find(core)
        .map_or(0, |at| snippet[..at].chars().count());
    let Some(at) = whole.find(core) else {
        return pieces(text, &[]);
    };
    let before = whole[..at].chars().count();
    let moved = common.highlights.iter().map(|[first, after]| {
        let shift = |place: usize| (place + before).saturating_sub(cut);
        [shift(*first), shift(*after)]
    });
    pieces(text, &moved.collect::<Vec<_>>())
}

fn response_found(is_found: bool) -> Term {
    let (id, label) = if is_found {
        ("completed", "Response found")
    } else {
        ("unknown", "No response found")
    };
    Term {
        id: format!("found-{id}"),
        label: label.to_owned(),
    }
}

fn review_line(t: Language, common: &Common, recommendations: usize) -> String {
    let mut parts = vec![common.partnership.name.clone()];
    parts.extend(common.published.map(|date| t.date(date)));
    parts.push(t.count(recommendations, "{} recommendation", "{} recommendations"));
    if let (Some(page), false) = (common.page, common.highlights.is_empty()) {
        parts.push(t.fill("found on page {}", &[&page]));
    }
    parts.join(" · ")
}

fn item_lines(t: Language, common: &Common, review: &ReviewLink) -> Vec<Line> {
    let mut parts = vec![common.partnership.name.clone()];
    parts.extend(common.published.map(|date| t.date(date)));
    parts.extend(common.page.map(|page| t.fill("page {}", &[&page])));
    vec![
        Line {
            text: review.title.clone(),
            url: Some(review.url.clone()),
        },
        Line {
            text: parts.join(" · "),
            url: None,
        },
    ]
}
