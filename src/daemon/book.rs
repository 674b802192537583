//! What the threads of a pass must agree on: which files are in hand, which are done and stay, which wait for the system.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::identity::Identity;
use crate::domain::ledger::Resident;

/// Shared by the thread that lists, those that read, and the one that writes.
#[derive(Debug, Default)]
pub(super) struct Book {
    pages: Mutex<Pages>,
    news: Condvar,
}

#[derive(Debug, Default)]
struct Pages {
    /// Files between listing and disposal: by their name in the ledger, where they stand.
    in_hand: HashMap<String, PathBuf>,
    /// Files that stay though they are done, as they were when they were read.
    kept: HashMap<PathBuf, Identity>,
    /// Files that the system fails to read: when to try again, and why.
    troubled: HashMap<PathBuf, (Instant, String)>,
    /// What the last look found staying, until it is written down.
    residents: Option<Vec<Resident>>,
    has_rung: bool,
    has_changed: bool,
    /// The pass ends before its files are done.
    is_closed: bool,
}

impl Book {
    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A pass begins: nothing is in hand.
    pub(super) fn begin(&self) {
        let mut pages = self.pages();
        pages.in_hand.clear();
        pages.has_changed = false;
        pages.is_closed = false;
    }

    /// The pass ends before its files are done.
    pub(super) fn close(&self) {
        self.pages().is_closed = true;
        self.news.notify_all();
    }

    /// Whether the pass ends before its files are done.
    pub(super) fn is_closed(&self) -> bool {
        self.pages().is_closed
    }

    /// Says that something happened in the inbox.
    pub(super) fn ring(&self) {
        self.pages().has_rung = true;
        self.news.notify_all();
    }

    /// Waits for a ring, or so long; false at once, when nothing is in hand any more. `deaf` waits whatever rings.
    pub(super) fn wait(&self, limit: Duration, deaf: bool) -> bool {
        let until = Instant::now() + limit;
        let mut pages = self.pages();
        loop {
            if pages.in_hand.is_empty() || pages.is_closed {
                return false;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || !deaf && std::mem::take(&mut pages.has_rung) {
                return true;
            }
            pages = self
                .news
                .wait_timeout(pages, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Takes a file in hand, unless it is, or is done and stays; or says why it waits.
    pub(super) fn take(&self, name: &str, path: &Path, now: Instant) -> Result<bool, String> {
        let mut pages = self.pages();
        if let Some((again, reason)) = pages.troubled.get(path) {
            if now < *again {
                return Err(reason.clone());
            }
            pages.troubled.remove(path);
        }
        let is_kept = || pages.kept.get(path) == identity(path).as_ref();
        if pages.in_hand.contains_key(name) || pages.kept.contains_key(path) && is_kept() {
            return Ok(false);
        }
        pages.in_hand.insert(name.to_owned(), path.to_owned());
        Ok(true)
    }

    /// Where a file that is in hand stands.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        self.pages().in_hand.get(name).cloned()
    }

    /// The number of files in hand.
    pub(super) fn n_in_hand(&self) -> usize {
        self.pages().in_hand.len()
    }

    /// A file is no longer in hand.
    pub(super) fn release(&self, name: &str) {
        self.pages().in_hand.remove(name);
        self.news.notify_all();
    }

    /// A file changed or vanished in hand: it is worth another look.
    pub(super) fn release_changed(&self, name: &str) {
        self.pages().has_changed = true;
        self.release(name);
    }

    /// Whether files changed in hand in this pass.
    pub(super) fn has_changed(&self) -> bool {
        self.pages().has_changed
    }

    /// A file cannot be read for now.
    pub(super) fn release_troubled(&self, name: &str, again: Instant, reason: String) {
        if let Some(path) = self.path(name) {
            self.pages().troubled.insert(path, (again, reason));
        }
        self.release(name);
    }

    /// What keeps files from being read, in a sentence.
    pub(super) fn trouble(&self) -> Option<String> {
        let pages = self.pages();
        let (path, (_, reason)) = pages.troubled.iter().min_by_key(|(path, _)| *path)?;
        let n = pages.troubled.len();
        Some(format!(
            "{n} {} for now and {} tried again: {}: {reason}",
            if n == 1 {
                "file cannot be read"
            } else {
                "files cannot be read"
            },
            if n == 1 { "is" } else { "are" },
            path.display()
        ))
    }

    /// Remembers a file that stays though it is done, so that it is not taken again while it is as it was read.
    pub(super) fn keep(&self, path: &Path, identity: Identity) {
        self.pages().kept.insert(path.to_owned(), identity);
    }

    /// Forgets files that are not there, and notes what stays.
    pub(super) fn note(&self, there: &HashSet<&PathBuf>, residents: Vec<Resident>) {
        let mut pages = self.pages();
        pages.kept.retain(|path, _| there.contains(path));
        pages.troubled.retain(|path, _| there.contains(path));
        pages.residents = Some(residents);
    }

    /// What the last look found staying, if nobody took it yet.
    pub(super) fn residents(&self) -> Option<Vec<Resident>> {
        self.pages().residents.take()
    }
}

pub(super) fn identity(path: &Path) -> Option<Identity> {
    let metadata = std::fs::symlink_metadata(path).ok()?;
    Some(Identity::of(&metadata))
}
