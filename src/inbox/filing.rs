//! How a file leaves the inbox: only the very file that was read, in the state in which it was read, and never over another.
//!
//! Between a look at a name and the act on it another file may take the name. So each act is a rename first, then a look at what
//! was renamed; what is not the file that was read goes back, and is read.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::domain::identity::Identity;

/// Names that begin so are the program's own; the listing passes over them.
pub const OWN_PREFIX: &str = ".microfiche.";

/// So many bytes may a name have, on any usual file system.
const MAX_NAME: usize = 255;

/// What became of a file that was to leave the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// It has left.
    Done,
    /// Somebody took it away before.
    Gone,
    /// Another file, or a newer state of it, stands in its place, and stays there to be read.
    Replaced,
}

/// A free place for `relative` under `folder`: itself, or with a number before the extension.
#[must_use]
pub fn free_place(folder: &Path, relative: &Path, taken: &BTreeSet<PathBuf>) -> PathBuf {
    let first = folder.join(relative);
    let is_free = |path: &Path| !taken.contains(path) && fs::symlink_metadata(path).is_err();
    let numbered = |n: u64| {
        let mut ending = OsString::from(format!(" ({n})"));
        if let Some(extension) = first.extension() {
            ending.push(".");
            ending.push(extension);
        }
        with_ending(&first, first.file_stem().unwrap_or_default(), &ending)
    };
    if is_free(&first) {
        return first;
    }
    // Numbers are given in order, so the first free one is found by doubling and halving: a name that has come a thousand
    // times costs twenty looks and not a thousand. Any free number will do if somebody removed one in between.
    let (mut used, mut free) = (1, 2);
    while !is_free(&numbered(free)) {
        (used, free) = (free, 2 * free);
    }
    while free - used > 1 {
        let middle = used.midpoint(free);
        if is_free(&numbered(middle)) {
            free = middle;
        } else {
            used = middle;
        }
    }
    numbered(free)
}

/// The place beside `file` whose name is `stem` and `ending`; the stem is cut where the name would be too long.
pub(super) fn with_ending(file: &Path, stem: &OsStr, ending: &OsStr) -> PathBuf {
    let room = MAX_NAME.saturating_sub(ending.len());
    let mut name = if stem.len() <= room {
        stem.to_owned()
    } else {
        let text = stem.to_string_lossy();
        text[..text.floor_char_boundary(room)].into()
    };
    name.push(ending);
    file.with_file_name(name)
}

/// Where a file stands while it is deleted or copied to another device: under a name that nobody else uses.
#[must_use]
pub fn aside(file: &Path, id: i64) -> PathBuf {
    file.with_file_name(format!("{OWN_PREFIX}{id}.leaving"))
}

/// Moves the file that was read as `read` from `from` to `to`. Folders whose entries changed are left to be synced with [`sync`].
pub fn move_away(from: &Path, to: &Path, read: &Identity, aside: &Path) -> io::Result<Departure> {
    if let Some(other) = other_than(from, read)? {
        return Ok(other);
    }
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    match rename(from, to) {
        Ok(()) => verify(to, from, read),
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            Ok(match set_aside(from, read, aside)? {
                Departure::Done => copy_away(aside, from, to, read)?,
                other => other,
            })
        }
        Err(error) => gone_or(error, from),
    }
}

/// Deletes the file that was read as `read`.
pub fn delete(from: &Path, read: &Identity, aside: &Path) -> io::Result<Departure> {
    if let Some(other) = other_than(from, read)? {
        return Ok(other);
    }
    let departure = set_aside(from, read, aside)?;
    if departure == Departure::Done {
        fs::remove_file(aside)?;
    }
    Ok(departure)
}

/// Puts what stands at `at` to where it belongs in the inbox, or beside, if that is taken; where it then is.
pub fn give_back(at: &Path, place: &Path) -> io::Result<PathBuf> {
    let (folder, name) = (
        place.parent().unwrap_or(Path::new(".")),
        place.file_name().unwrap_or_default(),
    );
    make_folder(folder)?;
    loop {
        let free = free_place(folder, Path::new(name), &BTreeSet::new());
        match rename(at, &free) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                copy(at, &free)?;
                fs::remove_file(at)?;
                return Ok(free);
            }
            result => return result.map(|()| free),
        }
    }
}

/// Renames, if nothing is at `to`.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // The file system does not know how.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            result => return result.map_err(io::Error::from),
        }
    }
    if fs::symlink_metadata(to).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// What stands at `path`, if it is not what was read.
fn other_than(path: &Path, read: &Identity) -> io::Result<Option<Departure>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if Identity::of(&metadata) == *read => Ok(None),
        Ok(_) => Ok(Some(Departure::Replaced)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Some(Departure::Gone)),
        Err(error) => Err(error),
    }
}

/// Looks at what was just renamed from `from` to `to`.
fn verify(to: &Path, from: &Path, read: &Identity) -> io::Result<Departure> {
    if Identity::of(&fs::symlink_metadata(to)?).has_content_of(read) {
        return Ok(Departure::Done);
    }
    give_back(to, from)?;
    Ok(Departure::Replaced)
}

fn set_aside(from: &Path, read: &Identity, aside: &Path) -> io::Result<Departure> {
    match rename(from, aside) {
        Ok(()) => verify(aside, from, read),
        Err(error) => gone_or(error, from),
    }
}

fn gone_or(error: io::Error, from: &Path) -> io::Result<Departure> {
    let is_gone = error.kind() == ErrorKind::NotFound && fs::symlink_metadata(from).is_err();
    if is_gone {
        Ok(Departure::Gone)
    } else {
        Err(error)
    }
}

/// Copies a file that stands aside to another device, and removes it; if that fails, it goes back to `from`.
fn copy_away(aside: &Path, from: &Path, to: &Path, read: &Identity) -> io::Result<Departure> {
    if let Err(error) = copy(aside, to) {
        give_back(aside, from)?;
        return Err(error);
    }
    if !Identity::of(&fs::symlink_metadata(aside)?).has_content_of(read) {
        // A program still writes to it: what was copied is not what was read.
        fs::remove_file(to)?;
        give_back(aside, from)?;
        return Ok(Departure::Replaced);
    }
    fs::remove_file(aside)?;
    Ok(Departure::Done)
}

/// A durable copy that appears whole or not at all, over nothing.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    // One at a time, so the process tells it apart.
    let unfinished = to.with_file_name(format!("{OWN_PREFIX}{}.copy", std::process::id()));
    let write = || {
        fs::copy(from, &unfinished)?;
        let file = OpenOptions::new().write(true).open(&unfinished)?;
        if let Ok(modified) = fs::metadata(from).and_then(|metadata| metadata.modified()) {
            // Not every file system keeps times.
            let _ = file.set_modified(modified);
        }
        file.sync_all()?;
        rename(&unfinished, to)
    };
    write().inspect_err(|_| {
        // What is left of it is of no use, whether it can be removed or not.
        let _ = fs::remove_file(&unfinished);
    })
}

/// Makes a folder and those above it; each new entry is durable before anything is put below it.
fn make_folder(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|folder| !folder.exists());
    let above: BTreeSet<PathBuf> = missing
        .filter_map(|folder| folder.parent())
        .map(Path::to_owned)
        .collect();
    fs::create_dir_all(folder)?;
    sync(&above);
    Ok(())
}

/// Makes renames and removals in these folders durable.
pub fn sync<'a>(folders: impl IntoIterator<Item = &'a PathBuf>) {
    for folder in folders {
        // Not every file system lets a folder be synced; one that does not has nothing to sync.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
