//! A second crawl of the same site.

use std::path::Path;

use lessons::archive::{Archive, GoneReason};
use lessons::model::partnership::SiteRules;

use super::{Crawled, crawl_with, reviews};
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

/// With a mark by which it is known again.
fn marked(answer: Answer) -> Answer {
    answer.with("etag", "\"1\"")
}

async fn crawl(site: &ServedSite, dir: &Path) -> Crawled {
    crawl_with(site, "/", dir, &SiteRules::default()).await
}
