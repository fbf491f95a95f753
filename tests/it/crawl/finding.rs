//! What a crawl finds, and what it keeps with each document.

use std::collections::HashSet;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use lessons::archive::Archive;
use lessons::model::partnership::SiteRules;
use lessons::pipeline::process::found_publications;

use super::{any_pdf, crawl, crawl_with, reviews};
use crate::support::test_site::{Answer, TestSite};

/// Each way to link a document, and the address of the document behind it.
const WAYS: &[(&str, &str)] = &[
    (
        "<a href='plain.pdf'>Child A overview report</a>",
        "/reviews/plain.pdf",
    ),
    (
        "<a href='/downloads/file/17/child-b'>Child B (PDF, 12 KB)</a>",
        "/downloads/file/17/child-b",
    ),
    (
        "<a href='/get.php?file=291'>Child C</a>",
        "/get.php?file=291",
    ),
    (
        "<a href='#' onclick=\"window.open('/onclick.pdf')\">Child D</a>",
        "/onclick.pdf",
    ),
    (
        "<a href=\"javascript:openDoc('/script.pdf')\">Child E</a>",
        "/script.pdf",
    ),
    (
        "<button data-href='/data.pdf'>Child F</button>",
        "/data.pdf",
    ),
    (
        "<noscript><a href='/noscript.pdf'>Child G</a></noscript>",
        "/noscript.pdf",
    ),
    ("<iframe src='/frame.html'></iframe>", "/deep/framed.pdf"),
    (
        "<select><option value='/option.pdf'>Child H</option></select>",
        "/option.pdf",
    ),
    (
        "<details><summary>Child I</summary><a href='/folded.pdf'>Report</a></details>",
        "/folded.pdf",
    ),
    (
        "<map><area href='/area.pdf' alt='Child J'></map>",
        "/area.pdf",
    ),
    (
        "<script type='application/ld+json'>{\"url\":\"/structured.pdf\"}</script>",
        "/structured.pdf",
    ),
    (
        "<a href='/landing/child-k'>Child K: serious case review</a>",
        "/refreshed.pdf",
    ),
    ("<a href='/moved.pdf'>Child L</a>", "/moved/here.pdf"),
    ("<a href='/page.pdf'>Child M</a>", "/behind-page.pdf"),
    ("<a href='/no-extension'>Child N</a>", "/no-extension"),
    ("<object data='/object.pdf'></object>", "/object.pdf"),
    ("<a href='/list?page=2'>Next</a>", "/second-page.pdf"),
    (
        "<a rel='nofollow' href='/counted.pdf'>Child P report</a>",
        "/counted.pdf",
    ),
    ("", "/orphan.pdf"),
    ("", "/fed.pdf"),
    (
        "<form action='/form.pdf'><input type='hidden' name='id' value='7'><button>Download</button></form>",
        "/form.pdf?id=7",
    ),
    ("<a download href='/save/8'>Child Q</a>", "/save/8"),
    (
        "<a href='/script-only'>Child R: practice review</a>",
        "/led-on.pdf",
    ),
];

#[tokio::test]
async fn documents_are_found_by_every_way_that_sites_link_them() {
    let links: String = WAYS.iter().map(|(link, _)| *link).collect();
    let robots = "User-agent: *\nDisallow:\nSitemap: /maps.xml\n";
    let feed = "<rss><channel><item><enclosure url='/fed.pdf'/></item></channel></rss>";
    let maps = "<sitemapindex><sitemap><loc>/map.xml.gz</loc></sitemap></sitemapindex>";
    let mut map = GzEncoder::new(Vec::new(), Compression::fast());
    map.write_all(b"<urlset><url><loc>/orphan.pdf</loc></url></urlset>")
        .expect("written");
    let map = map.finish().expect("packed");
    let head = "<link rel='alternate' type='application/rss+xml' href='/feed/'>";
    let site = TestSite::default()
        .page("/reviews/", &format!("{head}{}", reviews(&links)))
        .page(
            "/frame.html",
            "<base href='/deep/'><a href='framed.pdf'>Framed</a>",
        )
        .page(
            "/landing/child-k",
            "<meta http-equiv='refresh' content='0; URL=/refreshed.pdf'>",
        )
        .page(
            "/script-only",
            "<script>window.location.href = '/led-on.pdf';</script>",
        )
        .route("/save/8", Answer::pdf("q"))
        .route("/form.pdf?id=7", Answer::pdf("form"))
        .route("/moved.pdf", Answer::redirect("/moved/here.pdf"))
        .page(
            "/page.pdf",
            "<title>M</title><a href='/behind-page.pdf'>Overview report</a>",
        )
        .page("/list?page=2", "<a href='/second-page.pdf'>Child O</a>")
        .route("/robots.txt", Answer::text(robots))
        .route("/sitemap.xml", Answer::text(maps))
        .route("/map.xml.gz", Answer::new(200, &map))
        .route("/feed/", Answer::text(feed))
        .route("/get.php?file=291", Answer::pdf("c"))
        .route("/downloads/file/17/child-b", Answer::pdf("b"))
        .route("/no-extension", Answer::pdf("n"))
        .otherwise(any_pdf)
        .serve()
        .await;
    let found = crawl(&site, "/reviews/").await.documents();
    for (link, path) in WAYS {
        assert!(
            found.contains(*path),
            "{path} behind {link} not in {found:?}"
        );
    }
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
async fn what_stands_around_a_link_is_kept_with_the_document() {
    let list = "
        <nav><h2>Menu</h2><a href='/x'>X</a></nav>
        <h2>Published 2021</h2>
        <h3>Child Kestrel</h3>
        <ul><li>Published 14 March 2021: <a href='/k.pdf'>Overview report</a> (PDF, 245 KB)</li></ul>
        <table><tr><td>12 May 2022</td><td><a href='/wren.pdf'>Baby Wren</a></td></tr></table>";
    let site = TestSite::default()
        .page("/", &reviews(list))
        .otherwise(any_pdf)
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
async fn a_site_that_answers_elsewhere_is_asked_there() {
    let here = TestSite::default().otherwise(any_pdf);
    let here = here.page("/", &reviews("")).serve().await;
    let link = |case| format!("<a href='{{old}}{case}.pdf'>Child {case} review</a>");
    let links = (1..=6).map(link).collect::<Vec<_>>().concat();
    let to = here.url("/");
    let old = TestSite::default()
        .otherwise(move |path| Some(Answer::redirect(to.join(path).expect("a URL").as_str())))
        .serve()
        .await;
    let links = links.replace("{old}", old.url("/").as_str());
    here.change("/", Some(Answer::page(&reviews(&links))));
    let found = crawl(&old, "/").await.documents();
    assert_eq!(found.len(), 6);
    let asked = old.paths().len();
    assert!(
        asked <= 4,
        "robots.txt, the seed and two to learn from, not {asked}"
    );
}

#[tokio::test]
async fn a_front_page_that_only_leads_on_says_that_the_site_moved() {
    for lead in [
        "<meta http-equiv='refresh' content='0;url={new}'>",
        "<script>location.replace('{new}')</script>",
        "<p>Our site has moved to <a href='{new}'>a new address</a>.</p>",
    ] {
        let new = TestSite::default()
            .page("/", "<title>New</title><a href='/about'>About</a>")
            .page("/about", &reviews("<a href='/a.pdf'>Report</a>"))
            .otherwise(any_pdf)
            .serve()
            .await;
        let lead = lead.replace("{new}", new.url("/").as_str());
        let old = TestSite::default().page("/", &lead).serve().await;
        let found = crawl(&old, "/").await.documents();
        assert_eq!(found, HashSet::from(["/a.pdf".to_owned()]), "{lead}");
    }
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
async fn every_place_that_links_a_document_is_remembered() {
    let site = TestSite::default()
        .page("/", &reviews("<h2>Child A</h2><a href='/a.pdf'>Report</a> <a href='/news'>News</a>"))
        .page("/news", "<h1>Review published</h1><p>5 May 2021: <a href='/a.pdf?v=2'>Child A</a> <a href='/go/a'>here</a>")
        .route("/go/a", Answer::redirect("/a.pdf"))
        .route("/a.pdf", Answer::pdf("a"))
        .serve()
        .await;
    let dir = tempfile::tempdir().expect("a scratch folder");
    crawl_with(&site, "/", dir.path(), &SiteRules::default()).await;
    let archive = Archive::open_read_only(dir.path()).expect("an archive");
    let publications = found_publications(&archive).expect("publications");
    let report = publications
        .iter()
        .find(|publication| publication.final_url.path() == "/a.pdf")
        .expect("captured");
    let texts = report
        .found
        .iter()
        .filter_map(|context| context.link_text.as_deref());
    let mut texts: Vec<_> = texts.collect();
    texts.sort_unstable();
    assert_eq!(texts, ["Child A", "Report", "here"]);
}
