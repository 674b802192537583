//! What a server sent, taken out of its wrapping: chunks, compression, character set.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use super::record::{fields, value};
use crate::domain::ledger::Rejection;
use crate::parse::xml;
use crate::text::decode;

/// Types that hold something to read; beginnings.
const READABLE: [&str; 4] = [
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/pdf",
];

/// Types that may hold a feed; what else they hold are site maps and data, which nobody misses.
const OF_FEEDS: [&str; 8] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
    "text/rss+xml",
];

/// A page as it would be saved: unpacked, and text as UTF-8.
pub(super) struct Page {
    pub(super) body: Vec<u8>,
}

impl Page {
    /// Reads a response: status line, headers, body; none unless it is a page that was found. A header that lies about the
    /// wrapping is passed over: crawlers unwrap bodies and leave the headers.
    pub(super) fn read(
        content: &mut impl BufRead,
        size: u64,
        limit: u64,
    ) -> Result<Option<Self>, Rejection> {
        let mut status = String::new();
        content.take(1 << 10).read_line(&mut status).ok();
        if status.split(' ').nth(1).map(str::trim) != Some("200") {
            return Ok(None);
        }
        let Ok(headers) = fields(&mut content.take(1 << 20)) else {
            return Ok(None);
        };
        let kind = value(&headers, "content-type").to_lowercase();
        if !kind.is_empty() && !is_readable(&kind) {
            return Ok(None);
        }
        let mut body = bounded(content, size, limit)?;
        if value(&headers, "transfer-encoding").eq_ignore_ascii_case("chunked") {
            body = unchunked(&body).unwrap_or(body);
        }
        // Stated in the order in which they were put on.
        for packing in value(&headers, "content-encoding").rsplit(',') {
            body = unpacked(packing.trim(), body, limit)?;
        }
        Ok(Some(Self {
            body: utf8(body, &kind),
        })
        .filter(|page| !kind.is_empty() || page.looks_like_html())
        .filter(|page| !may_be_feed(&kind) || page.is_feed()))
    }

    /// Reads a resource that was no response: its record states its type.
    pub(super) fn resource(
        kind: &str,
        content: &mut impl BufRead,
        size: u64,
        limit: u64,
    ) -> Result<Option<Self>, Rejection> {
        let kind = kind.to_lowercase();
        if !is_readable(&kind) {
            return Ok(None);
        }
        let body = utf8(bounded(content, size, limit)?, &kind);
        Ok(Some(Self { body }).filter(|page| !may_be_feed(&kind) || page.is_feed()))
    }

    fn is_feed(&self) -> bool {
        let head = String::from_utf8_lossy(&self.body[..self.body.len().min(4_000)]);
        let is_feed = |root: String| matches!(root.as_str(), "rss" | "RDF" | "feed" | "entry");
        if head
            .trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
            .starts_with('<')
        {
            return xml::root_name(&head).is_some_and(is_feed);
        }
        head.contains("jsonfeed.org/version")
    }

    fn looks_like_html(&self) -> bool {
        let head = &self.body[..self.body.len().min(1_000)];
        String::from_utf8_lossy(head)
            .to_lowercase()
            .contains("<html")
    }
}

fn is_readable(kind: &str) -> bool {
    may_be_feed(kind) || READABLE.iter().any(|readable| kind.starts_with(readable))
}

fn may_be_feed(kind: &str) -> bool {
    OF_FEEDS.iter().any(|feed| kind.starts_with(feed))
}

fn bounded(content: &mut impl Read, size: u64, limit: u64) -> Result<Vec<u8>, Rejection> {
    if size > limit {
        return Err(Rejection::TooLarge { size, limit });
    }
    let mut body = Vec::new();
    content
        .read_to_end(&mut body)
        .map_err(|error| Rejection::BrokenMember(error.to_string()))?;
    Ok(body)
}

/// The chunks of a body, joined; none if it is not in chunks. One that breaks off keeps what came.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    memchr::memchr(b'\n', body)?;
    while let Some(end) = memchr::memchr(b'\n', body) {
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let size = line.split(';').next().unwrap_or(line).trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            break;
        }
        body = &body[end + 1..];
        let chunk = &body[..size.min(body.len())];
        joined.extend_from_slice(chunk);
        body = &body[chunk.len()..];
        body = body
            .strip_prefix(b"\r\n")
            .or(body.strip_prefix(b"\n"))
            .unwrap_or(body);
    }
    Some(joined)
}

fn unpacked(packing: &str, body: Vec<u8>, limit: u64) -> Result<Vec<u8>, Rejection> {
    let packed = body.as_slice();
    // Not packed at all, whatever the header says; nor would every decoder notice.
    let is_text = std::str::from_utf8(packed).is_ok();
    if is_text && packed.trim_ascii_start().starts_with(b"<") {
        return Ok(body);
    }
    let mut page = Vec::new();
    let mut read = |reader: &mut dyn Read| -> io::Result<usize> {
        reader.take(limit + 1).read_to_end(&mut page)
    };
    let result = match packing.to_lowercase().as_str() {
        "gzip" | "x-gzip" if packed.starts_with(b"\x1f\x8b") => {
            read(&mut flate2::read::MultiGzDecoder::new(packed))
        }
        // By the book a zlib stream; some servers leave its head off.
        "deflate" if packed.first().is_some_and(|byte| byte & 0x0f == 8) => {
            read(&mut flate2::read::ZlibDecoder::new(packed))
        }
        "deflate" => read(&mut flate2::read::DeflateDecoder::new(packed)),
        "br" => read(&mut brotli_decompressor::Decompressor::new(packed, 1 << 16)),
        "zstd" if packed.starts_with(b"\x28\xb5\x2f\xfd") => {
            match ruzstd::decoding::StreamingDecoder::new(packed) {
                Ok(mut decoder) => read(&mut decoder),
                Err(error) => Err(io::Error::other(error)),
            }
        }
        _ => return Ok(body),
    };
    let size = page.len() as u64;
    match result {
        _ if size > limit => Err(Rejection::TooLarge { size, limit }),
        Ok(_) => Ok(page),
        Err(error) => Err(Rejection::BrokenMember(error.to_string())),
    }
}

/// What the header says of the character set goes before what the page says of itself.
fn utf8(body: Vec<u8>, kind: &str) -> Vec<u8> {
    let stated = kind.split_once("charset=").map(|(_, label)| label);
    if stated.is_none() || kind.starts_with("application/pdf") {
        return body;
    }
    match decode::decode(&body, stated) {
        Cow::Owned(text) => text.into_bytes(),
        Cow::Borrowed(_) => body,
    }
}
