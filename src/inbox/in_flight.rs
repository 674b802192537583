//! The files that are being read, noted in a small file beside the archive. If the process dies, its next start knows which files
//! were being read, and tries each in a process of its own first: a file that kills that one too is the cause, and is refused.
//!
//! Counting deaths alone would not do: the same files are the first to be read at each start, so a machine that loses power twice
//! would condemn good ones. The notes are not synced: a dead process leaves them to the system, which is what they are for.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// One note: the length of a name and the name.
const SLOT: usize = 2 + MAX_NAME;

/// Longer names are not noted.
const MAX_NAME: usize = 4_096;

/// Notes of the files that this process reads.
#[derive(Debug)]
pub struct InFlight {
    /// None if it cannot be made: then a file that kills the process is not known at the next start.
    notes: Option<File>,
    free: Mutex<Vec<u64>>,
}

/// A note, which is taken off when it is dropped.
#[derive(Debug)]
pub struct Noted<'a> {
    notes: &'a InFlight,
    slot: Option<u64>,
}

impl InFlight {
    /// The notes beside the archive for so many files at a time, and the names that a process left there when it died.
    #[must_use]
    pub fn beside(archive: &Path, n_slots: usize) -> (Self, HashSet<String>) {
        let mut name = archive.as_os_str().to_owned();
        name.push(".reading");
        let path = PathBuf::from(name);
        let left = std::fs::read(&path).map_or_else(|_| HashSet::new(), |notes| names(&notes));
        let mut options = OpenOptions::new();
        let notes = options.create(true).truncate(true).write(true).open(path);
        let free = (0..n_slots as u64).rev().collect();
        let in_flight = Self {
            notes: notes.ok(),
            free: Mutex::new(free),
        };
        (in_flight, left)
    }

    /// Notes that a file is being read.
    pub fn note(&self, name: &str) -> Noted<'_> {
        let slot = self.lock().pop();
        let mut note = (name.len() as u16).to_le_bytes().to_vec();
        note.extend_from_slice(name.as_bytes());
        if name.len() <= MAX_NAME {
            self.write(slot, &note);
        }
        Noted { notes: self, slot }
    }

    fn write(&self, slot: Option<u64>, note: &[u8]) {
        if let (Some(notes), Some(slot)) = (&self.notes, slot) {
            // A note that cannot be written protects from nothing and costs nothing.
            let _ = write_at(notes, note, slot * SLOT as u64);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<u64>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        self.notes.write(self.slot, &[0, 0]);
        self.notes.lock().extend(self.slot);
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(not(unix))]
fn write_at(_: &File, _: &[u8], _: u64) -> std::io::Result<()> {
    Ok(())
}

fn names(notes: &[u8]) -> HashSet<String> {
    let name = |slot: &[u8]| {
        let (length, rest) = slot.split_first_chunk()?;
        let name = rest.get(..usize::from(u16::from_le_bytes(*length)))?;
        let name = std::str::from_utf8(name).ok()?;
        (!name.is_empty()).then(|| name.to_owned())
    };
    notes.chunks(SLOT).filter_map(name).collect()
}

/// Whether `program inspect FILE` dies of the file. One that only fails, or cannot be started, does not.
#[must_use]
pub fn kills(program: &Path, file: &Path) -> bool {
    let status = Command::new(program)
        .args(["inspect", "--format", "ndjson"])
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    // Without an exit code, a signal ended it: an abort, a fault, or the system for want of memory.
    status.is_ok_and(|status| status.code().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_being_read_is_known_after_a_death() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("archive.db");
        let (notes, left) = InFlight::beside(&archive, 2);
        assert!(left.is_empty());
        drop(notes.note("done.txt"));
        let reading = [
            notes.note("a.txt"),
            notes.note("b/ö.pdf"),
            notes.note("c.txt"),
        ];
        // A process that dies drops nothing.
        let (_, left) = InFlight::beside(&archive, 2);
        let mut left: Vec<String> = left.into_iter().collect();
        left.sort();
        assert_eq!(left, ["a.txt", "b/ö.pdf"]);
        drop(reading);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_guilty_only_if_the_program_is_killed() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let program = |script: &str| {
            let path = folder.path().join(format!("{}.sh", script.len()));
            std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
            path
        };
        let file = Path::new("a.txt");
        assert!(kills(&program("kill -9 $$"), file));
        assert!(!kills(&program("exit 1"), file));
        assert!(!kills(Path::new("/no/such/program"), file));
    }
}
