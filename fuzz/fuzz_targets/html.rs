#![no_main]

use microfiche::domain::article::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| microfiche_fuzz::check(Format::Html, bytes));
