//! Bytes as a text, to tokens.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dictum_fuzz::tokens(data));
