//! Which format a document has: by its first bytes, then by how its text begins, then by its extension.

use std::io::Read;

use super::mail;
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// So many bytes tell a bundle: a tar header is the longest.
pub(super) const HEAD_BYTES: u64 = 1_024;

/// So many bytes tell a message: its senders and dates may stand below the marks of many relays.
const HEADER_BYTES: u64 = 16 << 10;

/// The format of a document that is no plain text, where its bytes tell.
pub(super) fn binary(document: &Document) -> Result<Option<Format>, Rejection> {
    let mut head = Vec::new();
    document
        .reader()?
        .take(HEADER_BYTES)
        .read_to_end(&mut head)?;
    let short = &head[..head.len().min(HEAD_BYTES as usize)];
    Ok(by_magic(short).or_else(|| mail::format_of(&head, &document.extension())))
}

/// Whether a file that begins so is a bundle that can be read piece by piece, however large it is.
#[must_use]
pub fn is_bundle(head: &[u8]) -> bool {
    by_magic(head).is_some_and(Format::is_bundle)
}

/// The format that the first bytes tell by themselves.
pub(super) fn by_magic(head: &[u8]) -> Option<Format> {
    const MAGIC: [(usize, &[u8], Format); 12] = [
        (257, b"ustar", Format::Tar),
        (0, b"PK\x03\x04", Format::Zip),
        (0, b"PK\x05\x06", Format::Zip),
        (0, b"\x1f\x8b\x08", Format::Gzip),
        (0, b"\x28\xb5\x2f\xfd", Format::Zstd),
        (0, b"BZh", Format::Bzip2),
        (0, b"\xfd7zXZ\0", Format::Xz),
        (0, b"WARC/0.", Format::Warc),
        (0, b"WARC/1.", Format::Warc),
        (0, b"%PDF-", Format::Pdf),
        (0, b"{\\rtf", Format::Rtf),
        (0, b"\xef\xbb\xbf%PDF-", Format::Pdf),
    ];
    let is_at = |(at, magic, _): &&(usize, &[u8], Format)| {
        head.get(*at..).is_some_and(|rest| rest.starts_with(magic))
    };
    let told = MAGIC.iter().find(is_at).map(|(_, _, format)| *format);
    told.or_else(|| mail::is_mbox(head).then_some(Format::Mbox))
}

/// The format of a text.
pub(super) fn text(text: &str, extension: &str) -> Format {
    let head: String = text
        .trim_start()
        .chars()
        .take(2_000)
        .collect::<String>()
        .to_lowercase();
    let is_html = head.starts_with("<!doctype html")
        || head.starts_with('<')
            && ["<html", "<head", "<body", "<article", "<meta"]
                .iter()
                .any(|tag| head.contains(tag));
    let has_front_matter =
        (head.starts_with("---\n") || head.starts_with("+++\n")) && head.contains("title");
    match extension {
        _ if is_html => Format::Html,
        "html" | "htm" | "xhtml" if head.contains('<') => Format::Html,
        "md" | "markdown" | "mdown" => Format::Markdown,
        _ if has_front_matter => Format::Markdown,
        _ => Format::Text,
    }
}
