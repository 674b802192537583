//! One pass over the inbox: list, read, parse and analyze on threads, commit in groups, then file away. A file leaves the
//! inbox only after its articles are durable; what a crash leaves between the two is mended when the desk opens.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;
use chrono::{DateTime, SecondsFormat, Utc};
use tokio::sync::Notify;

use super::errand::Errand;
use super::log;
use crate::config::{Config, Disposal};
use crate::domain::document::FileHash;
use crate::domain::ledger::{Arrival, FileState, Outcome, Rejection};
use crate::extract::Extractor;
use crate::inbox::filing::{free_place, sync};
use crate::inbox::read::{printable, read};
use crate::inbox::scan::{Listing, Settling, scan};
use crate::ingest::{
    Crew, Fate, HandOn, Prepared, commit_isolated, in_groups, is_bundle, prepare_unless_known,
    write_batch,
};
use crate::store::{DaemonState, Store, StoreError, Unfinished, Writer};

/// Size and time of change of a file that stays in the inbox though it is done.
type Seen = (u64, Option<SystemTime>);

/// What one look at the inbox came to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pass {
    /// Whether it came to its end.
    pub(super) is_done: bool,
    /// Whether files wait that only need time.
    pub(super) is_settling: bool,
    /// Files that were taken.
    pub(super) n_taken: usize,
}

/// The desk at which files are taken from the inbox.
pub(super) struct Desk {
    config: Config,
    home: PathBuf,
    store: Store,
    extractor: Arc<Extractor>,
    stop: Arc<AtomicBool>,
    /// Rings when articles were stored.
    bell: Arc<Notify>,
    /// Files that stay though they are done, so that they are not taken again.
    kept: HashMap<PathBuf, Seen>,
    /// Rows of files that have left the inbox, to be marked so in the next transaction.
    finished: Vec<i64>,
    /// The last trouble, for `status`.
    pub(super) trouble: Option<String>,
}

impl Desk {
    pub(super) fn open(config: &Config, stop: Arc<AtomicBool>, bell: Arc<Notify>) -> Result<Self> {
        let archive = &config.archive.path;
        let mut desk = Self {
            config: config.clone(),
            home: config.archive.folder().to_owned(),
            store: Store::open(archive)?,
            extractor: Arc::new(Extractor::open(&config.recognizer)?),
            stop,
            bell,
            kept: HashMap::new(),
            finished: Vec::new(),
            trouble: None,
        };
        desk.mend()?;
        Ok(desk)
    }

    /// Says that the daemon has stopped.
    pub(super) fn close(mut self) -> Result<()> {
        self.trouble = None;
        let has_hook = !self.config.alerts.command.is_empty();
        Ok(self.sign_off("stopped", |writer| {
            // A hook that comes later is not told of what came before it.
            if has_hook {
                Ok(())
            } else {
                writer.skip_alerts()
            }
        })?)
    }

    /// Takes all that is whole. `whole` are the files that events showed to be so.
    pub(super) fn pass(&mut self, whole: &HashSet<PathBuf>) -> Result<Pass> {
        let settling = Settling {
            whole,
            now: clock(),
            settle: Duration::from_millis(self.config.inbox.settle_ms),
        };
        let mut listing = scan(&self.config.inbox.path, settling);
        self.leave_kept(&mut listing);
        let ready: BTreeMap<String, PathBuf> = listing
            .ready
            .drain(..)
            .map(|path| (self.name(&path), path))
            .collect();
        let n_taken = ready.len();
        if n_taken > 0 {
            self.take(&ready)?;
        }
        let now = now();
        self.sign_off("idle", |writer| {
            writer.set_residents(&listing.residents, &now)
        })?;
        Ok(Pass {
            is_done: true,
            is_settling: listing.is_settling,
            n_taken,
        })
    }

    /// Passes over files that are done and stay.
    fn leave_kept(&mut self, listing: &mut Listing) {
        let there: HashSet<&PathBuf> = listing.ready.iter().collect();
        self.kept.retain(|path, _| there.contains(path));
        let is_kept = |path: &PathBuf| {
            self.kept
                .get(path)
                .is_some_and(|kept| Some(*kept) == seen(path))
        };
        listing.ready.retain(|path| !is_kept(path));
    }

    /// Reads, parses and analyzes on threads, commits here.
    fn take(&mut self, ready: &BTreeMap<String, PathBuf>) -> Result<()> {
        let n_workers = thread::available_parallelism().map_or(1, usize::from);
        let options = self.config.options();
        let limits = options.limits;
        let crew = Crew::new(n_workers, Arc::clone(&self.extractor), options);
        // A second connection for the threads, which ask the archive only whether it has their bytes.
        let lookup = Mutex::new(Store::open_read_only(&self.config.archive.path)?);
        let take = |(name, path): (&String, &PathBuf), hand_on: HandOn<'_>| {
            let document = match read(path, name.clone(), limits, is_bundle) {
                Ok(Some(document)) => document,
                // It vanished or changed: the next listing knows more.
                Ok(None) => return Ok(()),
                Err(rejection) => return hand_on(unread(path, name, rejection)),
            };
            prepare_unless_known(&document, &lookup, &crew, hand_on)
        };
        let mut n_left = ready.len();
        in_groups(ready.iter(), n_workers, take, |group| {
            n_left -= group.iter().filter(|part| part.is_last).count();
            self.commit_group(&group, ready, n_left)?;
            anyhow::Ok(!self.stop.load(Ordering::Relaxed))
        })
    }

    /// One durable transaction, and only then the files move.
    fn commit_group(
        &mut self,
        group: &[Prepared],
        paths: &BTreeMap<String, PathBuf>,
        n_left: usize,
    ) -> Result<()> {
        let (now, state) = (now(), self.state("working", n_left));
        let (config, home) = (&self.config, &self.home);
        let finished = &self.finished;
        let committed = write_batch(&mut self.store, |writer, isolation| {
            let mut taken = BTreeSet::new();
            writer.finish_files(finished, &now)?;
            writer.set_daemon(&state)?;
            let mut fates: Vec<Fate> = Vec::with_capacity(group.len());
            let mut errands: Vec<Errand> = Vec::with_capacity(group.len());
            for prepared in group {
                let stays = |state| disposal(config, state) == Disposal::Keep;
                let fate = commit_isolated(writer, prepared, isolation, stays, &now)?;
                if let (Fate::Done(id, outcome), Some(from)) =
                    (&fate, paths.get(&prepared.arrival.path))
                {
                    let errand = errand(config, home, *id, outcome, from, &now, &taken);
                    if let Some(to) = &errand.to {
                        let place = to.strip_prefix(home).unwrap_or(to);
                        writer.will_file_as(*id, &printable(place))?;
                        taken.insert(to.clone());
                    }
                    errands.push(errand);
                }
                fates.push(fate);
            }
            Ok((fates, errands))
        });
        let (fates, errands) = committed?;
        self.finished.clear();
        self.bell.notify_one();
        for (prepared, fate) in group.iter().zip(&fates) {
            if let (Fate::Unchanged, Some(path)) = (fate, paths.get(&prepared.arrival.path)) {
                self.keep(path);
            }
        }
        log::group(group, &fates);
        self.run_errands(&errands);
        Ok(())
    }

    /// Files away; a file that cannot be stays where it is, is not taken again, and is tried again at the next start.
    fn run_errands(&mut self, errands: &[Errand]) {
        let mut folders = BTreeSet::new();
        for errand in errands {
            match errand.run() {
                Ok(()) => self.finished.push(errand.id),
                Err(error) => {
                    let trouble =
                        format!("{error:#}; its articles are stored, and it stays where it is");
                    tracing::error!("{trouble}");
                    self.trouble = Some(trouble);
                }
            }
            self.keep(&errand.from);
            folders.extend(errand.folders());
        }
        sync(&folders);
    }

    /// Remembers a file that is still there though it is done.
    fn keep(&mut self, path: &Path) {
        if let Some(seen) = seen(path) {
            self.kept.insert(path.to_owned(), seen);
        }
    }

    /// Finishes what a crash between commit and rename left: the ledger knows the bytes, so the file is only moved.
    fn mend(&mut self) -> Result<()> {
        self.mark_interrupted()?;
        for row in self.store.read(|reader| reader.unfinished_files())? {
            let from = self.config.inbox.path.join(&row.path);
            let to = row.filed_as.as_ref().map(|place| self.home.join(place));
            let is_filed = to.as_ref().is_some_and(|to| has_bytes(to, &row));
            if is_filed || !has_bytes(&from, &row) {
                self.finished.push(row.id);
                continue;
            }
            tracing::info!(
                "filing {}, whose articles were stored before the last stop",
                from.display()
            );
            self.run_errands(&[Errand {
                id: row.id,
                from,
                to,
                disposal: disposal(&self.config, row.state),
                note: row.reason.filter(|_| row.state == FileState::Failed),
            }]);
        }
        Ok(())
    }

    /// Marks files that were being read when the daemon died and that are gone since.
    fn mark_interrupted(&mut self) -> Result<()> {
        let mut gone = self.store.read(|reader| reader.files_being_read())?;
        gone.retain(|(_, path)| !self.config.inbox.path.join(path).exists());
        if !gone.is_empty() {
            self.store.write(|writer| {
                gone.iter()
                    .try_for_each(|(file, _)| writer.mark_interrupted(*file))
            })?;
        }
        Ok(())
    }

    /// Writes what is still to be written, and what the daemon does now.
    fn sign_off(
        &mut self,
        word: &str,
        more: impl FnOnce(&mut Writer<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let (state, finished) = (self.state(word, 0), &self.finished);
        self.store.write(|writer| {
            writer.finish_files(finished, &state.updated_at)?;
            more(writer)?;
            writer.set_daemon(&state)
        })?;
        self.finished.clear();
        Ok(())
    }

    fn name(&self, path: &Path) -> String {
        printable(path.strip_prefix(&self.config.inbox.path).unwrap_or(path))
    }

    fn state(&self, word: &str, waiting: usize) -> DaemonState {
        DaemonState {
            pid: std::process::id(),
            inbox: printable(&self.config.inbox.path),
            state: word.to_owned(),
            waiting,
            message: self.trouble.clone(),
            updated_at: now(),
        }
    }
}

fn disposal(config: &Config, state: FileState) -> Disposal {
    match state {
        FileState::Stored => config.inbox.done,
        FileState::Duplicate => config.inbox.duplicate,
        _ => Disposal::Move,
    }
}

fn errand(
    config: &Config,
    home: &Path,
    id: i64,
    outcome: &Outcome,
    from: &Path,
    now: &str,
    taken: &BTreeSet<PathBuf>,
) -> Errand {
    let (settings, state) = (&config.inbox, outcome.state());
    let folder = match state {
        FileState::Stored => home.join(&settings.filed).join(now[..10].replace('-', "/")),
        FileState::Duplicate => home.join(&settings.duplicates),
        _ => home.join(&settings.failed),
    };
    let disposal = disposal(config, state);
    let relative = from.strip_prefix(&settings.path).unwrap_or(from);
    Errand {
        id,
        from: from.to_owned(),
        to: (disposal == Disposal::Move).then(|| free_place(&folder, relative, taken)),
        disposal,
        note: outcome.reason().filter(|_| state == FileState::Failed),
    }
}

/// Whether the file at `path` is the one of that row; one that could not be read is known by its name alone.
fn has_bytes(path: &Path, row: &Unfinished) -> bool {
    match &row.hash {
        None => path.exists(),
        Some(hash) => File::open(path)
            .and_then(FileHash::of_reader)
            .is_ok_and(|found| found.to_string() == *hash),
    }
}

fn seen(path: &Path) -> Option<Seen> {
    let metadata = fs::symlink_metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

fn unread(path: &Path, name: &str, rejection: Rejection) -> Prepared {
    let size = fs::symlink_metadata(path).map_or(0, |metadata| metadata.len());
    Prepared::unread(&Arrival::unread(name, size), rejection)
}

#[expect(clippy::disallowed_methods, reason = "the daemon reads the clock")]
fn clock() -> SystemTime {
    SystemTime::now()
}

fn now() -> String {
    DateTime::<Utc>::from(clock()).to_rfc3339_opts(SecondsFormat::Secs, true)
}
