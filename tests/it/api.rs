use lessons::model::analysis::Status;
use lessons::model::entry::Entry;

use crate::support::entries::{response, review};
use crate::support::service::TestService;

/// Two reviews, the first of them answered.
pub(crate) fn entries() -> Vec<Entry> {
    let kestrel = review("northmere", "kestrel")
        .title("Local Child Safeguarding Practice Review: Child Kestrel")
        .subject("Child Kestrel")
        .review_type("lcspr")
        .published("2021-03")
        .theme("neglect")
        .age("under-1")
        .recommendation(
            "1",
            "Police should share information with health visitors.",
            7,
            &["police"],
            &["information-sharing"],
        )
        .recommendation(
            "2",
            "Midwives must ask about fathers at booking.",
            8,
            &["midwifery"],
            &["fathers-and-male-carers"],
        )
        .lesson(
            "1",
            "A father who is not asked about is not seen.",
            5,
            &["fathers-and-male-carers"],
        )
        .build();
    let answer = response("northmere", "kestrel-response")
        .title("Response to Child Kestrel")
        .answer(
            "1",
            "The police now send a weekly list.",
            Status::Completed,
            2,
        )
        .responds_to(&kestrel)
        .build();
    let heron = review("westhaven", "heron")
        .title("Serious Case Review <script>alert(1)</script> Heron")
        .review_type("scr")
        .published("2015-06-01")
        .theme("neglect")
        .recommendation(
            "A",
            "The police should attend every meeting.",
            3,
            &["police"],
            &["multi-agency-working"],
        )
        .build();
    vec![kestrel, answer, heron]
}

#[tokio::test]
async fn a_list_gives_total_results_and_facets() {
    let service = TestService::with(&entries(), None);
    let list = service.json("/api/v1/recommendations?q=police").await;
    assert_eq!(list["total"], 2);
    assert_eq!(list["page"], 1);
    let ids: Vec<_> = list["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["label"].clone())
        .collect();
    assert!(
        ids.contains(&"1".into()) && ids.contains(&"A".into()),
        "{ids:?}"
    );
    let hit = list["results"]
        .as_array()
        .unwrap()
        .iter()
        .find(|hit| hit["label"] == "1")
        .unwrap();
    assert_eq!(hit["page"], 7);
    assert_eq!(hit["partnership"]["id"], "northmere");
    assert_eq!(hit["to"][0]["id"], "police");
    assert_eq!(
        (&hit["answered"], &hit["status"]),
        (&true.into(), &"completed".into())
    );
}

#[tokio::test]
async fn a_facet_counts_what_its_own_choice_leaves_out() {
    let service = TestService::with(&entries(), None);
    let list = service
        .json("/api/v1/recommendations?agency=midwifery")
        .await;
    assert_eq!(list["total"], 1);
    let agencies = list["facets"]["agency"].as_array().unwrap();
    let police = agencies
        .iter()
        .find(|value| value["id"] == "police")
        .unwrap();
    assert_eq!(
        police["count"], 2,
        "the choice of an agency does not narrow the counts of agencies"
    );
    let both = service
        .json("/api/v1/recommendations?agency=midwifery&agency=police")
        .await;
    assert_eq!(both["total"], 3, "values of one facet are alternatives");
    let neither = service
        .json("/api/v1/recommendations?agency=midwifery&partnership=westhaven")
        .await;
    assert_eq!(neither["total"], 0, "facets narrow each other");
}

#[tokio::test]
async fn years_bound_a_list_and_pages_do_not_overlap() {
    let service = TestService::with(&entries(), None);
    assert_eq!(service.json("/api/v1/reviews?from=2020").await["total"], 1);
    assert_eq!(service.json("/api/v1/reviews?to=2015").await["total"], 1);
    let mut seen = Vec::new();
    for page in 1..=3 {
        let list = service
            .json(&format!(
                "/api/v1/recommendations?sort=newest&size=1&page={page}"
            ))
            .await;
        seen.push(list["results"][0]["id"].as_str().unwrap().to_owned());
    }
    seen.dedup();
    seen.sort();
    assert_eq!(seen.len(), 3, "{seen:?}");
}

#[tokio::test]
async fn a_case_gives_its_recommendations_with_their_answers() {
    let entries = entries();
    let service = TestService::with(&entries, None);
    let case = service
        .json(&format!("/api/v1/reviews/{}", entries[0].id))
        .await;
    let text = case.to_string();
    assert!(
        text.contains("Midwives must ask about fathers at booking."),
        "{text}"
    );
    let one = service
        .json(&format!("/api/v1/recommendations/{}/1", entries[0].id))
        .await;
    assert!(
        one.to_string()
            .contains("The police now send a weekly list."),
        "{one}"
    );
}

#[tokio::test]
async fn mistakes_are_problems_that_name_the_parameter() {
    let service = TestService::with(&entries(), None);
    for (path, names) in [
        ("/api/v1/reviews?size=500", "size"),
        ("/api/v1/reviews?colour=red", "colour"),
        ("/api/v1/reviews?from=yesterday", "from"),
        ("/api/v1/reviews?sort=best", "sort"),
        ("/api/v1/reviews?theme=no-such-theme", "theme"),
    ] {
        let answered = service.get(path, &[]).await;
        assert_eq!(answered.status, 400, "{path}");
        assert_eq!(
            answered.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        assert!(answered.body.contains(names), "{path}: {}", answered.body);
    }
    let missing = service.get("/api/v1/reviews/northmere/00000000", &[]).await;
    assert_eq!(
        (missing.status.as_u16(), missing.header("content-type")),
        (404, "application/problem+json")
    );
}

#[tokio::test]
async fn an_answer_carries_its_revision_and_is_not_sent_twice() {
    let service = TestService::with(&entries(), None);
    let first = service.get("/api/v1/reviews", &[]).await;
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty());
    assert!(first.header("x-robots-tag").starts_with("noindex"));
    let again = service
        .get("/api/v1/reviews", &[("if-none-match", &tag)])
        .await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
    assert_eq!(service.get("/api/v1/health", &[]).await.status, 200);
}
