//! What became of a file: the words of the ledger (`files`).

use std::fmt;

use thiserror::Error;

use super::article::Format;
use super::document::FileHash;
use super::identity::Identity;

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
    /// Its format is known, and what is in it is no article, for this reason.
    #[error("no article in it: {0}")]
    Lacks(String),
    /// A bundle in a bundle in a bundle …
    #[error("bundles are nested more than {0} deep; unpack it and drop what is inside")]
    TooDeep(usize),
    /// A bundle that unpacks to more than it may.
    #[error(
        "the bundle unpacks to more than {0} bytes, the most that is read of one of its size; unpack it and drop the parts (inbox.max_bundle_bytes in config.toml bounds bundles of any size)"
    )]
    Bomb(u64),
    /// A bundle with a list of members that would fill the memory.
    #[error("the bundle has more than {0} members; unpack it and drop what is inside")]
    TooManyMembers(u64),
    /// A bundle of which no member gave an article.
    #[error("none of its {0} parts gave an article; `report inbox` names them")]
    AllFailed(usize),
    /// It breaks off or breaks its format's rules.
    #[error("this {} file is damaged: {message}", format.as_str())]
    Damaged {
        /// What it is or claims to be.
        format: Format,
        /// Where and how.
        message: String,
    },
    /// A part of a bundle that cannot be unpacked.
    #[error(
        "it cannot be unpacked: {0}; fetch the bundle again, or unpack it otherwise and drop this part"
    )]
    BrokenMember(String),
    /// It needs a password.
    #[error("it is locked with a password; unlock it and drop it again")]
    Locked,
    /// A PDF of pictures.
    #[error(
        "this PDF is a scan without a text layer; set `command` under [parse.ocr] in config.toml, or run OCR on it (`ocrmypdf in.pdf out.pdf`) and drop the result"
    )]
    Scan,
    /// A PDF of pictures that the program for them cannot read.
    #[error("this PDF is a scan, and OCR failed: {0}")]
    Ocr(String),
    /// Reading it took longer than anything sound does.
    #[error("reading this {} file took more than {seconds} seconds; print or export it anew and drop that", format.as_str())]
    TooSlow {
        /// What it is.
        format: Format,
        /// The time that it had.
        seconds: u64,
    },
    /// The database refuses a value in it.
    #[error("the archive cannot store it: {0}; please report it with the file, if you may")]
    Unstorable(String),
    /// It was written to while it was read piece by piece.
    #[error("it changed while it was read; what it holds now is read anew")]
    Changed,
    /// The program died of it.
    #[error(
        "microfiche died while it read this file, and again when it tried the file by itself; please report it with the file, if you may"
    )]
    Deadly,
    /// A parser of ours broke on it.
    #[error(
        "microfiche's own reader broke on this file; please report it with the file, if you may"
    )]
    OurFault,
    /// The operating system would not let it be read.
    #[error("the file cannot be read: {0}; mend that and drop it again")]
    Unreadable(String),
}

impl From<std::io::Error> for Rejection {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// The most members of a file without an article that are named; the rest are only counted.
pub const MAX_NAMED_FAILURES: usize = 100;

/// A member of a bundle or feed that gave no article, though others may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberFailure {
    /// Which: its path or place in the bundle.
    pub member: String,
    /// Why.
    pub rejection: Rejection,
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
    /// Which file was read, and in which state; none where nothing on disk was.
    pub identity: Option<Identity>,
}

impl Arrival {
    /// A file that could not be read.
    #[must_use]
    pub fn unread(path: &str, size: u64) -> Self {
        Self {
            path: path.to_owned(),
            name: path.rsplit('/').next().unwrap_or(path).to_owned(),
            size,
            hash: None,
            format: None,
            identity: None,
        }
    }
}

/// What became of a file: a value, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its articles are in the archive.
    Stored {
        /// Articles that it added.
        n_articles: usize,
        /// Members that gave none; the ledger names them.
        n_failed: usize,
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
            Self::Stored { n_failed: 0, .. } => None,
            Self::Stored { n_failed, .. } => Some(format!(
                "{n_failed} of its parts gave no article; `report inbox` names them"
            )),
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
