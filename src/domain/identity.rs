//! What tells a file on disk from any other, and from an earlier state of itself.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// A file's state as the file system tells it. Two looks with the same identity saw the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Identity {
    device: u64,
    inode: u64,
    /// In bytes.
    pub size: u64,
    modified: Option<SystemTime>,
    changed: Option<SystemTime>,
}

impl Identity {
    /// The identity that this metadata tells.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        let (device, inode, changed) = system(metadata);
        Self {
            device,
            inode,
            size: metadata.len(),
            modified: metadata.modified().ok(),
            changed,
        }
    }

    /// Whether both are the same file with the same content. A rename, a link and a change of rights set the time of change
    /// and nothing else, so that one does not count.
    #[must_use]
    pub fn has_content_of(&self, other: &Self) -> bool {
        Self {
            changed: other.changed,
            ..*self
        } == *other
    }

    /// Whether both are the same file, whatever is in it.
    #[must_use]
    pub fn is_file_of(&self, other: &Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }

    /// Device and inode.
    #[must_use]
    pub fn place(&self) -> (u64, u64) {
        (self.device, self.inode)
    }

    /// The file alone, whatever its state.
    #[must_use]
    pub fn without_content(&self) -> Self {
        Self {
            size: 0,
            modified: None,
            changed: None,
            ..*self
        }
    }

    /// How long content and status have been as they are, by the clock of the file system, which may be wrong.
    #[must_use]
    pub fn age(&self, now: SystemTime) -> Duration {
        let age = |time: SystemTime| now.duration_since(time).unwrap_or_default();
        let modified = self.modified.map_or(Duration::ZERO, age);
        self.changed
            .map_or(modified, |changed| modified.min(age(changed)))
    }
}

#[cfg(unix)]
fn system(metadata: &Metadata) -> (u64, u64, Option<SystemTime>) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).unwrap_or_default();
    let changed = Duration::new(seconds, metadata.ctime_nsec() as u32);
    let changed = SystemTime::UNIX_EPOCH.checked_add(changed);
    (metadata.dev(), metadata.ino(), changed)
}

#[cfg(not(unix))]
fn system(metadata: &Metadata) -> (u64, u64, Option<SystemTime>) {
    (0, 0, metadata.created().ok())
}
