//! The note beside a failed file, which says why it failed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::filing::with_ending;

/// The last line of every note, by which it is known.
const MARK: &str =
    "This note is by microfiche; it is no article, and needs not be kept with the file.";

/// What the name of a note ends with.
const ENDING: &str = ".why.txt";

/// No note of ours is longer.
const MAX_BYTES: u64 = 64 << 10;

/// The note beside a failed file.
#[must_use]
pub fn note_of(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default();
    with_ending(file, name, ENDING.as_ref())
}

/// Writes beside a failed file why it failed; what stands there and is no note of ours is not touched.
pub fn write_note(file: &Path, reason: &str) -> io::Result<()> {
    let note = note_of(file);
    let mut options = OpenOptions::new();
    let mut opened = match options.write(true).create_new(true).open(&note) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && is_note(&note) => {
            File::create(&note)
        }
        result => result,
    }?;
    write!(opened, "{reason}\n\n{MARK}\n").inspect_err(|_| {
        // Without its last line it would not be known as ours, and never be written again.
        let _ = fs::remove_file(&note);
    })
}

/// Removes the note beside a file, if it is ours.
pub fn remove_note(file: &Path) {
    let note = note_of(file);
    if is_note(&note) {
        // It may have been removed by hand meanwhile.
        let _ = fs::remove_file(note);
    }
}

/// Whether this is a note of ours, by its name and its last line; one that was cut short, as by a full disk, is none.
#[must_use]
pub fn is_note(path: &Path) -> bool {
    let has_name = path
        .file_name()
        .is_some_and(|name| name.as_encoded_bytes().ends_with(ENDING.as_bytes()));
    let is_plain = || fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    has_name && is_plain() && has_mark(path).unwrap_or(false)
}

fn has_mark(path: &Path) -> io::Result<bool> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes.trim_ascii_end().ends_with(MARK.as_bytes()))
}
