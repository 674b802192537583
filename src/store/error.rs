//! What can go wrong with an archive: each stops the command or the daemon, none is the fate of a single file.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use thiserror::Error;

/// Trouble with the archive itself.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A command that only reads was pointed at nothing.
    #[error("there is no archive at {}; name one with --archive, or make it with `microfiche watch` or `microfiche ingest`", .0.display())]
    Missing(PathBuf),
    /// The archive's migrations are ahead of this program.
    #[error("the archive {} was made by a newer microfiche (schema {found}, this program knows {known}); update microfiche", path.display())]
    TooNew {
        /// The archive.
        path: PathBuf,
        /// Its `user_version`.
        found: usize,
        /// The newest that this program knows.
        known: usize,
    },
    /// Another program's database.
    #[error("{} is an SQLite database, but not a microfiche archive; name another file with --archive", .0.display())]
    Foreign(PathBuf),
    /// Not an SQLite file, or a damaged one.
    #[error("{} is damaged or not an SQLite database, or its disk cannot read it; check the disk, then restore it from a backup, or move it away and ingest the filed originals again", .0.display())]
    Corrupt(PathBuf),
    /// Made by an older program, where nothing may be written.
    #[error("the archive {} was made by an older microfiche and cannot be brought up to date where it lies; copy it to a folder of yours and name that with --archive", .0.display())]
    Outdated(PathBuf),
    /// The operating system would not let it be opened.
    #[error("the archive {} cannot be opened or made; look at the rights on the file and its folder", .0.display())]
    CannotOpen(PathBuf),
    /// Somebody held the write lock for longer than the busy timeout.
    #[error("the archive is locked by another program; close what writes to it and try again")]
    Locked,
    /// No room for a write.
    #[error(
        "the disk is full: nothing of the current batch was stored, and its files stay where they are; make room"
    )]
    DiskFull,
    /// The disk, or the system, refused a read or a write.
    #[error(
        "the archive cannot be read or written ({0}); make room on its disk and check the disk"
    )]
    Io(rusqlite::Error),
    /// A copy that was just made is not sound.
    #[error("the copy is damaged ({0}); delete it, look at the disk, and make another")]
    BadCopy(String),
    /// A query of the user's ran past its limit of time.
    #[error("the query was stopped after {0:.1} s; narrow it, or raise sql.time_limit_ms")]
    TimedOut(f64),
    /// The user stopped a query.
    #[error("the query was interrupted")]
    Interrupted,
    /// A query of the user's tried what a reader may not.
    #[error("only reading is allowed here: {0}")]
    Forbidden(String),
    /// A query of the user's is wrong.
    #[error("{0}")]
    Query(String),
    /// A list of the user's cannot be taken.
    #[error("{0}")]
    List(String),
    /// What was read could not be written where it was to go.
    #[error("{0}")]
    Output(std::io::Error),
    /// Anything else that SQLite says.
    #[error("the archive failed: {0}")]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// Whether the database refuses the data of one statement, while the archive itself is sound: other data can be written.
    #[must_use]
    pub fn is_about_data(&self) -> bool {
        let Self::Sqlite(error) = self else {
            return false;
        };
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => matches!(
                failure.code,
                ErrorCode::Unknown
                    | ErrorCode::ConstraintViolation
                    | ErrorCode::TooBig
                    | ErrorCode::TypeMismatch
                    | ErrorCode::ParameterOutOfRange
            ),
            // A value that cannot be converted or bound.
            _ => true,
        }
    }

    /// Whether it passes by itself or by somebody's making room: waiting loses nothing.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Locked | Self::DiskFull | Self::Io(_))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            // A full disk shows so too: where the shared memory or a sync finds no room.
            Some(ErrorCode::SystemIoFailure) => Self::Io(error),
            _ => Self::Sqlite(error),
        }
    }
}
