//! What happens to files after their articles are durable, and what the ledger is told of it in the next transaction: they leave
//! the inbox, their notes are written, and those that a program still writes to come back.

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::book::identity;
use super::desk::Desk;
use super::errand::Errand;
use crate::config::Disposal;
use crate::domain::document::FileHash;
use crate::domain::identity::Identity;
use crate::domain::ledger::FileState;
use crate::inbox::filing::{Departure, aside, give_back, sync};
use crate::inbox::note::{note_of, remove_note, write_note};
use crate::inbox::scan::Settling;
use crate::store::{StoreError, Unfinished, Writer};

use anyhow::Result;

/// So many of the files that left last are looked at again.
const MAX_WATCHED: usize = 10_000;

/// What is still to be said in the ledger.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    /// Files that have left.
    finished: Vec<i64>,
    /// Files that somebody took away or replaced before they could be filed: they are nowhere.
    not_filed: Vec<i64>,
    /// Failed files that came back to be read again.
    forgotten: Vec<i64>,
    /// Notes that could not be written: the file's row, the file, the note.
    notes: Vec<(i64, PathBuf, String)>,
    /// Files that left lately.
    watched: VecDeque<Watched>,
    /// When they were last looked at.
    rechecked: Option<Instant>,
}

/// A file that left, and may still be written to by a program that opened it before.
#[derive(Debug)]
struct Watched {
    id: i64,
    state: FileState,
    /// Where it stood.
    from: PathBuf,
    /// Where it is.
    at: PathBuf,
    filed: Identity,
    until: Instant,
    /// What it was last seen to be, and since when, if it changed.
    changed: Option<(Identity, Instant)>,
}

impl Outbox {
    /// Whether there is nothing to say.
    pub(super) fn is_empty(&self) -> bool {
        self.finished.is_empty() && self.not_filed.is_empty() && self.forgotten.is_empty()
    }

    /// Whether a file that left has changed, and is waited for to stand still.
    pub(super) fn has_growing(&self) -> bool {
        let mut watched = self.watched.iter();
        watched.any(|watched| watched.changed.is_some())
    }

    /// Says it.
    pub(super) fn write(&self, writer: &mut Writer<'_>, now: &str) -> Result<(), StoreError> {
        writer.finish_files(&self.finished, now)?;
        writer.are_not_filed(&self.not_filed)?;
        self.forgotten
            .iter()
            .try_for_each(|file| writer.forget_failure(*file))
    }

    /// It was said.
    pub(super) fn clear(&mut self) {
        self.finished.clear();
        self.not_filed.clear();
        self.forgotten.clear();
    }
}

impl Desk {
    /// Files away; a file that cannot be stays where it is, is not taken again, and is tried again at the next start.
    pub(super) fn run_errands(&mut self, errands: &[Errand]) {
        let mut folders = BTreeSet::new();
        for errand in errands {
            match errand.run() {
                Ok(departure) => self.departed(errand, departure),
                Err(error) => {
                    let trouble =
                        format!("{error:#}; its articles are stored, and it stays where it is");
                    tracing::error!("{trouble}");
                    self.trouble = Some(trouble);
                    self.book.keep(&errand.from, errand.read);
                }
            }
            folders.extend(errand.folders());
        }
        sync(&folders);
        self.write_notes();
    }

    fn departed(&mut self, errand: &Errand, departure: Departure) {
        let from = errand.from.display();
        match (departure, &errand.to) {
            (Departure::Done, Some(to)) => {
                self.watch(errand, to);
                if let Some(note) = &errand.note {
                    // The row stays unfinished until the note is written.
                    let note = (errand.id, to.clone(), note.clone());
                    self.outbox.notes.push(note);
                    return;
                }
            }
            (Departure::Done, None) => {
                if errand.disposal == Disposal::Keep {
                    self.book.keep(&errand.from, errand.read);
                }
            }
            (Departure::Gone, _) => {
                tracing::warn!(
                    "{from} was taken away before it could be filed; its articles are stored"
                );
                self.outbox.not_filed.push(errand.id);
            }
            (Departure::Replaced, _) => {
                tracing::info!("{from} was replaced after it was read; it is read again");
                self.outbox.not_filed.push(errand.id);
                self.book.ring();
            }
        }
        self.outbox.finished.push(errand.id);
    }

    /// Writes the notes that are due; one that cannot be written is tried again at the next pass.
    pub(super) fn write_notes(&mut self) {
        for (id, file, note) in std::mem::take(&mut self.outbox.notes) {
            // Without its file a note says nothing.
            let written = identity(&file).map_or(Ok(()), |_| write_note(&file, &note));
            match written {
                Ok(()) => self.outbox.finished.push(id),
                Err(error) => {
                    let place = note_of(&file);
                    let trouble = format!("cannot write the note {}: {error}", place.display());
                    if self.trouble.as_ref() != Some(&trouble) {
                        tracing::error!("{trouble}; trying again");
                    }
                    self.trouble = Some(trouble);
                    self.outbox.notes.push((id, file, note));
                }
            }
        }
    }

    fn watch(&mut self, errand: &Errand, at: &Path) {
        let Some(filed) = identity(at) else {
            return;
        };
        if self.outbox.watched.len() >= MAX_WATCHED {
            self.outbox.watched.pop_front();
        }
        let settle = Duration::from_millis(self.config.inbox.settle_ms);
        self.outbox.watched.push_back(Watched {
            id: errand.id,
            state: errand.state,
            from: errand.from.clone(),
            at: at.to_owned(),
            filed,
            until: Instant::now() + Settling::patience(settle),
            changed: None,
        });
    }

    /// Looks at the files that left lately: one that a program went on writing to goes back to the inbox, to be read again.
    pub(super) fn recheck(&mut self) {
        let settle = Duration::from_millis(self.config.inbox.settle_ms);
        let now = Instant::now();
        let is_early = |last: Instant| now.duration_since(last) < settle;
        if self.outbox.rechecked.is_some_and(is_early) {
            return;
        }
        self.outbox.rechecked = Some(now);
        for mut watched in std::mem::take(&mut self.outbox.watched) {
            let Some(seen) = identity(&watched.at) else {
                continue;
            };
            if seen.has_content_of(&watched.filed) {
                if now < watched.until {
                    self.outbox.watched.push_back(watched);
                }
                continue;
            }
            match watched.changed {
                Some((last, since)) if last == seen => {
                    if now.duration_since(since) >= settle {
                        self.take_back(&watched);
                        continue;
                    }
                }
                _ => watched.changed = Some((seen, now)),
            }
            self.outbox.watched.push_back(watched);
        }
    }

    fn take_back(&mut self, watched: &Watched) {
        let at = watched.at.display();
        match give_back(&watched.at, &watched.from) {
            Ok(_) => {
                tracing::warn!("{at} was written to after it was filed; it is read again");
                if watched.state == FileState::Failed {
                    remove_note(&watched.at);
                    self.outbox.forgotten.push(watched.id);
                } else {
                    self.outbox.not_filed.push(watched.id);
                }
            }
            Err(error) => {
                let trouble = format!(
                    "{at} was written to after it was filed, and cannot go back to be read: {error}"
                );
                tracing::error!("{trouble}");
                self.trouble = Some(trouble);
            }
        }
    }

    /// Finishes what a crash between commit and rename left: the ledger knows the bytes, so the file is only moved.
    pub(super) fn mend(&mut self) -> Result<()> {
        self.mark_interrupted()?;
        for row in self.store.read(|reader| reader.unfinished_files())? {
            self.mend_row(&row);
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

    fn mend_row(&mut self, row: &Unfinished) {
        let from = self.config.inbox.path.join(&row.path);
        let aside = aside(&from, row.id);
        let to = row.filed_as.as_ref().map(|place| self.home.join(place));
        let note = row
            .reason
            .clone()
            .filter(|_| row.state == FileState::Failed);
        if let Some(to) = to.as_ref().filter(|to| has_bytes(to, row)) {
            if row.hash.is_some() && has_bytes(&aside, row) {
                // The copy is whole; only the original was still to go.
                let _ = std::fs::remove_file(&aside);
            }
            match note {
                Some(note) => self.outbox.notes.push((row.id, to.clone(), note)),
                None => self.outbox.finished.push(row.id),
            }
            return;
        }
        for stranger in [Some(&aside), to.as_ref()].into_iter().flatten() {
            self.put_back(stranger, &from, row);
        }
        match identity(&from) {
            Some(read) if has_bytes(&from, row) => {
                tracing::info!(
                    "filing {}, whose articles were stored before the last stop",
                    from.display()
                );
                self.run_errands(&[Errand {
                    id: row.id,
                    state: row.state,
                    from,
                    read,
                    to,
                    disposal: self.disposal(row.state),
                    note,
                }]);
            }
            _ => {
                self.outbox.finished.push(row.id);
                self.outbox.not_filed.push(row.id);
            }
        }
    }

    /// A crash may leave a file aside, or where another was to go: it belongs in the inbox.
    fn put_back(&mut self, stranger: &Path, from: &Path, row: &Unfinished) {
        if identity(stranger).is_none() {
            return;
        }
        if let Err(error) = give_back(stranger, from) {
            let trouble = format!(
                "{} (row {}) cannot go back to the inbox: {error}",
                stranger.display(),
                row.id
            );
            tracing::error!("{trouble}");
            self.trouble = Some(trouble);
        }
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
