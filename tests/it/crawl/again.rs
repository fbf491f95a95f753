//! A second crawl of the same site.

use std::path::Path;

use lessons::archive::{Archive, GoneReason};
use lessons::crawl::{CrawlSettings, Outcome, Planned, Visits, plan};
use lessons::model::partnership::SiteRules;

use super::{Crawled, crawl_with, partnership, reviews};
use crate::support::test_site::{Answer, ServedSite, TestSite};

#[tokio::test]
async fn only_what_changed_is_sent_again() {
    let site = TestSite::default()
        .route(
            "/",
            marked(Answer::page(&reviews(
                "<a href='/a.pdf'>A</a><a href='/b.pdf'>B</a>",
            ))),
        )
        .route("/a.pdf", marked(Answer::pdf("a")))
        .route("/b.pdf", Answer::pdf("b").with("etag", "\"old\""))
        .serve()
        .await;
    let dir = tempfile::tempdir().expect("a scratch folder");
    crawl(&site, dir.path()).await;
    site.change("/b.pdf", Some(Answer::pdf("b2").with("etag", "\"new\"")));
    site.forget();
    let again = crawl(&site, dir.path()).await;
    let statuses: Vec<_> = site
        .asked()
        .into_iter()
        .filter(|asked| !asked.path.contains("robots") && !asked.path.contains("sitemap"))
        .map(|asked| (asked.path, asked.status))
        .collect();
    let expected = [("/", 304), ("/a.pdf", 304), ("/b.pdf", 200)];
    assert_eq!(
        statuses,
        expected.map(|(path, status)| (path.to_owned(), status))
    );
    assert_eq!(again.report.unchanged, 2);
    let archive = Archive::open_read_only(dir.path()).expect("an archive");
    for capture in again
        .captures
        .iter()
        .filter(|capture| capture.status == 304)
    {
        let payload = archive.payload(capture).expect("the bytes that still hold");
        assert!(!payload.bytes.is_empty(), "{capture:?}");
    }
}

#[tokio::test]
async fn what_vanished_is_gone_since_the_visit_that_missed_it() {
    let links =
        "<a href='/stays.pdf'>A</a><a href='/deleted.pdf'>B</a><a href='/unlinked.pdf'>C</a>
                 <a href='/closed/c.pdf'>D</a>";
    let site = TestSite::default()
        .page("/", &reviews(links))
        .route("/stays.pdf", Answer::pdf("a"))
        .route("/deleted.pdf", Answer::pdf("b"))
        .route("/unlinked.pdf", Answer::pdf("c"))
        .route("/closed/c.pdf", Answer::pdf("d"))
        .serve()
        .await;
    let dir = tempfile::tempdir().expect("a scratch folder");
    crawl(&site, dir.path()).await;
    site.change(
        "/",
        Some(Answer::page(&reviews("<a href='/stays.pdf'>A</a>"))),
    );
    site.change("/deleted.pdf", None);
    let robots = "User-agent: *\nDisallow: /closed/\n";
    site.change("/robots.txt", Some(Answer::text(robots)));
    let again = crawl(&site, dir.path()).await;
    let began = again.report.partnership.clone();
    let archive = Archive::open_read_only(dir.path()).expect("an archive");
    let histories = archive.histories().expect("histories");
    for (path, expected) in [
        ("/stays.pdf", None),
        ("/deleted.pdf", Some(GoneReason::Missing)),
        ("/unlinked.pdf", Some(GoneReason::LinkRemoved)),
        ("/closed/c.pdf", Some(GoneReason::Robots)),
    ] {
        let history = histories.get(&began, &site.url(path)).expect("a history");
        assert_eq!(history.gone.map(|gone| gone.reason), expected, "{path}");
        assert!(history.first_seen <= history.last_seen, "{path}");
    }
    let asked = site.paths();
    let third = crawl(&site, dir.path()).await;
    let asked: Vec<_> = site.paths().split_off(asked.len());
    assert!(!asked.contains(&"/deleted.pdf".to_owned()), "{asked:?}");
    assert_eq!(third.report.missing, 1, "only the sitemap: {asked:?}");
}

#[tokio::test]
async fn a_dry_run_shows_what_a_crawl_would_ask_for_and_asks_for_nothing() {
    let site = TestSite::default()
        .route(
            "/robots.txt",
            Answer::text("User-agent: *\nDisallow: /closed\n"),
        )
        .page(
            "/",
            &reviews(
                "<a href='/a.pdf'>Report A</a><a href='/closed/b.pdf'>B</a><a href='/x?s=1'>S</a>",
            ),
        )
        .route("/a.pdf", Answer::pdf("a"))
        .serve()
        .await;
    let dir = tempfile::tempdir().expect("a scratch folder");
    let partnership = partnership(&site.url("/"));
    let planned = || {
        let archive = Archive::open(dir.path()).expect("an archive");
        let settings = CrawlSettings::default();
        let plan = plan(&settings, &archive, &partnership, &SiteRules::default()).expect("a plan");
        assert!(plan.least_time >= settings.delay);
        let of = |request: &Planned| (request.url.path().to_owned(), request.forbidden.is_none());
        plan.requests.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(planned(), [("/".to_owned(), true)]);
    assert!(site.paths().is_empty());
    crawl(&site, dir.path()).await;
    site.forget();
    let expected = [("/", true), ("/a.pdf", true), ("/closed/b.pdf", false)];
    let mut found = planned();
    found.sort();
    assert_eq!(found, expected.map(|(path, may)| (path.to_owned(), may)));
    assert!(site.paths().is_empty());
}

#[tokio::test]
async fn visits_are_read_from_the_archive() {
    let site = TestSite::default()
        .page("/", &reviews("<a href='/a.pdf'>Report A</a>"))
        .route("/a.pdf", Answer::pdf("a"))
        .serve()
        .await;
    let dir = tempfile::tempdir().expect("a scratch folder");
    crawl(&site, dir.path()).await;
    crawl(&site, dir.path()).await;
    site.change("/a.pdf", Some(Answer::pdf("a2")));
    crawl(&site, dir.path()).await;
    site.change("/robots.txt", Some(Answer::new(503, b"")));
    let id = crawl(&site, dir.path()).await.report.partnership;
    let archive = Archive::open_read_only(dir.path()).expect("an archive");
    let visits = Visits::read(&archive).expect("visits");
    let outcomes: Vec<_> = visits.of(&id).iter().map(|visit| visit.outcome).collect();
    let expected = [
        Outcome::Changed,
        Outcome::Unchanged,
        Outcome::Changed,
        Outcome::Unreachable,
    ];
    assert_eq!(outcomes, expected);
}

/// With a mark by which it is known again.
fn marked(answer: Answer) -> Answer {
    answer.with("etag", "\"1\"")
}

async fn crawl(site: &ServedSite, dir: &Path) -> Crawled {
    crawl_with(site, "/", dir, &SiteRules::default()).await
}
