//! Responses as boards for adults, regions and health bodies set them out, and
//! forms that mix tables and prose.

use super::{check, check_whole};

#[test]
fn a_regional_position_report() {
    check_whole(
        "
        | Recommendation | Lead organisation | Action required | Position at March 2020 | Status
        | Recommendation 1: Trusts should review discharge planning | Health and Social Care Trusts | Regional audit | Audit was completed in November 2019 and reported to the Board | Implemented
        | Recommendation 2: The police should review PPU staffing | Police Service | Business case | Business case is with the Department | Partially implemented
        | Recommendation 3: Schools should have a named governor | Education Authority | Circular | No progress to report | Outstanding
        ",
        &[
            "1 completed | action: Audit was completed in November 2019 and reported to the Board | next: Regional audit | owner: Health and Social Care Trusts | printed: Implemented",
            "2 in-progress | action: Business case is with the Department | next: Business case | owner: Police Service | printed: Partially implemented",
            "3 in-progress | action: No progress to report | next: Circular | owner: Education Authority | printed: Outstanding",
        ],
    );
}

#[test]
fn an_adults_board_asks_for_assurance() {
    check(
        "
        | SAR recommendation | Agency response | Evidence of impact | Completion date | RAG
        | 1. The Trust should review its self-neglect policy | Policy rewritten with the council | Dip sample: 9 of 10 cases held a capacity assessment | Complete | Green
        | 2. The Board should seek assurance on handovers | Assurance requested from three agencies | | Sept 2024 | Amber
        ",
        &[
            "1 completed | action: Policy rewritten with the council | impact: Dip sample: 9 of 10 cases held a capacity assessment",
            "2 in-progress | action: Assurance requested from three agencies",
        ],
    );
}

#[test]
fn several_agencies_answer_one_recommendation() {
    check(
        "
        | Rec | Recommendation | Agency | What has been done | Status
        | 1 | All agencies to brief staff on neglect | Police | 210 officers were briefed | Complete
        | ^1 | ^ | Health | Briefings are part of induction | Complete
        | ^1 | ^ | Schools | Briefings begin in the autumn | In progress
        | 2 | Agencies to name a lead | All | Leads were named in May | Complete
        ",
        &[
            "1 in-progress | action: 210 officers were briefed Briefings are part of induction Briefings begin in the autumn",
            "2 completed | action: Leads were named in May",
        ],
    );
}

#[test]
fn headings_hold_the_status_in_brackets() {
    check(
        "
        ## Recommendation 1 (Completed)
        The pathway was rewritten and agreed by all partners.
        ## Recommendation 2 (In progress)
        A survey of families is being run.
        ## Recommendation 3 (Not started)
        This waits for the new inspection framework.
        ",
        &[
            "1 completed | action: The pathway was rewritten and agreed by all partners.",
            "2 in-progress | action: A survey of families is being run.",
            "3 not-started | action: This waits for the new inspection framework.",
        ],
    );
}

#[test]
fn questions_head_the_parts() {
    check(
        "
        ## Recommendation 1: Neglect
        ### What did the review recommend?
        That the partnership test its neglect strategy.
        ### What have we done?
        The strategy was tested against forty cases.
        ### What difference has it made?
        Plans are now reviewed after three months.
        ### What happens next?
        The test will be repeated each year.
        ## Recommendation 2: Schools
        ### What did the review recommend?
        That schools be told of strategy discussions.
        ### What have we done?
        A message is sent by the hub the same day.
        ### What difference has it made?
        Attendance by schools has risen to 84%.
        ### What happens next?
        Colleges will be added in September.
        ",
        &[
            "1 completed | action: The strategy was tested against forty cases. | impact: Plans are now reviewed after three months. | next: The test will be repeated each year.",
            "2 completed | action: A message is sent by the hub the same day. | impact: Attendance by schools has risen to 84%. | next: Colleges will be added in September.",
        ],
    );
}

#[test]
fn forms_in_text_without_numbers() {
    check_whole(
        "
        **Recommendation: The partnership should review its threshold document.
        Action: The document was rewritten and reissued.
        Owner: Business manager
        Deadline: June 2021
        Status: Complete
        **Recommendation: The health board should audit handovers.
        Action: An audit tool is being written.
        Owner: Head of midwifery
        Deadline: December 2021
        Status: On track
        ",
        &[
            "u1 completed | action: The document was rewritten and reissued. | owner: Business manager | due: June 2021 | printed: Complete",
            "u2 in-progress | action: An audit tool is being written. | owner: Head of midwifery | due: December 2021 | printed: On track",
        ],
    );
}

#[test]
fn letters_of_another_key() {
    check(
        "
        C = complete, O = ongoing, N = not started
        | No | Recommendation | Action | C/O/N
        | 1 | Review the policy | Policy reviewed | C
        | 2 | Train staff | Training booked | O
        | 3 | Audit files | Audit | N
        ",
        &[
            "1 completed | action: Policy reviewed",
            "2 in-progress | action: Training booked",
            "3 not-started | action: Audit",
        ],
    );
}

#[test]
fn yes_and_no() {
    check(
        "
        | No | Recommendation | Action | Complete (Y/N)
        | 1 | Review the policy | Policy reviewed | Y
        | 2 | Train staff | Training to be arranged | N
        ",
        &[
            "1 completed | action: Policy reviewed",
            "2 in-progress | action: Training to be arranged",
        ],
    );
}

#[test]
fn coloured_circles() {
    check(
        "
        | Recommendation | What we did | Rating
        | 1. Review the policy | Policy reissued | 🟢
        | 2. Train staff | Two sessions held | 🟠
        | 3. Audit files | Audit has not begun | 🔴
        ",
        &[
            "1 completed | action: Policy reissued",
            "2 in-progress | action: Two sessions held",
            "3 not-started | action: Audit has not begun",
        ],
    );
}

#[test]
fn a_key_in_brackets() {
    check(
        "
        RAG rating: Blue (completed), Green (on target), Amber (at risk), Red (overdue)
        | Rec | Recommendation | Action | RAG
        | 1 | Review the policy | Policy reissued | Blue
        | 2 | Train staff | Training running | Green
        ",
        &[
            "1 completed | action: Policy reissued",
            "2 in-progress | action: Training running",
        ],
    );
}

#[test]
fn a_sentence_for_all() {
    check(
        "
        All five recommendations have now been completed.
        | Rec | Action
        | 1 | Escalation policy
        | 2 | Joint training
        ",
        &[
            "1 completed | action: Escalation policy",
            "2 completed | action: Joint training",
        ],
    );
}

#[test]
fn statuses_in_words_with_their_colour() {
    check(
        "
        | Ref | Recommendation | Action taken | Status at December 2022
        | 1.1 | Review supervision | Policy agreed | Green – complete
        | 1.2 | Audit supervision | Files chosen | Amber – on track to complete by June
        | 2.1 | Share learning | Venue lost | Red – delayed, new date to be set
        ",
        &[
            "1.1 completed | action: Policy agreed",
            "1.2 in-progress | action: Files chosen",
            "2.1 in-progress | action: Venue lost",
        ],
    );
}

#[test]
fn numbered_paragraphs_answer_in_turn() {
    check(
        "
        # 4. Our response
        4.1 Recommendation 1: the partnership should revise its bruising protocol. The protocol was revised in June 2018 and is now used by every practice.
        4.2 Recommendation 2: health visitors should see both parents. Both parents are now invited to the first visit. Fathers were seen in 61% of visits last year.
        ",
        &[
            "1 completed | action: The protocol was revised in June 2018 and is now used by every practice.",
            "2 completed | action: Both parents are now invited to the first visit. | impact: Fathers were seen in 61% of visits last year.",
        ],
    );
}

#[test]
fn agencies_speak_in_turn_under_a_recommendation() {
    check(
        "
        ## Recommendation 1: All agencies should review how they record fathers
        Police: Officers now record who holds parental responsibility.
        Health: The booking form was changed in March.
        Status: Complete
        ## Recommendation 2: All agencies should train staff in coercive control
        Police: A course was held for 300 officers.
        Health: Training is being planned.
        Status: In progress
        ",
        &[
            "1 completed | action: Police: Officers now record who holds parental responsibility. Health: The booking form was changed in March.",
            "2 in-progress | action: Police: A course was held for 300 officers. Health: Training is being planned.",
        ],
    );
}

#[test]
fn a_header_in_two_rows() {
    check(
        "
        | Ref | Recommendation | Action | Progress | | RAG
        | | | | March | September |
        | 1 | Review the pathway | Rewrite it | Drafted | Agreed and published | Complete
        | 2 | Train staff | Write a course | Not begun | Writing begun | In progress
        ",
        &[
            "1 completed | action: Rewrite it",
            "2 in-progress | action: Write a course",
        ],
    );
}

#[test]
fn themes_hold_several_recommendations() {
    check(
        "
        | Theme | Recommendation | Response | Timescale | Status
        = Theme 1: Neglect
        | Neglect | 1. Review the strategy | A new strategy was launched | Done | Complete
        | | 2. Train staff in the profile | 80 staff trained | March | Ongoing
        = Theme 2: Voice of the child
        | Voice | 3. See children alone | Guidance issued | Done | Complete
        ",
        &[
            "1 completed | action: A new strategy was launched",
            "2 in-progress | action: 80 staff trained",
            "3 completed | action: Guidance issued",
        ],
    );
}

#[test]
fn a_statement_accepts_and_answers() {
    check(
        "
        Recommendation 1 is accepted. The Trust has introduced a daily safety huddle, and delays have fallen by half.
        Recommendation 2 is accepted in part. The Trust has begun to review its policy.
        Recommendation 3 is not accepted. The Trust already employs a liaison nurse.
        ",
        &[
            "1 completed | action: The Trust has introduced a daily safety huddle, and delays have fallen by half.",
            "2 in-progress | action: The Trust has begun to review its policy.",
            "3 not-accepted | action: The Trust already employs a liaison nurse.",
        ],
    );
}
