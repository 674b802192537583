//! One pass over the inbox: read, parse and analyze on threads, commit in groups, then file away. A file leaves the inbox only
//! after its articles are durable; what a crash leaves between the two is mended when the desk opens.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};
use chrono::{DateTime, SecondsFormat, Utc};
use tokio::sync::Notify;

use super::book::{Book, identity};
use super::errand::Errand;
use super::log;
use super::lookout::{Job, Lookout};
use super::outbox::Outbox;
use crate::config::{Config, Disposal};
use crate::domain::identity::Identity;
use crate::domain::ledger::{Arrival, FileState, Outcome, Rejection, Resident};
use crate::extract::Extractor;
use crate::inbox::filing::free_place;
use crate::inbox::in_flight::{InFlight, kills};
use crate::inbox::note::note_of;
use crate::inbox::read::{Unread, head, printable, read};
use crate::ingest::{
    Crew, Fate, HandOn, Isolation, Prepared, commit_isolated, in_groups, is_bundle, is_heavy,
    prepare_unless_known, write_batch,
};
use crate::store::{DaemonState, Store, StoreError, Writer};

/// What the archive was last told.
struct Told {
    state: DaemonState,
    /// What stays in the inbox: path, state and reason. Sizes are left out, so that a file that grows costs no write.
    residents: Vec<(String, FileState, String)>,
}

/// What one look at the inbox came to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pass {
    /// When to look again, if files only need time.
    pub(super) next_look: Option<Duration>,
    /// Files that were done with.
    pub(super) n_taken: usize,
}

/// The desk at which files are taken from the inbox.
pub(super) struct Desk {
    pub(super) config: Config,
    pub(super) home: PathBuf,
    pub(super) store: Store,
    extractor: Arc<Extractor>,
    stop: Arc<AtomicBool>,
    /// Rings when articles were stored.
    bell: Arc<Notify>,
    pub(super) book: Arc<Book>,
    /// What is still to be said in the ledger of files that have left.
    pub(super) outbox: Outbox,
    /// The archive's own identity: one that is moved away would take articles with it.
    archive: Option<Identity>,
    told: Option<Told>,
    /// Whether failed files stay too: nothing can be moved from where they are.
    keeps_failed: bool,
    n_taken: usize,
    in_flight: Arc<InFlight>,
    /// Files that were being read when an earlier process died.
    suspects: Arc<HashSet<String>>,
    /// The last trouble, for `status`.
    pub(super) trouble: Option<String>,
}

impl Desk {
    pub(super) fn open(
        config: &Config,
        stop: Arc<AtomicBool>,
        bell: Arc<Notify>,
        book: Arc<Book>,
    ) -> Result<Self> {
        let archive = &config.archive.path;
        // Files are read by as many threads as there are cores, and slow ones by as many of their own.
        let n_slots = 2 * thread::available_parallelism().map_or(1, usize::from) + 2;
        let (in_flight, suspects) = InFlight::beside(archive, n_slots);
        let keeps = [config.inbox.done, config.inbox.duplicate] == [Disposal::Keep; 2];
        let mut desk = Self {
            config: config.clone(),
            home: config.archive.folder().to_owned(),
            store: Store::open(archive)?,
            extractor: Arc::new(Extractor::open(&config.recognizer)?),
            stop,
            bell,
            book,
            outbox: Outbox::default(),
            archive: archive_identity(archive),
            told: None,
            keeps_failed: keeps && !is_writable(&config.inbox.path),
            n_taken: 0,
            in_flight: Arc::new(in_flight),
            suspects: Arc::new(suspects),
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

    /// Takes all that is whole, and what comes meanwhile.
    pub(super) fn pass(&mut self, lookout: &mut Lookout) -> Result<Pass> {
        self.book.begin();
        self.n_taken = 0;
        self.recheck();
        self.write_notes();
        if lookout.begin() {
            self.take(lookout)?;
        }
        self.sign_off("idle", |_| Ok(()))?;
        let settle = Duration::from_millis(self.config.inbox.settle_ms);
        let is_restless = self.book.has_changed() || self.outbox.has_growing();
        let next_look = match lookout.next_look() {
            next if is_restless => Some(next.map_or(settle, |next| next.min(settle))),
            next => next,
        };
        Ok(Pass {
            next_look,
            n_taken: self.n_taken,
        })
    }

    /// Reads, parses and analyzes on threads, commits here.
    fn take(&mut self, lookout: &mut Lookout) -> Result<()> {
        let n_workers = thread::available_parallelism().map_or(1, usize::from);
        let limits = self.config.inbox.limits();
        let crew = Crew::new(
            n_workers,
            Arc::clone(&self.extractor),
            self.config.options(),
        );
        // A second connection for the threads, which ask the archive only whether it has their bytes.
        let lookup = Mutex::new(Store::open_read_only(&self.config.archive.path)?);
        let book = Arc::clone(&self.book);
        let poll = Duration::from_millis(self.config.inbox.poll_ms);
        let (in_flight, suspects) = (Arc::clone(&self.in_flight), Arc::clone(&self.suspects));
        let take = |(name, path): Job, hand_on: HandOn<'_>| {
            if suspects.contains(&name)
                && std::env::current_exe().is_ok_and(|exe| kills(&exe, &path))
            {
                return hand_on(refused(&name, 0, identity(&path), Rejection::Deadly));
            }
            let _noted = in_flight.note(&name);
            let wait = |error: &io::Error| {
                let reason = format!("it cannot be read for now: {error}");
                tracing::warn!("{}: {reason}; trying again", path.display());
                book.release_troubled(&name, Instant::now() + poll, reason);
            };
            match read(&path, name.clone(), limits, is_bundle) {
                Ok(document) => {
                    prepare_unless_known(&document, &lookup, &crew, hand_on)?;
                    document.trouble().into_iter().for_each(wait);
                }
                Err(Unread::Rejected(rejection, identity)) => {
                    let size = identity.map_or(0, |identity| identity.size);
                    return hand_on(refused(&name, size, identity, rejection));
                }
                Err(Unread::Changed) => book.release_changed(&name),
                Err(Unread::Passing(error)) => wait(&error),
            }
            Ok(())
        };
        let is_slow = |(_, path): &Job| {
            let (size, head) = head(path);
            is_heavy(size, &head)
        };
        // One file must not end the daemon, nor be in hand for ever.
        let take = |job: Job, hand_on: HandOn<'_>| {
            let name = job.0.clone();
            let taken = catch_unwind(AssertUnwindSafe(|| take(job, &mut *hand_on)));
            taken.unwrap_or_else(|_| {
                let identity = book.path(&name).and_then(|path| identity(&path));
                hand_on(refused(&name, 0, identity, Rejection::OurFault))
            })
        };
        in_groups(lookout, n_workers, is_slow, take, |group| {
            let committed = self.commit_group(&group);
            let goes_on = committed.is_ok() && !self.stop.load(Ordering::Relaxed);
            if !goes_on {
                self.book.close();
            }
            committed.map(|()| goes_on)
        })
    }

    /// One durable transaction, and only then the files move.
    fn commit_group(&mut self, group: &[Prepared]) -> Result<()> {
        if archive_identity(&self.config.archive.path) != self.archive {
            bail!(
                "the archive {} was moved or replaced while the daemon worked on it; put it back, or start again",
                self.config.archive.path.display()
            );
        }
        let state = self.state("working", self.book.n_in_hand());
        let now = state.updated_at.clone();
        let (told, residents) = self.news(&state);
        let Self { store, outbox, .. } = self;
        let (fates, errands) = write_batch(store, |writer, isolation| {
            let mut sorter = Sorter {
                config: &self.config,
                home: &self.home,
                book: &self.book,
                keeps_failed: self.keeps_failed,
                isolation,
                now: &now,
                taken: BTreeSet::new(),
                errands: Vec::with_capacity(group.len()),
            };
            outbox.write(writer, &now)?;
            writer.set_daemon(&state)?;
            if let Some(residents) = &residents {
                writer.set_residents(residents, &now)?;
            }
            let commit = |prepared| sorter.commit(writer, prepared);
            let fates = group.iter().map(commit).collect::<Result<Vec<Fate>, _>>()?;
            Ok((fates, sorter.errands))
        })?;
        self.outbox.clear();
        self.told = Some(told);
        self.bell.notify_one();
        log::group(group, &fates);
        self.run_errands(&errands);
        self.release(group, &fates);
        Ok(())
    }

    /// Files that are done with are no longer in hand.
    fn release(&mut self, group: &[Prepared], fates: &[Fate]) {
        for (prepared, fate) in group.iter().zip(fates) {
            let Arrival { path, identity, .. } = &prepared.arrival;
            match (fate, self.book.path(path), identity) {
                (Fate::Pending, ..) => continue,
                (Fate::Unchanged, Some(path), Some(identity)) => self.book.keep(&path, *identity),
                _ => self.n_taken += 1,
            }
            self.book.release(path);
        }
    }

    /// What `state` and the last look say that the ledger does not: what it is then told, and the files that stay, if they
    /// are others.
    fn news(&self, state: &DaemonState) -> (Told, Option<Vec<Resident>>) {
        let known = self.told.as_ref().map(|told| &told.residents);
        let (state, mut residents) = (state.clone(), self.book.residents());
        if let Some(found) = &residents {
            let new: Vec<_> = found
                .iter()
                .map(|resident| {
                    (
                        resident.path.clone(),
                        resident.state,
                        resident.reason.clone(),
                    )
                })
                .collect();
            if known == Some(&new) {
                residents = None;
            }
            return (
                Told {
                    state,
                    residents: new,
                },
                residents,
            );
        }
        let residents = known.cloned().unwrap_or_default();
        (Told { state, residents }, None)
    }

    /// Writes what is still to be written, and what the daemon does now; nothing, where all that is known.
    fn sign_off(
        &mut self,
        word: &str,
        more: impl FnOnce(&mut Writer<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let state = self.state(word, 0);
        let (told, residents) = self.news(&state);
        let is_known = self
            .told
            .as_ref()
            .is_some_and(|told| told.state.says_the_same(&state));
        if is_known && residents.is_none() && self.outbox.is_empty() {
            return Ok(());
        }
        let outbox = &self.outbox;
        self.store.write(|writer| {
            outbox.write(writer, &state.updated_at)?;
            if let Some(residents) = &residents {
                writer.set_residents(residents, &state.updated_at)?;
            }
            more(writer)?;
            writer.set_daemon(&state)
        })?;
        self.outbox.clear();
        self.told = Some(told);
        Ok(())
    }

    fn state(&self, word: &str, waiting: usize) -> DaemonState {
        DaemonState {
            pid: std::process::id(),
            inbox: printable(&self.config.inbox.path),
            state: word.to_owned(),
            waiting,
            message: self.trouble.clone().or_else(|| self.book.trouble()),
            updated_at: now(),
        }
    }

    pub(super) fn disposal(&self, state: FileState) -> Disposal {
        disposal(&self.config, self.keeps_failed, state)
    }
}

/// A file that gives nothing, for this reason.
fn refused(name: &str, size: u64, identity: Option<Identity>, rejection: Rejection) -> Prepared {
    let arrival = Arrival {
        identity,
        ..Arrival::unread(name, size)
    };
    Prepared::unread(&arrival, rejection)
}

/// Stores the files of a group, and notes where each goes.
struct Sorter<'a> {
    config: &'a Config,
    home: &'a Path,
    book: &'a Book,
    keeps_failed: bool,
    isolation: Isolation,
    now: &'a str,
    /// Places that files of this group go to.
    taken: BTreeSet<PathBuf>,
    errands: Vec<Errand>,
}

impl Sorter<'_> {
    fn commit(&mut self, writer: &mut Writer<'_>, prepared: &Prepared) -> Result<Fate, StoreError> {
        let stays = |state| disposal(self.config, self.keeps_failed, state) == Disposal::Keep;
        let fate = commit_isolated(writer, prepared, self.isolation, stays, self.now)?;
        let arrival = &prepared.arrival;
        if let (Fate::Done(id, outcome), Some(from), Some(read)) =
            (&fate, self.book.path(&arrival.path), arrival.identity)
        {
            if *outcome == Outcome::Rejected(Rejection::Changed) {
                writer.forget_failure(*id)?;
            } else {
                let errand = self.errand(*id, outcome, from, read);
                if let Some(to) = &errand.to {
                    let place = to.strip_prefix(self.home).unwrap_or(to);
                    writer.will_file_as(*id, &printable(place))?;
                    self.taken.insert(to.clone());
                }
                self.errands.push(errand);
            }
        }
        Ok(fate)
    }

    fn errand(&self, id: i64, outcome: &Outcome, from: PathBuf, read: Identity) -> Errand {
        let state = outcome.state();
        let disposal = disposal(self.config, self.keeps_failed, state);
        Errand {
            id,
            state,
            to: (disposal == Disposal::Move).then(|| self.place(state, &from)),
            from,
            read,
            disposal,
            note: outcome.reason().filter(|_| state == FileState::Failed),
        }
    }

    /// Where a file of that fate goes.
    fn place(&self, state: FileState, from: &Path) -> PathBuf {
        let settings = &self.config.inbox;
        let folder = match state {
            FileState::Stored => self
                .home
                .join(&settings.filed)
                .join(self.now[..10].replace('-', "/")),
            FileState::Duplicate => self.home.join(&settings.duplicates),
            _ => self.home.join(&settings.failed),
        };
        let relative = from.strip_prefix(&settings.path).unwrap_or(from);
        let place = free_place(&folder, relative, &self.taken);
        if state != FileState::Failed || fs::symlink_metadata(note_of(&place)).is_err() {
            return place;
        }
        // A note must find its place too.
        let mut taken = self.taken.clone();
        loop {
            let place = free_place(&folder, relative, &taken);
            if fs::symlink_metadata(note_of(&place)).is_err() {
                return place;
            }
            taken.insert(place);
        }
    }
}

fn disposal(config: &Config, keeps_failed: bool, state: FileState) -> Disposal {
    match state {
        FileState::Stored => config.inbox.done,
        FileState::Duplicate => config.inbox.duplicate,
        _ if keeps_failed => Disposal::Keep,
        _ => Disposal::Move,
    }
}

/// Which file the archive is, whatever is in it.
fn archive_identity(path: &Path) -> Option<Identity> {
    let metadata = fs::metadata(path).ok()?;
    Some(Identity::of(&metadata).without_content())
}

fn is_writable(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        access(folder, Access::WRITE_OK).is_ok()
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        true
    }
}

#[expect(clippy::disallowed_methods, reason = "the daemon reads the clock")]
pub(super) fn clock() -> SystemTime {
    SystemTime::now()
}

pub(super) fn now() -> String {
    DateTime::<Utc>::from(clock()).to_rfc3339_opts(SecondsFormat::Secs, true)
}
