#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lessons_fuzz::read_part("content.xml", KIND, data);
});

const KIND: &[(&str, &str)] = &[("mimetype", "application/vnd.oasis.opendocument.text")];
