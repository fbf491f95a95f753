#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lessons_fuzz::read(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", data);
});
