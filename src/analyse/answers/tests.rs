//! Responses as partnerships set them out, each as small as shows its shape.

use std::num::NonZeroU32;

use crate::analyse::answers;
use crate::analyse::outline::Outline;
use crate::model::analysis::{Answer, Item};
use crate::model::digest::Digest;
use crate::model::document::{
    Block, BlockKind, Cell, Declared, Document, Locator, Page, Style, TextFrom,
};

#[test]
fn rows_answer_by_number_and_continue_without_one() {
    let rows = [
        row(&["No", "Recommendation", "Action", "Lead", "By when", "RAG"]),
        row(&[
            "1",
            "Review the protocol",
            "Protocol signed in May",
            "Police",
            "May 2020",
            "Green",
        ]),
        row(&[
            "2",
            "Train all staff",
            "(a) Course written",
            "Board",
            "June 2020",
            "Amber",
        ]),
        row(&["", "", "(b) 200 staff trained", "Board", "July 2020", ""]),
    ];
    check(
        &[
            vec![p("Green means complete. Amber means under way.")],
            rows.into(),
        ]
        .concat(),
        &[
            "1 completed | action: Protocol signed in May",
            "2 in-progress | action: (a) Course written (b) 200 staff trained",
        ],
    );
}

#[test]
fn a_key_says_what_green_means() {
    let rows = vec![
        row(&["Blue", "Action complete and evidenced"]),
        row(&["Green", "On track to be completed by the target date"]),
        row(&["Red", "Not started"]),
        p("The plan follows."),
        row(&["Ref", "What was recommended", "What we have done", "Status"]),
        row(&[
            "R1",
            "Review the protocol",
            "Protocol out to consultation",
            "Green",
        ]),
        row(&["R2", "Train all staff", "All staff trained", "Blue"]),
        row(&["R3", "Write to the Minister", "Nothing yet", "Red"]),
    ];
    check(
        &rows,
        &[
            "R1 in-progress | action: Protocol out to consultation",
            "R2 completed | action: All staff trained",
            "R3 not-started | action: Nothing yet",
        ],
    );
}

#[test]
fn colours_alone_are_a_status_where_a_key_explains_them() {
    let (green, amber, blue) = (0x00_b050, 0xff_c000, 0x00_70c0);
    let rows = vec![
        shaded(&[("", blue), ("Complete", 0)]),
        shaded(&[("", green), ("On target", 0)]),
        shaded(&[("", amber), ("Some slippage", 0)]),
        p("Action plan"),
        row(&["Recommendation", "Progress", "Status"]),
        shaded(&[
            ("1. Review the protocol", 0),
            ("Signed in May", 0),
            ("", blue),
        ]),
        shaded(&[
            ("2. Train all staff", 0),
            ("Half of staff trained", 0),
            ("", green),
        ]),
    ];
    check(
        &rows,
        &[
            "1 completed | action: Signed in May",
            "2 in-progress | action: Half of staff trained",
        ],
    );
}

#[test]
fn rows_under_a_recommendation_answer_it() {
    let rows = vec![
        wide("Recommendation 4: The Board should review its protocol"),
        row(&["Action", "Lead", "Timescale", "Update", "RAG"]),
        row(&[
            "4.1 Review",
            "Police",
            "May",
            "Reviewed in April",
            "Complete",
        ]),
        row(&[
            "4.2 Publish",
            "Board",
            "June",
            "Published on 3 June",
            "Complete",
        ]),
        wide("Recommendation 5: The Board should train staff"),
        row(&[
            "5.1 Commission training",
            "Board",
            "July",
            "Tender out",
            "In progress",
        ]),
    ];
    check(
        &rows,
        &[
            "4 completed | action: 4.1 Review 4.2 Publish",
            "5 in-progress | action: 5.1 Commission training",
        ],
    );
}

#[test]
fn sub_rows_of_one_recommendation_are_one_answer() {
    let merged = |text: &str, column| Cell {
        is_merged: true,
        ..cell(text, column)
    };
    let sub = |number: &str, first: bool, action: &str, status: &str| {
        let recommendation = if first {
            cell("Train all staff", 1)
        } else {
            merged("Train all staff", 1)
        };
        block_of(vec![
            cell(number, 0),
            recommendation,
            cell(action, 2),
            cell(status, 3),
        ])
    };
    let rows = vec![
        row(&["No", "Recommendation", "Action", "Status"]),
        sub("3a", true, "Course written", "Complete"),
        sub("3b", false, "Course held", "In progress"),
    ];
    check(
        &rows,
        &["3 in-progress | action: Course written Course held"],
    );
}

#[test]
fn a_box_for_each_recommendation() {
    let rows = vec![
        row(&["Recommendation 1", "The Board should review its protocol"]),
        row(&["Action taken", "The protocol was reviewed in May"]),
        row(&["Impact", "Referrals rose by 12%"]),
        row(&["Status", "Complete"]),
        row(&["Recommendation 2", "The Board should train staff"]),
        row(&["Action taken", "A course is being written"]),
        row(&["Next steps", "The course will run from June"]),
        row(&["Status", "In progress"]),
    ];
    check(
        &rows,
        &[
            "1 completed | action: The protocol was reviewed in May | impact: Referrals rose by 12%",
            "2 in-progress | action: A course is being written | next: The course will run from June",
        ],
    );
}

#[test]
fn progress_bullets() {
    check(
        &[
            h(2, "Progress"),
            li("Recommendations 2 and 10 – Both complete. The protocol was signed in May."),
            li("Recommendation 3 – In progress. A course is being written."),
            li("Recommendation 4 has not been started. The money was not found."),
        ],
        &[
            "2 completed | action: The protocol was signed in May.",
            "10 completed | action: The protocol was signed in May.",
            "3 in-progress | action: A course is being written.",
            "4 not-started | action: The money was not found.",
        ],
    );
}

#[test]
fn sections_with_labelled_parts() {
    check(
        &[
            h(2, "Recommendation 1: Sleep"),
            p("The review asked for one approach to safer sleep."),
            b("What we did"),
            p("A group wrote a plan in May."),
            b("Impact"),
            p("More babies slept safely."),
            b("What next"),
            p("We will write to parents."),
            h(2, "Recommendation 2: Fathers"),
            p("The review asked agencies to record fathers."),
            b("What we did"),
            p("The form was changed."),
            b("Impact"),
            p("Fathers were named on 91% of forms."),
            b("What next"),
            p("None. This is now business as usual."),
        ],
        &[
            "1 completed | action: A group wrote a plan in May. | impact: More babies slept safely. | next: We will write to parents.",
            "2 completed | action: The form was changed. | impact: Fathers were named on 91% of forms. | next: None. This is now business as usual.",
        ],
    );
}

#[test]
fn you_said_we_did() {
    check(
        &[
            b("You said"),
            p("Families should be told when plans change."),
            b("We did"),
            p("A letter was written with parents and is sent each time."),
            b("You said"),
            p("Social workers should visit at home."),
            b("We did"),
            p("Visits were moved to the home in June."),
        ],
        &[
            "u1 completed | action: A letter was written with parents and is sent each time.",
            "u2 completed | action: Visits were moved to the home in June.",
        ],
    );
}

#[test]
fn a_letter_takes_the_recommendations_in_turn() {
    check(
        &[
            p("Dear colleague,"),
            p(
                "The first recommendation was that we review our protocol. It was reviewed and signed in May. Referrals rose by 12 per cent.",
            ),
            p("The second recommendation asked us to train staff. A course is being written."),
            p("On the third recommendation, we do not accept that a new register is needed."),
            p("Yours sincerely,"),
            p("The Chair"),
        ],
        &[
            "1 completed | action: It was reviewed and signed in May. | impact: Referrals rose by 12 per cent.",
            "2 in-progress | action: A course is being written.",
            "3 not-accepted | action: On the third recommendation, we do not accept that a new register is needed.",
        ],
    );
}

#[test]
fn labels_within_a_cell_or_paragraph() {
    let rows = vec![
        row(&["Rec", "Response"]),
        row(&[
            "1",
            "Action: the form was changed. Impact: fathers were named on 91% of forms. Next steps: an audit in May.",
        ]),
        row(&[
            "2",
            "Action: staff were trained.\nImpact: too early to say.",
        ]),
    ];
    check(
        &rows,
        &[
            "1 completed | action: the form was changed. | impact: fathers were named on 91% of forms. | next: an audit in May.",
            "2 completed | action: staff were trained. | impact: too early to say.",
        ],
    );
}

#[test]
fn plans_for_two_reviews_are_two_series() {
    let rows = vec![
        h(1, "Review of one child"),
        row(&["No", "Recommendation", "Action", "Status"]),
        row(&[
            "1",
            "Review the protocol for bruising in babies",
            "Signed",
            "Complete",
        ]),
        row(&[
            "2",
            "Train all midwives about fathers",
            "Course held",
            "Complete",
        ]),
        h(1, "Review of another"),
        row(&["No", "Recommendation", "Action", "Status"]),
        row(&[
            "1",
            "Schools to keep a chronology",
            "Not begun",
            "Not started",
        ]),
    ];
    check(
        &rows,
        &[
            "1 completed | action: Signed",
            "2 completed | action: Course held",
            "2:1 not-started | action: Not begun",
        ],
    );
}

#[test]
fn welsh_plans() {
    let rows = vec![
        row(&[
            "Rhif",
            "Argymhelliad",
            "Camau a gymerwyd",
            "Effaith",
            "Arweinydd",
            "Erbyn pryd",
            "Statws",
        ]),
        row(&[
            "1",
            "Adolygu'r protocol",
            "Llofnodwyd y protocol ym mis Mai",
            "Mae staff yn fwy hyderus",
            "Heddlu",
            "Mai 2020",
            "Cwblhawyd",
        ]),
        row(&[
            "2",
            "Hyfforddi staff",
            "Mae cwrs yn cael ei ysgrifennu",
            "",
            "Bwrdd",
            "Medi 2020",
            "Ar y gweill",
        ]),
    ];
    check(
        &rows,
        &[
            "1 completed | action: Llofnodwyd y protocol ym mis Mai | impact: Mae staff yn fwy hyderus",
            "2 in-progress | action: Mae cwrs yn cael ei ysgrifennu",
        ],
    );
}

#[test]
fn tables_that_are_no_plans_answer_nothing() {
    check(
        &[
            row(&["Complete", "On track", "Delayed", "Total"]),
            row(&["6", "5", "3", "14"]),
            p("Attendance"),
            row(&["Agency", "Number", "Date"]),
            row(&["Police", "12", "May 2020"]),
        ],
        &[],
    );
}

#[test]
fn answers_take_the_labels_of_the_review_by_their_words() {
    let answers = read(&[
        h(2, "Fathers"),
        p("We were asked to show how forms and records include fathers."),
        b("Actions taken"),
        p("The maternity record now has fields for fathers."),
        b("Impact"),
        p("Fathers were named on 91% of forms."),
        h(2, "Sleep"),
        p("We were asked for one approach to safer sleep."),
        b("Actions taken"),
        p("A sleep plan was written."),
        b("Impact"),
        p("Cots were delivered."),
    ]);
    let review = [
        item(
            "1",
            "Agree one approach to safer sleep, used by everybody who visits.",
        ),
        item(
            "2",
            "Every agency should show how its forms and records include fathers.",
        ),
    ];
    let labels: Vec<String> = answers::relabel(answers, &review)
        .into_iter()
        .map(|answer| answer.recommendation)
        .collect();
    assert_eq!(labels, ["2", "1"]);
}

#[test]
fn a_number_is_not_believed_against_the_words() {
    let rows = [
        row(&["No", "Recommendation", "Action", "Status"]),
        row(&[
            "1",
            "Agree one approach to safer sleep for babies",
            "Agreed",
            "Complete",
        ]),
        row(&[
            "2",
            "Show how forms and records include fathers",
            "Shown",
            "Complete",
        ]),
    ];
    let review = [
        item(
            "1",
            "Every agency should show how its forms and records include fathers.",
        ),
        item(
            "2",
            "Agree one approach to safer sleep, used by everybody who visits babies.",
        ),
    ];
    let labels: Vec<String> = answers::relabel(read(&rows), &review)
        .into_iter()
        .map(|answer| answer.recommendation)
        .collect();
    assert_eq!(labels, ["2", "1"]);
}

#[track_caller]
fn check(blocks: &[Block], expected: &[&str]) {
    let found: Vec<String> = read(blocks).iter().map(outline_of).collect();
    assert_eq!(found, expected);
}

/// An answer in one line: label, status, and the parts that tell.
pub(super) fn outline_of(answer: &Answer) -> String {
    let mut line = format!("{} {}", answer.recommendation, answer.status.id());
    let parts = [
        ("action", &answer.parts.action),
        ("impact", &answer.parts.impact),
        ("next", &answer.parts.next),
    ];
    for (name, part) in parts {
        if let Some(part) = part {
            line.extend([" | ", name, ": ", part]);
        }
    }
    line
}

pub(super) fn read(blocks: &[Block]) -> Vec<Answer> {
    let mut table = 0;
    let mut blocks = blocks.to_vec();
    for block in &mut blocks {
        match &mut block.kind {
            BlockKind::Row { table: own, .. } => *own = table,
            _ => table += 1,
        }
    }
    let document = Document {
        digest: Digest::of(b"test"),
        media_type: "application/pdf".to_owned(),
        declared: Declared::default(),
        pages: vec![Page {
            number: NonZeroU32::MIN,
            label: None,
            text_from: TextFrom::File,
            blocks,
        }],
        warnings: Vec::new(),
    };
    answers::read(&Outline::of(&document, |_| false), &[])
}

fn item(id: &str, text: &str) -> Item {
    Item {
        id: id.to_owned(),
        text: text.to_owned(),
        at: Locator {
            page: NonZeroU32::MIN,
            block: 0,
        },
        to: Vec::new(),
        themes: Vec::new(),
        confidence: 1.0,
    }
}

pub(super) fn h(level: u8, text: &str) -> Block {
    block(BlockKind::Heading { level }, text, 0)
}

pub(super) fn p(text: &str) -> Block {
    block(BlockKind::Paragraph, text, 0)
}

pub(super) fn b(text: &str) -> Block {
    block(BlockKind::Paragraph, text, text.len())
}

pub(super) fn li(text: &str) -> Block {
    let kind = BlockKind::ListItem {
        label: None,
        depth: 0,
    };
    block(kind, text, 0)
}

fn row(cells: &[&str]) -> Block {
    let shades: Vec<(&str, u32)> = cells.iter().map(|text| (*text, 0)).collect();
    shaded(&shades)
}

/// A row whose cells have a background; 0 for none.
fn shaded(cells: &[(&str, u32)]) -> Block {
    let cells = cells.iter().zip(0..).map(|((text, shade), column)| Cell {
        shade: Some(*shade).filter(|shade| *shade > 0),
        ..cell(text, column)
    });
    block_of(cells.collect())
}

/// A row of one cell over all columns.
pub(super) fn wide(text: &str) -> Block {
    block_of(vec![Cell {
        span: 5,
        ..cell(text, 0)
    }])
}

pub(super) fn cell(text: &str, column: u16) -> Cell {
    Cell {
        text: text.to_owned(),
        column,
        span: 1,
        shade: None,
        is_merged: false,
    }
}

pub(super) fn block_of(cells: Vec<Cell>) -> Block {
    let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    let text = texts.join(" | ");
    let kind = BlockKind::Row {
        table: 0,
        is_header: false,
        cells,
    };
    block(kind, &text, 0)
}

fn block(kind: BlockKind, text: &str, bold: usize) -> Block {
    Block {
        kind,
        text: text.to_owned(),
        style: Style {
            bold_lead: u32::try_from(bold).expect("a short text"),
            ..Style::default()
        },
    }
}
