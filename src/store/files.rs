//! `files`, the ledger: what became of each file.

use rusqlite::{Row, named_params, params};

use super::{Reader, StoreError, Writer};
use crate::domain::article::Format;
use crate::domain::document::{FileHash, PARSERS};
use crate::domain::ledger::{Arrival, FileState, MemberFailure, Outcome, Rejection, Resident};

/// `files.reason` while a file is being read.
const BEING_READ: &str = "it is being read";

/// `files.reason` of a file that left its place while it was being read.
const INTERRUPTED: &str =
    "it left its place before it was read to the end; drop it again to read the rest";

/// A file that the ledger knows by its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// `files.id`.
    pub id: i64,
    /// Where it stood.
    pub path: String,
    /// What became of it; waiting while its reading goes on or was cut short.
    pub state: FileState,
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
    /// Stored, duplicate or failed.
    pub state: FileState,
    /// What `failed/` says beside it.
    pub reason: Option<String>,
}

impl Reader<'_> {
    /// What the ledger knows of these bytes: a file that gave them, the latest row of each state at `path`, and a file whose
    /// reading was interrupted and that has left its place. Without a hash: the latest row at `path` that could not be read.
    /// Each part is one seek in an index, so that the thousandth copy costs no more than the first.
    pub fn files_with(
        &self,
        hash: Option<FileHash>,
        path: &str,
    ) -> Result<Vec<KnownFile>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select * from (select id, path, state from files
                            where hash = ?1 and state = 'stored' limit 1)
             union
             select * from (select id, path, state from files
                            where hash = ?1 and state = 'duplicate' limit 1)
             union
             select * from (select id, path, state from files
                            where hash = ?1 and state = 'stored' and path = ?2 order by id desc limit 1)
             union
             select * from (select id, path, state from files
                            where hash = ?1 and state = 'duplicate' and path = ?2 order by id desc limit 1)
             union
             select * from (select id, path, state from files
                            where hash is ?1 and state = 'failed' and path = ?2 order by id desc limit 1)
             union
             select * from (select id, path, state from files
                            where hash = ?1 and state = 'waiting' and path = ?2 order by id desc limit 1)
             union
             select * from (select id, path, state from files
                            where hash = ?1 and state = 'waiting' and reason = ?3 limit 1)
             order by id",
        )?;
        let hash = hash.map(|hash| hash.to_string());
        let rows = statement.query_map(params![hash, path, INTERRUPTED], |row| {
            Ok(KnownFile {
                id: row.get("id")?,
                path: row.get("path")?,
                state: state(row)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
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
                state: state(row)?,
                reason: row.get("reason")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Reader<'_> {
    /// The files whose reading began and did not end, by number and path.
    pub fn files_being_read(&self) -> Result<Vec<(i64, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id, path
             from files
             where state = 'waiting' and hash is not null and reason is not ?1
             order by id",
        )?;
        let rows =
            statement.query_map([INTERRUPTED], |row| Ok((row.get("id")?, row.get("path")?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of files whose reading was interrupted and that have left their place.
    pub(super) fn n_interrupted(self) -> Result<usize, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("select count(*) from files where state = 'waiting' and reason = ?1")?;
        let n: i64 = statement.query_row([INTERRUPTED], |row| row.get(0))?;
        Ok(n as usize)
    }
}

impl Writer<'_> {
    /// Marks a file whose reading was interrupted and that has left its place. If its bytes come again under any name,
    /// [`Self::resume_file`] goes on with its row.
    pub fn mark_interrupted(&mut self, file: i64) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("update files set reason = ?2 where id = ?1")?
            .execute(params![file, INTERRUPTED])?;
        Ok(())
    }

    /// Goes on with the row of a file whose reading was interrupted, where it lies now.
    pub fn resume_file(&mut self, file: i64, arrival: &Arrival) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("update files set path = ?2, name = ?3, reason = ?4 where id = ?1")?
            .execute(params![file, arrival.path, arrival.name, BEING_READ])?;
        Ok(())
    }

    /// Enters a file whose reading begins; [`Writer::close_file`] completes the row.
    pub fn open_file(&mut self, arrival: &Arrival, now: &str) -> Result<i64, StoreError> {
        self.enter_file(arrival, FileState::Waiting, Some(BEING_READ), now)
    }

    /// Enters a file whose fate is known at once.
    pub fn record_file(
        &mut self,
        arrival: &Arrival,
        outcome: &Outcome,
        now: &str,
    ) -> Result<i64, StoreError> {
        self.enter_file(arrival, outcome.state(), outcome.reason().as_deref(), now)
    }

    fn enter_file(
        &mut self,
        arrival: &Arrival,
        state: FileState,
        reason: Option<&str>,
        now: &str,
    ) -> Result<i64, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "insert into files (path, name, size, hash, state, reason, article_count, received_at, parsers)
             values (:path, :name, :size, :hash, :state, :reason, 0, :now, :parsers)",
        )?;
        statement.execute(named_params! {
            ":path": arrival.path,
            ":name": arrival.name,
            ":size": arrival.size as i64,
            ":hash": arrival.hash.map(|hash| hash.to_string()),
            ":state": state.as_str(),
            ":reason": reason,
            ":now": now,
            ":parsers": PARSERS,
        })?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Opens the row of a file that failed before, to be tried again.
    pub fn reopen_file(&mut self, file: i64) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("delete from file_failures where file_id = ?1")?
            .execute([file])?;
        self.transaction
            .prepare_cached(
                "update files
                 set state = 'waiting', reason = ?2, attempts = attempts + 1, failure_count = 0
                 where id = ?1",
            )?
            .execute(params![file, BEING_READ])?;
        Ok(())
    }

    pub(super) fn add_failures(
        &mut self,
        file: i64,
        failures: &[MemberFailure],
    ) -> Result<(), StoreError> {
        for failure in failures {
            self.name_failure(file, &failure.member, &failure.rejection.to_string())?;
        }
        Ok(())
    }

    /// A file that is read again after an interruption names the same members again; once is enough.
    fn name_failure(&self, file: i64, member: &str, reason: &str) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "insert into file_failures (file_id, member, reason)
                 select ?1, ?2, ?3
                 where not exists (select 1 from file_failures where file_id = ?1 and member = ?2 and reason = ?3)",
            )?
            .execute(params![file, member, reason])?;
        Ok(())
    }

    /// Raises the count of members without an article to `n_failed`, the total of this read. A file that is read again after an
    /// interruption starts from zero, so the count only rises beyond what it was.
    pub fn count_failures(&mut self, file: i64, n_failed: usize) -> Result<(), StoreError> {
        if n_failed > 0 {
            self.transaction
                .prepare_cached(
                    "update files set failure_count = max(failure_count, ?2) where id = ?1",
                )?
                .execute(params![file, n_failed as i64])?;
        }
        Ok(())
    }

    pub(super) fn count_articles(&mut self, file: i64, n_added: usize) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("update files set article_count = article_count + ?2 where id = ?1")?
            .execute(params![file, n_added as i64])?;
        Ok(())
    }

    /// Sums up a file that has been read to its end, or as far as `rejection` let it be.
    pub fn close_file(
        &mut self,
        file: i64,
        format: Option<Format>,
        rejection: Option<&Rejection>,
    ) -> Result<Outcome, StoreError> {
        let outcome = self.outcome(file, format, rejection)?;
        self.transaction
            .prepare_cached(
                "update files
                 set state = ?2, reason = ?3, format = ?4
                 where id = ?1",
            )?
            .execute(params![
                file,
                outcome.state().as_str(),
                outcome.reason(),
                format.map(Format::as_str)
            ])?;
        Ok(outcome)
    }

    fn outcome(
        &mut self,
        file: i64,
        format: Option<Format>,
        rejection: Option<&Rejection>,
    ) -> Result<Outcome, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select article_count,
                    failure_count,
                    (select count(*) from file_failures where file_id = files.id),
                    (select articles.title
                     from article_files
                     join articles on articles.id = article_files.article_id
                     where article_files.file_id = files.id
                     limit 1)
             from files
             where id = ?1",
        )?;
        let (n_articles, n_counted, n_named, known): (i64, i64, i64, Option<String>) = statement
            .query_row([file], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        drop(statement);
        let n_failed = n_counted.max(n_named) as usize;
        let n_articles = n_articles as usize;
        if n_counted > n_named {
            let member = format!("{} more", n_counted - n_named);
            self.name_failure(file, &member, "they gave no article either")?;
        }
        Ok(match (known, rejection) {
            // It broke off behind some good articles: those stand, and the ledger names the break.
            (Some(_), Some(rejection)) if n_articles > 0 => {
                let member = "the rest of the file".to_owned();
                let rejection = rejection.clone();
                self.add_failures(file, &[MemberFailure { member, rejection }])?;
                Outcome::Stored {
                    n_articles,
                    n_failed: n_failed + 1,
                }
            }
            (Some(_), _) if n_articles > 0 => Outcome::Stored {
                n_articles,
                n_failed,
            },
            (Some(title), _) => Outcome::Duplicate {
                of: format!("the article “{title}”"),
            },
            (None, Some(rejection)) => Outcome::Rejected(rejection.clone()),
            (None, None) if n_failed > 0 => Outcome::Rejected(Rejection::AllFailed(n_failed)),
            (None, None) => Outcome::Rejected(Rejection::NoArticle(format.unwrap_or(Format::Text))),
        })
    }

    /// Notes where a file is about to be filed, so that a crash before it is can be mended.
    pub fn will_file_as(&mut self, file: i64, place: &str) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("update files set filed_as = ?2 where id = ?1")?
            .execute(params![file, place])?;
        Ok(())
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

    /// Notes that files were never filed: somebody took them away or replaced them before.
    pub fn are_not_filed(&mut self, files: &[i64]) -> Result<(), StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("update files set filed_as = null where id = ?1")?;
        for file in files {
            statement.execute([file])?;
        }
        Ok(())
    }

    /// Makes the ledger's waiting and ignored rows be exactly `residents`.
    pub fn set_residents(&mut self, residents: &[Resident], now: &str) -> Result<(), StoreError> {
        let mut old = self.transaction.prepare_cached(
            "select id, path, size, state, reason
             from files
             where state in ('ignored', 'waiting')
               and hash is null -- the others are being read",
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

/// The state of a row; a word of none, in an archive that somebody wrote to, is an error.
fn state(row: &Row<'_>) -> rusqlite::Result<FileState> {
    let word: String = row.get("state")?;
    let known = FileState::ALL
        .into_iter()
        .find(|state| state.as_str() == word);
    known.ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(
            0,
            rusqlite::types::Type::Text,
            format!("{word:?} is no state of a file").into(),
        )
    })
}

fn resident(row: &Row<'_>) -> rusqlite::Result<Resident> {
    Ok(Resident {
        path: row.get("path")?,
        size: row.get::<_, i64>("size")? as u64,
        state: state(row)?,
        reason: row.get::<_, Option<String>>("reason")?.unwrap_or_default(),
    })
}
