//! Layouts of recommendations, lessons and good practice as reviewers of four
//! nations set them, each as a small document.

use std::num::NonZeroU32;

use super::*;
use crate::model::digest::Digest;
use crate::model::document::{Block, BlockKind, Cell, Declared, Document, Page, Style, TextFrom};

/// What a layout has to give: role, label and how the text begins and ends.
type Expected<'a> = &'a [(&'a str, &'a str)];

#[test]
fn numbered_recommendations() {
    recommendations(
        "# 9. Recommendations\n9.1 The Board should review its bruising protocol within six months.\n9.2 The Trust must audit discharge letters.",
        &[
            (
                "9.1",
                "The Board should review its bruising protocol within six months.",
            ),
            ("9.2", "The Trust must audit discharge letters."),
        ],
    );
    recommendations(
        "# Recommendations\n### Recommendation One: Seeing the child\nThe Partnership should ask each agency how it knows that children are seen.\n### Recommendation Two: Fathers\nMidwifery services should record the details of fathers.",
        &[
            (
                "1",
                "The Partnership should ask each agency how it knows that children are seen.",
            ),
            (
                "2",
                "Midwifery services should record the details of fathers.",
            ),
        ],
    );
    recommendations(
        "# Recommendations\nRecommendation 1 – The ICB should commission a perinatal pathway.\nRationale: there was none.\nLead: ICB\nRecommendation 2 – Schools should tell the health visitor.\nTimescale: March 2023",
        &[
            ("1", "The ICB should commission a perinatal pathway."),
            ("2", "Schools should tell the health visitor."),
        ],
    );
    recommendations(
        "# 7. Recommendations for the Board\n(i) To seek assurance that thresholds are understood.\n(ii) To review the escalation policy and report on its use.\n(iii) To publish a briefing for staff on this case.",
        &[
            ("i", "To seek assurance that thresholds are understood."),
            (
                "ii",
                "To review the escalation policy and report on its use.",
            ),
            ("iii", "To publish a briefing for staff on this case."),
        ],
    );
}

#[test]
fn prefixed_labels() {
    recommendations(
        "# Recommendations\nSCB1: The Board should hold a learning event.\nSCB2: The Board should revise its training.\nHOS1: The hospital should flag repeat attendances.",
        &[
            ("SCB1", "The Board should hold a learning event."),
            ("SCB2", "The Board should revise its training."),
            ("HOS1", "The hospital should flag repeat attendances."),
        ],
    );
    recommendations(
        "# Conclusion\nHealth Service Recommendation 1: Community nurses should record who lives in the home.\nHealth Service Recommendation 2: Ward staff should ask about siblings at discharge.",
        &[
            ("1", "Community nurses should record who lives in the home."),
            ("2", "Ward staff should ask about siblings at discharge."),
        ],
    );
    recommendations(
        "# What happens next\n5.4 Partnership Recommendation 1: The three partners should agree a protocol on missing children.\n5.5 Partnership Recommendation 2: The Council should review its placements policy.",
        &[
            (
                "1",
                "The three partners should agree a protocol on missing children.",
            ),
            ("2", "The Council should review its placements policy."),
        ],
    );
    recommendations(
        "# Argymhellion\nArgymhelliad 1: Dylai’r Bwrdd adolygu ei bolisi ar gleisio.\nArgymhelliad 2: Dylai’r heddlu roi gwybod i’r ysgol am bob digwyddiad.",
        &[
            ("1", "Dylai’r Bwrdd adolygu ei bolisi ar gleisio."),
            (
                "2",
                "Dylai’r heddlu roi gwybod i’r ysgol am bob digwyddiad.",
            ),
        ],
    );
}

#[test]
fn recommendations_without_numbers() {
    recommendations(
        "# Analysis\nThe nurse did not know of the earlier injury. It is recommended that the Trust shows earlier attendances on the front sheet.\n# Conclusion\nWe therefore recommend that the Partnership commissions a bruising pathway.",
        &[
            (
                "u1",
                "It is recommended that the Trust shows earlier attendances on the front sheet.",
            ),
            (
                "u2",
                "We therefore recommend that the Partnership commissions a bruising pathway.",
            ),
        ],
    );
    recommendations(
        "# Recommendations\n**The Partnership**\n- Should review the neglect toolkit.\n- Should seek assurance about supervision of newly qualified staff.\n**The police**\n- Should review how officers record children at incidents.",
        &[
            ("u1", "Should review the neglect toolkit."),
            (
                "u2",
                "Should seek assurance about supervision of newly qualified staff.",
            ),
            (
                "u3",
                "Should review how officers record children at incidents.",
            ),
        ],
    );
    recommendations(
        "# Recommendations\nThe Integrated Care Board should:\n- commission a service for fathers;\n- audit the coding of missed appointments; and\n- report to the Partnership within a year.",
        &[
            ("u1", "commission a service for fathers;"),
            ("u2", "audit the coding of missed appointments; and"),
            ("u3", "report to the Partnership within a year."),
        ],
    );
}

#[test]
fn sub_points_belong_to_their_item() {
    recommendations(
        "# Recommendations\n1. The Board should make sure that:\n(a) chronologies are kept by every agency;\n(b) supervisors read them.\n2. The Trust should review its policy on discharge.\nSuccess criteria: audits show an improvement.",
        &[
            (
                "1",
                "The Board should make sure that: chronologies are kept by every agency; supervisors read them.",
            ),
            ("2", "The Trust should review its policy on discharge."),
        ],
    );
    recommendations(
        "# Recommendations\n1. Health visitors should:\n- ask who lives in the home\n- see where the baby sleeps\n2. GPs should code domestic abuse.",
        &[
            (
                "1",
                "Health visitors should: ask who lives in the home see where the baby sleeps",
            ),
            ("2", "GPs should code domestic abuse."),
        ],
    );
}

#[test]
fn questions_and_considerations() {
    recommendations(
        "# Findings\n## Finding 1: Practitioners accept what parents say about injuries\nThis was seen in each contact.\n### Considerations for the Board and partner agencies\n- How will the Board know whether staff feel able to challenge?\n- Do agencies have supervision that tests explanations?",
        &[
            (
                "u1",
                "How will the Board know whether staff feel able to challenge?",
            ),
            (
                "u2",
                "Do agencies have supervision that tests explanations?",
            ),
        ],
    );
    recommendations(
        "# Questions for the Partnership\n1. Is the Partnership confident that fathers are assessed?\n2. What would help staff to escalate?\n3. How are babies seen when parents refuse?",
        &[
            (
                "1",
                "Is the Partnership confident that fathers are assessed?",
            ),
            ("2", "What would help staff to escalate?"),
            ("3", "How are babies seen when parents refuse?"),
        ],
    );
    recommendations(
        "# Findings\n**Finding 2: Referrals are screened one by one**\nEach was read alone.\nConsideration for the Partnership: The Partnership should test how the hub reads earlier contacts.",
        &[(
            "u1",
            "The Partnership should test how the hub reads earlier contacts.",
        )],
    );
}

#[test]
fn recommendations_in_tables() {
    recommendations(
        "# Recommendations\n| No. | Recommendation | Lead | Timescale |\n| 1 | The Board should review its training on neglect. | LSCB | March 2020 |\n| 2 | The police should brief officers on coercive control. | Police | June 2020 |",
        &[
            ("1", "The Board should review its training on neglect."),
            ("2", "The police should brief officers on coercive control."),
        ],
    );
    recommendations(
        "# Appendix 1: Recommendations\n| Ref. | The review recommends that | To be led by | By |\n| R1 | every practice reads hospital letters about children within two days | ICB | May |\n| R2 | schools tell the nurse about absence | Council | May |",
        &[
            (
                "R1",
                "every practice reads hospital letters about children within two days",
            ),
            ("R2", "schools tell the nurse about absence"),
        ],
    );
    recommendations(
        "# Individual agency recommendations\n| Community Trust (health visiting) |\n| HV1 | Health visitors should read the summary before each contact. |\n| HV2 | The Trust should train all of its staff in attachment. |\n| General practice |\n| GP1 | Practices should code concerns about children. |",
        &[
            (
                "HV1",
                "Health visitors should read the summary before each contact.",
            ),
            (
                "HV2",
                "The Trust should train all of its staff in attachment.",
            ),
            ("GP1", "Practices should code concerns about children."),
        ],
    );
    recommendations(
        "# Learning briefing\n| 1. Background | A baby of ten weeks was found to have fractures. The family were known to three services, and a review was held by the partners. |\n| 5. What has been recommended? | In brief:\\nEvery agency to record the names of fathers and of partners.\\nHealth visitors to see where the baby sleeps at each visit.\\nThe hub to share what it knows with the midwife.\\nGPs to read hospital letters about babies. |",
        &[
            (
                "u1",
                "Every agency to record the names of fathers and of partners.",
            ),
            (
                "u2",
                "Health visitors to see where the baby sleeps at each visit.",
            ),
            ("u3", "The hub to share what it knows with the midwife."),
            ("u4", "GPs to read hospital letters about babies."),
        ],
    );
    recommendations(
        "# What we found\nThe panel grouped what follows by area.\n| L1 | The County Council should change how its front door deals with notices. |\n| L2 | The Housing service should complete a security check within two days. |",
        &[
            (
                "L1",
                "The County Council should change how its front door deals with notices.",
            ),
            (
                "L2",
                "The Housing service should complete a security check within two days.",
            ),
        ],
    );
}

#[test]
fn what_is_no_recommendation() {
    recommendations(
        "# Recommendations of previous reviews\n1. The Board should review its policy.\n2. The Trust should train its staff.",
        &[],
    );
    recommendations(
        "# Progress since the review\n- Schools should now have a policy, and do.\n- The Trust has trained its staff.",
        &[],
    );
    recommendations(
        "# Analysis\nPractice at the time was that midwives should ask about abuse. They did not.",
        &[],
    );
}

#[test]
fn recommendations_beside_what_was_learnt_and_within_paragraphs() {
    recommendations(
        "# Learning and actions\n### Learning 1\nNeglect was assessed as one event after another.\nAction 1: The Partnership to compile a chronology before any third assessment.\n### Learning 2\nNobody kept count of the moves.\nAction 2: Schools to keep one record for each child.",
        &[
            (
                "1",
                "The Partnership to compile a chronology before any third assessment.",
            ),
            ("2", "Schools to keep one record for each child."),
        ],
    );
    recommendations(
        "# Themes\nQuestion for the Partnership: how will it know who waits? Question for the Partnership: when will a plan be tested?",
        &[
            ("u1", "how will it know who waits?"),
            ("u2", "when will a plan be tested?"),
        ],
    );
    recommendations(
        "# Recommendations\nThe reviewer recommends that the safeguarding partners:\nRecommendation (i) adopt a strategy with a lead in every agency;\nRecommendation (ii) stipulate that no discussion ends without a doctor.",
        &[
            ("i", "adopt a strategy with a lead in every agency;"),
            ("ii", "stipulate that no discussion ends without a doctor."),
        ],
    );
    recommendations(
        "# What should I do now?\n- Ask to see where the baby sleeps.\n- Ring the next worker when a family moves.\n- When did you last visit without an appointment?",
        &[
            ("u1", "Ask to see where the baby sleeps."),
            ("u2", "Ring the next worker when a family moves."),
        ],
    );
}

#[test]
fn topics_of_a_briefing_are_lessons() {
    lessons(
        "# 7 Minute Briefing: Child Z\n### 1 What happened?\nHe was found alone on a Sunday in March.\n### 2 Bruising\nBabies who cannot roll rarely bruise, so ask for an opinion.\n### 3 Language\nNever let a relative interpret for a parent.",
        &[
            (
                "u1",
                "Babies who cannot roll rarely bruise, so ask for an opinion.",
            ),
            ("u2", "Never let a relative interpret for a parent."),
        ],
    );
}

#[test]
fn lessons_said_in_a_sentence_count_where_none_are_gathered() {
    let analysis = "# Analysis\nThe panel asked why. The lesson here is that a father is a parent.\nNobody rang her back.";
    let said = ("u1", "The lesson here is that a father is a parent.");
    lessons(analysis, &[said]);
    lessons(
        &format!("{analysis}\n# Lessons\n- Ask who lives in the home.\n- Listen to the child."),
        &[
            ("u1", "Ask who lives in the home."),
            ("u2", "Listen to the child."),
        ],
    );
    lessons(
        "# Theme\nThe panel looked at this.\nLearning for practice:\n- Ask who lives in the home.\n# Takeaways\n- Listen to the child.",
        &[
            ("u1", "Ask who lives in the home."),
            ("u2", "Listen to the child."),
        ],
    );
    lessons(
        "# Take home medication\n- She took it home from the pharmacy twice a week.",
        &[],
    );
}

#[test]
fn lessons_by_many_names() {
    lessons(
        "# Analysis\nLearning Point 1: Babies who cannot move do not bruise themselves.\nThe review heard about this.\nLearning Point 2: A father is a parent.",
        &[
            ("1", "Babies who cannot move do not bruise themselves."),
            ("2", "A father is a parent."),
        ],
    );
    lessons(
        "# What we learned\nHe was known to many.\n### Learning box 1\nA capable young adult may be hiding what she finds unthinkable.\nThe doctor considered it and dismissed it for a reason that did not hold.\n### Learning box 2\nA record is not evidence of what is so today.\nThe clinic did not write to the practice at all in that year.",
        &[
            (
                "1",
                "A capable young adult may be hiding what she finds unthinkable.",
            ),
            ("2", "A record is not evidence of what is so today."),
        ],
    );
    lessons(
        "# Key learning\n- Missed appointments were seen one by one and never as a pattern.\n- The voice of the child was lost in the noise of adults' needs.",
        &[
            (
                "u1",
                "Missed appointments were seen one by one and never as a pattern.",
            ),
            (
                "u2",
                "The voice of the child was lost in the noise of adults' needs.",
            ),
        ],
    );
    lessons(
        "# Findings\nKey Message 1: Neglect has to be named before it can be measured.\nKey Message 2: Supervision should test the story.",
        &[
            ("1", "Neglect has to be named before it can be measured."),
            ("2", "Supervision should test the story."),
        ],
    );
    lessons(
        "# Gwersi a ddysgwyd\nPwynt dysgu 1: Rhaid gweld plentyn ar ei ben ei hun.\nPwynt dysgu 2: Mae angen rhannu gwybodaeth yn gynnar.",
        &[
            ("1", "Rhaid gweld plentyn ar ei ben ei hun."),
            ("2", "Mae angen rhannu gwybodaeth yn gynnar."),
        ],
    );
    lessons(
        "# Learning for health trusts\n1. Discharge letters did not reach the family's new practice.\n2. Staff did not ask who else lived in the home.\n3. The earlier admission was not on the system.",
        &[
            (
                "1",
                "Discharge letters did not reach the family's new practice.",
            ),
            ("2", "Staff did not ask who else lived in the home."),
            ("3", "The earlier admission was not on the system."),
        ],
    );
}

#[test]
fn good_practice_where_it_is_announced() {
    good_practice(
        "# What worked well\n- The school kept a detailed chronology and shared it.\n- The midwife rang the hostel on the evening of the birth.",
        &[
            ("u1", "The school kept a detailed chronology and shared it."),
            (
                "u2",
                "The midwife rang the hostel on the evening of the birth.",
            ),
        ],
    );
    good_practice(
        "# Areas of good practice\n6.1 The health visitor saw the baby every week and kept notes of what she saw.\n6.2 Officers spoke to each child alone.",
        &[
            (
                "6.1",
                "The health visitor saw the baby every week and kept notes of what she saw.",
            ),
            ("6.2", "Officers spoke to each child alone."),
        ],
    );
    good_practice(
        "# Analysis\nGood practice: The nursery told the social worker on the same day.",
        &[("u1", "The nursery told the social worker on the same day.")],
    );
}

#[test]
fn layouts_of_other_counties() {
    recommendations(
        "# Recommendations\n### R1\nThe Partnership should publish a neglect strategy.\n### R2\nThe Trust should name a lead for fathers.",
        &[
            ("R1", "The Partnership should publish a neglect strategy."),
            ("R2", "The Trust should name a lead for fathers."),
        ],
    );
    recommendations(
        "# RECOMMENDATIONS\nThe Safeguarding Partnership is recommended to:\n1. Review the pathway for perplexing presentations.\n2. Seek assurance from the hospital about its flagging of records.\n3. Bring the learning to practitioners.",
        &[
            ("1", "Review the pathway for perplexing presentations."),
            (
                "2",
                "Seek assurance from the hospital about its flagging of records.",
            ),
            ("3", "Bring the learning to practitioners."),
        ],
    );
    recommendations(
        "# Multi-agency actions\nAction 1: The Partnership will write a protocol for babies of care leavers.\nAction 2: Housing providers will tell health visitors of moves.",
        &[
            (
                "1",
                "The Partnership will write a protocol for babies of care leavers.",
            ),
            ("2", "Housing providers will tell health visitors of moves."),
        ],
    );
    recommendations(
        "# LSCB Recommendations\n1. The LSCB should revise its threshold document.\n2. The LSCB should ask for an audit of strategy discussions.\n# Health Recommendations\n1. The CCG should ensure that GPs are invited to conferences.\n2. The Trust should record fathers.",
        &[
            ("1", "The LSCB should revise its threshold document."),
            (
                "2",
                "The LSCB should ask for an audit of strategy discussions.",
            ),
            (
                "2:1",
                "The CCG should ensure that GPs are invited to conferences.",
            ),
            ("2:2", "The Trust should record fathers."),
        ],
    );
}

#[test]
fn labels_of_other_counties() {
    recommendations(
        "# Recommendations\n9.1 Recommendation 1\nThe Board should ensure that its members know how to escalate.\n9.2 Recommendation 2\nThe Board should test the use of chronologies.",
        &[
            (
                "1",
                "The Board should ensure that its members know how to escalate.",
            ),
            ("2", "The Board should test the use of chronologies."),
        ],
    );
    recommendations(
        "# Analysis by theme\n## Fathers\nNobody met him.\n**Recommendation 1**\nAgencies should record the details of fathers at first contact.\n## Neglect\nThe tool was not used.\n**Recommendation 2**\nThe Partnership should relaunch its neglect tool.",
        &[
            (
                "1",
                "Agencies should record the details of fathers at first contact.",
            ),
            ("2", "The Partnership should relaunch its neglect tool."),
        ],
    );
    recommendations(
        "# Recommendations\nRecommendation 1a: The Council should review its out of hours service.\nRecommendation 1b: The police should agree how to reach it.\nRecommendation 2: The Board should see the results.",
        &[
            ("1a", "The Council should review its out of hours service."),
            ("1b", "The police should agree how to reach it."),
            ("2", "The Board should see the results."),
        ],
    );
    recommendations(
        "# Recommendations\nFor the Partnership:\n- To review the multi-agency training offer on trauma.\n- To publish a practice note on home visits.\nFor the Integrated Care Board:\n- To seek assurance that practices code looked after children.",
        &[
            ("u1", "To review the multi-agency training offer on trauma."),
            ("u2", "To publish a practice note on home visits."),
            (
                "u3",
                "To seek assurance that practices code looked after children.",
            ),
        ],
    );
    recommendations(
        "# Recommendations\n1. The Partnership should agree a single assessment of neglect.\nThis was a finding of two earlier audits and staff told the review that they had no common tool.\n2. The Trust should review caseloads.",
        &[
            (
                "1",
                "The Partnership should agree a single assessment of neglect.",
            ),
            ("2", "The Trust should review caseloads."),
        ],
    );
}

#[test]
fn tables_of_other_counties() {
    recommendations(
        "# Learning and recommendations\n| Finding | Recommendation |\n| Staff did not know who lived in the home. | Every service should ask at each visit who lives in the home. |\n| The chronology was never put together. | The Board should lead a single chronology for children on plans. |",
        &[
            (
                "u1",
                "Every service should ask at each visit who lives in the home.",
            ),
            (
                "u2",
                "The Board should lead a single chronology for children on plans.",
            ),
        ],
    );
    recommendations(
        "# Summary\n| Area for learning | What needs to happen | Who |\n| Fathers | Midwives should take down the details of fathers. | Maternity |\n| Sleep | Health visitors should see the sleeping space. | Health visiting |",
        &[
            ("u1", "Midwives should take down the details of fathers."),
            ("u2", "Health visitors should see the sleeping space."),
        ],
    );
    recommendations(
        "# Recommendations\n| Recommendation 1 | The Board should ask for an audit of pre-birth assessments. |\n| Why | Two were late. |\n| Lead | LSCB |\n\n| Recommendation 2 | The hospital should not discharge babies at weekends without a plan. |\n| Why | One was. |\n| Lead | Hospital |",
        &[
            (
                "1",
                "The Board should ask for an audit of pre-birth assessments.",
            ),
            (
                "2",
                "The hospital should not discharge babies at weekends without a plan.",
            ),
        ],
    );
    recommendations(
        "# Recommendations\n| Agency | Recommendations |\n| Police | 1. Officers should record every child at an address.\\n2. The force should review its grading of notices. |\n| Health | 3. Practices should read letters within two days. |",
        &[
            ("1", "Officers should record every child at an address."),
            ("2", "The force should review its grading of notices."),
            ("3", "Practices should read letters within two days."),
        ],
    );
    recommendations(
        "# Action plan\n| Rec No | Recommendation | Key actions | Lead | Target date |\n| 1 | The Partnership should review how it hears from children. | Survey by June | Business manager | July |\n| 2 | The Council should strengthen supervision of visits. | New template | Head of service | July |",
        &[
            (
                "1",
                "The Partnership should review how it hears from children.",
            ),
            ("2", "The Council should strengthen supervision of visits."),
        ],
    );
}

#[test]
fn who_is_responsible_is_kept_beside_the_item() {
    let text = "# Strategies\n### Strategy A\nCase for change. The service ended at sixteen.\nBring forward the extension of the service to all under eighteen.\nResponsibility. CAMHS; the health board";
    let found = read(&Outline::of(&document(text), announces)).recommendations;
    let owners: Vec<_> = found.iter().map(|item| item.owner.as_deref()).collect();
    assert_eq!(owners, [Some("CAMHS; the health board")]);
}

#[test]
fn headings_above_the_list_do_not_govern_its_items() {
    let text = "# The Child Safeguarding Practice Review Panel\n## Recommendations\n### The police\n- Should review how officers record children.\n- Should train call handlers.";
    let found = read(&Outline::of(&document(text), announces)).recommendations;
    assert_eq!(found[0].governed_by, ["Recommendations", "The police"]);
}

#[track_caller]
fn recommendations(text: &str, expected: Expected<'_>) {
    check(
        &read(&Outline::of(&document(text), announces)).recommendations,
        text,
        expected,
    );
}

#[track_caller]
fn lessons(text: &str, expected: Expected<'_>) {
    check(
        &read(&Outline::of(&document(text), announces)).lessons,
        text,
        expected,
    );
}

#[track_caller]
fn good_practice(text: &str, expected: Expected<'_>) {
    check(
        &read(&Outline::of(&document(text), announces)).good_practice,
        text,
        expected,
    );
}

#[track_caller]
fn check(found: &[Printed], text: &str, expected: Expected<'_>) {
    let found: Vec<_> = found
        .iter()
        .map(|item| (item.id.as_str(), item.text.as_str()))
        .collect();
    assert_eq!(found, expected, "document:\n{text}");
}

/// A document of one page: `# heading`, `**bold line**`, `- bullet`, `| cell |
/// cell |`, and paragraphs; `\n` in a cell breaks its line.
fn document(text: &str) -> Document {
    let mut table = 0;
    let mut in_table = false;
    let mut blocks = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            in_table = false;
            continue;
        }
        let is_row = line.starts_with('|');
        table += u32::from(is_row && !in_table);
        in_table = is_row;
        blocks.push(block(line, table));
    }
    Document {
        digest: Digest::of(text.as_bytes()),
        media_type: "application/pdf".to_owned(),
        declared: Declared::default(),
        pages: vec![Page {
            number: NonZeroU32::MIN,
            label: None,
            text_from: TextFrom::File,
            blocks,
        }],
        warnings: Vec::new(),
    }
}

fn block(line: &str, table: u32) -> Block {
    let mut style = Style::default();
    let (kind, text) = if let Some(text) = line.strip_prefix("- ") {
        (
            BlockKind::ListItem {
                label: None,
                depth: 0,
            },
            text.to_owned(),
        )
    } else if let Some(bold) = line.strip_prefix("**") {
        let text = bold.trim_end_matches("**");
        style.bold_lead = u32::try_from(text.len()).expect("a short line");
        (BlockKind::Paragraph, text.to_owned())
    } else if line.starts_with('|') {
        row(line, table)
    } else if line.starts_with('#') {
        let text = line.trim_start_matches('#');
        let level = u8::try_from(line.len() - text.len()).expect("a few marks");
        (BlockKind::Heading { level }, text.trim().to_owned())
    } else {
        (BlockKind::Paragraph, line.to_owned())
    };
    Block { kind, text, style }
}

fn row(line: &str, table: u32) -> (BlockKind, String) {
    let texts: Vec<String> = line
        .trim_matches('|')
        .split('|')
        .map(|cell| cell.trim().replace("\\n", "\n"))
        .collect();
    let cells = (0..).zip(&texts).map(|(column, text)| Cell {
        text: text.clone(),
        column,
        span: 1,
        ..Cell::default()
    });
    let kind = BlockKind::Row {
        table,
        is_header: false,
        cells: cells.collect(),
    };
    (kind, texts.join(" | "))
}
