//! What is said of what was done: what is known, and three ways of not knowing.

use lessons::model::analysis::Status;
use serde_json::Value;

use crate::support::entries::{response, review};
use crate::support::service::TestService;

#[tokio::test]
async fn not_found_not_mentioned_and_not_printed_are_three_things() {
    let silent = review("northmere", "silent")
        .recommendation("1", "The Board should train staff.", 2, &[], &[])
        .build();
    let told = review("northmere", "told")
        .published("2020-01")
        .recommendation("1", "The Board should train staff.", 2, &[], &[])
        .recommendation("2", "The Board should audit files.", 2, &[], &[])
        .recommendation("3", "The Board should review its policy.", 2, &[], &[])
        .build();
    let answer = response("northmere", "answer")
        .published("2020-07")
        .responds_to(&told)
        .answer("1", "Staff were trained.", Status::Completed, 1)
        .answer("2", "Files", Status::Unknown, 1)
        .build();
    let service = TestService::with(&[silent.clone(), told.clone(), answer], None);

    let of = |case: &Value, item: usize| case["recommendations"][item]["coverage"].clone();
    let silent = service
        .json(&format!("/api/v1/reviews/{}", silent.id))
        .await;
    assert_eq!(of(&silent, 0), "no-response-found");
    let told = service.json(&format!("/api/v1/reviews/{}", told.id)).await;
    assert_eq!(of(&told, 0), "answered");
    assert_eq!(of(&told, 1), "status-not-printed");
    assert_eq!(of(&told, 2), "response-says-nothing");
    let response = &told["documents"][1];
    assert_eq!(response["months_after_review"], 6, "{response:#}");
}

#[tokio::test]
async fn the_latest_response_that_gives_a_status_counts_and_the_others_stay() {
    let review = review("northmere", "review")
        .recommendation("1", "The Board should train staff.", 2, &[], &[])
        .build();
    let first = response("northmere", "first")
        .published("2020-07")
        .responds_to(&review)
        .answer("1", "A course is being written.", Status::InProgress, 1)
        .build();
    let second = response("northmere", "second")
        .published("2022-01")
        .responds_to(&review)
        .answer("1", "The course was held.", Status::Completed, 1)
        .build();
    let third = response("northmere", "third")
        .published("2023-01")
        .responds_to(&review)
        .answer("1", "See the report of last year.", Status::Unknown, 1)
        .build();
    // The order in which they were found makes no difference.
    for entries in [
        [&review, &first, &second, &third],
        [&third, &second, &first, &review],
    ] {
        let service = TestService::with(&entries.map(Clone::clone), None);
        let case = service
            .json(&format!("/api/v1/reviews/{}", review.id))
            .await;
        let recommendation = &case["recommendations"][0];
        assert_eq!(recommendation["latest_status"]["id"], "completed");
        let actions: Vec<&str> = recommendation["answers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|answer| answer["action"].as_str().unwrap())
            .collect();
        assert_eq!(
            actions,
            [
                "A course is being written.",
                "The course was held.",
                "See the report of last year."
            ]
        );
    }
}
