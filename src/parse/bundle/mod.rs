//! Files that hold other files: zip, tar, and what gzip, zstd, bzip2 or xz packed. All are read piece by piece.

mod bounded;
mod methods;
mod packed;
mod passed_over;
mod tar;
mod zip;

use std::io::Read;

use super::{Collector, ParseError, mail, warc};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

pub(super) use bounded::{Bounded, Exact, passed, rejection};
pub(super) use passed_over::is_passed_over;
pub(super) use zip::Package;

/// Reads a bundle; a zip archive may turn out to be a book or an office document.
pub(super) fn read(
    format: Format,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<Format, ParseError> {
    let reader = document.reader().map_err(Rejection::from)?;
    if format == Format::Zip {
        return zip::read(reader, document, collector);
    }
    let packed = matches!(
        format,
        Format::Gzip | Format::Zstd | Format::Bzip2 | Format::Xz
    );
    if packed {
        packed::read(format, reader, document, collector)?;
    } else {
        stream(format, reader, collector)?;
    }
    Ok(format)
}

/// Whether a format can be read from front to back, without seeking: then it may come out of another as a stream.
fn is_streamed(format: Format) -> bool {
    matches!(format, Format::Tar | Format::Warc | Format::Mbox)
}

fn stream(
    format: Format,
    reader: impl Read,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    match format {
        Format::Tar => tar::read(reader, collector),
        Format::Warc => warc::read(reader, collector),
        Format::Mbox => mail::mbox::read(reader, collector),
        _ => Err(Rejection::NoArticle(format).into()),
    }
}

#[cfg(test)]
mod tests;
