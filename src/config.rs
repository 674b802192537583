//! Settings: defaults, then `config.toml`, then `MICROFICHE_<SECTION>_<KEY>` of the environment; flags come last, in `cli`.

mod ocr;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

pub use self::ocr::OcrConfig;

use crate::domain::document::{Fallback, Limits, Mapping, Options};
use crate::domain::recognizer::RecognizerChoice;

/// The file that is read where none is named.
const DEFAULT_FILE: &str = "config.toml";

const PREFIX: &str = "MICROFICHE_";

/// Every setting. The shipped `config.toml` says what each is for.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `[archive]`
    pub archive: ArchiveConfig,
    /// `[inbox]`
    pub inbox: InboxConfig,
    /// `[parse]`
    pub parse: ParseConfig,
    /// `[recognizer]`
    pub recognizer: RecognizerChoice,
    /// `[sql]`
    pub sql: SqlConfig,
    /// `[queries]`: statements of the user's own, by name.
    pub queries: BTreeMap<String, String>,
    /// `[alerts]`
    pub alerts: AlertsConfig,
    /// `[log]`
    pub log: LogConfig,
}

/// Where the archive is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ArchiveConfig {
    /// The SQLite file.
    pub path: PathBuf,
}

/// What the daemon watches and what becomes of the files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InboxConfig {
    /// The watched folder.
    pub path: PathBuf,
    /// Where stored files go; relative to the archive's folder, as are the next two.
    pub filed: PathBuf,
    /// Where duplicates go.
    pub duplicates: PathBuf,
    /// Where failed files go, each beside a note.
    pub failed: PathBuf,
    /// What happens to a stored file.
    pub done: Disposal,
    /// What happens to a duplicate.
    pub duplicate: Disposal,
    /// A file is whole once its size and time stood still for so long.
    pub settle_ms: u64,
    /// The inbox is listed at least this often, whatever the file system says.
    pub poll_ms: u64,
    /// A larger file, or member of a bundle, fails; bundles themselves may be larger.
    pub max_file_bytes: u64,
    /// A bundle that has or unpacks to more than this fails.
    pub max_bundle_bytes: u64,
    /// Names of files and folders that programs have not finished: `*` is any letters, `?` one.
    pub unfinished: Vec<String>,
    /// Names of files and folders that are never articles.
    pub ignored: Vec<String>,
}

impl ArchiveConfig {
    /// The folder that the archive stands in; what is filed away is told relative to it, so that both can move as one.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
    }
}

impl InboxConfig {
    /// How much is read of a file.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            member: self.max_file_bytes,
            bundle: self.max_bundle_bytes,
        }
    }
}

/// How formats are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ParseConfig {
    /// `[parse.json]`: where JSON of unusual make has its fields.
    pub json: Mapping,
    /// `[parse.ocr]`: what reads scans.
    pub ocr: OcrConfig,
}

/// What browsers, copiers, editors and synchronizers call files that they have not finished.
const UNFINISHED: [&str; 33] = [
    "*.part",
    "*.partial",
    "*.crdownload",
    "*.download",
    "*.opdownload",
    "*.filepart",
    "*.fdmdownload",
    "*.aria2",
    "*.!ut",
    "*.!qb",
    "*.!sync",
    "*.bts",
    "*.xltd",
    "*.uploading",
    "*.inprogress",
    "*.incomplete",
    "*.unfinished",
    "*.tmp",
    "*.temp",
    "*.swp",
    "*.swo",
    "*.swx",
    "*~",
    "~$*",
    ".goutputstream-*",
    ".syncthing.*",
    "~syncthing~*",
    "~wrl*",
    "~wrd*",
    "*.lock",
    "*.lck",
    "4913",
    ".*",
];

/// What systems, desktops and network drives leave in folders.
const IGNORED: [&str; 21] = [
    "desktop.ini",
    "Thumbs.db",
    "ehthumbs.db",
    ".DS_Store",
    "._*",
    ".directory",
    ".nfs*",
    ".fuse_hidden*",
    ".~lock.*#",
    ".stignore",
    ".sync_*.db",
    "*.url",
    "*.lnk",
    "*.webloc",
    "*.desktop",
    "__MACOSX",
    "@eaDir",
    "#recycle",
    "$RECYCLE.BIN",
    "System Volume Information",
    "lost+found",
];

/// What happens to a file that is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Disposal {
    /// It is filed away.
    Move,
    /// It stays where it is.
    Keep,
    /// It is deleted.
    Delete,
}

/// Bounds on the user's own SQL.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SqlConfig {
    /// A query is stopped after this time.
    pub time_limit_ms: u64,
    /// A query is cut off after this many rows.
    pub row_limit: usize,
}

/// What the daemon runs for each hit of a kept search or watchlist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlertsConfig {
    /// A program and its arguments; empty for none.
    pub command: Vec<String>,
    /// It is ended after this time.
    pub timeout_ms: u64,
    /// It is run at most so often for one hit, until it succeeds.
    pub attempts: u32,
}

/// What is logged, to stderr.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// `error`, `warn`, `info`, `debug` or `trace`.
    pub level: String,
}

impl Default for ArchiveConfig {
    fn default() -> Self {
        Self {
            path: "archive.db".into(),
        }
    }
}

impl Default for InboxConfig {
    fn default() -> Self {
        Self {
            path: "inbox".into(),
            filed: "filed".into(),
            duplicates: "duplicates".into(),
            failed: "failed".into(),
            done: Disposal::Move,
            duplicate: Disposal::Move,
            settle_ms: 1_000,
            poll_ms: 5_000,
            max_file_bytes: 64 << 20,
            max_bundle_bytes: 64 << 30,
            unfinished: UNFINISHED.map(str::to_owned).to_vec(),
            ignored: IGNORED.map(str::to_owned).to_vec(),
        }
    }
}

impl Default for SqlConfig {
    fn default() -> Self {
        Self {
            time_limit_ms: 10_000,
            row_limit: 10_000,
        }
    }
}

impl Default for AlertsConfig {
    fn default() -> Self {
        Self {
            command: Vec::new(),
            timeout_ms: 10_000,
            attempts: 3,
        }
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            level: "info".into(),
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file that was named cannot be read.
    #[error("cannot read the settings in {}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A key or value is wrong; the message names it.
    #[error("wrong settings in {from}: {message}")]
    Wrong {
        /// Which file, or the environment.
        from: String,
        /// What, and in which line.
        message: String,
    },
}

impl Config {
    /// What parsers may do.
    #[must_use]
    pub fn options(&self) -> Options {
        Options {
            limits: self.inbox.limits(),
            json: self.parse.json.clone(),
            fallback: Fallback::default(),
            ocr: self.parse.ocr.ocr(),
        }
    }

    /// The settings from `path`, or from `./config.toml` where that exists, with the environment on top.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the environment is read"
    )]
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let file = path.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_none() => {
                String::new()
            }
            Err(source) => {
                return Err(ConfigError::Unreadable {
                    path: file.to_owned(),
                    source,
                });
            }
        };
        let wrong = |error: toml::de::Error| ConfigError::Wrong {
            from: file.display().to_string(),
            message: error.to_string(),
        };
        // Read once for itself, so that an error points into the file.
        toml::from_str::<Self>(&text).map_err(wrong)?;
        let mut settings: toml::Table = text.parse().map_err(wrong)?;
        for (name, value) in std::env::vars().filter(|(name, _)| name.starts_with(PREFIX)) {
            set(&mut settings, &name[PREFIX.len()..], value);
        }
        settings
            .try_into()
            .map_err(|error: toml::de::Error| ConfigError::Wrong {
                from: "the environment (MICROFICHE_…)".into(),
                message: error.to_string(),
            })
    }
}

/// The user's folder for what programs remember: `$XDG_STATE_HOME`, or its default.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
pub fn state_folder() -> Option<PathBuf> {
    let folder = |name: &str| {
        let folder = std::env::var(name).ok().map(PathBuf::from);
        folder.filter(|folder| folder.is_absolute())
    };
    folder("XDG_STATE_HOME")
        .or_else(|| Some(folder("HOME")?.join(".local/state")))
        .or_else(|| folder("LOCALAPPDATA"))
}

/// The width that the environment gives to tables (`COLUMNS`).
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
pub fn table_width() -> Option<u16> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// Whether the user wants no colours, wherever: <https://no-color.org>.
#[must_use]
pub fn is_colorless() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// `INBOX_SETTLE_MS` is the key `settle_ms` of the section `inbox`.
fn set(settings: &mut toml::Table, name: &str, value: String) {
    let Some((section, key)) = name.split_once('_') else {
        return;
    };
    let value = value
        .parse::<i64>()
        .map_or(toml::Value::String(value), toml::Value::Integer);
    let section = settings
        .entry(section.to_lowercase())
        .or_insert_with(|| toml::Table::new().into());
    if let Some(section) = section.as_table_mut() {
        section.insert(key.to_lowercase(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_states_every_default() {
        let shipped = include_str!("../config.toml");
        assert_eq!(
            toml::from_str::<Config>(shipped).unwrap(),
            Config::default()
        );
        let keys = [
            "path",
            "filed",
            "duplicates",
            "failed",
            "done",
            "duplicate",
            "settle_ms",
            "poll_ms",
            "max_file_bytes",
            "max_bundle_bytes",
            "unfinished",
            "ignored",
            "title",
            "body",
            "summary",
            "author",
            "date",
            "url",
            "source",
            "section",
            "keywords",
            "language",
            "engine",
            "model",
            "tokenizer",
            "labels",
            "languages",
            "time_limit_ms",
            "row_limit",
            "command",
            "timeout_ms",
            "attempts",
            "level",
        ];
        for key in keys {
            assert!(
                shipped
                    .lines()
                    .any(|line| line.starts_with(&format!("{key} ="))),
                "{key}"
            );
        }
    }

    #[test]
    fn json_keys_of_ones_own_are_passed_on() {
        let config: Config =
            toml::from_str("[parse.json]\ntitle = [\"meta.kicker\", \"head\"]").unwrap();
        assert_eq!(config.options().json.title, ["meta.kicker", "head"]);
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_it() {
        let error = toml::from_str::<Config>("[inbox]\nsetle_ms = 1")
            .unwrap_err()
            .to_string();
        assert!(error.contains("setle_ms"), "{error}");
    }
}
