//! The archive, and the only SQL of the program outside `migrations/`.
//!
//! [`Store::read`] and [`Store::write`] take a closure: what it is given decides what it may do, and a write is one
//! transaction that is durable when `write` returns. One file per table holds the statements, as methods of [`Reader`]
//! and [`Writer`].

mod adhoc;
mod articles;
mod care;
mod catalog;
mod checks;
mod clusters;
mod curation;
mod daemon;
mod decisions;
mod entities;
mod error;
mod export;
mod files;
mod hits;
mod imprint;
mod names;
mod page;
mod reanalysis;
mod recounting;
mod refolding;
mod rekeying;
mod reports;
mod rereading;
mod schema;
mod search;
mod stories;
mod sums;
mod tops;
mod watchlists;
mod write_queue;

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::domain::analysis::Kind;
use crate::domain::correction::Corrections;
use crate::text::phrases::Phrases;

pub use adhoc::{Interrupt, QueryLimits};
pub use articles::{ContentKey, NewArticle};
pub use care::{FailedFile, FiledOriginal};
pub use curation::Change;
pub use daemon::DaemonState;
pub use decisions::Named;
pub use error::StoreError;
pub use export::{Original, Sink, Subset, TableFile};
pub use files::{KnownFile, Unfinished};
pub use reanalysis::{Outdated, Reading, SaidMention};
pub use reports::{Audited, Sampled, Screened};
pub use rereading::{OldFile, Rereading, Revision};
use write_queue::WriteQueue;

pub use search::{Alert, Asked, Found, Order, SavedSearch, Watcher};

/// An open archive.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    queue: Option<WriteQueue>,
    entity_ids: EntityIds,
    rules: Rules,
    /// SQLite's count of what others have committed.
    data_version: i64,
}

/// What the user has laid down, as last read: each with the number by which it is known to be the latest.
#[derive(Debug, Default)]
struct Rules {
    corrections: Option<(i64, Arc<Corrections>)>,
    phrases: Option<(i64, Arc<Phrases>)>,
}

/// What was seen of the entities of the archive, so that common names cost no query: `(kind, key)` to id.
type EntityIds = HashMap<(Kind, String), i64>;

/// Reads one consistent state of the archive.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    pub(in crate::store) connection: &'a Connection,
}

/// Reads and writes within one transaction.
#[derive(Debug)]
pub struct Writer<'a> {
    pub(in crate::store) transaction: &'a Transaction<'a>,
    pub(in crate::store) entity_ids: &'a mut EntityIds,
    rules: &'a mut Rules,
}

impl Store {
    /// Opens the archive for writing, makes it where there is none, and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let is_new = !path.exists();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = twice(|| {
            let mut store = Self::connect(path, flags)?;
            store.set_up().map_err(|error| named(error, path))?;
            Ok(store)
        })?;
        if is_new {
            // SQLite syncs the file, not the folder entry that makes it findable after a power cut.
            sync_folder_of(path);
        }
        Ok(store)
    }

    /// Opens an archive that exists, for reading only; writers may work on beside it. One that an older program made is
    /// brought up to date first.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let (store, applied) = twice(|| {
            let store = Self::connect_to_read(path)?;
            let applied = schema::check(&store.connection, path);
            Ok((store, applied.map_err(|error| named(error, path))?))
        })?;
        if applied == 0 {
            return Err(StoreError::Foreign(path.to_owned()));
        }
        if schema::is_latest(applied) {
            // Every statement that would change the archive is refused.
            store.connection.pragma_update(None, "query_only", true)?;
            return Ok(store);
        }
        drop(store);
        Self::open(path).map_err(|error| match error {
            StoreError::CannotOpen(path) => StoreError::Outdated(path),
            error => error,
        })?;
        Self::open_read_only(path)
    }

    fn connect_to_read(path: &Path) -> Result<Self, StoreError> {
        let connect = |access: OpenFlags| {
            let store = Self::connect(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            // SQLite opens the file at the first statement.
            let probe =
                store
                    .connection
                    .query_row("select count(*) from sqlite_schema", [], |_| Ok(()));
            probe.map_err(|error| named(error.into(), path))?;
            Ok(store)
        };
        // A reader of a WAL archive writes the shared-memory file, so the open itself is not read-only.
        let error = match connect(OpenFlags::SQLITE_OPEN_READ_WRITE)
            .or_else(|_| connect(OpenFlags::SQLITE_OPEN_READ_ONLY))
        {
            Err(error @ StoreError::CannotOpen(_)) => error,
            result => return result,
        };
        // On read-only media, and in folders of others, there is nowhere to put the shared-memory file. Without a log to
        // be read, the file is all of the archive, and nothing changes it.
        if wal_of(path).exists() {
            return Err(error);
        }
        Self::connect_to_immutable(path)
    }

    fn connect_to_immutable(path: &Path) -> Result<Self, StoreError> {
        let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let uri =
            url::Url::from_file_path(full).map_err(|()| StoreError::CannotOpen(path.to_owned()))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let uri = PathBuf::from(format!("{uri}?immutable=1"));
        let store = Self::connect(&uri, flags).map_err(|error| match error {
            StoreError::CannotOpen(_) => StoreError::CannotOpen(path.to_owned()),
            error => error,
        })?;
        Ok(Self {
            path: path.to_owned(),
            ..store
        })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that opens connections"
    )]
    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let mut connection =
            Connection::open_with_flags(path, flags).map_err(|error| named(error.into(), path))?;
        connection.busy_handler(Some(write_queue::poll))?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            queue: None,
            entity_ids: EntityIds::new(),
            rules: Rules::default(),
            data_version: 0,
        })
    }

    fn set_up(&mut self) -> Result<(), StoreError> {
        // Looked at before WAL mode is set, which would already write to another program's database.
        schema::check(&self.connection, &self.path)?;
        self.connection.pragma_update(None, "journal_mode", "wal")?;
        self.connection.pragma_update(None, "synchronous", "full")?;
        self.connection.pragma_update(None, "foreign_keys", true)?;
        self.connection.pragma_update(None, "cache_size", -65_536)?;
        self.connection
            .pragma_update(None, "temp_store", "memory")?;
        self.connection.set_prepared_statement_cache_capacity(128);
        schema::migrate(&mut self.connection, &self.path)
    }

    /// Where the archive is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets `work` read; all its statements see the same state of the archive.
    pub fn read<T>(
        &self,
        work: impl FnOnce(Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let read = || {
            let transaction = self.connection.unchecked_transaction()?;
            let value = work(Reader {
                connection: &transaction,
            })?;
            transaction.finish()?;
            Ok(value)
        };
        read().map_err(|error| named(error, &self.path))
    }

    /// Lets `work` write in one transaction: all of it is durable when this returns, or nothing of it happened.
    pub fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let queue = self
            .queue
            .get_or_insert_with(|| WriteQueue::beside(&self.path));
        let turn = queue.wait();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        drop(turn);
        let data_version: i64 =
            transaction.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if data_version != self.data_version {
            // Another process may have removed an entity.
            self.entity_ids.clear();
            self.data_version = data_version;
        }
        let result = work(&mut Writer {
            transaction: &transaction,
            entity_ids: &mut self.entity_ids,
            rules: &mut self.rules,
        })
        .and_then(|value| {
            transaction.commit()?;
            Ok(value)
        });
        if result.is_err() {
            // Ids that were handed out in a transaction that did not happen.
            self.entity_ids.clear();
            self.rules = Rules::default();
        }
        result.map_err(|error| named(error, &self.path))
    }
}

impl<'a> Writer<'a> {
    /// Runs `work` in a savepoint: if it fails, its changes are undone and the transaction goes on. The outer error is one
    /// of the archive itself, which ends the transaction; the inner error is what the database has against this data.
    pub fn savepoint<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<Result<T, StoreError>, StoreError> {
        self.transaction.execute_batch("savepoint item")?;
        let result = work(self);
        match &result {
            Ok(_) => self.transaction.execute_batch("release item")?,
            Err(error) if error.is_about_data() => {
                self.transaction
                    .execute_batch("rollback to item; release item")?;
                // Ids that were given out in the part that is undone.
                self.entity_ids.clear();
            }
            Err(_) => {}
        }
        match result {
            Err(error) if !error.is_about_data() => Err(error),
            result => Ok(result),
        }
    }

    /// The same transaction, for reading.
    #[must_use]
    pub fn reader(&self) -> Reader<'a> {
        Reader {
            connection: self.transaction,
        }
    }
}

/// SQLite takes a disk that fails to read for damage, so what looks damaged is looked at again.
fn twice<T>(open: impl Fn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    match open() {
        Err(StoreError::Corrupt(_)) => open(),
        result => result,
    }
}

/// Names the archive in errors that mean "this file is no good".
fn named(error: StoreError, path: &Path) -> StoreError {
    match &error {
        StoreError::Sqlite(sqlite) => match sqlite.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => {
                StoreError::Corrupt(path.to_owned())
            }
            Some(
                rusqlite::ErrorCode::CannotOpen
                | rusqlite::ErrorCode::PermissionDenied
                | rusqlite::ErrorCode::ReadOnly,
            ) => StoreError::CannotOpen(path.to_owned()),
            _ => error,
        },
        _ => error,
    }
}

/// The write-ahead log of the archive at `path`.
fn wal_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn sync_folder_of(path: &Path) {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Not every file system lets a folder be synced; one that does not has nothing to sync.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}
