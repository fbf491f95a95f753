//! Answers in prose: point by point, letters, statements, bullets, accordions.

use super::{check, check_whole};

#[test]
fn in_response_to_each_recommendation() {
    check(
        "
        # Response of the partnership
        The partnership accepts the findings of the review.
        In response to Recommendation 1, the partnership has rewritten its threshold document. Contacts that meet the threshold have risen from 40 to 62 per cent.
        In response to Recommendation 2, a task group has been set up. It will report to the executive in October.
        In response to Recommendation 3, we have not been able to begin, as the post is vacant.
        ",
        &[
            "1 completed | action: In response to Recommendation 1, the partnership has rewritten its threshold document. | impact: Contacts that meet the threshold have risen from 40 to 62 per cent.",
            "2 in-progress | action: In response to Recommendation 2, a task group has been set up. | next: It will report to the executive in October.",
            "3 not-started | action: In response to Recommendation 3, we have not been able to begin, as the post is vacant.",
        ],
    );
}

#[test]
fn headings_end_in_the_status() {
    check(
        "
        ## Recommendation 1 – COMPLETE
        Every practice has a named lead for safeguarding.
        ## Recommendation 2 – ONGOING
        Training is being rolled out.
        ## Recommendation 3 – NOT ACCEPTED
        The health board already has a duty to report.
        ",
        &[
            "1 completed | action: Every practice has a named lead for safeguarding.",
            "2 in-progress | action: Training is being rolled out.",
            "3 not-accepted | action: The health board already has a duty to report.",
        ],
    );
}

#[test]
fn an_accordion_for_each_recommendation() {
    check(
        "
        # Progress on our recommendations
        ### Recommendation 1: Improve how we listen to children
        **What we have done so far
        We trained 300 staff in direct work.
        **What difference has this made?
        Children told inspectors that they were heard.
        **What we still need to do
        We will survey children again in 2024.
        ### Recommendation 2: Improve information sharing at the front door
        **What we have done so far
        Health moved into the same office as the police.
        **What difference has this made?
        Decisions now take one day, not three.
        **What we still need to do
        Schools are to join by September.
        ",
        &[
            "1 completed | action: We trained 300 staff in direct work. | impact: Children told inspectors that they were heard. | next: We will survey children again in 2024.",
            "2 completed | action: Health moved into the same office as the police. | impact: Decisions now take one day, not three. | next: Schools are to join by September.",
        ],
    );
}

#[test]
fn labels_run_in_under_each_recommendation() {
    check_whole(
        "
        **Recommendation 1: The Safeguarding Board should review its escalation policy.
        Response: The policy was reviewed in March 2021.
        Lead: Business manager
        Timescale: Completed
        **Recommendation 2: The Health Board should audit discharge planning.
        Response: An audit has been commissioned.
        Lead: Head of nursing
        Timescale: December 2021
        ",
        &[
            "1 completed | action: The policy was reviewed in March 2021. | owner: Business manager | due: Completed",
            "2 in-progress | action: An audit has been commissioned. | owner: Head of nursing | due: December 2021",
        ],
    );
}

#[test]
fn a_letter_turns_to_each_in_turn() {
    check(
        "
        Dear Minister,
        I write on behalf of the Board about the review of Child T.
        Recommendation 1 asked that we review how we respond to bruising. The protocol was revised in June and every hospital now follows it.
        Turning to recommendation 2, a regional course was written and 600 staff have attended.
        As regards recommendation 3, we do not accept that a new panel is needed.
        Yours sincerely
        Independent Chair
        ",
        &[
            "1 completed | action: The protocol was revised in June and every hospital now follows it.",
            "2 completed | action: Turning to recommendation 2, a regional course was written and 600 staff have attended.",
            "3 not-accepted | action: As regards recommendation 3, we do not accept that a new panel is needed.",
        ],
    );
}

#[test]
fn bullets_open_with_the_number() {
    check(
        "
        ## Where are we now?
        - R1: Completed. All schools have a designated lead.
        - R2: In progress. The toolkit is being piloted in two areas.
        - R3: Not started. This depends on national guidance.
        - R4: Completed. The audit was reported in May.
        ",
        &[
            "R1 completed | action: All schools have a designated lead.",
            "R2 in-progress | action: The toolkit is being piloted in two areas.",
            "R3 not-started | action: This depends on national guidance.",
            "R4 completed | action: The audit was reported in May.",
        ],
    );
}

#[test]
fn bullets_under_a_numbered_heading() {
    check(
        "
        ## Recommendation 1: Professional curiosity
        - Seven workshops were held in 2020.
        - A podcast was recorded and shared.
        Impact: Auditors found that questions were asked in 18 of 20 cases.
        ## Recommendation 2: Supervision
        - A template for supervision was agreed.
        - The template is being tested by two trusts.
        ",
        &[
            "1 completed | action: Seven workshops were held in 2020. A podcast was recorded and shared. | impact: Auditors found that questions were asked in 18 of 20 cases.",
            "2 in-progress | action: A template for supervision was agreed. The template is being tested by two trusts.",
        ],
    );
}

#[test]
fn findings_answered_question_by_question() {
    check(
        "
        ## Finding 1: Staff do not challenge one another
        The Board was asked how it will know that challenge has become usual.
        **Board response
        An escalation policy was launched and its use is counted each quarter. In the last year it was used 41 times.
        ## Finding 2: Fathers are left out
        The Board was asked what stands in the way of including fathers.
        **Board response
        Midwives now ask for the father's details at booking.
        ",
        &[
            "1 completed | action: An escalation policy was launched and its use is counted each quarter. | impact: In the last year it was used 41 times.",
            "2 completed | action: Midwives now ask for the father's details at booking.",
        ],
    );
}

#[test]
fn a_statement_of_the_chair() {
    check(
        "
        # Statement by the independent chair
        The review made three recommendations, all of which we accept.
        The first recommendation was that agencies agree how concerns are escalated. A policy was agreed in April 2019 and is in use.
        The second recommendation was that health visitors see fathers. The form was changed and fathers were named in nine of ten records.
        The third recommendation was that the board review its training. That review has begun and will end in March.
        I thank everyone who took part.
        ",
        &[
            "1 completed | action: A policy was agreed in April 2019 and is in use.",
            "2 completed | action: The form was changed and fathers were named in nine of ten records.",
            "3 in-progress | action: That review has begun and will end in March.",
        ],
    );
}

#[test]
fn a_welsh_response_in_prose() {
    check(
        "
        ## Argymhelliad 1: Rhannu gwybodaeth
        **Beth rydym wedi'i wneud
        Llofnodwyd protocol newydd gan yr heddlu a'r bwrdd iechyd.
        **Pa wahaniaeth y mae wedi'i wneud
        Mae staff yn fwy hyderus.
        ## Argymhelliad 2: Hyfforddi
        **Beth rydym wedi'i wneud
        Mae cwrs ar y gweill.
        **Camau nesaf
        Bydd y cwrs yn dechrau ym mis Medi.
        ",
        &[
            "1 completed | action: Llofnodwyd protocol newydd gan yr heddlu a'r bwrdd iechyd. | impact: Mae staff yn fwy hyderus.",
            "2 in-progress | action: Mae cwrs ar y gweill. | next: Bydd y cwrs yn dechrau ym mis Medi.",
        ],
    );
}

#[test]
fn progress_against_each_in_dated_updates() {
    check(
        "
        ### Recommendation 1
        The partnership should review its neglect strategy.
        **Progress (March 2022)
        A draft strategy is out to consultation.
        **Progress (March 2023)
        The strategy was launched in November 2022.
        **Status
        Complete
        ### Recommendation 2
        The partnership should test its threshold document.
        **Progress (March 2022)
        Nothing to report.
        **Progress (March 2023)
        An audit is under way.
        **Status
        Ongoing
        ",
        &[
            "1 completed | action: A draft strategy is out to consultation. The strategy was launched in November 2022.",
            "2 in-progress | action: Nothing to report. An audit is under way.",
        ],
    );
}

#[test]
fn actions_are_listed_under_what_is_done_and_what_is_not() {
    check(
        "
        ## Completed
        - The referral form was changed. (Recommendation 1)
        - A course on suicide was held for all schools. (Recommendation 3)
        ## Still to do
        - A group will look at transitions from May. (Recommendation 2)
        ",
        &[
            "1 completed | action: The referral form was changed.",
            "3 completed | action: A course on suicide was held for all schools.",
            "2 unknown | next: A group will look at transitions from May.",
        ],
    );
}

#[test]
fn an_accordion_may_set_its_labels_larger_than_its_headings() {
    check(
        "
        ## 1. Tell schools when a child moves Completed
        Schools should be told within a week.
        #### What we did
        A message is now sent the same day.
        #### What difference it made
        Schools were told of 212 of 214 moves.
        ##### 2. Visit within five days Under way
        A health visitor should visit within five days of a move.
        #### What we did
        Visits within five days are part of the contract.
        #### What difference it made
        It is too early to say.
        ##### 3. Keep one record Not yet begun
        Agencies should share one record.
        #### What we did
        No work has begun.
        #### What difference it made
        None yet.
        ",
        &[
            "1 completed | action: A message is now sent the same day. | impact: Schools were told of 212 of 214 moves.",
            "2 in-progress | action: Visits within five days are part of the contract. | impact: It is too early to say.",
            "3 not-started | action: No work has begun. | impact: None yet.",
        ],
    );
}
