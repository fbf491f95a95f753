//! What a crawl knows of one site: what is part of it, what was seen, and what
//! to ask for next.
//!
//! In: what was read from each answer. Out: the next [`Item`]. No network and
//! no disk: a crawl that was killed fills this again with what the archive
//! kept, and goes on where it was.

use std::collections::BTreeMap;

use url::Url;

use crate::archive::Purpose;
use crate::crawl::canon::Neutral;
use crate::crawl::frontier::{Frontier, Item};
use crate::crawl::learn::Learner;
use crate::crawl::links::{Link, LinkKind, Page};
use crate::crawl::moves::Moves;
use crate::crawl::reading::{self, Reading};
use crate::crawl::scope::{Place, Scope, moved_to};
use crate::crawl::sitemap::Listed;
use crate::crawl::{score, traps};
use crate::model::capture::{Candidate, Capture, LinkContext};
use crate::model::ids::PartnershipId;
use crate::model::partnership::{Partnership, SiteRules};

/// Seeds come before everything that is found.
const SEED_SCORE: i32 = 1_000;
/// Sitemaps are asked for after pages that are likely to list reviews.
const LIST_SCORE: i32 = 6;
/// What only a sitemap names comes after what a page links to, so that a
/// document is met with its context first.
const LISTED_PENALTY: i32 = 30;

/// What a crawl knows of one site.
#[derive(Debug)]
pub(super) struct Site {
    partnership: PartnershipId,
    scope: Scope,
    pub(super) frontier: Frontier,
    learner: Learner,
    /// Where the site's hosts have gone.
    pub(super) moves: Moves,
    max_depth: u8,
    /// Links not followed, by the name of the rule that refused them.
    pub(super) refused: BTreeMap<&'static str, u32>,
}

/// What an answer brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Intake {
    /// Whether the answer is a file to read.
    pub(super) is_document: bool,
    /// Whether it is a sitemap or feed.
    pub(super) is_list: bool,
}

impl Intake {
    /// What the answer was fetched for, as it turns out.
    pub(super) fn purpose(&self) -> Purpose {
        if self.is_list {
            Purpose::Sitemap
        } else {
            Purpose::Content
        }
    }
}

impl Site {
    pub(super) fn new(partnership: &Partnership, rules: &SiteRules, max_depth: u8) -> Self {
        let mut seeds = partnership.seeds();
        seeds.extend(rules.seeds.iter().cloned());
        let mut site = Self {
            partnership: partnership.id.clone(),
            scope: Scope::new(&seeds, &rules.hosts, &rules.skip),
            frontier: Frontier::default(),
            learner: Learner::default(),
            moves: Moves::default(),
            max_depth,
            refused: BTreeMap::new(),
        };
        site.frontier.neutral = Neutral {
            parameters: rules
                .neutral_parameters
                .iter()
                .map(|name| name.to_lowercase())
                .collect(),
            ..Neutral::default()
        };
        for (order, seed) in (0..).zip(seeds) {
            site.push(seed, LinkContext::default(), 0, SEED_SCORE - order);
        }
        site
    }

    /// Adds the sitemaps that a host names; when it names none, the place where
    /// one usually is.
    pub(super) fn add_lists(&mut self, robots: &Url, named: &[Url]) {
        if !self.scope.holds(robots) {
            return;
        }
        for url in named {
            if self.scope.holds(url) {
                self.push(url.clone(), LinkContext::default(), 0, LIST_SCORE);
            }
        }
        if named.is_empty()
            && let Ok(usual) = robots.join("/sitemap.xml")
        {
            self.push(usual, LinkContext::default(), 0, 0);
        }
    }

    /// Whether a redirect may be followed, and why not. A seed that leads to
    /// another host says that the site moved there.
    pub(super) fn admits_redirect(
        &mut self,
        candidate: &Candidate,
        target: &Url,
    ) -> Result<(), String> {
        if let Some(rule) = traps::refuse(target) {
            return Err(format!(
                "leads to `{target}`, refused by rule `{}`",
                rule.name
            ));
        }
        if self.scope.skips(target) {
            return Err(format!("leads to `{target}`, which the site's rules skip"));
        }
        if self.scope.holds(target) {
            return Ok(());
        }
        if candidate.depth == 0 {
            self.scope.adopt(target);
            return Ok(());
        }
        let is_wanted = !self.scope.holds(&candidate.url)
            || score::looks_like_document(target)
            || score::looks_like_document(&candidate.url);
        if is_wanted {
            return Ok(());
        }
        Err(format!("leads off the site to `{target}`"))
    }

    /// Asks again for what was there before, unless it was met.
    pub(super) fn recheck(&mut self, before: &Capture) {
        let url = &before.final_url;
        if self.scope.skips(url) || traps::refuse(url).is_some() {
            return;
        }
        let candidate = Candidate {
            url: url.clone(),
            ..before.candidate.clone()
        };
        self.frontier.push(Item {
            candidate,
            score: 0,
            attempts: 0,
            is_recheck: true,
        });
    }

    /// Takes in an answer; its links only if it `follows` them.
    pub(super) fn take_in(
        &mut self,
        capture: &Capture,
        reading: &Reading,
        follows: bool,
    ) -> Intake {
        let url = &capture.final_url;
        let neutral = &mut self.frontier.neutral;
        if capture.status >= 400 {
            self.frontier.missing(&capture.candidate.url);
            self.frontier.brought(url, false);
            return Intake::default();
        }
        let is_known =
            capture.length > 0 && self.learner.is_known_body(&capture.digest, url, neutral);
        match reading {
            Reading::File => {
                self.frontier.brought(url, !is_known);
                Intake {
                    is_document: true,
                    ..Intake::default()
                }
            }
            Reading::List(entries) => self.take_in_list(capture, entries),
            Reading::Page(_) if is_known || !follows => {
                self.frontier.brought(url, !is_known);
                Intake::default()
            }
            Reading::Page(page) => self.take_in_page(capture, page),
        }
    }

    fn take_in_list(&mut self, capture: &Capture, entries: &[(Url, Listed)]) -> Intake {
        for (url, listed) in entries {
            if !self.scope.holds(url) {
                continue;
            }
            if listed.is_list {
                if !is_dull_list(url) {
                    self.push(url.clone(), LinkContext::default(), 0, LIST_SCORE);
                }
                continue;
            }
            if self.is_refused(url) {
                continue;
            }
            let words = score::words(url);
            let title = listed.title.as_deref().unwrap_or_default();
            let relevance = score::relevance(&words).max(score::relevance(title));
            let context = LinkContext {
                page: Some(capture.final_url.clone()),
                link_text: listed.title.clone(),
                nearby: listed.published.clone(),
                ..LinkContext::default()
            };
            self.push(url.clone(), context, 1, relevance - LISTED_PENALTY);
        }
        Intake {
            is_list: true,
            ..Intake::default()
        }
    }

    fn take_in_page(&mut self, capture: &Capture, page: &Page) -> Intake {
        let url = &capture.final_url;
        if reading::is_missing(page) {
            self.frontier.missing(&capture.candidate.url);
            self.frontier.brought(url, false);
            return Intake::default();
        }
        self.adopt_successors(page, capture.candidate.depth);
        // Pages of the same words may still lead elsewhere, as landing pages do.
        let is_known = self
            .learner
            .is_known_text(&page.text, url, &mut self.frontier.neutral);
        let is_known = self.learner.is_near_known(&page.text) || is_known;
        if page.is_nofollow || !self.scope.holds(url) {
            self.frontier.brought(url, !is_known);
            return Intake::default();
        }
        for twin in page.shortlinks.iter().filter(|twin| self.scope.holds(twin)) {
            self.frontier.take(twin);
        }
        let title = page.title.as_deref().unwrap_or_default();
        let heading = page.heading.as_deref().unwrap_or_default();
        let about = format!("{title} | {heading} | {}", score::words(url));
        let relevance = score::relevance(&about);
        let depth = capture.candidate.depth;
        let mut is_fruitful = false;
        for link in &page.links {
            let is_new = self.follow(link, url, depth, relevance);
            let is_document = score::is_document(link);
            // The next of a series is no news, nor is more of the same.
            let is_more = is_known || Frontier::is_series(url, &link.url);
            is_fruitful |= is_new && (is_document || !link.is_boilerplate && !is_more);
        }
        self.frontier.brought(url, is_fruitful);
        Intake::default()
    }

    /// Adds a link to the frontier if it may be followed; gives whether it was
    /// added and its page is new.
    fn follow(&mut self, link: &Link, from: &Url, depth: u8, relevance: i32) -> bool {
        let refusal = if link.is_hidden {
            Some("lure")
        } else if link.is_nofollow && !score::is_document(link) {
            Some("nofollow")
        } else if goes_back(link, from) {
            Some("goes-back")
        } else {
            None
        };
        if let Some(rule) = refusal {
            self.refuse(rule);
            return false;
        }
        // The pages of a list are all as near as its first.
        let is_same_list = link.is_next || Frontier::is_series(from, &link.url);
        let depth = depth.saturating_add(u8::from(!is_same_list));
        if depth > self.max_depth {
            self.refuse("depth");
            return false;
        }
        if self.scope.place(link) == Place::Outside || self.is_refused(&link.url) {
            return false;
        }
        let score = score::score(link, relevance) - i32::from(depth);
        let item = self.item(link.url.clone(), link.context.clone(), depth, score);
        self.frontier.push(item)
    }

    /// Hosts that a page near the front door says the site moved to.
    fn adopt_successors(&mut self, page: &Page, depth: u8) {
        if depth > 1 {
            return;
        }
        let leads_away = |link: &&Link| {
            let is_refresh = depth == 0 && link.kind == LinkKind::Refresh;
            is_refresh || moved_to(link)
        };
        for link in page.links.iter().filter(leads_away) {
            if traps::refuse(&link.url).is_none() && !self.scope.holds(&link.url) {
                tracing::info!(url = %link.url, "The site says that it moved");
                self.scope.adopt(&link.url);
                self.push(link.url.clone(), link.context.clone(), 0, SEED_SCORE / 2);
            }
        }
    }

    fn is_refused(&mut self, url: &Url) -> bool {
        let rule = traps::refuse(url);
        if let Some(rule) = rule {
            self.refuse(rule.name);
        }
        rule.is_some()
    }

    fn refuse(&mut self, rule: &'static str) {
        *self.refused.entry(rule).or_default() += 1;
    }

    fn push(&mut self, url: Url, context: LinkContext, depth: u8, score: i32) {
        let item = self.item(url, context, depth, score);
        self.frontier.push(item);
    }

    fn item(&self, url: Url, context: LinkContext, depth: u8, score: i32) -> Item {
        Item {
            candidate: Candidate {
                partnership: self.partnership.clone(),
                url,
                context,
                depth,
            },
            score,
            attempts: 0,
            is_recheck: false,
        }
    }
}

/// Sitemaps of what is not a page: pictures, or lists of lists.
fn is_dull_list(url: &Url) -> bool {
    const WORDS: &[&str] = &[
        "image", "video", "author", "user", "tag", "product", "event", "job",
    ];
    let words = score::words(url).to_lowercase();
    words.split_whitespace().any(|word| WORDS.contains(&word))
}

/// Whether a link leads back in a numbered list: to its first page, or to one
/// before this.
fn goes_back(link: &Link, from: &Url) -> bool {
    const NAMES: &[&str] = &[
        "page",
        "pagenumber",
        "pageno",
        "pg",
        "paged",
        "start",
        "offset",
        "p",
    ];
    let number = |url: &Url| {
        let (_, value) = url
            .query_pairs()
            .find(|(name, _)| NAMES.contains(&name.to_lowercase().as_str()))?;
        value.parse::<u32>().ok()
    };
    let Some(to) = number(&link.url) else {
        return false;
    };
    let is_same_list = link.url.path() == from.path() && link.url.host() == from.host();
    let text = link.context.link_text.as_deref().unwrap_or_default();
    let is_first = to == 1 && matches!(text.trim(), "1" | "First" | "first" | "« First");
    is_same_list && (is_first || number(from).is_some_and(|here| to < here))
}

#[cfg(test)]
mod tests;
