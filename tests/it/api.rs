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

#[tokio::test]
async fn a_search_can_be_taken_away_in_every_format() {
    let service = TestService::with(&entries(), None);
    for (format, kind, begins) in [
        ("csv", "text/csv", "id,review,title,label,text,to,"),
        ("jsonl", "application/jsonl", "{\"id\":\""),
        ("ris", "application/x-research-info-systems", "TY  - RPRT"),
    ] {
        let path = format!("/api/v1/export?list=recommendations&format={format}&q=police");
        let answered = service.get(&path, &[]).await;
        assert_eq!(answered.status, 200, "{path}");
        assert!(answered.header("content-type").starts_with(kind), "{path}");
        assert!(
            answered.body.starts_with(begins),
            "{path}: {}",
            answered.body
        );
        assert!(answered.body.contains("health visitors"), "{path}");
    }
    let refused = service.get("/api/v1/export?format=xls", &[]).await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.body.contains("`csv`, `jsonl`, `ris`"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn an_export_holds_everything_whatever_page_is_asked_for() {
    let service = TestService::with(&entries(), None);
    let total = service.json("/api/v1/reviews").await["total"]
        .as_u64()
        .unwrap();
    let export = service
        .get("/api/v1/export?format=jsonl&page=2&size=1", &[])
        .await;
    assert_eq!(export.body.lines().count() as u64, total);
    assert!(total > 1);
}

#[tokio::test]
async fn a_feed_names_its_search_and_its_entries() {
    let entries = entries();
    let service = TestService::with(&entries, None);
    let feed = service
        .get("/api/v1/feed.atom?list=recommendations&q=police", &[])
        .await;
    assert_eq!(feed.status, 200, "{}", feed.body);
    assert!(
        feed.header("content-type")
            .starts_with("application/atom+xml")
    );
    let id = format!("<id>urn:lessons-index:{}/1</id>", entries[0].id);
    assert!(feed.body.contains(&id), "{}", feed.body);
    let own = "href=\"/api/v1/feed.atom?list=recommendations&amp;q=police\"";
    assert!(feed.body.contains(own), "{}", feed.body);
}

#[tokio::test]
async fn trends_have_denominators_and_refuse_cuts_that_single_out() {
    let service = TestService::with(&entries(), None);
    let trends = service.json("/api/v1/trends?by=theme").await;
    let years = trends["years"].as_array().unwrap();
    for series in trends["series"].as_array().unwrap() {
        let counts = series["counts"].as_array().unwrap();
        assert_eq!(counts.len(), years.len());
        for (count, year) in counts.iter().zip(years) {
            assert!(count.as_u64() <= year["total"].as_u64(), "{series}");
        }
    }
    let all: u64 = years
        .iter()
        .map(|year| year["total"].as_u64().unwrap())
        .sum();
    let total = service.json("/api/v1/reviews").await["total"].as_u64();
    assert_eq!(Some(all + trends["undated"].as_u64().unwrap()), total);
    let refused = service
        .get("/api/v1/trends?by=theme&age=under-1", &[])
        .await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("recognised"), "{}", refused.body);
}

#[tokio::test]
async fn partnerships_stand_side_by_side_in_the_order_asked_for() {
    let service = TestService::with(&entries(), None);
    let view = service
        .json("/api/v1/benchmark?partnership=westhaven&partnership=northmere&partnership=westhaven")
        .await;
    let columns = view["partnerships"].as_array().unwrap();
    let ids: Vec<&str> = columns
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["westhaven", "northmere"]);
    for column in columns {
        assert!(column["answered_reviews"].as_u64() <= column["reviews"].as_u64());
        assert!(column["answers_with_impact"].as_u64() <= column["answers"].as_u64());
    }
    let unknown = service
        .get("/api/v1/benchmark?partnership=nowhere", &[])
        .await;
    assert_eq!(unknown.status, 404);
    let wrong = service.get("/api/v1/benchmark?sort=best", &[]).await;
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn a_case_and_a_recommendation_can_be_cited_by_programs() {
    let entries = entries();
    let service = TestService::with(&entries, None);
    let id = &entries[0].id;
    let ris = service
        .get(&format!("/api/v1/reviews/{id}/citation.ris"), &[])
        .await;
    assert!(
        ris.body.contains(&format!("ID  - {id}\r\n")),
        "{}",
        ris.body
    );
    let bib = service
        .get(&format!("/api/v1/recommendations/{id}/1/citation.bib"), &[])
        .await;
    assert!(bib.body.starts_with("@techreport{"), "{}", bib.body);
    let unknown = service
        .get(&format!("/api/v1/reviews/{id}/citation.doc"), &[])
        .await;
    assert_eq!(unknown.status, 404);
}
