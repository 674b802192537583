//! `verify`: whether a case is as it was made.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::export::manifest::{ARCHIVE, MANIFEST, Manifest, SUMS, seal, sums};
use super::progress::{Measure, Progress};
use crate::domain::export::Choice;
use crate::store::Store;

/// What goes on.
const CHECKING: &str = "checking the archive";

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche verify ferry-case
  microfiche verify /media/usb/case && echo untouched"#)]
pub(super) struct VerifyArgs {
    /// The folder that `export --bundle` made
    folder: PathBuf,
}

impl VerifyArgs {
    pub(super) fn run(&self) -> Result<()> {
        let manifest = self.manifest()?;
        let mut faults = self.faults_of_files(&manifest)?;
        faults.extend(self.faults_of_sums(&manifest));
        faults.extend(self.faults_of_archive(&manifest));
        for fault in &faults {
            tell!("{fault}");
        }
        if !faults.is_empty() {
            bail!(
                "{} is not as it was made; faults: {}",
                self.folder.display(),
                faults.len()
            );
        }
        let n_missing = manifest.missing.len();
        tell!(
            "{} is as {} made it on {}: {} files, {} articles{}",
            self.folder.display(),
            manifest.program,
            manifest.made_at,
            manifest.files.len(),
            manifest.counts.get("articles").copied().unwrap_or_default(),
            match n_missing {
                0 => String::new(),
                n => format!("; {n} originals were missing when it was made"),
            }
        );
        tell!(
            "its seal, the SHA-256 of {SUMS}, is {}",
            seal(&self.folder)?
        );
        Ok(())
    }

    fn manifest(&self) -> Result<Manifest> {
        let place = self.folder.join(MANIFEST);
        let text = fs::read(&place).with_context(|| {
            format!(
                "{} is no case: there is no {MANIFEST} to read",
                self.folder.display()
            )
        })?;
        serde_json::from_slice(&text).with_context(|| format!("{} is damaged", place.display()))
    }

    /// What is missing, changed, or there though nobody listed it.
    fn faults_of_files(&self, manifest: &Manifest) -> Result<Vec<String>> {
        let n_bytes = manifest.files.iter().map(|file| file.size).sum();
        let line = Progress::new("comparing hashes", Measure::Bytes(n_bytes));
        let mut faults = Vec::new();
        let mut there = BTreeSet::new();
        walk(&self.folder, &mut there)
            .with_context(|| format!("cannot list {}", self.folder.display()))?;
        for listed in &manifest.files {
            let path = Path::new(&listed.path);
            if !is_inside(path) {
                faults.push(format!("{:?}: leads out of the case", listed.path));
                continue;
            }
            if !there.remove(&self.folder.join(path)) {
                faults.push(format!("{}: missing", listed.path));
                continue;
            }
            // A link shows what lies elsewhere, and a pipe would wait for ever.
            let place = self.folder.join(path);
            if !fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_file()) {
                faults.push(format!("{}: is no file any longer", listed.path));
                continue;
            }
            match sums(&place, |bytes| {
                line.add(bytes.len() as u64);
                Ok(())
            }) {
                Ok(sums) if sums.sha256 != listed.sha256 || sums.blake3 != listed.blake3 => {
                    faults.push(format!("{}: changed", listed.path));
                }
                Ok(_) => {}
                Err(error) => faults.push(format!("{}: {error}", listed.path)),
            }
        }
        for own in [MANIFEST, SUMS] {
            there.remove(&self.folder.join(own));
        }
        let extra = there.iter().map(|path| {
            let path = path.strip_prefix(&self.folder).unwrap_or(path);
            format!("{}: was not part of it", path.display())
        });
        faults.extend(extra);
        Ok(faults)
    }

    /// Whether the list for `sha256sum` says the same as the manifest, and knows the manifest itself.
    fn faults_of_sums(&self, manifest: &Manifest) -> Vec<String> {
        let Ok(text) = fs::read_to_string(self.folder.join(SUMS)) else {
            return vec![format!("{SUMS}: missing")];
        };
        let own = sums(&self.folder.join(MANIFEST), |_| Ok(())).map(|sums| sums.sha256);
        let Ok(own) = own else {
            return vec![format!("{MANIFEST}: missing")];
        };
        let mut lines: BTreeSet<&str> = text.lines().collect();
        if !lines.remove(format!("{own}  {MANIFEST}").as_str()) {
            return vec![format!("{MANIFEST}: changed")];
        }
        let listed = manifest.files.iter();
        let listed = listed.map(|file| format!("{}  {}", file.sha256, file.path));
        let listed: BTreeSet<String> = listed.collect();
        if lines == listed.iter().map(String::as_str).collect() {
            Vec::new()
        } else {
            vec![format!("{SUMS}: changed")]
        }
    }

    /// Whether the archive is sound inside, and holds what the manifest says.
    fn faults_of_archive(&self, manifest: &Manifest) -> Vec<String> {
        let place = self.folder.join(ARCHIVE);
        if !place.is_file() {
            return Vec::new();
        }
        let line = Progress::new(CHECKING, Measure::Time);
        let look = || {
            let store = Store::open_sealed(&place)?;
            store.read(|reader| {
                let mut faults =
                    reader.faults(&|check| line.say(format!("{CHECKING}: {check}")))?;
                faults.retain(|(_, n)| *n > 0);
                let n_articles = reader.count_chosen(&Choice::default())?;
                Ok((faults, n_articles))
            })
        };
        match look() {
            Ok((faults, n_articles)) => {
                let mut faults: Vec<String> = faults
                    .into_iter()
                    .map(|(fault, n)| format!("{ARCHIVE}: {fault}: {n}"))
                    .collect();
                let said = manifest.counts.get("articles").copied();
                if said != Some(n_articles) {
                    faults.push(format!(
                        "{ARCHIVE}: holds {n_articles} articles, not {}",
                        said.unwrap_or_default()
                    ));
                }
                faults
            }
            Err(error) => vec![format!("{ARCHIVE}: {error}")],
        }
    }
}

/// Whether a relative path stays where it starts.
fn is_inside(path: &Path) -> bool {
    let mut parts = path.components();
    parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Every file, link and other thing under a folder; links are not followed.
fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                found.insert(entry.path());
            }
        }
    }
    Ok(())
}
