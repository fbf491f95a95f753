//! Which recommendations ask for the same, measured on pairs judged by hand.

use crate::support::entries::review;
use crate::support::program::{Program, fixture};
use crate::support::service::TestService;

/// What issue 6 asks for.
const LEAST_PRECISION: f64 = 0.9;
const LEAST_RECALL: f64 = 0.6;

#[test]
fn the_same_demand_is_found_again_and_little_else() {
    for file in ["corpus", "written"] {
        let pairs = fixture(&format!("recurrence/{file}.json"));
        let printed = Program::new().run(&["evaluate", "--recurrence", &pairs, "--json"]);
        let score: serde_json::Value = serde_json::from_str(&printed.well()).unwrap();
        let figure = |name: &str| score[name].as_f64().unwrap();
        assert!(figure("precision") >= LEAST_PRECISION, "{file}: {score:#}");
        assert!(figure("recall") >= LEAST_RECALL, "{file}: {score:#}");
    }
}

const INTERVIEWS: &str = "The Partnership should commission an independent return interview service for every child who goes missing.";
const AGAIN: &str = "Commission one independent return home service, which offers each missing child a conversation within 72 hours.";
const VISITS: &str = "Midwives should see every expectant father once before the birth.";

#[tokio::test]
async fn what_recurs_is_told_with_before_and_after_and_why() {
    let early = review("northmere", "early")
        .published("2012-03")
        .recommendation("1", INTERVIEWS, 3, &[], &[])
        .build();
    let late = review("westhaven", "late")
        .published("2021")
        .recommendation("R4", AGAIN, 5, &[], &[])
        .recommendation("R5", VISITS, 5, &[], &[])
        .build();
    let service = TestService::with(&[early.clone(), late.clone()], None);
    let path = format!("/api/v1/recommendations/{}/R4/recurring", late.id);
    let recurring = service.json(&path).await;
    assert_eq!(recurring["times"], 2, "{recurring:#}");
    assert_eq!(recurring["partnerships"], 2);
    assert_eq!(recurring["since"], 2012);
    let before = &recurring["before"][0];
    assert_eq!(before["id"], format!("{}/1", early.id));
    assert_eq!(before["coverage"], "no-response-found");
    assert_eq!(before["because"][0], "Both are about return interviews.");

    let alone = format!("/api/v1/recommendations/{}/R5/recurring", late.id);
    assert_eq!(service.json(&alone).await["times"], 1);

    let page = format!("/recommendations/{}/R4", late.id);
    let page = service.get(&page, &[]).await;
    assert!(
        page.main()
            .contains("Made 2 times by 2 partnerships since 2012."),
        "{}",
        page.body
    );
    assert!(page.main().contains("The same, recommended before"));
}
