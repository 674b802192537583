//! `files`, the ledger: what became of each file.

use rusqlite::{OptionalExtension, Row, named_params, params};

use super::{Reader, StoreError, Writer};
use crate::domain::document::FileHash;
use crate::domain::ledger::{Arrival, FileState, Outcome, Resident};

/// A file that the ledger knows by its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// `files.id`.
    pub id: i64,
    /// Where it stood.
    pub path: String,
    /// `stored`, `duplicate` or `failed`.
    pub state: String,
}

/// A file whose articles are durable but which had not left the inbox when its row was last written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// `files.id`.
    pub id: i64,
    /// Where it stood.
    pub path: String,
    /// Its bytes' hash in hex, where it could be read.
    pub hash: Option<String>,
    /// Where it was to go.
    pub filed_as: Option<String>,
    /// `stored`, `duplicate` or `failed`.
    pub state: String,
    /// What `failed/` says beside it.
    pub reason: Option<String>,
}

impl Reader<'_> {
    /// The stored file with these bytes, if there is one.
    pub fn stored_file(&self, hash: FileHash) -> Result<Option<KnownFile>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id, path, state
             from files
             where hash = ?1 and +state = 'stored' -- the plus keeps the planner on the index by hash
             order by id
             limit 1",
        )?;
        Ok(statement
            .query_row([hash.to_string()], known_file)
            .optional()?)
    }

    /// The row of this very file, same bytes at the same path, if it was taken before.
    pub fn file_at(&self, hash: FileHash, path: &str) -> Result<Option<KnownFile>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id, path, state
             from files
             where hash = ?1 and path = ?2 and +state in ('stored', 'duplicate', 'failed')
             order by id desc
             limit 1",
        )?;
        Ok(statement
            .query_row(params![hash.to_string(), path], known_file)
            .optional()?)
    }

    /// The files that still have to leave the inbox: those of a group whose filing was cut short.
    pub fn unfinished_files(&self) -> Result<Vec<Unfinished>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id, path, hash, filed_as, state, reason
             from files
             where finished_at is null and state in ('stored', 'duplicate', 'failed')
             order by id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Unfinished {
                id: row.get("id")?,
                path: row.get("path")?,
                hash: row.get("hash")?,
                filed_as: row.get("filed_as")?,
                state: row.get("state")?,
                reason: row.get("reason")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Enters a file that is about to be stored, so that its articles can point to it; `settle_file` completes the row.
    pub(super) fn enter_file(
        &mut self,
        arrival: &Arrival,
        state: FileState,
        now: &str,
    ) -> Result<i64, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "insert into files (path, name, size, hash, format, state, received_at)
             values (:path, :name, :size, :hash, :format, :state, :now)",
        )?;
        statement.execute(named_params! {
            ":path": arrival.path,
            ":name": arrival.name,
            ":size": arrival.size as i64,
            ":hash": arrival.hash.map(|hash| hash.to_string()),
            ":format": arrival.format.map(crate::domain::article::Format::as_str),
            ":state": state.as_str(),
            ":now": now,
        })?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Records a file's fate; its row and id.
    pub fn record_file(
        &mut self,
        arrival: &Arrival,
        outcome: &Outcome,
        now: &str,
    ) -> Result<i64, StoreError> {
        let file = self.enter_file(arrival, outcome.state(), now)?;
        self.settle_file(file, outcome)?;
        Ok(file)
    }

    /// Writes the fate of a file that was entered before.
    pub(super) fn settle_file(&mut self, file: i64, outcome: &Outcome) -> Result<(), StoreError> {
        let n_articles = match outcome {
            Outcome::Stored { articles } => articles.len(),
            _ => 0,
        };
        let mut statement = self.transaction.prepare_cached(
            "update files
             set state = ?2, reason = ?3, article_count = ?4
             where id = ?1",
        )?;
        statement.execute(params![
            file,
            outcome.state().as_str(),
            outcome.reason(),
            n_articles as i64
        ])?;
        Ok(())
    }

    /// Notes where a file is about to be filed, so that a crash before it is can be mended.
    pub fn will_file_as(&mut self, file: i64, place: &str) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("update files set filed_as = ?2 where id = ?1")?
            .execute(params![file, place])?;
        Ok(())
    }

    /// Counts one more try of a file that failed before, and what came of it.
    pub fn retry_file(&mut self, file: i64, outcome: &Outcome) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("update files set attempts = attempts + 1 where id = ?1")?
            .execute([file])?;
        self.settle_file(file, outcome)
    }

    /// Marks files as done with: filed away, deleted, or left in place on purpose.
    pub fn finish_files(&mut self, files: &[i64], now: &str) -> Result<(), StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("update files set finished_at = ?2 where id = ?1")?;
        for file in files {
            statement.execute(params![file, now])?;
        }
        Ok(())
    }

    /// Makes the ledger's waiting and ignored rows be exactly `residents`.
    pub fn set_residents(&mut self, residents: &[Resident], now: &str) -> Result<(), StoreError> {
        let mut old = self.transaction.prepare_cached(
            "select id, path, size, state, reason
             from files
             where state in ('ignored', 'waiting')",
        )?;
        let mut gone: std::collections::HashMap<Resident, i64> = old
            .query_map([], |row| Ok((resident(row)?, row.get("id")?)))?
            .collect::<Result<_, _>>()?;
        let mut insert = self.transaction.prepare_cached(
            "insert into files (path, name, size, state, reason, received_at)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for resident in residents {
            if gone.remove(resident).is_none() {
                let name = resident.path.rsplit('/').next().unwrap_or(&resident.path);
                let Resident {
                    path,
                    size,
                    state,
                    reason,
                } = resident;
                insert.execute(params![
                    path,
                    name,
                    *size as i64,
                    state.as_str(),
                    reason,
                    now
                ])?;
            }
        }
        let mut delete = self
            .transaction
            .prepare_cached("delete from files where id = ?1")?;
        for id in gone.values() {
            delete.execute([id])?;
        }
        Ok(())
    }
}

fn known_file(row: &Row<'_>) -> rusqlite::Result<KnownFile> {
    Ok(KnownFile {
        id: row.get("id")?,
        path: row.get("path")?,
        state: row.get("state")?,
    })
}

fn resident(row: &Row<'_>) -> rusqlite::Result<Resident> {
    let state: String = row.get("state")?;
    Ok(Resident {
        path: row.get("path")?,
        size: row.get::<_, i64>("size")? as u64,
        state: if state == FileState::Ignored.as_str() {
            FileState::Ignored
        } else {
            FileState::Waiting
        },
        reason: row.get::<_, Option<String>>("reason")?.unwrap_or_default(),
    })
}
