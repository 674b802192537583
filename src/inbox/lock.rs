//! One daemon for an archive and an inbox: locks of the operating system, which a dead process does not hold.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A lock, held as long as it lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Locking {
    /// It is ours.
    Held(Lock),
    /// A living process has it: its id, as it wrote it down.
    Taken(String),
}

/// The lock beside an archive.
#[must_use]
pub fn beside(archive: &Path) -> PathBuf {
    let mut name = archive.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

/// The lock inside an inbox.
#[must_use]
pub fn inside(inbox: &Path) -> PathBuf {
    inbox.join(".microfiche.lock")
}

/// Asks for the lock at `path`.
pub fn take(path: &Path) -> io::Result<Locking> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0)?;
            write!(file, "{}", std::process::id())?;
            Ok(Locking::Held(Lock { _file: file }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            file.read_to_string(&mut holder)?;
            Ok(Locking::Taken(holder))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}
