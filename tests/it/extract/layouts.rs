use super::check;
use super::pdf::{Drawing, Page};

const LEFT: [&str; 3] = [
    "The health visitor saw the family",
    "three times before the birth and",
    "recorded that the home was warm.",
];
const RIGHT: [&str; 3] = [
    "Practitioners had not known of the",
    "earlier calls, because the letters",
    "went to a box that nobody opened.",
];

#[test]
fn a_watermark_keeps_out_of_the_columns_under_it() {
    let page = |page: Page| {
        page.drawn("q 0.7 0.7 -0.7 0.7 200 500 cm BT /B 90 Tf 0 0 Td (DRAFT) Tj ET Q")
            .lines(60.0, 300.0, &LEFT)
            .lines(320.0, 300.0, &RIGHT)
    };
    check(
        &Drawing::new().page(page).pdf(),
        "# 1
         furniture: DRAFT
         p: The health visitor saw the family three times before the birth and recorded that the home was warm.
         p: Practitioners had not known of the earlier calls, because the letters went to a box that nobody opened.",
    );
}

#[test]
fn rows_of_boxes_are_read_across() {
    let tile = |page: Page, x: f32, y: f32, text: &str| {
        page.fill("0.8 0.9 0.8", [x, y, 200.0, 80.0])
            .text(x + 10.0, y + 20.0, text)
    };
    let page = |page: Page| {
        let page = tile(page, 60.0, 100.0, "One was the background.");
        let page = tile(page, 300.0, 100.0, "Two was the incident.");
        let page = tile(page, 60.0, 220.0, "Three was what was found.");
        tile(page, 300.0, 220.0, "Four was what was learnt.")
    };
    check(
        &Drawing::new().page(page).pdf(),
        "# 1
         p boxed: One was the background.
         p boxed: Two was the incident.
         p boxed: Three was what was found.
         p boxed: Four was what was learnt.",
    );
}

#[test]
fn a_number_beside_a_paragraph_is_its_label() {
    let page = |page: Page| {
        page.sized(16.0, 62.0, 120.0, "1")
            .lines(100.0, 100.0, &LEFT)
            .sized(16.0, 62.0, 190.0, "2")
            .lines(100.0, 170.0, &RIGHT)
    };
    check(
        &Drawing::new().page(page).pdf(),
        "# 1
         li0 1: The health visitor saw the family three times before the birth and recorded that the home was warm.
         li0 2: Practitioners had not known of the earlier calls, because the letters went to a box that nobody opened.",
    );
}

#[test]
fn a_quotation_in_the_margin_follows_the_text_beside_it() {
    let page = |page: Page| {
        let lines = [LEFT, RIGHT, LEFT, RIGHT].concat();
        page.lines(200.0, 100.0, &lines)
            .sized(15.0, 40.0, 140.0, "\"Nobody")
            .sized(15.0, 40.0, 159.0, "asked me\"")
    };
    check(
        &Drawing::new().page(page).pdf(),
        "# 1
         p: The health visitor saw the family three times before the birth and recorded that the home was warm. \
         Practitioners had not known of the earlier calls, because the letters went to a box that nobody opened. \
         The health visitor saw the family three times before the birth and recorded that the home was warm. \
         Practitioners had not known of the earlier calls, because the letters went to a box that nobody opened.
         p: \"Nobody asked me\"",
    );
}

#[test]
fn the_heads_of_columns_printed_again_are_no_running_head() {
    let head = |page: Page, y: f32| {
        page.text(60.0, y, "Action")
            .text(250.0, y, "Lead")
            .text(400.0, y, "Status")
    };
    let row = |page: Page, y: f32, text: &'static str| {
        page.text(60.0, y, text)
            .text(250.0, y, "Nurse")
            .text(400.0, y, "Done")
    };
    let drawing = Drawing::new()
        .page(|page| row(row(head(page, 300.0), 330.0, "Write"), 360.0, "Share"))
        .page(|page| row(row(head(page, 60.0), 90.0, "Train"), 120.0, "Tell"))
        .page(|page| row(row(head(page, 60.0), 90.0, "Audit"), 120.0, "End"));
    check(
        &drawing.pdf(),
        "# 1
         row1: Action | Lead | Status
         row1: Write | Nurse | Done
         row1: Share | Nurse | Done
         # 2
         row1: Train | Nurse | Done
         row1: Tell | Nurse | Done
         # 3
         row1: Audit | Nurse | Done
         row1: End | Nurse | Done",
    );
}
