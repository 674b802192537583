//! What is still to be done with a file once its articles are durable: it is filed away, left or deleted.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::config::Disposal;
use crate::domain::identity::Identity;
use crate::domain::ledger::FileState;
use crate::inbox::filing::{Departure, aside, delete, move_away};

/// Where a committed file goes.
#[derive(Debug, Clone)]
pub(super) struct Errand {
    /// `files.id`.
    pub(super) id: i64,
    /// What became of it.
    pub(super) state: FileState,
    /// Where the file stands.
    pub(super) from: PathBuf,
    /// Its state when it was read: any other is not what was stored.
    pub(super) read: Identity,
    /// Where it goes, if it moves.
    pub(super) to: Option<PathBuf>,
    /// What happens to it.
    pub(super) disposal: Disposal,
    /// What the note beside it says, if it failed.
    pub(super) note: Option<String>,
}

impl Errand {
    /// Does it, but for the note; the folders whose entries changed are left to be synced.
    pub(super) fn run(&self) -> Result<Departure> {
        let from = self.from.display();
        let aside = aside(&self.from, self.id);
        match (self.disposal, &self.to) {
            (Disposal::Move, Some(to)) => move_away(&self.from, to, &self.read, &aside)
                .with_context(|| format!("cannot file {from} as {}", to.display())),
            (Disposal::Delete, _) => delete(&self.from, &self.read, &aside)
                .with_context(|| format!("cannot delete {from}")),
            _ => Ok(Departure::Done),
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
