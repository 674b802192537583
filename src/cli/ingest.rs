//! `ingest`: files and folders taken in place; nothing is moved.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::{Context, Result};
use chrono::{SecondsFormat, Utc};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::config::Config;
use crate::domain::document::Document;
use crate::domain::ledger::{Arrival, Outcome, Rejection};
use crate::extract::Extractor;
use crate::inbox::read::{printable, read};
use crate::ingest::{Prepared, commit, in_groups, prepare};
use crate::store::{Store, StoreError};

/// Examples:
///   microfiche ingest ~/clippings
///   curl -s https://example.org/story | microfiche ingest -
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct IngestArgs {
    /// Files or folders; '-' is stdin
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

/// What became of the files so far.
#[derive(Debug, Default)]
struct Tally {
    stored: usize,
    duplicate: usize,
    failed: usize,
    unchanged: usize,
}

/// The current time as the archive writes it.
#[expect(clippy::disallowed_methods, reason = "commands read the clock")]
pub(super) fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl IngestArgs {
    #[expect(clippy::print_stderr, reason = "progress and the summary go there")]
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        for path in self.paths.iter().filter(|path| path.as_os_str() != "-") {
            fs::symlink_metadata(path)
                .with_context(|| format!("cannot ingest {}", path.display()))?;
        }
        let extractor = Extractor::embedded()?;
        let mut store = Store::open(&config.archive.path)?;
        let stop = stop_flag()?;
        let bar = progress_bar(files(&self.paths).len() as u64);
        let mut tally = Tally::default();
        let prepare = |(path, document): (String, Result<Document, Rejection>)| match document {
            Ok(document) => Some(prepare(&document, &extractor)),
            Err(rejection) => Some(unread(path, rejection)),
        };
        let n_workers = thread::available_parallelism().map_or(1, usize::from);
        in_groups(
            documents(&self.paths, config.inbox.max_file_bytes),
            n_workers,
            prepare,
            |group| {
                let fates = store_group(&mut store, &group)?;
                for (prepared, fate) in group.iter().zip(fates) {
                    tally.count(prepared, fate.as_ref(), &bar);
                }
                bar.inc(group.len() as u64);
                Ok::<bool, StoreError>(!stop.load(Ordering::Relaxed))
            },
        )?;
        bar.finish_and_clear();
        if stop.load(Ordering::Relaxed) {
            eprintln!(
                "stopped; what was committed is kept, run the same command again for the rest"
            );
        }
        let Tally {
            stored,
            duplicate,
            failed,
            unchanged,
        } = tally;
        eprintln!(
            "{stored} stored, {duplicate} duplicate, {failed} failed, {unchanged} known before, in {:.1} s",
            bar.elapsed().as_secs_f64()
        );
        Ok(())
    }
}

/// One transaction; none for a file that the ledger has, same bytes at the same path, and that did not fail.
fn store_group(store: &mut Store, group: &[Prepared]) -> Result<Vec<Option<Outcome>>, StoreError> {
    let now = now();
    store.write(|writer| {
        let mut fates = Vec::with_capacity(group.len());
        for prepared in group {
            let known = match prepared.arrival.hash {
                Some(hash) => writer.reader().file_at(hash, &prepared.arrival.path)?,
                None => None,
            };
            fates.push(match known {
                Some(known) if known.state != "failed" => None,
                Some(known) => Some(match &prepared.articles {
                    Ok(articles) => writer.add_to_file(known.id, articles, &now)?,
                    Err(rejection) => {
                        let outcome = Outcome::Rejected(rejection.clone());
                        writer.retry_file(known.id, &outcome)?;
                        outcome
                    }
                }),
                None => {
                    let (file, outcome) = commit(writer, prepared, &now)?;
                    writer.finish_files(&[file], &now)?;
                    Some(outcome)
                }
            });
        }
        Ok(fates)
    })
}

impl Tally {
    fn count(&mut self, prepared: &Prepared, fate: Option<&Outcome>, bar: &ProgressBar) {
        match fate {
            None => self.unchanged += 1,
            Some(Outcome::Stored { .. }) => self.stored += 1,
            Some(Outcome::Duplicate { .. }) => self.duplicate += 1,
            Some(Outcome::Rejected(rejection)) => {
                self.failed += 1;
                bar.set_message(format!("{} failed", self.failed));
                bar.suspend(|| tracing::warn!("failed {}: {rejection}", prepared.arrival.path));
            }
        }
    }
}

fn unread(path: String, rejection: Rejection) -> Prepared {
    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
    let arrival = Arrival {
        path,
        name,
        size: 0,
        hash: None,
        format: None,
    };
    Prepared {
        arrival,
        articles: Err(rejection),
    }
}

/// Reads what the paths name, one by one, as it is asked for.
pub(super) fn documents(
    paths: &[PathBuf],
    max_bytes: u64,
) -> impl Iterator<Item = (String, Result<Document, Rejection>)> + Send + use<> {
    files(paths).into_iter().map(move |path| {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let result = io::stdin().lock().take(max_bytes).read_to_end(&mut bytes);
            let document = result.map(|_| Document::new("-", bytes));
            return (
                "-".into(),
                document.map_err(|error| Rejection::Unreadable(error.to_string())),
            );
        }
        let name = printable(&std::path::absolute(&path).unwrap_or_else(|_| path.clone()));
        let document = read(&path, name.clone(), max_bytes);
        let vanished = || Rejection::Unreadable("it vanished or changed while it was read".into());
        (
            name,
            document.and_then(|document| document.ok_or_else(vanished)),
        )
    })
}

/// The plain files under the paths, in the order of their names; hidden ones only if named.
fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else {
            tracing::warn!("cannot list {}", folder.display());
            return;
        };
        let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for path in entries {
            let is_hidden = path
                .file_name()
                .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            match fs::symlink_metadata(&path) {
                Ok(metadata) if metadata.is_dir() && !is_hidden => walk(&path, found),
                Ok(metadata) if metadata.is_file() && !is_hidden => found.push(path),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut found);
        } else {
            found.push(path.clone());
        }
    }
    found
}

fn progress_bar(n_files: u64) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} files · {per_sec} · {eta} left · {msg}");
    ProgressBar::new(n_files).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Set by Ctrl-C: the group in hand is finished, then it ends.
fn stop_flag() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed))
        .context("cannot watch for Ctrl-C")?;
    Ok(stop)
}
