//! Whether the folders of the settings can be what they are to be: an inbox that holds the folder for filed files would take them
//! in again for ever.

use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use crate::config::Config;

/// Refuses an inbox that overlaps with where files go, or that holds the archive, whatever links lead there.
pub(super) fn check(config: &Config) -> Result<()> {
    let (settings, home) = (&config.inbox, config.archive.folder());
    let inbox = real(&settings.path);
    let archive = real(&config.archive.path);
    if archive.starts_with(&inbox) {
        bail!(
            "wrong settings: archive.path ({}) is in the inbox ({}), where it would be taken for an article; name another place",
            archive.display(),
            inbox.display()
        );
    }
    let folders = [
        ("inbox.filed", &settings.filed),
        ("inbox.duplicates", &settings.duplicates),
        ("inbox.failed", &settings.failed),
    ];
    for (key, folder) in folders {
        let folder = real(&home.join(folder));
        if folder.starts_with(&inbox) || inbox.starts_with(&folder) {
            bail!(
                "wrong settings: {key} ({}) and the inbox ({}) are one folder, or one is in the other; name folders that stand beside each other",
                folder.display(),
                inbox.display()
            );
        }
    }
    Ok(())
}

/// The place that a path leads to, through links, whether or not it is there yet.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut place = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                place.pop();
            }
            Component::CurDir => {}
            part => place.push(part),
        }
        if let Ok(real) = place.canonicalize() {
            place = real;
        }
    }
    place
}
