//! What is still to be done with a file once its articles are durable: it is filed away, left or deleted.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::config::Disposal;
use crate::inbox::filing::{move_file, write_note};

/// Where a committed file goes.
#[derive(Debug)]
pub(super) struct Errand {
    /// `files.id`.
    pub(super) id: i64,
    /// Where the file stands.
    pub(super) from: PathBuf,
    /// Where it goes, if it moves.
    pub(super) to: Option<PathBuf>,
    /// What happens to it.
    pub(super) disposal: Disposal,
    /// What the note beside it says, if it failed.
    pub(super) note: Option<String>,
}

impl Errand {
    /// Does it; the folders whose entries changed are left to be synced. A file that somebody took away meanwhile is no
    /// trouble: its articles are stored.
    pub(super) fn run(&self) -> Result<()> {
        let from = self.from.display();
        match (self.disposal, &self.to) {
            (Disposal::Move, Some(to)) => {
                self.unless_gone(move_file(&self.from, to))
                    .with_context(|| format!("cannot file {from} as {}", to.display()))?;
                if let Some(note) = &self.note {
                    write_note(to, note).with_context(|| {
                        format!("cannot write the note beside {}", to.display())
                    })?;
                }
                Ok(())
            }
            (Disposal::Delete, _) => self
                .unless_gone(fs::remove_file(&self.from))
                .with_context(|| format!("cannot delete {from}")),
            _ => Ok(()),
        }
    }

    fn unless_gone(&self, result: io::Result<()>) -> io::Result<()> {
        match result {
            Err(error) if error.kind() == ErrorKind::NotFound && !self.from.exists() => {
                tracing::warn!(
                    "{} was taken away before it could be filed; its articles are stored",
                    self.from.display()
                );
                Ok(())
            }
            result => result,
        }
    }

    /// The folders whose entries it changed.
    pub(super) fn folders(&self) -> impl Iterator<Item = PathBuf> {
        let ends = [Some(&self.from), self.to.as_ref()];
        ends.into_iter()
            .flatten()
            .filter_map(|path| path.parent())
            .map(Path::to_owned)
    }
}
