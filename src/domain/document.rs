//! A file as it was read: its bytes, their hash, and where it stood.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde::Deserialize;

use super::article::{Published, Source};
use super::identity::Identity;

/// The version of the parsers, kept in `files.parsers`. It rises whenever they read some document differently: then
/// `reanalyze --reread` reads the older files again.
pub const PARSERS: i64 = 1;

/// The BLAKE3 hash of a file's bytes: a file's identity, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileHash([u8; 32]);

impl FileHash {
    /// Hashes a whole file.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// Hashes all that is read, in constant memory.
    pub fn of_reader(reader: impl Read) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(reader)?;
        Ok(Self(*hasher.finalize().as_bytes()))
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What can be read from any place in it.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// A file's content: in memory, or, where that would be too much, on disk to be read piece by piece.
#[derive(Debug, Clone)]
pub enum Content {
    /// The whole of it.
    Memory(Vec<u8>),
    /// The open file.
    File(Arc<File>),
}

/// Bounds on what a document may hold, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// A file or a member of a bundle larger than this is not read.
    pub member: u64,
    /// A bundle is not read, or not read on, when it has or unpacks to more than this.
    pub bundle: u64,
}

/// What the user lets parsers do.
#[derive(Debug, Clone)]
pub struct Options {
    /// How much is read.
    pub limits: Limits,
    /// Where JSON of unusual make has its fields.
    pub json: Mapping,
    /// What is known of articles that do not say it themselves.
    pub fallback: Fallback,
    /// What reads scans; without it they are refused.
    pub ocr: Option<Ocr>,
}

/// A program that reads the text in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ocr {
    /// The program and its arguments, `{image}` for the picture; without that, picture and `stdout` follow them.
    pub command: Vec<String>,
    /// The time that it has for a page.
    pub timeout: Duration,
}

/// What the user says of articles that do not say it themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fallback {
    /// The outlet.
    pub source: Option<Source>,
    /// When they were published, as closely as is known.
    pub published: Option<Published>,
}

/// For each field of an article, the JSON keys that hold it, tried before the usual ones; dots part the keys of nested
/// objects: `meta.headline`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the article's field of that name")]
pub struct Mapping {
    pub title: Vec<String>,
    pub body: Vec<String>,
    pub summary: Vec<String>,
    pub author: Vec<String>,
    pub date: Vec<String>,
    pub url: Vec<String>,
    pub source: Vec<String>,
    pub section: Vec<String>,
    pub keywords: Vec<String>,
    pub language: Vec<String>,
}

/// One file on its way to becoming articles.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it stood, printable: relative to the inbox for a dropped file, absolute for one taken in place, `-` for stdin,
    /// below its bundle for a member of one. Bytes that are not UTF-8 are written `\xNN`.
    pub path: String,
    /// The last part of `path`; its extension is the second opinion on the format.
    pub name: String,
    /// What is in it.
    pub content: Content,
    /// In bytes.
    pub size: u64,
    /// The hash of the content.
    pub hash: FileHash,
    /// Which file it was read from, and in which state; none for members of bundles and for stdin.
    pub identity: Option<Identity>,
    trouble: Arc<OnceLock<io::Error>>,
}

impl Document {
    /// A document of `bytes` that stood at `path`.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let (size, hash) = (bytes.len() as u64, FileHash::of(&bytes));
        Self::of_content(path.into(), Content::Memory(bytes), size, hash)
    }

    /// A document that stays on disk: the open file, read once to be hashed.
    pub fn on_disk(path: impl Into<String>, file: File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        let hash = FileHash::of_reader(&file)?;
        let content = Content::File(Arc::new(file));
        Ok(Self::of_content(path.into(), content, size, hash))
    }

    fn of_content(path: String, content: Content, size: u64, hash: FileHash) -> Self {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(&path).to_owned();
        Self {
            path,
            name,
            content,
            size,
            hash,
            identity: None,
            trouble: Arc::default(),
        }
    }

    /// Whether a document that stays on disk is still as it was when it was opened; one in memory is.
    #[must_use]
    pub fn is_as_read(&self) -> bool {
        match (&self.content, &self.identity) {
            (Content::File(file), Some(identity)) => file
                .metadata()
                .is_ok_and(|metadata| Identity::of(&metadata).has_content_of(identity)),
            _ => true,
        }
    }

    /// The passing trouble, if any, in which the system was while the document was read from disk: parsers take it for damage.
    #[must_use]
    pub fn trouble(&self) -> Option<&io::Error> {
        self.trouble.get()
    }

    /// The content from its start, for parsers that read piece by piece.
    pub fn reader(&self) -> io::Result<Box<dyn ReadSeek + '_>> {
        Ok(match &self.content {
            Content::Memory(bytes) => Box::new(Cursor::new(bytes.as_slice())),
            Content::File(file) => {
                let mut file = file.as_ref();
                file.rewind()?;
                let trouble = &self.trouble;
                Box::new(Watched { file, trouble })
            }
        })
    }

    /// The extension in lower case, without its dot; empty where there is none.
    #[must_use]
    pub fn extension(&self) -> String {
        match self.name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension.to_lowercase(),
            _ => String::new(),
        }
    }
}

/// An open file, of which the first passing trouble is kept.
struct Watched<'a> {
    file: &'a File,
    trouble: &'a OnceLock<io::Error>,
}

impl Watched<'_> {
    fn watch<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.inspect_err(|error| {
            if is_passing(error) && error.kind() != ErrorKind::Interrupted {
                let kept = match error.raw_os_error() {
                    Some(code) => io::Error::from_raw_os_error(code),
                    None => error.kind().into(),
                };
                self.trouble.get_or_init(|| kept);
            }
        })
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.file.read(buffer);
        self.watch(result)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let result = self.file.seek(to);
        self.watch(result)
    }
}

/// Whether an error is the system's trouble of the moment (no memory, no descriptors, a disk or a server that does not answer)
/// and says nothing about the file.
#[must_use]
pub fn is_passing(error: &io::Error) -> bool {
    const PASSING: [ErrorKind; 11] = [
        ErrorKind::WouldBlock,
        ErrorKind::Interrupted,
        ErrorKind::TimedOut,
        ErrorKind::OutOfMemory,
        ErrorKind::StaleNetworkFileHandle,
        ErrorKind::ResourceBusy,
        ErrorKind::HostUnreachable,
        ErrorKind::NetworkUnreachable,
        ErrorKind::NetworkDown,
        ErrorKind::NotConnected,
        ErrorKind::ConnectionReset,
    ];
    // EIO, ENFILE and EMFILE, which have no kind of their own.
    let is_passing_code = cfg!(unix)
        && error
            .raw_os_error()
            .is_some_and(|code| [5, 23, 24].contains(&code));
    is_passing_code || PASSING.contains(&error.kind())
}
