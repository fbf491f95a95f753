//! Walks a page from top to bottom and collects its links.

use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::crawl::links::block::{DEPTH_LIMIT, nearby, text_of};
use crate::crawl::links::element::{
    button_address, heading_level, is_boilerplate, is_lure, is_next_text, is_readable_alternate,
    label, says_nofollow,
};
use crate::crawl::links::headings::Headings;
use crate::crawl::links::{Link, LinkKind, Page, hidden, one_line, shorten, some_text};
use crate::model::capture::LinkContext;

/// A page with less text than this, in bytes, has nothing to say itself.
const EMPTY_TEXT: usize = 300;
/// More links than this on one page are not read.
const LINK_LIMIT: usize = 5_000;

/// The address against which a page's links are resolved.
pub(super) fn base(html: &Html, url: &Url) -> Url {
    let selector = Selector::parse("base[href]").expect("a valid selector");
    let href = html.select(&selector).find_map(|base| base.attr("href"));
    href.and_then(|href| url.join(href.trim()).ok())
        .unwrap_or_else(|| url.clone())
}

/// Collects links while it walks.
pub(super) struct Walk<'a> {
    url: &'a Url,
    base: &'a Url,
    page: Page,
    headings: Headings,
    boilerplate: usize,
    position: u32,
    /// Where scripts lead; true of a page that has nothing else.
    leads_on: Vec<Link>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(url: &'a Url, base: &'a Url) -> Self {
        Self {
            url,
            base,
            page: Page::default(),
            headings: Headings::default(),
            boilerplate: 0,
            position: 0,
            leads_on: Vec::new(),
        }
    }

    /// The page with its links.
    pub(super) fn page(mut self, html: &Html) -> Page {
        self.children(html.root_element(), 0);
        self.page.text = one_line(&self.page.text);
        if self.page.text.len() < EMPTY_TEXT {
            for link in std::mem::take(&mut self.leads_on) {
                self.push(link);
            }
        }
        self.page.title = self.page.title.or_else(|| self.page.heading.clone());
        self.page
    }

    fn children(&mut self, element: ElementRef<'_>, depth: usize) {
        if depth > DEPTH_LIMIT {
            return;
        }
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                if self.boilerplate == 0 {
                    self.page.text.push_str(text);
                }
            } else if let Some(inner) = ElementRef::wrap(child) {
                self.element(inner, depth + 1);
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, depth: usize) {
        match element.value().name() {
            "title" => {
                let title = some_text(&text_of(element));
                self.page.title = self.page.title.take().or(title);
                return;
            }
            "script" => return self.script(element),
            "style" | "template" | "svg" => return,
            "noscript" => return self.noscript(element, depth),
            "meta" => return self.meta(element),
            "link" => return self.link_element(element),
            _ => {}
        }
        self.page.text.push(' ');
        self.headings_of(element);
        self.links_of(element);
        if !is_boilerplate(element) {
            return self.children(element, depth);
        }
        // What stands in a menu is not governed by the content's headings, nor
        // the content by the menu's.
        let outside = std::mem::take(&mut self.headings);
        self.boilerplate += 1;
        self.children(element, depth);
        self.boilerplate -= 1;
        self.headings = outside;
    }

    fn headings_of(&mut self, element: ElementRef<'_>) {
        let Some(level) = heading_level(element) else {
            return;
        };
        let text = shorten(&text_of(element), 200);
        if level == 1 && self.page.heading.is_none() && self.boilerplate == 0 {
            self.page.heading = some_text(&text);
        }
        self.headings.enter(level, text);
    }

    fn links_of(&mut self, element: ElementRef<'_>) {
        let attr = |name| element.attr(name);
        match element.value().name() {
            "a" | "area" => self.anchor(element),
            "iframe" | "frame" | "embed" => self.add(attr("src"), LinkKind::Frame, element),
            "object" => self.add(attr("data"), LinkKind::Frame, element),
            "form" => self.add(
                button_address(element).as_deref(),
                LinkKind::Choice,
                element,
            ),
            "option" => {
                let value = attr("value").filter(|value| hidden::is_address(value));
                self.add(value, LinkKind::Choice, element);
            }
            "input" if attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")) => {
                self.page.has_password_field = true;
            }
            _ => {}
        }
        if let Some(code) = attr("onclick") {
            self.script_addresses(code, element);
        }
        for name in hidden::DATA_ATTRIBUTES {
            let value = attr(name).filter(|value| hidden::is_address(value));
            self.add(value, LinkKind::Script, element);
        }
    }

    fn anchor(&mut self, element: ElementRef<'_>) {
        let Some(href) = element.attr("href") else {
            return;
        };
        let href = href.trim();
        let is_script = href
            .get(..11)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript:"));
        if is_script {
            self.script_addresses(&href[11..], element);
        } else if !href.is_empty() && !href.starts_with('#') {
            let is_download = element.attr("download").is_some();
            let kind = if is_download {
                LinkKind::Download
            } else {
                LinkKind::Anchor
            };
            self.add(Some(href), kind, element);
        }
    }

    fn script_addresses(&mut self, code: &str, element: ElementRef<'_>) {
        for address in hidden::in_script(code) {
            self.add(Some(address), LinkKind::Script, element);
        }
    }

    /// Structured data, and a script that only leads on.
    fn script(&mut self, element: ElementRef<'_>) {
        let json: String = element.text().collect();
        if element.attr("type") != Some("application/ld+json") {
            let target = hidden::location(&json);
            let link = target.and_then(|target| self.link(target, LinkKind::Refresh, element));
            self.leads_on.extend(link);
            return;
        }
        for (address, name) in hidden::in_structured(&json) {
            if let Some(mut link) = self.link(&address, LinkKind::Structured, element) {
                link.context.link_text = name;
                link.context.nearby = None;
                self.push(link);
            }
        }
    }

    /// The parser keeps what is inside as text, as a browser with scripts does.
    fn noscript(&mut self, element: ElementRef<'_>, depth: usize) {
        let inside: String = element.text().collect();
        let inside = Html::parse_fragment(&inside);
        self.children(inside.root_element(), depth);
    }

    fn meta(&mut self, element: ElementRef<'_>) {
        let content = element.attr("content").unwrap_or_default();
        let is = |name: &str, value: &str| {
            element
                .attr(name)
                .is_some_and(|found| found.eq_ignore_ascii_case(value))
        };
        if is("name", "robots") || is("name", "lessons") {
            self.page.is_nofollow |= says_nofollow(content);
        }
        if is("http-equiv", "refresh")
            && let Some((_, target)) = content.split_once(['=', ';'])
        {
            let target = target.trim();
            let target = target
                .get(..4)
                .filter(|head| head.eq_ignore_ascii_case("url="))
                .map_or(target, |_| &target[4..]);
            let target = target.trim().trim_matches(['\'', '"']);
            self.add(Some(target), LinkKind::Refresh, element);
        }
    }

    fn link_element(&mut self, element: ElementRef<'_>) {
        let rel = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
        let href = element.attr("href").unwrap_or_default();
        for word in rel.split_whitespace() {
            match word {
                "canonical" => self.page.canonical = self.resolve(href),
                "shortlink" => self.page.shortlinks.extend(self.resolve(href)),
                "alternate" if is_readable_alternate(element) => {
                    self.add(Some(href), LinkKind::Alternate, element);
                }
                "next" => self.add(Some(href), LinkKind::Anchor, element),
                _ => {}
            }
        }
    }

    fn add(&mut self, href: Option<&str>, kind: LinkKind, element: ElementRef<'_>) {
        if let Some(link) = href.and_then(|href| self.link(href, kind, element)) {
            self.push(link);
        }
    }

    fn push(&mut self, mut link: Link) {
        if self.page.links.len() >= LINK_LIMIT {
            return;
        }
        if !link.is_boilerplate {
            link.context.position = Some(self.position);
            self.position += 1;
        }
        self.page.links.push(link);
    }

    fn link(&self, href: &str, kind: LinkKind, element: ElementRef<'_>) -> Option<Link> {
        let url = self.resolve(href)?;
        let text = some_text(&text_of(element));
        let context = LinkContext {
            link_text: text
                .or_else(|| label(element))
                .map(|text| shorten(&text, 300)),
            headings: self.headings.texts(),
            nearby: nearby(element),
            ..LinkContext::default()
        };
        let rel = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
        let has_rel = |word| rel.split_whitespace().any(|rel| rel == word);
        Some(Link {
            url,
            is_next: has_rel("next") || context.link_text.as_deref().is_some_and(is_next_text),
            context,
            kind,
            is_boilerplate: self.boilerplate > 0,
            is_nofollow: has_rel("nofollow"),
            is_hidden: is_lure(element),
        })
    }

    fn resolve(&self, href: &str) -> Option<Url> {
        let mut url = self.base.join(href.trim()).ok()?;
        let has_password = !url.username().is_empty() || url.password().is_some();
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host() && !has_password;
        url.set_fragment(None);
        // A link to a place in this page is none.
        let mut here = self.url.clone();
        here.set_fragment(None);
        (is_web && (url != here || !href.contains('#'))).then_some(url)
    }
}
