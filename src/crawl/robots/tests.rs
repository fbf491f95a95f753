//! What a robots.txt allows, and whether another parser agrees.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use texting_robots::Robot;

use super::*;

#[test]
fn an_answer_becomes_a_policy() {
    let rules = b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n";
    check(200, rules, "/public", true);
    check(200, rules, "/private/x", false);
    check(200, b"<html>no such page</html>", "/x", true);
    check(404, b"", "/x", true);
    check(403, b"", "/x", true);
    check(301, b"", "/x", true);
    check(503, b"", "/x", false);
    check(429, b"", "/x", false);
    let delay = Policy::of_answer(200, rules).crawl_delay();
    assert_eq!(delay, Some(Duration::from_secs(3)));
}

#[test]
fn our_own_group_wins_over_the_one_for_all() {
    let rules = b"User-agent: *\nDisallow: /\n\nUser-agent: lessons\nDisallow: /a\n";
    check(200, rules, "/b", true);
    check(200, rules, "/a", false);
}

#[test]
fn a_refusal_names_its_rule() {
    let policy = Policy::of_answer(200, b"User-agent: *\nDisallow: /*.pdf$\n");
    let url = Url::parse("http://n.example/x.pdf").expect("a URL");
    assert_eq!(
        policy.forbids(&url).as_deref(),
        Some("robots.txt says `Disallow: /*.pdf$`")
    );
}

#[track_caller]
fn check(status: u16, body: &[u8], path: &str, is_allowed: bool) {
    let url = Url::parse(&format!("http://n.example{path}")).expect("a URL");
    let policy = Policy::of_answer(status, body);
    assert_eq!(
        policy.forbids(&url).is_none(),
        is_allowed,
        "{status} {path}"
    );
}

/// Robots files as real hosts served them, each tried on addresses made from
/// its own rules, must be read as `texting_robots` reads them. A folder with
/// more of them can be named in `LESSONS_ROBOTS`.
#[test]
fn another_parser_agrees_about_real_files() {
    let more = env::var("LESSONS_ROBOTS").ok().map(PathBuf::from);
    let folders = [PathBuf::from("tests/fixtures/robots")]
        .into_iter()
        .chain(more);
    let (mut n_files, mut n_addresses, mut differences) = (0, 0, Vec::new());
    for file in folders.flat_map(|folder| files_of(&folder)) {
        let text = fs::read(&file).expect("a file");
        let ours = Policy::of_answer(200, &text);
        let theirs = Robot::new(ROBOT, &text).expect("a file that both can read");
        n_files += 1;
        for path in addresses(&String::from_utf8_lossy(&text)) {
            let Ok(url) = Url::parse(&format!("http://n.example{path}")) else {
                continue;
            };
            n_addresses += 1;
            let is_allowed = ours.forbids(&url).is_none();
            if is_allowed != theirs.allowed(url.as_str()) {
                differences.push(format!("{}: {path}: we say {is_allowed}", file.display()));
            }
        }
        let delay = theirs.delay.map(Duration::from_secs_f32);
        if ours.crawl_delay() != delay {
            let delays = format!("{:?} {delay:?}", ours.crawl_delay());
            differences.push(format!("{}: {delays}", file.display()));
        }
    }
    assert!(
        n_files > 10 && n_addresses > 1_000,
        "{n_files} files, {n_addresses} addresses"
    );
    assert!(differences.is_empty(), "{differences:#?}");
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let files = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = files
        .filter(|file| file.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

/// Addresses that the rules of a file are about, and some that they are not.
fn addresses(text: &str) -> BTreeSet<String> {
    let mut addresses: BTreeSet<String> = ["/", "/x", "/reviews/a.pdf", "/search?q=x"]
        .map(str::to_owned)
        .into();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, rule)) = line.split_once(':') else {
            continue;
        };
        let rule = rule.trim();
        let is_rule = ["allow", "disallow"].contains(&key.trim().to_lowercase().as_str());
        if is_rule && rule.starts_with(['/', '*']) {
            let path = rule.trim_end_matches('$').replace('*', "/any");
            let path = format!("/{}", path.trim_start_matches('/'));
            let shorter = path.trim_end_matches('/').to_owned();
            addresses.extend([format!("{path}x"), format!("{path}/y?z=1"), shorter, path]);
        }
    }
    addresses.remove("");
    addresses
}
