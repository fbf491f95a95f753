#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lessons_fuzz::read_part("ppt/slides/slide1.xml", OTHERS, data);
});

const OTHERS: &[(&str, &str)] = &[
    (
        "ppt/presentation.xml",
        r#"<p><sldIdLst><sldId id="256" r:id="rId1"/></sldIdLst></p>"#,
    ),
    (
        "ppt/_rels/presentation.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="x/slide" Target="slides/slide1.xml"/></Relationships>"#,
    ),
];
