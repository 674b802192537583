//! Reads one file whole, bounded, without being fooled: no links, no pipes, no file that changes meanwhile.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek};
use std::path::Path;

use crate::domain::document::{Document, Limits, is_passing};
use crate::domain::identity::Identity;
use crate::domain::ledger::Rejection;

/// Enough to tell a bundle by.
const HEAD_BYTES: u64 = 1_024;

/// A path in print: bytes that are not UTF-8 as `\xNN`.
#[must_use]
pub fn printable(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.extend(["\\x".to_owned(), format!("{byte:02x}")]);
        }
    }
    text
}

/// Why a file gave no document.
#[derive(Debug)]
pub enum Unread {
    /// It vanished, or changed while it was read: the next look knows more.
    Changed,
    /// The system failed in a way that passes: it is tried again.
    Passing(io::Error),
    /// It is no good as it is.
    Rejected(Rejection, Option<Identity>),
}

impl Unread {
    fn of(error: io::Error, identity: Option<Identity>) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Changed,
            _ if is_passing(&error) => Self::Passing(error),
            _ => Self::Rejected(error.into(), identity),
        }
    }
}

/// The size of a file and its first bytes, by which one that takes long is told; nothing of one that cannot be read.
#[must_use]
pub fn head(path: &Path) -> (u64, Vec<u8>) {
    let read = || -> io::Result<(u64, Vec<u8>)> {
        let metadata = fs::symlink_metadata(path)?;
        let mut head = Vec::new();
        if metadata.is_file() {
            open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
        }
        Ok((metadata.len(), head))
    };
    read().unwrap_or_default()
}

/// The file's document under the name `name`. A file too large for memory stays on disk if `is_bundle` says of its first bytes
/// that it can be read piece by piece.
pub fn read(
    path: &Path,
    name: String,
    limits: Limits,
    is_bundle: fn(&[u8]) -> bool,
) -> Result<Document, Unread> {
    let metadata = fs::symlink_metadata(path).map_err(|error| Unread::of(error, None))?;
    let identity = Identity::of(&metadata);
    if !metadata.is_file() {
        let rejection = Rejection::Unreadable("it is not a plain file".into());
        return Err(Unread::Rejected(rejection, Some(identity)));
    }
    let read = || -> io::Result<Result<Document, Unread>> {
        let mut file = open(path)?;
        // Another file may have taken the name since it was looked at.
        let identity = Identity::of(&file.metadata()?);
        let mut document = if identity.size <= limits.member {
            let mut bytes = Vec::with_capacity(identity.size as usize);
            (&file).take(limits.member + 1).read_to_end(&mut bytes)?;
            Document::new(name, bytes)
        } else {
            let mut head = Vec::new();
            (&file).take(HEAD_BYTES).read_to_end(&mut head)?;
            let limit = if is_bundle(&head) {
                limits.bundle
            } else {
                limits.member
            };
            let size = identity.size;
            if size > limit {
                let rejection = Rejection::TooLarge { size, limit };
                return Ok(Err(Unread::Rejected(rejection, Some(identity))));
            }
            file.rewind()?;
            Document::on_disk(name, file.try_clone()?)?
        };
        document.identity = Some(identity);
        let after = Identity::of(&file.metadata()?);
        if after.has_content_of(&identity) && document.size == identity.size {
            Ok(Ok(document))
        } else {
            Ok(Err(Unread::Changed))
        }
    };
    read().map_err(|error| Unread::of(error, Some(identity)))?
}

/// Opens a plain file; a pipe or link that took its name meanwhile neither blocks nor leads elsewhere.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits() as i32);
    }
    options.open(path)
}
