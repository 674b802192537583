//! `ingest`: files and folders taken in place; nothing is moved.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use chrono::{Local, NaiveDate, SecondsFormat, Utc};
use clap::Args;

use super::new_archive;
use super::progress::{Measure, Progress};
use crate::config::Config;
use crate::domain::article::{Precision, Published, PublishedOrigin, Source};
use crate::domain::document::{Document, Fallback, Limits};
use crate::domain::ledger::{Arrival, Outcome, Rejection};
use crate::extract::Extractor;
use crate::inbox::names::NameRules;
use crate::inbox::read::{Unread, head, printable, read};
use crate::ingest::{
    Crew, Fate, HandOn, Prepared, commit_isolated, in_groups, is_bundle, is_heavy,
    prepare_unless_known, write_batch,
};
use crate::store::{Store, StoreError};

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche ingest ~/clippings
  microfiche ingest old-clippings --source 'Bergen Courier' --published 1987
  curl -s https://example.org/story | microfiche ingest -"#)]
pub(super) struct IngestArgs {
    /// Files or folders; '-' is stdin
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The outlet of articles that do not name theirs
    #[arg(long, value_name = "OUTLET")]
    source: Option<String>,
    /// When articles were published that do not say: 2005, 2005-03, 2005-03-21
    #[arg(long, value_name = "WHEN", value_parser = published)]
    published: Option<Published>,
}

fn published(text: &str) -> Result<Published, String> {
    let precision = match text.len() {
        4 => Precision::Year,
        7 => Precision::Month,
        _ => Precision::Day,
    };
    let full = format!(
        "{text}{}",
        "-01".repeat((10_usize.saturating_sub(text.len())) / 3)
    );
    if full.len() != 10 || full.parse::<NaiveDate>().is_err() {
        return Err("write a date as 2005, 2005-03 or 2005-03-21".into());
    }
    Ok(Published {
        at: text.to_owned(),
        precision,
        origin: PublishedOrigin::Given,
    })
}

/// A locked archive is tried again this often; each try waits some seconds for the lock.
const MAX_TRIES: usize = 120;

/// What goes on.
const INGESTING: &str = "reading files";

/// What became of the files so far.
#[derive(Debug, Default)]
struct Tally {
    stored: usize,
    n_articles: usize,
    duplicate: usize,
    failed: usize,
    unchanged: usize,
}

/// The current time as the archive writes it.
#[expect(clippy::disallowed_methods, reason = "commands read the clock")]
pub(super) fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The day on which it is, here.
#[expect(clippy::disallowed_methods, reason = "commands read the clock")]
pub(super) fn today() -> NaiveDate {
    Local::now().date_naive()
}

impl IngestArgs {
    fn fallback(&self) -> Fallback {
        let source = self
            .source
            .clone()
            .map(|name| Source { name, domain: None });
        Fallback {
            source,
            published: self.published.clone(),
        }
    }

    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let files = files(&self.paths, config)?;
        let n_workers = thread::available_parallelism().map_or(1, usize::from);
        let mut options = config.options();
        options.fallback = self.fallback();
        let limits = options.limits;
        let crew = Crew::new(
            n_workers,
            Arc::new(Extractor::open(&config.recognizer)?),
            options,
        );
        let mut store = new_archive(config)?;
        let lookup = Mutex::new(Store::open_read_only(&config.archive.path)?);
        let stop = stop_flag()?;
        let line = Progress::new(INGESTING, Measure::Of(files.taken.len() as u64));
        let mut tally = Tally::default();
        let is_broken = AtomicBool::new(false);
        let take = |path: PathBuf, hand_on: HandOn<'_>| {
            let document = match document(&path, limits) {
                Ok(document) => document,
                Err((name, rejection)) => {
                    let size = fs::metadata(&path).map_or(0, |metadata| metadata.len());
                    return hand_on(Prepared::unread(&Arrival::unread(&name, size), rejection));
                }
            };
            prepare_unless_known(&document, &lookup, &crew, hand_on)?;
            if let Some(error) = document.trouble() {
                tracing::error!(
                    "{}: {error}; run the same command again for the rest",
                    document.path
                );
                is_broken.store(true, Ordering::Relaxed);
            }
            Ok(())
        };
        let is_slow = |path: &PathBuf| {
            let (size, head) = head(path);
            is_heavy(size, &head)
        };
        in_groups(files.taken.into_iter(), n_workers, is_slow, take, |group| {
            for (prepared, fate) in group
                .iter()
                .zip(store_patiently(&mut store, &group, &stop)?)
            {
                tally.count(prepared, &fate, &line);
            }
            Ok::<bool, StoreError>(!stop.load(Ordering::Relaxed))
        })?;
        let elapsed = line.elapsed();
        drop(line);
        if stop.load(Ordering::Relaxed) {
            tell!("stopped; what was committed is kept, run the same command again for the rest");
        }
        tell!("{}", tally.summary(files.n_ignored, elapsed));
        if tally.failed > 0 && tally.failed == tally.n_files() {
            bail!("nothing was ingested");
        }
        if is_broken.load(Ordering::Relaxed) {
            bail!("the system failed while files were read; what was read before is kept");
        }
        Ok(())
    }
}

/// Stores a group; while another program keeps the archive locked, tries again.
fn store_patiently(
    store: &mut Store,
    group: &[Prepared],
    stop: &AtomicBool,
) -> Result<Vec<Fate>, StoreError> {
    for n_tries in 1.. {
        match store_group(store, group) {
            Err(StoreError::Locked) if n_tries < MAX_TRIES && !stop.load(Ordering::Relaxed) => {
                tracing::warn!("the archive is locked by another program; trying again");
            }
            result => return result,
        }
    }
    Err(StoreError::Locked)
}

/// One transaction.
fn store_group(store: &mut Store, group: &[Prepared]) -> Result<Vec<Fate>, StoreError> {
    let now = now();
    write_batch(store, |writer, isolation| {
        let mut fates = Vec::with_capacity(group.len());
        for prepared in group {
            let fate = commit_isolated(writer, prepared, isolation, |_| true, &now)?;
            if let Fate::Done(file, _) = fate {
                writer.finish_files(&[file], &now)?;
            }
            fates.push(fate);
        }
        Ok(fates)
    })
}

impl Tally {
    fn count(&mut self, prepared: &Prepared, fate: &Fate, line: &Progress) {
        match fate {
            Fate::Pending => return,
            Fate::Unchanged => self.unchanged += 1,
            Fate::Done(_, outcome @ Outcome::Stored { n_articles, .. }) => {
                self.stored += 1;
                self.n_articles += n_articles;
                if let Some(reason) = outcome.reason() {
                    tracing::warn!("{}: {reason}", prepared.arrival.path);
                }
            }
            Fate::Done(_, Outcome::Duplicate { .. }) => self.duplicate += 1,
            Fate::Done(_, Outcome::Rejected(rejection)) => {
                self.failed += 1;
                line.say(format!("{INGESTING}, {} failed", self.failed));
                tracing::warn!("failed {}: {rejection}", prepared.arrival.path);
            }
        }
        line.add(1);
    }

    fn n_files(&self) -> usize {
        self.stored + self.duplicate + self.failed + self.unchanged
    }

    fn summary(&self, n_ignored: usize, elapsed: Duration) -> String {
        format!(
            "{} stored ({} articles), {} duplicate, {} failed, {} known before, {n_ignored} ignored (links, hidden and unfinished files), in {:.1} s",
            self.stored,
            self.n_articles,
            self.duplicate,
            self.failed,
            self.unchanged,
            elapsed.as_secs_f64()
        )
    }
}

/// Reads what a path names; '-' is stdin. An error names the file as the ledger does.
pub(super) fn document(path: &Path, limits: Limits) -> Result<Document, (String, Rejection)> {
    if path.as_os_str() == "-" {
        return from_stdin(limits.member).map_err(|rejection| ("-".to_owned(), rejection));
    }
    let name = printable(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    read(path, name.clone(), limits, is_bundle).map_err(|unread| {
        let rejection = match unread {
            Unread::Changed => {
                Rejection::Unreadable("it vanished or changed while it was read".into())
            }
            Unread::Passing(error) => error.into(),
            Unread::Rejected(rejection, _) => rejection,
        };
        (name, rejection)
    })
}

fn from_stdin(limit: u64) -> Result<Document, Rejection> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    if size > limit {
        return Err(Rejection::TooLarge { size, limit });
    }
    Ok(Document::new("-", bytes))
}

/// What the paths name.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// The plain files, those of a folder in the order of their names.
    pub(super) taken: Vec<PathBuf>,
    /// Links, pipes, devices, hidden files and those that the settings ignore, in the folders.
    pub(super) n_ignored: usize,
}

/// The plain files under the paths; hidden ones, and those whose names tell that they are no articles or not yet whole, only
/// if they are named themselves.
pub(super) fn files(paths: &[PathBuf], config: &Config) -> Result<Files> {
    let mut found = Files::default();
    let rules = NameRules::new(&config.inbox.unfinished, &config.inbox.ignored);
    for path in paths {
        if path.as_os_str() == "-" {
            found.taken.push(path.clone());
            continue;
        }
        let metadata =
            fs::metadata(path).with_context(|| format!("cannot ingest {}", path.display()))?;
        if metadata.is_dir() {
            walk(path, &rules, &mut found)
                .with_context(|| format!("cannot list {}", path.display()))?;
        } else {
            found.taken.push(path.clone());
        }
    }
    Ok(found)
}

fn walk(folder: &Path, rules: &NameRules, found: &mut Files) -> io::Result<()> {
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name();
        let is_ignored = name.as_encoded_bytes().starts_with(b".")
            || rules.judge(&name.to_string_lossy()).is_some();
        let kind = entry.file_type()?;
        if kind.is_dir() && !is_ignored {
            if let Err(error) = walk(&path, rules, found) {
                tracing::warn!("cannot list {}: {error}", path.display());
                found.n_ignored += 1;
            }
        } else if kind.is_file() && !is_ignored {
            found.taken.push(path);
        } else {
            found.n_ignored += 1;
        }
    }
    Ok(())
}

/// Set by Ctrl-C: the current batch is finished, then it ends.
pub(super) fn stop_flag() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed))
        .context("cannot watch for Ctrl-C")?;
    Ok(stop)
}
