//! Tar archives: every plain file in one is a document of its own.

use std::io::{self, Read};

use super::{Collector, ParseError};
use crate::domain::article::Format;
use crate::domain::ledger::Rejection;

pub(super) fn read(reader: impl Read, collector: &mut Collector<'_>) -> Result<(), ParseError> {
    let damaged = |error: io::Error| Rejection::Damaged {
        format: Format::Tar,
        message: error.to_string(),
    };
    let mut archive = tar::Archive::new(reader);
    for entry in archive.entries().map_err(damaged)? {
        let mut entry = entry.map_err(damaged)?;
        if entry.header().entry_type().is_file() {
            // The path names the member and is never opened, so it cannot lead out of the bundle.
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            collector.member(&path, &mut entry, &mut |_| {})?;
        }
    }
    Ok(())
}
