//! Bytes as a text and what is asked of it, to facts.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dictum_fuzz::engine(data));
