//! Which format a document has: by its first bytes, then by how its text begins, then by its extension.

use std::io::Read;

use serde::de::IgnoredAny;

use super::{json, mail, newsml, reuters, wire, xml};
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
    by_magic(head).is_some_and(Format::is_bundle) || is_lines(head) || json::is_list(head)
}

/// Whether reading a file that begins so may take long, however small it is.
#[must_use]
pub fn is_heavy(head: &[u8]) -> bool {
    by_magic(head).is_some() || is_lines(head)
}

/// Whether what begins so is one JSON object a line: the first line is one, or is longer than `head` and begins like one that no
/// program has broken into lines.
pub(super) fn is_lines(head: &[u8]) -> bool {
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    let Some(end) = head.iter().position(|byte| *byte == b'\n') else {
        return head.len() >= HEAD_BYTES as usize / 2
            && (head.starts_with(b"{\"") || head.starts_with(b"{ \""));
    };
    let (line, rest) = head.split_at(end);
    line.starts_with(b"{")
        && serde_json::from_slice::<IgnoredAny>(line).is_ok()
        && rest
            .trim_ascii_start()
            .first()
            .is_none_or(|byte| *byte == b'{')
}

/// The format that the first bytes tell by themselves.
pub(super) fn by_magic(head: &[u8]) -> Option<Format> {
    const MAGIC: [(usize, &[u8], Format); 13] = [
        (257, b"ustar", Format::Tar),
        (0, b"PK\x03\x04", Format::Zip),
        (0, b"PK\x05\x06", Format::Zip),
        (0, b"\x1f\x8b\x08", Format::Gzip),
        (0, b"\x28\xb5\x2f\xfd", Format::Zstd),
        (0, b"BZh", Format::Bzip2),
        (0, b"\xfd7zXZ\0", Format::Xz),
        (0, b"WARC/0.", Format::Warc),
        (0, b"WARC/1.", Format::Warc),
        (0, b"filedesc://", Format::Warc),
        (0, b"%PDF-", Format::Pdf),
        (0, b"{\\rtf", Format::Rtf),
        (0, b"\xef\xbb\xbf%PDF-", Format::Pdf),
    ];
    let is_at = |(at, magic, _): &&(usize, &[u8], Format)| {
        head.get(*at..).is_some_and(|rest| rest.starts_with(magic))
    };
    let told = MAGIC.iter().find(is_at).map(|(_, _, format)| *format);
    told.or_else(|| mail::is_mbox(head).then_some(Format::Mbox))
        .or_else(|| wire::is_one(head).then_some(Format::Wire))
}

/// The format of a text that is XML, SGML or JSON.
pub(super) fn structured(text: &str, extension: &str) -> Result<Option<Format>, Rejection> {
    let text = text.trim_start();
    match text.as_bytes() {
        [b'<', ..] => markup(text, extension),
        // Front matter may be JSON too.
        [b'{', ..] if matches!(extension, "md" | "markdown" | "mdown") => Ok(None),
        [b'{' | b'[', ..] => Ok(json(text, extension)),
        _ => Ok(None),
    }
}

fn json(text: &str, extension: &str) -> Option<Format> {
    let next = text[1..].trim_start().chars().next();
    let is_json = match text.as_bytes()[0] {
        b'{' => matches!(next, Some('"' | '}')),
        // A text may begin with a bracket: "[Update] The pier is shut".
        _ => matches!(next, Some('{' | '[' | ']')),
    };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_whole =
        |line: &str| line.starts_with('{') && serde_json::from_str::<IgnoredAny>(line).is_ok();
    let (first, second) = (
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
    );
    let is_lines = first.starts_with('{') && is_whole(second)
        || is_whole(first.trim_end_matches(',')) && second.starts_with('{');
    let says_lines = matches!(extension, "ndjson" | "jsonl" | "jsonlines" | "ldjson");
    match () {
        () if is_json && (is_lines || says_lines && text.starts_with('{')) => Some(Format::Ndjson),
        () if is_json || says_lines || extension == "json" => Some(Format::Json),
        () => None,
    }
}

fn markup(text: &str, extension: &str) -> Result<Option<Format>, Rejection> {
    let head = text[..text.floor_char_boundary(2_000)].to_lowercase();
    if reuters::is_one(&head) {
        return Ok(Some(Format::Sgml));
    }
    let is_xml = head.starts_with("<?xml")
        || head.starts_with("<!doctype") && !head.contains("html")
        || extension == "xml";
    let Some(root) = xml::root_name(text) else {
        let rejection = Rejection::Lacks("it is XML without a root element".into());
        return if is_xml && !is_html(&head) {
            Err(rejection)
        } else {
            Ok(None)
        };
    };
    Ok(Some(match root.as_str() {
        "rss" | "RDF" | "channel" => Format::Rss,
        "feed" | "entry" => Format::Atom,
        "nitf" => Format::Nitf,
        root if newsml::is_root(root) => Format::NewsMl,
        root if root.eq_ignore_ascii_case("html") => return Ok(None),
        // A declaration of XML stands above many a page.
        _ if has_tag(&head, "html") => return Ok(None),
        root if is_xml || is_record_of_xml(root, &head) => Format::Xml,
        _ => return Ok(None),
    }))
}

fn is_html(head: &str) -> bool {
    head.starts_with("<!doctype html")
        || head.starts_with('<')
            && ["html", "head", "body", "article", "meta"]
                .iter()
                .any(|tag| has_tag(head, tag))
}

/// Whether an element of that name begins in a text in lower case: `<head>` or `<head class=…>`, not `<headline>`.
fn has_tag(head: &str, name: &str) -> bool {
    let tag = format!("<{name}");
    head.match_indices(&tag).any(|(at, tag)| {
        let next = head[at + tag.len()..].chars().next();
        next.is_none_or(|c| c.is_whitespace() || matches!(c, '>' | '/'))
    })
}

/// Whether markup without a declaration is XML: its root is no element of HTML, and it names a headline or a text.
fn is_record_of_xml(root: &str, head: &str) -> bool {
    let is_of_html = HTML.contains(&root.to_lowercase().as_str());
    let has_names = [
        "headline", "body", "text", "content", "newsitem", "story", "hl1",
    ]
    .iter()
    .any(|name| has_tag(head, name));
    !is_of_html && has_names
}

/// Elements with which a piece of a page may begin.
const HTML: [&str; 34] = [
    "html",
    "head",
    "body",
    "article",
    "section",
    "main",
    "header",
    "footer",
    "div",
    "p",
    "span",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "blockquote",
    "figure",
    "img",
    "br",
    "center",
    "font",
    "title",
    "pre",
];

/// The format of any other text.
pub(super) fn text(text: &str, extension: &str) -> Format {
    let head: String = text
        .trim_start()
        .chars()
        .take(2_000)
        .collect::<String>()
        .to_lowercase();
    let has_front_matter =
        (head.starts_with("---\n") || head.starts_with("+++\n")) && head.contains("title");
    match extension {
        _ if is_html(&head) => Format::Html,
        "html" | "htm" | "xhtml" if head.contains('<') => Format::Html,
        "md" | "markdown" | "mdown" => Format::Markdown,
        _ if has_front_matter => Format::Markdown,
        _ => Format::Text,
    }
}
