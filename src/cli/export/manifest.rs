//! What a case says of itself: `manifest.json`, and `SHA256SUMS` for those who have no microfiche.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of the manifest.
pub(in crate::cli) const MANIFEST: &str = "manifest.json";
/// The name of the list that `sha256sum -c` reads.
pub(in crate::cli) const SUMS: &str = "SHA256SUMS";
/// The name of the archive.
pub(in crate::cli) const ARCHIVE: &str = "archive.db";

/// All that a case holds, and how it was chosen.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Manifest {
    /// Which program made it.
    pub(in crate::cli) program: String,
    /// When, in UTC.
    pub(in crate::cli) made_at: String,
    /// The filters as they were meant.
    pub(in crate::cli) filters: Filters,
    /// How many articles, entities, mentions and files the archive holds.
    pub(in crate::cli) counts: std::collections::BTreeMap<String, i64>,
    /// Every file but the manifest and the sums.
    pub(in crate::cli) files: Vec<Listed>,
    /// Originals that could not be put in.
    pub(in crate::cli) missing: Vec<Missing>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Filters {
    pub(in crate::cli) since: Option<String>,
    pub(in crate::cli) until: Option<String>,
    pub(in crate::cli) source: Option<String>,
    pub(in crate::cli) entity: Option<String>,
    pub(in crate::cli) search: Option<String>,
}

/// A file of the case.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Listed {
    /// Relative to the case, parted by `/`.
    pub(in crate::cli) path: String,
    /// In bytes.
    pub(in crate::cli) size: u64,
    pub(in crate::cli) blake3: String,
    pub(in crate::cli) sha256: String,
    /// Where an original stood when it was taken in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) original: Option<String>,
    /// `files.id` of an original in the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) file_id: Option<i64>,
}

/// An original that is not in the case.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Missing {
    pub(in crate::cli) original: String,
    pub(in crate::cli) file_id: i64,
    pub(in crate::cli) blake3: Option<String>,
    pub(in crate::cli) reason: String,
}

/// A file's size and hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Sums {
    pub(in crate::cli) size: u64,
    pub(in crate::cli) blake3: String,
    pub(in crate::cli) sha256: String,
}

/// What says in one number that nothing of a case was changed; whoever keeps it elsewhere can prove it.
pub(in crate::cli) fn seal(folder: &Path) -> io::Result<String> {
    Ok(sums(&folder.join(SUMS), |_| Ok(()))?.sha256)
}

/// Hashes a file in constant memory, and hands its bytes on as they are read.
pub(in crate::cli) fn sums(
    file: &Path,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<Sums> {
    let mut file = File::open(file)?;
    let (mut blake, mut sha, mut size) = (blake3::Hasher::new(), Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        blake.update(&buffer[..n]);
        sha.update(&buffer[..n]);
        size += n as u64;
        each(&buffer[..n])?;
    }
    let sha256 = sha.finalize();
    Ok(Sums {
        size,
        blake3: blake.finalize().to_hex().to_string(),
        sha256: sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}
