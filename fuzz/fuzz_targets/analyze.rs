//! Every span that the recognizer gives is the text it says.
#![no_main]

use std::sync::LazyLock;

use microfiche::extract::Extractor;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::embedded().unwrap());

libfuzzer_sys::fuzz_target!(|body: &str| {
    let characters: Vec<char> = body.chars().collect();
    let analysis = EXTRACTOR.analyze(body, None);
    let spans = analysis
        .mentions
        .iter()
        .map(|mention| (mention.span, &mention.text));
    let spans = spans.chain(analysis.dates.iter().map(|date| (date.span, &date.text)));
    for (span, text) in spans.chain(
        analysis
            .quotes
            .iter()
            .map(|quote| (quote.span, &quote.text)),
    ) {
        assert_eq!(
            characters[span.start..span.end].iter().collect::<String>(),
            *text
        );
    }
});
