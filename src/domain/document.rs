//! A file as it was read: its bytes, their hash, and where it stood.

use std::fmt;

/// The BLAKE3 hash of a file's bytes: a file's identity, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileHash([u8; 32]);

impl FileHash {
    /// Hashes a whole file.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One file's bytes on their way to becoming articles.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it stood, printable: relative to the inbox for a dropped file, absolute for one taken in place, `-` for stdin.
    /// Bytes that are not UTF-8 are written `\xNN`.
    pub path: String,
    /// The last part of `path`; its extension is the second opinion on the format.
    pub name: String,
    /// The whole content.
    pub bytes: Vec<u8>,
    /// The hash of `bytes`.
    pub hash: FileHash,
}

impl Document {
    /// A document of `bytes` that stood at `path`.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let path = path.into();
        let name = path.rsplit(['/', '\\']).next().unwrap_or(&path).to_owned();
        let hash = FileHash::of(&bytes);
        Self {
            path,
            name,
            bytes,
            hash,
        }
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
