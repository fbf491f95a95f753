//! One example at least for each twin rule, and what must stay apart.

use super::*;

#[test]
fn twins_have_one_key() {
    check_twins("session", "/page;jsessionid=A1B2?id=3", "/page?id=3");
    check_twins("session", "/(S(4bx2y45))/page.aspx", "/page.aspx");
    check_twins("session", "/page?PHPSESSID=99", "/page");
    check_twins(
        "tracking",
        "/reviews/?utm_source=home&utm_medium=tile",
        "/reviews",
    );
    check_twins("tracking", "/a.pdf?src=az", "/a.pdf");
    check_twins("style", "/page?switchstyle=high_contrast", "/page");
    check_twins("style", "/page?black", "/page");
    check_twins("print", "/page/print/?page=2", "/page?page=2");
    check_twins("print", "/page?format=print", "/page");
    check_twins("print", "/print/node/7", "/node/7");
    check_twins("cache-buster", "/a.pdf?x62117", "/a.pdf");
    check_twins("cache-buster", "/a.pdf?m=638204112233445566", "/a.pdf");
    check_twins("cache-buster", "/a.pdf?v=2", "/a.pdf");
    check_twins("download-flag", "/file?id=3&download=1", "/file?id=3");
    check_twins("order", "/list?sort=date&page=2", "/list?page=2");
    check_twins("search-echo", "/page?highlight=neglect", "/page");
    check_twins("first-page", "/news?page=0", "/news");
    check_twins("first-page", "/news/page/1/", "/news/");
    check_twins("doubled-segment", "/scp/scp/about", "/scp/about");
    check_twins("p-prefix", "/p/about/us", "/about/us");
    check_twins("index", "/about/index.php", "/about/");
    check_twins("index", "/Default.aspx", "/");
}

#[test]
fn every_rule_is_tried_and_has_a_reason() {
    let source = include_str!("tests.rs");
    for rule in TWIN_RULES {
        assert!(
            source.contains(&format!("check_twins(\"{}\"", rule.name)),
            "{}",
            rule.name
        );
        assert!(rule.reason.len() > 20, "{}", rule.name);
    }
}

#[test]
fn spelling_of_the_same_url_does_not_matter() {
    for (one, other) in [
        ("http://n.example/a%20b", "http://n.example/a b"),
        ("http://n.example/x?t=a%3d", "http://n.example/x?t=a%3D"),
        ("http://www.n.example/a/", "https://n.example/a"),
        ("http://n.example/x?b=1&a=2", "http://n.example/x?a=2&b=1"),
        ("http://n.example//a", "http://n.example/a"),
    ] {
        assert_eq!(key(one), key(other), "{one} {other}");
    }
}

#[test]
fn what_selects_another_page_stays_apart() {
    for (one, other) in [
        ("/download?id=1", "/download?id=2"),
        ("/article.php?id=644&menu=0", "/article.php?id=643&menu=0"),
        ("/viewer?src=/files/a.pdf", "/viewer?src=/files/b.pdf"),
        ("/item?ref=1234", "/item?ref=1235"),
        ("/news?page=1", "/news?page=2"),
        ("/list?view=archive", "/list"),
        ("/2021/11/11/post", "/2021/11/post"),
        ("/page?v=2", "/page?v=3"),
        ("/a", "/A"),
        ("/p2/about", "/about"),
    ] {
        let at = |path: &str| key(&format!("http://n.example{path}"));
        assert_ne!(at(one), at(other), "{one} {other}");
    }
}

#[test]
fn what_made_no_difference_is_learnt_and_used() {
    let difference = |longer: &str, shorter: &str| {
        let url = |path: &str| Url::parse(&format!("http://n.example{path}")).expect("a URL");
        difference(&url(longer), &url(shorter))
    };
    let learnt = difference("/page?id=3&tone=calm", "/page?id=3").expect("a parameter");
    assert!(learnt.parameters.contains("tone"));
    let url = Url::parse("http://n.example/other?tone=loud").expect("a URL");
    assert_eq!(canonical(&url, &learnt).key, key("http://n.example/other"));
    let learnt = difference("/lscp/about", "/about").expect("a prefix");
    assert!(learnt.prefixes.contains("lscp"));
    assert_eq!(difference("/a?x=1&y=2", "/a"), None);
    assert_eq!(difference("/a/b", "/a"), None);
    assert_eq!(difference("/news", "/"), None);
}

#[track_caller]
fn check_twins(rule: &str, one: &str, other: &str) {
    let url = |path: &str| Url::parse(&format!("http://n.example{path}")).expect("a URL");
    let (twisted, plain) = (
        canonical(&url(one), &Neutral::default()),
        canonical(&url(other), &Neutral::default()),
    );
    assert_eq!(twisted.key, plain.key, "{one} {other}");
    assert!(twisted.rules.contains(&rule), "{one}: {:?}", twisted.rules);
    assert!(
        twisted.rules.len() > plain.rules.len(),
        "{one}: {:?}",
        twisted.rules
    );
}

fn key(url: &str) -> Key {
    let url = Url::parse(url).expect("a URL");
    canonical(&url, &Neutral::default()).key
}
