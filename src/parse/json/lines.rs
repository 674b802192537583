//! NDJSON, also called JSON Lines: one object a line, read line by line, so that a file may be larger than memory.

use std::io::{self, BufRead, Read};

use super::super::collector::ParseError;
use super::super::{Collector, decode};
use super::{NOTHING, Place, Walk, value};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// A line is read up to this size.
const MAX_LINE_BYTES: u64 = 16 << 20;

pub(in super::super) fn read(
    mut reader: impl BufRead,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let limit = MAX_LINE_BYTES.min(collector.options().limits.member);
    let mut walk = Walk::new(document, collector, Format::Ndjson);
    let mut line = Vec::new();
    for n_lines in 1_u64.. {
        let name = format!("line {n_lines}");
        line.clear();
        let mut bounded = reader.by_ref().take(limit + 1);
        if bounded
            .read_until(b'\n', &mut line)
            .map_err(Rejection::from)?
            == 0
        {
            break;
        }
        if line.len() as u64 > limit && line.last() != Some(&b'\n') {
            skip_line(&mut reader).map_err(Rejection::from)?;
            let message = format!("a line has more than {limit} bytes");
            walk.batch.add(&name, Err(damaged(message)))?;
            continue;
        }
        if line
            .iter()
            .all(|byte| byte.is_ascii_whitespace() || b"[],".contains(byte))
        {
            continue;
        }
        let text = decode::decode(&line);
        let text = text.as_ref().map(|text| text.trim().trim_end_matches(','));
        match text.map_err(Clone::clone).and_then(value) {
            Ok(value) => walk.value(&name, &value, 0, Place::Item)?,
            Err(rejection) => walk.batch.add(&name, Err(rejection))?,
        }
    }
    walk.batch.finish(NOTHING)
}

fn damaged(message: String) -> Rejection {
    Rejection::Damaged {
        format: Format::Ndjson,
        message,
    }
}

/// Passes over the rest of a line without keeping it.
fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let bytes = reader.fill_buf()?;
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let (n_bytes, is_done) = (
            end.map_or(bytes.len(), |end| end + 1),
            end.is_some() || bytes.is_empty(),
        );
        reader.consume(n_bytes);
        if is_done {
            return Ok(());
        }
    }
}
