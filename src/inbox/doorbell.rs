//! The only `notify`: file-system events say "look now", and which file was just closed or renamed into place. Nothing is
//! decided here; lost events cost a little time, never a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Rings as long as it lives.
#[derive(Debug)]
pub struct Doorbell {
    _watcher: RecommendedWatcher,
}

impl Doorbell {
    /// Calls `ring` at every event below `folder`, with the path of a file that an event shows to be whole. `ring` runs on
    /// the watcher's thread and must return at once: work there overflows the kernel's queue.
    pub fn hang(
        folder: &Path,
        ring: impl Fn(Option<PathBuf>) + Send + 'static,
    ) -> Result<Self, notify::Error> {
        let mut watcher =
            notify::recommended_watcher(move |event: Result<notify::Event, notify::Error>| {
                ring(event.ok().and_then(whole_file));
            })?;
        watcher.watch(folder, RecursiveMode::Recursive)?;
        Ok(Self { _watcher: watcher })
    }
}

/// The file that is written and removed at start to see whether events arrive at all.
#[must_use]
pub fn probe(inbox: &Path) -> PathBuf {
    inbox.join(".microfiche.probe")
}

/// Makes an event, where the file system gives any.
pub fn press(inbox: &Path) -> io::Result<()> {
    let probe = probe(inbox);
    fs::write(&probe, "")?;
    fs::remove_file(&probe)
}

fn whole_file(event: notify::Event) -> Option<PathBuf> {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => {
            event.paths.into_iter().next_back()
        }
        _ => None,
    }
}
