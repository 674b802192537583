//! What became of a file: the words of the ledger (`files`).

use std::fmt;

use thiserror::Error;

use super::article::Format;
use super::document::FileHash;

/// Why a file gave no article, in words that a reporter understands. Not an error of ours: a fate of the file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Rejection {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than `max_file_bytes`; it was not read.
    #[error(
        "the file has {size} bytes, more than the limit of {limit}; raise inbox.max_file_bytes in config.toml and drop it again"
    )]
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// Not a form of text that microfiche reads.
    #[error(
        "not a text that microfiche reads: it looks like {looks_like}; export it as text, Markdown or HTML and drop that"
    )]
    NotText {
        /// What the bytes look like: `a PNG picture`, `binary data`.
        looks_like: &'static str,
    },
    /// Text, but no article in it.
    #[error("no article text was found in this {} file", .0.as_str())]
    NoArticle(Format),
    /// The operating system would not let it be read.
    #[error("the file cannot be read: {0}; mend that and drop it again")]
    Unreadable(String),
}

/// A file on its way into the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Where it stood, printable; see [`super::document::Document::path`].
    pub path: String,
    /// The last part of `path`.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its identity, where it could be read.
    pub hash: Option<FileHash>,
    /// Its form, where it could be told.
    pub format: Option<Format>,
}

/// What became of a file: a value, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its articles are in the archive; ids of the new ones.
    Stored {
        /// `articles.id` of each article that it added.
        articles: Vec<i64>,
    },
    /// All it says was in the archive before.
    Duplicate {
        /// Of what, printable: a file's path or an article's title.
        of: String,
    },
    /// It gave no article.
    Rejected(Rejection),
}

impl Outcome {
    /// Its state in the ledger.
    #[must_use]
    pub fn state(&self) -> FileState {
        match self {
            Self::Stored { .. } => FileState::Stored,
            Self::Duplicate { .. } => FileState::Duplicate,
            Self::Rejected(_) => FileState::Failed,
        }
    }

    /// What `files.reason` says of it.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Stored { .. } => None,
            Self::Duplicate { of } => Some(format!("same as {of}")),
            Self::Rejected(rejection) => Some(rejection.to_string()),
        }
    }
}

/// Where a file stands in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// Its articles are in the archive.
    Stored,
    /// It added nothing that the archive did not have.
    Duplicate,
    /// It gave no article; `reason` says why.
    Failed,
    /// It stays in the inbox by a rule that `reason` names.
    Ignored,
    /// It is not whole yet, or has not been taken yet.
    Waiting,
}

impl FileState {
    /// Every state, in the order in which the ledger is summed up.
    pub const ALL: [Self; 5] = [
        Self::Stored,
        Self::Duplicate,
        Self::Failed,
        Self::Ignored,
        Self::Waiting,
    ];

    /// The word that stands in `files.state`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Duplicate => "duplicate",
            Self::Failed => "failed",
            Self::Ignored => "ignored",
            Self::Waiting => "waiting",
        }
    }
}

impl fmt::Display for FileState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A file or folder that stays in the inbox for now, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Resident {
    /// Relative to the inbox, printable.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// [`FileState::Ignored`] or [`FileState::Waiting`].
    pub state: FileState,
    /// The rule that says so: `symlink`, `name of an unfinished file (*.part)`.
    pub reason: String,
}
