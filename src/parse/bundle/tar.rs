//! Tar archives: every plain file in one is a document of its own.

use std::io::Read;

use super::{Exact, rejection};
use crate::domain::article::Format;
use crate::parse::{Collector, ParseError};

pub(super) fn read(reader: impl Read, collector: &mut Collector<'_>) -> Result<(), ParseError> {
    let damaged = |error: std::io::Error| rejection(&error, Format::Tar);
    let mut archive = tar::Archive::new(reader);
    for entry in archive.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        if entry.header().entry_type().is_file() {
            // The path names the member and is never opened, so it cannot lead out of the bundle.
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let size = entry.size();
            collector.member(&path, &mut Exact::new(entry, size), None)?;
        }
    }
    Ok(())
}
