#![no_main]

use microfiche::domain::article::Format;

libfuzzer_sys::fuzz_target!(
    init: microfiche_fuzz::pardon_the_pdf_library(),
    |bytes: &[u8]| microfiche_fuzz::check(Format::Pdf, bytes)
);
