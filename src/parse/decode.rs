//! Bytes to text: what is no text is refused, every encoding becomes UTF-8, line ends and odd spaces become plain ones.

use std::borrow::Cow;

use crate::domain::ledger::Rejection;
use crate::text::{clean, decode};

/// How files that are no text begin.
const MAGIC: [(&[u8], &str); 10] = [
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ID3", "a sound file"),
    (b"\xd0\xcf\x11\xe0", "an old or locked office document"),
];

/// A text with plain line ends and spaces and without the marks that nobody sees.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Rejection> {
    verbatim(bytes).map(plain)
}

/// A text as it stands.
pub(super) fn verbatim(bytes: &[u8]) -> Result<Cow<'_, str>, Rejection> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Rejection::Empty);
    }
    if is_outlook_message(bytes) {
        let reason = "it is a message of Outlook (.msg); save it as .eml or .mht and drop that";
        return Err(Rejection::Lacks(reason.into()));
    }
    if let Some((_, looks_like)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Rejection::NotText { looks_like });
    }
    let text = decode::decode(bytes, None);
    let n_controls = text
        .chars()
        .take(20_000)
        .filter(|c| c.is_control() && !c.is_whitespace())
        .count();
    if n_controls * 50 > text.chars().take(20_000).count() {
        return Err(Rejection::NotText {
            looks_like: "binary data",
        });
    }
    Ok(text)
}

/// Whether a compound file holds the streams of a message, whose names it lists in UTF-16.
fn is_outlook_message(bytes: &[u8]) -> bool {
    const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    const STREAM: &[u8] = b"_\x00_\x00s\x00u\x00b\x00s\x00t\x00g\x001\x00.\x000\x00_\x00";
    bytes.starts_with(COMPOUND) && memchr::memmem::find(bytes, STREAM).is_some()
}

/// Composed characters, line feeds for line ends, and none of the characters that are not seen.
pub(super) fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    clean::clean(text)
}
