use super::{check, check_refused, zip};

fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content>{AUTOMATIC}<office:body>{body}</office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("styles.xml", STYLES),
    ])
}

/// A text whose page breaks are noted.
fn paged(body: &str) -> Vec<u8> {
    odt(&format!(
        r#"<office:text text:use-soft-page-breaks="true">{body}</office:text>"#
    ))
}

const AUTOMATIC: &str = r##"<office:automatic-styles>
  <style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
  <style:style style:name="New" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
  <style:style style:name="Panel" style:family="paragraph"><style:paragraph-properties fo:background-color="#ddeeff"/></style:style>
  <style:style style:name="Green" style:family="table-cell"><style:table-cell-properties fo:background-color="#00b050"/></style:style>
  <text:list-style style:name="L">
    <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
    <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
  </text:list-style>
  <text:list-style style:name="R">
    <text:list-level-style-number text:level="1" loext:num-list-format="Recommendation %1%:" style:num-format="1"/>
  </text:list-style></office:automatic-styles>"##;

const STYLES: &str = r#"<office:document-styles>
  <office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/></text:outline-style></office:styles>
  <office:master-styles><style:master-page><style:header><text:p>Official</text:p></style:header></style:master-page></office:master-styles>
</office:document-styles>"#;

#[test]
fn open_documents_are_read_as_printed() {
    let body = r#"<text:h text:outline-level="1">Findings</text:h>
      <text:p>It was <text:span text:style-name="B">seen</text:span><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>See chapter 3.</text:p></text:note-body></text:note> late.</text:p>
      <text:list text:style-name="L"><text:list-item><text:p>One.</text:p><text:list><text:list-item><text:p>Under one.</text:p></text:list-item></text:list></text:list-item>
        <text:list-item><text:p>Two,<text:soft-page-break/> over the page.</text:p></text:list-item></text:list>
      <text:p>Between.</text:p>
      <text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p>Three.</text:p></text:list-item></text:list>
      <text:p text:style-name="New">Next page.</text:p>
      <text:list text:style-name="R"><text:list-item><text:p>The Board should act.</text:p></text:list-item></text:list>
      <text:p text:style-name="Panel">In a panel.</text:p>"#;
    check(
        &paged(body),
        "# 1
         furniture: Official
         h1: 1 Findings
         p: It was seen late.
         li0 1: One.
         li1 a: Under one.
         li0 2: Two, over the page.
         note: See chapter 3.
         # 2
         p: Between.
         li0 3: Three.
         # 3
         p: Next page.
         p: Recommendation 1: The Board should act.
         p boxed: In a panel.",
    );
}

#[test]
fn tables_of_open_documents_keep_merged_cells_and_page_breaks() {
    let body = r#"<table:table><table:table-header-rows><table:table-row>
        <table:table-cell><text:p>No</text:p></table:table-cell><table:table-cell><text:p>Action</text:p></table:table-cell></table:table-row></table:table-header-rows>
      <table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>1</text:p></table:table-cell>
        <table:table-cell table:style-name="Green"><text:p>Write it.</text:p><text:p>Give it out.</text:p></table:table-cell></table:table-row>
      <text:soft-page-break/>
      <table:table-row><table:covered-table-cell/><table:table-cell><text:p>Audit it.</text:p></table:table-cell></table:table-row></table:table>"#;
    check(
        &paged(body),
        "# 1
         furniture: Official
         row1 head: No | Action
         row1: 1 | Write it. Give it out.
         # 2
         row1: 1 | Audit it.",
    );
}

#[test]
fn without_noted_page_breaks_all_is_one_page() {
    let forced = r#"<office:text><text:p>One.</text:p><text:p text:style-name="New">Two.</text:p></office:text>"#;
    check(&odt(forced), "# 1\nfurniture: Official\np: One.\np: Two.");
    let sheet = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "<x/>"),
    ]);
    check_refused(&sheet, "only texts are read");
}

#[test]
fn slides_are_pages_with_their_titles_first() {
    let slide = r#"<p:sld><p:cSld><p:spTree>
      <p:sp><p:nvSpPr><p:nvPr><p:ph idx="1"/></p:nvPr></p:nvSpPr><p:txBody>
        <a:p><a:r><a:t>Share what is known</a:t></a:r></a:p>
        <a:p><a:pPr><a:buNone/></a:pPr><a:r><a:t>Why it </a:t></a:r><a:r><a:t>matters.</a:t></a:r></a:p>
        <a:p><a:pPr><a:buAutoNum type="arabicPeriod" startAt="4"/></a:pPr><a:r><a:t>Ask.</a:t></a:r></a:p>
        <a:p><a:pPr><a:buAutoNum type="arabicPeriod" startAt="4"/></a:pPr><a:r><a:t>Listen.</a:t></a:r></a:p></p:txBody></p:sp>
      <p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Key lessons</a:t></a:r></a:p></p:txBody></p:sp>
      <p:sp><p:nvSpPr><p:nvPr><p:ph type="sldNum"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:fld><a:t>1</a:t></a:fld></a:p></p:txBody></p:sp>
      <p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>
        <a:tr><a:tc><a:txBody><a:p><a:r><a:t>Action</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Lead</a:t></a:r></a:p></a:txBody></a:tc></a:tr>
        <a:tr><a:tc gridSpan="2"><a:txBody><a:p><a:r><a:t>None</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge="1"/></a:tr>
      </a:tbl></a:graphicData></a:graphic></p:graphicFrame></p:spTree></p:cSld></p:sld>"#;
    let slides = zip(&[
        (
            "ppt/presentation.xml",
            r#"<p:presentation><p:sldIdLst><p:sldId id="256" r:id="rId7"/></p:sldIdLst></p:presentation>"#,
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            r#"<Relationships><Relationship Id="rId7" Type="x/slide" Target="slides/slide1.xml"/>
               <Relationship Id="rId1" Type="x/slideMaster" Target="slideMasters/slideMaster1.xml"/></Relationships>"#,
        ),
        ("ppt/slides/slide1.xml", slide),
        (
            "ppt/slideMasters/slideMaster1.xml",
            r#"<p:sldMaster><p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr></p:bodyStyle></p:txStyles></p:sldMaster>"#,
        ),
    ]);
    check(
        &slides,
        "# 1
         h1: Key lessons
         li0 •: Share what is known
         p: Why it matters.
         li0 4: Ask.
         li0 5: Listen.
         furniture: 1
         row1 head: Action | Lead
         row1: None",
    );
}

#[test]
fn rich_text_is_read_with_its_labels_tables_and_notes() {
    let text = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\colortbl;\red0\green176\blue80;}
      {\stylesheet{\s1\outlinelevel0 heading 1;}}{\info{\title Not printed}}
      {\header Official}{\*\generator Not printed;}
      \pard\s1 Findings\par
      \pard A caf\'e9, \u8220\'93quoted\u8221\'94{\footnote {\super 1} See chapter 3.} and {\v hidden }{\field{\*\fldinst PAGE}{\fldrslt shown}}.\par
      \pard{\listtext 3.\tab}\ls1 The Board should act.\par
      \pard{\listtext\'b7\tab}\ls2 A point.\par
      \trowd\trhdr\cellx100\cellx200\pard\intbl No\cell Action\cell\row
      \trowd\cellx100\clcbpat1\cellx200\pard\intbl 1\cell Write it.\par Give it out.\cell\row
      \pard After.\par}";
    check(
        text.as_bytes(),
        "# 1
         furniture: Official
         h1: Findings
         p: A café, “quoted” and shown.
         li0 3: The Board should act.
         li0 •: A point.
         row1 head: No | Action
         row1: 1 | Write it. Give it out.
         p: After.
         note: 1 See chapter 3.",
    );
}

/// The same text as five programs' files: `report.rtf` opened and saved anew by
/// a word processor.
#[test]
fn a_text_is_the_same_in_every_format() {
    for file in [
        "report.doc",
        "report.docx",
        "report.odt",
        "report.pdf",
        "report.rtf",
    ] {
        let bytes = std::fs::read(format!("tests/fixtures/reading/{file}")).unwrap();
        let document = lessons::extract::extract(&super::payload(&bytes)).unwrap();
        let read = super::shown(&document).replace("note: 1See", "note: See");
        let expected = "# 1
h1: Findings of the review
p: The café was known to the agencies, and it was “safe” to ask.
li0 1: The Board should write to every agency.
row1: No | Action
row1: 1 | Write it. Give it out.
p: After the table.
note: See chapter 3.
";
        assert_eq!(read, expected, "in {file}");
    }
}
