use crate::api::entries;
use crate::support::service::TestService;

const NOTICE: &str = "Everything here is made up.";

#[tokio::test]
async fn every_page_shows_the_notice_and_keeps_scripts_out() {
    let entries = entries();
    let service = TestService::with(&entries, Some(NOTICE));
    let review = format!("/reviews/{}", entries[0].id);
    for path in [
        "/",
        "/reviews?q=neglect",
        "/recommendations",
        "/about",
        "/no-such-page",
        &review,
    ] {
        let answered = service.get(path, &[]).await;
        assert!(
            answered.header("content-type").starts_with("text/html"),
            "{path}"
        );
        assert!(answered.body.contains(NOTICE), "{path}");
        assert!(
            answered
                .header("content-security-policy")
                .contains("default-src 'self'"),
            "{path}"
        );
        assert!(!answered.body.contains("<script>"), "{path}");
    }
}

#[tokio::test]
async fn results_show_facets_and_link_to_the_case() {
    let entries = entries();
    let service = TestService::with(&entries, None);
    let page = service.get("/recommendations?q=police", &[]).await;
    assert_eq!(page.status, 200);
    let main = page.main();
    assert!(main.contains("health visitors"), "{main}");
    assert!(main.contains("Information sharing"), "{main}");
    assert!(
        main.contains(&format!("/recommendations/{}/1", entries[0].id)),
        "{main}"
    );
}

#[tokio::test]
async fn a_case_says_where_each_thing_was_read() {
    let entries = entries();
    let service = TestService::with(&entries, None);
    let page = service
        .get(&format!("/reviews/{}", entries[0].id), &[])
        .await;
    assert_eq!(page.status, 200);
    let main = page.main();
    assert!(main.contains("Child Kestrel"), "{main}");
    assert!(main.contains("#page=7"), "{main}");
    assert!(
        main.contains("The police now send a weekly list."),
        "{main}"
    );
}

#[tokio::test]
async fn what_is_printed_is_shown_and_never_run() {
    let entries = entries();
    let service = TestService::with(&entries, None);
    let page = service
        .get(&format!("/reviews/{}", entries[2].id), &[])
        .await;
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
    let echoed = service
        .get("/reviews?q=%3Cscript%3Ealert(2)%3C/script%3E", &[])
        .await;
    assert!(!echoed.body.contains("<script>alert"), "{}", echoed.body);
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so() {
    let service = TestService::with(&entries(), None);
    for path in ["/reviews/northmere/00000000", "/no-such-page"] {
        assert_eq!(service.get(path, &[]).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn themes_agencies_and_partnerships_have_pages_of_their_own() {
    let service = TestService::with(&entries(), None);
    for (path, holds) in [
        ("/themes", "/themes/neglect"),
        ("/themes/information-sharing", "Information sharing"),
        ("/agencies", "/agencies/police"),
        ("/agencies/police", "recommendation"),
        ("/partnerships", "/partnerships/northmere"),
        ("/partnerships/northmere", "Northmere"),
        ("/trends?by=agency", "<table"),
        (
            "/benchmark?partnership=northmere",
            "never means that nothing was done",
        ),
        ("/method", "lessons evaluate"),
        ("/api", "/api/v1/reviews"),
    ] {
        let page = service.get(path, &[]).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.main().contains(holds), "{path}: {}", page.main());
    }
    for path in [
        "/themes/none",
        "/agencies/none",
        "/partnerships/none",
        "/themes/harm/x",
    ] {
        assert_eq!(service.get(path, &[]).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn each_page_leads_to_itself_in_the_other_language() {
    let service = TestService::with(&entries(), None);
    for path in ["/", "/themes", "/reviews?q=neglect"] {
        let english = service.get(path, &[]).await;
        let welsh = if path == "/" {
            "/cy".to_owned()
        } else {
            format!("/cy{path}")
        };
        assert!(
            english.body.contains(&format!("href=\"{welsh}\"")),
            "{path}"
        );
        let page = service.get(&welsh, &[]).await;
        assert_eq!(page.status, 200, "{welsh}");
        assert!(
            page.body
                .contains("<html class=\"govuk-template\" lang=\"cy\">")
        );
        assert!(page.body.contains(&format!("href=\"{path}\"")), "{welsh}");
    }
}
