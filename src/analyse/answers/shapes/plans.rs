//! Action plans: columns of other names and orders, merged and divided rows,
//! several plans in one document.

use super::{check, check_whole};

#[test]
fn questions_head_the_columns() {
    check_whole(
        "
        | Recommendation | What will we do? | Who? | By when? | How will we know? | RAG | Update
        | 1. Agencies should share chronologies | Agree one template | Designated nurse | May 2022 | Audit of 20 files | Green | Template agreed and in use since April
        | 2. Schools should be told of strategy meetings | Write to all head teachers | Education lead | June 2022 | Survey | Amber | Letter drafted, awaiting sign off
        ",
        &[
            "1 completed | action: Template agreed and in use since April | next: Agree one template | owner: Designated nurse | due: May 2022 | printed: Green",
            "2 in-progress | action: Letter drafted, awaiting sign off | next: Write to all head teachers | owner: Education lead | due: June 2022 | printed: Amber",
        ],
    );
}

#[test]
fn the_owner_may_come_first() {
    check_whole(
        "
        | Lead agency | Timescale | Recommendation | Action taken | Outcome for children | Current position
        | Police | Sept 2019 | 1. Officers should speak to children alone | Briefings were held at every station | Children were seen alone in 44 of 50 cases | Complete
        | Midwifery | Dec 2019 | 2. Late bookings should lead to a home visit | A pathway is in draft | | Ongoing
        ",
        &[
            "1 completed | action: Briefings were held at every station | impact: Children were seen alone in 44 of 50 cases | owner: Police | due: Sept 2019 | printed: Complete",
            "2 in-progress | action: A pathway is in draft | owner: Midwifery | due: Dec 2019 | printed: Ongoing",
        ],
    );
}

#[test]
fn rows_are_divided_under_a_merged_recommendation() {
    check(
        "
        | Ref | Recommendation | Action | Lead | Status
        | 1 | Agencies should agree how to escalate | 1.1 Revise the policy | Board manager | Complete
        | ^1 | ^ | 1.2 Brief all staff | All agencies | Complete
        | ^1 | ^ | 1.3 Audit its use | Quality group | In progress
        | 2 | Fathers should be on the record | 2.1 Change the form | Health | Complete
        ",
        &[
            "1 in-progress | action: 1.1 Revise the policy 1.2 Brief all staff 1.3 Audit its use",
            "2 completed | action: 2.1 Change the form",
        ],
    );
}

#[test]
fn sub_rows_have_numbers_of_their_own() {
    check(
        "
        | No | Recommendation | Action | Status
        | 1 | The trust should review its was-not-brought policy | |
        | 1a | | Policy reviewed by the safeguarding team | Complete
        | 1b | | Reminders are now sent by text | Complete
        | 2 | The trust should audit discharge letters | |
        | 2a | | Audit tool being designed | Ongoing
        ",
        &[
            "1 completed | action: Policy reviewed by the safeguarding team Reminders are now sent by text",
            "2 in-progress | action: Audit tool being designed",
        ],
    );
}

#[test]
fn a_header_is_repeated_on_every_page() {
    check(
        "
        | No. | Recommendation | Action | Progress | BRAG
        | 1 | Review the pathway | Pathway reviewed | Signed off in May | B
        Page 2 of 3
        | No. | Recommendation | Action | Progress | BRAG
        | 2 | Share the learning | Briefing issued | 400 staff reached | B
        Page 3 of 3
        | No. | Recommendation | Action | Progress | BRAG
        | 3 | Audit supervision | Audit planned | Due in the autumn | A
        ",
        &[
            "1 completed | action: Pathway reviewed",
            "2 completed | action: Briefing issued",
            "3 in-progress | action: Audit planned",
        ],
    );
}

#[test]
fn a_cell_runs_over_the_page() {
    check(
        "
        | No | Recommendation | Progress | Status
        | 1 | Health visitors should see both parents | A pilot was run in two localities and | Completed
        | | | it has since been rolled out everywhere. |
        | 2 | The board should test its escalation policy | Nothing has been done yet. | Not started
        ",
        &[
            "1 completed | action: A pilot was run in two localities and it has since been rolled out everywhere.",
            "2 not-started | action: Nothing has been done yet.",
        ],
    );
}

#[test]
fn each_agency_has_a_plan_of_its_own() {
    check(
        "
        # Action plan: police
        | Recommendation | Action | Date | Outcome | Status
        | 1. Officers should record who was present | Crib card issued | May 2020 | | Closed
        # Action plan: housing
        | Recommendation | Action | Date | Outcome | Status
        | 1. Housing officers should attend core groups | Rota agreed | June 2020 | | Open
        ",
        &[
            "1 completed | action: Crib card issued",
            "2:1 in-progress | action: Rota agreed",
        ],
    );
}

#[test]
fn a_plan_answers_learning_points() {
    check(
        "
        | Learning point | Agreed action | Lead | Target date | Progress and impact | RAG rating
        | LP1 Neglect was not named | Neglect toolkit relaunched | Strategic lead | 31/03/21 | Referrals that name neglect have doubled | Complete
        | LP2 The father was unseen | New field in the record | Named midwife | 30/06/21 | Too early to say | On track
        ",
        &[
            "LP1 completed | action: Neglect toolkit relaunched | impact: Referrals that name neglect have doubled",
            "LP2 in-progress | action: New field in the record | impact: Too early to say",
        ],
    );
}

#[test]
fn a_form_for_each_recommendation() {
    check_whole(
        "
        ## Recommendation 1
        | Recommendation | The partnership should seek assurance on pre-birth assessments
        | Lead | Head of safeguarding
        | Actions | A multi-agency audit was carried out
        | Impact | Assessments now start by 20 weeks
        | RAG | Green
        ## Recommendation 2
        | Recommendation | The partnership should review its bruising protocol
        | Lead | Designated doctor
        | Actions | The protocol is being rewritten
        | RAG | Amber
        ",
        &[
            "1 completed | action: A multi-agency audit was carried out | impact: Assessments now start by 20 weeks | owner: Head of safeguarding | printed: Green",
            "2 in-progress | action: The protocol is being rewritten | owner: Designated doctor | printed: Amber",
        ],
    );
}

#[test]
fn you_said_we_did_in_columns() {
    check(
        "
        | You said | We did | What has changed
        | Tell us who our worker is | Every family is given a card with a name | Families know whom to ring
        | Come when you say you will | Visits are confirmed by text | Missed visits fell by a third
        ",
        &[
            "u1 completed | action: Every family is given a card with a name | impact: Families know whom to ring",
            "u2 completed | action: Visits are confirmed by text | impact: Missed visits fell by a third",
        ],
    );
}

#[test]
fn a_scottish_improvement_plan() {
    check_whole(
        "
        | Learning and improvement | Improvement action | Responsible | Timescale | Measure of success | Progress | Status
        | 1. Chronologies were not shared | Agree one format across partners | Lead officer | March 2023 | All partners use it | Format agreed by the committee | Complete
        | 2. Children's views were missing | Introduce a views tool | Children's reporter | August 2023 | Views in every plan | Tool is being tested with a group of young people | In progress
        ",
        &[
            "1 completed | action: Agree one format across partners | owner: Lead officer | due: March 2023 | printed: Complete | evidence: Format agreed by the committee",
            "2 in-progress | action: Introduce a views tool | owner: Children's reporter | due: August 2023 | printed: In progress | evidence: Tool is being tested with a group of young people",
        ],
    );
}

#[test]
fn a_welsh_plan_by_colours() {
    check(
        "
        | Argymhelliad | Camau | Arweinydd | Amserlen | Cynnydd | Statws CAG
        | 1. Rhannu gwybodaeth | Adolygu'r protocol | Heddlu | Mai 2021 | Llofnodwyd y protocol | Gwyrdd
        | 2. Hyfforddi staff | Trefnu cwrs | Bwrdd Iechyd | Medi 2021 | Mae'r cwrs yn cael ei ysgrifennu | Ambr
        | 3. Gwrando ar blant | Llunio canllaw | Awdurdod lleol | Rhagfyr 2021 | Heb ddechrau | Coch
        ",
        &[
            "1 completed | action: Adolygu'r protocol",
            "2 in-progress | action: Trefnu cwrs",
            "3 not-started | action: Llunio canllaw",
        ],
    );
}

#[test]
fn the_latest_of_several_updates_counts() {
    check(
        "
        | Rec | Recommendation | Action | Update June 2021 | RAG June 2021 | Update December 2021 | RAG December 2021
        | 1 | Review supervision | Policy rewritten | In draft | Amber | Agreed by all partners | Green
        | 2 | Audit thresholds | Audit | Not begun | Red | Files chosen | Amber
        ",
        &[
            "1 completed | action: Policy rewritten",
            "2 in-progress | action: Audit",
        ],
    );
}

#[test]
fn acceptance_is_not_progress() {
    check(
        "
        | Recommendation | Accepted? | Response | Timescale | Progress status
        | 1 | Yes | A joint protocol was published | May 2020 | Complete
        | 2 | Yes | Funding has been sought for a post | June 2021 | Ongoing
        | 3 | No | The board does not think a register is needed | |
        ",
        &[
            "1 completed | action: A joint protocol was published",
            "2 in-progress | action: Funding has been sought for a post",
            "3 not-accepted | action: The board does not think a register is needed",
        ],
    );
}

#[test]
fn several_recommendations_stand_in_one_row() {
    check(
        "
        | Recommendations | Action taken | Impact | Status
        | 1, 3 and 5 | One training programme covers all three | 9 in 10 staff felt surer | Complete
        | 2 & 4 | A task group meets each month | | Ongoing
        ",
        &[
            "1 completed | action: One training programme covers all three | impact: 9 in 10 staff felt surer",
            "3 completed | action: One training programme covers all three | impact: 9 in 10 staff felt surer",
            "5 completed | action: One training programme covers all three | impact: 9 in 10 staff felt surer",
            "2 in-progress | action: A task group meets each month",
            "4 in-progress | action: A task group meets each month",
        ],
    );
}

#[test]
fn next_steps_have_a_column() {
    check(
        "
        | Rec no | Recommendation | What have we done? | What difference has it made? | What else do we need to do? | Lead | Status
        | R1 | Hear the child | Voice of the child training delivered | Plans quote children | Repeat the audit in the spring | Learning group | Complete
        | R2 | Know the father | Not applicable until the new system is live | | Add fields to the new system | IT | Not started
        ",
        &[
            "R1 completed | action: Voice of the child training delivered | impact: Plans quote children | next: Repeat the audit in the spring",
            "R2 not-started | action: Not applicable until the new system is live | next: Add fields to the new system",
        ],
    );
}

#[test]
fn actions_are_grouped_by_how_far_they_are() {
    check(
        "
        | Ref | Recommendation | Action
        = Completed
        | 1 | Review the neglect strategy | A new strategy was launched
        | 2 | Share the learning | Briefings were held
        = In progress
        | 3 | Audit supervision | The tool has been agreed
        = Not yet started
        | 4 | Review commissioning | Awaiting the new contract
        ",
        &[
            "1 completed | action: A new strategy was launched",
            "2 completed | action: Briefings were held",
            "3 in-progress | action: The tool has been agreed",
            "4 not-started | action: Awaiting the new contract",
        ],
    );
}

#[test]
fn a_recommendation_is_a_row_over_all_columns() {
    check(
        "
        = Recommendation 1: That the partnership assures itself that practitioners recognise coercive control.
        | Action | Lead | Timescale | Progress | Impact | RAG
        | Commission training | Training officer | Jan 2022 | 12 courses run | Referrals rose by a fifth | G
        = Recommendation 2: That GP practices review how they code domestic abuse.
        | Action | Lead | Timescale | Progress | Impact | RAG
        | Write to practices | Named GP | Mar 2022 | Letter sent; replies awaited | | A
        ",
        &[
            "1 completed | action: Commission training | impact: Referrals rose by a fifth",
            "2 in-progress | action: Write to practices",
        ],
    );
}
