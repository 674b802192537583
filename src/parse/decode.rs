//! Bytes to text: what is no text is refused, every encoding becomes UTF-8, line ends and odd spaces become plain ones.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::domain::ledger::Rejection;

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

pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Rejection> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Rejection::Empty);
    }
    if let Some((_, looks_like)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Rejection::NotText { looks_like });
    }
    let (text, _, _) = encoding_of(bytes).decode(bytes);
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
    Ok(plain(text))
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    // UTF-16 without its mark: in the scripts of Europe every other byte is zero.
    let head = &bytes[..bytes.len().min(4_000) & !1];
    let zeros = |at: usize| {
        head.iter()
            .skip(at)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
            * 5
    };
    if zeros(1) > head.len() {
        return UTF_16LE;
    }
    if zeros(0) > head.len() {
        return UTF_16BE;
    }
    declared(bytes).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Allow)
    })
}

/// The `charset=` or `encoding=` that a page or XML file states in its head.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_lowercase();
    let value = ["charset=", "encoding="]
        .iter()
        .find_map(|key| head.split_once(key))?
        .1;
    let label = value.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
    Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
}

/// Composed characters, line feeds for line ends, and none of the characters that are not seen.
pub(super) fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_odd = |c: char| {
        matches!(
            c,
            '\r' | '\0'
                | '\u{a0}'
                | '\u{ad}'
                | '\u{200b}'
                | '\u{feff}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202f}'
        )
    };
    if is_nfc(&text) && !text.contains(is_odd) {
        return text;
    }
    let lines = text.replace("\r\n", "\n");
    let mended = lines.nfc().filter_map(|c| match c {
        '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{a0}' | '\u{202f}' => Some(' '),
        '\0' | '\u{ad}' | '\u{200b}' | '\u{feff}' => None,
        c => Some(c),
    });
    Cow::Owned(mended.collect())
}
