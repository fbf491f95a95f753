use super::*;

#[test]
fn names_speak_for_kinds() {
    check("serious case review: baby j. overview report", Kind::Review);
    check("executive summary: serious case review", Kind::Summary);
    check("7 minute briefing: child k", Kind::Summary);
    check("response to the serious case review", Kind::Response);
    check("multi-agency action plan", Kind::Response);
    check("annual report 2021-22", Kind::Other);
    check("minutes of the meeting held on 3 may", Kind::Other);
}

#[track_caller]
fn check(title: &str, expected: Kind) {
    let mut scale = Scale::default();
    weigh_phrase(title, 1.0, "its title", &mut scale);
    assert_eq!(scale.judge().kind, expected, "title: {title:?}");
}
