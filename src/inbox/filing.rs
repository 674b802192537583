//! Where files go when they are done: a rename that overwrites nothing, copy and delete across devices.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A free place for `relative` under `folder`: itself, or with a number before the extension.
#[must_use]
pub fn free_place(folder: &Path, relative: &Path, taken: &BTreeSet<PathBuf>) -> PathBuf {
    let first = folder.join(relative);
    let is_free = |path: &Path| !taken.contains(path) && fs::symlink_metadata(path).is_err();
    let numbered = |n: u64| {
        let mut name = first.file_stem().unwrap_or_default().to_owned();
        name.push(format!(" ({n})"));
        if let Some(extension) = first.extension() {
            name.push(".");
            name.push(extension);
        }
        first.with_file_name(name)
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

/// Moves a file; the folders whose entries changed are left to be synced with [`sync`].
pub fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            fs::copy(from, to)?;
            File::open(to)?.sync_all()?;
            fs::remove_file(from)
        }
        result => result,
    }
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

/// Writes beside a failed file why it failed.
pub fn write_note(file: &Path, reason: &str) -> io::Result<()> {
    fs::write(note_of(file), format!("{reason}\n"))
}

/// The note beside a failed file.
#[must_use]
pub fn note_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".why.txt");
    name.into()
}

/// Makes renames and removals in these folders durable.
pub fn sync<'a>(folders: impl IntoIterator<Item = &'a PathBuf>) {
    for folder in folders {
        // Not every file system lets a folder be synced; one that does not has nothing to sync.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
