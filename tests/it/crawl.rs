//! A crawl of a site: what it finds, what it leaves alone, how it behaves.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use lessons::archive::{Archive, Event, FailureReason};
use lessons::crawl::{CrawlReport, CrawlSettings, Crawler, Silent, crawl_partnership};
use lessons::model::capture::Capture;
use lessons::model::partnership::{Partnership, PublisherKind, SiteRules};
use url::Url;

use crate::support::test_site::{Answer, ServedSite, TestSite};

/// A list of reviews, whose links are the given HTML.
fn reviews(links: &str) -> String {
    format!(
        "<html><head><title>Reviews</title></head><body><main>\
         <h1>Child safeguarding practice reviews</h1>{links}</main></body></html>"
    )
}

#[tokio::test]
async fn documents_are_found_by_every_way_that_sites_link_them() {
    let ways = "
        <a href='plain.pdf'>Child A overview report</a>
        <a href='/downloads/file/17/child-b'>Child B review (PDF, 12 KB)</a>
        <a href='/get.php?file=291'>Child C</a>
        <a href='#' onclick=\"window.open('/onclick.pdf')\">Child D</a>
        <a href=\"javascript:openDoc('/script.pdf')\">Child E</a>
        <button data-href='/data.pdf'>Child F</button>
        <noscript><a href='/noscript.pdf'>Child G</a></noscript>
        <iframe src='/frame.html'></iframe>
        <select><option value='/option.pdf'>Child H</option></select>
        <details><summary>Child I</summary><a href='/folded.pdf'>Report</a></details>
        <map><area href='/area.pdf' alt='Child J'></map>
        <script type='application/ld+json'>{\"@type\":\"Report\",\"url\":\"/structured.pdf\"}</script>
        <a href='/landing/child-k'>Child K: serious case review</a>
        <a href='/moved.pdf'>Child L</a>
        <a href='/page.pdf'>Child M</a>
        <a href='/no-extension'>Child N</a>
        <object data='/object.pdf'></object>
        <a href='/list?page=2'>Next</a>";
    let site = TestSite::default()
        .page("/reviews/", &reviews(ways))
        .route("/reviews/plain.pdf", Answer::pdf("a"))
        .route("/downloads/file/17/child-b", Answer::pdf("b"))
        .route("/get.php?file=291", Answer::pdf("c"))
        .page(
            "/frame.html",
            "<base href='/deep/'><a href='framed.pdf'>Framed</a>",
        )
        .route("/deep/framed.pdf", Answer::pdf("framed"))
        .page(
            "/landing/child-k",
            "<meta http-equiv='refresh' content='0; URL=/refreshed.pdf'>",
        )
        .route("/moved.pdf", Answer::redirect("/moved/here.pdf"))
        .route("/moved/here.pdf", Answer::pdf("l"))
        .page(
            "/page.pdf",
            "<title>M</title><a href='/behind-page.pdf'>Child M overview report</a>",
        )
        .route(
            "/no-extension",
            Answer::pdf("n").with("content-disposition", "inline; filename=\"n.pdf\""),
        )
        .page("/list?page=2", "<a href='/second-page.pdf'>Child O</a>")
        .route(
            "/robots.txt",
            Answer::text("User-agent: *\nDisallow:\nSitemap: /ignored\n"),
        )
        .route(
            "/sitemap.xml",
            Answer::text("<urlset><url><loc>/orphan.pdf</loc></url></urlset>"),
        )
        .otherwise(|path| path.ends_with(".pdf").then(|| Answer::pdf(path)))
        .serve()
        .await;
    let found = crawl(&site, "/reviews/").await.documents();
    let expected = [
        "/reviews/plain.pdf",
        "/downloads/file/17/child-b",
        "/get.php?file=291",
        "/onclick.pdf",
        "/script.pdf",
        "/data.pdf",
        "/noscript.pdf",
        "/deep/framed.pdf",
        "/option.pdf",
        "/folded.pdf",
        "/area.pdf",
        "/structured.pdf",
        "/refreshed.pdf",
        "/moved/here.pdf",
        "/behind-page.pdf",
        "/no-extension",
        "/object.pdf",
        "/second-page.pdf",
        "/orphan.pdf",
    ];
    for path in expected {
        assert!(found.contains(path), "{path} not in {found:?}");
    }
}

#[tokio::test]
async fn robots_txt_comes_first_and_is_obeyed() {
    let site = TestSite::default()
        .route(
            "/robots.txt",
            Answer::text("User-agent: *\nDisallow: /closed/\n"),
        )
        .page(
            "/",
            &reviews("<a href='/closed/review.pdf'>Overview report</a><a href='/open.pdf'>B</a>"),
        )
        .route("/open.pdf", Answer::redirect("/closed/other.pdf"))
        .serve()
        .await;
    let crawled = crawl(&site, "/").await;
    assert_eq!(
        site.paths(),
        ["/robots.txt", "/", "/open.pdf", "/sitemap.xml"]
    );
    assert_eq!(crawled.report.failures[&FailureReason::Robots], 2);
}

#[tokio::test]
async fn a_host_whose_robots_txt_fails_is_left_alone() {
    let site = TestSite::default()
        .route("/robots.txt", Answer::new(503, b""))
        .page("/", &reviews(""))
        .serve()
        .await;
    let crawled = crawl(&site, "/").await;
    assert_eq!(site.paths(), ["/robots.txt"]);
    assert_eq!(crawled.report.failures[&FailureReason::Unreachable], 1);
}

#[tokio::test]
async fn traps_without_end_come_to_an_end() {
    let trap = |path: &str| {
        let (place, number) = path.rsplit_once(['=', '/'])?;
        let next = number.parse::<u32>().ok()? + 1;
        let step = if path.contains('=') { '=' } else { '/' };
        let html = format!("<title>{next}</title><a href='{place}{step}{next}'>Next day</a>");
        Some(Answer::page(&html))
    };
    let links = "
        <a href='/training/calendar?m=1'>Calendar</a>
        <a href='/log?day=20240101'>Log</a>
        <a href='/archive?offset=1'>Archive</a>
        <a href='/a/b/'>Deeper</a>
        <a href='/reviews.pdf'>Overview report</a>
        <a href='/library?topic=a&amp;audience=b'>Filter</a>
        <a href='/search?q=a'>Search</a>
        <a href='/?s=a'>Search</a>
        <a href='/wp-login.php?x=1'>Log in</a>
        <a href='/lure/1' style='display: none'>Lure</a>
        <a href='/counted/1' rel='nofollow'>Counted</a>";
    let site = TestSite::default()
        .page("/", &reviews(links))
        .route("/reviews.pdf", Answer::pdf("a"))
        .otherwise(move |path| {
            if path.starts_with("/a/") {
                return Some(Answer::page(&format!(
                    "<title>{path}</title><a href='b/'>Deeper</a>"
                )));
            }
            trap(path)
        })
        .serve()
        .await;
    let crawled = crawl(&site, "/").await;
    let asked = site.paths();
    let among = |start: &str| asked.iter().filter(|path| path.starts_with(start)).count();
    for never in [
        "/training/calendar",
        "/library",
        "/search",
        "/?s",
        "/wp-login",
        "/lure",
        "/counted",
    ] {
        assert_eq!(among(never), 0, "{never}");
    }
    assert!(among("/log") <= 5, "{asked:?}");
    assert!(among("/archive") <= 15, "{asked:?}");
    assert!(among("/a/") <= 4, "{asked:?}");
    assert!(crawled.documents().contains("/reviews.pdf"));
    assert_eq!(crawled.report.ended_by, None);
}

#[tokio::test]
async fn a_page_with_many_addresses_is_asked_for_once() {
    let links = "
        <a href='/about?utm_source=x'>About</a> <a href='/about/print'>Print</a>
        <a href='/about;jsessionid=1A'>About</a> <a href='/about?switchstyle=big'>Contrast</a>
        <a href='/p/about'>About</a> <a href='/about'>About</a>
        <a href='/short'>About</a>";
    let site = TestSite::default()
        .page("/", &reviews(links))
        .route("/short", Answer::redirect("/about"))
        .page("/about", "<title>About</title><p>About us")
        .serve()
        .await;
    crawl(&site, "/").await;
    let about: Vec<_> = site
        .paths()
        .into_iter()
        .filter(|path| path.contains("about"))
        .collect();
    assert_eq!(about, ["/about"]);
}

#[tokio::test]
async fn redirects_without_end_or_off_the_site_are_given_up() {
    let site = TestSite::default()
        .page(
            "/",
            &reviews("<a href='/loop'>Loop</a><a href='/off'>Off</a><a href='/inside'>In</a>"),
        )
        .route("/loop", Answer::redirect("/loop2"))
        .route("/loop2", Answer::redirect("/loop"))
        .route("/off", Answer::redirect("https://www.facebook.com/x"))
        .route(
            "/inside",
            Answer::redirect("http://169.254.169.254/latest/meta-data/report.pdf"),
        )
        .serve()
        .await;
    let crawled = crawl(&site, "/").await;
    assert_eq!(crawled.report.failures[&FailureReason::Redirects], 2);
    assert_eq!(crawled.report.failures[&FailureReason::Guarded], 1);
}

#[tokio::test]
async fn what_stands_around_a_link_is_kept_with_the_document() {
    let list = "
        <nav><h2>Menu</h2><a href='/x'>X</a></nav>
        <h2>Published 2021</h2>
        <h3>Child Kestrel</h3>
        <ul><li>Published 14 March 2021: <a href='/k.pdf'>Overview report</a> (PDF, 245 KB)</li></ul>
        <table><tr><td>12 May 2022</td><td><a href='/wren.pdf'>Baby Wren</a></td></tr></table>";
    let site = TestSite::default()
        .page("/", &reviews(list))
        .otherwise(|path| path.ends_with(".pdf").then(|| Answer::pdf(path)))
        .serve()
        .await;
    let crawled = crawl(&site, "/").await;
    let context = |path: &str| {
        let mut captures = crawled.captures.iter();
        let capture = captures.find(|capture| capture.final_url.path() == path);
        capture.expect("captured").candidate.context.clone()
    };
    let kestrel = context("/k.pdf");
    assert_eq!(kestrel.page, Some(site.url("/")));
    assert_eq!(kestrel.page_title.as_deref(), Some("Reviews"));
    assert_eq!(kestrel.link_text.as_deref(), Some("Overview report"));
    assert_eq!(
        kestrel.headings,
        [
            "Child safeguarding practice reviews",
            "Published 2021",
            "Child Kestrel"
        ]
    );
    assert_eq!(
        kestrel.nearby.as_deref(),
        Some("Published 14 March 2021: Overview report (PDF, 245 KB)")
    );
    assert_eq!(kestrel.position, Some(0));
    assert_eq!(
        context("/wren.pdf").nearby.as_deref(),
        Some("12 May 2022 Baby Wren")
    );
}

#[tokio::test]
async fn pages_that_ask_not_to_be_followed_are_not() {
    let site = TestSite::default()
        .page(
            "/",
            &reviews(
                "<a href='/meta'>Reviews</a><a href='/header'>Reports</a><a href='/other'>O</a>",
            ),
        )
        .page(
            "/meta",
            "<meta name='robots' content='noindex, nofollow'><a href='/m.pdf'>Report</a>",
        )
        .route(
            "/header",
            Answer::page("<a href='/h.pdf'>Report</a>").with("x-robots-tag", "nofollow"),
        )
        .route(
            "/other",
            Answer::page("<a href='/o.pdf'>Report</a>").with("x-robots-tag", "otherbot: nofollow"),
        )
        .otherwise(|path| path.ends_with(".pdf").then(|| Answer::pdf(path)))
        .serve()
        .await;
    let found = crawl(&site, "/").await.documents();
    assert_eq!(found, HashSet::from(["/o.pdf".to_owned()]));
}

#[tokio::test]
async fn a_site_that_moved_is_followed_and_a_file_elsewhere_is_fetched() {
    let elsewhere = TestSite::default()
        .route("/child-a-overview-report.pdf", Answer::pdf("a"))
        .route("/menu.pdf", Answer::pdf("menu"))
        .page("/", "<a href='/more.pdf'>Overview report</a>")
        .serve()
        .await;
    let new = TestSite::default()
        .page("/", &reviews(&format!(
            "<a href='{}'>Child A</a> <a href='{}'>Lunch menu</a> <a href='{}'>Reviews of others</a>",
            elsewhere.url("/child-a-overview-report.pdf"),
            elsewhere.url("/menu.pdf"),
            elsewhere.url("/"),
        )))
        .serve()
        .await;
    let old = TestSite::default()
        .route("/", Answer::redirect(new.url("/").as_str()))
        .serve()
        .await;
    let found = crawl(&old, "/").await.documents();
    assert_eq!(
        found,
        HashSet::from(["/child-a-overview-report.pdf".to_owned()])
    );
    assert_eq!(
        elsewhere.paths(),
        ["/robots.txt", "/child-a-overview-report.pdf"]
    );
}

#[tokio::test]
async fn a_twin_stands_in_for_a_page_that_is_missing() {
    let site = TestSite::default()
        .page(
            "/",
            &reviews("<a href='/report.pdf?v=2'>Report</a><a href='/report.pdf'>Report</a>"),
        )
        .route("/report.pdf?v=2", Answer::pdf("a"))
        .serve()
        .await;
    let found = crawl(&site, "/").await.documents();
    assert_eq!(found, HashSet::from(["/report.pdf?v=2".to_owned()]));
}

#[tokio::test]
async fn every_request_says_who_asks() {
    let site = TestSite::default().page("/", &reviews("")).serve().await;
    crawl(&site, "/").await;
    for asked in site.asked() {
        let agent = asked.headers["user-agent"].to_str().expect("text");
        assert!(
            agent.starts_with("lessons/") && agent.contains("webmaster@n.example"),
            "{agent}"
        );
    }
}

#[tokio::test]
async fn budgets_end_a_crawl() {
    let site = endless().serve().await;
    let dir = tempfile::tempdir().expect("a scratch folder");
    let rules = SiteRules {
        max_requests: Some(7),
        ..SiteRules::default()
    };
    let crawled = crawl_with(&site, "/1", dir.path(), &rules).await;
    assert_eq!(site.paths().len(), 7);
    assert_eq!(
        crawled.report.ended_by,
        Some(lessons::crawl::Budget::Requests)
    );
}

/// A site whose every page has a document and a link to the next page.
fn endless() -> TestSite {
    TestSite::default().otherwise(|path| {
        let number: u32 = path.trim_matches('/').trim_end_matches(".pdf").parse().ok()?;
        if path.ends_with(".pdf") {
            return Some(Answer::pdf(path));
        }
        let next = number + 1;
        Some(Answer::page(&reviews(&format!(
            "<h2>Case {number}</h2><a href='/{number}.pdf'>Overview report</a><a href='/{next}'>Next case review</a>"
        ))))
    })
}

/// What a crawl came to.
struct Crawled {
    report: CrawlReport,
    captures: Vec<Capture>,
    events: Vec<Event>,
}

impl Crawled {
    /// Paths of captured files that are not pages.
    fn documents(&self) -> HashSet<String> {
        let documents = self
            .captures
            .iter()
            .filter(|capture| capture.status == 200 && capture.media_type == "application/pdf");
        let path = |url: &Url| url[url::Position::BeforePath..].to_owned();
        documents.map(|capture| path(&capture.final_url)).collect()
    }
}

async fn crawl(site: &ServedSite, seed: &str) -> Crawled {
    let dir = tempfile::tempdir().expect("a scratch folder");
    crawl_with(site, seed, dir.path(), &SiteRules::default()).await
}

async fn crawl_with(site: &ServedSite, seed: &str, dir: &Path, rules: &SiteRules) -> Crawled {
    let archive = Archive::open(dir).expect("an archive");
    let partnership = partnership(&site.url(seed));
    let report = crawl_partnership(&crawler(), &archive, &partnership, rules, &Silent)
        .await
        .expect("a crawl");
    let captures = archive.captures().expect("captures");
    let events = archive.events().expect("events");
    Crawled {
        report,
        captures: captures
            .map(|capture| capture.expect("a capture"))
            .collect(),
        events: events.map(|event| event.expect("an event")).collect(),
    }
}

fn crawler() -> Crawler {
    let settings = CrawlSettings {
        delay: Duration::ZERO,
        max_wait: Duration::ZERO,
        contact: Some("webmaster@n.example".to_owned()),
        allow_private: vec!["127.0.0.1".to_owned()],
        ..CrawlSettings::default()
    };
    Crawler::new(settings, Arc::new(jiff::Timestamp::now)).expect("a crawler")
}

fn partnership(seed: &Url) -> Partnership {
    Partnership {
        id: "northmere".parse().expect("an id"),
        name: "Northmere".to_owned(),
        nation: "england".parse().expect("an id"),
        region: None,
        local_authorities: Vec::new(),
        kind: PublisherKind::Children,
        website: Some(seed.clone()),
        reviews_page: None,
        responses_page: None,
        evidence: None,
        cms_hint: None,
        notes: String::new(),
    }
}
