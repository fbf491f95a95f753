//! What a crawl leaves alone, and how it behaves.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use lessons::archive::{Archive, FailureReason};
use lessons::crawl::{Budget, CrawlSettings, Silent};
use lessons::model::partnership::{Partnership, SiteRules};
use lessons::pipeline;

use super::{
    any_pdf, crawl, crawl_as, crawl_with, crawler, endless, endless_while, partnership, reviews,
    settings,
};
use crate::support::test_site::{Answer, TestSite};

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
        .otherwise(any_pdf)
        .serve()
        .await;
    let found = crawl(&site, "/").await.documents();
    assert_eq!(found, HashSet::from(["/o.pdf".to_owned()]));
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
    assert_eq!(crawled.report.ended_by, Some(Budget::Requests));
}

#[tokio::test]
async fn sites_on_one_host_take_turns() {
    let busy = Arc::new(AtomicU32::new(0));
    let most = Arc::new(AtomicU32::new(0));
    let site = {
        let (busy, most) = (Arc::clone(&busy), Arc::clone(&most));
        endless_while(move || {
            most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::yield_now();
            busy.fetch_sub(1, Ordering::SeqCst);
        })
    };
    let site = site.serve().await;
    let dir = tempfile::tempdir().expect("a scratch folder");
    let archive = Arc::new(Archive::open(dir.path()).expect("an archive"));
    let rules = SiteRules {
        max_requests: Some(20),
        ..SiteRules::default()
    };
    let sites = ["east", "west", "north"].map(|name| {
        let partnership = Partnership {
            id: name.parse().expect("an id"),
            ..partnership(&site.url("/1"))
        };
        (partnership, rules.clone())
    });
    let crawler = Arc::new(crawler(settings()));
    let at_once = settings().sites_at_once;
    let silent = Arc::new(Silent);
    let crawled = pipeline::crawl::crawl(crawler, archive, sites.into(), at_once, silent).await;
    assert!(crawled.iter().all(|(_, report)| report.is_ok()) && crawled.len() == 3);
    assert_eq!(most.load(Ordering::SeqCst), 1);
    let robots = site
        .paths()
        .iter()
        .filter(|path| *path == "/robots.txt")
        .count();
    assert_eq!(robots, 1);
}

#[tokio::test]
async fn a_crawl_that_finds_nothing_more_ends_unless_something_promising_waits() {
    let site = TestSite::default()
        .otherwise(|path| {
            let number: u32 = path.trim_start_matches("/council/").parse().ok()?;
            let next = number + 1;
            let link = |n| format!("<a href='/bins-{number}-{n}'>Bins</a>");
            let links = (0..9).map(link).collect::<Vec<_>>().concat();
            Some(Answer::page(&format!(
                "<title>{number}</title><p>{links}<a href='/council/{next}'>Parking {next}</a>"
            )))
        })
        .serve()
        .await;
    let settings = CrawlSettings {
        patience: 20,
        ..settings()
    };
    let crawled = crawl_as(&site, "/council/1", settings).await;
    assert_eq!(crawled.report.ended_by, Some(Budget::Patience));
    assert!(site.paths().len() < 30, "{}", site.paths().len());
}

#[tokio::test]
async fn a_page_that_breaks_off_does_not_end_the_crawl() {
    let short = Answer::new(200, b"short").with("content-length", "500");
    let site = TestSite::default()
        .page(
            "/",
            &reviews("<a href='/broken.pdf'>Overview report A</a><a href='/b.pdf'>B</a>"),
        )
        .route("/broken.pdf", short)
        .route("/b.pdf", Answer::pdf("b"))
        .serve()
        .await;
    let crawled = crawl(&site, "/").await;
    assert!(crawled.documents().contains("/b.pdf"));
    assert_eq!(crawled.report.failures[&FailureReason::Broken], 1);
}

#[tokio::test]
async fn a_busy_host_is_given_the_time_it_asks_for_and_asked_again() {
    let asked = AtomicU32::new(0);
    let site = TestSite::default()
        .page("/", &reviews("<a href='/busy.pdf'>Overview report</a>"))
        .otherwise(move |path| {
            let is_first = path == "/busy.pdf" && asked.fetch_add(1, Ordering::SeqCst) == 0;
            let busy = Answer::new(503, b"").with("retry-after", "0");
            if is_first { Some(busy) } else { any_pdf(path) }
        })
        .serve()
        .await;
    let crawled = crawl(&site, "/").await;
    assert!(crawled.documents().contains("/busy.pdf"));
    let times = site
        .paths()
        .iter()
        .filter(|path| *path == "/busy.pdf")
        .count();
    assert_eq!(times, 2);
}

#[tokio::test]
async fn a_host_that_asks_for_more_time_than_there_is_is_left() {
    let site = TestSite::default()
        .page(
            "/",
            &reviews("<a href='/a.pdf'>Overview report</a><a href='/b.pdf'>B</a>"),
        )
        .otherwise(|_| Some(Answer::new(429, b"").with("retry-after", "3600")))
        .route("/robots.txt", Answer::text(""))
        .serve()
        .await;
    let crawled = crawl(&site, "/").await;
    assert_eq!(site.paths(), ["/robots.txt", "/", "/a.pdf"]);
    assert!(crawled.report.failures[&FailureReason::Unreachable] >= 2);
}
