//! `export --bundle`: a case. It is built beside its place and gets its name when it is whole.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::manifest::{ARCHIVE, Filters, Listed, MANIFEST, Manifest, Missing, SUMS, seal, sums};
use super::{csv_file, unwrapped};
use crate::cli::ingest::now;
use crate::cli::progress::{Measure, Progress};
use crate::config::Config;
use crate::domain::export::{Choice, Dataset};
use crate::inbox::filing::sync;
use crate::store::{Original, Store};

/// The longest name that an original keeps, in bytes; the file system's limit is 255.
const MAX_NAME: usize = 120;
/// So many originals lie in one folder.
const FOLDER_FILES: i64 = 1_000;

const README: &str = include_str!("bundle_readme.txt");

/// A case in the making.
struct Case {
    folder: PathBuf,
    files: Vec<Listed>,
    missing: Vec<Missing>,
    /// Places by hash: a file that came twice is put in once.
    places: HashMap<String, String>,
    progress: Progress,
}

pub(super) fn write(
    folder: &Path,
    store: &Store,
    choice: &Choice,
    filters: Filters,
    config: &Config,
) -> Result<()> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        bail!("{} exists; name a new folder", folder.display());
    }
    if store.read(|reader| reader.count_chosen(choice))? == 0 {
        bail!("no article was chosen; leave out a filter, or widen --since and --until");
    }
    let part = unfinished(folder)?;
    let built = build(&part, store, choice, filters, config);
    let manifest = built.inspect_err(|_| {
        // Half a case is of no use.
        let _ = fs::remove_dir_all(&part);
    })?;
    sync([&part]);
    if folder.exists() {
        fs::remove_dir(folder).with_context(|| format!("cannot replace {}", folder.display()))?;
    }
    fs::rename(&part, folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let count = |name: &str| manifest.counts.get(name).copied().unwrap_or_default();
    tell!(
        "{}: {} articles, {} entities, {} original files{}; check it with `microfiche verify`",
        folder.display(),
        count("articles"),
        count("entities"),
        manifest
            .files
            .iter()
            .filter(|file| file.file_id.is_some())
            .count(),
        match manifest.missing.len() {
            0 => String::new(),
            n => format!(", {n} that could not be had (named in {MANIFEST})"),
        }
    );
    tell!("its seal, the SHA-256 of {SUMS}, is {}", seal(folder)?);
    Ok(())
}

/// A new folder beside the place where the case will be. One that is there may be anybody's, and stays.
fn unfinished(folder: &Path) -> Result<PathBuf> {
    let mut part = folder.components().as_path().as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    if part.exists() {
        bail!(
            "{} exists, perhaps from a run that was cut short; remove it",
            part.display()
        );
    }
    fs::create_dir_all(&part).with_context(|| format!("cannot make {}", part.display()))?;
    Ok(part)
}

fn build(
    part: &Path,
    store: &Store,
    choice: &Choice,
    filters: Filters,
    config: &Config,
) -> Result<Manifest> {
    let archive = part.join(ARCHIVE);
    let mut progress = Progress::new("choosing articles and what belongs to them", Measure::Time);
    let subset = store.subset_into(&archive, choice)?;
    progress.turn_to("copying original files", Measure::Count);
    let mut case = Case {
        folder: part.to_owned(),
        files: Vec::new(),
        missing: Vec::new(),
        places: HashMap::new(),
        progress,
    };
    let home = std::path::absolute(config.archive.folder())?;
    subset
        .place_originals(|original| case.put(original, &home))
        .map_err(unwrapped)?;
    case.progress
        .turn_to("finishing the archive", Measure::Time);
    let counts = subset.finish()?;
    case.progress.turn_to("listing articles", Measure::Count);
    let store = Store::open_read_only(&archive)?;
    store.read(|reader| {
        csv_file(
            reader,
            Dataset::Articles,
            &Choice::default(),
            &part.join("articles.csv"),
            &mut case.progress,
        )
        .map_err(|error| crate::store::StoreError::Output(io::Error::other(format!("{error:#}"))))
    })?;
    drop(store);
    fs::write(part.join("README.txt"), README)?;
    case.progress.turn_to("taking hashes", Measure::Time);
    for name in [ARCHIVE, "README.txt", "articles.csv"] {
        case.list(name, None)?;
    }
    let folders = case
        .files
        .iter()
        .filter_map(|file| part.join(&file.path).parent().map(Path::to_owned));
    sync(&folders.collect::<BTreeSet<PathBuf>>());
    case.files.sort_by(|one, other| one.path.cmp(&other.path));
    let manifest = Manifest {
        program: format!("microfiche {}", env!("CARGO_PKG_VERSION")),
        made_at: now(),
        filters,
        counts: counts
            .into_iter()
            .map(|(name, n)| (name.to_owned(), n))
            .collect(),
        files: case.files,
        missing: case.missing,
    };
    write_manifest(part, &manifest)?;
    Ok(manifest)
}

/// Writes the manifest, and the sums of every file, the manifest included.
fn write_manifest(part: &Path, manifest: &Manifest) -> Result<()> {
    let place = part.join(MANIFEST);
    let mut out = BufWriter::new(File::create(&place)?);
    serde_json::to_writer_pretty(&mut out, manifest)?;
    out.write_all(b"\n")?;
    out.into_inner()?.sync_all()?;
    let mut out = BufWriter::new(File::create(part.join(SUMS))?);
    let own = sums(&place, |_| Ok(()))?.sha256;
    writeln!(out, "{own}  {MANIFEST}")?;
    for file in &manifest.files {
        writeln!(out, "{}  {}", file.sha256, file.path)?;
    }
    out.into_inner()?.sync_all()?;
    Ok(())
}

impl Case {
    /// Copies an original into the case; says where it is there, or notes why it is not.
    fn put(&mut self, original: &Original, home: &Path) -> io::Result<Option<String>> {
        self.progress.add(1);
        if let Some(place) = original
            .hash
            .as_ref()
            .and_then(|hash| self.places.get(hash))
        {
            return Ok(Some(place.clone()));
        }
        let from = match &original.filed_as {
            Some(filed_as) => home.join(filed_as),
            None => PathBuf::from(&original.path),
        };
        let place = place(original);
        let to = self.folder.join(&place);
        let reason = match copy(&from, &to, original.hash.as_deref())? {
            None => {
                if let Some(hash) = &original.hash {
                    self.places.insert(hash.clone(), place.clone());
                }
                self.list(&place, Some(original))?;
                return Ok(Some(place));
            }
            Some(_) if original.path == "-" => "it was read from standard input",
            Some(reason) => reason,
        };
        self.missing.push(Missing {
            original: original.path.clone(),
            file_id: original.id,
            blake3: original.hash.clone(),
            reason: reason.to_owned(),
        });
        Ok(None)
    }

    fn list(&mut self, path: &str, original: Option<&Original>) -> io::Result<()> {
        let sums = sums(&self.folder.join(path), |_| Ok(()))?;
        self.files.push(Listed {
            path: path.to_owned(),
            size: sums.size,
            blake3: sums.blake3,
            sha256: sums.sha256,
            original: original.map(|original| original.path.clone()),
            file_id: original.map(|original| original.id),
        });
        Ok(())
    }
}

/// Copies the bytes that the ledger speaks of, and no others; says why not. What cannot be written is an error.
fn copy(from: &Path, to: &Path, hash: Option<&str>) -> io::Result<Option<&'static str>> {
    // Looked at before it is opened, since a pipe would wait for ever.
    if from.is_relative() || !fs::metadata(from).is_ok_and(|metadata| metadata.is_file()) {
        return Ok(Some("it is no longer where it was"));
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut out = File::create_new(to)?;
    let mut is_written = Ok(());
    let read = sums(from, |bytes| {
        is_written = out.write_all(bytes);
        is_written
            .as_ref()
            .map_err(|error| error.kind().into())
            .copied()
    });
    is_written?;
    let reason = match read {
        Ok(sums) if Some(sums.blake3.as_str()) == hash => {
            out.sync_all()?;
            return Ok(None);
        }
        Ok(_) => "it has changed since it was read",
        Err(_) => "it cannot be read",
    };
    drop(out);
    fs::remove_file(to)?;
    Ok(Some(reason))
}

/// Where an original goes: its number keeps names apart, and nothing of its name can lead elsewhere.
fn place(original: &Original) -> String {
    let mut name: String = original
        .name
        .chars()
        .map(|letter| match letter {
            '.' | '-' | '_' | ' ' => letter,
            letter if letter.is_alphanumeric() => letter,
            _ => '_',
        })
        .collect();
    while name.len() > MAX_NAME {
        // The end is kept, since it holds the extension.
        name.remove(0);
    }
    let folder = original.id / FOLDER_FILES;
    format!("files/{folder:03}/{:06}-{}", original.id, name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_case() {
        let long = format!("{}.txt", "é".repeat(300));
        for (name, meant) in [
            ("ferry.txt", "files/000/000007-ferry.txt"),
            ("../../etc/passwd", "files/000/000007-.._.._etc_passwd"),
            ("..", "files/000/000007-.."),
            ("C:\\news\\a.txt", "files/000/000007-C__news_a.txt"),
            ("a\nb\u{202e}", "files/000/000007-a_b_"),
            ("", "files/000/000007-"),
            (&long, &format!("files/000/000007-{}.txt", "é".repeat(58))),
        ] {
            let original = Original {
                id: 7,
                path: String::new(),
                name: name.to_owned(),
                hash: None,
                filed_as: None,
            };
            assert_eq!(place(&original), meant, "{name:?}");
        }
    }
}
