//! Where an export goes: standard output, or a file that appears under its name only when it is whole.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// A file in the making, beside the place where it will be.
#[derive(Debug)]
pub(super) struct Target {
    place: Option<PathBuf>,
    part: PathBuf,
}

impl Target {
    /// `-` or nothing is standard output. A file that exists is not overwritten unless `force` says so.
    pub(super) fn new(output: Option<&Path>, force: bool) -> Result<Self> {
        let Some(place) = output.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self {
                place: None,
                part: PathBuf::new(),
            });
        };
        // A device would be replaced by a file.
        if place.exists() && !place.is_file() {
            bail!("{} is no plain file; name another", place.display());
        }
        if place.exists() && !force {
            bail!(
                "{} exists; name another file, or replace it with --force",
                place.display()
            );
        }
        Ok(Self {
            part: beside(place),
            place: Some(place.to_owned()),
        })
    }

    /// The file to write to, where it is one: it does not exist yet.
    pub(super) fn file(&self) -> Option<&Path> {
        self.place.as_ref().map(|_| self.part.as_path())
    }

    /// Whether it is standard output.
    pub(super) fn is_stdout(&self) -> bool {
        self.place.is_none()
    }

    /// A writer; bytes that are no text are not poured over a terminal.
    pub(super) fn writer(&self, is_binary: bool) -> Result<Box<dyn Write + Send>> {
        Ok(match self.file() {
            Some(part) => {
                let file = File::create_new(part)
                    .with_context(|| format!("cannot write {}", part.display()))?;
                Box::new(BufWriter::with_capacity(1 << 16, file))
            }
            None if is_binary && io::stdout().is_terminal() => {
                bail!("this format is not for a terminal; name a file with --output")
            }
            None => Box::new(BufWriter::with_capacity(1 << 16, io::stdout())),
        })
    }

    /// Gives the whole file its name, which is where it is now.
    pub(super) fn finish(self) -> Result<Option<PathBuf>> {
        if let Some(place) = &self.place {
            File::open(&self.part)
                .and_then(|file| file.sync_all())
                .and_then(|()| fs::rename(&self.part, place))
                .with_context(|| format!("cannot write {}", place.display()))?;
        }
        Ok(self.place.clone())
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // Nothing is left of what did not come to its end; after a finish there is nothing to remove.
        if self.place.is_some() {
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// A name of this run's own, so that nothing of anybody's is overwritten; hidden, as a thing unfinished.
fn beside(place: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    place.with_file_name(name)
}
