//! A crawl that is killed, again and again.

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use lessons::archive::{Archive, Event};
use lessons::crawl::{Silent, crawl_partnership};
use lessons::model::partnership::SiteRules;
use url::Url;

use super::{crawler, partnership, reviews, settings};
use crate::support::test_site::{Answer, ServedSite, TestSite};

/// Set for the process that is to be killed: where to crawl, and into what.
const SEED: &str = "LESSONS_TEST_SEED";
const FOLDER: &str = "LESSONS_TEST_FOLDER";
/// The test below that is the process to be killed.
const VICTIM: &str = "crawl::killed::victim";
const KILLS: u32 = 50;

#[tokio::test(flavor = "multi_thread")]
async fn a_crawl_killed_at_fifty_moments_keeps_what_an_uninterrupted_one_does() {
    let site = library().serve().await;
    let whole = tempfile::tempdir().expect("a scratch folder");
    victim_of(&site, whole.path()).wait().expect("an end");
    let expected = kept(whole.path());
    // So many that fifty kills come before the end, however slow the machine.
    assert!(expected.len() > 400, "{}", expected.len());
    site.forget();

    let torn = tempfile::tempdir().expect("a scratch folder");
    let mut chance = Chance(7);
    for _ in 0..KILLS {
        let mut child = victim_of(&site, torn.path());
        let until = site.paths().len() + 1 + chance.below(4);
        while site.paths().len() < until && child.try_wait().expect("a state").is_none() {
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
        // Anywhere between sending this request and keeping its answer.
        tokio::time::sleep(Duration::from_micros(chance.below(4_000) as u64)).await;
        child.kill().expect("killed");
        child.wait().expect("an end");
    }
    victim_of(&site, torn.path()).wait().expect("an end");

    assert_eq!(kept(torn.path()), expected);
    let mut times: HashMap<String, u32> = HashMap::new();
    // A fetch in flight has its redirects in it: the hop that was cut off comes
    // again with the request that led to it, and counts with that.
    for path in site
        .paths()
        .into_iter()
        .filter(|path| !path.starts_with("/moved/"))
    {
        *times.entry(path).or_default() += 1;
    }
    let repeats: u32 = times.values().map(|times| times - 1).sum();
    assert!(repeats <= KILLS, "{repeats} requests were sent again");
    assert!(
        finishes(torn.path()) == 1,
        "the run was taken up, not begun anew"
    );
}

/// The crawl that is killed: this very binary, run again for this test alone.
/// Without its variables it has nothing to do.
#[tokio::test]
async fn victim() {
    let (Ok(seed), Ok(folder)) = (env::var(SEED), env::var(FOLDER)) else {
        return;
    };
    let archive = Archive::open(Path::new(&folder)).expect("an archive");
    let partnership = partnership(&seed.parse().expect("a URL"));
    let rules = SiteRules::default();
    crawl_partnership(
        &crawler(settings()),
        &archive,
        &partnership,
        &rules,
        &Silent,
    )
    .await
    .expect("a crawl");
}

/// Lists over several pages, a landing page and a file for each case, files
/// that are gone, redirects, and a twin for each page.
fn library() -> TestSite {
    TestSite::default()
        .route(
            "/robots.txt",
            Answer::text("User-agent: *\nDisallow: /closed/\n"),
        )
        .route(
            "/sitemap.xml",
            Answer::text("<urlset><url><loc>/orphan.pdf</loc></url></urlset>"),
        )
        .route("/orphan.pdf", Answer::pdf("orphan"))
        .otherwise(|path| {
            let (kind, number) = path.trim_start_matches('/').split_once('/')?;
            let number: u32 = number.parse().ok()?;
            match kind {
                "list" if number < 30 => Some(list(number)),
                "case" => Some(Answer::page(&reviews(&format!(
                    "<h2>Child {number}</h2><a href='/file/{number}'>Overview report (PDF)</a>\
                     <a href='/case/{number}?print=1'>Print</a><a href='/closed/{number}'>Notes</a>"
                )))),
                "file" if number % 7 == 3 => None,
                "file" if number % 7 == 5 => Some(Answer::redirect(&format!("/moved/{number}"))),
                "file" | "moved" => Some(Answer::pdf(&format!("case {number}"))),
                _ => None,
            }
        })
}

fn list(number: u32) -> Answer {
    let case = |case| format!("<li><a href='/case/{case}'>Child {case}: case review</a></li>");
    let cases: Vec<_> = (number * 8..number * 8 + 8).map(case).collect();
    let cases = cases.join(
        "
",
    );
    let next = number + 1;
    Answer::page(&reviews(&format!(
        "<ul>{cases}</ul><a href='/list/{next}'>Next</a>"
    )))
}

fn victim_of(site: &ServedSite, folder: &Path) -> Child {
    Command::new(env::current_exe().expect("this binary"))
        .args([VICTIM, "--exact"])
        .env(SEED, site.url("/list/0").as_str())
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child")
}

/// Every address that was asked for with what it gave; each at most once.
fn kept(folder: &Path) -> BTreeMap<Url, String> {
    let archive = Archive::open(folder).expect("an archive");
    let mut kept = BTreeMap::new();
    for event in archive.events().expect("events") {
        let event = event.expect("an event");
        let Some(candidate) = event.candidate() else {
            continue;
        };
        let outcome = match &event {
            Event::Captured(kept) => {
                let bytes = archive.payload(&kept.capture).expect("its bytes").bytes;
                format!(
                    "{} {} {}",
                    kept.capture.final_url,
                    kept.capture.status,
                    bytes.len()
                )
            }
            Event::Aliased(alias) => format!("leads to {}", alias.to),
            Event::Failed(failure) => format!("failed: {}", failure.reason.id()),
            Event::RunStarted(_) | Event::RunFinished(_) => continue,
        };
        let before = kept.insert(candidate.url.clone(), outcome);
        assert_eq!(before, None, "{} was kept twice", candidate.url);
    }
    kept
}

fn finishes(folder: &Path) -> usize {
    let archive = Archive::open_read_only(folder).expect("an archive");
    let events = archive.events().expect("events");
    let is_finish = |event: &Event| matches!(event, Event::RunFinished(_));
    events
        .filter(|event| is_finish(event.as_ref().expect("an event")))
        .count()
}

/// Numbers without pattern, the same in every run of the test.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}
