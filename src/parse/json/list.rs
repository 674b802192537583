//! A JSON list that is larger than memory: read element by element from disk.

use std::io::{self, BufRead};

use super::super::collector::ParseError;
use super::super::{Collector, decode};
use super::{NOTHING, Place, Strings, Walk, damaged, value};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// An element is read up to this size.
const MAX_ELEMENT_BYTES: usize = 16 << 20;

/// Whether a file that begins so is a list of objects.
pub(in super::super) fn is_one(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let rest = head.trim_ascii_start().strip_prefix(b"[");
    rest.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"))
}

pub(in super::super) fn read(
    mut reader: impl BufRead,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mut walk = Walk::new(document, collector, Format::Json);
    let mut element = Vec::new();
    for n_items in 1_u64.. {
        let name = format!("item {n_items}");
        let read = next(&mut reader, &mut element).map_err(Rejection::from)?;
        let result = match read {
            Next::End => break,
            Next::BrokenOff => {
                let message = "it breaks off before its end; nothing after it was read";
                walk.batch.add(&name, Err(damaged(message.into())))?;
                break;
            }
            Next::TooLong => Err(damaged(format!(
                "it has more than {MAX_ELEMENT_BYTES} bytes"
            ))),
            Next::Element => decode::decode(&element).and_then(|text| value(text.trim())),
        };
        match result {
            Ok(value) => walk.value(&name, &value, 0, Place::Item)?,
            Err(rejection) => walk.batch.add(&name, Err(rejection))?,
        }
    }
    walk.batch.finish(NOTHING)
}

/// What came next of a list.
enum Next {
    Element,
    /// One that was passed over.
    TooLong,
    End,
    BrokenOff,
}

/// Reads the next element, up to the comma or bracket behind it; the list's own bracket comes before the first.
fn next(reader: &mut impl BufRead, element: &mut Vec<u8>) -> io::Result<Next> {
    element.clear();
    let (mut depth, mut n_bytes) = (0_usize, 0_usize);
    let mut strings = Strings::default();
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            let is_rest = element.iter().all(u8::is_ascii_whitespace);
            return Ok(if is_rest { Next::End } else { Next::BrokenOff });
        }
        let mut end = None;
        for (n, byte) in bytes.iter().enumerate() {
            if !strings.are_left(*byte) {
                continue;
            }
            match byte {
                b'{' => depth += 1,
                // The bracket of the list itself opens nothing.
                b'[' if depth > 0 => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                b']' if depth > 0 => depth -= 1,
                b',' | b']' if depth == 0 => {
                    end = Some((n, *byte));
                    break;
                }
                _ => {}
            }
        }
        let length = end.map_or(bytes.len(), |(n, _)| n);
        n_bytes += length;
        if n_bytes <= MAX_ELEMENT_BYTES {
            element.extend_from_slice(&bytes[..length]);
        }
        reader.consume(end.map_or(length, |(n, _)| n + 1));
        let Some((_, mark)) = end else { continue };
        let is_blank = element
            .iter()
            .all(|byte| byte.is_ascii_whitespace() || b"[\xef\xbb\xbf".contains(byte));
        match mark {
            _ if n_bytes > MAX_ELEMENT_BYTES => return Ok(Next::TooLong),
            b']' if is_blank => return Ok(Next::End),
            _ if is_blank => element.clear(),
            _ => {
                // The list's bracket stands before its first element.
                if let Some(start) = element.iter().position(|byte| *byte == b'{') {
                    element.drain(..start);
                }
                return Ok(Next::Element);
            }
        }
    }
}
