//! Reads one file whole, bounded, without being fooled: no links, no pipes, no file that changes meanwhile.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

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

/// The file's document under the name `name`; none if it vanished or changed while it was read.
pub fn read(path: &Path, name: String, max_bytes: u64) -> Result<Option<Document>, Rejection> {
    let unreadable = |error: std::io::Error| Rejection::Unreadable(error.to_string());
    let Ok(before) = fs::symlink_metadata(path) else {
        return Ok(None);
    };
    if !before.is_file() {
        return Err(Rejection::Unreadable("it is not a plain file".into()));
    }
    if before.len() > max_bytes {
        return Err(Rejection::TooLarge {
            size: before.len(),
            limit: max_bytes,
        });
    }
    let mut bytes = Vec::with_capacity(before.len() as usize);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    (&file)
        .take(max_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let after = file.metadata().map_err(unreadable)?;
    let is_same =
        after.len() == bytes.len() as u64 && after.modified().ok() == before.modified().ok();
    Ok(is_same.then(|| Document::new(name, bytes)))
}
