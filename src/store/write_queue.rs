//! A queue for writers. SQLite lets one connection write at a time, and a writer that finds the archive locked polls until it
//! happens to ask in a pause of the other; a busy daemon leaves hardly any. A lock beside the archive makes the turns fair: the
//! next writer holds it while it waits for SQLite's own lock, so the one that just committed queues up behind it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// The pause between two tries.
const PAUSE: Duration = Duration::from_millis(2);

/// How long a writer waits for its turn, and then for SQLite's lock. A wait ends sooner unless somebody writes for that long in
/// one transaction, or a process that holds the lock is stopped.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// The place of one connection in the queue.
#[derive(Debug)]
pub(super) struct WriteQueue {
    /// None if the file cannot be made: the turns are then as unfair as SQLite's.
    lock: Option<File>,
}

/// The turn of one writer, from asking for SQLite's lock to having it.
pub(super) struct Turn<'a> {
    lock: Option<&'a File>,
}

impl WriteQueue {
    /// The queue of the archive at `path`, if this process may write beside it.
    pub(super) fn beside(archive: &Path) -> Self {
        let mut name = archive.as_os_str().to_owned();
        name.push(".queue");
        let mut options = OpenOptions::new();
        let lock = options.create(true).truncate(false).write(true).open(&name);
        Self { lock: lock.ok() }
    }

    /// Waits for the turn; after [`MAX_WAIT`], or on a file system without locks, goes on without it.
    pub(super) fn wait(&self) -> Turn<'_> {
        let Some(lock) = &self.lock else {
            return Turn { lock: None };
        };
        for n in 0.. {
            match lock.try_lock() {
                Ok(()) => return Turn { lock: Some(lock) },
                Err(TryLockError::WouldBlock) if poll(n) => {}
                Err(_) => break,
            }
        }
        Turn { lock: None }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(lock) = self.lock {
            // A lock that cannot be released is released when the process ends.
            let _ = lock.unlock();
        }
    }
}

/// Pauses before the try after the `n`th; false once [`MAX_WAIT`] is over. Serves as SQLite's busy handler too, whose own
/// pauses grow to 100 ms and miss the turn.
#[expect(
    clippy::disallowed_methods,
    reason = "a lock of another process is polled"
)]
pub(super) fn poll(n: i32) -> bool {
    let is_over = PAUSE.as_millis() * n as u128 >= MAX_WAIT.as_millis();
    if !is_over {
        thread::sleep(PAUSE);
    }
    !is_over
}
