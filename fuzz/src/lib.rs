//! What holds for any bytes: a parser gives articles or a reason, and never fails in another way.

use microfiche::domain::article::Format;
use microfiche::domain::document::{Document, Fallback, Limits, Mapping, Options};
use microfiche::parse::{Found, parse_as};

const LIMITS: Limits = Limits {
    member: 1 << 20,
    bundle: 8 << 20,
};

/// Reads `bytes` as that format, whatever they are, and holds the parser to its promises.
pub fn check(format: Format, bytes: &[u8]) {
    let document = Document::new(format!("a.{}", format.as_str()), bytes.to_vec());
    let options = Options {
        limits: LIMITS,
        json: Mapping::default(),
        fallback: Fallback::default(),
    };
    let _ = parse_as(&document, format, &options, &mut |found| {
        if let Found::Article(article) = found {
            assert!(!article.body.trim().is_empty(), "an article without a body");
            assert!(
                !article.title.trim().is_empty(),
                "an article without a title"
            );
        }
        Ok(())
    });
}

/// The library panics on many a PDF, on the thread that is there to catch it; only other panics are findings.
pub fn pardon_the_pdf_library() {
    let end = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some("pdf") {
            end(panic);
        }
    }));
}
