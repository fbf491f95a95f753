//! One example at least for each rule, and the ways that must stay open.

use super::*;

#[test]
fn traps_are_refused_by_the_rule_that_knows_them() {
    check("not-a-document", "/a.css");
    check("not-a-document", "/photo.JPG?x=1");
    check("too-long", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r");
    check("looping-path", "/about/team/about/team/x");
    check("looping-path", "/a/x/a/y/a");
    check("calendar", "/training/calendar?m=2025-04");
    check("calendar", "/events/2024/05/");
    check("calendar", "/news?month=5&year=2024");
    check("calendar", "/event/course-3/?ical=1");
    check("account", "/user/login?destination=/reviews");
    check("account", "/wp-login.php");
    check("search", "/search?page=2");
    check("search", "/?s=neglect");
    check("facets", "/library?topic=neglect&audience=police");
    check("facets", "/library?f[0]=a&f[1]=b");
    check("facets", "/library?kind[]=a&when[]=b");
    check(
        "social",
        "https://www.facebook.com/sharer.php?u=http://n.example/a.pdf",
    );
    check("social", "https://x.com/intent/post");
    check("interaction", "/post/?share=email");
    check("interaction", "/subscribe");
    check("machinery", "/wp-json/wp/v2/posts");
    check("machinery", "/wiki?action=edit");
    check("comment-feed", "/post/feed/");
}

#[test]
fn ways_to_reviews_are_let_through() {
    for path in [
        "/learning-from-reviews/",
        "/a.pdf?x=1",
        "/events/serious-case-review-2019.pdf",
        "/downloads/file/4411/lcspr",
        "/articles.php?id=644",
        "/LinkClick.aspx?fileticket=Jk2p%3d&tabid=88&mid=431",
        "/publications?category=reviews",
        "/news?tx_news[action]=detail&tx_news[news]=8",
        "/training/resources/4417/child-k",
        "/news?page=3",
        "/2021/06/14/local-child-safeguarding-practice-review/",
        "/training-events",
        "/events",
        "/feed/",
        "/member-search-and-rescue",
        "/reviews/2019/2019-review/child-a",
    ] {
        let url = at(path);
        assert!(refuse(&url).is_none(), "{path}: {:?}", refuse(&url));
    }
}

#[test]
fn every_rule_is_tried_and_has_a_reason() {
    let source = include_str!("tests.rs");
    for rule in TRAP_RULES {
        assert!(
            source.contains(&format!("check(\"{}\"", rule.name)),
            "{}",
            rule.name
        );
        assert!(rule.reason.len() > 20, "{}", rule.name);
    }
}

#[track_caller]
fn check(expected: &str, path: &str) {
    assert_eq!(
        refuse(&at(path)).map(|rule| rule.name),
        Some(expected),
        "{path}"
    );
}

fn at(path: &str) -> Url {
    let base = Url::parse("http://n.example/").expect("a URL");
    base.join(path).expect("a URL")
}
