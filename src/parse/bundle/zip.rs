//! Zip archives: every file in one is a document of its own, unless the whole is one: a book or an office document.

use std::borrow::Cow;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};
use zip::result::ZipError;

use super::{Bounded, methods};
use crate::domain::article::Format;
use crate::domain::document::{Document, ReadSeek};
use crate::domain::ledger::Rejection;
use crate::parse::{Collector, ParseError, office};

/// The list of members stands in memory, some 300 bytes for each; a longer one is no reporter's.
const MAX_MEMBERS: u64 = 500_000;

pub(super) fn read<'a>(
    reader: Box<dyn ReadSeek + 'a>,
    document: &'a Document,
    collector: &mut Collector<'_>,
) -> Result<Format, ParseError> {
    let mut reader = BufReader::new(reader);
    if n_members(&mut reader).map_err(Rejection::from)? > MAX_MEMBERS {
        return Err(Rejection::TooManyMembers(MAX_MEMBERS).into());
    }
    let archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        // Without its list, which stands at the end, it was cut off: what is whole before that can still be read.
        Err(error) => {
            salvage(document, collector)?;
            return Err(rejection(&error).into());
        }
    };
    let mut package = Package { archive };
    // Archives made to fill a disk have one piece of data for many members.
    if matches!(package.archive.has_overlapping_files(), Ok(true)) {
        return Err(damaged("its members overlap").into());
    }
    if let Some(format) = office::format_of(&mut package)? {
        office::read(format, &mut package, document, collector)?;
        return Ok(format);
    }
    let is_wacz = is_wacz(&package.archive);
    let is_meant = |name: &str| !is_wacz || name.starts_with(WACZ_PAGES);
    members(&mut package.archive, is_meant, collector)?;
    if package.archive.has_duplicate_names() {
        let message = "of several members of one name only the last was read".to_owned();
        collector.failure("members of one name", Rejection::BrokenMember(message))?;
    }
    Ok(Format::Zip)
}

/// The folder of a WACZ package that holds its web archives; its indexes, logs and lists of pages say again what is in them.
const WACZ_PAGES: &str = "archive/";

/// Whether it packs web archives with their indexes (WACZ).
fn is_wacz<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    archive.index_for_name("datapackage.json").is_some()
        && archive.file_names().flatten().any(|name| {
            name.starts_with(WACZ_PAGES) && (name.contains(".warc") || name.contains(".arc"))
        })
}

/// How many members the archive says that it has, read before the library makes room for them; 0 where it does not say.
fn n_members(reader: &mut (impl Read + Seek)) -> io::Result<u64> {
    /// The record at the end of the file, behind which a comment of 64 KiB may stand.
    const END: (&[u8], usize) = (b"PK\x05\x06", 22);
    /// Its larger form, for more members than 65,534.
    const END_64: (&[u8], usize) = (b"PK\x06\x06", 56);
    let size = reader.seek(SeekFrom::End(0))?;
    let n_tail = size.min((END.1 + END_64.1 + 20 + (1 << 16)) as u64);
    reader.seek(SeekFrom::Start(size - n_tail))?;
    let mut tail = Vec::new();
    reader.take(n_tail).read_to_end(&mut tail)?;
    reader.rewind()?;
    let found = |(magic, length): (&[u8], usize)| {
        let at = memchr::memmem::rfind(&tail, magic)?;
        tail.get(at..at + length)
    };
    let large = found(END_64)
        .and_then(|end| end[32..40].try_into().ok())
        .map(u64::from_le_bytes);
    let small = found(END)
        .and_then(|end| end[10..12].try_into().ok())
        .map(u16::from_le_bytes);
    Ok(large.unwrap_or(0).max(small.unwrap_or(0).into()))
}

fn members<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    is_meant: impl Fn(&str) -> bool,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    for index in 0..archive.len() {
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("member {}", index + 1),
        };
        if !is_meant(&name) {
            continue;
        }
        if let Ok(file) = archive.by_index_raw(index)
            && !file.encrypted()
            && let (method, size, checksum) = (file.compression(), file.size(), file.crc32())
            && let Some(reader) = methods::reader(method, BufReader::new(file), size, checksum)
        {
            match reader {
                Ok(mut reader) => collector.member(&name, &mut reader, None)?,
                Err(error) => {
                    collector.failure(&name, Rejection::BrokenMember(error.to_string()))?;
                }
            }
            continue;
        }
        match archive.by_index(index) {
            Ok(mut file) => member(&name, &mut file, collector)?,
            Err(error) => collector.failure(&name, rejection(&error))?,
        }
    }
    Ok(())
}

fn member<R: Read>(
    name: &str,
    file: &mut ZipFile<'_, R>,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    if file.is_dir() || file.is_symlink() {
        return Ok(());
    }
    // The path names the member and is never opened, so it cannot lead out of the bundle.
    collector.member(name, file, None)
}

/// Reads from front to back what an archive without its list holds; ends at the first member that is not whole.
fn salvage(document: &Document, collector: &mut Collector<'_>) -> Result<(), ParseError> {
    let reader = document.reader().map_err(Rejection::from)?;
    let mut reader = BufReader::new(Bounded::new(reader, collector.limit()));
    while let Ok(Some(mut file)) = read_zipfile_from_stream(&mut reader) {
        let name = file.name().map_or("?".into(), Cow::into_owned);
        member(&name, &mut file, collector)?;
    }
    Ok(())
}

/// A zip lists at its end what is in it.
const CUT_OFF: &str = "its end is missing; perhaps it was not copied whole";

fn rejection(error: &ZipError) -> Rejection {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Rejection::Locked,
        ZipError::CompressionMethodNotSupported(method) => Rejection::BrokenMember(format!(
            "its way of packing (method {method}) is not known here"
        )),
        ZipError::UnsupportedArchive(reason) => Rejection::BrokenMember((*reason).to_owned()),
        _ => match error.to_string() {
            // The end of central directory, as the library has it.
            reason if reason.contains("EOCD") => damaged(CUT_OFF),
            reason => damaged(&reason),
        },
    }
}

fn damaged(message: &str) -> Rejection {
    Rejection::Damaged {
        format: Format::Zip,
        message: message.to_owned(),
    }
}

/// A zip archive that is one work in many parts, found by their names.
pub(in crate::parse) struct Package<'a> {
    archive: ZipArchive<BufReader<Box<dyn ReadSeek + 'a>>>,
}

impl Package<'_> {
    pub(in crate::parse) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The names of all parts.
    pub(in crate::parse) fn names(&self) -> Vec<String> {
        let names = self.archive.file_names().filter_map(Result::ok);
        names.map(Cow::into_owned).collect()
    }

    /// A part, unpacked; none if there is none of that name.
    pub(in crate::parse) fn part(
        &mut self,
        name: &str,
        collector: &mut Collector<'_>,
    ) -> Result<Option<Vec<u8>>, Rejection> {
        let limit = collector.options().limits.member;
        let bytes = self.head(name, limit + 1)?;
        let size = bytes.as_ref().map_or(0, Vec::len) as u64;
        collector.count(size)?;
        if size > limit {
            return Err(Rejection::TooLarge { size, limit });
        }
        Ok(bytes)
    }

    /// The first bytes of a part.
    pub(in crate::parse) fn head(
        &mut self,
        name: &str,
        n_bytes: u64,
    ) -> Result<Option<Vec<u8>>, Rejection> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(rejection(&error)),
        };
        let mut bytes = Vec::new();
        file.take(n_bytes)
            .read_to_end(&mut bytes)
            .map_err(|error| Rejection::BrokenMember(format!("{name}: {error}")))?;
        Ok(Some(bytes))
    }
}
