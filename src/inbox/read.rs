//! Reads one file whole, bounded, without being fooled: no links, no pipes, no file that changes meanwhile.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::Path;

use crate::domain::document::{Document, Limits};
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

/// The file's document under the name `name`; none if it vanished or changed while it was read. A file too large for memory
/// stays on disk if `is_bundle` says of its first bytes that it can be read piece by piece.
pub fn read(
    path: &Path,
    name: String,
    limits: Limits,
    is_bundle: fn(&[u8]) -> bool,
) -> Result<Option<Document>, Rejection> {
    let Ok(before) = fs::symlink_metadata(path) else {
        return Ok(None);
    };
    if !before.is_file() {
        return Err(Rejection::Unreadable("it is not a plain file".into()));
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let document = if before.len() <= limits.member {
        let mut bytes = Vec::with_capacity(before.len() as usize);
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
        if before.len() > limit {
            let size = before.len();
            return Err(Rejection::TooLarge { size, limit });
        }
        file.rewind()?;
        Document::on_disk(name, file.try_clone()?)?
    };
    let after = file.metadata()?;
    let is_same = after.len() == document.size && after.modified().ok() == before.modified().ok();
    Ok(is_same.then_some(document))
}
