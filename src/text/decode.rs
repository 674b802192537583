//! Bytes to text, for every format. A stated encoding is trusted only while the bytes agree with it, and a byte that fits no
//! encoding costs one character, not the file.

mod mixed;
mod wide;

use std::borrow::Cow;
use std::sync::LazyLock;

use encoding_rs::{Encoding, ISO_2022_JP};
use regex::Regex;

/// A page or XML file declares its encoding within so many bytes.
const HEAD_BYTES: usize = 4_096;

/// The text of `bytes`. `stated` is the encoding that their surroundings give (an HTTP header, the header of a mail part); it
/// goes before the one that the bytes declare themselves.
#[must_use]
pub fn decode<'b>(bytes: &'b [u8], stated: Option<&str>) -> Cow<'b, str> {
    if let Some(text) = wide::decode(bytes) {
        return Cow::Owned(text);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return escaped(bytes).map_or(Cow::Borrowed(text), Cow::Owned);
    }
    // "ASCII" says nothing of the bytes that are none.
    let says_something = |label: &&str| !label.to_ascii_lowercase().contains("ascii");
    let stated = stated
        .filter(says_something)
        .and_then(encoding)
        .or_else(|| declared(bytes));
    Cow::Owned(mixed::decode(bytes, stated))
}

/// The encoding of that name, if it is one that can be read.
#[must_use]
pub fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.trim_matches(['"', '\'', ' ', ';']).as_bytes())
}

/// ISO-2022-JP has no byte above 127: only its escapes tell it from ASCII.
fn escaped(bytes: &[u8]) -> Option<String> {
    memchr::memchr(0x1b, bytes)?;
    let has_escape = [&b"\x1b$B"[..], b"\x1b$@", b"\x1b(I"]
        .iter()
        .any(|escape| memchr::memmem::find(bytes, escape).is_some());
    if !has_escape || !bytes.is_ascii() {
        return None;
    }
    let (text, _) = ISO_2022_JP.decode_without_bom_handling(bytes);
    let n_foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let n_bad = text.chars().filter(|c| *c == '\u{fffd}').count();
    (n_bad * 10 <= n_foreign).then(|| text.into_owned())
}

/// The encoding that a page states in a `meta` element or XML in its declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    #[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
    static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)(?:<meta\b[^>]{0,300}?\bcharset|<\?xml\b[^>]{0,200}?\bencoding)\s*=\s*["']?\s*([\w.:-]+)"#)
            .expect("the pattern is constant")
    });
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]);
    let label = DECLARATION.captures(&head)?;
    encoding(&label[1])
}

#[cfg(test)]
mod tests;
