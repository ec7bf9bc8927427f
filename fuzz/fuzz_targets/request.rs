//! Bytes as a request from the wire, to an answer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dictum_fuzz::request(data));
