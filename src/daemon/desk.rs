//! One pass over the inbox: list, read, parse and analyze on threads, commit in groups, then file away. A file leaves the
//! inbox only after its articles are durable; what a crash leaves between the two is mended when the desk opens.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use chrono::{DateTime, SecondsFormat, Utc};

use crate::config::{Config, Disposal};
use crate::domain::document::FileHash;
use crate::domain::ledger::{Arrival, Outcome, Rejection};
use crate::extract::Extractor;
use crate::inbox::filing::{free_place, move_file, sync, write_note};
use crate::inbox::read::{printable, read};
use crate::inbox::scan::{Settling, scan};
use crate::ingest::{Prepared, commit, in_groups, prepare};
use crate::store::{DaemonState, Store, Unfinished};

/// Above this many files a group is logged in one line.
const MAX_LINES: usize = 20;

/// Size and time of change of a file that stays in the inbox though it is done.
type Seen = (u64, Option<SystemTime>);

/// What one look at the inbox came to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pass {
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
    extractor: Extractor,
    stop: Arc<AtomicBool>,
    /// Files that stay though they are done, so that they are not taken again.
    kept: HashMap<PathBuf, Seen>,
    /// Rows of files that have left the inbox, to be marked so in the next transaction.
    finished: Vec<i64>,
}

/// Where a committed file goes.
struct Errand {
    id: i64,
    from: PathBuf,
    to: Option<PathBuf>,
    disposal: Disposal,
    reason: Option<String>,
}

impl Desk {
    pub(super) fn open(config: &Config, stop: Arc<AtomicBool>) -> Result<Self> {
        let archive = &config.archive.path;
        let home = archive
            .parent()
            .filter(|home| !home.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
            .to_owned();
        let mut desk = Self {
            config: config.clone(),
            home,
            store: Store::open(archive)?,
            extractor: Extractor::embedded()?,
            stop,
            kept: HashMap::new(),
            finished: Vec::new(),
        };
        desk.mend()?;
        Ok(desk)
    }

    /// Says that the daemon has stopped.
    pub(super) fn close(mut self) -> Result<()> {
        let state = self.state("stopped", 0);
        Ok(self.store.write(|writer| writer.set_daemon(&state))?)
    }

    /// Takes all that is whole. `whole` are the files that events showed to be so.
    pub(super) fn pass(&mut self, whole: &HashSet<PathBuf>) -> Result<Pass> {
        let settling = Settling {
            whole,
            now: clock(),
            settle: Duration::from_millis(self.config.inbox.settle_ms),
        };
        let mut listing = scan(&self.config.inbox.path, settling);
        listing.ready.retain(|path| {
            self.kept
                .get(path)
                .is_none_or(|kept| Some(*kept) != seen(path))
        });
        let n_taken = listing.ready.len();
        let mut n_left = n_taken;
        let inbox = self.config.inbox.path.clone();
        let extractor = self.extractor.clone();
        let max_bytes = self.config.inbox.max_file_bytes;
        let take = |path: PathBuf| {
            let name = printable(path.strip_prefix(&inbox).unwrap_or(&path));
            match read(&path, name.clone(), max_bytes) {
                // It vanished or changed: the next listing knows more.
                Ok(None) => None,
                Ok(Some(document)) => Some(prepare(&document, &extractor)),
                Err(rejection) => Some(unread(&path, name, rejection)),
            }
        };
        let paths: HashMap<String, PathBuf> = listing
            .ready
            .iter()
            .map(|path| {
                (
                    printable(path.strip_prefix(&inbox).unwrap_or(path)),
                    path.clone(),
                )
            })
            .collect();
        let n_workers = thread::available_parallelism().map_or(1, usize::from);
        in_groups(listing.ready.into_iter(), n_workers, take, |group| {
            n_left = n_left.saturating_sub(group.len());
            self.commit_group(&group, &paths, n_left)?;
            anyhow::Ok(!self.stop.load(Ordering::Relaxed))
        })?;
        let (finished, state, now) = (
            std::mem::take(&mut self.finished),
            self.state("idle", 0),
            now(),
        );
        self.store.write(|writer| {
            writer.finish_files(&finished, &now)?;
            writer.set_residents(&listing.residents, &now)?;
            writer.set_daemon(&state)
        })?;
        Ok(Pass {
            is_settling: listing.is_settling,
            n_taken,
        })
    }

    /// One durable transaction, and only then the files move.
    fn commit_group(
        &mut self,
        group: &[Prepared],
        paths: &HashMap<String, PathBuf>,
        n_left: usize,
    ) -> Result<()> {
        let now = now();
        let (finished, state) = (
            std::mem::take(&mut self.finished),
            self.state("working", n_left),
        );
        let (settings, home) = (&self.config.inbox, &self.home);
        let mut taken = BTreeSet::new();
        let fates = self.store.write(|writer| {
            writer.finish_files(&finished, &now)?;
            writer.set_daemon(&state)?;
            let mut fates: Vec<(Outcome, Errand)> = Vec::with_capacity(group.len());
            for prepared in group {
                let Some(from) = paths.get(&prepared.arrival.path) else {
                    continue;
                };
                let (id, outcome) = commit(writer, prepared, &now)?;
                let (disposal, folder) = match &outcome {
                    Outcome::Stored { .. } => (
                        settings.done,
                        home.join(&settings.filed).join(now[..10].replace('-', "/")),
                    ),
                    Outcome::Duplicate { .. } => {
                        (settings.duplicate, home.join(&settings.duplicates))
                    }
                    Outcome::Rejected(_) => (Disposal::Move, home.join(&settings.failed)),
                };
                let relative = from.strip_prefix(&settings.path).unwrap_or(from);
                let to =
                    (disposal == Disposal::Move).then(|| free_place(&folder, relative, &taken));
                if let Some(to) = &to {
                    writer.will_file_as(id, &printable(to))?;
                    taken.insert(to.clone());
                }
                let reason = matches!(outcome, Outcome::Rejected(_))
                    .then(|| outcome.reason())
                    .flatten();
                fates.push((
                    outcome,
                    Errand {
                        id,
                        from: from.clone(),
                        to,
                        disposal,
                        reason,
                    },
                ));
            }
            Ok(fates)
        })?;
        log(group, &fates);
        self.run_errands(fates.into_iter().map(|(_, errand)| errand))
    }

    fn run_errands(&mut self, errands: impl Iterator<Item = Errand>) -> Result<()> {
        let mut folders = BTreeSet::new();
        for errand in errands {
            let Errand {
                id,
                from,
                to,
                disposal,
                reason,
            } = errand;
            match (disposal, &to) {
                (Disposal::Move, Some(to)) => {
                    match move_file(&from, to) {
                        Err(error)
                            if error.kind() == std::io::ErrorKind::NotFound && !from.exists() =>
                        {
                            tracing::warn!(
                                "{} was taken away before it could be filed; its articles are stored",
                                from.display()
                            );
                        }
                        result => result.with_context(|| {
                            format!("cannot file {} as {}", from.display(), to.display())
                        })?,
                    }
                    if let Some(reason) = &reason {
                        write_note(to, reason).with_context(|| {
                            format!("cannot write the note beside {}", to.display())
                        })?;
                    }
                    folders.extend(to.parent().map(Path::to_owned));
                }
                (Disposal::Delete, _) => {
                    fs::remove_file(&from)
                        .with_context(|| format!("cannot delete {}", from.display()))?;
                }
                _ => {
                    if let Some(seen) = seen(&from) {
                        self.kept.insert(from.clone(), seen);
                    }
                }
            }
            folders.extend(from.parent().map(Path::to_owned));
            self.finished.push(id);
        }
        sync(&folders);
        Ok(())
    }

    /// Finishes what a crash between commit and rename left: the ledger knows the bytes, so the file is only moved.
    fn mend(&mut self) -> Result<()> {
        let settings = self.config.inbox.clone();
        for row in self.store.read(|reader| reader.unfinished_files())? {
            let from = settings.path.join(&row.path);
            let to = row.filed_as.as_ref().map(PathBuf::from);
            let is_filed = to.as_ref().is_some_and(|to| has_bytes(to, &row));
            let disposal = match row.state.as_str() {
                "stored" => settings.done,
                "duplicate" => settings.duplicate,
                _ => Disposal::Move,
            };
            if is_filed || !has_bytes(&from, &row) {
                self.finished.push(row.id);
                continue;
            }
            tracing::info!(
                "filing {}, whose articles were stored before the last stop",
                from.display()
            );
            let reason = row.reason.filter(|_| row.state == "failed");
            self.run_errands(std::iter::once(Errand {
                id: row.id,
                from,
                to,
                disposal,
                reason,
            }))?;
        }
        Ok(())
    }

    fn state(&self, word: &str, waiting: usize) -> DaemonState {
        DaemonState {
            pid: std::process::id(),
            inbox: printable(&self.config.inbox.path),
            state: word.to_owned(),
            waiting,
            updated_at: now(),
        }
    }
}

/// Whether the file at `path` is the one of that row; one that could not be read is known by its name alone.
fn has_bytes(path: &Path, row: &Unfinished) -> bool {
    match (&row.hash, fs::read(path)) {
        (Some(hash), Ok(bytes)) => FileHash::of(&bytes).to_string() == *hash,
        (None, _) => path.exists(),
        _ => false,
    }
}

fn seen(path: &Path) -> Option<Seen> {
    let metadata = fs::symlink_metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

fn unread(path: &Path, name: String, rejection: Rejection) -> Prepared {
    let size = fs::symlink_metadata(path).map_or(0, |metadata| metadata.len());
    let last = name.rsplit('/').next().unwrap_or(&name).to_owned();
    let arrival = Arrival {
        path: name,
        name: last,
        size,
        hash: None,
        format: None,
    };
    Prepared {
        arrival,
        articles: Err(rejection),
    }
}

#[expect(clippy::disallowed_methods, reason = "the daemon reads the clock")]
fn clock() -> SystemTime {
    SystemTime::now()
}

fn now() -> String {
    DateTime::<Utc>::from(clock()).to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn log(group: &[Prepared], fates: &[(Outcome, Errand)]) {
    for (prepared, (outcome, _)) in group.iter().zip(fates) {
        let path = &prepared.arrival.path;
        match (outcome, &prepared.articles) {
            (Outcome::Rejected(rejection), _) => tracing::warn!("failed {path}: {rejection}"),
            _ if group.len() > MAX_LINES => {}
            (Outcome::Stored { .. }, Ok(articles)) => {
                for new in articles {
                    tracing::info!(
                        "stored {path}: “{}” · {} names",
                        new.article.title,
                        new.resolution.entities.len()
                    );
                }
            }
            (Outcome::Duplicate { of }, _) => tracing::info!("duplicate {path}: same as {of}"),
            (Outcome::Stored { .. }, Err(_)) => {}
        }
    }
    if group.len() > MAX_LINES {
        let n_stored = fates
            .iter()
            .filter(|(outcome, _)| matches!(outcome, Outcome::Stored { .. }))
            .count();
        tracing::info!("{} files: {n_stored} stored", group.len());
    }
}
