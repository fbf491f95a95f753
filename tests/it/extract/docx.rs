use super::{check, check_refused, zip};

/// A Word file with this body; lists are those of [`NUMBERING`].
fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    zip(&[
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        ("word/_rels/document.xml.rels", RELATIONSHIPS),
        ("word/document.xml", &document),
        ("word/numbering.xml", NUMBERING),
        ("word/styles.xml", STYLES),
        (
            "word/footnotes.xml",
            r#"<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>See chapter 3.</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
        ),
        (
            "word/header1.xml",
            "<w:hdr><w:p><w:r><w:t>Official</w:t></w:r></w:p></w:hdr>",
        ),
    ])
}

const RELATIONSHIPS: &str = r#"<Relationships>
  <Relationship Id="a" Type="x/numbering" Target="numbering.xml"/>
  <Relationship Id="b" Type="x/styles" Target="styles.xml"/>
  <Relationship Id="c" Type="x/footnotes" Target="/word/footnotes.xml"/>
  <Relationship Id="d" Type="x/header" Target="header1.xml"/>
</Relationships>"#;

const NUMBERING: &str = r#"<w:numbering>
  <w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="1">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Recommendation %1:"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="2">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Chapter"/><w:lvlText w:val="%1"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>"#;

const STYLES: &str = r#"<w:styles>
  <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Chapter"><w:basedOn w:val="Heading1"/>
    <w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
</w:styles>"#;

fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn listed(list: u8, level: u8, text: &str) -> String {
    let properties =
        format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#);
    paragraph(&properties, text)
}

#[test]
fn numbers_are_printed_as_word_prints_them() {
    let body = [
        paragraph(r#"<w:pStyle w:val="Chapter"/>"#, "Findings"),
        listed(1, 0, "One"),
        listed(1, 1, "Deeper"),
        listed(1, 0, "Two"),
        listed(2, 0, "The Board should act."),
        paragraph(r#"<w:pStyle w:val="Chapter"/>"#, "Conclusion"),
        paragraph("", "4.2 Typed by hand"),
    ];
    check(
        &docx(&body.concat()),
        "
        # 1
        furniture: Official
        h1: 1 Findings
        li0 1: One
        li1 a: Deeper
        li0 2: Two
        p: Recommendation 1: The Board should act.
        h1: 2 Conclusion
        li0 4.2: Typed by hand",
    );
}

#[test]
fn changes_are_accepted_and_notes_set_apart() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">The Board </w:t></w:r>
        <w:del><w:r><w:delText>must</w:delText><w:t>must</w:t></w:r></w:del>
        <w:ins><w:r><w:t>should</w:t></w:r></w:ins><w:r><w:t> act &amp; report.</w:t><w:footnoteReference w:id="2"/></w:r>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"#;
    check(
        &docx(body),
        "
        # 1
        furniture: Official
        p: The Board should act & report.
        note: See chapter 3.",
    );
}

#[test]
fn merged_cells_are_repeated_and_shades_kept() {
    let cell = |properties: &str, text: &str| {
        format!(
            "<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>",
            paragraph("", text)
        )
    };
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("", "No"),
        cell("", "Action"),
        cell(r#"<w:vMerge w:val="restart"/>"#, "1"),
        cell(r#"<w:shd w:fill="FFC000"/>"#, "First"),
        cell("<w:vMerge/>", ""),
        cell("", "Second"),
    );
    let bytes = docx(&body);
    check(
        &bytes,
        "
        # 1
        furniture: Official
        row1 head: No | Action
        row1: 1 | First
        row1: 1 | Second",
    );
    let document = lessons::extract::extract(&super::payload(&bytes)).unwrap();
    let lessons::model::document::BlockKind::Row { cells, .. } = &document.pages[0].blocks[2].kind
    else {
        panic!("no row");
    };
    assert_eq!(cells[1].shade, Some(0x00ff_c000));
}

#[test]
fn pages_follow_the_breaks_that_word_noted() {
    let body = "<w:p><w:r><w:t>On one.</w:t></w:r></w:p>\
                <w:p><w:r><w:lastRenderedPageBreak/><w:t>On two, </w:t></w:r>\
                <w:r><w:lastRenderedPageBreak/><w:t>and on.</w:t></w:r></w:p>\
                <w:p><w:r><w:t>On three.</w:t></w:r></w:p>";
    check(
        &docx(body),
        "
        # 1
        furniture: Official
        p: On one.
        # 2
        p: On two, and on.
        # 3
        p: On three.",
    );
}

#[test]
fn text_boxes_and_single_cells_are_boxes() {
    let inner = paragraph("", "In the box.");
    let body = format!(
        "<w:p><w:r><w:t>Before.</w:t><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>\
         <w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph("", "In the cell.")
    );
    check(
        &docx(&body),
        "
        # 1
        furniture: Official
        p: Before.
        p boxed: In the box.
        p boxed: In the cell.",
    );
}

#[test]
fn a_file_without_its_main_part_is_refused() {
    check_refused(
        &zip(&[("word/other.xml", "<x/>")]),
        "no part `word/document.xml`",
    );
}
