//! What is in the inbox, by listing it: the truth, whatever the events say. Only what could be a note of ours is opened.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::filing::OWN_PREFIX;
use super::names::{NameRules, Verdict};
use super::note::is_note;
use super::read::printable;
use super::tracker::{Phase, Sightings, Tracker};
use super::writers::Writers;
use crate::domain::identity::Identity;
use crate::domain::ledger::{FileState, Resident};

/// A file that no event came of is taken at once if it is older than this: no clock of a server is that wrong, as far as it
/// stands for one that is still written.
const OLD: Duration = Duration::from_mins(2);

/// A file of which no close came is taken after so many settling times without any change: its close may be lost, as when the
/// connection to a client breaks.
const PATIENCE: u32 = 600;

/// One look at the inbox.
#[derive(Debug, Default)]
pub struct Listing {
    /// Files that are whole, in the order of their names.
    pub ready: Vec<PathBuf>,
    /// What stays for now, and by which rule.
    pub residents: Vec<Resident>,
    /// When to look again, where some only need time.
    pub next_look: Option<Duration>,
}

/// What decides whether a file is whole.
#[derive(Debug)]
pub struct Settling<'a> {
    /// What events tell.
    pub tracker: &'a Tracker,
    /// What earlier looks saw.
    pub sightings: &'a mut Sightings,
    /// What names tell.
    pub names: &'a NameRules,
    /// The current time, by the clock on the wall and by one that nobody sets.
    pub now: (SystemTime, Instant),
    /// For how long a file must stand still.
    pub settle: Duration,
}

impl Settling<'_> {
    /// For how long a file may stand still and open before it is taken all the same.
    #[must_use]
    pub fn patience(settle: Duration) -> Duration {
        settle * PATIENCE
    }
}

/// Lists `inbox` with all its folders.
#[must_use]
pub fn scan(inbox: &Path, settling: Settling<'_>) -> Listing {
    let mut look = Look {
        inbox,
        settling,
        there: HashSet::new(),
        writers: OnceCell::new(),
        listing: Listing::default(),
    };
    look.walk(inbox);
    look.settling.sightings.retain(&look.there);
    look.settling
        .tracker
        .retain(&look.there, look.settling.now.1);
    look.listing
}

struct Look<'a> {
    inbox: &'a Path,
    settling: Settling<'a>,
    there: HashSet<PathBuf>,
    /// Asked once in a look, and only if a file depends on it.
    writers: OnceCell<Writers>,
    listing: Listing,
}

impl Look<'_> {
    fn walk(&mut self, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let reason = format!("the folder cannot be listed: {error}");
                self.stays(folder, 0, FileState::Waiting, reason);
                return;
            }
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // Gone between the listing and the look.
            let Ok(metadata) = fs::symlink_metadata(&path) else {
                continue;
            };
            if name.starts_with(OWN_PREFIX) {
                continue;
            }
            let identity = Identity::of(&metadata);
            if !metadata.is_dir() {
                // Files that stay by a rule too: what events tell of them counts once they have another name.
                self.there.insert(path.clone());
            }
            if let Some((state, reason)) = self.rule(&path, &name, &metadata) {
                self.stays(&path, identity.size, state, reason);
            } else if metadata.is_dir() {
                self.walk(&path);
            } else {
                match self.until_whole(&path, identity) {
                    None => self.listing.ready.push(path),
                    Some((reason, wait)) => {
                        self.stays(&path, identity.size, FileState::Waiting, reason.to_owned());
                        let next = self.listing.next_look.map_or(wait, |next| next.min(wait));
                        self.listing.next_look = Some(next);
                    }
                }
            }
        }
    }

    /// Why a file or folder stays, whatever becomes of it.
    fn rule(
        &self,
        path: &Path,
        name: &str,
        metadata: &fs::Metadata,
    ) -> Option<(FileState, String)> {
        let is_folder = metadata.is_dir();
        if metadata.is_symlink() {
            return Some((FileState::Ignored, "symbolic link".into()));
        }
        if !metadata.is_file() && !is_folder {
            return Some((FileState::Ignored, "pipe, socket or device".into()));
        }
        match self.settling.names.judge(name) {
            Some(Verdict::Ignored(pattern)) => {
                let reason = format!("name of what is no article ({pattern})");
                return Some((FileState::Ignored, reason));
            }
            _ if is_folder && name.starts_with('.') => {
                return Some((FileState::Ignored, "hidden folder".into()));
            }
            Some(Verdict::Unfinished(pattern)) => {
                let reason = format!("name of an unfinished file ({pattern})");
                return Some((FileState::Waiting, reason));
            }
            None => {}
        }
        (!is_folder && is_note(path)).then(|| {
            let reason = "note of microfiche beside a file that failed".into();
            (FileState::Ignored, reason)
        })
    }

    /// Why a file is not taken yet, and when it may be.
    fn until_whole(&mut self, path: &Path, identity: Identity) -> Option<(&'static str, Duration)> {
        let (wall, now) = self.settling.now;
        let settle = self.settling.settle;
        let unchanged = self.settling.sightings.unchanged_for(path, identity, now);
        let (reason, wait, still) = match self.settling.tracker.phase(path) {
            Some(Phase::Renamed) => return None,
            Some(Phase::Closed(at)) => {
                let still = now.saturating_duration_since(at);
                (STILL_CHANGING, settle, still)
            }
            Some(Phase::Writing(at)) => {
                let still = now.saturating_duration_since(at).min(unchanged);
                (OPEN, Settling::patience(settle), still)
            }
            Some(Phase::Created) | None => {
                let is_old = identity.age(wall) >= settle.max(OLD);
                let still = if is_old { Duration::MAX } else { unchanged };
                let is_open = || self.writers.get_or_init(Writers::now).have(&identity);
                if still >= settle && is_open() {
                    (OPEN, Settling::patience(settle), unchanged)
                } else {
                    (STILL_CHANGING, settle, still)
                }
            }
        };
        let left = wait.saturating_sub(still);
        (!left.is_zero()).then_some((reason, left))
    }

    fn stays(&mut self, path: &Path, size: u64, state: FileState, reason: String) {
        self.listing.residents.push(Resident {
            path: printable(path.strip_prefix(self.inbox).unwrap_or(path)),
            size,
            state,
            reason,
        });
    }
}

const STILL_CHANGING: &str = "it changed a moment ago";

const OPEN: &str = "a program is still writing it";
