use std::fmt::Write as _;

use super::{check, shown};

/// Pages drawn line by line, in a font whose every letter is half as wide as
/// it is high. Heights count from the top of an A4 page, in points.
#[derive(Default)]
pub(super) struct Drawing {
    pages: Vec<Page>,
}

#[derive(Default)]
pub(super) struct Page {
    content: String,
    turn: u32,
    has_picture: bool,
}

const HEIGHT: f32 = 842.0;
const SIZE: f32 = 11.0;
/// Baseline to baseline.
const PITCH: f32 = 14.0;

impl Drawing {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn page(mut self, draw: impl FnOnce(Page) -> Page) -> Self {
        self.pages.push(draw(Page::default()));
        self
    }

    /// The file.
    pub(super) fn pdf(&self) -> Vec<u8> {
        let widths = "500 ".repeat(95);
        let font = |name: &str| {
            format!(
                "<</Type/Font/Subtype/TrueType/BaseFont/{name}/Encoding/WinAnsiEncoding\
                 /FirstChar 32/LastChar 126/Widths[{widths}]>>"
            )
        };
        let kids: Vec<String> = (0..self.pages.len())
            .map(|page| format!("{} 0 R", 6 + 2 * page))
            .collect();
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Count {}/Kids[{}]>>", kids.len(), kids.join(" ")),
            font("Plain"),
            font("Plain-Bold"),
            "<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Length 4>>\n\
             stream\nabcd\nendstream"
                .to_owned(),
        ];
        for (index, page) in self.pages.iter().enumerate() {
            let picture = if page.has_picture {
                "/XObject<</I 5 0 R>>"
            } else {
                ""
            };
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {}/Contents {} 0 R\
                 /Resources<</Font<</F 3 0 R/B 4 0 R>>{picture}>>>>",
                page.turn,
                7 + 2 * index
            ));
            objects.push(format!(
                "<</Length {}>>\nstream\n{}\nendstream",
                page.content.len(),
                page.content
            ));
        }
        written(&objects)
    }
}

fn written(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", index + 1);
    }
    let start = file.len();
    let _ = writeln!(file, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(file, "{offset:010} 00000 n ");
    }
    let _ = writeln!(
        file,
        "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF",
        objects.len() + 1
    );
    file.into_bytes()
}

impl Page {
    fn set(mut self, font: char, size: f32, x: f32, y: f32, text: &str) -> Self {
        let text = text
            .replace('\\', "\\\\")
            .replace('(', "\\(")
            .replace(')', "\\)");
        let base = HEIGHT - y;
        let _ = writeln!(
            self.content,
            "BT /{font} {size} Tf {x} {base} Td ({text}) Tj ET"
        );
        self
    }

    /// One line of running text.
    pub(super) fn text(self, x: f32, y: f32, text: &str) -> Self {
        self.set('F', SIZE, x, y, text)
    }

    pub(super) fn bold(self, x: f32, y: f32, text: &str) -> Self {
        self.set('B', SIZE, x, y, text)
    }

    pub(super) fn sized(self, size: f32, x: f32, y: f32, text: &str) -> Self {
        self.set('F', size, x, y, text)
    }

    /// Lines one under the other.
    pub(super) fn lines(self, x: f32, y: f32, lines: &[&str]) -> Self {
        (0u8..).zip(lines).fold(self, |page, (index, line)| {
            page.text(x, y + f32::from(index) * PITCH, line)
        })
    }

    pub(super) fn fill(mut self, colour: &str, [x, y, width, height]: [f32; 4]) -> Self {
        let _ = writeln!(
            self.content,
            "q {colour} rg {x} {} {width} {height} re f Q",
            HEIGHT - y - height
        );
        self
    }

    /// The frame of a cell or box.
    pub(super) fn frame(mut self, [x, y, width, height]: [f32; 4]) -> Self {
        let _ = writeln!(
            self.content,
            "{x} {} {width} {height} re S",
            HEIGHT - y - height
        );
        self
    }

    /// A row of framed cells from the left margin, each with its lines.
    pub(super) fn row(self, y: f32, height: f32, cells: &[(f32, &[&str])]) -> Self {
        let mut x = 60.0;
        cells.iter().fold(self, |page, (width, lines)| {
            let at = x;
            x += width;
            page.frame([at, y, *width, height])
                .lines(at + 4.0, y + 14.0, lines)
        })
    }

    /// Operators as they stand in the file.
    pub(super) fn drawn(mut self, operators: &str) -> Self {
        self.content += operators;
        self.content.push('\n');
        self
    }

    /// A picture over the whole page.
    pub(super) fn picture(mut self) -> Self {
        self.has_picture = true;
        self.content += "q 595 0 0 842 0 0 cm /I Do Q\n";
        self
    }
}

/// A page with some of everything.
pub(super) fn sample() -> Vec<u8> {
    let page = |page: Page| {
        page.bold(60.0, 80.0, "1. Findings")
            .lines(
                60.0,
                110.0,
                &[
                    "The Board should be told of each child who is not",
                    "brought to a clinic.",
                ],
            )
            .fill("0.9 0.9 1", [50.0, 150.0, 400.0, 60.0])
            .text(60.0, 170.0, "Learning point one.")
            .row(
                300.0,
                20.0,
                &[(40.0, &["No"]), (220.0, &["Action"]), (160.0, &["Lead"])],
            )
            .row(
                320.0,
                36.0,
                &[
                    (40.0, &["1"]),
                    (220.0, &["Write the guidance and", "give it out."]),
                    (160.0, &["Nurse"]),
                ],
            )
            .sized(8.0, 60.0, 780.0, "1 See the report of the year before.")
    };
    Drawing::new().page(page).page(Page::picture).pdf()
}

#[test]
fn a_paragraph_is_joined_over_lines_and_stands_where_it_begins() {
    let page = |page: Page| {
        page.lines(60.0, 700.0, &[
            "The Board should agree with every one of its agencies how it will be told of babies who",
            "are not brought to their appointments, and by whom, and what is to be done about it.",
        ])
        .lines(60.0, 750.0, &["A second paragraph begins at the foot of the page, and it goes on to the next page where"])
    };
    let next = |page: Page| page.lines(60.0, 72.0, &["it ends.", "Another one."]);
    check(&Drawing::new().page(page).page(next).pdf(), "
        # 1
        p: The Board should agree with every one of its agencies how it will be told of babies who are not brought to their appointments, and by whom, and what is to be done about it.
        p: A second paragraph begins at the foot of the page, and it goes on to the next page where it ends.
        # 2
        p: Another one.");
}

#[test]
fn hyphens_at_line_ends_go_when_the_word_is_whole_elsewhere() {
    let page = |page: Page| {
        page.lines(60.0, 100.0, &[
            "The words safeguarding and multi-agency stand here in full, so that the reader knows safe-",
            "guarding when it is broken, and leaves a compound word alone, as it should with multi-",
            "agency working.",
        ])
    };
    check(&Drawing::new().page(page).pdf(), "
        # 1
        p: The words safeguarding and multi-agency stand here in full, so that the reader knows safeguarding when it is broken, and leaves a compound word alone, as it should with multi-agency working.");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "The left column is read to",
        "its end before the other",
        "column is begun, however",
        "level their lines stand.",
    ];
    let right = [
        "The right column comes",
        "after it and is a",
        "paragraph of its own, as",
        "in any newspaper.",
    ];
    let page = |page: Page| page.lines(60.0, 100.0, &left).lines(320.0, 100.0, &right);
    check(&Drawing::new().page(page).pdf(), "
        # 1
        p: The left column is read to its end before the other column is begun, however level their lines stand.
        p: The right column comes after it and is a paragraph of its own, as in any newspaper.");
}

#[test]
fn a_table_keeps_cells_apart_and_rows_whole_over_pages() {
    let first = |page: Page| {
        page.row(
            700.0,
            20.0,
            &[(40.0, &["No"]), (220.0, &["Action"]), (160.0, &["Lead"])],
        )
        .row(
            720.0,
            36.0,
            &[
                (40.0, &["1"]),
                (220.0, &["Write the guidance and", "give it out."]),
                (160.0, &["Named nurse"]),
            ],
        )
        .row(
            756.0,
            20.0,
            &[
                (40.0, &["2"]),
                (220.0, &["Train the staff who"]),
                (160.0, &["Training lead"]),
            ],
        )
    };
    let second = |page: Page| {
        page.row(
            60.0,
            20.0,
            &[(40.0, &["No"]), (220.0, &["Action"]), (160.0, &["Lead"])],
        )
        .row(
            80.0,
            20.0,
            &[(40.0, &[]), (220.0, &["need it most."]), (160.0, &[])],
        )
        .row(
            100.0,
            20.0,
            &[
                (40.0, &["3"]),
                (220.0, &["Audit it."]),
                (160.0, &["Auditor"]),
            ],
        )
    };
    check(
        &Drawing::new().page(first).page(second).pdf(),
        "
        # 1
        row1: No | Action | Lead
        row1: 1 | Write the guidance and give it out. | Named nurse
        row1: 2 | Train the staff who need it most. | Training lead
        # 2
        row1: 3 | Audit it. | Auditor",
    );
}

#[test]
fn the_colour_of_a_cell_and_a_bold_head_are_kept() {
    let page = |page: Page| {
        page.frame([60.0, 100.0, 100.0, 20.0])
            .frame([160.0, 100.0, 100.0, 20.0])
            .bold(64.0, 114.0, "Action")
            .bold(164.0, 114.0, "Status")
            .fill("0 0.5 0", [160.0, 120.0, 100.0, 20.0])
            .row(120.0, 20.0, &[(100.0, &["Do it"]), (100.0, &["Done"])])
    };
    let document =
        lessons::extract::extract(&super::payload(&Drawing::new().page(page).pdf())).unwrap();
    assert_eq!(
        shown(&document),
        "# 1\nrow1 head: Action | Status\nrow1: Do it | Done\n"
    );
    let lessons::model::document::BlockKind::Row { cells, .. } = &document.pages[0].blocks[1].kind
    else {
        panic!("no row");
    };
    assert_eq!([cells[0].shade, cells[1].shade], [None, Some(0x0000_8000)]);
}

#[test]
fn running_heads_and_page_numbers_are_furniture() {
    let page = |number: u32, text: &'static str| {
        move |page: Page| {
            page.text(60.0, 40.0, "Child Kestrel: overview report")
                .lines(60.0, 100.0, &[text])
                .text(280.0, 810.0, &format!("Page {number} of 3"))
        }
    };
    let drawing = Drawing::new()
        .page(page(1, "One."))
        .page(page(2, "Two."))
        .page(page(3, "Three."));
    check(
        &drawing.pdf(),
        "
        # 1
        furniture: Child Kestrel: overview report
        p: One.
        furniture: Page 1 of 3
        # 2
        furniture: Child Kestrel: overview report
        p: Two.
        furniture: Page 2 of 3
        # 3
        furniture: Child Kestrel: overview report
        p: Three.
        furniture: Page 3 of 3",
    );
}

#[test]
fn list_items_keep_their_printed_labels() {
    let page = |page: Page| {
        page.text(60.0, 100.0, "1.")
            .lines(
                90.0,
                100.0,
                &[
                    "The Board should be told of each child who is not brought to",
                    "an appointment.",
                ],
            )
            .text(60.0, 136.0, "2.")
            .text(90.0, 136.0, "The Board should ask again.")
            .text(90.0, 158.0, "(a) of the schools;")
            .text(90.0, 180.0, "\u{2022}".replace('\u{2022}', "-").as_str())
            .text(110.0, 180.0, "and of the nurses.")
            .text(60.0, 202.0, "4.10 A paragraph with a number of two parts.")
    };
    check(
        &Drawing::new().page(page).pdf(),
        "
        # 1
        li0 1: The Board should be told of each child who is not brought to an appointment.
        li0 2: The Board should ask again.
        li1 a: of the schools;
        li1 •: and of the nurses.
        li0 4.10: A paragraph with a number of two parts.",
    );
}

#[test]
fn footnotes_are_set_apart_and_their_marks_dropped() {
    let page = |page: Page| {
        page.text(60.0, 100.0, "This was found before")
            .sized(6.0, 60.0 + 21.0 * 5.5, 95.0, "1")
            .text(
                60.0 + 21.0 * 5.5 + 3.0,
                100.0,
                " and it was found again by the reviewer this year.",
            )
            .sized(8.0, 60.0, 780.0, "1 See the report of the year before.")
    };
    check(
        &Drawing::new().page(page).pdf(),
        "
        # 1
        p: This was found before and it was found again by the reviewer this year.
        note: 1 See the report of the year before.",
    );
}

#[test]
fn headings_are_larger_or_bold_and_stand_alone() {
    let page = |page: Page| {
        page.sized(18.0, 60.0, 80.0, "1. Introduction")
            .lines(60.0, 120.0, &["Running text that is long enough to be taken for what it is, the body of this report."])
            .bold(60.0, 160.0, "The family")
            .lines(60.0, 182.0, &["More of the running text, which is again long enough to show the size of the letters."])
    };
    check(
        &Drawing::new().page(page).pdf(),
        "
        # 1
        h1: 1. Introduction
        p: Running text that is long enough to be taken for what it is, the body of this report.
        h2: The family
        p: More of the running text, which is again long enough to show the size of the letters.",
    );
}

#[test]
fn a_panel_is_a_box_and_a_highlight_is_not() {
    let page = |page: Page| {
        page.fill("0.9 0.9 1", [50.0, 90.0, 400.0, 60.0])
            .lines(
                60.0,
                110.0,
                &["Learning point one.", "It stands in a panel."],
            )
            .fill("1 1 0", [115.0, 190.0, 44.0, 14.0])
            .text(60.0, 200.0, "Some words of this line are highlighted.")
    };
    check(
        &Drawing::new().page(page).pdf(),
        "
        # 1
        p boxed: Learning point one.
        p boxed: It stands in a panel.
        p: Some words of this line are highlighted.",
    );
}

#[test]
fn a_contents_line_is_no_heading_and_no_list_item() {
    let page = |page: Page| {
        page.bold(60.0, 80.0, "Contents")
            .bold(60.0, 110.0, "1. Introduction ............................ 3")
            .bold(60.0, 132.0, "2. Findings ................................ 9")
            .lines(60.0, 200.0, &["Running text that is long enough to be taken for what it is, the body of this report."])
    };
    check(
        &Drawing::new().page(page).pdf(),
        "
        # 1
        h1: Contents
        p: 1. Introduction ............................ 3
        p: 2. Findings ................................ 9
        p: Running text that is long enough to be taken for what it is, the body of this report.",
    );
}
