//! The only `notify`: file-system events say "look now", and which files are being written. Nothing is decided here; lost
//! events cost a little time, never a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::tracker::Word;

/// Rings as long as it lives.
#[derive(Debug)]
pub struct Doorbell {
    _watcher: RecommendedWatcher,
}

impl Doorbell {
    /// Calls `ring` with what each event below `folder` says. `ring` runs on the watcher's thread and must return at once:
    /// work there overflows the kernel's queue.
    pub fn hang(
        folder: &Path,
        ring: impl Fn(Word) + Send + 'static,
    ) -> Result<Self, notify::Error> {
        let mut watcher =
            notify::recommended_watcher(move |event: Result<Event, notify::Error>| {
                // The watcher's own trouble: some events are lost.
                ring(event.map_or(Word::Lost, word));
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

fn word(event: Event) -> Word {
    if event.need_rescan() {
        return Word::Lost;
    }
    let kind = event.kind;
    let mut paths = event.paths.into_iter();
    let Some(path) = paths.next() else {
        return Word::Other;
    };
    // Only inotify tells when a file is closed; without that, nothing may be concluded from its being written.
    if !cfg!(any(target_os = "linux", target_os = "android")) {
        return Word::Other;
    }
    match kind {
        EventKind::Create(CreateKind::File) => Word::Created(path),
        EventKind::Access(AccessKind::Open(_)) => Word::Opened(path),
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Word::Closed(path),
        EventKind::Modify(ModifyKind::Data(_)) => Word::Written(path),
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Word::Arrived(path),
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => match paths.next() {
            Some(to) => Word::Renamed { from: path, to },
            None => Word::Arrived(path),
        },
        EventKind::Remove(RemoveKind::File) => Word::Gone(path),
        // `RenameMode::From` too: behind it may come the event that gives both names.
        _ => Word::Other,
    }
}
