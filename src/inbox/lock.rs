//! One daemon for an archive and an inbox: locks of the operating system, which a dead process does not hold.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::domain::identity::Identity;

/// A lock, held as long as it lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    identity: Identity,
}

impl Lock {
    /// Whether `path` still leads to what was locked.
    #[must_use]
    pub fn is_on(&self, path: &Path) -> bool {
        identity(path).is_some_and(|identity| identity.is_file_of(&self.identity))
    }
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Locking {
    /// It is ours.
    Held(Lock),
    /// A living process has it: its id, as it wrote it down.
    Taken(String),
}

/// The lock beside an archive, whatever links lead to it.
#[must_use]
pub fn beside(archive: &Path) -> PathBuf {
    let real = fs::canonicalize(archive).unwrap_or_else(|_| archive.to_owned());
    let mut name = real.into_os_string();
    name.push(".lock");
    name.into()
}

/// Whether a file has a second name (a hard link). SQLite keeps its journal beside the name, so an archive under two is damaged.
#[must_use]
pub fn has_other_names(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(file).is_ok_and(|metadata| metadata.nlink() > 1)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        false
    }
}

/// Asks for the lock that is the file at `path`, made if missing.
pub fn take(path: &Path) -> io::Result<Locking> {
    loop {
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)?;
        if !try_lock(&file)? {
            let mut holder = String::new();
            file.read_to_string(&mut holder)?;
            return Ok(Locking::Taken(holder));
        }
        // On a full disk the lock counts all the same; only its holder is not told.
        let _ = file
            .set_len(0)
            .and_then(|()| write!(file, "{}", std::process::id()));
        let lock = held(file)?;
        // Somebody may have removed it between its opening and its locking.
        if lock.is_on(path) {
            return Ok(Locking::Held(lock));
        }
    }
}

/// Asks for the lock on a folder itself, so that no other name of it, and no right to write there, matters. Where the file system
/// cannot lock folders, a file inside is locked, and if none can be made, nothing is: nobody can move anything there either.
pub fn take_folder(folder: &Path) -> io::Result<Locking> {
    let opened = File::open(folder).and_then(|folder| Ok((try_lock(&folder)?, folder)));
    match opened {
        Ok((true, folder)) => Ok(Locking::Held(held(folder)?)),
        Ok((false, _)) => Ok(Locking::Taken(String::new())),
        Err(_) => {
            let taken = take(&folder.join(".microfiche.lock"))?;
            Ok(match (taken, identity(folder)) {
                (Locking::Held(lock), Some(identity)) => Locking::Held(Lock { identity, ..lock }),
                (taken, _) => taken,
            })
        }
    }
}

/// Whether a living process holds the lock at `path`. Looking is in nobody's way: it shares the lock for a moment, and who asks for
/// it meanwhile asks again.
#[must_use]
pub fn is_held(path: &Path) -> bool {
    let probe = |file: File| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
    File::open(path).is_ok_and(probe)
}

/// Locks for itself, unless somebody else has; those who only look do not count.
fn try_lock(file: &File) -> io::Result<bool> {
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {}
        }
        match file.try_lock_shared() {
            Ok(()) => file.unlock()?,
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => return Ok(false),
        }
        std::thread::yield_now();
    }
}

fn held(file: File) -> io::Result<Lock> {
    let identity = Identity::of(&file.metadata()?);
    Ok(Lock {
        _file: file,
        identity,
    })
}

fn identity(path: &Path) -> Option<Identity> {
    fs::metadata(path)
        .ok()
        .map(|metadata| Identity::of(&metadata))
}
