//! What is in the inbox, by listing it: the truth, whatever the events say. Nothing is opened, nothing is remembered.

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::read::printable;
use super::{doorbell, lock};
use crate::domain::ledger::{FileState, Resident};

/// One look at the inbox.
#[derive(Debug, Default)]
pub struct Listing {
    /// Files that are whole, in the order of their names.
    pub ready: Vec<PathBuf>,
    /// What stays for now, and by which rule.
    pub residents: Vec<Resident>,
    /// Whether some only need time: look again after the settling time.
    pub is_settling: bool,
}

/// What decides whether a file is whole.
#[derive(Debug, Clone, Copy)]
pub struct Settling<'a> {
    /// Files that an event showed to be closed or renamed into place.
    pub whole: &'a HashSet<PathBuf>,
    /// The current time.
    pub now: SystemTime,
    /// For how long a file without such an event must stand still.
    pub settle: Duration,
}

/// Lists `inbox` with all its folders.
#[must_use]
pub fn scan(inbox: &Path, settling: Settling<'_>) -> Listing {
    let mut listing = Listing::default();
    walk(inbox, inbox, settling, &mut listing);
    listing
}

fn walk(inbox: &Path, folder: &Path, settling: Settling<'_>, listing: &mut Listing) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let reason = format!("the folder cannot be listed: {error}");
            listing
                .residents
                .push(resident(inbox, folder, 0, FileState::Waiting, reason));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        // Gone between the listing and the look.
        let Ok(metadata) = fs::symlink_metadata(&path) else {
            continue;
        };
        if path == lock::inside(inbox) || path == doorbell::probe(inbox) {
            continue;
        }
        if metadata.is_dir() {
            walk(inbox, &path, settling, listing);
            continue;
        }
        match rule(&path, &metadata, settling) {
            None => listing.ready.push(path),
            Some((state, reason)) => {
                listing.is_settling |= reason == STILL_CHANGING;
                listing.residents.push(resident(
                    inbox,
                    &path,
                    metadata.len(),
                    state,
                    reason.to_owned(),
                ));
            }
        }
    }
}

const STILL_CHANGING: &str = "it changed a moment ago";

fn rule(
    path: &Path,
    metadata: &Metadata,
    settling: Settling<'_>,
) -> Option<(FileState, &'static str)> {
    if metadata.is_symlink() {
        return Some((FileState::Ignored, "symbolic link"));
    }
    if !metadata.is_file() {
        return Some((FileState::Ignored, "pipe, socket or device"));
    }
    if let Some(reason) = unfinished_name(path) {
        return Some((FileState::Waiting, reason));
    }
    let is_whole = settling.whole.contains(path) || has_stood_still(metadata, settling);
    (!is_whole).then_some((FileState::Waiting, STILL_CHANGING))
}

/// The rule by which tools name files that they have not finished.
fn unfinished_name(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let endings = [
        (".part", "name of an unfinished file (*.part)"),
        (".partial", "name of an unfinished file (*.partial)"),
        (".crdownload", "name of an unfinished file (*.crdownload)"),
        (".download", "name of an unfinished file (*.download)"),
        (".tmp", "name of an unfinished file (*.tmp)"),
        (".swp", "name of an unfinished file (*.swp)"),
        ("~", "name of an unfinished file (*~)"),
    ];
    if name.starts_with('.') {
        return Some("name of an unfinished or hidden file (.*)");
    }
    endings
        .iter()
        .find(|(ending, _)| name.ends_with(ending))
        .map(|(_, reason)| *reason)
}

/// Whether neither content nor name changed for the settling time. The time of change (ctime) cannot be set by a copy that
/// keeps old dates, so a file with an old date that is still being written is not mistaken for a whole one.
fn has_stood_still(metadata: &Metadata, settling: Settling<'_>) -> bool {
    let age = |time: SystemTime| settling.now.duration_since(time).unwrap_or_default();
    let modified = metadata.modified().map(age).unwrap_or_default();
    modified.min(changed_age(metadata, settling.now)) >= settling.settle
}

#[cfg(unix)]
fn changed_age(metadata: &Metadata, now: SystemTime) -> Duration {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).unwrap_or_default();
    let changed = SystemTime::UNIX_EPOCH + Duration::new(seconds, metadata.ctime_nsec() as u32);
    now.duration_since(changed).unwrap_or_default()
}

#[cfg(not(unix))]
fn changed_age(_: &Metadata, _: SystemTime) -> Duration {
    Duration::MAX
}

fn resident(inbox: &Path, path: &Path, size: u64, state: FileState, reason: String) -> Resident {
    let path = printable(path.strip_prefix(inbox).unwrap_or(path));
    Resident {
        path,
        size,
        state,
        reason,
    }
}
