//! Which format a document has: by its first bytes, then by how its text begins, then by its extension.

use std::io::Read;

use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// So many bytes tell the format: a tar header is the longest.
const HEAD_BYTES: u64 = 1_024;

/// The format of a document that is no text, where its bytes tell.
pub(super) fn binary(document: &Document) -> Result<Option<Format>, Rejection> {
    let mut head = Vec::new();
    document.reader()?.take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(by_magic(&head))
}

/// Whether a file that begins so is a bundle that can be read piece by piece, however large it is.
#[must_use]
pub fn is_bundle(head: &[u8]) -> bool {
    by_magic(head).is_some_and(|format| matches!(format, Format::Tar))
}

fn by_magic(head: &[u8]) -> Option<Format> {
    let at = |offset: usize, magic: &[u8]| {
        head.get(offset..)
            .is_some_and(|rest| rest.starts_with(magic))
    };
    at(257, b"ustar").then_some(Format::Tar)
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
