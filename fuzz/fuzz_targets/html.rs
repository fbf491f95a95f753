#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lessons_fuzz::read(b"<!doctype html>", data);
});
