#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lessons_fuzz::read_part("word/document.xml", &[], data);
});
