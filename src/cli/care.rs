//! The commands that look after an archive: `doctor`, `retry`, `backup`, `completions`.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::ingest::now;
use super::output::OutputArgs;
use super::progress::{Measure, Progress};
use super::{archive, new_archive};
use crate::config::Config;
use crate::domain::document::FileHash;
use crate::domain::records::{Records, Value};
use crate::inbox::filing::give_back;
use crate::inbox::note::remove_note;
use crate::store::{FiledOriginal, Store};

/// A daemon files a file away within this time once its articles are stored.
const IN_PROGRESS: Duration = Duration::from_secs(5);

/// What goes on.
const CHECKING: &str = "checking the archive";

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche doctor
  microfiche doctor --archive ~/news.db --format json"#)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    output: OutputArgs,
}

impl DoctorArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let store = archive(config)?;
        let mut line = Progress::new(CHECKING, Measure::Time);
        let mut findings = store
            .read(|reader| reader.health(&|check| line.say(format!("{CHECKING}: {check}"))))?;
        line.say(format!("{CHECKING}: files that wait to be filed away"));
        findings.push(("files that wait to be filed away", n_stuck_files(&store)?));
        let originals = store.read(|reader| reader.filed_originals())?;
        let folder = config.archive.folder();
        line.turn_to("comparing originals", Measure::Of(originals.len() as u64));
        let (mut n_missing, mut n_changed) = (0, 0);
        for original in &originals {
            line.add(1);
            match is_unchanged(&folder.join(&original.filed_as), original) {
                Ok(true) => {}
                Ok(false) => n_changed += 1,
                Err(_) => n_missing += 1,
            }
        }
        findings.extend([
            (
                "originals that are no longer where they were filed",
                n_missing,
            ),
            (
                "originals whose bytes have changed since they were read",
                n_changed,
            ),
        ]);
        drop(line);
        let is_well = findings.iter().all(|(_, n)| *n == 0);
        let row = |(check, n): (&str, usize)| {
            let word = if n == 0 { "well" } else { "look" };
            let values = [check, word].map(|text| Value::Text(text.to_owned()));
            values
                .into_iter()
                .chain([Value::Integer(n as i64)])
                .collect()
        };
        self.output.records(&Records::new(
            &["check", "result", "n"],
            findings.into_iter().map(row).collect(),
        ))?;
        if !is_well {
            bail!(
                "not all is well; a damaged archive is restored from a backup, or made anew from the filed originals"
            );
        }
        Ok(())
    }
}

/// The number of files whose articles are stored and that nothing files away. A daemon at work files each within moments, so
/// those that are waiting now are looked at again.
#[expect(
    clippy::disallowed_methods,
    reason = "a daemon beside this command gets time to finish"
)]
fn n_stuck_files(store: &Store) -> Result<usize> {
    let waiting = || -> Result<HashSet<i64>> {
        let files = store.read(|reader| reader.unfinished_files())?;
        Ok(files.into_iter().map(|file| file.id).collect())
    };
    let mut stuck = waiting()?;
    let deadline = Instant::now() + IN_PROGRESS;
    while !stuck.is_empty() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(50));
        let still = waiting()?;
        stuck.retain(|file| still.contains(file));
    }
    Ok(stuck.len())
}

/// Whether a filed original is the file that was read.
fn is_unchanged(path: &Path, original: &FiledOriginal) -> io::Result<bool> {
    let file = File::open(path)?;
    Ok(file.metadata()?.len() == original.size
        && FileHash::of_reader(file)?.to_string() == original.hash)
}

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche retry
  microfiche retry --inbox ~/Downloads/news && microfiche report inbox"#)]
pub(super) struct RetryArgs {
    /// The inbox that they go back to [default: inbox]
    #[arg(long, value_name = "DIR")]
    inbox: Option<PathBuf>,
}

impl RetryArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let inbox = self.inbox.as_ref().unwrap_or(&config.inbox.path);
        let mut store = new_archive(config)?;
        let failed = store.read(|reader| reader.failed_files())?;
        let mut n_back = 0;
        for file in &failed {
            let original = config.archive.folder().join(&file.filed_as);
            if !original.exists() {
                continue;
            }
            give_back(&original, &inbox.join(&file.path))
                .with_context(|| format!("cannot move {} back to the inbox", original.display()))?;
            remove_note(&original);
            store.write(|writer| writer.forget_failure(file.id))?;
            n_back += 1;
        }
        tell!("{n_back} failed files are back in the inbox; `microfiche watch` tries them again");
        Ok(())
    }
}

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche backup ~/backups/news-2026-11-24.db
  microfiche backup /mnt/usb/news.db --archive ~/news.db"#)]
pub(super) struct BackupArgs {
    /// The new file; it must not exist
    file: PathBuf,
}

impl BackupArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        if self.file.exists() {
            bail!("{} exists; name a new file", self.file.display());
        }
        let store = new_archive(config)?;
        let n_bytes = fs::metadata(&config.archive.path)?.len();
        let mut line = Progress::growing("copying the archive", self.file.clone(), n_bytes);
        let copied = store.backup_to(&self.file);
        drop(line);
        if let Err(error) = copied {
            // Half a copy would be in the way of the next one.
            let _ = fs::remove_file(&self.file);
            return Err(error).with_context(|| format!("cannot write {}", self.file.display()));
        }
        line = Progress::new("checking the copy", Measure::Time);
        let n_articles = Store::open_read_only(&self.file)?.read(|reader| reader.check_copy())?;
        drop(line);
        tell!(
            "{} holds {n_articles} articles, as of {}",
            self.file.display(),
            now()
        );
        Ok(())
    }
}

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche completions bash > ~/.local/share/bash-completion/completions/microfiche
  microfiche completions zsh > ~/.zfunc/_microfiche"#)]
pub(super) struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

impl CompletionsArgs {
    pub(super) fn run(&self) -> Result<()> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut super::Args::command(),
            "microfiche",
            &mut script,
        );
        OutputArgs::text(&String::from_utf8_lossy(&script))
    }
}
