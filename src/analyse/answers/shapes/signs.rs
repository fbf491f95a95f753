//! Statuses as signs: colours and letters with their keys, ticks, shares,
//! words for being done.

use super::check;

#[test]
fn blue_is_complete_beside_green() {
    check(
        "
        Key: Blue = Complete; Green = On track; Amber = Some risk to delivery; Red = Not progressing
        | No | Recommendation | Action taken | RAG
        | 1 | Review the policy | Policy was reissued | Blue
        | 2 | Train managers | Two of four courses have run | Green
        | 3 | Audit files | The audit has slipped to May | Amber
        ",
        &[
            "1 completed | action: Policy was reissued",
            "2 in-progress | action: Two of four courses have run",
            "3 in-progress | action: The audit has slipped to May",
        ],
    );
}

#[test]
fn letters_mean_what_the_header_says() {
    check(
        "
        | No | Recommendation | Action | BRAG (B = closed, G = on target, A = behind, R = not yet started)
        | 1 | Review the policy | Policy reissued | B
        | 2 | Train managers | Courses running | G
        | 3 | Audit files | Tool in draft | A
        | 4 | Write to the department | To follow | R
        ",
        &[
            "1 completed | action: Policy reissued",
            "2 in-progress | action: Courses running",
            "3 in-progress | action: Tool in draft",
            "4 not-started | action: To follow",
        ],
    );
}

#[test]
fn a_key_may_turn_green_round() {
    check(
        "
        Action status
        | Red | Action not started
        | Amber | Action started but not yet complete
        | Green | Action complete
        | Grey | No longer required
        | Rec | Action | Lead | Status
        | 1 | Leaflet published | Comms | Green
        | 2 | Group set up | Chair | Amber
        | 3 | Survey | Health | Red
        ",
        &[
            "1 completed | action: Leaflet published",
            "2 in-progress | action: Group set up",
            "3 not-started | action: Survey",
        ],
    );
}

#[test]
fn a_key_in_sentences() {
    check(
        "
        Actions shown as Green are on schedule. Actions shown as Purple have been completed and evidence has been seen. Actions shown as Red are overdue.
        | Rec | Action | Rating
        | 1 | Pathway launched | Purple
        | 2 | Training under way | Green
        ",
        &[
            "1 completed | action: Pathway launched",
            "2 in-progress | action: Training under way",
        ],
    );
}

#[test]
fn ticks_and_crosses() {
    check(
        "
        | Recommendation | Action | Completed
        | 1 | The form was changed | ✓
        | 2 | Guidance to be issued | ✗
        ",
        &[
            "1 completed | action: The form was changed",
            "2 in-progress | action: Guidance to be issued",
        ],
    );
}

#[test]
fn shares_of_the_work() {
    check(
        "
        | Rec | Action | % complete
        | 1 | The form was changed | 100%
        | 2 | Training delivered in three of five areas | 60%
        | 3 | Guidance | 0%
        ",
        &[
            "1 completed | action: The form was changed",
            "2 in-progress | action: Training delivered in three of five areas",
            "3 not-started | action: Guidance",
        ],
    );
}

#[test]
fn words_for_done_and_not_done() {
    check(
        "
        | Rec | Action | Status
        | 1 | Supervision policy | Embedded
        | 2 | Joint visits | Implemented – ongoing monitoring
        | 3 | Audit | Complete (May 2021)
        | 4 | Toolkit | Ongoing, review in June 2022
        | 5 | Register | Superseded
        | 6 | Post | Discontinued: not accepted by partners
        | 7 | Survey | Not yet due
        | 8 | Protocol | Signed off
        | 9 | Newsletter | Delayed – to be completed by March
        | 10 | Contract | Partially implemented
        | 11 | Data set | Closed and transferred to business as usual
        | 12 | Letter | Awaiting update
        ",
        &[
            "1 completed | action: Supervision policy",
            "2 completed | action: Joint visits",
            "3 completed | action: Audit",
            "4 in-progress | action: Toolkit",
            "5 unknown | action: Register",
            "6 not-accepted | action: Post",
            "7 not-started | action: Survey",
            "8 completed | action: Protocol",
            "9 in-progress | action: Newsletter",
            "10 in-progress | action: Contract",
            "11 completed | action: Data set",
            "12 unknown | action: Letter",
        ],
    );
}

#[test]
fn the_status_ends_the_update() {
    check(
        "
        | Rec | Recommendation | Update
        | 1 | Review the policy | The policy was reissued in May. COMPLETE
        | 2 | Train managers | Two courses have run. ONGOING
        | 3 | Audit files | The audit will be run in June. NOT STARTED
        ",
        &[
            "1 completed | action: The policy was reissued in May.",
            "2 in-progress | action: Two courses have run.",
            "3 not-started | action: The audit will be run in June.",
        ],
    );
}

#[test]
fn the_date_it_was_completed_says_that_it_was() {
    check(
        "
        | Rec | Action | Lead | Due date | Date completed
        | 1 | Guidance on bruising issued | Health | 31/03/2020 | 12/03/2020
        | 2 | New template for strategy meetings | Police | 30/06/2020 |
        ",
        &[
            "1 completed | action: Guidance on bruising issued",
            "2 in-progress | action: New template for strategy meetings",
        ],
    );
}

#[test]
fn no_status_is_unknown_and_not_not_started() {
    check(
        "
        | Rec | Action | Lead
        | 1 | Escalation policy | Board
        | 2 | Joint training | Police
        ",
        &[
            "1 unknown | action: Escalation policy",
            "2 unknown | action: Joint training",
        ],
    );
}

#[test]
fn colours_alone_without_a_key() {
    check(
        "
        | Rec | Recommendation | Action taken | Lead | RAG
        | 1 | Review the policy | Policy was reissued | Board | [00b050]
        | 2 | Train managers | Courses are running | Police | [ffc000]
        | 3 | Audit files | No progress made | Health | [ff0000]
        ",
        &[
            "1 completed | action: Policy was reissued",
            "2 in-progress | action: Courses are running",
            "3 not-started | action: No progress made",
        ],
    );
}
