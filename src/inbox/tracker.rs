//! What events and earlier looks tell of each file: whether a program is still writing it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::identity::Identity;

/// What an event says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// It was created; a program that writes it opens it next.
    Created(PathBuf),
    /// It was opened, to read or to write.
    Opened(PathBuf),
    /// Its content changed.
    Written(PathBuf),
    /// A program that wrote it closed it.
    Closed(PathBuf),
    /// It came to this name from outside of the inbox, or from an unknown name.
    Arrived(PathBuf),
    /// It got another name.
    Renamed {
        /// The old one.
        from: PathBuf,
        /// The new one.
        to: PathBuf,
    },
    /// It is gone.
    Gone(PathBuf),
    /// Events were lost: nothing that was said before can be relied on.
    Lost,
    /// Something else happened.
    Other,
}

/// The state of a file as the last events left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Created, and neither opened nor closed yet: a hard link never is.
    Created,
    /// A program has it open to write, as of the last event.
    Writing(Instant),
    /// Closed by the program that wrote it.
    Closed(Instant),
    /// Renamed to where it is: whole at once.
    Renamed,
}

/// The files of which events have come.
#[derive(Debug, Default)]
pub struct Tracker {
    phases: Mutex<HashMap<PathBuf, Phase>>,
}

impl Tracker {
    /// Takes in what an event says.
    pub fn hear(&self, word: Word, now: Instant) {
        let mut phases = self.phases.lock().unwrap_or_else(PoisonError::into_inner);
        match word {
            Word::Created(path) => {
                phases.insert(path, Phase::Created);
            }
            Word::Opened(path) => {
                // Readers open files too, but not in the moment of their creation.
                if phases.get(&path) == Some(&Phase::Created) {
                    phases.insert(path, Phase::Writing(now));
                }
            }
            Word::Written(path) => {
                phases.insert(path, Phase::Writing(now));
            }
            Word::Closed(path) => {
                phases.insert(path, Phase::Closed(now));
            }
            Word::Arrived(path) => {
                phases.insert(path, Phase::Renamed);
            }
            Word::Renamed { from, to } => {
                // A file that is renamed before it is closed is not whole.
                let phase = match phases.remove(&from) {
                    Some(Phase::Writing(_)) => Phase::Writing(now),
                    _ => Phase::Renamed,
                };
                phases.insert(to, phase);
            }
            Word::Gone(path) => {
                phases.remove(&path);
            }
            Word::Lost => phases.clear(),
            Word::Other => {}
        }
    }

    /// What is known of a file.
    #[must_use]
    pub fn phase(&self, path: &Path) -> Option<Phase> {
        let phases = self.phases.lock().unwrap_or_else(PoisonError::into_inner);
        phases.get(path).copied()
    }

    /// Forgets files that are not there, unless their events came after the listing began.
    pub fn retain(&self, there: &HashSet<PathBuf>, since: Instant) {
        let mut phases = self.phases.lock().unwrap_or_else(PoisonError::into_inner);
        phases.retain(|path, phase| {
            there.contains(path)
                || matches!(phase, Phase::Writing(at) | Phase::Closed(at) if *at >= since)
        });
    }
}

/// Since when each file has looked as it does, by a clock that nobody sets.
#[derive(Debug, Default)]
pub struct Sightings {
    seen: HashMap<PathBuf, (Identity, Instant)>,
}

impl Sightings {
    /// For how long the file has been seen as it is now.
    pub fn unchanged_for(&mut self, path: &Path, identity: Identity, now: Instant) -> Duration {
        if let Some((known, since)) = self.seen.get(path)
            && *known == identity
        {
            return now.saturating_duration_since(*since);
        }
        self.seen.insert(path.to_owned(), (identity, now));
        Duration::ZERO
    }

    /// Forgets files that are not there.
    pub fn retain(&mut self, there: &HashSet<PathBuf>) {
        self.seen.retain(|path, _| there.contains(path));
    }
}
